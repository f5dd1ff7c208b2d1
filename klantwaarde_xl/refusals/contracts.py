"""What kernels of contracts refuse, and why a model of contracts has no fit."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from klantwaarde_xl.errors import KlantwaardeError, NotAvailable, OutOfRange, WrongType
from klantwaarde_xl.refusals.refusal import Reason, Refusal
from klantwaarde_xl.refusals.shared import PERIODS_OF_DATES

# ── dates ───────────────────────────────────────────────────────────────────────────────────────

ENDS_BEFORE_START = Refusal(
    OutOfRange, "Contract {row} eindigt voor zijn start.", "Herstel de datum, of laat het contract weg."
)
GAP = Refusal(OutOfRange, "Het gat is geen aantal dagen vanaf 0.")
NO_CONTRACT = Refusal(
    NotAvailable, "Er is geen contract: het bereik met begindatums is leeg.", "Kies de cellen met datums."
)
NO_CONTRACT_YET = Refusal(
    NotAvailable, "Er is geen contract begonnen tot en met de peildatum.", "Kies een latere peildatum."
)
TOO_MANY_PERIODS = Refusal(OutOfRange, "De contracten beslaan meer dan {most} perioden.", PERIODS_OF_DATES)

# ── a block of survivors ────────────────────────────────────────────────────────────────────────

UNKNOWN_MODEL = Refusal(WrongType, "Onbekend model voor contracten: {model}.", "Kies sBG of BdW.")
SHARES_WITHOUT_CUSTOMERS = Refusal(
    OutOfRange,
    "De reeks bestaat uit aandelen zonder aantal klanten.",
    "Geef ook het aantal klanten aan het begin van elk cohort.",
)
CUSTOMERS_PER_COHORT = Refusal(OutOfRange, "Het aantal klanten moet per cohort één getal boven nul zijn.")
PERIODS_AHEAD = Refusal(
    OutOfRange, "Het aantal perioden is minstens 1, en klanten en verlengingen minstens 0."
)
RENEWAL = Refusal(OutOfRange, "Een verlenging moet een heel getal zijn.")
PERIOD = Refusal(OutOfRange, "Een periode moet een getal vanaf {least} zijn.")
_IMPOSSIBLE_SERIES = Refusal(
    OutOfRange,
    "Onmogelijke reeks overblijvers: {problems}.",
    "Volg één groep klanten: wie weg is komt niet terug, en nieuwe klanten tellen niet mee.",
)


class OfSurvivors(StrEnum):
    """What is impossible in a series of survivors."""

    MISSING = "een ontbrekend of oneindig getal"
    NEGATIVE = "een negatief aantal"
    RISING = "meer klanten dan de periode ervoor"


def impossible_series(found: Sequence[tuple[OfSurvivors, int]]) -> KlantwaardeError:
    """Return the refusal of a series; found: each problem with the first period in which it is."""
    return _IMPOSSIBLE_SERIES(problems="; ".join(f"{one} in periode {period}" for one, period in found))


ONE_CUSTOMER_AT_MOST = Reason("Er is hoogstens één klant.", "Neem een cohort van meer klanten.")
ALL_LEFT_AT_ONCE = Reason(
    "Alle klanten vertrokken in de eerste periode.", "Neem kortere perioden of een ander cohort."
)
TOO_FEW_PERIODS = Reason(
    "Te weinig perioden na het begin ({periods}): voor {parameters} parameters zijn er minstens {parameters}"
    " nodig.",
    "Volg de klanten langer.",
)

# ── value ───────────────────────────────────────────────────────────────────────────────────────

INTEREST = Refusal(OutOfRange, "De rente is negatief.", "Vul 10% in als 0,1.")
HORIZON = Refusal(OutOfRange, "De horizon is geen heel getal van 1 tot {most}.")
NO_SUCH_MODEL = Refusal(OutOfRange, "Dit model bestaat niet.", "Kies sBG of BdW.")
ENDLESS = Refusal(
    OutOfRange,
    "Zonder rente is de verwachte levensduur oneindig: een deel van de klanten blijft zo lang dat"
    " het gemiddelde niet bestaat.",
    "Neem een rente boven nul, of tel over een eindig aantal perioden.",
)
LIFETIME_TOO_LARGE = Refusal(
    OutOfRange, "De verwachte levensduur is te groot om te berekenen.", "Neem een rente."
)

# ── characteristics ─────────────────────────────────────────────────────────────────────────────

NOBODY_LEFT = Refusal(
    NotAvailable, "In de perioden die voorbij zijn vertrok niemand, dus verschilt ook geen soort daarin."
)
SAME_FOR_ALL = Refusal(
    OutOfRange, "Een kenmerk is voor alle contracten gelijk, of volgt uit de andere.", "Laat het weg."
)
