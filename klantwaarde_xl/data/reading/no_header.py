"""What to say of a file without the needed columns: the header it has, or the numbers of its columns."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from klantwaarde_xl.data.reading.headers import accepted, columns_missing, plain
from klantwaarde_xl.data.reading.looks import (
    Head,
    first_filled,
    is_data,
    is_day,
    is_number,
    is_word,
    unmarked,
)
from klantwaarde_xl.data.tables import Kind, Table
from klantwaarde_xl.errors import ColumnsMissing


def no_header(
    heads: Sequence[Head], table: Table, where: str, named: Mapping[str, str] | None
) -> ColumnsMissing:
    """The error for a file without the needed columns: with its likeliest header, or a proposal by number.

    heads: the first records of each of its sheets.
    """
    names = {name for column in table.columns for name in accepted(column)}

    def score(record: Sequence[str]) -> tuple[int, int]:
        words = {plain(text) for text in record if is_word(text)}
        return (len(words & names), len(words))

    records = [record for head in heads for record in unmarked(head)]
    best = max(records, key=score, default=[])
    _, first = first_filled(records)
    if is_data(first) and not score(best)[0] and not named:
        return _without_header(first, table, where)
    return columns_missing(best, table, where, named)


def _without_header(first: Sequence[str], table: Table, where: str) -> ColumnsMissing:
    seen = ", ".join(f"{number}: {text!r}" for number, text in enumerate(first, 1))
    places = proposal(first, table)
    shown = ",".join(
        f"{column.name}={places.get(column.name, '…')}" for column in table.columns if column.required
    )
    return ColumnsMissing(
        f"Dit bestand heeft geen kop. In de eerste rij staat in kolom {seen}.",
        where=where,
        remedy=f"Zeg welke kolom wat is, met het nummer; als dit klopt: --kolommen {shown}. "
        "Of zet een regel met koppen boven de gegevens.",
    )


def proposal(first: Sequence[str], table: Table) -> dict[str, int]:
    """Which number each needed column of a table may have, by a first row of data; for the user to judge.

    Of several numbers the last with decimals is proposed for an amount; a count has none.
    """
    left = dict(enumerate(first, 1))
    chosen: dict[str, int] = {}

    def take(kinds: Sequence[Kind], fitting: list[int]) -> None:
        for column in table.columns:
            if column.required and column.kind in kinds and fitting:
                chosen[column.name] = fitting.pop(0)
                del left[chosen[column.name]]

    take((Kind.DATE, Kind.MONTH), [at for at, text in left.items() if is_day(text)])
    numbers = [at for at, text in left.items() if is_number(text)]
    with_decimals = [at for at in numbers if re.search(r"[.,]\d{1,2}$", left[at])]
    take((Kind.AMOUNT, Kind.NUMBER), with_decimals[::-1] or numbers[::-1])
    take((Kind.KEY, Kind.TEXT), list(left))
    return chosen
