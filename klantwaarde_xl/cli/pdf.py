"""`klantwaarde pdf`: its words, and the page of a workbook as a PDF."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from klantwaarde_xl.cli.progress import progress
from klantwaarde_xl.cli.reading import path
from klantwaarde_xl.cli.targets import refuse_target
from klantwaarde_xl.errors import UsageError


def add_pdf(commands: Any) -> None:
    """Add the command's words to the parser."""
    command = commands.add_parser("pdf", help="bewaar de pagina van een werkboek als PDF (met LibreOffice)")
    command.add_argument("werkboek", type=path, metavar="WERKBOEK", help="een werkboek van Klantwaarde XL")
    command.add_argument("--blad", action="append", metavar="BLAD", help="een ander blad; mag vaker")
    command.add_argument(
        "--uit", type=path, metavar="PDF", help="naam van de PDF; leeg: die van het werkboek"
    )
    command.add_argument("--overschrijven", action="store_true", help="vervang een bestaand bestand")


def write_pdf(options: argparse.Namespace) -> list[str]:
    """Write the sheets that are asked for; return what to say about it."""
    from klantwaarde_xl.hosts.libreoffice.pdf import sheets_as_pdf
    from klantwaarde_xl.hosts.setup.machine import this_machine
    from klantwaarde_xl.workbook.content import pages_of
    from klantwaarde_xl.workbook.refresh import template_in
    from klantwaarde_xl.xlsx.package import Package

    book: Path = options.werkboek
    target: Path = options.uit or book.with_suffix(".pdf")
    refuse_target(target, ".pdf", overwrite=options.overschrijven, option="--uit")
    there = Package.open(book).sheet_names()
    wanted = _named(options.blad, there) if options.blad else [*pages_of(template_in(book))]
    missing = [name for name in wanted if name not in there]
    if missing or not wanted:
        raise UsageError(
            f"Dit werkboek heeft geen blad {missing[0]}." if missing else "Dit werkboek heeft geen pagina.",
            where=str(book),
            remedy=f"Kies er een met --blad: {', '.join(there)}.",
        )
    with progress(1) as step:
        step("PDF maken")
        sheets_as_pdf(this_machine(), book, wanted, target)
    return [f"Gemaakt: {target} ({', '.join(wanted)})"]


def _named(asked: list[str], there: list[str]) -> list[str]:
    """The sheets as the workbook writes them, whatever the capitals that were typed."""
    known = {name.casefold(): name for name in there}
    return [known.get(name.casefold(), name) for name in asked]
