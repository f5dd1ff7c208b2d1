"""PostgreSQL: a table or query, read in one read-only transaction."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from klantwaarde_xl.data.reading.sources.database_address import Address, password_of
from klantwaarde_xl.data.reading.sources.database_rows import (
    ANY_DECIMAL,
    BATCH,
    UNREADABLE,
    Answer,
    fill_lines,
)
from klantwaarde_xl.data.reading.sources.database_server import TIMEOUT, WAIT, ServerFault, no_driver, told
from klantwaarde_xl.data.reading.sources.database_tables import choose, is_query, relations
from klantwaarde_xl.data.reading.sources.typed import TEXT, WITH_ZONE, TableSource, Typed
from klantwaarde_xl.data.tables import Table

if TYPE_CHECKING:
    import duckdb
    import psycopg

_COLUMNS = """
    select n.nspname, c.relname, a.attname
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
      join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    where c.relkind in ('r', 'v', 'm', 'p', 'f') and not c.relispartition
      and n.nspname not in ('pg_catalog', 'information_schema') and n.nspname not like 'pg\\_%'
      and has_schema_privilege(n.oid, 'usage') and has_table_privilege(c.oid, 'select')
    order by 1, 2, a.attnum"""

_TYPES = {
    "bool": "BOOLEAN", "int2": "BIGINT", "int4": "BIGINT", "int8": "BIGINT", "oid": "BIGINT",
    "float4": "DOUBLE", "float8": "DOUBLE", "date": "DATE", "timestamp": "TIMESTAMP",
    "timestamptz": WITH_ZONE, "text": TEXT, "varchar": TEXT, "bpchar": TEXT, "name": TEXT, "uuid": TEXT,
    "json": "JSON", "jsonb": "JSON", "time": "TIME", "timetz": "TIME", "interval": "INTERVAL",
    "bytea": UNREADABLE, "record": "STRUCT",
}  # fmt: skip
_FAULTS = {
    "28P01": ServerFault.PASSWORD,
    "28000": ServerFault.PASSWORD,
    "3D000": ServerFault.NO_DATABASE,
    "42P01": ServerFault.NO_TABLE,
    "42703": ServerFault.NO_COLUMN,
    "42501": ServerFault.NO_RIGHTS,
    "42601": ServerFault.SYNTAX,
    "25006": ServerFault.WRITES,
    "57014": ServerFault.TOO_LONG,
}


def from_postgresql(
    con: duckdb.DuckDBPyConnection,
    address: Address,
    part: str,
    table: Table,
    named: Mapping[str, str] | None,
) -> Typed:
    """Put a table, or a query's answer, of a PostgreSQL database into table lines.

    part: the table or query; empty for the only table. Raises `FileUnreadable` for all that a server
    may refuse, `Ambiguous` (which of the tables) or `ColumnsMissing`.
    """
    try:
        import psycopg
    except ImportError as error:
        raise no_driver("PostgreSQL", str(address)) from error
    reached = False
    try:
        with _connect(address) as server:
            reached = True
            query, words = _query(server, part, address, table, named)
            with server.cursor("klantwaarde") as cursor:
                cursor.itersize = BATCH
                cursor.execute(query.encode())
                source = TableSource(address=str(address), part=words)
                return fill_lines(con, _answer(server, cursor), table, named, source)
    except psycopg.Error as error:
        raise told(_fault(error, reached=reached), address, _said(error)) from error


def _connect(address: Address) -> psycopg.Connection[tuple[Any, ...]]:
    """A connection of which every transaction reads the state of one moment and writes nothing."""
    import psycopg
    from psycopg.conninfo import make_conninfo

    given = {
        "host": address.host,
        "port": address.port,
        "user": address.user,
        "password": password_of(address, "PGPASSWORD"),
        "dbname": address.database,
        "connect_timeout": WAIT,
        "application_name": "klantwaarde",
        **address.options,
    }
    server = psycopg.connect(make_conninfo("", **{name: value for name, value in given.items() if value}))
    server.read_only = True
    server.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
    server.execute(f"set statement_timeout = {TIMEOUT * 1000}")
    _read_odd_days_as_text(server)
    return server


def _read_odd_days_as_text(server: psycopg.Connection[tuple[Any, ...]]) -> None:
    """A day that Python does not have (`infinity`, one before our era) stays text: its row is refused."""
    import psycopg
    from psycopg.types.datetime import DateLoader, TimestampLoader, TimestamptzLoader

    def forgiving(loader: type[psycopg.adapt.Loader]) -> type[psycopg.adapt.Loader]:
        class Forgiving(loader):  # type: ignore[misc, valid-type]
            def load(self, data: Any) -> Any:
                try:
                    return super().load(data)
                except psycopg.DataError:
                    return bytes(data).decode()

        return Forgiving

    server.adapters.register_loader("date", forgiving(DateLoader))
    server.adapters.register_loader("timestamp", forgiving(TimestampLoader))
    server.adapters.register_loader("timestamptz", forgiving(TimestamptzLoader))


def _query(
    server: psycopg.Connection[tuple[Any, ...]],
    part: str,
    address: Address,
    table: Table,
    named: Mapping[str, str] | None,
) -> tuple[str, str]:
    """The query to run, and what it reads in words."""
    if is_query(part):
        return part.rstrip().rstrip(";"), "eigen vraag"
    usual = str(server.execute("select current_schema()").fetchall()[0][0])
    there = relations(server.execute(_COLUMNS).fetchall(), usual)
    chosen = choose(there, part, table, named, str(address))
    return f"select * from {chosen.sql()}", f"tabel {chosen}"


def _answer(
    server: psycopg.Connection[tuple[Any, ...]], cursor: psycopg.ServerCursor[tuple[Any, ...]]
) -> Answer:
    columns = cursor.description or []
    types = tuple(_type_of(server, column) for column in columns)
    zone = server.info.parameter_status("TimeZone") or "UTC"
    return Answer(tuple(column.name for column in columns), types, _batches(cursor), zone)


def _type_of(server: psycopg.Connection[tuple[Any, ...]], column: psycopg.Column) -> str:
    found = server.adapters.types.get(column.type_code)
    name = found.name if found else ""
    if found and column.type_code == found.array_oid:
        return f"{name.upper()}[]"
    if name == "numeric":
        precision, scale = column.precision, column.scale
        fits = precision and precision <= 38 and scale is not None and 0 <= scale <= precision
        return f"DECIMAL({precision},{scale})" if fits else ANY_DECIMAL
    return _TYPES.get(name, TEXT)  # a type of the database's own, such as an enum, is its text


def _batches(cursor: psycopg.ServerCursor[tuple[Any, ...]]) -> Iterator[Sequence[Sequence[Any]]]:
    while rows := cursor.fetchmany(BATCH):
        yield rows


def _fault(error: psycopg.Error, *, reached: bool) -> ServerFault:
    """What went wrong; before there is a connection, the driver only says it in words."""
    import psycopg

    if error.sqlstate in _FAULTS:
        return _FAULTS[error.sqlstate]
    if reached:
        lost = error.sqlstate is None or error.sqlstate.startswith(("08", "57P"))
        return ServerFault.LOST if lost else ServerFault.OTHER
    if isinstance(error, psycopg.ProgrammingError):
        return ServerFault.ADDRESS
    said = str(error)
    if "database" in said and "does not exist" in said:
        return ServerFault.NO_DATABASE
    if "password" in said or 'role "' in said:
        return ServerFault.PASSWORD
    if "pg_hba" in said:
        return ServerFault.NO_RIGHTS
    answered = "FATAL" in said or getattr(error.pgconn, "used_password", False)
    return ServerFault.OTHER if answered else ServerFault.UNREACHABLE


def _said(error: psycopg.Error) -> str:
    first = (str(error).strip().splitlines() or [""])[0]
    return error.diag.message_primary or first.rpartition("FATAL: ")[2]
