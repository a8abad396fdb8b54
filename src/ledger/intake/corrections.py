"""Findings about a form that is recorded already, as it is or as a correction."""

from collections.abc import Iterable, Sequence
from datetime import date

from ledger.domain.events import Event
from ledger.domain.finding import Finding, finding
from ledger.domain.funding import named_source, nearest_source
from ledger.domain.settings import Settings
from ledger.intake.differing_field import DifferingField
from ledger.intake.form_differences import Approval, differences
from ledger.intake.revision import FormEvent, FormTaken, Revision, held
from ledger.messages import Message, message


def _changed(differing: Sequence[DifferingField]) -> Finding:
    return finding(
        "form.changed",
        found=_fields(differing),
        expected=message("expected.same_form"),
        changes=_differences(differing),
    )


def compared(
    events: Sequence[Event],
    taken: Sequence[FormTaken],
    given: Approval,
    settings: Settings,
) -> Finding:
    """Return whether a form is recorded, as a form or in what the ledger says."""
    last = taken[-1].form
    forms = [*map(FormTaken.dated, taken), *(each.form for each in taken)]
    now = held(events, date.max)
    forms.append(last if now is None else now.form)
    if any(not differences(form, given, settings) for form in forms):
        return finding("form.already_recorded", whole=1)
    return _changed(differences(last, given, settings))


def revised(
    revision: Revision, taken: Sequence[FormTaken]
) -> tuple[list[FormEvent], list[Finding]]:
    """Return the events of a corrected form, and findings about its differences."""
    differing = differences(revision.base, revision.given, revision.settings)
    if not differing:
        return [], [finding("form.already_recorded", whole=1)]
    if taken[-1].on > revision.on:
        last = taken[-1].on
        said = finding(
            "form.before_another",
            found=revision.on.isoformat(),
            expected=message("expected.on_or_later", on=last),
            last=last,
        )
        return [], [said]
    fixed = [each for each in differing if each.kind == "fixed"]
    texts = [each for each in differing if each.kind == "text"]
    found = []
    if fixed:
        found.append(
            finding(
                "form.cannot_revise",
                found=_fields(fixed),
                expected=message("expected.fixed_fields"),
                changes=_differences(fixed),
            )
        )
    if texts:
        changes = _differences(texts)
        found.append(finding("form.text_kept", found=_fields(texts), changes=changes))
    found += [_slip(source, revision) for source in revision.slips()]
    done = revision.revised()
    if done.changed:
        found.append(finding("form.revised", changes=_differences(done.changed)))
    if done.contested:
        found.append(
            finding(
                "form.three_values",
                found=_fields(done.contested),
                changes=_differences(done.contested),
            )
        )
    if done.agreed:
        agreed = _differences(done.agreed)
        found.append(finding("form.already_recorded", changes=agreed))
    return done.events, found


def _slip(source: str, revision: Revision) -> Finding:
    """Return the finding of a source that the project has not."""
    known = sorted(part.source for part in revision.ledger.amounts)
    nearest = nearest_source(source, known)
    fitting = known if nearest is None else [nearest]
    right = message("expected.known_source", sources=[named_source(s) for s in fitting])
    return finding("form.source_unknown", found=named_source(source), expected=right)


def _differences(differing: Iterable[DifferingField]) -> list[Message]:
    """Return what each of some fields was and is."""
    return [each.in_words() for each in differing]


def _fields(differing: Iterable[DifferingField]) -> Message:
    """Return the fields that differ."""
    return message("found.several", parts=[each.field for each in differing])
