"""The one column of days of an export whose header says that it is a date, in words that we do not know.

A column of days that by its header are of something else, and are not on every row, is no second one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from klantwaarde_xl.data.reading.cells.looks import is_day, unmarked
from klantwaarde_xl.data.reading.cells.parted_days import OF_PAYMENT
from klantwaarde_xl.data.reading.questions.stamps import is_stamp

_OF_DAYS = re.compile(r".*(datum|date)\W*|.+(zeit|time|tijdstip)\W*|(datum|date)(?![a-z]).*", re.IGNORECASE)
# Of a person or a contract, or of what happens to the file or after the sale: not the day of a sale
_OF_OTHERS = re.compile(
    "geboort|birth|geburt|naissance|nacimiento|nascita|nascimento|verval|due|expir|start|begin|einde?|end|lever|deliver|verzend|ship|retour|return|wijzig|modif"
    "|update|export|print|import|geldig|valid|lid|member|aanmeld|regist|opzeg|cancel|annul|garantie|laatst|last"
    "|volgend|next|eerst|first|terugbet|refund|inspect|apk|keuring|vertrek|aankomst|check|rente"
    "|peil|stand|status|storno|chargeback"
    "|offerte|quot|voorstel|proposal|aanvraag|request|lead|prospect|inkoop|herinner|remind",
    re.IGNORECASE,
)

_BEGUN = re.compile(
    "(deal)?(aangemaakt(op)?|created(at|on|date)?|createdate|datecreated|creationdate|addtime|added(at|on)?)"
)
_CLOSED = re.compile(
    "(deal)?(gewonnenop|wontime|wonon|wondate|dateclosed|closedat|closedon|closedate|closeddate|closingdate|"
    "geslotenop|sluitdatum|sluitingsdatum|datumgesloten|afgeslotenop|afsluitdatum|datumgewonnen)"
)
_OF_A_DEAL = re.compile(
    "^(deal)?(fase|stage|kans|probability|pipeline|dealstage|dealfase|salesstage)(percentage)?$"
)
_PAID = re.compile("paid|pay|betaa?l", re.IGNORECASE)


def only_day(headers: Sequence[str], taken: Sequence[int], below: Sequence[Sequence[str]]) -> dict[str, int]:
    """The place of `datum`, where one column alone holds days and its header says so; else nothing."""
    rows = unmarked(below)
    days = []
    for place, header in enumerate(headers):
        filled = [row[place] for row in rows if place < len(row) and row[place]]
        others = _OF_OTHERS.search(header) and len(filled) < len(rows)
        if filled and all(map(is_day, filled)) and not others:
            days.append(place)
    if len(days) != 1 or days[0] in taken:
        return {}
    header = headers[days[0]].strip()
    says = _OF_DAYS.fullmatch(header) and not (_OF_OTHERS.search(header) or is_stamp(header))
    return {"datum": days[0]} if says else {}


def day_of_closing(names: Sequence[str], found: Mapping[str, int]) -> dict[str, int]:
    """The place of `datum` in a list of deals: the day on which one was won, and not that of its first talk.

    names: the plain headers.
    """
    own = found.get("datum")
    if own is None or not _BEGUN.fullmatch(names[own]) or not any(map(_OF_A_DEAL.search, names)):
        return {}
    closed = [at for at, name in enumerate(names) if _CLOSED.fullmatch(name) and at not in found.values()]
    return {"datum": closed[0]} if closed else {}


def day_before_payment(
    headers: Sequence[str], found: Mapping[str, int], below: Sequence[Sequence[str]]
) -> dict[str, int]:
    """The place of `datum`, where the day of payment was found and one other column says that it is a date.

    It is filled on every row, and by its header of nothing else.
    """
    own = found.get("datum")
    if own is None or re.sub(r"[\W_]", "", headers[own].casefold()) not in OF_PAYMENT:
        return {}
    rows = unmarked(below)
    others = [
        place
        for place, header in enumerate(headers)
        if place not in found.values()
        and _OF_DAYS.fullmatch(header.strip())
        and not (_OF_OTHERS.search(header) or is_stamp(header) or _PAID.search(header))
        and rows
        and all(place < len(row) and is_day(row[place]) for row in rows)
    ]
    return {"datum": others[0]} if len(others) == 1 else {}
