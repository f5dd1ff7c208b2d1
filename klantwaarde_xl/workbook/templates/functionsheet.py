"""The function sheet: every function with its arguments and live examples, from the registry."""

from __future__ import annotations

import datetime as dt

from klantwaarde_xl.addresses import address
from klantwaarde_xl.errors import CellError
from klantwaarde_xl.functions.adapter.call import call
from klantwaarde_xl.functions.notation import FILE, Placed, call_formula, place, shown_example
from klantwaarde_xl.functions.registry import REGISTRY
from klantwaarde_xl.functions.spec import Cell, Cells, Example, Spec
from klantwaarde_xl.workbook.sheets import Book, Page
from klantwaarde_xl.workbook.styles import GREY, TEAL
from klantwaarde_xl.workbook.templates import Template

_DATA = "Voorbeelddata"
LONGEST_FORMULA = 52  # characters that fit beside the note
_UNITS = (("euro", "euro2"), ("fractie", "procent"))


class _Data:
    """The sheet with the ranges that examples refer to; the same ranges stand there once."""

    def __init__(self) -> None:
        self.column = 2
        self.cells: list[tuple[int, int, Cell]] = []
        self.titles: dict[int, str] = {}
        self._placed: dict[tuple[Cells, ...], int] = {}

    def place(self, spec: Spec, example: Example) -> Placed:
        ranges = tuple(arg for arg in example.args if isinstance(arg, tuple))
        there = self._placed.get(ranges)
        placed = place(example.args, row=5, column=there or self.column, dialect=FILE, sheet=_DATA)
        if there is not None:
            if spec.name not in self.titles[there].split(", "):
                self.titles[there] += f", {spec.name}"
        elif placed.cells:
            self._placed[ranges] = self.column
            self.titles[self.column] = spec.name
            self.cells += placed.cells
            self.column = max(column for _, column, _ in placed.cells) + 2
        return placed

    def write(self, book: Book) -> None:
        page = book.page(
            _DATA,
            "Voorbeelddata",
            "De bereiken waar de voorbeelden naar verwijzen.",
            (13,) * self.column,
            tab=GREY,
        )
        for column, name in self.titles.items():
            page.text(address(4, column), name, "header")
        for row, column, cell in self.cells:
            _write_cell(page, address(row, column), cell)


def _write_cell(page: Page, where: str, cell: Cell, role: str = "calculation") -> None:
    """Write one plain value in the format of its kind."""
    if cell is None:
        page.sheet.write_blank(where, None, page.style(role))
    elif isinstance(cell, CellError):
        page.sheet.write_formula(where, f"={cell.text}", page.style(role), cell.text)
    elif isinstance(cell, dt.date):
        page.sheet.write_datetime(where, cell, page.style(role, "datum"))
    elif isinstance(cell, str):
        page.text(where, cell, role)
    else:
        number = "" if cell == int(cell) else "klein" if abs(cell) < 1 else "getal"
        page.sheet.write_number(where, cell, page.style(role, number))


def _overview(book: Book, rows: dict[str, int]) -> None:
    page = book.page(
        "Start",
        "Functies van Klantwaarde XL",
        "Klik op een naam voor argumenten en werkende voorbeelden.",
        (24, 18, 92, 120),
        tab=TEAL,
    )
    page.header_row(4, "B", ("functie", "groep", "schrijfwijze", "wat doet hij"))
    for row, spec in enumerate(REGISTRY, 5):
        link = f"internal:'Functies'!B{rows[spec.name]}"
        page.sheet.write_url(f"B{row}", link, book.style("link"), spec.name)
        page.text(f"C{row}", spec.group, "unit")
        page.text(f"D{row}", spec.signature(), "formula")
        page.text(f"E{row}", spec.doc, "label")
    after = 6 + len(REGISTRY)
    page.text(
        f"B{after}", "De functies werken met de invoegtoepassing van Klantwaarde XL; zie install.md.", "note"
    )
    page.sheet.freeze_panes(4, 0)


def _function(page: Page, spec: Spec, row: int, data: _Data) -> int:
    """Write one function from a row on; return the row behind it."""
    page.heading(f"B{row}", spec.name, "F")
    page.text(f"B{row + 1}", spec.doc)
    page.text(f"B{row + 2}", spec.signature(), "formula")
    row += 3
    page.header_row(row, "B", ("argument", "eenheid", "leeg betekent", "uitleg", ""))
    for row, arg in enumerate(spec.args, row + 1):  # noqa: B020 - the block goes on below the last row
        default = spec.default_text(arg) if spec.is_optional(arg) else "verplicht"
        for column, text in zip("BCDE", (arg.name, arg.unit, default, arg.help()), strict=True):
            page.text(f"{column}{row}", text, "label" if column in "BE" else "unit")
    row += 1
    page.header_row(row, "B", ("voorbeeld", "", "uitkomst", "toelichting", ""))
    for example in spec.examples:
        row += 1
        formula = shown_example(spec, example)[0]
        # A long formula runs into the cells beside it: the note comes after it in the same one
        is_long = len(formula) > LONGEST_FORMULA and bool(example.source)
        page.text(f"B{row}", f"{formula}   ({example.source})" if is_long else formula, "formula")
        page.text(f"E{row}", "" if is_long else example.source, "note")
        row = _live(page, spec, example, row, data)
    return row + 2


def _live(page: Page, spec: Spec, example: Example, row: int, data: _Data) -> int:
    """Write the example as a formula that computes; a table spills below. Return its last row."""
    formula = call_formula(spec, data.place(spec, example).texts, FILE)
    result = call(spec, example.args)
    if not isinstance(result, list):
        number = next((form for unit, form in _UNITS if spec.unit.startswith(unit)), "getal")
        page.formula(f"D{row}", formula, "output", number)
        return row
    row += 1
    last = address(row + len(result) - 1, 1 + len(result[0]))
    page.sheet.write_array_formula(f"B{row}:{last}", formula, page.style("table_header"), result[0][0])
    for i, line in enumerate(result):
        for j, cell in enumerate(line):
            # An error inside the array's area: only the array's own formula can put it there
            if (i or j) and not isinstance(cell, CellError):
                _write_cell(page, address(row + i, 2 + j), cell, "table" if i else "table_header")
    return row + len(result) - 1


def _write(book: Book) -> None:
    # XlsxWriter keeps sheets in the order they are added, and the overview links to rows
    # that are known once the functions are laid out: a dry run on paper gives the rows.
    rows = _layout()
    _overview(book, rows)
    page = book.page(
        "Functies",
        "Alle functies",
        "Groene cellen rekenen; verander een getal in een formule en kijk wat er gebeurt.",
        (30, 22, 20, 14, 14, 14, 14, 24, 40),
    )
    data = _Data()
    for spec in REGISTRY:
        _function(page, spec, rows[spec.name], data)
    page.sheet.freeze_panes(2, 0)
    data.write(book)


def _layout() -> dict[str, int]:
    rows, row = {}, 4
    for spec in REGISTRY:
        rows[spec.name] = row
        examples = sum(
            len(example.result) + 2 if spec.columns and isinstance(example.result, tuple) else 1
            for example in spec.examples
        )
        row += 8 + len(spec.args) + examples
    return rows


FUNCTIONS = Template(
    id="functies",
    version="1",
    title="Functies van Klantwaarde XL",
    purpose="Alle functies met argumenten en werkende voorbeelden.",
    write=_write,
    feeds=(),
)
