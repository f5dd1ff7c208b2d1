"""A column that is nearly all plain is read as one that is not: the same values, in the same rows."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from klantwaarde_xl import read_transactions
from klantwaarde_xl.data.reading.cells.numbers import read_amounts
from klantwaarde_xl.data.reading.doubles import doubles
from klantwaarde_xl.data.reading.sources.marked import MARK
from klantwaarde_xl.data.reading.sources.source import Source
from klantwaarde_xl.data.reading.sources.text import TextColumn
from tests.examples import examples

TODAY = dt.date(2026, 1, 1)
COLUMN = TextColumn("t", "got", "bedrag", Source("test.csv"))
CON = duckdb.connect()

# What each text is, whatever stands in the other rows; None for what is no amount
AMOUNTS = {
    "12,50": "12.5", "-3": "-3", "7,1": "7.1", "0,125": "0.125", "": None, "(5,25)": "-5.25", "€ 12,50": "12.5",
    "1.234,56": "1234.56", "5-": "-5", "=\"8,00\"": "8", "12,-": "12", "geen": None, "3%": None, "5 10": None,
    f"{MARK}12.125": "12.125", f"{MARK}-4": "-4",
}  # fmt: skip
DATES = {
    "31-12-2024": dt.date(2024, 12, 31), "05-03-2024": dt.date(2024, 3, 5), "2024-03-06": dt.date(2024, 3, 6),
    "7 mrt 2024": dt.date(2024, 3, 7), "31-12-2024 10:15": dt.date(2024, 12, 31), "": None, "morgen": None,
    "31-02-2024": None,
}  # fmt: skip
KEYS = {"K1": "K1", "a  b": "a b", " Jan ": "Jan", "JAN@X.NL": "jan@x.nl", "é": "é", "": None, "gast": None}


def column(texts):
    """Row by row the value of an amount, and the currency that it names."""
    CON.execute(
        "create or replace table raw as select unnest(range(len($t))) as rij, unnest($t) as t", {"t": texts}
    )
    read_amounts(CON, COLUMN, None)
    found = {row: rest for row, *rest in CON.execute("from got").fetchall()}
    return [found.get(at) for at in range(len(texts))]


@pytest.mark.slow
@given(st.lists(st.sampled_from(sorted(AMOUNTS)), min_size=1, max_size=12), st.integers(0, 12))
@examples(25)
def test_an_amount_is_what_it_is_between_any_number_of_plain_ones(texts, plain):
    texts = [*["1,50"] * plain, *texts, *["2"] * plain]
    known = {**AMOUNTS, "1,50": "1.5", "2": "2"}
    expected = [None if known[text] is None else Decimal(known[text]) for text in texts]
    assert [None if got is None else got[0] for got in column(texts)] == expected


@pytest.mark.slow
@given(st.lists(st.tuples(*(st.sampled_from(sorted(one)) for one in (KEYS, DATES, AMOUNTS))), max_size=8))
@examples(8)
def test_a_file_of_plain_rows_with_any_others_has_these_values_and_problems(tmp_path_factory, rows):
    plain = [("K1", "05-03-2024", "1,50")] * 6
    every = [*plain, *(row for row in rows if MARK not in row[2]), *plain]
    path = tmp_path_factory.mktemp("rows") / "a.csv"
    lines = [
        "klant;datum;bedrag",
        *(";".join(f'"{cell.replace(chr(34), chr(34) * 2)}"' for cell in r) for r in every),
    ]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    known = {**AMOUNTS, "1,50": "1.5"}
    good, bad = [], set()
    for row, (key, date, amount) in enumerate(every, 2):
        if not (date or amount):
            continue  # without any figure a row is passed over
        wrong = {(row, "datum")} if DATES[date] is None else set()
        wrong |= {(row, "bedrag")} if known[amount] is None else set()
        bad |= wrong
        if not wrong:
            good.append((row, KEYS[key], DATES[date], Decimal(known[amount])))
    read = read_transactions(path, today=TODAY, skip_refused=True)
    assert {(problem.row, problem.column) for problem in read.quality.problems} == bad
    assert read.con.execute("select rij, klant, dag, bedrag from tx order by rij").fetchall() == good
    assert read.quality.rows_read == len(good) + len({row for row, _ in bad})


@pytest.mark.parametrize("sign", [",", "."])
def test_a_thousand_plain_amounts_do_not_hide_another_sign_behind_them(sign):
    other = "," if sign == "." else "."
    got = column([f"1{sign}5"] * 1500 + [f"2{other}75", "3"])
    assert [row[0] for row in got[-3:]] == [Decimal("1.5"), Decimal("2.75"), 3]


def test_double_rows_of_a_large_table_are_counted_exactly():
    con = duckdb.connect()
    con.execute(
        "create table t as select i % 150000 as a, if(i < 150003, null, 1) as b from range(150010) r(i)"
    )
    exact = con.execute("select count(*) - count(distinct (a, b)) from t").fetchall()[0][0]
    assert doubles(con, "t", ("a", "b")) == exact == 3
    assert doubles(con, "t", ("a",)) == 10


def test_a_table_of_nothing_but_doubles_is_counted_too():
    con = duckdb.connect()
    con.execute("create table t as select i // 2 as a from range(300000) r(i)")
    assert doubles(con, "t", ("a",)) == 150_000
