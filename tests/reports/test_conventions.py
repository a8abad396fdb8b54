"""Reports say which conventions of its own a ledger follows; JSON says all of them."""

import pytest

from ledger import Ledger, Settings
from support import PROJECT, approval

SAID = {
    "allow_exceptions": {
        "en": "Payments above the budget are taken as exceptions.",
        "zh": "超预算支出可按例外登记。",
    },
    "refuse_old_carry": {
        "en": "Money that saw more than two year-ends is not handed on.",
        "zh": "结转超过两年的资金不再转入下年。",
    },
}
"""By setting, what stands under a report where it is chosen."""


@pytest.mark.parametrize("chosen", [True, False])
@pytest.mark.parametrize("name", SAID)
def test_a_convention_that_is_chosen_stands_under_reports(tmp_path, name, chosen):
    """Under the month and under one project; a ledger that chose none says nothing."""
    path = tmp_path / "a.ledger"
    settings = Settings(language="en", **{name: chosen})
    with Ledger.open(path, actor="t", settings=settings) as ledger:
        ledger.append(approval(budget=100_000))
    with Ledger.open(path, actor="t") as ledger:
        assert getattr(ledger.settings, name) is chosen
        report = ledger.monthly_report(2023, 3)
    assert report.to_dict()["settings"][name] is chosen
    for language, said in SAID[name].items():
        for project in (None, PROJECT):
            text = report.render("text", language=language, project=project)
            assert (said in text.splitlines()) is chosen
