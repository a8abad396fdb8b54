"""The list of alerts as text for a terminal, or for a file."""

from typing import Final

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from ledger.messages import Language, Message, message
from ledger.reports import vocabulary as words
from ledger.reports.render.register_cells import title
from ledger.reports.render.terminal import printable, prose
from ledger.reports.values.alert_conditions import AlertSeverity
from ledger.reports.values.alerts import Alert, AlertListValues

_STYLES: Final = {
    AlertSeverity.RED: "bold red",
    AlertSeverity.YELLOW: "yellow",
    AlertSeverity.NOTICE: "dim",
}


def listed(values: AlertListValues, language: str | None = None) -> RenderableType:
    """
    Return the list, in the ledger's language where none is named.

    Raises:
        InvalidInput: There is no such language.
    """
    spoken = words.language_of(language, values.settings)
    say = words.words(spoken)
    lines = filter(None, [values.settings.title, title(values, say)])
    parts: list[RenderableType] = [Text("\n".join(lines), style="bold")]
    parts += [prose(_counted(values).said(spoken)), Text()]
    for alert in values.alerts:
        parts += _described(alert, spoken)
    kept = say["position_root"].format(position=values.position, root=values.root)
    return Group(*parts, Text(kept, style="dim"))


def _counted(values: AlertListValues) -> Message:
    """Return how many there are, and since when the new ones are."""
    count, since = len(values.alerts), values.since
    if since is None:
        return message("alert.count", count=count)
    return message(
        "alert.count_since",
        count=count,
        new=len(values.new),
        through=since.through,
        position=since.position,
    )


def _described(alert: Alert, language: Language) -> list[RenderableType]:
    """Return what is wrong, and below it since when, and who owes what."""
    say, subject = words.words(language), alert.subject
    what = say[alert.code.value]
    name = alert.condition.indicator or subject.project_name
    head = Text.assemble(
        (say[alert.severity.value], _STYLES[alert.severity]),
        f" {what}",
        (f" · {printable(name).plain}" if name else "", "bold"),
    )
    owing = subject.unit_name or subject.unit
    of = subject.project_name if alert.condition.indicator else ""
    lines = [
        " · ".join(filter(None, [of, owing])),
        alert.basis.said(language),
        " · ".join(part.said(language) for part in _dated(alert)),
    ]
    shown = [Padding(prose(line), (0, 0, 0, 2)) for line in lines if line]
    return [head, *shown, Text()]


def _dated(alert: Alert) -> list[Message]:
    """Return since when it is so, when something was due, and what turned it."""
    parts = [message("alert.since", since=alert.since, count=alert.streak)]
    if alert.due is not None:
        parts.append(message("alert.due", on=alert.due))
    turn = alert.turn
    if turn is not None:
        parts.append(
            message("alert.new", by=turn.by, on=turn.on, positions=[*turn.events])
        )
    return parts
