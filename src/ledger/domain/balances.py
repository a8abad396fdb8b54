"""
The plain fold of a project's money: the sums of the effects in the event catalogue.

Short rather than fast: explanations add up with it, and tests compare the fast fold of
:mod:`ledger.store.state.packed_budget` with it.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from ledger.domain.catalogue import effects_of
from ledger.domain.envelope import RecordedEvent, misplaced
from ledger.domain.event_type import Effect, Flow
from ledger.domain.identity import voucher_identity


def with_effects(
    events: Iterable[RecordedEvent],
) -> Iterator[tuple[RecordedEvent, tuple[Effect, ...]]]:
    """
    Yield the events of one project with their effects, each with its funding source.

    Raises:
        LogCorrupted: An event reverses a voucher that no earlier disbursement has.
    """
    sources: dict[str, str] = {}
    for recorded in events:
        event = recorded.event
        effects = effects_of(event)
        for effect in effects:
            if effect.source is None:
                effects = _sourced(recorded, effects, sources)
                break
        for effect in effects:
            if effect.flow is Flow.DISBURSED:
                voucher = voucher_identity(getattr(event, "voucher", ""))
                sources[voucher] = effect.source or ""
        yield recorded, effects


def _sourced(
    recorded: RecordedEvent, effects: Iterable[Effect], sources: dict[str, str]
) -> tuple[Effect, ...]:
    """Return *effects* with the source of the disbursement that is reversed."""
    source = sources.get(voucher_identity(getattr(recorded.event, "of", "")))
    if source is None:
        raise misplaced(recorded)
    return tuple(effect._replace(source=effect.source or source) for effect in effects)


def balances(
    events: Iterable[RecordedEvent], through: date
) -> dict[str, Counter[Flow]]:
    """
    Return what each flow comes to by *through*, by funding source, in minor units.

    Raises:
        LogCorrupted: An event reverses a voucher that no earlier disbursement has.
    """
    sums: dict[str, Counter[Flow]] = {}
    for recorded, effects in with_effects(events):
        if recorded.on <= through:
            for flow, source, amount, *_ in effects:
                assert source is not None
                sums.setdefault(source, Counter())[flow] += amount
    return sums


def left_of(flows: Mapping[Flow, int]) -> int:
    """Return what is available of a source whose flows come to this."""
    return sum(flow.sign * amount for flow, amount in flows.items())
