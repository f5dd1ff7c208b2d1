"""Lines that do not count, of orders whose total stands on another line: what they hold goes off it."""

from __future__ import annotations

from klantwaarde_xl.data.reading.cells.numbers import AMOUNT
from klantwaarde_xl.data.reading.export import Export
from klantwaarde_xl.data.reading.naming.headers import forms
from klantwaarde_xl.data.reading.naming.words import OF_A_LINE
from klantwaarde_xl.dutch import format_rows

_NEEDED = ("order", "bedrag", "aantal", "stukprijs")


def take_lines_off(export: Export, which: str, what: str) -> bool:
    """See to it that these lines go off the totals of their orders; False where no such total holds them.

    which: SQL of their `rij`; what: they are, and how they count after all (Dutch). Orders of nothing else
    are left out whole. A total that is what the other lines hold together never held them.
    """
    if not all(map(export.has, _NEEDED)):
        return False
    if not set(forms(export.headers[export.places["bedrag"]])).isdisjoint(OF_A_LINE):
        return False
    order, amount = export.shown("order"), export.shown("bedrag")
    lines = (
        f"select {order} as nr, {amount} <> '' as has, rij in ({which}) as off from raw where {order} <> ''"
    )
    counts = "count(*) as n, count(*) filter (has) as has, count(*) filter (off) as off"
    goes_on, twice = export.rows(f"""
        select count(*) filter (off > 0 and has = 1 and n > 1), count(*) filter (has > 1)
        from (select {counts} from ({lines}) group by nr)""")[0]
    if not goes_on or twice or _held_by_others(export, which):
        return False
    alone = f"select nr from ({lines}) group by nr having bool_and(off)"
    export.leave_out(f"select rij from raw where rij in ({which}) and {order} in ({alone})", what)
    export.lines_off.append((which, what))
    return True


def _held_by_others(export: Export, which: str) -> bool:
    """Whether most totals of orders with such lines are what their other lines hold, to the cent."""
    order, amount = export.shown("order"), export.shown("bedrag")
    numbers = [f"try_cast(replace({text}, ',', '.') as double)" for text in map(export.shown, _NEEDED[1:])]
    total, pieces, price = numbers
    equal, orders = export.rows(f"""select count(*) filter (abs(total - others) < 0.005), count(*) from (
        select max({total}) filter ({amount} <> '') as total, bool_or(rij in ({which})) as has,
          sum({pieces} * {price}) filter (rij not in ({which})) as others
        from raw where {order} <> '' group by {order}) where has and others is not null""")[0]
    return bool(2 * equal > orders)


def less_lines(export: Export) -> None:
    """Take pieces times the price of those lines off the line that has the total of their order."""
    for which, what in export.lines_off:
        order, amount = export.shown("order"), export.shown("bedrag")
        pieces, price = export.values("aantal"), export.values("stukprijs")
        held = f"""select {order} as nr, sum(a.v * p.v) as off from raw join {pieces} a using (rij)
            join {price} p using (rij) where rij in ({which}) group by 1"""
        rows, total = export.rows(f"""select (select count(*) from raw where rij in ({which})),
            (select cast(coalesce(sum(off), 0) as double) from ({held}))""")[0]
        if not rows:
            continue
        first = f"select {order} as nr, min(rij) as rij from raw where {amount} <> '' group by 1"
        for name in ("bedrag", *(["incl"] if export.has("incl") else [])):
            export.set_values(
                name,
                f"""select b.rij, cast(b.v - coalesce(o.off, 0) as {AMOUNT}) as v, b.valuta
                    from {export.values(name)} b
                    left join (select f.rij, cast(h.off as {AMOUNT}) as off from ({held}) h
                      join ({first}) f using (nr)) o using (rij)""",
            )
        export.say(
            "bedrag",
            f"{format_rows(rows)} in het totaal van een order: aantal × prijs, samen "
            f"{export.money(total)}, is eraf ({what})",
        )
