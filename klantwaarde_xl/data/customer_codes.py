"""The rows of customers as the kernels take them: numbers for names, in as few bytes as hold them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from klantwaarde_xl.dutch import EPOCH
from klantwaarde_xl.kernels.models.log.prepare import Log

if TYPE_CHECKING:
    import duckdb


def names_of(con: duckdb.DuckDBPyConnection) -> list[str]:
    """The customers of table tx, in order of name."""
    rows = con.execute("select distinct klant from tx where klant is not null order by klant").fetchall()
    return [name for (name,) in rows]


def log_of(con: duckdb.DuckDBPyConnection) -> Log:
    """The rows of table tx with a customer, by his place in `names_of`, in any order.

    A million customers are put in order, and not their ten million rows.
    """
    con.execute("""
        create or replace temp table codes as
        select klant, cast(row_number() over (order by klant) - 1 as integer) as code
        from (select distinct klant from tx where klant is not null)""")
    columns = con.execute(
        """select code, cast(date_diff('day', $epoch, dag) as integer) as day,
             cast(bedrag as double) as amount from tx join codes using (klant)""",
        {"epoch": EPOCH},
    ).fetchnumpy()
    con.execute("drop table codes")
    return Log(*(np.asarray(columns[name]) for name in ("code", "day", "amount")))
