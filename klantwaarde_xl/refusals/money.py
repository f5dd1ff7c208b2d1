"""What kernels of costs, budgets and cash flows refuse."""

from __future__ import annotations

from klantwaarde_xl.errors import NotAvailable, OutOfRange
from klantwaarde_xl.refusals.refusal import Refusal

NEGATIVE_COSTS = Refusal(OutOfRange, "Kosten of een aantal nieuwe klanten zijn negatief.")

# ── budget ──────────────────────────────────────────────────────────────────────────────────────

NO_GROUP_BROUGHT_ANYTHING = Refusal(
    NotAvailable,
    "Geen groep heeft al iets opgebracht: waar de volgende euro het meest brengt, is niet te zeggen.",
    "Vul van ten minste een groep de uitgaven en de opbrengst in.",
)
NEGATIVE_BUDGET = Refusal(OutOfRange, "Een uitgave, opbrengst, vloer, plafond of budget is negatief.")
ELASTICITY = Refusal(OutOfRange, "De elasticiteit ligt niet tussen 0 en 1.")
FLOOR_ABOVE_CEILING = Refusal(OutOfRange, "Een vloer is hoger dan zijn plafond.")
FLOORS_ABOVE_BUDGET = Refusal(OutOfRange, "De vloeren samen zijn hoger dan het budget.")

# ── cash flow ───────────────────────────────────────────────────────────────────────────────────

HORIZON = Refusal(OutOfRange, "De horizon is geen geheel getal van 0 tot en met {most}.")
RETENTION = Refusal(OutOfRange, "De retentie ligt buiten 0 en 1.", "Vul 80% in als 0,8.")
INTEREST_OR_GROWTH = Refusal(OutOfRange, "De rente of de groei is -100% of lager.")
NEGATIVE_COST_OF_WINNING = Refusal(
    OutOfRange, "De wervingskosten zijn negatief.", "Vul kosten in zonder minteken."
)
MARGIN = Refusal(OutOfRange, "De marge is groter dan 1.", "Vul 30% in als 0,3.")
