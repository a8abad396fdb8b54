"""Projects and units, and the names of their streams."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ledger import InvalidInput, VarianceCategory
from ledger.domain.catalogue import CATALOGUE
from ledger.domain.events import stream_of
from ledger.domain.subject import (
    Subject,
    SubjectKind,
    code_of,
    is_project,
    project_stream,
    unit_stream,
)
from ledger.events import (
    ResultReported,
    ResultRetracted,
    ScoreReported,
    VarianceExplained,
)

CODES = st.text("aP1 :;-.市", max_size=12) | st.text(max_size=12)
SUBJECTS = st.builds(Subject, st.sampled_from(SubjectKind), CODES)


@given(SUBJECTS)
@example(Subject.project("unit:323"))
@example(Subject.unit(" 3:2 3 "))
def test_a_stream_is_read_as_it_was_written(subject):
    """Whatever stands in the code, blanks and colons too."""
    assert Subject.of(subject.stream) == subject
    assert code_of(subject.stream) == subject.code
    assert is_project(subject.stream) == (subject.kind is SubjectKind.PROJECT)


@given(SUBJECTS)
def test_what_is_fast_names_the_same_streams(subject):
    """The two functions that need no subject, and the bounds of a kind."""
    fast = project_stream if subject.kind is SubjectKind.PROJECT else unit_stream
    assert fast(subject.code) == subject.stream
    for kind in SubjectKind:
        first, end = kind.streams
        assert (first <= subject.stream < end) == (kind is subject.kind)


def test_the_stored_text_is_as_it_was():
    """Lines that were recorded name their streams so."""
    assert Subject.project("P:1").stream == "project:P:1"
    assert Subject.unit("323001").stream == "unit:323001"


@given(SUBJECTS)
def test_a_person_may_name_a_subject_by_its_stream(subject):
    """Every one can be named so, a project like a unit too."""
    assert Subject.named(subject.stream) == subject


def test_a_code_alone_names_a_project():
    """Whatever colons it holds, as long as it does not begin as a stream does."""
    assert Subject.named("P-1") == Subject.project("P-1")
    assert Subject.named("a:b") == Subject.project("a:b")
    assert Subject.named("Unit:1") == Subject.project("Unit:1")


@pytest.mark.parametrize("name", ["", "P-1", "project", "units:1", " unit:1", ":1"])
def test_a_text_that_names_no_stream_is_refused(name):
    """It says what would be right."""
    with pytest.raises(InvalidInput, match="project:CODE or unit:CODE"):
        Subject.of(name)


OF_EITHER = [
    (ResultReported, {"indicator": "A", "value": Decimal(1)}),
    (ResultRetracted, {"indicator": "A", "of": "an id", "reason": "a slip"}),
    (VarianceExplained, {"category": VarianceCategory.OTHER, "text": "late"}),
    (ScoreReported, {"score": Decimal(1)}),
]


@pytest.mark.parametrize(("kind", "fields"), OF_EITHER)
def test_a_fact_of_nobody_cannot_be_made(kind, fields):
    """Nor one of a project and of a unit at once: it would be in two streams."""
    on = date(2023, 7, 1)
    assert stream_of(kind(project="A", on=on, **fields)) == "project:A"
    assert stream_of(kind(unit="A", on=on, **fields)) == "unit:A"
    for subject in ({}, {"unit": None}, {"project": "A", "unit": "B"}):
        with pytest.raises(InvalidInput, match="expected a project, or else a unit"):
            kind(on=on, **subject, **fields)


def test_these_are_all_that_may_be_of_either():
    """A new type of event does not escape the check."""
    either = [row.event for row in CATALOGUE if set(row.subjects) == set(SubjectKind)]
    assert {kind for kind, _ in OF_EITHER} == set(either)
