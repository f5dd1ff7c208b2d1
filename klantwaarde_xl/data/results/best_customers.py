"""How revenue is spread over customers: the curve of Pareto, and the best ten."""

from __future__ import annotations

from typing import Any

from klantwaarde_xl.data.results import Column, Figure, Made, Result, Row
from klantwaarde_xl.data.results.context import Context
from klantwaarde_xl.data.results.rfm import OMZET, scored

_BEST, _STEPS = 10, 10
_LEAST = 5  # customers: a fifth of fewer is nobody
_LAST = 1  # place of the last purchase in a scored row


def _spread(context: Context) -> Made:
    """Points of the curve; who sent back more than he bought counts as nought, so that shares stay shares."""
    import numpy as np

    amounts = np.sort([max(row[OMZET], 0.0) for row in context.once(scored)])[::-1]
    figures: dict[str, Any] = dict.fromkeys(one.name for one in SPREAD.figures)
    if len(amounts) < _LEAST or not amounts.any():
        return Made((), figures)
    from klantwaarde_xl.kernels.concentration import top_share

    summed = np.concatenate(([0.0], np.cumsum(amounts))) / amounts.sum()
    parts = np.linspace(0.0, 1.0, _STEPS + 1)
    curve = np.interp(parts * len(amounts), np.arange(len(summed)), summed)
    rows = [(float(part), float(share), float(part)) for part, share in zip(parts, curve, strict=True)]
    return Made(rows, {"pareto_klanten": len(amounts), "pareto_deel": top_share(amounts, 0.2)})


def _best(context: Context) -> Made:
    customers = context.once(scored)
    total = sum(row[OMZET] for row in customers)
    best = sorted(customers, key=lambda row: (-row[OMZET], row[0]))[:_BEST]
    rows: list[Row] = [
        (at, row[0], row[OMZET], row[OMZET] / total if total > 0 else None, row[_LAST])
        for at, row in enumerate(best, 1)
    ]
    return Made(rows)


SPREAD = Result(
    name="pareto",
    title="Omzet verdeeld over klanten",
    compute=_spread,
    table="tblPareto",
    columns=(
        Column("deel klanten", "deel", "Het beste deel van de klanten, naar omzet."),
        Column("deel omzet", "deel", "Wat zij samen brengen; een negatieve omzet telt als nul."),
        Column("gelijk verdeeld", "deel", "Wat zij zouden brengen als elke klant evenveel bracht."),
    ),
    key=("deel klanten",),
    figures=(
        Figure("pareto_klanten", "Klanten in de verdeling", "aantal", "Leeg onder de vijf klanten."),
        Figure(
            "pareto_deel", "Omzet van de beste 20%", "procent", "Van alle klanten, tot en met de peildag."
        ),
    ),
    settings=("kw_peildatum",),
    counted=("punt", "punten"),
)
BEST = Result(
    name="beste",
    title="Beste klanten",
    compute=_best,
    table="tblBeste",
    columns=(
        Column("plaats", "aantal", "Naar omzet tot en met de peildag."),
        Column("klant", "tekst"),
        Column("omzet", "euro", "Som van de orders, retouren afgetrokken."),
        Column("deel omzet", "procent", "Deel van de omzet van alle klanten."),
        Column("laatste aankoop", "datum"),
    ),
    key=("klant",),
    settings=("kw_peildatum",),
    counted=("klant", "klanten"),
)
