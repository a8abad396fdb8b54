"""Codes and budgets of forms that print none, as whoever imports them gives them."""

from collections.abc import Mapping
from typing import Any

from attrs import define
from attrs import field as attribute

from ledger.domain.arguments import check_type
from ledger.domain.choices import not_among
from ledger.domain.codes import checked_code
from ledger.domain.exact_numbers import EXACTLY
from ledger.domain.identity import plain_name
from ledger.domain.money import Amount, exact

ANY: str = ""
"""The name of any project, of which there is one."""


@define
class NotPrinted:
    """
    Completes forms that print no code of their project or unit, or no budget.

    Attributes:
        codes: Of projects, by their names; that of the empty name is of any.

        unit: Of the unit of all forms.

        budgets: Of projects, likewise by name, in the main unit of the currency.

        listed: Codes of a list by names, which may be of other projects too.
    """

    codes: Mapping[str, str]
    unit: str | None
    budgets: Mapping[str, Amount]
    listed: Mapping[str, str]
    seen: dict[str, str] = attribute(factory=dict)

    def __attrs_post_init__(self) -> None:
        """Check what was given."""
        check_type("codes", self.codes, dict)
        for name, code in self.codes.items():
            check_type("codes", name, str)
            checked_code(code, name="code")
        check_type("unit", self.unit, str | None)
        self.codes = {_plain(name): code for name, code in self.codes.items()}
        self.listed = {_plain(name): code for name, code in self.listed.items()}
        check_type("budgets", self.budgets, dict)
        self.budgets = {
            _plain(name): exact(budget, field="budgets")
            for name, budget in self.budgets.items()
        }

    def complete(self, form: Any, scale: int) -> None:
        """
        Give a form what it does not print; what it prints stays.

        Args:
            scale: How many of the main unit of the currency one printed unit is.
        """
        if not isinstance(form, dict):
            return
        name = form.get("project_name")
        plain = _plain(name) if isinstance(name, str) else ANY
        if isinstance(name, str):
            self.seen[plain] = name
        code = self.codes.get(plain, self.listed.get(plain, self.codes.get(ANY)))
        if code is not None and form.get("project_code") is None:
            form["project_code"] = code
        budget = self.budgets.get(plain, self.budgets.get(ANY))
        if budget is not None and form.get("budget") is None:
            form["budget"] = f"{EXACTLY.divide(exact(budget), scale):f}"
        self.complete_unit(form)

    def complete_unit(self, part: Any) -> None:
        """Give a form, or a unit's own part, the code of the unit that it has not."""
        if isinstance(part, dict) and self.unit and part.get("unit_code") is None:
            part["unit_code"] = self.unit

    def check_names(self) -> None:
        """
        Check that each name is one of a form.

        Raises:
            InvalidInput: One is not; the nearest is named.
        """
        for field, given in (("codes", self.codes), ("budgets", self.budgets)):
            for name in given:
                if name != ANY and name not in self.seen:
                    raise not_among([*self.seen.values()], field, name)


def _plain(name: str) -> str:
    return "".join(plain_name(name).split())
