"""The engine, and what stands in it under a name: a table of its own, or a view of another.

A view costs no memory and only the columns that are asked of it, so what is read stays one as long as
nobody changes its rows.
"""

from __future__ import annotations

import tempfile
import uuid
from pathlib import Path
from typing import TYPE_CHECKING

from klantwaarde_xl.leftovers import begins

if TYPE_CHECKING:
    import duckdb

# Gigabytes of the engine's own; the rest goes to disk. Beside it stand, of a hundred million rows, the
# customers and the arrays of a fit, which take as much again
_MOST = 2.5
# Bytes of text up to which one thread is sooner ready: the engine deals rows out by the 122,880
_SMALL = 8_000_000


def connect() -> duckdb.DuckDBPyConnection:
    """Start an engine in memory that goes on in the computer's own folder for such, where memory is short.

    It has one thread, until `widen` gives it all.
    """
    import duckdb

    con = duckdb.connect()
    # The engine makes and removes it; the name says whose it is, should the engine be killed
    folder = Path(tempfile.gettempdir()) / f"{begins()}{uuid.uuid4().hex}"
    con.execute("set temp_directory = $folder", {"folder": str(folder)})
    size, unit = con.execute("select current_setting('memory_limit')").fetchall()[0][0].split()
    if unit == "TiB" or (unit == "GiB" and float(size) > _MOST):
        con.execute(f"set memory_limit = '{_MOST}GiB'")
    con.execute("set threads = 1")
    return con


def widen(con: duckdb.DuckDBPyConnection, size: int | None = None) -> None:
    """Give the engine all threads for what is to be read; size: its bytes of text, None for not known."""
    if size is None or size > _SMALL:
        con.execute("reset threads")


def drop(con: duckdb.DuckDBPyConnection, *names: str) -> None:
    """Drop tables and views; a name that is not there is no trouble."""
    for name in names:
        if not _done(con, f"drop table if exists {name}"):
            con.execute(f"drop view {name}")


def make_view(con: duckdb.DuckDBPyConnection, name: str, query: str) -> None:
    """Give a query a name, in place of what had it."""
    if not _done(con, f"create or replace view {name} as {query}"):
        drop(con, name)
        con.execute(f"create view {name} as {query}")


def make_table(con: duckdb.DuckDBPyConnection, name: str, query: str) -> None:
    """Keep the rows of a query under a name, in place of what had it, which the query may read."""
    con.execute(f"create or replace table made as {query}")
    drop(con, name)
    con.execute(f"alter table made rename to {name}")


def own(con: duckdb.DuckDBPyConnection, name: str) -> None:
    """Make a table of a view, so that its rows can be changed."""
    if _kinds(con).get(name) == "view":
        make_table(con, name, f"from {name}")


def stands(con: duckdb.DuckDBPyConnection, name: str) -> bool:
    """Whether a table or view is called so."""
    return name in _kinds(con)


def _done(con: duckdb.DuckDBPyConnection, statement: str) -> bool:
    """Do it, unless what it names is of another kind: to try is sooner done than to look what stands."""
    import duckdb

    try:
        con.execute(statement)
    except duckdb.CatalogException as error:
        if "existing object" not in str(error).lower():
            raise
        return False
    return True


def _kinds(con: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """What stands, and for a table or a view: all of it, which is sooner said than sought."""
    rows = con.execute(
        """select table_name, 'table' from duckdb_tables() where database_name in ('temp', current_database())
           union all select view_name, 'view' from duckdb_views()
           where not internal and database_name in ('temp', current_database())"""
    ).fetchall()
    return dict(rows)
