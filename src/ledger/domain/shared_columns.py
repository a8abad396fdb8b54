"""Columns of bulk files that events of money and of results share."""

from typing import Final

from ledger.domain.event_type import Column, ColumnKind, Shown

REASON: Final = Column("reason", optional=True)
DOCUMENT: Final = Column("document", optional=True)
NAME: Final = Column("name", shown=Shown.LINE)
YEAR: Final = Column("year", ColumnKind.YEAR, optional=True, shown=Shown.NOWHERE)
