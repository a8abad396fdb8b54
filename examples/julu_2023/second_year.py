"""
An *illustrative* 2024 after the illustrative 2023 of ``illustrate.py``.

The forms of 2024 are made up as well. What happens in it is what a year of one unit has
beside its months: contracts, the end of the year before and what is carried over from
it, a late invoice and the part of it that comes back, months that are locked, a
corrected form.
"""

from datetime import date
from decimal import Decimal
from pathlib import Path

from illustrate import (
    AIRCON,
    ARBITRATION,
    INSPECTION,
    RECRUITING,
    TRAINING,
    Clock,
    Special,
    record_month,
    record_year,
    told,
    written,
)
from ledger import Language, Ledger
from ledger.errors import CommitmentsOpen, InClosedPeriod
from ledger.events import ContinuedCommitment
from story import say, settings, words

FORMS_2024 = Path(__file__).with_name("forms-2024.json")
CORRECTED = Path(__file__).with_name("corrected-2024.json")
YEAR_END = date(2023, 12, 31)
HEATING = "HT-2023-031"
EXAMS = "HT-2024-006"
LATE_INVOICE = "2023-12-09"
CARRIED = {RECRUITING: {"fiscal": "40_000.00"}, AIRCON: {"fiscal": "30_000.00"}}
LAST_MONTH = 6


def create(path: Path, language: Language = Language.ENGLISH) -> list[str]:
    """Make the ledger of both years at *path*; return what happened in them."""
    for old in path.parent.glob(f"{path.name}*"):
        old.unlink()
    clock = Clock()
    actor, chosen = words(language, "label"), settings(language, "titles")
    with Ledger.open(path, actor=actor, clock=clock, settings=chosen) as ledger:
        notes = record_year(ledger, clock, IN_2023)
        for month in range(1, LAST_MONTH + 1):
            for special in IN_2024.get(month, ()):
                notes.append(special(ledger, clock))
            record_month(ledger, clock, month, 2024)
        return notes


def sign(ledger: Ledger, clock: Clock) -> str:
    """Sign a contract, so that what it costs is spent on nothing else."""
    clock.show(date(2023, 9, 4))
    ledger.commit(
        AIRCON,
        HEATING,
        "80_000",
        on=date(2023, 9, 1),
        payee=say(ledger, "company"),
        document=say(ledger, "document.contract"),
        due_on=date(2023, 12, 20),
    )
    return told(ledger, "contract", AIRCON, "80_000.00", commitment=HEATING)


def pay_part(ledger: Ledger, clock: Clock) -> str:
    """Pay a part of the contract."""
    clock.show(date(2023, 11, 10))
    _pay(ledger, AIRCON, "50_000.00", date(2023, 11, 8), "2023-11-02", HEATING)
    return told(ledger, "contract_part", AIRCON, "50_000.00", commitment=HEATING)


def approve(ledger: Ledger, clock: Clock) -> str:
    """Take the forms of the new year."""
    clock.show(date(2024, 1, 16))
    ledger.import_forms(FORMS_2024)
    count = sum(2024 in project.years for project in ledger.projects())
    return say(ledger, "note.approved", count=count)


def refuse(ledger: Ledger, clock: Clock) -> str:
    """Try to close a project with an open contract."""
    clock.show(date(2024, 1, 17))
    try:
        ledger.close_project(AIRCON, year=2023)
    except CommitmentsOpen as refused:
        return say(ledger, "note.refused", problem=refused)
    raise AssertionError("a project with an open contract was closed")


def release(ledger: Ledger, clock: Clock) -> str:
    """Free what is open at the year's end; the contract goes on in the next year."""
    clock.show(date(2024, 1, 17))
    ledger.release_commitment(AIRCON, HEATING, on=YEAR_END, why="year_end")
    return told(ledger, "released", AIRCON, "30_000.00", commitment=HEATING)


def close(ledger: Ledger, clock: Clock) -> str:
    """Close every project of 2023: two carry over, what is left of others lapses."""
    clock.show(date(2024, 1, 18))
    lines = ledger.view(through=YEAR_END).execution()
    for line in lines:
        carried = CARRIED.get(line.project)
        ledger.close_project(line.project, year=2023, carried_over=carried)
    total = ledger.view(through=YEAR_END).total()
    return say(
        ledger,
        "note.closed",
        count=len(lines),
        carried=written(ledger, total.carried_over),
        lapsed=written(ledger, total.lapsed),
    )


def late_invoice(ledger: Ledger, clock: Clock) -> str:
    """Open a closed project again for an invoice that came late."""
    clock.show(date(2024, 1, 22))
    ledger.reopen_project(INSPECTION, year=2023, reason=say(ledger, "reason.invoice"))
    _pay(ledger, INSPECTION, "1_150.00", date(2023, 12, 26), LATE_INVOICE)
    ledger.close_project(INSPECTION, year=2023)
    spent = ledger.view(through=YEAR_END).project(INSPECTION).disbursed
    reason = say(ledger, "reason.as_spent")
    ledger.state_outlook(INSPECTION, spent, on=YEAR_END, reason=reason)
    return told(ledger, "invoice", INSPECTION, "1_150.00")


def lock_year(ledger: Ledger, clock: Clock) -> str:
    """Lock the year before, its closings too."""
    clock.show(date(2024, 2, 5))
    ledger.close_period(YEAR_END, year_end=True)
    return say(ledger, "note.year_locked")


def carry(ledger: Ledger, clock: Clock) -> str:
    """Hand on to 2024 what 2023 carried over."""
    clock.show(date(2024, 2, 6))
    document = say(ledger, "document.carry")
    for project in CARRIED:
        ledger.carry_over(project, on=date(2024, 2, 6), document=document)
    return told(ledger, "carried", RECRUITING, CARRIED[RECRUITING]["fiscal"])


def go_on(ledger: Ledger, clock: Clock) -> str:
    """Go on with the contract of 2023, and pay its last invoice."""
    clock.show(date(2024, 2, 7))
    source = "carried_over/fiscal"
    ledger.commit(
        AIRCON,
        HEATING,
        "30_000",
        on=date(2024, 2, 7),
        source=source,
        payee=say(ledger, "company"),
        due_on=date(2024, 3, 31),
        continues=ContinuedCommitment(year=2023, commitment=HEATING),
    )
    clock.show(date(2024, 2, 20))
    on = date(2024, 2, 19)
    _pay(ledger, AIRCON, "29_400.00", on, "2024-02-07", HEATING, final=True)
    return told(
        ledger,
        "continued",
        AIRCON,
        "29_400.00",
        commitment=HEATING,
        freed=written(ledger, Decimal("600.00")),
    )


def reserve(ledger: Ledger, clock: Clock) -> str:
    """Set money aside for a purchase, and sign the contract that comes of it."""
    clock.show(date(2024, 3, 4))
    ledger.commit(
        RECRUITING,
        "CG-2024-002",
        "25_000",
        on=date(2024, 3, 4),
        stage="reserved",
        source="carried_over/fiscal",
    )
    clock.show(date(2024, 3, 18))
    ledger.commit(
        RECRUITING,
        EXAMS,
        "24_000",
        on=date(2024, 3, 18),
        of="CG-2024-002",
        payee=say(ledger, "company"),
        document=say(ledger, "document.contract"),
        due_on=date(2024, 6, 15),
    )
    return told(ledger, "reserved", RECRUITING, "25_000.00", commitment=EXAMS)


def refund(ledger: Ledger, clock: Clock) -> str:
    """Take back a part of the late invoice, in the year in which it comes back."""
    clock.show(date(2024, 3, 22))
    ledger.refund(
        INSPECTION,
        "200.00",
        of=LATE_INVOICE,
        voucher="2024-03-R1",
        on=date(2024, 3, 21),
        payee=say(ledger, "company"),
        reason=say(ledger, "reason.refund"),
    )
    return told(ledger, "refunded", INSPECTION, "200.00")


def lock(ledger: Ledger, clock: Clock) -> str:
    """Lock the months that were reported."""
    clock.show(date(2024, 4, 8))
    ledger.close_period("2024-03-31")
    return say(ledger, "note.month_locked")


def reopen(ledger: Ledger, clock: Clock) -> str:
    """Refuse a bill of a locked month, then open its last days and take it."""
    clock.show(date(2024, 4, 16))
    try:
        _late_bill(ledger)
    except InClosedPeriod as refused:
        problem = say(ledger, "note.refused", problem=refused)
    reason = say(ledger, "reason.reopened")
    ledger.reopen_period("2024-03-25", "2024-03-31", until="2024-04-20", reason=reason)
    _late_bill(ledger)
    clock.show(date(2024, 4, 22))
    ledger.close_period("2024-03-31")
    taken = told(ledger, "month_reopened", ARBITRATION, "2_300.00")
    return f"{problem}\n- {taken}"


def revise(ledger: Ledger, clock: Clock) -> str:
    """Take a corrected form: what has changed in it becomes facts of its own."""
    clock.show(date(2024, 5, 10))
    ledger.import_forms(CORRECTED, revise=True, on=date(2024, 5, 10))
    return told(ledger, "revised", TRAINING, "20_000.00")


def pay_last(ledger: Ledger, clock: Clock) -> str:
    """Pay the last invoice of a contract."""
    clock.show(date(2024, 6, 13))
    on = date(2024, 6, 12)
    _pay(ledger, RECRUITING, "23_500.00", on, "2024-06-02", EXAMS, final=True)
    return told(ledger, "contract_paid", RECRUITING, "23_500.00", commitment=EXAMS)


def _late_bill(ledger: Ledger) -> None:
    _pay(ledger, ARBITRATION, "2_300.00", date(2024, 3, 28), "2024-03-07")


def _pay(
    ledger: Ledger,
    project: str,
    amount: str,
    on: date,
    voucher: str,
    commitment: str | None = None,
    *,
    final: bool = False,
) -> None:
    ledger.disburse(
        project,
        amount,
        on=on,
        voucher=voucher,
        commitment=commitment,
        final=final,
        description=say(ledger, "label"),
        source=None if commitment or on.year == 2023 else "fiscal",
    )


IN_2023: dict[int, tuple[Special, ...]] = {9: (sign,), 11: (pay_part,)}

IN_2024: dict[int, tuple[Special, ...]] = {
    1: (approve, refuse, release, close, late_invoice),
    2: (lock_year, carry, go_on),
    3: (reserve, refund),
    4: (lock, reopen),
    5: (revise,),
    6: (pay_last,),
}
