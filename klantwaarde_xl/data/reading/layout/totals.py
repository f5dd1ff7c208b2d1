"""Rows of a total or a mean in a table without orders: a word that says so, and only numbers beside it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from klantwaarde_xl.data.reading.sources.marked import MARK
from klantwaarde_xl.data.reading.sources.typed_lines import with_words
from klantwaarde_xl.data.tables import Kind, Table

if TYPE_CHECKING:
    import duckdb

    from klantwaarde_xl.data.reading.export import Export

_WORDS = (
    "totaal|totalen|subtotaal|eindtotaal|total|totals|subtotal|grand total|som|gemiddelde|gemiddeld|average"
    "|mean"
)
# How a cell begins of a row that has no day: `Totaal: account`, `Total of 3 results`
_BEGINS = rf"\s*({_WORDS})\b.*"
_PART = r"^sub-?tota(al|l)\b"  # whatever it is of
_IN_EACH = "tota|som|gemid|average|mean"  # one of these is in every one of the words
_DASHES = r"[\s–—−-]*"
_REMARK = r"\W*[^\W\d_]+[^\n]* [^\n]{20,}|©.*"  # a line of text below a table
# The whole cell: a customer may be called Total Energies, and a figure Gemiddelde orderwaarde
_TOTAL = rf"\s*({_WORDS})( (generaal|algemeen|alle|overall))?\s*:?\s*[0-9.,]*\s*"
_NUMBERS = (Kind.AMOUNT, Kind.NUMBER, Kind.SCORE)


def mark_totals(
    con: duckdb.DuckDBPyConnection, table: Table, places: Mapping[str, int], width: int, header_row: int
) -> None:
    """Make the temporary table totals (rij) of the rows of lines that are none of the table's.

    The word stands where a day or a number belongs, or with no other text of ours beside it, or before other
    words in a row without the day that every row has. A line of text by itself is none of them either.
    """
    # Of a hundred thousand cells hardly one holds such a word, and no number does, which is sooner seen
    each = [f"cast(c{at} as varchar)" for at in range(width)]
    may_be = " or ".join(
        f"(not starts_with({each[at]}, '{MARK}') and regexp_matches(lower({each[at]}), '{_IN_EACH}'))"
        for at in with_words(con, range(width))
    )
    asked = f"select 1 from lines where rij > ? and ({may_be or 'false'}) limit 1"
    if not con.execute(asked, [header_row]).fetchall():
        con.execute("create or replace temp table totals as select rij from lines limit 0")
        return
    cells = {at: f"lower(trim(coalesce({cell}, '')))" for at, cell in enumerate(each)}
    kinds = {column.name: column.kind for column in table.columns}
    is_total = {at: f"regexp_full_match({cell}, '{_TOTAL}')" for at, cell in cells.items()}
    ours = {places[name]: kind for name, kind in kinds.items() if name in places}
    texts = [at for at, kind in ours.items() if kind not in _NUMBERS]
    misplaced = [is_total[at] for at, kind in ours.items() if kind not in (Kind.KEY, Kind.TEXT)]
    alone = " and ".join(f"({cells[at]} = '' or {is_total[at]})" for at in texts) or "false"
    which = " or ".join([*misplaced, f"(({' or '.join(is_total.values())}) and {alone})"])
    keys = [at for at, kind in ours.items() if kind is Kind.KEY]
    which += "".join(f" or regexp_matches({cells[at]}, '{_PART}')" for at in keys)
    days = [places[column.name] for column in table.dates if column.required and column.name in places]
    if days:
        begins = " or ".join(f"regexp_full_match({cell}, '{_BEGINS}')" for cell in cells.values())
        dayless = " and ".join(f"regexp_full_match({cells[at]}, '{_DASHES}')" for at in days)
        which += f" or (({begins}) and {dayless})"
    con.execute(
        f"create or replace temp table totals as select rij from lines where rij > ? and ({which})",
        [header_row],
    )


def leave_out_totals(export: Export) -> None:
    """Take the rows of totals, and lines of text where a day or a number belongs, out of raw, and say so."""
    export.leave_out("select rij from totals", "een totaal of gemiddelde")
    export.con.execute("drop table totals")
    ours = [column for column in export.table.columns if export.has(column.name)]
    figures = with_words(
        export.con,
        [export.places[column.name] for column in ours if column.kind not in (Kind.KEY, Kind.TEXT)],
    )
    if not figures:
        return
    cells = ", ".join(f"nullif(trim(cast(c{at} as varchar)), '')" for at in range(len(export.headers)))
    each = [f"cast(c{at} as varchar)" for at in figures]
    text = " or ".join(
        f"(contains({cell}, ' ') or contains({cell}, '©')) and regexp_full_match(trim({cell}), '{_REMARK}')"
        for cell in each
    )
    export.leave_out(
        f"select rij from lines where ({text}) and not contains(concat_ws(chr(31), {cells}), chr(31))",
        "alleen een regel tekst",
    )
