"""Rows of a log in parts of one stream each."""

from itertools import groupby

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.audit.stream_checks import stream_parts
from ledger.domain.errors import LogError
from ledger.messages import message


@given(st.lists(st.integers(1, 700), max_size=6))
def test_parts_are_of_one_stream_and_have_each_row_once(lengths):
    rows = [
        (number, f"project:2023:P{place}")
        for place, length in enumerate(lengths)
        for number in range(length)
    ]
    parts = list(stream_parts(iter(rows)))
    assert [row for _, part in parts for row in part] == rows
    assert all({row[1] for row in part} == {stream} for stream, part in parts)
    assert max((len(part) for _, part in parts), default=0) <= 200
    order = [stream for stream, _ in groupby(parts, key=lambda pair: pair[0])]
    assert order == sorted(set(order), key=order.index)


def test_what_was_read_before_an_error_is_handed_out():
    def rows():
        yield from [(1, "a"), (2, "a"), (3, "b")]
        raise LogError(message("error.log.no_file"))

    parts = stream_parts(rows())
    assert next(parts) == ("a", [(1, "a"), (2, "a")])
    assert next(parts) == ("b", [(3, "b")])
    with pytest.raises(LogError):
        next(parts)
