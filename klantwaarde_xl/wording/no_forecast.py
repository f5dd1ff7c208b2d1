"""Why there is no forecast and what helps, apart, from what a model says of both."""

from __future__ import annotations

import re

from klantwaarde_xl.kernels.models.log.summary import Summary

_TAKE = "Neem "
_DO = re.compile(r"(?:^|(?<=[.:]) )((?:Neem|Controleer|Kies|Vul) .*)$")  # what to do stands last
ENOUGH = "twee jaar orders of meer"
_OTHER_CUSTOMERS = "; en kijk of kolom klant de klant noemt en niet de order"


def apart(message: str, summary: Summary) -> tuple[str, str]:
    """Return the reason and what helps, as they stand in a sentence: no capital, no full stop.

    message: why there is no forecast, as a model says it; summary: the customers it was asked of.
    """
    found = _DO.search(message)
    reason = message[: found.start()] if found else message
    do = found[1] if found else _TAKE + ENOUGH + "."
    helps = _inside(do.removeprefix(_TAKE))
    nobody_came_back = summary.T.size > 1 and summary.T.any() and not summary.frequency.any()
    return _inside(reason).replace(": ", "; "), helps + (_OTHER_CUSTOMERS if nobody_came_back else "")


def _inside(sentence: str) -> str:
    text = sentence.strip().removesuffix(".").replace(". ", "; ")
    text = text.replace("Eén", "Één", 1) if text.startswith("Eén") else text
    return text[:1].lower() + text[1:]
