"""Rows that hold the sum of other rows: an order beside its lines, a subtotal with a day or a customer.

They are known by arithmetic, beside something in the row that says it: a kind, the word total, an empty
cell where the rows that are added up have one. What says so and is no sum is asked.
"""

from __future__ import annotations

import re

from klantwaarde_xl.data.reading.doubts import TOTALS
from klantwaarde_xl.data.reading.export import Export, cell_of
from klantwaarde_xl.data.reading.layout.export_totals import A_TOTAL, rows_of_totals_behind
from klantwaarde_xl.data.reading.layout.sums_counted import Found, in_a_run, in_orders, lacks, run_of
from klantwaarde_xl.data.reading.layout.sums_seen import MORE, WHOLE_TOTAL, Seen, look
from klantwaarde_xl.data.reading.naming.headers import plain
from klantwaarde_xl.data.reading.naming.words import OF_AN_ARTICLE, TOTAL
from klantwaarde_xl.data.reading.questions.choices import LINES, rows_option
from klantwaarde_xl.data.reading.sources.engine import sql_texts
from klantwaarde_xl.dutch import format_number
from klantwaarde_xl.errors import Ambiguous

OF_ROWS = f"een totaal van rijen die er ook staan (telt het toch: --regels {LINES[0]})"
OF_AN_ORDER = f"het totaal van een order waarvan de regels er ook staan (telt het toch: --regels {LINES[0]})"
_SAYS = re.compile(TOTAL, re.IGNORECASE)
# So many sums, or rows that one row adds up exactly, are no chance any more
_ENOUGH, _MANY = 3, 5


def leave_out_sums(export: Export) -> None:
    """Leave out the rows that add up others; raises `Ambiguous` where a row says so and is no sum.

    Where the user says that each row counts, only those that say total and are one do not.
    """
    seen = look(export)
    every = export.of_rows == LINES[0]
    if seen.words or seen.behind:
        _by_word(export, seen, every=every)
    if not every:
        _not_told(export, seen)
    export.con.execute("drop table if exists sums")


_PAYMENT = re.compile("betaling|payment|transactie|transaction")
_ROUNDED = (
    "een regel van een order waarvan het totaal er ook staat, op afgeronde centen na gelijk (telt het toch: "
    f"--regels {LINES[0]})"
)
_CENT = 0.01
_PAYMENTS = "de betaling van een order, met een minteken naast haar regels"


def _not_told(export: Export, seen: Seen) -> None:
    """Leave out, or ask about, the rows that add up others and do not say total in so many words."""
    by_user = {plain(header) for header, _ in export.reading.by_user}
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


def _by_kind(export: Export, place: int, words: list[str]) -> None:
    """Rows of a whole order, or of its payment, as a column of kinds says."""
    text = cell_of(place)
    these = sql_texts(words)
    # Without a number of the order all rows are of one, which is no answer, and asks
    number = export.shown("order") if export.has("order") else "''"
    found = in_orders(export, f"{text} in ({these})", number)
    if not found.sums and not found.others:
        return
    _payments_without(export, text, words)
    if not found.others:
        export.leave_out("select rij from sums where fits", OF_AN_ORDER)
        return
    paid = all(_PAYMENT.fullmatch(word.casefold()) for word in words) and export.has("order")
    if paid and not export.count("select count(*) from sums where abs(v + rest) >= 0.011"):
        export.leave_out("select rij from sums", _PAYMENTS)
        return
    if export.has("order") and _differ_by_rounding(export):
        lines = f"{number} in (select nr from sums) and {text} not in ({these})"
        export.leave_out(f"select rij from raw join lines using (rij) where {lines}", _ROUNDED)
        return
    header = export.headers[place].strip()
    texts = [one for (one,) in export.rows(
        f"select distinct {text} from raw join lines using (rij) where {text} <> '' order by 1")]  # fmt: skip
    rest = [one for one in texts if one not in words]
    order, whole, lines = export.rows("select nr, v, rest from sums where not fits order by rij limit 1")[0]
    raise Ambiguous(
        f"Kolom {header!r} zegt dat orders ({', '.join(words)}) en hun regels ({', '.join(rest)}) elk een "
        "eigen rij hebben; samen tellen ze dubbel, en ze zijn niet gelijk.",
        where=f"order {order}: {_euro(whole)} tegen {_euro(lines)}" if export.has("order") else "",
        remedy=f"Zeg wat telt: {rows_option('--alleen', header, *words)} (het bedrag van de order) of "
        f"{rows_option('--alleen', header, *rest)} (de regels). Is elke rij omzet: --regels {LINES[0]}.",
    )


def _payments_without(export: Export, text: str, words: list[str]) -> None:
    """Leave out payments of orders without an amount of their own: what they have beside it is no VAT."""
    if paid := [word for word in words if _PAYMENT.fullmatch(word.casefold())]:
        export.leave_out(
            f"""select rij from raw join lines using (rij) left join {export.values("bedrag")} using (rij)
                where {text} in ({sql_texts(paid)}) and coalesce(v, 0) = 0""",
            "de betaling van een order, zonder eigen bedrag",
        )


def _differ_by_rounding(export: Export) -> bool:
    """Whether each order has one sum, and none lies more than a cent of each line from its lines."""
    return not export.count(f"""
        select count(*) filter (abs(v - rest) > {_CENT} * n) + count(*) - count(distinct nr) from sums""")


def _by_set(export: Export, place: int, words: list[str]) -> None:
    """Rows of a set of articles, where every one is the sum of its parts."""
    these = sql_texts(words)
    found = in_orders(export, f"{cell_of(place)} in ({these})", run_of(export))
    if not found.others and max(found.sums, found.most) > 1:
        export.leave_out("select rij from sums where fits", OF_ROWS)


def _by_word(export: Export, seen: Seen, *, every: bool) -> None:
    """Leave out rows that say total, beside the rows that they add up: `Totaal A`, or `A Totaal` below `A`.

    An article or a customer can have a name that begins so (`Total body lotion`): where a cell says more than
    total, all of those rows have to be sums, which is no chance, or is asked unless every row counts.
    """
    begins = {place: f"regexp_matches(lower({cell_of(place)}), '^{TOTAL}')" for place in seen.words}
    alone = {place: f"regexp_full_match(lower({cell_of(place)}), '{WHOLE_TOTAL}')" for place in seen.words}
    if (customer := export.places["klant"]) in begins:  # who is just called so is for `dated_totals`
        begins[customer] += f" and not {alone[customer]}"
        alone[customer] += f" and not ({TOTALS.format(cell_of(customer))})"
    for place in seen.behind:
        behind = f"{cell_of(place)} in ({sql_texts(rows_of_totals_behind(export, place))})"
        begins[place] = f"({begins[place]} or {behind})" if place in begins else behind
    whole = f"({' or '.join(alone.values()) or 'false'})"
    more = f"({' or '.join(begins.values())}) and not {whole}"
    _total_rows(export, f"({whole} or ({more}))")
    rows, fits, most, row = export.rows(f"""
        select count(*), count(t.rij), max(n), min(rij)
        from raw join lines using (rij) join {export.values("bedrag")} using (rij)
        left join total_rows t using (rij) where {more} and v <> 0""")[0]
    if rows and rows > fits:
        _total_rows(export, whole)
    elif rows and not (most >= _ENOUGH or (rows > 1 and most > 1) or lacks(export, "total_rows")):
        if not every and most > 1:
            raise _maybe_total(export, seen, row)
        _total_rows(export, whole)
    export.leave_out("select rij from total_rows", A_TOTAL)
    export.con.execute("drop table total_rows")


def _total_rows(export: Export, marked: str) -> None:
    """Make table total_rows (rij, n) of marked rows that are the sum of n others."""
    export.con.execute("create or replace temp table total_rows (rij bigint, n bigint)")
    if export.has("order"):
        in_orders(export, marked, run_of(export))
        export.con.execute("insert into total_rows select rij, n from sums where fits")
    in_a_run(export, marked)
    export.con.execute("""insert into total_rows select rij, n from sums
        where fits and rij not in (select rij from total_rows)""")


def _maybe_total(export: Export, seen: Seen, row: int) -> Ambiguous:
    cells = export.rows(f"select {', '.join(map(cell_of, seen.words))} from lines where rij = {row}")[0]
    place, said = next((at, text) for at, text in zip(seen.words, cells, strict=True) if _SAYS.match(text))
    header = export.headers[place].strip()
    return Ambiguous(
        f"Een rij met {said!r} in kolom {header!r} heeft als bedrag precies de som van andere rijen. Is zij "
        "een totaal, of een verkoop?",
        where=export.source.row(row),
        remedy=f"Een totaal: {rows_option('--zonder', header, said)}. Een verkoop: --regels {LINES[0]}.",
    )


def _ask_word(export: Export, place: int) -> None:
    """Raise for a cell that is nothing but the word total, in a row that is no sum."""
    text = cell_of(place)
    found = export.rows(f"""
        select {text}, min(rij), count(*), any_value(v) from raw join lines using (rij)
        join {export.values("bedrag")} using (rij)
        where regexp_full_match(lower({text}), '{WHOLE_TOTAL}') and v <> 0 group by 1 order by 2""")
    rows = export.count("select count(*) from raw")
    if not found or 2 * sum(count for _, _, count, _ in found) >= rows:
        return
    word, row, _, amount = found[0]
    header = export.headers[place].strip()
    without = " ".join(rows_option("--zonder", header, one) for one, *_ in found)
    raise Ambiguous(
        f"Een rij zegt {word!r} in kolom {header!r}, en haar bedrag ({_euro(amount)}) is niet de som van de "
        "rijen erboven of van haar order.",
        where=export.source.row(row),
        remedy=f"Laat totalen weg: {without}. Is het omzet als elke andere rij: --regels {LINES[0]}.",
    )


def _by_blank(export: Export, place: int) -> None:
    """Rows that are empty in a column, each of which is the sum of its order or of the rows above it.

    Exact sums come about by chance too, in small files with round prices: of those it is asked.
    """
    marked = f"{cell_of(place)} = ''"
    if export.has("order") and place != export.places["order"]:
        found = in_orders(export, marked, run_of(export))
        if found.edge and not found.bare:
            if found.sums and not found.others and found.most > 1:
                _leave_or_ask(export, place, found, OF_AN_ORDER, certain=found.sums >= _ENOUGH)
                return
            if found.others:
                _ask_more(export, place)
    found = in_a_run(export, marked, whose=True)
    if not found.sums or found.others or found.most < 2:
        return
    certain = found.sums >= _ENOUGH or (found.sums > 1 and found.ends) or found.most >= _MANY
    certain = certain or lacks(export, "(from sums where fits)") > 1
    telling = {export.places.get(name) for name in ("klant", "order", "aantal")}
    if certain or place in telling or plain(export.headers[place]) in OF_AN_ARTICLE:
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


def _leave_or_ask(export: Export, place: int, found: Found, reason: str, *, certain: bool) -> None:
    if certain:
        export.leave_out("select rij from sums where fits", reason)
        return
    row, amount = export.rows("select rij, v from sums where fits order by rij limit 1")[0]
    header = export.headers[place].strip()
    raise Ambiguous(
        f"Een rij zonder {header!r} heeft als bedrag ({_euro(amount)}) precies de som van "
        f"{format_number(found.most, 0)} andere rijen. Is zij hun totaal, of een verkoop?",
        where=export.source.row(row),
        remedy=f'Een totaal: --zonder "{header}=". Een verkoop: --regels {LINES[0]}.',
    )


def _last_of_all(export: Export) -> None:
    """The last row, where it has no customer or number and is the sum of all others."""
    names = [export.shown(name) for name in ("klant", "order") if export.has(name)]
    blank = " or ".join(f"arg_max({text}, rij) = ''" for text in names)
    rows, last, is_blank, amount, total = export.rows(f"""
        select count(*), max(rij), {blank}, arg_max(v, rij), sum(v)
        from raw join {export.values("bedrag")} using (rij)""")[0]
    # Fewer that add up can be chance
    if rows > _MANY and is_blank and amount and total == 2 * amount:
        export.leave_out(f"select {last}", OF_ROWS)


def _euro(amount: float) -> str:
    return format_number(float(amount), 2)
