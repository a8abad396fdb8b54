"""Reasons as a cell of a form has them: the category, the text and the remedy."""

from attrs import frozen

from ledger.app.form_cells import FormCells
from ledger.domain.variance import VarianceCategory


@frozen
class WrittenReason:
    """Why something deviates, as a cell says it."""

    category: VarianceCategory
    text: str
    remedy: str | None


def written_reason(text: str, cells: FormCells) -> WrittenReason:
    """Return what a text says: it may begin with a category, and end with a remedy."""
    category, label = VarianceCategory.OTHER, cells.remedy_label
    for one, words in cells.categories.items():
        if text.startswith(words):
            category, text = one, text.removeprefix(words)
    reason, there, remedy = f"\n{text}".rpartition(f"\n{label}")
    if not there or not reason.strip():
        return WrittenReason(category, text.strip(), None)
    return WrittenReason(category, reason.strip(), remedy.strip() or None)


def is_labelled(text: str, cells: FormCells) -> bool:
    """Return whether a text begins with a category."""
    return any(text.startswith(label) for label in cells.categories.values())


def split_off(text: str, last: str | None) -> tuple[str, str | None]:
    """Return a text without the one that it ends with, and that one if it does."""
    if not last:
        return text, None
    if text == last:
        return "", last
    if text.endswith(f"\n{last}"):
        return text[: -len(last) - 1].rstrip(), last
    return text, None
