"""What an import would do, in the language of the reader."""

import re

from ledger import AdjustmentKind, Funding
from ledger.domain.finding import finding
from ledger.domain.settings import Settings
from ledger.events import (
    BudgetAdjusted,
    ObjectivesSet,
    SpendingPlanRevised,
    TargetRevised,
)
from ledger.messages import message, named
from ledger.reports import Review
from support import approval, day, indicator

SETTINGS = Settings()
SOURCES = ("fiscal", 100), ("other", 50)
_CODE = re.compile(r"\b[a-z]+\.[a-z_]+\b")
_LATIN = re.compile("[A-Za-z]")


def events():
    """Return an event of each type that a form can lead to, without Latin letters."""
    first = approval("1", indicators=(indicator("次数", "≥10次"),), name="修路")
    target = indicator("次数", "≥20次").target
    goals = {"name": "某局", "fiscal_year": 2023, "objectives": ()}
    changed = {
        "amounts": tuple(Funding(source=s, amount=a) for s, a in SOURCES),
        "kind": AdjustmentKind.SUPPLEMENT,
    }
    return [
        first,
        BudgetAdjusted(project="1", on=day(2), **changed),
        SpendingPlanRevised(project="1", on=day(2), plan=first.plan),
        TargetRevised(project="1", on=day(2), indicator="次数", target=target),
        ObjectivesSet(unit="2", on=day(2), **goals),
    ]


def findings():
    """Return findings of each severity with all that one can have."""
    right = message("expected.points_up_to", most=10)
    return [
        finding("score.no_weight", place=("1", named("weight")), expected=right),
        finding("score.no_group", group="其他", found="其他"),
        finding("form.request_recorded", understood=message("found.no_budget")),
    ]


def shown(language):
    made = Review(events=events(), findings=findings(), settings=SETTINGS)
    return made.render("text", width=200, language=language)


def test_a_chinese_review_has_no_word_of_english():
    """Only the stable names of findings are Latin."""
    text = shown("zh")
    assert not _LATIN.search(_CODE.sub("", text)), text
    assert text == shown(None)
    assert "财政资金 0.0001 万元，其他资金 0.00005 万元" in text


def test_an_english_review_names_sources_by_their_paths():
    """As JSON does where it is asked for English; else it speaks as the ledger."""
    text = shown("en")
    assert "5 events would be recorded; 0 errors, 2 warnings, 1 note" in text
    assert "supplement of 1.00 CNY fiscal + 0.50 CNY other" in text
    made = Review(events=events(), findings=findings(), settings=SETTINGS)
    asked, own = made.to_dict("en"), made.to_dict()
    summaries = [shown["would_record"][1]["summary"] for shown in (asked, own)]
    assert summaries == [
        "supplement of 1.00 CNY fiscal + 0.50 CNY other",
        "追加：财政资金 0.0001 万元，其他资金 0.00005 万元",
    ]
