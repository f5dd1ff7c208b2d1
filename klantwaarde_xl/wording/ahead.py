"""What windows of time to come and new customers are called in Dutch."""

from __future__ import annotations

from klantwaarde_xl.dutch import MONTHS, format_number, serial_to_date
from klantwaarde_xl.kernels.models.ahead.arrivals import Arrivals, Course
from klantwaarde_xl.wording import seasons

TOGETHER = "samen"
_COURSES = {
    Course.STEADY: "",
    Course.RISING: "Het aantal stijgt in die maanden; gerekend is met het gemiddelde.",
    Course.FALLING: "Het aantal daalt in die maanden; gerekend is met het gemiddelde.",
    Course.STOPPED: "Er komt niemand meer bij: gerekend is met de maanden zonder nieuwe klanten.",
}


def month_ahead(begin: float, end: float) -> str:
    """Return what the days from begin up to end, of one month to come, are called; day numbers."""
    first, last = serial_to_date(begin), serial_to_date(end)
    name = f"{MONTHS[last.month - 1]} {last.year}"
    return name if first.day == 1 else f"rest van {name}"


def rests_on(found: Arrivals | None, special: str) -> str:
    """Say on which months the number of new customers rests, and what is special about the models."""
    said = [] if found is None else [_counted(found), _COURSES[found.course]]
    about = f"{special[0].upper()}{special[1:].removesuffix('.')}." if special else ""
    return " ".join(filter(None, (*said, about)))


def _counted(found: Arrivals) -> str:
    months, since = found.counted.size, serial_to_date(found.since)
    each = format_number(round(float(found.counted.sum()) / months, 1))
    begin = f"{MONTHS[since.month - 1]} {since.year}"
    return f"Gerekend met {months} hele maanden vanaf {begin}: {each} per maand, {_spread(found)}."


def _spread(found: Arrivals) -> str:
    """How these are spread over the months, and why evenly where a season was looked for."""
    if found.proof is None:
        return "elke maand evenveel"
    if found.season is None:
        return f"elke maand evenveel (seizoen: {seasons.verdict(found.proof.verdict)})"
    return f"verdeeld naar het seizoen van nieuwe klanten ({seasons.called(found.proof.calendar)})"
