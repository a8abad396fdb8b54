"""What the rules forbid, each with what it is about; the tree is that of the errors."""

from collections.abc import Sequence
from datetime import date

from ledger.domain.choices import few_or_nearest
from ledger.domain.errors import LedgerError
from ledger.domain.funding import named_source
from ledger.messages import Message, Value


class Refused(LedgerError):
    """A request that the rules forbid."""

    code = "error.refused"


class AlreadyApproved(Refused):
    """A second approval of one project, or a second setting of a unit's objectives."""

    code = "error.already_approved"

    def __init__(self, what: Message | str) -> None:
        super().__init__(what=what)


class _Unknown(Refused):
    """A name that stands for nothing in this ledger."""

    def __init__(
        self,
        name: str,
        *,
        within: Message | str = "",
        known: Sequence[str] = (),
        **more: Value,
    ) -> None:
        self.name, self.within, self.known = name, within, tuple(known)
        few = few_or_nearest(name, known)
        names = {key: [*map(self._word, words)] for key, words in few.items()}
        more |= {"name": self._word(name), "within": within, **names}
        super().__init__(**more)

    @staticmethod
    def _word(name: str) -> Message | str:
        """Return what readers call one of the names."""
        return name


def _digits(year: int | None) -> str | None:
    """Return a year as text: no separator stands between its thousands."""
    return None if year is None else str(year)


class UnknownProject(_Unknown):
    """
    No approval of this project is recorded.

    Attributes:
        right: The code with the check character that fits, where it has another.

        year: The fiscal year in which it has no approval, where one was meant.

        withdrawn_on: The day from which that was withdrawn, where it was.

        nearest, years: The code most like it that there is; other years that have it.
    """

    code = "error.unknown_project"
    nearest: str | None = None
    years: tuple[int, ...] = ()

    def __init__(
        self,
        name: str,
        *,
        right: str | None = None,
        year: int | None = None,
        withdrawn_on: date | None = None,
    ) -> None:
        self.right, self.year, self.withdrawn_on = right, year, withdrawn_on
        shown = _digits(year)
        super().__init__(name, right=right, year=shown, withdrawn_on=withdrawn_on)


class UnknownUnit(_Unknown):
    """
    No objectives of this unit are recorded.

    Attributes:
        year: The fiscal year in which it has none, where one was meant.
    """

    code = "error.unknown_unit"

    def __init__(self, name: str, *, year: int | None = None) -> None:
        self.year = year
        super().__init__(name, year=_digits(year))


class UnknownIndicator(_Unknown):
    """The project or unit has no such indicator, or the name stands for several."""

    code = "error.unknown_indicator"


class UnknownVoucher(_Unknown):
    """No disbursement of the project has this voucher number."""

    code = "error.unknown_voucher"


class UnknownResult(_Unknown):
    """No standing result has this key or event id."""

    code = "error.unknown_result"


class UnknownSource(_Unknown):
    """
    The project has no budget from this funding source.

    Attributes:
        nearest: That of its sources which has a spelling like it, if there is any.
    """

    code = "error.unknown_source"

    def __init__(
        self,
        name: str,
        *,
        within: Message | str = "",
        known: Sequence[str] = (),
        nearest: str | None = None,
        addable: bool = False,
    ) -> None:
        self.nearest = nearest
        near = self._word(nearest) if nearest and [nearest] != [*known] else None
        super().__init__(
            name, within=within, known=known, nearest=near, addable=addable or None
        )

    @staticmethod
    def _word(name: str) -> Message | str:
        return named_source(name)


class SourceLevelsMixed(Refused):
    """
    Of two funding sources of a project, one would stand below the other.

    Attributes:
        sources: Both, the upper one first.
    """

    code = "error.source_levels_mixed"

    def __init__(self, project: str, upper: str, lower: str) -> None:
        self.sources = upper, lower
        names = {"upper": named_source(upper), "lower": named_source(lower)}
        super().__init__(project=project, **names)


class OutsideFiscalYear(Refused):
    """An effective date outside the project's fiscal year."""

    code = "error.outside_fiscal_year"

    def __init__(self, project: str, on: date, first: date, last: date) -> None:
        self.on, self.first, self.last = on, first, last
        super().__init__(project=project, on=on, first=first, last=last)


class BeforeApproval(Refused):
    """A fact about a project that was not approved yet on that day."""

    code = "error.before_approval"

    def __init__(self, project: str, on: date, approved_on: date) -> None:
        self.on, self.approved_on = on, approved_on
        super().__init__(project=project, on=on, approved_on=approved_on)


class AfterClosure(Refused):
    """A fact about the money of a project that is closed, on whatever day."""

    code = "error.after_closure"

    def __init__(self, project: str, on: date, closed_on: date) -> None:
        self.on, self.closed_on = on, closed_on
        super().__init__(project=project, on=on, closed_on=closed_on)


class NotClosed(Refused):
    """
    A fact about a project-year that only a closed one may have.

    Attributes:
        year: The fiscal year.
    """

    code = "error.not_closed"

    def __init__(self, project: str, year: int) -> None:
        self.year = year
        super().__init__(project=project, year=_digits(year))


class AlreadyCorrected(Refused):
    """
    A second correction of one adjustment.

    Attributes:
        of: The event id of the adjustment.

        on: The day from which it is corrected.
    """

    code = "error.already_corrected"

    def __init__(self, project: str, of: str, on: date) -> None:
        self.of, self.on = of, on
        super().__init__(project=project, of=of, on=on)


class ApprovalInUse(Refused):
    """
    An approval cannot be withdrawn: facts of its year rest on it.

    Attributes:
        year: The fiscal year.

        on: The first day of such a fact.
    """

    code = "error.approval_in_use"

    def __init__(self, project: str, year: int, on: date, what: Message) -> None:
        self.year, self.on = year, on
        super().__init__(project=project, year=_digits(year), on=on, what=what)


class DatedAhead(Refused):
    """
    A disbursement, reversal or closing dated after the day of its recording.

    Attributes:
        recorded_on: The day of recording, in UTC; one day more is allowed.
    """

    code = "error.dated_ahead"

    def __init__(self, project: str, on: date, recorded_on: date) -> None:
        self.on, self.recorded_on = on, recorded_on
        super().__init__(project=project, on=on, recorded_on=recorded_on)


class InClosedPeriod(Refused):
    """
    A fact that would change the figures of a day that is closed.

    Attributes:
        on, through: The earliest day that it would change, and the last closed one.

        actor, recorded_on, unit: Who closed it, on which day, in UTC, for which unit.
    """

    code = "error.in_closed_period"

    def __init__(
        self, on: date, through: date, actor: str, recorded_on: str, unit: str | None
    ) -> None:
        self.on, self.through = on, through
        self.actor, self.recorded_on, self.unit = actor, recorded_on, unit
        who = {"actor": actor, "day": recorded_on, "unit": unit}
        super().__init__(on=on, through=through, **who)


class VoucherUsed(Refused):
    """
    A voucher number that the project has already.

    Attributes:
        line: The day and the amount of what used it, in minor units, where *used*
            tells them.

        apart: Whether both may be lines of one payment, which one append brings.
    """

    code = "error.voucher_used"

    def __init__(
        self,
        project: str,
        voucher: str,
        used: Message | None = None,
        line: tuple[date, int] | None = None,
        *,
        apart: bool = False,
    ) -> None:
        self.project, self.voucher, self.used = project, voucher, used
        self.line, self.apart = line, apart
        who = {"project": project, "voucher": voucher}
        super().__init__(**who, used=used, apart=apart or None)


class BudgetExceeded(Refused):
    """
    Money that is not there.

    Attributes:
        requested: The amount asked for, in minor units.

        available: The least that is available from *on* to the end, in minor units.

        day: The first day on which the request would overdraw the budget.
    """

    code = "error.budget_exceeded"

    def __init__(
        self, message: Message | str, *, requested: int, available: int, day: date
    ) -> None:
        self.requested, self.available, self.day = requested, available, day
        super().__init__(message)


class UnknownCommitment(_Unknown):
    """No commitment of the project has this number."""

    code = "error.unknown_commitment"


class ReversalExceeded(Refused):
    """A reversal above what is left of the disbursement that it names."""

    code = "error.reversal_exceeded"

    def __init__(self, message: Message | str, *, requested: int, left: int) -> None:
        self.requested, self.left = requested, left
        super().__init__(message)


class CarryExceeded(Refused):
    """
    More than a closed year can hand on, or than can come back to it.

    Attributes:
        requested: The amount asked for, in minor units; 0 for all that there is.

        left: What there is, in minor units.
    """

    code = "error.carry_exceeded"

    def __init__(self, message: Message | str, *, requested: int, left: int) -> None:
        self.requested, self.left = requested, left
        super().__init__(message)


class VirementUnbalanced(Refused):
    """Legs of a virement or carry-over that do not sum to zero, or meet themselves."""

    code = "error.virement_unbalanced"


class WrongResult(Refused):
    """A result of a kind that the indicator's target cannot be compared with."""

    code = "error.wrong_result"
