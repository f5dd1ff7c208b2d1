"""Orders that an export holds twice, because exports overlap or orders were changed: each counts once."""

from __future__ import annotations

from collections.abc import Sequence

from klantwaarde_xl.data.reading.export import Export
from klantwaarde_xl.data.reading.kinds.statuses import statuses_of
from klantwaarde_xl.data.reading.sources.source import PART, Source
from klantwaarde_xl.data.reading.units.overlapping_rows import count_once
from klantwaarde_xl.data.reading.units.versions import keep_last_versions
from klantwaarde_xl.dutch import format_number
from klantwaarde_xl.errors import Ambiguous


def once(export: Export, source: Source) -> None:
    """Leave out an order that stands whole and the same in another file or sheet, or again in this one.

    Of versions of one order the last stays (`keep_last_versions`, which asks too). Raises `Ambiguous` for one
    that another file or sheet has with other contents: of these one is older. Lines of one order that stand
    apart are no repetition, and so are equal lines that stand together.
    """
    if not export.has("order"):
        count_once(export)
        return
    keep_last_versions(export)
    several = len(source.parts) > 1
    if not _comes_again(export, by_part=several):
        return
    _held(export, by_part=several)
    if several:
        _refuse_changed(export, source)
    # Of lines that stand apart in one file none is a repetition where one of them differs
    apart = "false" if several else "max(different) over (partition by nr, day, klant) > 1"
    export.leave_out(
        f"""select rij from order_rows semi join (
              select spot from (
                select spot, {apart} as apart,
                  first > min(first) over (partition by nr, day, klant, rows) as later
                from (select *, dense_rank() over (partition by nr, day, klant order by rows) as different
                      from orders_held))
              where later and not apart) using (spot)""",
        "een order die er nog eens in staat: telt één keer",
    )
    for name in ("orders_held", "order_rows"):
        export.con.execute(f"drop table {name}")


def _comes_again(export: Export, *, by_part: bool) -> bool:
    """Whether a number comes again on its day, in another part or below other ones."""
    order, day = export.shown("order"), export.shown("datum")
    spot, joined = (f"rij // {PART}", "") if by_part else ("hash(orde)", "join order_run using (rij)")
    return bool(
        export.rows(f"""
            select 1 from (select hash({order}, {day}) as nr, {spot} as spot from raw {joined}
              where {order} <> '')
            group by nr having min(spot) <> max(spot) limit 1""")
    )


def _held(export: Export, *, by_part: bool) -> None:
    """Make table orders_held (spot, part, nr, day, klant, first, rows): of each order its lines in one spot.

    Also order_rows (rij, spot). A spot is a part of the source, or lines that stand together; rows: what the
    lines hold, of a customer what we read, of nobody every cell.
    """
    names = ["datum", "bedrag", "aantal", "stukprijs", "erbij", "eraf", "terugbetaald", "valuta"]
    ours = [name for name in names if export.has(name)]
    told = [*statuses_of(export), *export.flags]
    states = [f"coalesce(cast(c{status.place} as varchar), '')" for status in told]
    whole = _joined([f"coalesce(cast(c{at} as varchar), '')" for at in range(len(export.headers))])
    read = _joined([*map(export.shown, ours), *states]) if by_part else whole
    order, day, customer = export.shown("order"), export.shown("datum"), export.text("klant")
    spot = f"concat_ws(chr(31), rij // {PART}, {_joined([order, day, customer])})" if by_part else "orde"
    export.con.execute(f"""
        create or replace temp table order_rows as
        select rij, {spot} as spot, rij // {PART} as part, {order} as nr, {day} as day, {customer} as klant,
          if({customer} = '', {whole}, {read}) as row
        from raw join order_run using (rij) join lines using (rij) where {order} <> ''""")
    export.con.execute("""
        create or replace temp table orders_held as
        select spot, any_value(part) as part, any_value(nr) as nr, any_value(day) as day,
          any_value(klant) as klant, min(rij) as first,
          count(*) || ':' || sum(cast(hash(row) as hugeint)) as rows
        from order_rows group by spot""")


def _joined(texts: Sequence[str]) -> str:
    return f"concat_ws(chr(31), {', '.join(texts)})"


def _refuse_changed(export: Export, source: Source) -> None:
    changed = export.rows("""
        select nr, min(first), max(first) from orders_held where klant <> ''
        group by nr, day, klant having count(distinct part) > 1 and count(distinct rows) > 1 order by 2""")
    if changed:
        number, one, other = changed[0]
        count = len(changed)
        orders = "order staat" if count == 1 else "orders staan"
        raise Ambiguous(
            f"{format_number(count, 0)} {orders} in meer dan één bestand of blad, met verschillende inhoud: "
            "welke klopt, is niet te zeggen.",
            where=f"order {number}: {source.at(one)} en {source.at(other)}",
            remedy="Haal uit het oudste bestand of blad wat in het nieuwere ook staat, of lees alleen het "
            "nieuwste, dat ze allemaal heeft.",
        )
