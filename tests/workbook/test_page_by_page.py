"""What somebody who buys a workbook looks at on every sheet of it, empty and filled: paper, words, colours."""

import io
import itertools
import re
import zipfile

import pytest
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from klantwaarde_xl.addresses import area
from klantwaarde_xl.data.settings import Kind, declared
from klantwaarde_xl.workbook import blocks as b
from klantwaarde_xl.workbook.build import empty_workbook
from klantwaarde_xl.workbook.content import blocks_of, figure_of, sheets_of
from klantwaarde_xl.workbook.sizes import size_of
from klantwaarde_xl.workbook.styles import NUMBERS
from klantwaarde_xl.workbook.templates import templates
from tests.books import shipped
from tests.conftest import NOW
from tests.on_demand import OnDemand

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:openpyxl.*")
REFRESHED = [name for name, one in templates().items() if one.refreshes]
FAINT = "C5CCD3"  # of an error that is there for a chart only; what is not known yet is white on white
ROOM = 1.15  # characters that fit in a width of one: small letters are narrower than the figures it counts


def bytes_of(which):
    name, _, state = which.partition(", ")
    if state == "gevuld":
        return shipped(name).to_bytes()
    return empty_workbook(templates()[name], now=NOW, example=False).package.to_bytes()


@pytest.fixture(scope="module")
def opened():
    return OnDemand(lambda which: load_workbook(io.BytesIO(bytes_of(which)), data_only=True))


@pytest.fixture(params=[f"{name}, {state}" for name in REFRESHED for state in ("leeg", "gevuld")])
def which(request):
    return request.param


# ── colours ─────────────────────────────────────────────────────────────────────────────────


def light(color):
    parts = (int(color[at : at + 2], 16) / 255 for at in (0, 2, 4))
    return sum(
        weight * (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4)
        for weight, part in zip((0.2126, 0.7152, 0.0722), parts, strict=True)
    )


def contrast(ink, fill):
    high, low = sorted((light(ink), light(fill)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def rgb(color, otherwise):
    return str(color.rgb)[-6:] if color is not None and color.type == "rgb" and color.rgb else otherwise


def fill_of(cell):
    return rgb(cell.fill.fgColor, "FFFFFF") if cell.fill.fill_type == "solid" else "FFFFFF"


@pytest.mark.slow
def test_every_text_can_be_read_on_its_fill(which, opened):
    pairs, laid = set(), set()
    for sheet in opened[which]:
        fills = {}
        for row in sheet.iter_rows():
            for cell in row:
                fills[cell.coordinate] = fill_of(cell)
                if cell.value not in (None, "", "■"):  # a colour of a legend is no text
                    pairs.add((rgb(cell.font.color, "000000"), fill_of(cell)))
        for held in sheet.conditional_formatting:
            first = str(held.sqref).split(":")[0].split()[0]
            for rule in held.rules:
                if rule.dxf is not None and rule.dxf.font is not None and rule.dxf.font.color is not None:
                    under = fills.get(first, "FFFFFF")
                    over = rule.dxf.fill.bgColor if rule.dxf.fill is not None else None
                    laid.add((rgb(rule.dxf.font.color, "000000"), rgb(over, under)))
    hard = {(ink, fill) for ink, fill in pairs | laid if contrast(ink, fill) < 4.5}
    assert {ink for ink, fill in hard if contrast(ink, fill) > 1.03} <= {FAINT}


def test_no_number_format_brings_a_colour_or_a_minus_of_its_own_behind_a_rule():
    for number in NUMBERS.values():
        assert not re.search(r"\[(?:Red|Color|Black|Blue|Green)", number, re.IGNORECASE)
        assert not re.search(r"\[[<>=][^]]*\][^;]*[-−]", number.replace("-413", ""))


# ── paper ───────────────────────────────────────────────────────────────────────────────────


def test_every_sheet_comes_on_a4_one_page_wide_with_its_name_and_number(which, opened):
    for sheet in opened[which]:
        setup = sheet.page_setup
        assert (int(setup.paperSize), setup.fitToWidth or 1) == (9, 1), sheet.title
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert "&A" in sheet.oddFooter.left.text
        assert "&P" in sheet.oddFooter.right.text


def test_raw_data_stay_out_of_the_print_and_long_lists_repeat_their_heads(which, opened):
    template = templates()[which.partition(", ")[0]]
    book = opened[which]
    for declared_sheet in sheets_of(template):
        sheet = book[declared_sheet.name]
        if declared_sheet.prints == "head":
            assert area(re.sub(r".*!|\$", "", str(sheet.print_area))).bottom <= 45, sheet.title
        growing = [x for x in declared_sheet.blocks if isinstance(x, b.ResultBlock | b.DataBlock)]
        long = [x for x in declared_sheet.blocks if isinstance(x, b.Grid) and len(x.rows) > 30]
        if (growing or long) and declared_sheet.prints in ("wide", "head"):
            assert sheet.print_title_rows, sheet.title


def heights(sheet, first, last):
    return sum(sheet.row_dimensions[row].height or 15 for row in range(first, last + 1))


@pytest.mark.parametrize("name", REFRESHED)
def test_a_block_that_fits_on_a_page_is_not_divided_over_two(name, opened):
    """Counted anew, from the file: widths and heights of the sheet, and the breaks that stand in it."""
    layout = {sheet.name: sheet for sheet in sheets_of(templates()[name])}
    divided = []
    for sheet in opened[f"{name}, leeg"]:
        made = layout[sheet.title]
        if made.prints != "wide" or made.portrait:
            continue
        columns = (made.printed or len(made.widths)) + 1
        wide = sum(
            sheet.column_dimensions[get_column_letter(at)].width * 7 + 5 for at in range(1, columns + 1)
        )
        room = (595.3 - 72 * 1.1) / min(1.0, (841.9 - 72 * 0.8) / (0.75 * wide))
        ends = [0, *(brk.id for brk in sheet.row_breaks.brk), sheet.max_row]
        for heading in headings(sheet):
            begin = max(end for end in ends if end < heading.row)
            bottom = heading.row + 1
            while sheet.cell(bottom, heading.column).value not in (None, "") and bottom <= sheet.max_row:
                bottom += 1
            page = heights(sheet, begin + 1, bottom - 1)
            if begin and page > room >= heights(sheet, heading.row, bottom - 1):
                divided.append((sheet.title, heading.value))
    assert not divided


def headings(sheet):
    """The headings of blocks in the first column after the margin."""
    for row in range(4, sheet.max_row + 1):
        cell = sheet.cell(row, 2)
        if cell.value not in (None, "") and cell.font.sz == 13 and cell.font.b and cell.border.bottom.style:
            yield cell


# ── words ───────────────────────────────────────────────────────────────────────────────────


def test_what_is_typed_is_checked_in_dutch(which, opened):
    rules = [(sheet.title, one) for sheet in opened[which] for one in sheet.data_validations.dataValidation]
    assert rules
    for title, one in rules:
        assert 0 < len(one.error or "") <= 255, title
        assert one.errorTitle == "Dit kan hier niet"
        assert one.showErrorMessage
        assert not one.prompt or len(one.prompt) <= 255
        assert not one.promptTitle or len(one.promptTitle) <= 32
        said = f" {one.error} {one.prompt} ".lower()
        assert re.search(r" (een|de|het|uit|van|u|leeg|kies|vul) ", said), said
        assert not re.search(r" (the|must|value is|enter|please) ", said), said


@pytest.mark.parametrize("name", REFRESHED)
def test_every_chart_says_what_it_shows_to_who_cannot_see_it(name):
    with zipfile.ZipFile(io.BytesIO(shipped(name).to_bytes())) as parts:
        drawings = [parts.read(one).decode() for one in parts.namelist() if "drawings/drawing" in one]
    shown = [tag for xml in drawings for tag in re.findall(r"<xdr:cNvPr [^>]*>", xml)]
    assert len(shown) == sum(isinstance(one, b.Chart) for one in blocks_of(templates()[name]))
    for tag in shown:
        told = re.search(r'descr="([^"]{20,})"', tag)
        assert told, tag
        assert told[1].endswith((".", "!")), told[1]


@pytest.mark.parametrize("name", REFRESHED)
def test_every_key_figure_of_a_page_is_explained(name):
    (grid,) = next(sheet for sheet in sheets_of(templates()[name]) if sheet.name == "Begrippen").blocks
    terms = {str(row[0]).casefold() for row in grid.rows}
    cards = [
        card for block in blocks_of(templates()[name]) if isinstance(block, b.Cards) for card in block.cards
    ]
    assert cards
    assert not [card.label for card in cards if card.label.casefold() not in terms]
    assert all(card.means == "" or card.means.endswith(".") for card in cards)


def test_every_setting_that_is_a_number_has_a_unit():
    numbers = [one for one in declared() if one.kind not in (Kind.TEXT, Kind.CHOICE)]
    assert numbers
    assert not [one.name for one in numbers if not one.unit]


@pytest.mark.parametrize("name", REFRESHED)
def test_every_label_of_a_grid_fits_beside_its_figure(name):
    cut = []
    for sheet in sheets_of(templates()[name]):
        for grid, left in grids(sheet.blocks, 0):
            spans = list(itertools.accumulate((one.span for one in grid.columns), initial=left))
            for row in grid.rows:
                for at, (cell, column) in enumerate(zip(row, grid.columns, strict=True)):
                    width = sum(sheet.widths[spans[at] : spans[at + 1]])
                    beside = row[at + 1] if at + 1 < len(row) else None
                    blocked = beside not in (None, "") or column.span > 1
                    if not blocked or column.role.endswith("_wrap"):
                        continue
                    if isinstance(cell, str) and len(cell) > ROOM * width:
                        cut.append((sheet.name, cell))
                    if isinstance(cell, b.Given) and said(cell) and cell.lines == 1 and width < 40:
                        cut.append((sheet.name, cell.figure))
    assert not cut


def said(cell):
    """Whether a refresh writes a sentence there."""
    return figure_of(cell.figure).number == "tekst" and cell.figure.endswith(("bericht", "_zin", "opmerking"))


def grids(blocks, left):
    """The grids of a sheet with the place of their first column among its widths."""
    for block in blocks:
        if isinstance(block, b.Beside):
            at = left
            for one in block.blocks:
                yield from grids((one,), at)
                at += size_of(one)[1] + block.gap
        elif isinstance(block, b.Stack | b.WhenKnown):
            yield from grids(block.blocks, left)
        elif isinstance(block, b.Grid):
            yield block, left


def test_no_sheet_names_what_only_programmers_know(which, opened):
    words = re.compile(r"\b(?:Python|DuckDB|None|True|False|NaN|null|kw_\w+|tbl[A-Z]\w+|dataframe)\b")
    for sheet in opened[which]:
        for row in sheet.iter_rows(values_only=True):
            for text in row:
                assert not isinstance(text, str) or text.startswith("=") or not words.search(text), text


def test_one_of_a_kind_is_not_called_several(which, opened):
    plural = re.compile(
        r"(?<![\d.,])1 (?:aandachtspunten|klanten|maanden|groepen|kanalen|antwoorden|rijen|weken|dagen)\b"
    )
    for sheet in opened[which]:
        for row in sheet.iter_rows(values_only=True):
            assert not [text for text in row if isinstance(text, str) and plural.search(text)]
