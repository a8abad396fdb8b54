"""Settings, policies and scoring rules that make no sense are refused."""

from decimal import Decimal

import pytest

from ledger import (
    CeilingFormula,
    Convention,
    InvalidInput,
    Language,
    Policy,
    Scale,
    ScoringRule,
    Settings,
)
from ledger.domain.scoring_rule import WeightGroup

WRONG_POLICIES = [
    ({"behind_below": "-0.1"}, "behind_below"),
    ({"at_risk_below": "1.01"}, "at_risk_below"),
    ({"behind_below": "0.9"}, r"at_risk_below.*0\.9 \(behind_below\)"),
    ({"at_risk_below": "0.5"}, r"at_risk_below.*0\.6 \(behind_below\)"),
    ({"money_behind_below": "0.81"}, "money_at_risk_below"),
    ({"money_at_risk_below": -1}, "money_at_risk_below"),
    ({"exceeded_from": "0.99"}, "exceeded_from.*1 or more"),
    ({"level_behind_below": "1.01"}, "level_behind_below.*from 0 to 1"),
    ({"level_behind_below": "-0.01"}, "level_behind_below"),
    ({"at_risk_below": "1.5"}, "at_risk_below.*from 0 to 1"),
    ({"at_risk_below": 0.5}, "at_risk_below.*float"),
    ({"behind_below": "80%"}, "behind_below"),
    ({"ceiling": "ration"}, "did you mean 'ratio'"),
    ({"proration": "plans"}, "did you mean 'plan'"),
]


@pytest.mark.parametrize(("given", "said"), WRONG_POLICIES)
def test_policies_without_sense(given, said):
    """Each threshold is a share, and none is below that of a worse status."""
    with pytest.raises(InvalidInput, match=said):
        Policy(**given)


def test_policies_with_sense():
    """Thresholds may be equal, and words stand for members."""
    policy = Policy(behind_below=0, at_risk_below=0, exceeded_from=1)
    assert policy.behind_below == policy.at_risk_below == Decimal(0)
    assert Policy(ceiling="ratio").ceiling is CeilingFormula.RATIO


WRONG_SETTINGS = [
    ({"first_month": 13}, "first_month.*1 to 12"),
    ({"first_month": 0}, "first_month"),
    ({"first_month": "1"}, "first_month"),
    ({"first_month": True}, "first_month"),
    ({"first_month": 1.0}, "first_month"),
    ({"first_day": 29}, "first_day.*1 to 28"),
    ({"first_day": 0}, "first_day"),
    ({"first_day": "6"}, "first_day"),
    ({"year_named_for": "begin"}, "year_named_for.*start"),
    ({"title": 7}, "title"),
    ({"title": "a\nb"}, "title"),
    ({"title": "x" * 201}, "title"),
    ({"currency": "CNX"}, "currency.*ISO 4217"),
    ({"currency": 7}, "currency"),
    ({"currency": None}, "currency"),
    ({"convention": "liner"}, "did you mean 'linear'"),
    ({"language": "francais"}, "language"),
    ({"scale": "1000"}, "did you mean '10000'"),
]


@pytest.mark.parametrize(("given", "said"), WRONG_SETTINGS)
def test_settings_without_sense(given, said):
    """What is fixed for ever is checked before it is."""
    with pytest.raises(InvalidInput, match=said):
        Settings(**given)


def test_settings_by_word():
    """A currency by its code; the others by their values."""
    settings = Settings(currency="EUR", convention="step", language="zh", scale="1")
    assert settings.currency.digits == 2
    assert settings.convention is Convention.STEP
    assert (settings.language, settings.scale) == (Language.CHINESE, Scale.ONE)


WRONG_RULES = [
    ({"points": ()}, "points"),
    ({"points": 90}, "points"),
    ({"points": (("output", 90), ("output", 0))}, "each group once"),
    ({"points": (("output", 0),)}, "not all 0"),
    ({"points": (("output", -5), ("benefit", 95))}, "from 0 to 100"),
    ({"points": (("output", Decimal(50)),)}, "whole points"),
    ({"points_with_cost": (("cost", 101),)}, "points_with_cost"),
    ({"points": (("benefits", 5),)}, "did you mean 'benefit'"),
    ({"grades": ()}, "grades"),
    ({"grades": (("A", 90), ("B", 60))}, "down to 0"),
    ({"grades": (("A", 60), ("B", 90), ("C", 0))}, "grades"),
    ({"grades": (("A", 60), ("B", 60), ("C", 0))}, "grades"),
    ({"grades": (("A", 101), ("C", 0))}, "grades"),
    ({"grades": ((" ", 90), ("C", 0))}, "grades"),
    ({"grades": {"A": 90}}, "grades"),
    ({"exceeding_deduction": "1.1"}, "exceeding_deduction"),
    ({"exceeding_deduction": -1}, "exceeding_deduction"),
    ({"exceeding_deduction": 0.1}, "exceeding_deduction.*float"),
    ({"execution_caps": ((0, 60),)}, "execution_caps"),
    ({"execution_caps": (("0.5", 101),)}, "execution_caps"),
    ({"execution_caps": ((0.5, 60),)}, "execution_caps.*float"),
    ({"execution_caps": "none"}, "execution_caps"),
    ({"weight_unit": 3}, "weight_unit"),
]


@pytest.mark.parametrize(("given", "said"), WRONG_RULES)
def test_rules_without_sense(given, said):
    """Points, grades and deductions that no form could print."""
    with pytest.raises(InvalidInput, match=said):
        ScoringRule(**given)


def test_rules_by_word():
    """Groups by their words, rates as text."""
    rule = ScoringRule(points=[("output", 90)], execution_caps=[("0.5", 60)])
    assert rule.points == ((WeightGroup.OUTPUT, 90),)
    assert rule.execution_caps == ((Decimal("0.5"), 60),)
    assert hash(rule)
