"""The interchange form of approvals: read strictly, errors collected as findings."""

import json

import pytest

from ledger import InvalidInput, Ledger, Reading, Settings, Severity
from ledger.domain.project_category import ProjectCategory
from ledger.errors import ImportRefused
from ledger.intake import SAMPLE
from support import form, forms, read

JULU = SAMPLE


@pytest.fixture
def settings():
    """Return the conventions of a new ledger."""
    return Settings()


def codes(found):
    """Return the codes of findings."""
    return [finding.code for finding in found]


def refusal(source, settings):
    """Return the findings for which *source* is refused."""
    with pytest.raises(ImportRefused) as caught:
        read(source, settings).requests(lambda _: [], Settings())
    return [f for f in caught.value.findings if f.severity == "error"]


def test_the_19_real_forms_are_read(settings):
    """19 projects, 133 indicators, 3,281.03 万元."""
    approved = [event for _, event in read(JULU, settings).approvals]
    projects = [event for event in approved if hasattr(event, "amounts")]

    assert len(projects) == 19
    assert sum(len(event.indicators) for event in projects) == 133
    assert sum(part.amount for e in projects for part in e.amounts) == 3_281_030_000


def test_the_readings_of_the_19_plans(settings):
    """9 are cumulative, 7 are instalments, 3 print one number."""
    approved = [event for _, event in read(JULU, settings).approvals]
    readings = [event.plan.reading for event in approved if hasattr(event, "plan")]

    assert readings.count(Reading.CUMULATIVE) == 9
    assert readings.count(Reading.INSTALMENTS) == 7
    assert readings.count(Reading.SINGLE) == 3


def test_plan_findings_stand_where_they_are(settings):
    """Each instalment plan, each unknown column, and the % header of every form."""
    found = [f for f in read(JULU, settings).findings if f.code.startswith("plan.")]

    assert codes(found).count("plan.instalments") == 7
    assert codes(found).count("plan.column_unknown") == 3
    assert codes(found).count("plan.header_percent") == 19


def test_importing_the_real_file_twice_changes_nothing(path):
    """19 approvals and the unit's objectives; the second time none."""
    with Ledger.open(path, actor="a") as ledger:
        ledger.import_forms(JULU)
        assert ledger.position == 20
        again = ledger.import_forms(JULU)
        assert ledger.position == 20
        assert codes(again).count("form.already_recorded") == 20


BAD_FORMS = {
    "a wrong check character": (
        {"code": "13052923P00584010949D"},
        "code.check_character",
        "13052923P00584010949C",
    ),
    "sources that do not sum": (
        {"fiscal_funds": "19.00"},
        "form.invalid",
        "190,000.00 CNY",
    ),
    "a float": ({"budget": 20.0}, "form.invalid", "float"),
    "a negative budget": (
        {"budget": "-20.00", "fiscal_funds": "20.00"},
        "form.invalid",
        "not negative",
    ),
    "a separator": ({"budget": "1,842.10"}, "form.invalid", "ASCII digits"),
    "no budget": ({"budget": None}, "form.invalid", "budget"),
    "a plan of no reading": (
        {"plan_row": ["5", "10", "15", "19"]},
        "form.invalid",
        "sum 49",
    ),
    "a plan of three numbers": (
        {"plan_row": ["5", "10", "20"]},
        "form.invalid",
        "4 columns",
    ),
    "an unknown column": (
        {"plan_columns": ["3月底", "6月底", "10月底", "13月底"]},
        "form.invalid",
        "13月底",
    ),
    "no name": ({"project_name": " "}, "form.invalid", "project_name"),
    "a date that is none": (
        {"approved_on": "2023-13-01"},
        "form.invalid",
        "YYYY-MM-DD",
    ),
    "indicators that are none": ({"indicators": ["x"]}, "form.invalid", "indicator 1"),
    "an unknown measure": (
        {"indicators": [{**form()["indicators"][0], "measure": "median"}]},
        "form.invalid",
        "one of sum",
    ),
}


@pytest.mark.parametrize(
    ("changes", "code", "words"),
    list(BAD_FORMS.values()),
    ids=list(BAD_FORMS),
)
def test_a_bad_form_is_refused_with_its_place(settings, changes, code, words):
    """The finding names the form, what was found and what would be right."""
    (found,) = refusal(forms(form(**changes)), settings)
    assert found.code == code
    assert found.place.startswith("forms › form 1 (1305")
    assert words in str(found)


def test_an_approval_far_from_its_fiscal_year_is_refused(ledger):
    """The rules are those of every event."""
    with pytest.raises(Exception, match=r"form 1.*must be dated from"):
        ledger.import_forms(forms(form(approved_on="2020-01-01")))
    assert ledger.position == 0


def test_weights_that_do_not_make_100_are_taken(ledger):
    """A finding says by how much they are off."""
    rows = [{**row, "weight": "40"} for row in form()["indicators"]]
    findings = ledger.import_forms(forms(form(indicators=rows)))
    (said,) = [f for f in findings if f.code == "form.weights"]
    assert (said.severity, said.found) == (Severity.WARNING, "90")
    assert "off by -10" in said.message
    assert ledger.position == 1


def test_a_row_without_a_weight_among_others_is_said(ledger):
    """It earns nothing."""
    first, *others = form()["indicators"]
    rows = [{**first, "weight": "90"}, *others]
    findings = ledger.import_forms(forms(form(indicators=rows)))
    (said,) = [f for f in findings if f.code == "form.weights"]
    assert "have none" in said.message


@pytest.mark.parametrize("weight", ["-1", "101", "many"])
def test_a_weight_that_cannot_be_is_an_error(ledger, weight):
    """Points lie between 0 and 100."""
    rows = [{**row, "weight": weight} for row in form()["indicators"]]
    with pytest.raises(ImportRefused, match="weight"):
        ledger.import_forms(forms(form(indicators=rows)))


def test_a_review_says_what_the_rules_will_refuse(settings):
    """With all other errors, and not only when it is imported."""
    rows = [{**row, "weight": "-40"} for row in form()["indicators"]]
    heavy, early = (
        form(indicators=rows),
        form(project_code="P", approved_on="2020-01-01"),
    )
    with Ledger.open(":memory:", actor="a", settings=settings) as ledger:
        review = ledger.review_forms(forms(heavy, early))
    assert review.events == []
    errors = [f for f in review.findings if f.severity is Severity.ERROR]
    assert [f.code for f in errors] == ["form.invalid"] * 2
    assert "0 to 100" in errors[0].message
    assert "must be dated from" in errors[1].message


def test_two_forms_with_one_code_are_refused(settings):
    """A project is approved once."""
    (found,) = refusal(forms(form(), form()), settings)
    assert found.code == "form.duplicate_code"


def test_every_bad_form_is_listed(settings):
    """Errors do not stop the reading."""
    bad = [form(budget="x"), form("13052923P00584010934X"), form(plan_row=["1"])]
    assert len(refusal(forms(*bad), settings)) >= 3


BAD_FILES = {
    "not JSON": b"projects: []",
    "no projects": b'{"document": {"fiscal_year": 2023}}',
    "a list": b"[]",
    "no year": b'{"document": {}, "projects": []}',
    "a unit of money": b'{"document":{"fiscal_year":2023,"money_unit":"USD"},"projects":[]}',
    "cut off": b'{"document": {"fiscal_year": 2023}, "projects": [',
    "GBK": '{"document": "中文"}'.encode("gbk"),
    "nested": b"[" * 100_000,
}


@pytest.mark.parametrize("raw", list(BAD_FILES.values()), ids=list(BAD_FILES))
def test_a_file_of_another_shape_is_named(ledger, tmp_path, raw):
    """The error names the file; nothing is recorded."""
    file = tmp_path / "forms.json"
    file.write_bytes(raw)
    with pytest.raises(InvalidInput, match=r"forms\.json"):
        ledger.import_forms(file)
    assert ledger.position == 0


def test_yuan_can_be_the_unit_of_money(settings):
    """Amounts are then as printed."""
    given = forms(form(), money_unit="元")
    ((_, event),) = read(given, settings).approvals
    assert event.amounts[0].amount == 2_000


def test_other_sources_can_be_named(settings):
    """A budget may come from any funding source."""
    given = form(budget="20", sources={"fiscal": "15", "上级补助": "5"})
    ((_, event),) = read(forms(given), settings).approvals
    assert {part.source: part.amount for part in event.amounts} == {
        "fiscal": 15_000_000,
        "上级补助": 5_000_000,
    }


def test_a_budget_without_sources_is_fiscal_and_said(settings):
    """Nothing is assumed in silence."""
    found = read(forms(form(fiscal_funds=None)), settings).findings
    assert "form.sources_missing" in codes(found)


def test_a_stated_reading_is_kept_as_stated(settings):
    """The caller may always say which."""
    given = form(
        budget="250",
        fiscal_funds="250",
        plan_row=["25", "50", "75", "100"],
        plan_reading="percent_cumulative",
    )
    ((_, event),) = read(forms(given), settings).approvals
    assert event.plan.stated
    assert event.plan.checkpoints[0].amount == 62_500_000


def test_objectives_as_prose_are_said_and_not_recorded(settings):
    """Prose is no indicator; it is not dropped in silence."""
    department = {"goals": [{"title": "就业", "indicators": ["培训 10次"]}]}
    found = read({**forms(), "department": department}, settings).findings
    assert "objectives.prose" in codes(found)


@pytest.mark.parametrize("page", ["interchange.md", "zh/interchange.md"])
def test_the_documented_example_is_read(page, settings):
    """The shape in the docs is the shape that is read."""
    text = (JULU.parents[3] / "docs" / page).read_text("utf-8")
    example = text.split("```json\n")[1].split("```")[0]
    assert read(json.loads(example), settings).requests(lambda _: [], Settings())


def test_all_bad_fields_of_a_form_are_said_in_one_round(ledger):
    """Not the first alone: who mends a form mends it once."""
    wrong = form(
        project_code="P 1",
        project_name=" ",
        unit_code=7,
        budget="many",
        approved_on="2023-13-01",
        purpose=5,
        goals=["fine", ""],
    )
    with pytest.raises(ImportRefused) as caught:
        ledger.import_forms(forms(wrong))
    said = str(caught.value)
    for name in (
        *("project_code", "project_name", "unit_code", "budget", "approved_on"),
        *("purpose", "goal 2"),
    ):
        assert f"{name}: found" in said, (name, said)


def test_a_form_says_its_category(ledger):
    """In either language; of another word the choices are named."""
    wrong = forms(form(project_category="延续项目"))
    with pytest.raises(ImportRefused, match="expected one of personnel"):
        ledger.import_forms(wrong)
    ledger.import_forms(forms(form(project_category="人员类")))
    (approval,) = (recorded.event for recorded in ledger.events())
    assert approval.project_category is ProjectCategory.PERSONNEL
    agreed = ledger.import_forms(forms(form()), revise=True, on="2023-07-01")
    assert "form.already_recorded" in {told.code for told in agreed}
    ledger.import_forms(
        forms(form(project_category="operating")), revise=True, on="2023-07-01"
    )
    *_, revised = (recorded.event for recorded in ledger.events())
    assert revised.project_category is ProjectCategory.OPERATING
    assert (revised.name, revised.purpose) == (None, None)
