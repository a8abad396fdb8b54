"""The end of a project's money for a year: recorded later, lifted, stated anew."""

import json
from datetime import UTC, date, datetime

import attrs
import pytest
from click.testing import CliRunner

from ledger import Checkpoint, Funding, InvalidInput, Ledger, Settings, SpendingPlan
from ledger.cli import main
from ledger.errors import (
    AfterClosure,
    CommitmentsOpen,
    KeyConflict,
    LedgerError,
    NotClosed,
    UnknownProject,
    UnknownSource,
)
from ledger.events import BudgetAdjusted, ProjectClosed, ProjectReopened
from support import Clock, approval, day

END = date(2023, 12, 31)
LATER = datetime(2024, 3, 1, 9, tzinfo=UTC)


def opened(path=":memory:"):
    """Open a ledger with a project of 1,000.00, of which 100.00 are spent."""
    how = Settings(language="en")
    ledger = Ledger.open(path, actor="t", settings=how, clock=Clock(LATER))
    ledger.append(approval("P", 100_000))
    ledger.disburse("P", 100, voucher="1", on=day(3))
    return ledger


@pytest.fixture
def ledger():
    """Open it in memory."""
    with opened() as made:
        yield made


def left(ledger, through=END, known_at=None):
    """Return the day of the closing, and what it left and what is available."""
    line = ledger.view(through=through, known_at=known_at).project("P", year=2023)
    figures = line.carried_over, line.lapsed, line.available
    return line.closed_on, *map(int, figures)


@pytest.mark.parametrize(
    "when", [{}, {"on": "2024-01-20"}, {"on": END}], ids=["no day", "later", "the last"]
)
def test_a_closing_recorded_later_is_of_the_last_day(ledger, when):
    """The year follows from that day: it is not stored."""
    closed = ledger.close_project("P", year=2023, carried_over={"财政": 500}, **when)
    assert (closed.on, closed.event.year) == (END, None)
    assert closed.stream == "project:2023:P"
    assert left(ledger) == (END, 500, 400, 0)
    assert left(ledger, date(2024, 3, 1)) == (END, 500, 400, 0)
    assert left(ledger, date(2023, 12, 30)) == (None, 0, 0, 900)
    assert "year" not in json.loads(list(ledger.lines())[-1])["payload"]
    with pytest.raises(AfterClosure):
        ledger.close_project("P", year=2023)
    assert ledger.verify().ok


def test_a_year_may_be_closed_before_its_end(ledger):
    """On the day that is said."""
    assert ledger.close_project("P", year=2023, on=day(9)).on == day(9)


def test_the_year_is_read_by_the_ledgers_calendar():
    """Fiscal years from April on, named by the year in which they begin."""
    clock, settings = Clock(LATER), Settings(language="en", first_month=4)
    with Ledger(":memory:", actor="t", settings=settings, clock=clock) as ledger:
        end = date(2023, 3, 31)
        plan = SpendingPlan(checkpoints=(Checkpoint(end, 100),))
        first = approval("Q", 100, on=date(2022, 4, 1), fiscal_year=2022)
        ledger.append(attrs.evolve(first, plan=plan))
        assert ledger.close_project("Q", year="FY2022/23").on == end


@pytest.mark.parametrize(
    ("how", "refused", "words"),
    [
        ({}, InvalidInput, "a day, or a fiscal year"),
        ({"year": 2024}, UnknownProject, "in 2024"),
        ({"year": 2024, "on": END}, InvalidInput, "from 2024-01-01 on"),
        ({"year": 2022}, UnknownProject, "2022"),
        ({"year": "FY23"}, InvalidInput, "FY23"),
        ({"year": 2023, "on": day(2)}, InvalidInput, "from 2023-03-01 on"),
        ({"year": 2023, "carried_over": {"fiscal": 901}}, InvalidInput, r"900\.00"),
    ],
)
def test_a_closing_that_cannot_be_is_refused(ledger, how, refused, words):
    """Each with what is wrong; nothing is recorded."""
    with pytest.raises(refused, match=words):
        ledger.close_project("P", **how)
    assert ledger.position == 2


@pytest.mark.parametrize(
    ("spent", "carried", "last"),
    [(0, {}, (0, 900, 0)), (900, {}, (0, 0, 0)), (0, {"fiscal": 900}, (900, 0, 0))],
    ids=["nothing is carried", "nothing is left", "all is carried"],
)
def test_what_is_not_carried_lapses_to_the_last_fen(ledger, spent, carried, last):
    """Where nothing is left, nothing is said of the source."""
    if spent:
        ledger.disburse("P", spent, voucher="2", on=day(4))
    ledger.close_project("P", year=2023, carried_over=carried)
    assert left(ledger)[1:] == last


def test_the_sum_that_is_stated_and_not_left_is_named(ledger):
    """Of what is carried and of what lapses together."""
    stated = {
        name: (Funding(source="fiscal", amount=amount),)
        for name, amount in (("carried_over", 30_000), ("lapsed", 50_000))
    }
    with pytest.raises(InvalidInput, match=r"800\.00.*900\.00"):
        ledger.append(ProjectClosed(project="P", on=END, **stated))
    unknown = (Funding(source="other", amount=0),)
    with pytest.raises(UnknownSource, match="other"):
        ledger.append(ProjectClosed(project="P", on=END, lapsed=unknown))


def test_a_year_may_be_closed_on_its_first_day():
    """A year that is stated contains it."""
    first = date(2023, 1, 1)
    with Ledger(":memory:", actor="t", clock=Clock(LATER)) as ledger:
        ledger.append(approval("Q", 100, on=first))
        assert ledger.close_project("Q", year=2023, on=first).on == first


def test_open_commitments_stand_in_the_way(ledger):
    """Until they are released."""
    ledger.commit("P", "C", 10, on=day(4))
    with pytest.raises(CommitmentsOpen, match=r"C.*10\.00"):
        ledger.close_project("P", year=2023)
    ledger.release_commitment("P", "C", on=END, why="year_end")
    ledger.close_project("P", year=2023)


def test_a_reopening_lifts_the_closing_from_its_day_on(ledger):
    """What was known before still shows it closed; closing again states all anew."""
    ledger.close_project("P", on=day(10), carried_over={"fiscal": 500})
    closed = ledger.position
    lifted = ledger.reopen_project("P", year=2023, reason="a late invoice")
    assert lifted.event == ProjectReopened(
        project="P",
        on=day(10),
        reason="a late invoice",
        carried_over=(Funding(source="fiscal", amount=500_00),),
        lapsed=(Funding(source="fiscal", amount=400_00),),
    )
    assert left(ledger) == (None, 0, 0, 900)
    assert left(ledger, known_at=closed) == (day(10), 500, 400, 0)
    ledger.disburse("P", 50, voucher="2", on=day(12))
    ledger.close_project("P", year=2023, carried_over={"fiscal": 450})
    assert left(ledger) == (END, 450, 400, 0)
    assert left(ledger, day(11)) == (None, 0, 0, 900)
    assert ledger.verify().ok


def test_a_reopening_of_another_day_is_refused(ledger):
    """It is dated on the day of the closing; what was asked is not dropped silently."""
    ledger.close_project("P", on=day(10))
    for on in (day(6), END):  # Without a year it is said to be the closing's day.
        with pytest.raises(InvalidInput, match=str(day(10))):
            ledger.append(ProjectReopened(project="P", on=on, reason="r"))
    with pytest.raises(InvalidInput, match=str(day(10))):
        ledger.append(ProjectReopened(project="P", on=day(6), year=2023, reason="r"))
    ledger.append(ProjectReopened(project="P", on=day(10), reason="r"))


def test_the_explanation_of_the_day_names_the_closing_that_stands(ledger):
    """One that was lifted is left out, and by what."""
    ledger.close_project("P", on=day(10))
    lifted = ledger.reopen_project("P", year=2023, reason="r")
    ledger.close_project("P", year=2023)
    view = ledger.view(through=END)
    first, second = view.explain("P", "closed_on").events
    assert (first.left_out, second.left_out) != (None, None)
    assert f"[{lifted.position}]" in str(first.left_out)
    assert second.left_out is None
    for figure in ("carried_over", "lapsed", "available"):
        view.explain("P", figure)


def test_only_what_is_closed_can_be_reopened(ledger):
    """Once."""
    with pytest.raises(NotClosed, match="P: not closed in 2023"):
        ledger.reopen_project("P", year=2023, reason="r")
    ledger.close_project("P", year=2023)
    with pytest.raises(InvalidInput, match="reason"):
        ledger.reopen_project("P", year=2023, reason=" ")
    ledger.reopen_project("P", year=2023, reason="r")
    with pytest.raises(NotClosed):
        ledger.reopen_project("P", year=2023, reason="r")


CLOSE = ProjectClosed(project="P", on=END)
REOPEN = ProjectReopened(project="P", on=END, reason="r")


@pytest.mark.parametrize("asked", [[REOPEN, CLOSE], [CLOSE, CLOSE, REOPEN]])
def test_closing_and_reopening_never_change_places_in_an_append(ledger, asked):
    """What is asked for in one order would have another effect in another."""
    with pytest.raises((NotClosed, AfterClosure)):
        ledger.append(*asked)
    assert ledger.position == 2
    ledger.append(CLOSE, REOPEN, CLOSE)
    assert left(ledger) == (END, 0, 900, 0)


def test_a_closing_and_what_lifts_it_wait_together(ledger):
    """A supplement of the same append is there first, whatever the order."""
    more = (Funding(source="fiscal", amount=50_00),)
    supplement = BudgetAdjusted(project="P", on=day(4), kind="supplement", amounts=more)
    over = attrs.evolve(CLOSE, carried_over=(Funding(source="fiscal", amount=950_00),))
    ledger.append(over, REOPEN, supplement)
    recorded = [type(each.event) for each in ledger.events(after=2)]
    assert recorded == [BudgetAdjusted, ProjectClosed, ProjectReopened]


def test_closing_and_reopening_are_requests_with_keys(ledger):
    """The same again records nothing; another one is refused with its field."""
    how = {"year": 2023, "on": "2024-01-20", "key": "k"}
    first = ledger.close_project("P", **how)
    assert ledger.close_project("P", **how).id == first.id
    with pytest.raises(KeyConflict, match="carried over"):
        ledger.close_project("P", carried_over={"fiscal": 1}, **how)
    lifted = ledger.reopen_project("P", year=2023, reason="r", key="l")
    assert ledger.reopen_project("P", year=2023, reason="r", key="l").id == lifted.id
    with pytest.raises(KeyConflict, match="reason"):
        ledger.reopen_project("P", year=2023, reason="s", key="l")


CSV = (
    "type,project,on,year,carried_over,reason\n"
    "ProjectClosed,P,2024-01-20,2023,财政资金=500.00,\n"
    "ProjectReopened,P,2024-02-01,2023,,invoice\n"
    "ProjectClosed,P,2024-02-02,2023,500,\n"
)


def test_a_bulk_file_closes_and_reopens(ledger, tmp_path):
    """An amount, or amounts by source; what is wrong is named with its line."""
    file = tmp_path / "closings.csv"
    file.write_text(CSV, encoding="utf-8")
    ledger.record(file)
    assert left(ledger) == (END, 500, 400, 0)
    file.write_text(CSV.replace("2023,财政资金=500.00", "FY23,=5"), encoding="utf-8")
    with pytest.raises(LedgerError) as refused:
        ledger.record(file)
    text = str(refused.value)
    assert "line 2" in text
    assert "FY23" in text
    assert "carried over" in text


def test_the_command_line_closes_and_reopens(tmp_path):
    """With amounts by source."""
    path = str(tmp_path / "l.ledger")
    opened(path).close()

    def run(*args):
        return CliRunner().invoke(main, [args[0], path, *args[1:]])

    done = run("close", "P", "--year", "2023", "--carried-over", "财政=500")
    assert done.exit_code == 0, done.output
    again = run("close", "P", "--year", "2023")
    assert again.exit_code == 1
    assert "closed on 2023-12-31" in again.output
    bad = run("close", "P", "--year", "2023", "--carried-over", "500")
    assert bad.exit_code == 2
    assert "--carried-over" in bad.output
    assert run("reopen", "P", "--year", "2023", "--reason", "r").exit_code == 0
    with Ledger.open(path) as ledger:
        kinds = [type(each.event) for each in ledger.events()][-2:]
        assert kinds == [ProjectClosed, ProjectReopened]


def test_results_scores_and_explanations_are_no_money(ledger):
    """They are taken after the closing too."""
    ledger.close_project("P", year=2023)
    ledger.explain_variance("P", "other", "late", on=END)
    ledger.report_score("P", 9, on=END, reason="seen")
    assert ledger.verify().ok
