"""Workbooks that this program wrote: what they are, and what to read instead."""

import pytest

from ledger import InvalidInput, Language, Ledger, Settings
from support import approval

REPORTS = ["monthly", "contracts", "monitoring", "self-evaluation", "portfolio"]


@pytest.fixture(params=Language)
def ledger(request, path):
    """Open a ledger with a project, in each language."""
    settings = Settings(language=request.param)
    with Ledger.open(path, actor="a", settings=settings) as opened:
        opened.append(approval())
        yield opened


@pytest.fixture(params=REPORTS)
def workbook(request, ledger, tmp_path):
    """Return the path of a report of a kind."""
    monthly = ledger.monthly_report(2023, 6)
    made = {
        "monthly": monthly,
        "contracts": ledger.contracts(through="2023-06-30"),
        "monitoring": ledger.monitoring(2023, 6),
        "self-evaluation": ledger.self_evaluation(2023),
        "portfolio": monthly.portfolio(),
    }
    path = tmp_path / "report.xlsx"
    made[request.param].write(path)
    return path


def test_a_report_is_no_file_of_forms_and_none_of_events(ledger, workbook):
    """Whatever its sheets are called, and wherever its root stands."""
    for read in (ledger.import_forms, ledger.record):
        with pytest.raises(InvalidInput) as refused:
            read(workbook)
        assert refused.value.found.code == "found.own_report"
    assert len([*ledger.events()]) == 1


def test_an_empty_template_says_what_is_to_be_filled_in(ledger, tmp_path):
    """To `import`; to `record` it is a template of forms."""
    ledger.forms_template(tmp_path / "forms.xlsx")
    with pytest.raises(InvalidInput) as refused:
        ledger.import_forms(tmp_path / "forms.xlsx")
    assert refused.value.found.code == "found.empty_template"
    with pytest.raises(InvalidInput) as refused:
        ledger.record(tmp_path / "forms.xlsx")
    assert refused.value.found.code == "found.template_of_forms"
