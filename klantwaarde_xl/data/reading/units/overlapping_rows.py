"""Rows without an order's number that stand once more below each other, as where two exports overlap."""

from __future__ import annotations

from klantwaarde_xl.data.reading.doubles import copied_below
from klantwaarde_xl.data.reading.export import Export
from klantwaarde_xl.data.reading.questions.choices import EACH_ONCE, LINES
from klantwaarde_xl.dutch import format_rows
from klantwaarde_xl.errors import Ambiguous

_PEOPLE = 3  # of one customer, or two, an order may have the same lines twice


def count_once(export: Export) -> None:
    """Leave out rows that stand, five or more below one another and alike in every cell, further up as well.

    Raises `Ambiguous` while the user has not said whether these are other orders. In a workbook of ours the
    rows are his to mend, and a note says it.
    """
    is_ours = bool(export.source.sheet) and export.source.path is None
    if is_ours or export.of_rows in LINES or not (again := _again(export)):
        return
    if export.of_rows != EACH_ONCE:
        raise _question(export, again)
    rows = [row for row, _ in again]
    export.leave_out(
        f"select unnest({rows})", f"een rij die er nog eens in staat (telt elke rij: --regels {LINES[0]})"
    )


def _again(export: Export) -> list[tuple[int, int]]:
    """The rows that come again, and where each stood before."""
    cells = ", ".join(f"c{at}" for at in range(len(export.headers)))
    # Of a till without customers the same cups of coffee stand below each other on any day
    who, many = ("klant", _PEOPLE) if export.has("klant") else ("datum", 2)
    export.con.execute(f"""create or replace temp view lines_of_raw as
        select rij, {export.shown(who)} as who, {cells} from raw join lines using (rij)""")
    again = copied_below(export.con, "lines_of_raw", cells, f"count(distinct who) >= {many}")
    export.con.execute("drop view lines_of_raw")
    return again


def _question(export: Export, again: list[tuple[int, int]]) -> Ambiguous:
    row, before = again[0]
    return Ambiguous(
        f"{format_rows(len(again))} staan er nog eens precies zo in, onder elkaar, zonder ordernummer: "
        "overlappen hier twee exports, of zijn het andere orders?",
        where=f"vanaf {export.source.at(row)}, als vanaf {export.source.at(before)}",
        remedy=f"Telt elke rij één keer: --regels {EACH_ONCE}. Zijn het andere orders: --regels {LINES[0]}.",
    )
