"""Sheets or files that are read together as one table: what each holds, and no row of them twice."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from klantwaarde_xl.data.reading.source import PART
from klantwaarde_xl.data.reading.text import RawText
from klantwaarde_xl.errors import Ambiguous

if TYPE_CHECKING:
    from collections.abc import Collection

    import duckdb

_NAMED = 12
# In the name of a sheet: its rows are no sales, or take sales back
_BACK = r"retour|return|refund|terugbetal|credit(?!.?(card|kaart))|gutschrift|avoir|storno"
_TAKES_BACK = re.compile(_BACK)
_OTHERS = re.compile(
    rf"{_BACK}|geannuleerd|cancel|offerte|quote|angebot|devis|"
    r"inkoop|inkopen|purchas|einkauf|begroting|budget|prognose|forecast|pro.?forma|leverancier|supplier"
)


def sheet_options(sheets: list[str]) -> str:
    """The options that choose these sheets, as they are typed."""
    return " ".join(f'--blad "{sheet}"' for sheet in sheets)


def takes_back(name: str) -> bool:
    """Whether the name of a sheet, or the title of a block, says that its rows take sales back."""
    return _TAKES_BACK.search(name.casefold()) is not None


def is_of_others(name: str) -> bool:
    """Whether such a name says that its rows are no sales, or take sales back."""
    return _OTHERS.search(name.casefold()) is not None


def sheets_back(raw: RawText) -> list[tuple[int, str]]:
    """The number and name of each sheet that takes sales back, among others that the user reads with it."""
    sheets = [(at, part.sheet) for at, part in enumerate(raw.source.parts) if part.sheet]
    back = [(at, sheet) for at, sheet in sheets if takes_back(sheet)]
    return back if len(back) < len(sheets) else []


def listed(counted: list[tuple[str, int]]) -> str:
    """Parts with their numbers of rows, in words: `jan (2 rijen), feb (1 rij)`."""
    words = [f"{name} ({count} {'rij' if count == 1 else 'rijen'})" for name, count in counted[:_NAMED]]
    more = [f"en nog {len(counted) - _NAMED}"] if len(counted) > _NAMED else []
    return ", ".join([*words, *more])


def notes_of_parts(
    con: duckdb.DuckDBPyConnection, raw: RawText, places: Collection[int], *, once: bool = False
) -> tuple[str, ...]:
    """Say how many rows each part of table lines has; nothing for what was read by itself.

    places: of our columns, by which rows are the same; another column, such as a status, may have changed
    since; once: what stands in two parts will count once. Raises `Ambiguous` where half of a part stands in
    another and would count twice, unless the user chose them.
    """
    if not raw.below:
        return ()
    names = [raw.source.short(part) for part in raw.source.parts]
    if not raw.chosen:
        _refuse_others(raw)
    text = " || '\x1f' || ".join(f"coalesce(c{place}, '')" for place in places)
    con.execute(
        f"""create or replace temp table part_rows as
            select rij // {PART} as part, md5({text}) as text, count(*) as n from lines
            where rij > ? and trim({text}, ' \x1f') <> '' group by all""",
        [raw.first_row + raw.heading - 1],
    )
    counts = dict(con.execute("select part, sum(n) from part_rows group by part").fetchall())
    same = con.execute(
        """select a.part, b.part, sum(least(a.n, b.n)) from part_rows a
           join part_rows b on a.text = b.text and a.part < b.part group by all order by all"""
    ).fetchall()
    con.execute("drop table part_rows")
    for one, other, shared in [] if raw.chosen or once else same:
        if 2 * shared >= min(counts[one], counts[other]):
            raise _twice(raw, names[one], names[other], int(shared))
    rows = [(name, int(counts.get(at, 0))) for at, name in enumerate(names)]
    return (f"samen gelezen: {listed(rows)}",)


def _refuse_others(raw: RawText) -> None:
    """Sheets of one shape of which a name says that it is no list of sales, as the others are."""
    sheets = [part.sheet for part in raw.source.parts if part.path == raw.source.path and part.sheet]
    others = [sheet for sheet in sheets if _OTHERS.search(sheet.casefold())]
    if not others or len(others) == len(sheets):
        return
    sales = [sheet for sheet in sheets if sheet not in others]
    called, like = (", ".join(map(repr, names)) for names in (others, sales))
    back = [sheet for sheet in others if takes_back(sheet)]
    only = f"Alleen de verkopen: {sheet_options(sales)}."
    if back:
        both = sheet_options([*sales, *back])
        remedy = f"Gaan ze van de omzet af: {both} (zonder minteken krijgen ze dat). {only}"
    else:
        remedy = f"{only} Zijn het toch verkopen: {sheet_options(sheets)}."
    raise Ambiguous(
        f"Blad {called} heeft dezelfde vorm als {like}, maar zo te zien geen verkopen.",
        where=str(raw.source.path),
        remedy=remedy,
    )


def _twice(raw: RawText, one: str, other: str, shared: int) -> Ambiguous:
    sheets = [part.sheet for part in raw.source.parts if part.path == raw.source.path]
    remedy = (
        f"Zeg welk blad het is: {' of '.join(sheet_options([sheet]) for sheet in sheets)}. "
        f"Horen ze toch allemaal bij elkaar: {sheet_options(sheets)}."
        if sheets
        else "Haal de bestanden weg die in een ander al zitten, of noem alleen wat bij elkaar hoort, "
        'met een patroon zoals "export-2024-*.csv". Tellen ze toch apart, zet ze dan in één bestand.'
    )
    return Ambiguous(
        f"{one} en {other} hebben {shared} gelijke rijen; samen gelezen tellen die dubbel.",
        where=str(raw.source.path),
        remedy=remedy,
    )
