"""Typed sources by name: a Parquet file, a database in a file, or a database on a server.

One notation serves all databases: the table, or a query that begins with `select` or `with`, stands
behind a `#`. Where a database has one table, it may be left out.

    winkel.sqlite#orders
    winkel.duckdb#select klant, dag as datum, bedrag from orders where betaald
    postgresql://gebruiker@server/winkel#webshop.orders
    mariadb://gebruiker@server/winkel#orders
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from klantwaarde_xl.data.reading.sources.database_address import SCHEMES, address_of
from klantwaarde_xl.data.reading.sources.parquet import ENDINGS as PARQUET_ENDINGS
from klantwaarde_xl.data.reading.sources.parquet import MAGIC as PARQUET
from klantwaarde_xl.data.reading.sources.parquet import from_parquet, parquet_files
from klantwaarde_xl.data.reading.sources.typed import Typed
from klantwaarde_xl.data.tables import Table
from klantwaarde_xl.errors import FileUnreadable, UsageError

if TYPE_CHECKING:
    import duckdb

Reader = Callable[["duckdb.DuckDBPyConnection", Table, Mapping[str, str] | None], Typed]

_SQLITE = b"SQLite format 3\0"
_DUCKDB = b"DUCK"  # behind eight bytes of checksum
_ENDINGS = {
    **dict.fromkeys(PARQUET_ENDINGS, "Parquet-bestand"),
    ".sqlite": "SQLite-bestand",
    ".sqlite3": "SQLite-bestand",
    ".db": "SQLite- of DuckDB-bestand",
    ".duckdb": "DuckDB-bestand",
    ".ddb": "DuckDB-bestand",
}


def is_address(word: str) -> bool:
    """Whether a word is the address of something on a server, and no name of a file."""
    return re.match(r"[A-Za-z][A-Za-z0-9+.-]+:/", word) is not None


def typed_reader(given: Path | str) -> Reader | None:
    """What reads a typed source into table lines; None for what is read as text (CSV, a workbook).

    Raises `FileUnreadable` for a file that is not what its name says and an address of another kind,
    `UsageError` for an address that lacks something.
    """
    word = str(given)
    reader = _on_server(word) if is_address(word) else _in_files(word)
    return reader and _clean(reader)


def _clean(reader: Reader) -> Reader:
    """The reader that leaves no half table when the source fails."""

    def read(con: duckdb.DuckDBPyConnection, table: Table, named: Mapping[str, str] | None) -> Typed:
        try:
            return reader(con, table, named)
        except BaseException:
            con.execute("drop table if exists lines")
            raise

    return read


def _on_server(word: str) -> Reader:
    scheme = word.partition(":")[0].lower()
    if scheme not in SCHEMES:
        raise FileUnreadable(
            f"Adressen van de soort {scheme}: kan ik niet lezen.",
            where=f"{scheme}://…",
            remedy="Kies postgresql:// of mariadb://, of exporteer de gegevens als CSV, XLSX of Parquet.",
        )
    place, _, part = word.partition("#")
    address = address_of(place)
    if SCHEMES[scheme] == "postgresql":
        from klantwaarde_xl.data.reading.sources.database_postgresql import from_postgresql as read
    else:
        from klantwaarde_xl.data.reading.sources.database_mariadb import from_mariadb as read
    return lambda con, table, named: read(con, address, part.strip(), table, named)


def _in_files(word: str) -> Reader | None:
    place, part = _parted(word)
    path = Path(place)
    if not path.is_file():
        files = parquet_files(place)
        return (lambda con, table, named: from_parquet(con, files, path, table, named)) if files else None
    try:
        with path.open("rb") as file:
            head = file.read(16)
    except OSError:  # who reads text says why it cannot be opened
        return None
    if head.startswith(PARQUET):
        if part:
            raise UsageError(
                "Een Parquet-bestand heeft geen tabellen: achter # kan hier niets staan.",
                remedy=f"Noem alleen het bestand: {place}",
            )
        return lambda con, table, named: from_parquet(con, [path], path, table, named)
    if head == _SQLITE:
        from klantwaarde_xl.data.reading.sources.database_sqlite import from_sqlite

        return lambda con, table, named: from_sqlite(con, path, part, table, named)
    if head[8:12] == _DUCKDB:
        from klantwaarde_xl.data.reading.sources.database_duckdb import from_duckdb

        return lambda con, table, named: from_duckdb(con, path, part, table, named)
    if head.strip() and (named_so := _ENDINGS.get(path.suffix.lower())):
        raise FileUnreadable(
            f"Dit is geen {named_so}, al heet het zo; of het is versleuteld of beschadigd.",
            where=place,
            remedy="Controleer de naam, of exporteer de gegevens opnieuw.",
        )
    return None


def _parted(word: str) -> tuple[str, str]:
    """The file, and what stands behind the `#`; a file may have one in its own name.

    Raises `FileUnreadable` for a database that is not there.
    """
    place = word.partition("#")[0]
    if place != word and Path(place).suffix.lower() in _ENDINGS and not (_exists(place) or _exists(word)):
        raise FileUnreadable("Dit bestand bestaat niet.", where=place, remedy="Controleer de naam en de map.")
    for match in re.finditer("#", word):
        if Path(word[: match.start()]).is_file() and not _exists(word):
            return word[: match.start()], word[match.end() :].strip()
    return word, ""


def _exists(word: str) -> bool:
    try:
        return Path(word).exists()
    except OSError:  # a query makes a name too long to be one
        return False
