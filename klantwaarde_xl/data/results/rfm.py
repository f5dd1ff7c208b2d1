"""Customers scored by recency, frequency and monetary value, and the segments that follow."""

from __future__ import annotations

import datetime as dt
import math

from klantwaarde_xl.data import metrics
from klantwaarde_xl.data.reading.cells.numbers import PLACES
from klantwaarde_xl.data.results import Column, Figure, Made, Result, Row
from klantwaarde_xl.data.results.context import Context
from klantwaarde_xl.errors import FunctionError, NotAvailable

OMZET, R, F, M, SEGMENT = 4, 5, 6, 7, 8  # places in a scored row


def scored_on(context: Context, day: dt.date) -> list[Row]:
    """Every customer of a day with its scores; fewer than five customers have figures, but no scores."""
    import numpy as np

    from klantwaarde_xl.kernels.rfm import score_customers
    from klantwaarde_xl.wording.segments import SEGMENT_NAMES

    customers = context.rows("transacties", metrics.CUSTOMERS, as_of=day)
    if not customers:
        return []
    recency, frequency, monetary = np.array([row[2:5] for row in customers], dtype=np.float64).T
    try:
        table = score_customers(recency, frequency, monetary)
    except FunctionError:
        return [(*row, None, None, None, None) for row in customers]
    names = [SEGMENT_NAMES[code] for code in table.segment]
    scores = zip(table.r.tolist(), table.f.tolist(), table.m.tolist(), names, strict=True)
    return [(*row, *score) for row, score in zip(customers, scores, strict=True)]


def scored(context: Context) -> list[Row]:
    """The same of the day up to which rows count; raises `NotAvailable` where there are no customers."""
    customers = scored_on(context, context.as_of)
    if not customers:
        raise NotAvailable("Er zijn geen aankopen van klanten.")
    return customers


def _rfm(context: Context) -> Made:
    return Made(context.once(scored))


def _segments(context: Context) -> Made:
    """One row a segment, all eleven, so that a table on a sheet keeps its size; empty without scores."""
    from klantwaarde_xl.wording.segments import SEGMENT_ACTIONS, SEGMENT_NAMES

    customers = context.once(scored)
    # fsum adds without error; rounding to an amount's places takes off what each double lacks
    members: dict[str | None, list[float]] = {}
    for row in customers:
        members.setdefault(row[SEGMENT], []).append(row[OMZET])
    total = round(math.fsum(row[OMZET] for row in customers), PLACES)
    rows: list[Row] = []
    for name, action in zip(SEGMENT_NAMES, SEGMENT_ACTIONS, strict=True):
        amounts = members.get(name, [])
        revenue = round(math.fsum(amounts), PLACES)
        rows.append(
            (
                name,
                len(amounts),
                len(amounts) / len(customers),
                revenue,
                revenue / total if total else 0.0,
                revenue / len(amounts) if amounts else None,
                action,
            )
        )
    count = sum(row[SEGMENT] is not None for row in customers) or None
    if count is None:
        rows = [(row[0], *(None,) * 5, row[-1]) for row in rows]
    return Made(rows, {"gescoord": count})


RFM = Result(
    name="rfm",
    title="RFM-scores",
    compute=_rfm,
    table="tblRfm",
    columns=(
        Column("klant", "tekst"),
        Column("laatste aankoop", "datum"),
        Column("dagen geleden", "aantal", "Dagen van de laatste aankoop tot de peildag."),
        Column("aankopen", "aantal", "Orders tot en met de peildag."),
        Column("omzet", "euro2", "Som van de orders, retouren afgetrokken."),
        Column("R", "aantal", "Hoe kort geleden: 1 (lang) tot 5 (kort)."),
        Column("F", "aantal", "Hoe vaak: 1 (weinig) tot 5 (veel)."),
        Column("M", "aantal", "Hoeveel: 1 (laag) tot 5 (hoog)."),
        Column("segment", "tekst"),
    ),
    key=("klant",),
    settings=("kw_peildatum",),
    counted=("klant", "klanten"),
    top="omzet",
)
SEGMENTS = Result(
    name="segmenten",
    title="Segmenten",
    compute=_segments,
    table="tblSegmenten",
    columns=(
        Column("segment", "tekst"),
        Column("klanten", "aantal"),
        Column("deel klanten", "procent", "Deel van alle klanten."),
        Column("omzet", "euro"),
        Column("deel omzet", "procent", "Deel van de omzet van alle klanten."),
        Column("omzet per klant", "euro"),
        Column("actie", "tekst"),
    ),
    key=("segment",),
    figures=(Figure("gescoord", "Klanten met scores", "aantal", "Leeg onder de vijf klanten."),),
    settings=("kw_peildatum",),
    counted=("segment", "segmenten"),
)
