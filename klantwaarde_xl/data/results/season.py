"""The season that a forecast follows: how busy each part of the year is, or why it follows none."""

from __future__ import annotations

from typing import Any

from klantwaarde_xl.data.forecast_basis import CONFIDENCE
from klantwaarde_xl.data.results import Column, Figure, Made, Result, Row
from klantwaarde_xl.data.results.context import Context
from klantwaarde_xl.data.results.forecast import basis_in
from klantwaarde_xl.kernels.models.season.parts import parts_of
from klantwaarde_xl.wording import seasons


def _season(context: Context) -> Made:
    """The parts of the year in order, against the average day; nothing without a forecast or a season."""
    basis = context.once(basis_in)
    figures: dict[str, Any] = {"seizoen_zin": None, "seizoen_top": None}
    if basis.expected[0] is None:
        return Made((), figures)
    season = basis.season
    found = None if season is None else parts_of(season, CONFIDENCE)
    figures["seizoen_zin"] = seasons.sentence(basis.seasons, found)
    if season is None or found is None:
        return Made((), figures)
    figures["seizoen_top"] = float(found.factor[seasons.busiest(found)]) - 1
    columns = [column.tolist() for column in found]
    rows: list[Row] = [
        (seasons.part(season.calendar, column, value), factor - 1, low - 1, high - 1, days)
        for column, value, factor, low, high, days in zip(*columns, strict=True)
    ]
    return Made(rows, figures)


SEASON = Result(
    name="seizoen",
    title="Seizoen dat de prognose volgt",
    compute=_season,
    table="tblSeizoen",
    columns=(
        Column("deel van het jaar", "tekst"),
        Column("verschil", "verschil", "Drukte tegen het gemiddelde van het jaar."),
        Column("laag", "verschil", "Ondergrens (95%)."),
        Column("hoog", "verschil", "Bovengrens (95%)."),
        Column("dagen per jaar", "een"),
    ),
    key=("deel van het jaar",),
    figures=(
        Figure("seizoen_zin", "Seizoen", "tekst", "Welk deel van het jaar eruit springt, of waarom niet."),
        Figure("seizoen_top", "Drukste deel van het jaar", "verschil", "tegen het gemiddelde van het jaar"),
    ),
    settings=("kw_peildatum", "kw_model", "kw_seizoen"),
    counted=("deel van het jaar", "delen van het jaar"),
)
