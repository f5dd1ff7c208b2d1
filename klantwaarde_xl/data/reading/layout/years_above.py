"""Months side by side whose years stand in the row above them: `2023`, once over its months or over each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from klantwaarde_xl.data.reading.cells.looks import Head
from klantwaarde_xl.dutch import MONTH_NUMBER

_YEAR = re.compile("(?:19|20)[0-9]{2}")
_FEWEST = 2  # months


def with_years(records: Head) -> list[list[str]]:
    """The records with the years put behind the months of a header, and the row of years empty."""
    found = [[*record] for record in records]
    for above, header in pairwise(found):
        months = [at for at, text in enumerate(header) if text.strip().casefold().rstrip(".") in MONTH_NUMBER]
        if len(months) < _FEWEST or not any(above[months[0] : months[0] + 1]):
            continue
        if all(_YEAR.fullmatch(text.strip()) for text in above if text.strip()):
            years = _filled(above)
            for at in months:
                header[at] = f"{header[at].strip()} {years[at] if at < len(years) else years[-1]}"
            above[:] = [""] * len(above)
    return found


def _filled(texts: Sequence[str]) -> list[str]:
    """Texts in which an empty one is as that before it, where a merged cell has it once."""
    found: list[str] = []
    for text in texts:
        found.append(text.strip() or (found[-1] if found else ""))
    return found
