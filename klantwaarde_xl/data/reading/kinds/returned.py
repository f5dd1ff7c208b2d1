"""Columns that tell that something came back, and not for how much: pieces, or the day of it."""

from __future__ import annotations

import re

from klantwaarde_xl.data.reading.export import Export
from klantwaarde_xl.data.reading.kinds.fates import Fate
from klantwaarde_xl.data.reading.kinds.statuses import SHOWN, fate_of, statuses_of
from klantwaarde_xl.data.reading.naming.headers import name_of
from klantwaarde_xl.data.reading.questions.choices import rows_option
from klantwaarde_xl.dutch import format_rows
from klantwaarde_xl.errors import Ambiguous

_PAID = "refund(ed)?|terugbetaalde?|gecrediteerde?|credited|erstattet"  # for these the money went back too
_BACK = f"({_PAID}|return(ed|s)?|retour(en)?|geretourneerde?|teruggestuurde?|zuruck|retourniert)"
_PIECES = "(qty|quantity|aantal|aantallen|stuks|units|items|anzahl|menge)"
# Plain headers
PIECES_BACK = re.compile(f"{_PIECES}{_BACK}|{_BACK}{_PIECES}")
PIECES_PAID_BACK = re.compile(f"{_PIECES}({_PAID})|({_PAID}){_PIECES}")
_DAY_WORDS = """
    retourdatum datumretour retourop geretourneerdop retourontvangenop refundedat refundedon refunddate
    daterefunded refundeddate returnedat returnedon returndate datereturned returneddate terugbetaaldop
    terugbetaaldatum terugbetalingsdatum datumterugbetaling gecrediteerdop creditdatum"""
DAYS_BACK = frozenset(_DAY_WORDS.split())
_WHOLE = re.compile(r"-?\d{0,6}(?:[.,]0+)?")
_NONE = re.compile(r"-?0*(?:[.,]0+)?|-")


def ask_returned(export: Export, header: str, cell: str) -> None:
    """Raise where the column counts the pieces that came back: their money is nowhere."""
    said = [
        value
        for (value,) in export.rows(
            f"select distinct {cell} from raw join lines using (rij) where {cell} <> '' order by 1"
        )
    ]
    back = [value for value in said if not _NONE.fullmatch(value)]
    if export.has("terugbetaald") or not back or not all(map(_WHOLE.fullmatch, said)):
        return
    these = ", ".join(f"'{value}'" for value in back)
    rows = export.count(f"select count(*) from raw join lines using (rij) where {cell} in ({these})")
    none = [value for value in said if value not in back]
    blank = [""] if export.count(f"select count(*) from raw join lines using (rij) where {cell} = ''") else []
    off = ""
    if export.has("aantal") and not export.has("geannuleerd"):
        place = next(at for at, text in enumerate(export.headers) if text.strip() == header)
        off = (
            " Gaat hun deel van het bedrag van de rij eraf: "
            f'--kolommen "geannuleerd={name_of(export.headers, place)}".'
        )
    every = [*said, *blank]
    raise Ambiguous(
        f"Kolom {header!r} zegt bij {format_rows(rows)} hoeveel stuks er terugkwamen, en niet "
        "welk bedrag daarvoor is terugbetaald.",
        remedy=f"Exporteer met het terugbetaalde bedrag.{off} Of laat deze rijen weg: "
        f"{rows_option('--alleen', header, *none, *blank)}; of tel ze alsof er niets terugkwam: "
        f"{rows_option('--alleen', header, *every)}.",
    )


def ask_day_back(export: Export, header: str, cell: str) -> None:
    """Raise where a day of return is filled in, and nothing says what was paid back for it."""
    filled = export.rows(
        f"select {cell} from raw join lines using (rij) where regexp_matches({cell}, '[1-9]')"
    )
    every = len(filled) == export.count("select count(*) from raw")  # of what was hired
    if not filled or every or export.has("terugbetaald") or _is_said(export):
        return
    count = format_rows(len(filled))
    some = ", ".join(dict.fromkeys(text for (text,) in filled[:SHOWN]))
    raise Ambiguous(
        f"Kolom {header!r} is bij {count} ingevuld ({some}): daar kwam iets terug, en voor welk bedrag staat "
        "er niet.",
        remedy="Exporteer met het terugbetaalde bedrag. Of laat deze rijen weg: "
        f'--zonder "{header}=*[1-9]*"; of tel ze alsof er niets terugkwam: --alleen "{header}=*".',
    )


def _is_said(export: Export) -> bool:
    """Whether a status tells it, or amounts with a minus do."""
    told = {Fate.REFUNDED, Fate.TURNED_BACK, Fate.PARTLY_REFUNDED}
    for status in statuses_of(export):
        texts = export.rows(
            f"select distinct trim(cast(c{status.place} as varchar)) from raw join lines using (rij)"
        )
        if any(text and fate_of(text, status) in told for (text,) in texts):
            return True
    return export.has("bedrag") and bool(
        export.count(
            f"select count(*) from raw where regexp_matches({export.shown('bedrag')}, '^\\W*-|-$|^\\(')"
        )
    )
