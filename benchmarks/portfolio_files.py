"""The portfolio as the plain facts and the files that other tools read."""

import csv
import json
from collections.abc import Iterable, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

import portfolio
from ledger.events import (
    BudgetApproved,
    CommitmentEntered,
    Disbursed,
    DisbursementReversed,
    Event,
    PeriodClosed,
    ResultReported,
)

JSON_LINES = "events.jsonl"
TABLE = "events.csv"
COLUMNS = "events.parquet"
JOURNAL = "money.journal"
BEANCOUNT = "money.beancount"

INTEGERS = (
    "seq amount promised value numerator denominator plan1 plan2 plan3 plan4".split()
)
TEXTS = (
    "type project on voucher of commitment payee description indicator rating share "
    "note name unit document".split()
)
_OF_RESULT = ("numerator", "denominator", "rating", "share", "note")


def fact(event: Event) -> dict[str, Any]:
    """
    Return an event as a script would keep it.

    Money is in minor units and negative where it came back, values are in hundredths.
    """
    kept: dict[str, Any] = {
        "type": type(event).__name__,
        "project": portfolio.account(event),
        "on": event.on.isoformat(),
    }
    match event:
        case Disbursed():
            kept["voucher"], kept["amount"] = event.voucher, event.amount
            kept["payee"], kept["description"] = event.payee, event.description
            if event.commitment is not None:
                kept["commitment"] = event.commitment
        case CommitmentEntered():
            kept["commitment"], kept["payee"] = event.commitment, event.payee
            kept["document"] = event.document
            kept["promised"] = sum(each.amount for each in event.amounts)
        case PeriodClosed():
            pass
        case DisbursementReversed():
            kept["voucher"], kept["amount"] = event.voucher, -event.amount
            kept["of"] = event.of
        case ResultReported():
            kept["indicator"] = event.indicator
            if event.value is not None:
                kept["value"] = int(event.value * 100)
            for name in _OF_RESULT:
                given = getattr(event, name)
                if given is not None:
                    count = name.endswith("ator")
                    kept[name] = int(given) if count else str(given)
        case BudgetApproved():
            kept["name"], kept["unit"] = event.name, event.unit
            kept["document"] = event.document
            kept["amount"] = sum(each.amount for each in event.amounts)
            points = () if event.plan is None else event.plan.checkpoints
            kept["plan"] = [each.amount for each in points]
            kept["indicators"] = [
                {
                    "level1": each.level1,
                    "level2": each.level2,
                    "name": each.name,
                    "target": each.target.text,
                    "measure": str(each.measure),
                }
                for each in event.indicators
            ]
        case _:
            raise TypeError(event)
    return kept


def bulk(kept: dict[str, Any]) -> str:
    """Return a fact, no approval and no closing, as a line of a bulk file."""
    cells = kept | {"project": kept["project"].partition("-")[0]}
    for name in ("amount", "promised"):
        if name in cells:
            cells["amount"] = _hundredths(abs(cells.pop(name)))
    if "value" in cells:
        cells["value"] = _hundredths(cells["value"])
    return json.dumps(cells, ensure_ascii=False) + "\n"


def write(folder: Path, facts: Sequence[dict[str, Any]]) -> None:
    """Write *facts* in every shape that a contestant reads."""
    with (folder / JSON_LINES).open("w", encoding="utf-8") as lines:
        for each in facts:
            lines.write(json.dumps(each, ensure_ascii=False) + "\n")
    _write_table(folder, facts)
    (folder / JOURNAL).write_text("".join(map(_posting, facts)), encoding="utf-8")
    with (folder / BEANCOUNT).open("w", encoding="utf-8") as book:
        for account in _accounts(facts):
            book.write(f"{portfolio.BEFORE.start} open {account} CNY\n")
        for each in facts:
            book.write(_transaction(each))


def row(number: int, kept: dict[str, Any]) -> dict[str, Any]:
    """Return a fact as one line of a table."""
    plan = {f"plan{i}": part for i, part in enumerate(kept.get("plan", ()), start=1)}
    cells = {"seq": number, **kept, **plan}
    return {name: cells.get(name) for name in (*INTEGERS, *TEXTS)}


def _write_table(folder: Path, facts: Iterable[dict[str, Any]]) -> None:
    with (folder / TABLE).open("w", encoding="utf-8", newline="") as table:
        writer = csv.DictWriter(table, (*INTEGERS, *TEXTS))
        writer.writeheader()
        writer.writerows(row(i, each) for i, each in enumerate(facts, start=1))
    arrow, reader = import_module("pyarrow"), import_module("pyarrow.csv")
    kinds = dict.fromkeys(INTEGERS, arrow.int64()) | dict.fromkeys(
        TEXTS, arrow.string()
    )
    options = reader.ConvertOptions(column_types=kinds, strings_can_be_null=True)
    read = reader.read_csv(folder / TABLE, convert_options=options)
    import_module("pyarrow.parquet").write_table(read, folder / COLUMNS)


def _accounts(facts: Iterable[dict[str, Any]]) -> list[str]:
    codes = sorted({each["project"] for each in facts if each["project"]})
    own = [f"{kind}:{code}" for code in codes for kind in ("Equity:Budget", "Expenses")]
    return ["Assets:Treasury", "Equity:Authority", *own]


def _money(kept: dict[str, Any]) -> tuple[str, str, str] | None:
    """Return the account that a fact adds to, the amount, and where it is from."""
    if "amount" not in kept:
        return None
    code, amount = kept["project"], f"{_hundredths(kept['amount'])} CNY"
    if kept["type"] == "BudgetApproved":
        return f"Equity:Budget:{code}", amount, "Equity:Authority"
    return f"Expenses:{code}", amount, "Assets:Treasury"


def _posting(kept: dict[str, Any]) -> str:
    """Return a fact as hledger and ledger-cli read it; they know money only."""
    money = _money(kept)
    if money is None:
        return ""
    account, amount, source = money
    said = kept.get("payee") or kept["type"]
    number = kept.get("voucher") or kept["document"]
    return (
        f"{kept['on']} * ({number}) {said}\n    {account}    {amount}\n    {source}\n\n"
    )


def _transaction(kept: dict[str, Any]) -> str:
    """Return a fact as beancount reads it; it knows money only."""
    money = _money(kept)
    if money is None:
        return ""
    account, amount, source = money
    said = kept.get("payee") or kept["type"]
    number = kept.get("voucher") or kept["document"]
    return f'{kept["on"]} * "{said}" "{number}"\n  {account}  {amount}\n  {source}\n\n'


def _hundredths(number: int) -> str:
    sign = "-" if number < 0 else ""
    return f"{sign}{abs(number) // 100}.{abs(number) % 100:02}"
