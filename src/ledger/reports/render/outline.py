"""Outlines as text: lines, or a tree where they stand below heads."""

from typing import Protocol

from rich.console import RenderableType
from rich.text import Text
from rich.tree import Tree

from ledger.domain.characters import in_line
from ledger.messages import Language, said
from ledger.reports.render.folding_table import TextLines
from ledger.reports.values.outline import Outline, OutlineLine
from ledger.reports.vocabulary import language_or


class Outlined(Protocol):
    """What says itself as an outline."""

    @property
    def language(self) -> Language:
        """The language that it speaks where none is named."""

    def outline(self, language: Language) -> Outline:
        """Return it as an outline."""


def shown(document: Outlined, language: str | None = None) -> RenderableType:
    """
    Return a document as lines, or as a tree.

    Raises:
        InvalidInput: There is no such language.
    """
    spoken = language_or(language, document.language)
    outline = document.outline(spoken)
    if outline.head is None:
        return TextLines([in_line(said(one.text, spoken)) for one in outline.lines])
    return _branch(Tree("", hide_root=True), outline, spoken)


def _branch(root: Tree, outline: Outline, language: Language) -> Tree:
    branch = root.add(Text(said(outline.head, language), style="bold"))
    for line in outline.lines:
        branch.add(_line(line, language))
    for part in outline.parts:
        _branch(branch, part, language)
    return root


def _line(line: OutlineLine, language: Language) -> Text:
    return Text(said(line.text, language), style="dim" if line.is_dim else "")
