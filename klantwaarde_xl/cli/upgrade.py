"""`klantwaarde opwaarderen`: older workbooks to the present version of their template."""

from __future__ import annotations

import argparse
import datetime as dt
from pathlib import Path

from klantwaarde_xl.cli.progress import progress
from klantwaarde_xl.cli.reading import path
from klantwaarde_xl.errors import KlantwaardeError, UsageError, refusal

PART = 6  # the exit code when some were refused


def add_upgrade(parser: argparse.ArgumentParser) -> None:
    """Give the command its options."""
    parser.add_argument(
        "werkboeken",
        nargs="+",
        type=path,
        metavar="WERKBOEK",
        help="werkboeken van Klantwaarde XL, gesloten; van elk blijft een kopie ernaast staan",
    )


def upgrade(options: argparse.Namespace, *, now: dt.datetime) -> tuple[list[str], int]:
    """Bring every workbook up to date, each apart; returns words and the exit code.

    Raises `UsageError` for what is no workbook, and the error of the only workbook.
    """
    books = list(dict.fromkeys(options.werkboeken))
    for book in books:
        _refuse_no_workbook(book)
    lines: list[str] = []
    refused = 0
    with progress(len(books)) as step:
        for book in books:
            step(f"opwaarderen: {book.name}")
            try:
                lines += _one(book, now)
            except KlantwaardeError as error:
                if len(books) == 1:
                    raise
                refused += 1
                lines += [f"Geweigerd: {book}", *(f"  {line}" for line in str(error).splitlines())]
    return lines, PART if refused else 0


def _refuse_no_workbook(book: Path) -> None:
    if book.is_dir() or book.suffix.lower() not in (".xlsx", ".xlsm"):
        raise UsageError(
            f"{book} is geen werkboek: dat eindigt op .xlsx of .xlsm.",
            remedy="Noem de werkboeken zelf, zoals: klantwaarde opwaarderen dashboard.xlsx prognose.xlsx",
        )


def _one(book: Path, now: dt.datetime) -> list[str]:
    from klantwaarde_xl.workbook.report_file import MOST_SHOWN
    from klantwaarde_xl.workbook.upgrading.upgrade import upgrade_file
    from klantwaarde_xl.workbook.upgrading.words import about, lists_of

    upgraded = upgrade_file(book, now=now)
    if upgraded is None:
        return [f"{book} heeft al de nieuwste versie van het sjabloon; er is niets veranderd."]
    done = f"Opgewaardeerd: {book}"
    if any(len(lines) > MOST_SHOWN for _, lines in lists_of(upgraded)):
        return [done, *about(upgraded, MOST_SHOWN), _in_file(book, [done, *about(upgraded)], now)]
    return [done, *about(upgraded)]


def _in_file(book: Path, lines: list[str], now: dt.datetime) -> str:
    """Put the whole report beside the workbook; returns where it is, in words."""
    from klantwaarde_xl.workbook.report_file import write_report

    try:
        return f"Het hele verslag staat in {write_report(book, lines, now)}; alleen u kunt het lezen."
    except OSError as error:
        return f"Let op: het hele verslag kon niet worden geschreven: {refusal(error)}."
