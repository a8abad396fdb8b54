"""What a ledger returned can be used when it was closed, and elsewhere."""

import pickle
from copy import deepcopy

import pytest

from ledger import Ledger, Settings
from ledger.audit import Consistency, Proof
from ledger.errors import LogError
from support import PROJECT, Clock, Entropy, approval, day, disbursement, forms


def opened(path):
    """Return a ledger with a project, a payment and a seal."""
    settings = Settings(language="en")
    ledger = Ledger(
        path, actor="a", settings=settings, clock=Clock(), entropy=Entropy()
    )
    ledger.append(approval(), disbursement())
    ledger.seal()
    return ledger


DOCUMENTS = {
    "monthly_report": lambda led: led.monthly_report(2023, 6),
    "portfolio": lambda led: led.monthly_report(2023, 6).portfolio(),
    "monitoring": lambda led: led.monitoring(2023, 6),
    "self_evaluation": lambda led: led.self_evaluation(2023),
    "review": lambda led: led.review_forms(forms()),
    "verification": lambda led: led.verify(),
    "explanation": lambda led: led.explain(PROJECT, "disbursed", through=day(6)),
    "differences": lambda led: led.differences(0, through=day(6)),
    "proof": lambda led: led.prove(1),
    "consistency": lambda led: led.prove_consistency(led.checkpoint()),
    "check": lambda led: led.verify_report(led.monthly_report(2023, 6).to_dict()),
}


def formats(document):
    """Return what a document is in each of its formats; a page has today's events."""
    return {
        form: document.render(form) for form in document.renderings if form != "xlsx"
    }


def rows(document):
    """Return a document's rows, wide and not; a proof is no table."""
    if isinstance(document, Proof | Consistency):
        return None
    return document.to_records(), document.to_records(wide=True)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_document_is_whole_when_the_ledger_is_closed(name, path, tmp_path):
    """In each format as before, also out of a pickle, and as a copy."""
    with opened(path) as ledger:
        document = DOCUMENTS[name](ledger)
        before, records = formats(document), rows(document)
    assert formats(document) == before
    for other in (pickle.loads(pickle.dumps(document)), deepcopy(document)):
        assert formats(other) == before
        assert rows(other) == records
        assert other == document
    for form in document.renderings:
        document.write(tmp_path / "out", format=form)


def test_a_page_lists_the_events_of_its_own_record_alone(path):
    """Those recorded later are not in it; a file that is another is refused."""
    with opened(path) as ledger:
        report = ledger.monthly_report(2023, 6)
        page = report.render("html")
    with Ledger(path, actor="a") as ledger:
        ledger.disburse(PROJECT, 1, voucher="later", on=day(4))
    assert report.render("html") == page
    path.unlink()
    with pytest.raises(LogError):
        report.render("html")
    with Ledger(path, actor="a") as other:
        other.append(approval(), disbursement(), disbursement(5, "V-2"))
    with pytest.raises(LogError, match="not the record any more"):
        report.render("html")
    assert "P-1" in report.render("text")


def test_a_page_of_a_ledger_in_memory_is_made_while_it_is_open():
    """Its events are nowhere else; the figures stay."""
    ledger = opened(":memory:")
    report = ledger.monthly_report(2023, 6)
    assert "V-1" in report.render("html")
    again = pickle.loads(pickle.dumps(report))
    with pytest.raises(LogError, match="in no file"):
        again.render("html")
    ledger.close()
    with pytest.raises(LogError, match="is closed"):
        report.render("html")
    assert again.to_dict() == report.to_dict()


def test_what_is_open_is_not_pickled_and_says_so(path):
    """Neither a ledger nor a view of one."""
    with opened(path) as ledger:
        for one in (ledger, ledger.view()):
            with pytest.raises(LogError, match="pickle its reports"):
                pickle.dumps(one)


@pytest.mark.parametrize("where", [":memory:", "file"])
def test_a_closed_ledger_and_its_views_refuse_in_words(where, path):
    """Whatever is asked of either."""
    ledger = opened(path if where == "file" else where)
    view = ledger.view()
    ledger.close()
    for call in (
        view.execution, view.monthly_report, view.monitoring, view.self_evaluation, view.total,
        lambda: view.attainment(PROJECT), lambda: view.explain(PROJECT, "disbursed"),
        ledger.view, ledger.verify, lambda: list(ledger.events()), lambda: ledger.position,
        lambda: ledger.root, ledger.rebuild, ledger.seal, lambda: ledger.backup("copy"), lambda: ledger.append(approval("P-2")),
    ):  # fmt: skip
        with pytest.raises(LogError, match="is closed"):
            call()
