"""The one column of days of an export whose header says that it is a date, in words that we do not know."""

from __future__ import annotations

import re
from collections.abc import Sequence

from klantwaarde_xl.data.reading.looks import is_day, unmarked

_OF_DAYS = re.compile(r".*(datum|\bdate|_date)\W*|(datum|date)\b.*", re.IGNORECASE)
# Of a person or a contract, or of what happens to the file or after the sale: not the day of a sale
_OF_OTHERS = re.compile(
    "geboort|birth|verval|due|expir|start|begin|einde?|end|lever|deliver|verzend|ship|retour|return|wijzig|modif"
    "|update|export|print|import|geldig|valid|lid|member|aanmeld|regist|opzeg|cancel|annul|garantie|laatst|last"
    "|volgend|next|eerst|first|terugbet|refund|inspect|apk|keuring|vertrek|aankomst|check|rente"
    "|offerte|quot|voorstel|proposal|aanvraag|request|lead|prospect|inkoop|herinner|remind",
    re.IGNORECASE,
)


def only_day(headers: Sequence[str], taken: Sequence[int], below: Sequence[Sequence[str]]) -> dict[str, int]:
    """The place of `datum`, where one column alone holds days and its header says so; else nothing."""
    rows = unmarked(below)
    days = []
    for place in range(len(headers)):
        filled = [row[place] for row in rows if place < len(row) and row[place]]
        if filled and all(map(is_day, filled)):
            days.append(place)
    if len(days) != 1 or days[0] in taken:
        return {}
    header = headers[days[0]].strip()
    says = _OF_DAYS.fullmatch(header) and not _OF_OTHERS.search(header)
    return {"datum": days[0]} if says else {}
