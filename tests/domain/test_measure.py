from fractions import Fraction

import pytest

from ledger import Measure
from ledger.domain.measure import REPORTED, NumberKind
from ledger.messages import Language
from ledger.reports.vocabulary import words


@pytest.mark.parametrize(
    ("measure", "right"),
    [
        (Measure.SUM, Fraction(15, 2)),
        (Measure.LEVEL, 1),
        (Measure.LATEST, 1),
        (Measure.RATIO, 1),
        (Measure.MEAN, Fraction(5, 2)),
        (Measure.MAX, 4),
        (Measure.MIN, 1),
        (Measure.WORST_MONTH, 1),
    ],
)
def test_how_plain_numbers_make_one_figure(measure, right):
    """Of 4, 2.5 and 1, in this order."""
    assert measure.row.combine([4, "2.5", 1]) == right


@pytest.mark.parametrize(
    ("measure", "right"),
    [
        (Measure.SUM, [(1, 2), (9, 10), (2, 8)]),
        (Measure.LEVEL, [(1, 2), (9, 10), (2, 8)]),
        (Measure.RATIO, [(1, 2), (9, 10), (2, 8)]),
        (Measure.LATEST, [(2, 8)]),
        (Measure.MAX, [(9, 10)]),
        (Measure.MIN, [(2, 8)]),
    ],
)
def test_which_pairs_are_pooled(measure, right):
    """All, the last one, or the one with the greatest or the least share."""
    assert list(measure.row.take([(1, 2), (9, 10), (2, 8)])) == right


def test_one_number_counts_of_a_level():
    """Which is what an explanation names as the one that counts."""
    levels = [measure for measure in Measure if measure.row.is_level]

    assert levels == [Measure.LEVEL, Measure.LATEST, Measure.RATIO]
    assert [one for one in Measure if one.row.takes_last_pair] == [Measure.LATEST]
    assert [one for one in Measure if one.row.adds_up] == [Measure.SUM]


def test_three_measures_take_numbers_of_one_kind():
    """Of the others the first result says which."""
    found = {one: one.row.takes_only for one in Measure if one.row.takes_only}

    assert found == {
        Measure.RATIO: NumberKind.PAIR,
        Measure.MEAN: NumberKind.PLAIN,
        Measure.WORST_MONTH: NumberKind.PLAIN,
    }


@pytest.mark.parametrize("language", Language)
def test_every_measure_that_reports_name_has_its_own_word(language):
    """A level is named as the latest number that it is."""
    named = set(REPORTED.values())
    said = {words(language)[measure.value] for measure in named}

    assert Measure.LEVEL not in named
    assert len(said) == len(named) == len(Measure) - 1
