"""Sales to a company of one's own, as the group of the customer says: whether these count is asked."""

from __future__ import annotations

import re

from klantwaarde_xl.data.reading.cells.yes_or_no import NO, YES
from klantwaarde_xl.data.reading.export import Export, cell_of
from klantwaarde_xl.data.reading.naming.headers import plain
from klantwaarde_xl.data.reading.questions.choices import rows_option
from klantwaarde_xl.data.reading.sources.marked import MARK
from klantwaarde_xl.dutch import format_number
from klantwaarde_xl.errors import Ambiguous

_WHO = "(klant(en)?|debiteur(en)?|relatie|afnemer|customer|client|account|buyer|partner|kunden|debitoren)"
_WHAT = (
    "(groep|soort|type|categorie|segment|klasse|classificatie|kenmerk|group|category|class|classification|kind|"
    "gruppe|art)(naam|name|code|omschrijving|description)?"
)
_GROUP = re.compile(
    f"{_WHO}s?{_WHAT}|(soort|type|groep){_WHO}|(type|kind|group)of{_WHO}|segment|(verkoop|sales|order)?(kanaal|channel)"
)
_OWN = re.compile(
    "inter.?company|ic|inter.?co|"
    "intern(al|e)?( (verkoop|levering|gebruik|klant|sales?|use|customer|relatie|order))?|"
    "(eigen|own) (bedrijf|gebruik|verbruik|company|use)|"
    "groepsmaatschappij(en)?|(zuster|dochter|moeder)(bedrijf|bedrijven|maatschappij(en)?|onderneming(en)?)|"
    "verbonden (partij(en)?|bedrij(f|ven))|related part(y|ies)|affiliated compan(y|ies)|group compan(y|ies)|"
    "sister compan(y|ies)|eigenbedarf|eigenverbrauch|verbundene unternehmen",
)
_FLAG = re.compile("(is)?inter.?company|(is)?intern(al|e)?(verkoop|order|sale|klant|customer)?")
_MOST = 60  # different words of a column of groups


def ask_own_companies(export: Export) -> None:
    """Raise `Ambiguous` where the group of some customers says that they are companies of the seller."""
    named = {plain(header) for header, _ in (*export.reading.by_user, *export.reading.without)}
    for place, header in enumerate(export.headers):
        name = plain(header)
        if name in named or place in export.places.values():
            continue
        is_flag = _FLAG.fullmatch(name) is not None
        if not is_flag and not _GROUP.fullmatch(name):
            continue
        cell = cell_of(place)
        seen = export.rows(f"""select {cell}, count(*) from raw join lines using (rij)
            group by 1 order by 2 desc, 1 limit {_MOST + 1}""")
        words = {word.casefold().lstrip(MARK) for word, _ in seen}
        if len(seen) > _MOST or (is_flag and not words <= YES | NO | {""}):
            continue
        own = [
            (word, count)
            for word, count in seen
            if (word.casefold() in YES if is_flag else _OWN.fullmatch(word.casefold()))
        ]
        if not own or len(own) == len(seen):
            continue
        title = header.strip()
        shown = ", ".join(f"{word} ({format_number(count, 0)})" for word, count in own)
        without = " ".join(rows_option("--zonder", title, word) for word, _ in own)
        raise Ambiguous(
            f"Kolom {title!r} zegt van rijen dat zij voor een eigen bedrijf of eigen gebruik zijn: {shown}.",
            remedy=f'Tellen die niet: {without}. Tellen ze wel: --alleen "{title}=*".',
        )
