"""What stands under a head that no field of an approval has."""

from ledger.domain.finding import finding
from ledger.intake.readers import published_words as words
from ledger.intake.readers.flat_heads import USUAL
from ledger.intake.readers.form_source import Source
from ledger.intake.readers.grid import Grid
from ledger.messages import listed, message


def say_extra(
    source: Source, path: str, grid: Grid, cell: tuple[int, int], label: str
) -> bool:
    """
    Say what stands in a cell under a head that is not read.

    Returns whether nobody knows the head, which is an error: it could be any field.
    """
    text = grid.text(*cell)
    if not text:
        return False
    place = grid.place(*cell)
    if words.head(label) is not None or words.label(label) is not None:
        note = finding("table.extra_column", place=place, label=label, text=text)
        source.say(path, note)
        return False
    unknown = finding(
        "published.head_unknown",
        place=place,
        found=label,
        expected=message("expected.known_head", heads=listed(USUAL)),
        text=text,
    )
    source.say(path, unknown)
    return True
