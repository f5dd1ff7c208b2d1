"""Hours as a clock shows them, or in minutes, beside what one hour costs: as a number of hours."""

from __future__ import annotations

from klantwaarde_xl.data.reading.cells.rewritten import rewrite
from klantwaarde_xl.data.reading.cells.time_spent import (
    hours_of,
    in_minutes,
    is_of_time,
    is_rate_of_a_minute,
    is_rate_of_an_hour,
)
from klantwaarde_xl.data.reading.export import Export
from klantwaarde_xl.data.reading.naming.counted import is_of_hours
from klantwaarde_xl.data.reading.sources.marked import MARK
from klantwaarde_xl.data.reading.sources.typed import TEXT, type_of
from klantwaarde_xl.dutch import format_number


def write_hours(export: Export) -> None:
    """Write times below a header of time as numbers, and say how; pieces by the metre stay what they are."""
    if not (export.has("aantal") and export.has("stukprijs")):
        return
    header, price = (export.headers[export.places[name]].strip() for name in ("aantal", "stukprijs"))
    if is_rate_of_a_minute(price) or not (
        is_of_time(header) or is_of_hours(header) or is_rate_of_an_hour(price)
    ):
        return
    export.take_text("aantal")
    if type_of(export.con, export.text("aantal")) != TEXT:
        return
    minutes = in_minutes(header) and is_rate_of_an_hour(price)
    shown = f"ltrim({export.shown('aantal')}, '{MARK}')"
    texts = [
        text for (text,) in export.rows(f"select distinct {shown} from raw where {shown} <> '' order by 1")
    ]
    found = {text: hours for text in texts if (hours := hours_of(text, minutes=minutes)) is not None}
    if not found:
        return
    rewrite(export, "aantal", shown, {text: f"{MARK}{float(hours)!r}" for text, hours in found.items()})
    example = next((text for text in found if ":" in text or not text.isdigit()), next(iter(found)))
    unit = " minuten" if example.isdigit() else ""
    told = format_number(float(found[example]), 2)
    export.say("bedrag", f"kolom {header!r} is tijd: {example!r}{unit} telt als {told} uur")
