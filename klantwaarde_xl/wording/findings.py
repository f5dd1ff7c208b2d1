"""What a forecast stands on, in words: each finding with what people call it and what it means."""

from __future__ import annotations

from typing import NamedTuple

from klantwaarde_xl.kernels.models.checks.findings import Findings
from klantwaarde_xl.refusals.titles import called
from klantwaarde_xl.wording import checks, fits

NOTES = {
    "rows": ("rijen gelezen", "tot en met de peildatum"),
    "later": ("rijen erna", "na de peildatum: tellen niet mee"),
    "years": ("jaren gegevens", "van de eerste aankoop tot de peildatum"),
    "customers": ("klanten", "met een aankoop na aftrek van retouren"),
    "emptied": ("klanten vervallen", "alles is teruggebracht, of er waren alleen retouren"),
    "purchases": ("aankopen", "een dag van een klant is een aankoop"),
    "refunds": ("retouren", "van de laatste aankopen ervoor afgetrokken"),
    "refunded": ("bedrag van retouren", "samen"),
    "unmatched": ("retour zonder aankoop", "bedrag waarvoor geen eerdere aankoop bekend is"),
    "undone": ("aankopen vervallen", "geheel teruggebracht: tellen niet als aankoop"),
    "free": (
        "gratis aankopen",
        "tellen als aankoop; wie alleen gratis herhaalde telt niet mee in de besteding",
    ),
}
HARDLY = 0.95  # from this share of customers with one purchase on, hardly anybody came back


class Finding(NamedTuple):
    """A finding: its field, what people call it, its figure (1 or 0 for a fit), and what it means."""

    name: str
    label: str
    value: float
    note: str


def lines(found: Findings) -> list[Finding]:
    """Return the findings with their words, in order."""
    made = []
    for name, value in found._asdict().items():
        if name in NOTES:
            made.append(Finding(name, NOTES[name][0], value, NOTES[name][1]))
        elif name == "as_of":
            made.append(Finding(name, "peildatum", value, _about_day(found)))
        elif name == "once":
            made.append(Finding(name, "deel met één aankoop", value, _about_once(value)))
        elif name in ("buying", "spending"):
            made.append(
                Finding(name, called(value.model), float(value.converged), value.message or fits.good(value))
            )
        elif name == "independence":
            made.append(Finding(name, "frequentie en besteding", value.correlation, fits.independence(value)))
    return made


def _about_day(found: Findings) -> str:
    """The day in words, and whether it stands so far from the others that it may be a mistake."""
    words = f"{checks.day(found.as_of)}: de dag waarop wordt gekeken"
    if found.quiet:
        return f"{words}. Let op: dat is {found.quiet:.0f} dagen na de aankoopdag ervoor; klopt die datum?"
    return words


def _about_once(share: float) -> str:
    if share > HARDLY:
        return "bijna niemand kocht opnieuw: neem een langere periode, de schatting is onzeker"
    return "van de klanten, die (nog) niet opnieuw kochten"
