"""What a form prints with a target of the year: kept and shown, never judged."""

from attrs import frozen

from ledger.domain.arguments import all_checked


@all_checked
@frozen(kw_only=True)
class Horizon:
    """
    A value of another time than the year, as it is printed.

    Attributes:
        name: What the form calls it, such as 中期指标值 or 上年完成值.

        text: As printed.
    """

    name: str
    text: str
