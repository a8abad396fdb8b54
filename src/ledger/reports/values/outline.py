"""Lines below heads, as data: what a document that is no table says as text."""

from attrs import frozen

from ledger.messages import Message


@frozen
class OutlineLine:
    """
    A line of text.

    Attributes:
        is_dim: Whether it is of less weight than others.
    """

    text: Message | str
    is_dim: bool = False


@frozen(kw_only=True)
class Outline:
    """
    Lines, and what stands below them.

    Attributes:
        head: What they are about; ``None`` where that needs no line.

        parts: Each with a head of its own.
    """

    head: Message | str | None = None
    lines: tuple[OutlineLine, ...] = ()
    parts: tuple["Outline", ...] = ()
