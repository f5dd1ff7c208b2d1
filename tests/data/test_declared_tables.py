"""Each declared table is read back as it was written, from every sort of source."""

import csv
import datetime as dt
import sqlite3
import tempfile
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from klantwaarde_xl.data.analyse import analyse
from klantwaarde_xl.data.declared_tables import CONTRACTEN, DOELEN, KLANTEN, OTHERS, PRIJZEN
from klantwaarde_xl.data.reading.files import read_table, table_from_cells, transactions_from_cells
from klantwaarde_xl.data.settings import Settings
from klantwaarde_xl.data.tables import Kind, example_of, tables
from klantwaarde_xl.errors import Ambiguous, UsageError

TODAY = dt.date(2026, 11, 27)
DAYS = st.dates(dt.date(1990, 1, 1), TODAY)
BY_KIND = {
    Kind.KEY: st.from_regex("x[a-z]{1,6}( [a-z0-9]{1,4})?", fullmatch=True),
    Kind.TEXT: st.from_regex("x[a-z ]{0,10}[a-z]", fullmatch=True),
    Kind.DATE: DAYS,
    Kind.MONTH: DAYS.map(lambda day: day.replace(day=1)),
    Kind.AMOUNT: st.integers(-(10**8), 10**8).map(lambda cents: cents / 100),
    Kind.NUMBER: st.integers(-(10**6), 10**6).map(lambda hundredths: hundredths / 100),
    Kind.SCORE: st.integers(1, 5).map(float),
}


ONE_WORD = {"schaal": "1 t/m 5", "termijn": "maand"}  # columns that reading fills


def cells_of(column):
    some = st.just(ONE_WORD[column.name]) if column.name in ONE_WORD else BY_KIND[column.kind]
    some = some.map(lambda price: abs(price) or 1.0) if column.above_nought else some
    return some if column.required or column.name in ONE_WORD else st.none() | some


@st.composite
def filled(draw, table):
    rows = draw(st.lists(st.tuples(*map(cells_of, table.columns)), min_size=1, max_size=5))
    for at, column in enumerate(table.columns):
        if column.not_before:
            first = table.headers.index(column.not_before)
            rows = [r if r[at] is None or r[at] >= r[first] else (*r[:at], None, *r[at + 1 :]) for r in rows]
    return rows


def dutch(cell):
    if isinstance(cell, float):
        return f"{cell:.2f}".replace(".", ",") if cell % 1 else f"{cell:.0f}"
    return "" if cell is None else str(cell)


def in_text(folder, table, rows):
    with (folder / "t.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=";").writerows([table.headers, *([dutch(c) for c in r] for r in rows)])
    return read_table(folder / "t.csv", table, today=TODAY)


def in_workbook(folder, table, rows):
    book = openpyxl.Workbook()
    for row in [table.headers, *rows]:
        book.active.append(row)
    book.save(folder / "t.xlsx")
    return read_table(folder / "t.xlsx", table, today=TODAY)


def in_sqlite(folder, table, rows):
    types = {Kind.AMOUNT: "REAL", Kind.NUMBER: "REAL", Kind.SCORE: "INTEGER"}
    columns = ", ".join(f'"{c.name}" {types.get(c.kind, "TEXT")}' for c in table.columns)
    con = sqlite3.connect(folder / "t.sqlite")
    con.execute(f"create table t ({columns})")
    marks = ", ".join("?" for _ in table.columns)
    plain = [[str(c) if isinstance(c, dt.date) else c for c in row] for row in rows]
    con.executemany(f"insert into t values ({marks})", plain)
    con.commit()
    con.close()
    return read_table(folder / "t.sqlite", table, today=TODAY)


def in_parquet(folder, table, rows):
    import duckdb

    types = {
        Kind.DATE: "date",
        Kind.MONTH: "date",
        Kind.AMOUNT: "decimal(18,2)",
        Kind.NUMBER: "double",
        Kind.SCORE: "int",
    }
    columns = ", ".join(f'"{c.name}" {types.get(c.kind, "varchar")}' for c in table.columns)
    con = duckdb.connect()
    con.execute(f"create table t ({columns})")
    con.executemany(
        f"insert into t values ({', '.join('?' for _ in table.columns)})", [list(r) for r in rows]
    )
    con.execute(f"copy t to '{folder / 't.parquet'}' (format parquet)")
    return read_table(folder / "t.parquet", table, today=TODAY)


def in_cells(folder, table, rows):
    return table_from_cells(table, table.headers, rows, source="Blad", today=TODAY)


@pytest.mark.slow
@pytest.mark.parametrize("write", [in_text, in_workbook, in_sqlite, in_parquet, in_cells])
@pytest.mark.parametrize("table", OTHERS, ids=lambda table: table.name)
@settings(max_examples=2)
@given(data=st.data())
def test_rows_are_read_back_as_they_were_written(table, write, data):
    rows = data.draw(filled(table))
    with tempfile.TemporaryDirectory() as folder:
        got = write(Path(folder), table, rows)
    assert got.rows() == rows
    assert got.quality.problems == ()


@pytest.mark.parametrize("table", OTHERS, ids=lambda table: table.name)
def test_the_example_row_of_a_table_is_one_that_it_reads(table):
    got = table_from_cells(table, table.headers, [example_of(table, TODAY)], source="Blad", today=TODAY)
    assert got.quality.problems == ()
    assert got.rows()[0] == tuple(
        TODAY.replace(day=1) if column.kind is Kind.MONTH else cell
        for column, cell in zip(table.columns, example_of(table, TODAY), strict=True)
    )


@pytest.mark.parametrize("table", OTHERS, ids=lambda table: table.name)
def test_every_column_says_in_dutch_what_it_is(table):
    assert all(column.help.endswith(".") for column in table.columns)
    assert tables()[table.name] is table


def cells(table, headers, *rows):
    return table_from_cells(table, headers, rows, source="Blad", today=TODAY)


# ── contracts, targets, prices ──────────────────────────────────────────────────────────────


def test_an_end_before_the_start_is_a_problem_of_its_row():
    got = cells(CONTRACTEN, ["start", "eind"], ["1-2-2025", "31-1-2025"], ["1-2-2025", "1-2-2025"])
    assert [str(one) for one in got.quality.problems] == [
        "rij 2, kolom eind: dit ligt voor de start ('31-1-2025')"
    ]
    assert len(got.rows()) == 1


@pytest.mark.parametrize("never", ["31-12-9999", "9999-12-31", dt.date(9999, 12, 31), "31-12-2099"])
def test_a_day_that_stands_for_no_end_is_none_and_is_said(never):
    got = cells(CONTRACTEN, ["start", "eind"], ["1-2-2025", never], ["1-2-2025", "1-3-2031"])
    assert got.rows()[0][1] is None
    assert got.rows()[1][1] == dt.date(2031, 3, 1)
    assert [str(said) for said in got.quality.said] == [
        "eind: 1 keer een dag als 31-12-9999: dat is geen einde"
    ]


def test_the_start_of_a_contract_cannot_lie_years_ahead_as_its_end_can():
    got = cells(CONTRACTEN, ["start", "eind"], ["1-2-2030", ""], ["1-2-2025", ""])
    assert [problem.column for problem in got.quality.problems] == ["start"]


def test_contracts_that_begin_or_end_later_and_customers_with_two_are_said():
    rows = [["1-2-2025", "1-3-2027", "a"], ["1-1-2027", "", "a"]]
    notes = cells(CONTRACTEN, ["start", "eind", "klant"], *rows).quality.notes
    assert notes[0].startswith("1 klant heeft meer dan één contract")
    assert notes[1:] == (
        "1 contract begint nog: niet mee in de overleving",
        "1 contract eindigt in de toekomst: nog lopend",
    )


def test_a_subscription_export_is_read_by_its_english_headers():
    headers = ["id", "Customer ID", "Plan", "Amount", "Start Date (UTC)", "Ended At (UTC)"]
    got = cells(CONTRACTEN, headers, ["sub_1", "cus_9", "gold", "9.99", "2025-02-01 10:00", ""])
    assert got.rows() == [(dt.date(2025, 2, 1), None, "gold", 9.99, None, "cus_9")]


def test_two_targets_for_one_period_are_said_by_name():
    rows = [["NPS", "2026-01", 30], ["NPS", "2026-01", 40], ["retentie", "", "80%"]]
    got = cells(DOELEN, ["kpi", "periode", "doel"], *rows)
    assert got.quality.notes == (
        "meer dan één doel voor dezelfde periode bij 'NPS': haal weg wat niet geldt",
    )
    assert got.rows()[1:] == [
        ("NPS", dt.date(2026, 1, 1), 40, "maand", None, None),
        ("retentie", None, 0.8, None, None, None),
    ]


def test_our_own_price_is_not_taken_for_that_of_a_competitor(tmp_path):
    text = "product;prijs;concurrent;prijs concurrent\nfiets;90;x;100\n"
    (tmp_path / "p.csv").write_text(text, encoding="utf-8")
    got = read_table(tmp_path / "p.csv", PRIJZEN, today=TODAY)
    assert got.rows() == [("fiets", "x", 100.0, 90.0, None)]


@pytest.mark.slow
def test_prices_in_dollars_are_said_and_two_currencies_refused():
    headers = ["product", "concurrent", "prijs"]
    got = cells(PRIJZEN, headers, ["fiets", "x", "$ 100"], ["bel", "x", "$ 5"])
    assert str(got.quality.said[0]).startswith("valuta: de bedragen zijn in USD")
    with pytest.raises(Ambiguous, match="meer dan één valuta"):
        cells(PRIJZEN, headers, ["fiets", "x", "$ 100"], ["bel", "x", "€ 5"])


def test_the_premium_is_over_the_last_price_of_each_competitor():
    headers = ["product", "concurrent", "prijs", "eigen prijs", "datum"]
    rows = [
        ["fiets", "x", 100, 120, "1-1-2026"],
        ["fiets", "x", 80, None, "1-2-2026"],
        ["fiets", "y", 120, 110, "1-1-2026"],
        ["fiets", "y", 999, 999, "1-12-2026"],  # after today
        ["bel", "x", 5, None, None],
    ]
    made = analyse(cells(PRIJZEN, headers, *rows), None, ["prijsvergelijking"], today=TODAY)
    bell, bike = made["prijsvergelijking"].rows
    assert bike[1:6] == (110.0, 2, 80.0, 100.0, 120.0)
    assert bike[6] == pytest.approx(0.1)
    assert bell[1:] == (None, 1, 5.0, 5.0, 5.0, None)


# ── customers ───────────────────────────────────────────────────────────────────────────────

ORDERS = [
    ["a", "1-1-2026", 100],
    ["a", "1-2-2026", -10],
    ["b", "1-2-2026", 50],
    ["c", "1-3-2026", 25.5],
    ["", "1-3-2026", 7],
    ["d", "1-3-2026", -7],
]


def with_customers(*rows):
    shop = transactions_from_cells(["klant", "datum", "bedrag"], ORDERS, source="Blad", today=TODAY)
    known = table_from_cells(
        KLANTEN, ["klant", "kanaal", "eerste product", "regio"], rows, source="K", today=TODAY, con=shop.con
    )
    return {"transacties": shop, "klanten": known}


def test_customers_and_revenue_are_counted_per_channel_and_region():
    given_ = with_customers(["a", "ads", "", "Utrecht"], ["b", "ads", "", ""], ["z", "mail", "", "Zeeland"])
    made = analyse(given_, Settings(), ["klantgroepen"], today=TODAY)
    assert made["klantgroepen"].rows == [
        ("kanaal", "ads", 2, 2, 140.0, 70.0),
        ("kanaal", "onbekend", 1, 1, 25.5, 25.5),
        ("regio", "Utrecht", 1, 1, 90.0, 90.0),
        ("regio", "onbekend", 2, 2, 75.5, 37.75),
    ]
    assert made.figures == {"groepen_bekend": 2, "groepen_onbekend": 1, "groepen_bericht": None}


def test_a_customer_who_stands_in_it_twice_counts_once():
    given_ = with_customers(
        ["a", "ads", "", ""], ["a", "mail", "", ""], ["b", "ads", "", ""], ["b", "ads", "", ""]
    )
    assert given_["klanten"].quality.notes[0].startswith("2 klanten staan er meer dan eens in")
    rows = analyse(given_, Settings(), ["klantgroepen"], today=TODAY)["klantgroepen"].rows
    assert rows == [
        ("kanaal", "meer dan één", 1, 1, 90.0, 90.0),
        ("kanaal", "ads", 1, 1, 50.0, 50.0),
        ("kanaal", "onbekend", 1, 1, 25.5, 25.5),
    ]


def test_customers_of_whom_none_ordered_are_said_to_be_of_another_numbering():
    made = analyse(with_customers(["1001", "ads", "", ""]), Settings(), ["klantgroepen"], today=TODAY)
    assert "Gebruik in beide hetzelfde nummer" in made.figures["groepen_bericht"]


@pytest.mark.slow
@settings(max_examples=4)
@given(
    st.lists(
        st.tuples(st.sampled_from("abcdz"), *(st.sampled_from([None, "x", "y"]) for _ in range(3))),
        min_size=1,
        max_size=8,
    )
)
def test_the_groups_of_each_sort_add_up_to_all_buyers(rows):
    made = analyse(with_customers(*rows), Settings(), ["klantgroepen", "rfm"], today=TODAY)
    revenue = sum(made["rfm"].column("omzet"))
    for per in {row[0] for row in made["klantgroepen"].rows}:
        own = [row for row in made["klantgroepen"].rows if row[0] == per]
        assert sum(row[2] for row in own) == len(made["rfm"].rows)
        assert sum(row[4] for row in own) == pytest.approx(revenue)


def test_groups_without_customers_are_refused_by_name():
    shop = transactions_from_cells(["klant", "datum", "bedrag"], ORDERS, source="Blad", today=TODAY)
    with pytest.raises(UsageError, match="klanten"):
        analyse(shop, None, ["klantgroepen"], today=TODAY)
