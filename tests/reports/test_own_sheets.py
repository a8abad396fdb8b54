"""Sheets of ours around the official forms speak the language that was asked for."""

from datetime import date

import pytest

from ledger import InvalidInput, Ledger, Objective, Settings, VarianceCategory
from ledger.domain.plan import Checkpoint, SpendingPlan
from ledger.messages import Language, message
from ledger.reports import LAYOUTS
from support import approval, fen, indicator
from support_office import cells
from support_official_workbooks import JUNE, full, written
from support_spoken import LEDGERS, foreign

FACTS = {
    Language.CHINESE: ("修路", "某局", "里程", "满意度指标", "质量", "满意率", "补报"),
    Language.ENGLISH: ("Road", "Works", "length", "satisfaction", "is", "rate", "late"),
}
"""Names of a project, a unit and indicators, and words of reasons, in each language."""

WORKBOOKS = {
    "year": lambda ledger: ledger.self_evaluation(2023),
    "june": lambda ledger: ledger.monitoring(2023, 6),
}


def ledger_of(settings):
    """Return a ledger with a project and a unit, all facts in its language."""
    name, unit, label, level1, level2, rate, reason = FACTS[settings.language]
    ledger = Ledger.open(":memory:", actor="1", settings=settings)
    output = message("template.level1.output").said(settings.language)
    own = (
        indicator(label, "≥10", level1=output, level2=level2),
        indicator(rate, "≥98%", level1=level1, level2=level2),
    )
    on = settings.year(2023).start
    ledger.append(
        approval(
            "1",
            10_000_000,
            on,
            name=name,
            unit="2",
            unit_name=unit,
            plan=SpendingPlan(checkpoints=(Checkpoint(JUNE, 10_000_000),)),
            indicators=own,
        )
    )
    ledger.set_objectives(
        "2",
        unit,
        [Objective(title=label, objective=None, indicators=own)],
        fiscal_year=2023,
        on=on,
    )
    ledger.disburse("1", fen(5_000_000), voucher="3", on=JUNE)
    ledger.report_result("1", label, 4, on=JUNE)
    ledger.report_result("1", rate, 98, on=JUNE)
    ledger.report_score("1", "9", indicator=label, on=date(2023, 12, 31), reason=reason)
    ledger.explain_variance("1", VarianceCategory.OTHER, reason, on=JUNE)
    return ledger


def own_texts(path):
    """Return the texts of our own sheets; cells are shared by all, so read one by one."""
    sheets = cells(path)
    names = [*sheets][:2]
    said = [str(cell) for name in names for row in sheets[name] for cell in row]
    return [*names, *said]


def ids(settings):
    """Return the name of a case."""
    return f"{settings.currency.code}-{settings.language}-{settings.scale}-{settings.first_month}"


@pytest.mark.parametrize("kind", WORKBOOKS)
@pytest.mark.parametrize("settings", LEDGERS, ids=ids)
def test_sheets_of_ours_have_no_letter_of_the_other_language(settings, kind, tmp_path):
    """Every cell and every name of a sheet."""
    with ledger_of(settings) as ledger:
        report = WORKBOOKS[kind](ledger)
        report.write(tmp_path / "x.xlsx")
    said = [text.replace(report.root, "") for text in own_texts(tmp_path / "x.xlsx")]
    assert len(said) > 30
    assert foreign(said, settings.language, ["USD", "JPY"]) == set()


@pytest.mark.parametrize("language", [None, *Language])
@pytest.mark.parametrize("settings", [Settings(language=one) for one in Language])
def test_the_language_asked_for_is_that_of_the_forms_too(settings, language, tmp_path):
    """Each language has its edition of the national forms."""
    spoken = settings.language if language is None else language
    with ledger_of(settings) as ledger:
        for name, make in WORKBOOKS.items():
            report = make(ledger)
            given = {} if language is None else {"language": language}
            sheets = written(report, tmp_path, f"{name}-{spoken}", **given)
            summary, *_, form = sheets
            assert summary == message("official.summary").said(spoken)
            edition = "national" if spoken is Language.CHINESE else "english"
            forms = LAYOUTS[edition]
            of_kind = {"year": forms.self_evaluation, "june": forms.monitoring}
            assert full(sheets[form])[0] == [of_kind[name].title]


@pytest.mark.parametrize("kind", WORKBOOKS)
def test_an_english_form_has_no_chinese_of_ours(kind, tmp_path):
    """Where the facts are English; and a Chinese one has no English."""
    for settings in (Settings(language=one) for one in Language):
        with ledger_of(settings) as ledger:
            sheets = written(WORKBOOKS[kind](ledger), tmp_path, settings.language)
        said = [
            str(c) for _, rows in [*sheets.items()][2:] for row in rows for c in row
        ]
        assert len({*said}) > 25
        assert foreign(said, settings.language, ["USD", "A", "B"]) == set()


@pytest.mark.parametrize("kind", WORKBOOKS)
@pytest.mark.parametrize(
    ("layout", "asked"), [("national", "en"), ("split", "en"), ("english", "zh")]
)
def test_a_layout_in_another_language_is_refused(layout, asked, kind, tmp_path):
    """A language that was asked for is never left unheard; nothing is written."""
    with ledger_of(Settings(language="zh")) as ledger:
        report = WORKBOOKS[kind](ledger)
        with pytest.raises(InvalidInput, match="--layout") as refusal:
            report.write(tmp_path / "x.xlsx", layout=layout, language=asked)
    assert refusal.value.field == "language"
    assert not list(tmp_path.iterdir())


def test_a_form_in_another_language_is_said_to_be_so(tmp_path):
    """On the summary, where the layout was named and no language was."""
    with ledger_of(Settings(language="zh")) as ledger:
        report = ledger.self_evaluation(2023)
        sheets = written(report, tmp_path, "x", layout="english")
    assert full(next(iter(sheets.values())))[-1] == [
        "其余各表的格式由主管方统一规定，用英文。"
    ]
    with ledger_of(Settings(language="en")) as ledger:
        report = ledger.self_evaluation(2023)
        sheets = written(report, tmp_path, "x", layout="national")
    note = message("official.prescribed_in_zh").said(Language.ENGLISH)
    assert full(next(iter(sheets.values())))[-1] == [note]


def test_a_language_that_there_is_not_is_refused(tmp_path):
    """Nothing is written."""
    with ledger_of(Settings()) as ledger:
        for make in WORKBOOKS.values():
            with pytest.raises(InvalidInput, match=r"language|语言"):
                make(ledger).write(tmp_path / "x.xlsx", language="fr")
    assert not list(tmp_path.iterdir())
