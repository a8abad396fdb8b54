"""The codes of forms that print none, as whoever imports them gives them."""

from collections.abc import Mapping
from typing import Any

from attrs import define, field

from ledger.domain.arguments import check_type
from ledger.domain.choices import not_among
from ledger.domain.codes import checked_code
from ledger.domain.identity import plain_name

ANY: str = ""
"""The name of any project, of which there is one."""


@define
class GivenCodes:
    """
    Completes forms that print no code of their project or of their unit.

    Attributes:
        codes: Of projects, by their names; that of the empty name is of any.

        unit: Of the unit of all forms.
    """

    codes: Mapping[str, str]
    unit: str | None
    seen: dict[str, str] = field(factory=dict)

    def __attrs_post_init__(self) -> None:
        """Check what was given."""
        check_type("codes", self.codes, dict)
        for name, code in self.codes.items():
            check_type("codes", name, str)
            checked_code(code, name="code")
        check_type("unit", self.unit, str | None)
        self.codes = {_plain(name): code for name, code in self.codes.items()}

    def complete(self, form: Any) -> None:
        """Give a form the codes that it has not; what it prints stays."""
        if not isinstance(form, dict):
            return
        name = form.get("project_name")
        plain = _plain(name) if isinstance(name, str) else ANY
        if isinstance(name, str):
            self.seen[plain] = name
        code = self.codes.get(plain, self.codes.get(ANY))
        if code is not None and form.get("project_code") is None:
            form["project_code"] = code
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
        for name in self.codes:
            if name != ANY and name not in self.seen:
                raise not_among([*self.seen.values()], "codes", name)


def _plain(name: str) -> str:
    return "".join(plain_name(name).split())
