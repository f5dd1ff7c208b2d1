"""Names that may be of one customer are told, and those that only look alike are not."""

import datetime as dt

import duckdb
import pytest

from klantwaarde_xl.data.reading.customers.written_twice import written_twice
from klantwaarde_xl.data.reading.doubts import Looked
from klantwaarde_xl.data.tables import TRANSACTIONS


def told(*names):
    con = duckdb.connect()
    con.execute("create table buyers (klant varchar, n integer)")
    con.executemany("insert into buyers values (?, 3)", [(name,) for name in names])
    return written_twice(Looked(con, TRANSACTIONS, (), 1, dt.date(2026, 3, 1), "EUR"))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("1012 Bakkerij Jansen", "Bakkerij Jansen"),
        ("Bakkerij Jansen – 1012", "Bakkerij Jansen"),
        ("Anna Bak (104)", "Anna Bak"),
        ("(104) Øyvind Dahl", "Øyvind Dahl"),
        ("104: Иван Петров", "Иван Петров"),
        ("De Vries B.V.", "De Vries BV"),
        ("De Vries b.v.", "De Vries"),
        ("Jan d’Arcy", "Jan d'Arcy"),
        ("Café 't Hoekje", "Cafe 't Hoekje"),
        ("Jan-Peter Smit", "Jan Peter Smit"),
    ],
)
def test_two_ways_to_write_a_name_are_told(one, other):
    first, second = sorted((one, other))
    names = f"1 klant staat er onder twee schrijfwijzen, zoals {first!r} en {second!r}"
    assert told(one, other, "Iemand Anders") == [f"{names}: ze tellen apart"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Jan Bak", "Jan Bos"),
        ("Jan Bak", "JAN BAK"),  # told elsewhere
        ("Filiaal 24 Zuid", "Filiaal 25 Zuid"),
        ("Иван Петров", "Олег Петров"),
        ("陈 伟", "李 娜"),
        ("jan bak@x.nl", "jan b.ak@x.nl"),
        ("K 1012", "K1012"),
    ],
)
def test_other_names_are_not(one, other):
    assert not told(one, other)
