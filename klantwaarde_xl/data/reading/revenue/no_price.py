"""Rows without a price in a list of prices: a dash says that it is not sold there, not that it is free."""

from __future__ import annotations

from klantwaarde_xl.data.reading.cells.looks import NOUGHT
from klantwaarde_xl.data.reading.export import Export
from klantwaarde_xl.data.reading.sources.marked import MARK

_NONE = (
    rf"{NOUGHT}|n\.?b\.?|n/?a|niet leverbaar|uitverkocht|sold out|out of stock|unavailable|not available"
    r"|[€$£]? ?0+([.,]0+)?"
)


def leave_out_no_price(export: Export) -> None:
    """Leave out rows whose price is nought, a dash or a word for none; other words stay to be refused."""
    for column in export.table.columns:
        if column.above_nought and export.has(column.name):
            text = f"lower(ltrim({export.shown(column.name)}, '{MARK}'))"
            export.leave_out(
                f"select rij from raw where regexp_full_match({text}, '{_NONE}')", f"geen {column.name}"
            )
