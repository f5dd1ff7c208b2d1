"""Which column of a typed source is which of ours."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from klantwaarde_xl.data.reading.cells.contents import SAMPLE, sample_text
from klantwaarde_xl.data.reading.cells.looks import Head
from klantwaarde_xl.data.reading.layout.across import find_across, terms_of
from klantwaarde_xl.data.reading.layout.header_row import numbered, numbers_of, places_in, say_renamed
from klantwaarde_xl.data.reading.naming.headers import needed_of, wanted_of
from klantwaarde_xl.data.reading.naming.table_prefixes import without_shared_words, without_tables
from klantwaarde_xl.data.reading.questions.missing import columns_missing
from klantwaarde_xl.data.reading.sources.source import Source
from klantwaarde_xl.data.reading.surveys.aspects import find_beside, may_show
from klantwaarde_xl.data.tables import Table
from klantwaarde_xl.errors import FileUnreadable


def places_of(
    headers: Sequence[str],
    table: Table,
    named: Mapping[str, str] | None,
    source: Source,
    first: Callable[[], Sequence[Sequence[Any]]],
    below: Sequence[Sequence[str]] | None = None,
) -> dict[str, int]:
    """The place of each column of a table among headers, named by their text or number.

    first: gives the first records, by which the error proposes columns; below: these as texts, and while they
    are not known yet, a column that they may show is not missed. Raises `ColumnsMissing`.
    """
    wanted, needed = wanted_of(table, named), needed_of(table, named)
    called = called_as(headers, table, named)
    if below is None:
        found = places_in(called, headers, wanted, [one for one in needed if not may_show(wanted, one)], ())
    else:
        texts = numbered(called, numbers_of(wanted))
        found = places_in(called, headers, wanted, needed, below) or find_beside(texts, wanted, needed, below)
    if found is None:
        rows = [[sample_text(value) for value in record] for record in first()[:SAMPLE]]
        if below is None and (found := places_in(called, headers, wanted, needed, rows)) is not None:
            return found  # months, which their cells have to show
        _refuse_across([[*called], *rows], wanted, needed, table, source)
        raise columns_missing(called, rows, table, str(source), named)
    return found


def _refuse_across(
    head: Head, wanted: Mapping[str, Sequence[str]], needed: Sequence[str], table: Table, source: Source
) -> None:
    """Raise `FileUnreadable` for columns side by side, which only text and workbooks may have."""
    pairs: list[tuple[Sequence[str], Sequence[str], Sequence[str]]] = [(table.across, terms_of(table), ())]
    pairs += [((table.by_name[0], table.across[1]), (), table.by_name[1:])] if table.by_name else []
    for across, terms, known in pairs:
        found = find_across(head, wanted, needed, across, terms, has_year=True, called=known)
        if found is not None:
            first, *_, last = found.columns.values()
            raise FileUnreadable(
                f"De kolommen {first!r} tot en met {last!r} staan naast elkaar: dat leest alleen uit tekst "
                "en werkboeken.",
                where=str(source),
                remedy="Exporteer als CSV of .xlsx, of maak van elke cel een rij: in SQL met unpivot of "
                "union all.",
            )


def called_as(headers: Sequence[str], table: Table, named: Mapping[str, str] | None) -> tuple[str, ...]:
    """Headers as they are called here: without the table before their fields, as those of a text."""
    wanted = wanted_of(table, named)
    needed = [one for one in needed_of(table, named) if not may_show(wanted, one)]
    called = without_tables(headers)
    if places_in(called, headers, wanted, needed, ()) is None:
        bare = without_shared_words(headers)
        if places_in(bare, headers, wanted, needed, ()) is not None:
            return bare
    return called


def notes_of_names(headers: Sequence[str], called: Sequence[str]) -> tuple[str, ...]:
    """What to say of headers that are called otherwise here; nothing where none is."""
    renamed = ((old, new) for old, new in zip(headers, called, strict=True) if old != new)
    return tuple(say_renamed(*pair) for pair in [next(renamed, None)] if pair)
