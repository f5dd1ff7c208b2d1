"""What is special about the limit that a fit is of, in Dutch; nothing of a fit of the model itself."""

from __future__ import annotations

from klantwaarde_xl.kernels.models import contractlimits, spendlimits
from klantwaarde_xl.kernels.models.buying import face, lasting, rates, stops
from klantwaarde_xl.kernels.models.buying.chances import OWN_RATE
from klantwaarde_xl.kernels.models.estimate.search import Fit

_OWN_RATE = "elke klant gaat door in zijn eigen tempo, en niemand stopt"
_ONE_CHANCE = "de kans om te stoppen is voor alle klanten dezelfde"
# Of what a model of buying is made of; customers who differ in it are nothing special
_PARTS: dict[object, str] = {
    stops.NEVER: "niemand stopt zichtbaar",
    stops.ONE_CHANCE: _ONE_CHANCE,
    stops.NOW_OR_NEVER: "wie stopt, doet dat bij de eerste gelegenheid",
    lasting.ONE_LASTING: _ONE_CHANCE,
    rates.ONE: "alle klanten kopen even vaak",
}
_CONTRACTS = {
    contractlimits.ONE_CHANCE: "klanten verschillen niet zichtbaar: de retentie is elke periode even hoog",
    contractlimits.ONE_MOVING: (
        "klanten verschillen niet zichtbaar: de retentie verandert voor allen gelijk met de tijd"
    ),
    contractlimits.NOW_OR_NEVER: "wie vertrekt, doet dat in de eerste periode; wie dan blijft, blijft",
    contractlimits.NOBODY_LEAVES: (
        "er vertrok niemand; de ondergrens laat zien hoeveel vertrek de gegevens nog toelaten"
    ),
}
_SPENDING = {
    spendlimits.ONE_MEAN.title: (
        "klanten verschillen niet zichtbaar in wat ze per aankoop besteden: voor allen het gemiddelde"
    ),
    spendlimits.OWN_MEAN.title: "elke klant besteedt steeds evenveel: het eigen gemiddelde",
    spendlimits.ONE_AMOUNT: "alle klanten besteden evenveel per aankoop: dat bedrag",
}


def of_buying(fit: Fit) -> str:
    """Say what is special about the limit of a model of buying."""
    limit = face.limit_of(fit)
    if limit is None:
        return ""
    if limit is OWN_RATE:
        return _OWN_RATE
    return " en ".join(_PARTS[part] for part in limit.made_of or () if part in _PARTS)


def of_contracts(fit: Fit) -> str:
    """Say what is special about the limit of a model of contracts."""
    limit = contractlimits.limit_of(fit)
    return "" if limit is None else _CONTRACTS[limit]


def of_spending(fit: Fit) -> str:
    """Say what is special about the limit of the model of spending."""
    return _SPENDING.get(fit.model, "")
