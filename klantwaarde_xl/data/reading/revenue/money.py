"""Which money of an export is revenue: the column, with or without VAT, pieces times price, one currency."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from klantwaarde_xl.data.reading.cells.numbers import AMOUNT, PLACES
from klantwaarde_xl.data.reading.export import Export
from klantwaarde_xl.data.reading.naming.headers import currency_of, forms
from klantwaarde_xl.data.reading.naming.words import OF_A_LINE, OF_A_PIECE, OF_A_SUBTOTAL
from klantwaarde_xl.data.reading.revenue.charged_beside import ask_charged
from klantwaarde_xl.data.reading.revenue.composed import (
    add_kept,
    add_parts,
    less_cancelled,
    less_discount,
    pieces_back,
)
from klantwaarde_xl.data.reading.revenue.currency_of_parts import as_sql, codes_of_parts
from klantwaarde_xl.data.reading.revenue.currency_said import named_by
from klantwaarde_xl.data.reading.revenue.handed_on import less_handed
from klantwaarde_xl.data.reading.revenue.lines_off import less_lines
from klantwaarde_xl.data.reading.revenue.no_pieces import ask_no_pieces
from klantwaarde_xl.data.reading.revenue.one_currency import (
    as_currencies,
    leave_out_others,
    refuse_absent,
    say_which,
    say_without,
    several,
    unnamed,
)
from klantwaarde_xl.data.reading.revenue.promotions import less_promotions
from klantwaarde_xl.data.reading.revenue.units_of_price import say_of_one
from klantwaarde_xl.data.reading.revenue.vat import Revenue, say_other, with_or_without
from klantwaarde_xl.data.reading.revenue.with_shipping import is_shipping_money
from klantwaarde_xl.data.reading.sources.typed import quoted
from klantwaarde_xl.dutch import format_number, format_rows
from klantwaarde_xl.errors import Ambiguous

_NONE_KNOWN = "een kolom met een bedrag is niet herkend"


def revenue(export: Export) -> Revenue:
    """Give every line its revenue, in table v of `bedrag`; a line that leaves it to its order has nought.

    Raises `UsageError` for a choice about VAT that the file cannot follow.
    """
    if export.has("bedrag") or not (export.has("erbij") and export.has("eraf")):
        ask_charged(export)
    if export.has("bedrag"):
        words = add_kept(export, add_parts(export, f"kolom {export.header('bedrag')}"))
        words = less_promotions(export, less_discount(export, words))
        taken = with_or_without(export, words, "bedrag")
    else:
        taken = _sides(export) if export.has("eraf") and not export.has("stukprijs") else _pieces(export)
    less_cancelled(export)
    pieces_back(export)
    less_handed(export)
    if export.has("bedrag") and export.has("aantal"):
        _returned(export)
        ask_no_pieces(export)
    if export.has("bedrag") and export.has("order"):
        _lines_without(export)
    less_lines(export)
    return taken


def say(export: Export, taken: Revenue) -> None:
    """Tell what revenue is, once it is known which rows count."""
    export.say("bedrag", taken.words + say_other(export, taken))
    say_of_one(export)
    of_goods = {*OF_A_LINE, *OF_A_PIECE, *OF_A_SUBTOTAL}
    if export.has("bedrag") and of_goods.isdisjoint(forms(export.headers[export.places["bedrag"]])):
        return
    for at, header in enumerate(export.headers):
        if (
            at not in export.places.values()
            and is_shipping_money(header)
            and export.sample.column(at).is_numbers
        ):
            export.say("bedrag", f"kolom {header.strip()!r} is er niet bij: verzending telt zo niet mee")


def _pieces(export: Export) -> Revenue:
    """Quantity times the price of a piece, where the file has no amount."""
    pieces, price = export.values("aantal"), export.values("stukprijs")
    export.set_values(
        "bedrag",
        f"""select p.rij, p.valuta,
          -- less than no pieces are returned, whatever sign their price has
          cast(round(if(a.v < 0, -abs(p.v * a.v), p.v * a.v), {PLACES}) as {AMOUNT}) as v
        from {price} p join {pieces} a using (rij)""",
    )
    product = add_parts(export, f"{export.header('aantal')} × {export.header('stukprijs')}")
    names = less_promotions(export, less_discount(export, product))
    said = with_or_without(export, names, "stukprijs")
    return said if export.has("incl") else replace(said, words=f"{said.words}; {_NONE_KNOWN}")


def _sides(export: Export) -> Revenue:
    """What came in less what went out, where these stand in columns of their own."""
    outward = export.values("eraf")
    if not export.has("erbij"):
        export.set_values("bedrag", f"select rij, -v as v, valuta from {outward}")
        return Revenue(f"kolom {export.header('eraf')}, met het teken omgedraaid")
    inward = export.values("erbij")
    export.set_values(
        "bedrag",
        f"""select rij, cast(coalesce(i.v, 0) - coalesce(o.v, 0) as {AMOUNT}) as v,
          coalesce(i.valuta, o.valuta) as valuta
        from {inward} i full join {outward} o using (rij)""",
    )
    return Revenue(f"{export.header('erbij')} min {export.header('eraf')}")


def _returned(export: Export) -> None:
    """Less than no pieces came back: what a line says of them goes off, whatever sign it has."""
    known = set(forms(export.headers[export.places["bedrag"]]))
    revenue, pieces = export.values("bedrag"), export.values("aantal")
    lines = f"select a.rij from {pieces} a join {revenue} b using (rij) where a.v < 0 and b.v > 0"
    if not known & set(OF_A_LINE):
        if not export.has("stukprijs"):
            _say_kept(export, lines)
            return
        kept = lines
        lines += f""" and abs(b.v - abs(a.v * (select p.v from {export.values("stukprijs")} p
            where p.rij = a.rij))) < 0.015"""
    if count := export.count(f"select count(*) from ({lines})"):
        export.own_values("bedrag")
        export.con.execute(f"update {revenue} set v = -v where rij in ({lines})")
        lines = "regel met een aantal onder nul is een retour"
        if count > 1:
            lines = "regels met een aantal onder nul zijn retouren"
        export.say("bedrag", f"{format_number(count, 0)} {lines}")
    if not known & set(OF_A_LINE):
        _say_kept(export, kept)


def _say_kept(export: Export, lines: str) -> None:
    """Say of which lines the pieces are less than none and the amount is not: it keeps its sign."""
    rows, held = export.rows(
        f"select count(*), sum(v) from {export.values('bedrag')} where rij in ({lines})"
    )[0]
    if rows:
        pieces = export.headers[export.places["aantal"]].strip()
        export.say(
            "bedrag",
            f"bij {format_rows(rows)} met een aantal onder nul staat een bedrag boven nul, samen "
            f"{export.money(held)}: dat telt als omzet. Zijn het retouren, laat ze dan weg met "
            f'--zonder "{pieces}=-*"',
        )


def _lines_without(export: Export) -> None:
    """A line whose order has its amount on another line adds nothing, and is no fault."""
    order, text, values = export.shown("order"), export.shown("bedrag"), export.values("bedrag")
    if not export.count(f"select count(*) from raw where {order} <> '' and {text} = ''"):
        return
    export.own_values("bedrag")
    lines = f"""select rij from raw where {order} <> '' and {text} = ''
        and rij not in (select rij from {values})
        and {order} in (select {order} from raw join {values} using (rij))"""
    export.con.execute(f"insert into {values} select rij, 0, null from ({lines})")


# ── currencies ──────────────────────────────────────────────────────────────────────────────


def one_currency(export: Export) -> None:
    """Bring all amounts to one currency, as the user says; raises `Ambiguous` when he has not said.

    A currency stands in a column of its own, with the amounts, or else in the name of a file or a sheet.
    """
    values = export.values("bedrag")
    header = currency_of(export.headers[export.places["bedrag"]]) if export.has("bedrag") else ""
    parts = codes_of_parts(export)
    if (
        not export.has("valuta")
        and not {*parts.values()} - {"EUR"}
        and header in ("", "EUR")
        and not export.rows(f"select rij from {values} where valuta is not null limit 1")
    ):
        say_which(export, ())
        return
    own = "null"
    if export.has("valuta"):
        own = named_by(export, f"nullif({export.shown('valuta')}, '')")
    export.con.execute(
        f"""create or replace table currency as
            select r.rij, coalesce({own}, b.valuta, nullif('{header}', ''), {as_sql(parts)}) as code, b.v
            from raw r left join {values} b using (rij)"""
    )
    seen = export.rows(
        "select code, count(*), sum(v) from currency where code is not null group by code order by 2 desc, 1"
    )
    rates = dict(export.reading.currencies)
    _refuse_contradiction(export, header, own, rates)
    codes = [code for code, _, _ in seen]
    export.currencies = tuple(codes)
    if len(codes) > 1 and not rates:
        doubt = ""
        if export.is_by_contents("valuta"):
            doubt = f" Is kolom {export.header('valuta')} geen valuta: --kolommen valuta=-."
        raise several(seen, doubt)
    without = export.count("select count(*) from currency where code is null and v <> 0")
    if without and codes and not rates and codes != ["EUR"]:
        raise unnamed(codes[0], without)
    refuse_absent(seen, rates, without)
    if rates and codes:
        known = ", ".join(f"({quoted(code, chr(39))}, {rate!r})" for code, rate in rates.items())
        export.con.execute(f"create or replace table rates as from (values {known}) as r (code, rate)")
        leave_out_others(export)
        for name in ("bedrag", *(["terugbetaald"] if export.has("terugbetaald") else [])):
            table = export.own_values(name)
            export.con.execute(
                f"""update {table} set v = cast({table}.v * r.rate as {AMOUNT})
                    from currency c join rates r using (code) where c.rij = {table}.rij and r.rate <> 1"""
            )
    say_which(export, codes)
    if without and rates and codes:
        say_without(export, without, next(iter(rates)))
    export.con.execute("drop table currency")


def _refuse_contradiction(export: Export, header: str, own: str, rates: Mapping[str, float]) -> None:
    """Raise `Ambiguous` where the header of the amounts names a currency and their column another."""
    if not header or not export.has("valuta") or rates:
        return
    others = export.rows(f"""select {own}, count(*) from raw where {own} <> '{header}'
        group by 1 order by 2 desc, 1""")
    if others:
        shown = ", ".join(f"{code} ({format_rows(count)})" for code, count in others)
        raise Ambiguous(
            f"De kop {export.header('bedrag')} zegt {header}, kolom {export.header('valuta')} zegt {shown}.",
            remedy=f"Zijn alle bedragen in {header}: --kolommen valuta=-. Heeft de kolom gelijk: "
            f"{as_currencies(others[0][0])}.",
        )
