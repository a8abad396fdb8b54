"""What commands are asked to print on a terminal, and what they must not send it."""

import json
import os
import pty
import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import date
from decimal import Decimal

from ledger import Evidence, Ledger, Objective, Settings, VarianceCategory
from ledger.events import (
    Disbursed,
    DisbursementReversed,
    ObjectivesSet,
    ResultReported,
    ScoreReported,
    VarianceExplained,
)
from support import approval, day, indicator

EVIL = {
    "an escape": "\x1b[97;105mEVIL",
    "a title": "\x1b]0;EVIL\x07",
    "a control of eight bits": "\x9b31mEVIL",
    "backspaces": "EVIL\x08\x08\x08\x08fine",
    "a line of its own": "EVIL\r\nroot: fine",
    "another direction": "\u202eEVIL\u2066",
    "marks of direction": "\u200eEVIL\u061c",
    "a NUL": "EVIL\x00",
}
OURS = re.compile(r"\x1b\[(?:[0-9;]*m|\?25[lh]|[0-9]*[AGKJ]|2K)")
"""Colours, and the cursor that a bar moves."""

RAW = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]"
)
CODE, UNIT, NAME = "P-1", "U-1", "开展就业培训数"
MARK = "QQQQ"
"""Stands for the text in a ledger that is recorded by the rules, and edited after."""


def recorded(path):
    """Record a fact of most types, each of whose texts has the mark."""
    with Ledger.open(path, actor=f"a{MARK}", settings=Settings(title=f"t{MARK}")) as it:
        _approved(it)
        _spent(it)
        _reported(it)
        _moved_and_closed(it)
        it.monthly_report(2023, 6).write(path.with_suffix(".report.json"))
        it.seal()


def _approved(it):
    it.append(
        approval(
            CODE,
            name=f"n{MARK}",
            unit=UNIT,
            unit_name=f"u{MARK}",
            document=f"d{MARK}",
            goals=(f"g{MARK}",),
            purpose=f"p{MARK}",
            indicators=(
                indicator(weight=Decimal(60), basis=f"b{MARK}"),
                indicator(f"率{MARK}", "≥98%", weight=Decimal(30)),
            ),
        ),
        approval(f"P{MARK}"),
    )


def _spent(it):
    it.append(
        Disbursed(
            project=CODE,
            on=day(3),
            voucher=f"v{MARK}",
            amount=5,
            payee=f"p{MARK}",
            description=f"d{MARK}",
        ),
        cause=f"c{MARK}",
        key=f"k{MARK}",
    )
    it.append(
        DisbursementReversed(
            project=CODE,
            on=day(3),
            voucher=f"w{MARK}",
            of=f"v{MARK}",
            amount=2,
            reason=f"r{MARK}",
        ),
    )


def _reported(it):
    it.append(
        ResultReported(
            project=CODE,
            on=day(3),
            indicator=NAME,
            value=Decimal(2),
            note=f"n{MARK}",
            evidence=Evidence(uri=f"u{MARK}", sha256="00" * 32),
        ),
        VarianceExplained(
            project=CODE,
            on=day(6),
            indicator=NAME,
            category=VarianceCategory.OTHER,
            text=f"t{MARK}",
            remedy=f"r{MARK}",
        ),
        ScoreReported(
            project=CODE,
            on=day(6),
            indicator=NAME,
            score=Decimal(1),
            reason=f"r{MARK}",
        ),
        ObjectivesSet(
            unit=UNIT,
            on=day(1),
            name=f"o{MARK}",
            fiscal_year=2023,
            overall_goal=f"g{MARK}",
            objectives=(Objective(title=f"t{MARK}", indicators=(indicator(),)),),
        ),
    )


def _moved_and_closed(it):
    it.adjust_budget(
        CODE, "supplement", 5, on=day(4), document=f"d{MARK}", reason=f"r{MARK}"
    )
    it.commit(CODE, f"c{MARK}", 3, on=day(6), payee=f"p{MARK}", document=f"d{MARK}")
    it.release_commitment(CODE, f"c{MARK}", on=day(6), why="cancelled")
    it.close_project(CODE, on=day(7), reason=f"r{MARK}")
    it.reopen_project(CODE, year=2023, reason=f"r{MARK}")
    it.close_period(day(2))
    it.reopen_period(
        day(1),
        day(2),
        until=date(2099, 1, 1),
        reason=f"r{MARK}",
        for_actor=f"a{MARK}",
    )


def titled(path, evil):
    """Put the text in the title of a ledger, which no door would take."""
    with closing(sqlite3.connect(path, isolation_level=None)) as file:
        file.execute("DROP TRIGGER settings_refuse_update")
        file.execute("UPDATE settings SET value = ? WHERE name = 'title'", (evil,))


def edited(path, evil):
    """Put the text in place of the mark, wherever the file has it but in its title."""
    with closing(sqlite3.connect(path, isolation_level=None)) as file:
        for (name,) in file.execute(
            "SELECT name FROM sqlite_schema WHERE type = 'trigger'"
        ).fetchall():
            file.execute(f'DROP TRIGGER "{name}"')
        quoted = json.dumps(evil, ensure_ascii=False)[1:-1]
        for table, column, text in (
            *(("events", each, evil) for each in ("stream", "actor", "key", "cause")),
            ("events", "payload", quoted),
            ("checkpoints", "note", evil),
        ):
            file.execute(
                f'UPDATE {table} SET "{column}" = replace("{column}", ?, ?)',
                (MARK, text),
            )
        file.execute("DELETE FROM snapshots")
    report = path.with_suffix(".report.json")
    report.write_text(
        report.read_text().replace(MARK, json.dumps(evil, ensure_ascii=False)[1:-1])
    )


def shown(folder, *arguments):
    """Return what a command writes to a terminal, and how it ends."""
    ours, its = pty.openpty()
    done = subprocess.Popen(
        [sys.executable, "-m", "ledger", *arguments],
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=its,
        stderr=its,
        env={
            **os.environ,
            "TERM": "xterm-256color",
            "COLUMNS": "120",
            "LANG": "C.UTF-8",
        },
    )
    os.close(its)
    pieces = []
    while True:
        try:
            piece = os.read(ours, 65_536)
        except OSError:  # Linux says so when nobody writes any more.
            break
        if not piece:
            break
        pieces.append(piece)
    os.close(ours)
    return b"".join(pieces).decode(errors="surrogateescape"), done.wait(60)


def sound(text):
    """Return the control characters in *text* that are none of a terminal's own."""
    own = OURS.sub("", text).replace("\r\n", "\n")
    return RAW.findall(own) + re.findall("(?m)\x1b\\[97;105m|^root: fine", text)
