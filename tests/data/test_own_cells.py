"""Rows that come by column are written as the same text as when they come one by one."""

from __future__ import annotations

import math
from typing import NamedTuple

from hypothesis import given
from hypothesis import strategies as st

from klantwaarde_xl.data.reading.sources.own_cells import from_cells
from klantwaarde_xl.data.reading.sources.source import Source
from klantwaarde_xl.data.reading.sources.text import MARK


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


def written(rows, folder):
    return from_cells(["kop"], rows, folder, Source(), 1).path.read_bytes()


@given(st.integers(1, 3).flatmap(lambda width: st.lists(blocks(width), max_size=4)))
def test_the_text_is_the_same(tmp_path_factory, found):
    folder = tmp_path_factory.mktemp("cellen")
    rows = Rows(found)
    assert written(rows, folder) == written([*rows], folder)


def test_numbers_are_marked_with_their_own_digits(tmp_path):
    shown = ["45000", "12.0", "0.25", "1e5", "-7"]
    block = Block([text_column(["a", "b", "c", "d", "e"]), number_column(shown)])
    lines = written(Rows([block]), tmp_path).decode().splitlines()
    assert lines == [
        "kop",
        *(f"{one},{MARK}{n}" for one, n in zip("abcde", [45000, 12, 0.25, 100000, -7], strict=True)),
    ]
    assert all(math.isfinite(one) for one in block.columns[1].numbers)
