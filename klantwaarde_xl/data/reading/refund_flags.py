"""A column of refunds that says yes or no to each order, and no amount."""

from __future__ import annotations

import re

from klantwaarde_xl.data.reading.contents import Cells
from klantwaarde_xl.data.reading.export import Export, cell_of
from klantwaarde_xl.data.reading.headers import plain
from klantwaarde_xl.data.reading.statuses import Status
from klantwaarde_xl.data.reading.words import OF_REFUNDS
from klantwaarde_xl.data.reading.yes_or_no import NO, YES
from klantwaarde_xl.errors import Ambiguous

_MOST_WORDS = 30  # of a column that is looked at for yes and no
_MOST_AMOUNTS = 1000  # different ones that are looked at


def take_flag(export: Export) -> None:
    """A column of refunds that says yes or no, and no amount, tells which orders were paid back whole."""
    if not export.has("terugbetaald"):
        return
    place = export.places["terugbetaald"]
    shown = f"lower({cell_of(place)})"
    said = {
        text
        for (text,) in export.rows(
            f"select distinct {shown} from raw join lines using (rij) where {shown} <> '' limit {_MOST_WORDS}"
        )
    }
    is_amount = re.search("amount|bedrag|tota", plain(export.headers[place])) is not None
    digits = {text for text in said if text.isdigit()}
    if said <= YES | NO and said & YES and not is_amount and digits in (said, set()):
        _ask_amounts_back(export, place)
        del export.places["terugbetaald"]
        export.flags.append(Status(place, export.headers[place].strip(), of_refund=True))


def _ask_amounts_back(export: Export, flag: int) -> None:
    """Raise where a column beside the one that says yes has how much was paid back: all, or only that."""
    if "terugbetaald" in export.named:
        return
    rows = export.sample
    for place, header in enumerate(export.headers):
        if place == flag or not re.search(OF_REFUNDS, plain(header)):
            continue
        back = Cells(place, header, tuple(text for (text,) in export.rows(f"""
            select distinct {rows.cell(place)} from lines where rij > {export.header_row}
            limit {_MOST_AMOUNTS}""")))  # fmt: skip
        if back.is_numbers and any(number not in (None, 0, 1) for number in back.numbers):
            shown, yes = header.strip(), export.headers[flag].strip()
            raise Ambiguous(
                f"Kolom {yes!r} zegt of een order is terugbetaald, en {shown!r} hoeveel er terugging.",
                remedy=f'Ging alleen dat bedrag terug: --kolommen "terugbetaald={shown}". Is een order met '
                f'ja helemaal terugbetaald: --kolommen "terugbetaald={yes}".',
            )
