"""An append of which all is there: judged as a whole, with all that is wrong of it."""

from typing import Final

from ledger.app.underway import AppendUnderWay
from ledger.app.waiting import number_of, said_of
from ledger.domain.errors import InvalidBatch, InvalidInput, LedgerError
from ledger.domain.refusals import VirementUnbalanced
from ledger.messages import message

MOST_PROBLEMS: Final = 1_000


def check(append: AppendUnderWay) -> None:
    """
    Let the append pass only if all of it can.

    Raises:
        InvalidBatch: It comes from a file; every bad line is listed.
        LedgerError: What was refused first.
    """
    refused = {number for number, _ in append.problems}
    for each in append.short:
        money = append.states.money(each.stream)
        facts = append.written.events(each.stream, append.writer, append.states.log)
        stands = each.shortage.stands(money, facts)
        if each.waiting.number not in refused and stands:
            number, request, first = each.waiting
            same = type(first) is type(each.problem)
            append.refuse(number, request, first if same and first else each.problem)
    append.problems += [(append.number, each) for each in append.repeats.finish()]
    if append.of_ledger and append.taken > 1:
        found, right = message("found.with_others"), message("expected.own_append")
        append.refuse(*append.of_ledger[0], InvalidInput("events", found, right))
    if not append.problems and not append.virements.groups:
        return
    append.problems.sort(key=number_of)
    unbalanced = [
        message("line.placed", place=[*dict.fromkeys(legs.places)], what=what)
        for what, legs in append.virements.problems(append.settings)
    ]
    if append.source and (append.problems or unbalanced):
        listed = [said_of(each) for _, each in append.problems[:MOST_PROBLEMS]]
        if len(append.problems) >= MOST_PROBLEMS:
            listed.append(message("line.stopped"))
        right = message("expected.allowed_facts")
        raise InvalidBatch(append.source, [*listed, *unbalanced], right)
    for _, problem in append.problems:
        if isinstance(problem, LedgerError):
            raise problem
    if unbalanced:
        raise VirementUnbalanced(message("line.several", parts=unbalanced))
