"""Templates speak one language, count in one currency, and are read back in any."""

import csv
import io
from datetime import date
from decimal import Decimal

import pytest
from click.testing import CliRunner

from ledger import Funding, InvalidInput, Ledger, Settings
from ledger.cli import main
from ledger.domain.catalogue import CATALOGUE
from ledger.domain.choices import one_of
from ledger.domain.funding import SourceRoot, canonical_source, named_source
from ledger.domain.indicator import Direction, Measure, Rating
from ledger.domain.plan import Reading
from ledger.intake import bulk
from ledger.intake.column_heads import EVENT, FORM, bulk_column, fields_by_head, plain
from ledger.intake.money_units import main_units_in
from ledger.intake.readers.grid import column_name
from ledger.intake.templates.shown import TemplateIndicator, TemplateProject
from ledger.messages import Language, message, said, section
from support import approval, indicator
from support_office import cells
from support_spoken import LEDGERS, foreign, texts
from support_template import (
    contents,
    empty_forms,
    month_template,
    named,
    saved,
    sheet,
)

pytestmark = pytest.mark.usefixtures("in_this_process")

FACTS = {
    Language.CHINESE: ("1", "修路", "里程", "≥3公里", "公里"),
    Language.ENGLISH: ("R-1", "Road", "length", "≥3 km", "km"),
}
"""A project, its indicator, target and unit in each language."""

TYPED = "Alt Enter budget ledger import USD JPY".split()
"""Keys, a command and codes of currencies, which are the same in Chinese."""

OTHER = {1: Language.CHINESE, 4: Language.ENGLISH}
"""Each ledger takes one language at once, by its first month, and the other at length."""

both = pytest.mark.parametrize("language", Language)


def ids(settings):
    """Return the name of a case."""
    return f"{settings.currency.code}-{settings.language}-{settings.scale}-{settings.first_month}"


def projects_of(language):
    """Return a project with an indicator of each measure, all facts in a language."""
    code, name, label, target, unit = FACTS[language]
    rows = [
        TemplateIndicator(f"{label} {number}", target, measure, unit)
        for number, measure in enumerate(Measure)
    ]
    rows.append(TemplateIndicator(f"{label} 100", "≥98%", Measure.RATIO, "%"))
    return [TemplateProject(code, name, rows, ["fiscal", "carried_over/fiscal/county"])]


# One language


@pytest.mark.parametrize("settings", LEDGERS, ids=ids)
def test_a_template_has_no_letter_of_the_other_language(tmp_path, settings):
    """Nor in a head, a note, a list, a check, an example or the name of a sheet."""
    language = settings.language
    columns = [*map(column_name, range(40)), *"PT"]
    forms = texts(empty_forms(tmp_path / "forms.xlsx", settings))
    file = month_template(tmp_path / "month.xlsx", projects_of(language), settings)
    assert len(forms) > 100
    assert foreign(forms, language, [*TYPED, *columns]) == set()
    assert foreign(texts(file), language, TYPED) == set()


@both
def test_a_table_of_a_month_has_no_letter_of_the_other_language(tmp_path, language):
    """Its heads and what its rows are, too."""
    settings = Settings(language=language)
    file = month_template(tmp_path / "m.csv", projects_of(language), settings)
    assert foreign([file.read_text("utf-8-sig")], language, ["CNY"]) == set()


@both
def test_a_template_is_in_the_language_asked_for(tmp_path, language):
    """By the command or a script; by default it is the ledger's."""
    file = tmp_path / "a.ledger"
    with Ledger.open(file, actor="a", settings=Settings(language=language)) as ledger:
        ledger.append(approval(indicators=(indicator(),)))
        ledger.forms_template(tmp_path / "own.xlsx")
        ledger.forms_template(tmp_path / "en.xlsx", language="en")
        ledger.events_template(tmp_path / "zh.xlsx", 2023, 3, language="zh")
        with pytest.raises(InvalidInput, match=r"language|语言"):
            ledger.forms_template(tmp_path / "fr.xlsx", language="fr")
    for words in (["--lang", "zh", "template"], ["template", "--lang", "zh"]):
        out = tmp_path / f"{words[0]}.xlsx"
        assert CliRunner().invoke(main, [*words, str(file), str(out)]).exit_code == 0
        assert next(iter(cells(out))) == "绩效目标"
    assert next(iter(cells(tmp_path / "own.xlsx"))) == sheet("forms", language)
    assert next(iter(cells(tmp_path / "en.xlsx"))) == "Forms"
    assert next(iter(cells(tmp_path / "zh.xlsx"))) == "完成值"
    assert not (tmp_path / "fr.xlsx").exists()


# Read back


def test_each_head_names_one_field():
    """In both languages, and none is the name that another field has in files."""
    for kind in (FORM, EVENT):
        heads = section("head", Language.ENGLISH)
        names = {each.partition(".")[2] for each in heads if each.startswith(kind)}
        for language in Language:
            said = section("head", language).items()
            own = [plain(text) for name, text in said if name.startswith(kind)]
            assert len(set(own)) == len(own)
        for head, name in fields_by_head(kind).items():
            assert head not in {plain(other) for other in names - {name}}, head
    assert bulk_column("Reached on") == bulk_column("完成日期") == "date"


@pytest.mark.parametrize(
    ("settings", "language"),
    [
        pytest.param(
            settings,
            language,
            id=f"{ids(settings)}-{language}",
            marks=[pytest.mark.long] * (language is OTHER[settings.first_month]),
        )
        for settings in LEDGERS
        for language in Language
    ],
)
def test_forms_of_either_language_are_read_by_any_ledger(tmp_path, settings, language):
    """The example, filled in under the heads, gives one approval in the right amounts."""
    sheets = contents(empty_forms(tmp_path / "empty.xlsx", settings, language))
    names = [sheet(name, language) for name in ("forms", "example")]
    rows = [sheets[names[0]][0], *sheets[names[1]][2:]]
    filled = saved(tmp_path / "filled.xlsx", {names[0]: rows})
    with Ledger.open(":memory:", actor="a", settings=settings) as ledger:
        findings = ledger.import_forms(filled)
        (line,) = ledger.view().execution()
        rows = ledger.view().attainment(line.project)
    assert not [found for found in findings if found.code.startswith("table.")]
    assert line.current_budget == Decimal(200_000)
    assert [amount for _, amount in line.checkpoints] == [
        50_000 * n for n in (1, 2, 3, 4)
    ]
    assert [row.measure for row in rows] == "sum ratio latest latest ratio".split()


@both
@pytest.mark.parametrize("own", Language)
@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_a_month_of_either_language_is_recorded_by_any_ledger(
    tmp_path, own, language, ending
):
    """Results and disbursements, by words of either language and by keys."""
    settings = Settings(currency="USD", language=own)
    file = month_template(
        tmp_path / f"m.{ending}", projects_of(language), settings, language
    )
    code, _, label, *_ = FACTS[language]
    rating = message("choice.Rating.attained").said(language)
    source = message("source.fiscal").said(language)
    pay = {"project": code, "on": "2023-03-20", "voucher": "1", "amount": "48.60"}
    if ending == "xlsx":
        sheets = contents(file)
        named(sheets[sheet("results", language)], 1, value=3)
        named(sheets[sheet("results", language)], 2, rating=rating)
        named(sheets[sheet("results", language)], 3, reached_on=date(2023, 3, 2))
        named(sheets[sheet("disbursements", language)], 1, source=source, **pay)
        file = saved(tmp_path / "filled.xlsx", sheets)
    else:
        rows = [*csv.reader(io.StringIO(file.read_text("utf-8-sig"), newline=""))]
        named(rows, 1, value="3")
        named(rows, 2, rating=rating)
        named(rows, 3, reached_on="2023-03-02")
        named(rows, len(rows), source=source, type="Disbursed", **pay)
        out = io.StringIO()
        csv.writer(out).writerows(rows)
        file.write_text(out.getvalue(), "utf-8")
    first, second, third, last = (each.event for each in bulk.read(file, settings))
    assert (first.indicator, first.value) == (f"{label} 0", 3)
    assert (second.rating, third.reached_on) == (Rating.ATTAINED, date(2023, 3, 2))
    assert (last.amount, last.source, last.on) == (4_860, "fiscal", date(2023, 3, 20))


@both
def test_explanations_and_scores_of_a_template_are_recorded(tmp_path, language):
    """Of an indicator and of the spending; the lists offer words of the language."""
    settings = Settings(currency="USD", language=language)
    projects = projects_of(language)
    file = month_template(tmp_path / "m.xlsx", projects, settings, language)
    code, _, label, *_ = FACTS[language]
    words = {
        name: message(f"choice.{word}").said(language)
        for name, word in {
            "category": "VarianceCategory.staffing",
        }.items()
    }
    sheets = contents(file)
    about = {"project": code, "on": date(2023, 3, 31)}
    explanations = sheets[sheet("explanations", language)]
    named(explanations, 1, text="a", category=words["category"], **about)
    named(
        explanations, 2, indicator=f"{label} 0", text="b", remedy="c", **words, **about
    )
    scores = sheets[sheet("scores", language)]
    named(scores, 1, score=8.5, indicator=f"{label} 0", reason="d", **about)
    filled = saved(tmp_path / "filled.xlsx", sheets)
    spending, one, score = (each.event for each in bulk.read(filled, settings))
    assert (spending.indicator, spending.category) == (None, "staffing")
    assert (one.indicator, one.remedy) == (f"{label} 0", "c")
    assert (str(score.score), score.reason) == ("8.5", "d")


def test_every_column_of_bulk_files_has_a_head_in_every_language():
    """Whoever makes a table by hand in Chinese needs no key of ours."""
    columns = {column.name for row in CATALOGUE for column in row.columns}
    for language in Language:
        heads = {
            plain(bare := text.partition("[[")[0]): bulk_column(bare)
            for code, text in section("head", language).items()
            if code.startswith("event.")
        }
        assert columns <= {*heads.values()}
        assert len({*heads.values()}) == len(heads)


def test_a_head_by_its_key_is_read_as_one_by_its_word(tmp_path):
    """Whoever makes a table of events by hand writes the keys of files."""
    head = ["project", "指标", "Day", "value"]
    rows = [head, ["P-1", "a", date(2023, 3, 1), 2]]
    (request,) = bulk.read(saved(tmp_path / "x.xlsx", {"a": rows}), Settings())
    assert (request.event.indicator, request.event.value) == ("a", 2)


@both
@pytest.mark.parametrize("kind", [Measure, Reading, Direction, Rating])
def test_what_a_list_offers_is_taken(language, kind):
    """The word of a member is read as this member."""
    for member in kind:
        word = message(f"choice.{kind.__name__}.{member.value}").said(language)
        assert one_of(kind, "x", word) is member


# Amounts


@pytest.mark.parametrize(
    ("unit", "code", "many"),
    [
        ("元", "CNY", 1),
        ("万元", "CNY", 10_000),
        ("亿元", "CNY", 100_000_000),
        ("１０，０００ cny", "CNY", 10_000),
        ("CNY", "CNY", 1),
        ("万USD", "USD", 10_000),
        ("10,000 USD", "USD", 10_000),
        ("元", "USD", None),
        ("万元", "JPY", None),
        ("USD", "CNY", None),
        ("万", "CNY", None),
        ("", "CNY", None),
    ],
)
def test_a_unit_of_money_is_of_one_currency(unit, code, many):
    """万元 of a ledger in dollars would be a guess."""
    assert main_units_in(unit, Settings(currency=code).currency) == many


def form_in(unit):
    """Return a form in the interchange form that counts in a unit."""
    return {"document": {"fiscal_year": 2023, "money_unit": unit}, "projects": [{}]}


TABLE = (
    "年度,项目编码,项目名称,预算数（万元）,三级指标,指标值\n2023,1,修路,3,里程,≥3公里\n"
)


@pytest.mark.parametrize("name", ["file", "table"])
def test_forms_in_yuan_are_refused_by_a_ledger_in_dollars(tmp_path, name):
    """The place, what was found and what would be right; nothing is recorded."""
    source = form_in("万元")
    if name == "table":
        source = tmp_path / "forms.csv"
        source.write_text(TABLE, "utf-8")
    with Ledger.open(
        ":memory:", actor="a", settings=Settings(currency="USD")
    ) as ledger:
        with pytest.raises(InvalidInput) as refused:
            ledger.import_forms(source)
        assert ledger.position == 0
    said = str(refused.value)
    assert "found '万元'; expected one of USD, 10,000 USD" in said
    assert ("forms.csv:1, document, money_unit" in said) == (name == "table")


@pytest.mark.parametrize(
    "head", ["金额（万元）", "Amount (EUR)", "Amount (10,000 USD)"]
)
@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_disbursements_in_another_unit_are_refused(tmp_path, head, ending):
    """A voucher is in the main unit of the ledger's currency."""
    rows = [["type", "project", "on", "voucher", head]]
    rows.append(["Disbursed", "P-1", "2023-03-20", "1", "3"])
    file = tmp_path / f"x.{ending}"
    if ending == "xlsx":
        saved(file, {"a": rows})
    else:
        out = io.StringIO()
        csv.writer(out).writerows(rows)
        file.write_text(out.getvalue(), "utf-8")
    with pytest.raises(InvalidInput, match="expected amounts in USD") as refused:
        list(bulk.read(file, Settings(currency="USD")))
    assert head in str(refused.value)
    assert ("a!E1" if ending == "xlsx" else "line 1") in str(refused.value)


# Sources


@both
def test_the_sources_of_the_ledger_are_offered_in_words(tmp_path, language):
    """All that its budgets have, each once; each is read as the source that it is."""
    known = ["carried_over/fiscal/county", "fiscal/county", "other/彩票公益金"]
    settings = Settings(language=language)
    with Ledger.open(":memory:", actor="a", settings=settings) as ledger:
        for code, sources in (("1", known[:2]), ("2", known[1:])):
            amounts = tuple(Funding(source=one, amount=50) for one in sources)
            ledger.append(approval(code, amounts=amounts))
        ledger.events_template(tmp_path / "m.xlsx", 2023, 3)
    (_, *rows) = contents(tmp_path / "m.xlsx")[sheet("sources", language)]
    offered = [row[0] for row in rows]
    assert [canonical_source(one) for one in offered] == known
    words = {Language.CHINESE: "县级财政资金", Language.ENGLISH: "fiscal/county"}
    assert offered[1] == words[language]


@both
def test_the_words_for_each_source_are_read_as_it(language):
    """The roots that stand where a ledger has no sources yet, and what is below them."""
    roots = [root.value for root in SourceRoot]
    below = [f"{root}/{name}" for root in SourceRoot for name in root.row.children]
    carried = [f"carried_over/{path}" for path in ("fiscal", "fiscal/city", "other")]
    for path in (*roots, *below, *carried):
        assert canonical_source(said(named_source(path), language)) == path, path


@both
def test_the_roots_are_offered_where_there_are_no_sources(tmp_path, language):
    """Carried-over money has no name without the source that it comes from."""
    project = TemplateProject("P-1", "a", [TemplateIndicator("b", "≥1", Measure.SUM)])
    settings = Settings(language=language)
    file = month_template(tmp_path / "m.xlsx", [project], settings)
    (_, *rows) = contents(file)[sheet("sources", language)]
    found = [canonical_source(row[0]) for row in rows]
    assert found == ["fiscal", "special_account", "external", "other"]


@both
def test_outlooks_of_a_template_are_recorded_where_something_is_said(
    tmp_path, language
):
    """A word confirms what is planned; a row in which nobody says anything is none."""
    settings = Settings(currency="USD", language=language)
    projects = projects_of(language)
    file = month_template(tmp_path / "m.xlsx", projects, settings, language)
    sheets = contents(file)
    rows = sheets[sheet("outlooks", language)]
    yes = message("template.yes").said(language)
    likely = message("choice.Likelihood.possible").said(language)
    named(rows, 1, amount=12.5, reason="a")
    named(rows, 2, as_planned=yes)
    named(rows, 3, value=3, likelihood=likely)
    filled = saved(tmp_path / "filled.xlsx", sheets)
    money, planned, one = (each.event for each in bulk.read(filled, settings))
    code, _, label, *_ = FACTS[language]
    assert {each.project for each in (money, planned, one)} == {code}
    assert {each.about for each in (money, planned, one)} == {"2023-03"}
    assert (money.indicator, money.amounts[0].amount) == (None, 1_250)
    assert (planned.indicator, planned.as_planned) == (f"{label} 0", True)
    assert (one.value, one.likelihood) == (3, "possible")
