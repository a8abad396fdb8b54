"""Errors and findings speak the language of the ledger that they came from."""

import pickle
import re
import subprocess
import sys

import pytest

from ledger import (
    Currency,
    InvalidInput,
    Ledger,
    LedgerError,
    Settings,
)
from ledger.app.view import View
from ledger.audit.differences import Differences
from ledger.audit.explain.explanation import Explanation
from ledger.audit.proof import Proof
from ledger.audit.report_receipts import ReportCheck
from ledger.audit.verification import Verification
from ledger.errors import LogError, UnknownProject
from ledger.messages import Language
from ledger.reports.documents.monitoring import Monitoring
from ledger.reports.documents.monthly import MonthlyReport
from ledger.reports.documents.portfolio import Portfolio
from ledger.reports.documents.self_evaluation import SelfEvaluation
from support import approval, day, disbursement, form, forms

pytestmark = pytest.mark.own_language

YEN = Settings(currency=Currency("JPY"))
DOCUMENTS = (
    *(MonthlyReport, Portfolio, Monitoring, SelfEvaluation),
    *(Explanation, Differences, Verification, ReportCheck, Proof),
)

DOORS = {
    "a fact": lambda ledger: ledger.disburse("P-9", "1", voucher="V", on=day(3)),
    "a float": lambda ledger: ledger.disburse("P-1", 1.5, voucher="V", on=day(3)),
    "an append": lambda ledger: ledger.append(disbursement(10**9)),
    "a view": lambda ledger: ledger.view(through=3),
    "a method of a view": lambda ledger: ledger.view().project("P-9"),
    "an explanation": lambda ledger: ledger.view().explain("P-1", "luck"),
    "a report": lambda ledger: ledger.monthly_report(2023, 6).project("P-9"),
    "a report in no language": lambda ledger: ledger.monthly_report(2023, 6).render(
        "text", language="fr"
    ),
    "a portfolio": lambda ledger: ledger.monthly_report(2023, 6).portfolio().render(
        "csv", table="lists"
    ),
    "monitoring": lambda ledger: ledger.monitoring(2023, 6).write("none/m.xlsx"),
    "events of no type": lambda ledger: ledger.events(types="luck"),
    "events that are read too late": lambda ledger: (ledger.close(), list(ledger.events())),
    "lines that are read too late": lambda ledger: (
        lines := ledger.lines(),
        ledger.close(),
        list(lines),
    ),
    "a state that is asked for too late": lambda ledger: (ledger.close(), ledger.position),
    "a bulk file": lambda ledger: ledger.record("none.csv"),
    "forms": lambda ledger: ledger.import_forms(forms(form(budget="1,0"))),
    "a proof": lambda ledger: ledger.prove(9),
    "a proof that is written": lambda ledger: ledger.prove(1).write("none/p.json"),
    "a check": lambda ledger: ledger.verify().write("verified.xls"),
    "an explanation that is written": lambda ledger: (
        ledger.view().explain("P-1", "disbursed").write("none/e.json")
    ),
    "differences": lambda ledger: ledger.differences(0, through=day(6)).render("luck"),
}  # fmt: skip


def refused(ask, path, settings):
    """Return the error that a ledger refuses with."""
    with Ledger.open(path, actor="a", settings=settings) as ledger:
        ledger.append(approval())
        with pytest.raises(LedgerError) as caught:
            ask(ledger)
    return caught.value


def is_chinese(text):
    """Return whether a text is Chinese but for names in it."""
    return any("一" <= sign <= "鿿" for sign in text)


@pytest.mark.parametrize("ask", DOORS.values(), ids=DOORS.keys())
def test_every_door_speaks_the_language_of_the_ledger(ask, path):
    """Chinese for a ledger in yuan, English for one in yen."""
    problem = refused(ask, path, Settings())
    assert str(problem) == problem.text("zh") != problem.text("en")
    assert is_chinese(str(problem))


@pytest.mark.parametrize("ask", DOORS.values(), ids=DOORS.keys())
def test_an_english_ledger_speaks_english(ask, path):
    """Where nothing of the ledger itself is Chinese, no error is."""
    problem = refused(ask, path, YEN)
    assert str(problem) == problem.text(Language.ENGLISH) != problem.text("zh")
    if "forms" not in str(problem):
        assert not is_chinese(str(problem))


def test_no_method_is_no_door():
    """A method that is added and forgotten would speak English to everybody."""
    for kind in (Ledger, View, *DOCUMENTS):
        public = {name for name in dir(kind) if not name.startswith("_")}
        asked = {name: getattr(kind, name) for name in public}
        shut = {
            name
            for name, own in asked.items()
            if not hasattr(
                own.fget if isinstance(own, property) else own, "__wrapped__"
            )
            and (callable(own) or isinstance(own, property))
        }
        settled = {
            "settings", "language", "policy", "scoring", "findings", "open", "restore",
            "of", "read", "renderer",
        }  # fmt: skip
        assert shut <= settled, kind


def test_what_opens_no_ledger_speaks_the_language_that_it_was_to_have(path):
    """That of the file where there is one, else that of the settings given."""
    with pytest.raises(LedgerError) as caught:
        Ledger.open(path.parent / "none" / "x", settings=Settings())
    assert is_chinese(str(caught.value))
    Ledger.open(path, settings=Settings()).close()
    with pytest.raises(InvalidInput) as caught:
        Ledger.open(path, settings=YEN)
    assert is_chinese(str(caught.value))


def test_a_ledger_that_is_closed_says_so_in_its_language(path):
    """Also what is iterated over when it is closed."""
    with Ledger.open(path, actor="a", settings=Settings()) as ledger:
        ledger.append(approval())
        states = ledger.events()
        ledger.close()
        with pytest.raises(LogError) as caught:
            next(states)
    assert is_chinese(str(caught.value))


def test_money_is_in_the_scale_of_the_ledger_or_in_that_asked_for(path):
    """In Chinese 万元, as the reports count; whoever asks has yuan, and so in English."""
    problem = refused(DOORS["an append"], path, Settings())
    assert "1,000.00 万元" in str(problem)
    assert "10,000,000.00 元" in problem.text(scale="1")
    assert "10,000,000.00 CNY" in problem.text("en")
    assert "1,000.00 × 10,000 CNY" in problem.text("en", scale="10000")
    assert problem.text(scale="3") == problem.text(scale=[3]) == str(problem)


def test_findings_speak_the_language_of_the_ledger(path):
    """Those that are returned, those in a report and those of an error."""
    given = forms(form(plan_row=["5.00", "5.00", "5.00", "5.00"]))
    with Ledger.open(path, actor="a", settings=Settings()) as ledger:
        code = given["projects"][0]["project_code"]
        review = ledger.review_forms(given)
        found = ledger.import_forms(given)
        again = ledger.import_forms(given)
        ledger.adjust_budget(code, "supplement", "1", on=day(3))
        report = ledger.monthly_report(2023, 6)
        evaluation = ledger.self_evaluation(2023)
        monitoring = ledger.monitoring(2023, 11)
        execution = ledger.view().execution()
        with pytest.raises(LedgerError) as caught:
            ledger.import_forms(forms(form(budget="1,0")))
    places = [
        review.findings, found, again, report.findings, evaluation.findings,
        monitoring.findings, execution[0].findings, caught.value.findings,
        report.projects[0].findings, [each for one in evaluation.projects for each in one.missing],
    ]  # fmt: skip
    for number, findings in enumerate(places):
        assert findings, number
        for one in findings:
            assert str(one) == one.text() == one.text("zh"), number
            assert is_chinese(str(one)), number
            assert one.text("en").startswith(one.severity.value)


def test_a_language_that_is_none_is_refused_where_it_is_asked_for():
    """Of a report, of settings and of the class; the nearest is named."""
    for asked, nearest in (("zh_CN", "zh"), ("eng", "en"), ("xx", None)):
        with pytest.raises(ValueError, match="one of zh, en") as caught:
            Language(asked)
        assert (f"did you mean {nearest!r}" in str(caught.value)) is (
            nearest is not None
        )
    with pytest.raises(InvalidInput):
        Settings(language="xx")


@pytest.mark.parametrize("asked", ["xx", "", 3, [], object(), "zh_CN"])
def test_an_error_speaks_whatever_language_it_is_asked_for(asked, path):
    """It falls back to the ledger's, and says that there is none such."""
    problem = refused(DOORS["a fact"], path, Settings())
    first, last = problem.text(asked).splitlines()
    assert first == str(problem)
    assert last.startswith("（不支持语言")
    problem.language = asked
    assert str(problem) == problem.text("en")


class Odd:
    """What has no words of its own."""

    def __repr__(self):
        raise RuntimeError


def test_an_error_speaks_of_whatever_it_was_given(path):
    """An object that cannot be shown is named by its class."""
    problem = refused(
        lambda ledger: ledger.disburse("P-1", Odd(), voucher="V", on=day(3)),
        path,
        Settings(),
    )
    assert "Odd" in str(problem)


READING = """
import pickle, sys
problem = pickle.load(sys.stdin.buffer)
sys.stdout.buffer.write("\\0".join([str(problem), problem.text("en")]).encode())
"""


@pytest.mark.parametrize("door", ["a fact", "an append", "forms", "a bulk file"])
@pytest.mark.parametrize("locale", ["C", "xx_XX.none", "en_US.UTF-8"])
def test_an_error_speaks_its_language_in_another_process(door, locale, path):
    """Whatever its locale, also one that does not exist."""
    problem = refused(DOORS[door], path, Settings())
    done = subprocess.run(
        [sys.executable, "-c", READING],
        input=pickle.dumps(problem),
        capture_output=True,
        check=True,
        env={"LC_ALL": locale, "LANG": locale},
    )
    said = done.stdout.decode().split("\0")
    assert said == [str(problem), problem.text("en")]
    assert is_chinese(said[0])


def test_what_a_ledger_did_not_say_is_english():
    """As a script is told that makes an error, or reads what no ledger holds."""
    assert str(UnknownProject("P-9")) == "no approved project 'P-9'"


@pytest.mark.parametrize(("locale", "han"), [("zh_CN.UTF-8", True), ("C", False)])
def test_an_error_of_no_ledger_speaks_the_language_of_the_locale(
    monkeypatch, locale, han
):
    """Nobody has said another yet; whoever asks for one gets it."""
    monkeypatch.setenv("LC_ALL", locale)
    with pytest.raises(InvalidInput) as caught:
        Settings(first_month=13)
    assert bool(re.search("[\u4e00-\u9fff]", str(caught.value))) is han
    assert not re.search("[\u4e00-\u9fff]", caught.value.text("en"))
