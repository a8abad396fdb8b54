"""Each form of a report read back by another library, and held to the model's."""

import csv
import io
from decimal import Decimal
from fractions import Fraction
from html.parser import HTMLParser
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import python_calamine

from . import money, printing
from .tally import Tally

PROJECT = (
    "original_budget",
    *money.PART_NAMES,
    "current_budget",
    "new_money",
    "overdue_open",
    "overdue_commitments",
    "free",
    "disbursed",
    "reserved",
    "contracted",
    "open",
    "committed",
    "available",
    "carried_over",
    "lapsed",
    "handed_on",
    "withheld",
    "refunded",
    "execution_rate",
    "commitment_rate",
    "planned",
    "original_planned",
    "plan_rate",
    "variance",
    "time_progress",
)
MONTH = ("planned", "disbursed", "cumulative_planned", "cumulative_disbursed")
JUDGED = ("result", "expected", "attainment", "capped_attainment")
SAID = ("weight", "score", "reported_score")


def table(made: Any, name: str) -> list[dict[str, str]]:
    """Return the rows of a CSV table."""
    text = made.render("csv", table=name)
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))


def blank(value: Any) -> str:
    """Return what CSV says for nothing."""
    return "" if value is None else str(value)


def plain(text: str) -> str:
    """Take away the apostrophe before what could be taken for a formula."""
    return text.removeprefix("'")


def as_csv(tally: Tally, made: Any, model: dict[str, Any]) -> None:
    """Compare the three tables of CSV."""
    tally.place = "csv"
    projects = model["projects"]
    for row in table(made, "projects"):
        one = projects[row["project"]]
        for name in (
            *PROJECT,
            "status",
            "money_status",
            "calendar_status",
            "unit",
            "name",
            "closed_on",
        ):
            tally.one(f"{one['project']}.{name}", plain(row[name]), blank(one[name]))
        for source, figures in one["by_source"].items():
            for name, value in figures.items():
                cell = row[f"by_source.{source}.{name}"]
                tally.one(
                    f"{one['project']}.{source}.{name}", plain(cell), blank(value)
                )
    rows = table(made, "months")
    tally.one("rows", len(rows), 12 * len(projects))
    for row in rows:
        months = {m["month"]: m for m in projects[row["project"]]["months"]}
        for name in MONTH:
            where = f"{row['project']}.{row['month']}.{name}"
            tally.one(where, plain(row[name]), blank(months[row["month"]][name]))
    for row in table(made, "indicators"):
        one = judged_of(model, row)
        for name in JUDGED:
            where = f"{row['project']}.{row['indicator']}.{name}"
            tally.one(where, number(plain(row[name])), number(one[name]))
        for name in (*SAID, "status", "results", "target"):
            where = f"{row['project']}.{row['indicator']}.{name}"
            tally.one(where, plain(row[name]), blank(one[name]))


def judged_of(model: dict[str, Any], row: dict[str, Any]) -> dict[str, Any]:
    """Return the indicator that a row of a table is about, of a project or a unit."""
    code = row["project"]
    unit = row.get("unit_code", row["unit"])
    owner = model["projects"][code] if code else model["units"][unit]
    own = {one["indicator"]: one for one in owner["indicators"]}
    found: dict[str, Any] = own[row["indicator"]]
    return found


def number(value: Any) -> Any:
    """Return a number where there is one."""
    try:
        return Decimal(str(value))
    except ArithmeticError:
        return value or ""


def numeric(value: Any) -> Any:
    """Return a number, and nothing for what is none: a frame's column is numbers."""
    found = number(value)
    return found if isinstance(found, Decimal) else ""


def as_records(tally: Tally, made: Any, model: dict[str, Any]) -> None:
    """Compare the tidy records."""
    tally.place = "records"
    projects = model["projects"]
    for row in made.to_records():
        one = projects[row["project"]]
        months = {m["month"]: m for m in one["months"]}
        name = row["figure"]
        right = months[row["month"]][name] if name in MONTH else one[name]
        where = f"{row['project']}.{row['month']}.{name}"
        tally.one(where, number(row["value"]), number(right))
    for row in made.to_records("indicators"):
        right: Any = judged_of(model, row)
        for key in row["figure"].split("."):
            right = right[key]
        where = f"{row['project']}.{row['indicator']}.{row['figure']}"
        value = row["value"]
        ours = value.isoformat() if hasattr(value, "isoformat") else value
        is_judged = isinstance(ours, Decimal) and not row["figure"].startswith("parts.")
        rounded = printing.printed(ours) if is_judged else ours
        tally.one(where, number(rounded), numeric(right))


def cell(amount: str | None, scale: int) -> Any:
    """Return what a cell of a workbook holds."""
    return "" if amount is None else float(Decimal(amount) / scale)


COLUMNS = {
    "original budget": "original_budget",
    "current budget": "current_budget",
    "planned": "planned",
    "disbursed": "disbursed",
    "reserved": "reserved",
    "contracted": "contracted",
    "committed, not yet paid": "open",
    "available": "available",
    "variance": "variance",
    "carried over to the next year": "carried_over",
    "lapsed": "lapsed",
    "handed on": "handed_on",
}
RATES = {
    "execution rate": "execution_rate",
    "commitment rate": "commitment_rate",
    "disbursed of planned": "plan_rate",
    "time progress": "time_progress",
}


def as_workbook(tally: Tally, made: Any, model: dict[str, Any], scale: int) -> None:
    """Compare the workbook, read by another library."""
    tally.place = "workbook"
    with TemporaryDirectory() as folder:
        path = Path(folder) / "report.xlsx"
        made.write(path, language="en")
        book = python_calamine.load_workbook(path)
        sheets = [
            book.get_sheet_by_name(name).to_python(skip_empty_area=False)
            for name in book.sheet_names
        ]
    projects = model["projects"]
    found = [row for row in sheets[0] if row[0] in projects]
    tally.one("rows", len(found), len(projects))
    for row in found:
        one = projects[row[0]]
        tally.one(f"{row[0]}.status", row[3], one["status"])
        for head, cell_value in zip(sheets[0][1], row, strict=True):
            words = head.split(" (")[0]
            if words in COLUMNS:
                name, divisor = COLUMNS[words], scale
            elif words in RATES:
                name, divisor = RATES[words], 1
            else:
                continue
            tally.one(f"{row[0]}.{name}", cell_value, cell(one[name], divisor))
    _judged_sheet(tally, sheets[1], model)


def _judged_sheet(tally: Tally, rows: list[Any], model: dict[str, Any]) -> None:
    owners = model["units"] | model["projects"]
    every = (*model["units"].values(), *model["projects"].values())
    whole = sum(len(one["indicators"]) for one in every)
    tally.one("rows of indicators", len(rows) - 2, whole)
    for row in rows:
        if row[0] not in owners:
            continue
        names = owners[row[0]]["indicators"]
        one = next(
            (i for i in names if (i["level2"], i["name"]) == (row[3], row[4])), None
        )
        if one is None:
            continue
        where = f"{row[0]}.{one['indicator']}"
        for column, name in ((7, "expected"), (10, "weight"), (11, "score")):
            right = one[name]
            tally.one(f"{where}.{name}", row[column], cell(right, 1))
        tally.one(f"{where}.status", row[9], one["status"])


class Page(HTMLParser):
    """Tables of a page, of projects and of months: each cell's text and exact value."""

    def __init__(self) -> None:
        super().__init__()
        self.projects: list[list[tuple[str, str | None]]] = []
        self.months: list[list[list[tuple[str, str | None]]]] = []
        self.text: list[str] | None = None
        self.exact: str | None = None
        self.open: list[list[list[tuple[str, str | None]]]] = []
        self.hidden = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self.close_cell()
            self.open.append([])
            if dict(attrs).get("class") == "months":
                self.months.append(self.open[-1])
            if dict(attrs).get("id") == "list":
                self.projects = self.open[-1]
        elif tag == "tr" and self.open:
            self.close_cell()
            self.open[-1].append([])
        elif tag in {"td", "th"} and self.open:
            self.close_cell()
            self.text, self.exact = [], dict(attrs).get("data-v")
        elif tag == "span":  # On narrow screens the rate stands with the status.
            self.hidden = dict(attrs).get("aria-hidden") == "true"

    def close_cell(self) -> None:
        """End the cell that is open."""
        if self.text is not None and self.open and self.open[-1]:
            self.open[-1][-1].append(("".join(self.text).strip(), self.exact))
        self.text = None

    def handle_endtag(self, tag: str) -> None:
        if tag in {"td", "th", "tr", "table"}:
            self.close_cell()
        if tag == "span":
            self.hidden = False
        if tag == "table" and self.open:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        if self.text is not None and not self.hidden:
            self.text.append(data)


def shown(amount: str | None, scale: int, places: int) -> str:
    """Print an amount as a page shows it: rounded half up, in thousands."""
    if amount is None:
        return "–"
    exact = Fraction(amount) / scale * 10**places
    sign = "-" if exact < 0 else ""
    whole = int(abs(exact) + Fraction(1, 2))
    text = f"{whole // 10**places:,}"
    if places:
        text += f".{whole % 10**places:0{places}}"
    return sign + text if whole else text


def as_page(
    tally: Tally, made: Any, model: dict[str, Any], scale: int, places: int
) -> None:
    """Compare the page, parsed by the standard library."""
    tally.place = "page"
    with TemporaryDirectory() as folder:
        path = Path(folder) / "report.html"
        made.write(path, language="en")
        page = Page()
        page.feed(path.read_text(encoding="utf-8"))
    listed = [row for row in page.projects if len(row) > 5]
    projects = model["projects"]
    # One that goes on with another's money may have its name: they stand in one order.
    by_name: dict[str, list[dict[str, Any]]] = {}
    for one in projects.values():
        by_name.setdefault(one["name"], []).append(one)
    rows = [row for row in listed if row[0][0] in by_name]
    tally.one("rows", len(rows), len(projects))
    ordered = [by_name[row[0][0]].pop(0) for row in rows]
    for row, one in zip(rows, ordered, strict=True):
        where = one["project"]
        tally.one(f"{where}.status", row[1][0], one["status"])
        for column, name in ((2, "current_budget"), (3, "planned"), (4, "disbursed")):
            tally.one(f"{where}.{name}", row[column][1], one[name] or "")
            right = shown(one[name], scale, places)
            tally.one(f"{where}.{name} shown", row[column][0], right)
    months = page.months
    tally.one("tables of months", len(months), len(projects))
    for one, found in zip(ordered, months, strict=True):
        for row, right in zip(found[1:], one["months"], strict=True):
            where = f"{one['project']}.{right['month']}"
            tally.one(where, row[0][0], right["month"])
            for column, name in enumerate(MONTH, 1):
                printed = shown(right[name], scale, places)
                tally.one(f"{where}.{name}", row[column][0], printed)
