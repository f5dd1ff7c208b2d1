"""The line that a refresh adds to the workbook's journal: its moment, its source, what it changed.

It holds counts and no name of a customer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from klantwaarde_xl.data.results.journal import JOURNAL, KEPT
from klantwaarde_xl.plan.plan import Plan, Value


def with_journal(plan: Plan) -> Plan:
    """A plan whose journal, its last table, begins with this refresh; the same without a journal."""
    others = tuple(write for write in plan.tables if write.table != JOURNAL.table)
    journal = tuple(
        replace(write, rows=_rows(plan, write.rows)) for write in plan.tables if write.table == JOURNAL.table
    )
    return replace(plan, tables=(*others, *journal))


def _rows(plan: Plan, rows: Sequence[Sequence[Value]]) -> list[Sequence[Value]]:
    first, *earlier = rows
    said = ", ".join(plan.changes) or first[2]
    line = (plan.made or first[0], plan.value("kw_bron") or first[1], said)
    return [line, *(row for row in earlier if row[0] != line[0])][:KEPT]
