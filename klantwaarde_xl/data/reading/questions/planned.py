"""Headers of money that was meant, promised or offered, and of what came of it."""

from __future__ import annotations

import re

from klantwaarde_xl.data.reading.naming.headers import plain

_PLANNED = re.compile(
    "begroot|begroting|budget|raming|geraamd|geschat|schatting|verwacht|prognose|forecast|estimat|expected|"
    "planned|gepland|offerte|quote|toegezegd|toezegging|streef|target|doelbedrag"
)
_CAME_IN = re.compile("ontvangen|werkelijk|gerealiseerd|realisatie|received|actual")


def is_planned(header: str) -> bool:
    """Whether money below a header may never have come in: it is proposed last."""
    return _PLANNED.search(plain(header)) is not None


def came_in(header: str) -> bool:
    """Whether numbers below a header are money, however small and whole they are."""
    return _CAME_IN.fullmatch(plain(header)) is not None
