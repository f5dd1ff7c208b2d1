"""Stays of guests and hours of work: the day on which these begin is that of the sale, without another."""

from __future__ import annotations

import re
from collections.abc import Sequence

from klantwaarde_xl.data.reading.cells.looks import is_day, unmarked
from klantwaarde_xl.data.reading.cells.time_spent import is_of_time

_COME = "aankomst|check[ _-]?in|arrival|arrive|anreise|arrivée|arrivee|llegada|incheck(en)?"
_GO = "vertrek|check[ _-]?out|departure|depart|abreise|départ|salida|uitcheck(en)?"
_BEGIN, _END = "start|begin|van|from|started", "e[i]?nd|einde?|stop|tot|to|until|ended"
_AROUND = r"\W*((datum|date|dag|day)[\W_]*)?(van|of|de|d')?[\W_]*({})[\W_]*(datum|date|dag|day|s?tag)?\W*"
_COMES, _GOES, _BEGINS, _ENDS = (
    re.compile(_AROUND.format(words), re.IGNORECASE) for words in (_COME, _GO, _BEGIN, _END)
)


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
    if len(comes) == len(goes) == 1 and len(days) == 2:
        return {"datum": comes[0]}
    comes, goes = ([at for at in days if one.fullmatch(headers[at])] for one in (_BEGINS, _ENDS))
    of_work = any(map(is_of_time, headers)) and len(comes) == 1 and len(days) == 1 + len(goes)
    return {"datum": comes[0]} if of_work else {}
