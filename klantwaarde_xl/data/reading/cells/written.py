"""How a source writes its decimals and dates: what its values told, for a next export that tells less."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Written:
    """The decimal sign and the order of dates; None where nothing told.

    decimals_mixed, dates_mixed: values contradicted each other, so that the sign or the order is what the
    user said of such a column. Only then does it decide a contradicting column again.
    """

    decimal: str | None = None
    decimals_mixed: bool = False
    date_order: str | None = None
    dates_mixed: bool = False


UNKNOWN = Written()


def together(found: Iterable[Written]) -> Written:
    """What several columns told; nothing of what they do not have in common."""
    columns = list(found)
    return Written(
        _only(one.decimal for one in columns),
        any(one.decimals_mixed for one in columns),
        _only(one.date_order for one in columns),
        any(one.dates_mixed for one in columns),
    )


def since(now: Written, before: Written) -> Written:
    """What holds from now on: what was told now, else before."""
    decimals = now if now.decimal else before
    dates = now if now.date_order else before
    return Written(decimals.decimal, decimals.decimals_mixed, dates.date_order, dates.dates_mixed)


def _only(words: Iterable[str | None]) -> str | None:
    different = {word for word in words if word}
    return different.pop() if len(different) == 1 else None
