"""What a comparison of models, a forecast of a customer and a part of the time are called in Dutch."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from klantwaarde_xl.dutch import serial_to_date
from klantwaarde_xl.kernels.models.buying import face
from klantwaarde_xl.kernels.models.checks.choice import Compared, Rank, Segments, Verdict
from klantwaarde_xl.kernels.models.checks.contest import Contest, Entry, How
from klantwaarde_xl.kernels.models.checks.goodness import LAST
from klantwaarde_xl.kernels.models.forecast import Fitted, Forecast, Remark, Terms
from klantwaarde_xl.kernels.models.spendlimits import words_of
from klantwaarde_xl.wording import fits

NO_MEAN = (
    "besteding van allen: volgens het model bestaat er geen gemiddelde (q ≤ 1), enkele zeer hoge bedragen"
)
AVERAGE_INSTEAD = "Gerekend is met het gemiddelde van alle aankopen."
PHASES = ("schatting", "controle")  # by `Phase`
COUNTS = (*(str(number) for number in range(LAST)), f"{LAST} of meer")  # repeat purchases
ALL = "alle klanten"

_RANKS = {
    Rank.ALONE: "het enige model dat te schatten is",
    Rank.BEST: "past het best",
    Rank.BEST_BY_LITTLE: "past het best, maar het scheelt weinig",
    Rank.AS_GOOD: "past bijna even goed",
    Rank.WORSE: "past minder goed",
}
_VERDICTS = {
    Verdict.ONE_SEGMENT: "Er is maar één segment.",
    Verdict.UNKNOWN: "Niet te toetsen: niet elk segment is te schatten.",
    Verdict.DIFFERENT: "De segmenten verschillen: schat ze apart.",
    Verdict.ALIKE: "De segmenten verschillen niet aantoonbaar: één schatting voor allen volstaat.",
}


def day(number: float) -> str:
    """Return a day number of the spreadsheet as dd-mm-yyyy."""
    return f"{serial_to_date(number):%d-%m-%Y}"


def rank(found: Compared) -> str:
    """Say how a model compares with the others, or why it cannot be estimated."""
    return found.fit.message or _RANKS[found.rank]


def verdict(found: Segments) -> str:
    """Say whether segments differ, or why all together cannot be estimated."""
    return found.together.message or _VERDICTS[found.verdict]


def remark(code: int, models: Fitted, terms: Terms) -> str:
    """Say what is special about a customer's forecast, or why there is none; nothing for most."""
    always = (
        f"; in {terms.model.word} altijd nog klant" if face.once_alive(models.buying, terms.model) else ""
    )
    without = models.spending.message if models.spending else ""
    limit = fits.limit_in_words(models.buying) if models.buying.converged else ""
    about = {
        Remark.NONE: "",
        Remark.ONCE: f"eenmalig: besteding van allen{always}",
        Remark.FREE: "alleen gratis herhaald" + (": besteding van allen" if models.spending else ""),
        Remark.NO_MEAN: NO_MEAN,
        Remark.NO_SPENDING: f"{without} {AVERAGE_INSTEAD}",
        Remark.NO_BUYING: models.buying.message,
    }[Remark(code)]
    return "; ".join(filter(None, (about, limit)))


def choice_in_words(found: Contest) -> str:
    """Say which model was chosen, and why."""
    best = found.best.fit.model
    if found.how is How.CRITERION:
        return f"gekozen: {best} (AIC; te kort of te groot om een deel achter te houden)"
    even = ", AIC gaf de doorslag" if sum(one.tied for one in found.entries) > 1 else ""
    return f"gekozen: {best}, best in wat kwam na {day(found.until)}{even}"


def entry_in_words(found: Contest, entry: Entry) -> str:
    """Say of a model in a contest how it did."""
    if entry is found.best:
        return choice_in_words(found)
    if found.how is How.CRITERION:
        return "past minder goed (AIC)"
    return "even goed, op toeval na; AIC is minder gunstig" if entry.tied else "voorspelde minder goed"


def about_models(models: Fitted) -> str:
    """Say what is special about the models of a forecast, of all customers; nothing for most."""
    spending = models.spending
    said = [fits.limit_in_words(models.buying)]
    if spending is not None and spending.params.get("q", np.inf) <= 1:
        said.append(NO_MEAN)
    elif spending is not None:
        said.append(f"{spending.message} {AVERAGE_INSTEAD}" if spending.message else words_of(spending))
    return "; ".join(filter(None, said))


def remarks(made: Forecast, models: Fitted, terms: Terms) -> npt.NDArray[np.str_]:
    """Return the remark about each customer of a forecast in words."""
    words = np.array([remark(code, models, terms) for code in Remark])
    return words[made.remark]
