"""Recipes in a workbook, so that a next export is read as the last one was."""

from __future__ import annotations

from collections.abc import Mapping

from klantwaarde_xl.data.reading.questions.recipe import AFRESH, Recipe, as_text, from_text
from klantwaarde_xl.data.tables import tables
from klantwaarde_xl.errors import FileUnreadable, WorkbookChanged
from klantwaarde_xl.workbook.kept_text import keep_text, text_in
from klantwaarde_xl.xlsx.package import Package

PREFIX = "klantwaarde_recept_"


def recipes_in(package: Package) -> dict[str, Recipe]:
    """The recipes of a workbook by the name of their input table; none where it has none.

    Raises `WorkbookChanged` for a recipe that is damaged or of a newer version.
    """
    text = text_in(package, PREFIX)
    if not text:
        return {}
    try:
        return from_text(text, tuple(tables()), "het recept in het werkboek")
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
    keep_text(package, PREFIX, as_text(both, compact=True))
