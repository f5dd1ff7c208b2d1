"""What the models of buying and spending refuse, and why one of them has no fit."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple

from klantwaarde_xl.errors import KlantwaardeError, OutOfRange
from klantwaarde_xl.refusals.refusal import Because, Reason, Refusal
from klantwaarde_xl.refusals.shared import AN_INTEREST_OR_END

# ── what is asked of a model ────────────────────────────────────────────────────────────────────

DURATION = Refusal(OutOfRange, "De duur is negatief of ontbreekt.", "Vul een duur van 0 of meer in.")
COUNT_OF_PURCHASES = Refusal(OutOfRange, "Een aantal aankopen is negatief of gebroken.")
COUNT = Refusal(OutOfRange, "Het aantal {counted} moet een geheel getal vanaf 0 zijn.")
NO_SUCH_MODEL = Refusal(OutOfRange, "Dit model bestaat niet.", "Kies {others} of {last}.")
ENDLESS = Refusal(
    OutOfRange, "De rente is nul of negatief: zonder rente kan de som oneindig zijn.", AN_INTEREST_OR_END
)
_NO_MEAN = Refusal(
    OutOfRange,
    "De gemiddelde besteding bestaat niet: q = {q} is niet groter dan 1, enkele zeer hoge bedragen"
    " overheersen.",
    "Controleer de hoogste bedragen, of schat zonder uitschieters.",
)


def no_mean(q: float) -> KlantwaardeError:
    """Return the refusal of a mean spend that does not exist."""
    return _NO_MEAN(q=f"{q:.2f}".replace(".", ","))


# ── characteristics ─────────────────────────────────────────────────────────────────────────────

MODEL_COUNTS_CHANCES = Refusal(
    OutOfRange, "Dit model telt kansen om te kopen, geen tijd.", "Kies een ander model."
)
MISSING_CHARACTERISTIC = Refusal(
    OutOfRange, "Een kenmerk ontbreekt of is geen getal.", "Geef elke klant een waarde."
)
SAME_FOR_ALL = Refusal(
    OutOfRange, "Een kenmerk is voor alle klanten gelijk, of volgt uit de andere.", "Laat het weg."
)

# ── rows of customers ───────────────────────────────────────────────────────────────────────────

UNEQUAL_HISTORIES = Refusal(OutOfRange, "Frequentie, recentheid en leeftijd zijn niet even lang.")
UNEQUAL_SPENDING = Refusal(OutOfRange, "Frequentie en besteding zijn niet even lang.")
WEIGHTS = Refusal(OutOfRange, "De gewichten zijn negatief, ontbreken of zijn niet even lang als de klanten.")


class OfRows(StrEnum):
    """What is impossible in the row of a customer."""

    NO_NUMBER = "ontbrekend of oneindig getal"
    FREQUENCY = "frequentie negatief of gebroken"
    NEGATIVE_TIME = "recentheid of leeftijd negatief"
    RECENCY_BEYOND_AGE = "recentheid groter dan leeftijd"
    REPEATS_WITHOUT_RECENCY = "herhaalaankopen maar recentheid 0"
    RECENCY_WITHOUT_REPEATS = "recentheid zonder herhaalaankopen"
    BROKEN_OPPORTUNITIES = "gebroken aantal kansen"
    MORE_PURCHASES_THAN_OPPORTUNITIES = "frequentie hoger dan recentheid"
    TOO_MANY_OPPORTUNITIES = "meer dan 10.000 kansen"
    NO_FREQUENCY = "frequentie ontbreekt, negatief of gebroken"
    NO_SPENDING = "besteding ontbreekt of niet boven nul"


class Problem(NamedTuple):
    """What is impossible in rows, how often, and in which row first, from 1."""

    what: OfRows
    times: int
    row: int


class Impossible(NamedTuple):
    """The refusal of impossible rows, which names each of their problems."""

    refusal: Refusal

    def __call__(self, found: Sequence[Problem]) -> KlantwaardeError:
        """Return the error to raise."""
        said = (f"{one.what}: {one.times} keer, eerst in rij {one.row}" for one in found)
        return self.refusal(problems="; ".join(said))


IMPOSSIBLE_CUSTOMERS = Impossible(
    Refusal(
        OutOfRange,
        "Onmogelijke klantgegevens: {problems}.",
        "Tel de eerste aankoop niet mee in de frequentie en meet recentheid en leeftijd vanaf de eerste"
        " aankoop, in dezelfde eenheid.",
    )
)
IMPOSSIBLE_OPPORTUNITIES = Impossible(
    Refusal(
        OutOfRange,
        "Onmogelijke klantgegevens: {problems}.",
        "Tel per kans (jaar, maand) hoogstens één aankoop, en nummer de kansen vanaf 1.",
    )
)
IMPOSSIBLE_SPENDING = Impossible(
    Refusal(
        OutOfRange,
        "Onmogelijke bestedingen: {problems}.",
        "Trek retouren eerst af en laat gratis orders weg, in frequentie en besteding.",
    )
)

# ── too little to estimate from ─────────────────────────────────────────────────────────────────

_MORE = "Neem een langere periode of meer klanten."
_LONGER = "Volg de klanten langer of neem kortere perioden."
NO_CUSTOMERS = Reason("Er zijn geen klanten.", "Controleer of het bereik gegevens bevat.")
ALL_CAME_ON_THE_LAST_DAY = Reason(
    "Alle klanten kochten voor het eerst op de laatste dag van de gegevens (de peildatum): er is nog"
    " geen tijd waarin zij konden terugkomen.",
    "Neem een langere periode of een latere peildatum.",
)
NOBODY_CAME_BACK = Reason(
    "Geen enkele klant kocht een tweede keer: hoe vaak klanten kopen en wanneer ze stoppen is niet te zien.",
    _MORE,
)
ONE_CUSTOMER = Reason(
    "Eén klant is te weinig om verschillen tussen klanten te schatten.", "Neem meer klanten."
)
_FEW_CAME_BACK = Reason(
    "Er {who} opnieuw: hoe klanten verschillen en wanneer ze stoppen is niet te zien.", _MORE
)
ONE_CUSTOMER_AT_MOST = Reason("Er is hoogstens één klant.", "Neem meer klanten.")
TOO_FEW_OPPORTUNITIES = Reason("De klanten hadden minder dan {least} kansen om te kopen.", _LONGER)
NOBODY_BOUGHT_AGAIN = Reason("Geen enkele klant kocht opnieuw.", _LONGER)
ALL_BOUGHT_ALWAYS = Reason("Elke klant kocht bij elke kans: er is geen uitval om te schatten.", _LONGER)
TOO_FEW_SPENDERS = Reason(
    "Te weinig klanten met betaalde herhaalaankopen: {customers:.0f}; minstens {least} zijn nodig.",
    "Neem meer klanten of een langere periode.",
)


def few_came_back(customers: float) -> Because:
    """Return the reason that so few customers bought again, of whom weights may make a broken number."""
    who = "kocht maar 1 klant" if customers == 1 else f"kochten maar {customers:g} klanten"
    return _FEW_CAME_BACK(who=who)
