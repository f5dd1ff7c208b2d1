"""The words of the command line: the commands, their options, and the help on them."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping
from pathlib import Path

import klantwaarde_xl
from klantwaarde_xl.cli.analyse import add_analyse
from klantwaarde_xl.cli.dutch_parser import DutchParser, meant
from klantwaarde_xl.cli.excel import add_excel
from klantwaarde_xl.cli.forget import add_forget
from klantwaarde_xl.cli.gallery import add_gallery
from klantwaarde_xl.cli.pdf import add_pdf
from klantwaarde_xl.cli.reading import add_reading, path, source
from klantwaarde_xl.cli.refresh import add_refresh, codes_listed
from klantwaarde_xl.cli.settings import add_settings, settings_listed
from klantwaarde_xl.cli.setup import add_setup
from klantwaarde_xl.cli.targets import add_folder
from klantwaarde_xl.cli.upgrade import add_upgrade
from klantwaarde_xl.data.tables import tables
from klantwaarde_xl.errors import UsageError

Run = Callable[[argparse.Namespace], int | None]

_CALLED = "laat het werkboek de functies van Klantwaarde XL zelf aanroepen, in plaats van gewone formules"
_NAMED = "zet de functies als namen in het werkboek: te typen in Excel 365 en 2024, zonder installatie"


def parser(runs: Mapping[str, Run]) -> DutchParser:
    """The parser of the whole command line; runs: what each command does, by its words."""
    whole = DutchParser(
        prog="klantwaarde",
        description="Klantwaarde in het rekenblad: functies, werkboeken en verversen.",
        hint=_of_a_template,
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
    add_folder(demo, "klantwaarde-demo", "waar het komt te staan")

    functions = commands.add_parser("functies", help="toon de functies: argumenten, uitleg, voorbeeld")
    functions.add_argument("naam", nargs="?", metavar="NAAM", help="één functie, met alles erbij")
    functions.add_argument(
        "--google",
        nargs="?",
        type=path,
        const=Path("klantwaarde-functies.gs"),
        metavar="BESTAND",
        help="schrijf de functies als Apps Script voor Google Spreadsheets (.gs)",
    )
    functions.add_argument(
        "--overschrijven", action="store_true", help="met --google: vervang een bestaand bestand"
    )

    new = commands.add_parser("nieuw", help="maak een werkboek uit uw gegevens", closing=_templates_listed)
    new.add_argument("sjabloon", type=_template_id, metavar="SJABLOON", help="welk werkboek; zie hieronder")
    new.add_argument("--uit", type=path, metavar="WERKBOEK", help="naam van het nieuwe .xlsx")
    new.add_argument("--overschrijven", action="store_true", help="vervang een bestaand bestand")
    new.add_argument(
        "--leeg", action="store_true", help="zonder gegevens, klaar om zelf in te vullen en te plakken"
    )
    new.add_argument("--voorbeeld", action="store_true", help="gevuld met een verzonnen webshop")
    new.add_argument("--functienamen", action="store_true", help=_NAMED)
    new.add_argument("--met-functies", action="store_true", help=_CALLED)
    new.add_argument(
        "--pseudoniem",
        type=path,
        metavar="SLEUTEL.key",
        help="zonder namen: een code per klant, met deze sleutel; is het bestand er nog niet, dan wordt het "
        "gemaakt",
    )
    add_settings(new)
    add_reading(new)

    refresh = commands.add_parser(
        "ververs", help="reken een werkboek, of een map met werkboeken, opnieuw door", closing=codes_listed
    )
    add_refresh(refresh)

    forgetting = commands.add_parser("vergeet", help="toon en wis alles van één klant in werkboeken (AVG)")
    add_forget(forgetting)

    upgrading = commands.add_parser(
        "opwaarderen", help="geef oudere werkboeken de nieuwe bladen; wat u erin maakte blijft"
    )
    add_upgrade(upgrading)

    ready = commands.add_parser("sjablonen", help="schrijf alle sjablonen, gevuld met voorbeeldgegevens")
    add_folder(ready, "sjablonen", "waar ze komen te staan")
    ready.add_argument("--functienamen", action="store_true", help=_NAMED)
    ready.add_argument("--overschrijven", action="store_true", help="vervang bestaande bestanden")

    tried = commands.add_parser(
        "functiebestand", help="maak een werkboek met alle functies om te proberen en over te nemen"
    )
    tried.add_argument(
        "uit",
        nargs="?",
        type=path,
        default=Path("klantwaarde-functiebestand.xlsx"),
        metavar="WERKBOEK",
        help="naam van het nieuwe .xlsx",
    )
    tried.add_argument("--overschrijven", action="store_true", help="vervang een bestaand bestand")

    put = commands.add_parser(
        "voegtoe", help="zet de functies als namen in uw eigen werkboek (Excel 365, 2024)"
    )
    put.add_argument("werkboek", type=path, metavar="WERKBOEK", help="een .xlsx of .xlsm, gesloten")
    put.add_argument("--zonder-kopie", action="store_true", help="bewaar geen kopie van het oude werkboek")

    module = commands.add_parser("functiemodule", help="schrijf de functies als tekst voor Excel Labs")
    add_folder(module, "", "waar de twee tekstbestanden komen te staan")
    module.add_argument("--overschrijven", action="store_true", help="vervang bestaande bestanden")

    check = commands.add_parser("controleer", help="lees een gegevensbestand en toon alle problemen")
    check.add_argument(
        "gegevens",
        type=source,
        metavar="BRON",
        help="bestand, map, patroon of database (CSV, XLSX, XLS, ODS, Parquet, winkel.sqlite#orders)",
    )
    check.add_argument(
        "--tabel",
        metavar="TABEL",
        help="wat het zijn: " + ", ".join(tables()) + " (leeg: de eerste)",
    )
    check.add_argument("--json", action="store_true", help="het verslag voor een ander programma")
    add_reading(check, named=False)

    results = commands.add_parser(
        "analyse", help="schrijf alle uitkomsten als Parquet, CSV of XLSX", closing=settings_listed
    )
    add_analyse(results)

    add_pdf(commands)
    add_gallery(commands)
    add_setup(commands)
    excel = add_excel(commands)
    office = commands.add_parser("libreoffice", help="de extensie voor LibreOffice Calc")
    actions = office.add_subparsers(
        title="opdrachten", metavar="ACTIE", required=True, parser_class=DutchParser
    )
    build = actions.add_parser("bouw", help="schrijf de extensie (.oxt)")
    build.add_argument(
        "--uit", type=path, default=Path("klantwaarde.oxt"), metavar="BESTAND", help="naam van de .oxt"
    )

    for name, command in {**commands.choices, "libreoffice bouw": build, **excel}.items():
        if name in runs:
            command.set_defaults(run=runs[name])
    return whole


def _template_id(word: str) -> str:
    """The id of a template, capitals or not; raises `UsageError` with the ids that there are."""
    from klantwaarde_xl.workbook.templates import template_ids

    ids = template_ids()
    if word.casefold() in ids:
        return word.casefold()
    raise UsageError(
        f"Er is geen sjabloon {word}. Kies uit: {', '.join(ids)}.",
        remedy=f"{meant(word, ids)}`klantwaarde nieuw --hulp` toont wat er kan.",
    )


def _of_a_template(word: str) -> str:
    """The command to type for who types the name of a template as a command."""
    from klantwaarde_xl.workbook.templates import template_ids

    known = word.casefold() in template_ids()
    return f"Bedoelde u klantwaarde nieuw {word.casefold()}? " if known else ""


def _templates_listed() -> str:
    """What each template is for, and each setting: the help of `nieuw` only, because it loads them all."""
    from klantwaarde_xl.workbook.templates import templates

    rows = [f"  {template.id}\n      {template.purpose}" for template in templates().values()]
    return "\n".join(["sjablonen:", *rows, "", settings_listed()])
