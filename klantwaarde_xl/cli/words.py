"""The words of the command line: the commands, their options, and the help on them."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping
from pathlib import Path

import klantwaarde_xl
from klantwaarde_xl.cli.dutch_parser import DutchParser, meant
from klantwaarde_xl.cli.reading import add_reading
from klantwaarde_xl.errors import UsageError

Run = Callable[[argparse.Namespace], None]


def parser(runs: Mapping[str, Run]) -> DutchParser:
    """The parser of the whole command line; runs: what each command does, by its words."""
    whole = DutchParser(
        prog="klantwaarde",
        description="Klantwaarde in het rekenblad: functies, werkboeken en verversen.",
        epilog="Achter elke opdracht: --hulp voor uitleg, --debug voor de technische fout.",
    )
    whole.add_argument(
        "--versie",
        action="version",
        version=f"Klantwaarde XL {klantwaarde_xl.__version__}",
        help="toon de versie",
    )
    commands = whole.add_subparsers(
        title="opdrachten", metavar="OPDRACHT", required=True, parser_class=DutchParser
    )

    demo = commands.add_parser("demo", help="maak voorbeeldgegevens en de werkboeken daaruit")
    demo.add_argument(
        "--map", type=Path, default=Path("klantwaarde-demo"), metavar="MAP", help="waar het komt te staan"
    )

    functions = commands.add_parser("functies", help="toon de functies: argumenten, uitleg, voorbeeld")
    functions.add_argument("naam", nargs="?", metavar="NAAM", help="één functie, met alles erbij")

    new = commands.add_parser("nieuw", help="maak een werkboek uit uw gegevens", closing=_templates_listed)
    new.add_argument("sjabloon", type=_template_id, metavar="SJABLOON", help="welk werkboek; zie hieronder")
    new.add_argument("--uit", type=Path, metavar="WERKBOEK", help="naam van het nieuwe .xlsx")
    new.add_argument("--overschrijven", action="store_true", help="vervang een bestaand bestand")
    add_reading(new)

    refresh = commands.add_parser("ververs", help="reken een werkboek opnieuw door")
    refresh.add_argument(
        "werkboek", type=Path, metavar="WERKBOEK", help="een werkboek van Klantwaarde XL, gesloten"
    )
    refresh.add_argument(
        "--zonder-kopie", action="store_true", help="bewaar geen kopie van het oude werkboek"
    )
    add_reading(refresh)

    ready = commands.add_parser("sjablonen", help="schrijf alle sjablonen, gevuld met voorbeeldgegevens")
    ready.add_argument(
        "--map", type=Path, default=Path("sjablonen"), metavar="MAP", help="waar ze komen te staan"
    )

    check = commands.add_parser("controleer", help="lees een gegevensbestand en toon alle problemen")
    check.add_argument("gegevens", type=Path, metavar="BESTAND", help="CSV of XLSX met klant, datum, bedrag")
    add_reading(check, named=False)

    office = commands.add_parser("libreoffice", help="de extensie voor LibreOffice Calc")
    actions = office.add_subparsers(
        title="opdrachten", metavar="ACTIE", required=True, parser_class=DutchParser
    )
    build = actions.add_parser("bouw", help="schrijf de extensie (.oxt)")
    build.add_argument(
        "--uit", type=Path, default=Path("klantwaarde.oxt"), metavar="BESTAND", help="naam van de .oxt"
    )

    for name, command in {**commands.choices, "libreoffice bouw": build}.items():
        if name in runs:
            command.set_defaults(run=runs[name])
    return whole


def template_purposes() -> dict[str, str]:
    """What each template is for, by its id; asked for by `nieuw` only, for it loads the templates."""
    from klantwaarde_xl.workbook.templates import templates

    return {template.id: template.purpose for template in templates().values()}


def _template_id(word: str) -> str:
    """The id of a template, capitals or not; raises `UsageError` with the ids that there are."""
    ids = list(template_purposes())
    if word.casefold() in ids:
        return word.casefold()
    raise UsageError(
        f"Er is geen sjabloon {word}. Kies uit: {', '.join(ids)}.",
        remedy=f"{meant(word, ids)}`klantwaarde nieuw --hulp` toont wat er kan.",
    )


def _templates_listed() -> str:
    rows = [f"  {name}\n      {purpose}" for name, purpose in template_purposes().items()]
    return "\n".join(["sjablonen:", *rows])
