"""What the program wrote at the last refresh, kept with the workbook: what a person typed over it shows.

Kept are digests of cells, twelve bits each, in custom properties of the document, which Excel, LibreOffice
and openpyxl keep. A cell whose digest is another was typed; one in 4,096 is missed. Numbers count to nine
digits: of the later ones programs keep other ones. The moment of the refresh stands with them: where a host
wrote without keeping them, it is another than the workbook's, and nothing is known.
"""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import json
import math
import re
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from klantwaarde_xl.dutch import date_to_serial
from klantwaarde_xl.errors import CellError, error_of
from klantwaarde_xl.plan.plan import Contents, NameWrite, TableWrite, Value, header
from klantwaarde_xl.xlsx.property_text import pieces, text_of

PREFIX = "klantwaarde_geschreven_"
MOST_CELLS = 30_000  # of results: two characters each, in properties of 255; the smallest tables go first
MOST_ROWS = 5_000  # of input, each in four characters; of more only how many there are is kept
_MOMENT = "kw_ververst"
_NEAR = 1e-10  # what programs may change of a number, as a part of it
_SECONDS = 2 / 86_400
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
_DIGESTS = [one + other for one in _LETTERS for other in _LETTERS]
_LONGEST = 16_000  # characters of a text: a cell holds 32,767 units of two bytes
_PLAIN_NUMBER = re.compile(r"0|[1-9]\d{0,14}")
_VERSION = 1


@dataclass(frozen=True)
class Written:
    """What the last refresh wrote: digests of cells.

    tables: of each result by its name in small letters, and by header, two characters a row. names: of the
    named cells. inputs: of each input table that came from a file how many rows it has, and four characters
    for each of them, or none where they are too many. whole: of everything together but the moment and the
    journal; none where some of it is too much.
    """

    tables: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    inputs: Mapping[str, tuple[int, str]] = field(default_factory=dict)
    whole: str = ""

    def knows(self, table: str) -> bool:
        """Whether anything is known of a table, whatever its capitals."""
        return table.casefold() in self.tables or table.casefold() in self.inputs


class Kept(NamedTuple):
    """Properties that keep what a refresh writes, and a digest of all of it; none where some is too much."""

    properties: dict[str, str]
    whole: str


def written_in(contents: Contents) -> Written | None:
    """What is known of the last refresh of a workbook; None when nothing is, or it was another refresh."""
    text = text_of(contents.properties, PREFIX)
    try:
        held = json.loads(text) if text else {}
        if held.get("versie") != _VERSION or not _is_moment(held.get("op"), contents):
            return None
        inputs = {str(name): (int(rows), str(text)) for name, (rows, text) in held["invoer"].items()}
        tables = {
            str(name): {str(column): str(text) for column, text in columns.items()}
            for name, columns in held["tabellen"].items()
        }
        names = {str(name): str(text) for name, text in held["namen"].items()}
        return Written(tables, names, inputs, str(held["geheel"]))
    except (ValueError, TypeError, KeyError, AttributeError):
        return None


def _is_moment(said: Any, contents: Contents) -> bool:
    names = {name.casefold(): value for name, value in contents.names.items()}
    there = _number(names.get(_MOMENT), contents.days_behind)
    if said is None or there is None:
        return said is None and there is None
    return abs(float(said) - there) < _SECONDS


def kept(
    tables: Sequence[TableWrite], names: Sequence[NameWrite], before: Written | None, behind: int
) -> Kept:
    """What is kept of what a refresh writes; before: what is known of tables that it leaves alone.

    behind: how many days less than others the workbook counts.
    """
    before = before or Written()
    moment = next((_number(one.value, behind) for one in names if one.name.casefold() == _MOMENT), None)
    inputs = dict(before.inputs)
    found: dict[str, dict[str, str]] = {}
    whole, has_all, left = hashlib.blake2b(digest_size=12), True, MOST_CELLS
    for write in sorted(tables, key=lambda one: (len(one.rows) * len(one.columns), one.table)):
        name, many = write.table.casefold(), len(write.rows)
        left -= 0 if write.is_input else many * len(write.columns)
        if (many > MOST_ROWS) if write.is_input else (left < 0):
            has_all = False
            if write.is_input:
                inputs[name] = (many, "")
            continue
        cells = [[_bytes(value, behind) for value in row] for row in write.rows]
        if not write.is_journal:
            whole.update(repr((name, write.columns, cells)).encode())
        if write.is_input:
            inputs[name] = (many, "".join(map(_of_row, cells)))
            continue
        each = zip(*cells, strict=True) if many else [()] * len(write.columns)
        found[name] = {
            header(column): "".join(map(_of_cell, values))
            for column, values in zip(write.columns, each, strict=True)
        }
    values = {one.name.casefold(): _bytes(one.value, behind) for one in names}
    ours = [one.name.casefold() for one in names if not one.is_given]
    whole.update(repr(sorted(pair for pair in values.items() if pair[0] != _MOMENT)).encode())
    said = whole.hexdigest() if has_all else ""
    held = {
        "versie": _VERSION,
        "op": moment,
        "geheel": said,
        "namen": {name: _of_cell(values[name]) for name in ours},
        "tabellen": found,
        "invoer": inputs,
    }
    return Kept(pieces(PREFIX, json.dumps(held, separators=(",", ":"))), said)


# ── cells ───────────────────────────────────────────────────────────────────────────────────


def digest(value: Value, behind: int = 0) -> str:
    """Two characters for what a cell holds: a day is its number, a boolean 0 or 1, "7" is 7, "007" is not."""
    return _of_cell(_bytes(value, behind))


def _of_cell(held: bytes) -> str:
    return _DIGESTS[zlib.crc32(held) & 0xFFF]


def is_written(value: Value, said: str, behind: int = 0) -> bool:
    """Whether a cell holds what was written, of which this is the digest; near it will do for a number."""
    if digest(value, behind) == said:
        return True
    number = _number(value, behind)
    return number is not None and any(
        digest(near) == said for near in (number * (1 + _NEAR), number * (1 - _NEAR))
    )


def _of_row(cells: Iterable[bytes]) -> str:
    """Four characters for a row of input."""
    found = zlib.crc32(b"\n".join(cells))
    return base64.b64encode(found.to_bytes(4, "big")[1:]).decode()


def rows_by_hand(rows: Sequence[Sequence[Value]], known: tuple[int, str], behind: int) -> list[int]:
    """The places of the rows of an input table that no file gave; known: as in `Written.inputs`."""
    many, text = known
    if not text:
        return [*range(many, len(rows))]
    left: dict[str, int] = {}
    for at in range(0, len(text), 4):
        left[text[at : at + 4]] = left.get(text[at : at + 4], 0) + 1
    found = []
    for at, row in enumerate(rows):
        said = _of_row(_bytes(value, behind) for value in row)
        if left.get(said):
            left[said] -= 1
        elif any(value not in (None, "") for value in row):
            found.append(at)
    return found


def _bytes(value: Value, behind: int) -> bytes:
    if value is None or value == "" or (isinstance(value, dt.date) and value != value):  # pandas' NaT
        return b""
    number = _number(value, behind)
    if isinstance(value, str) and _PLAIN_NUMBER.fullmatch(value):
        number = float(value)  # a code that a program was told to take for a number
    if number is not None:
        error = error_of(number)
        if error is not None:
            value = error
        elif math.isinf(number):
            value = CellError.NUM
        else:
            return b"%.8e" % (number + 0.0 if abs(number) > 1e-300 else 0.0)
    text = value.text if isinstance(value, CellError) else str(value)
    return b"t" + " ".join(text[:_LONGEST].split()).encode("utf-8", "replace")


def _number(value: Value, behind: int) -> float | None:
    """The number in a cell, None without one; a day counts as the workbook does."""
    if isinstance(value, dt.date):
        return date_to_serial(value) - behind
    return float(value) if isinstance(value, int | float) else None
