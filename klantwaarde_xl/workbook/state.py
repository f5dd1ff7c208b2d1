"""What a workbook says of itself after a refresh: when, from what, up to which day, with which settings."""

from __future__ import annotations

from klantwaarde_xl.data.results import Figure
from klantwaarde_xl.data.settings import declared, setting
from klantwaarde_xl.workbook.too_many import PART_OF_CUSTOMERS, PART_OF_INPUT

_PREFIX = "gebruikt_"


def used_figure(name: str) -> Figure:
    """The figure that holds what a refresh used for a setting: `kw_marge` → `gebruikt_marge`."""
    one = setting(name)
    return Figure(_PREFIX + name.removeprefix("kw_"), f"{one.label}, gebruikt", one.form)


STATE = (
    Figure("ververst", "Bijgewerkt op", "moment"),
    Figure("bron", "Gegevens uit"),
    Figure("rijen_tabel", "Rijen in de tabel op Gegevens", "aantal"),
    Figure(PART_OF_INPUT, "Deel van de gegevens", "", "Leeg als alle rijen op het blad staan."),
    Figure(PART_OF_CUSTOMERS, "Deel van de klanten", "", "Leeg als alle klanten op het blad staan."),
    *(used_figure(one.name) for one in declared()),
)
