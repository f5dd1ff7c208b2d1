"""How a file was read, for a person on the screen and for another program as JSON."""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING, Any

from klantwaarde_xl.dutch import format_number

if TYPE_CHECKING:
    from klantwaarde_xl.data.reading.quality import Quality


def lines_of(quality: Quality) -> list[str]:
    """The report on reading, a line each (Dutch); problems are not in it."""
    kept = format_number(quality.rows_kept, 0)
    lines = [
        f"Gelezen: {rows(quality.rows_read)} uit {quality.source}; gebruikt: {kept}.",
        "Kolommen: " + ", ".join(f"{name} = {header!r}" for name, header in quality.headers) + ".",
    ]
    lines += [f"  {said}" for said in quality.said]
    lines += [f"  telt niet mee: {left}" for left in quality.left_out]
    lines += [f"  let op: {note}" for note in quality.notes]
    if quality.rows_refused:
        lines.append(f"  {rows(quality.rows_refused)} onleesbaar.")
    return lines


def as_json(quality: Quality) -> str:
    """The same, problems included, as JSON."""
    shown: dict[str, Any] = {
        "bron": str(quality.source),
        "rijen": {
            "gelezen": quality.rows_read,
            "gebruikt": quality.rows_kept,
            "geweigerd": quality.rows_refused,
        },
        "kolommen": dict(quality.headers),
        "valuta": quality.currency,
        "totalen": {name: _plain(value) for name, value in quality.totals},
        "gelezen": [{"over": said.about, "uitleg": said.text} for said in quality.said],
        "telt_niet_mee": [
            {"reden": left.reason, "rijen": left.rows, "bedrag": left.amount} for left in quality.left_out
        ],
        "opmerkingen": list(quality.notes),
        "problemen": [
            {"rij": one.row, "kolom": one.column, "inhoud": one.text, "reden": one.reason}
            for one in quality.problems
        ],
    }
    return json.dumps(shown, ensure_ascii=False, indent=2)


def rows(count: int) -> str:
    """A number of rows in words."""
    return f"{format_number(count, 0)} {'rij' if count == 1 else 'rijen'}"


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, dt.date) else value
