"""`klantwaarde …`: parse, call, print. The one place that catches errors and shows progress."""

from __future__ import annotations

import argparse
import datetime as dt
import logging
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import klantwaarde_xl
from klantwaarde_xl.cli.dutch_parser import DutchParser
from klantwaarde_xl.cli.progress import Step, progress
from klantwaarde_xl.dutch import format_number
from klantwaarde_xl.errors import KlantwaardeError, UsageError, WorkbookInUse

if TYPE_CHECKING:
    from klantwaarde_xl.data.reading.files import Transactions
    from klantwaarde_xl.data.reading.quality import Quality
    from klantwaarde_xl.functions.spec import Spec

TEMPLATES = ("basis", "dashboard", "prognose", "functies")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return the exit code: 0 when all went well."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    debug = "--debug" in words
    if debug:
        words.remove("--debug")
        logging.basicConfig(level=logging.INFO)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a Windows console without UTF-8 must not end the program
            stream.reconfigure(errors="replace")
    try:
        options = _parser().parse_args(words or ["--hulp"])
        options.run(options)
    except KlantwaardeError as error:
        if debug:
            raise
        _complain(error)
        return error.exit_code
    except BrokenPipeError:  # `klantwaarde functies | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        print("\nAfgebroken; er is niets half geschreven.", file=sys.stderr)
        return 130
    except Exception as error:
        if debug:
            raise
        _complain(_unexpected(error))
        return 1
    return 0


def _unexpected(error: Exception) -> KlantwaardeError:
    if isinstance(error, PermissionError):
        return WorkbookInUse(
            "Dit bestand of deze map mag ik niet schrijven.",
            where=str(error.filename or ""),
            remedy="Sluit het bestand in andere programma's, of kies een andere map.",
        )
    if isinstance(error, OSError):
        return KlantwaardeError(
            f"Het besturingssysteem weigert: {error.strerror or error}.",
            where=str(error.filename or ""),
            remedy="Controleer de naam, de map en de vrije ruimte.",
        )
    return KlantwaardeError(
        f"Er ging iets mis dat niet had mogen gebeuren ({type(error).__name__}: {error}).",
        remedy="Voer de opdracht nog eens uit met --debug erachter en stuur ons de uitvoer.",
    )


def _complain(error: KlantwaardeError) -> None:
    lines = str(error).splitlines()
    print("\n".join([f"Fout: {lines[0]}", *lines[1:]]), file=sys.stderr)


# ── the words ───────────────────────────────────────────────────────────────────────────────


def _parser() -> argparse.ArgumentParser:
    parser = DutchParser(
        prog="klantwaarde",
        description="Klantwaarde in het rekenblad: functies, werkboeken en verversen.",
        epilog="Achter elke opdracht: --hulp voor uitleg, --debug voor de technische fout.",
    )
    parser.add_argument(
        "--versie",
        action="version",
        version=f"Klantwaarde XL {klantwaarde_xl.__version__}",
        help="toon de versie",
    )
    commands = parser.add_subparsers(
        title="opdrachten", metavar="OPDRACHT", required=True, parser_class=DutchParser
    )

    demo = commands.add_parser("demo", help="maak voorbeeldgegevens en de werkboeken daaruit")
    demo.add_argument(
        "--map", type=Path, default=Path("klantwaarde-demo"), metavar="MAP", help="waar het komt te staan"
    )
    demo.set_defaults(run=_demo)

    functions = commands.add_parser("functies", help="toon de functies: argumenten, uitleg, voorbeeld")
    functions.add_argument("naam", nargs="?", metavar="NAAM", help="één functie, met alles erbij")
    functions.set_defaults(run=_functions)

    new = commands.add_parser("nieuw", help="maak een werkboek uit uw gegevens")
    new.add_argument(
        "sjabloon",
        choices=TEMPLATES,
        metavar="SJABLOON",
        help=f"{', '.join(TEMPLATES[:-1])} of {TEMPLATES[-1]}",
    )
    new.add_argument("--uit", type=Path, metavar="WERKBOEK", help="naam van het nieuwe .xlsx")
    new.add_argument("--overschrijven", action="store_true", help="vervang een bestaand bestand")
    _add_reading(new)
    new.set_defaults(run=_new)

    refresh = commands.add_parser("ververs", help="reken een werkboek opnieuw door")
    refresh.add_argument(
        "werkboek", type=Path, metavar="WERKBOEK", help="een werkboek van Klantwaarde XL, gesloten"
    )
    refresh.add_argument(
        "--zonder-kopie", action="store_true", help="bewaar geen kopie van het oude werkboek"
    )
    _add_reading(refresh)
    refresh.set_defaults(run=_refresh)

    ready = commands.add_parser("sjablonen", help="schrijf alle sjablonen, gevuld met voorbeeldgegevens")
    ready.add_argument(
        "--map", type=Path, default=Path("sjablonen"), metavar="MAP", help="waar ze komen te staan"
    )
    ready.set_defaults(run=_templates)

    check = commands.add_parser("controleer", help="lees een gegevensbestand en toon alle problemen")
    check.add_argument("gegevens", type=Path, metavar="BESTAND", help="CSV of XLSX met klant, datum, bedrag")
    _add_reading(check, named=False)
    check.set_defaults(run=_check)

    office = commands.add_parser("libreoffice", help="de extensie voor LibreOffice Calc")
    actions = office.add_subparsers(
        title="opdrachten", metavar="ACTIE", required=True, parser_class=DutchParser
    )
    build = actions.add_parser("bouw", help="schrijf de extensie (.oxt)")
    build.add_argument(
        "--uit", type=Path, default=Path("klantwaarde.oxt"), metavar="BESTAND", help="naam van de .oxt"
    )
    build.set_defaults(run=_libreoffice)
    return parser


def _add_reading(parser: argparse.ArgumentParser, *, named: bool = True) -> None:
    if named:
        parser.add_argument(
            "--gegevens", type=Path, metavar="BESTAND", help="CSV of XLSX met klant, datum, bedrag"
        )
    parser.add_argument(
        "--kolommen", metavar="klant=…,datum=…,bedrag=…", help="koppen die niet herkend worden"
    )
    parser.add_argument(
        "--decimaal", metavar="komma|punt", help="het decimaalteken, als de gegevens dat niet zeggen"
    )
    parser.add_argument("--datumvolgorde", metavar="dmj|mdj", help="dag-maand-jaar of maand-dag-jaar")
    parser.add_argument(
        "--overslaan", action="store_true", help="laat onleesbare rijen weg; ze staan op Controle"
    )


# ── the commands ────────────────────────────────────────────────────────────────────────────


def _demo(options: argparse.Namespace) -> None:
    from klantwaarde_xl.cli.demo import make_demo
    from klantwaarde_xl.workbook.templates import templates

    with progress(5) as step:
        demo = make_demo(options.map, now=_now(), step=step)
    figures = demo.analysis
    orders = format_number(sum(figures["kpi"].column("orders")), 0)
    customers = format_number(len(figures["rfm"].rows), 0)
    print(f"Gemaakt uit {orders} orders van {customers} klanten van een verzonnen Nederlandse webshop:\n")
    for name, path in demo.workbooks.items():
        print(f"  {path}\n      {templates()[name].purpose}")
    print(f"  {demo.data}\n      De gegevens, zoals een webshop ze exporteert.\n")
    print(f"Open nu {demo.workbooks['dashboard'].name} in Excel of LibreOffice Calc.")
    print("Met uw eigen gegevens: klantwaarde nieuw dashboard --gegevens UW-BESTAND.csv")


def _functions(options: argparse.Namespace) -> None:
    from klantwaarde_xl.functions.registry import REGISTRY

    if options.naam:
        _print_function(REGISTRY[options.naam])
        return
    for group, specs in REGISTRY.groups().items():
        print(f"\n{group}")
        for spec in specs:
            formula, result = _example(spec)
            print(f"  {spec.signature()}\n      {spec.doc}\n      {formula}  →  {result}")
    print("\n`klantwaarde functies NAAM` toont de argumenten, de fouten en alle voorbeelden.")


def _print_function(spec: Spec) -> None:
    print(f"{spec.signature()}\n\n{spec.doc}")
    print(f"Uitkomst: {spec.unit}. Bron: {', '.join(spec.sources)}.\n\nArgumenten")
    for arg in spec.args:
        default = f" (leeg: {spec.default_text(arg)})" if spec.is_optional(arg) else ""
        unit = f" [{arg.unit}]" if arg.unit else ""
        print(f"  {arg.name}{unit}{default}\n      {arg.help()}")
    print("\nVoorbeelden")
    for number in range(len(spec.examples)):
        formula, result = _example(spec, number)
        source = spec.examples[number].source
        print(f"  {formula}  →  {result}" + (f"   ({source})" if source else ""))
    print("\nFouten")
    for failure in spec.failures:
        print(f"  {failure.error.text:<9} {failure.when}")


def _example(spec: Spec, number: int = 0) -> tuple[str, str]:
    from klantwaarde_xl.functions.notation import shown_example

    return shown_example(spec, spec.examples[number])


def _new(options: argparse.Namespace) -> None:
    from klantwaarde_xl.workbook.build import build_workbook
    from klantwaarde_xl.workbook.content import needs
    from klantwaarde_xl.workbook.templates import templates

    template = templates()[options.sjabloon]
    target: Path = options.uit or Path(f"klantwaarde-{template.id}.xlsx")
    _refuse_target(target, ".xlsx", overwrite=options.overschrijven)
    if needs(template) and options.gegevens is None:
        raise UsageError(
            f"Uit welke gegevens moet het werkboek {template.id} komen?",
            remedy=f"klantwaarde nieuw {template.id} --gegevens UW-BESTAND.csv",
        )
    with progress(3) as step:
        transactions = _read(options, step) if needs(template) else None
        step("rekenen en werkboek vullen")
        built = build_workbook(template, transactions, now=_now())
        step("bewaren")
        built.save(target)
    if transactions is not None:
        _print_quality(transactions.quality)
    for notice in built.report.notices:
        print(f"  let op: {notice}")
    print(f"Gemaakt: {target}\nOpen het in Excel of LibreOffice Calc; begin op het blad Start.")


def _refresh(options: argparse.Namespace) -> None:
    from klantwaarde_xl.data.reading.columns import Reading
    from klantwaarde_xl.workbook.refresh import refresh_file

    with progress(2) as step:
        transactions = _read(options, step) if options.gegevens else None
        step("rekenen en tabellen vervangen")
        done = refresh_file(
            options.werkboek,
            now=_now(),
            tables=transactions,
            reading=Reading(options.decimaal, options.datumvolgorde),
            backup=not options.zonder_kopie,
        )
    print("\n".join([f"Ververst: {options.werkboek}", *done.words()]))
    print("Al het andere is gebleven zoals het was.")
    if done.backup:
        print(f"Het oude werkboek staat in {done.backup}")


def _templates(options: argparse.Namespace) -> None:
    from klantwaarde_xl.cli.demo import make_templates

    with progress(1) as step:
        step("sjablonen maken")
        made = make_templates(options.map)
    for path in made:
        print(f"Gemaakt: {path}")


def _check(options: argparse.Namespace) -> None:
    from klantwaarde_xl.data.reading.quality import Problem

    reading = argparse.Namespace(**{**vars(options), "overslaan": True})
    with progress(1) as step:
        quality = _read(reading, step).quality
    _print_quality(quality)
    problems: tuple[Problem, ...] = quality.problems
    for problem in problems:
        print(f"  {problem}")
    if not options.overslaan:
        quality.raise_if_refused()


def _libreoffice(options: argparse.Namespace) -> None:
    from klantwaarde_xl.hosts.libreoffice.build import build_extension

    path = build_extension(options.uit)
    print(f"Gemaakt: {path}\nDubbelklik erop, of in LibreOffice: Extra, Extensiebeheer, Toevoegen.")


# ── what commands share ─────────────────────────────────────────────────────────────────────


def _read(options: argparse.Namespace, step: Step) -> Transactions:
    from klantwaarde_xl.data.reading.columns import Reading
    from klantwaarde_xl.data.reading.files import read_transactions

    step("gegevens lezen en controleren")
    return read_transactions(
        options.gegevens,
        today=_now().date(),
        columns=_columns(options.kolommen),
        reading=Reading(options.decimaal, options.datumvolgorde),
        skip_refused=options.overslaan,
    )


def _columns(words: str | None) -> dict[str, str] | None:
    """`klant=Relatie,bedrag=Totaal` as a mapping."""
    if not words:
        return None
    pairs = [pair.partition("=") for pair in words.split(",")]
    known = ("klant", "datum", "bedrag")
    wrong = [
        name.strip() or "niets"
        for name, _, header in pairs
        if name.strip() not in known or not header.strip()
    ]
    if wrong:
        raise UsageError(
            f"Bij --kolommen kan {', '.join(wrong)} niet.",
            remedy='Bijvoorbeeld: --kolommen "klant=Relatienummer,bedrag=Totaal incl. btw"',
        )
    return {name.strip(): header.strip() for name, _, header in pairs}


def _refuse_target(target: Path, suffix: str, *, overwrite: bool) -> None:
    if target.suffix.lower() != suffix:
        raise UsageError(
            f"{target} moet op {suffix} eindigen.", remedy=f"Kies een naam als {target.stem}{suffix}."
        )
    if not target.parent.is_dir():
        raise UsageError(
            "Deze map bestaat niet.", where=str(target.parent), remedy="Maak de map, of kies een andere."
        )
    if target.exists() and not overwrite:
        raise UsageError(
            "Dit bestand bestaat al.",
            where=str(target),
            remedy="Kies een andere naam met --uit, of geef --overschrijven. Een bestaand werkboek "
            "bijwerken kan met `klantwaarde ververs`.",
        )


def _print_quality(quality: Quality) -> None:
    read, kept = format_number(quality.rows_read, 0), format_number(quality.rows_kept, 0)
    print(f"Gelezen: {read} rijen uit {quality.source}; gebruikt: {kept}.")
    print("Kolommen: " + ", ".join(f"{name} = {header!r}" for name, header in quality.headers) + ".")
    for note in quality.notes:
        print(f"  let op: {note}")
    if quality.rows_refused:
        print(f"  {format_number(quality.rows_refused, 0)} rijen zijn onleesbaar.")


def _now() -> dt.datetime:
    return dt.datetime.now().replace(microsecond=0)


if __name__ == "__main__":
    sys.exit(main())
