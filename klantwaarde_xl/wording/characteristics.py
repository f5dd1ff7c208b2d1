"""What the effect of a characteristic is called in Dutch."""

from __future__ import annotations

import numpy as np

from klantwaarde_xl.dutch import format_count, format_number

MEASURE = "de maat: de andere worden hiermee vergeleken"


def measure(beyond: tuple[int, int], ends: tuple[float, float]) -> str:
    """Say of the middle number that it is the measure, and what was done with numbers far from the others.

    beyond: how many lie below and above ends, which they count as.
    """
    sides = zip(beyond, ("onder", "boven"), map(_rounded, ends), strict=True)
    said = [
        f"{format_count(many, 'getal', 'getallen')} {side} {end} {'telt' if many == 1 else 'tellen'} als dat"
        for many, side, end in sides
        if many
    ]
    return f"{MEASURE}; {' en '.join(said)}, want ver van de andere" if said else MEASURE


def _rounded(number: float) -> str:
    return format_number(float(f"{number:.4g}"))


def note(
    buying_lower: float, buying_upper: float, stopping_lower: float, stopping_upper: float, *, few: bool
) -> str:
    """Say whether customers of a kind surely buy more or less often, and stop sooner or later."""
    said = [
        _surely(buying_lower, buying_upper, "koopt vaker", "koopt minder vaak"),
        _surely(stopping_lower, stopping_upper, "stopt eerder", "blijft langer"),
    ]
    found = " en ".join(filter(None, said))
    text = f"{found} (aantoonbaar)" if found else "geen aantoonbaar verschil in koopgedrag"
    return f"{text}; weinig klanten" if few else text


def leaving(lower: float, upper: float, *, few: bool) -> str:
    """Say whether contracts of a kind surely end sooner or later."""
    found = _surely(lower, upper, "vertrekt eerder", "blijft langer")
    text = f"{found} (aantoonbaar)" if found else "geen aantoonbaar verschil in vertrek"
    return f"{text}; weinig contracten" if few else text


def _surely(lower: float, upper: float, more: str, less: str) -> str:
    if np.isnan(lower):
        return ""
    return more if lower > 1 else less if upper < 1 else ""
