"""A corrected form's indicators: each field, what comes, what goes, other names."""

from decimal import Decimal

import pytest

from ledger.errors import ImportRefused, InvalidInput
from support import day, form, forms, indicator

JULY = day(7, 3)
CODE = form()["project_code"]
NAME = "开展就业培训数"
SECOND = form()["indicators"][1]["level3"]


def corrected(place=0, /, *more_rows, **fields):
    """Return the form with other fields of one indicator, and more indicators."""
    rows = list(form()["indicators"])
    rows[place] = {**rows[place], **fields}
    return forms(form(indicators=[*rows, *more_rows]))


def added(name="新增指标", target="≥2个", **fields):
    """Return a row that the form had not."""
    row = {"level1": "产出指标", "level2": "数量指标", "level3": name}
    return {**row, "target": target, **fields}


@pytest.fixture
def recorded(ledger):
    """Record the form as it was first approved, with points and a result."""
    ledger.import_forms(corrected(weight=50))
    ledger.report_result(CODE, NAME, 3, on=day(2))
    return ledger


def revise(ledger, given, on=JULY):
    """Record a corrected form; return the findings about it by code."""
    return {f.code: f for f in ledger.import_forms(given, revise=True, on=on)}


def rows(ledger, on=None):
    """Return the project's indicators of a day, by default in December."""
    view = ledger.view(through=on or day(12))
    return {line.indicator: line for line in view.attainment(CODE)}


def kinds(ledger, since):
    """Return the types of what was recorded since."""
    return [each.type for each in ledger.events(after=since)]


FIELDS = {
    "weight": ({"weight": 40}, {"weight": Decimal(40)}, "weight of {0}: 50 → 40"),
    "no weight": ({"weight": None}, {"cleared": ("weight",)}, "weight of {0}: 50 → –"),
    "measure": (
        {"weight": 50, "measure": "max"},
        {"measure": "max"},
        "measure of {0}: sum → max",
    ),
    "direction": (
        {"weight": 50, "direction": "higher"},
        {"direction": "higher"},
        "direction of {0}: – → higher",
    ),
    "basis": (
        {"weight": 50, "basis": "工作计划"},
        {"basis": "工作计划"},
        "basis of {0}: 单位工作年度计划 → 工作计划",
    ),
    "description": (
        {"weight": 50, "description": "次数"},
        {"description": "次数"},
        "description of {0}: 开展培训次数 → 次数",
    ),
    "another name": (
        {"weight": 50, "level3": "培训场次"},
        {"renamed": "培训场次"},
        "name of {0}: {0} → 培训场次",
    ),
}


@pytest.mark.parametrize(("fields", "said", "words"), FIELDS.values(), ids=FIELDS)
def test_each_field_of_an_indicator_is_recorded(recorded, fields, said, words):
    """As one fact of that indicator, which the dry run shows; once; and back again."""
    base = form()["indicators"][0]
    fields = {**{name: base.get(name) for name in fields}, **fields}
    given = corrected(**fields)
    review = recorded.review_forms(given, revise=True, on=JULY)
    known = recorded.position
    found = revise(recorded, given)
    assert words.format(NAME) in found["form.revised"].message
    (event,) = [each.event for each in recorded.events(after=known)]
    assert (event, event.indicator) == (review.events[0], NAME)
    assert {name: getattr(event, name) for name in said} == said
    assert event.form is not None
    assert "form.revised" not in revise(recorded, given)
    assert kinds(recorded, known) == ["FormRevised"]
    back = revise(recorded, corrected(weight=50), on=day(8))
    assert "form.revised" in back
    assert kinds(recorded, known) == ["FormRevised"] * 2
    line = rows(recorded)[NAME]
    assert (line.weight, line.result, str(line.measure)) == (50, 3, "sum")
    recorded.rebuild()
    assert recorded.verify().ok
    assert recorded.stale_snapshots() == []


def test_a_baseline_comes_and_goes(recorded):
    """Of a level; it may not stand under a sum."""
    given = corrected(1, baseline="60")
    first = corrected()
    revise(recorded, first)
    revise(recorded, given, on=day(8))
    (event,) = [e.event for e in recorded.events(types=["FormRevised"])][1:]
    assert (event.indicator, event.baseline) == (SECOND, 60)
    revise(recorded, first, on=day(9))
    last = [e.event for e in recorded.events(types=["FormRevised"])][-1]
    assert last.cleared == ("baseline",)
    with pytest.raises(ImportRefused, match="baseline"):
        recorded.import_forms(corrected(baseline="3"), revise=True, on=day(10))


def test_an_indicator_comes_and_goes_and_comes_back(recorded):
    """With the results that it had; what the ledger has keeps its own."""
    both, one = corrected(0, added(), weight=50), corrected(weight=50)
    found = revise(recorded, both)
    assert "indicator 新增指标: – → ≥2个" in found["form.revised"].message
    recorded.report_result(CODE, "新增指标", 1, on=day(8))
    assert rows(recorded)["新增指标"].result == 1
    gone = revise(recorded, one, on=day(9))
    assert "indicator 新增指标: ≥2个 → –" in gone["form.revised"].message
    assert "新增指标" not in rows(recorded)
    more = corrected(0, added(target="≥4个"), weight=50)
    known = recorded.position
    revise(recorded, more, on=day(10))
    assert kinds(recorded, known) == ["FormRevised", "TargetRevised"]
    line = rows(recorded)["新增指标"]
    assert (line.result, line.target) == (1, "≥4个")
    assert "新增指标" not in rows(recorded, day(9, 30))
    recorded.rebuild()
    assert recorded.verify().ok
    assert recorded.stale_snapshots() == []


def test_an_approved_indicator_is_removed_and_comes_back(recorded):
    """Its place among the others is then the last."""
    fewer = forms(form(indicators=form()["indicators"][1:]))
    revise(recorded, fewer)
    assert NAME not in rows(recorded)
    assert NAME in rows(recorded, day(6))
    revise(recorded, corrected(weight=50), on=day(9))
    assert (rows(recorded)[NAME].result, rows(recorded)[NAME].weight) == (3, 50)
    recorded.rebuild()
    assert recorded.verify().ok
    assert recorded.stale_snapshots() == []


@pytest.mark.parametrize(
    ("given", "taken"),
    [
        (corrected(level3="培训场次", weight=50), ["FormRevised"]),
        (
            corrected(level3="培训场次", target="≥9次", weight=50),
            ["FormRevised", "FormRevised"],
        ),
        (
            corrected(0, added("别的", "≥10次"), level3="培训场次", weight=50),
            ["FormRevised"] * 3,
        ),
    ],
    ids=["in its place", "another target", "two have come"],
)
def test_another_name_is_only_what_stands_alone_in_its_place(recorded, given, taken):
    """Else one is gone and one has come, and results do not follow."""
    known = recorded.position
    revise(recorded, given)
    assert kinds(recorded, known) == taken
    assert rows(recorded)["培训场次"].result == (3 if len(taken) == 1 else None)


def test_what_the_ledger_says_already_is_not_recorded(recorded):
    """A person was faster than the form."""
    recorded.revise_form(CODE, on=day(3), indicator=NAME, weight=40, renamed="场次")
    known = recorded.position
    found = revise(recorded, corrected(level3="场次", weight=40))
    assert recorded.position == known
    assert "the ledger says so already: " in found["form.already_recorded"].message
    fewer = forms(form(indicators=form()["indicators"][1:]))
    recorded.revise_form(CODE, on=day(4), indicator="场次", removed=True)
    found = revise(recorded, fewer, on=day(8))
    assert "≥10次 → –" in found["form.already_recorded"].message


def test_of_three_values_that_of_the_form_is_recorded(recorded):
    """All three are printed."""
    recorded.revise_form(CODE, on=day(3), indicator=NAME, weight=45, renamed="场次")
    found = revise(recorded, corrected(level3="次数", weight=40))
    said = found["form.three_values"].message
    assert f"weight of {NAME}: 50 → 40, recorded 45" in said
    assert f"name of {NAME}: {NAME} → 次数, recorded 场次" in said
    assert rows(recorded)["次数"].weight == 40
    assert rows(recorded)["次数"].result == 3


def test_an_indicator_that_the_ledger_alone_changed_stays(recorded):
    """What the form does not say anew is none of its business."""
    recorded.revise_form(CODE, on=day(3), indicator=NAME, renamed="场次", weight=45)
    recorded.revise_form(CODE, on=day(3), indicator=SECOND, removed=True)
    known = recorded.position
    basis = forms(form(purpose="促进就业", indicators=corrected_rows(weight=50)))
    revise(recorded, basis)
    (event,) = [each.event for each in recorded.events(after=known)]
    assert (event.purpose, event.indicator) == ("促进就业", None)
    assert rows(recorded)["场次"].weight == 45


def corrected_rows(**fields):
    """Return the rows of the form with other fields of the first."""
    first, *rest = form()["indicators"]
    return [{**first, **fields}, *rest]


def test_a_change_of_a_removed_indicator_brings_it_back(recorded):
    """The form says that it is there, and the ledger that it is not: three values."""
    recorded.revise_form(CODE, on=day(3), indicator=NAME, removed=True)
    found = revise(recorded, corrected(weight=40))
    assert "recorded –" in found["form.three_values"].message
    assert (rows(recorded)[NAME].weight, rows(recorded)[NAME].result) == (40, 3)


def test_a_target_and_a_baseline_move_together(recorded):
    """Neither alone would make sense with the other as it was."""
    revise(recorded, corrected(1, baseline="60", target="≥70%"))
    first = rows(recorded)[SECOND]
    revise(recorded, corrected(1, baseline="80", target="≥90%"), on=day(8))
    revise(recorded, corrected(1, baseline="20", target="≥30%"), on=day(9))
    assert (first.target, rows(recorded)[SECOND].target) == ("≥70%", "≥30%")
    assert recorded.verify().ok


def test_what_comes_back_has_its_own_target(recorded):
    """Another one is revised by itself."""
    recorded.revise_form(CODE, on=day(3), indicator=NAME, removed=True)
    with pytest.raises(InvalidInput, match="≥10次, as it is recorded"):
        recorded.revise_form(CODE, on=day(4), added=indicator(NAME, "≥11次"))
    recorded.revise_form(CODE, on=day(4), added=indicator(NAME, "≥10次"))
    assert rows(recorded)[NAME].result == 3


def test_a_form_before_another_is_refused(recorded):
    """Of indicators as of money."""
    revise(recorded, corrected(weight=40), on=day(8))
    with pytest.raises(ImportRefused, match="2023-08-01"):
        revise(recorded, corrected(weight=30), on=day(7))


def test_an_earlier_name_is_not_given_to_another_indicator(recorded):
    """The form before gave it up for another name, and now it stands beside that."""
    revise(recorded, corrected(level3="场次", weight=50))
    known = recorded.position
    both = corrected(0, added(NAME, "≥10次"), level3="场次", weight=50)
    with pytest.raises(InvalidInput, match="a name that no other indicator"):
        recorded.import_forms(both, revise=True, on=day(8))
    assert recorded.position == known
