"""How a sheet comes out of the printer: A4, our margins, name and page below, and where a page ends."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from klantwaarde_xl.workbook.layout import FIRST_ROW
from klantwaarde_xl.workbook.page import Page
from klantwaarde_xl.workbook.sizes import size_of

_EVERY_ROW = 1_048_575
_PRINTED_ROWS = 40  # of a table with raw data
_TITLE_COLUMNS = 8  # of a sheet that is not printed
_MARGINS = {"left": 0.4, "right": 0.4, "top": 0.5, "bottom": 0.6}  # inches
_SHORT, _LONG = 595.3, 841.9  # sides of A4, in points as heights are
_LINE = 15.0  # height of a row of which none is said
_SURE = 0.97  # of the height of a page, of which programs differ


def set_up(page: Page) -> None:
    """Say how the sheet is printed."""
    sheet, how = page.sheet, page.declared.prints
    if not page.declared.portrait:
        sheet.set_landscape()
    sheet.set_paper(9)
    sheet.center_horizontally()
    sheet.set_margins(**_MARGINS)
    sheet.set_footer("&L&8&F · &A&R&8pagina &P van &N")
    if how == "wide":
        page.breaks += _breaks(page)
    if page.breaks:
        sheet.set_h_pagebreaks(sorted(set(page.breaks)))
    sheet.fit_to_pages(1, 1 if how in ("page", "head", "no") else 0)
    rows = {"page": page.bottom, "head": FIRST_ROW + _PRINTED_ROWS, "no": 2}.get(how)
    columns = columns_on_paper(page)
    if rows:
        sheet.print_area(0, 0, rows - 1, columns)
    elif page.declared.printed:
        sheet.print_area(0, 0, _EVERY_ROW, columns)


def columns_on_paper(page: Page) -> int:
    """How many columns come on paper; of the title alone not so many that a page of specks comes out."""
    columns = page.declared.printed or page.columns
    return min(columns, _TITLE_COLUMNS) if page.declared.prints == "no" else columns


def _breaks(page: Page) -> Iterator[int]:
    """The rows after which a page ends, so that what fits on one is not divided over two."""
    room = _room(page)
    begins = 1
    for top, bottom in _blocks(page):
        if top - 1 in page.breaks:
            begins = top
        own = _height(page, top, bottom)
        if begins < top and own <= room < _height(page, begins, bottom):
            yield top - 1
            begins = top
        elif own > room:  # divided wherever a page is full
            begins = next(row for row in range(top, bottom + 1) if _height(page, row, bottom) <= room)


def _blocks(page: Page) -> Iterator[tuple[int, int]]:
    """The first and last row of each block of the sheet, the band on top not among them."""
    tops = [FIRST_ROW]
    for block in page.declared.blocks:
        tops.append(tops[-1] + size_of(block)[0] + 1)
    return ((top, below - 2) for top, below in pairwise(tops))


def _room(page: Page) -> float:
    """How much of the sheet's height goes on a page, where its width fills it."""
    across, down = (_SHORT, _LONG) if page.declared.portrait else (_LONG, _SHORT)
    wide = sum(int(page.width(at) * 7 + 5) for at in range(2, columns_on_paper(page) + 2)) * 0.75
    fits = (across - 72 * (_MARGINS["left"] + _MARGINS["right"])) / wide
    return _SURE * (down - 72 * (_MARGINS["top"] + _MARGINS["bottom"])) / min(1.0, fits)


def _height(page: Page, first: int, last: int) -> float:
    heights: dict[int, float] = page.sheet.heights
    return sum(heights.get(row - 1, _LINE) for row in range(first, last + 1))
