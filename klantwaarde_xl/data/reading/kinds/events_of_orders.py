"""One payment in several rows, one for each step that it went through: which step counts is asked.

A payment service that accounts for events writes received, authorised and settled below one another, each
with the amount of the payment. Added up these are as many times the revenue.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from klantwaarde_xl.data.reading.cells.rows import Rows
from klantwaarde_xl.data.reading.export import Export, cell_of
from klantwaarde_xl.data.reading.kinds.taken_off import OF_KINDS, is_paid_back
from klantwaarde_xl.data.reading.naming.headers import plain
from klantwaarde_xl.data.reading.questions.choices import rows_option
from klantwaarde_xl.dutch import format_number
from klantwaarde_xl.errors import Ambiguous

_STEP_WORDS = """
    event eventname eventcode action actie gebeurtenis activiteit activity step stap status state
    transactionstatus transactiestatus paymentstatus betaalstatus recordstatus orderstatus statuswijziging
    newstatus nieuwestatus"""
_OF_STEPS = OF_KINDS | frozenset(_STEP_WORDS.split())
_DONE = re.compile("settled$|captur|paid|betaald|voldaan|complet|voltooid|afgerond|verwerkt|charged|bezahlt")
_NOT_DONE = re.compile("^(not|niet|un|to|nog|sent|for|onbetaald)|send|wacht|pending")
_MOSTLY = 0.9
_FEWEST = 3  # steps


def ask_events(export: Export) -> None:
    """Raise `Ambiguous` where nearly each order has a row for each step, all with one amount."""
    if not export.has("order") or export.reading.lines:
        return
    by_user = {plain(header) for header, _ in export.reading.by_user}
    free = [
        at
        for at, header in enumerate(export.headers)
        if plain(header) in _OF_STEPS and at not in export.places.values() and plain(header) not in by_user
    ]
    if not free:
        return
    rows = export.sample
    free = [place for place in free if _may_be_steps(export, rows, place)]
    for place, texts in rows.lists(free).items():
        if len(texts) > 1 and (steps := _steps(export, place, texts)):
            raise _question(export, place, steps, texts)


def _may_be_steps(export: Export, rows: Rows, place: int) -> bool:
    """Whether any order in a sample has several rows that each say something else: a mere hint."""
    number = export.places["order"]
    seen: dict[str, list[str]] = {}
    for row in rows.first:
        if row[number] and row[place]:
            seen.setdefault(row[number], []).append(row[place])
    return any(len(said) >= _FEWEST and len({*said}) == len(said) for said in seen.values())


def _steps(export: Export, place: int, texts: Mapping[str, int]) -> list[str]:
    """The words of a column that nearly every order has once, in their order; none where amounts differ."""
    cell, number = cell_of(place), export.shown("order")
    back = [word for word in texts if is_paid_back(word)]  # of a part, maybe
    paid = export.shown("bedrag") if export.has("bedrag") else "''"
    rows = f"""(select {number} as nr, {cell} as word, {paid} as paid, rij
        from raw join lines using (rij) where {number} <> '' and {cell} <> '')"""
    orders, apart = export.rows(
        f"""select count(*), count(*) filter (twice or paid > 1 or n < 2) from (
              select nr, count(*) as n, count(distinct paid) as paid, count(*) > count(distinct word) as twice
              from {rows} where not list_contains($back, word) group by nr)""",
        {"back": back},
    )[0]
    if not orders or apart > (1 - _MOSTLY) * orders:
        return []
    found = export.rows(f"""select word, count(*), avg(spot) from (
          select *, row_number() over (partition by nr order by rij) as spot from {rows})
        group by 1 order by 3, 1""")
    steps = [word for word, count, _ in found if count >= _MOSTLY * orders and not is_paid_back(word)]
    return steps if len(steps) >= _FEWEST else []  # two can be an invoice and what was paid of it


def _question(export: Export, place: int, steps: list[str], texts: dict[str, int]) -> Ambiguous:
    header = export.headers[place].strip()
    done = [one for one in steps if _DONE.search(one.casefold()) and not _NOT_DONE.search(one.casefold())]
    back = [word for word in texts if is_paid_back(word)]
    last = (done or steps)[-1]
    shown = ", ".join(f"{word} ({format_number(texts.get(word, 0), 0)})" for word in steps)
    return Ambiguous(
        f"Elke order staat er per stap een keer, telkens met hetzelfde bedrag: kolom {header!r} heeft "
        f"{shown}.",
        remedy=f"Zeg welke stap telt: {rows_option('--alleen', header, last, *back)}. Is elke rij een eigen "
        f'bedrag: --alleen "{header}=*".',
    )
