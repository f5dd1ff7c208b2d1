"""A survey with a column for each question: which columns are answers, and a row for each of them.

While it is read every aspect is a column of scores beside our own; then each answer gets its row, with the
aspect for its question. The overall score keeps its own row, without a question.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from klantwaarde_xl.data.reading.cells.looks import is_word
from klantwaarde_xl.data.reading.naming.candidates import is_by_answers
from klantwaarde_xl.data.reading.naming.headers import ABSENT, accepted, forms, plain
from klantwaarde_xl.data.reading.questions.missing import columns_missing
from klantwaarde_xl.data.reading.sources.marked import MARK
from klantwaarde_xl.data.reading.surveys.aspects import Held, held, is_count, is_overall, shown_cells
from klantwaarde_xl.data.tables import Column, Kind, Table
from klantwaarde_xl.dutch import format_rows
from klantwaarde_xl.errors import Ambiguous, UsageError

if TYPE_CHECKING:
    import duckdb

    from klantwaarde_xl.data.reading.export import Export

QUESTION, SCALE, COMMENT = "vraag", "schaal", "opmerking"
_MOST = 200  # different texts under one head; answers have no more


@dataclass(frozen=True)
class Beside:
    """What was found: the places of our own columns and of each aspect, and the table that has both.

    passed: heads of what could be an aspect and was not taken.
    """

    table: Table
    places: Mapping[str, int]
    aspects: Mapping[str, int] = field(default_factory=dict)
    passed: tuple[str, ...] = ()


def score_of(table: Table) -> Column | None:
    """The column of scores of a table; None for one without."""
    return next((column for column in table.columns if column.kind is Kind.SCORE), None)


def find_aspects(
    con: duckdb.DuckDBPyConnection,
    headers: Sequence[str],
    header_row: int,
    table: Table,
    places: Mapping[str, int],
    named: Mapping[str, str] | None,
    said: Sequence[str],
    where: str,
) -> Beside:
    """Find the columns of answers in table lines.

    named: the columns that the user pointed out; said: the aspects that he named, `ABSENT` for none.
    Raises `Ambiguous` for a column that may be one, `UsageError` for a name that no column has, and
    `ColumnsMissing` when there is no answer at all.
    """
    score = score_of(table)
    if score is None:
        return Beside(table, places)
    is_list = QUESTION in places  # each answer has its row already
    if is_list and said and list(said) != [ABSENT]:
        header = headers[places[QUESTION]].strip()
        raise UsageError(
            f"Hier staat elk antwoord al op een eigen rij, met de vraag in kolom {header!r}.",
            where=where,
            remedy=f'Laat --aspecten weg, of lees zonder die kolom: --kolommen "{QUESTION}={ABSENT}".',
        )
    taken = set(places.values()) - {places.get(score.name, -1)}
    free = [at for at, header in enumerate(headers) if header.strip() and at not in taken]
    cells = {at: _cells(con, at, header_row) for at in ([] if is_list or list(said) == [ABSENT] else free)}
    kinds = {at: held(headers[at], texts) for at, texts in cells.items() if is_word(headers[at])}
    if (scored := places.get(score.name)) in kinds and (
        score.name in (named or {}) or not is_count(headers[scored])
    ):
        kinds[scored] = max(kinds[scored], Held.UNSURE)
    could = [at for at, kind in kinds.items() if kind is not Held.OTHER]
    overall = _overall(headers, score, places, could, named)
    if said and list(said) != [ABSENT]:
        chosen = _chosen(headers, said, free, where)
        overall = None if overall in chosen and score.name not in (named or {}) else overall
    else:
        chosen = [at for at in could if at != overall]
        if unsure := [at for at in chosen if kinds[at] is Held.UNSURE]:
            raise _question(headers, cells, chosen, unsure, where, alone=overall is not None)
    chosen = [at for at in chosen if at != overall]
    if overall is None and len(chosen) == 1:
        overall, chosen = chosen[0], []
    if overall is None and not chosen:
        raise columns_missing(headers, [], table, where, named)
    found = {**places, score.name: -1 if overall is None else overall}
    own = {one.name: found[one.name] for one in table.read if found.get(one.name, -1) >= 0}
    passed = tuple(headers[at].strip() for at in could if at not in (overall, *chosen))
    if not chosen:
        return Beside(table, own, passed=passed)
    names = _names(headers, chosen, table)
    return Beside(_wide(table, score, names, required=overall is not None), own, names, passed)


def _overall(
    headers: Sequence[str],
    score: Column,
    places: Mapping[str, int],
    could: Sequence[int],
    named: Mapping[str, str] | None,
) -> int | None:
    """The column that holds what somebody thinks of everything together; None where each has its subject."""
    at = places.get(score.name)
    if at is None:
        general = [one for one in could if is_overall(headers[one])]
        return general[0] if len(general) == 1 and len(could) > 1 else None
    known = score.name in (named or {}) or set(forms(headers[at])) & set(accepted(score))
    if known or is_overall(headers[at]) or not [one for one in could if one != at]:
        return None if is_by_answers(headers[at], score) and is_count(headers[at]) else at
    general = [one for one in could if is_overall(headers[one])]
    return general[0] if len(general) == 1 else None


def _chosen(headers: Sequence[str], said: Sequence[str], free: Sequence[int], where: str) -> list[int]:
    """The places of the aspects that the user names, each by itself or with commas between them."""
    by_name = {plain(headers[at]): at for at in reversed(free)}
    words = [word for one in said for word in ([one] if plain(one) in by_name else one.split(","))]
    if absent := [word.strip() for word in words if plain(word) not in by_name]:
        raise UsageError(
            f"Er is geen kolom {', '.join(map(repr, absent))} om als aspect te lezen.",
            where=where,
            remedy=f"Kies uit: {', '.join(repr(headers[at].strip()) for at in free)}.",
        )
    return list(dict.fromkeys(by_name[plain(word)] for word in words))


def _question(
    headers: Sequence[str],
    cells: Mapping[int, Mapping[str, int]],
    chosen: Sequence[int],
    unsure: Sequence[int],
    where: str,
    *,
    alone: bool,
) -> Ambiguous:
    shown = ", ".join(f"{headers[at].strip()!r}{shown_cells(cells[at])}" for at in unsure)
    names = [headers[at].strip() for at in chosen]
    every = " ".join(f'--aspecten "{name}"' for name in names)
    if not any("," in name for name in names):
        every = f'--aspecten "{",".join(names)}"'
    none = f". Is geen ervan een antwoord: --aspecten {ABSENT}" if alone else ""
    what = "Is deze kolom een vraag" if len(unsure) == 1 else "Zijn deze kolommen vragen"
    return Ambiguous(
        f"{what} van de enquête, of iets anders, zoals een leeftijd of een aantal? {shown}.",
        where=where,
        remedy=f"Noem de kolommen die antwoorden zijn en laat de andere weg: {every}{none}",
    )


def _names(headers: Sequence[str], chosen: Sequence[int], table: Table) -> dict[str, int]:
    """The name of each aspect, its head; with a number behind it where another column is called so."""
    taken = {"rij", *((column.field or column.name).casefold() for column in table.read)}
    names: dict[str, int] = {}
    for at in chosen:
        name, number = headers[at].strip(), 1
        while name.casefold() in taken:
            number += 1
            name = f"{headers[at].strip()} ({number})"
        taken.add(name.casefold())
        names[name] = at
    return names


def _wide(table: Table, score: Column, names: Mapping[str, int], *, required: bool) -> Table:
    """The table with a column for each aspect; required: whether it has an overall score as well."""
    own = (
        column if required or column is not score else replace(score, required=False)
        for column in table.columns
    )
    beside = (replace(score, name=name, synonyms=(), required=False) for name in names)
    return replace(table, columns=(*own, *beside))


def _cells(con: duckdb.DuckDBPyConnection, at: int, header_row: int) -> dict[str, int]:
    """The texts of a column of lines, and how often each; one of them too many where there are too many."""
    text = f"trim(replace(coalesce(cast(c{at} as varchar), ''), '{MARK}', ''))"
    found = con.execute(
        f"""select {text}, count(*) from lines anti join totals using (rij) where rij > ?
            group by 1 order by 1 limit {_MOST + 1}""",
        [header_row],
    ).fetchall()
    return dict(found) if len(found) <= _MOST else {"…": 1}


# ── a row for each answer ───────────────────────────────────────────────────────────────────


def unpivot(export: Export, table: Table, scales: Mapping[str, str]) -> None:
    """Give each answer of the relation a row of its own, and say so.

    table: as it is declared, whose columns stay; scales: in words, of each aspect. A comment stays with the
    overall score, else with the first aspect.
    """
    if not scales:
        return
    score = score_of(table)
    if score is None:
        return
    con, whole = export.con, export.has(score.name)
    parts = [_rows(table, {}, 0)] if whole else []
    for number, (name, scale) in enumerate(scales.items(), 1):
        shown = {score.name: export.column(name).sql, SCALE: _text(scale), QUESTION: _text(name)}
        if whole or number > 1:
            shown[COMMENT] = "null"
        parts.append(_rows(table, shown, number))
    rows = export.count(f"select count(*) from {table.sql}")
    con.execute(f"create or replace table answers as {' union all '.join(parts)}")
    con.execute(
        f"create or replace table {table.sql} as select * exclude (part) from answers order by rij, part"
    )
    con.execute("drop table answers")
    names = ", ".join(map(repr, scales))
    beside = f", naast {export.header(score.name)} als oordeel over het geheel" if whole else ""
    count = format_rows(rows)
    export.say("aspecten", f"{names}{beside}: {count}, elk antwoord op een eigen rij")


def _rows(table: Table, shown: Mapping[str, str], part: int) -> str:
    cells = ", ".join(f"{shown.get(column.name, column.sql)} as {column.sql}" for column in table.columns)
    return f"select rij, {cells}, {part} as part from {table.sql}"


def _text(text: str) -> str:
    return f"nullif('{text.replace(chr(39), chr(39) * 2)}', '')"
