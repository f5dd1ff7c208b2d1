"""Which column of a typed source is which of ours."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from klantwaarde_xl.data.reading.cells.contents import SAMPLE, sample_text
from klantwaarde_xl.data.reading.layout.header_row import numbered, numbers_of
from klantwaarde_xl.data.reading.naming.headers import find_columns, needed_of, wanted_of
from klantwaarde_xl.data.reading.questions.missing import columns_missing
from klantwaarde_xl.data.reading.sources.source import Source
from klantwaarde_xl.data.reading.surveys.aspects import find_beside, may_show
from klantwaarde_xl.data.tables import Table


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
    texts = numbered(headers, numbers_of(wanted))
    if below is None:
        found = find_columns(texts, wanted, [one for one in needed if not may_show(wanted, one)])
    else:
        found = find_columns(texts, wanted, needed, below) or find_beside(texts, wanted, needed, below)
    if found is None:
        rows = [[sample_text(value) for value in record] for record in first()[:SAMPLE]]
        if below is None and (found := find_columns(texts, wanted, needed, rows)) is not None:
            return found  # months, which their cells have to show
        raise columns_missing(headers, rows, table, str(source), named)
    return found
