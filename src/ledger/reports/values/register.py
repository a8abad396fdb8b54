"""Registers (台账): rows under columns, by unit and in all, for every rendering."""

from abc import ABC, abstractmethod
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar, Final, TypedDict

from attrs import evolve as replace
from attrs import field, frozen

from ledger.domain.choices import not_among
from ledger.domain.money import share
from ledger.domain.selection import EVERYTHING, Selection
from ledger.domain.settings import Settings
from ledger.figures.figure import FigureKind, Width
from ledger.projections.execution import ExecutionLine
from ledger.reports.values.part import WHOLE, ReportPart

RegisterCells = Mapping[str, Any]
"""What stands in a row, by the keys of columns."""

UNITS: Final = "units"
"""The table of the sums of units, of registers that have any."""


_CODES: Final = frozenset(
    {"commitment", "continues", "of", "project", "takes_back", "unit", "voucher"}
)
"""Keys of columns of identifiers."""


@frozen(kw_only=True)
class RegisterColumn:
    """
    A column of a register.

    Attributes:
        key: Its name in JSON, CSV and tidy rows.

        path: The attribute of a row that it shows.

        word: The key of the words that head it.

        narrowest: The narrowest place that shows it.

        summed: Whether its sums are shown.

        only_sums: Whether rows do not show it: each counts for 1 or 0.

        ratio: The columns of which it is the quotient, in rows and in sums.
    """

    key: str = field(kw_only=False)
    kind: FigureKind = field(kw_only=False)
    path: str = ""
    word: str = ""
    narrowest: Width = Width.SHEET
    summed: bool = False
    only_sums: bool = False
    ratio: tuple[str, str] | None = None

    @property
    def head(self) -> str:
        """The key of the words that head it."""
        return self.word or self.key

    def read(self, row: Any) -> Any:
        """Return what it shows of a row; ``None`` where there is nothing on the way."""
        for name in (self.path or self.key).split("."):
            if row is None:
                return None
            row = getattr(row, name)
        return row

    @property
    def is_code(self) -> bool:
        """Whether it holds what is searched for, and so is never split."""
        return self.key in _CODES

    @property
    def is_text(self) -> bool:
        """Whether it holds words, and no figure."""
        return self.kind in {FigureKind.TEXT, FigureKind.CHOICE}


def money_column(
    key: str, word: str = "", narrowest: Width = Width.LIST, path: str = ""
) -> RegisterColumn:
    """Return the column of an amount, by default of a row's *money*, with its sums."""
    return RegisterColumn(
        key,
        FigureKind.MONEY,
        path=path or f"money.{key}",
        word=word,
        narrowest=narrowest,
        summed=True,
    )


PROJECT_COLUMNS: Final = (
    RegisterColumn("unit", FigureKind.TEXT),
    RegisterColumn("project", FigureKind.TEXT, path="line.project"),
    RegisterColumn(
        "project_name", FigureKind.TEXT, path="line.name", narrowest=Width.LIST
    ),
)
"""What says which project a row is of."""


class RowOfProject(ABC):
    """A row of a project, of the unit that it belongs to."""

    __slots__ = ()

    @property
    @abstractmethod
    def line(self) -> ExecutionLine:
        """The project's money."""

    @property
    def unit(self) -> str:
        """The code of the unit of its project."""
        return self.line.unit

    @property
    def unit_name(self) -> str | None:
        """The name of that unit."""
        return self.line.unit_name


def in_order(lines: Iterable[ExecutionLine]) -> list[ExecutionLine]:
    """Return projects as registers list them: by unit and code."""
    return sorted(lines, key=lambda line: (line.unit, line.project))


_UNIT: Final = (
    RegisterColumn("unit", FigureKind.TEXT, narrowest=Width.LIST),
    RegisterColumn("unit_name", FigureKind.TEXT, narrowest=Width.LIST),
)


@frozen(kw_only=True)
class RegisterGroup:
    """
    Rows with their sums.

    Attributes:
        name: What they have in common; blank where they are all rows.
    """

    name: str
    rows: Sequence[RegisterCells]
    sums: RegisterCells


@frozen(kw_only=True)
class RegisterTable:
    """
    Rows of one kind.

    Attributes:
        key: What it is asked for by.

        name: Its key in JSON.

        groups: The rows, in order.

        sums: Of all rows; ``None`` where they are not to be added.
    """

    key: str
    name: str
    columns: Sequence[RegisterColumn]
    groups: Sequence[RegisterGroup]
    sums: RegisterCells | None

    @property
    def rows(self) -> list[RegisterCells]:
        """All rows."""
        return [row for group in self.groups for row in group.rows]

    def named(self, key: str) -> "RegisterTable":
        """Return the table under another key, whose words head it."""
        return replace(self, key=key)

    def without(self, keys: Collection[str]) -> "RegisterTable":
        """Return the table without some columns."""
        left = [column for column in self.columns if column.key not in keys]
        return replace(self, columns=left)

    def without_sums(self) -> "RegisterTable":
        """Return the table of rows that are sums of each other."""
        return replace(self, sums=None)

    def shown(self, width: Width) -> list[RegisterColumn]:
        """Return the columns of rows that a place of *width* shows."""
        wide = [each for each in self.columns if each.narrowest >= width]
        return [each for each in wide if not each.only_sums]


def by_unit(
    key: str, columns: Sequence[RegisterColumn], rows: Iterable[object]
) -> list[RegisterTable]:
    """
    Return the table of *rows*, which have units, and the table of their sums.

    Args:
        rows: In the order in which they are listed; those of a unit stand together.
    """
    listed = grouped_table(key, columns, rows, ("unit", "unit_name"))
    sums = [RegisterGroup(name="", rows=[each.sums for each in listed.groups], sums={})]
    units = RegisterTable(
        key=UNITS,
        name="by_unit",
        columns=[*_UNIT, *_of_sums(columns)],
        groups=sums,
        sums=listed.sums,
    )
    return [listed, units]


def grouped_table(
    key: str,
    columns: Sequence[RegisterColumn],
    rows: Iterable[object],
    common: tuple[str, ...],
) -> RegisterTable:
    """
    Return a table of rows in groups, each with its sums.

    Args:
        common: The attributes that the rows of a group have in common, which name it.
    """
    own: dict[tuple[Any, ...], list[object]] = {}
    for row in rows:
        own.setdefault(tuple(getattr(row, name) for name in common), []).append(row)
    groups = [
        RegisterGroup(
            name=" ".join(filter(None, names)),
            rows=[_cells(columns, row) for row in members],
            sums={**dict(zip(common, names, strict=True)), **_sums(columns, members)},
        )
        for names, members in own.items()
    ]
    total = _sums(columns, [row for members in own.values() for row in members])
    return RegisterTable(key=key, name=key, columns=columns, groups=groups, sums=total)


def plain_table(
    key: str, columns: Sequence[RegisterColumn], rows: Sequence[object]
) -> RegisterTable:
    """Return a table of rows that are in one group, with their sums if any."""
    sums = _sums(columns, rows)
    cells = [_cells(columns, row) for row in rows]
    group = RegisterGroup(name="", rows=cells, sums=sums)
    return RegisterTable(
        key=key, name=key, columns=columns, groups=[group], sums=sums or None
    )


def _cells(columns: Iterable[RegisterColumn], row: object) -> RegisterCells:
    own = [each for each in columns if not each.only_sums]
    cells = {each.key: each.read(row) for each in own if each.ratio is None}
    return _with_ratios(own, cells)


def _sums(columns: Sequence[RegisterColumn], rows: Sequence[object]) -> RegisterCells:
    summed = _of_sums(columns)
    sums = {
        each.key: sum(
            (each.read(row) or 0 for row in rows),
            Decimal(0) if each.kind is FigureKind.MONEY else 0,
        )
        for each in summed
        if each.ratio is None
    }
    return _with_ratios(summed, sums)


def _of_sums(columns: Iterable[RegisterColumn]) -> list[RegisterColumn]:
    shown = [each for each in columns if each.summed or each.only_sums or each.ratio]
    return [replace(each, only_sums=False) for each in shown]


def _with_ratios(
    columns: Iterable[RegisterColumn], cells: dict[str, Any]
) -> RegisterCells:
    for each in columns:
        if each.ratio is not None:
            part, whole = (cells[key] for key in each.ratio)
            cells[each.key] = share(part, whole)
    return cells


class RegisterHead(TypedDict):
    """What every register says of the record that it was made from."""

    through: date
    known_at: str | None
    position: int
    root: str
    settings: Settings
    selection: Selection
    part: ReportPart


@frozen(kw_only=True)
class RegisterValues:
    """
    A register at a date.

    Attributes:
        position: The position up to which facts count.

        selection: The unit or the project that it is of, where it is of one.

        part: The same, with its name.

        word: The key of the words that are its title.
    """

    word: ClassVar[str]

    through: date
    known_at: str | None
    position: int
    root: str
    settings: Settings
    selection: Selection = EVERYTHING
    part: ReportPart = WHOLE

    @property
    def days(self) -> Mapping[str, object]:
        """The days that its title names."""
        return {"through": self.through}

    @property
    def tables(self) -> Sequence[RegisterTable]:
        """Its tables; the first is shown where none is asked for."""
        raise NotImplementedError

    @property
    def totals(self) -> RegisterCells:
        """The sums of all rows, by the keys of columns."""
        return self.tables[0].sums or {}

    @property
    def by_unit(self) -> Sequence[RegisterCells]:
        """The sums of each unit, by the keys of columns."""
        return table_of(self, UNITS).rows


def table_of(register: RegisterValues, key: str | None) -> RegisterTable:
    """
    Return the table of a register that is called *key*, else its first.

    Raises:
        InvalidInput: There is none.
    """
    tables = {table.key: table for table in register.tables}
    if key is None:
        return next(iter(tables.values()))
    if key not in tables:
        raise not_among(list(tables), "table", key)
    return tables[key]
