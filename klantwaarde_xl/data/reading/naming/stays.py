"""Stays of guests: the day on which they come is that of the sale, where no other day is there."""

from __future__ import annotations

import re
from collections.abc import Sequence

from klantwaarde_xl.data.reading.cells.looks import is_day, unmarked

_COME = "aankomst|check[ _-]?in|arrival|arrive|anreise|arrivée|arrivee|llegada|incheck(en)?"
_GO = "vertrek|check[ _-]?out|departure|depart|abreise|départ|salida|uitcheck(en)?"
_AROUND = r"\W*((datum|date|dag|day)[\W_]*)?(van|of|de|d')?[\W_]*({})[\W_]*(datum|date|dag|day|s?tag)?\W*"
_COMES, _GOES = (re.compile(_AROUND.format(words), re.IGNORECASE) for words in (_COME, _GO))


def day_of_arrival(headers: Sequence[str], below: Sequence[Sequence[str]]) -> dict[str, int]:
    """The place of `datum`, where the only columns of days are those of coming and going; else nothing."""
    rows = unmarked(below)
    days = [
        place
        for place in range(len(headers))
        if (texts := [row[place] for row in rows if place < len(row) and row[place]])
        and all(map(is_day, texts))
    ]
    comes, goes = ([at for at in days if one.fullmatch(headers[at])] for one in (_COMES, _GOES))
    return {"datum": comes[0]} if len(comes) == len(goes) == 1 and len(days) == 2 else {}
