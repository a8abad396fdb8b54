"""The interchange form of approvals: JSON in, ``BudgetApproved`` and findings out."""

import re
from collections.abc import Callable, Iterable
from datetime import date
from functools import partial
from typing import Any, Final, TypeVar

import attrs
import msgspec
from attrs import define, field

from ledger.domain.budget import PlainBudget
from ledger.domain.calendar import parse_date
from ledger.domain.codes import checked_code, corrected_code
from ledger.domain.decisions import decide
from ledger.domain.errors import ImportRefused, InvalidInput, LedgerError
from ledger.domain.events import (
    BudgetApproved,
    Event,
    Funding,
    Objective,
    ObjectivesSet,
)
from ledger.domain.exact_numbers import EXACTLY
from ledger.domain.finding import Finding, Severity, error, note, warning
from ledger.domain.identity import canonical_source
from ledger.domain.indicator import (
    Direction,
    Indicator,
    IndicatorReference,
    Measure,
    default_measure,
    is_cost,
)
from ledger.domain.money import FISCAL, OTHER, exact
from ledger.domain.plan import PlanRead, Reading, checkpoint_date, read_plan
from ledger.domain.progress import Progress, silent, watched
from ledger.domain.results import Indicators, all_of
from ledger.domain.settings import Settings
from ledger.domain.target import parse_target
from ledger.intake import execution_weight as execution
from ledger.intake import fields
from ledger.intake import known_keys as keys
from ledger.intake.checks import check_form, check_together, weights_off
from ledger.intake.corrections import compared, revised
from ledger.intake.readers.form_source import Source
from ledger.intake.requests import Request
from ledger.intake.revision import Approval, Revision, forms_taken, held, in_force

T = TypeVar("T")

Recorded = Callable[[Approval], Iterable[Event]]
"""Returns the events of the stream that an approval belongs to."""

MONEY_UNITS: Final = {"元": 1, "万元": 10_000, "亿元": 100_000_000}
_DEFAULT_COLUMNS: Final = ("3月底", "6月底", "10月底", "12月底")
_SEVERITIES: Final = list(Severity)
_UNFILLED: Final = re.compile(
    r".*(?:[*＊]{2,}|[xX×]{2,}|_{2,}|[○□]{2,}).*|[≥≤≧≦＞＜><=＝][^0-9０-９]{0,4}"
)
"""A target of a template: its place for a number is still empty."""


@define
class Forms:
    """
    Approvals read from files, and what is to be said of them.

    Attributes:
        names: Of the files.

        approvals: With the place where each stands.
    """

    names: list[str] = field(factory=list)
    approvals: list[tuple[str, Approval]] = field(factory=list)
    findings: list[Finding] = field(factory=list)

    @property
    def name(self) -> str:
        """The names of all files."""
        return ", ".join(self.names)

    def requests(
        self,
        recorded: Recorded,
        settings: Settings,
        *,
        revise_on: date | None = None,
        new_source: bool = False,
    ) -> list[Request]:
        """
        Return what is to be recorded: approvals that are not, and revisions.

        Args:
            recorded: Returns the events of an approval's stream, as far as there are.

            revise_on: The day from which a form with other content than is recorded
                revises it; without it such a form is an error.

            new_source: Whether a corrected form may bring a funding source of any name.

        Raises:
            ImportRefused: There are errors, or a recorded approval differs.
        """
        found: list[Request] = []
        for place, approval in self.approvals:
            events = list(recorded(approval))
            taken = forms_taken(events)
            if not taken:
                found.append(Request(event=approval, place=place))
                continue
            if revise_on is None or isinstance(approval, ObjectivesSet):
                said = compared(events, taken, approval, settings)
                self.findings.append(said.at(place))
                continue
            base, now = in_force(taken, revise_on), held(events, revise_on)
            assert isinstance(base.form, BudgetApproved)
            assert isinstance(now, BudgetApproved)
            revision = Revision(
                project=approval.project,
                on=revise_on,
                reason=f"corrected form, {place.partition(' › ')[0]}",
                base=base.form,
                given=approval,
                ledger=now,
                settings=settings,
                new_source=new_source,
            )
            events_of_it, said_of_it = revised(revision, taken)
            self.findings += [finding.at(place) for finding in said_of_it]
            found += [Request(event=event, place=place) for event in events_of_it]
        self.findings.sort(key=lambda f: _SEVERITIES.index(f.severity))
        if any(finding.severity is Severity.ERROR for finding in self.findings):
            raise ImportRefused(self.name, self.findings)
        return found


def read(
    sources: Iterable[Source],
    settings: Settings,
    *,
    on: date | None = None,
    fiscal_year: int | None = None,
    progress: Progress = silent,
) -> Forms:
    """
    Take the content of *sources*; every error is collected as a finding.

    Args:
        on: The day of approval where the form does not say; by default the first of
            the fiscal year.

        fiscal_year: Where the source does not say.

        progress: Is told how many more forms were read, of how many in a source.

    Raises:
        InvalidInput: A source has no content of the interchange form at all.
    """
    forms = Forms()
    seen: dict[str, str] = {}
    for source in sources:
        forms.names.append(source.name)
        content = source.content
        projects = content.get("projects")
        if not isinstance(projects, list):
            raise InvalidInput(
                source.name, fields.kind(content), "an object with a list `projects`"
            )
        reader = _Reader(forms, source, settings, on, seen)
        try:
            reader.read_document(content.get("document"), fiscal_year)
        except InvalidInput as problem:
            place = f"{source.name}, document, {problem.field}"
            raise InvalidInput(place, problem.found, problem.expected) from problem
        if not projects and content.get("department") is None:
            raise InvalidInput(source.name, "no form", "at least one in `projects`")
        for number, project in watched(
            enumerate(projects, start=1), progress, len(projects)
        ):
            reader.read_project(number, project)
        reader.read_department(content.get("department"))
    approved = [a for _, a in forms.approvals if isinstance(a, BudgetApproved)]
    forms.findings += [f.at(forms.name) for f in check_together(approved)]
    return forms


@define
class _Reader:
    """Reads one source, form by form."""

    forms: Forms
    source: Source
    settings: Settings
    on: date | None
    seen: dict[str, str]
    fiscal_year: int = 0
    scale: int = 10_000
    number: str | None = None

    def read_document(self, document: Any, fiscal_year: int | None) -> None:
        """Read what holds for all forms: the year, the unit of money, the date."""
        values = fields.mapping(document, "document")
        year = values.get("fiscal_year", fiscal_year)
        self._say(self.source.name, self.source.findings_of(""))
        if isinstance(year, bool) or not isinstance(year, int):
            raise InvalidInput("fiscal_year", year, "a year such as 2023")
        self.settings.year(year)
        self.fiscal_year = year
        found = [*keys.unknown(self.source.content, "a file")]
        self._say(self.source.name, [*found, *keys.unknown(document, "document")])
        code = self.settings.currency.code
        unit = values.get("money_unit", "万元" if code == "CNY" else None)
        if unit == code:
            unit = "元"
        if not isinstance(unit, str) or unit not in MONEY_UNITS:
            units = ", ".join([*MONEY_UNITS, code])
            raise InvalidInput("money_unit", unit, f"one of {units}")
        self.scale = MONEY_UNITS[unit]
        self.number = fields.maybe(values, "number")
        if values.get("approved_on") is not None and self.on is None:
            self.on = parse_date(values["approved_on"], name="approved_on")

    def read_project(self, number: int, form: Any) -> None:
        """Read one form; what is wrong in it becomes findings at its place."""
        code = form.get("project_code") if isinstance(form, dict) else None
        path = f"projects/{number - 1}"
        place = f"{self.source.place(path)} › form {number} ({code or 'no code'})"
        findings = self.source.findings_of(path)
        if not isinstance(form, dict):
            self._say(
                place, [error("form.not_an_object", f"found {fields.kind(form)}")]
            )
            return
        try:
            approval = self._approval(form, path, place, findings)
            if approval is not None:
                nothing = PlainBudget(project=approval.project), Indicators("")
                decide(*nothing, approval, self.settings)
        except LedgerError as problem:
            findings.append(_as_finding(problem))
        else:
            if approval is None:
                self._say(place, findings)
                return
            findings += check_form(approval, self.settings)
            if not any(f.severity is Severity.ERROR for f in findings):
                said = tuple(str(finding) for finding in findings)
                self.forms.approvals.append(
                    (place, attrs.evolve(approval, findings=said))
                )
        self._say(place, findings)

    def read_department(self, department: Any) -> None:
        """Read part one, where its indicators are given as objects and not as prose."""
        if department is None:
            return
        place = f"{self.source.name} › department"
        findings: list[Finding] = []
        try:
            objectives = self._objectives(department, findings)
            if objectives is not None:
                nothing = PlainBudget(project=""), Indicators(objectives.unit)
                decide(*nothing, objectives, self.settings)
                rows = [i.weight for i in all_of(objectives)]
                findings += weights_off(rows, objectives.execution_weight)
        except LedgerError as problem:
            findings.append(_as_finding(problem))
        else:
            if objectives is not None:
                self.forms.approvals.append((place, objectives))
        self._say(place, findings)

    def _say(self, place: str, findings: Iterable[Finding]) -> None:
        self.forms.findings += [finding.at(place) for finding in findings]

    def _approval(
        self, form: dict[str, Any], path: str, place: str, findings: list[Finding]
    ) -> BudgetApproved | None:
        """Return the approval of a form; ``None`` where its findings say why not."""
        findings += keys.unknown(form, "a project")
        each, budget = _Each(findings), None
        indicators = each.take(lambda: self._indicators(form, path, findings))
        code = each.take(
            lambda: checked_code(form.get("project_code"), name="project_code")
        )
        if code is not None:
            findings += self._check_code(code, place)
        budget = each.take(lambda: self._money(form, "budget"))
        plan, sources = None, None
        if budget is not None:
            plan = each.take(lambda: self._plan(form, budget))
            sources = each.take(lambda: self._sources(form, budget, findings))
        findings += plan.findings if plan is not None else ()
        on = each.take(lambda: self._approved_on(form))
        name = each.take(lambda: fields.text(form, "project_name"))
        unit = each.take(lambda: checked_code(form.get("unit_code"), name="unit_code"))
        unit_name, purpose, document = (
            each.take(partial(fields.maybe, form, named))
            for named in ("unit_name", "purpose", "document")
        )
        goals = each.take(lambda: _goals(form))
        points = each.take(partial(execution.points, form, path, self.source, findings))
        if code is None or on is None or name is None or unit is None or each.failed:
            return None
        assert plan is not None
        return BudgetApproved(
            project=code,
            on=on,
            name=name,
            unit=unit,
            unit_name=unit_name,
            fiscal_year=self.fiscal_year,
            amounts=tuple(sources or ()),
            plan=plan.plan,
            indicators=tuple(indicators or ()),
            goals=goals or (),
            purpose=purpose,
            document=document or self.number,
            execution_weight=points,
        )

    def _approved_on(self, form: dict[str, Any]) -> date:
        approved_on = form.get("approved_on")
        if approved_on is None:
            return self.on or self.settings.year(self.fiscal_year).start
        return parse_date(approved_on, name="approved_on")

    def _indicators(
        self, form: dict[str, Any], path: str, findings: list[Finding]
    ) -> list[Indicator]:
        """Return the indicators that can be taken; say what is wrong with others."""
        taken = []
        for number, row in enumerate(fields.many(form, "indicators"), start=1):
            where = self.source.places.get(f"{path}/indicators/{number - 1}", "")
            place = [each for each in (where, f"indicator {number}") if each]
            findings += [f.at(*place) for f in keys.unknown(row, "an indicator")]
            if execution.is_row(row):
                continue
            try:
                taken.append(self._indicator(row, f"indicator {number}", findings))
            except LedgerError as problem:
                findings.append(_as_finding(problem).at(*place))
        return taken

    def _check_code(self, code: str, place: str) -> list[Finding]:
        found = []
        right = corrected_code(code)
        if right is not None:
            found.append(
                error(
                    "code.check_character",
                    f"the check character of {code} is wrong; it should be {right}",
                    found=code,
                    expected=right,
                )
            )
        if code in self.seen:
            found.append(
                error(
                    "form.duplicate_code",
                    f"{code} has a form already, in {self.seen[code]}",
                    found=code,
                    expected="one form for each project",
                )
            )
        self.seen.setdefault(code, place)
        return found

    def _money(self, form: dict[str, Any], name: str) -> int | None:
        value: Any = form.get(name)
        if value is None and name == "budget":
            raise InvalidInput(name, value, "the amount approved, such as 20.00")
        if value is None:
            return None
        amount = EXACTLY.multiply(exact(value, field=name), self.scale)
        return self.settings.currency.minor(amount, field=name)

    def _sources(
        self, form: dict[str, Any], budget: int, findings: list[Finding]
    ) -> list[Funding]:
        """Return the budget by funding source, which must sum to the whole."""
        named = fields.mapping(form.get("sources"), "sources")
        if named:
            amounts = {}
            for name in named:
                source = canonical_source(str(name))
                if source in amounts:
                    raise InvalidInput("sources", name, f"one amount for {source}")
                amounts[source] = self._money(named, name)
        else:
            amounts = {
                FISCAL: self._money(form, "fiscal_funds"),
                OTHER: self._money(form, "other_funds"),
            }
        given = {s: amount for s, amount in amounts.items() if amount is not None}
        if not given:
            findings.append(
                note(
                    "form.sources_missing",
                    "no amount by funding source; the whole budget is taken as fiscal",
                    expected="fiscal_funds and other_funds",
                )
            )
            given = {FISCAL: budget}
        if sum(given.values()) != budget:
            money = self.settings.money
            raise InvalidInput(
                "budget",
                money(budget),
                f"the sum of its sources, {money(sum(given.values()))}",
            )
        return [
            Funding(source=s, amount=a) for s, a in given.items() if a or s == FISCAL
        ]

    def _plan(self, form: dict[str, Any], budget: int) -> PlanRead:
        year = self.settings.year(self.fiscal_year)
        columns = form.get("plan_columns") or list(_DEFAULT_COLUMNS)
        if not isinstance(columns, list):
            raise InvalidInput("plan_columns", columns, "a list of month ends")
        numbers = [
            None if fields.is_blank(cell) else self._plan_cell(cell)
            for cell in fields.many(form, "plan_row")
        ]
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
        percent = read_as.plan.reading.value.startswith("percent")
        if header and ("%" in header or "％" in header) and not percent:
            said = warning(
                "plan.header_percent",
                f"the header {header!r} says % over amounts; read as amounts",
                found=header,
                understood="amounts",
                expected="a header that names the unit of money",
            )
            return PlanRead(read_as.plan, (said, *read_as.findings))
        return read_as

    def _plan_cell(self, cell: Any) -> int:
        amount = EXACTLY.multiply(exact(cell, field="plan_row"), self.scale)
        return self.settings.currency.minor(amount, field="plan_row")

    def _indicator(self, row: Any, place: str, findings: list[Finding]) -> Indicator:
        if not isinstance(row, dict):
            raise InvalidInput(place, fields.kind(row), "an object")
        name = fields.text(row, "level3")
        level1, level2 = fields.text(row, "level1"), fields.text(row, "level2")
        printed = fields.printed(row, "target")
        if printed is not None and _UNFILLED.fullmatch("".join(printed.split())):
            findings.append(_unfilled(printed).at(f"{level2} {name}"))
        target, said = parse_target(printed, fiscal_year=self.fiscal_year)
        findings += [finding.at(f"{level2} {name}") for finding in said]
        cost = is_cost(level1, level2, name)
        return Indicator(
            level1=level1,
            level2=level2,
            name=name,
            target=target,
            measure=fields.choice(row, "measure", Measure)
            or default_measure(target, cost=cost),
            description=fields.maybe(row, "description"),
            basis=fields.maybe(row, "basis"),
            weight=fields.decimal(row, "weight"),
            baseline=fields.decimal(row, "baseline"),
            direction=fields.choice(row, "direction", Direction),
            computed_from=tuple(
                _reference(r, name) for r in fields.many(row, "computed_from")
            ),
        )

    def _objectives(self, given: Any, findings: list[Finding]) -> ObjectivesSet | None:
        department = fields.mapping(given, "department")
        goals = [
            fields.mapping(goal, f"goal {number}")
            for number, goal in enumerate(fields.many(department, "goals"), start=1)
        ]
        prose = [
            str(goal.get("title"))
            for goal in goals
            if any(isinstance(i, str) for i in fields.many(goal, "indicators"))
        ]
        findings += keys.unknown(department, "department")
        for number, goal in enumerate(goals, start=1):
            findings += [f.at(f"goal {number}") for f in keys.unknown(goal, "a goal")]
            found = keys.every(goal.get("indicators"), "an indicator")
            findings += [f.at(f"goal {number}, indicator {i}") for i, f in found]
        if prose or not department.get("unit_code"):
            findings.append(
                note(
                    "objectives.prose",
                    "the unit's goals are prose; they are not recorded as objectives",
                    found="; ".join(prose) or None,
                    expected="unit_code, and indicators as objects",
                )
            )
            return None
        year = self.settings.year(self.fiscal_year)
        return ObjectivesSet(
            unit=checked_code(department.get("unit_code"), name="unit_code"),
            on=self.on or year.start,
            name=fields.text(department, "unit_name"),
            fiscal_year=self.fiscal_year,
            overall_goal=fields.maybe(department, "overall_goal"),
            execution_weight=execution.given(department),
            objectives=tuple(
                Objective(
                    title=fields.text(goal, "title"),
                    objective=fields.maybe(goal, "objective"),
                    indicators=tuple(
                        self._indicator(row, f"goal {number}, indicator {i}", findings)
                        for i, row in enumerate(
                            fields.many(goal, "indicators"), start=1
                        )
                    ),
                )
                for number, goal in enumerate(goals, start=1)
            ),
        )


@define
class _Each:
    """
    Fields of a form taken one by one, so that all that are wrong are said.

    Attributes:
        findings: Where it is said.

        failed: Whether one could not be taken.
    """

    findings: list[Finding]
    failed: bool = False

    def take(self, make: Callable[[], T]) -> T | None:
        """Return what *make* takes; ``None`` where it cannot."""
        try:
            return make()
        except LedgerError as problem:
            self.findings.append(_as_finding(problem))
            self.failed = True
            return None


def _goals(form: dict[str, Any]) -> tuple[str, ...]:
    return tuple(
        fields.plain(goal, f"goal {number}")
        for number, goal in enumerate(fields.many(form, "goals"), start=1)
    )


def _as_finding(problem: LedgerError) -> Finding:
    if not isinstance(problem, InvalidInput):
        return error("form.invalid", str(problem))
    return error(
        "form.invalid",
        str(problem),
        found=str(problem.found)[:200],
        expected=problem.expected,
    )


def _day(pair: tuple[date, int | None]) -> date:
    return pair[0]


def _reference(value: Any, name: str) -> IndicatorReference:
    try:
        return msgspec.convert(value, IndicatorReference)
    except msgspec.ValidationError as problem:
        raise InvalidInput(
            f"{name}, computed_from", value, "objects with project and indicator"
        ) from problem


def _unfilled(printed: str) -> Finding:
    """Say that a target has no number where a template has a place for one."""
    return warning(
        "target.unfilled",
        f"{printed} has a place for a number that nobody filled in",
        found=printed,
        expected="a quantity, a date or a quality",
    )
