"""Amounts that columns make together: parts add up; a discount and cancelled pieces go off."""

from __future__ import annotations

import re

from klantwaarde_xl.data.reading.cells.numbers import AMOUNT
from klantwaarde_xl.data.reading.export import Export
from klantwaarde_xl.data.reading.naming.by_rate import BACK_TOO, PARTS, TAX_PARTS
from klantwaarde_xl.data.reading.naming.headers import ABSENT, as_option, forms, plain
from klantwaarde_xl.data.reading.naming.kept_back import KEPT
from klantwaarde_xl.data.reading.naming.words import BEFORE, DISCOUNT, OF_PROMOTIONS
from klantwaarde_xl.data.reading.revenue.order_discounts import OF_ORDER, is_of_order, repeated, take_off_once
from klantwaarde_xl.data.reading.revenue.shares import refuse_words
from klantwaarde_xl.data.reading.revenue.sums import CENT
from klantwaarde_xl.data.reading.units.same_day import discount_of_days
from klantwaarde_xl.dutch import format_number, format_rows
from klantwaarde_xl.errors import Ambiguous

_DISCOUNTS = frozenset(DISCOUNT)
_SURE = 5  # rows
_PAID = re.compile("betaald|paid|voldaan|ontvangen|received|bezahlt|tebetalen|topay|due")
_OF_MONEY = re.compile("bedrag|amount|betrag")


def add_parts(export: Export, words: str) -> str:
    """Add what other columns have of the amount, in table v of `bedrag`; words (Dutch) say of what it is.

    Those of the VAT add up too.
    """
    for first, parts in (("btw", TAX_PARTS), ("bedrag", PARTS), ("terugbetaald", (BACK_TOO,))):
        made = first == "bedrag" and not export.has(first)  # of pieces and a price
        names = [name for name in (first, *parts) if export.has(name) or (made and name == first)]
        if len(names) > 1 and first in names:
            tables = " union all ".join(f"select rij, v, valuta from {export.values(one)}" for one in names)
            export.set_values(
                first,
                f"""select rij, cast(sum(v) as {AMOUNT}) as v, min(valuta) as valuta
                    from ({tables}) group by rij""",
            )
    return " plus ".join([words, *(export.header(name) for name in PARTS if export.has(name))])


def add_kept(export: Export, words: str) -> str:
    """Add to a net amount what a service kept back of it, in table v of `bedrag`; words (Dutch) say of what.

    Fees may have a minus: most of them tell, and that of a payment that went back has the other sign.
    """
    names = [name for name in KEPT if export.has(name)]
    if not names:
        return words
    fees = " union all ".join(f"select rij, v from {export.values(name)}" for name in names)
    revenue = export.values("bedrag")
    off = export.count(f"""select coalesce(sum(f.v * sign(b.v)), 0) < 0
        from ({fees}) f join {revenue} b using (rij)""")
    export.set_values(
        "bedrag",
        f"""select b.rij, b.valuta, cast(b.v {"-" if off else "+"} coalesce(f.v, 0) as {AMOUNT}) as v
            from {revenue} b left join (select rij, sum(v) as v from ({fees}) group by rij) f using (rij)""",
    )
    kept = " en ".join(export.header(name) for name in names)
    if "bedrag" not in export.named:
        undo = as_option(export.headers, "bedrag", export.places["bedrag"])
        export.say(
            "bedrag", f"kosten van een betaaldienst zijn geen mindere omzet; telt het nettobedrag: {undo}"
        )
    return f"{words} plus wat is ingehouden ({kept})"


def pieces_back(export: Export) -> None:
    """Make of pieces of which the money went back what was paid back: their share of the line."""
    if not (export.has("stuksterug") and export.has("aantal")) or export.has("terugbetaald"):
        return
    back, pieces, revenue = (export.values(name) for name in ("stuksterug", "aantal", "bedrag"))
    export.places["terugbetaald"] = export.places["stuksterug"]
    export.set_values(
        "terugbetaald",
        f"""select rij, cast(b.v * least(t.v, a.v) / a.v as {AMOUNT}) as v, b.valuta
            from {back} t join {pieces} a using (rij) join {revenue} b using (rij)
            where t.v > 0 and a.v > 0""",
    )
    rows = export.count(f"select count(*) from {export.values('terugbetaald')} join raw using (rij)")
    export.say(
        "terugbetaald",
        f"bij {format_number(rows, 0)} {'regel' if rows == 1 else 'regels'} ging van stuks het geld terug "
        f"(kolom {export.header('stuksterug')}): hun deel van het bedrag gaat eraf",
    )


def less_discount(export: Export, words: str) -> str:
    """Take off discounts, and say so behind words (Dutch), of what is in table v of `bedrag`.

    Raises `Ambiguous` where it may be off already, be a percentage, or be that of the order on each line.
    """
    if export.has(OF_ORDER):
        refuse_words(export, OF_ORDER, "hoeveel korting het is")
        return take_off_once(export, words)
    if not export.has("korting"):
        _say_not_off(export)
        return words
    refuse_words(export, "korting", "hoeveel korting het is")
    discount, revenue = export.values("korting"), export.values("bedrag")
    rows, held = export.rows(
        f"""select count(*), sum(d.v) from {discount} d join {revenue} b using (rij)
            where d.v <> 0 and b.v <> 0"""
    )[0]
    if not rows:
        return words
    share = "korting" in export.shares
    if "korting" not in export.named:
        if not share and _is_charged(export):
            _say_assumed(export, export.places["korting"])
            return words
        if export.has("bedrag") and (share or not _is_paid_less(export)):
            raise _may_be_off(export, int(rows), None if share else float(held))
        if not share and not export.has("bedrag"):
            _ask_sort(export)
            if export.has("order") and repeated(export) and is_of_order(export):
                export.places[OF_ORDER] = export.places.pop("korting")
                export.set_values(OF_ORDER, f"from {discount}")
                return take_off_once(export, words)
            _ask_whose(export)
    less = "b.v * (1 - abs(d.v))" if share else "b.v - sign(b.v) * abs(d.v)"
    export.set_values(
        "bedrag",
        f"""select b.rij, b.valuta, cast(if(d.v is null, b.v, {less}) as {AMOUNT}) as v
            from {revenue} b left join {discount} d using (rij)""",
    )
    return f"{words} min {export.header('korting')} ({'procent' if share else 'van de regel'})"


def _say_not_off(export: Export) -> None:
    """Say of columns of discounts that they do not go off: an amount that is no subtotal is after them."""
    if {"korting", "bedrag"} & (export.absent | export.named):
        return
    for place, header in enumerate(export.headers):
        promoted = any(re.match(one, plain(header)) for one in OF_PROMOTIONS)
        says = promoted or not _DISCOUNTS.isdisjoint(forms(header))
        if place in export.places.values() or not says:
            continue
        column = export.sample.column(place)
        if column.is_numbers and any(column.numbers):
            _say_assumed(export, place)


def _say_assumed(export: Export, place: int) -> None:
    again = as_option(export.headers, "korting", place)
    name = export.headers[place].strip()
    export.say("bedrag", f"de korting in kolom {name!r} is er naar wij aannemen al af; zo niet: {again}")


def _is_charged(export: Export) -> bool:
    """Whether the amount and its VAT are what was charged, on all rows: VAT is of what a discount leaves."""
    if not all(map(export.has, ("bedrag", "btw", "incl"))) or "btw" in export.shares:
        return False
    columns = (export.sample.column(export.places[name]).numbers for name in ("bedrag", "btw", "incl"))
    rows = [row for row in zip(*columns, strict=True) if None not in row and any(row)]
    fits = [abs(float(one or 0) + float(tax or 0) - float(whole or 0)) < CENT for one, tax, whole in rows]
    return len(fits) >= _SURE and all(fits) and any(tax for _, tax, _ in rows)


def _is_paid_less(export: Export) -> bool:
    """Whether what was paid, in a column beside it, is the amount less the discount on each row with one.

    Of what is not paid, or in part, a row says nothing. Says so (Dutch).
    """
    amounts, discounts = (export.sample.column(export.places[name]).numbers for name in ("bedrag", "korting"))
    for place, header in enumerate(export.headers):
        if place in export.places.values() or not _PAID.search(plain(header)):
            continue
        rows = [
            (amount, abs(off or 0.0), left)
            for amount, off, left in zip(amounts, discounts, export.sample.column(place).numbers, strict=True)
            if amount and left
        ]
        if any(off for _, off, _ in rows) and all(abs(one - off - left) < CENT for one, off, left in rows):
            name = header.strip()
            export.say("bedrag", f"{name!r} is {export.header('bedrag')} min de korting: die gaat er nog af")
            return True
    return False


def _may_be_off(export: Export, rows: int, held: float | None) -> Ambiguous:
    amount, discount = export.header("bedrag"), export.header("korting")
    where = format_rows(rows)
    where += "" if held is None else f", samen {export.money(abs(held))}"
    off = f"Gaat zij er nog af: {_typed(export, 'korting')}. "
    if held is not None and repeated(export):
        off = (
            f"Gaat zij er nog af, één keer van elke order: {_of_order(export)}, of van elke regel: "
            f"{_typed(export, 'korting')}. "
        )
    elif held is not None and (answer := discount_of_days(export)):
        off = (
            "Alle rijen van één klant op één dag hebben dezelfde korting. Zijn zij één order, en gaat die er "
            f"één keer af: {answer}. Gaat zij van elke regel af: {_typed(export, 'korting')}. "
        )
    return Ambiguous(
        f"Kolom {discount} heeft korting bij {where}. Of die van {amount} al af is, is niet te zien.",
        remedy=f"{off}Is zij er al af: --kolommen korting={ABSENT}.",
    )


def _typed(export: Export, name: str) -> str:
    return as_option(export.headers, name, export.places[name])


def _of_order(export: Export) -> str:
    return as_option(export.headers, OF_ORDER, export.places["korting"])


def _ask_sort(export: Export) -> None:
    """Raise for whole numbers up to a hundred, which can be percentages, where the header has no word."""
    if any(_OF_MONEY.search(form) for form in forms(export.headers[export.places["korting"]])):
        return
    discount, texts = export.values("korting"), export.shown("korting")
    sort = export.rows(
        f"""select bool_and(d.v % 1 = 0 and abs(d.v) <= 100 and not regexp_matches({texts}, '[.,€]'))
            from {discount} d join raw using (rij) where d.v <> 0"""
    )
    if sort[0][0]:
        raise Ambiguous(
            f"De getallen in kolom {export.header('korting')} kunnen euro's zijn, en ook procenten.",
            remedy=f"Zijn het euro's van elke regel: {_typed(export, 'korting')}. Zijn het procenten, zet "
            f"dan % in de kop van die kolom. Zit de korting al in de prijs: --kolommen korting={ABSENT}.",
        )


def _ask_whose(export: Export) -> None:
    """Raise where all lines of an order have one discount, which can be that of the order."""
    if same := repeated(export):
        number, lines, discount = same
        raise Ambiguous(
            f"Order {number} heeft op elk van {lines} regels de korting {format_number(float(discount), 2)}: "
            "is die van de regel, of van de hele order?",
            where=f"kolom {export.header('korting')}",
            remedy=f"Van de regel: {_typed(export, 'korting')}. Van de order, één keer: {_of_order(export)}.",
        )


def less_cancelled(export: Export) -> None:
    """Take off the share of a line's pieces that was cancelled, and leave out a line without any left.

    Raises `Ambiguous` where the pieces of a line may already be without those.
    """
    if not (export.has("geannuleerd") and export.has("aantal")):
        return
    cancelled, pieces, revenue = (export.values(name) for name in ("geannuleerd", "aantal", "bedrag"))
    lines = (
        f"{cancelled} c join {pieces} a using (rij) join {revenue} b using (rij) where c.v > 0 and b.v <> 0"
    )
    rows, more = export.rows(f"select count(*), count(*) filter (c.v > a.v) from {lines}")[0]
    if not rows or (more and "geannuleerd" not in export.named):
        return  # of pieces that are fewer than were cancelled, these are off already
    header = export.headers[export.places["aantal"]]
    if "geannuleerd" not in export.named and not any(BEFORE.search(form) for form in forms(header)):
        raise Ambiguous(
            f"Kolom {export.header('geannuleerd')} heeft stuks bij {format_rows(rows)}. "
            f"Of die van {export.header('aantal')} al af zijn, is niet te zien.",
            remedy=f"Gaan zij er nog af, met hun deel van het bedrag: {_typed(export, 'geannuleerd')}. "
            f"Zijn zij er al af: --kolommen geannuleerd={ABSENT}.",
        )
    export.leave_out(f"select rij from {lines} and c.v >= a.v", "alle stuks geannuleerd")
    export.set_values(
        "bedrag",
        f"""select b.rij, b.valuta,
              cast(if(c.v > 0 and a.v > c.v, b.v * (a.v - c.v) / a.v, b.v) as {AMOUNT}) as v
            from {revenue} b left join {cancelled} c using (rij) left join {pieces} a using (rij)""",
    )
    export.say(
        "bedrag",
        f"van {format_number(rows, 0)} {'regel is' if rows == 1 else 'regels zijn'} de geannuleerde stuks "
        f"(kolom {export.header('geannuleerd')}) eraf",
    )
