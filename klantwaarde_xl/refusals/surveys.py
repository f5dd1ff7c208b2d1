"""What kernels of surveys refuse."""

from __future__ import annotations

from klantwaarde_xl.errors import DivisionByZero, NotAvailable, OutOfRange, WrongType
from klantwaarde_xl.refusals.refusal import Refusal

# ── answers ─────────────────────────────────────────────────────────────────────────────────────

NO_ANSWERS = Refusal(
    DivisionByZero, "Er zijn geen scores.", "Geef een bereik met antwoorden {low} t/m {high}."
)
ANSWER = Refusal(OutOfRange, "Een score ligt buiten {low} t/m {high} of is geen geheel getal.")
SCALE_OF_MEASURE = Refusal(
    OutOfRange, "Bij deze maat kan de schaal geen {scale:g} zijn.", "Kies uit: {known}."
)
SCALE = Refusal(OutOfRange, "De schaal is geen 5, 7 of 10.")
TOO_FEW_ANSWERS = Refusal(
    DivisionByZero, "Er zijn te weinig antwoorden, of alle antwoorden vallen in dezelfde groep."
)
CERTAINTY_OR_POPULATION = Refusal(
    OutOfRange, "De zekerheid ligt niet tussen 0 en 1, of de populatie is te klein voor de antwoorden."
)
NO_PROMOTERS_OR_DETRACTORS = Refusal(
    DivisionByZero, "Er zijn geen promotors, of geen criticasters, met een bedrag."
)
WEIGHT_OF_ANSWER = Refusal(OutOfRange, "Een gewicht is negatief, of ontbreekt naast een score.")

# ── waves ───────────────────────────────────────────────────────────────────────────────────────

NOT_AS_MANY_SCORES = Refusal(
    WrongType, "Er zijn niet evenveel scores als {beside}.", "Kies voor beide dezelfde rijen."
)
NOBODY_IN_BOTH_WAVES = Refusal(DivisionByZero, "Geen enkele klant heeft in beide metingen een score.")
TOO_FEW_WAVES = Refusal(NotAvailable, "Voor een trend zijn antwoorden uit ten minste twee metingen nodig.")

# ── drivers ─────────────────────────────────────────────────────────────────────────────────────

TOO_MANY_ASPECTS = Refusal(OutOfRange, "Er zijn meer dan {most} aspecten.", "Kies de belangrijkste.")
TOO_FEW_WHOLE_ROWS = Refusal(
    NotAvailable,
    "Te weinig rijen zonder lege cel: {rows}, voor {aspects} aspecten.",
    "Neem er minstens {least}, of minder aspecten.",
)
NOTHING_TO_EXPLAIN = Refusal(
    DivisionByZero, "Alle scores tellen even zwaar: er is geen verschil om te verklaren."
)

# ── perceived value ─────────────────────────────────────────────────────────────────────────────

NO_INVESTMENT = Refusal(DivisionByZero, "De investeringen zijn samen nul; kies het verschil.")
NO_SCORES = Refusal(DivisionByZero, "Er zijn geen scores.")
NOT_AS_MANY_WEIGHTS = Refusal(WrongType, "Er zijn niet evenveel gewichten als scores.")
NEGATIVE_WEIGHT = Refusal(OutOfRange, "Een gewicht is negatief.")
NO_ASPECTS = Refusal(DivisionByZero, "Er zijn geen aspecten.")
NEGATIVE_TOLERANCE = Refusal(OutOfRange, "De tolerantie is negatief.")
NOT_AS_MANY_OF_RIVAL = Refusal(WrongType, "Er zijn niet evenveel eigen scores als scores van de concurrent.")
NEGATIVE_SCORE = Refusal(OutOfRange, "Een score is negatief.")
RIVAL_WITHOUT_SCORE = Refusal(DivisionByZero, "Een score van de concurrent is nul.")
