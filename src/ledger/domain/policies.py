"""By which thresholds and rules figures are judged on a day: what was set of them."""

from collections.abc import Iterable
from datetime import date
from typing import Final, NamedTuple

from attrs import evolve as replace
from attrs import fields_dict

from ledger.domain.envelope import RecordedEvent
from ledger.domain.errors import InvalidInput
from ledger.domain.in_force import day_of, latest
from ledger.domain.policy import Policy
from ledger.domain.policy_events import PolicySet
from ledger.domain.scoring_rule import ScoringRule
from ledger.messages import message
from ledger.messages.keyed_enum import KeyedEnum

_USUAL_POLICY: Final = Policy()
_USUAL_SCORING: Final = ScoringRule()


class JudgedBy(KeyedEnum):
    """Whose policy figures are judged by: one that was set, the usual, a caller's."""

    LEDGER = "ledger"
    USUAL = "usual"
    CALLER = "caller"


class Judging(NamedTuple):
    """
    The policy and the rule of points that figures are judged by.

    Attributes:
        set_by: What set those of the ledger on the day; ``None`` where nothing did.

        by: Whose they are.
    """

    policy: Policy
    scoring: ScoringRule
    set_by: RecordedEvent | None
    by: JudgedBy


def policy_facts(recorded: Iterable[RecordedEvent]) -> list[RecordedEvent]:
    """Return what sets a policy, of facts about the ledger."""
    return [fact for fact in recorded if isinstance(fact.event, PolicySet)]


def judging(
    facts: Iterable[RecordedEvent],
    on: date,
    policy: Policy | None = None,
    scoring: ScoringRule | None = None,
) -> Judging:
    """
    Return what figures of a day are judged by.

    Args:
        facts: What was set up to a position, in order.

        policy, scoring: A caller's own; by default the ledger's.
    """
    set_by = latest(facts, on, day_of)
    own: tuple[Policy, ScoringRule] = _USUAL_POLICY, _USUAL_SCORING
    if set_by is not None:
        event = set_by.event
        assert isinstance(event, PolicySet)
        # As attrs makes them: what was read lacks what they keep of their hash.
        own = replace(event.policy), replace(event.scoring)
    by = JudgedBy.USUAL if set_by is None else JudgedBy.LEDGER
    used = policy or own[0], scoring or own[1]
    return Judging(*used, set_by, by if used == own else JudgedBy.CALLER)


def differing_terms(
    policy: Policy, scoring: ScoringRule, own: Judging
) -> tuple[str, ...]:
    """Return the names of what a policy and a rule say otherwise than the ledger's."""
    return tuple(
        name
        for said, right in ((policy, own.policy), (scoring, own.scoring))
        for name in fields_dict(type(said))
        if getattr(said, name) != getattr(right, name)
    )


def decide(event: PolicySet, today: date) -> PolicySet:
    """
    Return the fact that a request to set a policy becomes.

    Raises:
        InvalidInput: Its day lies ahead, or its terms make no sense.
    """
    if event.on > today:
        raise InvalidInput("on", event.on, message("expected.day_to", last=today))
    replace(event.policy), replace(event.scoring)  # Each checks itself when it is made.
    return event
