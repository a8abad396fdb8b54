"""What is said of a form that is recorded already: as it is, or as a correction."""

from collections.abc import Iterable, Sequence
from datetime import date

from ledger.domain.events import Event
from ledger.domain.finding import Finding, error, note, warning
from ledger.domain.funding import nearest_source
from ledger.domain.settings import Settings
from ledger.intake.revision import (
    Approval,
    Difference,
    FormEvent,
    FormTaken,
    Revision,
    differences,
    held,
)


def _changed(differing: Sequence[Difference]) -> Finding:
    return error(
        "form.changed",
        f"is recorded with other content: {_listed(differing)}",
        found="; ".join(each.field for each in differing),
        expected="the same form; or --revise, to record what changed",
    )


def compared(
    events: Sequence[Event],
    taken: Sequence[FormTaken],
    given: Approval,
    settings: Settings,
) -> Finding:
    """Say whether a form is recorded, as a form or in what the ledger says."""
    last = taken[-1].form
    forms = [*map(FormTaken.dated, taken), *(each.form for each in taken)]
    forms.append(held(events, date.max) or last)
    if any(not differences(form, given, settings) for form in forms):
        return note("form.already_recorded", "recorded already")
    return _changed(differences(last, given, settings))


def revised(
    revision: Revision, taken: Sequence[FormTaken]
) -> tuple[list[FormEvent], list[Finding]]:
    """Return what records a corrected form, and what is said of its differences."""
    differing = differences(revision.base, revision.given, revision.settings)
    if not differing:
        return [], [note("form.already_recorded", "recorded already")]
    if taken[-1].on > revision.on:
        last = taken[-1].on
        said = error(
            "form.before_another",
            f"is dated {revision.on}; a form of {last} is recorded already",
            found=revision.on.isoformat(),
            expected=f"--on {last} or later",
        )
        return [], [said]
    fixed = [each for each in differing if each.kind == "fixed"]
    texts = [each for each in differing if each.kind == "text"]
    found = []
    if fixed:
        found.append(
            error(
                "form.cannot_revise",
                f"no event can change this: {_listed(fixed)}",
                found="; ".join(each.field for each in fixed),
                expected="the indicators, levels, unit and year that are recorded",
            )
        )
    if texts:
        found.append(
            warning(
                "form.text_kept",
                f"stays as it is recorded: {_listed(texts)}",
                found="; ".join(each.field for each in texts),
            )
        )
    found += [_slip(source, revision) for source in revision.slips()]
    done = revision.revised()
    if done.changed:
        found.append(note("form.revised", f"revised: {_listed(done.changed)}"))
    if done.contested:
        found.append(
            warning(
                "form.three_values",
                "the ledger says neither what the form said nor what it says now; "
                "of money the form's change is recorded, of a plan or target what the "
                f"form says: {_listed(done.contested)}",
                found="; ".join(each.field for each in done.contested),
            )
        )
    if done.agreed:
        agreed = f"the ledger says so already: {_listed(done.agreed)}"
        found.append(note("form.already_recorded", agreed))
    return done.events, found


def _slip(source: str, revision: Revision) -> Finding:
    known = sorted(part.source for part in revision.ledger.amounts)
    return error(
        "form.source_unknown",
        f"the project has no funding source {source!r}",
        found=source,
        expected=f"{nearest_source(source, known)}; or --new-source, if it is new",
    )


def _listed(differing: Iterable[Difference]) -> str:
    return "; ".join(map(str, differing))
