"""One refusal for each guard, and at least one for each class of error, with its text."""

import test_guards as guards
from ledger import (
    Funding,
    IndicatorReference,
    Language,
    Ledger,
    LedgerError,
    Objective,
)
from support import Clock, Entropy, approval, day, disbursement, indicator

from .refused_facts import MONEY, RESULTS, UNIT
from .refused_requests import FILES, LOGS, REQUESTS, SETTINGS

LANGUAGES = (Language.ENGLISH, Language.CHINESE)


def refusals():
    """Say what is refused, and in which words of each language."""
    for guard, rows in guards.GUARDS.items():
        yield (
            f"refusals/{guard}",
            "".join(
                f"{name}: {_refused(lambda ledger, event=event: ledger.append(event))}"
                for name, (event, _) in rows.items()
            ),
        )
    for name, event in guards.EVENTS.items():
        yield f"refusals/closed/{name}", _refused(_after_closure(event))
        yield f"refusals/another key/{name}", _refused(_other_key(event))
    for group, cases in CASES.items():
        for name, ask in cases.items():
            yield f"refusals/{group}/{name}", _refused(ask)


def _refused(ask):
    """Ask something of a ledger with two projects and a unit; return what it said."""
    with _opened() as ledger:
        try:
            ask(ledger)
        except LedgerError as problem:
            texts = [problem.text(language) for language in LANGUAGES]
            return "\n".join([f"{type(problem).__name__}:", *texts, ""])
    return "taken\n"


def _opened():
    ledger = Ledger.open(
        ":memory:", actor="tester", clock=Clock(guards.AT), entropy=Entropy()
    )
    rated = ("质量", "明显改善", "效益指标", "社会效益指标")
    dated = ("完成时间", "6月底前", "产出指标", "时效指标")
    share = indicator("合格率", "≥90%", measure="ratio")
    more = (indicator(), indicator(*rated), indicator(*dated), share)
    ledger.append(approval("A", on=day(2)))
    ledger.append(disbursement(100, "1", on=day(3), project="A"))
    ledger.report_result("A", guards.NAME, 2, on=day(3), key="first")
    two = (Funding(source="fiscal", amount=5_000), Funding(source="other", amount=0))
    ledger.append(approval("P", amounts=two, indicators=more, unit="701001"))
    reference = (IndicatorReference(project="P", indicator=guards.NAME),)
    own = (indicator("合计", computed_from=reference), indicator("满意度", "≥80分"))
    goals = (Objective(title="t", indicators=own),)
    ledger.set_objectives(UNIT, "Unit", goals, fiscal_year=2023, on=day(1))
    return ledger


def _after_closure(event):
    def ask(ledger):
        ledger.close_project("A", on=day(5))
        ledger.append(event)

    return ask


def _other_key(event):
    def ask(ledger):
        ledger.append(event, key="k")
        ledger.append(disbursement(7, "7", on=day(3), project="A"), key="k")

    return ask


CASES = {
    "money": MONEY,
    "results": RESULTS,
    "settings": SETTINGS,
    "requests": REQUESTS,
    "files": FILES,
    "logs": LOGS,
}
"""By kind, what is asked of a ledger and refused."""
