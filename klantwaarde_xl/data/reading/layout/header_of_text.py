"""The header of a text, or what to say where it has none."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from klantwaarde_xl.data.reading.cells.contents import SAMPLE
from klantwaarde_xl.data.reading.cells.looks import is_day, is_number, unmarked
from klantwaarde_xl.data.reading.layout.header_row import Header, find_header, numbers_of
from klantwaarde_xl.data.reading.naming.headers import HEADER_WITHIN, find_columns, needed_of, wanted_of
from klantwaarde_xl.data.reading.naming.table_prefixes import without_shared_words
from klantwaarde_xl.data.reading.questions.missing import no_header
from klantwaarde_xl.data.reading.questions.no_rows import no_rows, rows_above
from klantwaarde_xl.data.reading.sources.lines import first_records, last_record, scan
from klantwaarde_xl.data.reading.sources.text import RawText
from klantwaarde_xl.data.tables import Table

_OF_A_BALANCE = re.compile("saldo|balance|tota|stand|overdracht", re.IGNORECASE)


def header_of(raw: RawText, table: Table, named: Mapping[str, str] | None) -> Header:
    """Find the header of a text; raises `ColumnsMissing` with the columns that it does have."""
    head = first_records(raw, HEADER_WITHIN)
    wanted, needed = wanted_of(table, named), needed_of(table, named)
    found = find_header(head, wanted, needed)
    if found is None:
        if raw.quotes == "theirs":  # an open quote may have swallowed the header, and is the better word
            scan(raw, 0, ())
        # By their numbers columns are found in any row
        if (
            not numbers_of(wanted)
            and find_header([(last := last_record(raw))[1]], wanted, needed) is not None
        ):
            raise no_rows(table.name, str(raw.source), last[0], last[0] - raw.first_row)
        records = [_asked_of(record, wanted, needed) for record in first_records(raw, SAMPLE)]
        raise no_header([records], table, str(raw.source), named)
    above = head[found.top - 1] if found.top > 0 else raw.above
    if found.lines and _holds_a_row(unmarked([above])[0], found.places):
        raise rows_above(str(raw.source), raw.first_row + found.at, "in de rij erboven staan ook gegevens")
    return found


def _holds_a_row(record: Sequence[str], places: Mapping[str, int]) -> bool:
    """Whether a record above a header has all that a row below it has, and is no balance or total."""
    names = [name for name in ("datum", "klant", "bedrag") if name in places]
    cells = {name: record[places[name]].strip() if places[name] < len(record) else "" for name in names}
    return (
        len(cells) > 1
        and is_day(cells.get("datum", ""))
        and all(cells.values())
        and is_number(cells.get("bedrag", "0"))
        and not any(_OF_A_BALANCE.search(text) for text in record)
    )


def _asked_of(
    record: Sequence[str], wanted: Mapping[str, Sequence[str]], needed: Sequence[str]
) -> Sequence[str]:
    """A record without the word that all its texts begin with, where more of our columns are known so."""
    bare = without_shared_words(record)
    if bare == tuple(record):
        return record
    known, more = (len(find_columns(texts, wanted, ()) or ()) for texts in (record, bare))
    return bare if more > known else record
