"""What is to be known of results that a revised form judges by another measure."""

import msgspec

from ledger.domain.finding import finding
from ledger.domain.results import Indicators
from ledger.domain.revised_indicators import RevisedIndicators, RevisedTracked
from ledger.messages import Language
from ledger.projections.attainment import AttainmentLine


def judged_again(
    lines: list[AttainmentLine], state: Indicators, language: Language
) -> list[AttainmentLine]:
    """Return lines with a note where all results are judged by another measure."""
    if not isinstance(state, RevisedIndicators):
        return lines
    return [_noted(line, state, language) for line in lines]


def _noted(
    line: AttainmentLine, state: RevisedIndicators, language: Language
) -> AttainmentLine:
    one = state.tracked[line.indicator]
    if not isinstance(one, RevisedTracked) or one.measured is None:
        return line
    now, before = one.row.measure, one.one.original.measure
    if now is before or not line.results:
        return line
    note = finding(
        "result.judged_again", measure=now, on=one.measured, before=before
    ).at(line.project, line.indicator, language=language)
    return msgspec.structs.replace(line, findings=(*line.findings, note))
