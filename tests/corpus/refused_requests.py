"""What is asked of settings, files and logs that cannot be had."""

import json
import sqlite3
from contextlib import closing
from decimal import Decimal
from pathlib import Path

import test_guards as guards
from ledger import Currency, Ledger, LogCheckpoint, Policy, ScoringRule, Settings
from support import Clock, Entropy, day, form, forms

from . import years
from .refused_facts import UNIT, pay

SETTINGS = {
    "a currency": lambda _: Currency("XYZ"),
    "a first month": lambda _: Settings(first_month=13),
    "a language": lambda _: Settings(language="fr"),
    "a scale": lambda _: Settings(scale="100"),
    "a convention": lambda _: Settings(convention="liner"),
    "a title": lambda _: Settings(title="a\nb"),
    "a ceiling": lambda _: Policy(ceiling="none"),
    "a share": lambda _: Policy(behind_below=0.5),
    "a step of weights": lambda _: ScoringRule(weight_unit=Decimal(3)),
    "an actor": lambda _: Ledger.open(":memory:", actor=" "),
}

REQUESTS = {
    "a version": lambda ledger: ledger.append(
        guards.EVENTS["Disbursed"], expected_version=9
    ),
    "a key": pay(1, key=""),
    "a key of other content": lambda ledger: [
        pay(1, key="k")(ledger),
        pay(2, key="k")(ledger),
    ],
    "a cause": pay(1, cause="\x1b"),
    "a day that is text": lambda ledger: ledger.view(through="2023-06-30"),
    "a position that is not there": lambda ledger: ledger.view(known_at=99),
    "a month": lambda ledger: ledger.monthly_report(2023, 13),
    "a project": lambda ledger: ledger.view().project("Z"),
    "the indicators of a project": lambda ledger: ledger.view().attainment("Z"),
    "a unit": lambda ledger: ledger.view().unit_attainment("999"),
    "a figure": lambda ledger: ledger.explain("A", "disbursd"),
    "a figure of the totals": lambda ledger: ledger.explain("totals", "status"),
    "a figure of a unit": lambda ledger: ledger.explain(
        f"unit:2023:{UNIT}", "disbursed"
    ),
    "a figure of an indicator": lambda ledger: ledger.explain(
        "A", f"indicators.{guards.NAME}.x"
    ),
    "an indicator to explain": lambda ledger: ledger.explain(
        "A", "indicators.x.result"
    ),
    "a table": lambda ledger: ledger.monthly_report(2023, 6).render("csv", table="x"),
    "records": lambda ledger: ledger.monthly_report(2023, 6).to_records("x"),
    "a language": lambda ledger: ledger.monthly_report(2023, 6).render(
        "text", language="fr"
    ),
    "a project of a report": lambda ledger: ledger.monthly_report(2023, 6).render(
        "text", project="Z"
    ),
    "a layout": lambda ledger: ledger.monitoring(2023, 6).write("x.xlsx", layout="x"),
    "a proof": lambda ledger: ledger.prove(99),
    "a difference backwards": lambda ledger: ledger.differences(3, 1, through=day(6)),
}


def _file(name, text):
    Path(name).write_text(text, "utf-8")
    return name


def _import(*given, revise=False, **document):
    return lambda ledger: ledger.import_forms(forms(*given, **document), revise=revise)


def _again(**changed):
    def ask(ledger):
        ledger.import_forms(forms(form()))
        ledger.import_forms(forms(form(**changed)))

    return ask


def _record(text, name="bulk.jsonl"):
    return lambda ledger: ledger.record(_file(name, text))


def _line(**fields):
    return json.dumps(fields, ensure_ascii=False) + "\n"


_GOOD = {"type": "Disbursed", "project": "A", "on": "2023-06-01", "voucher": "5"}

BATCH = "".join(
    [
        _line(**_GOOD, amount="1.00"),
        _line(**_GOOD, amount="1.00"),
        _line(**_GOOD, amount=1.5),
        _line(type="Disbured", project="A"),
        _line(type="Disbursed", project="A", on="2023-13-01", voucher="6", amount="1"),
        _line(type="Disbursed", project="A", on="2023-06-01", amount="1"),
        _line(**_GOOD, amount="1.00", colour="red"),
        _line(
            type="ResultReported",
            project="A",
            on="2023-06-01",
            indicator="x",
            value="1",
        ),
        _line(
            type="BudgetAdjusted",
            project="A",
            on="2023-06-01",
            kind="virement_in",
            amount="1",
        ),
        _line(type="Disbursed", project="Z", on="2023-06-01", voucher="8", amount="1"),
    ]
)

FILES = {
    "a bulk file that is not there": lambda ledger: ledger.record("none.jsonl"),
    "an empty bulk file": _record(""),
    "bad lines": _record(BATCH),
    "a table of no kind": _record("a,b\n1,2\n", "bulk.csv"),
    "forms that are not there": lambda ledger: ledger.import_forms("none.json"),
    "forms that are none": lambda ledger: ledger.import_forms(_file("a.json", "{}")),
    "text without forms": lambda ledger: ledger.import_forms(_file("a.txt", "Hello")),
    "forms with errors": _import(
        form(budget="20.01", plan_row=["x"]), form("13052923P00584010949D", plan_row=[])
    ),
    "a unit of money": _import(money_unit="shells"),
    "a form that has changed": _again(
        budget="21.00", fiscal_funds="21.00", plan_row=["21.00"]
    ),
    "an output in the place of a ledger": lambda ledger: ledger.export(years.DEMO),
    "a folder that is not there": lambda ledger: ledger.export("none/lines.jsonl"),
    "a template in the place of a file": lambda ledger: ledger.forms_template(
        _file("a.xlsx", "x")
    ),
    "a template of an empty month": lambda ledger: ledger.events_template(
        "b.xlsx", 2020, 1
    ),
}


def _sqlite(name, statement):
    Path(name).unlink(missing_ok=True)
    Ledger.open(name, actor="a", clock=Clock(), entropy=Entropy()).close()
    with closing(sqlite3.connect(name)) as file:
        file.execute("PRAGMA journal_mode=DELETE")
        file.execute(statement)
        file.commit()
    return name


def _read_only(_):
    with Ledger.open(years.DEMO, actor="a", read_only=True) as ledger:
        ledger.append(guards.EVENTS["BudgetApproved"])


def _locked(_):
    with closing(sqlite3.connect(_sqlite("locked.ledger", "SELECT 1"))) as file:
        file.execute("BEGIN EXCLUSIVE")
        with Ledger.open("locked.ledger", actor="a", timeout=0) as ledger:
            ledger.append(guards.EVENTS["BudgetApproved"])


def _corrupted(_):
    """Read an event of a type that nobody knows."""
    with years.small() as ledger:
        Path("corrupt.ledger").unlink(missing_ok=True)
        ledger.backup("corrupt.ledger")
    with closing(sqlite3.connect("corrupt.ledger")) as file:
        triggers = file.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        for (name,) in triggers.fetchall():
            file.execute(f"DROP TRIGGER {name}")
        file.execute("UPDATE events SET type = 'Spent' WHERE position = 9")
        file.commit()
    with Ledger.open("corrupt.ledger", read_only=True) as ledger:
        list(ledger.events())


def _unproven(_):
    with years.demo() as ledger:
        other = ledger.checkpoint()
    with years.small() as ledger:
        ledger.export("lines.jsonl")
    Ledger.restore("unproven.ledger", "lines.jsonl", other)


LOGS = {
    "no such file": lambda _: Ledger.open("none.ledger", create=False),
    "a file of another kind": lambda _: Ledger.open(_file("text.ledger", "Hello")),
    "a database of another kind": lambda _: Ledger.open(
        _sqlite("other.ledger", "PRAGMA application_id = 1")
    ),
    "a newer one": lambda _: Ledger.open(
        _sqlite("newer.ledger", "PRAGMA user_version = 9999")
    ),
    "an older one": lambda _: Ledger.open(
        _sqlite("older.ledger", "PRAGMA user_version = 1")
    ),
    "read only": _read_only,
    "locked": _locked,
    "corrupted": _corrupted,
    "an export under another checkpoint": _unproven,
    "a checkpoint that is none": lambda _: LogCheckpoint.parse("Hello"),
}
