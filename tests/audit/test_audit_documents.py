"""What those hold who check is handed out as reports are."""

import json

import pytest
from click.testing import CliRunner

from ledger import InvalidInput, Language, Ledger, Settings
from ledger.audit.proof import read_proof
from ledger.cli import main
from ledger.reports.documents.formats import FORMATS
from support import PROJECT, Clock, Entropy, approval, day

JUNE = day(6, 30)
MADE = {
    "explain": lambda ledger: ledger.explain(PROJECT, "disbursed", through=JUNE),
    "diff": lambda ledger: ledger.differences(1, through=JUNE),
    "verify": lambda ledger: ledger.verify(),
    "verify --report": lambda ledger: ledger.verify_report(
        ledger.monthly_report(2023, 6, known_at=1).to_dict()
    ),
    "prove": lambda ledger: ledger.prove(2),
    "prove --from": lambda ledger: ledger.prove_consistency(ledger.checkpoint(1)),
}
"""By the command that hands each out."""

WORDS = {
    "explain": [PROJECT, "disbursed", "--month", "2023-06"],
    "diff": ["--known-at", "1", "--month", "2023-06"],
    "verify": [],
}


def opened(path, language=Language.ENGLISH):
    """Return a ledger in which something was disbursed."""
    ledger = Ledger.open(
        path,
        actor="a",
        settings=Settings(language=language),
        clock=Clock(),
        entropy=Entropy(),
    )
    ledger.append(approval())
    ledger.disburse(PROJECT, "10", voucher="V-1", on=day(6))
    return ledger


@pytest.fixture(params=MADE)
def document(request, path):
    """Make each document of one ledger, which stays open."""
    with opened(path) as ledger:
        yield MADE[request.param](ledger)


def test_what_is_written_is_what_is_rendered(document, tmp_path):
    """In both formats; JSON is what `to_dict` returns."""
    for name in document.renderings:
        for ending in FORMATS[name].endings:
            file = tmp_path / f"x{ending}"
            document.write(file)
            assert file.read_text("utf-8") == document.render(name)
    values = json.loads(json.dumps(document.to_dict()))
    assert json.loads(document.render("json")) == values
    with pytest.raises(InvalidInput, match=r"one of \.txt, \.text, \.md, \.json"):
        document.write(tmp_path / "x.html")


def test_a_proof_is_read_from_what_it_writes(path, tmp_path):
    """Both kinds, and they hold."""
    with opened(path) as ledger:
        for name in ("prove", "prove --from"):
            proof = MADE[name](ledger)
            proof.write(tmp_path / "proof.json")
            again = read_proof(tmp_path / "proof.json")
            assert again == proof
            again.check()


LINES = {
    "en": {
        "explain": "<Explanation disbursed = 10.00 CNY · 1 event>",
        "diff": "<Differences 2023-06-30 · 1 → 2 · {count} figures changed>",
        "verify": "<Verification sound · 2 events · root {root}>",
        "verify --report": "<ReportCheck sound · {count} restated · position 1>",
        "prove": "<Proof {origin} · 2 events>",
        "prove --from": "<Consistency {origin} · 1 → 2>",
    },
    "zh": {
        "explain": "<Explanation disbursed = 0.001 万元 · 1 个事项>",
        "diff": "<Differences 2023-06-30 · 1 → 2 · {count} 个数据有变化>",
        "verify": "<Verification 相符 · 2 个事项 · 根 {root}>",
        "verify --report": "<ReportCheck 相符 · {count} 处已更正 · 登记至序号 1>",
        "prove": "<Proof {origin} · 2 个事项>",
        "prove --from": "<Consistency {origin} · 1 → 2>",
    },
}


@pytest.mark.parametrize("language", Language)
def test_each_says_in_a_line_what_it_is(path, language):
    """In the language of the ledger."""
    with opened(path, language) as ledger:
        lines = {name: repr(make(ledger)) for name, make in MADE.items()}
        count = len(MADE["diff"](ledger))
        origin = ledger.checkpoint().origin
        root = f"{ledger.root[:8]}…"
    assert lines == {
        name: line.format(origin=origin, root=root, count=count)
        for name, line in LINES[language].items()
    }


def test_a_notebook_shows_the_same(document):
    """A tree as lists within lists, and lines as lines."""
    shown = document._repr_html_()
    assert shown.startswith("<div>")
    assert shown.endswith("</div>")
    assert ("<ul>" in shown) == (type(document).__name__ == "Explanation")


def test_a_text_speaks_the_language_of_its_ledger_or_another(path):
    """So does JSON; its keys are the same in every language."""
    with opened(path, Language.CHINESE) as ledger:
        why = ledger.explain(PROJECT, "execution_rate", through=JUNE)
    assert "已支出 ÷ 全年预算数" in why.render("text")
    assert "disbursed ÷ current_budget" in why.render("text", language="en")
    assert "已支出 ÷ 全年预算数" in why.render("json")
    assert "disbursed ÷ current_budget" in why.render("json", language="en")
    with pytest.raises(InvalidInput, match="one of zh, en"):
        why.render("text", language="fr")
    with pytest.raises(InvalidInput, match="one of zh, en"):
        why.to_dict("fr")


@pytest.mark.parametrize("verb", WORDS)
def test_the_command_line_has_the_same_formats(path, tmp_path, verb):
    """The choices of --format, and the bytes of --out, are those of scripts."""
    with opened(path) as ledger:
        made = MADE[verb](ledger)
    (option,) = [p for p in main.get_command(None, verb).params if p.name == "form"]
    assert list(option.type.choices) == list(made.renderings)
    for name in made.renderings:
        ending = FORMATS[name].endings[0]
        ours, theirs = tmp_path / f"ours{ending}", tmp_path / f"theirs{ending}"
        made.write(ours)
        words = [verb, str(path), *WORDS[verb], "--out", str(theirs)]
        assert CliRunner().invoke(main, words).exit_code == 0
        assert ours.read_bytes() == theirs.read_bytes()


def test_rows_for_data_frames(path):
    """A row for each event, figure, cause, check and finding."""
    with opened(path) as ledger:
        why, changed, done, receipt = [make(ledger) for make in list(MADE.values())[:4]]
    assert [row["position"] for row in why.to_records()] == [2]
    assert {row["path"] for row in changed.to_records()} == {e.path for e in changed}
    causes = changed.to_records("causes")
    assert {row["position"] for row in causes} == {2}
    assert [row["number"] for row in done.to_records()] == list(range(1, 13))
    assert done.to_records("findings") == []
    assert {row["what"] for row in receipt.to_records()} == {"restated"}
    for document in (changed, done):
        with pytest.raises(InvalidInput, match="one of"):
            document.to_records("none")
