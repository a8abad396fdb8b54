"""A funding source that is left out is the project's only one, else it is asked for."""

import json

import pytest

from ledger import Funding, InvalidInput, Ledger
from ledger.errors import VirementUnbalanced
from ledger.events import BudgetAdjusted, Disbursed
from support import approval, day


def budget(**amounts):
    """Return the amounts of an approval."""
    return tuple(Funding(source=s, amount=a) for s, a in amounts.items())


@pytest.fixture
def ledger():
    with Ledger(":memory:", actor="clerk") as ledger:
        ledger.append(
            approval("FISCAL", amounts=budget(fiscal=100_000)),
            approval("OTHER", amounts=budget(fiscal=0, other=100_000)),
            approval("OTHER-2", amounts=budget(other=100_000)),
            approval("BOTH", amounts=budget(special_account=60_000, other=40_000)),
            approval("ALL", amounts=budget(fiscal=60_000, other=40_000)),
        )
        yield ledger


def bulk(ledger, tmp_path, project):
    """Record a payment and a supplement from a file."""
    file = tmp_path / "facts.jsonl"
    facts = [
        {"type": "Disbursed", "voucher": "V", "amount": "5"},
        {"type": "BudgetAdjusted", "kind": "supplement", "amount": "5"},
    ]
    common = {"project": project, "on": "2023-03-01"}
    file.write_text("\n".join(json.dumps(fact | common) for fact in facts), "utf-8")
    ledger.record(file)


DOORS = {
    "disburse": lambda led, code, _: led.disburse(code, 5, voucher="V", on=day(3)),
    "append": lambda led, code, _: led.append(
        Disbursed(project=code, on=day(3), voucher="V", amount=500)
    ),
    "supplement": lambda led, code, _: led.adjust_budget(
        code, "supplement", 5, on=day(3)
    ),
    "reduction": lambda led, code, _: led.adjust_budget(
        code, "reduction", 5, on=day(3)
    ),
    "append an adjustment": lambda led, code, _: led.append(
        BudgetAdjusted(
            project=code, on=day(3), kind="recall", amounts=budget(**{"": 500})
        )
    ),
    "record": lambda led, code, folder: bulk(led, folder, code),
}


def sources(ledger):
    """Return the sources of what was recorded after the approvals."""
    for each in ledger.events(after=5):
        parts = getattr(each.event, "amounts", (each.event,))
        yield from (part.source for part in parts)


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize(
    ("project", "source"),
    [
        ("FISCAL", "fiscal"),
        ("OTHER", "other"),
        ("OTHER-2", "other"),
        ("ALL", "fiscal"),
    ],
)
def test_it_is_the_only_one(ledger, tmp_path, door, project, source):
    """Or fiscal, where it has that; fiscal money of 0, which a form states, is none."""
    DOORS[door](ledger, project, tmp_path)
    assert {*sources(ledger)} == {source}
    assert ledger.verify().ok


@pytest.mark.parametrize("door", DOORS)
def test_several_are_listed(ledger, tmp_path, door):
    """Nothing is recorded until one is named."""
    with pytest.raises(InvalidInput, match=r"source: found nothing.*other, special"):
        DOORS[door](ledger, "BOTH", tmp_path)
    assert ledger.position == 5


def test_a_source_that_came_later_counts(ledger):
    """From then on there are two."""
    ledger.adjust_budget(
        "OTHER-2", "supplement", 5, on=day(3), source="external", new_source=True
    )
    with pytest.raises(InvalidInput, match="external, other"):
        ledger.disburse("OTHER-2", 5, voucher="V", on=day(4))


def test_a_transfer_is_of_what_both_have(ledger):
    """Of two that have another each, the source is asked for."""
    ledger.transfer("OTHER", "OTHER-2", 5, on=day(3))
    assert {*sources(ledger)} == {"other"}
    with pytest.raises(VirementUnbalanced, match="of fiscal"):
        ledger.transfer("FISCAL", "OTHER", 5, on=day(3))


def test_a_repeat_is_known_again(ledger):
    """Also once the project has another source."""
    said = {"voucher": "V", "on": day(3), "key": "k"}
    ledger.disburse("FISCAL", 5, **said)
    ledger.adjust_budget(
        "FISCAL", "supplement", 5, on=day(3), source="other", new_source=True
    )
    assert ledger.disburse("FISCAL", 5, **said).already
    assert ledger.disburse("FISCAL", 5, source="fiscal", **said).already


@pytest.mark.parametrize("wrong", ["", " ", 5])
def test_a_blank_source_is_not_left_out(ledger, wrong):
    """It is what a slip in a script leaves."""
    for call in (
        lambda: ledger.disburse("FISCAL", 5, voucher="V", on=day(3), source=wrong),
        lambda: ledger.adjust_budget("FISCAL", "recall", 5, on=day(3), source=wrong),
        lambda: ledger.transfer("FISCAL", "BOTH", 5, on=day(3), source=wrong),
    ):
        with pytest.raises(InvalidInput, match=r"source: .*not blank"):
            call()
