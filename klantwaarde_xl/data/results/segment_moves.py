"""Segments by what they bring, on the map of R and FM, and how customers moved between two days."""

from __future__ import annotations

import datetime as dt
import math
from collections import Counter
from typing import Any

from klantwaarde_xl.data.periods import months_before
from klantwaarde_xl.data.reading.cells.numbers import PLACES
from klantwaarde_xl.data.results import Column, Figure, Made, Result, Row
from klantwaarde_xl.data.results.context import Context
from klantwaarde_xl.data.results.rfm import OMZET, SEGMENT, F, M, R, scored, scored_on
from klantwaarde_xl.dutch import format_date
from klantwaarde_xl.kernels.rfm import Segment
from klantwaarde_xl.wording.segments import SEGMENT_ACTIONS, SEGMENT_NAMES

MONTHS = 3  # between the two days, where none is chosen
NEW = "nieuw"
_BEST, *_ = SEGMENT_NAMES
_LEAVING = (SEGMENT_NAMES[Segment.AT_RISK], SEGMENT_NAMES[Segment.CANNOT_LOSE])


def before(context: Context) -> dt.date:
    """The earlier day."""
    return context.settings.as_of_before or months_before(context.as_of, MONTHS)


def _then(context: Context) -> list[Row]:
    """The customers of the earlier day; none where it is not earlier."""
    day = before(context)
    return scored_on(context, day) if day < context.as_of else []


def not_earlier(context: Context) -> str | None:
    """What to say of an earlier day that is not earlier."""
    if (day := before(context)) < context.as_of:
        return None
    return (
        f"De vorige peildatum ({format_date(day)}) ligt niet voor de peildatum "
        f"({format_date(context.as_of)}): kies op Instellingen een eerdere."
    )


def _why(context: Context) -> str | None:
    """Why there is nothing to compare."""
    if wrong := not_earlier(context):
        return wrong
    if not any(row[SEGMENT] for row in context.once(_then)):
        return (
            f"Op {format_date(before(context))} waren er nog geen vijf klanten: kies op Instellingen een "
            "latere vorige peildatum."
        )
    return None


def _sum(rows: list[Row]) -> float:
    return round(math.fsum(row[OMZET] for row in rows), PLACES)


def _values(context: Context) -> Made:
    """One row a segment, what brings most on top."""
    now, margin = context.once(scored), context.settings.margin
    figures: dict[str, Any] = dict.fromkeys(one.name for one in VALUES.figures)
    if not any(row[SEGMENT] for row in now):
        return Made((), figures | {"rfm_bericht": "Scores vragen minstens vijf klanten."})
    then = None if _why(context) else Counter(row[SEGMENT] for row in context.once(_then))
    members = {name: [row for row in now if row[SEGMENT] == name] for name in SEGMENT_NAMES}
    rows: list[Row] = []
    for name, action in zip(SEGMENT_NAMES, SEGMENT_ACTIONS, strict=True):
        count, revenue = len(members[name]), _sum(members[name])
        earned = None if margin is None else revenue * margin
        each = earned / count if earned is not None and count else None
        earlier = None if then is None else then[name]
        change = None if earlier is None else count - earlier
        rows.append((name, count, count / len(now), revenue, earned, each, earlier, change, action))
    rows.sort(key=lambda row: -row[3])
    figures |= {
        "rfm_klanten": len(now),
        "rfm_omzet": _sum(now),
        "rfm_beste": _sum(members[_BEST]),
        "rfm_beste_klanten": len(members[_BEST]),
        "rfm_risico": math.fsum(_sum(members[name]) for name in _LEAVING),
        "rfm_risico_klanten": sum(len(members[name]) for name in _LEAVING),
    }
    return Made(rows, figures)


def _map(context: Context) -> Made:
    """A row for each of the 25 places; a place without customers has none."""
    now, margin = context.once(scored), context.settings.margin
    places: dict[tuple[int, int], list[Row]] = {(r, fm): [] for r in range(5, 0, -1) for fm in range(1, 6)}
    for row in now:
        if row[SEGMENT]:
            places[row[R], (row[F] + row[M]) // 2].append(row)
    rows: list[Row] = []
    for (r, fm), there in places.items():
        revenue = _sum(there)
        rows.append((r, fm, _NAMES[r, fm], len(there), revenue, None if margin is None else margin * revenue))
    return Made(rows if any(row[3] for row in rows) else ())


def _names() -> dict[tuple[int, int], str]:
    from klantwaarde_xl.kernels.rfm import segment_of_scores

    return {
        (r, fm): SEGMENT_NAMES[int(segment_of_scores(r, fm, fm))] for r in range(1, 6) for fm in range(1, 6)
    }


_NAMES = _names()


def _moves(context: Context) -> Made:
    """Where the customers of each segment then are now; new ones in a row of their own."""
    figures: dict[str, Any] = dict.fromkeys(one.name for one in MOVES.figures)
    figures |= {"beweging_van": before(context), "beweging_bericht": _why(context)}
    if figures["beweging_bericht"] or not any(row[SEGMENT] for row in context.once(scored)):
        return Made((), figures)
    then = {row[0]: row[SEGMENT] for row in context.once(_then)}
    counts = Counter((then.get(row[0], NEW), row[SEGMENT]) for row in context.once(scored))
    rows = []
    for name in (*SEGMENT_NAMES, NEW):
        each = [counts[name, to] for to in SEGMENT_NAMES]
        rows.append((name, *each, sum(each)))
    places = {name: place for place, name in enumerate(SEGMENT_NAMES)}
    steps: Counter[int] = Counter()
    for (start, to), many in counts.items():
        if start != NEW:
            steps[(places[to] < places[start]) - (places[to] > places[start])] += many
    figures |= {
        "beweging_omhoog": steps[1],
        "beweging_omlaag": steps[-1],
        "beweging_gelijk": steps[0],
        "beweging_nieuw": rows[-1][-1],
    }
    return Made(rows, figures)


_SETTINGS = ("kw_peildatum", "kw_peildatum_vorig")

VALUES = Result(
    name="segmentwaarde",
    title="Segmenten naar wat ze opbrengen",
    compute=_values,
    table="tblSegmentwaarde",
    columns=(
        Column("segment", "tekst"),
        Column("klanten", "aantal"),
        Column("deel", "procent", "Deel van alle klanten."),
        Column("omzet", "euro", "Alles wat zij kochten tot en met de peildatum, retouren eraf."),
        Column("marge", "euro", "Omzet maal uw marge."),
        Column("marge per klant", "euro"),
        Column("vorige", "aantal", "Klanten in het segment op de vorige peildatum."),
        Column("verschil", "punten", "Klanten erbij of eraf sinds de vorige peildatum."),
        Column("wat u doet", "tekst", "Het advies dat ook RFMACTIE geeft."),
    ),
    key=("segment",),
    figures=(
        Figure("rfm_klanten", "Klanten in segmenten", "aantal"),
        Figure("rfm_omzet", "Omzet van deze klanten", "euro"),
        Figure("rfm_beste", "Omzet van kampioenen", "euro"),
        Figure("rfm_beste_klanten", "Kampioenen", "aantal"),
        Figure(
            "rfm_risico", "Omzet met risico op vertrek", "euro", f"van {_LEAVING[0]} en {_LEAVING[1]} samen"
        ),
        Figure("rfm_risico_klanten", "Klanten met risico op vertrek", "aantal"),
        Figure("rfm_bericht", "Melding over de segmenten", "tekst"),
    ),
    settings=(*_SETTINGS, "kw_marge"),
    counted=("segment", "segmenten"),
)
MAP = Result(
    name="segmentkaart",
    title="Kaart van R en FM",
    compute=_map,
    table="tblSegmentkaart",
    columns=(
        Column("R", "aantal", "Hoe kort geleden de laatste aankoop was: 1 (lang) tot 5 (kort)."),
        Column("FM", "aantal", "Het gemiddelde van hoe vaak en hoeveel, halven naar beneden: 1 tot 5."),
        Column("segment", "tekst"),
        Column("klanten", "aantal"),
        Column("omzet", "euro"),
        Column("marge", "euro"),
    ),
    key=("R", "FM"),
    settings=("kw_peildatum", "kw_marge"),
    counted=("vak", "vakken"),
)
MOVES = Result(
    name="segmentbeweging",
    title="Beweging tussen segmenten",
    compute=_moves,
    table="tblBeweging",
    columns=(
        Column("van", "tekst", "Segment op de vorige peildatum; 'nieuw' was toen nog geen klant."),
        *(Column(name, "aantal") for name in SEGMENT_NAMES),
        Column("samen", "aantal"),
    ),
    key=("van",),
    figures=(
        Figure("beweging_van", "Vergeleken met", "datum"),
        Figure("beweging_omhoog", "Klanten omhoog", "aantal", "naar een segment dat hoger in de lijst staat"),
        Figure("beweging_omlaag", "Klanten omlaag", "aantal", "naar een segment dat lager in de lijst staat"),
        Figure("beweging_gelijk", "Klanten in hetzelfde segment", "aantal"),
        Figure("beweging_nieuw", "Nieuwe klanten", "aantal", "die op de vorige peildatum nog niets kochten"),
        Figure("beweging_bericht", "Melding over de beweging", "tekst"),
    ),
    settings=_SETTINGS,
    counted=("segment", "segmenten"),
)
