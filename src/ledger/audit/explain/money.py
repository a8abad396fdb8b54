"""Figures of a project's money, explained."""

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any

from attrs import frozen

from ledger.audit.explain.ahead import least, moved_later, under_approval
from ledger.audit.explain.closings import explain_closing
from ledger.audit.explain.combination import combined
from ledger.audit.explain.effects_counted import SUMS, counts, gross
from ledger.audit.explain.explanation import (
    Basis,
    Cut,
    Explanation,
    amount_in,
    basis,
    check_sum,
    plan_reading,
    value_in,
)
from ledger.audit.explain.money_status import MoneyStatusExplainer, explain_progress
from ledger.audit.explain.overdue import overdue
from ledger.audit.figure_paths import STATED_OF_MONEY, asked_as, nearest_figure
from ledger.domain.balances import with_effects
from ledger.domain.calendar import month_from
from ledger.domain.catalogue import plan_of
from ledger.domain.envelope import RecordedEvent
from ledger.domain.errors import InvalidInput
from ledger.domain.finding import Text
from ledger.domain.funding import canonical_source, is_within, named_source
from ledger.domain.in_force import day_of, latest
from ledger.domain.plan import planned
from ledger.domain.policies import Judging
from ledger.domain.settings import Settings
from ledger.figures import registry
from ledger.figures.figure import Figure, FigureKind, PlanFollowed, Scope
from ledger.messages import Message, message
from ledger.projections.execution import ExecutionLine
from ledger.projections.months import Month
from ledger.reports.vocabulary import checkpoints_in_words


@frozen
class MoneyExplainer:
    """
    Explains one project's money.

    Attributes:
        line: Its figures at the cut.

        events: All of its stream, those after the cut as well.
    """

    line: ExecutionLine
    events: Sequence[RecordedEvent]
    cut: Cut
    settings: Settings
    judging: Judging

    def explain(self, figure: str) -> Explanation:
        """
        Explain a figure by its name in the report.

        Raises:
            InvalidInput: There is no such figure; those that there are are named.
        """
        rows = {row.key: row for row in registry.money(Scope.LINE) if row.is_explained}
        first, _, rest = figure.partition(".")
        if figure in rows:
            return self._whole(rows[figure])
        if first == "by_source":
            given, _, name = rest.rpartition(".")
            source = canonical_source(given)
            row = rows.get(name)
            if source in self.line.by_source and row and row.scope is Scope.SOURCE:
                return self._of(f"by_source.{given}.", row, source)
        if first == "months":
            name, _, key = rest.partition(".")
            for month in self.line.months:
                for row in registry.months():
                    if (month.month, row.key) == (name, key):
                        return self._month(month, row)
        known = [
            *rows,
            *(f"by_source.{source}.disbursed" for source in self.line.by_source),
            f"months.{self.settings.month_of(self.cut.through)}.disbursed",
            "status",
            *STATED_OF_MONEY,
        ]
        words = [*map(asked_as, known), message("expected.figure_of_indicators")]
        near = nearest_figure(figure, [*rows, *STATED_OF_MONEY])
        right = message("expected.choice", words=words, nearest=near)
        raise InvalidInput("figure", figure, right)

    def _whole(self, row: Figure) -> Explanation:
        match row.key:
            case "time_progress":
                year = self.settings.year(self.line.fiscal_year)
                return explain_progress(year, self.cut.through)
            case "money_status" | "calendar_status":
                return self._judged().status(row.key)
            case "closed_on":
                return explain_closing(self.events, self.cut, self.line.closed_on)
        return self._of("", row, None)

    def _judged(self) -> MoneyStatusExplainer:
        return MoneyStatusExplainer(
            self.line, self.settings, self.judging, self._plans, self.explain
        )

    def _of(self, prefix: str, row: Figure, source: str | None) -> Explanation:
        """
        Explain a figure of the whole, or of one source.

        Args:
            prefix: The way to the source, as it was asked for.
        """
        money = self.line if source is None else self.line.by_source[source]
        figure = f"{prefix}{row.key}"
        match row.key:
            case "free":
                return self._free(figure, source)
            case "overdue_open" | "overdue_commitments" | "days_overdue":
                return self._overdue(figure, row, source)
        if row.plan:
            first = row.plan is PlanFollowed.FIRST
            return self._planned(figure, self.cut.through, row.of(money), first=first)
        if row.made_of:
            return combined(
                figure,
                row,
                money,
                lambda part: (
                    self._whole(part)
                    if source is None
                    else self._of(prefix, part, source)
                ),
                value_in(self.settings),
            )
        own, through = source and named_source(source), self.cut.through
        if row.budget_part is not None:
            code, word = "formula.part_of_budget", message(f"word.{row.word}")
            formula = message(code, part=word, source=own, through=through)
        else:
            code = "formula.approved" if row.founding else SUMS[row.flows[0]]
            formula = message(code, source=own, through=through)
        excludes = self._while_open if row.while_open else self.cut.excludes
        amounts = self._amounts(row, source, excludes)
        return self._summed(figure, row.of(money), formula, amounts)

    def _while_open(self, recorded: RecordedEvent) -> Message | None:
        """Return why an event does not count, the closing of its year among it."""
        reason, closed = self.cut.excludes(recorded), self.line.closed_on
        if reason is not None or closed is None:
            return reason
        return message("left_out.closed", on=closed)

    def _month(self, month: Month, row: Figure) -> Explanation:
        figure, value = f"months.{month.month}.{row.key}", row.of(month)
        if row.made_of:
            own_month = partial(self._month, month)
            return combined(figure, row, month, own_month, value_in(self.settings))
        if row.plan and row.cumulative:
            return self._planned(figure, self._end(month), value)
        if row.plan:
            return self._month_plan(figure, month)
        first = self.settings.month_start(month.month)
        if first > self.cut.through:
            formula = message("formula.month_to_come", through=self.cut.through)
            return Explanation(figure=figure, value=None, formula=formula)
        last = min(self._end(month), self.cut.through)
        own = not row.cumulative

        def outside(recorded: RecordedEvent) -> Message | None:
            reason = self.cut.excludes(recorded)
            if reason is None and recorded.on > last:
                return message("left_out.effective_after", day=last)
            if reason is None and own and recorded.on < first:
                return message("left_out.effective_before", day=first)
            return reason

        code = "formula.disbursed_in" if own else "formula.disbursed_up_to"
        formula = message(code, first=first, last=last)
        return self._summed(figure, value, formula, self._amounts(row, None, outside))

    def _month_plan(self, figure: str, month: Month) -> Explanation:
        """Explain what is planned for a month alone: by its end, less by its start."""
        months = self.line.months
        if month.planned is None:
            return self._unplanned(figure)
        place = months.index(month)
        parts = months[max(place - 1, 0) : place + 1]
        terms = tuple(
            self._planned(
                f"months.{each.month}.cumulative_planned",
                self._end(each),
                each.cumulative_planned,
            )
            for each in reversed(parts)
        )
        formula = message(
            "formula.month_plan",
            end=terms[0].read,
            before=terms[1].read if len(terms) > 1 else None,
        )
        return self._amount(figure, month.planned, formula, terms=terms)

    def _end(self, month: Month) -> date:
        """Return the last day of a month of the line."""
        return month_from(self.settings.month_start(month.month))

    def _planned(
        self, figure: str, on: date, value: Decimal | None, *, first: bool = False
    ) -> Explanation:
        """Explain what is planned by a day: the plan that holds, and its reading."""
        settings = self.settings
        chosen, events = self._plans(first=first)
        plan = None if chosen is None else plan_of(chosen.event)
        if plan is None or value is None:
            check_sum(figure, value, None)
            return self._unplanned(figure)
        year = settings.year(self.line.fiscal_year)
        due = plan.planned(on, year, settings.convention)
        self._check(figure, value, due)
        code = "formula.first_plan" if first else "formula.plan_in_force"
        word = Message(f"word.{settings.convention.value}")
        convention = message("note.convention", convention=word)
        return self._amount(
            figure,
            value,
            message(code, through=self.cut.through, on=on),
            events=events,
            notes=(convention, plan_reading(plan)),
        )

    def _unplanned(self, figure: str) -> Explanation:
        """Explain that nothing is known of what is planned."""
        _, events = self._plans()
        return Explanation(
            figure=figure,
            value=None,
            formula=message("formula.no_plan", through=self.cut.through),
            events=events,
        )

    def planned_by(self, day: date) -> Explanation:
        """Explain what the plan in force says is spent by a day."""
        plan, year = self.line.plan_in_force, self.settings.year(self.line.fiscal_year)
        value = None
        if plan is not None:
            eve, by = year.eve.toordinal(), self.settings.convention
            minor = planned(plan.days, plan.amounts, day.toordinal(), eve, by)
            value = self.settings.currency.major(minor)
        return self._planned("planned", day, value)

    def plan_end(self) -> Explanation:
        """Explain what the plan in force ends at."""
        chosen, events = self._plans()
        plan = None if chosen is None else plan_of(chosen.event)
        major = self.settings.currency.major
        return self._amount(
            "plan_end",
            major(plan.checkpoints[-1].amount if plan else 0),
            message("formula.plan_end", through=self.cut.through),
            events=events,
            notes=(plan_reading(plan),),
        )

    def _plans(
        self, *, first: bool = False
    ) -> tuple[RecordedEvent | None, tuple[Basis, ...]]:
        """Return the event of the plan that holds, and all of them with why not."""
        plans = [each for each in self.events if plan_of(each.event) is not None]
        known, through = self.cut.known(plans), self.cut.through
        chosen = latest(known, through, day_of)
        if first and chosen is not None:
            chosen = min(known, key=day_of)
        code = "left_out.plan_first" if first else "left_out.plan_in_force"
        other = None if chosen is None else message(code, position=chosen.position)
        return chosen, tuple(
            basis(
                each,
                self._checkpoints(each),
                self.cut.excludes(each) or (None if each is chosen else other),
            )
            for each in plans
        )

    def _free(self, figure: str, source: str | None) -> Explanation:
        """Explain the least available from the day on: what comes later, and that."""
        through, known = self.cut.through, under_approval(self.cut.known(self.events))
        sources = [path for path in self.line.by_path if is_within(path, source)]
        later = moved_later(known, through, sources)
        money = self.line if source is None else self.line.by_source[source]
        self._check(figure, money.free, least(known, later, sources, through))
        available = figure.removesuffix("free") + "available"
        own = source and named_source(source)
        return self._amount(
            figure,
            money.free,
            message("formula.free", source=own, through=through),
            terms=(self.explain(available),),
            events=tuple(self._moved(*each, lambda _: None) for each in later),
        )

    def _overdue(self, figure: str, row: Figure, source: str | None) -> Explanation:
        """Explain what is overdue: the commitments that are, as they were entered."""
        through, known = self.cut.through, under_approval(self.cut.known(self.events))
        late = overdue(known, through, source)
        money = self.line if source is None else self.line.by_source[source]
        amount = sum(each.amount for each in late)
        self._check(figure, money.overdue_open, amount)
        value, own = row.of(money), source and named_source(source)
        is_money = row.kind is FigureKind.MONEY
        return Explanation(
            figure=figure,
            value=value if is_money else Decimal(value),
            words=self.settings.amount(value) if is_money else f"{value}",
            formula=message(f"formula.{row.key}", source=own, through=through),
            events=tuple(
                self._moved(each.entered, each.amount, lambda _: None) for each in late
            ),
        )

    def _summed(
        self,
        figure: str,
        value: Decimal,
        formula: Message,
        amounts: Sequence[tuple[int, Basis]],
    ) -> Explanation:
        """Explain a figure by the events that it is the sum of, once it is."""
        counted = sum(amount for amount, each in amounts if each.left_out is None)
        self._check(figure, value, counted)
        return self._amount(figure, value, formula, events=tuple(e for _, e in amounts))

    def _check(self, figure: str, value: Decimal, counted: int) -> None:
        """Check a figure against minor units that it should come to."""
        settings = self.settings
        check_sum(figure, value, settings.currency.major(counted), amount_in(settings))

    def _amount(
        self, figure: str, value: Decimal, formula: Message, **more: Any
    ) -> Explanation:
        """Return an explanation of an amount, which people read with its unit."""
        return Explanation(
            figure=figure,
            value=value,
            words=self.settings.amount(value),
            formula=formula,
            **more,
        )

    def _amounts(
        self,
        row: Figure,
        source: str | None,
        excludes: Callable[[RecordedEvent], Message | None],
    ) -> list[tuple[int, Basis]]:
        """List the events with an effect on a sum, and why some do not count."""
        flow, listed = row.flows[0], []
        for recorded, effects in with_effects(self.events):
            amounts = [
                gross(row, recorded.event, effect)
                for effect in effects
                if effect.flow is flow
                and is_within(effect.source or "", source)
                and counts(row, recorded.event, effect)
            ]
            if amounts:
                amount = sum(amounts)
                listed.append((amount, self._moved(recorded, amount, excludes)))
        return listed

    def _moved(
        self,
        recorded: RecordedEvent,
        amount: int,
        excludes: Callable[[RecordedEvent], Message | None],
    ) -> Basis:
        """Return an event with what it adds to a sum, in minor units."""
        settings, sign = self.settings, "+" if amount >= 0 else None
        major = settings.currency.major(amount)
        says = message("says.amount", sign=sign, amount=settings.amount(major))
        return basis(recorded, says, excludes(recorded), major)

    def _checkpoints(self, recorded: RecordedEvent) -> Text:
        plan = plan_of(recorded.event)
        return "" if plan is None else checkpoints_in_words(plan, self.settings)
