"""Whether a workbook that should have no names has none, and the word in it that keeps names out."""

from __future__ import annotations

import datetime as dt

from klantwaarde_xl.data.pseudonyms import CUSTOMER, Names
from klantwaarde_xl.errors import DataError, WorkbookChanged
from klantwaarde_xl.workbook.blocks import Template
from klantwaarde_xl.workbook.build import skeleton
from klantwaarde_xl.workbook.currency import shown_in
from klantwaarde_xl.workbook.kept_text import keep_text, kept_of_cells, text_in
from klantwaarde_xl.xlsx.package import Package

PREFIX = "klantwaarde_zonder_namen_"


def mark_nameless(package: Package) -> None:
    """Say in the workbook that no names may come into it."""
    keep_text(package, PREFIX, "ja")


def refuse_names(package: Package) -> None:
    """Raise `WorkbookChanged` for a workbook without names, which data from a file would put into it."""
    if text_in(package, PREFIX):
        raise WorkbookChanged(
            "Dit werkboek is zonder namen gemaakt; gegevens uit een bestand zouden ze erin zetten.",
            remedy="Maak het opnieuw: klantwaarde nieuw SJABLOON --gegevens BESTAND --pseudoniem SLEUTEL.key",
        )


def refuse_any_of(package: Package, template: Template, names: frozenset[str]) -> None:
    """Look through every text of a workbook for names; raises `DataError` when there is one.

    A name that our own texts have too (`Web`, a month) is looked for among the customers only, and so is a
    number, of which a sentence has many.
    """
    own = Package.from_bytes(
        skeleton(template, dt.datetime(2000, 1, 1), currency=shown_in(package.custom_properties()))
    ).texts()
    wanted = Names(names, but=own)
    texts = package.texts() - own - kept_of_cells(package)
    found = {name for text in texts for name in wanted.found_in(text)}
    known = {name.strip() for name in names} | names
    for table, head in package.table_heads().items():
        for at, header in enumerate(head.headers):
            if header.strip().casefold() == CUSTOMER:
                values = {str(row[at]) for row in package.read_table(table).rows if row[at] is not None}
                found |= values & known
    if found:
        raise DataError(
            f"Er {'staat' if len(found) == 1 else 'staan'} nog {len(found)} van de {len(names)} namen in het "
            "werkboek; het is niet bewaard.",
            remedy="Haal namen uit andere kolommen en koppen van het bestand, of geef die kolom niet op.",
        )
