"""Entries on two accounts or more in one column of amounts, which add up to nought: what is sold is asked."""

from __future__ import annotations

from klantwaarde_xl.data.reading.export import Export, cell_of
from klantwaarde_xl.data.reading.kinds.ledger_accounts import is_of_accounts
from klantwaarde_xl.data.reading.kinds.payments_on_invoices import ask_payments
from klantwaarde_xl.data.reading.naming.headers import plain
from klantwaarde_xl.data.reading.questions.choices import rows_option
from klantwaarde_xl.dutch import format_number
from klantwaarde_xl.errors import Ambiguous

_FEWEST = 4  # rows
_SHOWN = 4  # accounts
_CENT = 0.005


def ask_balanced(export: Export) -> None:
    """Raise `Ambiguous` where the amounts of every day add up to nought, as both sides of entries do."""
    if not export.has("bedrag"):
        return
    amounts, header = export.values("bedrag"), export.headers[export.places["bedrag"]].strip()
    by_user = {plain(one) for one, _ in export.reading.by_user}
    there = f"raw join {amounts} b using (rij)"
    if not export.goes_below("bedrag"):
        return
    rows, held, less = export.rows(
        f"select count(*), coalesce(sum(v), 0), count(*) filter (v < 0) from {there}"
    )[0]
    if rows < _FEWEST or not less or abs(held) > _CENT or plain(header) in by_user:
        return
    days, open_ = export.rows(f"""
        select count(*), count(*) filter (abs(held) > {_CENT} or n < 2) from (
          select d.v, sum(b.v) as held, count(*) filter (b.v <> 0) as n
          from {there} join {export.values("datum")} d using (rij) group by d.v)""")[0]
    if days < 2 or open_:
        return
    place = _accounts(export)
    if place is not None and plain(export.headers[place]) in by_user:
        return
    ask_payments(export)  # what was sold and paid on one day is nought too, and that is said of it
    raise Ambiguous(
        f"De bedragen van elke dag zijn samen nul ({format_number(rows, 0)} rijen): elke boeking staat er op "
        "meer dan één rekening, met en zonder minteken.",
        where=f"kolom {header}",
        remedy=f"{_remedy(export, place, header)} Is elke rij toch een eigen verkoop of retour: "
        f'--alleen "{header}=*".',
    )


def _accounts(export: Export) -> int | None:
    """The column that says on which account a row is: its words each have amounts of one sign."""
    taken = {place for name, place in export.places.items() if name != "klant"}
    free = [at for at, header in enumerate(export.headers) if plain(header) and at not in taken]
    fitting = [place for place in export.sample.lists(free) if all(_by_side(export, place))]
    return min(fitting, key=lambda at: not is_of_accounts(export.headers[at]), default=None)


def _by_side(export: Export, place: int) -> tuple[list[str], list[str]]:
    """The words of a column whose amounts are above nought, and those below; nothing where any has both."""
    cell = cell_of(place)
    seen = export.rows(f"""select {cell}, count(*) filter (v > 0), count(*) filter (v < 0)
        from raw join lines using (rij) join {export.values("bedrag")} using (rij)
        group by 1 order by 2 desc, 3 desc, 1""")
    if any(more and less for _, more, less in seen) or any(not word for word, _, _ in seen):
        return [], []
    return [word for word, more, _ in seen if more], [word for word, _, less in seen if less]


def _remedy(export: Export, place: int | None, amount: str) -> str:
    if place is None:
        return (
            "Exporteer de facturen, of alleen de rekening van de omzet. Staan er niets dan verkopen in, lees "
            f'dan van elke boeking de kant zonder minteken: --zonder "{amount}=-*".'
        )
    header = export.headers[place].strip()
    above, below = _by_side(export, place)
    revenue = f"de omzet, waarvan het teken dan omkeert: {rows_option('--alleen', header, below[0])}"
    more = f" (met minteken staan er {', '.join(below[:_SHOWN])})"
    if is_of_accounts(header):
        more = f"; of {revenue}" + (f" (ook: {', '.join(below[1:_SHOWN])})" if below[1:] else "")
    return (
        f"Zeg welke rijen van kolom {header!r} verkopen zijn; wat klanten betalen of nog moeten betalen: "
        f"{rows_option('--alleen', header, above[0])}{more}."
    )
