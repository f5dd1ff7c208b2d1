"""MariaDB and MySQL: a table or query, read in one read-only transaction."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from klantwaarde_xl.data.reading.sources.database_address import Address, password_of
from klantwaarde_xl.data.reading.sources.database_rows import BATCH, UNREADABLE, Answer, fill_lines
from klantwaarde_xl.data.reading.sources.database_server import TIMEOUT, WAIT, ServerFault, no_driver, told
from klantwaarde_xl.data.reading.sources.database_tables import choose, is_query, relations
from klantwaarde_xl.data.reading.sources.typed import TEXT, WITH_ZONE, TableSource, Typed
from klantwaarde_xl.data.tables import Table
from klantwaarde_xl.errors import UsageError

if TYPE_CHECKING:
    import duckdb
    import pymysql
    from pymysql.cursors import SSCursor

_COLUMNS = """
    select table_schema, table_name, column_name from information_schema.columns
    where table_schema not in ('information_schema', 'mysql', 'performance_schema', 'sys')
    order by 1, 2, ordinal_position"""
_ZONE = "select if(@@session.time_zone = 'SYSTEM', @@system_time_zone, @@session.time_zone)"
_OPTIONS = {"unix_socket", "ssl_ca"}
_FAULTS = {
    1044: ServerFault.NO_RIGHTS,
    1045: ServerFault.PASSWORD,
    1049: ServerFault.NO_DATABASE,
    1054: ServerFault.NO_COLUMN,
    1064: ServerFault.SYNTAX,
    1142: ServerFault.NO_RIGHTS,
    1143: ServerFault.NO_RIGHTS,
    1146: ServerFault.NO_TABLE,
    1290: ServerFault.NO_RIGHTS,
    1317: ServerFault.TOO_LONG,
    1698: ServerFault.PASSWORD,
    1792: ServerFault.WRITES,
    1927: ServerFault.LOST,
    1969: ServerFault.TOO_LONG,
    2003: ServerFault.UNREACHABLE,
    2006: ServerFault.LOST,
    2013: ServerFault.LOST,
    3024: ServerFault.TOO_LONG,
}


def from_mariadb(
    con: duckdb.DuckDBPyConnection,
    address: Address,
    part: str,
    table: Table,
    named: Mapping[str, str] | None,
) -> Typed:
    """Put a table, or a query's answer, of a MariaDB or MySQL database into table lines.

    part: the table or query; empty for the only table. Raises `FileUnreadable` for all that a server
    may refuse, `Ambiguous` (which of the tables) or `ColumnsMissing`.
    """
    try:
        import pymysql
        from pymysql.cursors import SSCursor
    except ImportError as error:
        raise no_driver("MariaDB en MySQL", str(address)) from error
    try:
        with _connect(address) as server:
            zone = _begin(server)
            query, words = _query(server, part, address, table, named)
            cursor = SSCursor(server)
            try:
                cursor.execute(query)
                source = TableSource(address=str(address), part=words)
                return fill_lines(con, _answer(cursor, zone), table, named, source)
            except BaseException:
                _let_go(cursor)
                raise
    except pymysql.err.Error as error:
        code, *said = error.args or (0,)
        raise told(_FAULTS.get(code, ServerFault.OTHER), address, " ".join(map(str, said))) from error


def _let_go(cursor: Any) -> None:
    """Give up an answer that is not read to its end: closing it would first fetch all the rest."""
    if cursor._result is not None:
        cursor._result.unbuffered_active = False
    cursor.connection = None


def _connect(address: Address) -> pymysql.connections.Connection[Any]:
    import pymysql

    if unknown := set(address.options) - _OPTIONS:
        raise UsageError(
            f"Achter het ? in dit adres kan {', '.join(sorted(unknown))} niet.",
            remedy=f"Kies uit: {', '.join(sorted(_OPTIONS))}.",
        )
    given: dict[str, Any] = {
        "host": address.host,
        "port": address.port,
        "user": address.user,
        "password": (password_of(address) or "").encode(),  # the driver knows only the letters of Latin-1
        **address.options,
    }
    try:
        return pymysql.connections.Connection(
            database=address.database,
            connect_timeout=WAIT,
            read_timeout=TIMEOUT,
            charset="utf8mb4",
            **{name: value for name, value in given.items() if value},
        )
    except RuntimeError as error:  # so the driver says that the password needs a package to be sent safely
        raise no_driver("het wachtwoord van deze server", str(address)) from error


def _begin(server: pymysql.connections.Connection[Any]) -> str:
    """Begin a transaction that reads the state of one moment and writes nothing; return the time zone."""
    import pymysql

    with server.cursor() as cursor:
        for limit in (f"max_statement_time = {TIMEOUT}", f"max_execution_time = {TIMEOUT * 1000}"):
            with suppress(pymysql.err.OperationalError):  # MariaDB knows the one, MySQL the other
                cursor.execute(f"set session {limit}")
        cursor.execute("set session transaction isolation level repeatable read, read only")
        cursor.execute("start transaction with consistent snapshot, read only")
        cursor.execute(_ZONE)
        return str(cursor.fetchall()[0][0])


def _query(
    server: pymysql.connections.Connection[Any],
    part: str,
    address: Address,
    table: Table,
    named: Mapping[str, str] | None,
) -> tuple[str, str]:
    """The query to run, and what it reads in words."""
    if is_query(part):
        return part, "eigen vraag"
    with server.cursor() as cursor:
        cursor.execute(_COLUMNS)
        there = relations(cursor.fetchall(), address.database)
    chosen = choose(there, part, table, named, str(address))
    return f"select * from {chosen.sql('`')}", f"tabel {chosen}"


def _answer(cursor: SSCursor, zone: str) -> Answer:
    columns: Any = cursor.description or ()
    types = tuple(_type_of(code, scale) for _, code, _, _, _, scale, _ in columns)
    return Answer(tuple(column[0] for column in columns), types, _batches(cursor), zone)


def _type_of(code: int, scale: int) -> str:
    from pymysql.constants import FIELD_TYPE as IS

    types = {
        **dict.fromkeys((IS.TINY, IS.SHORT, IS.INT24, IS.LONG, IS.LONGLONG, IS.YEAR), "BIGINT"),
        **dict.fromkeys((IS.FLOAT, IS.DOUBLE), "DOUBLE"),
        **dict.fromkeys((IS.DECIMAL, IS.NEWDECIMAL), f"DECIMAL(38,{min(scale, 30)})"),
        **dict.fromkeys((IS.DATE, IS.NEWDATE), "DATE"),
        **dict.fromkeys((IS.BIT, IS.GEOMETRY), UNREADABLE),
        IS.DATETIME: "TIMESTAMP",
        IS.TIMESTAMP: WITH_ZONE,
        IS.TIME: "TIME",
        IS.JSON: "JSON",
    }
    return types.get(code, TEXT)


def _batches(cursor: SSCursor) -> Iterator[Sequence[Sequence[Any]]]:
    while rows := cursor.fetchmany(BATCH):
        yield rows
