"""Histories of two projects and a unit with every kind of event, as Hypothesis draws them."""

from contextlib import suppress
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import strategies as st

from ledger import (
    Funding,
    IndicatorReference,
    LedgerError,
    Measure,
    Objective,
    Rating,
)
from support import PROJECT, approval, indicator

OTHER = "P.2"
UNIT = "U-1"
INDICATORS = (
    indicator("sum", "≥10次"),
    indicator("level", "≥90%"),
    indicator("mean", "≥5分", measure=Measure.MEAN),
    indicator("worst", "≤90天", level2="时效指标"),
    indicator("least", "≥3分", measure=Measure.MIN),
    indicator("monthly", "25日", level2="时效指标"),
    indicator("date", "2023年9月30日前", level2="时效指标"),
    indicator("quality", "效果显著", level1="效益指标"),
    indicator("range", "3-6个", level1="效益指标"),
    indicator("grown", "≥40人", level1="满意度指标", baseline=Decimal(20)),
)
NAMES = [each.name for each in INDICATORS]
ADJUSTED = ["supplement", "reduction", "recall"]
KINDS = [
    *("pay", "pay", "pay", "back", "adjust", "virement", "plan"),
    "close",
    *("result", "result", "result", "retract", "target", "score", "explain", "unit"),
]

days = st.integers(0, 364).map(lambda n: date(2023, 1, 1) + timedelta(n))
moves = st.lists(
    st.tuples(st.sampled_from(KINDS), days, st.integers(0, 60), st.integers(1, 60)),
    max_size=16,
)


def founded(ledger):
    """Record two approvals and the unit's objectives that are computed from them."""
    funding = (
        Funding(source="fiscal", amount=100_000),
        Funding(source="other", amount=50_000),
    )
    ledger.append(approval(amounts=funding, indicators=INDICATORS))
    ledger.append(
        approval(OTHER, 80_000, on=date(2023, 3, 1), indicators=INDICATORS[:2])
    )
    both = [
        indicator(
            f"all {name}",
            target,
            computed_from=(
                IndicatorReference(project=PROJECT, indicator=name),
                IndicatorReference(project=OTHER, indicator=f"数量指标/{name}"),
            ),
        )
        for name, target in (("sum", "≥20次"), ("level", "≥95%"))
    ]
    goals = [Objective(title="goal", indicators=(*both, indicator("own", "≥4件")))]
    day = date(2023, 2, 1)
    ledger.set_objectives(UNIT, "unit", goals, fiscal_year=2023, on=day)


def played(ledger, drawn):
    """Record what the rules allow of *drawn* moves."""
    for kind, on, a, b in drawn:
        with suppress(LedgerError):  # Many moves are refused; the others are enough.
            _MOVES[kind](ledger, on, a, b)


def _project(a):
    return OTHER if a % 4 == 0 else PROJECT


def _pay(ledger, on, a, b):
    source = "other" if a % 3 == 0 else "fiscal"
    voucher = f"V-{ledger.position % 12}"
    ledger.disburse(_project(a), 10 * b, voucher=voucher, on=on, source=source)


def _back(ledger, on, a, b):
    voucher = f"R-{ledger.position}"
    of = f"V-{a % 12}"
    ledger.reverse_disbursement(_project(b), b, of=of, voucher=voucher, on=on)


def _adjust(ledger, on, a, b):
    source = "other" if b % 3 == 0 else "fiscal"
    ledger.adjust_budget(_project(a), ADJUSTED[a % 3], b, on=on, source=source)


def _virement(ledger, on, a, b):
    pair = (PROJECT, OTHER) if a % 2 else (OTHER, PROJECT)
    ledger.transfer(*pair, b, on=on)


def _plan(ledger, on, a, b):
    project = _project(a)
    whole = ledger.view(through=on).project(project).current_budget
    checkpoints = {date(2023, 5, 31): whole * b / 100, date(2023, 12, 31): whole}
    ledger.revise_plan(project, checkpoints, on=on)


def _close(ledger, on, a, b):
    ledger.close_project(_project(a), on=on.replace(month=12), reason=f"done {b}")


def _result(ledger, on, a, b):
    project, name = _project(b), NAMES[a % len(NAMES)]
    given = {"value": a + b}
    if name == "quality":
        given = {"value": list(Rating)[b % 3]}
    elif name in {"date", "monthly"}:
        given = {"value": on}
    elif b % 2:
        given = {"numerator": a, "denominator": b}
    ledger.report_result(project, name, on=on, **given)


def _retract(ledger, on, a, b):
    reported = list(ledger.events(types=("ResultReported",)))
    each = reported[a % len(reported)] if reported else None
    if each is not None and each.event.project is not None:
        event = each.event
        ledger.retract_result(
            event.project, event.indicator, each.id, on=on, reason=f"mistake {b}"
        )


def _target(ledger, on, a, b):
    name = NAMES[a % 5]
    text = f"≤{b}天" if name == "worst" else f"≥{b}%" if name == "level" else f"≥{b}次"
    ledger.revise_target(_project(b), name, text, on=on)


def _score(ledger, on, a, b):
    name = NAMES[a % len(NAMES)]
    ledger.report_score(PROJECT, b, indicator=name, on=on, reason="visit")


def _explain(ledger, on, a, b):
    name = None if a % 3 == 0 else NAMES[a % len(NAMES)]
    ledger.explain_variance(PROJECT, "other", f"because {b}", indicator=name, on=on)


def _unit(ledger, on, a, b):
    ledger.report_result(None, "own", a + b, unit=UNIT, on=on)


_MOVES = {
    "pay": _pay,
    "back": _back,
    "adjust": _adjust,
    "virement": _virement,
    "plan": _plan,
    "close": _close,
    "result": _result,
    "retract": _retract,
    "target": _target,
    "score": _score,
    "explain": _explain,
    "unit": _unit,
}
