"""How many rows and columns of a sheet a block takes, its heading included."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from klantwaarde_xl.workbook import blocks as b
from klantwaarde_xl.workbook.content import columns_in, result_of

FORM_HEADERS = ("instelling", "waarde", "eenheid", "toelichting", "waar haalt u het")
USED_HEADERS = ("gebruikt bij verversen", "stand")
CHECK_HEADERS = ("controle", "uitkomst", "wat te doen", "", "")
CARD_COLUMNS = 2
Size = tuple[int, int]


def size_of(block: b.Block) -> Size:
    """Rows and columns of a block."""
    return _SIZES[type(block)](block)


def card_rows(block: b.Cards) -> int:
    """Label, value and note, and where there are targets how far these are."""
    return 4 if any(card.goal for card in block.cards) else 3


def _stack(block: b.Stack | b.WhenKnown) -> Size:
    rows, columns = zip(*map(size_of, block.blocks), strict=True)
    return sum(rows) + len(rows) - 1, max(columns)


def _beside(block: b.Beside) -> Size:
    rows, columns = zip(*map(size_of, block.blocks), strict=True)
    return max(rows), sum(columns) + block.gap * (len(columns) - 1)


def _grid(block: b.Grid) -> Size:
    return len(block.rows) + 1 + bool(block.heading), sum(one.span for one in block.columns)


def _result(block: b.ResultBlock) -> Size:
    return block.room + 1 + bool(block.heading), len(result_of(block.result).columns)


_SIZES: dict[type, Callable[[Any], Size]] = {
    b.Text: lambda block: (len(block.lines) + bool(block.heading), 1),
    b.Message: lambda _: (1, 1),
    b.Grid: _grid,
    b.Form: lambda block: (len(block.settings) + 1, len(FORM_HEADERS) + len(USED_HEADERS) * block.used),
    b.ResultBlock: _result,
    b.DataBlock: lambda block: (2, len(columns_in(block))),
    b.Chart: lambda block: (block.rows + 1, block.span),
    b.Cards: lambda block: (card_rows(block), CARD_COLUMNS * len(block.cards)),
    b.Checks: lambda block: (len(block.checks) + 2, len(CHECK_HEADERS)),
    b.Links: lambda block: (block.rows + 1, 2),
    b.Legend: lambda block: (len(block.roles) + 1, 2),
    b.Spill: lambda block: (len(block.rows), len(block.rows[0])),
    b.Free: lambda block: (max((row for row, _, _ in block.cells), default=0) + 1, 1),
    b.Stack: _stack,
    b.WhenKnown: _stack,
    b.Beside: _beside,
}
