"""Any figure of a report, explained from the events of its stream."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from decimal import Decimal
from functools import partial
from typing import Final

from attrs import evolve as replace
from attrs import frozen

from ledger.audit.explain.combination import combined
from ledger.audit.explain.explanation import (
    Explanation,
    Value,
    amount_in,
    check_sum,
    named_figure,
    value_in,
)
from ledger.audit.explain.indicators import IndicatorExplainer
from ledger.audit.explain.money import MoneyExplainer
from ledger.audit.explain.stated import StatedExplainer
from ledger.audit.figure_paths import (
    CONCLUDED,
    GOALS,
    ORDERS,
    STATED_OF_INDICATORS,
    asked_as,
    is_stated_of_money,
    source_named,
)
from ledger.domain.errors import InvalidInput
from ledger.domain.exact_numbers import summed
from ledger.domain.funding import canonical_source
from ledger.domain.refusals import UnknownIndicator
from ledger.domain.settings import Settings
from ledger.domain.status import Status, badness, badness_at_end
from ledger.figures import registry
from ledger.figures.figure import Figure, FigureKind, Scope
from ledger.messages import message
from ledger.projections.amounts import Money
from ledger.projections.execution import ExecutionLine
from ledger.projections.execution_total import ExecutionTotal

JudgedFigures = tuple[Mapping[str, IndicatorExplainer], Status | None]
"""The indicators of a project or a unit by label, and the status of a project."""

_INDICATORS: Final = "indicators"


@frozen(kw_only=True)
class Explainer:
    """
    Explains the figures of one project or unit.

    Attributes:
        subject: The code of the project or the unit.

        money: ``None`` for a unit.

        judged: Returns the indicators by label, and the status of a project: figures of
            money alone need neither.

        stated: Explains what people stated for the official forms.
    """

    subject: str
    money: MoneyExplainer | None
    judged: Callable[[], JudgedFigures]
    stated: StatedExplainer

    def explain(self, figure: str) -> Explanation:
        """
        Explain a figure by its name in the report.

        Raises:
            InvalidInput: There is no such figure.
            UnknownIndicator: There is no such indicator.
        """
        first, _, rest = figure.partition(".")
        if first == _INDICATORS:
            label, _, name = rest.rpartition(".")
            indicators, _ = self.judged()
            if label not in indicators and rest in indicators:
                label, name = rest, ""
            if label not in indicators:
                raise UnknownIndicator(
                    label or rest, within=self.subject, known=list(indicators)
                )
            one = indicators[label]
            if name in STATED_OF_INDICATORS:
                status = partial(one.explain, "status")
                return self.stated.of_indicator(one.line, name, status)
            return one.explain(name)
        if first == GOALS:
            return self.stated.goal(figure)
        if first == ORDERS:
            return self.stated.order(figure)
        if figure in CONCLUDED:
            return self.stated.conclusion(figure)
        if self.money is None:
            right = message("expected.figure_of_unit")
            raise InvalidInput("figure", figure, right)
        if is_stated_of_money(figure):
            source = source_named(figure)
            if source is None or self.money.line.of_source(source) is not None:
                return self.stated.money(self.money.line, source)
        return self._status() if figure == "status" else self.money.explain(figure)

    def all_stated(self) -> Mapping[str, Explanation]:
        """Explain all that people stated, by figure; not of what is not on the form."""
        explained = dict[str, Explanation]()
        for figure in self.stated.figures():
            with suppress(UnknownIndicator, InvalidInput):
                explained[figure] = self.explain(figure)
        return explained

    def _status(self) -> Explanation:
        assert self.money is not None
        indicators, status = self.judged()
        assert status is not None
        money = self.money.explain("money_status")
        rank = badness_at_end if self.money.line.elapsed == 1 else badness
        judged = [
            each.explain("status")
            for each in indicators.values()
            if rank(each.line.status) >= rank(status)
        ]
        return Explanation(
            figure="status",
            value=status.value,
            formula=message("formula.status"),
            terms=(money, *judged),
        )


def explain_total(
    figure: str,
    total: ExecutionTotal,
    lines: Sequence[ExecutionLine],
    settings: Settings,
) -> Explanation:
    """
    Explain a figure of the totals by the projects that it sums.

    Args:
        settings: Of the ledger, whose scale amounts are in.

    Raises:
        InvalidInput: There is no such figure.
    """
    name = figure.removeprefix("totals.")
    source, _, key = name.removeprefix("by_source.").rpartition(".")
    of_source = name.startswith("by_source.")
    source = canonical_source(source)
    part: Money | None = total.by_source.get(source) if of_source else total
    rows = {row.key: row for row in registry.money(Scope.TOTAL) if row.is_explained}
    row = rows.get(key)
    if part is None or row is None or (of_source and row.scope is not Scope.SOURCE):
        sources = (f"by_source.{each}.disbursed" for each in total.by_source)
        words = [asked_as(f"totals.{each}") for each in (*rows, *sources)]
        right = message("expected.choice", words=words)
        raise InvalidInput("figure", figure, right)
    prefix = name.removesuffix(key)
    if row.key == "time_progress":
        formula = message("formula.progress_of_all", count=len(lines))
        return Explanation(figure=figure, value=row.of(part), formula=formula)
    if row.made_of and not any(each.of_closing for each in row.made_of):

        def alone(own: Figure) -> Explanation:
            told = explain_total(f"{prefix}{own.key}", total, lines, settings)
            return replace(told, figure=f"totals.{told.figure}", terms=())

        return combined(figure, row, part, alone, value_in(settings), sums=True)
    value, read = _counted(row.of(part)), amount_in(settings)
    if row.kind is FigureKind.COUNT:
        read = str
    terms = tuple(
        Explanation(
            figure=f"projects.{line.project}.{name}",
            value=(own := _counted(row.of(money))),
            words=read(own),
            formula=line.name,
        )
        for line in lines
        if (money := line.of_source(source) if of_source else line) is not None
        and (line.has_budget or not row.plan)  # Refunds alone have no plan to lack.
    )
    amounts = [each.value for each in terms if isinstance(each.value, Decimal)]
    lacking = len(terms) - len(amounts)
    check_sum(figure, value, None if lacking else summed(amounts), read)
    formula = message("formula.total", figure=named_figure(name), count=len(terms))
    if lacking:
        formula = message("formula.no_total", count=lacking)
    return Explanation(
        figure=figure, value=value, words=read(value), formula=formula, terms=terms
    )


def _counted(value: Value | int) -> Value:
    """Return a number as a decimal, which sums are made of."""
    return Decimal(value) if isinstance(value, int) else value
