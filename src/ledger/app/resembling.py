"""What a fact that is recorded resembles of its stream; most resemble nothing."""

from attrs import define, evolve, field

from ledger.domain.budget import Budget
from ledger.domain.errors import InvalidInput
from ledger.domain.events import BudgetAdjusted, Disbursed, Event
from ledger.domain.likenesses import Likenesses, are_alike
from ledger.domain.subject import Stream
from ledger.messages import message
from ledger.store.protocol import EventStore, Writer


@define
class Resembling:
    """
    The payees and documents of the stream that was asked for last.

    Attributes:
        version: Of the stream, as far as it was read.
    """

    log: EventStore
    stream: Stream | None = None
    version: int = 0
    known: Likenesses = field(factory=Likenesses)

    def noted(
        self, fact: Event, money: Budget, stream: Stream, writer: Writer
    ) -> Event:
        """
        Return a fact with what it resembles.

        Raises:
            InvalidInput: The request says something else of that.
        """
        assert type(fact) is Disbursed or type(fact) is BudgetAdjusted
        found: tuple[str, ...] = ()
        if _may_resemble(fact, money):
            self._read(stream, writer)
            found = self.known.of(fact)
        if fact.resembles and not are_alike(fact.resembles, found):
            right = message("expected.computed", value=[*found] or None)
            raise InvalidInput("resembles", [*fact.resembles], right)
        return evolve(fact, resembles=found) if found else fact

    def _read(self, stream: Stream, writer: Writer) -> None:
        if self.stream != stream:
            self.stream, self.version, self.known = stream, 0, Likenesses()
        writer.flush()
        for each in self.log.read_stream(stream, after_version=self.version):
            self.version = each.version
            self.known.add(each.event, each.id)


def _may_resemble(fact: Disbursed | BudgetAdjusted, money: Budget) -> bool:
    """Return whether there is another of the same amount, as most have none."""
    if isinstance(fact, Disbursed):
        return bool(fact.payee) and money.has_disbursement(fact.amount, fact.on)
    if not fact.document or not fact.amounts:
        return False
    first = fact.amounts[0]
    like = first.source, fact.kind.sign * first.amount, fact.kind
    return any(each[1:4] == like for each in money.adjustments)
