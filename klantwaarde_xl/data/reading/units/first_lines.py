"""Lists in which only an order's first line has its number, day and customer: the lines below are its own."""

from __future__ import annotations

from klantwaarde_xl.data.reading.export import Export, cell_of
from klantwaarde_xl.data.reading.naming.headers import accepted, plain
from klantwaarde_xl.data.reading.naming.words import OF_AN_ARTICLE, TOTAL
from klantwaarde_xl.data.reading.questions.choices import ABOVE
from klantwaarde_xl.data.reading.sources.engine import drop, make_table
from klantwaarde_xl.data.reading.sources.source import PART
from klantwaarde_xl.data.reading.units.shops import keep_numbers
from klantwaarde_xl.data.tables import Kind
from klantwaarde_xl.dutch import format_rows

_WHOSE = ("klant", "mail")
_OF_ORDERS = (*_WHOSE, "datum", "order", "valuta")
_TABLES = ("seen_lines", "below_first")
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
    not. Where other orders repeat their number on each line, or there is no number at all, that is for the
    user to say.
    """
    every = export.reading.blanks == ABOVE
    if not (every or export.has("order")) or not _find(export):
        return
    if not export.has("order"):
        _fill_days(export)
    elif every or _is_evident(export):
        _fill(export, "true" if every else "is_sold")
    drop(export.con, *_TABLES)


def of_order_above(export: Export, rows: list[int]) -> str:
    """What to type where rows without a day can be lines of the order above; nothing where they cannot.

    rows: these, by their `rij`; the advice is Dutch.
    """
    if not export.has("klant") or export.reading.blanks:
        return ""
    found = _find(export) and not export.count(
        "select count(*) from (select unnest($rows) as rij) where rij not in (select rij from below_first)",
        {"rows": rows},
    )
    drop(export.con, *_TABLES)
    if not found:
        return ""
    return f"Zijn rijen zonder {_blank(export)} regels van de order erboven: --lege-klant {ABOVE}."


def _blank(export: Export) -> str:
    """What these lines do not have, in words."""
    first, second = ("order", "datum") if export.has("order") else ("datum", "klant")
    return f"{export.header(first)} en {export.header(second)}"


def _find(export: Export) -> bool:
    """Make table below_first (rij, above, nr, is_own, is_sold) of lines that can be of the order above.

    above: the first line of that order; is_own: the line has no customer, and not just the same; is_sold: it
    says what was sold. Tells whether there is any.
    """
    if not export.has("datum"):
        return False
    telling = "order" if export.has("order") else "klant"
    if telling not in export.places or not export.rows(
        f"select 1 from raw where {export.shown('datum')} = '' and {export.shown(telling)} = '' limit 1"
    ):
        return False
    places = {name: export.places[name] for name in _OF_ORDERS if export.has(name)}
    nr, day = cell_of(places[telling]), cell_of(places["datum"])
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
    sold = " or ".join(_sold(export, free, figures)) or "false"
    own = " and ".join(f"{cell_of(at)} = ''" for at in whose) or "true"
    same = " and ".join(f"({cells[at]} = '' or {cells[at]} = {_above(cells[at])})" for at in whose) or "true"
    export.con.execute(f"""
        create or replace temp table below_first as
        select rij, above, head as nr, is_own, is_sold from (
          select rij, counts, goes_on, {_above("nr")} as head, {_above("rij")} as above,
            {own} as is_own, ({sold}) as is_sold,
            {same} as is_same, {_above("if(counts, day, '')")} as first_day,
            (rij - spot) - {_above("rij - spot")} as gaps
          from seen_lines)
        where counts and goes_on and head <> '' and first_day <> '' and gaps = 0 and is_same""")
    found = export.count("select count(*) from below_first") > 0
    if not found:
        drop(export.con, *_TABLES)
    return found


def _above(value: str) -> str:
    """The SQL of what the last line says above this one that does not go on with an order."""
    return f"""last_value(if(goes_on, null, {value}) ignore nulls)
        over (partition by rij // {PART} order by rij)"""


def _sold(export: Export, free: list[int], figures: set[int]) -> list[str]:
    """The SQL of what says that something was sold: a text or an article that each first line has too.

    Where no first line has any figure, all of its articles stand below it.
    """
    if not free:
        return []
    filled = ", ".join(f"{which}({cell_of(at)} <> '')" for which in ("bool_and", "bool_or") for at in free)
    none = " and ".join(f"{cell_of(at)} = ''" for at in figures) or "false"
    *found, is_bare = export.rows(
        f"select {filled}, bool_and({none}) from seen_lines where counts and nr <> '' and day <> ''"
    )[0]
    said = []
    for at, always, ever in zip(free, found, found[len(free) :], strict=False):
        is_article = plain(export.headers[at]) in OF_AN_ARTICLE
        if always or (is_bare and is_article and not ever):
            cell = cell_of(at)
            said.append(f"{cell} <> ''" if is_article else f"regexp_matches({cell}, '\\p{{L}}')")
    return said


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
    verb = "is een regel" if rows == 1 else "zijn regels"
    export.say("rij", f"{format_rows(rows)} zonder eigen {_blank(export)} {verb} van de order erboven")


def _fill_days(export: Export) -> None:
    """Give lines of a list without numbers the day and customer of the line above that has them."""
    rows = export.count("select count(*) from below_first where is_own")
    texts = [export.text(name) for name in ("datum", "klant")]
    filled = ", ".join(f"if(found.rij is null, raw.{text}, first.{text}) as {text}" for text in texts)
    make_table(
        export.con,
        "raw",
        f"""select raw.* replace ({filled}) from raw
            left join (select rij, above from below_first where is_own) found using (rij)
            left join raw first on first.rij = found.above""",
    )
    if rows:
        have = "heeft" if rows == 1 else "hebben"
        export.say("datum", f"{format_rows(rows)} zonder {_blank(export)} {have} die van de rij erboven")
