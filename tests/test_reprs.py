"""Whatever a prompt shows of a ledger is one line that says what it is."""

import pytest

from ledger import Language, Ledger, LedgerError, Policy, Settings
from ledger.domain.finding import finding
from support import PROJECT, Clock, Entropy, approval, day, forms, indicator


def opened(language=Language.ENGLISH):
    """Return a ledger in memory, in which something was disbursed."""
    settings = Settings(language=language)
    ledger = Ledger.open(
        ":memory:", actor="a", settings=settings, clock=Clock(), entropy=Entropy()
    )
    ledger.append(approval(indicators=(indicator("次数"),) * 1))
    ledger.disburse(PROJECT, "10", voucher="V-1", on=day(6))
    return ledger


def refused(ledger):
    """Return the error of a disbursement of too much."""
    with pytest.raises(LedgerError) as caught:
        ledger.disburse(PROJECT, "9999999", voucher="V-2", on=day(6))
    return caught.value


def shown(ledger, tmp_path):
    """Return the repr of everything that a user gets, by what it is."""
    bulk = tmp_path / "facts.jsonl"
    row = '{"type": "Disbursed", "project": "P-1", "on": "2023-06-02", "amount": "1",'
    bulk.write_text(f'{row} "voucher": "V-3"}}\n', "utf-8")
    approved, paid = ledger.events()
    return {
        "ledger": repr(ledger),
        "view": repr(ledger.view(through=day(6))),
        "approval": repr(approved),
        "disbursement": repr(paid),
        "finding": repr(finding("form.changed", place=("forms.json", "P-1"))),
        "review": repr(ledger.review_forms(forms())),
        "recorded": repr(ledger.record(bulk)),
        "policy": repr(Policy()),
        "money": repr(ledger.view(through=day(6)).execution()[0]),
        "sum": repr(ledger.view(through=day(6)).total()),
        "indicator": repr(ledger.view(through=day(6)).attainment(PROJECT)[0]),
        "fact": repr(approved.event),
    }


LINES = {
    "zh": {
        "ledger": "Ledger(':memory:')",
        "view": "<View 截至 2023-06-01 · 登记至序号 2>",
        "approval": "<BudgetApproved 1 · project:2023:P-1 · 2023-01-01 · a>",
        "disbursement": "<Disbursed 2 · project:2023:P-1 · 2023-06-01 · a>",
        "finding": "<Finding error form.changed: forms.json › P-1: finding.form.changed (found=None, understood=None, expected=None)>",
        "review": "<Review 1 个事项 · 错误 0 处，警告 1 处，提示 0 处>",
        "recorded": "<Recorded 新增 1 条 · 已有 0 条 · 登记至序号 3>",
        "money": "<ExecutionLine P-1 · 2023-06-01 · 10.00/1000.00 CNY>",
        "sum": "<ExecutionTotal 10.00/1000.00 CNY>",
        "indicator": "<AttainmentLine P-1 · 次数 · ≥10次 · None · overdue>",
    },
    "en": {
        "ledger": "Ledger(':memory:')",
        "view": "<View through 2023-06-01 · position 2>",
        "approval": "<BudgetApproved 1 · project:2023:P-1 · 2023-01-01 · a>",
        "disbursement": "<Disbursed 2 · project:2023:P-1 · 2023-06-01 · a>",
        "finding": "<Finding error form.changed: forms.json › P-1: finding.form.changed (found=None, understood=None, expected=None)>",
        "review": "<Review 1 event · 0 errors, 1 warning, 0 notes>",
        "recorded": "<Recorded 1 new · 0 there already · position 3>",
        "money": "<ExecutionLine P-1 · 2023-06-01 · 10.00/1000.00 CNY>",
        "sum": "<ExecutionTotal 10.00/1000.00 CNY>",
        "indicator": "<AttainmentLine P-1 · 次数 · ≥10次 · None · overdue>",
    },
}


@pytest.mark.parametrize("language", Language)
def test_each_is_one_line(language, tmp_path):
    """In the language of the ledger, where it has words."""
    with opened(language) as ledger:
        lines = shown(ledger, tmp_path)
    for what, line in lines.items():
        assert line.isprintable(), what
    for what in ("policy", "fact"):
        assert len(lines.pop(what)) < 600, what
    assert lines == LINES[language]


def test_an_error_says_what_is_wrong():
    """After the name of its type, as its text does."""
    with opened() as ledger:
        error = refused(ledger)
    assert repr(error) == f"<BudgetExceeded {error}>"
    assert "cannot disburse 9,999,999.00 CNY" in repr(error)


def test_an_error_of_many_lines_shows_the_first(tmp_path):
    """And that there are more."""
    bulk = tmp_path / "facts.jsonl"
    bulk.write_text("{}\n{}\n", "utf-8")
    with opened() as ledger, pytest.raises(LedgerError) as caught:
        ledger.record(bulk)
    assert repr(caught.value).startswith("<InvalidBatch ")
    assert repr(caught.value).endswith(" …>")
    assert "\n" not in repr(caught.value)
