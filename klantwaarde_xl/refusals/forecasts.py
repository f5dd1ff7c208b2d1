"""What kernels refuse that look ahead: the log they look back on, the season, the horizon, the interest."""

from __future__ import annotations

from klantwaarde_xl.dutch import format_date, format_number, serial_to_date
from klantwaarde_xl.errors import KlantwaardeError, NotAvailable, OutOfRange, SpecError, WrongType
from klantwaarde_xl.refusals.refusal import Refusal
from klantwaarde_xl.refusals.shared import AN_INTEREST_OR_END

# ── the log ─────────────────────────────────────────────────────────────────────────────────────

UNEQUAL_COLUMNS = Refusal(WrongType, "Klanten, datums en bedragen zijn niet even lang.")
NO_PURCHASES = Refusal(NotAvailable, "Er zijn geen aankopen.")
ALL_RETURNED = Refusal(NotAvailable, "Na aftrek van de retouren blijft er geen aankoop over.")
UNIT = Refusal(OutOfRange, "De eenheid van tijd bestaat niet.", "Kies weken, dagen, maanden of jaren.")
TOO_LONG = Refusal(
    OutOfRange,
    "De aankopen en de peildatum beslaan meer dan 200 jaar.",
    "Zoek een verkeerde datum; FOUTCEL wijst hem aan als u zegt tussen welke dagen zij horen.",
)
ONE_DAY = Refusal(
    OutOfRange,
    "De gegevens zijn van één dag: er is niets om het model tegen te houden.",
    "Neem een langere periode of een latere peildatum.",
)
CUT = Refusal(
    OutOfRange,
    "De datum tot waar u schat ligt niet tussen de eerste aankoop en de peildatum.",
    "Neem een datum ongeveer halverwege.",
)
PERIODS_OF_DATA = Refusal(
    OutOfRange, "De gegevens beslaan geen hele periode, of te veel.", "Kies een andere eenheid."
)

# ── the time ahead ──────────────────────────────────────────────────────────────────────────────

HORIZON = Refusal(OutOfRange, "De horizon is niet groter dan nul.", "Vul in hoe ver u vooruit wilt kijken.")
HORIZON_TOO_FAR = Refusal(
    OutOfRange,
    "De horizon is langer dan honderd jaar: zo ver voorspelt geen model iets.",
    "Kijk bijvoorbeeld 52 weken vooruit; let op de eenheid van tijd.",
)
MARGIN = Refusal(OutOfRange, "De marge ligt niet tussen 0 en 1.", "Vul 30% in als 0,3.")
SPENDING = Refusal(OutOfRange, "Deze manier van besteden bestaat niet.", "Kies model of eigen.")
DAYS_BEFORE = Refusal(
    OutOfRange,
    "De datums liggen niet na de peildatum: wat eerder kwam, is geteld.",
    "Neem datums na de laatste datum in de gegevens, of een eerdere peildatum.",
)
END_BEFORE_BEGIN = Refusal(OutOfRange, "De einddatum ligt voor de begindatum.", "Wissel de twee datums om.")
DAY_TOO_FAR = Refusal(
    OutOfRange, "De datum ligt meer dan twintig jaar vooruit.", "Kijk hooguit twintig jaar vooruit."
)
TOO_FEW_MONTHS = Refusal(
    NotAvailable,
    "Nieuwe klanten zijn pas na {least} hele maanden te voorspellen.",
    "Neem een langere periode.",
)
COUNTS_CHANCES = Refusal(
    OutOfRange, "De {model} telt kansen om te kopen, geen tijd.", "Kies een ander model."
)
COUNTS_OPPORTUNITIES = Refusal(SpecError, "{model} telt gelegenheden, geen tijd.")

# ── interest ────────────────────────────────────────────────────────────────────────────────────

INTEREST_OR_HORIZON = Refusal(OutOfRange, "De rente of de horizon is negatief of ontbreekt.")
NO_INTEREST = Refusal(
    OutOfRange, "De rente is nul: zonder rente kan de som oneindig zijn.", AN_INTEREST_OR_END
)
YEARLY_INTEREST = Refusal(OutOfRange, "De rente is negatief of ontbreekt.", "Vul 10% in als 0,1.")

# ── the season ──────────────────────────────────────────────────────────────────────────────────

UNEQUAL_SEASON = Refusal(OutOfRange, "De dagen en de waarden van het seizoen zijn niet even lang.")
SEASON_WITH_BLANKS = Refusal(
    OutOfRange, "Van het seizoen ontbreekt een dag of een waarde.", "Vul elke rij in."
)
_LAST_DATE = 2958465  # 31 December 9999
_DAY_TWICE = Refusal(
    OutOfRange, "{day} staat meer dan eens in het seizoen.", "Geef elke dag één keer, met één waarde."
)
FLAT_SEASON = Refusal(OutOfRange, "Het seizoen heeft op alle dagen dezelfde waarde.")
NOBODY_CAME_BACK = Refusal(NotAvailable, "Niemand kocht nog eens, dus is er geen seizoen te zien.")
FLAT_ON_PURCHASES = Refusal(
    NotAvailable,
    "De index van het seizoen is op alle dagen van de aankopen dezelfde.",
    "Geef een index die over dezelfde tijd gaat als de aankopen, en erin verschilt.",
)
NO_SUCH_SEASON = Refusal(OutOfRange, "Dit seizoen bestaat niet.", "Kies geen, maanden, winkeljaar of auto.")


def day_twice(day: float) -> KlantwaardeError:
    """Return the refusal of a season in which a day stands more than once; day: its number."""
    is_date = 0 < day <= _LAST_DATE
    return _DAY_TWICE(day=format_date(serial_to_date(day)) if is_date else f"Dag {format_number(day)}")
