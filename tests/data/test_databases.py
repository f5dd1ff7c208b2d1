"""Databases in a file, by table or query: SQLite and DuckDB; and the addresses of those on a server."""

import sqlite3
import sys
from contextlib import closing

import duckdb
import pytest

from klantwaarde_xl.cli.commands import main
from klantwaarde_xl.data.reading.files import read_transactions
from klantwaarde_xl.data.reading.sources.database_address import address_of
from klantwaarde_xl.errors import Ambiguous, ColumnsMissing, FileUnreadable, UsageError
from tests.databases.orders import FILLED, MARCH, ORDERS, READ, TODAY, rows


def make(path, *statements):
    """A file of a database, made by these statements."""
    connect = duckdb.connect if path.suffix == ".duckdb" else sqlite3.connect
    with closing(connect(str(path))) as file:
        for statement in statements:
            file.execute(statement)
        if path.suffix != ".duckdb":
            file.commit()
    return path


@pytest.fixture(params=["winkel.sqlite", "winkel.duckdb"])
def shop(request, tmp_path):
    """Makes a file of either kind."""
    return lambda *statements: make(tmp_path / request.param, *statements)


# ── SQLite and DuckDB alike ─────────────────────────────────────────────────────────────────


def test_the_only_table_of_a_file_is_taken_without_a_question(shop):
    assert rows(shop(ORDERS, FILLED)) == READ


def test_of_several_tables_the_user_is_asked_which_those_with_the_columns_first(shop):
    path = shop("create table artikel (naam varchar)", ORDERS, FILLED)
    with pytest.raises(Ambiguous) as asked:
        rows(path)
    assert "orders, artikel" in asked.value.what
    assert f'"{path}#orders"' in asked.value.remedy


@pytest.mark.slow
def test_the_advice_of_that_question_works(shop):
    path = shop("create table artikel (naam varchar)", ORDERS, FILLED)
    with pytest.raises(Ambiguous) as asked:
        rows(path)
    assert rows(asked.value.remedy.split('"')[1]) == READ


@pytest.mark.parametrize("name", ["orders", "ORDERS", '"orders"', "main.orders"])
def test_a_table_is_named_behind_the_sign_capitals_or_not(shop, name):
    path = shop("create table artikel (naam varchar)", ORDERS, FILLED)
    assert rows(f"{path}#{name}") == READ


@pytest.mark.slow
def test_the_source_says_which_table_was_read(shop):
    path = shop(ORDERS, FILLED)
    assert str(read_transactions(f"{path}#orders", today=TODAY).source) == f"{path}, tabel orders"


@pytest.mark.slow
def test_a_query_is_read_as_a_table(shop):
    path = shop(ORDERS, FILLED)
    query = "select klant as wie, datum, bedrag * 2 as bedrag from orders where bedrag > 0;"
    assert rows(f"{path}#{query}", columns={"klant": "wie"}) == [("Jansen", MARCH, 25.0)]


@pytest.mark.slow
def test_a_view_is_read_as_a_table(shop):
    path = shop(ORDERS, FILLED, "create view klaar as select * from orders where bedrag > 0")
    assert rows(f"{path}#klaar") == READ[:1]


def test_an_absent_table_is_said_with_the_one_that_is_like_it(shop):
    with pytest.raises(FileUnreadable, match="'order' staat niet in deze database") as refused:
        rows(f"{shop(ORDERS)}#order")
    assert refused.value.remedy == "Bedoelt u: orders."


def test_a_database_without_tables_says_so(shop):
    path = shop(ORDERS, "drop table orders")
    with pytest.raises(FileUnreadable, match="geen tabel"):
        rows(path)


def test_a_table_without_rows_says_so(shop):
    with pytest.raises(FileUnreadable, match="Er staan geen transacties in"):
        rows(shop(ORDERS))


def test_absent_columns_are_named_before_anything_is_read(shop):
    with pytest.raises(ColumnsMissing, match="Gevonden: 'klant', 'datum'"):
        rows(shop("create table orders (klant varchar, datum date)"))


@pytest.mark.slow
@pytest.mark.parametrize(
    "query",
    [
        "select * from bestellingen",
        "select kleur from orders",
        "select * from orders where",
        "select 1; select 2",
        "with x as (select 1) delete from orders",
        "select klant, datum, bedrag from orders union select",
    ],
)
def test_a_query_that_is_wrong_is_refused_in_words_and_changes_nothing(shop, query):
    path = shop(ORDERS, FILLED)
    with pytest.raises(FileUnreadable) as refused:
        rows(f"{path}#{query}")
    assert "vraag" in refused.value.what
    assert refused.value.remedy
    assert rows(path) == READ


def test_a_damaged_file_is_refused_in_words(shop):
    path = shop(ORDERS, FILLED)
    body = bytearray(path.read_bytes())
    body[100:] = bytes(len(body) - 100)
    path.write_bytes(body)
    with pytest.raises(FileUnreadable) as refused:
        rows(path)
    assert refused.value.where == str(path)


def test_a_file_is_only_read(shop):
    path = shop(ORDERS, FILLED)
    before = path.read_bytes()
    rows(path)
    assert path.read_bytes() == before
    assert [one.name for one in path.parent.iterdir()] == [path.name]


@pytest.mark.slow
def test_a_sign_in_the_name_of_a_file_is_part_of_it(tmp_path):
    path = make(tmp_path / "winkel #2.sqlite", ORDERS, FILLED)
    assert rows(path) == rows(f"{path}#orders") == READ


def test_a_database_that_is_not_there_is_said_by_its_own_name(tmp_path):
    with pytest.raises(FileUnreadable, match="bestaat niet") as refused:
        rows(f"{tmp_path / 'wnkel.sqlite'}#select klant, datum, bedrag from orders where {'x' * 300}")
    assert refused.value.where == str(tmp_path / "wnkel.sqlite")


# ── SQLite, which types values ──────────────────────────────────────────────────────────────


def sqlite_of(tmp_path, *values, declared="klant, datum, bedrag"):
    path = tmp_path / "los.sqlite"
    with closing(sqlite3.connect(path)) as file:
        file.execute(f"create table orders ({declared})")
        file.executemany("insert into orders values (?, ?, ?)", values)
        file.commit()
    return path


def test_numbers_and_texts_in_one_column_stay_what_they_are(tmp_path):
    path = sqlite_of(
        tmp_path, (7, "2024-03-01", 1.234), ("007", "2024-03-01", "€ 1.234,50"), ("A", "1-3-2024", 5)
    )
    assert [(key, amount) for key, _, amount in rows(path)] == [("7", 1.234), ("007", 1234.5), ("A", 5.0)]


def test_a_column_that_changes_its_type_halfway_is_read_on(tmp_path, monkeypatch):
    monkeypatch.setattr("klantwaarde_xl.data.reading.sources.database_sqlite.BATCH", 2)
    values = [
        (1, "2024-03-01", 1),
        (2, "2024-03-01", 2),
        (3, "2024-03-01", 3.25),
        ("vier", "2024-03-01", "4,5"),
    ]
    path = sqlite_of(tmp_path, *values)
    assert [(key, amount) for key, _, amount in rows(path)] == [
        ("1", 1.0),
        ("2", 2.0),
        ("3", 3.25),
        ("vier", 4.5),
    ]


def test_whole_numbers_beyond_a_double_are_not_taken_together(tmp_path):
    path = sqlite_of(tmp_path, (2**53, "2024-03-01", 1), (2**53 + 1, "2024-03-01", 1), (0.5, "2024-03-01", 1))
    assert [key for key, *_ in rows(path)] == [str(2**53), str(2**53 + 1), "0.5"]


def test_bytes_where_a_key_belongs_are_refused_with_their_row(tmp_path):
    path = sqlite_of(tmp_path, ("A", "2024-03-01", 1), (b"B", "2024-03-01", 1))
    with pytest.raises(FileUnreadable) as refused:
        rows(path)
    assert "rij 2, kolom klant" in refused.value.where


def test_dates_of_sqlite_in_two_orders_are_asked_about(tmp_path):
    with pytest.raises(Ambiguous, match="op twee manieren"):
        rows(sqlite_of(tmp_path, ("A", "01/02/2024", 1)))


@pytest.mark.slow
def test_a_file_that_another_program_writes_in_says_so(tmp_path):
    path = make(tmp_path / "bezet.sqlite", ORDERS, FILLED)
    with closing(sqlite3.connect(path)) as other:
        other.execute("pragma locking_mode = exclusive")
        other.execute("begin exclusive")
        with pytest.raises(FileUnreadable, match="Een ander programma"):
            rows(path)


# ── DuckDB, which reaches other files ───────────────────────────────────────────────────────


def test_a_view_in_a_duckdb_file_does_not_read_other_files(tmp_path):
    (tmp_path / "geheim.csv").write_text("klant,datum,bedrag\nA,2024-03-01,5\n")
    path = make(
        tmp_path / "winkel.duckdb",
        f"create view orders as select * from read_csv('{tmp_path / 'geheim.csv'}')",
    )
    with pytest.raises(FileUnreadable, match="leest andere bestanden"):
        rows(path)


def test_keys_of_128_bits_stay_whole(tmp_path):
    large = 2**100
    path = make(
        tmp_path / "winkel.duckdb",
        f"create table orders as select {large}::hugeint as klant, date '2024-03-01' as datum, 5::hugeint as bedrag",
    )
    assert rows(path) == [(str(large), MARCH, 5.0)]


# ── addresses, before anything is asked of a server ─────────────────────────────────────────


def test_a_password_is_nowhere_in_what_is_shown():
    address = address_of("postgresql://piet:geheim@server:5433/db?password=ookgeheim&sslmode=require")
    assert "geheim" not in f"{address} {address!r}"
    assert str(address) == "postgresql://piet@server:5433/db"


@pytest.mark.parametrize(
    "word",
    [
        "postgresql://piet:geheim@server",
        "postgresql://piet:geheim@server:poort/db",
        "mariadb:/piet:geheim@server/db",
        "postgresql://piet:gehe[im@server/db",
    ],
)
def test_an_address_that_lacks_something_is_refused_without_showing_it(word):
    with pytest.raises(UsageError) as refused:
        rows(word)
    assert "gehe" not in str(refused.value)
    assert "postgresql://" in refused.value.remedy


def test_an_address_of_another_kind_is_refused_in_words():
    with pytest.raises(FileUnreadable, match="sqlserver") as refused:
        rows("sqlserver://piet:geheim@server/db")
    assert "geheim" not in str(refused.value)


@pytest.mark.parametrize(("scheme", "module"), [("postgresql", "psycopg"), ("mariadb", "pymysql")])
def test_a_driver_that_is_not_there_is_said_with_the_command_that_brings_it(monkeypatch, scheme, module):
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(FileUnreadable, match="stuurprogramma") as refused:
        rows(f"{scheme}://piet@server/db#orders")
    assert 'pip install "klantwaarde-xl[databases]"' in refused.value.remedy


# ── the command line ────────────────────────────────────────────────────────────────────────


def test_a_database_is_checked_from_the_command_line(tmp_path, capsys):
    path = make(tmp_path / "winkel.sqlite", ORDERS, FILLED, "create table artikel (naam varchar)")
    assert main(["controleer", f"{path}#orders"]) == 0
    assert "Gelezen: 2 rijen" in capsys.readouterr().out
    assert main(["controleer", str(path)]) == 3
    assert "#orders" in capsys.readouterr().err
