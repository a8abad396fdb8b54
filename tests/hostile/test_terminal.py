"""What commands print on a terminal never has control characters of a file's."""

import json
import os
import pty
import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from decimal import Decimal

import pytest

from ledger import Evidence, Ledger, Objective, Settings, VarianceCategory
from ledger.events import (
    Disbursed,
    DisbursementReversed,
    ObjectivesSet,
    ResultReported,
    ScoreReported,
    VarianceExplained,
)
from support import approval, day, form, indicator

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
        it.adjust_budget(
            CODE, "supplement", 5, on=day(4), document=f"d{MARK}", reason=f"r{MARK}"
        )
        it.monthly_report(2023, 6).write(path.with_suffix(".report.json"))
        it.seal()


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


def reading(file):
    """Return every command that reads a ledger, with what it takes."""
    month = ["--month", "2023-06"]
    return [
        ["report", file, *month],
        ["report", file, *month, "--lang", "en"],
        ["report", file, *month, "--project", CODE],
        ["report", file, *month, "--format", "json"],
        ["report", file, *month, "--format", "csv"],
        ["report", file, *month, "--format", "csv", "--table", "indicators"],
        ["show", file],
        ["show", file, CODE],
        ["show", file, CODE, "--format", "json"],
        ["portfolio", file, *month],
        ["monitor", file, *month],
        ["monitor", file, *month, "--format", "json"],
        ["evaluate", file, "--year", "2023"],
        ["evaluate", file, "--year", "2023", "--check"],
        ["events", file],
        ["events", file, CODE],
        ["events", file, "--format", "json"],
        *(
            ["explain", file, CODE, figure, *month]
            for figure in (
                "disbursed",
                "current_budget",
                "planned",
                "status",
                f"indicators.{NAME}.result",
                "nothing",
            )
        ),
        ["explain", file, "totals", "disbursed", *month],
        ["diff", file, *month, "--known-at", "2"],
        ["verify", file],
        ["verify", file, "--format", "json"],
        ["verify", file, "--report", "evil.report.json"],
        ["replay", file],
        ["prove", file, "3"],
        ["seal", file],
        ["export", file, "--out", "lines.jsonl"],
        ["restore", "again.ledger", "lines.jsonl"],
        ["report", "titled.ledger", *month],
        ["verify", "titled.ledger"],
    ]


def writing(file, evil):
    """Return commands that are given the text, in arguments and in files."""
    bad = evil.replace("\x00", "")  # No system hands a NUL over in an argument.
    on = ["--on", "2023-05-01"]
    return [
        ["disburse", file, CODE, "1", "--voucher", bad, *on],
        ["disburse", file, CODE, "1", "--voucher", "x1", "--payee", bad, *on],
        ["disburse", file, CODE, "1", "--voucher", "x2", "--source", bad, *on],
        ["disburse", file, CODE, bad, "--voucher", "x3", *on],
        ["disburse", file, bad, "1", "--voucher", "x4", *on],
        ["disburse", file, CODE, "1", "--voucher", "x5", "--key", bad, *on],
        ["disburse", file, CODE, "1", "--voucher", "x6", "--actor", bad, *on],
        ["disburse", bad, CODE, "1", "--voucher", "x7", *on],
        ["result", file, CODE, bad, "1", *on],
        ["result", file, CODE, NAME, bad, *on],
        ["result", file, CODE, NAME, "1", "--note", bad, *on],
        ["adjust", file, CODE, "supplement", "1", "--document", bad, *on],
        ["transfer", file, CODE, bad, "1", *on],
        ["init", "new.ledger", "--title", bad],
        ["import", file, bad],
        ["import", file, "evil.json"],
        ["import", file, "evil.json", "--check"],
        ["record", file, "evil.jsonl"],
        ["record", file, "evil.csv"],
        ["target", bad],
        ["explain", file, bad, "disbursed", "--month", "2023-06"],
        ["report", file, "--month", bad],
        ["report", file, "--month", "2023-06", "--out", f"{bad}/june.html"],
        [bad, file],
        ["check", "evil.json"],
        ["verify", file, "--checkpoint", "evil.json"],
        ["verify", file, "--report", "evil.json"],
    ]


def given(folder, evil):
    """Write forms and bulk files that have the text in many places."""
    one = form()
    one.update(project_name=f"n{evil}", unit_name=f"u{evil}", strange=evil)
    one["indicators"][0].update(description=evil, basis=evil)
    forms = {
        "document": {"fiscal_year": 2023, "money_unit": "万元", evil: 1},
        "projects": [one],
    }
    (folder / "evil.json").write_text(json.dumps(forms), encoding="utf-8")
    rows = [
        {
            "type": "Disbursed",
            "project": CODE,
            "on": "2023-05-01",
            "voucher": "y1",
            "amount": "1.00",
            "payee": evil,
        },
        {
            "type": "Disbursed",
            "project": evil,
            "on": evil,
            "voucher": "y2",
            "amount": evil,
        },
        {"type": evil, "project": CODE},
        {"type": "Disbursed", evil: 1},
    ]
    (folder / "evil.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    (folder / "evil.csv").write_text(
        f'type,project,on,voucher,amount,"{evil}"\nDisbursed,{CODE},2023-05-01,"{evil}",1.00,1\n',
        encoding="utf-8",
        newline="",
    )


ALL = pytest.param(None, marks=pytest.mark.long)


@pytest.mark.parametrize("name", EVIL)
@pytest.mark.parametrize("most", [1, ALL])
def test_a_terminal_is_sent_no_control_of_a_files(tmp_path, name, most):
    """Whatever stands in a file, a fact or an argument is shown as visible marks."""
    kept, file = tmp_path / "kept.ledger", tmp_path / "evil.ledger"
    recorded(kept)
    recorded(file)
    edited(file, EVIL[name])
    Ledger.open(tmp_path / "titled.ledger", actor="tester").close()
    titled(tmp_path / "titled.ledger", EVIL[name])
    given(tmp_path, EVIL[name])
    commands = [*reading("evil.ledger"), *writing("kept.ledger", EVIL[name])]
    if most:  # Each of the quick ones has its own share of the commands.
        share = len(commands) // len(EVIL)
        commands = commands[list(EVIL).index(name) * share :][:most]
    wrong = {}
    for arguments in commands:
        text, code = shown(tmp_path, *arguments)
        problems = sound(text)
        if problems or code not in (0, 1, 2) or "Traceback" in text:
            wrong[" ".join(arguments)] = (code, problems[:3], text[-600:])
    assert not wrong, "\n".join(f"{key!r}: {value}" for key, value in wrong.items())
    with Ledger.open(kept, read_only=True) as ledger:
        kinds = "".join(line.decode() for line in ledger.lines())
        assert not RAW.search(kinds)
        assert ledger.verify().ok


def test_the_marks_of_the_test_are_found():
    """The test can fail: each text is seen where it is printed as it is."""
    for evil in EVIL.values():
        assert sound(f"before {evil} after")
    assert not sound("\x1b[1mfine\x1b[0m\r\n")
