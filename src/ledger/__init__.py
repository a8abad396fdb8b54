"""
Event-sourced budget execution: what was given, what was spent, what it achieved.

Public are the names of ``__all__``, which most scripts need, and those of the
namespaces ``ledger.events``, ``ledger.errors``, ``ledger.projections``,
``ledger.reports``, ``ledger.audit``, ``ledger.intake`` and ``ledger.json_shapes``.
Everything else may move.
"""

import sys
from typing import TYPE_CHECKING, Final

if sys.argv[:1] == ["-m"] and "ledger" in sys.orig_argv and not sys.flags.safe_path:
    # So it is while Python looks for what ``python -m ledger`` starts. It has put the
    # current folder first, where anybody may have left a file named as a library.
    del sys.path[0]

from ledger import interrupting as interrupting
from ledger.loading import lazy

if TYPE_CHECKING:
    from ledger import (
        audit as audit,
        errors as errors,
        events as events,
        intake as intake,
        projections as projections,
        reports as reports,
    )
    from ledger.app.ledger import Ledger as Ledger
    from ledger.app.view import View as View
    from ledger.domain.adjustment_kind import AdjustmentKind as AdjustmentKind
    from ledger.domain.envelope import Envelope as Envelope
    from ledger.domain.errors import (
        InvalidInput as InvalidInput,
        LedgerError as LedgerError,
    )
    from ledger.domain.objective import Objective as Objective
    from ledger.domain.evidence import Evidence as Evidence
    from ledger.domain.funding import Funding as Funding
    from ledger.domain.finding import Finding as Finding, Severity as Severity
    from ledger.domain.indicator import (
        Direction as Direction,
        Indicator as Indicator,
        IndicatorReference as IndicatorReference,
        Rating as Rating,
    )
    from ledger.domain.measure import Measure as Measure
    from ledger.domain.money import Currency as Currency, wan as wan, yuan as yuan
    from ledger.domain.plan import (
        Checkpoint as Checkpoint,
        Convention as Convention,
        Reading as Reading,
        SpendingPlan as SpendingPlan,
    )
    from ledger.domain.presentation import Language as Language, Scale as Scale
    from ledger.domain.refusals import Refused as Refused
    from ledger.domain.settings import Settings as Settings
    from ledger.domain.status import Status as Status
    from ledger.domain.target import Target as Target
    from ledger.domain.target_parser import parse_target as parse_target
    from ledger.domain.target_kind import TargetKind as TargetKind
    from ledger.domain.variance import (
        Likelihood as Likelihood,
        VarianceCategory as VarianceCategory,
    )
    from ledger.domain.scoring_rule import ScoringRule as ScoringRule
    from ledger.projections.attainment import ATTAINMENT as ATTAINMENT
    from ledger.projections.execution import EXECUTION as EXECUTION
    from ledger.domain.policy import (
        CeilingFormula as CeilingFormula,
        Policy as Policy,
        Proration as Proration,
    )
    from ledger.projections.projection import Projection as Projection
    from ledger.store.checkpoint import LogCheckpoint as LogCheckpoint
    from ledger.store.signing import (
        PrivateKey as PrivateKey,
        PublicKey as PublicKey,
        keygen as keygen,
    )

__version__ = "0.1.0"

MODULES: Final = {
    "ATTAINMENT": "ledger.projections.attainment",
    "AdjustmentKind": "ledger.domain.adjustment_kind",
    "CeilingFormula": "ledger.domain.policy",
    "Checkpoint": "ledger.domain.plan",
    "Convention": "ledger.domain.plan",
    "Currency": "ledger.domain.money",
    "Direction": "ledger.domain.indicator",
    "EXECUTION": "ledger.projections.execution",
    "Envelope": "ledger.domain.envelope",
    "Evidence": "ledger.domain.evidence",
    "Finding": "ledger.domain.finding",
    "Funding": "ledger.domain.funding",
    "Indicator": "ledger.domain.indicator",
    "IndicatorReference": "ledger.domain.indicator",
    "InvalidInput": "ledger.domain.errors",
    "Language": "ledger.domain.presentation",
    "Ledger": "ledger.app.ledger",
    "LedgerError": "ledger.domain.errors",
    "Likelihood": "ledger.domain.variance",
    "LogCheckpoint": "ledger.store.checkpoint",
    "Measure": "ledger.domain.measure",
    "Objective": "ledger.domain.objective",
    "Policy": "ledger.domain.policy",
    "PrivateKey": "ledger.store.signing",
    "Projection": "ledger.projections.projection",
    "Proration": "ledger.domain.policy",
    "PublicKey": "ledger.store.signing",
    "Rating": "ledger.domain.indicator",
    "Reading": "ledger.domain.plan",
    "Refused": "ledger.domain.refusals",
    "Scale": "ledger.domain.presentation",
    "ScoringRule": "ledger.domain.scoring_rule",
    "Settings": "ledger.domain.settings",
    "Severity": "ledger.domain.finding",
    "SpendingPlan": "ledger.domain.plan",
    "Status": "ledger.domain.status",
    "Target": "ledger.domain.target",
    "TargetKind": "ledger.domain.target_kind",
    "VarianceCategory": "ledger.domain.variance",
    "View": "ledger.app.view",
    "keygen": "ledger.store.signing",
    "parse_target": "ledger.domain.target_parser",
    "wan": "ledger.domain.money",
    "yuan": "ledger.domain.money",
}
"""The module of each public name: it loads when the name is asked for."""

NAMESPACES: Final = {
    "audit": "ledger.audit",
    "errors": "ledger.errors",
    "events": "ledger.events",
    "intake": "ledger.intake",
    "projections": "ledger.projections",
    "reports": "ledger.reports",
}
"""The modules whose own names are public too."""

if not TYPE_CHECKING:
    __all__ = list(MODULES)
    __getattr__, __dir__ = lazy(__name__, MODULES, NAMESPACES)
