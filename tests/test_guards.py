"""Every type of event held to every guard: what is refused, as what, and what is not."""

from datetime import date

import attrs
import pytest

from ledger import (
    InvalidInput,
    Ledger,
    parse_target,
)
from ledger.errors import (
    AfterClosure,
    AlreadyApproved,
    ApprovalInUse,
    BeforeApproval,
    BeforeCommitment,
    BudgetExceeded,
    CarryExceeded,
    CommitmentExceeded,
    CommitmentUsed,
    DatedAhead,
    KeyConflict,
    NotClosed,
    OutsideFiscalYear,
    ReversalExceeded,
    UnknownCommitment,
    UnknownIndicator,
    UnknownProject,
    UnknownResult,
    UnknownSource,
    UnknownVoucher,
)
from ledger.events import (
    ContinuedCommitment,
    Disbursed,
)
from support import Clock, approval, day, disbursement
from support_guards import (
    AMOUNTS,
    AT,
    CARRIES,
    EARLIER,
    EVENTS,
    HAPPENED,
    MONEY,
    MOVING,
    NAME,
    OF_COMMITMENTS,
    OF_INDICATORS,
    OF_PROJECTS,
    OPENED,
    TAKEN,
    changed,
    legs,
    money,
    plan,
)

RECTIFIED = {"RectificationOrdered", "RectificationReported", "RectificationClosed"}

GUARDS = {
    "nothing wrong": {name: (event, TAKEN) for name, event in EVENTS.items()},
    "a project that is not there": {
        **changed(OF_PROJECTS | CARRIES, UnknownProject, project="Z"),
        # What is not there has no results either.
        **changed({"ResultRetracted"}, UnknownResult, project="Z"),
        **changed({"PriorYearRefund"}, UnknownProject, project="Z"),
    },
    "before the approval": {
        # Money comes back whether or not the year has a budget.
        **changed({"PriorYearRefund"}, TAKEN, on=day(1, 15)),
        **changed(MONEY | {"ApprovalWithdrawn"}, BeforeApproval, on=day(1, 15)),
        **changed({"FormRevised"}, BeforeApproval, on=day(1, 15)),
        # What was reported or said earlier counts from the approval on.
        **changed(
            {
                *RECTIFIED,
                "GoalAssessed",
                "OutlookStated",
                "ResultReported",
                "VarianceExplained",
            },
            TAKEN,
            on=day(1, 15),
        ),
    },
    "in another fiscal year": {
        **changed(OF_PROJECTS - {"ResultRetracted"}, UnknownProject, on=EARLIER),
        **changed({"ResultRetracted"}, UnknownResult, on=EARLIER),
        **changed({"BudgetApproved"}, OutsideFiscalYear, on=date(2021, 12, 31)),
        **changed(CARRIES, InvalidInput, on=EARLIER),
        # That year has the voucher itself.
        **changed({"PriorYearRefund"}, InvalidInput, on=EARLIER),
    },
    "two days ahead": {
        **changed(HAPPENED, DatedAhead, on=day(9, 3)),
        # What is decided may lie ahead; a result is taken, and said.
        **changed(
            {
                "BudgetApproved",
                "BudgetAdjusted",
                "SpendingPlanRevised",
                "TargetRevised",
                "FormRevised",
                "ResultReported",
                "ObjectivesSet",
            },
            TAKEN,
            on=day(9, 3),
        ),
    },
    "more than was carried over": changed(
        CARRIES, CarryExceeded, amounts=money(amount=301)
    ),
    "from a year that is not closed": {
        **changed({"CarriedOver"}, NotClosed, year=2023, on=date(2024, 1, 1)),
    },
    "one day ahead": changed(HAPPENED, TAKEN, on=day(9, 2)),
    "an amount of nothing": {
        **changed(MOVING, InvalidInput, amount=0),
        **changed(AMOUNTS | CARRIES, InvalidInput, amounts=money(amount=0)),
    },
    "a negative amount": {
        **changed(MOVING, InvalidInput, amount=-1),
        **changed(AMOUNTS, InvalidInput, amounts=money(amount=-1)),
        **changed({"ProjectClosed"}, InvalidInput, carried_over=money(amount=-1)),
        **changed({"BudgetApproved"}, InvalidInput, amounts=money(amount=-1)),
    },
    "a part of a fen": {
        **changed(MOVING, InvalidInput, amount=0.5),
        **changed(AMOUNTS, InvalidInput, amounts=money(amount=0.5)),
    },
    "a source that the project has not": {
        **changed({"Disbursed", "PriorYearRefund"}, UnknownSource, source="fiscla"),
        **changed(AMOUNTS, UnknownSource, amounts=money("fiscla")),
        **changed({"ProjectClosed"}, UnknownSource, carried_over=money("fiscla")),
    },
    "a commitment that the project has not": changed(
        OF_COMMITMENTS | {"Disbursed"}, UnknownCommitment, commitment="C-9"
    ),
    "a commitment of an earlier year that the project has not": {
        **changed(
            {"CommitmentEntered"},
            UnknownCommitment,
            project="E",
            continues=ContinuedCommitment(year=2022, commitment="C-9"),
        ),
    },
    "a commitment of a year that nothing is known of": changed(
        {"CommitmentEntered"},
        TAKEN,
        continues=ContinuedCommitment(year=2021, commitment="C-9"),
    ),
    "before the commitment": changed(
        OF_COMMITMENTS | {"Disbursed"}, BeforeCommitment, commitment="C-1", on=day(2)
    ),
    "a commitment's number that is used": changed(
        {"CommitmentEntered"}, CommitmentUsed, commitment="Ｃ-1"
    ),
    "more than is open": {
        **changed({"Disbursed"}, CommitmentExceeded, commitment="C-1"),
        **changed({"CommitmentReleased"}, CommitmentExceeded, amounts=money()),
        **changed({"CommitmentAdjusted"}, CommitmentExceeded, kind="decrease"),
    },
    "more than is free": {
        **changed(
            {"CommitmentEntered", "CommitmentAdjusted"},
            BudgetExceeded,
            amounts=money(amount=99_901),
        ),
        **changed({"Disbursed"}, BudgetExceeded, amount=99_901),
    },
    "another day than that of the closing": {
        **changed({"ProjectReopened"}, InvalidInput, on=day(6)),
    },
    "a computed field that does not follow": {
        **changed({"CommitmentEntered"}, InvalidInput, taken_over=money()),
        **changed({"CommitmentReleased"}, InvalidInput, released=money()),
        **changed({"ProjectReopened"}, InvalidInput, lapsed=money()),
        **changed({"ApprovalWithdrawn"}, InvalidInput, amounts=money()),
        **changed({"ApprovalWithdrawn"}, InvalidInput, origin="in_year"),
        **changed({"CommitmentAdjusted"}, InvalidInput, stage="reserved"),
        **changed({"Disbursed"}, InvalidInput, released=money()),
        **changed({"DisbursementReversed"}, InvalidInput, restores="C-1"),
        **changed({"PriorYearRefund"}, InvalidInput, opens=OPENED),
    },
    "more than is left of what was disbursed": changed(
        {"DisbursementReversed", "PriorYearRefund"}, ReversalExceeded, amount=101
    ),
    "a voucher that nobody has": changed(
        {"DisbursementReversed", "PriorYearRefund"}, UnknownVoucher, of="x-1"
    ),
    "a refund of the same year": changed(
        {"PriorYearRefund"}, InvalidInput, of_year=2023
    ),
    "a refund that takes back what is none": changed(
        {"PriorYearRefund"}, UnknownVoucher, takes_back="x-1"
    ),
    "an indicator that the project has not": changed(
        OF_INDICATORS - {"ResultRetracted"}, UnknownIndicator, indicator="x"
    ),
    "a blank target": {
        **changed({"TargetRevised"}, InvalidInput, target=parse_target(" ").target),
    },
    "a control character": {
        **changed({"BudgetApproved", "ObjectivesSet"}, InvalidInput, name="n\x1b"),
        **changed({"Disbursed"}, InvalidInput, payee="p\u202e"),
        **changed({"DisbursementReversed"}, InvalidInput, reason="r\x00"),
        **changed({"PriorYearRefund"}, InvalidInput, reason="r\x00"),
        **changed(
            {
                "BudgetAdjusted",
                "SpendingPlanRevised",
                "ProjectClosed",
                "ProjectReopened",
                "AdjustmentCorrected",
                "ApprovalWithdrawn",
                "FormRevised",
                "TargetRevised",
            },
            InvalidInput,
            reason="r\x9b",
        ),
        **changed({"CommitmentEntered"}, InvalidInput, payee="p\u202e"),
        **changed({"CommitmentReleased"}, InvalidInput, commitment="C-1\x1b"),
        **changed({"CommitmentAdjusted"}, InvalidInput, reason="r\x9b"),
        **changed({"ResultReported"}, InvalidInput, note="n\x07"),
        **changed({"ResultRetracted", "ScoreReported"}, InvalidInput, reason="r\x7f"),
        **changed({"VarianceExplained"}, InvalidInput, text="t\u2066"),
    },
    "a year before the day": changed(
        {"ProjectClosed"}, InvalidInput, year=2024, on=day(6)
    ),
    "a year that nothing is known of": changed(
        {"ProjectClosed", "ProjectReopened"}, UnknownProject, year=2021
    ),
    "a blank reason": changed(
        {"AdjustmentCorrected", "ApprovalWithdrawn"}, InvalidInput, reason=" "
    ),
    "no adjustment": changed({"AdjustmentCorrected"}, InvalidInput, of="first"),
    "a blank name": changed({"FormRevised"}, InvalidInput, name=" "),
    "a unit's code with a blank": changed({"FormRevised"}, InvalidInput, to_unit="U 2"),
    "no field of the form": changed(
        {"FormRevised"}, InvalidInput, name=None, to_unit=None
    ),
    "a project that is not closed": changed(
        {"ProjectReopened"}, NotClosed, project="A"
    ),
    "an approval that was withdrawn": {
        **changed(OF_PROJECTS | CARRIES, UnknownProject, project="G"),
        **changed({"ResultRetracted"}, UnknownResult, project="G"),
        **changed({"BudgetApproved"}, TAKEN, project="G", on=day(4)),
    },
    "an approval before the withdrawal of another": changed(
        {"BudgetApproved"}, InvalidInput, project="G", on=day(3)
    ),
    "an approval on which something rests": changed(
        {"ApprovalWithdrawn"}, ApprovalInUse, project="A"
    ),
    "no date": changed(set(EVENTS), InvalidInput, on="2023-06-01"),
}
ROWS = [
    pytest.param(event, refused, id=f"{guard}, {name}")
    for guard, rows in GUARDS.items()
    for name, (event, refused) in rows.items()
]


@pytest.fixture
def open_project(path):
    """Approve a project from February on, with payments and a result."""
    with Ledger.open(path, actor="tester", clock=Clock(AT)) as ledger:
        ledger.append(approval("A", on=day(2), goals=("g",)))
        ledger.append(disbursement(100, "1", on=day(3), project="A"))
        ledger.adjust_budget("A", "supplement", 2, on=day(3), key="adjusted")
        ledger.adjust_budget("A", "reduction", 2, on=day(3))
        ledger.commit("A", "C-1", 1, on=day(3))
        ledger.disburse("A", 1, voucher="C", commitment="C-1", on=day(3))
        ledger.report_result("A", NAME, 2, on=day(3), key="first")
        ledger.order_rectification("A", "Z-1", "q", due=day(9), on=day(1, 1))
        ledger.append(approval("D", on=day(2)))
        ledger.close_project("D", on=day(4))
        last = date(2022, 12, 31)
        earlier = approval("E", 1_000, on=date(2022, 2, 1), fiscal_year=2022)
        ledger.append(attrs.evolve(earlier, plan=plan(1_000, last)))
        paid = disbursement(100, "0", on=date(2022, 3, 1), project="E")
        ledger.append(paid)
        ledger.close_project("E", year=2022, carried_over={"fiscal": 5})
        ledger.append(approval("E", on=day(2)))
        ledger.carry_over("E", on=day(4), amounts={"fiscal": 2})
        ledger.append(approval("F", on=day(2)))
        ledger.append(approval("G", on=day(2)))
        ledger.withdraw_approval("G", on=day(4), reason="mistake")
        yield ledger


def test_every_type_has_its_rows():
    """No type of event is left out, and each is held to several guards."""
    counts = [sum(name in rows for rows in GUARDS.values()) for name in EVENTS]
    assert len(EVENTS) == 28
    assert min(counts) >= 3


@pytest.mark.parametrize(("event", "refused"), ROWS)
def test_a_guard_refuses_and_leaves_nothing(open_project, event, refused):
    """What is refused changes nothing; whatever is taken, the record verifies."""
    root = open_project.root
    if refused is TAKEN:
        before, whole = open_project.position, legs(event)
        open_project.append(*whole)
        assert open_project.position == before + len(whole)
    else:
        with pytest.raises(refused) as problem:
            open_project.append(*legs(event))
        assert type(problem.value) is refused or refused is InvalidInput
        assert open_project.root == root
    assert open_project.verify().ok


@pytest.mark.parametrize("name", sorted(OF_PROJECTS | {"BudgetApproved"}))
def test_a_closing_ends_the_money_and_nothing_else(open_project, name):
    """Of a closed project no fact of money is taken, of whatever day; others are."""
    open_project.close_project("A", on=day(5))
    event = EVENTS[name]
    for on in (day(4), day(5), day(6)):
        given = attrs.evolve(event, on=on)
        if name == "BudgetApproved":
            with pytest.raises(AlreadyApproved):
                open_project.append(attrs.evolve(given, project="A"))
        elif name in MONEY:
            with pytest.raises(AfterClosure):
                open_project.append(given)
        elif on == day(6):  # Others, of any day; a reopening has that of its closing.
            open_project.append(event if name == "ProjectReopened" else given)
    assert open_project.verify().ok


@pytest.mark.parametrize("name", EVENTS)
def test_a_key_records_once_and_holds_its_content(open_project, name):
    """The same request again records nothing; another one under its key is refused."""
    event = EVENTS[name]
    whole = legs(event)
    first = open_project.append(*whole, key="k")
    root = open_project.root
    assert [each.id for each in open_project.append(*whole, key="k")] == [
        each.id for each in first
    ]
    other = disbursement(7, "7", on=day(3), project="A")
    with pytest.raises(KeyConflict):
        open_project.append(other, key="k")
    with pytest.raises(KeyConflict):
        open_project.append(attrs.evolve(event, on=day(6, 2)), key="k")
    assert open_project.root == root
    assert isinstance(event, type(first[0].event))


def test_what_pays_and_what_returns_must_be_there(open_project):
    """A payment above the budget, a reversal of nothing: each names its money."""
    with pytest.raises(BudgetExceeded):
        open_project.append(
            Disbursed(project="A", on=day(6), voucher="9", amount=99_801)
        )
    with pytest.raises(UnknownVoucher):
        open_project.append(attrs.evolve(EVENTS["DisbursementReversed"], of="x-1"))
