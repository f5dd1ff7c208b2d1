"""What stands in an export beside its orders and lines, before any value is read: totals, guests, blanks.

A row of a total is passed over; a line of an order takes what its order's first line says; who has no
account is nobody.
"""

from __future__ import annotations

from klantwaarde_xl.data.reading.export import Export
from klantwaarde_xl.data.reading.headers import find_header

_TOTAL = r"(?:(?:sub|eind|grand|general|deel)[\s-]?)?(?:totaal|totalen|total|totals|som|saldo)\b"
# What shops write where there is no customer
GUESTS = (
    "gast", "gastklant", "gastbestelling", "guest", "guest customer", "guest user", "anoniem", "anonymous",
    "anonieme klant", "geen klant", "zonder account", "onbekend", "unknown", "n/a", "#n/a", "nan", "null",
    "none", "-", "--", "0",
)  # fmt: skip


def prepare(export: Export) -> None:
    """Leave out what is no line of an order, fill in what a line leaves to its order, mark guests."""
    _totals(export)
    _unwanted(export)
    if export.has("order"):
        _fill(export)
    _guests(export)


def _totals(export: Export) -> None:
    """Rows of a total: a cell begins with that word, and there is no date."""
    cells = ", ".join(f"c{at}" for at in range(len(export.headers)))
    export.leave_out(
        f"""select rij from raw join lines using (rij)
            where not regexp_matches(cast({export.text("datum")} as varchar), '[0-9]')
              and regexp_matches(lower(concat_ws(chr(31), {cells})), '(?:^|\\x1f)\\s*{_TOTAL}')""",
        "een totaal of subtotaal, geen order",
    )


def _unwanted(export: Export) -> None:
    """Rows that the user leaves out by the contents of a column."""
    for header, pattern in export.reading.without:
        place = find_header(export.headers, header)
        export.leave_out(
            f"""select rij from raw join lines using (rij)
                where lower(trim(coalesce(c{place}, ''))) glob lower('{pattern.replace("'", "''")}')""",
            f"{export.headers[place].strip()} is {pattern}",
        )


def _fill(export: Export) -> None:
    """Lines that go on with an order have its customer, day and currency."""
    order = export.text("order")
    names = [name for name in ("klant", "datum", "valuta") if export.has(name)]
    blank = " or ".join(f"{export.text(name)} = ''" for name in names)
    if not export.count(f"select count(*) from raw where {order} <> '' and ({blank})"):
        return
    filled = ", ".join(
        f"""case when {text} = '' and {order} <> '' then coalesce(first_value(nullif({text}, '') ignore nulls)
              over (partition by {order} order by rij rows between unbounded preceding and unbounded following),
              '') else {text} end as {text}"""
        for text in map(export.text, names)
    )
    export.con.execute(f"create or replace table raw as select * replace ({filled}) from raw")


def _guests(export: Export) -> None:
    """Customers who are nobody: their orders count, and nobody's figures."""
    marks = ", ".join(f"'{mark}'" for mark in GUESTS)
    customer = export.text("klant")
    export.con.execute(f"update raw set {customer} = '' where lower({customer}) in ({marks})")
