"""Columns of the template of forms for milestones, for building up, for horizons."""

import pytest

from ledger import Settings
from ledger.domain.plan import Convention
from ledger.messages import Language, message
from support import read
from support_template import contents, empty_forms, saved, sheet

pytestmark = pytest.mark.usefixtures("in_this_process")

_GIVEN = {
    "milestones": "2023-06-30=4; 2023-12-31=10",
    "between": "step",
    "midterm": "≥30次",
    "last_year": 8,
}


@pytest.mark.parametrize("language", Language)
def test_milestones_and_horizons_filled_in_are_read(tmp_path, language):
    """In the words of either language; what is of other times keeps its head."""
    (event,) = _filled(tmp_path, language, "≥10次", _GIVEN)
    (indicator,) = event.indicators
    assert indicator.course.between is Convention.STEP
    assert [(str(m.on), m.value) for m in indicator.course.milestones] == [
        ("2023-06-30", 4),
        ("2023-12-31", 10),
    ]
    assert {one.name: one.text for one in indicator.horizons} == {
        _head("midterm", language): "≥30次",
        _head("last_year", language): "8",
    }


@pytest.mark.parametrize("language", Language)
def test_a_level_that_builds_up_is_read(tmp_path, language):
    """By the word that the list of the column offers."""
    yes = message("template.yes").said(language)
    (event,) = _filled(tmp_path, language, "≥95%", {"builds_up": yes})
    assert event.indicators[0].course.builds_up


def _head(field, language):
    return message(f"head.form.{field}").said(language)


def _filled(tmp_path, language, target, given):
    """Return the approval that a row of the template makes."""
    settings = Settings()
    file = tmp_path / "forms.xlsx"
    empty_forms(file, settings, language)
    name = sheet("forms", language)
    head, *_ = contents(file)[name]
    row = dict.fromkeys(head, "")
    said = {
        "fiscal_year": 2023,
        "project_code": "P-1",
        "project_name": "a",
        "unit_code": "U",
        "level1": "产出指标",
        "level2": "数量指标",
        "level3": "b",
        "target": target,
        **given,
    }
    row |= {_head(field, language): value for field, value in said.items()}
    money = next(one for one in head if one.startswith(_head("budget", language)))
    fiscal = _head("fiscal_funds", language)
    row[money] = row[next(one for one in head if one.startswith(fiscal))] = 4
    assert set(row) == set(head)
    forms = read(
        saved(tmp_path / "filled.xlsx", {name: [head, list(row.values())]}), settings
    )
    assert not [each for each in forms.findings if each.code.startswith("table.")]
    return [event for _, event in forms.approvals]
