"""Rows that pay one order, a deposit and the rest: they make one order, on the day of the first."""

from __future__ import annotations

import re
from collections.abc import Sequence

from klantwaarde_xl.data.reading.export import Export, cell_of
from klantwaarde_xl.data.reading.naming.headers import forms, plain
from klantwaarde_xl.data.reading.naming.words import OF_THE_ORDER
from klantwaarde_xl.dutch import format_count, format_rows

_FIRST = re.compile(
    r"\b(aanbetal|voorschot|anzahlung|acompte|anticipo|acconto|down ?payment|deposit|deelbetaling|"
    r"(1e|1ste|eerste|first|1st) ?(termijn|deel|betaling|instal?lment|payment|rate))"
)
_LATER = re.compile(
    r"\b(rest(ant|betaling|bedrag|zahlung)?\b|slotbetaling|slottermijn|eindbetaling|"
    "laatste (termijn|betaling)|"
    r"balance|final (payment|instal?lment)|remaining|remainder|solde|saldo\b|schlusszahlung|"
    r"([2-9]e|[2-9]de|tweede|derde|second|third|2nd|3rd) ?(termijn|deel|betaling|instal?lment|payment|rate))"
)
_NTH = re.compile(
    r"(?:\b(?:termijn|deel|betaling|instal?lment|payment|rate)\W{0,2})?\b([0-9]{1,2})\s?(?:van|of|von|sur|/)\s?([0-9]{1,2})\b"
)
_NAMED = re.compile(r"\b(?:termijn|deelbetaling|instal?lment|rate)\W{0,2}([0-9]{1,2})\b")
_OF_PARTS = re.compile(
    "termijn|betaling|payment|instal|deel|part|rate|soort|type|omschrijving|description|kind"
)
_NOT = re.compile("customer|klant|product|artikel|land|country|status|datum|date")
_SHOWN, _MOST = 4, 31  # words


def part_of(text: str, *, counted: bool) -> int:
    """Which payment of an order a text names: 1 a first, 2 a later one, 0 none; counted: `2 van 3` is one."""
    said = re.sub("[_-]", " ", text.casefold())
    if counted and (nth := _NTH.search(said)) and 1 <= int(nth[1]) <= int(nth[2]) > 1:
        return min(int(nth[1]), 2)
    if counted and (named := _NAMED.search(said)) and int(named[1]):
        return min(int(named[1]), 2)
    return 2 if _LATER.search(said) else int(bool(_FIRST.search(said)))


def join_parts(export: Export, numbers: Sequence[int]) -> bool:
    """Give rows of table tx that pay one order in parts the day of the first, so that its number joins them.

    numbers: the columns that may have the number of an order. Returns whether amounts are those of parts.
    """
    column = _column_of_parts(export)
    if column is None:
        return False
    place, words = column
    header, said, shown = export.headers[place].strip(), cell_of(place), ", ".join(map(repr, words[:_SHOWN]))
    for number in numbers if "order" not in export.absent else ():
        nr = cell_of(number)
        export.con.execute(
            f"""create or replace temp table parts_paid as
                select rij, min(dag) over one as first_day, count(*) over one as parts,
                  dense_rank() over (order by nr, who) as orde
                from (select tx.rij, dag, {nr} as nr, coalesce(klant, '') as who
                      from tx join lines using (rij)
                      where list_contains($words, {said}) and bedrag > 0 and {nr} <> '')
                window one as (partition by nr, who)""",
            {"words": words},
        )
        orders = export.count("select count(distinct orde) from parts_paid where parts > 1")
        if not orders:
            continue
        export.con.execute(
            "update tx set dag = first_day from parts_paid p where p.rij = tx.rij and parts > 1"
        )
        name = export.headers[number].strip()
        export.say(
            "rij",
            f"{format_count(orders, 'order is', 'orders zijn')} in delen betaald "
            f"(kolom {header!r}: {shown}): elk één order (kolom {name!r}), op de dag van de "
            "eerste betaling; telt elk deel apart: --kolommen order=-",
        )
        amount = forms(export.headers[export.places["bedrag"]]) if export.has("bedrag") else ()
        return not {*amount} & {*OF_THE_ORDER}
    rows = export.rows(
        f"select count(*) from tx join lines using (rij) where list_contains($words, {said})",
        {"words": words},
    )[0][0]
    export.say(
        "rij",
        f"{format_rows(rows)} met een deel van een betaling (kolom {header!r}: {shown}) tellen elk als "
        "order: de omzet klopt, het aantal orders is te hoog. Een kolom met het nummer van de order voegt "
        "ze samen",
    )
    return False


def _column_of_parts(export: Export) -> tuple[int, list[str]] | None:
    """The column that names first and later payments of orders, and its words; None where none does."""
    taken = {*export.places.values()}
    free = [
        place
        for place, header in enumerate(export.headers)
        if place not in taken and plain(header) and not _NOT.search(plain(header))
    ]
    for place in free:
        counted = _OF_PARTS.search(plain(export.headers[place])) is not None
        few = {row[place] for row in export.sample.first}
        if len(few) > _MOST or {1, 2} - {part_of(text, counted=counted) for text in few}:
            continue
        texts = export.sample.lists([place]).get(place, {})
        parts = {text: which for text in texts if (which := part_of(text, counted=counted))}
        if {*parts.values()} == {1, 2}:
            return place, [*parts]
    return None
