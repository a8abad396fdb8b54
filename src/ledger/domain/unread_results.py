"""Texts in the place of a result that can be read as none: what would be right."""

import re
from datetime import date
from decimal import Decimal
from typing import Final
from unicodedata import normalize

from ledger.domain.choices import choice_for, listed
from ledger.domain.errors import InvalidAmount, InvalidInput, LedgerError
from ledger.domain.events import Event, ResultReported
from ledger.domain.indicator import Rating
from ledger.domain.money import exact
from ledger.domain.result_series import decimal
from ledger.domain.results import Standard
from ledger.domain.target_kind import DATES, QUANTITIES, TargetKind
from ledger.domain.target_parser import parse_target
from ledger.messages import Message, message, named

_NUMBER: Final = re.compile(r"[0-9]+(?:\.[0-9]+)?", re.ASCII)


class UnreadResult(InvalidInput):
    """
    A result that is no number, no day and no rating.

    Attributes:
        about: The event without what was measured.
    """

    def __init__(self, found: str, about: ResultReported) -> None:
        self.about = about
        super().__init__(named("value"), found, _right_of_any(found))
        self.found: str = found

    def judged_by(self, standard: Standard) -> None:
        """Say what would be right for a target."""
        self.expected = _right(self.found, standard, self.about.on)
        assert isinstance(self.message, Message)
        values = {**self.message.values, "expected": self.expected}
        self.message = Message(self.message.code, values)


def number_in_unit(printed: str, standard: Standard) -> Decimal | None:
    """
    Return a number that is printed with its unit, in that of its target.

    ``None`` where it is no number alone, where its unit is another one, or where the
    target is no quantity.
    """
    if standard.kind not in QUANTITIES:
        return None
    read, _ = parse_target(printed)
    if read.kind is not TargetKind.EXACTLY or read.unit not in {None, standard.unit}:
        return None
    return read.value


def of_result(event: Event | None, problem: LedgerError) -> LedgerError:
    """Return what is wrong with an event; of a result by what its target asks for."""
    if not isinstance(event, ResultReported) or not isinstance(problem, InvalidAmount):
        return problem
    read = problem.field != "value" or not isinstance(problem.found, str)
    return problem if read else UnreadResult(str(problem.found), event)


def _right_of_any(found: str) -> Message | str:
    """Return what would be right in the place of a text where no target is known."""
    try:
        exact(found if any(map(str.isdigit, found)) else "0")
    except InvalidAmount as problem:
        return problem.expected
    return message("expected.any_result", words=listed(Rating))


def _right(found: str, standard: Standard, on: date) -> Message | str:
    """Return what the target of a result asks for, in the place of a text."""
    kind, target = standard.kind, standard.text
    if kind in QUANTITIES:
        bare = _NUMBER.findall(normalize("NFKC", found).replace(",", ""))
        example = bare[0] if len(bare) == 1 else decimal(standard.value)
        unit = standard.unit
        values = {"unit": unit, "example": example, "target": target}
        return message("expected.result_number", **values)
    if kind in DATES:
        return message("expected.result_day", example=on, target=target)
    if kind is TargetKind.QUALITATIVE:
        right = choice_for(Rating, found)
        return message("expected.result_rating", right=right, target=target)
    return _right_of_any(found)
