"""What a template of a month shows of projects: their names, indicators and sources."""

from collections.abc import Iterable, Sequence

from attrs import field, frozen

from ledger.domain.measure import Measure


@frozen
class TemplateIndicator:
    """
    An indicator for which a template has a row.

    Attributes:
        label: Its name in events.

        so_far: What its results come to by then, as is shown; empty without any.
    """

    label: str
    target: str
    measure: Measure = field(converter=Measure)
    unit: str | None = None
    so_far: str = ""


@frozen
class TemplateProject:
    """
    A project that a template names, or a unit with objectives of its own.

    Attributes:
        project: Its code.

        sources: The funding sources of its budget.

        is_unit: Whether that is a unit.
    """

    project: str
    name: str
    indicators: Sequence[TemplateIndicator] = ()
    sources: Iterable[str] = ()
    is_unit: bool = False


def have_units(projects: Iterable[TemplateProject]) -> bool:
    """Return whether there are units among projects: only then there is a column."""
    return any(one.is_unit for one in projects)


def without_units(shapes: str) -> str:
    """Return the shapes of columns without that for the codes of units."""
    return "\n".join(line for line in shapes.split("\n") if line[:5] != "unit ")


def codes_of(one: TemplateProject, *, units: bool = True) -> tuple[str, ...]:
    """
    Return the code of a project and, where there are *units*, that of a unit.

    >>> codes_of(TemplateProject("U-1", "Roads", is_unit=True))
    ('', 'U-1')
    """
    if not units:
        return (one.project,)
    return ("", one.project) if one.is_unit else (one.project, "")
