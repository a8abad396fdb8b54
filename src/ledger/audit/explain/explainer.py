"""Any figure of a report, explained from the events of its stream."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, Final

from attrs import evolve as replace
from attrs import frozen

from ledger.audit.explain.explanation import Explanation, check_sum
from ledger.audit.explain.indicators import IndicatorExplainer
from ledger.audit.explain.money import MADE_OF, OF_SOURCE, MoneyExplainer, made_of
from ledger.domain.errors import InvalidInput, UnknownIndicator
from ledger.domain.exact_numbers import summed
from ledger.domain.funding import canonical_source
from ledger.domain.status import Status, badness
from ledger.projections.execution import ExecutionLine
from ledger.projections.execution_total import ExecutionTotal, Money

_INDICATORS: Final = "indicators"
_SUMMED: Final = (
    *("original_budget", "current_budget"),
    *("planned", "original_planned", "disbursed"),
)
_CLOSED: Final = ("carried_over", "lapsed", "available")
_TOTALS: Final = (*_SUMMED, *_CLOSED, *MADE_OF, "time_progress")


@frozen(kw_only=True)
class Explainer:
    """
    Explains the figures of one project or unit.

    Attributes:
        subject: The code of the project or the unit.

        money: ``None`` for a unit.

        indicators: By label.

        status: The project's.
    """

    subject: str
    money: MoneyExplainer | None
    indicators: Mapping[str, IndicatorExplainer]
    status: Status | None = None

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
            if label not in self.indicators and rest in self.indicators:
                label, name = rest, ""
            if label not in self.indicators:
                raise UnknownIndicator(
                    label or rest, within=self.subject, known=list(self.indicators)
                )
            return self.indicators[label].explain(name)
        if self.money is None:
            raise InvalidInput("figure", figure, "indicators.NAME.result or the like")
        return self._status() if figure == "status" else self.money.explain(figure)

    def _status(self) -> Explanation:
        assert self.money is not None
        assert self.status is not None
        money = self.money.explain("money_status")
        judged = [
            each.explain("status")
            for each in self.indicators.values()
            if badness(each.line.status) >= badness(self.status)
            and (each.line.due or not each.line.status.row.counts_once_due)
        ]
        return Explanation(
            figure="status",
            value=self.status.value,
            formula="the worst status of the money and of the indicators that are due",
            terms=(money, *judged),
        )


def explain_total(
    figure: str, total: ExecutionTotal, lines: Sequence[ExecutionLine]
) -> Explanation:
    """
    Explain a figure of the totals by the projects that it sums.

    Raises:
        InvalidInput: There is no such figure.
    """
    name = figure.removeprefix("totals.")
    source, _, own = name.removeprefix("by_source.").rpartition(".")
    of_source = name.startswith("by_source.")
    source = canonical_source(source)
    part: Money | None = total.by_source.get(source) if of_source else total
    if part is None or own not in (OF_SOURCE if of_source else _TOTALS):
        sources = (f"by_source.{each}.disbursed" for each in total.by_source)
        right = ", ".join(f"totals.{each}" for each in (*_TOTALS, *sources))
        raise InvalidInput("figure", figure, f"one of {right}")
    prefix = name.removesuffix(own)
    value: Any = getattr(part, own)
    if own == "time_progress":
        formula = f"share of the fiscal year elapsed; of {len(lines)} projects alike"
        return Explanation(figure=figure, value=value, formula=formula)
    if own in MADE_OF:
        left, sign, right = MADE_OF[own]
        a, b = getattr(part, left), getattr(part, right)
        check_sum(figure, value, made_of(own, a, b))
        sums = [
            explain_total(f"{prefix}{each}", total, lines) for each in (left, right)
        ]
        return Explanation(
            figure=figure,
            value=value,
            formula=f"{left} {sign} {right}, of the sums = {a} {sign} {b}",
            terms=tuple(
                replace(each, figure=f"totals.{each.figure}", terms=()) for each in sums
            ),
        )
    terms = tuple(
        Explanation(
            figure=f"projects.{line.project}.{name}",
            value=getattr(money, own),
            formula=line.name,
        )
        for line in lines
        if (money := line.by_source.get(source) if of_source else line) is not None
    )
    amounts = (each.value for each in terms if isinstance(each.value, Decimal))
    check_sum(figure, value, summed(amounts))
    formula = f"sum of {name} over {len(terms)} projects"
    return Explanation(figure=figure, value=value, formula=formula, terms=terms)
