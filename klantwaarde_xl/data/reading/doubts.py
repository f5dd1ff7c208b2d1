"""What was read without trouble, yet deserves a look before anyone believes the figures."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from klantwaarde_xl.data.reading.cells.currencies import with_currency
from klantwaarde_xl.data.reading.doubles import copied_below, doubles
from klantwaarde_xl.data.reading.sources.engine import sql_texts, stands
from klantwaarde_xl.dutch import format_count, format_number, format_rows

if TYPE_CHECKING:
    import duckdb

    from klantwaarde_xl.data.tables import Table

# A row of a total is no customer
TOTAL_NAMES = frozenset(("totaal", "total", "som", "subtotaal", "subtotal", "eindtotaal", "grand total"))
TOTALS = (  # by the first letter, so that hardly a name is put in small letters
    "(({0} >= 'E' and {0} < 'H') or ({0} >= 'S' and {0} < 'U') or ({0} >= 'e' and {0} < 'h')"
    f" or ({{0}} >= 's' and {{0}} < 'u')) and lower({{0}}) in ({sql_texts(sorted(TOTAL_NAMES))})"
)

_ORDERS, _REFUNDS = ("order", "orders"), ("retour", "retouren")
_EQUAL = ("rij die precies gelijk is", "rijen die precies gelijk zijn")
_FEW_ROWS = 20
_FAR_MORE = 4  # times as many rows as half of the customers have at most
_SHOWN = 3  # names
_FEW_PEOPLE, _EACH = 5, 20  # customers, and rows of each, who may be no people
_MUCH = 0.1  # of what was sold
_NAMES = 1000  # customers whose names are looked at before the engine is asked anything of them


@dataclass(frozen=True)
class Looked:
    """What a doubt looks at: the rows that were read, in the table's relation, and those in table blank.

    headers: of the whole file; header_row: its row number, above which nothing is data; today: what
    comes after it is still to come; currency: the code of what all sums are in.
    """

    con: duckdb.DuckDBPyConnection
    table: Table
    headers: Sequence[str]
    header_row: int
    today: dt.date
    currency: str

    def count_buyers(self) -> None:
        """Make table buyers of transactions, where reading has not: see `make_buyers`."""
        if not stands(self.con, "buyers"):
            make_buyers(self.con)

    @cached_property
    def names(self) -> list[str | None] | None:
        """Who bought, and nobody if there are any; None for more than are looked at one by one."""
        self.count_buyers()
        found = self.con.execute(f"select klant from buyers limit {_NAMES + 1}").fetchall()
        return [name for (name,) in found] if len(found) <= _NAMES else None


def make_buyers(con: duckdb.DuckDBPyConnection) -> None:
    """Make table buyers (klant, n): how many rows of tx each customer has, and nobody if there are any."""
    con.execute("create or replace table buyers as select klant, count(*) as n from tx group by klant")


def notes(looked: Looked) -> list[str]:
    """Say in Dutch what a user should know of the rows that were read."""
    return [note for doubt in (*looked.table.doubts, _blank) for note in doubt(looked)]


def kinds(looked: Looked) -> list[str]:
    """Refunds, free orders, double rows and orders to come: how each counts."""
    rows, refunds, free, later = looked.con.execute(
        """
        select count(*), count(*) filter (bedrag < 0), count(*) filter (bedrag = 0),
          count(*) filter (dag > $today)
        from tx""",
        {"today": looked.today},
    ).fetchall()[0]
    columns = ("klant", "dag", "bedrag")
    double = doubles(looked.con, "tx", columns, rows)
    overlap = len(copied_below(looked.con, "tx", ", ".join(columns))) if double else 0
    twice = "aan een andere (klant, datum, bedrag): alles telt"
    if overlap:
        twice += (
            f"; {format_number(overlap, 0)} daarvan staan hoger precies zo onder elkaar: overlappen daar "
            "twee exports, haal ze er dan één keer uit"
        )
    alone = _back_without_sales(looked) if refunds else []
    found = [
        (refunds, _REFUNDS, "(negatief bedrag): van de netto-omzet af, en geen order"),
        (free, _ORDERS, "met een bedrag van 0: telt als order"),
        (double, _EQUAL, twice),
        (later, _ORDERS, "met een datum in de toekomst: telt pas mee als die dag er is"),
    ]
    return [*(f"{format_count(count, *words)} {text}" for count, words, text in found if count), *alone]


def _back_without_sales(looked: Looked) -> list[str]:
    """Money that went to somebody who bought nothing, and much of it: that may be what the shop spent."""
    people, back, sold, most = looked.con.execute("""
        with each as (
          select klant, sum(bedrag) as net, max(bedrag) as best from tx
          where klant is not null group by klant)
        select count(*) filter (best < 0), -sum(net) filter (best < 0), sum(net) filter (best >= 0),
          arg_min(klant, net) filter (best < 0) from each""").fetchall()[0]
    if not people or not sold or back < _MUCH * float(sold):
        return []
    who = f"{format_count(people, 'klant heeft', 'klanten hebben')} alleen bedragen onder nul, zoals {most!r}"
    held = with_currency(float(back), looked.currency)
    return [f"{who}, samen {held}: zijn dat uitgaven? Laat ze dan weg met --zonder"]


def repeats(looked: Looked) -> list[str]:
    """Rows that stand in any table twice."""
    double = doubles(looked.con, looked.table.sql, [column.sql for column in looked.table.columns])
    names = ", ".join(looked.table.headers)
    rows = format_count(double, *_EQUAL)
    return [f"{rows} aan een andere ({names}): alles telt"] if double else []


def totals_named(looked: Looked) -> list[str]:
    """Names that begin as those of totals do, with the name of something behind it: `Totaal online`."""
    keys = [column for column in looked.table.columns if column.kind.name == "KEY" and column.required]
    said = []
    for column in keys:
        names = looked.con.execute(
            f"select distinct {column.sql} from {looked.table.sql} "
            f"where regexp_matches(lower({column.sql}), '^(eind)?tota(al|l)\\W') order by 1"
        ).fetchall()
        shown = ", ".join(repr(name) for (name,) in names[:_SHOWN])
        said += [f"{shown} telt mee als {column.name}; is het een totaal, haal het dan weg"] if names else []
    return said


def all_below_nought(looked: Looked) -> list[str]:
    """Amounts of which all are below nought, as some books write what was spent."""
    amount = looked.table.amount
    if amount is None:
        return []
    below, above = looked.con.execute(
        f"select count(*) filter ({amount.sql} < 0), count(*) filter ({amount.sql} > 0) from "
        f"{looked.table.sql}"
    ).fetchall()[0]
    text = f"alle bedragen staan onder nul, en tellen als teruggekregen {looked.table.name}"
    remedy = "zijn ze uitgegeven, haal het minteken dan weg"
    return [f"{text}: {remedy}"] if below and not above else []


def future(looked: Looked) -> list[str]:
    """Rows of a day or month to come, in any table with dates."""
    said = []
    for column in looked.table.dates:
        count = looked.con.execute(
            f"select count(distinct rij) from {looked.table.sql} where {column.sql} > $today",
            {"today": looked.today},
        ).fetchall()[0][0]
        rows = format_rows(count)
        said += [f"{rows} met een {column.name} in de toekomst"] if count else []
    return said


def _blank(looked: Looked) -> list[str]:
    """Rows without any figure, of every table."""
    count = looked.con.execute("select count(*) from blank").fetchall()[0][0]
    names = " en ".join(column.name for column in looked.table.telling if column.required)
    text = "overgeslagen (vervolgregels van een order, totalen)"
    if count and not names:
        return [f"{format_rows(count)} zonder iets in deze kolommen: overgeslagen"]
    return [f"{format_rows(count)} zonder {names}: {text}"] if count else []


def nobody(looked: Looked) -> list[str]:
    """Orders without a customer: they are revenue, and nobody's."""
    if looked.names is not None and None not in looked.names:
        return []
    orders, net = looked.con.execute(
        "select count(*) filter (bedrag >= 0), sum(bedrag) from tx where klant is null"
    ).fetchall()[0]
    if net is None:
        return []
    held = with_currency(float(net), looked.currency)
    those = format_count(orders, *_ORDERS)
    return [f"{those} zonder klant, samen {held}: wel in de omzet, in geen cijfer per klant"]


def guests(looked: Looked) -> list[str]:
    """A customer with a fifth of all rows, and far more than others, is likelier a guest account.

    A few who have all may be shops or channels.
    """
    looked.count_buyers()
    total, named, people, most = looked.con.execute("""
        select sum(n), sum(n) filter (klant is not null), count(klant), max(n) filter (klant is not null)
        from buyers""").fetchall()[0]
    if not people or total < _FEW_ROWS:
        return []
    if people <= _FEW_PEOPLE:
        return _hardly_any(looked, named) if named >= _EACH * people else []
    if most * 5 < total:
        return []
    rows = looked.con.execute(
        f"""select klant, n from (select *, median(n) over () as usual from buyers where klant is not null)
            where n * 5 >= ? and n >= {_FAR_MORE} * usual order by n desc""",
        [total],
    ).fetchall()
    return [
        f"klant {klant!r} heeft {n} van de {total} rijen: is dat één klant, of iedereen zonder account?"
        for klant, n in rows
    ]


def _hardly_any(looked: Looked, rows: int) -> list[str]:
    """The few customers who have all rows: they may be no people."""
    found = looked.con.execute(
        "select klant from buyers where klant is not null order by n desc, 1"
    ).fetchall()
    names = ", ".join(repr(name) for (name,) in found)
    these = f"{format_rows(rows)} van maar {format_count(len(found), 'klant', 'klanten')} ({names})"
    asked = "wie kocht er, of is dat een winkel, kanaal of verkoper? Wijs dan de kolom van de klant aan"
    return [f"{these}: {asked}: --kolommen klant=…"]


def spellings(looked: Looked) -> list[str]:
    """Customers whose names differ in nothing but capitals."""
    if looked.names is not None and len({name and name.casefold() for name in looked.names}) == len(
        looked.names
    ):
        return []
    looked.count_buyers()
    count = looked.con.execute("""
        select count(*) from (select lower(klant) from buyers group by 1 having count(klant) > 1)
        """).fetchall()[0][0]
    if not count:
        return []
    names = format_count(count, "naam van een klant staat", "namen van klanten staan")
    return [f"{names} er met andere hoofdletters nog eens: ze tellen apart"]
