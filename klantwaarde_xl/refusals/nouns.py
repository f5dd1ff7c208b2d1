"""What a user gave, or what is counted, as it is called inside a sentence."""

from __future__ import annotations

from enum import StrEnum


class Argument(StrEnum):
    """An argument, as the user types its name."""

    VALUES = "waarden"
    COUNTS = "aantallen"
    ARRIVALS = "instroom"
    HORIZON = "horizon"
    PERIODS = "perioden"


class Beside(StrEnum):
    """What scores stand beside, of which there have to be as many."""

    ROWS = "rijen"
    AMOUNTS = "bedragen"
    WEIGHTS = "gewichten"
    WAVES = "metingen"
    ROWS_WITH_RATINGS = "rijen met oordelen"
    SCORES_OF_FIRST_WAVE = "scores in de eerste meting"


class Counted(StrEnum):
    """What a whole number counts."""

    OPPORTUNITIES = "kansen"
    OPPORTUNITIES_AHEAD = "kansen vooruit"
    PURCHASES = "aankopen"
