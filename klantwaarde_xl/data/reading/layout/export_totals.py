"""Rows of an export that are no orders: totals, with or without a day, and lines of text."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from klantwaarde_xl.data.reading.doubts import TOTAL_NAMES, TOTALS
from klantwaarde_xl.data.reading.export import Export, cell_of
from klantwaarde_xl.data.reading.naming.words import TOTAL
from klantwaarde_xl.data.reading.sources.engine import sql_texts
from klantwaarde_xl.data.reading.sources.typed import TEXT, type_of
from klantwaarde_xl.dutch import LETTER, MONTH_NUMBER, bare_date, date_readings, format_rows

# At the end of a cell, behind what stands in the rows above: `Jansen Totaal` below `Jansen`
_BEHIND = r"(.+?)[\s:,-]+(?:sub[\s-]?)?(?:totaal|total|totale|gesamt|summe|ergebnis)\s*:?"
_LAST = {"aal", "tal", "ale", "amt", "mme", "nis"}  # letters of these, which are sooner looked at
A_TOTAL = "een totaal of subtotaal, geen order"
_MONTHS = "|".join(MONTH_NUMBER)
_MARKS = r"[*•†#(\[>–-]*\s*"  # of a remark
_CENT = 0.005


def totals_behind(texts: Collection[str]) -> list[str]:
    """The texts that are another one of a column, in any case, with the word total behind it."""
    ends = _ending(texts)
    others = {text.casefold() for text in texts} if ends else set()
    return [text for text, whose in ends if whose in others]


def _ending(texts: Iterable[str]) -> list[tuple[str, str]]:
    """The texts that end with the word total, and what stands before it."""
    said = [(text, text.casefold()) for text in texts if text.rstrip(" :")[-3:].casefold() in _LAST]
    return [(text, found[1]) for text, low in said if (found := re.fullmatch(_BEHIND, low))]


def rows_of_totals_behind(export: Export, place: int) -> list[str]:
    """As `totals_behind`, of all that stands in a column."""
    cell = cell_of(place)
    rows = f"from lines where rij > {export.header_row}"
    ends = export.rows(f"""select distinct {cell}, regexp_extract(lower({cell}), '^{_BEHIND}$', 1) {rows}
        and regexp_full_match(lower({cell}), '{_BEHIND}')""")
    others = export.rows(
        f"select distinct lower({cell}) {rows} and list_contains($whose, lower({cell}))",
        {"whose": [whose for _, whose in ends]},
    )
    return [text for text, whose in ends if (whose,) in others]


def undated(export: Export) -> int:
    """Make table undated (rij) of the rows in which no date can be; how many there are.

    Also odd (rij), the rows whose day begins with no figure, which are few and all that others look through.
    """
    text, shown = export.text("datum"), export.shown("datum")
    begins = f"{text} >= '0' and {text} < ':'" if _is_text(export) else f"{text} is not null"
    odd = f"select rij from raw where ({begins}) is not true"
    export.odd = export.count(f"create or replace temp table odd as {odd}")
    if not export.odd:
        export.con.execute("create or replace temp table undated as from odd")
        return 0
    word = f"{shown} >= 'A' and regexp_matches(lower({shown}), '^{TOTAL}')"
    gap = f"(not regexp_matches({shown}, '[0-9]') or ({word}))" if _is_text(export) else "true"
    return export.count(
        f"create or replace temp table undated as select rij from raw where rij in (from odd) and {gap}"
    )


def _is_text(export: Export) -> bool:
    """Whether days stand as text, and may be anything."""
    return type_of(export.con, export.text("datum")) == TEXT


def leave_out_undated(export: Export) -> bool:
    """Leave out rows of a total: a cell begins with that word, or ends with it, and there is no date.

    Tells whether such rows name the customers whose rows stand above them.
    """
    cells = ", ".join(f"c{at}" for at in range(len(export.headers)))
    customer = export.text("klant")
    found = f"""select rij from lines join raw using (rij) where rij in (from undated)
        and regexp_matches(lower(concat_ws(chr(31), {cells})), '(?:^|\x1f)\\s*{TOTAL}')"""
    found += "".join(f" union {rows}" for rows in _undated_behind(export, cells))
    found = _with_what_follows(export, found)
    by_customer = export.count(f"""
        select count(*) from raw where rij in ({found})
        and trim(regexp_replace(lower({customer}), '^{TOTAL}[\\s:]*', '')) in
          (select lower({customer}) from raw where {customer} <> '' and rij not in ({found}))""")
    export.leave_out(found, A_TOTAL)
    return by_customer > 0


def _undated_behind(export: Export, cells: str) -> list[str]:
    """Queries for the rows without a date of which a column says total behind what others have there."""
    said = f"lower(concat_ws(chr(31), {cells}))"
    ends = f"""select {cells} from lines join raw using (rij) where rij in (from undated)
        and regexp_matches({said}, '(?:^|\x1f){_BEHIND}(?:\x1f|$)')"""
    seen = export.rows(ends)
    places = [
        at for at, texts in enumerate(zip(*seen, strict=True)) if _ending(map(str, filter(None, texts)))
    ]
    found = [(cell_of(at), rows_of_totals_behind(export, at)) for at in places]
    return [
        f"select rij from lines where rij in (from undated) and {cell} in ({sql_texts(texts)})"
        for cell, texts in found
        if texts
    ]


def _with_what_follows(export: Export, found: str) -> str:
    """Totals, and what stands without a day below the first of them under all orders: VAT, what is due.

    found: SQL that gives the `rij` of totals; that of all of these.
    """
    last = export.rows("select max(rij) from raw where rij not in (from undated)")[0][0]
    first = export.rows(f"select min(rij) from ({found}) where rij > {last}")[0][0] if last else None
    if first is None:
        return found
    number = f"and {export.shown('order')} = ''" if export.has("order") else ""
    return f"{found} union select rij from raw where rij > {first} and rij in (from undated) {number}"


def leave_out_carried(export: Export) -> None:
    """Leave out rows without a day that are the sum of all rows above, or of those since the last such row.

    Books carry a sum over to the next page, under whatever word; other programs write the sum of a group
    above it. Values have been read.
    """
    values, none = export.values("bedrag"), "rij in (from undated)"
    if not export.odd or not export.rows(f"select 1 from raw join {values} using (rij) where {none} limit 1"):
        return
    export.leave_out(
        f"""with priced as (
              select rij, v, {none} as is_none from raw join {values} using (rij)
            ), summed as (
              select *, sum(if(is_none, 0, v)) over (order by rij) as above,
                sum(if(is_none, 0, 1)) over (order by rij) as n from priced
            ), marks as (
              select *, coalesce(lag(above) over (order by rij), 0) as before,
                n - coalesce(lag(n) over (order by rij), 0) as since from summed where is_none
            )
            select rij from marks where (n > 1 and v = above) or (v = above - before and (since > 1
              or (since = 1 and (select count(*) from marks where since > 1 and v = above - before) > 0)))""",
        A_TOTAL,
    )
    _leave_out_groups(export, values)


def _leave_out_groups(export: Export, values: str) -> None:
    """Leave out rows without a day, each of which is the sum of the rows from there to the next one."""
    export.con.execute(f"""
        create or replace temp table heads as
        with priced as (
          select rij, v, rij in (from undated) as is_none from raw join {values} using (rij)
        ), parted as (
          select *, sum(if(is_none, 1, 0)) over (order by rij) as part from priced
        )
        select any_value(rij) filter (is_none) as rij, sum(v) filter (is_none) as v,
          coalesce(sum(v) filter (not is_none), 0) as below, count(*) filter (not is_none) as n
        from parted where part > 0 group by part""")
    rows, wrong, most = export.rows("select count(*), count(*) filter (v <> below), max(n) from heads")[0]
    if rows and not wrong and most > 1:
        export.leave_out("select rij from heads", A_TOTAL)
    export.con.execute("drop table heads")


def leave_out_remarks(export: Export) -> None:
    """Leave out rows that hold a line of text in the column of dates and nothing else."""
    if not export.odd:
        return
    _leave_out_rules(export)
    blank = " and ".join(f"{export.shown(name)} = ''" for name in ("klant", "bedrag") if export.has(name))
    day = export.shown("datum")
    text = f"regexp_matches({day}, '^{_MARKS}{LETTER}+[ :.]|(?i)^({_MONTHS})$')"
    remark = f"rij in (from odd) and {blank} and {text}"
    if not _is_text(export) or not export.rows(f"select 1 from raw where {remark} limit 1"):
        return
    cells = ", ".join(f"nullif(trim(cast(c{at} as varchar)), '')" for at in range(len(export.headers)))
    alone = f"not contains(concat_ws(chr(31), {cells}), chr(31))"
    found = export.rows(f"select rij, {day} from raw join lines using (rij) where {remark} and {alone}")
    rows = [row for row, text in found if date_readings(bare_date(text)) is None]
    if rows:
        export.leave_out(f"select unnest({rows})", "alleen een regel tekst, geen order")


def _leave_out_rules(export: Export) -> None:
    """Leave out lines that are drawn below a header or above a total: `------;------`."""
    day = export.shown("datum")
    drawn = f"starts_with({day}, '--') or starts_with({day}, '==')"
    if not _is_text(export) or not export.rows(
        f"select 1 from odd join raw using (rij) where {drawn} limit 1"
    ):
        return
    cells = ", ".join(f"c{at}" for at in range(len(export.headers)))
    export.leave_out(
        f"""select rij from odd join lines using (rij)
            where regexp_full_match(concat_ws(' ', {cells}), '[ :+|]*(?:(?:-{{2,}}|={{2,}})[ :+|]*)+')""",
        "alleen een lijn, geen order",
    )


def dated_totals(export: Export) -> list[int]:
    """Leave out totals that have a day; the rows of customers who are just called that.

    A total is the sum of the rows above it. What is no sum and has the number of an order, or a surname
    (`Som`), is somebody; anything else stays to be refused.
    """
    customer = export.text("klant")
    if export.has("klant") and not export.may_be_a_customer(TOTAL_NAMES.__contains__):
        return []
    called = TOTALS.format(customer)
    seen = f"customers where {TOTALS.format('k')}" if export.has("klant") else f"raw where {called}"
    if not export.rows(f"select 1 from {seen} limit 1"):
        return []
    export.con.execute(f"""
        create or replace temp table called as
        with amounts as (
          select rij, {called} as is_total, coalesce(v, 0) as v, lower({customer}) as name
          from raw left join {export.values("bedrag")} using (rij)
        ), sums as (
          select *, sum(if(is_total, 0, v)) over (order by rij) as above, count(*) over (order by rij) as spot
          from amounts
        )
        select rij, name, v, above, spot > if(name = 'som', 2, 1) as is_last,
          above - coalesce(lag(above) over (order by rij), 0) as since from sums where is_total""")
    number = f"{export.shown('order')} <> ''" if export.has("order") else "false"
    export.leave_out(
        f"""select rij from called join raw using (rij) where is_last and not {number}
            and (abs(v - above) < {_CENT} or abs(v - since) < {_CENT})""",
        A_TOTAL,
    )
    rows = export.rows(
        f"select rij, {customer} from raw join called using (rij) where name = 'som' or {number}"
    )
    export.con.execute("drop table called")
    if rows:
        name = rows[0][1]
        export.say(
            "klant",
            f"bij {format_rows(len(rows))} is de klant {name!r} en het bedrag geen som van rijen "
            "erboven: gelezen als een klant die zo heet",
        )
    return [int(row) for row, _ in rows]
