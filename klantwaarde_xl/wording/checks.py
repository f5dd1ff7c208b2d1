"""What a comparison of models, a forecast of a customer and a part of the time are called in Dutch."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from klantwaarde_xl.dutch import serial_to_date
from klantwaarde_xl.kernels.models.buying import face
from klantwaarde_xl.kernels.models.checks.choice import Compared, Rank, Segments, Verdict
from klantwaarde_xl.kernels.models.checks.contest import Contest, Entry, How
from klantwaarde_xl.kernels.models.checks.goodness import LAST
from klantwaarde_xl.kernels.models.checks.regularity import Regularity
from klantwaarde_xl.kernels.models.forecast import Fitted, Forecast, Remark, Terms
from klantwaarde_xl.refusals.refusal import listed
from klantwaarde_xl.refusals.titles import called
from klantwaarde_xl.wording import limits

NO_MEAN = (
    "besteding van allen: volgens het model bestaat er geen gemiddelde (q ≤ 1), enkele zeer hoge bedragen"
)
AVERAGE_INSTEAD = "Gerekend is met het gemiddelde van alle aankopen."
NOTHING_PAID = "geen enkele aankoop kostte iets: wat komt, is zo ook 0 waard"
REPEATS_FREE = "elke herhaalaankoop was gratis, en zo telt wat komt"
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


def compared(group: Sequence[Compared]) -> tuple[str, str]:
    """Return what a model is called in a comparison, and how it compares, or why it cannot be estimated.

    group: of `at_one_limit`: of several models they are the limit that all ran to.
    """
    one = group[0]
    if one.fit.message:
        return called(one.title), one.fit.message
    titles = [called(each.title) for each in group if each.title != one.fit.model]
    of = f"; de grens van {listed(titles)}" if one.is_limit and titles else ""
    return called(one.fit.model), f"{_RANKS[one.rank]}{of}"


def verdict(found: Segments) -> str:
    """Say whether segments differ, or why all together cannot be estimated."""
    return found.together.message or _VERDICTS[found.verdict]


def remark(code: int, models: Fitted, terms: Terms) -> str:
    """Say what is special about a customer's forecast, or why there is none; nothing for most."""
    always = (
        f"; in {terms.model.word} altijd nog klant" if face.once_alive(models.buying, terms.model) else ""
    )
    without = models.spending.message if models.spending else ""
    limit = limits.of_buying(models.buying) if models.buying.converged else ""
    about = {
        Remark.NONE: "",
        Remark.ONCE: f"eenmalig: besteding van allen{always}",
        Remark.FREE: "alleen gratis herhaald" + (": besteding van allen" if models.spending else ""),
        Remark.NO_MEAN: NO_MEAN,
        Remark.NO_SPENDING: f"{without} {AVERAGE_INSTEAD}",
        Remark.NO_BUYING: models.buying.message,
        Remark.NOTHING_PAID: NOTHING_PAID,
    }[Remark(code)]
    return "; ".join(filter(None, (about, limit)))


def choice_in_words(found: Contest) -> str:
    """Say which model was chosen, and why."""
    best = called(found.title)
    if found.how is How.CRITERION:
        return f"gekozen: {best} (AIC; te kort of te groot om een deel achter te houden)"
    even = ", AIC gaf de doorslag" if sum(one.tied for one in found.entries) > 1 else ""
    return f"gekozen: {best}, best in wat kwam na {day(found.until)}{even}"


def entry_in_words(found: Contest, entry: Entry) -> str:
    """Say of a model in a contest how it did."""
    if entry is found.best:
        said = choice_in_words(found)
    elif found.how is How.CRITERION:
        said = "past minder goed (AIC)"
    else:
        said = "even goed, op toeval na; AIC is minder gunstig" if entry.tied else "voorspelde minder goed"
    titles = [face.title_of(code) for code in entry.codes]
    others = [called(title) for title in titles if title != entry.fit.model]
    of = face.limit_of(entry.fit) is not None and others
    return f"{said}; de grens van {listed(others)}" if of else said


def about_models(models: Fitted) -> str:
    """Say what is special about the models of a forecast, of all customers; nothing for most."""
    spending = models.spending
    said = [limits.of_buying(models.buying)]
    if models.nothing_paid:
        said.append(NOTHING_PAID)
    elif spending is not None and spending.params.get("q", np.inf) <= 1:
        said.append(NO_MEAN)
    elif spending is not None:
        said.append(
            f"{spending.message} {AVERAGE_INSTEAD}" if spending.message else limits.of_spending(spending)
        )
    return "; ".join(filter(None, said))


def regular(found: Regularity) -> str:
    """Say what regular buying does to a forecast; nothing where customers buy at random."""
    if not found.is_visible:
        return ""
    return (
        "klanten kopen regelmatiger dan dit model aanneemt: wie langer wegblijft dan anders is vaker weg dan"
        " de kans zegt, en de aankopen samen vallen meestal wat te hoog uit"
    )


def remarks(made: Forecast, models: Fitted, terms: Terms) -> npt.NDArray[np.str_]:
    """Return the remark about each customer of a forecast in words."""
    words = np.array([remark(code, models, terms) for code in Remark])
    return words[made.remark]
