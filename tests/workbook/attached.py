"""What a user attaches to a row of a table, in and beside it, and how it is found again."""

from __future__ import annotations

from collections.abc import Iterator

from openpyxl.comments import Comment
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import PatternFill
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from klantwaarde_xl.addresses import Area, area, column_letter

KINDS = ("opmerking", "rechts", "links", "som", "koppeling", "kleur", "hoogte", "keuzelijst", "regel")
YELLOW, HEIGHT = "FFFFFF00", 33.0


def attach(sheet: Worksheet, place: Area, row: int, kind: str, number: int) -> object:
    """Attach a thing of a kind to a row of the table at a place; what it says, which holds its number."""
    text = f"{kind} {number} van {sheet.cell(row, place.left).value}"
    if kind == "opmerking":
        sheet.cell(row, place.left).comment = Comment(text, "Jan")
    elif kind == "koppeling":
        text = f"https://voorbeeld.nl/{number}"
        sheet.cell(row, place.left + 1).hyperlink = text
    elif kind == "kleur":
        sheet.cell(row, place.left + 4).fill = PatternFill("solid", fgColor=YELLOW)
    elif kind == "hoogte":
        sheet.row_dimensions[row].height = HEIGHT
    elif kind == "keuzelijst":
        text = f"keuze{number}"
        here = f"{column_letter(place.left + 3)}{row}"
        others = sheet.data_validations.dataValidation
        others[:] = [one for one in others if str(one.sqref) != here]
        chosen = DataValidation("list", formula1=f'"{text},anders"')
        chosen.add(here)
        others.append(chosen)
    elif kind == "regel":
        text = f"regel{number}"
        here = f"{column_letter(place.left + 2)}{row}"
        if here in {str(one.sqref) for one in sheet.conditional_formatting}:
            del sheet.conditional_formatting[here]
        yellow = FormulaRule([f'"{text}"=""'], fill=PatternFill(bgColor=YELLOW))
        sheet.conditional_formatting.add(here, yellow)
    elif kind == "som":
        _head(sheet, place)
        sheet.cell(row, place.right + 2).value = f"={column_letter(place.left + 4)}{row}+{number}"
        return number
    elif kind == "rechts":
        _head(sheet, place)
        sheet.cell(row, place.right + 1).value = text
    elif kind == "links":
        sheet.cell(row, place.left - 1).value = text
    return text


def _head(sheet: Worksheet, place: Area) -> None:
    """Give the two columns right of the table their headers."""
    for column, header in enumerate(("naast", "som"), place.right + 1):
        sheet.cell(place.top, column).value = header


def attached(sheet: Worksheet, place: Area, *, own_column: bool) -> Iterator[tuple[str, int, object]]:
    """All that is attached to the rows of a table: kind, row and what it says; looks say nothing."""
    for row in range(place.top + 1, place.bottom + 1):
        for kind, said in _of_row(sheet, place, row):
            yield kind, row, said
        if own_column and sheet.cell(row, place.right).value:
            yield "in de tabel", row, sheet.cell(row, place.right).value
    for one in sheet.data_validations.dataValidation:
        said = str(one.formula1).strip('"').partition(",")[0]
        if said.startswith("keuze"):
            yield "keuzelijst", area(str(one.sqref)).top, said
    for areas in sheet.conditional_formatting:
        for one in areas.rules:
            said = "".join(one.formula).partition("=")[0].strip('"')
            if said.startswith("regel"):
                yield "regel", area(str(areas.sqref)).top, said


def _of_row(sheet: Worksheet, place: Area, row: int) -> Iterator[tuple[str, object]]:
    remark, link = sheet.cell(row, place.left).comment, sheet.cell(row, place.left + 1).hyperlink
    if remark:
        yield "opmerking", remark.text.strip()
    if link:
        yield "koppeling", link.target
    if sheet.cell(row, place.left + 4).fill.fgColor.rgb == YELLOW:
        yield "kleur", None
    if abs((sheet.row_dimensions[row].height or 0) - HEIGHT) < 0.5:
        yield "hoogte", None
    summed = str(sheet.cell(row, place.right + 2).value or "")
    if summed:
        assert summed.startswith(f"={column_letter(place.left + 4)}{row}+"), (row, summed)
        yield "som", int(summed.partition("+")[2])
    for kind, column in (("rechts", place.right + 1), ("links", place.left - 1)):
        if sheet.cell(row, column).value:
            yield kind, sheet.cell(row, column).value
