"""A column that says of each row whether its money is with or without VAT: rows of both are no one sum."""

from __future__ import annotations

import re

from klantwaarde_xl.data.reading.cells.yes_or_no import NO, YES
from klantwaarde_xl.data.reading.export import Export
from klantwaarde_xl.data.reading.naming.headers import plain
from klantwaarde_xl.data.reading.questions.choices import rows_option
from klantwaarde_xl.data.reading.sources.marked import MARK
from klantwaarde_xl.dutch import format_number
from klantwaarde_xl.errors import Ambiguous

_TAXES = "(btw|vat|tax|taxes|mwst)"
_INCLUDED = "(incl|included|inclusive|inclusief|inbegrepen|inbegriffen|enthalten)"
_SAYS = re.compile(
    f"(is|are|prijzen|prices|prijs|price|bedrag|amount)*{_TAXES}(is|are)?{_INCLUDED}|(is|prijs|price|prices|bedrag)*"
    f"{_INCLUDED}{_TAXES}|prices?includes?{_TAXES}|includes?{_TAXES}"
)


def ask_vat_of_rows(export: Export) -> None:
    """Raise `Ambiguous` where such a column says yes of some rows and no of others."""
    told = {plain(header) for header, _ in export.reading.by_user}
    free = [
        at
        for at, header in enumerate(export.headers)
        if _SAYS.fullmatch(plain(header)) and plain(header) not in told and at not in export.places.values()
    ]
    if not free:
        return
    rows = export.sample
    for place, texts in rows.lists(free).items():
        said = {text.lstrip(MARK): count for text, count in texts.items()}
        yes, no = ([text for text in said if text.casefold() in words] for words in (YES, NO))
        if not yes or not no or len(yes) + len(no) < len(said):
            continue
        header = export.headers[place].strip()
        counted = ", ".join(f"{text} ({format_number(count, 0)})" for text, count in said.items())
        raise Ambiguous(
            f"Kolom {header!r} zegt van sommige rijen dat het bedrag met btw is, en van andere zonder: "
            f"{counted}.",
            remedy=f"Lees ze apart: {rows_option('--alleen', header, *yes)} of --alleen "
            f'"{header}={",".join(no)}". Tellen ze toch samen zoals ze zijn: --alleen "{header}=*".',
        )
