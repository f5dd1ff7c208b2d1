"""The rows of customers as the kernels take them: numbers for names, in as few bytes as hold them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from klantwaarde_xl.dutch import EPOCH
from klantwaarde_xl.kernels.models.log.prepare import Log

if TYPE_CHECKING:
    import duckdb


def log_of(con: duckdb.DuckDBPyConnection) -> tuple[list[str], Log]:
    """The customers of table tx in order of name, and its rows with a customer's place there for his name.

    Rows come in any order. A million customers are put in order, and not their ten million rows.
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
    customers, days, amounts = (np.asarray(columns.pop(name)) for name in ("code", "day", "amount"))
    names = [name for (name,) in con.execute("select klant from codes order by code").fetchall()]
    con.execute("drop table codes")
    return names, Log(customers, days, amounts)
