"""What every reader is bounded by: it ends, it says why, and it holds little."""

import random
import zlib

import pytest

from ledger import InvalidInput, Ledger
from ledger.intake.readers import pdf_limits
from support import form, forms

PIECE = 65_536


def with_stream(data):
    """Return the bytes of a PDF with one Flate stream, as most programs write it."""
    said = f"1 0 obj\n<< /Length {len(data)} /Filter /FlateDecode >>\nstream\n".encode()
    return b"%PDF-1.4\n" + said + data + b"\nendstream\nendobj\n%%EOF\n"


@pytest.mark.parametrize("size", [0, 1, PIECE - 1, PIECE, PIECE + 1, 5 * PIECE + 7])
@pytest.mark.parametrize("alike", [True, False])
def test_the_size_of_a_stream_is_found_however_long_it_is(size, alike):
    """A Flate stream is measured to its end, and measuring it ends."""
    plain = b"0" * size if alike else random.Random(size).randbytes(size)
    packed = zlib.compress(plain)

    assert pdf_limits._inflated(packed, 0) == size
    assert pdf_limits._inflated(packed + b"\nendstream\nendobj\n" * 9_000, 0) == size
    pdf_limits.check_file("a.pdf", with_stream(packed))


@pytest.mark.parametrize("cut", [1, 5, 60_000])
def test_a_stream_without_its_end_is_measured_so_far_as_it_goes(cut):
    """A stream that was cut off counts what a reader would find."""
    plain = random.Random(0).randbytes(3 * PIECE)
    packed = zlib.compress(plain)[:-cut]

    assert 0 < pdf_limits._inflated(packed, 0) <= len(plain)


def test_a_stream_that_unpacks_to_very_much_is_refused():
    """A small file that would fill the memory is refused before it is read."""
    bomb = zlib.compress(b"0" * (pdf_limits.LARGEST_STREAM + 1))

    with pytest.raises(InvalidInput, match="unpacks to very much"):
        pdf_limits.check_file("a.pdf", with_stream(bomb))


def test_bad_lines_without_end_are_not_all_read(tmp_path):
    """A file of bad lines is read until so many are found, which is said."""
    lines = "".join(f'{{"bad": {n}}}\n' for n in range(5_000))
    (tmp_path / "bad.jsonl").write_text(lines)

    with Ledger.open(":memory:", actor="a") as ledger:
        ledger.import_forms(forms(form()))
        with pytest.raises(InvalidInput) as caught:
            ledger.record(tmp_path / "bad.jsonl")

    assert "line 1000:" in str(caught.value)
    assert "line 1001:" not in str(caught.value)
    assert "and more" in str(caught.value)
