"""Rows that come by column are kept as the same cells as when they come one by one."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from hypothesis import given
from hypothesis import strategies as st

from klantwaarde_xl.data.reading.sources.lines import make_lines, records_of
from klantwaarde_xl.data.reading.sources.marked import MARK, cell_text
from klantwaarde_xl.data.reading.sources.own_cells import from_cells
from klantwaarde_xl.data.reading.sources.source import Source
from klantwaarde_xl.errors import CellError
from tests.engines import connect


class Column(NamedTuple):
    shown: list[bytes]
    numbers: list[float] | None


class Block(NamedTuple):
    columns: list[Column]

    def values(self):
        each = [
            one.numbers if one.numbers is not None else [text.decode() for text in one.shown]
            for one in self.columns
        ]
        return [*zip(*each, strict=True)]


class Rows:
    def __init__(self, blocks):
        self._blocks = blocks

    def blocks(self):
        return iter(self._blocks)

    def __iter__(self):
        for block in self._blocks:
            yield from block.values() if isinstance(block, Block) else block


numbers = st.sampled_from(
    [
        "0",
        "-0",
        "0.0",
        "-0.0",
        "45000",
        "45000.0",
        "12.50",
        "0.1",
        "0.0001",
        "0.00001",
        "-3.25",
        "1e5",
        "1E-3",
    ]
    + [
        "123456789012345678",
        "999999999.999999",
        "0.30000000000000004",
        "1234567890.5",
        "007",
        "+5",
        ".5",
        "5.",
    ]
) | st.floats(allow_nan=False, allow_infinity=False).map(repr)
texts = st.sampled_from(
    ["K1", "één", " K 2 ", 'zegt "ja"', "a, b", "twee\nregels", f"{MARK}5", "0", "-", "som"]
)


def number_column(shown):
    return Column([one.encode() for one in shown], [*map(float, shown)])


def text_column(shown):
    return Column([one.encode() for one in shown], None)


@st.composite
def blocks(draw, width):
    many = draw(st.integers(1, 4))
    kinds = draw(st.tuples(*[st.booleans()] * width))
    columns = [
        (number_column if kind else text_column)(
            draw(st.lists(numbers if kind else texts, min_size=many, max_size=many))
        )
        for kind in kinds
    ]
    block = Block(columns)
    return draw(st.sampled_from([block, block, block.values()]))


def kept(rows, folder):
    """The records as text, and what stands beside these: numbers and days, and where texts are."""
    raw = from_cells(["kop"], rows, folder, Source(), 1)
    columns = {at: (one.of_days, [*map(repr, one.values())]) for at, one in raw.beside.columns.items()}
    assert {len(values) for _, values in columns.values()} <= {raw.beside.count}
    return [*records_of(raw)], columns, raw.beside.texts


@given(st.integers(1, 3).flatmap(lambda width: st.lists(blocks(width), max_size=4)))
def test_the_cells_are_the_same(tmp_path_factory, found):
    folder = tmp_path_factory.mktemp("cellen")
    rows = Rows(found)
    assert kept(rows, folder) == kept([*rows], folder)


cells = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**18), 10**18),
    st.floats(),
    st.sampled_from([CellError.NA, CellError.DIV0, dt.time(9, 30), dt.timedelta(hours=30), f"{MARK}5", ""]),
    st.dates(),
    st.datetimes(),
    texts,
)


@given(st.lists(st.lists(cells, max_size=4), max_size=30), st.integers(1, 7))
def test_a_cell_reads_back_as_its_text(tmp_path_factory, rows, many):
    blocks_of_rows = [rows[at : at + many] for at in range(0, len(rows), many)]
    found = kept(Rows(blocks_of_rows), tmp_path_factory.mktemp("cellen"))[0]
    width = max([1, *map(len, rows)])
    shown = [[cell_text(cell) for cell in row] for row in rows]
    assert [(row + [""] * width)[:width] for row in found[1:]] == [
        (row + [""] * width)[:width] for row in shown
    ]


def test_what_a_column_has_beside_its_numbers_is_known(tmp_path):
    day = dt.date(2024, 3, 1)
    rows = [
        [1.0, day, day, "a", None],
        [None, dt.datetime(2024, 3, 2, 23, 59), 2.0, 3.5, None],
        [2.5, None, None, "", None],
    ]
    _, columns, with_text = kept(rows, tmp_path)
    assert columns == {
        0: (False, ["nan", "1.0", "nan", "2.5"]),
        1: (True, ["nan", "19783.0", "19784.0", "nan"]),
        2: (True, ["nan", "19783.0", "nan", "nan"]),
        3: (False, ["nan", "nan", "3.5", "nan"]),
    }
    assert with_text == {2, 3}


@given(st.integers(1, 2).flatmap(lambda width: st.lists(blocks(width), min_size=1, max_size=4)))
def test_the_engine_has_a_row_for_each(tmp_path_factory, found):
    rows = Rows(found)
    raw = from_cells(["kop"], rows, tmp_path_factory.mktemp("cellen"), Source(), 1)
    con = connect()
    make_lines(con, raw, 1)
    shown = con.execute("select rij, c0 from lines order by rij").fetchall()
    records = [*records_of(raw)]
    assert shown == [(at, one[0] or None) for at, one in enumerate(records, 1)]


def test_numbers_are_marked_with_their_own_digits(tmp_path):
    shown = ["45000", "12.0", "0.25", "1e5", "-7"]
    block = Block([text_column(["a", "b", "c", "d", "e"]), number_column(shown)])
    records, columns, _ = kept(Rows([block]), tmp_path)
    assert records == [
        ["kop"],
        *([one, f"{MARK}{n}"] for one, n in zip("abcde", [45000, 12, 0.25, 100000, -7], strict=True)),
    ]
    assert columns[1] == (False, ["nan", "45000.0", "12.0", "0.25", "100000.0", "-7.0"])


def test_numbers_alone_in_their_rows_are_no_blank_lines(tmp_path):
    block = Block([number_column(["5", "7.5"])])
    raw = from_cells(["kop", "een kop zonder cellen"], Rows([block]), tmp_path, Source(), 1)
    con = connect()
    make_lines(con, raw, 2)
    assert con.execute("select rij, n0 from lines order by rij").fetchall() == [(1, None), (2, 5.0), (3, 7.5)]
