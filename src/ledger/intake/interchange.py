"""The interchange form of approvals: JSON in, ``BudgetApproved`` and findings out."""

import os
from collections.abc import Iterable, Mapping
from datetime import date
from functools import partial
from typing import Any, Final, TypeVar

import attrs
from attrs import define, field

from ledger.domain.adjustment_kind import BudgetOrigin
from ledger.domain.calendar import printed_date
from ledger.domain.codes import checked_code, corrected_code
from ledger.domain.decisions import decide
from ledger.domain.errors import InvalidInput, LedgerError
from ledger.domain.events import BudgetApproved
from ledger.domain.finding import Finding, Severity, Text, finding
from ledger.domain.indicator import Indicator
from ledger.domain.money import Amount
from ledger.domain.plain_budget import PlainBudget
from ledger.domain.plain_results import PlainIndicators
from ledger.domain.progress import Progress, silent, watched
from ledger.domain.project_category import ProjectCategory
from ledger.domain.results import all_of
from ledger.domain.scale import WAN, Scale
from ledger.domain.settings import Settings
from ledger.domain.subject import ProjectCode
from ledger.intake import execution_weight as execution
from ledger.intake import fields
from ledger.intake import known_keys as keys
from ledger.intake.checks import check_form, check_together, weights_off
from ledger.intake.code_list import read_codes
from ledger.intake.column_heads import head_of_form
from ledger.intake.error_collector import ErrorCollector, as_finding
from ledger.intake.form_indicators import read_indicator
from ledger.intake.form_money import FormMoney
from ledger.intake.form_objectives import read_objectives
from ledger.intake.forms import Forms
from ledger.intake.heading_checks import check_headings
from ledger.intake.money_units import known_units, main_units_in
from ledger.intake.not_printed import NotPrinted
from ledger.intake.part_rows import read_as_part, unequal_parts, whole_of, with_part
from ledger.intake.readers.form_source import Source
from ledger.messages import Message, message, named

T = TypeVar("T")

_PRINTED: Final = frozenset(
    "title unit_code unit_name plan_header plan_columns".split()
)
"""What may stand on a form before anybody fills it in."""


def read(
    sources: Iterable[Source],
    settings: Settings,
    *,
    on: date | None = None,
    fiscal_year: int | str | None = None,
    origin: BudgetOrigin | None = None,
    new_source: bool = False,
    codes: Mapping[str, str] | None = None,
    unit: str | None = None,
    budgets: Mapping[str, Amount] | None = None,
    code_list: str | os.PathLike[str] | None = None,
    progress: Progress = silent,
) -> Forms:
    """
    Take the content of *sources*; every error is collected as a finding.

    Args:
        on: The day of approval where the form does not say; by default the first of
            the fiscal year.

        fiscal_year: Where the source does not say.

        origin: Of budgets, where a form does not say.

        new_source: Whether forms may bring funding sources of any name.

        codes: Of projects whose forms print none, by their names; that of the empty
            name is for any.

        unit: The code of the unit where a form prints none.

        budgets: Of projects whose forms print none, by their names likewise, in the
            main unit of the currency.

        code_list: A table of names and codes of these projects and others.

        progress: Called with how many more forms were read, of how many in a source.

    Raises:
        InvalidInput: A source has no content of the interchange form at all.
    """
    forms = Forms()
    seen: dict[str, Message] = {}
    given = NotPrinted(
        {} if codes is None else codes,
        unit,
        {} if budgets is None else budgets,
        {} if code_list is None else read_codes(code_list),
    )
    for source in sources:
        forms.names.append(source.name)
        content = source.content
        projects = content.get("projects")
        if not isinstance(projects, list):
            right = message("expected.list_of_projects")
            raise InvalidInput(source.name, fields.kind(content), right)
        if not (source.keyed or content.get("department") or any(map(_said, projects))):
            right = message("expected.form_filled_in")
            raise InvalidInput(source.name, message("found.empty_form"), right)
        reader = _FormReader(forms, source, settings, on, seen, new_source=new_source)
        reader.origin = origin
        try:
            reader.read_document(content.get("document"), fiscal_year)
        except InvalidInput as problem:
            path = f"document/{problem.field}"
            file = source.place(path)
            cell = source.cell("projects/0", problem.field)
            if path not in source.places and cell:  # The column is there, and is empty.
                file = f"{source.name}:{cell}"
            head = None if source.keyed else head_of_form(problem.field)
            field = head or named(problem.field)
            place = message("place.document", file=file, field=field)
            raise InvalidInput(place, problem.found, problem.expected) from problem
        if not projects and content.get("department") is None:
            right = message("expected.one_project")
            raise InvalidInput(source.name, message("found.no_form"), right)
        for number, project in watched(
            enumerate(projects, start=1), progress, len(projects)
        ):
            given.complete(project, reader.money.scale)
            reader.read_project(number, project)
        given.complete_unit(content.get("department"))
        reader.read_unit(content.get("department"))
    given.check_names()
    approved = [a for _, a in forms.approvals if isinstance(a, BudgetApproved)]
    forms.findings += [f.at(forms.name) for f in check_together(approved)]
    return forms


def _said(form: dict[str, Any]) -> bool:
    """Return whether anything is filled in on a form that was found by its labels."""
    return any(value for name, value in form.items() if name not in _PRINTED)


@define
class _FormReader:
    """Reads one source, form by form."""

    forms: Forms
    source: Source
    settings: Settings
    on: date | None
    seen: dict[str, Message]
    fiscal_year: int = 0
    money: FormMoney = field(init=False)
    number: str | None = None
    origin: BudgetOrigin | None = None
    new_source: bool = False

    def read_document(self, document: Any, fiscal_year: int | str | None) -> None:
        """Read what holds for all forms: the year, the unit of money, the date."""
        values = fields.mapping(document, "document")
        year = values.get("fiscal_year", fiscal_year)
        if year is None and self.source.year_of_name is not None:
            year = self.source.year_of_name
            said = finding("published.year_of_name", understood=str(year))
            self.source.say("", said)
        self._say(self.source.name, self.source.findings_of(""))
        self.fiscal_year = self.settings.year_named(year)
        self.settings.year(self.fiscal_year)
        found = [*keys.unknown(self.source.content, "file")]
        self._say(self.source.name, [*found, *keys.unknown(document, "document")])
        currency = self.settings.currency
        unit = values.get("money_unit")
        scale = main_units_in(unit, currency) if isinstance(unit, str) else None
        if "money_unit" not in values:
            scale = WAN if self.settings.scale is Scale.WAN else 1
            if not self.source.keyed:
                own = self.settings.unit
                note = finding("form.money_unit_of_ledger", understood=own)
                self._say(self.source.name, [note])
        if scale is None:
            right = message("expected.one_of", words=known_units(currency))
            raise InvalidInput("money_unit", unit, right)
        self.money = FormMoney(
            self.settings, self.fiscal_year, scale, self.source.keyed
        )
        self.number = fields.maybe(values, "number")
        if values.get("approved_on") is not None and self.on is None:
            self.on = printed_date(values["approved_on"], name="approved_on")

    def read_project(self, number: int, form: Any) -> None:
        """Read one form; what is wrong in it becomes findings at its place."""
        code = form.get("project_code") if isinstance(form, dict) else None
        path = f"projects/{number - 1}"
        inner = message("place.form_without_code", number=number)
        if code:
            inner = message("place.form", number=number, code=str(code))
        place = message("place.within", outer=self.source.place(path), inner=inner)
        findings = self.source.findings_of(path)
        if not isinstance(form, dict):
            found = finding("form.not_an_object", found=fields.kind(form))
            self._say(place, [found])
            return
        try:
            approval = self._approval(form, path, place, findings)
            if approval is not None:
                nothing = (
                    PlainBudget(project=ProjectCode(approval.project)),
                    PlainIndicators(subject=""),
                )
                meant = attrs.evolve(
                    approval, new_source=True
                )  # As its requests check.
                decided = decide(*nothing, meant, self.settings)
                findings += getattr(decided, "findings", ())
        except LedgerError as problem:
            findings.append(as_finding(problem, self.source, path))
        else:
            if approval is None:
                self._say(place, findings)
                return
            findings += check_form(approval, self.settings)
            if not any(f.severity is Severity.ERROR for f in findings):
                whole = attrs.evolve(approval, findings=tuple(findings))
                self.forms.approvals.append((place, whole))
        self._say(place, findings)

    def read_unit(self, given: Any) -> None:
        """Read part one, where its indicators are given as objects and not as prose."""
        if given is None:
            return
        part = message("place.department")
        place = message("place.within", outer=self.source.name, inner=part)
        findings: list[Finding] = []
        on = self.on or self.settings.year(self.fiscal_year).start
        try:
            objectives = read_objectives(given, self.fiscal_year, on, findings)
            if objectives is not None:
                nothing = (
                    PlainBudget(project=ProjectCode("")),
                    PlainIndicators(subject=objectives.unit),
                )
                decide(*nothing, objectives, self.settings)
                rows = all_of(objectives)
                findings += weights_off(rows, objectives.execution_weight)
        except LedgerError as problem:
            findings.append(as_finding(problem))
        else:
            if objectives is not None:
                self.forms.approvals.append((place, objectives))
        self._say(place, findings)

    def _say(self, place: Text, findings: Iterable[Finding]) -> None:
        self.forms.findings += [each.at(place) for each in findings]

    def _approval(
        self, form: dict[str, Any], path: str, place: Message, findings: list[Finding]
    ) -> BudgetApproved | None:
        """Return the approval of a form; ``None`` where its findings say why not."""
        findings += keys.unknown(form, "project")
        errors = ErrorCollector(findings, (), self.source, path)
        indicators = errors.take(lambda: self._indicators(form, path, findings))
        code = errors.take(lambda: _code(form, "project_code"))
        if code is not None:
            findings += self._check_code(code, place)
        budget = errors.take(lambda: self.money.amount(form, "budget"))
        plan, sources = None, None
        if budget is not None:
            plan = errors.take(lambda: self.money.plan(form, budget))
            sources = errors.take(lambda: self.money.sources(form, budget, findings))
        else:  # Their sum cannot be checked, but each amount can.
            errors.take(lambda: self.money.plan_row(form))
            errors.take(lambda: self.money.given(form))
        findings += plan.findings if plan is not None else ()
        on = errors.take(lambda: self._approved_on(form))
        name = errors.take(lambda: fields.text(form, "project_name"))
        unit = errors.take(lambda: _code(form, "unit_code"))
        unit_name, purpose, document, giver = (
            errors.take(partial(fields.maybe, form, named))
            for named in ("unit_name", "purpose", "document", "carried_from")
        )
        goals = errors.take(lambda: _goals(form))
        origin = errors.take(lambda: fields.choice(form, "origin", BudgetOrigin))
        category = errors.take(lambda: _category(form))
        points = errors.take(
            partial(execution.points, form, path, self.source, findings)
        )
        if code is None or on is None or name is None or unit is None or errors.failed:
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
            origin=origin or self.origin,
            new_source=self.new_source,
            carried_from=giver,
            project_category=category,
            execution_weight=points,
        )

    def _approved_on(self, form: dict[str, Any]) -> date:
        approved_on = form.get("approved_on")
        if approved_on is None:
            return self.on or self.settings.year(self.fiscal_year).start
        return printed_date(approved_on, name="approved_on")

    def _indicators(
        self, form: dict[str, Any], path: str, findings: list[Finding]
    ) -> list[Indicator]:
        """Return the indicators that can be taken; say what is wrong with others."""
        taken: list[Indicator] = []
        headings: set[str] = set()
        for number, row in enumerate(fields.many(form, "indicators"), start=1):
            part = f"{path}/indicators/{number - 1}"
            where = self.source.places.get(part, "")
            named_row = message("place.indicator", number=number)
            place = tuple(part for part in (where, named_row) if part)
            findings += [f.at(*place) for f in keys.unknown(row, "indicator")]
            if execution.is_row(row):
                continue
            errors = ErrorCollector(findings, place, self.source, part)
            read = read_indicator(row, errors, self.fiscal_year)
            if read is None:
                continue
            whole = with_part(taken[-1], read) if taken else None
            if whole is not None:
                findings.append(read_as_part(taken[-1], read).at(*place))
                taken[-1] = whole
            else:
                taken.append(read)
                misspelt = check_headings(read, self.source, part, headings)
                findings += [f.at(*place) for f in misspelt]
        for read in whole_of(taken):
            place = (f"{read.level2} {read.name}",)
            findings += [f.at(*place) for f in unequal_parts(read)]
        return taken

    def _check_code(self, code: str, place: Message) -> list[Finding]:
        found = []
        right = corrected_code(code)
        if right is not None:
            found.append(finding("code.check_character", found=code, expected=right))
        if code in self.seen:
            found.append(
                finding(
                    "form.duplicate_code",
                    found=code,
                    expected=message("expected.one_form"),
                    other=self.seen[code],
                )
            )
        self.seen.setdefault(code, place)
        return found


def _code(form: dict[str, Any], name: str) -> str:
    return checked_code(form.get(name), name=name)


def _category(form: dict[str, Any]) -> ProjectCategory | None:
    return fields.choice(form, "project_category", ProjectCategory)


def _goals(form: dict[str, Any]) -> tuple[str, ...]:
    return tuple(
        fields.plain(goal, message("place.goal", number=number))
        for number, goal in enumerate(fields.many(form, "goals"), start=1)
    )
