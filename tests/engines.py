"""One engine for many tests: to start one takes longer than to read a small file."""

import itertools

import duckdb

from klantwaarde_xl.data.reading.sources import engine

_MOST = 20  # connections to an engine; then the next one, and what is left in the old one goes with it
_numbers = itertools.count()
_shared: list[duckdb.DuckDBPyConnection] = []


def connect() -> duckdb.DuckDBPyConnection:
    """As the product's own, but with a place in an engine in which others have theirs."""
    number = next(_numbers)
    if number % _MOST == 0:
        _shared[:] = [engine.connect()]
    con = _shared[0].cursor()
    con.execute(f"attach ':memory:' as place_{number}; use place_{number}")
    return con
