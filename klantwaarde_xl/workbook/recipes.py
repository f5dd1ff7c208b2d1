"""Recipes in a workbook: custom properties, which Excel, LibreOffice and openpyxl keep when they save it.

Excel takes 255 characters for a text, so a recipe stands in as many properties as it needs. They hold ASCII
only, and no text that a program could take for an escape of its own.
"""

from __future__ import annotations

from collections.abc import Mapping

from klantwaarde_xl.data.reading.recipe import AFRESH, Recipe, as_text, from_text
from klantwaarde_xl.data.tables import tables
from klantwaarde_xl.errors import FileUnreadable, WorkbookChanged
from klantwaarde_xl.xlsx.package import Package
from klantwaarde_xl.xlsx.properties import LONGEST

PREFIX = "klantwaarde_recept_"


def recipes_in(package: Package) -> dict[str, Recipe]:
    """The recipes of a workbook by the name of their input table; none where it has none.

    Raises `WorkbookChanged` for a recipe that is damaged or of a newer version.
    """
    pieces = sorted(
        (name.casefold(), text)
        for name, text in package.custom_properties().items()
        if name.casefold().startswith(PREFIX)
    )
    if not pieces:
        return {}
    try:
        return from_text("".join(text for _, text in pieces), tuple(tables()), "het recept in het werkboek")
    except FileUnreadable as error:
        remedy = f"{AFRESH} Het komt in plaats van dat in het werkboek."
        raise WorkbookChanged(error.what, where=error.where, remedy=remedy) from error


def keep_recipes(package: Package, recipes: Mapping[str, Recipe]) -> None:
    """Put recipes into a workbook, in place of those that it has of the same tables."""
    try:
        there = recipes_in(package)
    except WorkbookChanged:  # what cannot be read is replaced
        there = {}
    both = {**there, **recipes}
    if both == there:
        return
    # Programs read `_x0041_` as a character of its number
    text = as_text(both, compact=True).replace("_x", "_\\u0078")
    pieces = [text[at : at + LONGEST] for at in range(0, len(text), LONGEST)]
    package.set_properties(PREFIX, {f"{PREFIX}{number:03}": piece for number, piece in enumerate(pieces, 1)})
