"""DuckDB files, which are only read, by an engine of their own that reaches no other file and no network."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from klantwaarde_xl.data.reading.cells.contents import SAMPLE
from klantwaarde_xl.data.reading.sources.database_tables import choose, is_query, relations
from klantwaarde_xl.data.reading.sources.typed import (
    TableSource,
    Typed,
    as_line,
    family,
    quoted,
    refuse_types,
    types_of,
    zone_notes,
)
from klantwaarde_xl.data.reading.sources.typed_places import places_of
from klantwaarde_xl.data.tables import Table
from klantwaarde_xl.errors import FileUnreadable
from klantwaarde_xl.leftovers import scratch

if TYPE_CHECKING:
    import duckdb

_COLUMNS = """
    select schema_name, table_name, column_name from duckdb_columns()
    where not internal and database_name = current_database() order by 1, 2, column_index"""


def from_duckdb(
    con: duckdb.DuckDBPyConnection,
    path: Path,
    part: str,
    table: Table,
    named: Mapping[str, str] | None,
) -> Typed:
    """Put a table, or a query's answer, of a DuckDB file into table lines.

    part: the table or query; empty for the only table. Raises `FileUnreadable`, `Ambiguous` (which of
    the tables) or `ColumnsMissing`.
    """
    import duckdb

    try:
        with scratch() as folder, _open(path, str(folder)) as file:
            if is_query(part):
                relation, words = f"({_only_select(file, part, path)})", "eigen vraag"
            else:
                there = relations(file.execute(_COLUMNS).fetchall(), "main")
                chosen = choose(there, part, table, named, str(path))
                relation, words = chosen.sql(), f"tabel {chosen}"
            return _moved(con, file, relation, TableSource(path, part=words), folder, table, named)
    except duckdb.Error as error:
        raise _in_words(error, path) from error


def _open(path: Path, folder: str) -> duckdb.DuckDBPyConnection:
    """The file in an engine of its own; folder: the only place where that may write.

    A view in a file of others may name any file or address, so its engine has no way to them.
    """
    import duckdb

    kept_in: dict[str, str | bool | int | float | list[str]] = {
        "autoinstall_known_extensions": "false",
        "autoload_known_extensions": "false",
    }
    file = duckdb.connect(str(path), read_only=True, config=kept_in)
    file.execute(f"set allowed_directories = [{quoted(folder, chr(39))}]")
    file.execute("set enable_external_access = false")
    file.execute("set lock_configuration = true")
    return file


def _moved(
    con: duckdb.DuckDBPyConnection,
    file: duckdb.DuckDBPyConnection,
    relation: str,
    source: TableSource,
    folder: Path,
    table: Table,
    named: Mapping[str, str] | None,
) -> Typed:
    shown = file.execute(f"select * from {relation} limit 0").description or []
    headers = [str(column[0]) for column in shown]
    types = types_of(file, relation)
    places = places_of(
        headers,
        table,
        named,
        source,
        lambda: file.execute(f"select * from {relation} limit {SAMPLE}").fetchall(),
    )
    refuse_types(types, headers, places, table, source)
    names = ", ".join(f"n{at}" for at in range(len(headers)))
    cells = [
        f"{_portable(as_line(f'n{at}', type_, ours=at in places.values()), type_)} as c{at}"
        for at, type_ in enumerate(types)
    ]
    rows = folder / "rijen.parquet"
    file.execute(
        f"copy (select {', '.join(cells)} from {relation} as r({names})) to {quoted(str(rows), chr(39))} "
        "(format parquet)"
    )
    con.execute("set preserve_insertion_order = true")
    con.execute(
        "create or replace table lines as select row_number() over () as rij, * from read_parquet(?)",
        [str(rows)],
    )
    return Typed(tuple(headers), source, zone_notes(types, headers, places, table))


def _portable(value: str, type_: str) -> str:
    """A cell as Parquet can hold it whole: it has no whole numbers of 128 bits."""
    return f"cast({value} as decimal(38, 0))" if family(type_) in ("HUGEINT", "UHUGEINT") else value


def _only_select(file: duckdb.DuckDBPyConnection, query: str, path: Path) -> str:
    import duckdb

    statements = file.extract_statements(query)
    if len(statements) != 1 or statements[0].type != duckdb.StatementType.SELECT:
        raise FileUnreadable(
            "Achter het # staat meer dan één vraag, of iets anders dan een vraag.",
            where=str(path),
            remedy="Zet er één select achter.",
        )
    return query.rstrip().rstrip(";")


def _in_words(error: duckdb.Error, path: Path) -> FileUnreadable:
    import duckdb

    said = str(error).splitlines()[0]
    if isinstance(error, (duckdb.ParserException, duckdb.BinderException, duckdb.CatalogException)):
        return FileUnreadable(
            f"De vraag of de tabel klopt niet (DuckDB zegt: {said}).",
            where=str(path),
            remedy="Verbeter de vraag achter het #: één select, met tabellen en kolommen uit dit bestand.",
        )
    if isinstance(error, duckdb.PermissionException):
        return FileUnreadable(
            "Deze tabel of vraag leest andere bestanden of het netwerk, en dat mag hier niet.",
            where=str(path),
            remedy="Kies een tabel die in dit bestand zelf staat.",
        )
    if "lock" in said or isinstance(error, duckdb.ConnectionException):
        return FileUnreadable(
            "Een ander programma heeft dit bestand open.",
            where=str(path),
            remedy="Sluit dat programma, of lees een kopie van het bestand.",
        )
    return FileUnreadable(
        f"Dit DuckDB-bestand is niet te lezen (DuckDB zegt: {said}).",
        where=str(path),
        remedy="Het is beschadigd, versleuteld of van een andere versie: exporteer de gegevens als Parquet.",
    )
