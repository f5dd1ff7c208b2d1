"""Sheets without tables are protected without a password, and looks are named styles that programs know."""

import pytest

from klantwaarde_xl.plan.missing import COLUMN, TABLE
from klantwaarde_xl.workbook.parts import parts_of
from klantwaarde_xl.workbook.templates import templates
from klantwaarde_xl.xlsx.moving.left_behind import Ours, left_behind
from tests.books import shipped
from tests.workbook.rich import with_openpyxl

REFRESHED = [name for name, one in templates().items() if one.refreshes]
STYLES = {
    "Input": 20, "Output": 21, "Calculation": 22, "Title": 15, "Heading 1": 16, "Heading 3": 18, "Hyperlink": 8,
}  # fmt: skip


@pytest.fixture(scope="module", params=REFRESHED)
def made(request):
    return templates()[request.param], with_openpyxl(shipped(request.param).to_bytes())


def cell_of(book, name):
    ((sheet, place),) = book.defined_names[name].destinations
    return book[sheet.replace("''", "'")][place.replace("$", "")]


def test_sheets_without_tables_are_protected_without_a_password(made):
    _, book = made
    for sheet in book:
        assert sheet.protection.sheet is not bool(sheet.tables), sheet.title
        assert sheet.protection.password is None
        if sheet.protection.sheet:  # anybody may still make it his own, and a refresh hides charts
            not_free = ("objects", "formatCells", "formatColumns", "sort", "autoFilter")
            assert not any(getattr(sheet.protection, one) for one in not_free)


def test_what_a_user_fills_in_and_a_refresh_writes_is_free(made):
    template, book = made
    cells = [cell_of(book, part.name) for part in parts_of(template) if part.kind not in (TABLE, COLUMN)]
    assert cells
    assert not [cell.coordinate for cell in cells if cell.protection.locked]
    yellow = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.style == "Input"]
    assert not [cell.coordinate for cell in yellow if cell.protection.locked]
    locked = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.style == "Output"]
    assert all(cell.protection.locked for cell in locked)


@pytest.mark.parametrize("secret", [b"", b' password="CC1A"', b' hashValue="x"'])
@pytest.mark.parametrize("protects", [True, False])
def test_an_upgrade_names_protection_that_the_new_sheet_lacks(secret, protects):
    package = shipped("basis")
    place = package.structure.sheet("Begrippen")
    xml = package.structure.archive.read(place.part)
    changed = xml.replace(b"<sheetProtection", b"<sheetProtection" + secret)
    package.change(lambda archive, _: archive.replace(place.part, (changed,)))
    ours = Ours(lambda *_: True, lambda *_: True, lambda name: protects)
    left = [one.kind for one in left_behind(package.structure, "Begrippen", (), ours)]
    assert left == ([] if protects and not secret else ["beveiliging van het blad"])


def test_looks_are_styles_that_every_program_knows(made):
    template, book = made
    known = {style.name: style for style in book._named_styles}
    assert {name: known[name].builtinId for name in STYLES if name in known}.items() <= STYLES.items()
    assert {"Input", "Calculation", "Title", "Heading 3"} <= set(known)
    for part in parts_of(template):
        if part.kind == "instelling":
            cell = cell_of(book, part.name)
            assert cell.style == "Input"
            assert cell.fill.fgColor.rgb == known["Input"].fill.fgColor.rgb
            assert not known["Input"].protection.locked


def test_the_style_of_a_title_is_what_the_title_looks_like(made):
    _, book = made
    title = next(one for one in book._named_styles if one.name == "Title")
    for sheet in book:
        assert (sheet["B1"].style, sheet["B1"].font.sz) == ("Title", title.font.sz) == ("Title", 20)
