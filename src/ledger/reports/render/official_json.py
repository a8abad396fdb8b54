"""The official forms as JSON: keys may be added, never renamed."""

from collections.abc import Mapping

from ledger.domain.statement_events import ConclusionStated, OutlookStated
from ledger.reports.render import json as as_json
from ledger.reports.render.json import plain
from ledger.reports.values.monitoring import MonitoredProject, MonitoringValues
from ledger.reports.values.official_form import FormSubject, GoalLine, MoneyRow
from ledger.reports.values.outlooks import MonitoredIndicator
from ledger.reports.values.self_evaluation import (
    Evaluation,
    Points,
    SelfEvaluationValues,
)


def self_evaluation(whole: SelfEvaluationValues) -> dict[str, object]:
    """Return a self-evaluation as JSON values."""
    return {
        **_head(whole),
        "projects": [_evaluated(one) for one in whole.projects],
        "units": [_evaluated(one) for one in whole.units],
        "findings": _findings(whole),
    }


def monitoring(whole: MonitoringValues) -> dict[str, object]:
    """Return a monitoring as JSON values."""
    return {
        **_head(whole),
        "projects": [_monitored(one) for one in whole.projects],
        "units": [_monitored(one) for one in whole.units],
        "findings": _findings(whole),
    }


def _findings(whole: SelfEvaluationValues | MonitoringValues) -> list[object]:
    language = whole.settings.language
    return [as_json.finding(finding, language) for finding in whole.findings]


def _head(whole: SelfEvaluationValues | MonitoringValues) -> dict[str, object]:
    return {
        "fiscal_year": whole.fiscal_year,
        "through": whole.through.isoformat(),
        "known_at": whole.known_at,
        "origin": whole.origin,
        "position": whole.position,
        "root": whole.root,
        "currency": whole.settings.currency.code,
        **whole.selection.named,
    }


def _evaluated(one: Evaluation) -> dict[str, object]:
    return {
        **_subject(one.subject),
        "money": _money(one.rows),
        "execution": _points(one.money_points),
        "explanation": as_json.said(one.explanation),
        "conclusion": _concluded(one.conclusion),
        "achieved": [_achieved(goal) for goal in one.goals],
        "indicators": [
            {**as_json.indicator(indicator.line), "points": _points(indicator.points)}
            for indicator in one.indicators
        ],
        "total": plain(one.total),
        "grade": one.grade,
    }


def _achieved(line: GoalLine) -> dict[str, object]:
    stated = line.assessed
    return {
        "goal": line.goal,
        "on": None if stated is None else stated.on.isoformat(),
        "about": None if stated is None else stated.about,
        "text": None if stated is None else stated.text,
        "achieved": None if stated is None else stated.achieved.value,
    }


def _concluded(stated: ConclusionStated | None) -> dict[str, object] | None:
    if stated is None:
        return None
    names = "about", "conclusion", "problems", "measures"
    return {"on": stated.on.isoformat(), **{n: getattr(stated, n) for n in names}}


def _monitored(one: MonitoredProject) -> dict[str, object]:
    return {
        **_subject(one.subject),
        "money": _money(one.rows),
        "explanation": as_json.said(one.explanation),
        "outlook": _outlook(one.outlook),
        "at_plan": plain(one.at_plan),
        "indicators": [_watched(indicator) for indicator in one.indicators],
    }


def _watched(one: MonitoredIndicator) -> dict[str, object]:
    stated, likelihood = one.outlook, one.likelihood
    outlook = _outlook(stated)
    if stated is not None and outlook is not None:
        outlook |= {"value": plain(stated.value), "text": stated.text}
    return {
        **as_json.indicator(one.line),
        "outlook": outlook,
        "likelihood": None if likelihood is None else likelihood.value,
    }


def _outlook(stated: OutlookStated | None) -> dict[str, object] | None:
    if stated is None:
        return None
    on, about = stated.on.isoformat(), stated.about
    return {"on": on, "about": about, "reason": stated.reason}


def _subject(subject: FormSubject) -> dict[str, object]:
    return {
        "code": subject.code,
        "name": subject.name,
        "unit": subject.unit,
        "authority": subject.authority,
        "authority_code": subject.authority_code,
        "goals": list(subject.goals),
    }


def _money(rows: Mapping[str, MoneyRow]) -> dict[str, object]:
    return {
        name: {
            **as_json.money(row.money),
            "forecast": plain(row.forecast),
            "stated": plain(row.stated),
        }
        if row.exists
        else None
        for name, row in rows.items()
    }


def _points(points: Points) -> dict[str, object]:
    return {
        "possible": plain(points.possible),
        "computed": plain(points.computed),
        "reported": plain(points.reported),
        "difference": plain(points.difference),
        "reason": points.reason,
        "score": plain(points.score),
    }
