"""What was paid back of an order, where an export has that as JSON in a cell: a list of refunds."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from klantwaarde_xl.data.reading.by_contents import REFUND
from klantwaarde_xl.data.reading.cells.rows import Rows
from klantwaarde_xl.data.reading.naming.headers import ABSENT, plain
from klantwaarde_xl.data.reading.sources.engine import make_rows, own
from klantwaarde_xl.data.reading.sources.marked import MARK
from klantwaarde_xl.errors import Ambiguous

_HEADER = re.compile("refund|terugbeta|terugstort|restitut|retour|credit|erstatt|rembours|returns")
_NO_HEADER = re.compile("reason|reden|status|policy|method|date|datum|card|limit")
# Keys of an amount that was paid back, whatever it stands in; and of any amount, in a refund
_KEYS = re.compile(
    "(amount|total|value|bedrag|totaal)?(refunded|refund|terugbetaald|gerestitueerd)(amount|total|value|bedrag|totaal)?"
)
_AMOUNTS = ("total", "amount", "value", "bedrag", "totaal")
_LISTS = ("refunds", "transactions", "terugbetalingen", "items")
_SAYS = re.compile(r'"[a-z_]*(refund|terugbetaald|gerestitueerd)[a-z_]*"\s*:', re.IGNORECASE)
_NOTHING = ("", "[]", "{}", "null")


def with_refunds_in_json(
    rows: Rows, places: Mapping[str, int], named: Mapping[str, str] | None
) -> dict[str, int]:
    """The places of our columns with that of refunds in JSON, of which table lines then has the amounts.

    Raises `Ambiguous` for JSON that speaks of refunds under another header, or has no amount of them.
    """
    found, said = dict(places), (named or {}).get(REFUND)
    if said == ABSENT or (said is None and REFUND in places):
        return found
    there = [places[REFUND]] if said is not None and REFUND in places else range(len(rows.headers))
    taken = {place for name, place in places.items() if name != REFUND}
    for place in there:
        if place in taken or not _is_json(rows, place):
            continue
        header = plain(rows.headers[place])
        of_refunds = bool(_HEADER.search(header)) and not _NO_HEADER.search(header)
        texts = _texts(rows, place)
        if not texts or not (of_refunds or said or any(_SAYS.search(text) for text in texts)):
            continue
        amounts = {text: _paid_back(text, any_key=of_refunds) for text in texts}
        if all(amount == 0 for amount in amounts.values()):
            continue
        if None in amounts.values() or not (of_refunds or said):
            _ask(rows, place, known=None not in amounts.values())
        _put(rows, place, amounts)
        found[REFUND] = place
        return found
    return found


def _is_json(rows: Rows, place: int) -> bool:
    cells = [row[place] for row in rows.first if row[place]]
    return bool(cells) and all(cell[0] in "[{" for cell in cells)


def _texts(rows: Rows, place: int) -> list[str]:
    nothing = ", ".join(f"'{text}'" for text in _NOTHING)
    return [
        text
        for (text,) in rows.con.execute(
            f"""select distinct {rows.cell(place)} from lines
                where rij > {rows.header_row} and {rows.cell(place)} not in ({nothing})"""
        ).fetchall()
    ]


def _paid_back(text: str, *, any_key: bool) -> float | None:
    """What JSON says was paid back; None where it does not say. any_key: all of it is about refunds."""
    try:
        value = json.loads(text)
        told = _told(value)
        return _sum(value) if not told and any_key else sum(told) if told or not any_key else None
    except (ValueError, TypeError):
        return None


def _told(value: Any) -> list[float]:
    """The amounts in JSON under keys that say that they were paid back, one of each object."""
    if isinstance(value, list):
        return [amount for one in value for amount in _told(one)]
    if not isinstance(value, dict):
        return []
    for key, one in value.items():
        if _KEYS.fullmatch(plain(key)) and (amount := _number(one)) is not None:
            return [amount]
    return [amount for one in value.values() for amount in _told(one)]


def _sum(value: Any) -> float:
    """The amounts of refunds together; raises ValueError for one without."""
    if isinstance(value, list):
        return sum(map(_sum, value))
    if isinstance(value, dict):
        if "object" in value:
            raise ValueError("of a payment service, which counts in hundredths")
        for key in _AMOUNTS:
            if key in value and (amount := _number(value[key])) is not None:
                return amount
        for key in _LISTS:
            if isinstance(value.get(key), list):
                return _sum(value[key])
    raise ValueError("no amount")


def _number(value: Any) -> float | None:
    if isinstance(value, dict):
        return next((_number(value[key]) for key in ("value", "amount") if key in value), None)
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        return abs(float(value))
    except ValueError:
        return None


def _put(rows: Rows, place: int, amounts: Mapping[str, float | None]) -> None:
    """Put the amounts in table lines in place of the JSON."""
    own(rows.con, "lines")
    known = [[text, f"{MARK}{round(amount or 0.0, 4)!r}"] for text, amount in amounts.items()]
    known += [[text, ""] for text in _NOTHING]
    make_rows(rows.con, "paid_back", {"said": "varchar", "back": "varchar"}, known)
    rows.con.execute(
        f"update lines set c{place} = back from paid_back where {rows.cell(place)} = said and rij > "
        f"{rows.header_row}"
    )
    rows.con.execute("drop table paid_back")


def _ask(rows: Rows, place: int, *, known: bool) -> None:
    take = f"Is dat van de order terugbetaald: {rows.typed(REFUND, place)}. " if known else ""
    raise Ambiguous(
        f"Kolom {rows.name(place)} heeft terugbetalingen in JSON{'' if known else ', zonder bedrag'}.",
        where=rows.where,
        remedy=f"{take}Telt het niet: {rows.typed(REFUND, None)}. Beter is een export met wat is "
        "terugbetaald in een eigen kolom.",
    )
