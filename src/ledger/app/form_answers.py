"""What a person filled into an official form, as facts: cell by cell."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Final

from attrs import define, field

from ledger.app.form_cells import FormCells, Unfit
from ledger.app.form_results import forecast_of, result_of, score_of
from ledger.app.written_reasons import is_labelled, split_off, written_reason
from ledger.domain.choices import offered
from ledger.domain.errors import InvalidInput
from ledger.domain.events import Event, ResultReported
from ledger.domain.finding import Finding, finding
from ledger.domain.funding import Funding, official_row
from ledger.domain.indicator import IndicatorLabel, Rating
from ledger.domain.results import VarianceExplanation
from ledger.domain.statement_events import (
    ConclusionStated,
    GoalAssessed,
    OutlookStated,
    ScoreReported,
    VarianceExplained,
)
from ledger.domain.variance import Likelihood, VarianceCategory
from ledger.intake.filled_forms import FilledCell
from ledger.intake.requests import Problem, Request
from ledger.messages import Message, message
from ledger.projections.attainment import AttainmentLine
from ledger.reports.render.official_fillings import STATED
from ledger.reports.values.monitoring import MonitoredProject
from ledger.reports.values.outlooks import MonitoredIndicator
from ledger.reports.values.self_evaluation import EvaluatedIndicator, Evaluation

_TOTAL: Final = "ahead"
_ROW_OF_MONEY: Final = "ahead_"
_CATEGORIES: Final = tuple(member.value for member in VarianceCategory)
_LIKELIHOODS: Final = tuple(member.value for member in Likelihood)


@define(kw_only=True)
class FormAnswers:
    """
    The facts that a filled form asks to record.

    Attributes:
        cells: Of the form, each next to what was printed and what would be now.

        on: The day of the facts.

        about: The month or the year that they answer for.

        reasons: Of scores, by indicator, that of execution under ``None``; they stand
            on a sheet of our own.

        notes: What each cell becomes.
    """

    cells: FormCells
    on: date
    about: str
    reasons: Mapping[str | None, FilledCell] = field(factory=dict)
    requests: list[Request] = field(factory=list)
    problems: list[Problem] = field(factory=list)
    notes: list[Finding] = field(factory=list)

    def take(self) -> None:
        """Take all cells but scores, which are compared with what the others make."""
        of = self.cells.head.of
        if isinstance(of, MonitoredProject):
            self._try(self._money_outlook, of)
            for row, line in self.cells.lines():
                assert isinstance(line, MonitoredIndicator)  # Of a monitoring.
                self._try(self._result, row, line.line)
                self._try(self._reasons, row, line.line)
                self._try(self._outlook, row, line)
            return
        self._try(self._goals, of)
        self._try(self._conclusion)
        for row, member in self.cells.lines():
            self._try(self._result, row, member.line)
            self._try(self._why, row, member.line)

    def take_scores(self, after: FormCells) -> list[Request]:
        """
        Return the scores that differ from what was printed, and from what comes out.

        Args:
            after: The form as it is with all other facts.
        """
        before = len(self.requests)
        of = self.cells.head.of
        assert isinstance(of, Evaluation)  # Only these have scores.
        self._try(self._score, self.cells.values, None, of, after)
        for row, member in self.cells.lines():
            self._try(self._score, row, member, of, after)
        return self.requests[before:]

    def _try(self, take: Any, *what: Any) -> None:
        """Take some cells; note what cannot be taken where it stands."""
        try:
            take(*what)
        except Unfit as unfit:
            place = self.cells.filled.place(unfit.cell)
            wrong = InvalidInput("cell", unfit.cell.text, unfit.expected)
            heads = {"cell": unfit.label} if unfit.label else None
            self.problems.append(Problem(place, (wrong,), heads))

    def _ask(self, cell: FilledCell, event: Event) -> None:
        place = self.cells.filled.place(cell)
        self.requests.append(Request(event=event, place=place))
        name = Message(f"event.{type(event).__name__}")
        self.notes.append(
            finding("form.taken", place=place, found=cell.text or None, event=name)
        )

    def _about(self, line: AttainmentLine | None = None) -> dict[str, Any]:
        """Return the fields that all statements have."""
        indicator = None if line is None else IndicatorLabel(line.indicator)
        of: dict[str, Any] = {**self.cells.subject, "on": self.on, "about": self.about}
        return of if indicator is None else {**of, "indicator": indicator}

    # Money

    def _money_outlook(self, of: MonitoredProject) -> None:
        """Take what the year will end with, and why the money deviates."""
        changed = self.cells.changed(_TOTAL) or next(self._changed_rows(), None)
        why = self.cells.changed("money_why")
        amounts = self._amounts(of, changed) if changed else None
        reason = None if of.outlook is None else of.outlook.reason
        if why is not None:
            rest, reason = split_off(why.text, reason)
            if (
                rest
                and changed
                and of.explanation is None
                and not is_labelled(rest, self.cells)
            ):
                rest, reason = "", "\n".join(filter(None, [rest, reason]))
            self._explain(why, rest, of.explanation, None)
        kept = None if of.outlook is None else of.outlook.reason
        if changed is None and reason == kept:
            return
        if amounts is None:
            amounts = () if of.outlook is None else of.outlook.amounts
        if not amounts:
            assert why is not None  # Else nothing has changed.
            return
        event = OutlookStated(**self._about(), amounts=amounts, reason=reason)
        self._ask(changed or why or self.cells.values[_TOTAL], event)

    def _changed_rows(self) -> Iterator[FilledCell]:
        for key in self.cells.values:
            if key.startswith(_ROW_OF_MONEY):
                cell = self.cells.changed(key)
                if cell is not None:
                    yield cell

    def _amounts(
        self, of: MonitoredProject, changed: FilledCell
    ) -> tuple[Funding, ...]:
        """Return what will have been disbursed by source, as the rows say it."""
        if self.cells.is_of_unit:
            raise Unfit(changed, message("expected.outlook_of_projects"))
        sources = self.cells.layouts.sources
        parts: list[Funding] = []
        for key, cell in self.cells.values.items():
            if not key.startswith(_ROW_OF_MONEY) or not cell.text:
                continue
            row = key.removeprefix(_ROW_OF_MONEY)
            own = [s for s in of.execution.by_path if official_row(s, sources) == row]
            amount = self.cells.minor(cell)
            if not own and not amount:
                continue
            if len(own) != 1:
                raise Unfit(cell, message("expected.outlook_by_source", sources=own))
            parts.append(Funding(source=own[0], amount=amount))
        total = self.cells.values.get(_TOTAL)
        if not parts and total is not None and total.text:
            own = list(of.execution.by_path)
            if len(own) != 1:
                raise Unfit(total, message("expected.outlook_by_source", sources=own))
            parts = [Funding(source=own[0], amount=self.cells.minor(total))]
        if not parts:
            raise Unfit(changed, message("expected.stays_stated"))
        return tuple(sorted(parts, key=lambda part: part.source))

    # Results

    def _result(self, row: Mapping[str, FilledCell], line: AttainmentLine) -> None:
        cell = self.cells.changed("result", row)
        if cell is None:
            return
        if not cell.text:
            raise self.cells.unfit("result", cell, message("expected.result_retracted"))
        figures = result_of(cell, line, self.cells)
        event = ResultReported(
            **self.cells.subject,
            on=self.on,
            indicator=IndicatorLabel(line.indicator),
            **figures,
        )
        self._ask(cell, event)

    # Explanations

    def _reasons(self, row: Mapping[str, FilledCell], line: AttainmentLine) -> None:
        """Take a ticked reason with its text."""
        ticks = [key for key in _CATEGORIES if key in row and row[key].text]
        moved = [self.cells.changed(key, row) for key in _CATEGORIES if key in row]
        cell = self.cells.changed("text", row) or next(filter(None, moved), None)
        if cell is None:
            return
        text = row.get("text")
        if len(ticks) != 1:
            raise self.cells.unfit("text", cell, message("expected.one_tick"))
        if text is None or not text.text:
            raise self.cells.unfit("text", cell, message("expected.text_of_reason"))
        kept, remark = line.explanation, row.get("remark")
        remedy = None if kept is None else kept.remedy
        if remedy and remark is not None and remedy not in remark.text:
            remedy = None
        event = VarianceExplained(
            **self._about(line),
            category=VarianceCategory(ticks[0]),
            text=text.text,
            remedy=remedy,
        )
        self._ask(cell, event)

    def _why(self, row: Mapping[str, FilledCell], line: AttainmentLine) -> None:
        cell = self.cells.changed("why", row)
        if cell is not None:
            self._explain(cell, cell.text, line.explanation, line)

    def _explain(
        self,
        cell: FilledCell,
        text: str,
        kept: VarianceExplanation | None,
        line: AttainmentLine | None,
    ) -> None:
        """Take a text in which the category, the reason and the remedy stand."""
        if text == self.cells.said_of(kept):
            return
        if not text:
            raise Unfit(cell, message("expected.stays_stated"))
        stated = written_reason(text, self.cells)
        event = VarianceExplained(
            **self._about(line),
            category=stated.category,
            text=stated.text,
            remedy=stated.remedy,
        )
        self._ask(cell, event)

    # What the year ends with

    def _outlook(self, row: Mapping[str, FilledCell], of: MonitoredIndicator) -> None:
        forecast = self.cells.changed("forecast", row)
        moved = [self.cells.changed(key, row) for key in _LIKELIHOODS if key in row]
        tick = next(filter(None, moved), None)
        remark = self._remark(row, of)
        cell = forecast or tick or (remark and remark[0])
        if cell is None:
            return
        ticks = [key for key in _LIKELIHOODS if key in row and row[key].text]
        if len(ticks) > 1:
            label = Likelihood(ticks[1]).value
            raise self.cells.unfit(label, row[ticks[1]], message("expected.one_tick"))
        kept = of.outlook
        reason = remark[1] if remark else (None if kept is None else kept.reason)
        likelihood = Likelihood(ticks[0]) if ticks else None
        stated: dict[str, Any] = {}
        if forecast is not None:
            stated = forecast_of(forecast, of.line)
        elif kept is not None:
            stated = {"value": kept.value, "text": kept.text}
        if likelihood is None:
            words: Sequence[Message] = offered(Likelihood)
            expected = message("expected.likelihood_ticked", words=words)
            raise self.cells.unfit("forecast", cell, expected)
        event = OutlookStated(
            **self._about(of.line), likelihood=likelihood, reason=reason, **stated
        )
        self._ask(cell, event)

    def _remark(
        self, row: Mapping[str, FilledCell], of: MonitoredIndicator
    ) -> tuple[FilledCell, str | None] | None:
        """Return the changed reason of an outlook: what a remark says but a remedy."""
        cell = self.cells.changed("remark", row)
        if cell is None:
            return None
        explained = of.line.explanation
        remedy = None if explained is None else explained.remedy
        reason, _ = split_off(cell.text, remedy)
        return cell, reason or None

    # What a person answers at the end of the year

    def _goals(self, of: Evaluation) -> None:
        """Take what became of each goal: a line for each."""
        cell = self.cells.changed("achieved")
        if cell is None:
            return
        goals = of.goals
        lines = [cell.text] if len(goals) == 1 else cell.text.splitlines()
        lines = [line.strip() for line in lines if line.strip()]
        if len(lines) != len(goals):
            raise Unfit(cell, message("expected.line_for_each_goal", count=len(goals)))
        for number, (line, goal) in enumerate(zip(lines, goals, strict=True), start=1):
            kept = goal.assessed
            if kept is not None and kept.text == line:
                continue
            achieved = self.cells.rating_of(line)
            if achieved is None and kept is not None:
                achieved = kept.achieved
            if achieved is None:
                words = [*self.cells.layouts.ratings.values(), *offered(Rating)]
                raise Unfit(cell, message("expected.begins_with", words=words))
            event = GoalAssessed(
                **self._about(), goal=str(number), text=line, achieved=achieved
            )
            self._ask(cell, event)

    def _conclusion(self) -> None:
        changed = [self.cells.changed(key) for key in STATED]
        cell = next(filter(None, changed), None)
        if cell is None:
            return
        of = self.cells.head.of
        assert isinstance(of, Evaluation)  # Only these have conclusions.
        stated: dict[str, Any] = {
            key: self.cells.values[key].text
            if key in self.cells.values
            else getattr(of.conclusion, key, None)
            for key in STATED
        }
        if not stated["conclusion"]:
            at = self.cells.values.get("conclusion", cell)
            raise Unfit(at, message("expected.conclusion"))
        given: dict[str, Any] = {key: text or None for key, text in stated.items()}
        event = ConclusionStated(**self._about(), **given)
        self._ask(cell, event)

    def _score(
        self,
        row: Mapping[str, FilledCell],
        member: EvaluatedIndicator | None,
        of: Evaluation,
        after: FormCells,
    ) -> None:
        key = "money_score" if member is None else "score"
        line, points = (
            (None, of.money_points) if member is None else (member.line, member.points)
        )
        cell = self.cells.changed(key, None if member is None else row)
        why = self.reasons.get(None if line is None else line.indicator)
        stated = why is not None and why.text and why.text != (points.reason or "")
        if cell is None and not stated:
            return
        if cell is not None and after.shows(key, cell, line) and not stated:
            return
        score: Decimal | None = points.score
        if cell is not None:
            score = score_of(cell)
        if score is None:
            assert why is not None  # Else the cell has a score.
            raise Unfit(why, message("expected.points"))
        reason = why.text if why is not None and why.text else None
        event = ScoreReported(**self._about(line), score=score, reason=reason)
        self._ask(cell or row[key], event)
