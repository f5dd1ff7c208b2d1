"""Cells of a workbook go to the engine as what they are, and are read as when they were written as marked text."""

import csv
import datetime as dt
import json
from contextlib import contextmanager
from dataclasses import replace
from unittest.mock import patch

import duckdb
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from klantwaarde_xl.data.reading import files, several
from klantwaarde_xl.data.reading.files import read_transactions, table_from_cells, transactions_from_cells
from klantwaarde_xl.data.reading.load import load
from klantwaarde_xl.data.reading.sources.lines import make_lines, records_of
from klantwaarde_xl.data.reading.sources.own_cells import from_cells
from klantwaarde_xl.data.reading.sources.source import PART, Source
from klantwaarde_xl.data.reading.sources.typed_lines import cells_and_typed
from klantwaarde_xl.data.reading.workbooks import child, workbook
from klantwaarde_xl.data.tables import TRANSACTIONS, Kind, example_of, tables
from klantwaarde_xl.errors import CellError, KlantwaardeError
from tests.engines import connect

TODAY = dt.date(2026, 6, 1)
HEADERS = ["klant", "datum", "bedrag"]
EPOCH = dt.date(1899, 12, 30)


def as_text(raw):
    """The same records as marked text, and nothing beside it."""
    path = raw.path.with_name(f"{raw.path.name}.tekst")
    with path.open("w", encoding="utf-8", newline="") as target:
        csv.writer(target, lineterminator="\n").writerows(one or [""] for one in records_of(raw))
    return replace(raw, path=path, typed=None, below=tuple(map(as_text, raw.below)))


@contextmanager
def through_text():
    """While this lasts, every cell goes through marked text."""
    cells, book = files.from_cells, several.from_workbook
    with (
        patch.object(files, "from_cells", lambda *args: as_text(cells(*args))),
        patch.object(several, "from_workbook", lambda *args: as_text(book(*args))),
    ):
        yield


def outcome(read):
    """What reading tells, to the last detail; of an error its words."""
    try:
        done = read()
    except KlantwaardeError as error:
        return type(error), str(error)
    columns = ", ".join(column.sql for column in done.table.columns)
    rows = done.con.execute(f"select rij, {columns} from {done.table.sql} order by rij").fetchall()
    return rows, done.quality, done.recipe, done.first_day, done.last_day


def column(kind, blank):
    return st.lists(st.one_of(kind, st.just(None)) if blank else kind, min_size=12, max_size=12)


names = st.sampled_from(["Jansen", "K12", "01234", "a, b", 'zegt "ja"', "x@voorbeeld.nl", " Bos "])
codes = st.one_of(st.integers(1, 30).map(float), st.sampled_from([12.0, 12.5, 1e15, 1e16, -3.0]))
days = st.dates(dt.date(2023, 1, 1), dt.date(2025, 12, 31))
moments = st.datetimes(dt.datetime(2023, 1, 1), dt.datetime(2025, 12, 31))
serials = days.map(lambda day: float((day - EPOCH).days))
amounts = st.one_of(
    st.integers(-500, 90_000).map(lambda cents: cents / 100),
    st.sampled_from([0.1 + 0.2, 0.0, 12.0, 1e-7, 1.0000005, 98765432109.87, 1e13]),
)
odd = st.sampled_from(
    ["", "12,50", "1.234", "€ 5", "n.v.t.", CellError.NA, True, dt.time(9, 30), 7.0, dt.date(1970, 1, 1)]
)
old = st.sampled_from([dt.date(1900, 1, 1), dt.date(2090, 1, 1)])
kinds_of_customers = st.sampled_from([names, codes, st.one_of(names, codes), days])
kinds_of_days = st.sampled_from(
    [
        days,
        moments,
        serials,
        st.one_of(serials, st.floats(0, 50_000)),
        st.one_of(days, odd),
        st.one_of(days, old),
    ]
    + [
        days.map(lambda day: float(f"{day:%Y%m%d}")),
        days.map(lambda day: f"{day:%d-%m-%Y}"),
        st.one_of(days, serials),
    ]
)
kinds_of_amounts = st.sampled_from(
    [amounts, amounts, st.one_of(amounts, odd), st.one_of(amounts, days), st.booleans()]
)
kinds_of_others = st.sampled_from([names, codes, days, st.booleans(), st.one_of(codes, days, odd)])


@st.composite
def rows_of_cells(draw):
    kinds = [draw(kinds_of_customers), draw(kinds_of_days), draw(kinds_of_amounts), draw(kinds_of_others)]
    blanks = draw(st.tuples(*[st.booleans()] * 4))
    columns = [draw(column(*one)) for one in zip(kinds, blanks, strict=True)]
    return [list(row) for row in zip(*columns, strict=True)]


@pytest.mark.slow
@given(rows_of_cells(), st.sampled_from([["klant", "datum", "bedrag"], ["Customer", "Order Date", "Total"]]))
def test_a_sheet_is_read_as_its_marked_text_is(rows, headers):
    def read():
        return transactions_from_cells([*headers, "Kanaal"], rows, source="Blad", today=TODAY, first_row=5)

    found = outcome(read)
    with through_text():
        assert outcome(read) == found


def asked_here(request, path):
    """What the child answers, without a process of its own."""
    return json.loads(json.dumps(child._read(json.loads(json.dumps(request)))))


def write_sheet(sheet, headers, rows, day, top=0):
    sheet.write_row(top, 0, headers)
    for at, row in enumerate(rows, top + 1):
        for place, cell in enumerate(row):
            if isinstance(cell, CellError):
                sheet.write_formula(at, place, "=NA()", None, cell.text)
            elif isinstance(cell, (dt.date, dt.time)):
                sheet.write_datetime(at, place, cell, day)
            elif cell is not None:
                sheet.write(at, place, cell)


exports = st.sampled_from(
    [
        ["klant", "datum", "bedrag", "Opmerking"],
        ["Customer", "Order Date", "Total", "Order ID"],
        ["Klantnummer", "Besteldatum", "Totaal incl. btw", "Btw"],
        ["Naam", "Factuurdatum", "Bedrag", "Aantal"],
        ["Customer Email", "Created at", "Total", "Refunded Amount"],
        ["Klant", "Datum", "Uurtarief", "Duur (min)"],
        ["Buyer User ID", "Sale Date", "Order Total", "Adjusted Order Total"],
        ["Customer", "Date", "Subtotal", "Discount"],
    ]
)


@pytest.mark.slow
@settings(max_examples=12)
@given(rows_of_cells(), exports, st.sampled_from([0, 0, 2]), st.booleans(), st.booleans())
def test_a_workbook_is_read_as_its_marked_text_is(tmp_path_factory, rows, headers, top, is_1904, parted):
    path = tmp_path_factory.mktemp("boek") / "export.xlsx"
    with xlsxwriter.Workbook(path, {"date_1904": is_1904}) as book:
        day = book.add_format({"num_format": "d-m-yyyy h:mm"})
        parts = [rows[:6], rows[6:]] if parted else [rows]
        for number, part in enumerate(parts):
            sheet = book.add_worksheet(f"Blad{number}")
            for at in range(top):
                sheet.write_row(at, 0, [f"Overzicht {at}"])
            write_sheet(sheet, headers, part, day, top)
    with patch.object(workbook, "_ask", asked_here):
        found = outcome(lambda: read_transactions(path, today=TODAY, skip_refused=True))
        with through_text():
            assert outcome(lambda: read_transactions(path, today=TODAY, skip_refused=True)) == found


@pytest.mark.slow
@settings(max_examples=12)
@given(st.data())
def test_a_workbook_and_parquet_hold_the_same_orders(tmp_path_factory, data):
    folder = tmp_path_factory.mktemp("beide")
    each = (column(kind, blank=False) for kind in (names.filter(lambda one: "@" not in one), days, amounts))
    rows = [list(row) for row in zip(*map(data.draw, each), strict=True)]
    with xlsxwriter.Workbook(folder / "orders.xlsx") as book:
        write_sheet(book.add_worksheet(), HEADERS, rows, book.add_format({"num_format": "yyyy-mm-dd"}))
    with duckdb.connect() as con:
        con.execute("create table orders (klant varchar, datum date, bedrag double)")
        con.executemany("insert into orders values (?, ?, ?)", rows)
        con.execute(f"copy orders to '{folder / 'orders.parquet'}' (format parquet)")
    with patch.object(workbook, "_ask", asked_here):
        sheet = outcome(lambda: read_transactions(folder / "orders.xlsx", today=TODAY, skip_refused=True))
    other = outcome(lambda: read_transactions(folder / "orders.parquet", today=TODAY, skip_refused=True))
    if isinstance(sheet[0], list) and isinstance(other[0], list):
        assert sheet[0] == [(row + 1, *values) for row, *values in other[0]]
    else:
        assert sheet[0] == other[0]


def types_of_raw(headers, rows, tmp_path, table=TRANSACTIONS):
    con = connect()
    load(con, from_cells(headers, rows, tmp_path, Source(sheet="Blad"), 1), table, None, today=TODAY)
    return [*map(str, con.table("raw").types)][1 : 1 + len(headers)]


def test_columns_of_one_kind_reach_the_engine_with_their_type(tmp_path):
    day = dt.date(2024, 1, 31)
    assert types_of_raw(HEADERS, [["A", day, 12.0], ["B", None, None]], tmp_path) == [
        "VARCHAR",
        "DATE",
        "DOUBLE",
    ]
    assert types_of_raw(HEADERS, [["A", 45322.0, 12], [7.0, 45323.0, 2.5]], tmp_path) == [
        "VARCHAR",
        "DATE",
        "DOUBLE",
    ]
    for odd_row in (["B", "31 jan", "€ 5"], ["B", 45322.0, day]):
        assert types_of_raw(HEADERS, [["A", day, 12.0], odd_row], tmp_path) == ["VARCHAR"] * 3
    # a month in digits, and what is no whole day number, may be something else than a day
    for number in (202401.0, 45322.5, 12.0):
        assert types_of_raw(HEADERS, [["A", number, 1.0]], tmp_path)[1] == "VARCHAR"


def test_lines_show_typed_cells_as_marked_text(tmp_path):
    rows = [
        ["A", dt.date(2024, 1, 31), 12.0],
        ["B", None, 0.1 + 0.2],
        [None, dt.datetime(2024, 2, 1, 9), -1e16],
    ]
    raw = from_cells(HEADERS, rows, tmp_path, Source(sheet="Blad"), 4)
    typed, text = connect(), connect()
    make_lines(typed, raw, 3)
    make_lines(text, as_text(raw), 3)
    assert cells_and_typed(typed) == (["VARCHAR"] * 3, {1: "DATE", 2: "DOUBLE"})
    assert cells_and_typed(text) == (["VARCHAR"] * 3, {})
    asked = "select rij, c0, c1, c2 from lines order by rij"
    assert typed.execute(asked).fetchall() == text.execute(asked).fetchall()
    assert typed.execute("select n1, n2 from lines where rij = 7").fetchall() == [
        (dt.date(2024, 2, 1), -1e16)
    ]


def test_parts_with_other_kinds_of_cells_are_lines_all_the_same(tmp_path):
    (one, two) = (tmp_path / "a", tmp_path / "b")
    one.mkdir()
    two.mkdir()
    first = from_cells(HEADERS, [["A", 45322.0, 1.5]], one, Source(sheet="a"), 1)
    second = from_cells(
        HEADERS, [["B", dt.date(2024, 1, 31), 2.0], ["C", None, None]], two, Source(sheet="b"), 3
    )
    both = replace(first, below=(replace(second, heading=1),))
    con = connect()
    make_lines(con, both, 3)
    assert cells_and_typed(con)[1] == {2: "DOUBLE"}
    rows = con.execute(
        "select rij, c0, replace(c1, chr(2), '#'), n2 from lines where rij > 1 order by rij"
    ).fetchall()
    assert rows == [
        (2, "A", "#45322", 1.5), (PART + 4, "B", "2024-01-31", 2.0), (PART + 5, "C", None, None),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("headers", "cells", "amounts"),
    [
        (["Klant", "Datum", "Uurtarief", "Duur (min)"], [60.0, 90.0, 30.0], [60.0, 90.0, 30.0]),
        (["Klant", "Datum", "Order Total", "Adjusted Order Total"], [None, 45.5, None], [60.0, 45.5, 60.0]),
        (
            ["Klant", "Datum", "Order Total", "Adjusted Order Total"],
            [None, "45,50", None],
            [60.0, 45.5, 60.0],
        ),
    ],
)
def test_numbers_that_are_written_anew_are_read_so(tmp_path, headers, cells, amounts):
    path = tmp_path / "export.xlsx"
    rows = [[f"K{at}", dt.date(2024, 3, at), 60.0, cell] for at, cell in enumerate(cells, 1)]
    with xlsxwriter.Workbook(path) as book:
        write_sheet(book.add_worksheet(), headers, rows, book.add_format({"num_format": "yyyy-mm-dd"}))
    with patch.object(workbook, "_ask", asked_here):
        found = outcome(lambda: read_transactions(path, today=TODAY, skip_refused=True))
        assert [float(amount) for *_, amount in found[0]] == amounts
        with through_text():
            assert outcome(lambda: read_transactions(path, today=TODAY, skip_refused=True)) == found


def test_columns_that_change_places_take_their_numbers_along(tmp_path):
    path = tmp_path / "export.xlsx"
    rows = [[f"{at}-3-2024", f"K{at}", 10.0 + at, 1.0] for at in range(1, 5)]
    rows += [["Datum", "Klant", None, "Bedrag"]]
    rows += [[f"{at}-4-2024", f"K{at}", 2.0, 20.0 + at] for at in range(1, 5)]
    with xlsxwriter.Workbook(path) as book:
        write_sheet(book.add_worksheet(), ["Datum", "Klant", "Bedrag", None], rows, None)
    with patch.object(workbook, "_ask", asked_here):
        found = outcome(lambda: read_transactions(path, today=TODAY))
        with through_text():
            assert outcome(lambda: read_transactions(path, today=TODAY)) == found
    assert [float(amount) for *_, amount in found[0]] == [11.0, 12.0, 13.0, 14.0, 21.0, 22.0, 23.0, 24.0]


@pytest.mark.slow
def test_a_long_sheet_keeps_each_cell_with_its_row(tmp_path):
    count = 300_000  # more than the engine deals out to a thread
    rows = [[f"K{at}", 45000.0 + at % 500, at / 4] for at in range(count)]
    con = connect()
    con.execute("reset threads")
    raw = from_cells(HEADERS, rows, tmp_path, Source(sheet="Blad"), 1)
    make_lines(con, raw, 3)
    wrong = "rij > 1 and (c0 <> 'K' || (rij - 2) or n1 <> 45000 + (rij - 2) % 500 or n2 <> (rij - 2) / 4)"
    assert con.execute(f"select count(*), count(*) filter ({wrong}) from lines").fetchall() == [
        (count + 1, 0)
    ]


@pytest.mark.parametrize(
    ("row", "told"),
    [
        (["B", dt.date(2090, 1, 1), 5.0], "rij 6, kolom datum: het jaartal kan niet kloppen ('2090-01-01')"),
        (["B", None, 5.0], "rij 6, kolom datum: dit is niet ingevuld"),
        (["B", dt.date(2024, 1, 1), None], "rij 6, kolom bedrag: dit is niet ingevuld"),
        (["B", dt.date(2024, 1, 1), 1e13], "rij 6, kolom bedrag: dit is geen bedrag ('10000000000000')"),
        (["B", dt.date(2024, 1, 1), CellError.NA], "rij 6, kolom bedrag: dit is geen bedrag ('#N/A')"),
    ],
)
def test_a_refused_cell_has_the_row_of_the_sheet(row, told):
    rows = [["A", dt.date(2024, 1, 1), 1.0], row, ["C", dt.date(2024, 1, 2), 2.0]]
    done = transactions_from_cells(HEADERS, rows, source="Blad", today=TODAY, first_row=5)
    assert done.quality.rows_kept == 2
    (problem,) = done.quality.problems
    assert str(problem) == told


def test_rows_without_a_day_are_of_the_one_above_where_days_are_cells(tmp_path):
    day = dt.date(2024, 3, 1)
    rows = [[f"K{at}", day + dt.timedelta(at // 3) if at % 3 == 0 else None, 5.0] for at in range(30)]

    def read():
        return transactions_from_cells(["Customer", "Order Date", "Total"], rows, source="Blad", today=TODAY)

    found = outcome(read)
    assert [row[2] for row in found[0]] == [day + dt.timedelta(at // 3) for at in range(30)]
    with through_text():
        assert outcome(read) == found
    with duckdb.connect() as con:
        con.execute("create table orders (customer varchar, order_date date, total double)")
        con.executemany("insert into orders values (?, ?, ?)", rows)
        con.execute(f"copy orders to '{tmp_path / 'orders.parquet'}' (format parquet)")
    parquet = outcome(lambda: read_transactions(tmp_path / "orders.parquet", today=TODAY, skip_refused=True))
    assert [values for _, *values in parquet[0]] == [values for _, *values in found[0]]


@pytest.mark.parametrize("name", [*tables()])
@pytest.mark.parametrize("as_number", [False, True])
def test_a_sheet_of_each_table_is_read_as_its_marked_text_is(name, as_number):
    table = tables()[name]
    rows = [[*example_of(table, dt.date(2025, at, 1))] for at in range(1, 6)]
    if as_number:  # as a closed file has them
        rows = [[float((x - EPOCH).days) if isinstance(x, dt.date) else x for x in row] for row in rows]

    def read():
        return table_from_cells(table, table.headers, rows, source=table.sheet, today=TODAY)

    found = outcome(read)
    assert isinstance(found[0], list)
    with through_text():
        assert outcome(read) == found


kinds_of_cells = {
    Kind.DATE: kinds_of_days,
    Kind.MONTH: kinds_of_days,
    Kind.AMOUNT: kinds_of_amounts,
    Kind.NUMBER: kinds_of_amounts,
    Kind.SCORE: st.sampled_from([st.integers(0, 10).map(float), st.one_of(st.integers(0, 10), odd)]),
}


@pytest.mark.slow
@given(st.sampled_from([*tables()]), st.data())
def test_any_sheet_of_a_table_is_read_as_its_marked_text_is(name, data):
    table = tables()[name]
    kinds = [kinds_of_cells.get(one.kind, kinds_of_others) for one in table.columns]
    columns = [data.draw(column(data.draw(kind), blank=data.draw(st.booleans()))) for kind in kinds]
    rows = [list(row) for row in zip(*columns, strict=True)]

    def read():
        return table_from_cells(table, table.headers, rows, source=table.sheet, today=TODAY)

    found = outcome(read)
    with through_text():
        assert outcome(read) == found
