"""
No raw error of Python's own comes out of any public door.

Every public function, constructor and method is called with each of its arguments
replaced by what it may not be: it is refused by an error of ours, or taken.
"""

import inspect
import itertools
import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from decimal import Decimal
from enum import Enum
from importlib import import_module

import attrs
import pytest

import ledger
import test_guards as guards
from ledger import (
    EXECUTION,
    Funding,
    IndicatorReference,
    InvalidInput,
    Ledger,
    LedgerError,
    Objective,
    ScoringRule,
    SpendingPlan,
    parse_target,
)
from ledger.app.register_rows import REGISTERS
from ledger.audit.protocol import Check
from ledger.domain.arguments import misfit
from ledger.domain.finding import finding
from ledger.events import ObjectivesSet
from ledger.reports import LAYOUTS
from support import (
    PROJECT,
    Clock,
    Entropy,
    approval,
    day,
    disbursement,
    forms,
    indicator,
)

JUNK = {"5": 5, "x": "x", "None": None, "object()": object(), "[]": []}
MODULES = [ledger, *map(import_module, ledger.NAMESPACES.values())]
UNIT, NAME = "701001", "开展就业培训数"

MADE_BY_US = {
    "ledger.audit",
    "ledger.errors",
    "ledger.intake",
    "ledger.projections",
    "ledger.reports",
}
"""Namespaces of what is returned or raised: nobody else constructs it."""

OWN = {
    "of",
    "of_lines",
    "total",
    "joined",
    "fold_each",
    "continued",
    "cumulative",
    "plus",
}
"""How the library makes what it returns: given what it holds."""

STATES = (ledger.projections.Budget, ledger.projections.Indicators)
"""What is folded, an event at a time: its methods are given what the log holds."""

CHECKED = re.compile(
    r"ledger\.((Ledger|View)\..*|Settings|Policy|ScoringRule|Currency|.*\(\))"
)
"""Doors at which what a hint does not allow is refused at once; values that events hold
are checked when they are recorded."""

TARGET = parse_target("≥10次").target
PLAN = SpendingPlan(checkpoints=approval().plan.checkpoints)
MONEY = (Funding(source="fiscal", amount=5),)

GIVEN = {
    "amount": "1", "amounts": MONEY, "carried_over": {}, "category": "other",
    "checkpoints": {date(2023, 12, 31): "1000"}, "code": PROJECT, "conclusion": "good", "goal": 1, "achieved": "partly", "number": "1", "requirement": "q", "due": "2023-12-31", "currency": "CNY",
    "day": date(2023, 6, 30), "earlier": 0, "figure": "disbursed",
    "fiscal_year": 2023, "format": "text", "indicator": NAME, "kind": "supplement",
    "level1": "产出指标", "level2": "数量指标", "minor": 5, "month": 6, "name": "n",
    "note": "n", "of": "V-1", "on": date(2023, 6, 30), "objectives": (), "path": "out.txt",
    "plan": PLAN, "position": 1, "project": PROJECT, "projection": EXECUTION,
    "reason": "r", "score": "5", "source": "fiscal", "source_project": PROJECT,
    "subject": PROJECT, "target": TARGET, "target_project": "P-2", "text": "≥5次",
    "through": date(2023, 6, 30), "unit": UNIT, "uri": "https://example.org",
    "voucher": "V-9", "year": 2023, "title": "t", "language": None, "scale": None, "origin": "o",
    "size": 1, "root": b"", "conventions": "", "seed": b"5" * 32, "public": b"5" * 32, "state": {}, "events": approval("P-7"),
    "stream": "project:P-1", "parts": [], "place": "p", "states": [{}], "projections": [EXECUTION], "version": 1, "initial": dict,
    "evolve": max, "values": {}, "sources": forms(), "recorded": lambda _: [], "settings": ledger.Settings(), "ends": [], "convention": "linear",
}  # fmt: skip
"""What is right for an argument, by its name."""


LINE = '{"type": "Disbursed", "project": "P-1", "on": "2023-06-02", "amount": "1", "voucher": "V-3"}'


NOTE = ledger.LogCheckpoint(origin="o", size=0, root=b"5" * 32, conventions="{}")
GIVEN |= {
    "allowed_by": "a",
    "commitment": "HT-1",
    "why": "finished",
    "since": date(2023, 1, 1),
    "until": date(2024, 2, 1),
    "major": Decimal(5),
    "given": 2023,
    "sealed": NOTE,
    "checkpoint": NOTE,
    "checkpoints": NOTE,
    "old": NOTE,
    "check": Check.FILE,
    "report": {},
    "signature": ledger.PublicKey("n", b"5" * 32),
}
OTHERS = {
    "adjust_commitment": {"kind": "increase"},
    "Milestone": {"value": "5"},
    "close_project": {"project": "P-2"},
    "revise_target": {"target": "≥5次"},
    "parse": {"note": NOTE.note},
    "retract_result": {"of": "r"},
}
"""What is right for one method alone."""


def world(folder):
    """Return what the doors are of: a ledger, and one of everything that it returns."""
    opened = Ledger(":memory:", actor="a", clock=Clock(), entropy=Entropy())
    opened.append(approval(), approval("P-2", unit=UNIT), disbursement())
    opened.commit(PROJECT, "HT-1", 5, on=day(1))
    own = indicator(
        "合计", computed_from=(IndicatorReference(project=PROJECT, indicator=NAME),)
    )
    goals = (Objective(title="t", indicators=(own,)),)
    opened.set_objectives(UNIT, "Unit", goals, fiscal_year=2023, on=day(1))
    key = ledger.keygen("n", folder / "key")
    private = ledger.PrivateKey.read(folder / "key")
    old = opened.seal(private)
    opened.report_result(PROJECT, NAME, 3, on=day(3), key="r")
    opened.disburse(PROJECT, 5, voucher="V-2", on=day(2))
    (folder / "facts.jsonl").write_text(LINE, "utf-8")
    return opened, key, private, old


def everything(folder):
    """Return one of each public class that has methods, and of what they return."""
    opened, key, private, old = world(folder)
    view = opened.view(through=day(6, 30))
    report = view.monthly_report()
    portfolio, monitoring, evaluation = (
        report.portfolio(),
        view.monitoring(),
        view.self_evaluation(),
    )
    differences = opened.differences(5, through=day(6, 30))
    line = view.project(PROJECT)
    contracts = opened.contracts(through=day(6, 30))
    registers = [getattr(opened, row.name)(through=day(6, 30)) for row in REGISTERS]
    with pytest.raises(LedgerError) as refused:
        opened.disburse("P-9", 1, voucher="1", on=day(1))
    alerts = view.alerts()
    return [
        alerts, *alerts.alerts, opened, key, private, old, view, report, portfolio, monitoring, evaluation, differences, line,
        refused.value, EXECUTION, TARGET, PLAN, ledger.Settings(), ledger.Currency(),
        ScoringRule(), finding("form.changed"), LAYOUTS["national"],
        *differences, *differences.figures[0].causes, opened.explain(PROJECT, "disbursed", through=day(6)),
        opened.verify(), opened.prove(1), opened.prove_consistency(old), opened.verify_report(report.to_dict()),
        opened.read_forms(forms()), opened.review_forms(forms()), opened.record(folder / "facts.jsonl"),
        *report.projects, *report.units, *view.attainment(PROJECT), view.total(), view.total(),
        *registers, *contracts.contracts, *line.months, *portfolio.by_unit, *portfolio.by_level1, *monitoring.projects, *evaluation.projects,
        *evaluation.projects[0].indicators,
    ]  # fmt: skip


def public_classes():
    return {
        f"{module.__name__}.{name}": getattr(module, name)
        for module in MODULES
        for name in module.__all__
        if inspect.isclass(getattr(module, name))
    }


def methods(kind):
    """Return the names of the public methods that a class has of this library."""
    return [
        name
        for name in dir(kind)
        if not name.startswith("_")
        and callable(getattr(kind, name))
        and getattr(getattr(kind, name), "__module__", "").startswith("ledger")
    ]


def arguments(call):
    """Return the parameters of a call, without that of the ledger or object itself."""
    own = list(inspect.signature(call).parameters.values())
    positional = [p.name for p in own if p.kind is p.POSITIONAL_ONLY]
    return [p for p in own if p.name not in positional]


def right(call):
    """Return arguments that are right, for all that must be given."""
    given = {**GIVEN, **OTHERS.get(getattr(call, "__name__", ""), {})}
    return {
        p.name: given[p.name]
        for p in arguments(call)
        if p.default is p.empty and p.kind not in (p.VAR_KEYWORD, p.VAR_POSITIONAL)
    }


def tried(call, *args, **kwargs):
    """Call; return the refusal, or what was returned, read to its end."""
    try:
        found = call(*args, **kwargs)
        return list(found) if isinstance(found, Iterator) else found
    except LedgerError as problem:
        assert str(problem)
        return problem


def calls():
    """Return each public call by its name: what makes it of the world, and its method."""
    for name, kind in public_classes().items():
        if kind in STATES:
            continue
        if issubclass(kind, LedgerError) and kind is not LedgerError:
            continue  # They have the same methods.
        module = name.rpartition(".")[0]
        if issubclass(kind, Enum) or kind in (
            ledger.Envelope,
            ledger.events.RecordedEvent,
        ):
            continue
        if module not in MADE_BY_US and not issubclass(
            kind, LedgerError | ledger.View | Ledger
        ):
            yield name, kind, None
        for method in methods(kind):
            if method != "close" and method not in OWN:
                yield f"{name}.{method}", kind, method
    for each in (
        ledger.keygen,
        ledger.parse_target,
        ledger.yuan,
        ledger.wan,
        Ledger,
        Ledger.open,
    ):
        yield f"ledger.{each.__qualname__}()", each, None


CALLS = {name: (kind, method) for name, kind, method in calls()}


@pytest.fixture(scope="module")
def objects(tmp_path_factory):
    """Return what there is one of, by its class."""
    found = {}
    for each in everything(tmp_path_factory.mktemp("doors")):
        found.setdefault(type(each), each)
    return found


@pytest.fixture
def call(objects, request, tmp_path, monkeypatch):
    """Return the call of this name, in a folder of its own."""
    monkeypatch.chdir(tmp_path)
    kind, method = CALLS[request.param]
    if method is None:
        return kind
    if isinstance(inspect.getattr_static(kind, method), classmethod | staticmethod):
        return getattr(kind, method)
    own = next((each for each in objects.values() if isinstance(each, kind)), None)
    assert own is not None, f"nothing is a {kind.__name__}"
    return getattr(own, method)


@pytest.mark.parametrize("call", CALLS, indirect=True)
def test_no_argument_leads_to_an_error_of_python(call, request):
    """Each replaced by each, and what its hint does not allow is never taken."""
    good = right(call)
    several = [p for p in arguments(call) if p.kind is p.VAR_POSITIONAL]
    for parameter, (what, junk) in itertools.product(arguments(call), JUNK.items()):
        if parameter.kind is parameter.VAR_KEYWORD:
            continue
        if parameter.kind is parameter.VAR_POSITIONAL:
            args, given = (junk,), good
        else:
            args = () if not several else (GIVEN[several[0].name],)
            given = {**good, parameter.name: junk}
        found = tried(call, *args, **given)
        truth = (
            parameter.annotation is bool
        )  # As everywhere in Python, anything has one.
        if (
            not truth
            and CHECKED.fullmatch(request.node.callspec.params["call"])
            and misfit(call, args, given)
        ):
            assert isinstance(found, LedgerError), (parameter.name, what, found)
        if isinstance(found, InvalidInput):
            assert found.field
            assert found.expected


@pytest.mark.parametrize("call", CALLS, indirect=True)
def test_other_arguments_than_there_are_are_refused_in_words(call):
    """A misspelt name, one more by its place, one that is missing, one twice."""
    good = right(call)
    refused = tried(call, **good, nonsense=1)
    assert isinstance(refused, InvalidInput), refused
    assert refused.found == "nonsense"
    if not any(p.kind is p.VAR_POSITIONAL for p in arguments(call)):
        assert isinstance(tried(call, *range(20)), LedgerError)
    for name in good:
        less = {other: value for other, value in good.items() if other != name}
        assert isinstance(tried(call, **less), InvalidInput), name


def spoiled(value):
    """Yield a value with each of its parts, and of theirs, replaced by each of JUNK."""
    for each in attrs.fields(type(value)):
        name = each.alias
        if not each.init:
            continue
        for junk in JUNK.values():
            try:
                yield f"{name}={junk!r}", attrs.evolve(value, **{name: junk})
            except LedgerError:
                continue  # It is refused before there is an event.
        within = getattr(value, each.name)
        parts = within if isinstance(within, tuple) else (within,)
        if parts and attrs.has(type(parts[0])):
            for how, part in spoiled(parts[0]):
                whole = (part, *parts[1:]) if isinstance(within, tuple) else part
                with suppress(LedgerError):
                    yield f"{name}.{how}", attrs.evolve(value, **{name: whole})


FACTS = {
    **guards.EVENTS,
    "BudgetApproved": approval("P-9"),
    "ObjectivesSet": ObjectivesSet(
        unit="U", on=day(1), name="n", fiscal_year=2023,
        objectives=(Objective(title="t", indicators=(indicator(),)),),
    ),
}  # fmt: skip


@pytest.mark.parametrize("fact", FACTS)
def test_no_part_of_an_event_leads_to_an_error_of_python(fact, tmp_path):
    """What is recorded all the same can be read again, and the log holds."""
    with Ledger(
        tmp_path / "a.ledger", actor="a", clock=Clock(), entropy=Entropy()
    ) as opened:
        opened.append(approval("A"), approval("B"))
        for how, event in spoiled(FACTS[fact]):
            found = tried(opened.append, event)
            assert isinstance(found, LedgerError | list), how
        assert len(list(opened.events())) == opened.position
        assert opened.verify().ok
