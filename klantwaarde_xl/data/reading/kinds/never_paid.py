"""Orders of which nothing was ever paid, as a shop exports carts that customers left behind."""

from __future__ import annotations

from klantwaarde_xl.data.reading.export import Export, cell_of
from klantwaarde_xl.data.reading.kinds.paid_on import PAID_ON
from klantwaarde_xl.data.reading.kinds.statuses import statuses_of
from klantwaarde_xl.data.reading.naming.headers import plain
from klantwaarde_xl.errors import Ambiguous

_FEWEST = 3


def ask_never_paid(export: Export) -> None:
    """Raise `Ambiguous` where a status of payments and a day of payment are there, and blank on every row."""
    if export.reading.counted or export.flags:
        return
    told = {plain(header) for header, _ in export.reading.by_user}
    ours = export.places.values()
    columns = [(one.place, one.header) for one in statuses_of(export) if one.of_payment]
    headers = enumerate(map(str.strip, export.headers))
    days = [(at, header) for at, header in headers if PAID_ON.fullmatch(plain(header))]
    both = [*columns, *days]
    if not columns or not days:
        return
    if any(place in ours or plain(header) in told for place, header in both):
        return
    below = f"from lines where rij > {export.header_row}"
    filled = " or ".join(f"{cell_of(place)} <> ''" for place, _ in both)
    if export.rows(f"select 1 {below} and ({filled}) limit 1"):
        return
    if len(export.rows(f"select 1 {below} limit {_FEWEST}")) < _FEWEST:
        return
    status, day = columns[0][1], days[0][1]
    raise Ambiguous(
        f"De kolommen {status!r} en {day!r} zijn bij geen enkele rij ingevuld: zo exporteert een winkel "
        "winkelwagens die klanten hebben laten staan, en dat zijn geen verkopen.",
        remedy=f'Exporteer de orders. Zijn het toch verkopen: --alleen "{status}=*".',
    )
