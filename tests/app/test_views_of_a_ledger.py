"""Views of a ledger at two dates, its own projections, snapshots and bounds."""

from datetime import UTC, date, datetime
from decimal import Decimal
from unittest.mock import patch

import msgspec
import pytest

from ledger import (
    Evidence,
    InvalidInput,
    Ledger,
    Policy,
    Projection,
    Proration,
)
from ledger.errors import (
    ImportRefused,
    UnknownProject,
)
from ledger.events import Disbursed
from ledger.store.state.snapshot_reader import load
from support import Clock, approval, day, disbursement, form, forms
from support_ledger import TRAINING

# Views at two dates


def test_what_we_believed_on_10_july_about_30_june(path):
    """A payment of June that was entered on 12 July is not in the earlier view."""
    clock = Clock(datetime(2023, 7, 5, tzinfo=UTC))
    with Ledger.open(path, actor="a", clock=clock) as ledger:
        ledger.append(approval(), disbursement(1_000, "1", day(6, 20)))
        clock.now = datetime(2023, 7, 12, tzinfo=UTC)
        ledger.append(disbursement(300, "2", day(6, 28)))
        june = date(2023, 6, 30)
        then = ledger.view(through=june, known_at=datetime(2023, 7, 10, tzinfo=UTC))
        now = ledger.view(through=june)

        assert then.project("P-1").disbursed == Decimal("10.00")
        assert now.project("P-1").disbursed == Decimal("13.00")
        assert then.position == 2
        report = then.monthly_report().to_dict()
        assert report["known_at"] == "2023-07-10T00:00:00.000000Z"


def test_a_view_is_of_the_fiscal_year_of_its_date(ledger):
    """A ledger of several years reports one at a time."""
    ledger.append(approval("A"))
    assert [line.project for line in ledger.view(through=day(6)).execution()] == ["A"]
    assert ledger.view(through=date(2024, 6, 1)).execution() == []


def test_a_project_is_not_seen_before_its_approval(ledger):
    """Approved in March, it is not in the February view."""
    ledger.append(approval(on=day(3)))
    assert ledger.view(through=day(2)).execution() == []
    with pytest.raises(UnknownProject):
        ledger.view(through=day(2)).project("P-1")


@pytest.mark.usefixtures("project")
def test_a_position_beyond_the_end_is_refused(ledger):
    """Nothing is known of the future."""
    with pytest.raises(InvalidInput, match="0 to 1"):
        ledger.view(known_at=2)


def test_without_a_date_a_view_is_through_the_last_effective_day(ledger, project):
    """The default is all that was recorded."""
    ledger.disburse(project, 1, voucher="1", on=day(8, 9))
    assert ledger.view().through == day(8, 9)


def test_proration_by_the_spending_plan_is_an_option(path):
    """What is expected of a sum follows the plan's share instead of time."""
    policy = Policy(proration=Proration.PLAN)
    with Ledger.open(path, policy=policy) as ledger:
        ledger.append(approval())
        ledger.revise_plan(
            "P-1", {date(2023, 6, 30): 900, date(2023, 12, 31): 1000}, on=day(1, 2)
        )
        (line,) = ledger.view(through=date(2023, 6, 30)).attainment("P-1")
    assert line.expected == 9


# Projections of one's own


COUNTS = Projection(
    name="counts",
    version=1,
    state=dict[str, int],
    initial=lambda _stream: {},
    evolve=lambda counts, recorded: {
        **counts,
        recorded.type: counts.get(recorded.type, 0) + 1,
    },
)


def test_a_projection_of_ones_own_gets_snapshots(path):
    """They are stored in an append's transaction, as those of the built-in ones."""
    with Ledger.open(path, projections=[COUNTS]) as ledger:
        ledger._parts.states.every = 2
        ledger.append(approval(), disbursement())
        stored = ledger._parts.log.snapshots.of("counts", 1, "project:2023:P-1")
        counted = msgspec.msgpack.decode(stored.state)
        assert counted == {"BudgetApproved": 1, "Disbursed": 1}
        assert ledger.stale_snapshots() == []


def test_a_projection_that_comes_later_catches_up(path):
    """A new projection, or a new version, starts from the log."""
    with Ledger.open(path) as ledger:
        ledger._parts.states.every = 1
        ledger.append(approval(), disbursement())
    with Ledger.open(path, projections=[COUNTS]) as ledger:
        assert ledger.stale_snapshots() == [("counts", "project:2023:P-1")]
        ledger._parts.states.every = 1
        ledger.append(disbursement(voucher="2"))
        assert ledger.stale_snapshots() == []
        assert load(ledger._parts.log, COUNTS, "project:2023:P-1")[0]["Disbursed"] == 2


def test_snapshots_of_many_projects_are_stored_as_much_later(path):
    """Where most of them moved, storing all would cost more than the events."""
    codes = [f"P-{i}" for i in range(4)]
    with patch("ledger.store.state.stream_states._FEW", 2), Ledger.open(path) as ledger:
        ledger._parts.states.every = 4
        ledger.append(*(approval(code) for code in codes))
        ledger.append(*(disbursement(project=code) for code in codes[1:]))
        assert ledger._parts.log.head().saved == 0
        ledger.append(disbursement(project=codes[0]))
        assert ledger._parts.log.head().saved == 8
        assert ledger.stale_snapshots() == []
    with patch("ledger.store.state.stream_states._FEW", 2), Ledger.open(path) as ledger:
        ledger._parts.states.every = 4
        ledger.append(*(disbursement(voucher=f"{n}") for n in range(4)))
        assert ledger._parts.log.head().saved == 12


def test_snapshots_far_behind_are_stored_when_a_ledger_closes(path):
    """A hundred events are worth a transaction; fewer are read in no time."""
    with Ledger.open(path) as ledger:
        ledger.append(approval(), *(disbursement(1, voucher=f"{n}") for n in range(98)))
    with Ledger.open(path) as ledger:
        assert ledger._parts.log.head().saved == 0
        ledger.append(disbursement(1, voucher="last"))
    with Ledger.open(path, read_only=True) as ledger:
        assert ledger._parts.log.head().saved == 100
        assert ledger.stale_snapshots() == []


def test_closing_does_not_wait_for_another_writer(path):
    """Snapshots can be stored by whoever writes next."""
    ledger = Ledger.open(path)
    ledger.append(approval(), *(disbursement(1, voucher=f"{n}") for n in range(120)))
    with Ledger.open(path) as other, other._parts.log.writing():
        ledger.close()
        assert other._parts.log.head().saved == 0
    with Ledger.open(path, read_only=True) as ledger:
        assert ledger._parts.log.head().saved == 121  # The other closed after it.


def test_replay_is_cut_by_both_dates(ledger, project):
    """By the effective date, and by the position."""
    ledger.disburse(project, 1, voucher="1", on=day(8))
    ledger.disburse(project, 1, voucher="2", on=day(3))
    streams = [
        dict(ledger.replay(COUNTS, **cut))["project:2023:P-1"].get("Disbursed", 0)
        for cut in ({}, {"through": day(6)}, {"known_at": 2}, {"known_at": 1})
    ]
    assert streams == [2, 1, 1, 0]


def test_two_projections_of_one_name_are_refused(path):
    """Their snapshots would overwrite each other."""
    with pytest.raises(InvalidInput, match="projections"):
        Ledger.open(path, projections=[COUNTS, COUNTS])


# Events


def test_a_type_of_no_events_is_refused(ledger):
    """A slip of the pen is not an empty answer."""
    ledger.append(approval())
    assert [e.type for e in ledger.events(types="BudgetApproved")] == ["BudgetApproved"]
    for types in (["disbursed"], "Disburse", [int]):
        for stream in (None, "P-1"):
            with pytest.raises(InvalidInput, match="types: found"):
                ledger.events(types=types, stream=stream)


@pytest.mark.usefixtures("project")
def test_events_are_listed_by_stream_and_type(ledger):
    """A project's code is enough to name its stream."""
    ledger.append(approval("P-2"), disbursement(voucher="9"))
    assert [e.position for e in ledger.events(stream="P-1")] == [1, 3]
    assert [e.event.voucher for e in ledger.events(types=["Disbursed"])] == ["9"]
    assert [e.position for e in ledger.events(after=2)] == [3]
    assert isinstance(next(ledger.events(stream="P-1", after=1)).event, Disbursed)


def test_a_code_with_control_characters_is_refused(ledger):
    """Codes stand in streams and reports as they are."""
    for code in ("a b", 'a"b', "a\\b", "a\nb", "", "x" * 101):
        with pytest.raises(InvalidInput, match="project: found"):
            ledger.append(approval(code))


def test_half_a_surrogate_pair_is_refused(ledger, project):
    """Text that no file can hold is named; nothing is recorded."""
    with pytest.raises(InvalidInput):
        ledger.disburse(project, 1, voucher="1", on=day(3), payee="\ud800")
    assert ledger.position == 1


# Imports


def test_a_changed_form_is_refused_and_the_fields_are_named(ledger):
    """A second approval of other content is no approval."""
    ledger.import_forms(forms())
    with pytest.raises(ImportRefused, match="name: 就业工作经费 → x; purpose: – → y"):
        ledger.import_forms(forms(form(project_name="x", purpose="y")))


def test_one_bad_form_stops_the_whole_file(ledger):
    """Nothing of a file is recorded unless all of it can be."""
    bad = form("13052923P00584010934X")
    with pytest.raises(ImportRefused, match="13052923P00584010934E"):
        ledger.import_forms(forms(form(), bad))
    assert ledger.position == 0


def test_findings_are_kept_with_the_approval(ledger):
    """What looked wrong when it was taken can be read for ever."""
    findings = ledger.import_forms(forms(form(plan_row=["5.00"] * 4)))
    event = next(ledger.events()).event
    assert "plan.instalments" in [finding.code for finding in findings]
    assert "plan.instalments" in [finding.code for finding in event.findings]
    assert [str(each.content) for each in event.findings] == [
        each.message for each in findings
    ]


@pytest.mark.parametrize(
    "ask",
    [
        lambda ledger: ledger.report_result("P-1", TRAINING, 5, on=day(3), note=5),
        lambda ledger: ledger.report_result("P-1", TRAINING, 5, on=day(3), evidence=5),
        lambda ledger: ledger.report_result(
            "P-1", TRAINING, 5, on=day(3), evidence=Evidence(uri=5)
        ),
        lambda ledger: ledger.report_score("P-1", "5", on=day(3), reason=5),
        lambda ledger: ledger.append(disbursement(payee=7)),
        lambda ledger: ledger.append(
            disbursement(payee="a"), disbursement(voucher="V-2", payee=b"")
        ),
        lambda ledger: ledger.append(approval("P-2", goals=(1,))),
    ],
)
def test_what_could_not_be_read_again_is_not_recorded(ledger, ask):
    """A value of another type than its field is refused, and what is there stays."""
    ledger.append(approval(), disbursement(voucher="V-0", payee="first"))
    with pytest.raises(InvalidInput):
        ask(ledger)
    assert ledger.position == 2
    assert [each.position for each in ledger.events()] == [1, 2]
