"""Texts of a column that are written otherwise before any of them is read."""

from __future__ import annotations

from collections.abc import Mapping

from klantwaarde_xl.data.reading.export import Export
from klantwaarde_xl.data.reading.sources.engine import make_rows, make_table


def rewrite(export: Export, name: str, shown: str, texts: Mapping[str, str]) -> None:
    """Put other texts in a column of raw; shown: the SQL of a text as it stands in texts, by old the new."""
    column = export.text(name)
    make_rows(export.con, "rewritten", {"t": "varchar", "v": "varchar"}, list(texts.items()))
    make_table(
        export.con,
        "raw",
        f"""select raw.* replace (coalesce(w.v, {column}) as {column}) from raw
            left join rewritten w on w.t = {shown} order by rij""",
    )
    export.con.execute("drop table rewritten")
