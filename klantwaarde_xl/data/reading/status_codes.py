"""A status in numbers of a program: `190`, `-90`, `5`. Which of them are paid only its manual says."""

from __future__ import annotations

import re
from collections.abc import Sequence

from klantwaarde_xl.data.reading.by_contents import Rows
from klantwaarde_xl.data.reading.export import Export
from klantwaarde_xl.data.reading.headers import plain
from klantwaarde_xl.data.reading.statuses import NO, YES, Fate, Status, fate_of
from klantwaarde_xl.data.reading.text import MARK
from klantwaarde_xl.data.reading.words import CANCELLED_ON, PAID
from klantwaarde_xl.dutch import format_number
from klantwaarde_xl.errors import Ambiguous

_CODE = re.compile(r"-?\d{1,4}")
_SHOWN = 8


def ask_codes(export: Export, known: Sequence[Status]) -> None:
    """Raise `Ambiguous` where only numbers say which orders count; known: the columns of statuses."""
    by_user = {plain(header) for header, _ in export.reading.by_user}
    if export.reading.counted or not known:
        return
    rows = Rows(export.con, export.headers, export.header_row, "")
    first = [{row[status.place] for row in rows.first} - {""} for status in known]
    if not any(said and all(_CODE.fullmatch(text.lstrip(MARK)) for text in said) for said in first):
        return
    lists = rows.lists([status.place for status in known])
    codes = {place: texts for place, texts in lists.items() if _are_codes(texts)}
    for status in known:
        texts = {text.lstrip(MARK): count for text, count in lists.get(status.place, {}).items()}
        earlier = export.earlier is not None and status.header in export.earlier.statuses
        if plain(status.header) in by_user or earlier:
            return  # the user said it of one of them
        if status.place not in codes and any(_tells(text, status) for text in texts):
            return
    for status in known:
        if status.place in codes and plain(status.header) not in PAID | CANCELLED_ON:
            raise _question(rows, status, codes[status.place])


def _are_codes(texts: dict[str, int]) -> bool:
    bare = {text.lstrip(MARK) for text in texts}
    return len(bare) > 1 and all(map(_CODE.fullmatch, bare)) and not bare <= YES | NO


def _tells(text: str, status: Status) -> bool:
    return fate_of(text, status) not in (None, Fate.UNKNOWN)


def _question(rows: Rows, status: Status, texts: dict[str, int]) -> Ambiguous:
    bare = {text.lstrip(MARK): count for text, count in texts.items()}
    shown = ", ".join(f"{text} ({format_number(count, 0)})" for text, count in [*bare.items()][:_SHOWN])
    usual = max(bare, key=lambda text: bare[text])
    name = status.header
    return Ambiguous(
        f"Kolom {rows.name(status.place)} heeft codes voor de status: {shown}. Wat zij betekenen, staat "
        "er niet bij.",
        where=f"kolom {name}",
        remedy=f'Zeg welke betaald zijn; zijn dat de meeste: --alleen "{name}={usual}". Meer codes '
        f'gaan met een komma ertussen. Telt alles: --alleen "{name}={",".join(bare)}".',
    )
