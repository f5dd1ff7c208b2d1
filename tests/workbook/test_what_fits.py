"""What the function sheet says fits where it stands, on screen and on paper."""

import io
import re
import zipfile

from klantwaarde_xl.addresses import area
from klantwaarde_xl.workbook import blocks as b
from klantwaarde_xl.workbook.build import skeleton
from klantwaarde_xl.workbook.content import sheets_of
from klantwaarde_xl.workbook.templates import template
from tests.conftest import NOW

WIDE = 200


def functions():
    return next(sheet for sheet in sheets_of(template("functies")) if sheet.name == "Functies")


def printed(book, sheet):
    names = zipfile.ZipFile(io.BytesIO(book)).read("xl/workbook.xml").decode()
    found = re.search(rf"<definedName name=\"_xlnm.Print_Area\"[^>]*>'?{sheet}'?!([^<]+)<", names)
    return area(found[1].replace("$", ""))


def test_what_a_function_does_is_no_wider_than_its_sheet():
    sheet = functions()
    texts = [block for block in sheet.blocks if isinstance(block, b.Text)]
    assert texts
    assert not [line for text in texts for line in text.lines if len(line) > sum(sheet.widths)]


def test_a_result_in_words_fits_in_its_cells():
    sheet = functions()
    for grid in sheet.blocks:
        if not isinstance(grid, b.Grid) or grid.columns[0].header != "voorbeeld":
            continue
        before, result = grid.columns[0].span, grid.columns[1]
        room = sum(sheet.widths[before : before + result.span]) * (1 + result.role.endswith("_wrap"))
        for _, cell, _ in grid.rows:
            text = re.fullmatch('="(.*)"', getattr(cell, "text", ""))
            assert not text or len(text[1].replace('""', '"')) <= room, text[1]


def test_all_columns_of_a_result_are_printed():
    sheet = functions()
    widest = max(len(row) for block in sheet.blocks if isinstance(block, b.Spill) for row in block.rows)
    assert widest <= sheet.printed


def test_a_sheet_that_is_not_printed_leaves_a_page_with_its_title_to_read():
    much = b.Sheet("Veel", "Veel", "Wat staat er?", (), (13,) * WIDE, prints="no")
    book = skeleton(b.Template("proef", 1, "Proef", "Om te proberen.", (much,), refreshes=False), NOW)
    assert printed(book, "Veel").right < 10
