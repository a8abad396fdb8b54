"""What people add to what they record; points apart, no figure hangs on it."""

from decimal import Decimal
from random import Random
from typing import Any

import attrs

from ledger import Evidence
from ledger.events import (
    BudgetAdjusted,
    BudgetApproved,
    CarriedOver,
    CarryReturned,
    CommitmentAdjusted,
    CommitmentEntered,
    Disbursed,
    DisbursementReversed,
    FormRevised,
    ObjectivesSet,
    PriorYearRefund,
    ProjectClosed,
    ResultReported,
    SpendingPlanRevised,
    TargetRevised,
)

TEXTS: dict[type, dict[str, Any]] = {
    BudgetApproved: {
        "purpose": "就业",
        "goals": ("好",),
        "document": "财预1号",
        "project_category": "运转类",
    },
    FormRevised: {"reason": "更正"},
    ObjectivesSet: {"execution_weight": Decimal(20)},
    SpendingPlanRevised: {"reason": "进度"},
    ProjectClosed: {"reason": "年终"},
    CarriedOver: {"reason": "续办"},
    CarryReturned: {"reason": "退回"},
    Disbursed: {"description": "培训费"},
    DisbursementReversed: {"reason": "退款"},
    PriorYearRefund: {"reason": "退款"},
    BudgetAdjusted: {"reason": "追加"},
    CommitmentEntered: {"payee": "县中医院", "document": "采购1号"},
    CommitmentAdjusted: {"document": "补充协议"},
    ResultReported: {"note": "估计", "evidence": Evidence(uri="https://a.cn/1")},
    TargetRevised: {"reason": "调整"},
}

OFTEN = {"goals": 0.6}
"""How often a field is said, where that is not seldom."""


def with_texts(event: Any, name: str) -> Any:
    """Return an event with texts that it has not; the same for the same *name*."""
    chance = Random(name)
    texts = TEXTS.get(type(event), {})
    if isinstance(event, FormRevised) and event.indicator and not event.removed:
        texts = texts if event.cleared else {**texts, "description": "按季"}
    more = {
        field: text
        for field, text in texts.items()
        if not getattr(event, field) and chance.random() < OFTEN.get(field, 0.15)
    }
    return attrs.evolve(event, **more)
