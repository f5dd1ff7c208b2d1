"""What a CLV cannot do without, in the same words in every workbook: a blank is not a nought."""

from __future__ import annotations

from collections.abc import Sequence

MARGIN, INTEREST, COSTS = "marge", "rente", "kosten per klant"
FILL_MARGIN = "vul marge in op Instellingen"
FILL_INTEREST = "vul rente in op Instellingen"
FILL_COSTS = "vul kosten per klant in (0 mag)"


def lacks(missing: Sequence[str]) -> str:
    """Say which settings are still to be filled in; missing: at least one of them."""
    *others, last = missing
    names = f"{', '.join(others)} en {last}" if others else last
    it = "ze" if others or last == COSTS else "haar" if last == MARGIN else "die"
    nought = " (geen kosten: 0)" if COSTS in missing else ""
    return f"Zonder {names} is er geen CLV: vul {it} in op Instellingen{nought}, en ververs."
