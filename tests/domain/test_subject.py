"""Projects and units, and the names of their streams."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ledger import InvalidInput, VarianceCategory
from ledger.domain.catalogue import CATALOGUE
from ledger.domain.settings import Settings
from ledger.domain.streams import may_be_in, stream_of
from ledger.domain.subject import (
    Subject,
    SubjectKind,
    code_of,
    is_project,
    stream_name,
    year_of,
)
from ledger.events import (
    ConclusionStated,
    GoalAssessed,
    OutlookStated,
    RectificationClosed,
    RectificationOrdered,
    RectificationReported,
    ResultReported,
    ResultRetracted,
    ScoreReported,
    VarianceExplained,
)

CODES = st.text("aP1 :;-.市", min_size=1, max_size=12) | st.text(min_size=1)
YEARS = st.integers(1900, 9000)
IN_YEARS = [SubjectKind.PROJECT, SubjectKind.UNIT]
SUBJECTS = st.builds(Subject, st.sampled_from(IN_YEARS), CODES, YEARS)


@given(SUBJECTS)
@example(Subject.project("unit:2023:323", 2024))
@example(Subject.unit(" 3:2 3 ", 2023))
def test_a_stream_is_read_as_it_was_written(subject):
    """Whatever stands in the code, blanks and colons too."""
    assert Subject.of(subject.stream) == subject
    assert code_of(subject.stream) == subject.code
    assert year_of(subject.stream) == subject.year
    assert is_project(subject.stream) == (subject.kind is SubjectKind.PROJECT)


@given(SUBJECTS, YEARS)
def test_a_kind_and_a_year_are_a_range_of_streams(subject, other):
    """All streams of it lie between both bounds, and no other does."""
    kind, code, year = subject.kind, subject.code, subject.year
    assert stream_name(kind, code, year) == subject.stream
    for own in SubjectKind:
        first, end = own.streams()
        assert (first <= subject.stream < end) == (own is kind)
        for of in (year, other) if own in IN_YEARS else ():
            first, end = own.streams(of)
            assert (first <= subject.stream < end) == ((own, of) == (kind, year))


def test_the_stored_text_is_as_it_was():
    """Lines that were recorded name their streams so."""
    assert Subject.project("P:1", 2023).stream == "project:2023:P:1"
    assert Subject.unit("323001", 2023).stream == "unit:2023:323001"


@given(SUBJECTS)
def test_a_person_may_name_a_subject_by_its_stream(subject):
    """Every one can be named so, a project like a unit too."""
    assert Subject.named(subject.stream) == subject


def test_a_code_alone_names_a_project():
    """Whatever colons it holds, as long as it does not begin as a stream does."""
    for code in ("P-1", "a:b", "Unit:1", "2023:P-1"):
        assert Subject.named(code) == Subject(SubjectKind.PROJECT, code)
        assert Subject.named(code).within(2023) == Subject.project(code, 2023)


def test_a_kind_and_a_code_name_a_subject_of_any_year():
    """The year is the reader's, unless it is named."""
    assert Subject.named("unit:323").within(2024) == Subject.unit("323", 2024)
    assert Subject.named("project:totals").within(2024).code == "totals"
    assert Subject.named("unit:2023:323").within(2024) == Subject.unit("323", 2023)


@pytest.mark.parametrize(
    "name", ["", "P-1", "project:2023:", "units:2023:1", " unit:2023:1", "unit:1:1"]
)
def test_a_text_that_names_no_stream_is_refused(name):
    """It says what would be right."""
    with pytest.raises(InvalidInput, match="project:YEAR:CODE or unit:YEAR:CODE"):
        Subject.of(name)


OF_EITHER = [
    (ResultReported, {"indicator": "A", "value": Decimal(1)}),
    (ResultRetracted, {"indicator": "A", "of": "an id", "reason": "a slip"}),
    (VarianceExplained, {"category": VarianceCategory.OTHER, "text": "late"}),
    (ScoreReported, {"score": Decimal(1)}),
    (ConclusionStated, {"conclusion": "good"}),
    (
        RectificationOrdered,
        {"number": "1", "requirement": "q", "due": date(2023, 9, 1)},
    ),
    (RectificationReported, {"number": "1", "text": "t"}),
    (RectificationClosed, {"number": "1"}),
    (GoalAssessed, {"goal": "1", "text": "t", "achieved": "partly"}),
    (OutlookStated, {"as_planned": True}),
]


@pytest.mark.parametrize(("kind", "fields"), OF_EITHER)
def test_a_fact_of_nobody_cannot_be_made(kind, fields):
    """Nor one of a project and of a unit at once: it would be in two streams."""
    on = date(2023, 7, 1)
    for settings, year in ((Settings(), 2023), (Settings(first_month=8), 2022)):
        for subject in ("project", "unit"):
            event, stream = kind(**{subject: "A"}, on=on, **fields), f":{year}:A"
            assert stream_of(event, settings) == subject + stream
            assert may_be_in(event, Subject.of(subject + stream).stream)
            assert not may_be_in(event, Subject(SubjectKind(subject), "B", year).stream)
    for subject in ({}, {"unit": None}, {"project": "A", "unit": "B"}):
        with pytest.raises(InvalidInput, match="expected a project, or else a unit"):
            kind(on=on, **subject, **fields)


def test_these_are_all_that_may_be_of_either():
    """A new type of event does not escape the check."""
    either = [row.event for row in CATALOGUE if set(row.subjects) == set(IN_YEARS)]
    assert {kind for kind, _ in OF_EITHER} == set(either)


def test_the_ledger_itself_is_a_subject():
    """It has no code and no year; a project may be called so all the same."""
    assert Subject.of("ledger").stream == "ledger"
    assert Subject.named("ledger").kind is SubjectKind.LEDGER
    assert Subject.named("project:ledger").within(2023).code == "ledger"
    first, end = SubjectKind.LEDGER.streams()
    assert first <= "ledger" < end
