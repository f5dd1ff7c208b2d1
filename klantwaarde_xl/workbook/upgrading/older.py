"""What older versions of the templates wrote on their sheets, so that the rest is known to be the user's.

Kept as digests in `older.json`: of every text and formula outside tables, and the names of charts by sheet.
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from klantwaarde_xl.workbook.layout import chart_name
from klantwaarde_xl.xlsx.moving.places import is_number, plain

_NAMED = re.compile(re.escape(chart_name("@", 1, 1)).replace("@", ".+").replace("A1", r"[A-Z]+\d+"))


@dataclass(frozen=True)
class Older:
    """What all kept versions of one template wrote: digests of contents, charts by sheet."""

    contents: frozenset[str]
    charts: dict[str, frozenset[str]]

    def wrote(self, content: str, sheet: str, cell: str) -> bool:
        """Whether a version wrote this text or formula, or this number in this cell."""
        return digest_of(content, sheet, cell) in self.contents

    def drew(self, sheet: str, name: str) -> bool:
        """Whether a version drew a chart of this name on a sheet."""
        return bool(_NAMED.fullmatch(name)) or name in self.charts.get(sheet, ())


@cache
def older(template: str) -> Older:
    """What the kept versions of a template wrote; nothing for one of which none is kept."""
    found = json.loads(files(__package__).joinpath("older.json").read_text(encoding="utf-8"))
    kept = found.get(template, {"contents": "", "charts": {}})
    charts = {sheet: frozenset(names) for sheet, names in kept["charts"].items()}
    return Older(frozenset(kept["contents"].split()), charts)


def digest_of(content: str, sheet: str, cell: str) -> str:
    """The digest of a text or a formula; of a number, which says little by itself, with its cell."""
    whole = f"{sheet}!{cell} {content}" if is_number(content) else plain(content)
    return hashlib.blake2b(whole.encode("utf-8", "surrogatepass"), digest_size=6).hexdigest()
