"""The register of contracts as text for a terminal, or for a file."""

from collections.abc import Mapping
from typing import Final

from rich.console import Group, RenderableType
from rich.text import Text

from ledger.domain.settings import Settings
from ledger.reports import vocabulary as words
from ledger.reports.render.terminal import money, printable, table
from ledger.reports.values.contracts import (
    Contract,
    ContractMoney,
    ContractRegisterValues,
)

_TEXTS: Final = ("commitment", "stage", "payee", "project_name")
_FIGURES: Final = ("contract_amount", "disbursed", "open", "due_on", "days_overdue")


def register(
    made: ContractRegisterValues, language: str | None = None
) -> RenderableType:
    """
    Return the register, in the ledger's language where none is named.

    Raises:
        InvalidInput: There is no such language.
    """
    settings = made.settings
    say = words.words(words.language_of(language, settings))
    title = say["contract_register"].format(through=made.through)
    if made.known_at:
        title += say["as_known_at"].format(known_at=made.known_at)
    lines = filter(None, [settings.title, title])
    listed = table([say[key] for key in _TEXTS], figures=[say[key] for key in _FIGURES])
    for unit in made.by_unit:
        for each in made.contracts:
            if each.unit == unit.unit:
                listed.add_row(*_texts(each, say), *_figures(each, settings))
        name = f"{unit.unit} {unit.unit_name or ''}".strip()
        listed.add_row(printable(name), *_sums(unit.money, settings, say), style="bold")
        listed.add_section()
    listed.add_row(say["total"], *_sums(made.totals, settings, say), style="bold")
    unit_of_money = say["in_unit"].format(
        word=say["amount"], unit=words.money_unit(settings, say)
    )
    position = say["position_root"].format(position=made.position, root=made.root)
    return Group(
        Text("\n".join(lines), style="bold"),
        listed,
        Text(unit_of_money, style="dim"),
        Text(position, style="dim"),
    )


def _texts(each: Contract, say: Mapping[str, str]) -> list[RenderableType]:
    return [
        printable(each.number),
        Text(say[each.stage.value]),
        printable(each.commitment.payee or "–"),
        printable(each.name),
    ]


def _figures(each: Contract, settings: Settings) -> list[str]:
    due_on, days = each.commitment.due_on, each.days_overdue
    return [
        *_amounts(each.money, settings),
        "–" if due_on is None else f"{due_on}",
        "–" if days is None else f"{days}",
    ]


def _sums(
    total: ContractMoney, settings: Settings, say: Mapping[str, str]
) -> list[str]:
    """Return the cells of a sum behind its name."""
    count = say["contracts_overdue"].format(
        count=total.contracts, overdue=total.overdue
    )
    return ["", "", count, *_amounts(total, settings), "", ""]


def _amounts(own: ContractMoney, settings: Settings) -> list[str]:
    return [money(amount, settings) for amount in (own.amount, own.disbursed, own.open)]
