"""Virements: every funding source keeps its sum, and no project meets itself."""

import pytest

from ledger import Funding, Refused, Settings
from ledger.domain.carried_money import CarriedPart
from ledger.domain.virements import Virements
from ledger.errors import InvalidBatch, VirementUnbalanced
from ledger.events import BudgetAdjusted, CarriedOver
from support import approval, day

ON = day(4)
SOURCES = (
    Funding(source="fiscal", amount=100_000),
    Funding(source="other", amount=50_000),
)


@pytest.fixture
def three(ledger):
    """Approve three projects with two funding sources."""
    ledger.append(*(approval(name, amounts=SOURCES) for name in "ABC"))
    return ledger


def leg(project, amount, source="fiscal", document="No 1", on=ON):
    """Return a leg: a negative amount gives, a positive one takes."""
    return BudgetAdjusted(
        project=project,
        on=on,
        kind="virement_out" if amount < 0 else "virement_in",
        amounts=(Funding(source=source, amount=abs(amount)),),
        document=document,
    )


REFUSED = {
    "other money": ([leg("A", -100), leg("B", 100, "other")], "of fiscal"),
    "a project to itself": ([leg("A", -100), leg("A", 100)], "^A: .*A on both sides"),
    "a project on both sides through several lines": (
        [leg("A", -100), leg("B", 60), leg("C", 40), leg("B", -5), leg("A", 5)],
        "A on both sides",
    ),
    "one project that changes its money with another's": (
        [
            *(leg("A", -100), leg("B", 100)),
            *(leg("B", -100, "other"), leg("A", 100, "other")),
        ],
        "both sides",
    ),
    "two documents of one day": (
        [leg("A", -100, document="No 1"), leg("B", 100, document="No 2")],
        "No 1",
    ),
    "a document as it is printed": ([leg("A", -100, document="Ｎo—1")], "Ｎo—1"),
    "no document and one": ([leg("A", -100, document=None), leg("B", 100)], "no doc"),
    "two days": ([leg("A", -100), leg("B", 100, on=day(5))], "2023-04-01"),
    "sources that make up for each other": (
        [leg("A", -100), leg("B", 40), leg("B", 60, "other")],
        "-0.60 CNY of fiscal",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_virement_that_is_none_is_refused(three, name):
    """Nothing is recorded; the message says which legs and what is wrong."""
    legs, words = REFUSED[name]
    with pytest.raises(VirementUnbalanced, match=words):
        three.append(*legs)
    assert three.position == 3


TAKEN = {
    "two legs": [leg("A", -100), leg("B", 100)],
    "one gives to two": [leg("A", -100), leg("B", 60), leg("C", 40)],
    "two sources of one document": [
        *(leg("A", -100), leg("B", 100)),
        *(leg("A", -30, "other"), leg("C", 30, "other")),
    ],
    "two documents of one day": [
        *(leg("A", -100, document="No 1"), leg("B", 100, document="No 1")),
        *(leg("B", -100, document="No 2"), leg("A", 100, document="No 2")),
    ],
    "no document": [leg("A", -100, document=None), leg("B", 100, document=None)],
    "a document that each leg spells its way": [
        leg("A", -100, document="Ｎo—1"),
        leg("B", 100, document="no-1 "),
    ],
    "a document that is blank": [
        leg("A", -100, document=""),
        leg("B", 100, document=None),
    ],
}


@pytest.mark.parametrize("name", TAKEN)
def test_a_virement_keeps_the_sum_of_each_source(three, name):
    """It is recorded, each source has what it had, and the log verifies."""
    three.append(*TAKEN[name])
    by_source = three.view(through=day(12)).total().by_source
    assert [each.minor_current for each in by_source.values()] == [300_000, 150_000]
    assert three.verify().ok


def test_a_transfer_to_the_same_project_is_refused(three):
    """It would move nothing."""
    with pytest.raises(Refused, match="both sides"):
        three.transfer("A", "A", 1, on=day(4), source="fiscal")
    assert three.position == 3


def test_lines_of_a_file_are_named_where_legs_do_not_balance(three, tmp_path):
    """Every leg of the document is listed by its line."""
    file = tmp_path / "legs.csv"
    file.write_text(
        "type,project,on,amount,kind,source\n"
        "BudgetAdjusted,A,2023-04-01,1,virement_out,fiscal\n"
        "BudgetAdjusted,B,2023-04-01,1,virement_in,other\n"
    )
    with pytest.raises(InvalidBatch, match="line 2, line 3: the legs"):
        three.record(file)


def legs_of(*events):
    """Return the legs of one append, by the places that they have in it."""
    legs = Virements.none()
    for position, event in enumerate(events, 1):
        legs.add("", event, position=position)
    return legs


def wrong(legs):
    """Return what is wrong, without what comes before the last point of each code."""
    problems = [problem for problem, _ in legs.problems(Settings())]
    return [problem.code.rpartition(".")[2] for problem in problems]


def carried(*, since, taken=(100, 50)):
    """Return both legs of a carry-over: years of the second, and amounts that it takes."""
    sources = "carried_over/fiscal", "carried_over/other"
    years = [
        (CarriedPart(source=sources[0], since=year, amount=60),)
        for year in (2020, since)
    ]
    given, own = (
        tuple(Funding(source=s, amount=a) for s, a in zip(sources, sums, strict=True))
        for sums in ((100, 50), taken)
    )
    how = {"project": "A", "on": ON}
    return (
        CarriedOver(year=2022, amounts=given, since=years[0], **how),
        BudgetAdjusted(kind="carried_in", amounts=own, since=years[1], **how),
    )


@pytest.mark.parametrize(
    ("legs", "said"),
    [
        (carried(since=2020), []),
        (carried(since=2021), ["since", "since"]),
        (carried(since=2021, taken=(100, 49)), ["carried"]),
    ],
    ids=["they agree", "other years", "another sum too"],
)
def test_both_legs_of_a_carry_over_say_the_same_years(legs, said):
    """Where the sums differ, that alone is said: of years nothing can be known."""
    assert wrong(legs_of(*legs)) == said


@pytest.mark.parametrize("positions", [(3, 7), (7, 3), (0, 3), (3, 0)])
def test_legs_that_are_found_apart_are_put_together(positions):
    """The first position that is known is kept."""
    given, taken = Virements.none(), Virements.none()
    given.add("", leg("A", -100), position=positions[0])
    taken.add("", leg("B", 100), position=positions[1])
    assert wrong(given) == ["sum"]
    given.join(taken)
    assert wrong(given) == []
    assert [legs.first for legs in given.groups.values()] == [3]
