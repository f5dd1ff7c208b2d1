"""What a season, its parts and its proof are called in Dutch."""

from __future__ import annotations

import numpy as np

from klantwaarde_xl.dutch import format_number
from klantwaarde_xl.kernels.models.numeric.discounting import YEAR_DAYS
from klantwaarde_xl.kernels.models.season.calendar import MONTHS, SHOPS, Calendar
from klantwaarde_xl.kernels.models.season.parts import Parts
from klantwaarde_xl.kernels.models.season.proof import LEAST, Choice, Verdict
from klantwaarde_xl.kernels.models.season.wanted import KNOWN, Wanted, cut_day
from klantwaarde_xl.wording.checks import day
from klantwaarde_xl.wording.findings import Finding

_MONTHS = (
    "januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober",
    "november", "december",
)  # fmt: skip
_TIMES = {
    "january sales": "januari-uitverkoop (2 t/m 31 januari)",
    "easter": "Pasen (de twee weken ervoor)",
    "king's day": "Koningsdag (met de week ervoor)",
    "mother's day": "Moederdag (de negen dagen ervoor)",
    "holiday pay": "vakantiegeld (23 mei t/m 10 juni)",
    "summer": "zomer (juli en augustus)",
    "black friday": "Black Friday (maandag ervoor t/m maandag erna)",
    "sinterklaas": "Sinterklaas (16 november t/m 4 december)",
    "christmas": "Kerst (6 t/m 24 december)",
}
WANTED = {Wanted.AUTO: "auto", Wanted.NONE: "geen", Wanted.MONTHS: "maanden", Wanted.SHOPS: "winkeljaar"}
REST = "overige dagen"
_VERDICTS = {
    Verdict.USED: "bewezen: dit seizoen voorspelt aantoonbaar beter dan geen seizoen",
    Verdict.TOO_SHORT: f"minder dan {LEAST // 7} weken aan gegevens: te kort voor een seizoen",
    Verdict.NO_MODEL: "zonder de laatste maanden is dit niet te schatten",
    Verdict.NOT_BETTER: "voorspelt niet beter dan geen seizoen",
    Verdict.UNSURE: "voorspelt iets beter, maar dat kan toeval zijn",
    Verdict.BEATEN: "bewezen, maar een ander seizoen voorspelt nog beter",
    Verdict.UNSEEN: "in de aankopen is geen seizoen te zien",
}


def called(calendar: Calendar) -> str:
    """Return what a calendar is called."""
    if calendar is MONTHS:
        return "maanden"
    return "winkeljaar" if calendar is SHOPS else "eigen index"


def part(calendar: Calendar, column: int, value: float) -> str:
    """Return what one part of the year of a calendar is called; column, value: as in `parts.Parts`."""
    if column < 0:
        return REST
    if calendar is MONTHS:
        return _MONTHS[column]
    if calendar is SHOPS:
        return _TIMES[calendar.names[column]]
    return f"index {format_number(round(calendar.shown(value), 9))}"


def verdict(code: Verdict) -> str:
    """Say whether a season has proved itself."""
    return _VERDICTS[code]


def used(choice: Choice) -> str:
    """Say that a forecast follows a season, and which, or why not the one that was named; else nothing."""
    if choice.season is not None:
        return f"volgt het seizoen ({called(choice.season.calendar)})"
    if len(choice.proofs) == 1:  # of more the best was asked for, which may be none
        (asked,) = choice.proofs
        return f"volgt geen seizoen ({called(asked.calendar)}: {verdict(asked.verdict)})"
    return ""


def busiest(parts: Parts) -> int:
    """Return the place of the part that lies farthest above the average; below it, where none lies above."""
    named = parts.column >= 0
    high = int(np.argmax(np.where(named, parts.factor, 0.0)))
    return high if parts.factor[high] > 1 else int(np.argmin(np.where(named, parts.factor, np.inf)))


def sentence(choice: Choice, found: Parts | None) -> str:
    """Say which part of the year stands out and by how much, or why no season is followed; no full stop.

    found: the parts of the year of the season in use.
    """
    if choice.season is None or found is None:
        said = list(dict.fromkeys(verdict(one.verdict) for one in choice.proofs))
        if len(said) > 1:
            said = [f"{called(one.calendar)} {verdict(one.verdict)}" for one in choice.proofs]
        return f"Seizoen telt niet mee: {'; '.join(said) or 'zo staat het op Instellingen'}"
    at, calendar = busiest(found), choice.season.calendar
    name = part(calendar, int(found.column[at]), float(found.value[at]))
    more = float(found.factor[at]) - 1
    away = f"{format_number(round(100 * abs(more)), 0)}% {'boven' if more > 0 else 'onder'} het gemiddelde"
    if calendar is not MONTHS and calendar is not SHOPS:
        return f"Waar uw eigen {name} is, liggen de aankopen {away}"
    return f"{name[0].upper()}{name[1:]} ligt {away}"


def tested(choice: Choice, first: float, last: float) -> list[Finding]:
    """Return a finding about the cut of a log in a season, to hold it against what came: weeks known."""
    if choice.season is None:
        return []
    cut = cut_day(first, last, choice.season)
    known = cut - first + 1
    why = "later dan halverwege, zodat twee jaar van het seizoen bekend zijn"
    if known < KNOWN:
        years = format_number(round(known / YEAR_DAYS, 1))
        why = f"met {years} jaar van het seizoen, want een half jaar blijft over om te toetsen"
    elif cut == cut_day(first, last, None):
        why = "halverwege: dan zijn er twee jaar van het seizoen bekend"
    said = f"geschat op aankopen tot en met {day(cut)}, gelegd naast wat daarna kwam; {why}"
    return [Finding("tested", "weken bekend bij de toets", float(np.round(known / 7)), said)]


def lines(choice: Choice) -> list[Finding]:
    """Return a finding for each season that was looked for: 1 where it is used, and why or why not.

    One where all were looked for in vain for the same reason.
    """
    found = [
        Finding(
            "season",
            f"seizoen {called(one.calendar)}",
            float(one.verdict is Verdict.USED),
            verdict(one.verdict),
        )
        for one in choice.proofs
    ]
    if len(found) > 1 and len({one.note for one in found}) == 1:
        return [found[0]._replace(label="seizoen")]
    return found
