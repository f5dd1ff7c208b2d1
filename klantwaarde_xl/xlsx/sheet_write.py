"""Values as cell XML, fast: the writer that fills table bodies, for a refresh and a new workbook."""

from __future__ import annotations

import datetime as dt
import re
import struct
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import isfinite
from types import MappingProxyType
from typing import NamedTuple, TypeAlias

from klantwaarde_xl.dutch import date_to_serial
from klantwaarde_xl.errors import BY_CODE, CellError
from klantwaarde_xl.xlsx.values import DAYS_1904, Value

LONGEST_TEXT = 32_767  # UTF-16 units in a cell; Excel's limit
MOST_WHOLE = 10**15  # Excel keeps 15 digits; a longer whole number is an id
_FIRST_DAY = dt.date(1900, 3, 1)  # from here on the calendars of Excel and LibreOffice agree
_FIRST_DAY_1904 = dt.date(1904, 1, 1)
_ROWS_PER_CHUNK = 4096
_REMEMBERED = 1 << 16

_LITERAL_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]")
_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True)
class Around:
    """What rows of a body have besides the values of their columns, by row number.

    attributes: each with a space before it. outside: the cells left and right of the table. special: the
    style of a cell that differs from its column's, by place of the column.
    """

    attributes: Mapping[int, str] = field(default_factory=dict)
    outside: Mapping[int, tuple[str, str]] = field(default_factory=dict)
    special: Mapping[int, Mapping[int, str]] = field(default_factory=dict)

    def __len__(self) -> int:
        """How many rows have any of these, at most."""
        return len(self.attributes) + len(self.outside) + len(self.special)

    def rows(self) -> list[int]:
        """The rows that have any of these, in order."""
        return sorted({*self.attributes, *self.outside, *self.special})


class Column(NamedTuple):
    """How one column of a body is written: from the rows, or by a function of the row number."""

    letter: str
    style: str  # ` s="3"`, or nothing
    source: int = -1
    fill: Callable[[int], str] | None = None


# Address, style, source, function, whether there is a style
_Step: TypeAlias = tuple[str, str, int, Callable[[int], str] | None, bool]


@dataclass
class TextCounts:
    """How many texts could not be written as they were."""

    truncated: int = 0
    escaped: int = 0


def first_day(*, date1904: bool) -> dt.date:
    """The first day that is written as a number; one before it is text."""
    return _FIRST_DAY_1904 if date1904 else _FIRST_DAY


def blank(letter: str, row: int, style: str, prefix: str = "") -> str:
    """Return an empty cell with a style; nothing when it has no style."""
    return f'<{prefix}c r="{letter}{row}"{style}/>' if style else ""


class CellWriter:
    """Write values as cells: text inline, dates as day numbers, what is no number as an error."""

    def __init__(self, prefix: str = "", *, date1904: bool = False) -> None:
        self.counts = TextCounts()
        self.prefix = prefix
        self.date1904 = date1904
        self._texts: dict[str, str] = {}
        self._value_open = f"><{prefix}v>"
        self._value_close = f"</{prefix}v></{prefix}c>"

    def rest(self, value: Value) -> str:
        """Return all of a cell that stands behind its address and style."""
        if isinstance(value, str):
            return self._texts.get(value) or self._text(value)
        if isinstance(value, bool):
            return f' t="b"{self._value_open}{int(value)}{self._value_close}'
        if isinstance(value, int | float):
            return self._number(value)
        if isinstance(value, CellError):
            return f' t="e"{self._value_open}{value.text}{self._value_close}'
        if value is None or value != value:  # pandas' NaT is a date that is unlike itself
            return "/>"
        if isinstance(value, dt.date):
            return self._date(value)
        return self._foreign(value)

    def _number(self, value: float) -> str:
        if isinstance(value, int):
            if abs(value) >= MOST_WHOLE:
                return self._text(str(value))
            return f"{self._value_open}{int(value)}{self._value_close}"
        if not isfinite(value):
            return f' t="e"{self._value_open}{not_a_number(value).text}{self._value_close}'
        return f"{self._value_open}{float(value)!r}{self._value_close}"

    def _date(self, value: dt.date) -> str:
        day = dt.date(value.year, value.month, value.day)
        if day < first_day(date1904=self.date1904):
            return self._text(f"{value.day:02}-{value.month:02}-{value.year:04}")
        serial = date_to_serial(value) - (DAYS_1904 if self.date1904 else 0)
        whole = int(serial)
        return f"{self._value_open}{whole if whole == serial else serial!r}{self._value_close}"

    def _foreign(self, value: object) -> str:
        """Write a numpy scalar or a Decimal as the Python value it stands for."""
        plain = value.item() if hasattr(value, "item") else float(value)  # type: ignore[arg-type]
        return self.rest(plain)

    def _text(self, text: str) -> str:
        if not text:
            return "/>"
        body = self.escaped(text)
        space = ' xml:space="preserve"' if body[0].isspace() or body[-1].isspace() or "\n" in body else ""
        p = self.prefix
        cell = f' t="inlineStr"><{p}is><{p}t{space}>{body}</{p}t></{p}is></{p}c>'
        # Counts are per cell, so only a text that was written as it is may be remembered.
        if len(self._texts) < _REMEMBERED and text.isprintable() and len(text) < 256 and "_x" not in text:
            self._texts[text] = cell
        return cell

    def escaped(self, text: str) -> str:
        """Return text as it stands in XML: cut at Excel's limit, control characters as `_xHHHH_`."""
        if len(text) > LONGEST_TEXT // 2:
            units = text.encode("utf-16-le", "surrogatepass")
            if len(units) > 2 * LONGEST_TEXT:
                self.counts.truncated += 1
                text = units[: 2 * LONGEST_TEXT].decode("utf-16-le", "surrogatepass")
                if "\ud800" <= text[-1] <= "\udbff":  # the cut went through a character
                    text = text[:-1]
        plain = text
        if "_x" in text:
            text = _LITERAL_ESCAPE.sub("_x005F_", text)
        if not text.isprintable():
            text = _SURROGATE.sub("\ufffd", text)
            text = _CONTROL.sub(lambda match: f"_x{ord(match[0]):04X}_", text)
        if text != plain:
            self.counts.escaped += 1
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")

    def _plan(
        self, columns: Sequence[Column], special: Mapping[int, str] = MappingProxyType({})
    ) -> list[_Step]:
        """How each cell of a row is written, in some of which a style differs."""
        styles = [special.get(at, column.style) for at, column in enumerate(columns)]
        return [
            (f'<{self.prefix}c r="{c.letter}', f'"{style}', c.source, c.fill, bool(style))
            for c, style in zip(columns, styles, strict=True)
        ]

    def body(
        self,
        columns: Sequence[Column],
        rows: Sequence[Sequence[Value]],
        top: int,
        around: Around,
    ) -> Iterator[bytes]:
        """Give the rows of a table body as chunks of XML.

        Args:
            columns: the table's columns from left to right.
            rows: the values; a column takes the one at its index.
            top: the sheet row of the first.
            around: what rows have besides.
        """
        row_open, row_close = f'<{self.prefix}row r="', f"</{self.prefix}row>"
        attributes, outside, special = around.attributes, around.outside, around.special
        usual = self._plan(columns)
        value_open, value_close = self._value_open, self._value_close
        texts, rest, nothing = self._texts, self.rest, ("", "")
        parts: list[str] = []
        add = parts.append
        for number, row in enumerate(rows, top):
            left, right = outside.get(number, nothing)
            add(f'{row_open}{number}"{attributes.get(number, "")}>{left}')
            plan = self._plan(columns, special[number]) if number in special else usual
            for address, style, index, fill, styled in plan:
                if fill is not None:
                    add(fill(number))
                    continue
                value = row[index]
                kind = type(value)
                if kind is float and isfinite(value):  # type: ignore[arg-type]
                    add(f"{address}{number}{style}{value_open}{value!r}{value_close}")
                    continue
                xml = texts.get(value) if kind is str else None  # type: ignore[arg-type]
                if xml is None:
                    xml = rest(value)
                if styled or xml != "/>":
                    add(f"{address}{number}{style}{xml}")
            add(right + row_close)
            if not number % _ROWS_PER_CHUNK:
                yield "".join(parts).encode()
                parts.clear()
        yield "".join(parts).encode()


def not_a_number(value: float) -> CellError:
    """Return the error that a NaN carries in its bits; #N/A for a bare NaN or an infinity."""
    low: int = struct.unpack("<II", struct.pack("<d", value))[0]
    return BY_CODE.get(low, CellError.NA) if value != value else CellError.NA
