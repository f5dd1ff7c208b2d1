"""Lists in which a day stands on its first row only: the rows below it without one are of that day."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from itertools import pairwise

from klantwaarde_xl.data.reading.export import Export
from klantwaarde_xl.data.reading.naming.words import TOTAL
from klantwaarde_xl.data.reading.sources.engine import make_table
from klantwaarde_xl.data.reading.sources.typed import TEXT, type_of
from klantwaarde_xl.data.reading.sources.typed_lines import DATE
from klantwaarde_xl.dutch import bare_date, date_readings, format_number

_FEWEST = 3  # rows without a day
_SHARE = 0.1  # and their share: a few may have been forgotten
_ORDERS = ("dmj", "mdj", "jmd")


def fill_days(export: Export) -> bool:
    """Give rows without a day the one above, where days run on and none is written twice; say so.

    Tells whether any were filled in.

    Who writes a day once for all its rows never writes it twice; forgotten days leave others twice. Rows of
    totals and lines of text keep none. Of more rows than are looked at nothing is filled in.
    """
    if not (export.has("klant") and export.has("bedrag")):
        return False
    if type_of(export.con, export.text("datum")) not in (TEXT, DATE):
        return False
    rows = export.sample.by_row
    there = {row for (row,) in export.rows("select rij from raw")} if rows else set()
    day, who, amount = (export.places[name] for name in ("datum", "klant", "bedrag"))
    texts = {row: cells for row, cells in (rows or {}).items() if row in there}
    blank = [row for row, cells in texts.items() if not cells[day] and cells[who] and cells[amount]]
    sales = [row for row in blank if not any(re.match(TOTAL, text.lower()) for text in texts[row])]
    dated = [row for row, cells in texts.items() if cells[day]]
    if len(sales) < max(_FEWEST, _SHARE * len(texts)) or not dated or min(dated) > min(sales):
        return False
    at_the_end = min(sales) > max(dated)  # not yet known
    if at_the_end or not _run_on([texts[row][day] for row in dated]):
        return False
    above, filled = "", {}
    for row in sorted(texts):
        above = texts[row][day] or above
        if row in sales:
            filled[row] = above
    text = export.text("datum")
    cases = " ".join(
        f"when {row} then '{value.replace(chr(39), chr(39) * 2)}'" for row, value in filled.items()
    )
    make_table(export.con, "raw", f"select * replace (case rij {cases} else {text} end as {text}) from raw")
    export.say(
        "datum",
        f"{format_number(len(filled), 0)} rijen zonder datum staan op die van de rij erboven: elke "
        "datum staat er één keer, op de eerste rij van die dag",
    )
    return True


def _run_on(texts: Sequence[str]) -> bool:
    """Whether all texts are other days, in one order of their parts that rise or fall."""
    readings = [date_readings(bare_date(text) or text) for text in texts]
    for order in _ORDERS:
        days: list[dt.date] = [one for read in readings if read and (one := getattr(read, order))]
        steps = [after - before for before, after in pairwise(days)]
        none = dt.timedelta(0)
        if len(days) == len(texts) > 1 and (
            all(step > none for step in steps) or all(step < none for step in steps)
        ):
            return True
    return False
