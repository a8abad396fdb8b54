"""Lines of a bulk file in batches that part nothing that belongs together."""

from collections.abc import Hashable, Iterable, Iterator

from ledger.domain.catalogue import BY_CLASS, leg_of, undone_id
from ledger.domain.event_type import ColumnKind
from ledger.domain.identity import voucher_identity
from ledger.domain.streams import OF_LEDGER, code_about
from ledger.intake.requests import Problem, Request

ReadLine = Request | Problem


def batches(lines: Iterable[ReadLine], size: int) -> Iterator[list[ReadLine]]:
    """
    Yield *lines* in batches of about *size*, in the order of their first lines.

    Lines of one key, one voucher with its reversals, the legs of one day and document,
    and a retraction with its result stay together, however far apart they stand; a
    batch is larger where that asks for it. A fact about periods is one of its own.
    """
    batch: list[ReadLine] = []
    for group in _groups(list(lines)):
        alone = any(map(_is_alone, (*batch[-1:], *group)))
        if batch and (alone or len(batch) + len(group) > size):
            yield batch
            batch = []
        batch += group
    if batch:
        yield batch


def _is_alone(line: ReadLine) -> bool:
    """Return whether a line is an append of its own."""
    return isinstance(line, Request) and type(line.event) in OF_LEDGER


def _groups(lines: list[ReadLine]) -> Iterator[list[ReadLine]]:
    """Yield the lines that belong together, in the order of the first of them."""
    joined = list(range(len(lines)))  # To an earlier line of the same group, or itself.

    def first(number: int) -> int:
        while joined[number] != number:
            joined[number] = joined[joined[number]]
            number = joined[number]
        return number

    holders: dict[Hashable, int] = {}
    for number, line in enumerate(lines):
        for tie in _ties(line):
            one, other = first(holders.setdefault(tie, number)), first(number)
            joined[max(one, other)] = min(one, other)
    groups: dict[int, list[ReadLine]] = {}
    for number, line in enumerate(lines):
        groups.setdefault(first(number), []).append(line)
    yield from groups.values()


def _ties(line: ReadLine) -> Iterator[Hashable]:
    """Yield what ties a line to others that have the same."""
    if isinstance(line, Problem):
        return
    if line.key is not None:
        yield "key", line.key
    event = line.event
    for column in BY_CLASS[type(event)].columns:
        if column.kind is ColumnKind.VOUCHER:
            voucher = getattr(event, column.field)
            if voucher is not None:
                yield "voucher", code_about(event), voucher_identity(voucher)
    leg = leg_of(event)
    if leg is not None:
        yield "legs", leg.on, leg.document
    retracted = undone_id(event)
    if retracted is not None:
        yield "key", retracted
