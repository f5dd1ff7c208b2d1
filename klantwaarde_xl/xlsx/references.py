"""Cell references inside formulas: growing with a table, and moving with a cell."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from klantwaarde_xl.addresses import MOST_COLUMNS, MOST_ROWS, column_letter, column_number
from klantwaarde_xl.formula import TOKEN, sheet_of

_CORNER = re.compile(r"(\$?)([A-Z]{1,3})(\$?)(\d+)")
_LINE = re.compile(r"(\$?)(?:([A-Z]{1,3})|(\d+))")


class Move(NamedTuple):
    """A table whose body gets another last row.

    lead, trail: how many columns left and right of the table belong to its rows.
    """

    sheet: str
    left: int
    right: int
    header: int
    top: int
    bottom: int
    new_bottom: int
    totals: int = 0
    lead: int = 0
    trail: int = 0

    @property
    def outer_left(self) -> int:
        """The first column that belongs to the rows."""
        return self.left - self.lead

    @property
    def outer_right(self) -> int:
        """The last column that belongs to the rows."""
        return self.right + self.trail

    @property
    def end(self) -> int:
        """The last row of the old table, its totals row included."""
        return self.bottom + self.totals

    @property
    def new_end(self) -> int:
        """The last row of the new table, its totals row included."""
        return self.new_bottom + self.totals

    def moved(self, top: int, left: int, bottom: int, right: int) -> tuple[int, int] | None:
        """Return the new first and last row of a range that goes with the table, or None.

        A range that covers the body grows or shrinks with it: it lies within the columns
        that belong to its rows, starts at the first body row or the header, and ends on the last body
        row (or on the totals row). A range within the totals row moves with that row.
        """
        if not (self.outer_left <= left and right <= self.outer_right):
            return None
        if top in (self.top, self.header):
            if bottom == self.bottom:
                return top, self.new_bottom
            if bottom == self.end:
                return top, self.new_end
        if self.totals and top > self.bottom and bottom <= self.end:
            shift = self.new_end - self.end
            return top + shift, bottom + shift
        return None

    def widened(
        self, top: int, left: int, bottom: int, right: int, *, is_own: bool = False
    ) -> tuple[int, int] | None:
        """Return the new rows of a range that holds all rows of the body and more, or None.

        It may begin above the table, have room under it, or be wider than the table; what holds all rows
        holds them when there are more. It never loses cells but those of rows of the table itself. is_own:
        whether the formula stands on the table's own sheet, where a wider range could come to hold it.
        """
        is_inside = self.outer_left <= left and right <= self.outer_right
        meets = left <= self.outer_right and right >= self.outer_left
        if not meets or top > self.top or bottom < self.bottom:
            return None
        if not is_inside and (is_own or top == bottom):
            return None
        if bottom > self.end or not is_inside:
            return (top, self.new_end) if bottom < self.new_end else None
        return top, self.new_bottom if bottom == self.bottom else self.new_end

    def framed(self, top: int, left: int, bottom: int, right: int) -> tuple[int, int] | None:
        """Return the new rows of a range that frames the whole table, such as a print area."""
        frames = left <= self.left and right >= self.right and top <= self.header and bottom == self.end
        return (top, self.new_end) if frames else None


def rewrite(
    formula: str,
    home: str,
    moves: Sequence[Move],
    *,
    single: bool = False,
    frame: bool = False,
    row: int = 0,
) -> str:
    """Return a formula whose references to the old body of a table cover the new one.

    Args:
        formula: the formula as in the file, without entities.
        home: the sheet it stands on, for references without a sheet.
        moves: the tables that got another last row.
        single: also take one cell for the whole body of a one-row table (charts write it so).
        frame: also move ranges that frame a whole table (print areas).
        row: that of a cell of the table with this formula: cells of its own row stay that.

    Returns:
        The formula; the very same text when nothing in it covers a body.
    """
    moves = [move for move in moves if move.end != move.new_end and _may_move(formula, home, move)]
    if not moves:
        return formula

    def replaced(match: re.Match[str]) -> str:
        first, last = match["first"], match["last"]
        if first is None:
            return match[0]
        sheet = sheet_of(match["sheet"], home).casefold()
        top, left = _place(first)
        bottom, right = _place(last[1:]) if last else (top, left)
        for move in moves:
            if move.sheet.casefold() != sheet or (row and _goes_with_row(match, row, move)):
                continue
            rows = move.moved(top, left, bottom, right)
            if rows is None:
                place = top, left, bottom, right
                is_own = home.casefold() == sheet
                rows = move.framed(*place) if frame else move.widened(*place, is_own=is_own)
            if rows is None:
                continue
            if last:
                return f"{match['sheet'] or ''}{_on_row(first, rows[0])}:{_on_row(last[1:], rows[1])}"
            if top > move.bottom:
                return f"{match['sheet'] or ''}{_on_row(first, rows[0])}"
            if single and top == move.top:
                return f"{match['sheet'] or ''}{first}:{_on_row(first, rows[1])}"
        return match[0]

    return TOKEN.sub(replaced, formula)


def _may_move(formula: str, home: str, move: Move) -> bool:
    """Whether a formula may refer to a table at all, before its tokens are looked at."""
    if str(move.bottom) in formula or str(move.end) in formula:
        return True
    is_of_sheet = "!" in formula or home.casefold() == move.sheet.casefold()
    return move.new_end > move.end and ":" in formula and is_of_sheet


def _on_row(corner: str, row: int) -> str:
    return f"{corner.rstrip('0123456789')}{row}"


def _place(corner: str) -> tuple[int, int]:
    match = _CORNER.fullmatch(corner)
    if match is None:  # the token pattern lets nothing else through
        raise ValueError(corner)
    return int(match[4]), column_number(match[2])


def touches(formula: str, home: str, move: Move) -> bool:
    """Say whether a formula refers to a cell of the table by its address, or by a whole column or row."""
    for match in TOKEN.finditer(formula):
        if sheet_of(match["sheet"], home).casefold() != move.sheet.casefold():
            continue
        if match["whole"]:
            first, last = map(_corner, match["whole"].split(":"))
            has_columns = first.column <= move.right and last.column >= move.left
            if has_columns if first.column else first.row <= move.end and last.row >= move.header:
                return True
        if match["first"] is None:
            continue
        top, left = _place(match["first"])
        bottom, right = _place(match["last"][1:]) if match["last"] else (top, left)
        if top <= move.end and bottom >= move.header and left <= move.right and right >= move.left:
            return True
    return False


def covers_rows(formula: str, row: int) -> bool:
    """Say whether a formula has a range on its own sheet with other rows than its own."""
    for match in TOKEN.finditer(formula):
        if match["whole"] and not match["sheet"]:
            return True
        if match["first"] and match["last"] and not match["sheet"]:
            ends = _place(match["first"])[0], _place(match["last"][1:])[0]
            if ends != (row, row):
                return True
    return False


class _Corner(NamedTuple):
    """A reference's row or column that moves with the cell: a cell, a column or a row."""

    column: int
    row: int
    column_fixed: bool
    row_fixed: bool


class Template:
    """A formula that can be written again for a cell some rows or columns further."""

    def __init__(self, formula: str, *, within: Move | None = None, row: int = 0) -> None:
        """Read a formula; `within` lets only cells of that table's body move, and ranges of its own row.

        Such a range lies in the row, or begins or ends there (a running total).
        """
        self._pieces: list[str | _Corner] = []
        at = 0
        for match in TOKEN.finditer(formula):
            place = match["first"] or match["whole"]
            if place is None or (within is not None and not _inside(match, within, row)):
                continue
            start = match.start() + len(match["sheet"] or "")
            self._text(formula[at:start])
            for part in re.split("(:)", match["whole"] or match["first"] + (match["last"] or "")):
                self._pieces.append(part if part == ":" else _corner(part))
            at = match.end()
        self._text(formula[at:])
        self.fixed = not any(
            isinstance(piece, _Corner)
            and ((piece.row and not piece.row_fixed) or (piece.column and not piece.column_fixed))
            for piece in self._pieces
        )

    def _text(self, text: str) -> None:
        if text:
            self._pieces.append(text)

    def looks_at(self, row: int) -> bool:
        """Whether it has a cell of that row that moves along with it."""
        return any(
            isinstance(piece, _Corner) and piece.row == row and not piece.row_fixed for piece in self._pieces
        )

    def at(self, rows: int, columns: int = 0) -> str:
        """Return the formula for the cell that many rows and columns further."""
        return "".join(
            piece if isinstance(piece, str) else _shifted(piece, rows, columns) for piece in self._pieces
        )


def _inside(match: re.Match[str], move: Move, own: int) -> bool:
    if match["first"] is None or not _is_on(match, move):
        return False
    if match["last"]:
        return _goes_with_row(match, own, move)
    row, column = _place(match["first"])
    return move.top <= row <= move.bottom and move.outer_left <= column <= move.outer_right


def _is_on(match: re.Match[str], move: Move) -> bool:
    """Whether a reference in a table's own cells is to the table's sheet."""
    return sheet_of(match["sheet"], move.sheet).casefold() == move.sheet.casefold()


def _goes_with_row(match: re.Match[str], row: int, move: Move) -> bool:
    """Whether a range holds cells of one row of a table, rather than a column of its only row.

    Or it runs from a row that is fixed to that one, or from that one on.
    """
    if not match["last"] or not _is_on(match, move):
        return False
    first, last = _corner(match["first"]), _corner(match["last"][1:])
    ends = first, last
    if not all(move.outer_left <= one.column <= move.outer_right for one in ends):
        return False
    if first.row_fixed != last.row_fixed:
        return any(one.row == row and not one.row_fixed for one in ends)
    return (
        first.row == last.row == row
        and not first.row_fixed
        and (first.column != last.column or move.top < move.bottom)
    )


class Elsewhere(NamedTuple):
    """What a formula of a table's row has outside the table that goes by the number of its row."""

    cells: bool  # single cells
    ranges: bool


def elsewhere(formula: str, move: Move) -> Elsewhere:
    """Whether a formula of a row goes by the number of that row on another sheet, or apart from the table."""
    cells = ranges = False
    for match in TOKEN.finditer(formula):
        ends = [one for one in (match["first"], (match["last"] or "")[1:]) if one]
        corners = [_corner(one) for one in ends]
        is_apart = not _is_on(match, move) or not all(
            move.outer_left <= one.column <= move.outer_right for one in corners
        )
        if is_apart and any(not one.row_fixed for one in corners):
            cells |= len(corners) == 1
            ranges |= len(corners) == 2
    return Elsewhere(cells, ranges)


def _corner(text: str) -> _Corner:
    if match := _CORNER.fullmatch(text):
        return _Corner(column_number(match[2]), int(match[4]), bool(match[1]), bool(match[3]))
    match = _LINE.fullmatch(text)
    if match is None:  # the token pattern lets nothing else through
        raise ValueError(text)
    column = column_number(match[2]) if match[2] else 0
    return _Corner(column, int(match[3] or 0), bool(match[1]), bool(match[1]))


def _shifted(corner: _Corner, rows: int, columns: int) -> str:
    column = corner.column if corner.column_fixed or not corner.column else corner.column + columns
    row = corner.row if corner.row_fixed or not corner.row else corner.row + rows
    outside = not (0 <= column <= MOST_COLUMNS and 0 <= row <= MOST_ROWS)
    if outside or (corner.column and not column) or (corner.row and not row):
        return "#REF!"
    text = f"{'$' if corner.column_fixed else ''}{column_letter(column)}" if column else ""
    return text + (f"{'$' if corner.row_fixed else ''}{row}" if row else "")
