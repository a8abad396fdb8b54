"""What a template of a month shows of projects: their names, indicators and sources."""

from collections.abc import Iterable, Sequence

from attrs import field, frozen

from ledger.domain.measure import Measure


@frozen
class TemplateIndicator:
    """An indicator for which a template has a row; *label* is its name in events."""

    label: str
    target: str
    measure: Measure = field(converter=Measure)
    unit: str | None = None


@frozen
class TemplateProject:
    """
    A project that a template names; *project* is its code.

    Attributes:
        sources: The funding sources of its budget.
    """

    project: str
    name: str
    indicators: Sequence[TemplateIndicator] = ()
    sources: Iterable[str] = ()
