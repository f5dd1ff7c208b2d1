"""What kernels of purchases and of groups of customers refuse."""

from __future__ import annotations

from klantwaarde_xl.errors import DivisionByZero, NotAvailable, OutOfRange, WrongType
from klantwaarde_xl.refusals.refusal import Refusal
from klantwaarde_xl.refusals.shared import PERIODS_OF_DATES

# ── behaviour ───────────────────────────────────────────────────────────────────────────────────

NO_CUSTOMERS = Refusal(DivisionByZero, "Er zijn geen klanten.")
NEGATIVE_WINDOW = Refusal(OutOfRange, "Het venster is negatief.")
NOBODY_FOLLOWED_SO_LONG = Refusal(
    DivisionByZero, "Geen klant is zo lang gevolgd als het venster.", "Kies een korter venster."
)
NOBODY_BOUGHT_TWICE = Refusal(NotAvailable, "Geen klant heeft twee aankopen.")
WAIT_OR_HIGHEST = Refusal(
    OutOfRange, "De wachttijd is negatief, of de hoogste aankoop is geen heel getal vanaf 1."
)
NO_PURCHASES_LONG_AGO = Refusal(NotAvailable, "Er zijn geen aankopen die lang genoeg geleden zijn.")
PERIOD_ENDS_TOO_SOON = Refusal(OutOfRange, "De periode eindigt voor hij begint.")
NO_CUSTOMERS_IN_PERIOD = Refusal(DivisionByZero, "Er zijn geen klanten in deze periode.")

# ── cohorts ─────────────────────────────────────────────────────────────────────────────────────

DATE = Refusal(OutOfRange, "Een datum ligt voor 1900 of na 9999.")
TOO_MANY_PERIODS = Refusal(OutOfRange, "De datums beslaan meer dan {most} perioden.", PERIODS_OF_DATES)
NO_AMOUNTS = Refusal(WrongType, "Voor omzet zijn bedragen nodig.", "Vul het argument bedragen in.")

# ── concentration ───────────────────────────────────────────────────────────────────────────────

NEGATIVE_VALUE = Refusal(
    OutOfRange, "Een waarde is negatief; een deel van het totaal heeft dan geen betekenis."
)
NO_VALUES = Refusal(DivisionByZero, "Er zijn geen waarden boven nul.")
SHARE = Refusal(OutOfRange, "Het deel ligt niet tussen 0 en 1.")
BORDERS = Refusal(OutOfRange, "De grenzen moeten oplopen: 0 < grens A < grens B <= 1.")

# ── RFM, retention of revenue, effects ──────────────────────────────────────────────────────────

TOO_FEW_FOR_FIFTHS = Refusal(OutOfRange, "Scores in vijven vragen minstens {least} klanten; hier: {there}.")
ALL_EQUAL = Refusal(NotAvailable, "Alle klanten hebben hetzelfde getal; er valt niets te verdelen.")
RFM_SCORE = Refusal(OutOfRange, "Een RFM-score ligt buiten 1 t/m 5.")
NOBODY_AT_THE_BEGIN = Refusal(DivisionByZero, "Geen klant had omzet aan het begin.")
NEGATIVE_REVENUE = Refusal(OutOfRange, "Een omzet is negatief.", "Tel retouren eerst per klant af.")
NO_ROWS = Refusal(NotAvailable, "Er zijn geen rijen.", "Kies kolommen waarin gegevens staan.")
AMOUNTS_TOO_LARGE = Refusal(OutOfRange, "De bedragen zijn te groot om op te tellen.")
TOO_FEW_IN_A_GROUP = Refusal(DivisionByZero, "Een van beide groepen heeft minder dan twee klanten.")

# ── segments and the moves between them ─────────────────────────────────────────────────────────

VALUE_TOO_LARGE = Refusal(OutOfRange, "De waarde is te groot voor de spreadsheet.")
NEGATIVE_COUNT = Refusal(OutOfRange, "Een aantal klanten is negatief.")
PERIODS_TOO_MANY = Refusal(OutOfRange, "Meer dan {most} perioden past niet.")
COUNT_TOO_LARGE = Refusal(OutOfRange, "Een aantal is te groot voor de spreadsheet.")
MOVES_NOT_SQUARE = Refusal(WrongType, "De overgangen zijn geen vierkant blok: evenveel rijen als kolommen.")
CHANCE_OF_MOVING = Refusal(OutOfRange, "Een overgangskans ligt buiten 0 en 1.")
CHANCES_OF_ROW = Refusal(OutOfRange, "De kansen in rij {row} zijn samen geen 1.")
NOT_PER_SEGMENT = Refusal(
    WrongType, "{argument}: geef een rij of kolom met {segments} getallen, een per segment."
)
NOT_WHOLE = Refusal(OutOfRange, "{argument} is geen heel getal vanaf 0.")
NAMES_OF_SEGMENTS = Refusal(WrongType, "segmenten: geef {segments} namen, een per segment.")
ENDLESS = Refusal(
    OutOfRange,
    "De som heeft geen einde: klanten blijven eeuwig waarde opleveren.",
    "Vul een rente boven nul of een horizon in.",
)
