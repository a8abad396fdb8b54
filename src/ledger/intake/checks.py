"""What a careful reader of forms, one or several, would notice; nothing is repaired."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from difflib import SequenceMatcher
from itertools import combinations
from typing import Final

from ledger.domain import units
from ledger.domain.events import BudgetApproved
from ledger.domain.exact_numbers import EXACTLY, exactly, rounded, summed
from ledger.domain.finding import Finding, finding
from ledger.domain.indicator import (
    EXECUTION_POINTS,
    Indicator,
    is_cost,
)
from ledger.domain.settings import Settings
from ledger.domain.target_kind import TargetKind
from ledger.intake.indicator_checks import (
    BENEFIT,
    QUANTITY,
    SATISFACTION,
    check_indicator,
    letters_and_digits,
    under,
)
from ledger.messages import Message, listed, message, named

_OUTPUT: Final = ("产出", "output")
_YEAR: Final = re.compile(r"(?<![0-9【\[〔（(])(20[0-9]{2})\s*年")
_ADVANCE: Final = "提前下达"
_EACH_PERSON: Final = re.compile(r"人均|每人|每名|每位|per person|per head")
_EACH_THING: Final = re.compile(
    r"每[一1]?[个台件套次场辆份]|(?<![0-9])1\s*[个台件套次场辆份]"
)
_PERCENTS: Final = re.compile(r"百分比|百分号|百分数|[%％]")
_CLOSE: Final = 0.8
_ALIKE: Final = 5


def check_form(form: BudgetApproved, settings: Settings) -> list[Finding]:
    """Return what looks wrong within one form, each with its indicator or field."""
    findings = [
        found.at(f"{indicator.level2} {indicator.name}")
        for indicator in form.indicators
        for found in check_indicator(indicator)
    ]
    findings += weights_off(form.indicators, form.execution_weight)
    findings += _blocks(form)
    findings += _years(form)
    findings += _arithmetic(form, settings)
    return findings


def weights_off(rows: Sequence[Indicator], execution: Decimal | None) -> list[Finding]:
    """Find weights of one form, with those of execution, that do not make 100."""
    own = EXECUTION_POINTS if execution is None else execution
    given = [row.weight for row in rows if row.weight is not None]
    whole = summed([own, *given])
    if not given or (whole == 100 and len(given) == len(rows)):
        return []
    bare = len(rows) - len(given)
    printed = [f"{r.name} {'—' if r.weight is None else f'{r.weight:f}'}" for r in rows]
    off = EXACTLY.subtract(whole, 100)
    return [
        finding(
            "form.weights",
            place=named("weight"),
            found=f"{whole}",
            expected=message("expected.weights"),
            execution=own,
            off=f"{off:+f}",
            bare=bare or None,
            count=len(rows),
            rows=listed(printed),
        )
    ]


def check_together(forms: Sequence[BudgetApproved]) -> list[Finding]:
    """Return what shows only where forms stand side by side."""
    return [*_percent_spellings(forms), *_cost_limits(forms), *_near_copies(forms)]


def _blocks(form: BudgetApproved) -> Iterator[Finding]:
    """Find level-1 blocks that every form should have (财预〔2020〕10号)."""
    blocks = (
        ("form.no_output", _OUTPUT, "output"),
        ("form.no_benefit", BENEFIT, "benefit"),
        ("form.no_satisfaction", SATISFACTION, "satisfaction"),
    )
    for code, names, group in blocks:
        if not any(under(row.level1, names) for row in form.indicators):
            level1 = message(f"template.level1.{group}")
            right = message("expected.one_under", level1=level1)
            yield finding(code, place=named("indicators"), expected=right)


def _years(form: BudgetApproved) -> Iterator[Finding]:
    """Find other years than the form's; money given in advance names the one before."""
    allowed = {form.fiscal_year}
    if _ADVANCE in form.name:
        allowed.add(form.fiscal_year - 1)
    places: list[tuple[Message | str, str]] = [
        (named("name"), form.name),
        (named("purpose"), form.purpose or ""),
        *((named("goals"), goal) for goal in form.goals),
        *((f"{r.level2} {r.name}", r.description or "") for r in form.indicators),
        *((named("basis"), r.basis or "") for r in form.indicators),
    ]
    for place, text in dict.fromkeys(places):
        other = [year for year in _YEAR.findall(text) if int(year) not in allowed]
        if other:
            yield finding(
                "form.years_disagree",
                place=place,
                found=text,
                expected=message("expected.year_of_form", year=str(form.fiscal_year)),
                other=other,
                year=str(form.fiscal_year),
            )


def _arithmetic(form: BudgetApproved, settings: Settings) -> Iterator[Finding]:
    """Compare quantity × unit cost with the budget, where a form gives both."""
    budget = settings.currency.major(sum(part.amount for part in form.amounts))
    quantities = [
        row
        for row in form.indicators
        if under(row.level2, QUANTITY)
        and row.target.value
        and units.is_count(row.target.unit)
    ]
    costs = [
        row
        for row in form.indicators
        if is_cost(row.level1, row.level2, row.name)
        and row.target.value
        and units.is_money(row.target.unit)
        and row.target.value < budget
    ]
    for quantity in quantities:
        for cost in costs:
            if _is_per(cost, quantity.target.unit or ""):
                yield _product(quantity, cost, budget, settings)


def _is_per(cost: Indicator, unit: str) -> bool:
    """Return whether *cost* is what one *unit* costs."""
    per = (cost.target.unit or "").partition("/")[2]
    if per:
        return per == unit
    words = f"{cost.name} {cost.description or ''}"
    if _EACH_PERSON.search(words):
        return units.is_people(unit)
    return bool(_EACH_THING.search(words)) and not units.is_people(unit)


def _product(
    quantity: Indicator, cost: Indicator, budget: Decimal, settings: Settings
) -> Finding:
    assert quantity.target.value is not None
    assert cost.target.value is not None
    product = EXACTLY.multiply(quantity.target.value, cost.target.value)
    digits = settings.currency.digits
    made = f"{rounded(product, digits, [exactly(budget)]):,f}"
    held = f"{budget:,f}"
    shown = message(
        "found.product",
        quantity=quantity.target.text,
        cost=cost.target.text,
        product=made,
        budget=held,
    )
    if product == budget:
        return finding("form.cost_agrees", place=named("budget"), found=shown)
    return finding(
        "form.cost_disagrees",
        place=named("budget"),
        found=held,
        expected=made,
        shown=shown,
    )


def _percent_spellings(forms: Sequence[BudgetApproved]) -> Iterator[Finding]:
    places: dict[str, list[str]] = {}
    for form in forms:
        for row in form.indicators:
            for spelling in _PERCENTS.findall(row.target.text):
                places.setdefault(spelling, []).append(form.project)
    if len(places) > 1:
        shown = [
            message(
                "found.spelling", spelling=spelling, projects=[*dict.fromkeys(codes)]
            )
            for spelling, codes in places.items()
        ]
        yield finding(
            "forms.percent_spellings",
            found=listed(places),
            understood="%",
            expected=message("expected.one_spelling"),
            count=len(places),
            spellings=shown,
        )


def _cost_limits(forms: Sequence[BudgetApproved]) -> Iterator[Finding]:
    """Find one limit of cost that some forms print with a comparator and some not."""
    limits: dict[tuple[Decimal, str], dict[TargetKind, str]] = {}
    for form in forms:
        for row in form.indicators:
            value, unit = row.target.value, row.target.unit or ""
            cost = is_cost(row.level1, row.level2, row.name)
            if cost and value is not None and "/" in unit:
                kinds = limits.setdefault((value, unit), {})
                kinds.setdefault(row.target.kind, f"{form.project} {row.target.text}")
    for printed in limits.values():
        if TargetKind.AT_MOST in printed and TargetKind.EXACTLY in printed:
            yield finding(
                "forms.cost_limit_comparator",
                found=message("found.several", parts=[*printed.values()]),
                expected=message("expected.at_most_in_both"),
            )


def _near_copies(forms: Sequence[BudgetApproved]) -> Iterator[Finding]:
    """Find forms of one wording whose texts differ by a slip."""
    for one, other in combinations(forms, 2):
        rows = {(r.level2, r.name, r.target.text): r for r in one.indicators}
        pairs = [
            (rows[key], row)
            for row in other.indicators
            if (key := (row.level2, row.name, row.target.text)) in rows
        ]
        slips = [
            message(
                "found.two_wordings", one=first.description, other=second.description
            )
            for first, second in pairs
            if _nearly(first.description or "", second.description or "")
        ]
        if len(pairs) >= _ALIKE and slips:
            yield finding(
                "forms.near_copy",
                found=message("found.several", parts=slips),
                expected=message("expected.one_wording"),
                one=one.project,
                other=other.project,
            )


def _nearly(one: str, other: str) -> bool:
    if letters_and_digits(one) == letters_and_digits(other):
        return False
    return SequenceMatcher(None, one, other, autojunk=False).ratio() >= _CLOSE
