"""Amounts that are all below nought: sales as another keeps them, or nothing but refunds; that is asked."""

from __future__ import annotations

from klantwaarde_xl.data.reading.cells.looks import BELOW
from klantwaarde_xl.data.reading.export import Export
from klantwaarde_xl.data.reading.kinds.ledger_accounts import is_of_accounts
from klantwaarde_xl.data.reading.kinds.taken_off import OF_KINDS
from klantwaarde_xl.data.reading.naming.headers import as_option, plain
from klantwaarde_xl.dutch import format_rows
from klantwaarde_xl.errors import Ambiguous

_FEWEST = 2  # rows


def ask_all_below(export: Export) -> None:
    """Raise `Ambiguous` where each amount but nought has a minus, and the user said nothing of them."""
    if not export.has("bedrag"):
        return
    place = export.places["bedrag"]
    header = export.headers[place].strip()
    told = {plain(one) for one, _ in export.reading.by_user}
    if plain(header) in told or told & OF_KINDS or any(map(is_of_accounts, told)):
        return
    shown = export.shown("bedrag")
    above = f"regexp_matches({shown}, '[1-9]') and not regexp_matches({shown}, '{BELOW}')"
    if export.rows(f"select 1 from raw where {above} limit 1"):  # of most files the first row tells
        return
    filled, less = export.rows(f"""select count(*), count(*) filter (regexp_matches({shown}, '{BELOW}'))
        from raw where regexp_matches({shown}, '[1-9]')""")[0]
    if filled < _FEWEST or less < filled:
        return
    raise Ambiguous(
        f"Elk bedrag in kolom {header!r} is onder nul ({format_rows(filled)}): verkopen die met een minteken "
        "staan, zoals wie koopt of een rekening van omzet ze ziet, of alleen retouren.",
        where=f"kolom {header}",
        remedy=f"Zijn het verkopen, dan draait het teken om: {as_option(export.headers, 'eraf', place)}. "
        f'Zijn het retouren: --alleen "{header}=*". Zijn het eigen uitgaven, kies dan een bestand met '
        "verkopen.",
    )
