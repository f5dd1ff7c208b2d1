"""Parquet: one file, or the files of a folder or pattern that have one shape."""

from __future__ import annotations

import glob
import itertools
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from klantwaarde_xl.data.reading.cells.contents import SAMPLE
from klantwaarde_xl.data.reading.sources.engine import make_view, sql_texts
from klantwaarde_xl.data.reading.sources.source import TEXT_NAMES, WORKBOOK_NAMES, Source
from klantwaarde_xl.data.reading.sources.typed import (
    Typed,
    cells_of,
    refuse_types,
    types_of,
    zone_notes,
)
from klantwaarde_xl.data.reading.sources.typed_places import places_of
from klantwaarde_xl.data.tables import Table
from klantwaarde_xl.errors import FileUnreadable

if TYPE_CHECKING:
    import duckdb

MAGIC = b"PAR1"
ENDINGS = (".parquet", ".pq", ".parq")
_READ = "read_parquet(?, hive_partitioning = false)"


def parquet_files(word: str) -> list[Path]:
    """The Parquet files that a folder (with those below it) or a pattern stands for, by name.

    Raises `FileUnreadable` for other files with data beside them, which are not read together with these.
    """
    path = Path(word)
    if path.is_dir():
        found = [*path.rglob("*")]
    elif any(sign in word for sign in "*?[") and not path.exists():
        found = [Path(one) for one in glob.glob(word, recursive=True)]  # noqa: PTH207  (from the root or from here)
    else:
        return []
    # Programs that write a dataset leave their own files beside it, named _ or .
    there = sorted(one for one in found if one.is_file() and not one.name.startswith(("_", ".", "~")))
    files = [one for one in there if one.suffix.lower() in ENDINGS]
    others = [one for one in there if one.suffix.lower() in (*TEXT_NAMES, *WORKBOOK_NAMES)]
    if files and others:
        raise FileUnreadable(
            f"Hier staan Parquet-bestanden naast {others[0].name}: die zijn niet samen te lezen.",
            where=word,
            remedy="Zet elke soort in een eigen map, of kies er één met een patroon, zoals "
            f'"{files[0].parent / f"*{files[0].suffix}"}".',
        )
    return files


def from_parquet(
    con: duckdb.DuckDBPyConnection,
    files: Sequence[Path],
    shown: Path,
    table: Table,
    named: Mapping[str, str] | None,
) -> Typed:
    """Show the rows of Parquet files, one after the other, as view lines, which reads what is asked of it.

    shown: what the user named. Raises `FileUnreadable` for a damaged file, for files of
    different shapes and for a column whose type holds no value of its kind, and `ColumnsMissing`.
    """
    import duckdb

    source = Source(shown)
    for setting in ("autoinstall_known_extensions", "autoload_known_extensions"):
        con.execute(f"set {setting} = false")  # nothing is fetched from the network
    con.execute("set preserve_insertion_order = true")
    shape = _shape(con, files[0])
    for other in files[1:]:
        _refuse_other_shape(shape, _shape(con, other), files[0], other)
    headers, types = [*shape], [*shape.values()]
    places = places_of(headers, table, named, source, lambda: _first(con, files[0]))
    refuse_types(types, headers, places, table, source)
    try:
        make_view(con, "lines", _lines(con, files, headers, cells_of(headers, types, places)))
    except duckdb.Error as error:
        raise _unreadable(shown) from error
    notes = zone_notes(types, headers, places, table)
    if len(files) > 1:
        notes = (*notes, f"{len(files)} bestanden, op volgorde van naam: rijnummers tellen door")
    return Typed(tuple(headers), source, notes, _unreadable(shown))


def _lines(con: duckdb.DuckDBPyConnection, files: Sequence[Path], headers: Sequence[str], cells: str) -> str:
    """The query for the rows of files, numbered on, which the engine can begin anywhere."""
    names = [glob.escape(str(one)) for one in files]
    if {"file_row_number", "file_index"} & {header.casefold() for header in headers}:
        row = "row_number() over ()"  # these are the engine's names, unless the file has them
    else:
        counted = con.execute("select num_rows from parquet_file_metadata(?)", [names]).fetchall()
        before = [*itertools.accumulate((rows for (rows,) in counted), initial=0)]
        row = (
            "file_row_number + 1"
            if len(files) == 1
            else f"file_row_number + 1 + {before}[cast(file_index as bigint) + 1]"
        )
    told = sql_texts(names)
    return f"select {row} as rij, {cells} from {_READ.replace('?', f'[{told}]')}"


def _first(con: duckdb.DuckDBPyConnection, file: Path) -> list[tuple[Any, ...]]:
    """The first records of a file."""
    import duckdb

    try:
        return con.execute(f"select * from {_READ} limit {SAMPLE}", [glob.escape(str(file))]).fetchall()
    except duckdb.Error as error:
        raise _unreadable(file) from error


def _shape(con: duckdb.DuckDBPyConnection, file: Path) -> dict[str, str]:
    """The types of a file's columns, by name."""
    import duckdb

    name = [glob.escape(str(file))]
    try:
        described = con.execute(f"describe select * from {_READ}", name).fetchall()
        return dict(zip([row[0] for row in described], types_of(con, _READ, name), strict=True))
    except duckdb.Error as error:
        raise _unreadable(file) from error


def _refuse_other_shape(first: Mapping[str, str], other: Mapping[str, str], one: Path, two: Path) -> None:
    if first == other:
        return
    differing = next(name for name in [*first, *other] if first.get(name) != other.get(name))
    raise FileUnreadable(
        f"Deze bestanden hebben niet dezelfde kolommen: {differing!r} is in het ene "
        f"{first.get(differing, 'er niet')} en in het andere {other.get(differing, 'er niet')}.",
        where=f"{one} en {two}",
        remedy="Noem alleen bestanden met dezelfde kolommen en types.",
    )


def _unreadable(path: Path) -> FileUnreadable:
    return FileUnreadable(
        "Dit Parquet-bestand is beschadigd, versleuteld, of heeft een vorm die niet te lezen is.",
        where=str(path),
        remedy="Maak de export opnieuw, of bewaar de gegevens als CSV.",
    )
