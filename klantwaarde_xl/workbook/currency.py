"""The currency of a workbook's own rows, which their cells do not say: as the sheet Controle has it."""

from __future__ import annotations

import re
from dataclasses import replace

from klantwaarde_xl.data.reading.cells.currencies import EURO
from klantwaarde_xl.data.reading.files import Checked
from klantwaarde_xl.data.reading.revenue.currency_said import CURRENCY
from klantwaarde_xl.data.reading.revenue.one_currency import ALL_IN
from klantwaarde_xl.data.results.quality import QUALITY, READ_ONCE
from klantwaarde_xl.data.tables import TRANSACTIONS
from klantwaarde_xl.plan.plan import Contents


def with_kept_currency(read: Checked, contents: Contents) -> Checked:
    """A table of a workbook's own with the currency that its rows had when they came from a file."""
    found = contents.table(QUALITY.table)
    if found is None or read.quality.currency != EURO or read.table.name != TRANSACTIONS.name:
        return read
    said = re.compile(re.escape(ALL_IN) + "([A-Z]{3})(?![A-Z])")
    for kind, _, about, _, text in found[1].rows:
        if kind in READ_ONCE and about == CURRENCY and (match := said.match(str(text))):
            return replace(read, quality=replace(read.quality, currency=match[1]))
    return read
