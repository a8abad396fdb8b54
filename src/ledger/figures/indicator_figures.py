"""Figures of an indicator and its target: one row each."""

from typing import Final

from ledger.figures.figure import Figure, FigureKind, Ground, Width

_TARGET: Final = frozenset({Ground.TARGET})
_CLOSED: Final = frozenset({Ground.CLOSURE})
_READ: Final = frozenset({Ground.COUNTED, Ground.READING, Ground.LAST_MONTH})
_JUDGED: Final = frozenset({Ground.COUNTED, Ground.TARGET, Ground.LAST_MONTH})
_EASED: Final = frozenset({Ground.EASING})
_POLICY: Final = frozenset({Ground.POLICY})
_DUE: Final = _CLOSED | _POLICY | {Ground.DUE, Ground.TARGET}
_PACED: Final = _DUE | {Ground.RESULTS}

_WEIGHT: Final = Figure(
    "weight", FigureKind.POINTS, narrowest=Width.SHEET, grounds=_POLICY
)

INDICATORS: tuple[Figure, ...] = (
    Figure("level1", FigureKind.TEXT, narrowest=Width.SHEET),
    Figure("level2", FigureKind.TEXT, narrowest=Width.SHEET),
    Figure("name", FigureKind.TEXT, narrowest=Width.SHEET, word="level3"),
    Figure("indicator", FigureKind.TEXT),
    Figure("target", FigureKind.TARGET, narrowest=Width.LIST, grounds=_TARGET),
    Figure("unit", FigureKind.TEXT, word="unit_of_measure", grounds=_TARGET),
    Figure("measure", FigureKind.CHOICE, grounds=_READ),
    Figure(
        "result", FigureKind.RESULT, narrowest=Width.LIST, exact="figure", grounds=_READ
    ),
    Figure("results", FigureKind.COUNT, grounds=frozenset({Ground.RESULTS})),
    Figure(
        "expected",
        FigureKind.NUMBER,
        narrowest=Width.LIST,
        exact="exact_expected",
        grounds=_PACED | _EASED | _POLICY,
    ),
    Figure("expected_on", FigureKind.DATE, grounds=_PACED),
    Figure(
        "attainment",
        FigureKind.RATE,
        narrowest=Width.LIST,
        exact="exact_attainment",
        grounds=_JUDGED | _POLICY,
    ),
    Figure(
        "capped_attainment",
        FigureKind.RATE,
        exact="exact_capped",
        grounds=_JUDGED | _POLICY,
    ),
    Figure(
        "status",
        FigureKind.STATUS,
        narrowest=Width.LIST,
        grounds=_JUDGED | _PACED | _EASED | _POLICY,
    ),
    Figure("due", FigureKind.FLAG, grounds=_PACED),
    Figure("due_on", FigureKind.DATE, word="result_due_on", grounds=_DUE),
    Figure("reason", FigureKind.REASON, grounds=_JUDGED),
    _WEIGHT,
    Figure(
        "score",
        FigureKind.POINTS,
        narrowest=Width.LIST,
        out_of=_WEIGHT,
        grounds=_JUDGED | _POLICY,
    ),
    Figure(
        "reported_score",
        FigureKind.POINTS,
        narrowest=Width.SHEET,
        grounds=frozenset({Ground.SCORE}),
    ),
    Figure(
        "explanation",
        FigureKind.EXPLANATION,
        narrowest=Width.SHEET,
        grounds=frozenset({Ground.EXPLANATION}),
    ),
    Figure(
        "parts",
        FigureKind.PARTS,
        narrowest=Width.SHEET,
        is_rare=True,
        grounds=_READ,
    ),
)
"""Figures of an indicator and its target."""
