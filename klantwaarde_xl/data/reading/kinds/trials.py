"""Orders and payments that were made to try a shop out, as a column says: they are no sale."""

from __future__ import annotations

import re

from klantwaarde_xl.data.reading.cells.yes_or_no import NO, YES
from klantwaarde_xl.data.reading.export import Export, cell_of
from klantwaarde_xl.data.reading.naming.headers import plain
from klantwaarde_xl.data.reading.sources.engine import sql_texts
from klantwaarde_xl.dutch import format_number

_OF = "(order|bestelling|transactie|transaction|payment|betaling|charge)?"
_IS_TEST = re.compile(f"(is)?(test|sandbox){_OF}|(is)?{_OF}test|testmod(e|us)|intestmode")
_IS_LIVE = re.compile("(is)?live(mode|modus)?|(is)?producti(on|e)")
_MODE = re.compile(f"{_OF}(mode|modus|environment|env|omgeving)")
_TESTS = re.compile(
    "test(ing|mode|modus|omgeving)?|sandbox|staging|demo|acceptatie|acceptance|development|dev"
)
_SALES = re.compile("live(mode|modus)?|prod(uction|uctie)?(omgeving)?")
_MOST = 9  # different words of such a column


def leave_out_trials(export: Export) -> None:
    """Leave out orders of which a column says that they are a test, and say so; where all are, all count."""
    by_user = {plain(header) for header, _ in export.reading.by_user}
    for place, header in enumerate(export.headers):
        name = plain(header)
        if name in by_user or place in export.places.values():
            continue
        if not any(known.fullmatch(name) for known in (_IS_TEST, _IS_LIVE, _MODE)):
            continue
        cell = cell_of(place)
        words = [
            word
            for (word,) in export.rows(
                f"select distinct {cell} from raw join lines using (rij) where {cell} <> '' limit {_MOST}"
            )
        ]
        if tests := sorted(_tests(name, words)):
            _leave_out(export, header.strip(), cell, tests)


def _tests(header: str, words: list[str]) -> list[str]:
    """Those words of a column that say of an order that it is a test; none where it says something else."""
    said = {word: word.casefold() for word in words}
    if _MODE.fullmatch(header):
        told = {word: plain(text) for word, text in said.items()}
        known = all(_TESTS.fullmatch(text) or _SALES.fullmatch(text) for text in told.values())
        return [word for word, text in told.items() if known and _TESTS.fullmatch(text)]
    if not set(said.values()) <= YES | NO:
        return []
    no_sale = NO if _IS_LIVE.fullmatch(header) else YES
    return [word for word, text in said.items() if text in no_sale]


def _leave_out(export: Export, header: str, cell: str, tests: list[str]) -> None:
    these = sql_texts(tests)
    rows = f"select rij from raw join lines using (rij) where {cell} in ({these})"
    if export.has("order"):  # the lines that go on with an order leave it to the first
        rows = f"select rij from order_run where orde in (select orde from order_run where rij in ({rows}))"
    shown = " of ".join(tests)
    count, every = export.rows(f"select count(*) filter (rij in ({rows})), count(*) from raw")[0]
    if count == every:
        export.say("status", f"alle {format_number(every, 0)} rijen zijn een test ({header} is {shown})")
        return
    export.leave_out(rows, f'{header} is {shown}, een test: telt niet mee (wel met --alleen "{header}=*")')
