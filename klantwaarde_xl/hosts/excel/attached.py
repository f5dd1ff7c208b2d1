"""What a user put on the rows of a table in an open Excel besides values: notes, threads, links, looks.

xlwings has no words for most of it, so this asks the objects of Excel for Windows. Excel itself moves all
of it when it sorts; here is only whether there is any, and what it says, for rows that go.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from klantwaarde_xl.addresses import column_letter
from klantwaarde_xl.xlsx.values import Note, Table

MOST_LOOKED_AT = 25
"""So many rows are looked at one by one; each costs a few questions a column."""
NOTE, THREAD, LINK = "opmerking", "gesprek", "koppeling"


def notes_in(table: Any, read: Table) -> list[Note]:
    """The texts attached to the cells of a table's rows, each once; read: what the table holds."""
    header = table.header_row_range
    top, left = header.row + 1, header.column
    found: dict[tuple[int, int, bool], Note] = {}
    for kind, cell, text in _on(header.sheet.api):
        row, column = int(cell.Row) - top, int(cell.Column) - left
        if text and 0 <= row < len(read.rows) and 0 <= column < len(read.headers):
            place = (row, column, kind == LINK)
            # Excel may list a note among the threads, and a thread among the notes with a text about it
            if place not in found or found[place].text != text:
                found[place] = Note(row, f"{read.headers[column]} ({kind})", text)
    return [found[place] for place in sorted(found)]


def looks_differ(table: Any, read: Table) -> bool:
    """Whether cells of one column of a table's rows look different: of these Excel gives no look at all."""
    looks = _looks(table, 0, len(read.rows))
    return any(one is None for column in looks for one in column)


def usual_row(table: Any, count: int) -> int:
    """The last row, among the first so many of a table, that looks as most of some rows throughout it do."""
    if not any(one is None for column in _looks(table, 0, count) for one in column):
        return count - 1
    step = -(-count // MOST_LOOKED_AT)
    looks = {row: _looks(table, row, 1) for row in range(count - 1, -1, -step)}
    most, _ = Counter(looks.values()).most_common(1)[0]
    return next(row for row, look in looks.items() if look == most)


def _looks(table: Any, first: int, count: int) -> tuple[tuple[Any, ...], ...]:
    """How so many rows of a table look, column by column; None for what differs between them."""
    header = table.header_row_range
    top, left = header.row + 1 + first, header.column
    areas = (
        header.sheet.range((top, column), (top + count - 1, column)).api
        for column in range(left, left + header.shape[1])
    )
    return tuple((one.Interior.Color, one.Font.Color, one.Font.Bold, one.Font.Italic) for one in areas)


def columns_outside(table: Any, read: Table, others: Sequence[Any]) -> tuple[str, ...]:
    """The letters of columns with something in the rows of a table that are of no table: these stay.

    others: the sheet's other tables, whoever made them.
    """
    header = table.header_row_range
    sheet, top, left = header.sheet, header.row + 1, header.column
    inside = range(left, left + len(read.headers))
    bottom = top + len(read.rows) - 1
    last = int(sheet.used_range.last_cell.column)
    taken = {column for other in others for column in _columns_of(other, top, bottom)}.union(inside)
    return tuple(
        column_letter(column) for column in _filled(sheet, top, bottom, 1, last) if column not in taken
    )


def clear_attached(cells: Any) -> None:
    """Take away what is attached to cells whose row is gone."""
    cells.api.ClearComments()
    cells.api.Hyperlinks.Delete()


def _on(sheet: Any) -> Iterator[tuple[str, Any, str]]:
    """Everything that is attached to a sheet's cells: what it is, the cell, what it says."""
    for at in range(1, sheet.Comments.Count + 1):
        yield NOTE, sheet.Comments(at).Parent, sheet.Comments(at).Text()
    threads: Any = getattr(sheet, "CommentsThreaded", None)  # Excel 2019 has none
    for at in range(1, (threads.Count if threads else 0) + 1):
        thread = threads(at)
        said = [thread.Text(), *(thread.Replies(one).Text() for one in range(1, thread.Replies.Count + 1))]
        yield THREAD, thread.Parent, "\n".join(said)
    for at in range(1, sheet.Hyperlinks.Count + 1):
        link = sheet.Hyperlinks(at)
        if link.Type == 0:  # msoHyperlinkRange: of a cell, not of a shape
            yield LINK, link.Range, link.Address or link.SubAddress or ""


def _columns_of(table: Any, top: int, bottom: int) -> range:
    area = table.range
    first, last = area.row, area.row + area.shape[0] - 1
    meets = first <= bottom and last >= top
    return range(area.column, area.column + area.shape[1]) if meets else range(0)


def _filled(sheet: Any, top: int, bottom: int, first: int, last: int) -> Iterator[int]:
    """The columns with something in these rows, by halves: a sheet may be used as far as its last column."""
    cells = sheet.range((top, first), (bottom, last))
    if not sheet.book.app.api.WorksheetFunction.CountA(cells.api):
        return
    if first == last:
        yield first
        return
    middle = (first + last) // 2
    yield from _filled(sheet, top, bottom, first, middle)
    yield from _filled(sheet, top, bottom, middle + 1, last)
