import re
from fractions import Fraction

import pytest

from ledger import TargetKind, parse_target
from ledger.domain.target_kind import (
    COMPARATORS,
    DATES,
    QUANTITIES,
    SIGNS,
    SIGNS_AND_DOUBLED,
    SIGNS_AND_WIDE,
    SIGNS_OF_ALL_FORMS,
    SIGNS_OF_ONE_SIDE,
    USUAL,
    USUAL_OR_EQUAL,
)


@pytest.mark.parametrize(
    ("characters", "right"),
    [
        (SIGNS, "≥≤=><"),
        (SIGNS_OF_ONE_SIDE, "≥≤><＞＜"),
        (SIGNS_AND_WIDE, "≥≤=><＞＜"),
        (SIGNS_AND_DOUBLED, "≥≤=><＞＜≧≦"),
        (SIGNS_OF_ALL_FORMS, "≥≤=><＞＜≧≦＝"),
    ],
)
def test_readers_know_these_signs(characters, right):
    """Each in the brackets of its patterns, where none of them means anything else."""
    assert sorted(characters) == sorted(right)
    assert re.escape(characters) == characters


def test_readers_know_these_words():
    """In running text, where other words of comparators mean other things as well."""
    assert sorted(USUAL_OR_EQUAL) == sorted("不低于 不少于 不高于 不超过".split())
    assert sorted(USUAL) == sorted([*USUAL_OR_EQUAL, *"大于 小于 高于 低于".split()])
    assert all({*own.usual} <= {*own.before} for own in COMPARATORS.values())


def test_each_spelling_means_one_comparator():
    """No sign and no word belongs to two."""
    spelled = [
        spelling
        for own in COMPARATORS.values()
        for spelling in (
            own.sign,
            *own.full_width,
            *own.doubled,
            *own.look_alikes,
            *own.pairs,
            *own.before,
            *own.after,
        )
    ]
    assert len(set(spelled)) == len(spelled)


@pytest.mark.parametrize("kind", COMPARATORS)
def test_each_spelling_is_read_as_its_comparator(kind):
    """In front of a number, or behind it."""
    own = COMPARATORS[kind]
    before = (
        own.sign,
        *own.full_width,
        *own.doubled,
        *own.look_alikes,
        *own.pairs,
        *own.before,
    )
    printed = [f"{each}12次" for each in before] + [f"12次{each}" for each in own.after]

    assert {parse_target(text).target.kind for text in printed} == {kind}


@pytest.mark.parametrize(
    ("kind", "right"),
    [
        (TargetKind.AT_LEAST, (False, True, True)),
        (TargetKind.MORE_THAN, (False, False, True)),
        (TargetKind.AT_MOST, (True, True, False)),
        (TargetKind.LESS_THAN, (True, False, False)),
    ],
)
@pytest.mark.parametrize("step", [1, Fraction(1, 1_000_000)])
def test_what_attains_a_target_with_one_side(kind, right, step):
    """Below it, equal to it, above it; however close."""
    row = kind.row
    found = tuple(
        row.is_attained(result, 40, 0, ceiling=row.is_ceiling)
        for result in (40 - step, 40, 40 + step)
    )
    assert found == right


def test_an_exact_target_is_met_from_the_side_that_is_better():
    """A floor, or a ceiling where the indicator says so."""
    row = TargetKind.EXACTLY.row

    assert row.is_ceiling is None
    assert [row.is_attained(n, 4, 0, ceiling=False) for n in (3, 4, 5)] == [0, 1, 1]
    assert [row.is_attained(n, 4, 0, ceiling=True) for n in (3, 4, 5)] == [1, 1, 0]


def test_both_bounds_belong_to_a_range():
    """What is on a bound is inside."""
    row = TargetKind.BETWEEN.row

    found = [row.is_attained(n, 2, 4, ceiling=False) for n in range(1, 6)]
    assert found == [False, True, True, True, False]


def test_numbers_and_days_are_compared_with_different_kinds():
    """Every comparator is of numbers; a kind is never of both."""
    assert set(COMPARATORS) < QUANTITIES
    assert not QUANTITIES & DATES
