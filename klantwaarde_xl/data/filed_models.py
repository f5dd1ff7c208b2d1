"""A model of buying as a line of text in a cell, and the model again: `r=0.24 alpha=4.4 a=0.8 b=2.5`.

A season stands behind it: by what it goes, its effects, and the days over which it is 1 on average.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from klantwaarde_xl.kernels.models.checks.scoring import recalled
from klantwaarde_xl.kernels.models.estimate.search import Fit
from klantwaarde_xl.kernels.models.season.calendar import MONTHS, SHOPS, Calendar
from klantwaarde_xl.kernels.models.season.clock import Season
from klantwaarde_xl.refusals.titles import title_of
from klantwaarde_xl.wording.seasons import called

_SINCE, _UNTIL = "vanaf", "tot"


def written(fit: Fit, season: Season | None) -> str:
    """Write the parameters of a fit, and the season in whose time they are."""
    parts = [f"{name}={value:.7g}" for name, value in fit.params.items()]
    if season is not None:
        effects = ",".join(f"{effect:.6g}" for effect in season.effects.tolist())
        parts.append(f"{_name(season.calendar)}={effects}")
        parts += [f"{_SINCE}={season.begin:.10g}", f"{_UNTIL}={season.end:.10g}"]
    return " ".join(parts)


def read_again(
    title: Any, text: Any, n: int, calendars: Sequence[Calendar] = ()
) -> tuple[Fit | None, Season | None]:
    """Read a fit of a model, and its season; no fit where the text is of no model here.

    title: what the model is called; n: customers; calendars: of the user's own, beside those of ours. Of
    neither it is known how sure it is.
    """
    found = dict(part.partition("=")[::2] for part in str(text).split())
    try:
        season = _season(found, {_name(one): one for one in (MONTHS, SHOPS, *calendars)})
        params = {name: float(value) for name, value in found.items()}
    except (ValueError, KeyError):
        return None, None
    return recalled(title_of(str(title)), params, n), season


def _name(calendar: Calendar) -> str:
    return called(calendar).replace(" ", "-")


def _season(found: dict[str, str], calendars: Mapping[str, Calendar]) -> Season | None:
    """Take the season out of what was read; a `ValueError` or `KeyError` for one that is not whole."""
    if _SINCE not in found:
        return None
    name = next((one for one in found if one in calendars), "")
    calendar = calendars[name]
    effects = np.array([float(one) for one in found.pop(name).split(",")])
    if effects.size != len(calendar.names) or not np.all(np.isfinite(effects)):
        raise ValueError(name)
    begin, end = float(found.pop(_SINCE)), float(found.pop(_UNTIL))
    if not 0 <= end - begin <= 200 * 366:
        raise ValueError(name)
    return Season(calendar, effects, np.zeros((effects.size, effects.size)), begin, end)
