"""Output in an encoding that lacks Chinese: English, and nothing is lost."""

import csv
import io
import json
import os
import subprocess
import sys
from functools import cache

import pytest

from ledger import Ledger
from ledger.messages.encodings import escaped
from ledger.reports.render import terminal
from support import approval

NAME = "开展就业培训"
MONTH = ("--month", "2023-06")


def later(*encodings):
    """Leave encodings like those that stand for them to the long tests."""
    return [pytest.param(each, marks=pytest.mark.long) for each in encodings]


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Make a ledger in Chinese with one project, whose title needs two units."""
    path = tmp_path_factory.mktemp("encodings") / "a.ledger"
    with Ledger.open(path) as ledger:
        ledger.append(approval("P-1", name=f"{NAME}\U00020bb7"))
    return path


@cache
def run(encoding, *words):
    """Run a command whose streams have an encoding: once, if it is asked for again."""
    env = {
        **os.environ,
        "PYTHONIOENCODING": encoding,
        "LC_ALL": "zh_CN.UTF-8",
    }
    done = subprocess.run(
        [sys.executable, "-m", "ledger", *map(str, words)],
        env=env, capture_output=True, check=False,
    )  # fmt: skip
    assert b"Traceback" not in done.stderr
    return done


@pytest.mark.parametrize("encoding", ["ascii", *later("latin-1", "big5", "shift_jis")])
def test_english_is_spoken_where_chinese_cannot_be_shown(made, encoding):
    """Whatever the ledger and the locale speak, in help, refusals and reports."""
    assert run(encoding, "--help").stdout.startswith(b"Usage: budget-ledger")
    refused = run(encoding, "show", made, "P-2")
    assert refused.stderr.startswith(b"budget-ledger: no approved project 'P-2'")
    report = run(encoding, "report", made, *MONTH)
    assert report.returncode == 0
    assert report.stdout.startswith(b"Monthly report 2023-06")


@pytest.mark.parametrize("encoding", ["gbk", *later("gb18030", "utf-8")])
def test_chinese_is_spoken_where_it_can_be_shown(made, encoding):
    """GBK is what Chinese systems of old speak."""
    assert "用法" in run(encoding, "--help").stdout.decode(encoding)
    report = run(encoding, "report", made, *MONTH).stdout.decode(encoding)
    assert "月度报告" in report
    assert NAME in report


@pytest.mark.parametrize("encoding", ["latin-1", *later("ascii")])
def test_chinese_that_is_asked_for_is_escaped(made, encoding):
    """And a line says what helps, in words that can be read."""
    done = run(encoding, "--lang", "zh", "report", made, *MONTH)
    assert done.returncode == 0
    assert escaped("月度报告").encode() in done.stdout
    assert b"?" not in done.stdout
    assert done.stderr.decode(encoding).splitlines() == [
        done.stderr.decode(encoding).strip()
    ]
    assert b"PYTHONIOENCODING=utf-8" in done.stderr


def test_a_stored_fact_is_escaped_and_not_lost(made):
    """In a report in English, and where GBK lacks a character."""
    done = run("ascii", "show", made, "P-1")
    assert escaped(NAME).encode() in done.stdout
    done = run("gbk", "show", made, "P-1")
    assert NAME.encode("gbk") in done.stdout
    assert b"\\U00020bb7" in done.stdout
    assert "PYTHONIOENCODING=utf-8" in done.stderr.decode("gbk")


def test_signs_of_tables_have_others_in_their_place(made):
    """Bars and lines are drawn with signs of ASCII, and no note is made of them."""
    text = run("ascii", "report", made, *MONTH).stdout.decode("ascii")
    assert "----" in text
    assert "....." in text
    assert run("ascii", "verify", made).stderr == b""


@pytest.mark.parametrize("encoding", ["gbk", *later("ascii", "latin-1")])
def test_json_means_the_same_in_every_encoding(made, encoding):
    """Its own escapes stand for what the encoding lacks."""
    asked = ("report", made, *MONTH, "--format", "json")
    done = run(encoding, *asked)
    assert done.stderr == b""
    expected = json.loads(run("utf-8", *asked).stdout)
    assert json.loads(done.stdout.decode(encoding)) == expected


def test_a_page_is_in_the_encoding_that_it_states(made):
    """Whatever the encoding of the output is."""
    asked = ("report", made, *MONTH, "--format", "html")
    assert run("latin-1", *asked).stdout == run("utf-8", *asked).stdout
    assert run("latin-1", *asked).stderr == b""


def test_csv_has_escapes_in_its_cells(made):
    """Its heads are the same; a file of --out is in UTF-8, in the ledger's language."""
    keys = ("--format", "csv", "--keys")
    done = run("latin-1", "report", made, *MONTH, *keys)
    (row,) = csv.DictReader(io.StringIO(done.stdout.decode("latin-1")))
    assert row["name"] == escaped(f"{NAME}\U00020bb7")
    assert run("utf-8", "report", made, *MONTH, *keys).stdout.startswith(
        ",".join(f'"{head}"' for head in row).encode()
    )
    for ending, said in ((".csv", '"项目名称"'), (".txt", "月度报告")):
        out = made.with_suffix(ending)
        run("latin-1", "report", made, *MONTH, "--out", out)
        text = out.read_text("utf-8-sig")
        assert NAME in text.replace("\n", "")
        assert said in text


def test_a_script_prints_to_a_stream_that_refuses():
    """A report is printed with escapes, not refused half-way."""
    stream = io.TextIOWrapper(io.BytesIO(), "ascii")
    terminal.put("预算 – 1", stream)
    stream.flush()
    assert stream.buffer.getvalue() == b"\\u9884\\u7b97 - 1\n"
