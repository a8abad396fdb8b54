"""Lists that go with the official forms: summaries with totals, scores compared."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, Final

from attrs import frozen

from ledger.domain.settings import Settings
from ledger.messages import Language, Value, message, said
from ledger.projections.amounts import Money
from ledger.reports import vocabulary as words
from ledger.reports.render.part_title import part_title
from ledger.reports.values.monitoring import MonitoredProject, MonitoringValues
from ledger.reports.values.official_form import TOTAL
from ledger.reports.values.self_evaluation import (
    Evaluation,
    Points,
    SelfEvaluationValues,
)
from ledger.spreadsheet import cells as sheets
from ledger.spreadsheet.cells import (
    Formula,
    Link,
    ListHead,
    NumberWithLook,
    Sheet,
    place,
    rate_look,
)

_HEAD_ROW: Final = 1
_ORIGINAL, _CURRENT, _DISBURSED, _RATE, _PACE, _PLAN, _STATED = range(3, 10)
"""Columns of the lists of projects that have a total; points have none."""


@frozen
class SheetWords:
    """The words of our own sheets, in one language, and what amounts are counted in."""

    language: Language
    settings: Settings

    def of(self, code: str, **values: Value) -> str:
        """Return the text *code* of the official forms."""
        return message(f"official.{code}", **values).said(self.language)

    def titled(
        self, whole: SelfEvaluationValues | MonitoringValues, code: str, **values: Value
    ) -> str:
        """Return a title, after the unit or the project that the forms are of."""
        part = part_title(whole.part, words.words(self.language))
        return " ".join(filter(None, [part, self.of(code, **values)]))

    def word(self, key: str) -> str:
        """Return a word of all reports."""
        return words.words(self.language)[key]

    def amount(self, word: str) -> ListHead:
        """Return the head of a column of amounts."""
        unit = words.money_unit(self.settings, words.words(self.language))
        label = self.word("in_unit").format(word=word, unit=unit)
        return ListHead(label=label, width=15, look="money")

    def head(self, word: str, width: float, look: str) -> ListHead:
        """Return the head of a column of anything else."""
        return ListHead(label=word, width=width, look=look)

    def heads_of_projects(self) -> tuple[ListHead, ...]:
        """Return the heads of the columns that every list of projects begins with."""
        return (
            self.head(self.of("number"), 6, "link"),
            self.head(self.word("project"), 24, "text"),
            self.head(self.word("name"), 34, "text"),
            self.amount(self.word("original_budget")),
            self.amount(self.word("current_budget")),
        )


def points(
    sheet: Sheet,
    whole: SelfEvaluationValues,
    names: Sequence[str],
    own: SheetWords,
    note: str,
) -> None:
    """Write points and grades of all projects, with totals."""
    heads = (
        *own.heads_of_projects(),
        own.amount(own.of("disbursed")),
        own.head(own.word("execution_rate"), 11, "rate"),
        own.head(own.word("score"), 9, "points"),
        own.head(own.word("grade"), 9, "center"),
        own.head(own.word("to_fix"), 8, "center"),
    )
    begun = _first(whole.projects, names)
    rows = [
        (
            *first,
            one.total,
            one.grade and words.grade(one.grade, own.language),
            len(one.missing),
        )
        for one, first in zip(whole.projects, begun, strict=True)
    ]
    title = own.titled(whole, "points_title", year=whole.fiscal_year)
    last = _summary(
        sheet, title, heads, rows, _spent(whole.totals.money), own.word("total")
    )
    _close(sheet, last, len(heads) - 1, note)


def check(
    sheet: Sheet, whole: SelfEvaluationValues, own: SheetWords, made_from: str
) -> None:
    """List computed and reported points side by side, with the reasons."""
    heads = (
        own.head(own.word("project"), 24, "text"),
        own.head(own.word("indicator"), 30, "text"),
        own.head(own.word("target"), 16, "center"),
        own.head(own.word("attainment"), 11, "rate"),
        own.head(own.word("weight"), 8, "points"),
        own.head(own.of("computed"), 10, "points"),
        own.head(own.word("reported_score"), 10, "points"),
        own.head(own.of("difference"), 10, "points"),
        own.head(own.of("reason"), 36, "text"),
    )
    absent = own.of("not_applicable")

    def row(code: str, what: str, target: str, share: object, given: Points) -> Any:
        scores = given.computed, given.reported, given.difference
        possible = absent if given.possible is None else given.possible
        return code, what, target, share, possible, *scores, given.reason

    rows = []
    for one in (*whole.units, *whole.projects):
        code, rate = one.subject.code, one.execution.execution_rate
        rows.append(row(code, own.of("execution"), "", rate, one.money_points))
        for indicator in one.indicators:
            line = indicator.line
            look = rate_look(line.exact_capped, (1,))
            share = NumberWithLook(line.capped_attainment, look)
            rows.append(row(code, line.indicator, line.target, share, indicator.points))
    last = _listed(sheet, own.titled(whole, "check_title"), heads, rows)
    _close(sheet, last, len(heads) - 1, made_from)


def unexplained(
    sheet: Sheet, whole: MonitoringValues, own: SheetWords, made_from: str
) -> None:
    """List what keeps the forms from being handed in."""
    heads = (
        own.head(own.word("project"), 24, "text"),
        own.head(own.word("name"), 34, "text"),
        own.head(own.of("to_explain"), 60, "text"),
        own.head(own.of("to_do"), 40, "text"),
    )
    rows = [
        (
            one.subject.code,
            one.subject.name,
            finding.text(own.language),
            said(finding.expected, own.language),
        )
        for one in (*whole.units, *whole.projects)
        for finding in one.findings
    ]
    last = _listed(
        sheet,
        own.titled(
            whole, "unexplained_title", year=whole.fiscal_year, months=whole.months
        ),
        heads,
        rows,
    )
    _close(sheet, last, len(heads) - 1, made_from)


def outlook(
    sheet: Sheet,
    whole: MonitoringValues,
    names: Sequence[str],
    own: SheetWords,
    note: str,
) -> None:
    """Write money of all projects, and what the year ends with: by three ways."""
    heads = (
        *own.heads_of_projects(),
        own.amount(own.of("disbursed_in", months=whole.months)),
        own.head(own.of("rate_in", months=whole.months), 13, "rate"),
        own.amount(own.word("at_pace")),
        own.amount(own.word("at_plan")),
        own.amount(own.word("as_stated")),
        own.head(own.word("indicators"), 10, "center"),
        own.head(own.of("to_explain"), 8, "center"),
    )
    begun = _first(whole.projects, names)
    rows = [
        (
            *first,
            *(one.rows[TOTAL].forecast, one.at_plan, one.rows[TOTAL].stated),
            *(len(one.indicators), len(one.findings)),
        )
        for one, first in zip(whole.projects, begun, strict=True)
    ]
    year, months = whole.fiscal_year, whole.months
    title = own.titled(whole, "outlook_title", year=year, months=months)
    totals = whole.totals
    sums = {
        **_spent(totals.money),
        _PACE: totals.forecast,
        _PLAN: whole.at_plan,
        _STATED: totals.stated,
    }
    if totals.stated is None:
        del sums[_STATED]
    last = _summary(sheet, title, heads, rows, sums, own.word("total"))
    _close(sheet, last, len(heads) - 1, note)


def _first(
    forms: Iterable[Evaluation | MonitoredProject], names: Sequence[str]
) -> Iterator[tuple[object, ...]]:
    """Yield the cells that each row of a list of projects begins with."""
    pairs = zip(forms, names, strict=True)
    for number, (one, sheet) in enumerate(pairs, start=1):
        money, link = one.execution, Link(sheet, f"{number}")
        budgets = money.original_budget, money.current_budget
        spent = money.disbursed, money.execution_rate
        yield link, one.subject.code, one.subject.name, *budgets, *spent


def _spent(money: Money) -> dict[int, Decimal | None]:
    """Return sums by the column that they stand under."""
    return {
        _ORIGINAL: money.original_budget,
        _CURRENT: money.current_budget,
        _DISBURSED: money.disbursed,
        _RATE: money.execution_rate,
    }


def _summary(
    sheet: Sheet,
    title: str,
    heads: Sequence[ListHead],
    rows: Sequence[Sequence[object]],
    totals: Mapping[int, Decimal | None],
    total: str,
) -> int:
    """Write a list of projects, a row of totals by formula; return the row after."""
    last = _listed(sheet, title, heads, rows)
    sheet.put(last, 0, None, "head")
    sheet.put(last, 1, None, "head")
    sheet.put(last, 2, total, "head")
    for column, head in enumerate(heads[3:], start=3):
        if column not in totals or not rows:
            sheet.put(last, column, None, "head")
            continue
        first = place(_HEAD_ROW + 1, column)
        text = f"=SUM({first}:{place(max(last - 1, _HEAD_ROW + 1), column)})"
        if column == _RATE:
            whole, part = place(last, _CURRENT), place(last, _DISBURSED)
            text = f'=IF({whole}=0,"",ROUND({part}/{whole},6))'
        sheet.put(last, column, Formula(text, totals[column]), head.look)
    return last + 1


def _listed(
    sheet: Sheet,
    title: str,
    heads: Sequence[ListHead],
    rows: Sequence[Sequence[object]],
) -> int:
    """Write a titled list, and return the row after its last."""
    sheet.entitle(title, len(heads), "title")
    sheet.sheet.set_row(0, 30)
    last = sheets.write_list(sheet, heads, rows, start=_HEAD_ROW)
    sheet.sheet.freeze_panes(_HEAD_ROW + 1, 0)
    sheet.sheet.repeat_rows(_HEAD_ROW)
    return last


def _close(sheet: Sheet, last: int, right: int, note: str = "") -> None:
    """Write a *note* in the row *last*, if there is any, and make it ready to print."""
    if note:
        sheet.merge((last, 0), (last, right), "note")
        sheet.put(last, 0, note, "note")
        last += 1
    sheet.paper(landscape=True, last=(last - 1, right))
