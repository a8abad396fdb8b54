"""What few calls of a ledger need: it loads when they are made, to start fast."""

from typing import Any, Final

from ledger.loading import load

SERVICES: Final = {
    "alert_cuts": "ledger.app.alert_cuts",
    "alerts": "ledger.app.alerts",
    "batches": "ledger.intake.batches",
    "bulk": "ledger.intake.bulk",
    "consistency": "ledger.audit.consistency",
    "events_template": "ledger.intake.templates.events",
    "exports": "ledger.intake.exports",
    "explaining": "ledger.app.explaining",
    "filled_forms": "ledger.app.filled_forms",
    "forms_template": "ledger.intake.templates.forms",
    "interchange": "ledger.intake.interchange",
    "issued_report": "ledger.audit.issued_report",
    "month_templates": "ledger.app.month_templates",
    "official_forms": "ledger.app.official_forms",
    "marked_sheets": "ledger.app.marked_sheets",
    "own_words": "ledger.intake.readers.own_words",
    "paid_lines": "ledger.app.paid_lines",
    "proof": "ledger.audit.proof",
    "readers": "ledger.intake.readers.file_kinds",
    "recording": "ledger.app.recording",
    "refolding": "ledger.app.refolding",
    "registers": "ledger.app.registers",
    "repeats": "ledger.app.repeats",
    "replaying": "ledger.app.replaying",
    "restating": "ledger.app.restating",
    "restore": "ledger.audit.restore",
    "selecting": "ledger.app.selecting",
    "verify": "ledger.audit.verify",
}
"""The module of each."""


def service(name: str) -> Any:
    """Return the module of a service."""
    return load(SERVICES, name)
