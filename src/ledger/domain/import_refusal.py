"""The refusal of forms with errors: nothing of them is recorded."""

from collections.abc import Sequence

from ledger.domain.choice_words import LanguageKey, ScaleKey
from ledger.domain.finding import Finding, Severity, spoken
from ledger.domain.refusals import Refused
from ledger.domain.scale import Scale
from ledger.messages import Language, said


class ImportRefused(Refused):
    """
    Forms with findings of severity error; nothing was recorded.

    Attributes:
        findings: Every finding of the import, errors first.
    """

    code = "error.import_refused"

    def __init__(self, source: str, findings: Sequence[Finding]) -> None:
        self.source, self.findings = source, tuple(findings)
        count = sum(each.severity is Severity.ERROR for each in self.findings)
        super().__init__(source=source, count=count)

    def lines(
        self,
        language: Language | LanguageKey | None = None,
        scale: Scale | ScaleKey | None = None,
    ) -> Sequence[str]:
        """Return a line for the files, and one for each error."""
        chosen = self._chosen(language)
        errors = [one for one in self.findings if one.severity is Severity.ERROR]
        return [
            said(self.message, chosen, scale),
            *(f"  {one.text(chosen, scale)}" for one in errors),
        ]

    def speak(self, language: Language) -> None:
        """Take the language of the ledger, and have the findings take it."""
        super().speak(language)
        self.findings = spoken(self.findings, language)
