"""Amounts in a cell with their currency, as a program holds them: `{"value": "10.50", "currency": "EUR"}`."""

from __future__ import annotations

import re
from collections.abc import Iterable

from klantwaarde_xl.data.reading.cells.rows import Rows
from klantwaarde_xl.data.reading.sources.engine import own

_QUOTE = """["']"""
_VALUE = rf"{_QUOTE}(?:value|amount){_QUOTE}\s*:\s*{_QUOTE}?(-?[0-9]+(?:\.[0-9]+)?)"
_CURRENCY = rf"{_QUOTE}currency(?:_?[Cc]ode)?{_QUOTE}\s*:\s*{_QUOTE}([A-Za-z]{{3}}){_QUOTE}"


def take_out_amounts(rows: Rows, places: Iterable[int]) -> bool:
    """Write the first amount and currency of each such cell in table lines, `EUR 10.50`; whether any was.

    places: the columns of money; one is looked at further where its first cells all are such.
    """
    found = [place for place in places if _are_objects(rows, place)]
    for place in found:
        own(rows.con, "lines")
        cell = rows.cell(place)
        value, currency = (
            f"regexp_extract({cell}, '{pattern.replace(chr(39), 2 * chr(39))}', 1)"
            for pattern in (_VALUE, _CURRENCY)
        )
        rows.con.execute(f"""
            update lines set c{place} = {currency} || ' ' || {value} where rij > {rows.header_row}
              and starts_with({cell}, '{{') and {value} <> '' and {currency} <> ''""")
    return bool(found)


def _are_objects(rows: Rows, place: int) -> bool:
    cells = [text for row in rows.first if (text := row[place])]
    return bool(cells) and all(map(_is_object, cells))


def _is_object(text: str) -> bool:
    return text.startswith("{") and bool(re.search(_VALUE, text) and re.search(_CURRENCY, text))
