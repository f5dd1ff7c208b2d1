"""Sentences that kernels of more than one room refuse with."""

from __future__ import annotations

from klantwaarde_xl.errors import DivisionByZero, NotAvailable, OutOfRange
from klantwaarde_xl.refusals.refusal import Refusal

NO_CERTAINTY = Refusal(OutOfRange, "De zekerheid ligt niet tussen 0 en 1.")
INTEREST_TOO_LOW = Refusal(OutOfRange, "De rente is -100% of lager.")
NO_PURCHASES_YET = Refusal(NotAvailable, "Er zijn geen aankopen tot en met de peildatum.")
NO_WEIGHT = Refusal(DivisionByZero, "De gewichten zijn samen nul.")
DISCOUNT_RATE = Refusal(
    OutOfRange, "De disconteringsvoet moet een getal vanaf 0 zijn.", "Vul 10% in als 0,1."
)
PERIODS_OF_DATES = "Zoek een verkeerde datum, of kies een langere periode."  # what helps against too many
AN_INTEREST_OR_END = "Vul een rente boven 0 in, of reken met een eindige horizon."
