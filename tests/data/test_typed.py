"""Cells that come with a type are read as they are: Parquet, and what every typed source has in common."""

import datetime as dt
import random
import sqlite3
import subprocess
import sys
from decimal import Decimal

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from klantwaarde_xl.data.reading.files import read_table, read_transactions
from klantwaarde_xl.data.tables import COSTS
from klantwaarde_xl.errors import ColumnsMissing, FileUnreadable, RowsRefused, UsageError
from tests.data.exported import figures, read
from tests.examples import examples

TODAY = dt.date(2026, 11, 27)
MARCH = dt.date(2024, 3, 1)


@pytest.fixture
def parquet(tmp_path):
    """Writes the rows of a query as a Parquet file."""

    def write(query, name="orders.parquet"):
        duckdb.connect().execute(f"copy ({query}) to '{tmp_path / name}' (format parquet)")
        return tmp_path / name

    return write


def rows(path, **options):
    return read_transactions(path, today=TODAY, **options).rows()


def one(parquet, klant="'A'", datum="date '2024-03-01'", bedrag="12.50"):
    """The only row of a file whose cells are these expressions of SQL."""
    return rows(parquet(f"select {klant} as klant, {datum} as datum, {bedrag} as bedrag"))[0]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("cell", "amount"),
    [
        ("12.345::decimal(9,3)", 12.345),
        ("12::tinyint", 12),
        ("170141183460::hugeint", 170141183460),
        ("0.1::float", 0.1),
        ("1234.5::double", 1234.5),
        ("-7::integer", -7),
        ("(-128)::tinyint", -128),
        ("(-9223372036854775808)::bigint // 10000000", -922337203685.0),
        ("'1.234,50'", 1234.5),
        ("'€ 12,-'", 12),
    ],
)
def test_a_number_is_an_amount_as_it_is_and_a_text_as_in_a_file(parquet, cell, amount):
    assert one(parquet, bedrag=cell)[2] == pytest.approx(amount, abs=1e-6, rel=0)


@pytest.mark.parametrize(
    "cell",
    [
        "date '2024-03-01'",
        "timestamp '2024-03-01 23:59:59'",
        "timestamp_ns '2024-03-01 23:59:59.999999999'",
        "timestamp_s '2024-03-01 00:00:00'",
        "'1 maart 2024'",
        "'2024-03-01T10:00'",
        "20240301::integer",
        "20240301.0::double",
    ],
)
def test_a_date_is_read_whatever_type_holds_it(parquet, cell):
    assert one(parquet, datum=cell)[1] == MARCH


def test_a_moment_with_a_time_zone_is_the_day_in_utc_and_that_is_said(parquet):
    path = parquet("select 'A' as klant, timestamptz '2024-03-01 23:30:00-05' as datum, 1 as bedrag")
    read = read_transactions(path, today=TODAY)
    assert read.rows()[0][1] == dt.date(2024, 3, 2)
    assert [note for note in read.quality.notes if "'datum'" in note and "UTC" in note]


@pytest.mark.parametrize(
    ("cell", "key"),
    [
        ("12::bigint", "12"),
        ("12.0::double", "12"),
        ("12.5::double", "12.5"),
        ("12.00::decimal(6,2)", "12"),
        ("100::decimal(6,2)", "100"),
        ("9007199254740993::bigint", "9007199254740993"),
        ("'5c0d3c1e-0000-4000-8000-00000000000a'::uuid", "5c0d3c1e-0000-4000-8000-00000000000a"),
        ("true", "true"),
        ("'007'", "007"),
        ("'  Jan   Jansen '", "Jan Jansen"),
        ("'JAN@Voorbeeld.nl'", "jan@voorbeeld.nl"),
    ],
)
def test_a_key_of_any_type_is_its_text(parquet, cell, key):
    assert one(parquet, klant=cell)[0] == key


GOOD = {"klant": "'A'", "datum": "date '2024-03-01'", "bedrag": "5"}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("column", "good", "bad", "words"),
    [
        ("bedrag", "5", "null", "dit is niet ingevuld"),
        ("bedrag", "5.5::double", "'nan'", "dit is geen bedrag ('nan')"),
        ("bedrag", "5.5::double", "'-inf'", "dit is geen bedrag ('-inf')"),
        ("bedrag", "5.5::double", "1e15", "dit is geen bedrag"),
        ("bedrag", "5::bigint", "1000000000000000", "dit is geen bedrag ('1000000000000000')"),
        ("datum", "date '2024-03-01'", "null", "dit is niet ingevuld"),
        ("datum", "date '2024-03-01'", "date '1066-10-14'", "het jaartal kan niet kloppen ('1066-10-14')"),
        ("datum", "date '2024-03-01'", "date 'infinity'", "dit is geen datum ('infinity')"),
        ("datum", "timestamptz '2024-03-01 12:00:00+00'", "'-infinity'", "dit is geen datum ('-infinity')"),
        ("datum", "20240301", "45000", "dit getal is alleen een datum als"),
        (
            "klant",
            "'A'",
            "'Totaal'",
            "dit lijkt een totaalregel ('Totaal')",
        ),  # and no sum of what is above it
    ],
)
def test_a_cell_without_a_value_is_refused_with_the_number_of_its_record(parquet, column, good, bad, words):
    cells = {**GOOD, column: f"case i when 1 then {bad} else {good} end"}
    if column == "klant":
        cells["bedrag"] = "5 + i"
    shown = ", ".join(f"{cell} as {name}" for name, cell in cells.items())
    with pytest.raises(RowsRefused) as refused:
        rows(parquet(f"select {shown} from range(3) r(i)"))
    assert f"rij 2, kolom {column}: {words}" in str(refused.value)
    assert "1 van de 3" in str(refused.value)


@pytest.mark.parametrize("none", ["null", "'nan'::double"])
def test_a_row_without_a_customer_is_a_guests(parquet, none):
    query = f"select if(i = 1, {none}, 7::double) as klant, date '2024-03-01' as datum, 5 as bedrag from range(3) r(i)"
    assert [row[0] for row in rows(parquet(query))] == ["7", None, "7"]


@pytest.mark.parametrize(
    ("column", "cell"),
    [
        ("klant", "[1, 2]"),
        ("klant", "'\\x01'::blob"),
        ("bedrag", "{'euro': 5}"),
        ("bedrag", "date '2024-03-01'"),
        ("bedrag", "true"),
        ("datum", "time '10:00'"),
        ("datum", "true"),
    ],
)
def test_a_column_whose_type_holds_no_such_value_is_refused_in_words(parquet, column, cell):
    with pytest.raises(FileUnreadable) as refused:
        one(parquet, **{column: cell})
    assert f"Kolom '{column}' heeft het type" in refused.value.what
    assert f"--kolommen {column}=" in refused.value.remedy


@pytest.mark.slow
def test_a_column_that_is_not_ours_may_hold_anything(parquet):
    path = parquet(
        "select 'A' as klant, date '2024-03-01' as datum, 5 as bedrag, [1, 2] as regels, 3 as status"
    )
    assert rows(path) == [("A", MARCH, 5.0)]


def test_a_row_without_date_and_amount_is_passed_over_as_in_a_file(parquet):
    path = parquet("""select * from (values ('A', date '2024-03-01', 5), ('vervolg', null, null))
                      as t(klant, datum, bedrag)""")
    read = read_transactions(path, today=TODAY)
    assert len(read.rows()) == 1
    assert any("1 rij zonder datum en bedrag" in note for note in read.quality.notes)


@pytest.mark.slow
def test_months_are_read_from_dates_numbers_and_text(parquet):
    for cell in ("date '2024-03-17'", "202403", "'maart 2024'", "timestamp '2024-03-31 23:00:00'"):
        path = parquet(f"select {cell} as maand, 'Ads' as kanaal, 10.5 as bedrag")
        assert read_table(path, COSTS, today=TODAY).rows()[0][:2] == (MARCH, "Ads")


def test_the_user_can_name_the_columns_of_typed_data(parquet):
    path = parquet("select 'A' as wie, date '2024-03-01' as wanneer, 5 as hoeveel")
    assert rows(path, columns={"klant": "wie", "datum": "wanneer", "bedrag": "hoeveel"}) == [
        ("A", MARCH, 5.0)
    ]


def test_absent_columns_of_typed_data_are_named_with_what_is_there(parquet):
    with pytest.raises(ColumnsMissing, match="Gevonden: 'wie', 'datum'"):
        rows(parquet("select 'A' as wie, date '2024-03-01' as datum"))


# ── files of Parquet ────────────────────────────────────────────────────────────────────────

ORDER = "select 'K{0}' as klant, date '2024-03-01' as datum, {0}.5 as bedrag"


@pytest.mark.slow
def test_the_files_of_a_folder_are_one_table_in_order_of_their_names(parquet, tmp_path):
    (tmp_path / "jaar=2024").mkdir()
    for name, number in (
        ("b.parquet", 2),
        ("a.parquet", 1),
        ("jaar=2024/c.parquet", 3),
        ("_teken.parquet", 9),
    ):
        parquet(ORDER.format(number), name)
    assert [klant for klant, *_ in rows(tmp_path)] == ["K1", "K2", "K3"]


@pytest.mark.slow
def test_a_pattern_takes_the_files_that_it_fits(parquet, tmp_path):
    for name, number in (("orders-1.parquet", 1), ("orders-2.parquet", 2), ("kosten-1.parquet", 3)):
        parquet(ORDER.format(number), name)
    assert [klant for klant, *_ in rows(tmp_path / "orders-*.parquet")] == ["K1", "K2"]


def test_a_name_with_the_signs_of_a_pattern_is_a_name(parquet):
    path = parquet(ORDER.format(1), "orders [2024]#1.parquet")
    assert rows(path)[0][0] == "K1"


@pytest.mark.parametrize(
    "other", ["select 'B' as klant, 'x' as datum, 1.5 as bedrag", "select 'B' as klant, 1.5 as bedrag"]
)
def test_files_of_different_shapes_are_not_added_up(parquet, tmp_path, other):
    parquet(ORDER.format(1), "a.parquet")
    parquet(other, "b.parquet")
    with pytest.raises(FileUnreadable, match="niet dezelfde kolommen: 'datum'") as refused:
        rows(tmp_path)
    assert "a.parquet" in refused.value.where
    assert "b.parquet" in refused.value.where


def test_a_parquet_file_has_no_tables(parquet):
    with pytest.raises(UsageError, match="geen tabellen"):
        rows(f"{parquet(ORDER.format(1))}#orders")


@pytest.mark.parametrize("name", ["orders.parquet", "winkel.sqlite", "winkel.duckdb", "winkel.db"])
def test_a_file_that_is_not_what_its_name_says_is_refused(tmp_path, name):
    (tmp_path / name).write_text("klant;datum;bedrag\nA;2024-03-01;5\n")
    with pytest.raises(FileUnreadable, match="al heet het zo"):
        rows(tmp_path / name)


_DAMAGED = """
import random, sys
from pathlib import Path
from klantwaarde_xl.data.reading.files import read_transactions
from klantwaarde_xl.errors import KlantwaardeError
whole = Path(sys.argv[1]).read_bytes()
for seed in range(int(sys.argv[3])):
    draw, body = random.Random(seed), bytearray(whole)
    for _ in range(draw.randrange(1, 40)):
        body[draw.randrange(len(body) if seed % 2 else 16, len(body) + 16) % len(body)] = draw.randrange(256)
    if seed % 3 == 0:
        del body[draw.randrange(len(body)):]
    damaged = Path(sys.argv[2])
    damaged.write_bytes(body)
    try:
        read_transactions(damaged, skip_refused=True)
    except KlantwaardeError as error:
        assert "Oplossing" in str(error), error
"""


@pytest.mark.slow
def test_a_damaged_parquet_file_gives_words_and_never_a_crash(parquet, tmp_path):
    path = parquet(
        "select 'K' || i as klant, date '2024-01-01' + i::int as datum, i / 10 as bedrag from range(400) r(i)"
    )
    damaged = [sys.executable, "-c", _DAMAGED, path, tmp_path / "stuk.parquet", "120"]
    done = subprocess.run(damaged, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


# ── one table, three forms ──────────────────────────────────────────────────────────────────

ORDERS = st.lists(
    st.tuples(
        st.one_of(st.integers(1, 99999).map(str), st.text("abcXYZ éß-", min_size=1).filter(str.strip)),
        st.dates(dt.date(1980, 1, 1), dt.date(2026, 12, 31)),
        st.decimals(-99999, 99999, places=2),
    ),
    min_size=1,
    max_size=30,
)


@pytest.mark.slow
@given(orders=ORDERS)
@examples(6)
def test_csv_parquet_and_sqlite_of_the_same_values_read_alike(orders, tmp_path_factory):
    folder = tmp_path_factory.mktemp("drie vormen")
    lines = [f"{klant};{datum:%d-%m-%Y};{str(bedrag).replace('.', ',')}" for klant, datum, bedrag in orders]
    (folder / "orders.csv").write_text("\n".join(["klant;datum;bedrag", *lines, ""]), encoding="utf-8")
    con = duckdb.connect()
    con.execute("create table orders (klant varchar, datum date, bedrag decimal(9, 2))")
    con.executemany("insert into orders values (?, ?, ?)", orders)
    con.execute(f"copy orders to '{folder / 'orders.parquet'}' (format parquet)")
    with sqlite3.connect(folder / "orders.sqlite") as file:
        file.execute("create table orders (klant text, datum date, bedrag numeric)")
        file.executemany(
            "insert into orders values (?, ?, ?)", [(k, d.isoformat(), float(b)) for k, d, b in orders]
        )
    file.close()
    read = [rows(folder / f"orders.{form}", skip_refused=True) for form in ("csv", "parquet", "sqlite")]
    assert read[0] == read[1] == read[2]
    assert sum(Decimal(str(amount)) for *_, amount in read[1]) == pytest.approx(
        sum(bedrag for klant, _, bedrag in orders if klant.strip())
    )


@pytest.mark.slow
def test_a_million_typed_rows_keep_their_sum(tmp_path):
    draw = random.Random(1)
    cents = [draw.randrange(-5000, 90000) for _ in range(1000)]
    con = duckdb.connect()
    con.execute("create table c as select unnest(?) as cents", [cents])
    con.execute(
        f"""copy (select 'K' || (i % 7919) as klant, date '2023-01-01' + (i % 900)::int as datum,
                   (cents / 100)::decimal(10, 2) as bedrag from range(1000) r(i), c order by i) to '{tmp_path / "m.parquet"}'"""
    )
    read = read_transactions(tmp_path / "m.parquet", today=TODAY)
    assert read.quality.rows_kept == 1_000_000
    assert read.quality.amount_kept == pytest.approx(10 * sum(cents))
    assert read.con.execute(
        "select count(*) from tx where klant <> 'K' || ((rij - 1) // 1000 % 7919)"
    ).fetchall() == [(0,)]


def test_a_refund_that_is_only_true_or_false_pays_back_the_whole_order(tmp_path):
    path = tmp_path / "orders.parquet"
    duckdb.connect().execute(f"""copy (select * from (values
        (7, date '2025-04-03', 'A', 12.5, false), (8, date '2025-04-04', 'B', 30.0, true))
        as t(order_id, date, customer_id, total, refunded)) to '{path}' (format parquet)""")
    assert figures(read(path)) == (2, 42.5, 12.5, 2)
