"""The shapes that type checkers are told of are those of the JSON, key by key."""

import json
import typing
from contextlib import chdir
from datetime import UTC, date, datetime

import msgspec
import pytest
from tests.corpus import years

from ledger import json_shapes as shapes
from ledger.app.register_rows import REGISTERS
from ledger.domain.choice_words import MeasureKey, StatusKey
from ledger.figures import registry
from ledger.figures.figure import FigureKind, Scope
from ledger.intake import Recorded
from ledger.reports.documents.register import Register

JUNE = date(2023, 6, 30)
KNOWN = datetime(2023, 7, 10, tzinfo=UTC)
MONTHS = ((2023, 6), (2023, 12), (2024, 3))

TEXT, ABSENT = str, str | None
KINDS = {
    FigureKind.MONEY: {TEXT, ABSENT},
    FigureKind.RATE: {TEXT, ABSENT},
    FigureKind.COUNT: {int},
    FigureKind.NUMBER: {ABSENT},
    FigureKind.POINTS: {TEXT, ABSENT},
    FigureKind.DATE: {ABSENT},
    FigureKind.STATUS: {StatusKey},
    FigureKind.RESULT: {ABSENT},
    FigureKind.CHOICE: {MeasureKey},
    FigureKind.FLAG: {bool},
    FigureKind.TARGET: {TEXT},
    FigureKind.TEXT: {TEXT, ABSENT},
    FigureKind.REASON: {shapes.MessageJson | None},
    FigureKind.EXPLANATION: {shapes.VarianceJson | None},
}
"""What the value of each kind of figure may be in JSON."""

OWN = {
    shapes.SourceJson: (registry.listed(Scope.SOURCE), set()),
    shapes.TotalJson: (registry.listed(), {"by_source"}),
    shapes.MonthJson: (registry.months(), {"month"}),
    shapes.IndicatorJson: (registry.indicators(), set()),
    shapes.GroupJson: (registry.groups(), {"group", "indicators", "statuses"}),
    shapes.ProjectJson: (
        (*registry.listed(), *registry.of_project()),
        {"project", "name", "unit", "unit_name", "fiscal_year"}
        | {"by_source", "months", "indicators"},
    ),
}
"""The figures that a shape has, and the keys that are no figures."""


@pytest.mark.parametrize("shape", OWN)
def test_a_shape_has_the_figures_of_the_registry(shape):
    """Each under its key, of a type that its kind has, and no others."""
    figures, others = OWN[shape]
    hints = typing.get_type_hints(shape)
    assert set(hints) == {row.key for row in figures} | others
    for row in figures:
        assert hints[row.key] in KINDS[row.kind], row.key


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Make every document of the two years of the corpus, by its shape."""
    found = {}
    with chdir(tmp_path_factory.mktemp("shapes")):
        years.create()
        for opened in (years.demo, years.small):
            with opened() as ledger:
                for shape, document in documents(ledger):
                    found.setdefault(shape, []).append(document)
    return found


def documents(ledger):
    """Yield each document with its shape."""
    for month in MONTHS:
        report = ledger.monthly_report(*month)
        yield shapes.MonthlyReportJson, report
        yield shapes.PortfolioJson, report.portfolio()
        yield shapes.MonitoringJson, ledger.monitoring(*month)
        for since in (None, "2023-02-28"):
            yield shapes.AlertListJson, ledger.alerts(*month, since=since)
        through = report.through
        for row in REGISTERS:
            register = getattr(ledger, row.name)(through=through)
            (shape,) = typing.get_args(type(register).__orig_bases__[0])
            yield shape, register
    yield shapes.SelfEvaluationJson, ledger.self_evaluation(2023)
    yield shapes.VerificationJson, ledger.verify()
    known = ledger.view(known_at=KNOWN).position
    yield shapes.DifferencesJson, ledger.differences(known, through=JUNE)
    issued = json.loads(ledger.monthly_report(2023, 6, known_at=known).render("json"))
    issued["projects"][0]["disbursed"] = "1.00"
    yield shapes.ReportCheckJson, ledger.verify_report(issued)
    corrected = json.loads(years.CORRECTED.read_text("utf-8"))
    if ledger.settings.currency.code != "CNY":
        corrected["document"]["money_unit"] = ledger.settings.currency.code
    yield shapes.ReviewJson, ledger.review_forms(corrected, revise=True)
    yield shapes.ProofJson, ledger.prove(3)
    yield shapes.ConsistencyJson, ledger.prove_consistency(ledger.checkpoint(known))
    code = issued["projects"][0]["project"]
    for figure in ("execution_rate", "status", "disbursed", "closed_on"):
        yield shapes.ExplanationJson, ledger.explain(code, figure)


def within(hint):
    """Yield a type and all that it is made of."""
    yield hint
    for part in typing.get_args(hint):
        yield from within(part)


def test_every_json_of_the_corpus_has_its_shape(made):
    """No key is missing, none is more, and each value has its type."""
    for shape, all_ in made.items():
        for document in all_:
            values = json.loads(document.render("json"))
            assert msgspec.convert(values, type=shape) == values, shape
            if not isinstance(document, Register):  # Its class has its shape.
                hint = typing.get_type_hints(type(document).to_dict)["return"]
                assert hint is shape


def test_no_shape_is_forgotten(made):
    """Each is the shape of a document, or a part or a base of one that is."""
    reached = set()
    waiting = [*made, typing.get_type_hints(Recorded.to_dict)["return"]]
    while waiting:
        shape = waiting.pop()
        if shape not in reached and isinstance(shape, type):
            reached.add(shape)
            for hint in typing.get_type_hints(shape).values():
                waiting += [part for part in within(hint) if typing.is_typeddict(part)]
    named = {name: getattr(shapes, name) for name in shapes.__all__}
    own = {name: set(typing.get_type_hints(shape)) for name, shape in named.items()}
    for name, shape in named.items():
        base = any(own[name] < set(typing.get_type_hints(one)) for one in reached)
        assert shape in reached or base, name
