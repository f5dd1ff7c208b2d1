"""Deals with the chance that they are won, in a file where no stage says which were: asked about."""

from __future__ import annotations

import re

from klantwaarde_xl.data.reading.export import Export, cell_of
from klantwaarde_xl.data.reading.kinds.statuses import statuses_in
from klantwaarde_xl.data.reading.naming.headers import plain
from klantwaarde_xl.data.reading.questions.choices import rows_option
from klantwaarde_xl.dutch import format_rows
from klantwaarde_xl.errors import Ambiguous

_CHANCE = re.compile(
    "(deal|win|slagings|scorings|succes)?(probability|likelihood|kans|waarschijnlijkheid|wahrscheinlichkeit|"
    "probabilite)(percentage|percent|pct)?"
)
_SHARE = re.compile(r"\d{1,3}([.,]\d+)? ?%?")
_CERTAIN = re.compile(r"100([.,]0+)? ?%?")
# Of shares of one, as programs write them, and of no percentages
_SHARE_OF_ONE, _CERTAIN_ONE = re.compile(r"0([.,]\d+)?|1([.,]0+)?"), re.compile(r"1([.,]0+)?")


def ask_chances(export: Export) -> None:
    """Raise `Ambiguous` where rows have a chance below a hundred, which are no sales yet."""
    named = {plain(header) for header, _ in export.reading.by_user}
    if any(one.place not in export.places.values() for one in statuses_in(export.headers)):
        return  # what became of each row is said
    for place, header in enumerate(export.headers):
        if not _CHANCE.fullmatch(plain(header)) or plain(header) in named:
            continue
        cell = cell_of(place)
        seen = [
            text
            for (text,) in export.rows(
                f"select distinct {cell} from raw join lines using (rij) where {cell} <> '' order by 1"
            )
        ]
        is_certain = _CERTAIN_ONE if all(map(_SHARE_OF_ONE.fullmatch, seen)) else _CERTAIN
        open_ones = [text for text in seen if not is_certain.fullmatch(text)]
        if not open_ones or not all(map(_SHARE.fullmatch, seen)):
            continue
        certain = [text for text in seen if is_certain.fullmatch(text)]
        these = f"{cell} <> '' and not regexp_full_match({cell}, '{is_certain.pattern}')"
        count = export.count(f"select count(*) from raw join lines using (rij) where {these}")
        name = header.strip()
        won = f"Tellen alleen die zeker zijn: {rows_option('--alleen', name, *certain)}. " if certain else ""
        rows = format_rows(count)
        raise Ambiguous(
            f"Kolom {name!r} geeft {rows} een kans onder 100%: die zijn nog niet verkocht.",
            remedy=f'{won}Telt alles voor het volle bedrag: --alleen "{name}=*".',
        )
