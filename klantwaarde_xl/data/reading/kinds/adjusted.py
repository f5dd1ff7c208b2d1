"""A total that was corrected afterwards, in a column of its own beside the first one."""

from __future__ import annotations

from klantwaarde_xl.data.reading.cells.contents import Cells
from klantwaarde_xl.data.reading.export import Export, cell_of
from klantwaarde_xl.data.reading.naming.headers import plain
from klantwaarde_xl.data.reading.sources.engine import make_table
from klantwaarde_xl.data.reading.sources.typed import TEXT, type_of
from klantwaarde_xl.dutch import format_number
from klantwaarde_xl.errors import Ambiguous

_WORDS = """
    adjustedordertotal adjustedtotal adjustedgrandtotal adjustedamount adjustedtotalamount gecorrigeerdtotaal
    gecorrigeerdbedrag gecorrigeerdordertotaal totaalnacorrectie bedragnacorrectie totaalnaretour"""
_CENT = 0.005
Numbers = tuple[float | None, ...]
_ADJUSTED = frozenset(_WORDS.split())


def ask_adjusted(export: Export) -> None:
    """Raise `Ambiguous` where a corrected total differs from the one that is read."""
    if "bedrag" in export.named or not export.has("bedrag") or export.has("terugbetaald"):
        return
    place = export.places["bedrag"]
    for at, header in enumerate(export.headers):
        if plain(header) in _ADJUSTED and at != place:
            _ask(export, place, at)


def _ask(export: Export, place: int, other: int) -> None:
    first, after = (_numbers(export, at) for at in (place, other))
    # Nought and nothing can be an order without a correction, and one that was paid back whole
    if _is_corrections(first, after):
        _take(export, place, other)
        return
    pairs = [(was, now or 0.0) for was, now in zip(first, after, strict=True) if was]
    changed = [(was, now) for was, now in pairs if abs(was - now) > _CENT]
    if not changed or all(now == 0 for _, now in pairs):
        return
    before, left = (export.money(sum(column)) for column in zip(*pairs, strict=True))
    was, now = export.headers[place].strip(), export.headers[other].strip()
    count = f"{format_number(len(changed), 0)} {'order' if len(changed) == 1 else 'orders'}"
    raise Ambiguous(
        f"Bij {count} is {now!r} anders dan {was!r}: alle orders samen {left} tegen {before}.",
        remedy=f'Zeg welk bedrag telt: --kolommen "bedrag={now}" (na correcties en terugbetalingen) of '
        f'--kolommen "bedrag={was}" (zoals besteld).',
    )


def _is_corrections(first: Numbers, after: Numbers) -> bool:
    """Whether a blank is an order without a correction, and all that is filled in is one."""
    filled = [(was, now) for was, now in zip(first, after, strict=True) if was and now is not None]
    blank = any(was and now is None for was, now in zip(first, after, strict=True))
    return blank and bool(filled) and all(abs(was - now) > _CENT for was, now in filled)


def _take(export: Export, place: int, other: int) -> None:
    """Give an order with a correction its corrected total."""
    export.take_text("bedrag")
    text, cell = export.text("bedrag"), f"trim(coalesce(cast(l.c{other} as varchar), ''))"
    if type_of(export.con, text) != TEXT:
        cell = f"try_cast(nullif({cell}, '') as double)"
        corrected = f"coalesce({cell}, raw.{text})"
    else:
        corrected = f"if({cell} <> '', {cell}, raw.{text})"
    make_table(
        export.con, "raw", f"select raw.* replace ({corrected} as {text}) from raw join lines l using (rij)"
    )
    was, now = export.headers[place].strip(), export.headers[other].strip()
    export.say("bedrag", f"waar {now!r} is ingevuld, telt dat in plaats van {was!r}")


def _numbers(export: Export, place: int) -> Numbers:
    cell = cell_of(place)
    cells = export.rows(f"select {cell} from lines join raw using (rij) order by rij")
    return Cells(place, "", tuple(text for (text,) in cells)).numbers
