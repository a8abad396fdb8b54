"""What a careful reader of approved forms would notice; nothing is repaired."""

import re
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from difflib import SequenceMatcher
from itertools import combinations
from typing import Final

from ledger.domain import units
from ledger.domain.events import BudgetApproved
from ledger.domain.exact_numbers import EXACTLY, exactly, rounded, summed
from ledger.domain.finding import Finding, note, warning
from ledger.domain.indicator import (
    EXECUTION_POINTS,
    Indicator,
    is_cost,
    is_income,
    is_under_cost,
)
from ledger.domain.settings import Settings
from ledger.domain.target import TargetKind

_QUANTITY: Final = ("数量", "quantity")
_QUALITY: Final = ("质量", "quality")
_TIMELINESS: Final = ("时效", "timeliness")
_BENEFIT: Final = ("效益", "benefit", "outcome")
_SATISFACTION: Final = ("满意度", "satisfaction")
_OUTPUT: Final = ("产出", "output")

_RATE_WORDS: Final = re.compile(
    r"率|比例|比重|占|覆盖|满意|及时|按时|足额|完成|达标|程度|普及|%|rate|share|ratio",
    re.IGNORECASE,
)
_FUNDS_USED: Final = re.compile(r"资金(使用|支出|执行)率|预算执行率")
_PEOPLE: Final = re.compile(r"人数|户数|headcount", re.IGNORECASE)
_DEADLINE: Final = re.compile(r"(?<![0-9])[0-9]+\s*[日号]\s*(?:之?前|以前)")
_SURVEY: Final = re.compile(r"问卷|调查|测评|访谈|回访|survey|poll", re.IGNORECASE)
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
        finding.at(f"{indicator.level2} {indicator.name}")
        for indicator in form.indicators
        for check in _OF_AN_INDICATOR
        for finding in check(indicator)
    ]
    rows = [row.weight for row in form.indicators]
    findings += weights_off(rows, form.execution_weight)
    findings += _blocks(form)
    findings += _years(form)
    findings += _arithmetic(form, settings)
    return findings


def weights_off(
    weights: Sequence[Decimal | None], execution: Decimal | None
) -> list[Finding]:
    """Find weights of one form, with those of execution, that do not make 100."""
    own = EXECUTION_POINTS if execution is None else execution
    given = [weight for weight in weights if weight is not None]
    whole = summed([own, *given])
    if not given or (whole == 100 and len(given) == len(weights)):
        return []
    bare = len(weights) - len(given)
    off = EXACTLY.subtract(whole, 100)
    said = f"{whole} with the {own:f} of execution, off by {off:+f}"
    if bare:
        said += f"; {bare} of {len(weights)} indicators have none and earn nothing"
    return [
        warning(
            "form.weights",
            f"the weights make {said}",
            place="weight",
            found=f"{whole}",
            expected="a weight for every indicator or for none, 100 in all; "
            "else there is a total and no grade",
        )
    ]


def check_together(forms: Sequence[BudgetApproved]) -> list[Finding]:
    """Return what shows only where forms stand side by side."""
    return [*_percent_spellings(forms), *_cost_limits(forms), *_near_copies(forms)]


def _repeats_name(row: Indicator) -> Iterator[Finding]:
    if row.target.kind is TargetKind.QUALITATIVE and _bare(row.target.text) in {
        _bare(row.name),
        _bare(row.description or row.name),
    }:
        yield warning(
            "indicator.target_repeats_name",
            f"the target repeats the name: {row.target.text!r}",
            found=row.target.text,
            expected="what is to be reached",
        )


def _date_under_quality(row: Indicator) -> Iterator[Finding]:
    dated = {TargetKind.BY_DATE, TargetKind.DAY_OF_MONTH, TargetKind.WITHIN_PERIOD}
    if _under(row.level2, _QUALITY) and row.target.kind in dated:
        yield warning(
            "indicator.date_under_quality",
            f"a date, {row.target.text!r}, under {row.level2}",
            found=row.target.text,
            expected="a date under 时效指标",
        )


def _misfits(row: Indicator) -> Iterator[Finding]:
    """Find figures under a level 2 that is about something else."""
    unit, name = row.target.unit, row.name
    misfit = None
    if is_under_cost(row.level1, row.level2) and is_income(row.name):
        misfit = "income under cost"
    elif is_under_cost("", row.level2):
        if units.is_people(unit):
            misfit = "a headcount under cost"
    elif _under(row.level2, _TIMELINESS):
        if units.is_money(unit):
            misfit = "money under timeliness"
        elif _FUNDS_USED.search(name):
            misfit = "a rate of funds used under timeliness"
    if misfit:
        yield warning(
            "indicator.level2_misfit",
            f"{misfit}: {name} {row.target.text}",
            found=f"{row.level2}: {name} {row.target.text}",
            expected="a level 2 that says what is measured",
        )


def _no_rate(row: Indicator) -> Iterator[Finding]:
    words = f"{row.name} {row.description or ''}"
    benefit = _under(row.level1, _BENEFIT)
    if units.is_rate(row.target.unit) and benefit and not _RATE_WORDS.search(words):
        yield warning(
            "indicator.no_rate",
            f"{row.target.text} of {row.name!r}, which is no rate of anything",
            found=f"{row.name} {row.target.text}",
            expected="a part and a whole that can be counted, or a quality",
        )


def _people_as_rate(row: Indicator) -> Iterator[Finding]:
    if (
        units.is_rate(row.target.unit)
        and _PEOPLE.search(row.name)
        and "率" not in row.name
    ):
        yield warning(
            "indicator.people_as_rate",
            f"the name says people, the target is a rate: {row.name} {row.target.text}",
            found=f"{row.name} {row.target.text}",
            expected="a number of people, or a name that says rate",
        )


def _deadline_as_rate(row: Indicator) -> Iterator[Finding]:
    deadline = _DEADLINE.search(f"{row.name} {row.description or ''}")
    if units.is_rate(row.target.unit) and deadline:
        yield warning(
            "indicator.deadline_as_rate",
            f"the text names a deadline, {deadline[0]!r}, the target is a rate, "
            f"{row.target.text}",
            found=row.target.text,
            expected="a day, such as 每月15日前, or a rate of what is done by then",
        )


def _rate_as_days(row: Indicator) -> Iterator[Finding]:
    if units.is_duration(row.target.unit) and "率" in row.name:
        yield warning(
            "indicator.rate_as_days",
            f"the name says a rate, the target is a duration: {row.name} "
            f"{row.target.text}",
            found=f"{row.name} {row.target.text}",
            expected="a percentage, or a name that says duration",
        )


def _ceiling_on_deliverable(row: Indicator) -> Iterator[Finding]:
    ceilings = {TargetKind.AT_MOST, TargetKind.LESS_THAN}
    if (
        _under(row.level2, _QUANTITY)
        and row.target.kind in ceilings
        and units.is_count(row.target.unit)
    ):
        yield warning(
            "indicator.ceiling_on_deliverable",
            f"a ceiling on what is to be delivered: {row.name} {row.target.text}",
            found=row.target.text,
            understood="at most",
            expected="≥, unless fewer is better",
        )


def _not_surveyed(row: Indicator) -> Iterator[Finding]:
    if _under(row.level1, _SATISFACTION) and not _SURVEY.search(row.basis or ""):
        yield warning(
            "indicator.satisfaction_not_surveyed",
            f"satisfaction whose basis is no survey: {row.basis or 'none'}",
            found=row.basis,
            expected="a survey, such as 调查问卷",
        )


_OF_AN_INDICATOR: Final[tuple[Callable[[Indicator], Iterator[Finding]], ...]] = (
    _repeats_name,
    _date_under_quality,
    _misfits,
    _no_rate,
    _people_as_rate,
    _deadline_as_rate,
    _rate_as_days,
    _ceiling_on_deliverable,
    _not_surveyed,
)


def _blocks(form: BudgetApproved) -> Iterator[Finding]:
    """Find level-1 blocks that every form should have (财预〔2020〕10号)."""
    blocks = (
        ("form.no_output", _OUTPUT, "产出指标"),
        ("form.no_benefit", _BENEFIT, "效益指标"),
        ("form.no_satisfaction", _SATISFACTION, "满意度指标"),
    )
    for code, names, expected in blocks:
        if not any(_under(row.level1, names) for row in form.indicators):
            yield warning(
                code,
                f"no indicator under {expected}",
                place="indicators",
                expected=f"at least one under {expected}",
            )


def _years(form: BudgetApproved) -> Iterator[Finding]:
    """Find other years than the form's; money given in advance names the one before."""
    allowed = {form.fiscal_year}
    if _ADVANCE in form.name:
        allowed.add(form.fiscal_year - 1)
    places = [("name", form.name), ("purpose", form.purpose or "")]
    places += [("goals", goal) for goal in form.goals]
    places += [(f"{r.level2} {r.name}", r.description or "") for r in form.indicators]
    places += [("basis", r.basis or "") for r in form.indicators]
    for place, text in dict.fromkeys(places):
        other = [year for year in _YEAR.findall(text) if int(year) not in allowed]
        if other:
            yield warning(
                "form.years_disagree",
                f"{', '.join(other)} in a form of {form.fiscal_year}: {text!r}",
                place=place,
                found=text,
                expected=f"{form.fiscal_year}, or why another year is meant",
            )


def _arithmetic(form: BudgetApproved, settings: Settings) -> Iterator[Finding]:
    """Hold quantity × unit cost against the budget, where a form gives both."""
    budget = settings.currency.major(sum(part.amount for part in form.amounts))
    quantities = [
        row
        for row in form.indicators
        if _under(row.level2, _QUANTITY)
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
    """Say whether *cost* is what one *unit* costs."""
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
    shown = (
        f"{quantity.target.text} × {cost.target.text} = {made}; the budget is {held}"
    )
    if product == budget:
        return note("form.cost_agrees", shown, place="budget", found=shown)
    return warning(
        "form.cost_disagrees",
        shown,
        place="budget",
        found=held,
        expected=made,
    )


def _percent_spellings(forms: Sequence[BudgetApproved]) -> Iterator[Finding]:
    places: dict[str, list[str]] = {}
    for form in forms:
        for row in form.indicators:
            for spelling in _PERCENTS.findall(row.target.text):
                places.setdefault(spelling, []).append(form.project)
    if len(places) > 1:
        shown = "; ".join(
            f"{spelling} in {', '.join(dict.fromkeys(codes))}"
            for spelling, codes in places.items()
        )
        yield note(
            "forms.percent_spellings",
            f"percent is written in {len(places)} ways: {shown}",
            found=", ".join(places),
            understood="%",
            expected="one spelling",
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
        if {TargetKind.AT_MOST, TargetKind.EXACTLY} <= set(printed):
            yield warning(
                "forms.cost_limit_comparator",
                f"one limit of cost, with and without ≤: {'; '.join(printed.values())}",
                found="; ".join(printed.values()),
                expected="≤ in both",
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
            f"{first.description!r} and {second.description!r}"
            for first, second in pairs
            if _nearly(first.description or "", second.description or "")
        ]
        if len(pairs) >= _ALIKE and slips:
            yield warning(
                "forms.near_copy",
                f"{one.project} and {other.project} are near-copies that differ: "
                f"{'; '.join(slips)}",
                found="; ".join(slips),
                expected="one wording, if one is meant",
            )


def _nearly(one: str, other: str) -> bool:
    if _bare(one) == _bare(other):
        return False
    return SequenceMatcher(None, one, other, autojunk=False).ratio() >= _CLOSE


def _under(level: str, names: tuple[str, ...]) -> bool:
    return any(name in level.lower() for name in names)


def _bare(text: str) -> str:
    return "".join(c for c in text if c.isalnum())
