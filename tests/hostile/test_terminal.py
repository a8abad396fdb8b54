"""What commands print on a terminal never has control characters of a file's."""

import json

import pytest

from ledger import Ledger
from ledger.app.register_rows import REGISTERS
from support import commands, form
from support_terminal import (
    CODE,
    EVIL,
    NAME,
    RAW,
    edited,
    recorded,
    shown,
    sound,
    titled,
)


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


def seldom(evil_file, kept, evil):
    """Return a command of each kind that is in neither list, a few with the text."""
    on, day_after = ["--on", "2023-05-01"], ["--on", "2024-01-01"]
    because = ["--reason", evil]
    return [
        *([verb, file] for verb in REGISTERS_AND_MORE for file in (evil_file, evil)),
        *([verb, evil_file, "--format", "json"] for verb in REGISTERS_AND_MORE),
        *(
            ["alerts", evil_file, "--month", "2023-12", "--format", form]
            for form in ("text", "ics")
        ),
        ["alerts", evil_file, "--month", "2023-12", "--since", evil],
        ["commit", evil_file, CODE, "c2", "1", *on],
        ["commit", kept, CODE, evil, "1", *on],
        ["commit", kept, CODE, "c2", "1", *on, "--payee", evil],
        ["adjust-commitment", kept, CODE, evil, "increase", "1", *on, *because],
        ["release-commitment", kept, CODE, evil, *on, "--why", "cancelled"],
        ["reverse", kept, CODE, "1", "--of", evil, "--voucher", "r1", *on],
        ["refund", kept, CODE, "1", "--of", evil, "--voucher", "r2", *on],
        ["close", evil_file, CODE, "--on", "2023-12-31"],
        ["close", kept, CODE, "--on", "2023-12-31", *because],
        ["reopen", kept, CODE, "--year", "2023", *because],
        ["close-period", kept, "--through", "2023-01-31", "--unit", evil],
        ["reopen-period", kept, "--since", evil, "--through", evil, *because],
        ["correct-adjustment", kept, evil, "--reason", "r"],
        ["revise-form", kept, CODE, *on, "--name", evil],
        ["revise-plan", kept, CODE, f"2023-12-31={evil}", *on],
        ["revise-target", kept, CODE, NAME, evil, *on],
        ["revise-target", kept, CODE, evil, "≥1", *on],
        ["retract", kept, CODE, NAME, evil, *on, *because],
        ["withdraw", evil_file, CODE, *on, "--reason", "r"],
        ["withdraw", kept, CODE, *on, *because],
        ["carry-over", kept, CODE, *day_after, "--document", evil],
        ["return-carry", kept, CODE, *day_after, "--document", evil],
        ["score", kept, CODE, "1", *on, *because],
        ["order-rectification", kept, CODE, evil, evil, *on, "--due", "2023-12-31"],
        ["report-rectification", kept, CODE, evil, evil, *on],
        ["close-rectification", kept, CODE, evil, *on, *because],
        ["assess-goal", kept, CODE, evil, "partly", evil, *on],
        ["state-outlook", kept, CODE, *on, "--reason", evil, "--as-planned"],
        ["state-conclusion", kept, CODE, evil, *on],
        ["set-policy", kept, "behind_below=0.5", *on],
        ["explain-variance", kept, CODE, "other", evil, *on],
        *([verb, evil_file, evil] for verb in ("backup", "table", "template")),
        ["keygen", "new.key", "--name", evil],
        ["doctor", evil_file],
        ["rebuild", evil_file],
        ["completion", evil],
        ["layout", evil],
        ["sample", "--out", evil],
    ]


REGISTERS_AND_MORE = ("projects", *(row.verb for row in REGISTERS))
EVERY = "".join(EVIL.values()).replace("\x00", "")

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


@pytest.mark.long
def test_no_other_command_sends_a_terminal_any_control(tmp_path):
    """Each is run once, with all texts in one."""
    for name in ("kept", "evil"):
        recorded(tmp_path / f"{name}.ledger")
    edited(tmp_path / "evil.ledger", EVERY)
    wrong = {}
    for arguments in seldom("evil.ledger", "kept.ledger", EVERY):
        text, code = shown(tmp_path, *arguments)
        if sound(text) or code not in (0, 1, 2) or "Traceback" in text:
            wrong[" ".join(arguments)] = (code, text[-600:])
    assert not wrong, "\n".join(f"{key!r}: {value}" for key, value in wrong.items())
    with Ledger.open(tmp_path / "kept.ledger", read_only=True) as ledger:
        assert not RAW.search("".join(line.decode() for line in ledger.lines()))


def test_every_command_is_looked_at():
    """A new one belongs into one of the lists."""
    lists = reading("L"), writing("L", "x"), seldom("L", "K", "x")
    assert commands().keys() == {
        words[0] for every in lists for words in every if words[0] != "x"
    }


def test_the_marks_of_the_test_are_found():
    """The test can fail: each text is seen where it is printed as it is."""
    for evil in EVIL.values():
        assert sound(f"before {evil} after")
    assert not sound("\x1b[1mfine\x1b[0m\r\n")
