"""The money of one form: its budget, its sources and its plan, in minor units."""

from datetime import date
from typing import Any, Final

from attrs import frozen

from ledger.domain.errors import InvalidInput
from ledger.domain.exact_numbers import EXACTLY
from ledger.domain.finding import Finding, finding
from ledger.domain.funding import FISCAL, FORM_FIELDS, Funding, canonical_source
from ledger.domain.money import exact
from ledger.domain.plan import PlanRead, Reading, checkpoint_date, read_plan
from ledger.domain.settings import Settings
from ledger.intake import fields
from ledger.intake.column_heads import head_of_form
from ledger.messages import Message, message, named

_DEFAULT_COLUMNS: Final = ("3月底", "6月底", "10月底", "12月底")


@frozen
class FormMoney:
    """
    Reads the money of the forms of one document.

    Attributes:
        scale: How many of the main unit of the currency one printed unit is, such as
            10000 for 万元.

        keyed: Whether people see the keys of a form, and no heads.
    """

    settings: Settings
    fiscal_year: int
    scale: int
    keyed: bool = False

    def amount(self, form: dict[str, Any], name: str) -> int | None:
        """Return a field in minor units; ``None`` where it is blank."""
        value: Any = form.get(name)
        if value is None and name == "budget":
            raise InvalidInput(name, value, message("expected.amount_approved"))
        if value is None:
            return None
        amount = EXACTLY.multiply(exact(value, field=name), self.scale)
        return self.settings.currency.minor(amount, field=name)

    def sources(
        self, form: dict[str, Any], budget: int, findings: list[Finding]
    ) -> list[Funding]:
        """Return the budget by funding source, which must sum to the whole."""
        given = self.given(form)
        if not given:
            findings.append(
                finding(
                    "form.sources_missing",
                    expected=message(
                        "expected.amounts_of_sources",
                        fields=[self._called(f.name) for f in FORM_FIELDS.values()],
                    ),
                )
            )
            given = {FISCAL: budget}
        if sum(given.values()) != budget:
            money = self.settings.money
            right = message("expected.sum_of_sources", sum=money(sum(given.values())))
            raise InvalidInput("budget", money(budget), right)
        return [
            Funding(source=s, amount=a) for s, a in given.items() if a or s == FISCAL
        ]

    def _called(self, field: str) -> Message:
        """Return what people call a field."""
        return (None if self.keyed else head_of_form(field)) or named(field)

    def given(self, form: dict[str, Any]) -> dict[str, int]:
        """Return the amounts by funding source that a form has."""
        parts = fields.mapping(form.get("sources"), "sources")
        if parts:
            amounts = {}
            for name in parts:
                source = canonical_source(str(name))
                if source in amounts:
                    right = message("expected.one_amount", source=source)
                    raise InvalidInput("sources", name, right)
                amounts[source] = self.amount(parts, name)
        else:
            amounts = {
                source: self.amount(form, field.name)
                for source, field in FORM_FIELDS.items()
            }
        return {s: amount for s, amount in amounts.items() if amount is not None}

    def plan(self, form: dict[str, Any], budget: int) -> PlanRead:
        """Return the plan of a form, if it has one, and how it was read."""
        if not any(self.plan_row(form)) and not fields.maybe(form, "plan_reading"):
            found = finding("plan.missing", expected=message("expected.plan_or_none"))
            return PlanRead(None, (found,))
        year = self.settings.year(self.fiscal_year)
        columns = form.get("plan_columns") or list(_DEFAULT_COLUMNS)
        if not isinstance(columns, list):
            right = message("expected.month_ends")
            raise InvalidInput("plan_columns", columns, right)
        numbers = self.plan_row(form)
        days = [checkpoint_date(str(label), year) for label in columns]
        if len(numbers) == len(days):
            pairs = sorted(zip(days, numbers, strict=True), key=_day)
            days, numbers = [day for day, _ in pairs], [number for _, number in pairs]
        read_as = read_plan(
            numbers,
            days,
            budget,
            unit=self.settings.currency.minor(self.scale),
            reading=fields.choice(form, "plan_reading", Reading),
        )
        header = fields.maybe(form, "plan_header")
        plan = read_as.plan
        percent = plan is not None and plan.reading.value.startswith("percent")
        if header and ("%" in header or "％" in header) and not percent:
            said = finding(
                "plan.header_percent",
                found=header,
                understood=message("understood.amounts"),
                expected=message("expected.header_of_money"),
            )
            return PlanRead(read_as.plan, (said, *read_as.findings))
        return read_as

    def plan_row(self, form: dict[str, Any]) -> list[int | None]:
        """Return the numbers of a form's plan, as if they were amounts."""
        return [
            None if fields.is_blank(cell) else self._plan_cell(cell)
            for cell in fields.many(form, "plan_row")
        ]

    def _plan_cell(self, cell: Any) -> int:
        amount = EXACTLY.multiply(exact(cell, field="plan_row"), self.scale)
        return self.settings.currency.minor(amount, field="plan_row")


def _day(pair: tuple[date, int | None]) -> date:
    return pair[0]
