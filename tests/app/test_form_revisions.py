"""A form that is revised other than money, plan and targets: names, units and texts."""

import json
from datetime import UTC, date, datetime

import pytest
from click.testing import CliRunner

from ledger import EXECUTION, Funding, InvalidInput, Ledger, Settings
from ledger.cli import main
from ledger.domain.revised_form import RevisedForm
from ledger.errors import BeforeApproval, InClosedPeriod, LedgerError
from ledger.events import FormRevised
from support import Clock, approval, day, form, forms

AT = datetime(2023, 9, 1, 9, tzinfo=UTC)
JULY = day(7)
JUNE = day(6, 30)


def opened(path=":memory:"):
    """Open a ledger with two projects of 1,000.00 each, in two units."""
    ledger = Ledger.open(
        path, actor="t", settings=Settings(language="en"), clock=Clock(AT)
    )
    ledger.append(
        approval("P", on=day(1, 10), unit="U-1", unit_name="one", goals=("first",)),
        approval("Q", on=day(1, 10), unit="U-2", unit_name="two"),
    )
    ledger.disburse("P", 100, voucher="1", on=day(3))
    return ledger


@pytest.fixture
def ledger():
    """Open it in memory."""
    with opened() as made:
        yield made


def called(ledger, through, known_at=None):
    """Return what the project is called and whose it is at a day."""
    line = ledger.view(through=through, known_at=known_at).project("P")
    return line.name, line.unit, line.unit_name


def spent(ledger, through):
    """Return what the projects of each unit have spent by a day."""
    units = ledger.view(through=through).by_unit()
    return {unit: int(total.disbursed) for unit, total in units.items()}


def test_a_move_holds_from_its_day_and_takes_all_figures_with_it(ledger):
    """A unit's figures are those of its projects at the day, whole; a note says so."""
    before = ledger.position
    ledger.revise_form("P", on=JULY, to_unit="U-2", reason="reform")
    assert called(ledger, JUNE) == ("project P", "U-1", "one")
    assert called(ledger, JULY) == ("project P", "U-2", None)
    assert called(ledger, JULY, before) == ("project P", "U-1", "one")
    assert spent(ledger, JUNE) == {"U-1": 100, "U-2": 0}
    assert spent(ledger, JULY) == {"U-2": 100}
    line = ledger.view(through=JULY).project("P")
    (moved,) = [each for each in line.findings if each.code == "project.moved"]
    assert moved.message == "belongs to U-2 from 2023-07-01 on; before, to U-1"
    june = ledger.view(through=JUNE).project("P")
    assert "project.moved" not in {each.code for each in june.findings}
    assert "U-2" in ledger.view(through=JULY).monthly_report().render("text")
    ledger.rebuild()
    assert ledger.stale_snapshots() == []
    assert ledger.verify().ok


def test_a_correction_holds_from_the_approval_on(ledger):
    """It is no move; a revision of a later day stays over it."""
    ledger.revise_form("P", on=JULY, name="later")
    ledger.revise_form("P", on=day(8), name="right", to_unit="U-2", correction=True)
    assert called(ledger, day(1, 10)) == ("right", "U-2", None)
    assert called(ledger, JULY) == ("later", "U-2", None)
    line = ledger.view(through=JULY).project("P")
    assert "project.moved" not in {each.code for each in line.findings}
    replayed = dict(ledger.replay(EXECUTION, through=day(2)))
    assert replayed["project:2023:P"].titles
    assert ledger.verify().ok


def test_going_back_is_a_change_like_any_other(ledger):
    """The last of a day counts."""
    ledger.revise_form("P", on=JULY, to_unit="U-2", unit_name="two")
    ledger.revise_form("P", on=day(8), to_unit="U-1", unit_name="one")
    ledger.revise_form("P", on=day(8), name="new")
    assert called(ledger, JULY) == ("project P", "U-2", "two")
    assert called(ledger, day(8)) == ("new", "U-1", "one")
    codes = [each.code for each in ledger.view(through=day(8)).project("P").findings]
    assert codes.count("project.moved") == 2


def test_official_forms_show_the_form_in_force(ledger):
    """Goals and names of the day, in the evaluation and the monitoring."""
    ledger.revise_form("P", on=JULY, name="new name", goals=["second"])

    def shown(through):
        document = json.loads(ledger.view(through=through).monitoring().render("json"))
        return json.dumps(document, ensure_ascii=False)

    assert "new name" in shown(JULY)
    assert "new name" not in shown(JUNE)
    assert "second" in ledger.self_evaluation(2023).render("json")
    assert ledger.projects()[0].name == "new name"


def test_a_table_by_unit_and_month_names_the_move(ledger):
    """From its day on; before it there is none to name."""
    ledger.revise_form("P", on=JULY, to_unit="U-2")
    words = "belongs to U-2 from 2023-07-01 on; before, to U-1"
    for through, named in ((JUNE, 0), (JULY, 1)):
        made = ledger.view(through=through).monthly_report().portfolio()
        assert [each.message for each in made.moves] == [words] * named
        assert made.render("text").count(words) == named
        moves = json.loads(made.render("json"))["moves"]
        assert [each["place"] for each in moves] == ["P"] * named
    assert "自 2023-07-01 起划归U-2" in made.render("text", language="zh")


def test_diff_names_the_move(ledger):
    """And nothing for what it does not change."""
    first = ledger.position
    moved = ledger.revise_form("P", on=JULY, to_unit="U-2", unit_name="two").position
    renamed = ledger.revise_form("P", on=JULY, name="another").position
    found = {
        each.path: each.positions for each in ledger.differences(first, through=JULY)
    }
    assert found["projects.P.unit"] == (moved,)
    assert found["projects.P.unit_name"] == (moved,)
    assert found["projects.P.name"] == (renamed,)
    assert "projects.P.disbursed" not in found
    assert list(ledger.differences(first, through=JUNE)) == []


def test_closed_days_of_both_units_are_kept(ledger):
    """A move is a fact of both; a correction is judged at the approval's day."""
    ledger.close_period(JUNE, unit="U-2")
    with pytest.raises(InClosedPeriod):
        ledger.revise_form("P", on=JUNE, to_unit="U-2")
    with pytest.raises(InClosedPeriod):
        ledger.revise_form("P", on=JULY, to_unit="U-2", correction=True)
    ledger.revise_form("P", on=JULY, to_unit="U-2")
    ledger.disburse("P", 1, voucher="2", on=JUNE)
    ledger.close_period(day(7, 31), unit="U-2")
    with pytest.raises(InClosedPeriod):
        ledger.disburse("P", 1, voucher="3", on=JULY)
    assert ledger.verify().ok


LOCKED = day(8, 31)
NAME = "开展就业培训数"
RESULT = "r"


@pytest.mark.parametrize(
    "asked",
    [
        lambda one: one.disburse("P", 1, voucher="9", on=JUNE),
        lambda one: one.retract_result("P", NAME, RESULT, on=LOCKED, reason="x"),
        lambda one: one.revise_form("P", on=day(8), name="x", correction=True),
        lambda one: one.revise_form("P", on=day(8), to_unit="U-3", correction=True),
        lambda one: one.revise_form("P", on=JUNE, to_unit="U-3"),
        lambda one: one.revise_form("P", on=JULY, to_unit="U-3"),
    ],
)
def test_closed_days_of_a_later_unit_are_kept(ledger, asked):
    """A fact before the move is in the figures of the unit that has the project now."""
    ledger.report_result("P", NAME, 3, on=day(3), key=RESULT)
    ledger.revise_form("P", on=JULY, to_unit="U-2")
    ledger.close_period(LOCKED, unit="U-2")
    with pytest.raises(InClosedPeriod, match="2023-08-31"):
        asked(ledger)
    later = date(2030, 1, 1)
    ledger.reopen_period(day(1, 10), LOCKED, unit="U-2", until=later, reason="x")
    asked(ledger)
    assert ledger.verify().ok


def test_a_reopened_day_of_all_units_takes_facts_of_what_moved_since(ledger):
    """It is the fact's own day that is reopened, for its units of then and since."""
    ledger.revise_form("P", on=JULY, to_unit="U-2")
    ledger.close_period(LOCKED)
    ledger.reopen_period(JUNE, JUNE, until=date(2030, 1, 1), reason="x")
    ledger.disburse("P", 1, voucher="2", on=JUNE)
    with pytest.raises(InClosedPeriod):
        ledger.disburse("P", 1, voucher="3", on=JULY)
    assert ledger.verify().ok


def test_a_closed_unit_that_the_project_left_is_asked_no_more(ledger):
    """What is dated after it went changes no figure of that unit."""
    ledger.revise_form("P", on=JULY, to_unit="U-2")
    ledger.revise_form("P", on=day(8), name="another name")
    ledger.close_period(LOCKED, unit="U-1")
    ledger.disburse("P", 1, voucher="2", on=JULY)
    with pytest.raises(InClosedPeriod):
        ledger.disburse("P", 1, voucher="3", on=JUNE)
    assert ledger.verify().ok


def test_what_is_wrong_is_refused_with_what_is_right(ledger):
    """Nothing to revise, a day before the approval, a code that is none."""
    with pytest.raises(InvalidInput, match="a field of the form"):
        ledger.revise_form("P", on=JULY)
    with pytest.raises(BeforeApproval):
        ledger.revise_form("P", on=day(1), name="x")
    with pytest.raises(InvalidInput, match="to_unit"):
        ledger.revise_form("P", on=JULY, to_unit="U 2")
    ledger.close_project("P", on=day(8))
    ledger.revise_form("P", on=day(8), name="closed all the same")
    assert called(ledger, day(8))[0] == "closed all the same"


def test_a_form_is_revised_from_the_day_of_its_approval_on(ledger):
    """With a name that can be read, and a form that agrees with itself."""
    first = ledger.view(through=JULY).project("P").name
    with pytest.raises(InvalidInput, match="name"):
        ledger.revise_form("P", on=JULY, name=" ")
    twice = (Funding(source="fiscal", amount=1), Funding(source="财政资金", amount=1))
    asked = {"project": "P", "on": JULY, "name": "x"}
    with pytest.raises(InvalidInput, match="source"):
        ledger.append(
            FormRevised(form=RevisedForm(name="x", unit="U", amounts=twice), **asked)
        )
    assert ledger.view(through=JULY).project("P").name == first
    ledger.revise_form("P", on=day(1, 10), name="from the first day")
    assert called(ledger, day(1, 10))[0] == "from the first day"


def test_a_bulk_file_revises_forms(ledger, tmp_path):
    """As JSON Lines and as CSV, where goals are numbered."""
    line = {"type": "FormRevised", "project": "P", "on": "2023-07-01"}
    lines = tmp_path / "facts.jsonl"
    lines.write_text(json.dumps(line | {"goals": ["a", "b"], "correction": True}))
    ledger.record(lines)
    table = tmp_path / "facts.csv"
    table.write_text(
        'type,project,on,to_unit,goals\nFormRevised,P,2023-07-01,U-2,"1.c\n2.d"\n',
        encoding="utf-8",
    )
    ledger.record(table)
    assert ledger.record(table).already == 1
    first, second = [each.event for each in ledger.events(types=["FormRevised"])]
    assert first == FormRevised(project="P", on=JULY, goals=("a", "b"), correction=True)
    assert (second.to_unit, second.goals) == ("U-2", ("c", "d"))
    lines.write_text(json.dumps(line | {"goals": [1]}))
    with pytest.raises(LedgerError, match="a list of texts"):
        ledger.record(lines)


def test_the_command_line_revises_a_form(tmp_path):
    """Each option is a field; goals are given one by one."""
    path = str(tmp_path / "l.ledger")
    opened(path).close()

    def run(*args):
        return CliRunner().invoke(main, [args[0], path, *args[1:]])

    how = "--on", "2023-07-01"
    done = run(
        "revise-form", "P", *how, "--to-unit", "U-2", "--goals", "a", "--goals", "b"
    )
    assert done.exit_code == 0, done.output
    bad = run("revise-form", "P", *how)
    assert (bad.exit_code, "--goals" in bad.output) == (2, True)
    assert "revision of a form" in run("events", "P").output
    with Ledger.open(path) as ledger:
        assert called(ledger, JULY)[1] == "U-2"


def test_a_corrected_form_moves_its_project():
    """The form prints another unit from July on (case q4)."""
    code = form()["project_code"]
    with Ledger.open(":memory:", actor="t", clock=Clock(AT)) as ledger:
        ledger.import_forms(forms())
        other = form(unit_code="323002", unit_name="就业服务中心")
        ledger.import_forms(forms(other), revise=True, on=JULY)
        units = [
            ledger.view(through=through).project(code).unit
            for through in (date(2023, 3, 31), date(2023, 12, 31))
        ]
        again = ledger.import_forms(forms(other), revise=True, on=day(8))
        back = ledger.import_forms(forms(), revise=True, on=day(9))
        assert ledger.view(through=day(9)).project(code).unit == "323001"
    assert units == ["323001", "323002"]
    assert "form.already_recorded" in [each.code for each in again]
    assert "form.revised" in [each.code for each in back]


def test_a_text_of_three_values_is_the_forms():
    """Form, ledger and form now: what the form says now is recorded, all are said."""
    code = form()["project_code"]
    with Ledger.open(":memory:", actor="t", clock=Clock(AT)) as ledger:
        ledger.import_forms(forms())
        ledger.revise_form(code, on=day(5), purpose="two")
        found = ledger.import_forms(forms(form(purpose="three")), revise=True, on=JULY)
        agreed = ledger.import_forms(forms(form(purpose="three")), revise=True, on=JULY)
        (three,) = [each for each in found if each.code == "form.three_values"]
        last = [each.event for each in ledger.events(types=["FormRevised"])][-1]
    assert "two" in three.text("en")
    assert last.purpose == "three"
    assert "form.already_recorded" in [each.code for each in agreed]
