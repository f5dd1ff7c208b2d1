"""Lists in which only an order's first line has its number, day and customer: the lines below are its own."""

from __future__ import annotations

from klantwaarde_xl.data.reading.export import Export, cell_of
from klantwaarde_xl.data.reading.naming.headers import accepted, plain
from klantwaarde_xl.data.reading.naming.words import OF_AN_ARTICLE, TOTAL
from klantwaarde_xl.data.reading.questions.choices import ABOVE
from klantwaarde_xl.data.reading.sources.engine import make_table
from klantwaarde_xl.data.reading.sources.source import PART
from klantwaarde_xl.data.reading.units.shops import keep_numbers
from klantwaarde_xl.data.tables import Kind
from klantwaarde_xl.dutch import format_rows

_WHOSE = ("klant", "mail")
_OF_ORDERS = (*_WHOSE, "datum", "order", "valuta")
# How a cell begins or ends on a row below an order that is no line of it
_NO_LINE = (
    rf"^{TOTAL}|\b(sub)?(totaal|total)\s*:?$|^gemiddeld|^average\b"
    r"|^([0-9.,]+ ?% ?)?(btw|vat|mwst|ust|tva|tax)\b"
    r"|^((reeds|al|nog) )?(te )?(betalen|betaald|voldoen|voldaan|openstaand)\b"
    r"|^(betaling|paid|payment|aanbetaling|(amount|balance) due)\b"
)


def fill_numbers(export: Export) -> None:
    """Give lines without a number, a day or a customer of their own the number of the order above; say so.

    They say what was sold, as the order's first line does; a total, VAT or a payment below an order does
    not. Where other orders repeat their number on each line, that is for the user to say.
    """
    if not (export.has("order") and export.has("datum")) or not _find(export):
        return
    every = export.reading.blanks == ABOVE
    if every or _is_evident(export):
        _fill(export, "true" if every else "is_sold")
    export.con.execute("drop table below_first")


def of_order_above(export: Export, rows: list[int]) -> str:
    """What to type where rows without a day can be lines of the order above; nothing where they cannot.

    rows: these, by their `rij`; the advice is Dutch.
    """
    if not (export.has("order") and export.has("klant")) or export.reading.blanks:
        return ""
    found = _find(export) and not export.count(
        "select count(*) from (select unnest($rows) as rij) where rij not in (select rij from below_first)",
        {"rows": rows},
    )
    export.con.execute("drop table if exists below_first")
    if not found:
        return ""
    number, day = export.header("order"), export.header("datum")
    return f"Zijn rijen zonder {number} en {day} regels van de order erboven: --lege-klant {ABOVE}."


def _find(export: Export) -> bool:
    """Make table below_first (rij, nr, is_own, is_sold) of lines that can be of the order above, if any is.

    is_own: the line has no customer, and not just the same; is_sold: it says what was sold.
    """
    number, day = export.shown("order"), export.shown("datum")
    if not export.rows(f"select 1 from raw where {day} = '' and {number} = '' limit 1"):
        return False
    places = {name: export.places[name] for name in _OF_ORDERS if export.has(name)}
    nr, day = cell_of(places["order"]), cell_of(places["datum"])
    words = {word for name in _WHOSE for word in accepted(export.column(name))}
    whose = {places[name] for name in _WHOSE if name in places}
    whose |= {at for at, header in enumerate(export.headers) if plain(header) in words}
    cells = [cell_of(at) for at in range(len(export.headers))]
    figures = {
        export.places[one.name]
        for one in export.table.read
        if one.kind in (Kind.AMOUNT, Kind.NUMBER) and export.has(one.name)
    }
    free = [at for at in range(len(cells)) if at not in {*figures, *places.values(), *whose}]
    says_else = " or ".join(f"regexp_matches(lower({cell}), '{_NO_LINE}')" for cell in cells)
    export.con.execute(f"""
        create or replace temp table seen_lines as
        select lines.*, raw.rij is not null as counts, {nr} as nr, {day} as day,
          ({says_else}) as is_else, {nr} = '' and {day} = '' and not ({says_else}) as goes_on,
          row_number() over (order by lines.rij) as spot
        from lines left join raw using (rij)
        where lines.rij > {export.header_row} and concat_ws('', {", ".join(cells)}) <> ''""")
    sold = " or ".join(_sold(export, free)) or "false"
    own = " and ".join(f"{cell_of(at)} = ''" for at in whose) or "true"
    same = " and ".join(f"({cells[at]} = '' or {cells[at]} = {_above(cells[at])})" for at in whose) or "true"
    export.con.execute(f"""
        create or replace temp table below_first as
        select rij, head as nr, is_own, is_sold from (
          select rij, counts, goes_on, {_above("nr")} as head, {own} as is_own, ({sold}) as is_sold,
            {same} as is_same, {_above("if(counts, day, '')")} as first_day,
            (rij - spot) - {_above("rij - spot")} as gaps
          from seen_lines)
        where counts and goes_on and head <> '' and first_day <> '' and gaps = 0 and is_same""")
    return export.count("select count(*) from below_first") > 0


def _above(value: str) -> str:
    """The SQL of what the last line says above this one that does not go on with an order."""
    return f"""last_value(if(goes_on, null, {value}) ignore nulls)
        over (partition by rij // {PART} order by rij)"""


def _sold(export: Export, free: list[int]) -> list[str]:
    """The SQL of what says that something was sold: a text or an article that each first line has too."""
    filled = ", ".join(f"bool_and({cell_of(at)} <> '')" for at in free)
    if not filled:
        return []
    always = export.rows(f"select {filled} from seen_lines where counts and nr <> '' and day <> ''")[0]
    return [
        f"{cell_of(at)} <> ''"
        if plain(export.headers[at]) in OF_AN_ARTICLE
        else f"regexp_matches({cell_of(at)}, '\\p{{L}}')"
        for at, has in zip(free, always, strict=True)
        if has
    ]


def _is_evident(export: Export) -> bool:
    """Whether a number never stands on a second line, and a day nowhere without it where that would tell."""
    repeated, bare, same = export.rows("""
        select count(*) filter (nr <> '' and (day = '' or nr = before)),
          count(*) filter (nr = '' and day <> ''),
          (select count(*) from below_first where not is_own)
        from (select *, lag(nr) over (order by rij) as before from seen_lines
          where counts and not is_else)""")[0]
    return not repeated and not (bare and same)


def _fill(export: Export, which: str) -> None:
    export.take_text("order")
    text = export.text("order")
    rows = export.count(f"select count(*) from below_first where {which}")
    if not rows:
        return
    make_table(
        export.con,
        "raw",
        f"""select raw.* replace (coalesce(found.nr, {text}) as {text})
            from raw left join (select rij, nr from below_first where {which}) found using (rij)""",
    )
    keep_numbers(export)
    number, day = export.header("order"), export.header("datum")
    verb = "is een regel" if rows == 1 else "zijn regels"
    export.say("rij", f"{format_rows(rows)} zonder eigen {number} en {day} {verb} van de order erboven")
