"""Errors as they go from one process to another."""

import copy
import inspect
import pickle
from datetime import date

import pytest

from ledger import LedgerError
from ledger.domain.finding import finding

GIVEN = {
    "on": date(2023, 1, 1), "first": date(2023, 1, 1), "last": date(2023, 12, 31), "day": date(2023, 5, 1),
    "approved_on": date(2023, 2, 1), "closed_on": date(2023, 3, 1), "recorded_on": date(2023, 1, 1),
    "problems": ("line 1: bad",), "findings": (finding("form.changed", place="here"),), "known": ("one", "two"),
    "requested": 3, "available": 2, "left": 1, "expected": 4, "actual": 5, "position": 6,
}  # fmt: skip


def every(kind=LedgerError):
    """Yield every kind of error."""
    yield kind
    for below in kind.__subclasses__():
        yield from every(below)


def made(kind):
    """Make an error of a kind, with something in every field."""
    if (
        kind.__init__ is Exception.__init__
        or "args" in inspect.signature(kind).parameters
    ):
        return kind("what is said")
    parts = [
        each
        for each in inspect.signature(kind).parameters.values()
        if each.kind is not each.VAR_KEYWORD
    ]
    values = [(each, GIVEN.get(each.name, each.name)) for each in parts]
    return kind(
        *(value for each, value in values if each.kind is not each.KEYWORD_ONLY),
        **{
            each.name: value for each, value in values if each.kind is each.KEYWORD_ONLY
        },
    )


@pytest.mark.parametrize("kind", list(every()), ids=lambda kind: kind.__name__)
@pytest.mark.parametrize(
    "again", [copy.copy, copy.deepcopy, lambda each: pickle.loads(pickle.dumps(each))]
)
def test_an_error_comes_back_as_it_was(kind, again):
    """With its message and with every attribute."""
    problem = made(kind)
    back = again(problem)
    assert (type(back), str(back), back.args) == (kind, str(problem), problem.args)
    assert vars(back) == vars(problem)
