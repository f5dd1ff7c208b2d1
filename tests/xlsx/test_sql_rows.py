"""Bodies that the SQL engine writes: to the letter what our own writer makes of the same rows."""

import datetime as dt

import duckdb
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from klantwaarde_xl.xlsx.archive import Whole
from klantwaarde_xl.xlsx.digests import digests
from klantwaarde_xl.xlsx.scan import WellFormed
from klantwaarde_xl.xlsx.sheet_write import Around, CellWriter, Column
from klantwaarde_xl.xlsx.sql_rows import SqlRows
from tests.on_demand import OnDemand

PLAINLY = Around()
TOP = 6
TYPES = ("varchar", "date", "bigint", "double")
ODD = [
    "",
    " ",
    " a",
    "a ",
    "a\nb",
    "\x00",
    "\x1f",
    "_x0041_",
    "_x",
    "&<>\"'",
    "😀",
    "é",
    "\u00a0b",
    "\ufffe",
    "'",
    "{0}{p}",
]
TEXTS = st.one_of(
    st.none(),
    st.sampled_from(ODD),
    st.text(st.sampled_from("_x0041FDd\r\n\t &<>\"'\x1f€ÀÉab"), max_size=12),
    st.text(st.characters(codec="utf-8"), max_size=20),
    st.just("lang" * 10_000),
)  # fmt: skip
DAYS = st.one_of(st.none(), st.dates(dt.date(1890, 1, 1), dt.date(1910, 1, 1)), st.dates())
WHOLES = st.one_of(st.none(), st.integers(-(2**63), 2**63 - 1), st.integers(-9, 9))
NUMBERS = st.one_of(
    st.none(),
    st.floats(),
    st.decimals(-(10**9), 10**9, places=2).map(float),
    st.floats(-1e-3, 1e-3),
    st.floats(1e14, 1e17),
)
ROWS = st.lists(st.tuples(TEXTS, DAYS, WHOLES, NUMBERS), min_size=1, max_size=12)
PLAIN = [("Anna", dt.date(2024, 2, 29), 3, 12.5), ("K1 & zoon", dt.date(1904, 1, 1), -3, -0.0)]


ENGINE = OnDemand(
    lambda _: duckdb.connect()
)  # one for all: to start one takes longer than to write a few rows


def rows_of(rows, order="place", times=1):
    con = ENGINE["of all"]
    con.execute(
        f"create or replace table given (place int, {', '.join(f'v{at} {one}' for at, one in enumerate(TYPES))})"
    )
    con.executemany("insert into given values (?, ?, ?, ?, ?)", [(at, *row) for at, row in enumerate(rows)])
    return SqlRows(con, f"select * exclude (place, range) from given, range({times}) order by {order}")


def columns_of(styled=True, order=(0, 1, 2, 3)):
    return [Column("BCDE"[at], f' s="{at + 3}"' if styled else "", source) for at, source in enumerate(order)]


def both(rows, columns, *, prefix="", date1904=False, around=PLAINLY):
    """The XML of both, and what each counted."""
    made = []
    for given_rows, write in ((rows_of(rows), SqlRows.body), (rows, None)):
        writer = CellWriter(prefix, date1904=date1904)
        if write is None:
            chunks = list(writer.body(columns, given_rows, TOP, around))
        else:
            chunks = list(write(given_rows, columns, TOP, writer, around))
        made.append((b"".join(chunks), writer.counts))
    return made


@pytest.mark.slow
@given(ROWS, st.booleans(), st.booleans(), st.sampled_from(["", "x:"]), st.permutations(range(4)))
@example(PLAIN, True, False, "", [0, 1, 2, 3])
@example(PLAIN, False, True, "", [3, 2, 1, 0])
@example([(None, None, None, None), ("", None, 0, 0.0)], True, False, "x:", [0, 1, 2, 3])
def test_the_engine_writes_what_our_writer_writes(rows, styled, date1904, prefix, order):
    by_engine, by_us = both(rows, columns_of(styled, order), prefix=prefix, date1904=date1904)
    assert by_engine == by_us


@pytest.mark.slow
@given(
    st.lists(
        st.floats(1e-4, 1e15) | st.floats(-1e15, -1e-4) | st.integers(1, 10**12).map(float),
        min_size=1,
        max_size=300,
    )
)
def test_numbers_have_the_digits_that_python_gives_them(numbers):
    rows = [(None, None, None, number) for number in numbers]
    by_engine, by_us = both(rows, columns_of())
    assert by_engine == by_us


def test_rows_with_a_height_a_colour_or_cells_beside_the_table_are_our_writers():
    beside = {TOP: ('<c r="A6"/>', '<c r="Z6"><v>1</v></c>')}
    around = Around({TOP + 1: ' ht="30"'}, beside, {TOP + 2: {1: ' s="77"'}})
    by_engine, by_us = both(PLAIN * 3, columns_of(), around=around)
    assert by_engine == by_us


@pytest.mark.slow
@given(ROWS)
def test_what_needs_no_look_is_well_formed(rows):
    check = WellFormed("deel")
    check.feed(b"<rijen>")
    for chunk in rows_of(rows).body(columns_of(), TOP, CellWriter(), Around()):
        if isinstance(chunk, Whole):
            check.feed(chunk)
    check.feed(b"</rijen>")
    check.close()


@pytest.mark.slow
def test_many_rows_keep_the_order_of_their_query():
    con = duckdb.connect()
    con.execute("create table given as select (range * 7919) % 50_000 as place from range(50_000)")
    rows = SqlRows(con, "select place from given order by place")
    assert [row[0] for row in rows] == list(range(50_000))
    assert (len(rows), rows[7], rows[-1]) == (50_000, (7,), (49_999,))
    xml = b"".join(rows.body([Column("A", "", 0)], 1, CellWriter(), Around()))
    assert xml.startswith(b'<row r="1"><c r="A1"><v>0</v></c></row><row r="2"><c r="A2"><v>1</v></c></row>')
    assert xml == b"".join(CellWriter().body([Column("A", "", 0)], list(rows), 1, Around()))


@pytest.mark.slow
def test_two_at_once_do_not_cut_each_other_off():
    rows = rows_of(PLAIN, times=9000)
    assert sum(1 for _ in zip(rows, rows, strict=True)) == 18_000


def test_a_column_of_another_type_is_refused():
    with pytest.raises(TypeError, match="BOOLEAN"):
        SqlRows(duckdb.connect(), "select true as waar")


@pytest.mark.slow
@given(ROWS, st.booleans())
@example(PLAIN, False)
@example([("a", dt.date(2020, 1, 1), 2, 0.1), ("", None, None, 0.2), (None, None, 5, 0.3)], False)
def test_digests_are_those_of_the_same_rows_in_python(rows, date1904):
    by_engine = rows_of(rows).digests(date1904=date1904)
    by_us = digests(rows, len(TYPES), date1904=date1904)
    if by_engine is not None:  # it is the stricter of the two: of an emoji it does not know what it is
        assert by_us is not None
        for ours, one in zip(by_us, by_engine, strict=True):
            assert one == ours._replace(total=pytest.approx(ours.total))
