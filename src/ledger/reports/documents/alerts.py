"""The list of alerts as users hold it."""

from collections.abc import Mapping
from typing import ClassVar

from attrs import frozen

from ledger.domain.error_language import all_in_own_language
from ledger.json_shapes.of_registers import AlertListJson
from ledger.reports.documents.base import Rendering, renderer, rendering
from ledger.reports.documents.register import Register
from ledger.reports.values.alerts import AlertListValues


@all_in_own_language
@frozen(kw_only=True, repr=False)
class AlertList(Register[AlertListJson], AlertListValues):
    """
    What is wrong and nobody explained, the worst first (预警清单).

    Its rows are those of :class:`AlertListValues`. As a calendar it has an entry for
    each, on the day that it was due, else on the last day of the month.
    """

    renderings: ClassVar[Mapping[str, Rendering]] = {
        **Register.renderings,
        "text": rendering("alerts_text", "listed", "language"),
        "ics": rendering("calendar", "alerts", "language"),
    }

    def to_dict(self) -> AlertListJson:
        """Return the list as JSON values; keys may be added, never renamed."""
        shown: AlertListJson = renderer("register_json").register(self)
        shown["compared_with"] = None
        if self.since is not None:
            day, position = self.since.through.isoformat(), self.since.position
            shown["compared_with"] = {"through": day, "position": position}
        return shown
