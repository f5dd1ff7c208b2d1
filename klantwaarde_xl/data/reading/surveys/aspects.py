"""Questions of a survey that stand beside one another: which columns hold answers, by their heads and cells.

Small numbers can be answers as well as ages or numbers of persons. A head that says which it is decides, and
so do answers in words; anything else is for the user to say.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from enum import IntEnum

from klantwaarde_xl.data.reading.cells.looks import is_word
from klantwaarde_xl.data.reading.naming.headers import BY_ANSWERS, find_columns, lacking, plain
from klantwaarde_xl.data.reading.surveys.answers import is_nothing, read_answer
from klantwaarde_xl.data.reading.surveys.scales import ENDS, RECOMMEND, TEN

SECOND_HEADER = ("response", "open-ended response", "antwoord")  # SurveyMonkey's, under the question
FEWEST = 2  # columns of answers that make a survey by themselves
_MOSTLY = 0.5  # of the cells under a head that is surely of a question; the others are its problems

# What a survey asks of, as a head by itself. Not among them is what can be counted or measured: levertijd
# (days), medewerkers (how many), product (which)
_ASPECTS = frozenset(
    """service klantenservice klantservice dienstverlening serviceverlening prijs prijsstelling prijskwaliteit
    prijskwaliteitverhouding prijskwaliteitsverhouding kwaliteit productkwaliteit levering aflevering
    bezorging gemak gebruiksgemak bestelgemak website webshop assortiment aanbod communicatie deskundigheid
    vriendelijkheid klantvriendelijkheid behulpzaamheid bereikbaarheid snelheid sfeer betrouwbaarheid
    informatie informatievoorziening advies verpakking bestelproces nazorg aftersales ondersteuning netheid
    hygiene uitstraling reputatie imago merk klantrelatie klantbeleving klantcontact verkoop keuze
    maatwerk flexibiliteit professionaliteit sterren stars csat ces nps
    delivery price pricing priceperformance quality productquality customerservice support ease easeofuse
    communication expertise friendliness helpfulness speed atmosphere reliability information advice packaging
    assortment selection valueformoney usability cleanliness accessibility professionalism
    experience""".split()  # noqa: SIM905
)
_JUDGED = re.compile(
    r"tevreden|beoorde|waardeer|waardering|oordeel|cijfer|\bscore|score\b|\brating|\brate\b|ervaar|ervaring"
    r"|ervoer|\b(vond|vindt|vind) (u|je|jij|men)\b|satisf|\beens\b|stelling|gemakkelijk|makkelijk|aanbeve"
    r"|aanra[dn]|recommend|waarschijnlijk|\bbelang|\bhow easy|agree|verwachting"
)
_COUNTED = re.compile(
    r"\b(leeftijd\w*|age|oud|geboorte\w*|aantal\w*|number|count|hoeveel|hoe vaak|how many|how often|how old"
    r"|how long|hoe lang|personen|persons|people|kinderen|children|huishoud\w*|household\w*|gezin\w*|jaar"
    r"|jaren|years?|maand|maanden|months?|week|weken|weeks?|dag|dagen|days?|uur|uren|hours?|minuten|minutes"
    r"|duur|tijd|id|nummer|nr|no|code|postcode|versie|volgnummer|rij|index|wave|meting|ronde|geslacht|gender"
    r"|sekse|opleiding|inkomen|income|bezoeken|bestellingen|orders|aankopen|keer|keren|visits|purchases"
    r"|respondent\w*|deelnemer\w*|kwartaal|quarter)\b|(leeftijd|aantal|nummer|_id|_nr)$"
)
_OVERALL = re.compile(
    r"algemeen|algemene|overall|totaal|eindoordeel|eindcijfer|al met al|alles bij elkaar|geheel|rapportcijfer"
    r"|\bgeeft u ons\b|\bgeef je ons\b"
)


class Held(IntEnum):
    """What a column holds, as far as its head and its cells tell."""

    OTHER = 0
    UNSURE = 1
    ANSWERS = 2


def held(header: str, cells: Mapping[str, int]) -> Held:
    """What a column holds; cells: each text in it without marks, and how often."""
    words = header.casefold()
    texts = {t: n for t, n in cells.items() if t and not is_nothing(t) and t.casefold() not in SECOND_HEADER}
    read = {text: answer for text in texts if (answer := read_answer(text)) is not None}
    right = sum(
        texts[t] for t, a in read.items() if a.value is None or TEN.low <= a.value <= TEN.high or a.top
    )
    total = sum(texts.values())
    is_judged = bool(_JUDGED.search(words)) or plain(ENDS.sub("", header)) in _ASPECTS
    if not total or right < (_MOSTLY if is_judged else 1) * total or is_count(header):
        return Held.OTHER
    tells = any(a.level is not None or a.stars or a.top for a in read.values())
    if is_judged or tells or ENDS.search(words):
        return Held.ANSWERS
    return Held.OTHER if set(texts) <= {"0", "1"} and "0" in texts else Held.UNSURE


def is_count(header: str) -> bool:
    """Whether a head is of what is counted, measured or numbered, and not of a judgement."""
    words = ENDS.sub(" ", header.casefold()).replace("_", " ")
    judged = _JUDGED.search(words) or re.search(r"\b(sterren|stars)\b", words)
    return bool(_COUNTED.search(words)) and not (judged and not words.startswith(("hoe vaak", "hoeveel")))


def is_overall(header: str) -> bool:
    """Whether a head asks what somebody thinks of everything together."""
    return bool(_OVERALL.search(header.casefold()) or RECOMMEND.search(header))


def shown_cells(cells: Mapping[str, int]) -> str:
    """The numbers in a column, in words: `1 t/m 5`; empty for none."""
    values = [a.value for text in cells if (a := read_answer(text)) is not None and a.value is not None]
    return f" ({' t/m '.join(map(str, sorted({min(values), max(values)})))})" if values else ""


# ── where the header is ─────────────────────────────────────────────────────────────────────


def find_beside(
    headers: Sequence[str],
    wanted: Mapping[str, Sequence[str]],
    needed: Sequence[str],
    below: Sequence[Sequence[str]],
) -> dict[str, int] | None:
    """Return the places of our columns where answers stand in several columns, and none is the only one.

    As `headers.find_columns`, for a column that its answers may show (`BY_ANSWERS`); None where there are
    no such columns of answers either.
    """
    rest = [name for name in needed if not may_show(wanted, name)]
    if len(rest) == len(needed):
        return None
    places = find_columns(headers, wanted, rest, below)
    if places is None or not lacking(needed, places):
        return places
    taken = set(places.values())
    cells = [
        (header, cells_below(below, at))
        for at, header in enumerate(headers)
        if at not in taken and is_word(header)
    ]
    answered = [(held(header, texts), texts) for header, texts in cells]
    answered = [(kind, texts) for kind, texts in answered if kind is not Held.OTHER]
    alone = any(kind is Held.ANSWERS and all(map(_may_answer, texts)) for kind, texts in answered)
    return places if len(answered) >= FEWEST or alone else None


def _may_answer(text: str) -> bool:
    """Whether a cell is an answer, or says that there is none."""
    return is_nothing(text) or read_answer(text) is not None


def may_show(wanted: Mapping[str, Sequence[str]], name: str) -> bool:
    """Whether a column may be known by its answers; wanted: as `headers.find_columns`."""
    return BY_ANSWERS in wanted.get(name, ())


def cells_below(below: Sequence[Sequence[str]], at: int) -> dict[str, int]:
    """The texts of a column in some records, and how often each."""
    cells: dict[str, int] = {}
    for record in below:
        if at < len(record):
            text = record[at].strip()
            cells[text] = cells.get(text, 0) + 1
    return cells
