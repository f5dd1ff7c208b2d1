"""Lines of an export to orders and refunds: what one row is, and what an order adds up to."""

from __future__ import annotations

import re
from typing import Any

from klantwaarde_xl.data.reading.cells.numbers import AMOUNT
from klantwaarde_xl.data.reading.days.lines_of_days import join_days
from klantwaarde_xl.data.reading.doubts import make_buyers
from klantwaarde_xl.data.reading.export import Export, cell_of
from klantwaarde_xl.data.reading.kinds.fates import Fate
from klantwaarde_xl.data.reading.naming.headers import ABSENT, as_option, forms, plain
from klantwaarde_xl.data.reading.naming.numbers_of_orders import OF_A_NUMBER, may_be_number
from klantwaarde_xl.data.reading.naming.words import (
    OF_A_LINE,
    OF_AN_ARTICLE,
    OF_THE_ORDER,
    WITH_VAT,
    WITHOUT_VAT,
)
from klantwaarde_xl.data.reading.questions.choices import LINES, ONE_ROW
from klantwaarde_xl.data.reading.sources.engine import stands
from klantwaarde_xl.data.reading.sources.source import PART
from klantwaarde_xl.data.reading.units.line_or_order import (
    costs_one_as_much,
    is_total_by_prices,
    line_or_order,
)
from klantwaarde_xl.data.reading.units.paid_in_parts import join_parts
from klantwaarde_xl.data.reading.units.same_day import said_of_days
from klantwaarde_xl.dutch import format_count, format_date, format_number
from klantwaarde_xl.errors import Ambiguous, FileUnreadable

USED_BY_ORDERS = ("order", "aantal", "stukprijs", "terugbetaald")
_LEDGER_WORDS = "grootboek grootboekrekening grootboeknummer dagboek boekstuk boekstuknummer glaccount ledger"
_OF_A_LEDGER = frozenset(_LEDGER_WORDS.split())
_ENOUGH = 3  # orders of several lines that have one amount: this is no chance any more
_REPEATS = 5  # values that a column has more often, before it can be an order's number
_ASKED = 2  # and before it is asked about
# What a number of an order looks like: a figure or a reference in capitals, with marks in it
_NUMBER = r"(?:[A-Za-z#/_.:-]*[0-9][A-Za-z0-9#/_.:-]*|[A-Z]{6,12})"
# and what does not: an amount, a day, a time
_NO_NUMBER = "|".join((
    r"-?[0-9]{1,3}(?:[.,]?[0-9]{3})*[.,][0-9]{1,2}",
    r"[0-9]{1,4}[-/.][0-9]{1,2}[-/.][0-9]{1,4}",
    r"[0-9]{1,2}:[0-9:.]+",
))  # fmt: skip
_MOSTLY, _HALF = 0.8, 0.5
_MANY = 8  # orders of several lines
# What a header of a total has that says that it is of the whole order; `Totaal` may be of a line
_NAMES_ORDER = re.compile("order|bestel|factuur|invoice|grand|eind|gesamt|betal")
_TOTALS = frozenset((*OF_THE_ORDER, *WITH_VAT, *WITHOUT_VAT))
_OF_LINES = re.compile("^regel|btw|vat|tax")  # has the same on lines of other articles


def group(export: Export, *, has_fate: bool) -> None:
    """Make of table tx, in which every row is a line, one of orders and refunds (rij, klant, dag, bedrag).

    A number joins lines of one customer on one day only, so that a number of a contract or a year joins
    nothing else. Raises `Ambiguous` when the amount on lines can be the line's as well as the order's.
    """
    by_contents = not export.has("order")
    # Of what became of an order only that it was paid back says anything of its amount
    paid_back = f"select 1 from fate where fate = {int(Fate.REFUNDED)} limit 1"
    has_fate = has_fate and bool(export.rows(paid_back))
    joined = join_parts(export)
    place = export.places.get("order", joined.place)
    place = _number_by_contents(export) if place is None else place
    if place is not None:
        export.places["order"] = place  # for who reads the next export, which may be too small to tell
    if place is None and not has_fate and not export.has("terugbetaald"):
        orders, refunds = export.rows(
            "select count(*) filter (bedrag >= 0), count(*) filter (bedrag < 0) from tx"
        )[0]
        export.unit = ONE_ROW
        _say_orders(export, orders, refunds, _without_number(export) + said_of_days(export))
        return
    _lines(export, place, has_fate=has_fate, by_contents=by_contents)
    if place is not None:
        join_days(export, place)
    is_total = place is not None and not joined.of_parts and _is_total(export)
    # A total with a minus beside one without is a credit note, though it has the number and day of its sale
    apart = is_total or (place is not None and _has_credits(export))
    back_once = place is not None and _refund_once(export, is_total=is_total)
    whole = "max" if is_total else "sum"
    export.con.execute(f"""
        create or replace table order_read as
        select min(rij) as rij, min(klant) as klant, min(dag) as dag, min(nr) as nr, count(*) as regels,
          cast(case when min(bedrag) < 0 and '{whole}' = 'max' then min(bedrag) else {whole}(bedrag) end
            as {AMOUNT}) as bedrag,
          cast({"max" if back_once else "sum"}(terug) as {AMOUNT}) as terug,
          cast({whole}(if(geheel, greatest(bedrag, 0), 0)) as {AMOUNT}) as geheel
        from line_read group by orde{", bedrag < 0" if apart else ""}""")
    # A refund that has a row of its own is not taken off again
    refund = """case when nr in (select nr from line_read where bedrag < 0 and nr is not null) then 0
        when coalesce(terug, 0) <> 0 then terug
        when exists (select 1 from line_read where bedrag < 0 and (nr is null or nr not in (
          select nr from line_read where bedrag >= 0 and nr is not null))) then 0 else geheel end"""
    export.con.execute(f"""
        create or replace table tx as
        select rij, klant, dag, bedrag from order_read
        union all select rij, klant, dag, cast(-back as {AMOUNT})
          from (select rij, klant, dag, {refund} as back from order_read) where back <> 0
        order by rij, bedrag desc""")
    _say(export, place, is_total=is_total)
    for name in ("line_read", "order_read"):
        export.con.execute(f"drop table {name}")


def totals_of(export: Export) -> dict[str, Any]:
    """What a bookkeeper would compare, of table tx; said too. Makes table buyers of it (`make_buyers`)."""
    make_buyers(export.con)
    names = ("orders", "omzet", "retouren", "bedrag_retouren", "netto", "klanten", "van", "tot")
    found = export.rows("""
        select count(*) filter (bedrag >= 0), cast(coalesce(sum(bedrag) filter (bedrag >= 0), 0) as double),
          count(*) filter (bedrag < 0), cast(coalesce(sum(bedrag) filter (bedrag < 0), 0) as double),
          cast(coalesce(sum(bedrag), 0) as double), (select count(klant) from buyers), min(dag), max(dag)
        from tx""")[0]
    totals = dict(zip(names, found, strict=True))
    if isinstance(totals["van"], str) or isinstance(totals["tot"], str):
        # A day that no calendar has is refused before; an engine gives one still where the file is damaged
        raise FileUnreadable(
            "Het bestand is beschadigd: het heeft dagen die niet bestaan.", remedy="Exporteer het opnieuw."
        )
    ledger = [header for header in export.headers if plain(header) in _OF_A_LEDGER]
    if totals["retouren"] and not totals["orders"] and ledger:
        place = export.places.get("bedrag", export.places.get("stukprijs", 0))
        raise FileUnreadable(
            "Alle bedragen zijn negatief: er is geen enkele verkoop.",
            where=f"kolom {export.header('bedrag')}" if export.has("bedrag") else "",
            remedy="Kies een export met de verkopen. Een grootboek schrijft omzet met een minteken: keer het "
            f"teken om met {as_option(export.headers, 'eraf', place)}.",
        )
    if totals["van"] is not None:
        back = f", retouren {export.money(-totals['bedrag_retouren'])}, netto {export.money(totals['netto'])}"
        export.say(
            "totaal",
            f"omzet {export.money(totals['omzet'])}{back if totals['retouren'] else ''}; "
            f"{format_count(totals['klanten'], 'klant', 'klanten')}; "
            f"{format_date(totals['van'])} tot en met {format_date(totals['tot'])}",
        )
    return totals


def _lines(export: Export, place: int | None, *, has_fate: bool, by_contents: bool) -> None:
    number = "null" if place is None else f"nullif({cell_of(place).replace(f'c{place}', f'l.c{place}')}, '')"
    if place is not None and by_contents and len(export.source.parts) > 1:
        number = f"{number} || ' / ' || (tx.rij // {PART})"  # each file, or sheet, has its own
    lines = "" if place is None else "join lines l on l.rij = tx.rij"
    if stands(export.con, "order_numbers"):
        number, lines = "nullif(n.nr, '')", "join order_numbers n on n.rij = tx.rij"
    fates = "left join fate f on f.rij = tx.rij" if has_fate else ""
    back = "abs(terugbetaald)" if export.has("terugbetaald") else "null"
    whole = f"coalesce(f.fate = {int(Fate.REFUNDED)}, false)" if has_fate else "false"
    export.con.execute(f"""
        create or replace table line_read as
        select *, case when nr is null then 'rij ' || rij
            else concat_ws(chr(31), nr, coalesce(klant, ''), cast(dag as varchar)) end as orde
        from (select tx.rij, klant, dag, bedrag, {back} as terug, {whole} as geheel, {number} as nr
              from tx {lines} {fates})""")


def _number_by_contents(export: Export) -> int | None:
    """A column without a name that we know, whose values repeat, each for one customer on one day only.

    A header that says it is of an order, or a number, needs fewer of them. Too few are asked about where the
    amounts are the same each time, for then they can be the order's: raises `Ambiguous`.
    """
    free = [
        place
        for place, header in enumerate(export.headers)
        if plain(header) and place not in export.places.values()
    ]
    if "order" in export.absent or not free:
        return None
    alike = export.count("select count(*) - count(distinct (coalesce(klant, ''), dag)) from tx")
    for place in free:
        header = plain(export.headers[place])
        enough = 1 if OF_A_NUMBER.fullmatch(header) else _REPEATS
        if alike < min(enough, _ASKED) or header in OF_AN_ARTICLE:
            continue
        value = cell_of(place)
        values, once, repeated, ids, equal = export.rows(f"""
            select count(*), count(*) filter (pairs = 1), count(*) filter (n > 1), count(*) filter (is_id),
              count(*) filter (n > 1 and low = high and high > 0)
            from (select {value} as v, count(*) as n, count(distinct (coalesce(klant, ''), dag)) as pairs,
                    min(bedrag) as low, max(bedrag) as high,
                    regexp_full_match(any_value({value}), '{_NUMBER}')
                      and not regexp_full_match(any_value({value}), '{_NO_NUMBER}') as is_id
                  from tx join lines using (rij) where {value} <> '' group by 1)""")[0]
        if not (values > 1 and values == once == ids):
            continue
        if repeated >= enough:
            return place
        if _ASKED <= repeated == equal:
            raise _may_be_a_number(export, place, repeated)
    return None


def _may_be_numbers(export: Export) -> list[int]:
    """The free columns whose header may be of a number of an order."""
    taken = export.places.values()
    return [at for at, header in enumerate(export.headers) if at not in taken and may_be_number(header)]


def _without_number(export: Export) -> str:
    """Why every row is an order (Dutch): no column is a number, or it has none twice."""
    for place in _may_be_numbers(export) if "order" not in export.absent else ():
        cell = cell_of(place)
        filled, distinct = export.rows(f"""select count(distinct rij), count(distinct {cell})
            from tx join lines using (rij) where {cell} <> ''""")[0]
        name = repr(export.headers[place].strip())
        if filled and distinct == filled:
            return f"; kolom {name} heeft geen nummer twee keer"
        if filled and distinct > 1:
            option = as_option(export.headers, "order", place)
            return f"; kolom {name} is niet gelezen als ordernummer; zo wel: {option}"
    return "; geen kolom is herkend als ordernummer"


def _may_be_a_number(export: Export, place: int, repeated: int) -> Ambiguous:
    name = export.headers[place].strip()
    values = format_count(repeated, "waarde", "waarden")
    return Ambiguous(
        f"Bij {values} van kolom {name!r} staan meer rijen, van dezelfde klant en dag en met "
        "hetzelfde bedrag. Is het een ordernummer, met het totaal van de order op elke regel?",
        where=f"kolom {name}",
        remedy=f"Zo ja: {as_option(export.headers, 'order', place)} --regels ordertotaal. Is elke rij een "
        f"eigen order: --kolommen order={ABSENT}",
    )


def _is_total(export: Export) -> bool:
    """Whether the amount of an order stands on each of its lines, and counts once.

    The user says, else the data, else how the export was read before; else he is asked.
    """
    if not export.has("bedrag"):
        return False
    several, equal = export.rows("""
        select count(*) filter (low <> 0 or high <> 0), count(*) filter (low = high and high <> 0)
        from (select min(bedrag) as low, max(bedrag) as high from line_read where nr is not null
              group by orde having count(*) > 1)""")[0]
    if not equal:
        return False
    if export.reading.lines in LINES:
        return export.reading.lines == LINES[1]
    if export.earlier and export.earlier.reading.lines == LINES[0]:
        return False  # the user said so of an export that looked like this
    known = set(forms(export.headers[export.places["bedrag"]]))
    by_prices = False if export.of_lines else is_total_by_prices(export)
    if by_prices is not None:
        return by_prices
    if known & set(OF_A_LINE) and (equal < several or several < _ENOUGH):
        return False
    names_order = any(_NAMES_ORDER.search(form) for form in known)
    either = not names_order and several < _ENOUGH and _may_be_of_articles(export)
    if known & _TOTALS and equal == several and not either:
        if not names_order and costs_one_as_much(export):
            raise line_or_order(export, several, equal)
        return True
    before = export.earlier.unit if export.earlier else ""
    if before in LINES and several < _ENOUGH:
        return before == LINES[1]
    if equal < _MOSTLY * several:
        return False
    if before == LINES[1] or (equal == several and _says_order(export)):
        return True
    raise line_or_order(export, several, equal)


def _refund_once(export: Export, *, is_total: bool) -> bool:
    """Whether a refund that stands on each line of an order is that of the order."""
    if not export.has("terugbetaald"):
        return False
    lines = export.rows("""
        select count(*), count(*) filter (low = high) from (
          select min(terug) as low, max(terug) as high from line_read
          where nr is not null and terug is not null
          group by orde having count(*) > 1 and max(terug) <> 0)""")[0]
    says_order = "order" in plain(export.headers[export.places["terugbetaald"]])
    return bool(lines[0]) and lines[0] == lines[1] and (is_total or says_order)


def _has_credits(export: Export) -> bool:
    """Whether the amount is a total, and nothing in the file says that a row is a line with an article."""
    if not export.has("bedrag") or export.has("aantal") or export.has("stukprijs"):
        return False
    known = set(forms(export.headers[export.places["bedrag"]]))
    return bool(known & _TOTALS) and not _has_articles(export)


def _has_articles(export: Export) -> bool:
    """Whether a column says that a row is a line with an article."""
    return any(_is_of_an_article(header) for header in export.headers)


def _is_of_an_article(header: str) -> bool:
    return bool(set(forms(header)) & OF_AN_ARTICLE)


def _may_be_of_articles(export: Export) -> bool:
    """Whether a row has an article, each of one amount, and no number of pieces that says otherwise."""
    places = [at for at, header in enumerate(export.headers) if _is_of_an_article(header)]
    for at in [at for at in places if not _OF_LINES.search(plain(export.headers[at]))]:
        article = f"trim(cast(l.c{at} as varchar))"
        if export.rows(f"""select 1 from line_read join lines l using (rij) where {article} <> ''
                group by {article} having count(distinct bedrag) > 1 limit 1"""):
            return False
    if places and export.has("aantal"):
        return not export.rows("""select 1 from line_read join tx using (rij)
            where nr is not null group by orde
            having count(distinct tx.aantal) > 1 and min(tx.bedrag) = max(tx.bedrag) limit 1""")
    return bool(places)


def _says_order(export: Export) -> bool:
    """Whether many lines of other articles have one amount, and one article in most orders another one.

    Then the amount goes with the order, and with no article: a price of lines would go with these.
    """
    for place in [at for at, header in enumerate(export.headers) if _is_of_an_article(header)]:
        if _OF_LINES.search(plain(export.headers[place])):
            continue
        article = cell_of(place).replace(f"c{place}", f"l.c{place}")
        several, others = export.rows(f"""
            select count(*), count(*) filter (kinds > 1) from (
              select count(distinct {article}) as kinds from line_read join lines l using (rij)
              where nr is not null and {article} <> '' group by orde having count(*) > 1)""")[0]
        articles, differ = export.rows(f"""
            select count(*), count(*) filter (amounts > 1) from (
              select count(distinct bedrag) as amounts from line_read join lines l using (rij)
              where {article} <> '' group by {article} having count(distinct orde) > 1)""")[0]
        if several >= _MANY and others >= _HALF * several and articles and differ >= _MOSTLY * articles:
            return True
    return False


def _say(export: Export, place: int | None, *, is_total: bool) -> None:
    lines, orders, refunds = export.rows("""
        select coalesce(sum(regels), 0), count(*) filter (bedrag >= 0), count(*) filter (bedrag < 0)
        from order_read""")[0]
    if place is None:
        export.unit = ONE_ROW
        _say_orders(export, orders, refunds, _without_number(export) + said_of_days(export))
        return
    name = repr(export.headers[place].strip())
    wide = export.count(
        """select count(*) from (select nr from line_read where nr is not null
           group by nr having count(distinct orde) > 1)"""
    )
    export.unit = LINES[is_total] if lines > orders + refunds else ONE_ROW
    if lines > orders + refunds:
        how = (
            "het bedrag staat op elke regel en telt één keer"
            if is_total
            else "de bedragen van de regels zijn opgeteld"
        )
        counted = f"{format_number(lines, 0)} regels, {_counted(orders, refunds)}"
        export.say("rij", f"een rij is een regel van een order (kolom {name}): {counted}; {how}")
    else:
        once = "" if wide or export.shops else f"; kolom {name} heeft geen nummer twee keer"
        _say_orders(export, orders, refunds, once + (said_of_days(export) if once else ""))
    if wide:
        many = format_count(wide, "nummer", "nummers")
        stand = f"{'staat' if wide == 1 else 'staan'} bij meer dan één klant of dag"
        export.say("rij", f"{many} in kolom {name} {stand}: elke klant en dag is een order")


def _say_orders(export: Export, orders: int, refunds: int, more: str) -> None:
    export.say("rij", f"een rij is een order: {_counted(orders, refunds)}{more}")


def _counted(orders: int, refunds: int) -> str:
    shown = f"{format_number(orders, 0)} {'order' if orders == 1 else 'orders'}"
    if not refunds:
        return shown
    return f"{shown}, {format_number(refunds, 0)} {'retour' if refunds == 1 else 'retouren'}"
