"""Public methods whose errors speak the language of the ledger that they leave."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from inspect import getattr_static
from types import FunctionType
from typing import Concatenate, ParamSpec, Protocol, TypeVar

from ledger.domain.arguments import checked, misfit
from ledger.domain.errors import LedgerError
from ledger.messages import Language

P = ParamSpec("P")
R = TypeVar("R")
T = TypeVar("T")


class Speaker(Protocol):
    """What came from a ledger, and has its language."""

    @property
    def language(self) -> Language:
        """The language that it speaks where none is named."""


S = TypeVar("S", bound=Speaker)
K = TypeVar("K", bound=type[Speaker])


def in_own_language(
    method: Callable[Concatenate[S, P], R],
) -> Callable[Concatenate[S, P], R]:
    """
    Return a method whose errors speak the language of the ledger.

    What Python itself would not take is refused in words too.
    """

    @wraps(method)
    def opened(self: S, /, *args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return method(self, *args, **kwargs)
        except LedgerError as problem:
            problem.speak(self.language)
            raise
        except Exception as problem:
            refusal = misfit(method, (self, *args), kwargs)
            if refusal is None:
                raise
            refusal.speak(self.language)
            raise refusal from problem

    return opened


def all_in_own_language(kind: K) -> K:
    """
    Return *kind*, whose public methods and properties are all in its language.

    Methods of the class itself, before there is any, are :func:`checked` alone.
    """
    for name in dir(kind):
        if name.startswith("_"):
            continue
        own = getattr_static(kind, name)
        if isinstance(own, FunctionType):
            setattr(kind, name, in_own_language(own))
        elif isinstance(own, classmethod | staticmethod):
            setattr(kind, name, type(own)(checked(own.__func__)))
        elif isinstance(own, property) and own.fget is not None and name != "language":
            setattr(kind, name, property(in_own_language(own.fget), doc=own.__doc__))
    return kind


@contextmanager
def speaking(language: Language | None) -> Iterator[None]:
    """Have the errors of a block speak *language*, if it is known."""
    try:
        yield
    except LedgerError as problem:
        if language is not None:
            problem.speak(language)
        raise


def spoken(items: Iterator[T], language: Language) -> Iterator[T]:
    """Yield *items*, whose errors speak the language of the ledger as well."""
    with speaking(language):
        yield from items
