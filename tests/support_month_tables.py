"""
Tables of a year that a finance officer can read, and the ledgers that they speak of.

The facts of a year are a table too: what was paid on the 25th of a month and what was
reported at its end. ``30/40`` is a numerator with its denominator.
"""

import calendar
import csv
import json
from collections import Counter
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from ledger import Ledger, Rating, Settings

FOLDER = Path(__file__).parent / "golden" / "months"
YEAR = 2023
MONTHS = range(1, 13)
UNIT = "323"

WORSE_FIRST = ["missed", "behind", "overdue", "at risk", "exceeded"]
"""What is worth naming within the year, the worst first."""
WORSE_FIRST_AT_YEAR_END = ["missed", "overdue", "behind", "at risk", "exceeded"]


class Told(NamedTuple):
    """
    What a month's report says of a project or a unit.

    Attributes:
        indicators: How many have each status, such as ``4 attained, 3 not due``.

        worst: The name of the worst one, the first of the form where several are.
    """

    money: str
    indicators: str
    worst: str
    worst_status: str
    status: str


class Clock:
    """A clock that shows the day to which it was turned."""

    def __init__(self):
        self.now = datetime(YEAR, 1, 2, 9, tzinfo=UTC)

    def __call__(self):
        return self.now

    def show(self, day):
        """Turn it to the evening of a day."""
        self.now = datetime(day.year, day.month, day.day, 9, tzinfo=UTC)


def read(name):
    """Return the rows of a table."""
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def recorded(forms, facts, folder):
    """Return a ledger in which *forms* are approved and the year of *facts* stands."""
    path = folder / "forms.json"
    path.write_text(json.dumps(forms, ensure_ascii=False), encoding="utf-8")
    clock = Clock()
    settings = Settings(language="en")
    ledger = Ledger.open(":memory:", actor="t", clock=clock, settings=settings)
    ledger.import_forms(path)
    days = _days_of_month(ledger)
    for month in MONTHS:
        end = month_end(month)
        clock.show(end)
        for fact in facts:
            if fact[str(month)]:
                _record(ledger, fact, month, days)
    return ledger


def month_end(month):
    """Return the last day of a month of the year."""
    return date(YEAR, month, calendar.monthrange(YEAR, month)[1])


def _supplement(ledger, code, said, on):
    ledger.adjust_budget(code, "supplement", said, on=on, document="2023-1")


def _plan(ledger, code, said, on):
    days = dict(part.split("=") for part in said.split())
    plan = {date.fromisoformat(f"{YEAR}-{day}"): sum_ for day, sum_ in days.items()}
    ledger.revise_plan(code, plan, on=on, reason="a supplement")


ADJUSTING = {"supplement": _supplement, "plan": _plan}
"""What changes a budget, on the 8th of a month."""


def _days_of_month(ledger):
    """Return the indicators that ask for a day of each month."""
    (december,) = [ledger.monthly_report(YEAR, 12).to_dict()]
    return {
        (project["project"], each["name"])
        for project in december["projects"]
        for each in project["indicators"]
        if each["measure"] == "worst_month" and each["unit"] is None
    }


def _record(ledger, fact, month, days):
    code, what, said = fact["code"], fact["what"], fact[str(month)]
    if what == "payment":
        ledger.disburse(
            code, said, voucher=f"{code}-{month:02}", on=date(YEAR, month, 25)
        )
        return
    if what == "closing":
        ledger.close_project(code, year=YEAR, on=month_end(month))
        return
    if what in ADJUSTING:
        ADJUSTING[what](ledger, code, said, date(YEAR, month, 8))
        return
    values, more = [], {"on": month_end(month)}
    if "/" in said:
        numerator, _, denominator = said.partition("/")
        more |= {"numerator": numerator, "denominator": denominator}
    elif (code, what) in days:
        values = [date(YEAR, month, int(said))]
    elif said.count("-") == 2:
        values = [date.fromisoformat(said)]
    elif said in [*Rating]:
        values = [Rating(said)]
    else:
        values = [Decimal(said)]
    if code == UNIT:
        ledger.report_result(None, what, *values, unit=UNIT, **more)
    else:
        ledger.report_result(code, what, *values, **more)


def told(ledger):
    """Return what the reports of the months say, by code and month."""
    found = {}
    for month in MONTHS:
        report = ledger.monthly_report(YEAR, month).to_dict()
        for project in report["projects"]:
            found[project["project"], month] = _told(project, month)
        for unit in report["units"]:
            found[unit["unit"], month] = _told(unit, month)
    return found


def _told(line, month):
    statuses = [each["status"] for each in line["indicators"]]
    order = WORSE_FIRST if month < 12 else WORSE_FIRST_AT_YEAR_END
    wrong = [status for status in order if status in statuses]
    worst, worst_status = "", ""
    if wrong:
        worst_status = wrong[0]
        worst = line["indicators"][statuses.index(worst_status)]["name"]
    counted = sorted(Counter(statuses).items())
    return Told(
        money=line.get("money_status") or "",
        indicators=", ".join(f"{count} {status}" for status, count in counted),
        worst=worst,
        worst_status=worst_status,
        status=line.get("status") or "",
    )


def expected(name):
    """Return what a table says of each code and month; each row argues why."""
    found = {}
    for month, row in by_month(name):
        key = row["code"], month
        assert key not in found, key
        found[key] = Told(*(row[field] for field in Told._fields))
    return found


def by_month(name):
    """Yield each month of each row of a table, with the row."""
    for row in read(name):
        assert row["why"].strip(), row
        first, _, last = row["months"].partition("-")
        for month in range(int(first), int(last or first) + 1):
            yield month, row


def alerted(ledger):
    """Return the alerts of each month: severity, code, of whom and of what, since."""
    return {
        (
            month,
            row["severity"],
            row["code"],
            row["project"] or row["unit"],
            row["indicator"] or "",
            row["since"],
        )
        for month in MONTHS
        for row in ledger.alerts(YEAR, month).to_dict()["alerts"]
    }


def differing(found, tables):
    """Return the rows in which a report and a table differ, as a reader looks for them."""
    keys = sorted(found.keys() | tables.keys())
    return [
        f"{code} month {month}: report {found.get((code, month))}, "
        f"table {tables.get((code, month))}"
        for code, month in keys
        if found.get((code, month)) != tables.get((code, month))
    ]
