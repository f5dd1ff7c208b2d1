"""Cents become euros where a header says so; whole numbers that may be cents are said, or asked."""

from __future__ import annotations

import re

from klantwaarde_xl.data.reading.cells.columns import CENTS
from klantwaarde_xl.data.reading.cells.currencies import WITHOUT_CENTS, currency_named
from klantwaarde_xl.data.reading.cells.numbers import AMOUNT
from klantwaarde_xl.data.reading.cells.rows import Rows
from klantwaarde_xl.data.reading.export import Export
from klantwaarde_xl.data.reading.naming.headers import currency_of, parts_in, plain
from klantwaarde_xl.data.reading.naming.small_money import CENTS as HUNDRED
from klantwaarde_xl.data.reading.naming.small_money import MICROS
from klantwaarde_xl.data.reading.revenue.sums import holds
from klantwaarde_xl.data.reading.sources.marked import MARK
from klantwaarde_xl.data.reading.sources.text import RawText
from klantwaarde_xl.data.reading.sources.typed import Typed, is_whole, type_of
from klantwaarde_xl.data.tables import Column, Kind
from klantwaarde_xl.dutch import format_number
from klantwaarde_xl.errors import Ambiguous

_ASKED = ("bedrag", "stukprijs")
_WORDS = {HUNDRED: "centen", MICROS: "miljoensten"}
# What programs that count in cents write beside them: a kind before a number, a currency in small letters
_ID = re.compile(r"[a-z]{2,6}_[A-Za-z0-9]+")
_SMALL = re.compile(r"[a-z]{3}")
_EPOCH = re.compile(r"1\d{9}|1\d{12}")
# What payment services call what they write of a payment; two of these say that one wrote the file
_OF_SERVICES = re.compile(
    "capture|payout|settlement|merchant.?ref|payment.?ref|psp.?ref|acquirer|charge.?id|refund.?id"
)
_OF_A_LINE = "lineitem"  # of Shopify, which writes whole units of a currency
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:?\d\d)")
_SHARE = 100  # the most that a share of VAT is, and no money
_ENOUGH = 1000  # of an amount that is ten euros in cents; smaller ones are hardly cents


def to_euros(export: Export, column: Column) -> None:
    """Divide a column by a hundred where its header or the user says cents; `Ambiguous` for half ones.

    By a million where its header says micros.
    """
    if not column.is_money or column.name not in export.places or column.name in export.shares:
        return
    header, values = export.headers[export.places[column.name]].strip(), export.values(column.name)
    parts = parts_in(header)
    if parts == 1 and not export.reading.cents:
        return
    half = export.rows(f"select rij, v from {values} where v % 1 <> 0 order by rij limit 1")
    if half and export.reading.cents and column.name not in _ASKED:
        return  # of a program that has cents beside euros
    if half:
        who, what = (f"De kop {header!r} zegt" if parts > 1 else "U zegt"), _WORDS[max(parts, HUNDRED)]
        raise Ambiguous(
            f"{who} {what}, en er staan decimalen, zoals "
            f"{format_number(float(half[0][1]), 2)}: zijn het euro's, of {what}?",
            where=f"kolom {header}, rij {half[0][0]}",
            remedy=f"Zijn het euro's, haal dat woord dan uit die kop. Zijn het {what}, rond ze dan af."
            if parts > 1
            else "Zijn het euro's, laat --decimaal centen dan weg.",
        )
    kind, by = AMOUNT if column.kind is Kind.AMOUNT else "double", max(parts, HUNDRED)
    export.set_values(column.name, f"select * replace (cast(v / {by} as {kind}) as v) from {values}")
    export.say(column.name, f"kolom {header!r} is in {_WORDS[by]}; gedeeld door {format_number(by, 0)}")


def say_whole(export: Export, raw: object) -> None:
    """Say of whole numbers that they are read as euros, where nothing tells it."""
    if not export.table.of_orders:
        return
    name = "bedrag" if export.has("bedrag") else "stukprijs"
    if export.reading.cents:
        return
    money = [one.name for one in export.table.read if one.is_money and export.has(one.name)]
    if name not in money or parts_in(export.headers[export.places[name]]) > 1:
        return
    if not _are_whole(export, name, raw) or any(
        export.rows(f"select 1 from {export.values(other)} where v % 1 <> 0 limit 1")
        for other in money
        if other != name and parts_in(export.headers[export.places[other]]) == 1
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
    of_a_shop = any(plain(header).startswith(_OF_A_LINE) for header in export.headers)
    if not there or codes & WITHOUT_CENTS or of_a_shop:
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
    whole = any(_are_converted(rows, export, at) for at in range(len(export.headers)))
    whole = whole or _is_tax_of_a_program(rows, export)
    if not (same or whole or (hints > 1 and round_ < len(there)) or (hints and 2 * round_ < len(there))):
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
    others = any(parts_in(header) == HUNDRED for header in rows.headers)
    services = sum(_OF_SERVICES.search(header.casefold()) is not None for header in export.headers)
    return min(services, 2) + sum((
        ids, others, bool(days) and all(map(_EPOCH.fullmatch, days)),
        bool(small) and all(map(_SMALL.fullmatch, small)),
    ))  # fmt: skip


def _are_converted(rows: Rows, export: Export, place: int) -> bool:
    """Whether a column has the money of another one by a rate, in whole numbers: euros have decimals."""
    header, there = plain(export.headers[place]), rows.column(place)
    code = plain(currency_of(export.headers[place]))
    if not code:
        return False
    before = next((at for at, one in enumerate(export.headers) if f"{plain(one)}{code}" == header), None)
    if before is None or not there.is_numbers or there.has_cents or rows.column(before).has_cents:
        return False
    pairs = [*zip(rows.column(before).numbers, there.numbers, strict=True)]
    return sum(bool(one and other and one != other) for one, other in pairs) > 1


def _is_tax_of_a_program(rows: Rows, export: Export) -> bool:
    """Whether a program wrote the moments of sale, and VAT is whole on every row, as that of euros is not."""
    moments = _texts(rows, export, "datum")
    tax = rows.column(export.places["btw"]) if export.has("btw") else None
    if tax is None or tax.has_cents or not moments or not all(map(_MOMENT.fullmatch, moments)):
        return False
    return sum(bool(number) for number in tax.numbers) > 1 and max(filter(None, tax.numbers)) > _SHARE


def _texts(rows: Rows, export: Export, name: str) -> list[str]:
    return [text.lstrip(MARK) for text in rows.column(export.places[name]).filled] if export.has(name) else []
