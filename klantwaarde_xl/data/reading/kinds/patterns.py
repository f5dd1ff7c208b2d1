"""The few patterns that a user can type for the rows that a question is about."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from klantwaarde_xl.data.reading.cells.contents import SAMPLE
from klantwaarde_xl.data.reading.export import Export

_MOST_PATTERNS = 3


def start_of(text: str) -> str:
    """The letters with which a number, or a line of text, begins, as a pattern; empty for none."""
    found = re.match(r"[^\W\d_]+", text)
    return f"{found[0]}*" if found else ""


def patterns_of(export: Export, cell: str, which: str, makes: Sequence[Callable[[str], str]]) -> list[str]:
    """A few patterns that have all these cells and no others; none where there are none such."""
    rows = "raw join lines using (rij)"
    texts = [
        text for (text,) in export.rows(f"select distinct {cell} from {rows} where {which} limit {SAMPLE}")
    ]
    for make in (*makes, _whole):
        found = sorted({make(text).casefold(): make(text) for text in texts}.values())
        quoted = [one.replace("'", "''") for one in found]
        fits = " or ".join(f"lower({cell}) glob lower('{one}')" for one in quoted)
        if (
            len(found) <= _MOST_PATTERNS
            and all(found)
            and not export.rows(
                f"select 1 from {rows} where coalesce({fits}, false) <> coalesce({which}, false) limit 1"
            )
        ):
            return found
    return []


def _whole(text: str) -> str:
    """A line of text as it stands, as a pattern that no command line takes for something else."""
    return re.sub(r"[\[\]*?\"]", "?", text)
