"""How the result of an indicator is compared with its target, with the numbers."""

from datetime import date
from decimal import Decimal

from attrs import frozen

from ledger.audit.explain.explanation import shown
from ledger.domain.indicator import Rating
from ledger.domain.policy import CeilingFormula, Policy
from ledger.domain.result_series import decimal
from ledger.domain.results import Standard, Tracked
from ledger.domain.target_kind import DATES, QUANTITIES, TargetKind
from ledger.domain.units import canonical
from ledger.messages import Message, Value, message
from ledger.projections.attainment import AttainmentLine


@frozen(kw_only=True)
class TargetComparison:
    """
    A result and the target that it is compared with.

    Attributes:
        line: The figures of the indicator.

        standard: The target in force.
    """

    line: AttainmentLine
    tracked: Tracked
    standard: Standard
    policy: Policy

    def formula(self) -> Message:
        """Say how the attainment comes about, and why there is none."""
        line = self.line
        is_known = line.attainment is not None
        return message(
            "formula.attainment",
            how=self._how(),
            remark=line.reason if is_known else None,
            reason=None if is_known or self._lacks_target else line.reason,
        )

    def reading(self) -> Message:
        """Say how the target is understood."""
        kind = self.standard.kind
        if kind in DATES:
            code, days = self._days()
            return message(f"note.read_as.{code}", **days)
        if kind not in QUANTITIES:
            code = "no_target" if self._lacks_target else "rating"
            return message(f"note.read_as.{code}")
        if kind.row.is_range:
            return message("note.read_as.range", **self._bounds())
        code = "ceiling" if self.standard.ceiling else "floor"
        return message(f"note.read_as.{code}", kind=kind)

    @property
    def _lacks_target(self) -> bool:
        return self.standard.kind is TargetKind.NONE

    def _how(self) -> Message:
        kind, result = self.standard.kind, self.line.result
        if kind in DATES:
            code, days = self._days()
            reached = result if isinstance(result, date) else None
            return message(f"formula.attainment.{code}", result=reached, **days)
        if self._lacks_target:
            return message("formula.attainment.no_target")
        if kind not in QUANTITIES:
            known = result if isinstance(result, Rating) else None
            return message("formula.attainment.rating", result=known)
        if kind.row.is_range:
            return self._of_range()
        start = self.tracked.baseline
        target = Decimal(self.standard.value or 0)
        is_ceiling = self.standard.ceiling
        return self._of_number(target, start is not None, is_ceiling=is_ceiling)

    def _days(self) -> tuple[str, dict[str, Value]]:
        """Return what a target of a day asks: a part of codes, and its days."""
        standard = self.standard
        if standard.kind is TargetKind.DAY_OF_MONTH:
            return "day_of_month", {"day": shown(decimal(standard.value))}
        if standard.date is None:
            return "no_year", {"target": standard.text}
        if standard.since is not None:
            return "period", {"since": standard.since, "date": standard.date}
        return "by_date", {"date": standard.date}

    def _bounds(self) -> dict[str, Value]:
        standard = self.standard
        lower, upper = decimal(standard.value), decimal(standard.upper)
        return {"lower": shown(lower), "upper": shown(upper)}

    def _of_range(self) -> Message:
        """Say how a range is judged: from outside by the bound that is nearer."""
        result = self._number()
        lower = Decimal(self.standard.value or 0)
        upper = Decimal(self.standard.upper or 0)
        how = bound = None
        if result is not None and not lower <= result <= upper:
            bound, is_above = (lower, False) if result < lower else (upper, True)
            start = self.tracked.baseline
            comes_near = start is not None and (
                Decimal(start) > bound if is_above else Decimal(start) < bound
            )
            how = self._of_number(bound, comes_near, is_ceiling=is_above)
        return message(
            "formula.attainment.range",
            bound=shown(bound),
            how=how,
            result=None if how else shown(result),
            **self._bounds(),
        )

    def _of_number(
        self, target: Decimal, from_baseline: bool, *, is_ceiling: bool
    ) -> Message:
        values: dict[str, Value] = {
            "result": shown(self._number()),
            "target": shown(target),
        }
        if from_baseline:
            values["baseline"] = shown(decimal(self.tracked.baseline))
            code = "baseline"
        elif target <= 0:
            code = "all_or_nothing"
        elif not is_ceiling:
            code = "floor"
        else:
            is_ratio = self.policy.ceiling is CeilingFormula.RATIO
            code = "ceiling_ratio" if is_ratio else "ceiling_deviation"
        return message(f"formula.attainment.{code}", **values)

    def _number(self) -> Decimal | None:
        result = self.line.result
        return canonical(result) if isinstance(result, Decimal) else None
