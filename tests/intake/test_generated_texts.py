"""The text reader on 500 generated forms of the published layout."""

from collections import Counter

import pytest

from generated_forms import generate
from ledger.intake.readers import extracted_text as extracted
from ledger.intake.readers.form_source import Source

FIRST_SEED = 9_000_000


@pytest.fixture(scope="module")
def tally(request):
    """Count exact, wrong and silently wrong cells over some forms."""
    count = Counter()
    for seed in range(FIRST_SEED, FIRST_SEED + request.param):
        generated = generate(seed)
        source = Source("generated")
        extracted.read(source, generated.text)
        said = {path for path, _ in source.findings}
        for n, truth in enumerate(generated.content["projects"]):
            compare(count, source.content["projects"][n], truth, said, f"projects/{n}")
    return count


def compare(count, found, truth, said, path):
    """Count the cells of one form."""
    for name in truth.keys() - {"indicators"}:
        right = found[name] == truth[name]
        count["right" if right else "wrong"] += 1
        count["silent"] += not right and path not in said
    rows = found["indicators"]
    for m, expected in enumerate(truth["indicators"]):
        row = rows[m] if m < len(rows) else {}
        place = f"{path}/indicators/{m}"
        count["rows"] += 1
        count["flagged"] += place in said
        for name, cell in expected.items():
            right = row.get(name) == cell
            count["right" if right else "wrong"] += 1
            count["silent"] += not right and place not in said


SOME = [100, pytest.param(500, marks=pytest.mark.long)]


@pytest.mark.parametrize("tally", SOME, indirect=True)
def test_at_least_99_of_100_cells_are_exact(tally):
    """Other names, widths, wraps and page breaks than any that the reader was made on."""
    cells = tally["right"] + tally["wrong"]
    assert cells > 5_000
    assert tally["right"] / cells >= 0.99


@pytest.mark.parametrize("tally", SOME, indirect=True)
def test_few_wrong_cells_are_silent_and_few_right_rows_are_doubted(tally):
    """What is unsure is said; what is said is worth reading."""
    cells = tally["right"] + tally["wrong"]
    assert tally["silent"] / cells < 0.008
    assert tally["flagged"] / tally["rows"] < 0.1
