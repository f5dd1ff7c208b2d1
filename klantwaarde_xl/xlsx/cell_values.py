"""Setting single cells of a worksheet: named cells, and the values that formulas show."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence

from klantwaarde_xl.addresses import address, area, column_letter
from klantwaarde_xl.errors import WorkbookChanged
from klantwaarde_xl.xlsx.scan import attribute, with_attribute
from klantwaarde_xl.xlsx.sheet_read import Cell, Row, SheetXml
from klantwaarde_xl.xlsx.sheet_write import CellWriter
from klantwaarde_xl.xlsx.values import Value


def set_cells(
    sheet: SheetXml, values: Mapping[tuple[int, int], Value], name: str, writer: CellWriter
) -> Iterator[bytes]:
    """Give a worksheet in which some cells hold other values; their styles stay.

    Args:
        sheet: the worksheet.
        values: the values by row and column.
        name: the sheet's name, for the message.
        writer: turns values into XML, and counts.

    Raises:
        WorkbookChanged: one of the cells holds a formula.
    """
    by_row: dict[int, dict[int, Value]] = {}
    for (number, column), value in values.items():
        by_row.setdefault(number, {})[column] = value
    at = 0
    prefix = sheet.prefix.decode()
    for row in sheet.rows():
        for number in sorted(number for number in by_row if number < row.number):
            yield sheet.data[at : row.start]
            at = row.start
            yield _row(number, by_row.pop(number), prefix, writer)
        if row.number in by_row:
            yield sheet.data[at : row.start]
            yield _with_values(sheet, row, by_row.pop(row.number), name, writer)
            at = row.end
        if not by_row:
            break
    if by_row:
        yield sheet.data[at : sheet.tail_start]
        at = sheet.tail_start
    for number in sorted(by_row):
        yield _row(number, by_row[number], prefix, writer)
    yield sheet.data[at:]


def _row(number: int, values: Mapping[int, Value], prefix: str, writer: CellWriter) -> bytes:
    cells = "".join(_cell(number, column, b"", values[column], prefix, writer) for column in sorted(values))
    return f'<{prefix}row r="{number}">{cells}</{prefix}row>'.encode()


def _cell(row: int, column: int, style: bytes, value: Value, prefix: str, writer: CellWriter) -> str:
    look = f' s="{style.decode()}"' if style else ""
    return f'<{prefix}c r="{column_letter(column)}{row}"{look}{writer.rest(value)}'


def _with_values(sheet: SheetXml, row: Row, values: dict[int, Value], name: str, writer: CellWriter) -> bytes:
    """Return one row with some cells replaced or added, in their order."""
    prefix = sheet.prefix.decode()
    cells: dict[int, bytes] = {}
    for cell in sheet.cells(row):
        cells[cell.column] = sheet.data[cell.start : cell.end]
        if cell.column not in values:
            continue
        if sheet.formula(cell) is not None:
            raise WorkbookChanged(
                "In de cel van een instelling staat nu een formule; die wordt niet overschreven.",
                where=f"blad {name}, cel {address(row.number, cell.column)}",
                remedy="Typ in de cel een waarde, of laat de instelling weg uit wat het programma schrijft.",
            )
        value = values.pop(cell.column)
        cells[cell.column] = _cell(row.number, cell.column, cell.style, value, prefix, writer).encode()
    for column, value in values.items():
        cells[column] = _cell(row.number, column, b"", value, prefix, writer).encode()
    start = sheet.data[row.start : row.inner_start]
    if sheet.data[row.start : row.end].endswith(b"/>") and row.inner_start == row.inner_end:
        start = start.removesuffix(b"/>") + b">"
    start = with_attribute(start, b"spans", None) if b"spans=" in start else start
    return start + b"".join(cells[column] for column in sorted(cells)) + f"</{prefix}row>".encode()


class Cached:
    """Give the formula cells of one worksheet new values to show.

    filled: cells without a formula of their own that an array formula fills; strings: the shared
    texts, to leave such a cell alone that shows the value already.
    """

    def __init__(
        self,
        sheet: SheetXml,
        values: Mapping[str, Value],
        writer: CellWriter,
        filled: Container[str] = (),
        strings: Sequence[str] = (),
    ) -> None:
        self.count = 0
        self.changed = False
        self._filled, self._strings = filled, strings
        self._sheet, self._writer = sheet, writer
        self._prefix = sheet.prefix.decode()
        self._values: dict[int, dict[int, Value]] = {}
        for place, value in values.items():
            cell = area(place)
            self._values.setdefault(cell.top, {})[cell.left] = value

    def chunks(self) -> Iterator[bytes]:
        """Give the worksheet; cells that are not mentioned, or hold no formula, stay as they are.

        Afterwards `changed` says whether any cell shows something else than before.
        """
        sheet = self._sheet
        at, left = 0, set(self._values)
        for row in sheet.rows():
            if not left:
                break
            wanted = self._values.get(row.number)
            if not wanted:
                continue
            left.discard(row.number)
            for cell in sheet.cells(row):
                if cell.column not in wanted:
                    continue
                is_own = sheet.formula(cell) is not None
                if not is_own and not self._is_to_fill(row, cell, wanted[cell.column]):
                    continue
                shown = self._cell(cell if is_own else cell._replace(inner=b""), wanted[cell.column])
                self.count += 1
                if shown == sheet.data[cell.start : cell.end]:
                    continue
                self.changed = True
                yield sheet.data[at : cell.start]
                yield shown
                at = cell.end
        yield sheet.data[at:]

    def _is_to_fill(self, row: Row, cell: Cell, value: Value) -> bool:
        if address(row.number, cell.column) not in self._filled:
            return False
        return self._sheet.value(cell, self._strings) != value

    def _cell(self, cell: Cell, value: Value) -> bytes:
        kind, shown = self._shown(value)
        tag = b"<%sc%s>" % (self._sheet.prefix, cell.attributes.rstrip())
        if attribute(tag, b"t") != kind:
            tag = with_attribute(tag, b"t", kind)
        old = self._sheet.value_pattern.search(cell.inner)
        if old is None:
            formula = self._sheet.formula_pattern.search(cell.inner)
            at = formula.end() if formula else 0
            inner = cell.inner[:at] + shown + cell.inner[at:]
        else:
            inner = cell.inner[: old.start()] + shown + cell.inner[old.end() :]
        return tag + inner + f"</{self._prefix}c>".encode()

    def _shown(self, value: Value) -> tuple[str | None, bytes]:
        """Return the type and the value element of a formula's result; nothing for no result."""
        if value is None:
            return None, b""
        if isinstance(value, str):
            return "str", self._element(self._writer.escaped(value))
        rest = self._writer.rest(value)
        if "<" not in rest:
            return None, b""
        kind = attribute(rest.encode(), b"t")
        start = rest.index("v>") + 2
        if kind == "inlineStr":  # a date before 1900, a whole number of sixteen digits
            text = rest[rest.index(f"<{self._prefix}t") :]
            return "str", self._element(text[text.index(">") + 1 : text.index("</")])
        return kind, self._element(rest[start : rest.index("</")])

    def _element(self, text: str) -> bytes:
        return f"<{self._prefix}v>{text}</{self._prefix}v>".encode()
