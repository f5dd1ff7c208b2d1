"""What older versions of the templates wrote on their sheets, so that the rest is known to be the user's.

Kept as digests, a file per template in the folder `older`: of every text and formula outside tables, and
after them the charts of versions that named these otherwise than now. Whatever a shipped template says is
added (`remember`) before it changes: what was offered once stands on users' disks for good.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

from klantwaarde_xl.addresses import address
from klantwaarde_xl.formula import FormulaError
from klantwaarde_xl.functions.plain import plain_formula
from klantwaarde_xl.workbook.layout import chart_name
from klantwaarde_xl.xlsx.moving.places import contents_of, is_number, plain
from klantwaarde_xl.xlsx.package import Package

_NAMED = re.compile(re.escape(chart_name("@", 1, 1)).replace("@", ".+").replace("A1", r"[A-Z]+\d+"))
_CHART = "\t"  # stands between a sheet and the name of a chart


@dataclass(frozen=True)
class Older:
    """What all versions of one template wrote: digests of contents, sheets with names of charts."""

    contents: frozenset[str]
    charts: frozenset[tuple[str, str]]

    def wrote(self, content: str, sheet: str, cell: str) -> bool:
        """Whether a version wrote this text or formula, or this number in this cell.

        A formula that calls our functions is known by what the call stands for.
        """
        return self.as_it_stands(content, sheet, cell) or self.as_it_stands(
            _written_out(content), sheet, cell
        )

    def as_it_stands(self, content: str, sheet: str, cell: str) -> bool:
        """As `wrote`, a formula with the calls that stand in it."""
        return digest_of(content, sheet, cell) in self.contents

    def drew(self, sheet: str, name: str) -> bool:
        """Whether a version drew a chart of this name on a sheet."""
        return bool(_NAMED.fullmatch(name)) or (sheet, name) in self.charts


@cache
def older(template: str) -> Older:
    """What the versions of a template wrote; nothing for one that was never offered."""
    found = files(__package__).joinpath("older", f"{template}.txt")
    lines = found.read_text(encoding="utf-8").splitlines() if found.is_file() else []
    charts = (line.split(_CHART) for line in lines if _CHART in line)
    return Older(
        frozenset(line for line in lines if _CHART not in line),
        frozenset((sheet, name) for sheet, name in charts),
    )


def said_by(package: Package) -> Iterator[tuple[str, str, str]]:
    """Sheet, cell and text of what a workbook says outside its tables, but what a refresh fills in."""
    filled = {
        (sheet, area.top, area.left) for sheet, area, headers in package.places().values() if not headers
    }
    for sheet in package.sheet_names():
        for (row, column), text in contents_of(package.structure, sheet).items():
            if text.startswith("=") or (sheet, row, column) not in filled:
                yield sheet, address(row, column), text


def remember(template: str, package: Package) -> None:
    """Add all that a workbook says to what is known of its template, in the folder of the project."""
    path = Path(__file__).with_name("older") / f"{template}.txt"
    kept = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    said = {digest_of(text, sheet, cell) for sheet, cell, text in said_by(package)}
    path.write_text("".join(f"{line}\n" for line in sorted({*kept, *said})), encoding="utf-8", newline="\n")


def digest_of(content: str, sheet: str, cell: str) -> str:
    """The digest of a text or a formula; of a number, which says little by itself, with its cell."""
    whole = f"{sheet}!{cell} {content}" if is_number(content) else plain(content)
    return hashlib.blake2b(whole.encode("utf-8", "surrogatepass"), digest_size=6).hexdigest()


def _written_out(content: str) -> str:
    if not content.startswith("="):
        return content
    try:
        return plain_formula(content)
    except FormulaError:  # the user's own, in a notation that none of ours has
        return content
