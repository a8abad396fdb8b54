"""How a function of what is open becomes a method of a ledger."""

from collections.abc import Callable, Iterator
from functools import wraps
from typing import Concatenate, ParamSpec, Protocol, TypeVar

from ledger.app.open_ledger import OpenLedger
from ledger.app.suggestions import suggest
from ledger.domain.arguments import check_keywords, keywords, misfit
from ledger.domain.error_language import spoken
from ledger.domain.errors import LedgerError
from ledger.messages import Language

P = ParamSpec("P")
R = TypeVar("R")
T = TypeVar("T")


class LedgerMethods(Protocol):
    """What has such methods: a ledger."""

    _parts: OpenLedger

    @property
    def language(self) -> Language:
        """What its errors are said in."""


def ledger_method(
    function: Callable[Concatenate[OpenLedger, P], R],
) -> Callable[Concatenate[LedgerMethods, P], R]:
    """
    Return a method of a ledger that calls *function* with its parts.

    A misspelt keyword is refused with the nearest one, also where *function* passes
    those of the envelope on; so is what Python itself would not take, in words. An
    error that leaves it speaks the ledger's language.
    """

    @wraps(function)
    def method(self: LedgerMethods, /, *args: P.args, **kwargs: P.kwargs) -> R:
        try:
            check_keywords(keywords(function), kwargs)
            return function(self._parts, *args, **kwargs)
        except LedgerError as problem:
            suggest(problem, self._parts.log)
            problem.speak(self.language)
            raise
        except Exception as problem:
            refusal = misfit(function, (self._parts, *args), kwargs)
            if refusal is None:
                raise
            refusal.speak(self.language)
            raise refusal from problem

    return method


def ledger_iterator(
    function: Callable[Concatenate[OpenLedger, P], Iterator[T]],
) -> Callable[Concatenate[LedgerMethods, P], Iterator[T]]:
    """Return such a method for what is read while it is iterated over."""
    begin = ledger_method(function)

    @wraps(function)
    def method(
        self: LedgerMethods, /, *args: P.args, **kwargs: P.kwargs
    ) -> Iterator[T]:
        return spoken(begin(self, *args, **kwargs), self.language)

    return method
