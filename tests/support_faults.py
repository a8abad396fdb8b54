"""Ledgers to be damaged, what they say, and processes to be ended."""

import sqlite3
from contextlib import closing
from datetime import timedelta
from decimal import Decimal
from multiprocessing import get_context
from pathlib import Path
from typing import NamedTuple

import pytest

from ledger import AdjustmentKind, Funding, Ledger
from ledger.domain.errors import LedgerError
from ledger.events import BudgetAdjusted, ResultReported
from support import Clock, approval, day, disbursement

# Forked, a process starts in a millisecond and has all modules loaded.
FORK = get_context("fork")

INDICATOR = "开展就业培训数"
BESIDE = ("-wal", "-shm")


class Facts(NamedTuple):
    """All that a ledger says."""

    lines: list[bytes]
    root: str
    settings: object
    report: str
    earlier: str


def facts(path):
    """Return what the ledger at *path* says, without writing to it."""
    with Ledger.open(path, create=False, read_only=True, actor="a") as ledger:
        early, _ = ledger._parts.log.append_around(ledger.position // 2)
        return Facts(
            list(ledger.lines()),
            ledger.root,
            ledger.settings,
            ledger.monthly_report(2023, 6).render("json"),
            ledger.monthly_report(2023, 6, known_at=early).render("json"),
        )


def verified(path, *checkpoints):
    """Return the verification of the ledger at *path*, without writing to it."""
    with Ledger.open(path, create=False, read_only=True, actor="a") as ledger:
        return ledger.verify(*checkpoints)


def payments(count, first=0, projects=6):
    """Return *count* payments over *projects* projects and half a year."""
    return [
        disbursement(
            100 + i % 1_000,
            f"V-{i}",
            on=day(1) + timedelta(days=i % 180),
            project=f"P-{i % projects}",
            payee=f"县中医院 {i}",
            description="办公用品" * (i % 7),
        )
        for i in range(first, first + count)
    ]


def filled(path, count=300):
    """
    Make a ledger with some of everything: every table has rows, none lies in a WAL.

    It has subtrees, two checkpoints, snapshots and events that came after them.
    """
    with Ledger.open(path, actor="tester", clock=Clock()) as ledger:
        ledger.append(*[approval(f"P-{i}", 10_000_000) for i in range(6)])
        for event in payments(count // 2):
            ledger.append(event, key=event.voucher)
        ledger.seal()
        ledger.append(*virement("P-0", "P-1", 5_000))
        ledger.reverse_disbursement("P-1", "0.5", voucher="R-1", of="V-1", on=day(2))
        reported = ResultReported(
            project="P-0", on=day(3), indicator=INDICATOR, value=Decimal(3)
        )
        result = ledger.append(reported, key="r", cause="a letter")[0]
        ledger.retract_result(
            "P-0", INDICATOR, result.id, on=day(4), reason="counted twice"
        )
        ledger.append(*payments(count - count // 2, count // 2))
        ledger.seal()
    with Ledger.open(path, actor="tester") as ledger:
        ledger.append(disbursement(5, "W-1", project="P-0", on=day(5)))
    settled(path)
    return path


def virement(giver, taker, amount, document="调剂 1"):
    """Return the two legs of a virement."""
    kinds = {giver: AdjustmentKind.VIREMENT_OUT, taker: AdjustmentKind.VIREMENT_IN}
    return [
        BudgetAdjusted(
            project=project,
            on=day(2),
            kind=kind,
            amounts=(Funding(source="fiscal", amount=amount),),
            document=document,
        )
        for project, kind in kinds.items()
    ]


def settled(path):
    """Move what lies in the WAL into the file, and remove what is beside it."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    for end in BESIDE:
        Path(f"{path}{end}").unlink(missing_ok=True)


def works(path):
    """Say that the ledger is sound, and takes one more event."""
    done = verified(path)
    assert done.ok, done.findings
    with Ledger.open(path, actor="next", create=False) as ledger:
        before = ledger.position
        ledger.append(disbursement(1, f"next-{before}", project="P-0"))
        assert ledger.position == before + 1
    return done


def refused(function, *arguments):
    """Call a function; return the error of ours that it ends in, if it does."""
    try:
        function(*arguments)
    except LedgerError as problem:
        assert str(problem).strip()
        return problem
    return None


def in_child(function, *arguments):
    """Call a function in a process of its own, and return what it returns."""
    return begun(function, *arguments)()


def begun(function, *arguments):
    """Call a function in a process of its own; return what waits for its answer."""
    ours, theirs = FORK.Pipe(duplex=False)
    given = theirs, function, arguments
    child = FORK.Process(target=_answer, args=given, daemon=True)
    child.start()
    theirs.close()

    def answer():
        try:
            return ours.recv()
        except EOFError:
            pytest.fail("it failed in a process of its own, which says why")
        finally:
            child.join()
            ours.close()

    return answer


def _answer(pipe, function, arguments):
    pipe.send(function(*arguments))
