"""Tables below one another that have the same headers in another order: read by their headers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from klantwaarde_xl.data.reading.naming.headers import plain
from klantwaarde_xl.data.reading.sources.engine import own
from klantwaarde_xl.data.reading.sources.typed_lines import cells_and_typed

if TYPE_CHECKING:
    import duckdb

    from klantwaarde_xl.data.reading.cells.rows import Rows


def order_of(first: Sequence[str], other: Sequence[str]) -> tuple[int, ...] | None:
    """Where each header of the first table stands in the other; None unless these are the same, each once."""
    known, there = [*map(plain, first)], [*map(plain, other)]
    while len(there) > len(known) and not there[-1]:
        there.pop()
    if sorted(known) != sorted(there) or len({*known}) < len(known):
        return None
    return tuple(there.index(name) for name in known)


def put_in_order(
    con: duckdb.DuckDBPyConnection, order: Sequence[int], first_row: int, end: int | None = None
) -> None:
    """Move the cells of table lines to the places of the first table, from a row up to the one called end."""
    moved = ", ".join(f"c{place} = c{at}" for place, at in enumerate(order) if place != at)
    until = "" if end is None else f" and rij < {end}"
    if moved:
        own(con, "lines")
        for at in cells_and_typed(con)[1]:  # of which some would stay where they are
            con.execute(f"alter table lines drop column n{at}")
        con.execute(f"update lines set {moved} where rij >= {first_row}{until}")


def put_tables_in_order(rows: Rows, telling: int) -> tuple[str, ...]:
    """Bring what stands below a header in another order to that of the first; what to say of it (Dutch).

    telling: the place of a column, of days, in which no cell is called as a header, but for headers.
    """
    con, headers = rows.con, rows.headers
    names = {text for header in headers if header.strip() for text in (header, header.strip())}
    shown = {name.lower().strip(" ") for name in names}
    if not rows.may_hold(telling, shown.__contains__):
        return ()
    called = f"rij > {rows.header_row} and c{telling} in (select unnest($names))"
    seen = con.execute(f"from lines where {called} order by rij", {"names": sorted(names)}).fetchall()
    heads = [(row, order_of(headers, [text or "" for text in texts][: len(headers)])) for row, *texts in seen]
    heads = [(row, order) for row, order in heads if order is not None]
    said = []
    for at, (row, order) in enumerate(heads):
        if order is None or list(order) == sorted(order):
            continue
        put_in_order(con, order, row, heads[at + 1][0] if at + 1 < len(heads) else None)
        said.append(f"vanaf rij {row} staan de kolommen in een andere volgorde: gelezen naar hun kop")
    return tuple(said)
