"""What became of a file of facts that came in."""

from collections.abc import Iterable

from attrs import field, frozen

from ledger.domain.arguments import all_checked
from ledger.domain.one_line import OneLine
from ledger.json_shapes.of_reports import RecordedJson
from ledger.messages import Language, Message, message


@all_checked
@frozen(kw_only=True, repr=False)
class Recorded(OneLine):
    """
    What became of a bulk file.

    Attributes:
        new: How many events were appended.

        already: How many lines were there, by their keys or their content.

        left_out: How many rows of an exported table are no facts: sums, those without
            an amount, and those that its mapping leaves out.

        position: The end of the log after it.

        undone: Those of *already* that were reversed or retracted since, each with
            what undid it.
    """

    new: int
    already: int
    position: int
    left_out: int = 0
    undone: tuple[Message, ...] = ()
    language: Language = field(default=Language.ENGLISH, eq=False)

    def summary(self) -> Iterable[Message | str]:
        """Return how many events are new, how many were there, and the position."""
        yield message("summary.new", count=self.new)
        yield message("summary.already", count=self.already)
        if self.left_out:
            yield message("summary.left_out", count=self.left_out)
        yield message("summary.undone", count=len(self.undone)) if self.undone else ""
        yield message("summary.position", position=self.position)

    def to_dict(self) -> RecordedJson:
        """Return it as JSON values, its words in English."""
        return {
            "new": self.new,
            "already": self.already,
            "left_out": self.left_out,
            "position": self.position,
            "undone": [str(each) for each in self.undone],
        }
