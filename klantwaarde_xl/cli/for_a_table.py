"""What to type about one of several tables that are read: `kosten.kanaal`, `--blad "kosten=Blad1"`."""

from __future__ import annotations

import re
from collections.abc import Sequence

from klantwaarde_xl.data.tables import Table
from klantwaarde_xl.errors import Ambiguous, ColumnsMissing

_COLUMNS = re.compile(r'(--kolommen )("[^"]*"|[^\s"]+)')
_SHEET = re.compile(r'--blad "(?=[^"]*")')


def about(
    error: Ambiguous | ColumnsMissing, table: Table, read: Sequence[Table]
) -> Ambiguous | ColumnsMissing:
    """The error about a table with a remedy that can be typed as it stands, beside the others of read."""
    others = {column.name for one in read if one is not table for column in one.read}
    shared = [column.name for column in table.read if column.name in others]
    names = "|".join(map(re.escape, sorted(shared, key=len, reverse=True)))
    remedy = error.remedy
    if shared:
        named = re.compile(rf'((?:^|[",])\s*)({names})(?==)')
        remedy = _COLUMNS.sub(
            lambda found: found[1] + named.sub(rf"\g<1>{table.name}.\g<2>", found[2]), remedy
        )
    if table is not read[0]:
        remedy = _SHEET.sub(f'--blad "{table.name}=', remedy)
    told = type(error)(error.what, where=error.where, remedy=remedy)
    if isinstance(error, ColumnsMissing) and isinstance(told, ColumnsMissing):
        told.absent = error.absent
    return told
