"""Figures of a project's money, explained."""

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from typing import Final

from attrs import frozen

from ledger.audit.explain.explanation import Basis, Cut, Explanation, basis, check_sum
from ledger.domain.balances import with_effects
from ledger.domain.calendar import FiscalYear
from ledger.domain.catalogue import BY_CLASS, plan_of
from ledger.domain.envelope import RecordedEvent
from ledger.domain.errors import InvalidInput
from ledger.domain.event_type import Flow
from ledger.domain.events import ProjectClosed
from ledger.domain.exact_numbers import EXACTLY, summed
from ledger.domain.funding import canonical_source
from ledger.domain.in_force import day_of, in_force
from ledger.domain.money import share
from ledger.domain.plan import SpendingPlan
from ledger.domain.settings import Settings
from ledger.projections.execution import ExecutionLine
from ledger.projections.execution_total import Money
from ledger.projections.months import Month
from ledger.projections.policy import Policy, stated

FIGURES: Final = (
    "original_budget",
    "current_budget",
    "planned",
    "original_planned",
    "disbursed",
    "closed_on",
    "carried_over",
    "lapsed",
    "available",
    "execution_rate",
    "plan_rate",
    "variance",
    "time_progress",
    "money_status",
)
OF_SOURCE: Final = (
    "original_budget",
    "current_budget",
    "disbursed",
    "carried_over",
    "lapsed",
    "available",
    "execution_rate",
)
MADE_OF: Final = {
    "execution_rate": ("disbursed", "÷", "current_budget"),
    "plan_rate": ("disbursed", "÷", "planned"),
    "variance": ("disbursed", "−", "planned"),
}
"""Figures that follow from two others."""

_FLOWS: Final = {
    "original_budget": Flow.BUDGET,
    "current_budget": Flow.BUDGET,
    "disbursed": Flow.DISBURSED,
    "carried_over": Flow.CARRIED_OVER,
    "lapsed": Flow.LAPSED,
}
"""Figures that are sums of effects; the original budget is of those that found it."""

_PLANS: Final = ("planned", "original_planned")


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
    policy: Policy

    def explain(self, figure: str) -> Explanation:
        """
        Explain a figure by its name in the report.

        Raises:
            InvalidInput: There is no such figure; those that there are are named.
        """
        first, _, rest = figure.partition(".")
        if figure in FIGURES:
            return self._whole(figure)
        if first == "by_source":
            given, _, name = rest.rpartition(".")
            source = canonical_source(given)
            if source in self.line.by_source and name in OF_SOURCE:
                return self._of(figure, name, self.line.by_source[source], source)
        if first == "months":
            name, _, part = rest.partition(".")
            for month in self.line.months:
                if month.month == name and part in Month._fields[1:]:
                    return self._month(figure, month, part)
        right = [
            *FIGURES,
            *(f"by_source.{s}.{OF_SOURCE[2]}" for s in self.line.by_source),
            f"months.{self.cut.through:%Y-%m}.disbursed",
            "status",
            "indicators.NAME.result",
        ]
        raise InvalidInput("figure", figure, f"one of {', '.join(right)}")

    def _whole(self, figure: str) -> Explanation:
        if figure in _PLANS:
            value = getattr(self.line, figure)
            return self._planned(figure, self.cut.through, value)
        if figure == "time_progress":
            year = self.settings.year(self.line.fiscal_year)
            return explain_progress(year, self.cut.through)
        if figure == "money_status":
            return self._status()
        if figure == "closed_on":
            return self._closing()
        return self._of(figure, figure, self.line, None)

    def _of(
        self, figure: str, name: str, money: Money, source: str | None
    ) -> Explanation:
        """Explain a figure of the whole, or of one source."""
        prefix = figure.removesuffix(name)
        if name == "available":
            return self._available(figure, money, source)
        if name in MADE_OF:
            left, sign, right = MADE_OF[name]
            terms = tuple(
                self._planned(each, self.cut.through, self.line.planned)
                if each == "planned"
                else self._of(f"{prefix}{each}", each, money, source)
                for each in (left, right)
            )
            a, b = (getattr(money, each) for each in (left, right))
            value: Decimal | None = getattr(money, name)
            check_sum(figure, value, made_of(name, a, b))
            nothing = "" if value is not None else f": {right} is nothing"
            formula = f"{left} {sign} {right} = {a} {sign} {b}{nothing}"
            return Explanation(figure=figure, value=value, formula=formula, terms=terms)
        what = f" from {source}" if source else ""
        closed = f"{{}}{what} by closings effective by {self.cut.through}"
        formulas = {
            "carried_over": closed.format("carried over"),
            "lapsed": closed.format("lapsed"),
            "original_budget": f"amounts approved{what}",
            "current_budget": f"amounts approved{what}, with the adjustments effective "
            f"by {self.cut.through}",
            "disbursed": f"disbursements{what} less reversals, effective by "
            f"{self.cut.through}",
        }
        return self._summed(
            figure,
            getattr(money, name),
            formulas[name],
            self._amounts(name, source, self.cut.excludes),
        )

    def _available(self, figure: str, money: Money, source: str | None) -> Explanation:
        """Explain what is available, by what a closing left of it too."""
        prefix = figure.removesuffix("available")
        names = ["current_budget", "disbursed"]
        if money.minor_carried_over or money.minor_lapsed:
            names += ["carried_over", "lapsed"]
        terms = tuple(
            self._of(f"{prefix}{each}", each, money, source) for each in names
        )
        whole, *parts = (getattr(money, each) for each in names)
        check_sum(figure, money.available, EXACTLY.subtract(whole, summed(parts)))
        numbers = " − ".join(str(term.value) for term in terms)
        return Explanation(
            figure=figure,
            value=money.available,
            formula=f"{' − '.join(names)} = {numbers}",
            terms=terms,
        )

    def _month(self, figure: str, month: Month, part: str) -> Explanation:
        if part == "planned":
            return self._month_plan(figure, month)
        if part == "cumulative_planned":
            return self._planned(figure, self._end(month), month.cumulative_planned)
        first = date.fromisoformat(f"{month.month}-01")
        if first > self.cut.through:
            formula = f"none: the month begins after {self.cut.through}"
            return Explanation(figure=figure, value=None, formula=formula)
        last = min(self._end(month), self.cut.through)
        own = part == "disbursed"

        def outside(recorded: RecordedEvent) -> str | None:
            reason = self.cut.excludes(recorded)
            if reason is None and recorded.on > last:
                return f"effective after {last}"
            if reason is None and own and recorded.on < first:
                return f"effective before {first}"
            return reason

        since = f"from {first} to" if own else "up to"
        return self._summed(
            figure,
            getattr(month, part),
            f"disbursements less reversals, {since} {last}",
            self._amounts("disbursed", None, outside),
        )

    def _month_plan(self, figure: str, month: Month) -> Explanation:
        """Explain what is planned for a month alone: by its end, less by its start."""
        months = self.line.months
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
        return Explanation(
            figure=figure,
            value=month.planned,
            formula="planned by the end of the month − by the end of the one before = "
            + " − ".join(str(term.value) for term in terms),
            terms=terms,
        )

    def _end(self, month: Month) -> date:
        """Return the last day of a month of the line."""
        number = int(month.month.rpartition("-")[2])
        return self.settings.year(self.line.fiscal_year).month_end(number)

    def _planned(self, figure: str, on: date, value: Decimal) -> Explanation:
        """Explain what is planned by a day: the plan that holds, and its reading."""
        settings = self.settings
        first = figure == "original_planned"
        chosen, events = self._plans(first=first)
        plan = plan_of(chosen.event)
        year = settings.year(self.line.fiscal_year)
        due = 0 if plan is None else plan.planned(on, year, settings.convention)
        check_sum(figure, value, settings.currency.major(due))
        which = "approved first" if first else f"in force on {self.cut.through}"
        return Explanation(
            figure=figure,
            value=value,
            formula=f"the plan {which}, at the end of {on}",
            events=events,
            notes=(f"between checkpoints: {settings.convention.value}", _read(plan)),
        )

    def plan_end(self) -> Explanation:
        """Explain what the plan in force ends at."""
        chosen, events = self._plans()
        plan, major = plan_of(chosen.event), self.settings.currency.major
        return Explanation(
            figure="plan_end",
            value=major(plan.checkpoints[-1].amount if plan else 0),
            formula=f"where the plan in force on {self.cut.through} ends",
            events=events,
            notes=(_read(plan),),
        )

    def _plans(self, *, first: bool = False) -> tuple[RecordedEvent, tuple[Basis, ...]]:
        """Return the event of the plan that holds, and all of them with why not."""
        plans = [each for each in self.events if plan_of(each.event) is not None]
        known = self.cut.known(plans)
        chosen = known[0] if first else in_force(known, self.cut.through, day_of)
        which = "was approved first" if first else "is in force"
        other = f"the plan of position {chosen.position} {which}"
        return chosen, tuple(
            basis(
                each,
                self._checkpoints(each),
                self.cut.excludes(each) or (None if each is chosen else other),
            )
            for each in plans
        )

    def _closing(self) -> Explanation:
        """Explain the day of the closing, where there is one by then."""
        closings = [e for e in self.events if type(e.event) is ProjectClosed]
        reasons = [self.cut.excludes(each) for each in closings]
        days = [
            each.on
            for each, reason in zip(closings, reasons, strict=True)
            if reason is None
        ]
        check_sum("closed_on", self.line.closed_on, max(days, default=None))
        return Explanation(
            figure="closed_on",
            value=self.line.closed_on,
            formula=f"the day of the closing effective by {self.cut.through}",
            events=tuple(
                basis(each, each.on.isoformat(), reason)
                for each, reason in zip(closings, reasons, strict=True)
            ),
        )

    def _status(self) -> Explanation:
        thresholds = stated(self.policy.money_thresholds, "time progress")
        return Explanation(
            figure="money_status",
            value=self.line.status.value,
            formula="execution_rate ÷ time_progress, held to the thresholds",
            terms=(self._whole("execution_rate"), self._whole("time_progress")),
            notes=(thresholds,),
        )

    def _summed(
        self,
        figure: str,
        value: Decimal,
        formula: str,
        amounts: Sequence[tuple[int, Basis]],
    ) -> Explanation:
        """Explain a figure by the events that it is the sum of, once it is."""
        counted = sum(amount for amount, each in amounts if each.left_out is None)
        check_sum(figure, value, self.settings.currency.major(counted))
        events = tuple(each for _, each in amounts)
        return Explanation(figure=figure, value=value, formula=formula, events=events)

    def _amounts(
        self,
        name: str,
        source: str | None,
        excludes: Callable[[RecordedEvent], str | None],
    ) -> list[tuple[int, Basis]]:
        """List the events with an effect on a sum, and why some do not count."""
        flow, listed = _FLOWS[name], []
        for recorded, effects in with_effects(self.events):
            if name == "original_budget" and not BY_CLASS[type(recorded.event)].founds:
                continue
            amounts = [
                effect.amount
                for effect in effects
                if effect.flow is flow and source in (None, effect.source)
            ]
            if amounts:
                amount = sum(amounts)
                says = f"{self.settings.currency.major(amount):+f}"
                listed.append((amount, basis(recorded, says, excludes(recorded))))
        return listed

    def _checkpoints(self, recorded: RecordedEvent) -> str:
        plan, major = plan_of(recorded.event), self.settings.currency.major
        checkpoints = () if plan is None else plan.checkpoints
        return ", ".join(f"{c.on} {major(c.amount):f}" for c in checkpoints)


def made_of(name: str, left: Decimal, right: Decimal) -> Decimal | None:
    """Return the figure *name* that follows from two others."""
    if MADE_OF[name][1] == "−":
        return EXACTLY.subtract(left, right)
    return share(left, right)


def explain_progress(year: FiscalYear, through: date) -> Explanation:
    """Explain the share of the year that has elapsed."""
    return Explanation(
        figure="time_progress",
        value=year.progress(through),
        formula=f"share of {year.start} to {year.end} elapsed at the end of {through}; "
        "a month end is month ÷ 12",
    )


def _read(plan: SpendingPlan | None) -> str:
    """Say how a printed plan was read."""
    if plan is None:
        return "no plan"
    how = "stated" if plan.stated else "inferred"
    return f"reading of the printed plan: {plan.reading.value}, {how}"
