"""Cells as XML: the one place that scans a sheet's rows and cells, and that reads their values.

A sheet of a million rows is not parsed into a tree. It is cut at its rows and cells by position,
which is exact because sheet data holds no comments or CDATA (checked) and raw text no `<`.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import Any, NamedTuple

from klantwaarde_xl.addresses import MOST_ROWS, column_number
from klantwaarde_xl.dutch import date_to_serial
from klantwaarde_xl.errors import BY_TEXT, CellError, WorkbookUnsafe
from klantwaarde_xl.xlsx.scan import ATTRIBUTES, attribute, place_of, tags, unescape
from klantwaarde_xl.xlsx.values import Value

_HEX = re.compile(r"_x([0-9A-Fa-f]{4})_")
_REFERENCE = re.compile(rb"""\sr=["']([A-Z]{1,3})([1-9]\d{0,6})["']""")
_ROW_NUMBER = re.compile(rb"""\sr=["'](\d+)["']""")

_MARKUP = re.compile(rb"<[!?]")  # comments, CDATA, instructions

# What carries over when a cell gets another value: its style, not its type or formula.
_TYPE = re.compile(rb"""\st=["'](\w+)["']""")
STYLE = re.compile(rb"""\ss=["'](\d+)["']""")


class Row(NamedTuple):
    """One row: its number, its attributes, and where it and its cells stand in the part."""

    number: int
    attributes: bytes
    start: int
    inner_start: int
    inner_end: int
    end: int

    @property
    def is_numbered(self) -> bool:
        """Whether its number stands in the part, and is not counted."""
        return _ROW_NUMBER.search(self.attributes) is not None


class Cell(NamedTuple):
    """One cell: its column, its attributes and contents, and where it stands in the part."""

    column: int
    attributes: bytes
    inner: bytes
    start: int
    end: int

    @property
    def style(self) -> bytes:
        """The number of its style, or nothing."""
        match = STYLE.search(self.attributes)
        return match[1] if match else b""

    @property
    def type(self) -> bytes:
        """The type of its value as the format calls it; n is a number."""
        match = _TYPE.search(self.attributes)
        return match[1] if match else b"n"

    @property
    def has_address(self) -> bool:
        """Whether its address stands in the part, and is not counted."""
        return _REFERENCE.search(self.attributes) is not None

    @property
    def is_rich(self) -> bool:
        """Whether it shows more than a value: a picture in the cell, a share, a place."""
        return b" vm=" in self.attributes

    @property
    def has_content(self) -> bool:
        """Whether it holds a value or a formula, rather than only a style."""
        return bool(self.inner.strip())


class Formula(NamedTuple):
    """The formula of a cell: its text (empty for a follower of a shared formula) and its tag."""

    text: str
    tag: bytes
    start: int  # of the text, within the cell's contents
    end: int


def plain_cell(prefix: bytes, column: bytes) -> bytes:
    """The pattern of a cell as nearly every program writes it: groups for its type, value and text.

    column: the pattern of its letters.
    """
    p = re.escape(prefix)
    attributes = rb'<%sc r="%s\d+"(?: s="\d+")?(?: t="(\w+)")?' % (p, column)
    formula = rb"(?:<%sf(?:\s[^>]*)?(?:/>|>[^<]*</%sf>))?" % (p, p)
    text = rb'<%sis><%st(?: xml:space="preserve")?>([^<]*)</%st></%sis>' % (p, p, p, p)
    value = rb"(?:<%sv>([^<]*)</%sv>|%s)?" % (p, p, text)
    return rb"%s(?:/>|>%s%s</%sc>)" % (attributes, formula, value, p)


@lru_cache(maxsize=8)
def _patterns(prefix: bytes) -> dict[str, re.Pattern[bytes]]:
    p = re.escape(prefix)
    return {
        "plain": re.compile(plain_cell(prefix, rb"([A-Z]{1,3})")),
        "row": re.compile(rb"<%srow(?=[\s/>])(%s)(/?)>" % (p, ATTRIBUTES)),
        "cell": re.compile(rb"<%sc(?=[\s/>])(%s)(?:/>|>(.*?)</%sc\s*>)" % (p, ATTRIBUTES, p), re.S),
        "value": re.compile(rb"<%sv(?:\s%s)?>([^<]*)</%sv\s*>" % (p, ATTRIBUTES, p)),
        "formula": re.compile(rb"(<%sf(?=[\s/>])%s)(?:/>|>([^<]*)</%sf\s*>)" % (p, ATTRIBUTES, p)),
        "text": re.compile(rb"<%st(?=[\s/>])%s(?:/>|>([^<]*)</%st\s*>)" % (p, ATTRIBUTES, p)),
        "phonetic": re.compile(rb"<%srPh(?=[\s/>]).*?</%srPh\s*>" % (p, p), re.S),
    }


class SheetXml:
    """A worksheet part, cut into what stands before, in and behind its sheet data."""

    def __init__(self, data: bytes, part: str) -> None:
        self.data = data
        self.part = part
        self.looks: dict[Any, Any] = {}  # what was found about its rows; the data stay what they are
        self.prefix = b""
        self.head_end = self.tail_start = -1
        for tag in tags(data):
            if tag.name == b"sheetData" and tag.kind in ("open", "empty"):
                self._cut(tag.start, tag.end, tag.kind == "empty")
                break
        if self.head_end < 0:
            raise self.odd("het blad heeft geen gegevensdeel")
        patterns = _patterns(self.prefix)
        self.row_pattern, self.cell_pattern = patterns["row"], patterns["cell"]
        self.formula_pattern, self.value_pattern = patterns["formula"], patterns["value"]
        self._plain_pattern = patterns["plain"]
        self._text_pattern, self._phonetic_pattern = patterns["text"], patterns["phonetic"]

    def _cut(self, start: int, end: int, empty: bool) -> None:
        name = re.match(rb"<([^\s/>]+)", self.data[start:end])
        self.prefix = name[1][: -len(b"sheetData")] if name else b""
        if empty:
            opened = self.data[start:end].removesuffix(b"/>") + b">"
            close = b"</%ssheetData>" % self.prefix
            self.data = self.data[:start] + opened + close + self.data[end:]
            end = start + len(opened)
        self.head_end = end
        self.tail_start = place_of(self.data, b"</%ssheetData" % self.prefix, end, len(self.data))
        if self.tail_start < 0 or _MARKUP.search(self.data, end, self.tail_start):
            raise self.odd("het blad bevat ongewone XML")

    def odd(self, reason: str) -> WorkbookUnsafe:
        """Return the error for a sheet that is written in a way that no program writes."""
        return WorkbookUnsafe(
            f"Een blad kan niet veilig worden bewerkt: {reason}.",
            where=self.part,
            remedy="Open het werkboek in Excel, sla het opnieuw op en probeer het nog eens.",
        )

    @property
    def has_formulas(self) -> bool:
        """Whether any cell holds a formula."""
        return place_of(self.data, b"<%sf" % self.prefix, self.head_end, self.tail_start) >= 0

    def merged(self) -> Iterator[str]:
        """Give the references of its merged cells."""
        for tag in tags(self.data, self.tail_start):
            if tag.name == b"mergeCell" and (found := attribute(self.data[tag.start : tag.end], b"ref")):
                yield found

    def rows(self, at: int = 0, before: int = 0) -> Iterator[Row]:
        """Give all rows, or those from a place on; a row without a number follows the one before it."""
        data, closing = self.data, b"</%srow" % self.prefix
        at, number = max(at, self.head_end), before
        while match := self.row_pattern.search(data, at, self.tail_start):
            given = _ROW_NUMBER.search(match[1])
            number = int(given[1]) if given else number + 1
            if not 0 < number <= MOST_ROWS:
                raise self.odd(f"rij {number} bestaat niet")
            inner = end = match.end()
            if not match[2]:
                inner_end = data.find(closing, inner, self.tail_start)
                end = data.find(b">", inner_end) + 1
                if inner_end < 0:
                    raise self.odd("een rij eindigt niet")
            else:
                inner_end = inner
            yield Row(number, match[1], match.start(), inner, inner_end, end)
            at = end

    def rows_with(self, text: bytes) -> Iterator[Row]:
        """Give the rows in which some text stands, without looking into the others."""
        data, opening, closing = self.data, b"<%srow" % self.prefix, b"</%srow" % self.prefix
        found = place_of(data, text, self.head_end, self.tail_start)
        while found >= 0:
            match = self.row_pattern.match(data, max(data.rfind(opening, self.head_end, found), 0))
            given = _ROW_NUMBER.search(match[1]) if match else None
            if match is None or given is None:  # rows without numbers must be counted
                yield from (
                    row for row in self.rows() if data.find(text, row.inner_start, row.inner_end) >= 0
                )
                return
            inner_end = data.find(closing, found, self.tail_start)
            end = data.find(b">", inner_end) + 1
            if inner_end < 0:
                raise self.odd("een rij eindigt niet")
            yield Row(int(given[1]), match[1], match.start(), match.end(), inner_end, end)
            found = place_of(data, text, end, self.tail_start)

    def cells(self, row: Row) -> Iterator[Cell]:
        """Give the cells of a row; a cell without an address follows the one before it."""
        column = 0
        for match in self.cell_pattern.finditer(self.data, row.inner_start, row.inner_end):
            attributes = match[1]
            given = _REFERENCE.search(attributes)
            column = _column(given[1]) if given else column + 1
            yield Cell(column, attributes, match[2] or b"", match.start(), match.end())

    def outermost(self, row: Row) -> tuple[int, int] | None:
        """Return the columns of the first and last cell of a row, without reading those between."""
        first = _REFERENCE.search(self.data, row.inner_start, row.inner_end)
        last_start = self.data.rfind(b"<%sc " % self.prefix, row.inner_start, row.inner_end)
        if first is None or last_start < 0:
            return None
        last = _REFERENCE.search(self.data, last_start, row.inner_end)
        return (_column(first[1]), _column(last[1])) if last else None

    def formula(self, cell: Cell) -> Formula | None:
        """Return the formula of a cell, if it has one."""
        match = self.formula_pattern.search(cell.inner)
        if match is None:
            return None
        start, end = match.span(2) if match[2] is not None else (match.end(), match.end())
        return Formula(unescape((match[2] or b"").decode()), match[1], start, end)

    def row_values(self, row: Row, left: int, width: int, strings: Sequence[str]) -> list[Value]:
        """Return the values of a row from column left on, as `value` reads them but faster."""
        values: list[Value] = [None] * width
        found = self._plain_pattern.findall(self.data, row.inner_start, row.inner_end)
        if len(found) != self.data.count(b"<%sc" % self.prefix, row.inner_start, row.inner_end):
            for cell in self.cells(row):
                if 0 <= cell.column - left < width:
                    values[cell.column - left] = self.value(cell, strings)
            return values
        for letters, kind, shown, text in found:
            at = _column(letters) - left
            if 0 <= at < width:
                values[at] = self.shown(kind, shown, text, strings)
        return values

    def shown(self, kind: bytes, shown: bytes, text: bytes, strings: Sequence[str]) -> Value:
        """The value of a cell from what a `plain_cell` holds."""
        if shown and kind in NUMBERS:
            try:
                return float(shown)
            except ValueError:  # blanks, or what is no number
                return self._shown(b"n", shown, strings)
        if kind == b"inlineStr":
            return plain_text(text.decode())
        return self._shown(kind or b"n", shown, strings) if shown or kind == b"str" else None

    def _shown(self, kind: bytes, shown: bytes, strings: Sequence[str]) -> Value:
        if kind == b"s" and shown.strip().isdigit() and (index := int(shown)) < len(strings):
            return strings[index]
        return _typed(kind.decode(), shown.decode(), self)

    def value(self, cell: Cell, strings: Sequence[str]) -> Value:
        """Return the value of a cell as it was last computed; a date stays a day number."""
        inner, kind = cell.inner, cell.type
        if kind == b"inlineStr":
            return self.inline_text(inner)
        match = self.value_pattern.search(inner)
        if match is None:
            return "" if kind == b"str" else None
        return self._shown(kind, match[1], strings)

    def inline_text(self, inner: bytes) -> str:
        """Return the text of an inline string: all its runs, without the phonetic guide."""
        if b"rPh" in inner:
            inner = self._phonetic_pattern.sub(b"", inner)
        return plain_text(b"".join(self._text_pattern.findall(inner)).decode())


NUMBERS = frozenset([b"", b"n"])  # the types of a cell with a number


@cache
def _column(letters: bytes) -> int:
    return column_number(letters.decode())


def _typed(kind: str, text: str, sheet: SheetXml) -> Value:
    if kind == "s":
        raise sheet.odd("een cel verwijst naar een tekst die er niet is")
    if kind == "str":
        return plain_text(text)
    if not text.strip():
        return None
    if kind == "b":
        return text.strip() in ("1", "true")
    if kind == "e":
        return BY_TEXT.get(text.strip(), CellError.VALUE)
    try:
        if kind == "d":  # ISO dates, in the strict variant of the format
            return date_to_serial(dt.datetime.fromisoformat(text.strip().removesuffix("Z")))
        return float(text)
    except ValueError as error:
        raise sheet.odd(f"een getal of datum is onleesbaar ({text[:20]!r})") from error


def plain_text(xml: str) -> str:
    """Return text as the user sees it: line ends, entities and `_xHHHH_` resolved."""
    text = xml.replace("\r\n", "\n").replace("\r", "\n") if "\r" in xml else xml
    return without_hex(unescape(text))


def without_hex(text: str) -> str:
    """Return text with `_xHHHH_`, the format's way to write control characters, resolved."""
    return _HEX.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text
