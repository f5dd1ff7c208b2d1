"""What a workbook says of itself after a refresh: when, from what, up to which day, with which settings."""

from __future__ import annotations

from klantwaarde_xl.data.results import Figure
from klantwaarde_xl.data.settings import declared, setting

_PREFIX = "gebruikt_"


def used_figure(name: str) -> Figure:
    """The figure that holds what a refresh used for a setting: `kw_marge` → `gebruikt_marge`."""
    one = setting(name)
    return Figure(_PREFIX + name.removeprefix("kw_"), f"{one.label}, gebruikt", one.form)


STATE = (
    Figure("ververst", "Bijgewerkt op", "moment"),
    Figure("bron", "Gegevens uit"),
    Figure("rijen_tabel", "Rijen in de tabel op Gegevens", "aantal"),
    *(used_figure(one.name) for one in declared()),
)
