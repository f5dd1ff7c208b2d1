"""How long the copies of a workbook stay that its refreshes made: a setting that the workbook keeps."""

from __future__ import annotations

import contextlib
import datetime as dt
from pathlib import Path

from klantwaarde_xl.dutch import format_number
from klantwaarde_xl.workbook.kept_text import keep_text, text_in
from klantwaarde_xl.workbook.report_file import day_of_report, reports_of
from klantwaarde_xl.xlsx.package import Package
from klantwaarde_xl.xlsx.saving import copies_of, day_of_copy

PREFIX = "klantwaarde_kopieen_"
FOR_EVER = 0
LONGEST = 3650  # days


def days_kept(package: Package) -> int:
    """For how many days a workbook keeps its copies; `FOR_EVER` where it says nothing that can be read."""
    text = text_in(package, PREFIX)
    return int(text) if text.isascii() and text.isdecimal() and int(text) <= LONGEST else FOR_EVER


def keep_days(package: Package, days: int) -> None:
    """Say so in the workbook; days: 1 to `LONGEST`, or `FOR_EVER`."""
    if days != days_kept(package):
        keep_text(package, PREFIX, str(days) if days else "")


def about_copies(backup: Path | None, days: int, expired: int) -> list[str]:
    """Where the old file is, and how long such copies stay, as lines of Dutch; expired: how many went now."""
    lines = [f"Het oude werkboek staat in {backup}"] if backup else []
    if days:
        gone = f"; er {'ging er' if expired == 1 else 'gingen er'} nu {expired} weg"
        words = "1 dag" if days == 1 else f"{format_number(days, 0)} dagen"
        lines.append(f"Kopieën van dit werkboek blijven {words}{gone if expired else ''}.")
    return lines


def expire(path: Path, days: int, today: dt.date) -> int:
    """Remove the copies and reports of a workbook that are older; returns how many; one in use stays."""
    gone, book = 0, path.resolve()
    for copy in (*copies_of(book), *reports_of(book)) if days else ():
        day = day_of_copy(copy) or day_of_report(copy)
        if day is not None and (today - day).days > days:
            with contextlib.suppress(OSError):
                copy.unlink()
                gone += 1
    return gone
