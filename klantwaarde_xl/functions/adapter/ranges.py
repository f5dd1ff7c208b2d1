"""Which rows of a range hold data: whole columns with their headers, and the blanks below them.

One rule for every function. Ranges whose rows belong together (equally long columns and blocks)
are judged together; a range of loose numbers and a block with dates of its own by itself.

* Rows in which all of them are blank do not count; inside a block of numbers they do, there a
  blank is a mistake or means "not known yet".
* The first row that is left is a header when every cell in it is a word (loose numbers: every
  filled cell), one of them stands where numbers or dates go, and there is a row below it, be it
  blank: a sheet that waits for its data has no figures, not wrong ones.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from klantwaarde_xl.errors import NotAvailable, WrongType
from klantwaarde_xl.functions.adapter.cells import (
    as_rows,
    flat_cells,
    is_blank,
    is_omitted,
    is_range,
    is_word,
)
from klantwaarde_xl.functions.spec import Arg, Kind, Spec

Row = Sequence[Any]
_BLOCKS = (Kind.MATRIX, Kind.TRIANGLE)
_LOOSE = (Kind.NUMBERS, Kind.CELLS)


class Block(NamedTuple):
    """The rows of a range that hold data, the number of each in the range, from one, and what stood above."""

    rows: list[Row]
    numbers: list[int]
    header: Row = ()

    def cells(self) -> Iterator[tuple[int, Any]]:
        """Each cell with the number of its row."""
        for number, row in zip(self.numbers, self.rows, strict=True):
            for cell in row:
                yield number, cell


def data_rows(spec: Spec, cells: Sequence[Any]) -> dict[str, Block]:
    """The data of each range argument that is given, by the argument's name.

    cells: one entry an argument. Columns of different length are `WrongType`.
    """
    given = {
        arg.name: (arg, _rows(arg, cell))
        for arg, cell in zip(spec.args, cells, strict=True)
        if arg.kind.is_range and not (spec.is_optional(arg) and is_omitted(cell))
    }
    _refuse_unequal({name: len(rows) for name, (arg, rows) in given.items() if arg.kind.is_column})
    together: dict[Any, list[tuple[Arg, list[Row]]]] = {}
    for name, (arg, rows) in given.items():
        alone = arg.kind in _LOOSE or arg.dated  # rows with a date of their own belong to no other's
        together.setdefault(name if alone else len(rows), []).append((arg, rows))
    found: dict[str, Block] = {}
    for group in itertools.chain.from_iterable(map(_apart, together.values())):
        header, kept = _kept(group)
        for arg, rows in group:
            above = () if header is None else rows[header]
            found[arg.name] = Block([rows[i] for i in kept], [i + 1 for i in kept], above)
    return found


def _apart(group: list[tuple[Arg, list[Row]]]) -> list[list[tuple[Arg, list[Row]]]]:
    """Blocks of numbers in whole columns each by itself: what ends sooner is a shorter list, without gaps.

    Whole columns go on below all that they hold, but for Calc, which cuts them to the longest; there each
    begins with its header. A range of scores alone has neither, and a blank in it is a missing score.
    """
    if len(group) > 1 and all(arg.kind is Kind.MATRIX for arg, _ in group):
        goes_on = all(is_blank(cell) for _, rows in group for cell in rows[-1])
        if goes_on or _kept(group)[0] is not None:
            return [[one] for one in group]
    return [group]


def _rows(arg: Arg, cell: Any) -> list[Row]:
    """A range as rows; columns and loose numbers may lie on their side."""
    if arg.kind in _BLOCKS:
        return list(as_rows(cell)) if is_range(cell) else [[cell]]
    if arg.kind.is_column:
        return [(one,) for one in flat_cells(cell)]
    rows: list[Row] = list(as_rows(cell)) if is_range(cell) else [[cell]]
    return [(one,) for one in rows[0]] if len(rows) == 1 else rows


def _refuse_unequal(lengths: dict[str, int]) -> None:
    if len(set(lengths.values())) > 1:
        shown = ", ".join(f"{name} {length}" for name, length in lengths.items())
        raise WrongType(
            f"De kolommen zijn niet even lang: {shown}.", remedy="Kies voor elke kolom dezelfde rijen."
        )


def _kept(group: list[tuple[Arg, list[Row]]]) -> tuple[int | None, Sequence[int]]:
    """The place of the header, if there is one, and those of the rows that hold data."""
    header = None
    beside = zip(*(rows for _, rows in group), strict=True)
    filled = [i for i, row in enumerate(beside) if not all(is_blank(c) for part in row for c in part)]
    taller = filled and filled[0] + 1 < len(group[0][1])
    if taller and _is_header([(arg, rows[filled[0]]) for arg, rows in group]):
        header = filled.pop(0)
    if any(arg.kind in _BLOCKS for arg, _ in group):
        if not filled and any(arg.kind is Kind.KEYS for arg, _ in group):
            names = " en ".join(arg.name for arg, _ in group)
            raise NotAvailable(
                f"Er staan nog geen gegevens in {names}.", remedy="Vul ze in, of kies andere cellen."
            )
        return header, range(filled[0], filled[-1] + 1) if filled else range(len(group[0][1]))
    return header, filled


def _is_header(first: list[tuple[Arg, Row]]) -> bool:
    """Whether a row holds names of columns: words, also where numbers go."""
    if all(arg.kind is Kind.KEYS for arg, _ in first):
        return False
    cells = [cell for arg, row in first for cell in row if not (arg.kind in _LOOSE and is_blank(cell))]
    return all(map(is_word, cells))
