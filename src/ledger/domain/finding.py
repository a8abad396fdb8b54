"""One thing that looks wrong: where it is, what it is and how bad."""

from collections.abc import Iterable, Mapping, Sequence

from attrs import evolve as replace
from attrs import field, frozen

from ledger.domain.arguments import all_checked
from ledger.domain.choice_words import LanguageKey, ScaleKey
from ledger.domain.choices import by_word_only
from ledger.domain.scale import Scale
from ledger.messages import (
    Language,
    Message,
    Plain,
    Value,
    known_language,
    message,
    readers_language,
    said,
    severity,
    without_language,
)
from ledger.messages.keyed_enum import KeyedEnum


@by_word_only
class Severity(KeyedEnum):
    """
    How bad a finding is.

    An *error* stops an import; a *warning* is recorded with the event; a *note* says
    how something was read.
    """

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


Text = Message | str
"""A text of ours, or one that was found as it is."""


def _parts(place: Text | Sequence[Text]) -> tuple[Text, ...]:
    parts = [place] if isinstance(place, str | Message) else place
    return tuple(part for part in parts if part)


@all_checked
@frozen(repr=False)
class Finding:
    """
    One thing that looks wrong, or how an unclear thing was read.

    Attributes:
        code: A stable dotted name such as ``plan.instalments``; listed in the docs. Its
            text is ``finding.`` and the code in the tables of messages.

        values: Of the text, by the names of its places.

        where: Where it stands, from the outside in: file, project, row, field.

        found: The text as it was printed.

        understood: How it was read, if it was read at all.

        expected: What would be right.

        language: That of the ledger which it came from, if any; no part of what it
            says, of its JSON or of an event that holds it.
    """

    code: str
    values: Mapping[str, Plain] = field(factory=dict)
    where: tuple[Text, ...] = field(
        default=(), converter=_parts, kw_only=True, alias="place"
    )
    found: Text | None = field(default=None, kw_only=True)
    understood: Text | None = field(default=None, kw_only=True)
    expected: Text | None = field(default=None, kw_only=True)
    # What begins with an underscore stays out of JSON.
    _language: Language | None = field(default=None, kw_only=True, eq=False, repr=False)

    @property
    def language(self) -> Language | None:
        """The language of the ledger that it came from; ``None`` without a ledger."""
        return self._language

    @property
    def severity(self) -> Severity:
        """How bad it is; the tables of messages say so of its code."""
        return Severity(severity(self.code))

    @property
    def message(self) -> str:
        """What it says, in the language of its ledger, else in that of the locale."""
        return self.content.said(self._chosen(None))

    @property
    def content(self) -> Message:
        """What it says, as data."""
        own = {
            "found": self.found,
            "understood": self.understood,
            "expected": self.expected,
        }
        return Message(f"finding.{self.code}", {**own, **self.values})

    @property
    def place(self) -> str:
        """Where it stands, in the language of its ledger, else of the locale."""
        return self.placed(self._chosen(None))

    def placed(self, language: Language, scale: Scale | ScaleKey | None = None) -> str:
        """Return where it stands, in words."""
        return " › ".join(said(part, language, scale) for part in self.where)

    def at(self, *place: Text, language: Language | None = None) -> "Finding":
        """Return the same finding with *place* before its own; see :meth:`spoken`."""
        own = self._language or language
        return replace(self, place=(*place, *self.where), language=own)

    def spoken(self, language: Language | None) -> "Finding":
        """Return the same finding in the language of a ledger, unless it has one."""
        if language is None or self._language is not None:
            return self
        return replace(self, language=language)

    def text(
        self,
        language: Language | LanguageKey | None = None,
        scale: Scale | ScaleKey | None = None,
    ) -> str:
        """
        Return how bad it is, its code, where it stands and what it says; never raises.

        Args:
            language: ``zh`` or ``en``; by default that of the ledger which it came
                from, else that of the locale. A last line says so where there is none
                such.

            scale: ``1`` for amounts in the main unit of the currency, ``10000`` for
                万 of it; by default that of the ledger.
        """
        chosen = self._chosen(language)
        whole = message(
            "line.finding",
            severity=self.severity,
            code=self.code,
            place=self.placed(chosen, scale),
            what=self.content,
        )
        lines = [whole.said(chosen, scale), *without_language(language, chosen)]
        return "\n".join(lines)

    def _chosen(self, language: object) -> Language:
        known = known_language(language) or known_language(self._language)
        return known or readers_language()

    def __str__(self) -> str:
        return self.text()

    def __repr__(self) -> str:
        return f"<Finding {self.text()}>"


def finding(
    code: str,
    *,
    place: Text | Sequence[Text] = "",
    found: Text | None = None,
    understood: Text | None = None,
    expected: Text | None = None,
    **values: Value,
) -> Finding:
    """Return the finding *code* with *values* in the places of its text."""
    return Finding(
        code,
        message(code, **values).values,
        place=place,
        found=found,
        understood=understood,
        expected=expected,
    )


def spoken(findings: Iterable[Finding], language: Language) -> tuple[Finding, ...]:
    """Return *findings* in the language of the ledger that they came from."""
    return tuple(one.spoken(language) for one in findings)


def tally(findings: Iterable[Finding]) -> Message:
    """
    Return how many findings of each severity there are.

    >>> str(tally([finding("form.changed"), finding("plan.percent")]))
    '1 error, 0 warnings, 1 note'
    """
    found = [one.severity for one in findings]
    counts = {severity.value: found.count(severity) for severity in Severity}
    return message("line.tally", **counts)
