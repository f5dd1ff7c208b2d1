"""Amounts in cents: where a header says so they become euros; whole numbers that may be cents are said."""

from __future__ import annotations

from klantwaarde_xl.data.reading.export import Export
from klantwaarde_xl.data.reading.headers import in_cents
from klantwaarde_xl.data.reading.numbers import AMOUNT
from klantwaarde_xl.data.reading.text import RawText
from klantwaarde_xl.data.reading.typed import Typed, is_whole, types_of
from klantwaarde_xl.data.tables import Column, Kind
from klantwaarde_xl.dutch import format_number
from klantwaarde_xl.errors import Ambiguous

_ENOUGH = 1000  # of an amount that is ten euros in cents; smaller ones are hardly cents


def to_euros(export: Export, column: Column) -> None:
    """Divide a column's values by a hundred where its header says cents; raises `Ambiguous` for half ones."""
    if not column.is_money or column.name not in export.places or column.name in export.shares:
        return
    header, values = export.headers[export.places[column.name]].strip(), export.values(column.name)
    if not in_cents(header):
        return
    half = export.rows(f"select rij, v from {values} where v % 1 <> 0 order by rij limit 1")
    if half:
        raise Ambiguous(
            f"De kop {header!r} zegt centen, en er staan decimalen, zoals "
            f"{format_number(float(half[0][1]), 2)}: zijn het euro's, of centen?",
            where=f"rij {half[0][0]}",
            remedy="Zijn het euro's, haal 'cent' dan uit die kop. Zijn het centen, rond ze dan af.",
        )
    kind = AMOUNT if column.kind is Kind.AMOUNT else "double"
    export.set_values(column.name, f"select * replace (cast(v / 100 as {kind}) as v) from {values}")
    export.say(column.name, f"kolom {header!r} is in centen; gedeeld door 100")


def say_whole(export: Export, raw: object) -> None:
    """Say of whole numbers that they are read as euros, where nothing tells it."""
    if not export.table.of_orders:
        return
    name = "bedrag" if export.has("bedrag") else "stukprijs"
    money = [one.name for one in export.table.read if one.is_money and export.has(one.name)]
    if name not in money or in_cents(export.headers[export.places[name]]):
        return
    if not _are_whole(export, name, raw) or any(
        export.rows(f"select 1 from {export.values(other)} where v % 1 <> 0 limit 1")
        for other in money
        if other != name and not in_cents(export.headers[export.places[other]])
    ):
        return
    if export.count(
        f"select count(*) from (select 1 from {export.values(name)} where v >= {_ENOUGH} limit 1)"
    ):
        header = export.headers[export.places[name]].strip()
        export.say(
            name,
            f"kolom {header!r} heeft alleen hele getallen, gelezen als euro's; zijn het centen, geef haar "
            f"dan een naam die dat zegt, zoals '{header}_cents' (in een database met een vraag achter het #)",
        )


def _are_whole(export: Export, name: str, raw: object) -> bool:
    """Whether a column holds whole numbers by its type, or digits without a mark of decimals in a text.

    Who fills a sheet writes euros.
    """
    if isinstance(raw, Typed):
        return is_whole(types_of(export.con, "lines")[1:][export.places[name]])
    if not isinstance(raw, RawText) or raw.source.path is None or raw.source.sheet:
        return False
    if export.rows(f"select 1 from {export.values(name)} where v % 1 <> 0 limit 1"):
        return False
    marked = f"select 1 from raw where regexp_matches({export.shown(name)}, '[.,€$£]') limit 1"
    return not export.rows(marked)
