"""Revenue with or without VAT: which of the two an amount is, and the other where the user wants that."""

from __future__ import annotations

import re
from dataclasses import dataclass

from klantwaarde_xl.data.reading.cells.numbers import AMOUNT, FACTOR
from klantwaarde_xl.data.reading.export import Export
from klantwaarde_xl.data.reading.naming.by_rate import TAX_PARTS
from klantwaarde_xl.data.reading.naming.headers import forms
from klantwaarde_xl.data.reading.naming.words import SAYS_WITH, SAYS_WITHOUT
from klantwaarde_xl.data.reading.revenue.net_parts import said_by_sums, taxes_of
from klantwaarde_xl.data.reading.revenue.of_lines import is_of_lines
from klantwaarde_xl.data.reading.revenue.shares import refuse_words
from klantwaarde_xl.data.reading.revenue.sums import is_taxed, is_taxed_on_most
from klantwaarde_xl.data.reading.revenue.taxes_of_orders import bring_to_lines, total_of
from klantwaarde_xl.data.reading.revenue.with_shipping import with_all
from klantwaarde_xl.errors import UsageError

_OF_A_RATE = re.compile("%|tarief|perc|rate|code")


@dataclass(frozen=True)
class Revenue:
    """From what revenue was taken (Dutch); without_vat: whether that is without VAT."""

    words: str
    without_vat: bool = False


def with_or_without(export: Export, words: str, amount: str) -> Revenue:
    """Bring table v of `bedrag` to the VAT that the user wants; words: from what it comes (Dutch).

    amount: the column that it comes from, `bedrag` or `stukprijs`. Raises `UsageError` for a choice that the
    file cannot follow, and `FileUnreadable` for VAT that is no amount and no share.
    """
    said, wanted = said_of(export, amount), export.reading.vat
    bring_to_lines(export)
    if wanted == "incl" and said == "excl":
        if export.has("incl") and (amount == "bedrag" or _sums_say(export) == "excl"):
            words = f"kolom {export.header('incl')}{_with_shipping(export)}"
            export.set_values("bedrag", f"select rij, v, valuta from {export.values('incl')}")
        else:
            export.set_values("bedrag", _changed(export, "+"))
            words += f" plus {_taxes(export, 'plus')}"
    elif wanted == "excl" and said != "excl":
        export.set_values("bedrag", _changed(export, "-"))
        words += f" min {_taxes(export, 'min')}"
    if wanted == "excl" or (said == "excl" and not wanted):
        _refunds_without_vat(export)
        return Revenue(f"{words}, zonder btw", without_vat=True)
    if wanted == "incl" or said == "incl":
        return Revenue(f"{words}, met btw")
    if export.has("btw"):
        if _OF_A_RATE.search(export.header("btw").casefold()):
            return Revenue(f"{words}, aangenomen met btw: {export.header('btw')} zegt alleen het tarief")
        return Revenue(f"{words}, aangenomen met btw: geen som zegt of {export.header('btw')} erin zit")
    return Revenue(f"{words}, met of zonder btw zoals het bestand het heeft")


def _with_shipping(export: Export) -> str:
    """What to say (Dutch) where the amount with VAT has costs of shipping too, and the one without not."""
    rows = export.sample
    money, amount = rows.numbers, export.places.get("bedrag", -1)
    taxes = taxes_of(rows, export.places, money[amount].numbers) if amount in money else ()
    whole = with_all(money, amount, taxes)
    return f", met {whole[1].name} erin" if whole and whole[0] == export.places["incl"] else ""


def _taxes(export: Export, sign: str) -> str:
    """The columns of the VAT, as a message shows them."""
    return f" {sign} ".join(export.header(name) for name in ("btw", *TAX_PARTS) if export.has(name))


def said_of(export: Export, amount: str) -> str:
    """Whether an amount is without (`excl`) or with (`incl`) VAT, by its header or by sums; else empty."""
    place = export.places[amount]
    if known := in_header(export.headers[place]):
        return known
    if not export.has("btw"):
        return "excl" if amount == "bedrag" and _is_net(export) else ""
    return _sums_say(export)


def _is_net(export: Export) -> bool:
    """Whether the amounts with VAT in another column are these with VAT at a known rate."""
    if not export.has("incl"):
        return False
    rows = export.sample
    net, gross = (rows.column(export.places[name]).numbers for name in ("bedrag", "incl"))
    return is_taxed(net, gross) or is_taxed_on_most(net, gross)


def _sums_say(export: Export) -> str:
    return said_by_sums(export.sample, export.places)


def in_header(header: str) -> str:
    """What a header says of VAT: `excl`, `incl`, or nothing."""
    known = forms(header)
    if any(re.search(SAYS_WITHOUT, form) for form in known):
        return "excl"
    return "incl" if any(re.search(SAYS_WITH, form) for form in known) else ""


def say_other(export: Export, taken: Revenue) -> str:
    """What the other total is, so that a bookkeeper recognises either; empty where it is not known."""
    if not taken.without_vat or not export.has("incl"):
        return ""
    total = total_of(export, "incl")
    if total is None:
        return ""
    column = f"{export.header('incl')}{_with_shipping(export)}"
    return f"; met btw ({column}) is het {export.money(total)}: --btw incl"


def _changed(export: Export, sign: str) -> str:
    """The amounts with the VAT put on or taken off; a line without VAT has none."""
    if not export.has("btw"):
        word = "incl" if sign == "+" else "excl"
        raise UsageError(
            f"Met --btw {word} is een kolom met de btw nodig; die heeft dit bestand niet.",
            where=f"kolommen: {', '.join(header for header in export.headers if header)}",
            remedy="Laat --btw weg, of wijs de kolom aan met --kolommen btw=…",
        )
    refuse_words(export, "btw", "hoeveel btw het is")
    _refuse_of_lines(export, sign)
    vat = "coalesce(t.v, 0)"
    value = f"b.v {sign} {vat}"
    if "btw" in export.shares:
        value = f"b.v * (1 + {vat})" if sign == "+" else f"b.v / (1 + {vat})"
    return f"""select b.rij, cast({value} as {AMOUNT}) as v, b.valuta
        from {export.values("bedrag")} b left join {export.values("btw")} t using (rij)"""


def _refuse_of_lines(export: Export, sign: str) -> None:
    """Raise where an amount is the order's, on each of its lines, and the VAT beside it is the line's."""
    if not export.has("order") or "btw" in export.shares:
        return
    mixed = export.rows(f"""
        select {export.shown("order")} as nr from {export.values("bedrag")} b join raw using (rij)
        join {export.values("btw")} t using (rij) where nr <> '' group by 1
        having count(*) > 1 and min(b.v) = max(b.v) and min(b.v) <> 0 and min(t.v) <> max(t.v) limit 1""")
    if mixed and not is_of_lines(export):
        word = "incl" if sign == "+" else "excl"
        raise UsageError(
            f"Met --btw {word} is btw nodig van wat het bedrag is: bij order {mixed[0][0]} staat op elke "
            f"regel hetzelfde bedrag, en in kolom {export.header('btw')} de btw van de regel.",
            remedy="Laat --btw weg, of wijs het bedrag van de regel aan met --kolommen bedrag=…",
        )


def _refunds_without_vat(export: Export) -> None:
    """What was paid back is with VAT: take off of it what the order's own revenue lost."""
    if not export.has("terugbetaald") or not (export.has("incl") or export.has("btw")):
        return
    revenue, refunds = export.values("bedrag"), export.values("terugbetaald")
    gross = f"(select rij, v from {export.values('incl')})"
    if not export.has("incl"):
        vat = "b.v * coalesce(t.v, 0)" if "btw" in export.shares else "coalesce(t.v, 0)"
        joined = f"left join {export.values('btw')} t using (rij)"
        gross = f"(select b.rij, b.v + {vat} as v from {revenue} b {joined})"
    export.own_values("terugbetaald")
    export.con.execute(
        f"""update {refunds} set v = cast(cast({refunds}.v as {FACTOR}) * b.v / g.v as {AMOUNT})
            from {revenue} b join {gross} g using (rij)
            where b.rij = {refunds}.rij and g.v <> 0 and abs(b.v) < abs(g.v)"""
    )
    export.say(
        "terugbetaald",
        f"kolom {export.header('terugbetaald')} is met btw; de btw is eraf, zoals bij de order",
    )
