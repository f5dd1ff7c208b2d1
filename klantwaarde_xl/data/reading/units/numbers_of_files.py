"""Files, or sheets, that each number their own orders: one number in two of them is two orders."""

from __future__ import annotations

from klantwaarde_xl.data.reading.cells.looks import BELOW
from klantwaarde_xl.data.reading.customers.nobody import GUESTS
from klantwaarde_xl.data.reading.export import Export
from klantwaarde_xl.data.reading.sources.source import OF_PARTS, PART
from klantwaarde_xl.data.reading.units.shops import number_within
from klantwaarde_xl.dutch import format_number


def keep_files_apart(export: Export) -> None:
    """Make the file part of the numbers of orders where more of these are another order in another file.

    Another one has another customer, or, where both are nobody's, other amounts. One of the same customer
    and day is the same order, or the same file once more; but among numbers that mostly differ it is not.
    """
    if len(export.source.parts) < 2 or not _is_shared(export):
        return
    apart, again = _counted(export)
    if apart <= again:
        return
    of_sheets = len(set(export.source.part_names(OF_PARTS[0]))) < len(export.source.parts)
    kind = "tabel" if any(part.block for part in export.source.parts) else OF_PARTS[of_sheets]
    number_within(export, f"rij // {PART} + 1", kind)
    also = f"; {format_number(again, 0)} ervan ook met dezelfde klant en dag" if again else ""
    export.say(
        "rij",
        f"{format_number(apart + again, 0)} nummers in {export.header('order')} staan in meer dan één "
        f"{kind}, bij andere klanten{also}: elk {kind} telt zijn eigen orders",
    )


def _is_shared(export: Export) -> bool:
    number = export.shown("order")
    return bool(
        export.rows(f"""select 1 from raw where {number} <> '' group by {number}
            having min(rij // {PART}) <> max(rij // {PART}) limit 1""")
    )


def _counted(export: Export) -> tuple[int, int]:
    """How many numbers are of other orders in another file, and how many of the same customer and day.

    A refund has the number of its sale, and an order may go on in the next file.
    """
    number, day, customer = map(export.shown, ("order", "datum", "klant"))
    guests = ", ".join(f"'{word}'" for word in GUESTS)
    names = [name for name in ("bedrag", "aantal", "stukprijs") if export.has(name)]
    money = f"concat_ws(chr(31), {', '.join(map(export.shown, names))})"
    amount = export.shown("bedrag") if export.has("bedrag") else "''"
    apart, again = export.rows(f"""
        with said as (
          select {number} as nr, {day} as day, if(lower({customer}) in ({guests}), '', {customer}) as klant,
            {money} as money, rij // {PART} as part, rij,
            max(rij) over file as last, min(rij) over file as first
          from raw where not regexp_matches({amount}, '{BELOW}')
          window file as (partition by rij // {PART})
        ), held as (
          select nr, day, klant, part, sum(cast(hash(money) as hugeint)) as money,
            bool_or(rij = last) as ends, bool_or(rij = first) as begins
          from said where nr <> '' group by all
        ), pairs as (
          select nr, a.day = b.day and a.klant = b.klant and (a.klant <> '' or a.money = b.money) as same,
            a.klant <> b.klant or (a.klant = '' and (a.day <> b.day or a.money <> b.money)) as other,
            a.klant = '' and ((a.ends and b.begins) or (a.begins and b.ends)) and abs(a.part - b.part) = 1
              as goes_on
          from held a join held b using (nr) where a.part < b.part
        ), numbers as (
          select nr, bool_or(same) as same, bool_or(other and not goes_on) as other from pairs group by nr)
        select count(*) filter (other and not same), count(*) filter (same) from numbers""")[0]
    return int(apart), int(again)
