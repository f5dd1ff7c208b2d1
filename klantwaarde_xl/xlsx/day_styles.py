"""Which styles of cells show a number as a day: what a cell holds does not tell."""

from __future__ import annotations

import datetime as dt

from lxml import etree

from klantwaarde_xl.dutch import serial_to_date
from klantwaarde_xl.xlsx.parts import Structure
from klantwaarde_xl.xlsx.scan import local, parse
from klantwaarde_xl.xlsx.values import DAYS_1904, Value

_LAST_DAY = 2_958_465  # 31 December 9999


def day_styles(structure: Structure) -> frozenset[bytes]:
    """The numbers of styles, as cells write them, under which a day is shown, with its time or without."""
    from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format

    found: set[bytes] = set()
    for part in structure.related(structure.workbook_part, "styles"):
        root = structure.archive.once(part, parse)
        codes = {str(number): str(code) for number, code in BUILTIN_FORMATS.items()}
        for own in _within(root, "numFmts", "numFmt"):
            codes[own.get("numFmtId", "")] = own.get("formatCode", "")
        for at, style in enumerate(_within(root, "cellXfs", "xf")):
            code = codes.get(style.get("numFmtId", "0"), "")
            if is_date_format(code) and any(sign in code.casefold() for sign in "dy"):
                found.add(str(at).encode())
    return frozenset(found)


def as_day(value: Value, *, date1904: bool) -> Value:
    """A number as the day that its cell shows; as it is where it can be none."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return value
    counted = value + DAYS_1904 * date1904
    if not 1 <= counted <= _LAST_DAY:
        return value
    day = serial_to_date(counted)
    seconds = round(counted % 1 * 86_400)
    return dt.datetime.combine(day, dt.time()) + dt.timedelta(seconds=seconds) if seconds else day


def _within(root: etree._Element, group: str, name: str) -> list[etree._Element]:
    return [one for part in root if local(part) == group for one in part if local(one) == name]
