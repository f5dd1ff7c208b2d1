"""Rows that hold the sum of other rows: an order beside its lines, a subtotal with a day or a customer.

They are known by arithmetic, beside something in the row that says it: a kind, the word total, an empty
cell where the rows that are added up have one. What says so and is no sum is asked.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from klantwaarde_xl.data.reading.export import Export
from klantwaarde_xl.data.reading.export_totals import A_TOTAL, TOTAL
from klantwaarde_xl.data.reading.headers import plain
from klantwaarde_xl.data.reading.orders import LINES
from klantwaarde_xl.data.reading.sums_seen import MORE, WHOLE_TOTAL, Seen, look
from klantwaarde_xl.dutch import format_number
from klantwaarde_xl.errors import Ambiguous

OF_ROWS = f"een totaal van rijen die er ook staan (telt het toch: --regels {LINES[0]})"
OF_AN_ORDER = f"het totaal van een order waarvan de regels er ook staan (telt het toch: --regels {LINES[0]})"
_SAYS = re.compile(TOTAL, re.IGNORECASE)
_ENOUGH = 3  # rows that one row adds up exactly, before it is no chance


@dataclass(frozen=True)
class _Found:
    """Marked rows: how many are the sum of others, how many are not, and the most rows that one adds up."""

    sums: int
    others: int
    most: int


def leave_out_sums(export: Export) -> None:
    """Leave out the rows that add up others; raises `Ambiguous` where a row says so and is no sum.

    Where the user says that each row counts, only those that say total and are one do not.
    """
    seen = look(export)
    earlier = export.earlier.reading.lines if export.earlier else None
    every = LINES[0] in (export.reading.lines, earlier)
    if seen.words:
        _by_word(export, seen, every=every)
    if not every:
        _not_told(export, seen)
    export.con.execute("drop table if exists sums")


def _not_told(export: Export, seen: Seen) -> None:
    """Leave out, or ask about, the rows that add up others and do not say total in so many words."""
    by_user = {plain(header) for header, _ in (*export.reading.only, *export.reading.without)}
    free = [at for at, header in enumerate(export.headers) if plain(header) not in by_user]
    for place in free:
        if place in seen.kinds:
            _by_kind(export, place, seen.kinds[place])
        if place in seen.sets and export.has("order"):
            _by_set(export, place, seen.sets[place])
    for place in free:
        if place in seen.words and place != export.places["klant"]:
            _ask_word(export, place)
        if place in seen.blanks:
            _by_blank(export, place)
    if seen.ends:
        _last_of_all(export)


def _cell(place: int) -> str:
    return f"trim(coalesce(cast(c{place} as varchar), ''))"


def _by_kind(export: Export, place: int, words: list[str]) -> None:
    """Rows of a whole order, or of its payment, as a column of kinds says."""
    cell = _cell(place)
    these = ", ".join("'" + word.replace("'", "''") + "'" for word in words)
    # Without a number of the order all rows are of one, which is no answer, and asks
    number = export.shown("order") if export.has("order") else "''"
    found = _in_orders(export, f"{cell} in ({these})", number)
    if not found.sums and not found.others:
        return
    if not found.others:
        export.leave_out("select rij from sums where fits", OF_AN_ORDER)
        return
    header = export.headers[place].strip()
    texts = [text for (text,) in export.rows(
        f"select distinct {cell} from raw join lines using (rij) where {cell} <> '' order by 1")]  # fmt: skip
    rest = [text for text in texts if text not in words]
    order, whole, lines = export.rows("select nr, v, rest from sums where not fits order by rij limit 1")[0]
    raise Ambiguous(
        f"Kolom {header!r} zegt dat orders ({', '.join(words)}) en hun regels ({', '.join(rest)}) elk een "
        "eigen rij hebben; samen tellen ze dubbel, en ze zijn niet gelijk.",
        where=f"order {order}: {_euro(whole)} tegen {_euro(lines)}" if export.has("order") else "",
        remedy=f'Zeg wat telt: --alleen "{header}={",".join(words)}" (het bedrag van de order) of '
        f'--alleen "{header}={",".join(rest)}" (de regels). Is elke rij omzet: --regels {LINES[0]}.',
    )


def _by_set(export: Export, place: int, words: list[str]) -> None:
    """Rows of a set of articles, where every one is the sum of its parts."""
    these = ", ".join("'" + word.replace("'", "''") + "'" for word in words)
    found = _in_orders(export, f"{_cell(place)} in ({these})", _run(export))
    if not found.others and max(found.sums, found.most) > 1:
        export.leave_out("select rij from sums where fits", OF_ROWS)


def _by_word(export: Export, seen: Seen, *, every: bool) -> None:
    """Leave out rows that say total, beside the rows that they add up.

    An article or a customer can have a name that begins so (`Total body lotion`): where a cell says more than
    total, all of those rows have to be sums, which is no chance, or is asked unless every row counts.
    """
    begins = {place: f"regexp_matches(lower({_cell(place)}), '^{TOTAL}')" for place in seen.words}
    alone = {place: f"regexp_full_match(lower({_cell(place)}), '{WHOLE_TOTAL}')" for place in seen.words}
    if (customer := export.places["klant"]) in begins:  # who is just called so is for `dated_totals`
        begins[customer] += f" and not {alone.pop(customer)}"
    whole = f"({' or '.join(alone.values()) or 'false'})"
    more = f"({' or '.join(begins.values())}) and not {whole}"
    _total_rows(export, f"({whole} or ({more}))")
    rows, fits, most, row = export.rows(f"""
        select count(*), count(t.rij), max(n), min(rij)
        from raw join lines using (rij) join {export.values("bedrag")} using (rij)
        left join total_rows t using (rij) where {more} and v <> 0""")[0]
    if rows and rows > fits:
        _total_rows(export, whole)
    elif rows and not (most >= _ENOUGH or (rows > 1 and most > 1) or _lacks(export, "total_rows")):
        if not every and most > 1:
            raise _maybe_total(export, seen, row)
        _total_rows(export, whole)
    export.leave_out("select rij from total_rows", A_TOTAL)
    export.con.execute("drop table total_rows")


def _total_rows(export: Export, marked: str) -> None:
    """Make table total_rows (rij, n) of marked rows that are the sum of n others."""
    export.con.execute("create or replace temp table total_rows (rij bigint, n bigint)")
    if export.has("order"):
        _in_orders(export, marked, _run(export))
        export.con.execute("insert into total_rows select rij, n from sums where fits")
    _in_a_run(export, marked)
    export.con.execute("""insert into total_rows select rij, n from sums
        where fits and rij not in (select rij from total_rows)""")


def _maybe_total(export: Export, seen: Seen, row: int) -> Ambiguous:
    cells = export.rows(f"select {', '.join(map(_cell, seen.words))} from lines where rij = {row}")[0]
    place, said = next((at, text) for at, text in zip(seen.words, cells, strict=True) if _SAYS.match(text))
    header = export.headers[place].strip()
    return Ambiguous(
        f"Een rij met {said!r} in kolom {header!r} heeft als bedrag precies de som van andere rijen. Is zij "
        "een totaal, of een verkoop?",
        where=f"rij {row}",
        remedy=f'Een totaal: --zonder "{header}={said}". Een verkoop: --regels {LINES[0]}.',
    )


def _ask_word(export: Export, place: int) -> None:
    """Raise for a cell that is nothing but the word total, in a row that is no sum."""
    cell = _cell(place)
    found = export.rows(f"""
        select {cell}, min(rij), count(*), any_value(v) from raw join lines using (rij)
        join {export.values("bedrag")} using (rij)
        where regexp_full_match(lower({cell}), '{WHOLE_TOTAL}') and v <> 0 group by 1 order by 2""")
    rows = export.count("select count(*) from raw")
    if not found or 2 * sum(count for _, _, count, _ in found) >= rows:
        return
    word, row, _, amount = found[0]
    header = export.headers[place].strip()
    without = " ".join(f'--zonder "{header}={one}"' for one, *_ in found)
    raise Ambiguous(
        f"Een rij zegt {word!r} in kolom {header!r}, en haar bedrag ({_euro(amount)}) is niet de som van de "
        "rijen erboven of van haar order.",
        where=f"rij {row}",
        remedy=f"Laat totalen weg: {without}. Is het omzet als elke andere rij: --regels {LINES[0]}.",
    )


def _by_blank(export: Export, place: int) -> None:
    """Rows that are empty in a column, each of which is the sum of its order or of the rows above it."""
    marked = f"{_cell(place)} = ''"
    if export.has("order") and place != export.places["order"]:
        found = _in_orders(export, marked, _run(export))
        if found.sums and not found.others and found.most > 1:
            _leave_or_ask(export, place, found, OF_AN_ORDER, certain=found.sums > 1)
            return
        if found.others:
            _ask_more(export, place)
    found = _in_a_run(export, marked, whose=True)
    if found.sums and not found.others and found.most > 1:
        certain = found.sums > 1 or found.most >= _ENOUGH or _lacks(export, "(from sums where fits)") > 1
        _leave_or_ask(export, place, found, OF_ROWS, certain=certain)


def _ask_more(export: Export, place: int) -> None:
    """Raise where every row that is empty in a column is its order's lines and somewhat more."""
    rows, whole, several = export.rows(
        f"select count(*), count(*) filter (v between rest and rest * {MORE}), max(n) from sums"
    )[0]
    twice = export.count("select count(*) - count(distinct nr) from sums")
    if rows < 2 or whole < rows or several < 2 or twice:
        return
    order, amount, rest = export.rows("select nr, v, rest from sums where not fits order by rij limit 1")[0]
    header = export.headers[place].strip()
    raise Ambiguous(
        f"Bij {format_number(rows, 0)} orders heeft één rij geen {header!r} en een bedrag van iets meer dan "
        "de andere rijen van die order samen. Is dat de hele order, met verzendkosten?",
        where=f"order {order}: {_euro(amount)} tegen {_euro(rest)}",
        remedy=f'De hele order: --alleen "{header}=" (alleen die rijen) of --zonder "{header}=" (alleen de '
        f"regels). Is het een rij als elke andere: --regels {LINES[0]}.",
    )


def _leave_or_ask(export: Export, place: int, found: _Found, reason: str, *, certain: bool) -> None:
    if certain:
        export.leave_out("select rij from sums where fits", reason)
        return
    row, amount = export.rows("select rij, v from sums where fits order by rij limit 1")[0]
    header = export.headers[place].strip()
    raise Ambiguous(
        f"Een rij zonder {header!r} heeft als bedrag ({_euro(amount)}) precies de som van "
        f"{format_number(found.most, 0)} andere rijen. Is zij hun totaal, of een verkoop?",
        where=f"rij {row}",
        remedy=f'Een totaal: --zonder "{header}=". Een verkoop: --regels {LINES[0]}.',
    )


def _lacks(export: Export, sums: str) -> int:
    """How many columns have nothing in each row of a query, and something in every other row."""
    alone = ", ".join(f"bool_and(({_cell(at)} = '') = (rij in (select rij from {sums})))"
                      for at in range(len(export.headers)))  # fmt: skip
    told = export.rows(f"select {alone} from raw join lines using (rij)")[0]
    return sum(one is True for one in told)


def _last_of_all(export: Export) -> None:
    """The last row, where it has no customer or number and is the sum of all others."""
    names = [export.shown(name) for name in ("klant", "order") if export.has(name)]
    blank = " or ".join(f"arg_max({text}, rij) = ''" for text in names)
    rows, last, is_blank, amount, total = export.rows(f"""
        select count(*), max(rij), {blank}, arg_max(v, rij), sum(v)
        from raw join {export.values("bedrag")} using (rij)""")[0]
    if rows > _ENOUGH and is_blank and amount and total == 2 * amount:
        export.leave_out(f"select {last}", OF_ROWS)


def _run(export: Export) -> str:
    """The SQL of what joins lines of one order that stand together."""
    return "(select orde from order_run where order_run.rij = raw.rij)"


def _in_orders(export: Export, marked: str, group: str) -> _Found:
    """Make table sums (rij, v, rest, nr, fits) of marked rows that stand with other rows of their order."""
    number = export.shown("order") if export.has("order") else "'?'"
    export.con.execute(f"""
        create or replace temp table sums as
        with told as (
          select raw.rij, v, {number} as nr, {group} as orde, {marked} as marked
          from raw join lines using (rij) join {export.values("bedrag")} using (rij) where {number} <> ''
        )
        select rij, v, nr, rest, n, v = rest as fits from (
          select *, sum(v) filter (not marked) over (partition by orde) as rest,
            count(*) filter (not marked and v <> 0) over (partition by orde) as n
          from told) where marked and v <> 0 and n > 0""")
    return _found(export)


def _in_a_run(export: Export, marked: str, *, whose: bool = False) -> _Found:
    """Make table sums (rij, v, rest, nr, fits) of marked rows; one fits that is the sum of rows above it.

    These begin at the top or behind another marked row; whose: the row has no customer and number, or those
    of all rows above it since the last marked one.
    """
    number = export.shown("order") if export.has("order") else "''"
    customer = f"coalesce({export.text('klant')}, '')"
    own = (
        "m.klant in ('', m.of_klant) and m.nr in ('', m.of_nr) and (m.klant || m.nr = '' or s.n = m.before_n)"
    )
    same = own if whose else "true"
    export.con.execute(f"""
        create or replace temp table sums as
        with told as (
          select raw.rij, v, {customer} as klant, {number} as nr, {marked} as marked
          from raw join lines using (rij) join {export.values("bedrag")} using (rij)
        ), summed as (
          select *, sum(if(marked, 0, v)) over (order by rij) as above,
            count(*) filter (not marked) over (order by rij) as n,
            count(*) filter (marked) over (order by rij) - if(marked, 1, 0) as run
          from told
        ), runs as (
          select run, if(min(klant) = max(klant), min(klant), null) as of_klant,
            if(min(nr) = max(nr), min(nr), null) as of_nr from summed where not marked group by run
        ), marks as (
          select s.*, r.of_klant, r.of_nr, coalesce(lag(n) over (order by rij), 0) as before_n
          from summed s left join runs r using (run) where marked and v <> 0
        ), starts as (
          select rij, above, n from marks union all select -1, 0, 0
        ), fitting as (
          select m.rij, max(m.n - s.n) as added from marks m join starts s
            on s.above = m.above - m.v and s.rij < m.rij and s.n < m.n
          where {same} group by m.rij
        )
        select m.rij, m.v, m.above as rest, m.nr, coalesce(f.added, 0) as n, f.rij is not null as fits
        from marks m left join fitting f using (rij)""")
    return _found(export)


def _found(export: Export) -> _Found:
    return _Found(*export.rows("""
        select count(*) filter (fits), count(*) filter (not fits), coalesce(max(n) filter (fits), 0)
        from sums""")[0])  # fmt: skip


def _euro(amount: float) -> str:
    return format_number(float(amount), 2)
