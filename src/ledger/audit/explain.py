"""Any figure of a report, explained from the events of its stream."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from attrs import frozen

from ledger.audit.explained_indicators import IndicatorExplainer
from ledger.audit.explained_money import MoneyExplainer
from ledger.audit.explanation import Explanation
from ledger.domain.errors import InvalidInput, UnknownIndicator
from ledger.projections.execution import ExecutionLine, ExecutionTotal
from ledger.projections.policy import BADNESS, Status

_INDICATORS: Final = "indicators"
_SUMMED: Final = ("original_budget", "current_budget", "planned", "disbursed")
_TOTALS: Final = (
    *_SUMMED,
    "available",
    "execution_rate",
    "plan_rate",
    "variance",
    "time_progress",
)
_FORMULAS: Final = {
    "available": "current_budget − disbursed",
    "execution_rate": "disbursed ÷ current_budget, of the sums",
    "plan_rate": "disbursed ÷ planned, of the sums",
    "variance": "disbursed − planned",
    "time_progress": "share of the fiscal year elapsed",
}


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
            if BADNESS[each.line.status] >= BADNESS[self.status]
            and (each.line.due or each.line.status is not Status.NO_RESULT)
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
    if name not in _TOTALS:
        right = ", ".join(f"totals.{each}" for each in _TOTALS)
        raise InvalidInput("figure", figure, f"one of {right}")
    value: Any = getattr(total, name)
    if name in _SUMMED:
        return Explanation(
            figure=figure,
            value=value,
            formula=f"sum of {name} over {len(lines)} projects",
            terms=tuple(
                Explanation(
                    figure=f"projects.{line.project}.{name}",
                    value=getattr(line, name),
                    formula=line.name,
                )
                for line in lines
            ),
        )
    used = [each for each in _SUMMED if each in _FORMULAS[name]]
    return Explanation(
        figure=figure,
        value=value,
        formula=_FORMULAS[name],
        terms=tuple(
            Explanation(
                figure=f"totals.{each}",
                value=getattr(total, each),
                formula=f"sum over {len(lines)} projects",
            )
            for each in used
        ),
    )
