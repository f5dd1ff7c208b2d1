"""Customers by themselves above their rows, as in a report for each debtor: these rows are theirs."""

from __future__ import annotations

from klantwaarde_xl.data.reading.cells.month_columns import first_day
from klantwaarde_xl.data.reading.cells.terms import MONTH
from klantwaarde_xl.data.reading.export import Export, cell_of
from klantwaarde_xl.data.reading.naming.words import TOTAL
from klantwaarde_xl.data.reading.questions.choices import ABOVE, NOBODY
from klantwaarde_xl.data.reading.sources.engine import make_table
from klantwaarde_xl.data.reading.sources.source import PART
from klantwaarde_xl.dutch import format_count, format_rows
from klantwaarde_xl.errors import Ambiguous

_SHOWN = 3
_PAGE = r"(pagina|page|blad|seite|afgedrukt|printed)\b.*[0-9]"


def fill_from_heads(export: Export) -> None:
    """Give rows without a customer the one who stands above them on a row without any figure.

    That is done where no row with figures has a customer, and what stands on those heads stands nowhere else;
    the user may say it of others. Raises `Ambiguous` where the heads may be something else.
    """
    customer = export.shown("klant")
    if export.reading.blanks == NOBODY or not export.rows(
        f"select 1 from blank where {customer} <> '' limit 1"
    ):
        return
    named = f"{customer} <> '' and rij not in (from undated)"
    if export.reading.blanks != ABOVE and export.rows(f"select 1 from raw where {named} limit 1"):
        return
    export.con.execute(f"""
        create or replace temp table customer_heads as
        select * from blank where {customer} <> ''
        and rij < (select max(rij) from raw where raw.rij // {PART} = blank.rij // {PART})
        and not regexp_matches(lower({customer}), '^{TOTAL}|\\b(totaal|total|subtotaal)$|^{_PAGE}')""")
    heads = export.rows(f"select rij, {customer} from customer_heads order by rij")
    if heads:
        if export.reading.blanks != ABOVE and not _is_evident(export, [name for _, name in heads]):
            raise _question(export, heads)
        _fill(export, len(heads))
    export.con.execute("drop table customer_heads")


def _is_evident(export: Export, names: list[str]) -> bool:
    """Whether heads are of customers: no periods, each above rows, and no column filled on both."""
    if all(_is_period(name) for name in names):
        return False
    own = export.places["klant"]
    filled = ", ".join(
        f"coalesce(bool_or({cell_of(at)} <> ''), false)" for at in range(len(export.headers)) if at != own
    )
    heads, rows = (
        export.rows(f"select {filled} from lines where rij in (select rij from {which})")[0]
        for which in ("customer_heads", "raw")
    )
    if any(head and row for head, row in zip(heads, rows, strict=True)):
        return False
    # Two heads below one another are a name and an address as well; a row before all of them is nobody's
    cells = ", ".join(cell_of(at) for at in range(len(export.headers)))
    return not export.rows(f"""
        with known as (
          select rij, rij in (select rij from customer_heads) as is_head,
            rij in (select rij from raw) as counts
          from lines where rij > {export.header_row} and concat_ws('', {cells}) <> ''
        ), below as (
          select *, lag(is_head) over part as above, bool_or(is_head) over part as has_head
          from known window part as (partition by rij // {PART} order by rij)
        )
        select 1 from below where (is_head and above) or (counts and not has_head) limit 1""")


def _is_period(text: str) -> bool:
    in_words = any(sign.isalpha() for sign in text)
    return first_day(text, "2024" if in_words else "", MONTH) is not None


def _fill(export: Export, heads: int) -> None:
    text, customer = export.text("klant"), export.shown("klant")
    gaps = export.count(f"select count(*) from raw where {customer} = ''")
    make_table(
        export.con,
        "raw",
        f"""select * exclude (above) replace (coalesce(nullif({text}, ''), above, {text}) as {text})
            from raw join (
              select rij, last_value(nullif({text}, '') ignore nulls) over (
                partition by rij // {PART} order by rij) as above
              from (select rij, {text} from raw union all select rij, {text} from customer_heads)
            ) using (rij)""",
    )
    export.con.execute("delete from blank where rij in (select rij from customer_heads)")
    export.say(
        "klant",
        f"{format_count(heads, 'rij is een kop', 'rijen zijn koppen')}, met een klant en zonder bedrag: "
        f"{format_rows(gaps)} eronder hoort daarbij",
    )


def _column(export: Export) -> str:
    place = export.places["klant"]
    return f"kolom {export.header('klant') if export.headers[place].strip() else place + 1}"


def _question(export: Export, heads: list[tuple[int, str]]) -> Ambiguous:
    shown = ", ".join(repr(name) for _, name in heads[:_SHOWN])
    return Ambiguous(
        f"In {_column(export)} staat alleen iets op rijen zonder bedrag ({shown}), en niets op de "
        "rijen met een bedrag: zijn dat de klanten van de rijen eronder?",
        where=f"{export.source.row(heads[0][0])}, {_column(export)}",
        remedy=f"Zo ja: --lege-klant {ABOVE}. Zo niet, dan zijn de rijen van niemand (wel omzet, geen "
        f"klant): --lege-klant {NOBODY}.",
    )
