"""Blocks below one another in one sheet, each with its header, and what their titles say of their rows.

A title is a line of text by itself above a header. One that says that its rows take sales back, or are no
sales, makes another figure of all that is below it.
"""

from __future__ import annotations

from collections.abc import Sequence

from klantwaarde_xl.data.reading.cells.looks import BELOW
from klantwaarde_xl.data.reading.export import Export
from klantwaarde_xl.data.reading.sources.parts import is_no_sale, takes_back
from klantwaarde_xl.errors import Ambiguous

_ABOVE = 2  # rows between a title and its header, at most
# A whole line that says of the rows below it that they are no sales, or not yet
_NO_SALES = (
    r"\W*(?:nog )?(?:openstaande?|onbetaalde?|open|unpaid|outstanding|geannuleerde?|cancell?ed|offertes?|"
    r"quotes?|mislukte?|failed|concepten|drafts?|retouren|returns|refunds|creditnota'?s|terugbetalingen|vervallen)"
    r"(?: (?:posten|orders|facturen|bestellingen|betalingen|invoices|payments|afspraken|boekingen))?\W*"
)
_MOST = 20_000  # rows without any figure: more are lines of orders


def leave_out_titles(export: Export, heads: Sequence[int]) -> None:
    """Leave out the titles of blocks; raises `Ambiguous` for one of refunds without a minus, or of no sales.

    heads: the rows in which the header stands again.
    """
    cells = ", ".join(f"nullif(trim(cast(c{at} as varchar)), '')" for at in range(len(export.headers)))
    titles = []
    for at, head in enumerate(heads):
        above = export.rows(f"""
            select rij, said[1] from (select rij, list_filter([{cells}], lambda one: one is not null) as said
              from lines where rij between {head - _ABOVE} and {head - 1})
            where len(said) = 1 and regexp_matches(said[1], '\\pL') order by rij desc limit 1""")
        for row, title in above:
            titles.append(row)
            end = heads[at + 1] if at + 1 < len(heads) else None
            if is_no_sale(title) and _is_money(export, head, end):
                raise _question(export, title, row)
    if titles:
        export.leave_out(f"select unnest({titles})", "de titel van een blok, geen order")


def ask_titles(export: Export) -> None:
    """Raise `Ambiguous` for a line by itself that says that the rows below it are no sales."""
    if not 0 < export.count("select count(*) from blank") <= _MOST:
        return
    cells = ", ".join(f"nullif(trim(cast(c{at} as varchar)), '')" for at in range(len(export.headers)))
    # What has the number of an order goes on with it, and is no title
    number = f"where not regexp_matches({export.shown('order')}, '[0-9]')" if export.has("order") else ""
    found = export.rows(f"""
        select rij, said[1] from (select rij, list_filter([{cells}], lambda one: one is not null) as said
          from lines where rij in (select rij from blank {number}))
        where len(said) = 1 and regexp_full_match(lower(said[1]), $words)
          and rij < (select max(rij) from raw where rij not in (from undated)) order by rij limit 1""",
        {"words": _NO_SALES},
    )  # fmt: skip
    for row, title in found:
        raise _question(export, title, row)


def _is_money(export: Export, head: int, end: int | None) -> bool:
    """Whether any amount below a header has no minus."""
    if not export.has("bedrag"):
        return True
    amount, until = export.shown("bedrag"), f" and rij < {end}" if end else ""
    less = f"regexp_matches({amount}, '{BELOW}')"
    return bool(
        export.rows(f"""select 1 from raw where rij > {head}{until} and regexp_matches({amount}, '[1-9]')
            and not {less} and rij not in (from undated) limit 1""")
    )


def _question(export: Export, title: str, row: int) -> Ambiguous:
    back = takes_back(title)
    what = "die van de omzet af gaan, zonder minteken" if back else "die zo te zien geen verkopen zijn"
    first = f"Zet voor de bedragen onder {title!r} een minteken, of bewaar" if back else "Bewaar"
    where = export.source.row(row)
    return Ambiguous(
        f"Vanaf {where} staat een blok met de titel {title!r}: rijen {what}.",
        where=where,
        remedy=f"{first} elk blok als een eigen blad met die naam: dan vraagt Klantwaarde XL wat ermee "
        "moet. Of haal dat blok uit het bestand.",
    )
