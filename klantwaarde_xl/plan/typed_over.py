"""Which of the program's own cells a person typed in: those that no longer hold what it wrote there."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set
from typing import TypeAlias

from klantwaarde_xl.plan.matching import Key
from klantwaarde_xl.plan.plan import TableWrite, Value, header
from klantwaarde_xl.plan.written import digest, is_written

Cell: TypeAlias = tuple[int, int]
"""A row of the table as it stands, from 0, and the place of one of the program's columns in its order."""

_MOST_LIKENED = 100  # rows that went, against each row that is nobody's: else its place tells

_Rows: TypeAlias = Sequence[Sequence[Value]]


def typed_over(write: TableWrite, rows: _Rows, known: Mapping[str, str], behind: int) -> list[Cell]:
    """The cells of a result in which something else stands than the program wrote.

    rows: what stands in its columns now, in their order; known: by header the digests of what was written,
    row by row; behind: how many days less than others the workbook counts. Rows may have been sorted, taken
    out or put in: one is known again by all that it holds, by its key, or by its place.
    """
    columns = [
        (place, known[header(column)])
        for place, column in enumerate(write.columns)
        if header(column) in known
    ]
    if not columns:
        return []
    many = min(len(text) for _, text in columns) // 2
    said = [[text[2 * at : 2 * at + 2] for _, text in columns] for at in range(many)]
    differs = {
        at: found
        for at, row in enumerate(rows)
        if (found := _differs(row, columns, said[at] if at < many else None, behind))
    }
    left = {at for at in range(many) if at >= len(rows) or at in differs}
    keys = {header(name) for name in write.key}
    by_key = [at for at, (place, _) in enumerate(columns) if header(write.columns[place]) in keys]
    known_again: set[int] = set()
    for by in ([*range(len(columns))], by_key):
        for at, source in _known_again(rows, differs.keys() - known_again, left, said, columns, by, behind):
            known_again.add(at)
            left.discard(source)
            differs[at] = _differs(rows[at], columns, said[source], behind)
    for at in sorted(differs.keys() - known_again):
        best = _most_alike(rows[at], at, left, said, columns, behind)
        if best is not None:
            left.discard(best)
        differs[at] = _differs(rows[at], columns, None if best is None else said[best], behind)
    return [(at, place) for at, found in sorted(differs.items()) for place in found]


def _differs(
    row: Sequence[Value], columns: Sequence[tuple[int, str]], said: Sequence[str] | None, behind: int
) -> list[int]:
    """The places in a row where something else stands; all that hold anything where nothing was written."""
    if said is None:
        return [place for place, _ in columns if row[place] not in (None, "")]
    return [
        place
        for (place, _), one in zip(columns, said, strict=True)
        if not is_written(row[place], one, behind)
    ]


def _known_again(
    rows: _Rows,
    unknown: Collection[int],
    left: Collection[int],
    said: Sequence[Sequence[str]],
    columns: Sequence[tuple[int, str]],
    by: Sequence[int],
    behind: int,
) -> Iterator[tuple[int, int]]:
    """For rows that differ the row that was written for them, wherever it stood; by: what both have."""
    if not by or not left:
        return
    stood: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    for at in sorted(left, reverse=True):
        stood[tuple(said[at][one] for one in by)].append(at)
    for at in sorted(unknown):
        found = stood.get(tuple(digest(rows[at][columns[one][0]], behind) for one in by))
        if found:
            yield at, found.pop()


def _most_alike(
    row: Sequence[Value],
    at: int,
    left: Set[int],
    said: Sequence[Sequence[str]],
    columns: Sequence[tuple[int, str]],
    behind: int,
) -> int | None:
    """The row that was written for one of which the key is another: that has most in common with it."""
    filled = [
        (place, digest(row[column], behind))
        for place, (column, _) in enumerate(columns)
        if row[column] not in (None, "")
    ]
    near = left if len(left) <= _MOST_LIKENED else left & {at}
    alike = [(sum(said[one][place] == own for place, own in filled), one == at, -one) for one in near]
    most, _, one = max(alike, default=(0, False, 0))
    return -one if most else None


def by_hand(suspect: Sequence[int], old: Sequence[Key], new: Iterable[Key]) -> Iterator[int]:
    """The rows of an input table that a person typed or changed, and that the new ones do not have.

    suspect: the places of those that no file gave, in order; old, new: the keys of all rows.
    """
    if not suspect:
        return
    left, doubtful = Counter(new), set(suspect)
    left.subtract(key for at, key in enumerate(old) if at not in doubtful)
    for at in suspect:
        if left[old[at]] > 0:
            left[old[at]] -= 1
        else:
            yield at
