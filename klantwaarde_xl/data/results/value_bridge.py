"""What the value of all customers came to since some months ago, by what made it so."""

from __future__ import annotations

import datetime as dt
from typing import Any

from klantwaarde_xl.data.forecast_basis import Basis
from klantwaarde_xl.data.forecasts import total_ends
from klantwaarde_xl.data.periods import months_before
from klantwaarde_xl.data.results import Column, Figure, Made, Result
from klantwaarde_xl.data.results.context import Context
from klantwaarde_xl.data.results.forecast import SETTINGS, basis_in
from klantwaarde_xl.dutch import EPOCH
from klantwaarde_xl.errors import NotAvailable
from klantwaarde_xl.kernels.models.log.summary import Summary
from klantwaarde_xl.kernels.models.value_bridge import Bridge, value_bridge

# As people read them, and what makes each
STEPS = (
    ("Begin", "opening", "Wat de klanten van toen toen waard waren."),
    ("Geworven", "won", "Wie sindsdien voor het eerst kocht."),
    ("Gedrag", "behaviour", "De anderen: wat hun aankopen, of het uitblijven ervan, veranderden."),
    ("Verloren", "lost", "Wie toen waarschijnlijk nog klant was, en nu niet meer."),
    ("Eind", "closing", "Alle klanten samen, nu."),
)
# Of fewer at the start, other customers of the same kind say little about how sure the change is
FEW = 30
_CAUSES = {"won": "nieuwe klanten", "behaviour": "wat klanten kochten", "lost": "klanten die vertrokken"}


def _bridge(context: Context) -> Made:
    figures: dict[str, Any] = dict.fromkeys(one.name for one in BRIDGE.figures)
    basis = context.once(basis_in)
    opening = months_before(context.as_of, context.settings.report_months)
    models, message = basis.models
    if models is None or not models.buying.converged:
        said = message or (models.buying.message if models else "")
        return Made((), figures | {"waardebrug_bericht": said})
    before = _customers(basis, opening)
    found = value_bridge(before, basis.summary, models, basis.terms)
    rows = [(label, *getattr(found, field), said) for label, field, said in STEPS]
    figures |= {
        "waardebrug_van": opening,
        "waardebrug_verandering": found.change,
        **_ends(basis, found),
        "waardebrug_oorzaak": _cause(found),
    }
    return Made(rows, figures)


def _ends(basis: Basis, found: Bridge) -> dict[str, Any]:
    """Between what the change lies; from few customers it is nearly the value, and as unsure as that."""
    low: float | None = found.lower
    high: float | None = found.upper
    few = found.opening.customers if found.opening.customers < FEW else None
    if few is not None:
        value = total_ends(basis)
        low, high = (
            None if end is None else end - found.opening.value
            for end in (value["waarde_laag"], value["waarde_hoog"])
        )
    return {"waardebrug_laag": low, "waardebrug_hoog": high, "waardebrug_weinig": few}


def _customers(basis: Basis, day: dt.date) -> Summary | None:
    """Who was there on a day; None where that is before the first order."""
    try:
        return basis.summary_on(float((day - EPOCH).days))
    except NotAvailable:
        return None


def _cause(found: Bridge) -> str | None:
    """The step that did most of the change, in words; None where the value is the same."""
    sign = (found.change > 0) - (found.change < 0)
    most = max(_CAUSES, key=lambda name: sign * getattr(found, name).value)
    return _CAUSES[most] if sign else None


BRIDGE = Result(
    name="waardebrug",
    title="Hoe de klantwaarde veranderde",
    compute=_bridge,
    table="tblWaardebrug",
    columns=(
        Column("stap", "tekst"),
        Column("waarde", "euro", "De stappen tellen precies op, van begin tot eind."),
        Column("klanten", "aantal", "Van hoeveel klanten."),
        Column("uitleg", "tekst"),
    ),
    key=("stap",),
    figures=(
        Figure("waardebrug_van", "Begin van het rapport", "datum"),
        Figure("waardebrug_verandering", "Verandering van de klantwaarde", "euro"),
        Figure("waardebrug_laag", "Verandering, laag (95%)", "euro", "ook wie er komt en koopt, is toeval"),
        Figure("waardebrug_hoog", "Verandering, hoog (95%)", "euro"),
        Figure("waardebrug_weinig", "Klanten aan het begin, als dat er te weinig zijn", "aantal"),
        Figure("waardebrug_oorzaak", "Grootste oorzaak", "tekst"),
        Figure("waardebrug_bericht", "Melding over de klantwaarde", "tekst"),
    ),
    settings=(*SETTINGS, "kw_rapport_maanden"),
    counted=("stap", "stappen"),
)
