"""What windows of time to come and new customers are called in Dutch."""

from __future__ import annotations

import math

import numpy as np

from klantwaarde_xl.dutch import MONTHS, format_number, serial_to_date
from klantwaarde_xl.kernels.models.ahead import days as calendar
from klantwaarde_xl.kernels.models.ahead.arrivals import Arrivals, Course
from klantwaarde_xl.kernels.models.numeric.discounting import YEAR_DAYS
from klantwaarde_xl.wording import seasons

TOGETHER = "samen"
_UNFOLLOWED = "Zonder dezelfde maanden in twee jaren is groei niet van een seizoen te onderscheiden: "
_ROOM = "gerekend is met het gemiddelde, en laag en hoog laten er ruimte voor."
_COURSES = {
    Course.STEADY: _UNFOLLOWED + _ROOM,
    Course.RISING: f"Het aantal stijgt. {_UNFOLLOWED}{_ROOM}",
    Course.FALLING: f"Het aantal daalt. {_UNFOLLOWED}{_ROOM}",
    Course.STOPPED: "Gerekend is met deze maanden zonder nieuwe klanten.",
    Course.FALLEN: "Ervoor kwamen er veel meer: gerekend is met deze maanden, hoog laat ruimte voor herstel.",
}
_HARDLY = 0.03  # growth a year that is not worth a sentence


def month_ahead(begin: float, end: float) -> str:
    """Return what the days from begin up to end, of one month to come, are called; day numbers."""
    first, last = serial_to_date(begin), serial_to_date(end)
    name = f"{MONTHS[last.month - 1]} {last.year}"
    return name if first.day == 1 else f"rest van {name}"


def rests_on(found: Arrivals | None, special: str, again: float = 1.0) -> str:
    """Say on which months the number of new customers rests, and what is special about the models.

    again: how often the newest came back, in what a customer of the model does.
    """
    said = [] if found is None else [_counted(found), _campaign(found), _course(found), _again(again)]
    about = f"{special[0].upper()}{special[1:].removesuffix('.')}." if special else ""
    return " ".join(filter(None, (*said, about)))


def _counted(found: Arrivals) -> str:
    months, since = found.counted.size, serial_to_date(found.since)
    begin = f"{MONTHS[since.month - 1]} {since.year}"
    if not found.counted.any():
        return f"Vanaf {begin} kwam er niemand bij."
    each = format_number(round(found.rate * YEAR_DAYS / 12, 1))
    if found.course is Course.FALLEN:
        return f"Gerekend met wie er vanaf {begin} kwam: {each} per maand."
    return f"Gerekend met {months} hele maanden vanaf {begin}: {each} per maand, {_spread(found)}."


def _spread(found: Arrivals) -> str:
    """How these are spread over the months, and why evenly where a season was looked for."""
    plain = "zonder seizoen" if abs(found.growth.followed) >= _HARDLY else "elke maand evenveel"
    if found.proof is None:
        return plain
    if found.season is None:
        return f"{plain} (seizoen: {seasons.verdict(found.proof.verdict)})"
    return f"verdeeld naar het seizoen van nieuwe klanten ({seasons.called(found.proof.calendar)})"


def _again(again: float) -> str:
    """That the newest are of another kind."""
    if again == 1:
        return ""
    size, more = format_number(round(100 * abs(again - 1))), "vaker" if again > 1 else "minder vaak"
    return (
        f"Wie er toen bij kwam, koopt {size}% {more} opnieuw dan het model van allen zegt: ook zo gerekend."
    )


def _campaign(found: Arrivals) -> str:
    """That one month holds many of them, and what there are without it."""
    if found.campaign is None:
        return ""
    first, last = found.campaign
    begin = calendar.month_of(np.array([found.since]))[0]
    days = [serial_to_date(calendar.first_day_of(begin + at)) for at in range(first, last + 1)]
    when = " en ".join(MONTHS[day.month - 1] for day in days) + f" {days[-1].year}"
    others = format_number(round(float(np.delete(found.counted, np.s_[first : last + 1]).mean()), 1))
    many = format_number(float(found.counted[first : last + 1].sum()))
    what = "die maand" if first == last else "die maanden"
    return f"In {when} kwamen er {many}, veel meer dan anders: zonder {what} zijn het er {others} per maand."


def _course(found: Arrivals) -> str:
    """Whether ever more or fewer come, and what of that was reckoned with."""
    if found.beside is None:
        return _COURSES[found.course]
    beside, sure = found.beside, found.course is not Course.STEADY
    if beside.shift:
        more = "meer" if beside.shift > 0 else "minder"
        return f"In de laatste maanden werden het er {more} dan een jaar eerder: gerekend is met die maanden."
    if not sure and abs(found.growth.followed) < _HARDLY:
        return ""
    more, growth = ("meer", "groei") if beside.growth > 0 else ("minder", "krimp")
    size = format_number(round(100 * abs(math.expm1(beside.growth))))
    doubt = "" if sure else " (het kan toeval zijn)"
    return (
        f"Dat is {size}% {more} dan in dezelfde maanden een jaar eerder{doubt}: "
        f"gerekend is met {growth} die langzaam afneemt, en laag en hoog met een die stopt of doorgaat."
    )
