"""What is printed of words that the command line does not take."""

import illustrate

from . import years
from .plain import command

MONTH = ("--month", "2023-06")
ASKED = (
    ("no-such",),
    ("reprot",),
    ("report",),
    ("report", years.DEMO),
    ("report", years.DEMO, "--month", "2023-13"),
    ("report", years.DEMO, *MONTH, "--fromat", "json"),
    ("report", years.DEMO, *MONTH, "--format", "pdf"),
    ("report", years.DEMO, *MONTH, "--format", "xlsx"),
    ("report", years.DEMO, *MONTH, "--out", "a.docx"),
    ("report", "no-such.ledger", *MONTH),
    ("show", years.DEMO, "A", "B"),
    ("show", years.DEMO, "--through", "June"),
    ("events", years.DEMO, "--after", "x"),
    ("events", years.DEMO, "--type", "disbursed"),
    ("events", years.DEMO, "--after"),
    ("record", years.DEMO, "march.csv", "--batch", 0),
    ("result", years.DEMO, illustrate.TRAINING, "x"),
    ("explain", years.DEMO, illustrate.TRAINING, "no_such"),
    ("diff", years.DEMO, *MONTH, "--known-at", "yesterday"),
    ("prove", years.DEMO),
    ("keygen", "key"),
)


def misuse():
    """Say each in both languages."""
    for number, words in enumerate(ASKED, start=1):
        for language in ("en", "zh"):
            yield f"misuse/{number:02}-{language}", command(*words, language=language)
