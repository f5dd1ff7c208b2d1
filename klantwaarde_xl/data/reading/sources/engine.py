"""The engine, and what stands in it under a name: a table of its own, or a view of another.

A view costs no memory and only the columns that are asked of it, so what is read stays one as long as
nobody changes its rows.
"""

from __future__ import annotations

import tempfile
import uuid
import weakref
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from klantwaarde_xl.errors import KlantwaardeError
from klantwaarde_xl.leftovers import begins

if TYPE_CHECKING:
    import duckdb

# Gigabytes of the engine's own; the rest goes to disk. Beside it stand, of a hundred million rows, the
# customers and the arrays of a fit, which take as much again
_MOST = 2.5
# Bytes of text up to which one thread is sooner ready: the engine deals rows out by the 122,880
_SMALL = 8_000_000
# Bytes of text whose queries are sooner run as they stand: better plans take a tenth of a small read
_TINY = 200_000
# What is done to a query all the same, lest a join by `where` would look at every pair of rows
_KEPT = frozenset(["filter_pushdown", "join_order", "unused_columns"])
_FEW = 6  # names that are sooner dropped than asked for
# What stands as a view, which only `make_view` makes: sooner remembered than sought
_views: weakref.WeakKeyDictionary[duckdb.DuckDBPyConnection, set[str]] = weakref.WeakKeyDictionary()
_wide: weakref.WeakSet[duckdb.DuckDBPyConnection] = weakref.WeakSet()  # that hold more than a tiny table
_names_of_passes: list[str] = []  # as the engine calls them, once it was asked


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
    """Give the engine all threads for what is to be read, and better plans; size: its bytes, if known."""
    if size is None or size > _SMALL:
        con.execute("reset threads")
    if size is None or size > _TINY:
        _wide.add(con)
        con.execute("reset disabled_optimizers")
    elif con not in _wide:  # nothing larger is in it
        con.execute("set disabled_optimizers = $passes", {"passes": _passes(con)})


def _passes(con: duckdb.DuckDBPyConnection) -> str:
    """The engine's ways to a better plan, but the few that are kept."""
    if not _names_of_passes:
        found = con.execute("select name from duckdb_optimizers()").fetchall()
        _names_of_passes.append(",".join(name for (name,) in found if name not in _KEPT))
    return _names_of_passes[0]


def lacks_room(error: Exception) -> KlantwaardeError | None:
    """What to say where the computer lacks memory or disk, so that no file is at fault; else None."""
    if isinstance(error, MemoryError) or type(error).__name__ == "OutOfMemoryException":
        return KlantwaardeError(
            "Er is te weinig geheugen vrij om dit te doen.",
            remedy="Sluit andere programma's en probeer het opnieuw, of neem een computer met meer geheugen.",
        )
    if type(error).__name__ == "IOException" and "No space left" in str(error):
        return KlantwaardeError(
            "De schijf is vol: er is geen plaats voor wat tijdens het rekenen bewaard moet worden.",
            where=tempfile.gettempdir(),
            remedy="Maak ruimte vrij en probeer het opnieuw.",
        )
    return None


def sql_text(text: str) -> str:
    """A text as it stands in a query."""
    return "'" + text.replace("'", "''") + "'"


def sql_texts(texts: Iterable[str]) -> str:
    """Texts as they stand in a query behind `in`, without the brackets."""
    return ", ".join(map(sql_text, texts))


def drop(con: duckdb.DuckDBPyConnection, *names: str) -> None:
    """Drop tables and views; a name that is not there is no trouble."""
    views = _views_of(con)
    for name in names if len(names) <= _FEW else _those_there(con, names):
        con.execute(f"drop {'view' if name in views else 'table'} if exists {name}")
        views.discard(name)


def make_view(con: duckdb.DuckDBPyConnection, name: str, query: str) -> None:
    """Give a query a name, in place of what had it."""
    views = _views_of(con)
    if name not in views:
        con.execute(f"drop table if exists {name}")
    con.execute(f"create or replace view {name} as {query}")
    views.add(name)


def make_table(con: duckdb.DuckDBPyConnection, name: str, query: str) -> None:
    """Keep the rows of a query under a name, in place of what had it, which the query may read."""
    if name not in _views_of(con):
        con.execute(f"create or replace table {name} as {query}")
        return
    con.execute(f"create or replace table made as {query}")
    drop(con, name)
    con.execute(f"alter table made rename to {name}")


def make_rows(
    con: duckdb.DuckDBPyConnection, name: str, types: Mapping[str, str], rows: Iterable[Sequence[Any]]
) -> None:
    """Keep rows of ours under a name, in place of what had it; types: of its columns, by name.

    A column at a time: a row at a time takes the engine a hundred times as long.
    """
    columns = list(zip(*rows, strict=True)) or [()] * len(types)
    each = zip(types.items(), columns, strict=True)
    given = {f"c{at}": (field, kind, list(values)) for at, ((field, kind), values) in enumerate(each)}
    shown = ", ".join(f"unnest(cast(${at} as {kind}[])) as {field}" for at, (field, kind, _) in given.items())
    drop(con, name)
    con.execute(
        f"create table {name} as select {shown}", {at: values for at, (_, _, values) in given.items()}
    )


def own(con: duckdb.DuckDBPyConnection, name: str) -> None:
    """Make a table of a view, so that its rows can be changed."""
    if name in _views_of(con):
        make_table(con, name, f"from {name}")


def stands(con: duckdb.DuckDBPyConnection, name: str) -> bool:
    """Whether a table or view is called so."""
    import duckdb

    if name in _views_of(con):
        return True
    try:
        con.table(name)  # sooner than to look through all that the engine has
    except duckdb.CatalogException:
        return False
    return True


def _those_there(con: duckdb.DuckDBPyConnection, names: Iterable[str]) -> list[str]:
    """Those of these tables and views that stand: to ask is sooner than to drop what is not there."""
    listed = "select table_name from duckdb_tables() where database_name in ('temp', current_database())"
    there = _views_of(con) | {name for (name,) in con.execute(listed).fetchall()}
    return [name for name in names if name in there]


def _views_of(con: duckdb.DuckDBPyConnection) -> set[str]:
    return _views.setdefault(con, set())
