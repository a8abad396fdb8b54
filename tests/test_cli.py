"""The command line: every verb, exit codes, and never a traceback."""

import json
import os
import re
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from ledger.cli import main
from ledger.intake import SAMPLE
from support import commands, form, forms

CODE = "13052923P00584010933T"
JULU = SAMPLE


@pytest.fixture
def run():
    """Run a command; return the result."""
    return lambda *words: CliRunner().invoke(
        main, ["--lang", "en", *(str(word) for word in words)]
    )


@pytest.fixture
def julu(run, path):
    """Make a ledger of the 19 real forms."""
    run("init", path, "--lang", "zh")
    assert run("import", path, JULU).exit_code == 0
    return path


def test_init_makes_a_ledger_with_its_conventions(run, path):
    """Conventions are given once and show in every report."""
    done = run("init", path, "--convention", "step", "--first-month", 4, "--title", "T")
    said = f"created {path}: language English, currency CNY, reports in 10,000 CNY\n"
    assert (done.exit_code, done.output) == (0, said)
    report = json.loads(
        run("report", path, "--month", "2023-06", "--format", "json").stdout
    )
    assert report["settings"] == {
        "first_month": 4,
        "first_day": 1,
        "year_named_for": "start",
        "convention": "step",
        "allow_exceptions": False,
        "refuse_old_carry": False,
    }
    assert report["title"] == "T"


def test_init_never_overwrites(run, julu):
    """An existing ledger is left alone."""
    done = run("init", julu)
    assert done.exit_code == 1
    assert "does not exist yet" in done.stderr


def test_import_lists_findings_and_counts(run, path):
    """Text for people, JSON for programs."""
    run("init", path)
    text = run("import", path, JULU)
    assert "20 events recorded; 0 errors" in text.output
    again = json.loads(run("import", path, JULU, "--format", "json").output)
    assert again["recorded"] == 0
    assert {"code", "severity", "place", "message"} <= set(again["findings"][0])


def test_a_refused_import_exits_1_and_lists_why(run, path, tmp_path):
    """The right code is named; nothing is recorded."""
    file = tmp_path / "bad.json"
    file.write_text(json.dumps(forms(form("13052923P00584010933X"))), encoding="utf-8")
    run("init", path)
    done = run("import", path, file, "--format", "json")
    assert done.exit_code == 1
    found = json.loads(done.output)
    assert found["recorded"] == 0
    assert found["findings"][0]["expected"] == CODE


def test_the_year_of_a_project(run, julu, tmp_path):
    """Each verb of recording, and what the report then says."""
    assert run(
        "disburse", julu, CODE, "48600.00", "--voucher", "1", "--on", "2023-03-20"
    ).output.startswith("disbursement recorded at position 21")
    reverse = ("reverse", julu, CODE, "600", "--of", "1", "--voucher", "R", "--on")
    assert run(*reverse, "2023-03-22").exit_code == 0
    adjust = ("adjust", julu, CODE, "supplement", "10000", "--on", "2023-05-01")
    assert run(*adjust).exit_code == 0
    other = "13052923P005840109475"
    assert run("transfer", julu, other, CODE, "5", "--on", "2023-05-02").exit_code == 0
    result = ("result", julu, CODE, "--on", "2023-03-31")
    assert run(*result, "开展就业培训数", "3").exit_code == 0
    assert (
        run(
            *result, "构建和谐劳动关系", "--rating", "partly", "--share", "0.7"
        ).exit_code
        == 0
    )
    assert run(*result, "满意率", "--numerator", 59, "--denominator", 60).exit_code == 0
    bulk = tmp_path / "more.jsonl"
    line = {"type": "Disbursed", "project": CODE, "on": "2023-06-01", "voucher": "2"}
    bulk.write_text(json.dumps({**line, "amount": "100"}), encoding="utf-8")
    assert run("record", julu, bulk).output == "1 event recorded; position 29\n"

    report = json.loads(
        run("report", julu, "--month", "2023-06", "--format", "json").output
    )
    (project,) = [p for p in report["projects"] if p["project"] == CODE]
    assert project["disbursed"] == "48100.00"
    assert project["original_budget"] == "200000.00"
    assert project["current_budget"] == "210005.00"
    assert project["months"][2] == {
        "month": "2023-03",
        "planned": "17222.22",
        "disbursed": "48000.00",
        "cumulative_planned": "50000.00",
        "cumulative_disbursed": "48000.00",
    }
    assert project["months"][11]["disbursed"] is None
    (training, *_) = project["indicators"]
    assert (training["result"], training["expected"], training["status"]) == (
        "3",
        "5",
        "overdue",
    )


def test_an_overspending_is_refused_with_exit_1(run, julu):
    """The message says what is available, and the ledger is as it was."""
    done = run(
        "disburse", julu, CODE, "200000.01", "--voucher", "1", "--on", "2023-03-20"
    )
    assert done.exit_code == 1
    assert "available on 2023-03-20: 200,000.00 CNY" in done.stderr
    assert "Traceback" not in done.output + done.stderr
    assert len(run("events", julu).output.splitlines()) == 1 + 20


@pytest.mark.parametrize(
    "words",
    [
        ["report", "{}", "--month", "2023-13"],
        ["report", "{}", "--month", "June"],
        ["report", "{}"],
        ["disburse", "{}", CODE, "1", "--voucher", "1", "--on", "20230320"],
        [
            "result",
            "{}",
            CODE,
            "满意率",
            "98",
            "--rating",
            "partly",
            "--on",
            "2023-03-31",
        ],
        ["frobnicate"],
    ],
)
def test_wrong_usage_exits_2(run, julu, words):
    """What is no command, no month and no date is wrong usage."""
    assert run(*[word.format(julu) for word in words]).exit_code == 2


@pytest.mark.parametrize(
    "words",
    [
        ["report", "--month", "2023-06"],
        ["show"],
        ["events"],
        ["replay"],
        ["rebuild"],
        ["record", "x.jsonl"],
        ["disburse", CODE, "1", "--voucher", "1", "--on", "2023-03-20"],
    ],
)
def test_a_missing_ledger_is_named_and_not_made(run, path, words):
    """Only init and import make a ledger."""
    done = run(words[0], path, *words[1:])
    assert done.exit_code == 1
    assert "no such file" in done.stderr
    assert not path.exists()


def test_show_prints_one_project_with_its_months_and_indicators(run, julu):
    """Text and JSON from the same values."""
    text = run("show", julu, CODE, "--through", "2023-06-30").output
    assert "就业工作经费" in text
    assert "2023-12" in text
    shown = json.loads(run("show", julu, CODE, "--format", "json").output)
    assert shown["project"] == CODE
    assert len(shown["indicators"]) == 7
    assert run("show", julu, "nothing").exit_code == 1


def test_show_without_a_project_prints_all(run, julu):
    """The report of the last effective day."""
    assert "19 projects" in run("show", julu).output
    assert "19 个项目" in run("--lang", "zh", "show", julu).output


def test_replay_says_that_the_snapshots_are_the_logs(run, julu):
    """And exits 1 where they are not."""
    assert run("rebuild", julu).exit_code == 0
    assert "the snapshots equal the replay" in run("replay", julu).output
    states = json.loads(run("replay", julu, "--format", "json").output)["states"]
    assert len(states["execution"]) == 20
    other = sqlite3.connect(julu)
    other.execute(
        "UPDATE snapshots SET state = x'7b7d' WHERE stream = ?",
        [f"project:2023:{CODE}"],
    )
    other.commit()
    other.close()
    done = run("replay", julu)
    assert done.exit_code == 1
    assert CODE in done.output
    assert run("rebuild", julu).exit_code == 0
    assert run("replay", julu).exit_code == 0


def test_known_at_cuts_by_position_or_instant(run, julu):
    """An instant needs its zone; a position, the end of an append."""
    early = ("report", julu, "--month", "2023-06", "--format", "json", "--known-at")
    assert len(json.loads(run(*early, "20").output)["projects"]) == 19
    done = run(*early, "5")
    assert done.exit_code == 1
    assert "an append ends: 0 or 20" in done.stderr
    empty = run(*early, "2000-01-01T00:00:00Z")
    assert json.loads(empty.stdout)["projects"] == []
    assert empty.stderr == "no project of 2023 was approved by 2023-06-30\n"
    done = run(*early, "2023-07-10")
    assert done.exit_code == 2
    assert "zone" in done.stderr


def test_out_writes_a_file(run, julu, tmp_path):
    """A folder that is not there is an error, not a traceback."""
    out = tmp_path / "june.json"
    report = ("report", julu, "--month", "2023-06", "--format", "json", "--out")
    done = run(*report, out)
    assert (done.stdout, done.stderr) == ("", f"wrote {out}\n")
    assert json.loads(out.read_text("utf-8"))["month"] == "2023-06"
    done = run(*report, tmp_path / "none" / "june.json")
    assert done.exit_code == 1
    assert "june.json" in done.stderr


def test_events_are_listed_as_text_and_as_json(run, julu):
    """One line each, below a head in text."""
    assert len(run("events", julu, CODE).output.splitlines()) == 1 + 1
    line = json.loads(run("events", julu, CODE, "--format", "json").output)
    assert (line["type"], line["event"]["project"]) == ("BudgetApproved", CODE)


def test_target_says_how_a_text_is_read(run):
    """The JSON has the keys that other systems read."""
    read = json.loads(run("target", "≥7.24 万人", "--format", "json").output)
    assert {k: read[k] for k in ("text", "kind", "value", "upper", "unit", "date")} == {
        "text": "≥7.24 万人",
        "kind": "at_least",
        "value": "72400",
        "upper": None,
        "unit": "人",
        "date": None,
    }
    assert "kind: at most" in run("target", r"≤0.1 万元\件").output


def command(*words, **more):
    """Run the installed program in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "ledger", *map(str, words)],
        capture_output=True,
        check=False,
        **more,
    )


def test_a_gbk_stream_does_not_crash(julu):
    """Signs that GBK lacks are marked; Chinese text comes through."""
    env = {**os.environ, "PYTHONIOENCODING": "gbk"}
    done = command("report", julu, "--month", "2023-06", env=env)
    assert (done.returncode, done.stderr) == (0, b"")
    assert "就业工作经费" in done.stdout.decode("gbk")


def test_an_ascii_stream_does_not_crash(julu):
    """The plainest terminal is spoken to in English, with escapes for stored facts."""
    env = {**os.environ, "PYTHONIOENCODING": "ascii"}
    done = command("report", julu, "--month", "2023-06", env=env)
    assert done.returncode == 0
    assert done.stdout.startswith(b"Monthly report 2023-06")
    assert rb"\u5de5" in done.stdout  # 工
    assert b"PYTHONIOENCODING=utf-8" in done.stderr


def test_piped_output_is_not_cut(julu):
    """Without a terminal the report is 100 columns wide, with nothing lost."""
    done = command(
        "report", julu, "--month", "2023-06", env={**os.environ, "COLUMNS": "40"}
    )
    text = done.stdout.decode()
    assert "…" not in text
    assert max(map(len, text.splitlines())) > 80


def test_a_file_that_is_no_ledger_ends_in_one_line(tmp_path):
    """Never a traceback at the command line."""
    letter = tmp_path / "letter.txt"
    letter.write_text("dear finance bureau")
    done = command("report", letter, "--month", "2023-06")
    assert done.returncode == 1
    assert done.stderr.decode().splitlines() == [
        (
            f"budget-ledger: {letter}: is not a ledger file; "
            "expected a ledger that `init` created"
        )
    ]


def test_every_command_has_help(run):
    """And a line that says what it does."""
    for name in commands():
        done = run(name, "--help")
        assert done.exit_code == 0
        assert re.search(r"\n\n  \w", done.output), name


def test_import_check_shows_what_would_be_recorded_and_records_nothing(run, tmp_path):
    """As a table and as JSON; every finding with code, place and what would be right."""
    text = Path(__file__).parent / "data" / "julu-2023.txt"
    file = tmp_path / "new.ledger"
    shown = run("import", "--check", file, text)
    assert shown.exit_code == 0
    assert (
        "19 events would be recorded; 0 errors, 60 warnings, 60 notes" in shown.output
    )
    assert "warning plan.header_percent" in shown.output
    assert not file.exists()
    values = json.loads(run("import", "--check", file, text, "--format", "json").output)
    assert len(values["would_record"]) == 19
    assert {"code", "severity", "place", "found", "expected"} <= set(
        values["findings"][0]
    )
    assert max(map(len, shown.output.splitlines())) <= 100


def test_import_takes_several_files_of_any_kind_or_none(run, tmp_path):
    """One bad file among them, and nothing is recorded."""
    text = Path(__file__).parent / "data" / "julu-2023.txt"
    bad = tmp_path / "bad.json"
    bad.write_text("{", "utf-8")
    file = tmp_path / "new.ledger"
    run("init", file)
    refused = run("import", file, text, bad)
    assert refused.exit_code == 1
    assert "bad.json" in refused.output
    assert run("import", file, text).exit_code == 0
    assert json.loads(run("events", file, "--format", "json").output.splitlines()[0])


def test_a_repeat_says_that_it_was_there(run, julu, tmp_path):
    """A transfer by its key, and lines of a file by their content."""
    other = "13052923P00584010949C"
    order = ("transfer", julu, other, CODE, "5", "--on", "2023-05-02", "--key", "k")
    assert "already" not in run(*order).output
    assert run(*order).output.count("recorded already at position") == 2
    shown = run(*order, "--format", "json").output.splitlines()
    assert [json.loads(line)["already"] for line in shown] == [True, True]
    refused = run(*order[:4], "6", *order[5:])
    assert refused.exit_code == 1
    assert "'amounts'" in refused.stderr
    file = tmp_path / "events.csv"
    file.write_text(
        "type,project,on,amount,kind,document\n"
        f"BudgetAdjusted,{CODE},2023-03-01,200.00,supplement,No 9\n"
    )
    assert run("record", julu, file).output.startswith("1 event recorded;")
    assert run("record", julu, file).output.startswith(
        "0 events recorded, 1 recorded before;"
    )
    assert run("record", julu, file, "--again").output.startswith("1 event recorded;")
