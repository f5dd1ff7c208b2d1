"""How the values of a column follow from the rows of table raw, without a copy of these rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from klantwaarde_xl.data.reading.cells.written import UNKNOWN, Written
from klantwaarde_xl.data.reading.sources.engine import make_view
from klantwaarde_xl.data.reading.sources.text import TextColumn

if TYPE_CHECKING:
    import duckdb


@dataclass(frozen=True)
class Valued:
    """The values of a column.

    value: the SQL of a row's value, null where there is none, over raw and what it is joined with; joined:
    that part of SQL, such as a table of different texts; written: what the values told of how they are
    written; note: what to say of how they were read (Dutch), empty for nothing.
    """

    value: str
    joined: str = ""
    written: Written = UNKNOWN
    note: str = ""


def by_text(column: TextColumn) -> str:
    """The SQL that joins raw with table `read_texts` of a column: what some of its texts stand for."""
    return f"left join {read_texts(column)} on {read_texts(column)}.written = raw.{column.text}"


def read_texts(column: TextColumn) -> str:
    """The name of the table (written, v; of amounts also valuta) of a column's texts."""
    return f"{column.into}_read"


def show_values(
    con: duckdb.DuckDBPyConnection, column: TextColumn, valued: Valued, currency: str = ""
) -> Valued:
    """Make the view (rij, v; with a currency also valuta) of a column's values; return these."""
    also, name = (f", {currency} as valuta", ", valuta") if currency else ("", "")
    make_view(
        con,
        column.into,
        f"""select rij, v{name} from (select raw.rij, {valued.value} as v{also} from raw {valued.joined})
            where v is not null""",
    )
    return valued
