from collections import Counter
from decimal import Decimal

import pytest

from ledger import ATTAINMENT, EXECUTION, Projection
from ledger.domain.settings import Settings
from ledger.domain.streams import stream_of
from ledger.events import Disbursed, ResultReported, ResultRetracted
from ledger.projections.projection import Steps, effective
from ledger.store.state.packed import packed
from ledger.store.stored_event import StoredEvent
from support import PROJECT, approval, day, disbursement, indicator

NAME = indicator().name


def recorded(*events):
    """Return *events* as the log would hand them out."""
    versions = Counter()
    found = []
    for position, event in enumerate(events, start=1):
        stream = stream_of(event, Settings())
        versions[stream] += 1
        found.append(
            StoredEvent(
                position=position,
                stream=stream,
                version=versions[stream],
                id=f"id-{position}",
                type=type(event).__name__,
                schema=1,
                on=event.on,
                recorded_at="2023-01-02T09:00:00.000000Z",
                actor="tester",
                key=None,
                cause=None,
                event=event,
            )
        )
    return found


def parts(events):
    """Return each stream with its events, as the log would, two at a time."""
    for stream in sorted({event.stream for event in events}):
        own = [event for event in events if event.stream == stream]
        for start in range(0, len(own), 2):
            yield stream, own[start : start + 2]


def noted(state, event):
    """Take down the type of each event."""
    return [*state, event.type]


def paid(state, event):
    """Add up disbursements; anything else has no amount and would fail."""
    return state + event.event.amount


TYPES = Projection(
    name="types", version=1, state=list, initial=lambda stream: [stream], evolve=noted
)
PAID = Projection(
    name="paid",
    version=1,
    state=int,
    initial=lambda _: 0,
    evolve=paid,
    follows=frozenset({Disbursed}),
)
HISTORY = recorded(
    approval("A"),
    disbursement(100, "V-1", project="A"),
    disbursement(20, "V-2", project="A"),
    approval("B"),
    disbursement(3, "V-1", project="B"),
)


def test_a_fold_begins_with_the_stream_and_takes_each_event_in_order():
    """The state is the initial one evolved by every event."""
    assert TYPES.fold("project:2023:A", HISTORY[:3]) == [
        "project:2023:A",
        "BudgetApproved",
        "Disbursed",
        "Disbursed",
    ]
    assert TYPES.fold("project:2023:C", []) == ["project:2023:C"]


@pytest.mark.parametrize("cut", range(4))
@pytest.mark.parametrize("projection", [TYPES, EXECUTION, ATTAINMENT])
def test_a_fold_may_be_continued_anywhere(projection, cut):
    """A state and the events since it make the same as all events."""
    events = HISTORY[:3]
    state = projection.fold("project:2023:A", events[:cut])

    assert projection.continued(state, events[cut:]) == projection.fold(
        "project:2023:A", events
    )


@pytest.mark.parametrize("projection", [EXECUTION, packed(EXECUTION)])
def test_each_stream_is_folded_alone(projection):
    """States share nothing, though folds of packed ones change them in place."""
    states = dict(projection.fold_each(parts(HISTORY)))
    amounts = {
        stream: state.disbursements["fiscal"].timeline()[2]
        for stream, state in states.items()
    }
    assert amounts == {"project:2023:A": [100, 20], "project:2023:B": [3]}


def test_projections_together_are_each_alone():
    """One pass over the events gives the states of all, in their order."""
    both = (EXECUTION, ATTAINMENT, TYPES)
    together = Projection.together(both)

    for stream, states in together.fold_each(parts(HISTORY)):
        own = [event for event in HISTORY if event.stream == stream]
        assert states == [projection.fold(stream, own) for projection in both]


def test_together_a_projection_sees_only_what_it_follows():
    """One that follows nothing in particular sees every event."""
    together = Projection.together((PAID, TYPES))

    assert dict(together.fold_each(parts(HISTORY))) == {
        "project:2023:A": [
            120,
            ["project:2023:A", "BudgetApproved", "Disbursed", "Disbursed"],
        ],
        "project:2023:B": [3, ["project:2023:B", "BudgetApproved", "Disbursed"]],
    }


def test_steps_are_those_that_follow_a_kind_of_event():
    """Each with the place of its projection."""
    projections = (PAID, TYPES, ATTAINMENT)

    steps = Steps(projections)

    assert steps[Disbursed] == [(0, paid), (1, noted)]
    assert steps[ResultReported] == [
        (1, noted),
        (2, ATTAINMENT.evolve),
    ]


def test_what_ships_follows_what_its_evolve_looks_at():
    """Events that a projection does not follow leave its state as it is."""
    result = ResultReported(project="A", on=day(3), indicator=NAME, value=Decimal(3))
    history = recorded(*(event.event for event in HISTORY[:3]), result)
    for projection in (EXECUTION, ATTAINMENT):
        followed = [e for e in history if type(e.event) in projection.follows]
        assert 0 < len(followed) < len(history)
        assert projection.fold("project:2023:A", followed) == projection.fold(
            "project:2023:A", history
        )


def test_effective_events_are_those_of_the_day_or_before():
    """Without a day all are; a retraction speaks of the record and always counts."""
    retraction = ResultRetracted(
        project="A", on=day(9), indicator=NAME, of="id-1", version=2, reason="twice"
    )
    events = recorded(
        approval("A"),
        disbursement(1, "V-1", day(6, 30), project="A"),
        disbursement(1, "V-2", day(7, 1), project="A"),
        disbursement(1, "V-3", day(2, 1), project="A"),
        retraction,
    )

    def counted(through):
        left = effective([("project:2023:A", events)], through)
        return [event.position for _, own in left for event in own]

    assert counted(day(6, 30)) == [1, 2, 4, 5]
    assert counted(None) == [1, 2, 3, 4, 5]


def test_a_replay_is_cut_at_two_dates(ledger):
    """By the day that facts speak of, and by what was recorded by then."""
    ledger.append(approval())
    ledger.append(disbursement(100, "V-1", day(6, 30)))
    before = ledger.append(disbursement(20, "V-2", day(7, 1)))[0].position
    ledger.append(disbursement(3, "V-3", day(2, 1)))

    def spent(**cut):
        [(_, state)] = ledger.replay(EXECUTION, **cut)
        return sum(state.disbursements["fiscal"].amounts)

    assert spent() == 123
    assert spent(through=day(6, 30)) == 103
    assert spent(known_at=before) == 120
    assert spent(through=day(6, 30), known_at=before) == 100


def test_a_retracted_result_counts_only_in_earlier_views(ledger):
    """From its retraction on it is gone at every date; what was known stays known."""
    ledger.append(approval())
    ledger.report_result(PROJECT, NAME, 3, on=day(3), key="once")
    before = ledger.report_result(PROJECT, NAME, 3, on=day(3), key="twice").position
    ledger.retract_result(PROJECT, NAME, "twice", on=day(5), reason="counted twice")

    def result(through, known_at=None):
        view = ledger.view(through=through, known_at=known_at)
        return view.attainment(PROJECT)[0].result

    assert result(day(3)) == 3
    assert result(day(6)) == 3
    assert result(day(6), known_at=before) == 6
    replayed = dict(ledger.replay(ATTAINMENT, through=day(3, 31)))
    assert len(replayed[f"project:2023:{PROJECT}"].tracked[NAME].results) == 1
