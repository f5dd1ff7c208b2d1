"""The whole of a long report in a file beside the workbook, which only its owner can read.

It may quote what a person typed, so it goes with a forgotten customer and with the copies that expire.
"""

from __future__ import annotations

import datetime as dt
import glob
import os
import re
from collections.abc import Sequence
from pathlib import Path

from klantwaarde_xl.xlsx.saving import day_in_name

MOST_SHOWN = 20  # lines of one list: what still fits on a screen
_OWNER_ONLY = 0o600
_NAME = re.compile(r" \(verslag (\d{4}-\d\d-\d\d) \d\d\.\d\d\.\d\d\)(?: \d+)?$")


def write_report(book: Path, lines: Sequence[str], now: dt.datetime) -> Path:
    """Write lines to a new file beside a workbook; raises OSError where that cannot be."""
    stem = f"{book.stem} (verslag {now:%Y-%m-%d %H.%M.%S})"
    for number in range(1, 1000):
        path = book.with_name(f"{stem}{f' {number}' if number > 1 else ''}.txt")
        try:
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _OWNER_ONLY)
        except FileExistsError:
            continue
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write("\n".join(lines) + "\n")
        return path
    raise FileExistsError(stem)


def reports_of(book: Path) -> list[Path]:
    """The reports that stand beside a workbook, the oldest first."""
    beside = sorted(book.parent.glob(f"{glob.escape(book.stem)} (*.txt"))
    return [one for one in beside if _NAME.search(one.stem) and _NAME.sub("", one.stem) == book.stem]


def reports_left(folder: Path) -> list[Path]:
    """The reports in a folder about workbooks that are not there any more."""
    reports = (one for one in sorted(folder.glob("*.txt")) if _NAME.search(one.stem))
    return [one for one in reports if not any(map(Path.exists, _books_of(one)))]


def _books_of(report: Path) -> list[Path]:
    stem = _NAME.sub("", report.stem)
    return [report.with_name(stem + suffix) for suffix in (".xlsx", ".xlsm")]


def day_of_report(path: Path) -> dt.date | None:
    """The day in the name of a report; None for another file, or no real day."""
    return day_in_name(_NAME, path)
