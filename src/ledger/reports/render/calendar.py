"""The list of alerts as a calendar (iCalendar, RFC 5545): an entry for each."""

from collections.abc import Iterator
from datetime import timedelta
from hashlib import sha256
from typing import Final

from ledger.messages import Language
from ledger.reports import vocabulary as words
from ledger.reports.render.register_cells import title
from ledger.reports.values.alerts import Alert, AlertListValues

_MOST_OCTETS: Final = 75
"""A line is folded where it has more."""


def alerts(values: AlertListValues, language: str | None = None) -> str:
    """
    Return the list as a calendar, in the ledger's language where none is named.

    Raises:
        InvalidInput: There is no such language.
    """
    spoken = words.language_of(language, values.settings)
    say = words.words(spoken)
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//budget-ledger//alerts//EN",
        f"X-WR-CALNAME:{_text(title(values, say))}",
    ]
    for alert in values.alerts:
        lines += _entry(alert, values, spoken)
    lines.append("END:VCALENDAR")
    return "".join(f"{part}\r\n" for line in lines for part in _folded(line))


def _entry(alert: Alert, values: AlertListValues, language: Language) -> Iterator[str]:
    """Yield the lines of an entry; the same alert has the same name in each month."""
    say, subject = words.words(language), alert.subject
    day = alert.due or values.through
    name = subject.project_name or subject.unit_name or subject.unit
    _, about = alert.condition.key
    parts = [subject.unit, subject.project, about or "", alert.code]
    if alert.condition.year is not None:
        parts.append(alert.condition.year)
    named = sha256("\n".join(map(str, parts)).encode()).hexdigest()[:32]
    head = f"{say[alert.code.value]} · {name}"
    if alert.condition.indicator:
        head = f"{head} · {alert.condition.indicator}"
    yield "BEGIN:VEVENT"
    yield f"UID:{named}@budget-ledger"
    yield f"DTSTAMP:{values.through:%Y%m%d}T000000Z"
    yield f"DTSTART;VALUE=DATE:{day:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{day + timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY:{_text(head)}"
    who = subject.unit_name or subject.unit
    text = f"{say[alert.severity.value]} · {alert.basis.said(language)} · {who}"
    yield f"DESCRIPTION:{_text(text)}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _text(text: str) -> str:
    """Return a text in which nothing is taken for a mark of the format."""
    marked = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return "\\n".join(marked.splitlines())


def _folded(line: str) -> Iterator[str]:
    """Yield the parts of a line, each as long as may be; no character is split."""
    part = ""
    for character in line:
        if len((part + character).encode()) > _MOST_OCTETS:
            yield part
            part = " "
        part += character
    yield part
