"""`klantwaarde excel bouw`: its words, and what it makes."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from klantwaarde_xl.cli.dutch_parser import DutchParser
from klantwaarde_xl.cli.progress import progress
from klantwaarde_xl.cli.reading import path
from klantwaarde_xl.errors import UsageError

BUILD = "excel bouw"


def add_excel(commands: Any) -> dict[str, DutchParser]:
    """Add the words to a parser's commands; return the parser of each action."""
    excel = commands.add_parser("excel", help="de invoegtoepassing voor Excel op Windows")
    actions = excel.add_subparsers(
        title="opdrachten", metavar="ACTIE", required=True, parser_class=DutchParser
    )
    build: DutchParser = actions.add_parser(
        "bouw", help="maak de invoegtoepassing (.xlam), en een zip die ook Python bevat"
    )
    build.add_argument("--uit", type=path, required=True, metavar="MAP", help="waar het komt te staan")
    build.add_argument(
        "--alleen-invoegtoepassing", action="store_true", help="alleen de .xlam, voor een eigen Python"
    )
    build.add_argument(
        "--pakketten",
        type=path,
        metavar="MAP",
        help="waar de pakketten voor Windows staan of blijven staan; wat ontbreekt, wordt opgehaald",
    )
    build.add_argument(
        "--python",
        type=path,
        metavar="ZIP",
        help="de embeddable package van python.org, voor een uitgave; anders de vastgelegde",
    )
    return {BUILD: build}


def build_from(options: argparse.Namespace) -> list[str]:
    """Build what is asked for; return what to say about it."""
    from klantwaarde_xl.hosts.excel.addin.build import build_addin
    from klantwaarde_xl.hosts.excel.bundle.build import build_bundle

    folder: Path = options.uit
    if folder.exists() and not folder.is_dir():
        raise UsageError("Dit is een bestand, geen map.", where=str(folder), remedy="Kies een andere naam.")
    folder.mkdir(parents=True, exist_ok=True)
    only = options.alleen_invoegtoepassing
    with progress(1 if only else 2) as step:
        step("invoegtoepassing maken")
        addin = build_addin(folder)
        if only:
            return [
                f"Gemaakt: {addin}",
                "Zet hem in Excel met `klantwaarde installeer --excel`, vanuit de map waar hij staat.",
            ]
        step("Python en pakketten inpakken")
        made = build_bundle(folder, packages=options.pakketten, python=options.python)
    size = made.stat().st_size / 1_000_000
    return [
        f"Gemaakt: {addin}",
        f"Gemaakt: {made} ({size:.0f} MB)",
        "Pak de zip op een Windows-computer uit en dubbelklik op Installeer.",
    ]
