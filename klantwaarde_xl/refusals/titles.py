"""What models are called: those of the literature by their title, the limits of these in Dutch."""

from __future__ import annotations

_DUTCH = {
    "own rate": "eigen tempo",
    "NBD, stops at once or never": "NBD met stoppen meteen of nooit",
    "Poisson, stops at once or never": "Poisson met stoppen meteen of nooit",
    "NBD, stops after one or never": "NBD met stoppen na de eerste herhaling of nooit",
    "Poisson, stops after one or never": "Poisson met stoppen na de eerste herhaling of nooit",
    "BG/NBD, one chance to stop": "BG/NBD met één stopkans",
    "BG/NBD, one rate": "BG/NBD met één tempo",
    "BG/NBD, one rate, one chance to stop": "BG/NBD met één tempo en één stopkans",
    "MBG/NBD, one chance to stop": "MBG/NBD met één stopkans",
    "MBG/NBD, one rate": "MBG/NBD met één tempo",
    "MBG/NBD, one rate, one chance to stop": "MBG/NBD met één tempo en één stopkans",
    "Pareto/NBD, one rate to stop": "Pareto/NBD met één stoptempo",
    "Pareto/NBD, one rate": "Pareto/NBD met één tempo",
    "Pareto/NBD, one rate, one rate to stop": "Pareto/NBD met één tempo en één stoptempo",
    "one retention": "één vaste retentie",
    "one retention that moves": "één retentie die met de tijd verandert",
    "at once or never": "meteen of nooit",
    "nobody leaves": "niemand vertrekt",
    "Gamma, one mean": "Gamma met één gemiddelde",
    "Gamma, own mean": "Gamma per klant",
    "one amount": "één bedrag",
}
_TITLES = {name: title for title, name in _DUTCH.items()}


def called(title: str) -> str:
    """Return what the model with that title is called in Dutch."""
    return _DUTCH.get(title, title)


def title_of(name: str) -> str:
    """Return the title of the model that is called so, as it may be filed in a workbook."""
    return _TITLES.get(name, name)
