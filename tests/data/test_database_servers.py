"""Databases on a server, by table or query: a real PostgreSQL and a real MariaDB."""

import datetime as dt
import zipfile
from decimal import Decimal

import duckdb
import keyring
import keyring.errors
import pytest

from klantwaarde_xl.cli.commands import main
from klantwaarde_xl.data.reading.files import read_table, read_transactions
from klantwaarde_xl.data.reading.sources import database_address, database_rows, database_server
from klantwaarde_xl.data.tables import COSTS, TRANSACTIONS
from klantwaarde_xl.errors import Ambiguous, FileUnreadable, RowsRefused, UsageError
from tests.databases.orders import FILLED, MARCH, READ, TODAY, rows
from tests.databases.servers import IN_ADDRESS, PASSWORD, free_port, mariadb, postgresql

__all__ = ["mariadb", "postgresql"]  # fixtures


@pytest.fixture(autouse=True)
def _no_passwords_of_this_computer(monkeypatch):
    for name in (database_address.PASSWORD, "PGPASSWORD"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(keyring, "get_password", lambda service, account: None)


# ── addresses and passwords ─────────────────────────────────────────────────────────────────

SERVERS = ["postgresql", "mariadb"]


@pytest.fixture(params=SERVERS)
def server(request):
    """A server of either kind, with the orders of the other tests and a table beside them."""
    one = request.getfixturevalue(request.param)
    one.run("create table orders (klant varchar(20), datum date, bedrag numeric(9, 2))", FILLED)
    one.run("create table artikel (naam varchar(20))")
    yield one
    one.run("drop table orders", "drop table artikel")


@pytest.mark.slow
def test_the_password_comes_from_the_environment(server, monkeypatch):
    monkeypatch.setenv(database_address.PASSWORD, PASSWORD)
    assert rows(server.address("orders", password="")) == READ


def test_the_password_comes_from_the_keyring(server, monkeypatch):
    kept = {("klantwaarde", "lezer@127.0.0.1"): PASSWORD}
    monkeypatch.setattr(keyring, "get_password", lambda *whose: kept.get(whose))
    assert rows(server.address("orders", password="")) == READ


def test_a_computer_without_a_keyring_goes_on_without(server, monkeypatch):
    def none(service, account):
        raise keyring.errors.NoKeyringError

    monkeypatch.setattr(keyring, "get_password", none)
    assert "KLANTWAARDE_WACHTWOORD" in refused(server.address("orders", password="")).remedy


def test_postgresql_finds_its_own_password(postgresql, monkeypatch):
    monkeypatch.setenv("PGPASSWORD", PASSWORD)
    query = "select 'A' as klant, date '2024-03-01' as datum, 5 as bedrag"
    assert rows(postgresql.address(query, password="")) == [("A", MARCH, 5.0)]


# ── servers that work ───────────────────────────────────────────────────────────────────────


def test_a_table_of_a_server_is_read(server):
    assert rows(server.address("orders")) == READ


def test_a_query_of_a_server_is_read(server):
    query = "select klant, datum, bedrag from orders where klant like 'J%' order by datum"
    assert rows(server.address(query)) == READ[:1]


@pytest.mark.slow
def test_the_source_of_a_server_says_table_and_user_but_no_password(server):
    source = str(read_transactions(server.address("orders"), today=TODAY).source)
    assert source == f"{server.scheme}://lezer@127.0.0.1:{server.port}/winkel, tabel orders"


def test_of_several_tables_on_a_server_the_user_is_asked_which(server):
    with pytest.raises(Ambiguous, match="orders, artikel") as asked:
        rows(server.address())
    assert asked.value.remedy.endswith('/winkel#orders"')
    assert IN_ADDRESS not in str(asked.value)


@pytest.mark.slow
def test_a_table_of_another_schema_is_named_with_it(postgresql):
    postgresql.run(
        "create schema webshop", "grant usage on schema webshop to lezer", 'create table webshop."Orders 2024" as '
        "select 'A' as klant, date '2024-03-01' as datum, 5.25 as bedrag",
        'grant select on webshop."Orders 2024" to lezer',
    )  # fmt: skip
    try:
        for name in ("webshop.Orders 2024", 'webshop."Orders 2024"', '"webshop"."Orders 2024"'):
            assert rows(postgresql.address(name)) == [("A", MARCH, 5.25)]
    finally:
        postgresql.run("drop schema webshop cascade")


def test_types_of_postgresql_are_read_as_they_are(postgresql):
    query = """select * from (values
        (12345678901234567890::numeric, '2024-03-01 23:30:00-05'::timestamptz, 0.1::float8),
        (7, '2024-03-01 12:00:00+00', 1234.565)) as t(klant, datum, bedrag)"""
    read = read_transactions(postgresql.address(query), today=TODAY)
    assert read.rows() == [
        ("12345678901234567890", dt.date(2024, 3, 2), 0.1),
        ("7", MARCH, 1234.565),
    ]
    assert any("de dag is die in UTC" in note for note in read.quality.notes)


def test_the_day_of_a_moment_is_that_of_the_database(postgresql):
    postgresql.run("alter role lezer set timezone = 'Europe/Amsterdam'")
    try:
        query = "select 'A' as klant, '2024-02-29 23:30:00+00'::timestamptz as datum, 5 as bedrag"
        read = read_transactions(postgresql.address(query), today=TODAY)
    finally:
        postgresql.run("alter role lezer reset timezone")
    assert read.rows()[0][1] == MARCH
    assert any("Europe/Amsterdam" in note for note in read.quality.notes)


@pytest.mark.slow
def test_values_that_python_does_not_have_are_refused_with_their_row(postgresql):
    query = """select * from (values ('A', '2024-03-01'::date, 5::numeric), ('B', 'infinity', 5),
        ('C', '2024-03-01', 'NaN'), ('D', '0044-03-15 BC', 5), ('E', '12024-03-01', 1e30)) t(klant, datum, bedrag)"""
    with pytest.raises(RowsRefused) as refused:
        rows(postgresql.address(query))
    words = str(refused.value)
    assert "4 van de 5" in words
    for row in ("rij 2, kolom datum", "rij 3, kolom bedrag", "rij 4, kolom datum", "rij 5, kolom datum"):
        assert row in words
    assert rows(postgresql.address(query), skip_refused=True) == [("A", MARCH, 5.0)]


@pytest.mark.slow
def test_types_of_mariadb_are_read_as_they_are(mariadb):
    mariadb.run(
        "create table soorten (klant bigint unsigned, datum datetime, bedrag decimal(30, 4), vlag tinyint(1), plaatje blob)",
        "set sql_mode = ''",
        "insert into soorten values (18446744073709551615, '2024-03-01 23:59:59', 10.5, 1, 'x'), (7, '2024-03-01', -0.0400, 0, null)",
    )
    try:
        assert rows(mariadb.address("soorten")) == [
            ("18446744073709551615", MARCH, 10.5),
            ("7", MARCH, -0.04),
        ]
    finally:
        mariadb.run("drop table soorten")


@pytest.mark.slow
def test_a_date_of_noughts_is_refused_with_its_row(mariadb):
    query = (
        "select 'A' as klant, date '2024-03-01' as datum, 5 as bedrag union all select 'B', '0000-00-00', 5"
    )
    with pytest.raises(RowsRefused, match="rij 2, kolom datum"):
        rows(mariadb.address(query))


@pytest.mark.slow
def test_a_large_answer_comes_in_batches_and_whole(server):
    series = (
        "generate_series(1, 120000) as s(i)"
        if server.scheme == "postgresql"
        else "(select seq as i from seq_1_to_120000) s"
    )
    number = "mod(i, 100)"
    query = f"select i as klant, date '2024-03-01' as datum, {number} as bedrag from {series}"
    read = read_transactions(server.address(query), today=TODAY)
    assert read.quality.rows_kept == 120_000
    assert read.quality.amount_kept == sum(i % 100 for i in range(1, 120_001))
    assert read.con.execute("select count(distinct klant), min(rij), max(rij) from tx").fetchall() == [
        (120_000, 1, 120_000)
    ]


# ── servers that fail ───────────────────────────────────────────────────────────────────────


def refused(source, **options):
    with pytest.raises(FileUnreadable) as error:
        rows(source, **options)
    assert error.value.what
    assert error.value.where
    assert error.value.remedy
    assert IN_ADDRESS not in str(error.value)
    assert PASSWORD not in str(error.value)
    return error.value


def test_a_wrong_password_is_said_with_the_ways_to_give_one(server):
    error = refused(server.address("orders", password="fout"))
    assert "wachtwoord" in error.what
    assert "KLANTWAARDE_WACHTWOORD" in error.remedy
    assert "keyring set klantwaarde lezer@127.0.0.1" in error.remedy


def test_no_password_is_said_like_a_wrong_one(server):
    assert "KLANTWAARDE_WACHTWOORD" in refused(server.address("orders", password="")).remedy


def test_a_server_that_is_not_there_is_said(server):
    assert "niet te bereiken" in refused(server.address("orders", port=free_port())).what


def test_a_name_that_is_no_server_is_said():
    for scheme in SERVERS:
        assert "niet te bereiken" in refused(f"{scheme}://lezer@bestaat-niet.invalid/winkel#orders").what


def test_an_option_of_an_address_that_is_not_known_is_said(postgresql, mariadb):
    assert "achter het ?" in refused(f"{postgresql.address()}?kleur=rood#orders").what
    with pytest.raises(UsageError, match="kleur"):
        rows(f"{mariadb.address()}?kleur=rood#orders")


def test_an_absent_database_is_said(postgresql, mariadb):
    assert "database is er niet" in refused(postgresql.address("orders", database="wnkel")).what
    assert refused(mariadb.address("orders", database="wnkel")).remedy


def test_an_absent_table_of_a_server_is_said_with_the_one_that_is_like_it(server):
    error = refused(server.address("ordrs"))
    assert "'ordrs' staat niet in deze database" in error.what
    assert "Bedoelt u: orders" in error.remedy


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("select * from bestelling", "tabel die er niet is"),
        ("select kleur from orders", "kolom die er niet is"),
        ("select klant klant klant from orders", "geen goede SQL"),
    ],
)
def test_a_query_that_is_wrong_is_said(server, query, words):
    error = refused(server.address(query))
    assert words in error.what
    assert "#" in error.remedy


@pytest.mark.parametrize(
    "query",
    [
        "select 1; create table gekraakt (i int)",
        "select 1; commit; create table gekraakt (i int)",
        "with x as (insert into orders values ('Z', '2024-01-01', 1) returning *) select * from x",
    ],
)
def test_a_query_changes_nothing_even_of_who_may(server, query):
    owner = {"user": "eigenaar"} if server.scheme == "postgresql" else {}
    if server.scheme == "mariadb":
        server.run("grant all on winkel.* to lezer@'127.0.0.1'")
    try:
        refused(server.address(query, **owner))
    finally:
        if server.scheme == "mariadb":
            server.run(
                "revoke all on winkel.* from lezer@'127.0.0.1'",
                "grant select on winkel.* to lezer@'127.0.0.1'",
            )
    assert len(server.ask("select * from orders")) == 2
    assert not server.ask("select * from information_schema.tables where table_name = 'gekraakt'")


def test_a_table_that_one_may_not_read_is_said(postgresql):
    postgresql.run("create table prive as select 1 as klant", "revoke all on prive from lezer")
    try:
        assert "u mag lezen" in refused(postgresql.address("prive")).what
        assert "mag deze gegevens niet lezen" in refused(postgresql.address("select * from prive")).what
    finally:
        postgresql.run("drop table prive")


@pytest.mark.slow
def test_a_connection_that_drops_halfway_is_said_and_leaves_nothing(server, monkeypatch):
    add = database_rows._Lines.add

    def drop_after(lines, batch):
        add(lines, batch)
        if server.scheme == "postgresql":
            server.ask("select pg_terminate_backend(pid) from pg_stat_activity where usename = 'lezer'")
        else:
            for (number,) in server.ask("select id from information_schema.processlist where user = 'lezer'"):
                server.run(f"kill {number}")

    monkeypatch.setattr(database_rows._Lines, "add", drop_after)
    series = (
        "generate_series(1, 400000) as s(i)"
        if server.scheme == "postgresql"
        else "(select seq as i from seq_1_to_400000) s"
    )
    query = f"select concat('klant met een lange naam ', i) as klant, date '2024-03-01' as datum, 5 as bedrag from {series}"
    con = duckdb.connect()
    with pytest.raises(FileUnreadable, match="viel weg; er is niets half gelezen") as error:
        read_table(server.address(query), TRANSACTIONS, today=TODAY, con=con)
    assert "Probeer het opnieuw" in error.value.remedy
    assert con.execute("select table_name from duckdb_tables()").fetchall() == []


@pytest.mark.slow
def test_a_server_that_takes_too_long_is_said(server, monkeypatch):
    for module in ("postgresql", "mariadb"):
        monkeypatch.setattr(f"klantwaarde_xl.data.reading.sources.database_{module}.TIMEOUT", 1)
    wait = "pg_sleep(20)::text" if server.scheme == "postgresql" else "sleep(20)"
    error = refused(
        server.address(f"select {wait} as klant, date '2024-03-01' as datum, 5 as bedrag from orders")
    )
    assert "te lang" in error.what or "viel weg" in error.what


def test_every_fault_of_a_server_has_words_of_its_own():
    words = [fault.what for fault in database_server.ServerFault]
    assert len({*words}) == len(words)


# ── the command line ────────────────────────────────────────────────────────────────────────


@pytest.mark.slow
def test_two_tables_of_a_server_share_an_engine(server):
    server.run("create table uitgaven (maand date, kanaal varchar(20), bedrag numeric(9, 2))")
    server.run("insert into uitgaven values ('2024-03-01', 'Ads', 5)")
    try:
        orders = read_table(server.address("orders"), TRANSACTIONS, today=TODAY)
        costs = read_table(server.address("uitgaven"), COSTS, today=TODAY, con=orders.con)
    finally:
        server.run("drop table uitgaven")
    assert orders.rows() == READ
    assert costs.rows()[0][:2] == (MARCH, "Ads")


@pytest.mark.slow
def test_a_workbook_from_a_server_says_its_source_and_no_password(server, tmp_path, capsys):
    book = tmp_path / "dashboard.xlsx"
    assert main(["nieuw", "dashboard", "--gegevens", server.address("orders"), "--uit", str(book)]) == 0
    said = capsys.readouterr()
    with zipfile.ZipFile(book) as parts:
        everything = b"".join(parts.read(name) for name in parts.namelist())
    assert "lezer@127.0.0.1" in said.out
    assert b"lezer@127.0.0.1" in everything
    for secret in (IN_ADDRESS, PASSWORD):
        assert secret not in said.out + said.err
        assert secret.encode() not in everything


def test_a_source_that_fails_has_its_exit_code_and_leaves_no_file(server, tmp_path, capsys):
    book = tmp_path / "dashboard.xlsx"
    assert (
        main(
            [
                "nieuw",
                "dashboard",
                "--gegevens",
                server.address("orders", password="fout"),
                "--uit",
                str(book),
            ]
        )
        == 3
    )
    said = capsys.readouterr().err
    assert "Fout: De server laat deze gebruiker" in said
    assert "Traceback" not in said
    assert not [*tmp_path.iterdir()]


def test_amounts_of_servers_are_exact(server):
    server.run(
        "create table centen as select 'A' as klant, date '2024-03-01' as datum, cast(0.10 as decimal(9,2)) as bedrag"
    )
    try:
        server.run("insert into centen select klant, datum, 0.20 from centen")
        read = read_transactions(server.address("centen"), today=TODAY)
    finally:
        server.run("drop table centen")
    assert Decimal(str(read.quality.amount_kept)) == Decimal("0.3")
