"""What people say that the year ends with: what is refused of it, and where it shows."""

from collections.abc import Callable
from datetime import date
from fractions import Fraction
from typing import Any

from attrs import evolve

from ledger import Funding
from ledger.events import OutlookStated

from . import judged, money, revised
from .book import Fact, under_approval
from .cut import Cut
from .spelling import Exact
from .statements import answer
from .told import target_at


def blank(text: str | None) -> bool:
    """Whether a text that may be left out is there, and says nothing."""
    return text is not None and not text.strip()


def budgeted(own: list[Any], day: date) -> dict[str, int]:
    """Return the budget of each source that is known by a day."""
    names = set(money.sources([f for f in own if f.on <= day]))
    names |= {
        f.source
        for f in own
        if getattr(f, "exception", None) is not None and f.on <= day
    }
    return {name: money.current(own, Exact(name), day) for name in sorted(names)}


def _money(facts: list[Fact], event: OutlookStated, year: int) -> list[Any]:
    return money.of_project(under_approval(facts, date.max), event.project or "", year)


def planned(facts: list[Fact], event: OutlookStated, year: int) -> OutlookStated:
    """Return an outlook on money with the budget where it is to be as planned."""
    if event.amounts or not event.as_planned or event.project is None:
        return event
    budget = budgeted(_money(facts, event, year), event.on)
    parts = tuple(Funding(source=s, amount=a) for s, a in budget.items())
    return evolve(event, amounts=parts)


def of_money(facts: list[Fact], event: OutlookStated, year: int) -> set[str]:
    """Return the errors in which an outlook on money may end."""
    wrong = {"InvalidInput"}
    says = event.value, event.text, event.likelihood
    if event.project is None or blank(event.reason) or says != (None, None, None):
        return wrong
    event = planned(facts, event, year)
    own = _money(facts, event, year)
    stated = {part.source: part.amount for part in event.amounts}
    if not stated:
        return wrong
    found: set[str] = set()
    if not set(stated) <= set(money.sources(own)):
        found.add("UnknownSource")
    paid = {getattr(f, "source", None) for f in own}
    for source in paid - {None, ""}:
        if money.disbursed(own, Exact(source), event.on) > stated.get(source, 0):
            found |= wrong
    more = sum(stated.values()) > sum(budgeted(own, event.on).values())
    return found | (wrong if more and event.reason is None else set())


def of_indicator(
    facts: list[Fact], stream: str, label: str, row: revised.Row, event: OutlookStated
) -> set[str]:
    """Return the errors in which an outlook on an indicator may end."""
    target = target_at(facts, stream, label, row.indicator, event.on)
    event = confirmed(event, target)
    numeric = str(target.kind) in judged.NUMERIC
    sound = (
        not event.amounts
        and not blank(event.reason)
        and not blank(event.text)
        and (event.value is None or event.text is None)
        and (event.value is None or numeric)
        and event.likelihood is not None
    )
    return set() if sound else {"InvalidInput"}


def confirmed(event: OutlookStated, target: Any) -> OutlookStated:
    """Return an outlook with the target where it is to be as planned."""
    if not event.as_planned:
        return event
    bare = event.value is None and event.text is None
    return evolve(
        event,
        text=target.text if bare else event.text,
        likelihood=event.likelihood or "certain",
    )


def completed(facts: list[Fact], stream: str, event: Any, year: int) -> Any:
    """Return what was said of an indicator or of money; an outlook as it is recorded."""
    if not isinstance(event, OutlookStated):
        return event
    if event.indicator is None:
        return planned(facts, event, year)
    row = revised.named(facts, stream, event.indicator, event.on)
    if row is None:
        return event
    target = target_at(facts, stream, event.indicator, row.indicator, event.on)
    return confirmed(event, target)


def stated_of(cut: Cut, project: str) -> dict[str, int] | None:
    """Return what is stated of each source, unless more is spent of one."""
    at = cut.year, cut.through
    said = answer(cut.facts, OutlookStated, cut.stream(project), None, at)
    if said is None:
        return None
    stated = {part.source: part.amount for part in said[0].amounts}
    own = cut.money_of(project)
    for source in money.sources_shown(own, cut.through):
        spent = money.disbursed(own, Exact(source), cut.through)
        if spent > stated.get(source, 0):
            return None
    return stated


def row_stated(
    cut: Cut, projects: list[str], belongs: Callable[[str], bool]
) -> str | None:
    """Return what is stated of a row of money, where it is of each project."""
    each = [stated_of(cut, project) for project in projects]
    known = [stated for stated in each if stated is not None]
    if not known or len(known) < len(each):
        return None
    return cut.amount(
        sum(a for stated in known for s, a in stated.items() if belongs(s))
    )


def indicator_outlook(
    cut: Cut, stream: str, label: str, one: judged.Judgement
) -> dict[str, Any]:
    """Return what is said of an indicator, and whether its target will be reached."""
    said = answer(cut.facts, OutlookStated, stream, label, (cut.year, cut.through))
    likelihood = settled(one)
    if said is None:
        return {"outlook": None, "likelihood": likelihood}
    event, about = said
    outlook = {
        "on": event.on.isoformat(),
        "about": about,
        "value": None if event.value is None else f"{event.value:f}",
        "text": event.text,
        "reason": event.reason,
    }
    return {"outlook": outlook, "likelihood": likelihood or str(event.likelihood)}


def settled(one: judged.Judgement) -> str | None:
    """Say what nothing can undo: sums past their bound, dates reached or missed."""
    target, value = one.target, one.reading.value
    if str(target.kind) in judged.DATES:
        return {"attained": "certain", "missed": "impossible"}.get(one.status)
    if one.reading.measure != "sum" or str(target.kind) not in judged.NUMERIC:
        return None
    if not isinstance(value, int | Fraction):
        return None
    bound, strict = (
        Fraction(target.value),
        str(target.kind) in {"more_than", "less_than"},
    )
    if str(target.kind) == "between":
        return "impossible" if value > Fraction(target.upper) else None
    if judged.is_ceiling(one.indicator, target):
        past = value >= bound if strict else value > bound
        return "impossible" if past else None
    past = value > bound if strict else value >= bound
    return "certain" if past else None
