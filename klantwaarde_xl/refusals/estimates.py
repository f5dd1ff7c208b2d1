"""What estimating refuses, and why a search has no answer."""

from __future__ import annotations

from collections.abc import Sequence

from klantwaarde_xl.errors import KlantwaardeError, NotAvailable, OutOfRange, WrongType
from klantwaarde_xl.refusals.refusal import Because, Reason, Refusal, listed
from klantwaarde_xl.refusals.titles import called

CERTAINTY = Refusal(OutOfRange, "De zekerheid ligt niet tussen 0 en 1.", "Vul 95% in als 0,95.")

# ── parameters ──────────────────────────────────────────────────────────────────────────────────

MISSING_PARAMETERS = Refusal(WrongType, "Parameter ontbreekt: {names}.")
COUNT_OF_PARAMETERS = Refusal(WrongType, "Er zijn {given} parameters gegeven; dit zijn er {wanted}: {names}.")
NO_POSITIVE_NUMBER = Refusal(
    OutOfRange,
    "Parameter is geen positief getal: {names}.",
    "Neem de parameters van een geslaagde schatting.",
)

# ── fits ────────────────────────────────────────────────────────────────────────────────────────

_NO_FIT = Refusal(NotAvailable, "{model} is niet te schatten: {why}")
_NOT_FITTED = Refusal(NotAvailable, "{model} is niet geschat: {why}")
_NOT_RICHER = Refusal(
    OutOfRange,
    "{rich} heeft niet meer parameters dan {simple}.",
    "Geef eerst het eenvoudige model, dan het rijkere.",
)
OTHER_CUSTOMERS = Refusal(
    OutOfRange, "De modellen zijn van {simple} en {rich} klanten.", "Vergelijk op dezelfde klanten."
)
_FITS_WORSE = Refusal(
    OutOfRange,
    "{rich} past slechter dan {simple}, dat erin besloten ligt.",
    "Schat beide modellen opnieuw op dezelfde klanten.",
)
_EASIER = "Neem meer klanten of een langere periode, of kies een eenvoudiger model."
_NO_BEST = Reason(
    "Er is geen beste waarde: veel waarden van {names} passen even goed. De gegevens verschillen"
    " te weinig tussen klanten om de parameters te scheiden.",
    _EASIER,
)
NO_LIKELIHOOD = Reason("De aannemelijkheid is voor deze gegevens niet te berekenen.", _EASIER)
STUCK = Reason("Het zoeken liep vast voordat de beste waarde was gevonden.", _EASIER)


def no_fit(model: str, why: str) -> KlantwaardeError:
    """Return the refusal of a fit that did not converge; model: its title; why: its message."""
    return _NO_FIT(model=called(model), why=why)


def not_fitted(model: str, why: str) -> KlantwaardeError:
    """Return the refusal to compare a fit that did not converge; arguments as `no_fit`."""
    return _NOT_FITTED(model=called(model), why=why)


def not_richer(simple: str, rich: str) -> KlantwaardeError:
    """Return the refusal of a model that has no more parameters than the simple one; their titles."""
    return _NOT_RICHER(simple=called(simple), rich=called(rich))


def fits_worse(simple: str, rich: str) -> KlantwaardeError:
    """Return the refusal of a rich model that is less likely than one within it; their titles."""
    return _FITS_WORSE(simple=called(simple), rich=called(rich))


def no_best(names: Sequence[str]) -> Because:
    """Return the reason that a likelihood has no top; names: of the parameters it leaves open."""
    return _NO_BEST(names=listed(names))
