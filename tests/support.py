"""Builders of events and forms for the tests."""

from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import click
import pytest

from ledger import Checkpoint, Funding, Indicator, SpendingPlan, parse_target
from ledger.cli import main
from ledger.domain.indicator import default_measure, is_cost
from ledger.events import BudgetApproved, Disbursed
from ledger.intake import interchange
from ledger.intake.readers import file_kinds as files
from ledger.store import stored_texts

PROJECT = "P-1"
YEAR = 2023


class Clock:
    """A clock that steps one second each time it is asked."""

    def __init__(self, start=datetime(2024, 1, 2, 9, tzinfo=UTC)):
        self.now = start

    def __call__(self):
        self.now += timedelta(seconds=1)
        return self.now


class Entropy:
    """Bytes that are the same on every run."""

    def __init__(self):
        self.count = 0

    def __call__(self, size):
        self.count += 1
        return self.count.to_bytes(size, "little")


def commands():
    """Return every command by its name."""
    context = click.Context(main)
    return {
        name: main.get_command(context, name) for name in main.list_commands(context)
    }


def cut(ledger, position):
    """Return the last position up to one where an append ends."""
    before, end = ledger._parts.log.append_around(position) if position else (0, 0)
    return position if end == position else before


@contextmanager
def no_door():
    """Let through what no door takes, as a hand in the file would write it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(stored_texts, "checked_text", lambda _, text, **__: text)
        yield


def day(month, number=1):
    """Return a day of the test year."""
    return date(YEAR, month, number)


def indicator(
    name="开展就业培训数", target="≥10次", level1="产出指标", level2="数量指标", **more
):
    """Return an indicator as a form would give it."""
    parsed = parse_target(target, fiscal_year=YEAR).target
    measure = default_measure(parsed, cost=is_cost(level1, level2, name))
    return Indicator(
        level1=level1,
        level2=level2,
        name=name,
        target=parsed,
        **{"measure": measure, **more},
    )


def approval(project=PROJECT, budget=100_000, on=date(YEAR, 1, 1), **more):
    """Return the approval of a project with *budget* fen and one quarterly plan."""
    amounts = more.pop("amounts", (Funding(source="fiscal", amount=budget),))
    whole = sum(part.amount for part in amounts)
    quarters = [(3, 31), (6, 30), (9, 30), (12, 31)]
    year = more.get("fiscal_year", YEAR)
    plan = SpendingPlan(
        checkpoints=tuple(
            Checkpoint(date(year, month, last), whole * n // 4)
            for n, (month, last) in enumerate(quarters, start=1)
        )
    )
    given = {
        "name": f"project {project}",
        "unit": "U-1",
        "fiscal_year": YEAR,
        "plan": plan,
        "origin": "annual",
        "indicators": (indicator(),),
        **more,
    }
    return BudgetApproved(project=project, on=on, amounts=amounts, **given)


def disbursement(
    amount=1_000, voucher="V-1", on=date(YEAR, 3, 1), project=PROJECT, **more
):
    """Return a payment of *amount* fen, of the fiscal source if no other is given."""
    fields = {"source": "fiscal", "voucher": voucher, "amount": amount, **more}
    return Disbursed(project=project, on=on, **fields)


def form(code="13052923P00584010933T", **more):
    """Return one form of the interchange shape."""
    given = {
        "project_code": code,
        "project_name": "就业工作经费",
        "unit_code": "323001",
        "unit_name": "县人力资源和社会保障局",
        "budget": "20.00",
        "fiscal_funds": "20.00",
        "other_funds": None,
        "plan_row": ["5.00", "10.00", "15.00", "20.00"],
        "plan_columns": ["3月底", "6月底", "10月底", "12月底"],
        "indicators": [
            {
                "level1": "产出指标",
                "level2": "数量指标",
                "level3": "开展就业培训数",
                "description": "开展培训次数",
                "target": "≥10次",
                "basis": "单位工作年度计划",
            },
            {
                "level1": "满意度指标",
                "level2": "服务对象满意度指标",
                "level3": "满意率",
                "description": "满意率",
                "target": "≥98%",
                "basis": "调查问卷",
            },
        ],
    }
    return {**given, **more}


def forms(*given, **document):
    """Return an interchange file of *given* forms."""
    head = {"fiscal_year": YEAR, "money_unit": "万元", **document}
    return {"document": head, "projects": list(given or [form()])}


def counts(done):
    """Return how many events of a bulk file are new, and how many were there."""
    return done.new, done.already


def fen(amount):
    """Return fen as yuan."""
    return Decimal(amount).scaleb(-2)


def read(source, settings):
    """Read one source of approvals."""
    return interchange.read([files.read(source)], settings)
