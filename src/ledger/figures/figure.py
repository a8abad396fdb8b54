"""The shape of a row of the figure registry: all that is known of a figure."""

from enum import Enum, IntEnum, auto
from typing import Any, Final, NamedTuple

from attrs import Factory, field, frozen

from ledger.domain.adjustment_kind import BudgetPart
from ledger.domain.event_type import Flow
from ledger.messages.keyed_enum import KeyedEnum


class FigureKind(KeyedEnum):
    """
    What the value of a figure is, which says how each rendering writes it.

    A *result* is a number, a date, a rating or a text; *parts* are what of a number
    falls to each value of a dimension. A *choice* is a member of an
    enumeration other than a status. A *reason* is a text of ours, in any language.
    """

    MONEY = "money"
    RATE = "rate"
    COUNT = "count"
    NUMBER = "number"
    POINTS = "points"
    DATE = "date"
    STATUS = "status"
    RESULT = "result"
    CHOICE = "choice"
    FLAG = "flag"
    TARGET = "target"
    TEXT = "text"
    REASON = "reason"
    EXPLANATION = "explanation"
    PARTS = "parts"


class Scope(IntEnum):
    """
    What has a figure of money: that, and all that is smaller, have it.

    Attributes:
        SOURCE: Each funding source, each project and each sum of them.

        TOTAL: Each project and each sum of projects.

        LINE: The money of one project.

        PROJECT: One project with its indicators.
    """

    SOURCE = 0
    TOTAL = 1
    LINE = 2
    PROJECT = 3


class Width(IntEnum):
    """
    How wide a place must be to show a figure; wider places show it too.

    Attributes:
        DATA: Only JSON and CSV.

        SHEET: Workbooks and tidy rows.

        PAGE: What a page says of one project, and the table of its sources.

        LIST: Lists of many projects or indicators, on a page or a terminal.
    """

    DATA = 0
    SHEET = 1
    PAGE = 2
    LIST = 3


class PlanFollowed(KeyedEnum):
    """Which spending plan a planned amount follows."""

    IN_FORCE = "in force"
    FIRST = "first"


class Ground(Enum):
    """
    What a figure rests on, other than flows of money.

    Attributes:
        APPROVAL: What founds the project or the unit.

        OPENING: What carried in the money that opens a project's year alone.

        PLAN: The spending plan in force, or what says that there is none.

        FIRST_PLAN: The same of the plan that came first.

        CLOSURE: The closing of the project.

        LAST_MONTH: The same, of an indicator that is asked about each month: it ends
            with the closing.

        AHEAD: Facts about its money that are effective later.

        TARGET: The target in force.

        READING: The target in force, where it makes another figure of the same results.

        EASING: The plan in force, where it eases what is expected of a sum.

        DUE: The plan in force, where it changes when all is planned at once.

        RESULTS: The results that stand.

        COUNTED: The results that make the figure.

        SCORE: The score that a person gave last.

        EXPLANATION: The explanation that was given last.

        TITLE: What the project is called, and the unit that it belongs to.

        POLICY: What sets by what figures are judged.

        ROWS: What the form says of its indicators, other than targets.
    """

    APPROVAL = auto()
    OPENING = auto()
    PLAN = auto()
    FIRST_PLAN = auto()
    CLOSURE = auto()
    LAST_MONTH = auto()
    AHEAD = auto()
    TARGET = auto()
    READING = auto()
    EASING = auto()
    DUE = auto()
    RESULTS = auto()
    COUNTED = auto()
    SCORE = auto()
    EXPLANATION = auto()
    TITLE = auto()
    POLICY = auto()
    ROWS = auto()


_OF_PLAN: Final = {
    PlanFollowed.IN_FORCE: Ground.PLAN,
    PlanFollowed.FIRST: Ground.FIRST_PLAN,
}


Grounds = frozenset[Flow | Ground | BudgetPart]


class SignedFigure(NamedTuple):
    """A figure that another one is made of, added or taken away."""

    figure: "Figure"
    sign: int


_SAID: Final = frozenset(
    {
        FigureKind.TEXT,
        FigureKind.REASON,
        FigureKind.CHOICE,
        FigureKind.COUNT,
        FigureKind.FLAG,
    }
)
_AS_KEY: Final[Any] = Factory(lambda self: self.key, takes_self=True)


@frozen(eq=False, kw_only=True)
class Figure:
    """
    What is known of a figure.

    Attributes:
        key: Its name in JSON, and the property of a line that has it.

        narrowest: The narrowest place that shows it.

        word: The key of the words that head it.

        exact: The property with the number before it is rounded.

        parts: The figures that it is the sum of, each with its sign.

        ratio: The figures of which it is the quotient: part and whole.

        flows: The flows of money that it rests on. An amount with one of them, made of
            no others, is its sum over the events.

        founding: Whether only what founds a project counts, and is no other part.

        budget_part: The part of the budget that it is. People are shown it only
            where it is not nothing.

        plan: The plan that it follows.

        cumulative: Of a month: whether it counts from the start of the year.

        of_closing: Whether it tells what a closing left: people are shown such figures
            only where one of them is not nothing.

        while_open: Whether there is nothing of it in a year that is closed.

        of_commitments: Whether it tells what is open of commitments: so too.

        is_rare: Whether people are shown it only where it is not nothing.

        shown_with: The figure without which people are not shown it.

        unlike: The figure that it differs from where people are shown it.

        out_of: What it is counted out of, shown with it: points and their weight.

        grounds: What it rests on other than flows, plan and parts.
    """

    key: str = field(kw_only=False)
    kind: FigureKind = field(kw_only=False)
    scope: Scope = Scope.TOTAL
    narrowest: Width = Width.DATA
    word: str = _AS_KEY
    exact: str = _AS_KEY
    parts: tuple[SignedFigure, ...] = ()
    ratio: "tuple[Figure, Figure] | None" = None
    flows: tuple[Flow, ...] = ()
    founding: bool = False
    budget_part: BudgetPart | None = None
    plan: PlanFollowed | None = None
    cumulative: bool = False
    of_closing: bool = False
    while_open: bool = False
    of_commitments: bool = False
    is_rare: bool = False
    shown_with: "Figure | None" = None
    unlike: "Figure | None" = None
    out_of: "Figure | None" = None
    grounds: frozenset[Ground] = frozenset()

    def __pos__(self) -> SignedFigure:
        return SignedFigure(self, 1)

    def __neg__(self) -> SignedFigure:
        return SignedFigure(self, -1)

    @property
    def is_explained(self) -> bool:
        """Whether it can be explained; a figure that a form gives cannot."""
        return self.kind not in _SAID or bool(self.flows)

    @property
    def made_of(self) -> "tuple[Figure, ...]":
        """The figures that it is a sum or a quotient of."""
        return self.ratio or tuple(part.figure for part in self.parts)

    @property
    def rests_on(self) -> Grounds:
        """All that it rests on, that of its parts included."""
        if self.budget_part is not None:
            return frozenset({self.budget_part})
        own: set[Flow | Ground | BudgetPart] = {*self.flows, *self.grounds}
        if self.founding:
            own = {Ground.APPROVAL}
        elif self.plan is not None:
            own.add(_OF_PLAN[self.plan])
        return frozenset(own).union(*(part.rests_on for part in self.made_of))

    def of(self, line: object) -> Any:
        """Return its value in a line, a sum, a month or an indicator."""
        return getattr(line, self.key)

    def exactly_of(self, line: object) -> Any:
        """Return the number that its value was rounded from."""
        return getattr(line, self.exact)


def amount(key: str, **more: Any) -> Figure:
    """Return an amount of each source, project and sum, as a page shows it."""
    given = {"scope": Scope.SOURCE, "narrowest": Width.PAGE, **more}
    return Figure(key, FigureKind.MONEY, **given)
