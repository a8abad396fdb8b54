"""Every document is handed out in one way: by a format's name, or by a file's."""

import json

import pytest
from click.testing import CliRunner

from ledger import InvalidInput, Language, Ledger, Settings
from ledger.cli import main
from ledger.reports import (
    Monitoring,
    MonthlyReport,
    Portfolio,
    Review,
    SelfEvaluation,
)
from ledger.reports.documents.formats import FORMATS
from support import PROJECT, Clock, Entropy, approval, day, indicator

JUNE = 2023, 6
MADE = {
    "report": lambda ledger: ledger.monthly_report(*JUNE),
    "portfolio": lambda ledger: ledger.monthly_report(*JUNE).portfolio(),
    "monitor": lambda ledger: ledger.monitoring(*JUNE),
    "evaluate": lambda ledger: ledger.self_evaluation(2023),
}
"""By the command that hands each out."""

HOSTILE = '<script>alert("1")</script> & co'

LINES = {
    "en": {
        "report": "<MonthlyReport 2023-06 · 2 projects · 2,000.00 CNY · 0.5% spent · position 3>",
        "portfolio": "<Portfolio 2023-06 · 1 unit · 2 projects · 2,000.00 CNY · 0.5% spent>",
        "monitor": "<Monitoring 2023-06 · 2 projects · 2,000.00 CNY · 0.5% spent · 9 things missing>",
        "evaluate": "<SelfEvaluation 2023 · 2 projects · 2,000.00 CNY · 0.5% spent · 6 things missing>",
    },
    "zh": {
        "report": "<MonthlyReport 2023-06 · 2 个项目 · 0.20 万元 · 执行率 0.5% · 登记至序号 3>",
        "portfolio": "<Portfolio 2023-06 · 1 个单位 · 2 个项目 · 0.20 万元 · 执行率 0.5%>",
        "monitor": "<Monitoring 2023-06 · 2 个项目 · 0.20 万元 · 执行率 0.5% · 待补 9 处>",
        "evaluate": "<SelfEvaluation 2023 · 2 个项目 · 0.20 万元 · 执行率 0.5% · 待补 6 处>",
    },
}


def opened(path, language=Language.ENGLISH):
    """Return a ledger with a project that spent something, and one that did not."""
    ledger = Ledger.open(
        path,
        actor="a",
        settings=Settings(language=language),
        clock=Clock(),
        entropy=Entropy(),
    )
    ledger.append(
        approval(goals=("g",), indicators=(indicator("次数"),)),
        approval("P-2", name=HOSTILE),
    )
    ledger.disburse(PROJECT, "10", voucher="V-1", on=day(6))
    return ledger


@pytest.fixture(params=MADE)
def document(request, path):
    """Make each document of one ledger, which stays open."""
    with opened(path) as ledger:
        yield MADE[request.param](ledger)


def test_what_is_written_is_what_is_rendered(document, tmp_path):
    """In each format, under each of its endings; a table has a mark before it."""
    for name in document.renderings:
        shown = document.render(name)
        for ending in FORMATS[name].endings:
            file = tmp_path / f"x{ending.upper()}"
            document.write(file)
            if FORMATS[name].is_binary:
                assert file.read_bytes()[:2] == shown[:2] == b"PK"
            else:
                whole = (FORMATS[name].mark + shown).encode()
                assert file.read_bytes() == whole
        document.write(tmp_path / "bare", format=name)
        assert (tmp_path / "bare").read_bytes()


def test_json_is_what_to_dict_returns(document):
    """And the file ends with a line end."""
    text = document.render("json")
    assert text.endswith("}\n")
    assert json.loads(text) == json.loads(json.dumps(document.to_dict()))


@pytest.mark.parametrize("name", ["x.pdf", "x.jsn", "x", ".json"])
def test_an_ending_that_no_format_has_is_refused(document, tmp_path, name):
    """Those that there are are named, the nearest too, and nothing is written."""
    with pytest.raises(InvalidInput, match=r"one of \.txt") as refused:
        document.write(tmp_path / name)
    assert ("did you mean '.json'?" in str(refused.value)) == (name == "x.jsn")
    assert not list(tmp_path.glob("x*"))


def test_an_ending_must_not_contradict_the_format(document, tmp_path):
    """Whoever opens the file would take it for another; an unknown one says nothing."""
    with pytest.raises(InvalidInput, match=r"for json, a name that ends in \.json"):
        document.write(tmp_path / "x.txt", format="json")
    document.write(tmp_path / "x.dat", format="json")
    assert (tmp_path / "x.dat").read_text("utf-8") == document.render("json")


def test_a_format_or_an_option_that_there_is_not_is_refused(document):
    """Whoever asks for an option without effect would take the answer for another."""
    with pytest.raises(InvalidInput, match=r"one of text.*did you mean 'json'"):
        document.render("jsn")
    with pytest.raises(InvalidInput, match=r"language: .*same keys in every language"):
        document.render("json", language="zh")
    with pytest.raises(InvalidInput, match="width: found 80; expected none: only text"):
        document.render("json", width=80)
    for form in ("text", "json"):
        with pytest.raises(InvalidInput, match=r"'langauge'.*did you mean 'language'"):
            document.render(form, langauge="zh")
    document.render("json", progress=lambda *_: None)


def test_the_command_line_has_the_same_formats(path, tmp_path):
    """The choices of --format, and the bytes of --out, are those of scripts."""
    with opened(path) as ledger:
        made = {verb: make(ledger) for verb, make in MADE.items()}
        for verb, each in made.items():
            (option,) = [
                p for p in main.get_command(None, verb).params if p.name == "form"
            ]
            assert list(option.type.choices) == list(each.renderings), verb
            when = ("--year", "2023") if verb == "evaluate" else ("--month", "2023-06")
            for name in each.renderings:
                ending = FORMATS[name].endings[0]
                ours, theirs = tmp_path / f"ours{ending}", tmp_path / f"theirs{ending}"
                each.write(ours)
                words = [verb, str(path), *when, "--out", str(theirs), "--force"]
                words += ["--keys"] * (name == "csv")  # As scripts have it.
                assert CliRunner().invoke(main, words).exit_code == 0
                if not FORMATS[name].is_binary:
                    assert ours.read_bytes() == theirs.read_bytes(), (verb, name)


@pytest.mark.parametrize("language", Language)
def test_a_document_says_in_a_line_what_it_is(path, language):
    """Its kind, its time, how much, and what is missing; in the ledger's language."""
    with opened(path, language) as ledger:
        lines = {verb: repr(make(ledger)) for verb, make in MADE.items()}
    assert lines == LINES[language]


def test_a_notebook_shows_what_a_terminal_prints(document):
    """The same texts; nothing of a fact is obeyed."""
    shown = document._repr_html_()
    assert shown.startswith("<div>")
    assert "<script" not in shown
    assert "<table>" in shown
    heads = document.render("text", width=400).splitlines()[0]
    assert f'<span style="font-weight:bold">{heads}' in shown


def test_wide_rows_have_the_figures_of_long_ones(document):
    """Each figure under its own key, in one row for each thing."""
    kinds = {
        "MonthlyReport": ("months", "indicators"),
        "Portfolio": ("units", "sources", "groups", "months"),
        "Monitoring": ("money", "indicators"),
        "SelfEvaluation": ("points", "money", "indicators", "goals"),
    }
    for table in kinds[type(document).__name__]:
        long, wide = document.to_records(table), document.to_records(table, wide=True)
        figures = list(dict.fromkeys(row["figure"] for row in long))
        heads = [k for k in long[0] if k not in ("figure", "value")]
        keys = {tuple(row[k] for k in heads) for row in long}
        assert len(wide) == len(keys)
        assert all({*row} == {*heads, *figures} for row in wide)
        found = {
            (*(row[k] for k in heads), f): row[f]
            for row in wide
            for f in figures
            if row[f] is not None
        }
        expected = {
            (*(row[k] for k in heads), row["figure"]): row["value"]
            for row in long
            if row["value"] is not None
        }
        assert found == expected
    assert document.to_records() == document.to_records(
        kinds[type(document).__name__][0]
    )
    with pytest.raises(InvalidInput, match="one of"):
        document.to_records("none")


def test_every_document_has_each_of_these():
    """Whatever is added to one is asked of all."""
    kinds = [MonthlyReport, Monitoring, Portfolio, Review, SelfEvaluation]
    assert kinds
    for kind in kinds:
        for name in ("render", "write", "print", "to_dict", "to_records"):
            assert callable(getattr(kind, name)), (kind, name)
        assert {*kind.renderings} <= {*FORMATS}
        assert {"text", "json"} <= {*kind.renderings}
