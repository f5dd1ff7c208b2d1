"""Sheets or files that are read together as one table: what each holds, and no row of them twice."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from klantwaarde_xl.data.reading.cells.looks import BELOW
from klantwaarde_xl.data.reading.naming.headers import plain
from klantwaarde_xl.data.reading.sources.source import OF_PARTS, PART, Source
from klantwaarde_xl.data.reading.sources.text import RawText
from klantwaarde_xl.dutch import format_rows
from klantwaarde_xl.errors import Ambiguous

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    import duckdb

    from klantwaarde_xl.data.reading.cells.columns import Reading

_NAMED = 12
# In the name of a sheet or a file: its rows take sales back, or are no sales
_BACK = re.compile(r"retour|return|refund|terugbetal|credit(?!.?(card|kaart))|gutschrift|avoir|storno")
_OTHERS = re.compile(
    r"geannuleerd|cancel|offerte|quote|angebot|devis|inkoop|inkopen|purchas|einkauf|begroting|budget|prognose|"
    r"forecast|pro.?forma|leverancier|supplier|concept|draft|mislukt|failed|declined|geweigerd|onkosten|uitgaven|"
    r"expenses|abandoned|verlaten|betaling|betaald|payment|ontvangsten|zahlung|paiement|incasso"
)
# A sheet of which the name says that its rows stand elsewhere too
_COPIES = re.compile(
    r"\b(kopie|copy|oude?|old|back-?up|archief|archive|concept|draft|test|samenvatting|summary|overzicht|"
    r"totaal|totalen|totals?|pivot|draaitabel)\b"
)


def is_no_sale(name: str) -> bool:
    """Whether what a part is called says that its rows take sales back, or are none."""
    return bool(takes_back(name) or _OTHERS.search(name.casefold()))


def is_copy(name: str, others: Collection[str] = ()) -> bool:
    """Whether a sheet's name says that it repeats another: `Kopie oud`, `Totaal`, `Orders (2)`."""
    numbered = re.fullmatch(r"(.+?)(?: ?\(\d+\)|_\d)", name)
    if numbered and numbered[1] in others:
        return True
    return _COPIES.search(re.sub("[_\\d]", " ", name.casefold())) is not None


def sheet_options(sheets: list[str]) -> str:
    """The options that choose these sheets, as they are typed."""
    return " ".join(f'--blad "{sheet}"' for sheet in sheets)


def takes_back(name: str) -> bool:
    """Whether the name of a sheet, or the title of a block, says that its rows take sales back."""
    return _BACK.search(name.casefold()) is not None


def sheets_back(raw: RawText, reading: Reading) -> list[tuple[int, str]]:
    """The number and name of each sheet of refunds read with others; none where the user says more of parts.

    reading: what he said of files and sheets as columns.
    """
    if not {plain(header) for header, _ in reading.by_user}.isdisjoint(OF_PARTS):
        return []
    sheets = [(at, part.sheet) for at, part in enumerate(raw.source.parts) if part.sheet]
    back = [(at, sheet) for at, sheet in sheets if takes_back(sheet)]
    return back if len(back) < len(sheets) else []


def listed(counted: list[tuple[str, int]]) -> str:
    """Parts with their numbers of rows, in words: `jan (2 rijen), feb (1 rij)`."""
    words = [f"{name} ({format_rows(count)})" for name, count in counted[:_NAMED]]
    more = [f"en nog {len(counted) - _NAMED}"] if len(counted) > _NAMED else []
    return ", ".join([*words, *more])


def notes_of_parts(
    con: duckdb.DuckDBPyConnection,
    raw: RawText,
    places: Mapping[str, int],
    reading: Reading,
    *,
    of_orders: bool,
) -> tuple[str, ...]:
    """Say how many rows each part of table lines has; of what was read by itself, a doubt about its name.

    places: of our columns, by which rows are the same; another column, such as a status, may have changed
    since. An order that stands in two parts will count once. Raises `Ambiguous` where half of a part stands
    in another and would count twice, unless the user chose them, and for a part that is no list of sales by
    its name, unless he says what it is.
    """
    if not raw.below:
        return _note_of_name(raw) if of_orders else ()
    names = [raw.source.short(part) for part in raw.source.parts]
    told = {plain(header) for header, _ in reading.by_user}
    if of_orders and not raw.chosen and told.isdisjoint(OF_PARTS):
        _refuse_others(con, raw, places.get("bedrag"))
    text = " || '\x1f' || ".join(f"coalesce(c{place}, '')" for place in places.values())
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
    for one, other, shared in [] if raw.chosen or "order" in places else same:
        if 2 * shared >= min(counts[one], counts[other]):
            raise _twice(raw, names[one], names[other], int(shared))
    rows = [(name, int(counts.get(at, 0))) for at, name in enumerate(names)]
    beside = "tabellen naast elkaar, " if any(part.block for part in raw.source.parts) else ""
    return (f"{beside}samen gelezen: {listed(rows)}",)


def _note_of_name(raw: RawText) -> tuple[str, ...]:
    """A doubt where the name of a file or a sheet, or a title above it, says that it holds no sales."""
    stem = raw.source.path.stem if raw.source.path else ""
    title = " ".join(filter(None, map(str.strip, raw.above)))
    for name in (raw.source.sheet, title, stem):
        if is_no_sale(name):
            return (f"het heet {name!r}: zijn dit wel verkopen?",)
    return ()


def _refuse_others(con: duckdb.DuckDBPyConnection, raw: RawText, amount: int | None) -> None:
    """Parts of one shape of which a name says that it is no list of sales, as the others are.

    What went back and has a minus on every row is off already.
    """
    names = [_name_of(raw, part) for part in raw.source.parts]
    back = [at for at, name in enumerate(names) if takes_back(name)]
    others = [at for at, name in enumerate(names) if is_no_sale(name)]
    if len(others) == len(names):
        return
    others = [at for at in others if at not in back or not _is_off(con, at, amount)]
    if not others:
        return
    of_files = any(not is_no_sale(raw.source.parts[at].sheet) for at in others)
    one_book = len({part.path for part in raw.source.parts}) == 1
    kind = OF_PARTS[0 if of_files else 1].capitalize()
    names = raw.source.part_names(kind.casefold())
    sales = [name for at, name in enumerate(names) if at not in others and at not in back]
    called, like = (
        ", ".join(map(repr, dict.fromkeys(some))) for some in ([names[at] for at in others], sales)
    )
    which = sheet_options(sales) if one_book else _said("--zonder", kind, names, others)
    off = [at for at in others if at in back]
    both = f"{sheet_options([*sales, *(names[at] for at in off)])} (zonder minteken krijgen ze dat)"
    turned = both if one_book else _said("--retour", kind, names, off)
    less = f"Gaan ze van de omzet af: {turned}. " if off == others else ""
    raise Ambiguous(
        f"{kind} {called} heeft dezelfde vorm als {like}, maar zo te zien geen verkopen.",
        where=str(raw.source.path),
        remedy=f'{less}Alleen de verkopen: {which}. Horen ze er bij zoals ze zijn: --alleen "{kind}=*".',
    )


def _name_of(raw: RawText, part: Source) -> str:
    """What a part is called by the user: its file, and its sheet where one file has several."""
    stem = part.path.stem if part.path and part.path != raw.source.path else ""
    return f"{stem} {part.sheet}".strip()


def _said(option: str, kind: str, names: list[str], places: list[int]) -> str:
    """The options that name parts; a sign that stands for others is one itself."""
    wanted = dict.fromkeys(re.sub(r"[\[\]*?]", "?", names[at]) for at in places)
    return " ".join(f'{option} "{kind}={name}"' for name in wanted)


def _is_off(con: duckdb.DuckDBPyConnection, part: int, amount: int | None) -> bool:
    """Whether each amount of a part that is not nought has a minus."""
    if amount is None:
        return False
    rows = f"rij // {PART} = {part} and regexp_matches(c{amount}, '[1-9]')"
    filled, less = con.execute(
        f"select count(*), count(*) filter (regexp_matches(c{amount}, '{BELOW}')) from lines where {rows}"
    ).fetchall()[0]
    return bool(filled) and filled == less


def _twice(raw: RawText, one: str, other: str, shared: int) -> Ambiguous:
    sheets = [part.sheet for part in raw.source.parts if part.path == raw.source.path]
    if any(part.block for part in raw.source.parts):
        remedy = "Haal de tabel weg waarvan de rijen ook in de andere staan."
    elif sheets:
        remedy = (
            f"Zeg welk blad het is: {' of '.join(sheet_options([sheet]) for sheet in sheets)}. "
            f"Horen ze toch allemaal bij elkaar: {sheet_options(sheets)}."
        )
    else:
        remedy = (
            "Haal de bestanden weg die in een ander al zitten, of noem alleen wat bij elkaar hoort, "
            'met een patroon zoals "export-2024-*.csv". Tellen ze toch apart, zet ze dan in één bestand.'
        )
    return Ambiguous(
        f"{one} en {other} hebben {shared} gelijke rijen; samen gelezen tellen die dubbel.",
        where=str(raw.source.path),
        remedy=remedy,
    )
