"""Rows without any money, whichever column of the file says how much they are worth."""

from __future__ import annotations

from klantwaarde_xl.data.reading.export import Export

_SOME = "[1-9]"


def hold_nothing(export: Export, which: str) -> bool:
    """Whether none of these rows has an amount but nought, or pieces and a price; which: SQL of `rij`."""
    if export.has("bedrag"):
        some = _is_some(export, "bedrag")
    elif export.has("aantal") and export.has("stukprijs"):
        some = f"{_is_some(export, 'aantal')} and {_is_some(export, 'stukprijs')}"
    else:
        return False
    return not export.rows(f"select 1 from raw where rij in ({which}) and {some} limit 1")


def _is_some(export: Export, name: str) -> str:
    return f"regexp_matches({export.shown(name)}, '{_SOME}')"
