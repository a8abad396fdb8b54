"""The command line takes what people write, and says what it would rather have."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from ledger import (
    AdjustmentKind,
    Convention,
    Direction,
    Language,
    Ledger,
    Measure,
    Rating,
    Scale,
)
from ledger.cli import main
from ledger.cli.help import Choice, MemberOf
from ledger.domain.adjustment_kind import BudgetOrigin
from ledger.domain.calendar import YearNaming
from ledger.domain.choices import one_of
from ledger.domain.commitment import (
    CommitmentAdjustmentKind,
    CommitmentStage,
    ReleaseReason,
)
from ledger.domain.indicator import ClearedField
from ledger.domain.project_category import ProjectCategory
from ledger.domain.variance import Likelihood, VarianceCategory
from ledger.messages import Message
from support import PROJECT, Clock, approval, commands, forms, indicator

ENGLISH = {"LC_ALL": "en_GB.UTF-8"}
RECORDING = {
    "disburse": [PROJECT, "5", "--voucher", "V", "--on", "2023-03-01"],
    "reverse": [PROJECT, "5", "--of", "1", "--voucher", "R", "--on", "2023-03-01"],
    "refund": [PROJECT, "5", "--of", "1", "--voucher", "R", "--on", "2024-01-09"],
    "adjust": [PROJECT, "supplement", "5", "--on", "2023-03-01"],
    "transfer": [PROJECT, "P-2", "5", "--on", "2023-03-01"],
    "result": [PROJECT, "次数", "3", "--on", "2023-03-01"],
    "commit": [PROJECT, "HT-2", "5", "--on", "2023-03-01"],
    "adjust-commitment": [
        PROJECT,
        "HT-1",
        "increase",
        "5",
        "--on",
        "2023-03-01",
        "--reason",
        "r",
    ],
    "release-commitment": [PROJECT, "HT-1", "--on", "2023-03-01", "--why", "finished"],
    "close": ["P-2", "--year", "2023"],
    "reopen": ["P-3", "--year", "2023", "--reason", "r"],
    "correct-adjustment": ["mistaken", "--reason", "r"],
    "revise-form": [PROJECT, "--on", "2023-03-01", "--to-unit", "U-2"],
    "revise-plan": [PROJECT, "2023-12-31=1005", "--on", "2023-03-01"],
    "revise-target": [PROJECT, "次数", "≥5次", "--on", "2023-03-01"],
    "retract": [PROJECT, "次数", "three", "--on", "2023-03-01", "--reason", "r"],
    "withdraw": ["P-2", "--on", "2023-03-01", "--reason", "r"],
    "explain-variance": [PROJECT, "funding", "r", "--on", "2023-03-01"],
    "order-rectification": [
        PROJECT,
        "Z-1",
        "q",
        "--due",
        "2023-06-30",
        "--on",
        "2023-03-01",
    ],
    "report-rectification": [PROJECT, "Z-0", "t", "--on", "2023-03-01"],
    "close-rectification": [PROJECT, "Z-0", "--on", "2023-03-01"],
    "assess-goal": [PROJECT, "1", "partly", "t", "--on", "2023-03-01"],
    "state-outlook": [PROJECT, "--as-planned", "--on", "2023-03-01"],
    "score": [PROJECT, "5", "--on", "2023-03-01", "--reason", "r"],
    "state-conclusion": [PROJECT, "good", "--on", "2023-03-01"],
    "set-policy": ["behind_below=0.5", "--on", "2023-03-01"],
    "import": ["forms.json"],
    "record": ["facts.jsonl"],
}
OF_OTHER_YEARS = {"carry-over", "return-carry", "close-period", "reopen-period"}
"""Commands that record what follows from the closing of a year or a period."""

FORMS = forms()
FACT = {
    "type": "Disbursed",
    "project": PROJECT,
    "on": "2023-03-02",
    "voucher": "F",
    "amount": "1",
}


def laid_out(folder):
    """Write a ledger and files to record into a folder, and return it."""
    with Ledger(folder / "a.ledger", actor="a", clock=Clock()) as ledger:
        ledger.append(
            approval(goals=("g",), indicators=(indicator("次数"),)), approval("P-2")
        )
        ledger.disburse(PROJECT, 50, voucher="1", on="2023-02-01")
        ledger.append(approval("P-3"))
        ledger.close_project("P-3", on="2023-12-31")
        ledger.commit(PROJECT, "HT-1", 50, on="2023-02-01")
        ledger.report_result(PROJECT, "次数", 3, on="2023-02-01", key="three")
        ledger.order_rectification(
            PROJECT, "Z-0", "q", due="2023-06-30", on="2023-02-01"
        )
        more = {"on": "2023-02-01", "key": "mistaken"}
        ledger.adjust_budget(PROJECT, "supplement", 5, **more)
    (folder / "facts.jsonl").write_text(json.dumps(FACT), "utf-8")
    (folder / "forms.json").write_text(json.dumps(FORMS), "utf-8")
    return folder


@pytest.fixture
def place(tmp_path, monkeypatch):
    """Stand in a folder with a ledger and files to record."""
    monkeypatch.chdir(tmp_path)
    return laid_out(tmp_path)


def run(*words, env=ENGLISH):
    return CliRunner(env=env).invoke(main, ["--lang", "en", *map(str, words)])


def last():
    with Ledger("a.ledger", read_only=True) as ledger:
        return list(ledger.events())[-1]


def test_the_commands_that_record_are_listed():
    """All that take who records, but a seal, which is no event."""
    found = {
        name
        for name, command in commands().items()
        if name not in OF_OTHER_YEARS
        and "--actor" in {opt for param in command.params for opt in param.opts}
    }
    assert found - {"seal"} == set(RECORDING)


@pytest.mark.parametrize("name", sorted(OF_OTHER_YEARS))
def test_what_follows_from_a_closing_has_the_same_options(name):
    """From the same place."""
    opts = {opt for param in commands()[name].params for opt in param.opts}
    assert {"--key", "--cause", "--expected-version", "--actor"} <= opts


@pytest.mark.usefixtures("place")
@pytest.mark.parametrize("name", RECORDING)
def test_every_command_that_records_takes_cause_and_version(name):
    """From one place, as every method does."""
    words = [name, "a.ledger", *RECORDING[name]]
    wrong = run(*words, "--expected-version", 9)
    assert wrong.exit_code == 1
    assert "expected version 9, found " in wrong.stderr
    version = wrong.stderr.partition("found ")[2].partition(";")[0]
    below = run(*words, "--expected-version", -1)
    assert (below.exit_code, "-1 is not in the range 0–" in below.stderr) == (2, True)
    done = run(
        *words, "--cause", "因-1", "--actor", "who", "--expected-version", version
    )
    assert done.exit_code == 0, done.stderr
    assert (last().cause, last().actor) == ("因-1", "who")


ENUMS = {
    ("revise-form", "--measure"): Measure, ("revise-form", "--direction"): Direction,
    ("revise-form", "--cleared"): ClearedField, ("import", "--origin"): BudgetOrigin,
    ("init", "--convention"): Convention, ("init", "--lang"): Language, ("init", "--scale"): Scale,
    ("adjust", "kind"): AdjustmentKind, ("result", "--rating"): Rating, ("report", "--lang"): Language,
    ("commit", "--stage"): CommitmentStage, ("adjust-commitment", "kind"): CommitmentAdjustmentKind,
    ("release-commitment", "--why"): ReleaseReason, ("init", "--year-named-for"): YearNaming,
    ("explain-variance", "category"): VarianceCategory, ("state-outlook", "--likelihood"): Likelihood, ("assess-goal", "achieved"): Rating,
    ("revise-form", "--project-category"): ProjectCategory,
    ("revise-form", "--between"): Convention, ("revise-target", "--between"): Convention,
    ("portfolio", "--lang"): Language, ("monitor", "--lang"): Language, ("evaluate", "--lang"): Language,
}  # fmt: skip
"""The parameters that are words of an enum, beside the ``--lang`` of every command."""


def params():
    for name, command in commands().items():
        for param in command.params:
            yield (
                name,
                param.opts[0] if param.opts[0] != "language" else "--lang",
                param,
            )


def test_every_word_of_an_enum_is_taken_by_one_type():
    """Whoever adds an option of such words uses it."""
    found = {
        (
            name,
            next((o for o in param.opts if o.startswith("--")), opt),
        ): param.type.kind
        for name, opt, param in params()
        if isinstance(param.type, MemberOf)
    }
    assert ENUMS.items() <= found.items()
    assert {kind for of, kind in found.items() if of not in ENUMS} == {Language}
    for name, opt, param in params():
        if type(param.type) is Choice:
            for kind in set(ENUMS.values()):
                assert set(param.type.choices) - {each.value for each in kind}, (
                    name,
                    opt,
                )


@pytest.mark.parametrize("of", ENUMS)
def test_words_of_both_languages_are_taken_and_the_nearest_is_named(of):
    """In any case; what is none of them is answered with the key of the nearest."""
    (own,) = [
        param
        for name, _, param in params()
        if (name, param.opts[-1]) == of or (name, param.opts[0]) == of
    ]
    kind = ENUMS[of]
    for member in kind:
        for language in Language:
            word = Message(f"choice.{kind.__name__}.{member.value}").said(language)
            assert one_of(kind, "x", word) is member
            if member in own.type.choices:
                assert own.type.convert(word.upper(), own, None) == member.value
    key = own.type.choices[0]
    assert own.type.meant(f"{key}x") == key
    assert own.type.meant("风马牛") is None


@pytest.mark.usefixtures("place")
@pytest.mark.parametrize("amount", ["-5", "-5.00", "-1_000", "-.5"])
@pytest.mark.parametrize(
    "name", ["disburse", "reverse", "refund", "adjust", "transfer", "commit"]
)
def test_an_amount_below_zero_is_no_option(name, amount):
    """It is refused as an amount, wherever it stands."""
    words = [amount if word == "5" else word for word in RECORDING[name]]
    behind = [*(word for word in words if word != amount), amount]
    for given in (words, behind):
        done = run(name, "a.ledger", *given)
        assert done.exit_code == 2, done.stderr
        assert "amount: found" in done.stderr
        assert "option" not in done.stderr


@pytest.mark.usefixtures("place")
def test_a_value_below_zero_is_a_value():
    """Of a sum it is refused by its rule; behind an option it is the option's."""
    done = run("result", "a.ledger", PROJECT, "次数", "-3", "--on", "2023-03-01")
    assert "'次数' is a sum; retract to correct" in done.stderr
    done = run(
        "result", "a.ledger", PROJECT, "次数", "--on", "2023-03-01", "--note", "-3", "3"
    )
    assert done.exit_code == 0
    assert last().event.note == "-3"
    assert run("events", "a.ledger", "--no").exit_code == 2
    assert "No such option '-x'" in run("events", "a.ledger", "-x").stderr


@pytest.mark.usefixtures("place")
@pytest.mark.parametrize(
    ("stream", "said"),
    [("X", "no approved project 'X'"), ("unit:X", "the ledger has no unit 'X'")],
)
def test_events_of_what_there_is_not_are_refused(stream, said):
    """As any other command does; one that there is may have none by then."""
    done = run("events", "a.ledger", stream)
    assert (done.exit_code, said in done.stderr) == (1, True)
    assert run("events", "a.ledger", PROJECT, "--known-at", 0).exit_code == 0


@pytest.mark.usefixtures("place")
def test_each_door_has_its_own_name_for_what_is_wrong():
    """An option on the command line, an argument in a script."""
    done = run("events", "a.ledger", "--type", "disbursed")
    assert "Invalid value for '--type'" in done.stderr
    assert "Did you mean 'Disbursed'?" in done.stderr
    with Ledger("a.ledger") as ledger:
        for language, name in (("en", "types: "), ("zh", "事项类型：")):
            with pytest.raises(ValueError, match="Disbursed") as refused:
                ledger.events(types="disbursed")
            assert refused.value.text(language).startswith(name)
    assert (
        "--known-at: "
        in run("diff", "a.ledger", "--month", "2023-06", "--known-at", "x").stderr
    )


@pytest.mark.usefixtures("place")
@pytest.mark.parametrize(
    "words",
    [
        ("report", "--month", "2020-06"),
        ("portfolio", "--month", "2020-06"),
        ("monitor", "--month", "2020-06"),
        ("evaluate", "--year", "2020"),
    ],
    ids=" ".join,
)
def test_a_year_without_projects_is_said_with_those_that_there_are(words):
    """On standard error: what reads the report reads it as ever."""
    name, *rest = words
    done = run(name, "a.ledger", *rest)
    assert done.exit_code == 0
    assert done.stderr.startswith("no project of 2020 was approved by 2020-")
    assert done.stderr.endswith("; there are projects of 2023\n")
    assert (
        run(name, "a.ledger", *(w.replace("2020", "2023") for w in rest)).stderr == ""
    )


@pytest.mark.usefixtures("place")
def test_a_file_that_is_there_is_replaced_when_it_is_asked_for(place):
    """It may be the only copy of the forms; what is empty, and a device, is free."""
    out = ("report", "a.ledger", "--month", "2023-06", "--out")
    before = (place / "forms.json").read_bytes()
    done = run(*out, "forms.json")
    assert done.exit_code == 1
    assert "forms.json: found a file that is there" in done.stderr
    assert (place / "forms.json").read_bytes() == before
    assert run(*out, "forms.json", "--force").exit_code == 0
    assert (place / "forms.json").read_bytes() != before
    (place / "empty.json").touch()
    assert run(*out, "empty.json").exit_code == 0
    assert run(*out, "/dev/null", "--format", "json").exit_code == 0
    assert run("export", "a.ledger", "--checkpoint", "forms.json").exit_code == 1


def test_every_command_that_writes_a_file_can_be_forced():
    """And no other has the option."""
    for name, command in commands().items():
        opts = {opt for param in command.params for opt in param.opts}
        assert ("--force" in opts) is ("--out" in opts), name


@pytest.mark.parametrize(
    ("env", "words", "said"),
    [
        ({"LC_ALL": "zh_CN.UTF-8"}, (), "已新建 b.ledger。语言：中文；货币：元；报告金额单位：万元"),
        ({"LANG": "C.UTF-8", "LC_ALL": ""}, (), "created b.ledger: language English, currency CNY, reports in 10,000 CNY"),
        ({"LC_ALL": "zh_CN.UTF-8"}, ("--lang", "english", "--currency", "EUR"), "created b.ledger: language English, currency EUR, reports in EUR"),
        ({"LC_ALL": "fr_FR.UTF-8"}, ("--scale", "1"), "created b.ledger: language English, currency CNY, reports in CNY"),
    ],
)  # fmt: skip
def test_a_new_ledger_speaks_the_language_of_the_locale_and_says_so(
    tmp_path, monkeypatch, env, words, said
):
    """Else English; what is asked for goes before."""
    monkeypatch.chdir(tmp_path)
    done = CliRunner(env=env).invoke(main, ["init", "b.ledger", *words])
    assert (done.exit_code, done.output) == (0, f"{said}\n")
    with Ledger("b.ledger") as ledger:
        assert (ledger.language == "zh") is said.startswith("已")


def test_the_address_of_another_database_is_no_ledger():
    """What is supported is said; the password is not repeated."""
    done = run("report", "mysql://u:secret@h/db", "--month", "2023-06")
    assert (done.exit_code, done.stderr) == (
        1,
        "budget-ledger: path: found 'mysql://…'; expected the path of a file, or postgresql://user@host/database\n",
    )
    with pytest.raises(ValueError, match="postgresql:") as refused:
        Ledger.open("mysql://u:secret@h/db")
    assert "secret" not in str(refused.value)


@pytest.mark.usefixtures("place")
@pytest.mark.parametrize("word", ["元", "万元", "x"])
def test_yuan_count_no_amounts_of_another_currency(word):
    """What may be said instead is listed, in Chinese too."""
    done = run("--lang", "zh", "init", "c.ledger", "--scale", word, "--currency", "USD")
    assert done.exit_code == 2
    assert "“1”、“10000”" in done.stderr
    assert not Path("c.ledger").exists()
    assert run("init", "d.ledger", "--scale", "万元").exit_code == 0
