"""What people state for the official forms, explained: outlooks, goals, orders."""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from functools import partial
from typing import Final

from attrs import frozen

from ledger.audit.explain.explanation import (
    NOTHING,
    Basis,
    Cut,
    Explanation,
    Value,
    basis,
    named_figure,
)
from ledger.audit.explain.results import says
from ledger.audit.figure_paths import (
    CONCLUDED,
    GOALS,
    ORDERS,
    STATED_OF_INDICATORS,
    STATED_OF_MONEY,
)
from ledger.domain.about import AskedPeriod, answering
from ledger.domain.envelope import RecordedEvent
from ledger.domain.errors import InvalidInput
from ledger.domain.exact_numbers import summed
from ledger.domain.finding import Text
from ledger.domain.funding import is_within
from ledger.domain.rectification import Rectification
from ledger.domain.rectification_events import (
    RectificationEvent,
    RectificationOrdered,
    RectificationReported,
)
from ledger.domain.settings import Settings
from ledger.domain.statement_events import (
    ConclusionStated,
    GoalAssessed,
    OutlookStated,
)
from ledger.messages import Message, message
from ledger.projections.attainment import AttainmentLine
from ledger.projections.execution import ExecutionLine

STATEMENTS: Final = (
    *(ConclusionStated, GoalAssessed, OutlookStated),
    RectificationOrdered,
)
"""Types with which something is stated first."""

GoalsStated = Sequence[tuple[str, Sequence[RecordedEvent]]]
"""Each goal of a form, with what was recorded of it."""


def said_last(
    facts: Sequence[RecordedEvent],
    asked: Sequence[AskedPeriod],
    cut: Cut,
    spell: Callable[[object], Text] = says,
) -> tuple[RecordedEvent | None, tuple[Basis, ...]]:
    """
    Return the statement that answers a report, and all of them as they are listed.

    Args:
        asked: What people answer for in it, the first choice first.

        spell: Returns what a statement says.
    """
    answer = answering(cut.known(facts), asked, cut.through)
    last, period = answer or (None, None)

    def left_out(fact: RecordedEvent) -> Text | None:
        why = cut.excludes(fact)
        if why is not None or fact is last:
            return why
        about: str | None = getattr(fact.event, "about", None)
        if last is None or period is None or not period.holds(about, fact.on):
            return message("left_out.about_other")
        return message("left_out.came_later", position=last.position)

    listed = (basis(fact, spell(fact.event), left_out(fact)) for fact in facts)
    return last, tuple(listed)


def stated_in_all(
    figure: str, terms: Sequence[Explanation], settings: Settings
) -> Explanation:
    """
    Explain what is stated of several projects: the sum, where it is of each.

    Args:
        terms: What is stated of each project.

        settings: Of the ledger, whose scale amounts are in.
    """
    amounts = [term.value for term in terms if isinstance(term.value, Decimal)]
    lacking = len(terms) - len(amounts)
    named = named_figure(figure.removeprefix("totals."))
    formula = message("formula.total", figure=named, count=len(terms))
    if lacking:
        formula = message("formula.no_total", count=lacking)
    value = summed(amounts) if amounts and not lacking else None
    words = None if value is None else settings.amount(value)
    return Explanation(
        figure=figure, value=value, words=words, formula=formula, terms=tuple(terms)
    )


@frozen(kw_only=True)
class StatedExplainer:
    """
    Explains what people stated of a project or a unit.

    Attributes:
        events: All of its stream, those after the cut as well, with the labels of the
            day.

        asked: What people answer for in the monitoring, the first choice first.

        asked_of_year: The same in the self-evaluation.

        goals: Returns the goals of the day, each with what was recorded of it.

        orders: To put something right, by number.
    """

    events: Sequence[RecordedEvent]
    cut: Cut
    settings: Settings
    asked: Sequence[AskedPeriod]
    asked_of_year: Sequence[AskedPeriod]
    goals: Callable[[], GoalsStated]
    orders: Mapping[str, Rectification]

    def money(self, line: ExecutionLine, source: str | None = None) -> Explanation:
        """
        Explain what will have been disbursed by the year's end (全年预计执行数).

        Args:
            source: Of which, with all below it; of all money where there is none.
        """
        last, listed = self._outlooks(None, source)
        value: Value = None
        words: Text | None = None
        formula = message("formula.said_last")
        notes: tuple[Text, ...] = ()
        if last is not None and isinstance(last.event, OutlookStated):
            value = self.settings.currency.major(_sum(last.event, source))
            words = self.settings.amount(value)
            notes = _reason(last.event)
            if _is_outdated(last.event, line):
                whole = self.settings.money(_sum(last.event))
                spent = self.settings.amount(line.disbursed)
                formula = message("formula.outlook_passed", stated=whole, spent=spent)
                value = words = None
        return Explanation(
            figure="stated" if source is None else f"by_source.{source}.stated",
            value=value,
            words=words,
            formula=formula,
            events=listed,
            notes=notes,
        )

    def of_indicator(
        self, line: AttainmentLine, figure: str, status: Callable[[], Explanation]
    ) -> Explanation:
        """
        Explain what an indicator will come to (全年预计完成情况), or how likely it is.

        Args:
            figure: ``outlook`` or ``likelihood``.

            status: Explains its status, which says what nothing can undo.
        """
        name = f"indicators.{line.indicator}.{figure}"
        if figure == "likelihood" and line.settled is not None:
            return Explanation(
                figure=name,
                value=line.settled.value,
                words=Message(f"word.{line.settled.value}"),
                formula=message("formula.settled"),
                terms=(status(),),
            )
        last, listed = self._outlooks(line.indicator)
        value: Value = None
        words: Text | None = None
        notes: tuple[Text, ...] = ()
        if last is not None and isinstance(last.event, OutlookStated):
            event = last.event
            notes = _reason(event)
            value = event.text if event.value is None else event.value
            if figure == "likelihood" and event.likelihood is not None:
                value = event.likelihood.value
                words = Message(f"word.{value}")
        return Explanation(
            figure=name,
            value=value,
            words=words,
            formula=message("formula.said_last"),
            events=listed,
            notes=notes,
        )

    def goal(self, figure: str) -> Explanation:
        """
        Explain what became of a goal (实际完成情况), by its number.

        Raises:
            InvalidInput: There is no such goal.
        """
        goals = self.goals()
        names = [f"goals.{number}.achieved" for number in range(1, len(goals) + 1)]
        if figure not in names:
            expected = message("expected.choice", words=names, nearest=None)
            raise InvalidInput("figure", figure, expected)
        goal, facts = goals[names.index(figure)]
        last, listed = said_last(facts, self.asked_of_year, self.cut)
        value: Value = None
        if last is not None and isinstance(last.event, GoalAssessed):
            value = last.event.text
        return Explanation(
            figure=figure,
            value=value,
            formula=message("formula.goal", goal=goal),
            events=listed,
        )

    def conclusion(self, figure: str) -> Explanation:
        """
        Explain what the self-evaluation concludes (评价结论), or another text of it.

        Args:
            figure: ``conclusion``, ``problems`` or ``measures``.
        """

        def spell(event: object) -> Text:
            return getattr(event, figure) or NOTHING

        facts = [f for f in self.events if isinstance(f.event, ConclusionStated)]
        last, listed = said_last(facts, self.asked_of_year, self.cut, spell)
        return Explanation(
            figure=figure,
            value=None if last is None else getattr(last.event, figure),
            formula=message("formula.said_last"),
            events=listed,
        )

    def order(self, figure: str) -> Explanation:
        """
        Explain whether what an order asks for is put right (整改), by its number.

        Raises:
            InvalidInput: There is no such order.
        """
        through = self.cut.through
        known = {f"{ORDERS}.{number}.state": number for number in self.orders}
        if figure not in known:
            expected = message("expected.choice", words=[*known], nearest=None)
            if not known:
                expected = message("expected.some_order")
            raise InvalidInput("figure", figure, expected)
        number = known[figure]
        order = self.orders[number]
        state = "overdue" if order.due < through else "open"
        if order.on > through:
            state = "to_come"
        elif order.closed_on is not None and order.closed_on <= through:
            state = "closed"
        return Explanation(
            figure=figure,
            value=state,
            words=message(f"says.order_{state}"),
            formula=message("formula.order", due=order.due),
            events=tuple(
                basis(fact, _says_of_order(fact.event), self.cut.excludes(fact))
                for fact in self.events
                if isinstance(fact.event, RectificationEvent)
                and fact.event.number == number
            ),
        )

    def figures(self) -> list[str]:
        """Return the figures of which somebody stated something, whenever."""
        names = dict[str, None]()
        for fact in self.events:
            event = fact.event
            if isinstance(event, OutlookStated):
                label = event.indicator
                own: tuple[str, ...] = STATED_OF_MONEY
                if label is not None:
                    own = tuple(f"indicators.{label}.{n}" for n in STATED_OF_INDICATORS)
                names |= dict.fromkeys(own)
            elif isinstance(event, ConclusionStated):
                names |= dict.fromkeys(CONCLUDED)
            elif isinstance(event, RectificationOrdered):
                names[f"{ORDERS}.{event.number}.state"] = None
        for number, (_, facts) in enumerate(self.goals(), start=1):
            if facts:
                names[f"{GOALS}.{number}.achieved"] = None
        return list(names)

    def _outlooks(
        self, label: str | None, source: str | None = None
    ) -> tuple[RecordedEvent | None, tuple[Basis, ...]]:
        facts = [
            fact
            for fact in self.events
            if isinstance(fact.event, OutlookStated) and fact.event.indicator == label
        ]
        return said_last(facts, self.asked, self.cut, partial(self._says, source))

    def _says(self, source: str | None, event: object) -> Text:
        assert isinstance(event, OutlookStated)  # No others are listed.
        if event.indicator is None:
            return self.settings.money(_sum(event, source))
        likelihood = event.likelihood
        assert likelihood is not None  # The rules fill it in.
        word = Message(f"word.{likelihood.value}")
        return message("says.outlook", what=says(event) or None, likelihood=word)


def _says_of_order(event: RectificationEvent) -> Text:
    """Return what is asked for by when, what was done, or why it is put right."""
    if isinstance(event, RectificationOrdered):
        return message("says.ordered", requirement=event.requirement, due=event.due)
    if isinstance(event, RectificationReported):
        return event.text
    return event.reason or ""


def _sum(outlook: OutlookStated, source: str | None = None) -> int:
    return sum(p.amount for p in outlook.amounts if is_within(p.source, source))


def _is_outdated(outlook: OutlookStated, line: ExecutionLine) -> bool:
    """Return whether more of a source is spent than was stated."""
    stated = {part.source: part.amount for part in outlook.amounts}
    return any(
        part.minor_disbursed > stated.get(source, 0)
        for source, part in line.by_path.items()
    )


def _reason(outlook: OutlookStated) -> tuple[Text, ...]:
    return () if outlook.reason is None else (outlook.reason,)
