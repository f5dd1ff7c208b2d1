"""An export with months, quarters or weeks for days: each row falls on the first day, and that is said."""

from __future__ import annotations

import re

from klantwaarde_xl.data.reading.cells.month_columns import (
    DAY,
    IN_WORDS,
    first_day,
    kind_of_header,
    months_apart,
)
from klantwaarde_xl.data.reading.export import Export
from klantwaarde_xl.data.reading.naming.headers import plain
from klantwaarde_xl.data.reading.sources.engine import make_rows, make_table
from klantwaarde_xl.data.reading.sources.typed import TEXT, type_of
from klantwaarde_xl.errors import Ambiguous

_FIRST = 50  # cells by which it is seen that a column has days
_SPAN = 12  # years of an export whose years have two digits
_ORDERS = ("dmj", "jmd")


def put_on_days(export: Export) -> None:
    """Write each month in the column of days as its first day; a column with any day in its first rows stays.

    Raises `Ambiguous` where either part of a month can be its year.
    """
    if not export.has("datum") or type_of(export.con, export.text("datum")) != TEXT:
        return
    kind = kind_of_header(plain(export.headers[export.places["datum"]]))
    shown = export.shown("datum")
    year = export.shown("jaar") if export.has("jaar") else "''"
    first = export.rows(f"select {shown}, {year} from raw where {shown} <> '' limit {_FIRST}")
    if not first or not any(_is_longer(text, of, kind) for text, of in first):
        return
    texts = export.rows(f"select {shown}, {year}, min(rij) from raw where {shown} <> '' group by all")
    if any((found := first_day(text, of, kind)) and found[1] == DAY for text, of, _ in texts):
        return  # of days and months below one another nobody can tell which days the months are
    order = _order(export, [(text, row) for text, of, row in texts if not of])
    known = {(text, of): found for text, of, _ in texts if (found := first_day(text, of, kind, order))}
    pointed = {len(text.partition(".")[2]) for text, _ in known if re.fullmatch(r"\d{4}\.\d\d?", text)}
    if len(pointed) > 1:
        return  # `2024.1` beside `2024.11` lost its nought, or is January
    years = [day.year for (text, of), (day, _) in known.items() if not of and not re.search(r"\d{4}", text)]
    if years and max(years) - min(years) > _SPAN:
        return  # `jan-05` and `jan-24` are days without a year
    rows = [(text, of, day.isoformat()) for (text, of), (day, _) in known.items()]
    make_rows(export.con, "first_days", dict.fromkeys("tyv", "varchar"), rows)
    column = export.text("datum")
    make_table(
        export.con,
        "raw",
        f"""select raw.* replace (coalesce(f.v, {column}) as {column}) from raw
            left join first_days f on f.t = {shown} and f.y = {year} order by rij""",
    )
    export.con.execute("drop table first_days")
    _say(export, {term for _, term in known.values()})


def _is_longer(text: str, year: str, kind: str) -> bool:
    found = first_day(text, year, kind)
    return months_apart(text) if found is None else found[1] != DAY


def _order(export: Export, texts: list[tuple[str, int]]) -> str:
    """Which part is the year where either can be: as the user says, or the others of the column leave."""
    apart = [(text, row) for text, row in texts if months_apart(text)]
    if not apart:
        return ""
    if export.reading.date_order in _ORDERS:
        return str(export.reading.date_order)
    text, row = min(apart, key=lambda one: one[1])
    raise Ambiguous(
        f"Maanden zoals {text} zijn op twee manieren te lezen.",
        where=f"{export.source.row(row)}, kolom {export.header('datum')}: {text}",
        remedy="Zeg de volgorde: --datumvolgorde dmj (de maand voorop) of jmd (het jaar voorop).",
    )


def _say(export: Export, terms: set[str]) -> None:
    one, many = IN_WORDS[terms.pop()] if len(terms) == 1 else ("periode", "perioden")
    beside = f" met {export.header('jaar')}" if export.has("jaar") else ""
    export.say(
        "datum",
        f"datums per {one}: kolom {export.header('datum')}{beside} heeft {many} en geen dagen; elke rij "
        f"staat op de eerste dag. Hoe lang geleden iemand kocht is dus op een {one} nauwkeurig, en wie in "
        f"één {one} vaker kocht, kocht daar op één dag",
    )
