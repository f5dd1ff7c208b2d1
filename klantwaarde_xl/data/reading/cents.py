"""Cents become euros where a header says so; whole numbers that may be cents are said, or asked."""

from __future__ import annotations

import re

from klantwaarde_xl.data.reading.by_contents import Rows
from klantwaarde_xl.data.reading.columns import CENTS
from klantwaarde_xl.data.reading.currencies import WITHOUT_CENTS, currency_named
from klantwaarde_xl.data.reading.export import Export
from klantwaarde_xl.data.reading.headers import in_cents
from klantwaarde_xl.data.reading.numbers import AMOUNT
from klantwaarde_xl.data.reading.sums import holds
from klantwaarde_xl.data.reading.text import MARK, RawText
from klantwaarde_xl.data.reading.typed import Typed, is_whole, type_of
from klantwaarde_xl.data.tables import Column, Kind
from klantwaarde_xl.dutch import format_number
from klantwaarde_xl.errors import Ambiguous

_ASKED = ("bedrag", "stukprijs")
# What programs that count in cents write beside them: a kind before a number, a currency in small letters
_ID = re.compile(r"[a-z]{2,6}_[A-Za-z0-9]+")
_SMALL = re.compile(r"[a-z]{3}")
_EPOCH = re.compile(r"1\d{9}|1\d{12}")
# What payment services call what they write of a payment; two of these say that one wrote the file
_OF_SERVICES = re.compile(
    "capture|payout|settlement|merchant.?ref|payment.?ref|psp.?ref|acquirer|charge.?id|refund.?id"
)
_ENOUGH = 1000  # of an amount that is ten euros in cents; smaller ones are hardly cents


def to_euros(export: Export, column: Column) -> None:
    """Divide a column by a hundred where its header or the user says cents; `Ambiguous` for half ones."""
    if not column.is_money or column.name not in export.places or column.name in export.shares:
        return
    header, values = export.headers[export.places[column.name]].strip(), export.values(column.name)
    if not (in_cents(header) or export.reading.cents):
        return
    half = export.rows(f"select rij, v from {values} where v % 1 <> 0 order by rij limit 1")
    if half and export.reading.cents and column.name not in _ASKED:
        return  # of a program that has cents beside euros
    if half:
        who = f"De kop {header!r} zegt" if in_cents(header) else "U zegt"
        raise Ambiguous(
            f"{who} centen, en er staan decimalen, zoals "
            f"{format_number(float(half[0][1]), 2)}: zijn het euro's, of centen?",
            where=f"kolom {header}, rij {half[0][0]}",
            remedy="Zijn het euro's, haal 'cent' dan uit die kop. Zijn het centen, rond ze dan af."
            if in_cents(header)
            else "Zijn het euro's, laat --decimaal centen dan weg.",
        )
    kind = AMOUNT if column.kind is Kind.AMOUNT else "double"
    export.set_values(column.name, f"select * replace (cast(v / 100 as {kind}) as v) from {values}")
    export.say(column.name, f"kolom {header!r} is in centen; gedeeld door 100")


def say_whole(export: Export, raw: object) -> None:
    """Say of whole numbers that they are read as euros, where nothing tells it."""
    if not export.table.of_orders:
        return
    name = "bedrag" if export.has("bedrag") else "stukprijs"
    if export.reading.cents:
        return
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
        if not (export.reading.decimal or export.reading.usual.decimal):
            _ask_cents(export, name)
        export.say(
            name,
            f"kolom {header!r} heeft alleen hele getallen, gelezen als euro's; zijn het centen, "
            f"zeg dan --decimaal {CENTS}, of geef haar een naam die dat zegt, zoals '{header}_cents'",
        )


def _are_whole(export: Export, name: str, raw: object) -> bool:
    """Whether a column holds whole numbers by its type, or digits without a mark of decimals in a text.

    Who fills a sheet writes euros.
    """
    if isinstance(raw, Typed):
        return is_whole(type_of(export.con, f"c{export.places[name]}", "lines"))
    if not isinstance(raw, RawText) or raw.source.path is None or raw.source.sheet:
        return False
    if export.rows(f"select 1 from {export.values(name)} where v % 1 <> 0 limit 1"):
        return False
    marked = f"select 1 from raw where regexp_matches({export.shown(name)}, '[.,€$£]') limit 1"
    return not export.rows(marked)


def _ask_cents(export: Export, name: str) -> None:
    """Raise `Ambiguous` where what stands beside whole numbers says that they can be cents.

    That is two things that programs write who count in cents, or one where few amounts are whole euros; or
    the same money in another column with its decimals.
    """
    rows = export.sample
    amounts = rows.column(export.places[name])
    there = [number for number in amounts.numbers if number]
    codes = {currency_named(text) for text in _texts(rows, export, "valuta")}
    if not there or codes & WITHOUT_CENTS:
        return
    round_ = sum(number % 100 == 0 for number in there)
    hints = _hints(rows, export)
    same = [
        one
        for at, one in enumerate(map(rows.column, range(len(export.headers))))
        if at != amounts.place
        and one.has_cents
        and holds(lambda cents, euros: abs(cents - 100 * euros) < 1, amounts.numbers, one.numbers)
    ]
    if not (same or (hints > 1 and round_ < len(there)) or (hints and 2 * round_ < len(there))):
        return
    example = format_number(max(there), 0)
    raise Ambiguous(
        f"Kolom {rows.name(amounts.place)} heeft alleen hele getallen, zoals {example}: zijn het euro's, of "
        "centen, zoals betaaldiensten die schrijven?",
        where=f"kolom {rows.headers[amounts.place].strip()}",
        remedy=f"Centen: --decimaal {CENTS}. Euro's: --decimaal komma.",
    )


def _hints(rows: Rows, export: Export) -> int:
    """How many things say that a program wrote the file that counts in cents."""
    small = _texts(rows, export, "valuta")
    days = _texts(rows, export, "datum")
    ids = any(
        (texts := rows.column(at).filled) and all(map(_ID.fullmatch, texts))
        for at in range(len(rows.headers))
    )
    others = any(in_cents(header) for header in rows.headers)
    services = sum(_OF_SERVICES.search(header.casefold()) is not None for header in export.headers)
    return min(services, 2) + sum((
        ids, others, bool(days) and all(map(_EPOCH.fullmatch, days)),
        bool(small) and all(map(_SMALL.fullmatch, small)),
    ))  # fmt: skip


def _texts(rows: Rows, export: Export, name: str) -> list[str]:
    return [text.lstrip(MARK) for text in rows.column(export.places[name]).filled] if export.has(name) else []
