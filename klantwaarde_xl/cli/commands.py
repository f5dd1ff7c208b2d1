"""`klantwaarde …`: parse, call, print. The one place that catches errors and shows progress."""

from __future__ import annotations

import argparse
import datetime as dt
import logging
import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from klantwaarde_xl.cli.analyse import analyse_to
from klantwaarde_xl.cli.dutch_parser import options_given
from klantwaarde_xl.cli.progress import progress
from klantwaarde_xl.cli.reading import (
    ABOUT_A_FILE,
    CHOICES,
    ONLY_ABOUT_A_FILE,
    files_of,
    read,
    reading_of,
    refuse_ignored,
    table_named,
)
from klantwaarde_xl.cli.recipe import recipes_after, recipes_given, write_recipe
from klantwaarde_xl.cli.reported import as_json, lines_of
from klantwaarde_xl.cli.words import parser
from klantwaarde_xl.dutch import format_number
from klantwaarde_xl.errors import ColumnsMissing, KlantwaardeError, UsageError, WorkbookInUse, refusal

if TYPE_CHECKING:
    from klantwaarde_xl.data.reading.files import Checked
    from klantwaarde_xl.data.reading.recipe import Recipe
    from klantwaarde_xl.functions.spec import Spec


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return the exit code: 0 when all went well."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    debug = "--debug" in words
    if debug:
        words = [word for word in words if word != "--debug"]
        logging.basicConfig(level=logging.INFO)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a Windows console without UTF-8 must not end the program
            stream.reconfigure(errors="replace")
    try:
        options = parser(RUNS).parse_args(words or ["--hulp"])
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
            f"Dat lukt niet: {refusal(error)}.",
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


# ── the commands ────────────────────────────────────────────────────────────────────────────


def _demo(options: argparse.Namespace) -> None:
    from klantwaarde_xl.cli.demo import make_demo
    from klantwaarde_xl.workbook.templates import template_ids, templates

    _refuse_folder(options.map)
    with progress(2 + len(template_ids())) as step:
        demo = make_demo(options.map, now=_now(), step=step)
    orders, customers = format_number(demo.orders, 0), format_number(demo.customers, 0)
    print(f"Gemaakt uit {orders} orders van {customers} klanten van een verzonnen Nederlandse webshop:\n")
    for name, path in demo.workbooks.items():
        print(f"  {path}\n      {templates()[name].purpose}")
    print(f"  {demo.data}\n      De gegevens, zoals een webshop ze exporteert.\n")
    for name, tables in demo.missing.items():
        print(f"  Niet gemaakt: {name}, want er zijn geen voorbeeldgegevens ({', '.join(tables)}).")
        print("      Een leeg werkboek maakt: klantwaarde sjablonen\n")
    print(f"Open nu {demo.workbooks['dashboard'].name} in Excel of LibreOffice Calc.")
    print("Met uw eigen gegevens: klantwaarde nieuw dashboard --gegevens UW-BESTAND.csv")


def _functions(options: argparse.Namespace) -> None:
    from klantwaarde_xl.functions.registry import REGISTRY

    if options.naam is not None:
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
    from klantwaarde_xl.functions.notation import shown_cells

    print("\nVoorbeelden")
    for number in range(len(spec.examples)):
        formula, result = _example(spec, number)
        source = spec.examples[number].source
        print(f"  {formula}  →  {result}" + (f"   ({source})" if source else ""))
        if held := shown_cells(spec, spec.examples[number].args):
            print(f"      {held}")
    print("\nFouten")
    for failure in spec.failures:
        print(f"  {failure.error.dutch:<9} {failure.when}")
    print("\nWelke cel het is, zegt =FOUTCEL(bereik): klantwaarde functies FOUTCEL")


def _example(spec: Spec, number: int = 0) -> tuple[str, str]:
    from klantwaarde_xl.functions.notation import shown_example

    return shown_example(spec, spec.examples[number])


def _new(options: argparse.Namespace) -> None:
    from klantwaarde_xl.workbook.build import build_workbook, without_data
    from klantwaarde_xl.workbook.content import needs
    from klantwaarde_xl.workbook.named_functions import name_functions
    from klantwaarde_xl.workbook.templates import template as template_of

    template = replace(template_of(options.sjabloon), calls_functions=options.met_functies)
    if not needs(template):
        refuse_ignored(
            options,
            ABOUT_A_FILE,
            because=f"het werkboek {template.id} komt niet uit gegevens.",
            remedy=f"klantwaarde nieuw {template.id}",
        )
    target: Path = options.uit or Path(f"klantwaarde-{template.id}.xlsx")
    _refuse_target(target, ".xlsx", overwrite=options.overschrijven)
    files = files_of(options.gegevens, needs(template))
    if missing := [name for name in needs(template) if name not in files]:
        raise without_data(template, missing)
    given = recipes_given(options, {})
    with progress(3) as step:
        tables = read(options, files, step, skip_refused=options.overslaan, recipes=given) if files else {}
        recipes = recipes_after(given, tables)
        step("rekenen en werkboek vullen")
        built = build_workbook(template, tables, now=_now(), recipes=recipes)
        if options.functienamen:
            name_functions(built.package)
        step("bewaren")
        built.save(target)
    for checked in tables.values():
        print("\n".join(lines_of(checked.quality)))
    for line in write_recipe(options, given, recipes):
        print(line)
    for notice in built.report.notices:
        print(f"  let op: {notice}")
    print(f"Gemaakt: {target}\nOpen het in Excel of LibreOffice Calc; begin op het blad Start.")


def _refresh(options: argparse.Namespace) -> None:
    from klantwaarde_xl.workbook.content import needs
    from klantwaarde_xl.workbook.refresh import recipes_of, refresh_file, template_in, unused_data

    book: Path = options.werkboek
    if book.suffix.lower() not in (".xlsx", ".xlsm"):
        is_data = book.suffix.lower() in (".csv", ".tsv", ".txt")
        behind = f"; de gegevens komen erachter: klantwaarde ververs WERKBOEK.xlsx --gegevens {book.name}"
        raise UsageError(
            f"{book} is geen werkboek: dat eindigt op .xlsx of .xlsm.",
            remedy=f"Noem het werkboek{behind if is_data else ''}.",
        )
    if options.gegevens is None:
        refuse_ignored(
            options,
            ONLY_ABOUT_A_FILE,
            because="zonder --gegevens leest `ververs` de eigen tabel van het werkboek.",
            remedy="Noem het bestand met --gegevens, of laat de rest weg.",
        )
    files: dict[str, str] = {}
    given: Mapping[str, Recipe] = {}
    if options.gegevens:
        template = template_in(book)
        if not needs(template):
            raise unused_data(template)
        files = files_of(options.gegevens, needs(template))
        given = recipes_given(options, {} if options.recept else recipes_of(book))
    with progress(2) as step:
        tables = read(options, files, step, skip_refused=options.overslaan, recipes=given) if files else {}
        recipes = recipes_after(given, tables)
        step("rekenen en tabellen vervangen")
        done = refresh_file(
            book,
            now=_now(),
            tables=tables,
            reading=reading_of(options),
            recipes=recipes,
            backup=not options.zonder_kopie,
        )
    print("\n".join([f"Ververst: {book}", *done.words(), *_changed(tables)]))
    for line in write_recipe(options, given, recipes):
        print(line)
    print("Al het andere is gebleven zoals het was.")
    if done.backup:
        print(f"Het oude werkboek staat in {done.backup}")


def _changed(tables: Mapping[str, Checked]) -> list[str]:
    """What in the exports is not as the last time, which a user should see before the figures."""
    from klantwaarde_xl.data.reading.export import SINCE

    notes = [note for checked in tables.values() for note in checked.quality.notes]
    return [f"Let op: {note}" for note in notes if note.startswith(SINCE)]


def _templates(options: argparse.Namespace) -> None:
    from klantwaarde_xl.cli.demo import make_templates

    _refuse_folder(options.map)
    with progress(1) as step:
        step("sjablonen maken")
        made = make_templates(options.map, named=options.functienamen)
    for path in made:
        print(f"Gemaakt: {path}")


def _put(options: argparse.Namespace) -> None:
    from klantwaarde_xl.workbook.named_functions import put_into_file

    book: Path = options.werkboek
    if book.suffix.lower() not in (".xlsx", ".xlsm"):
        raise UsageError(
            f"{book} is geen werkboek: dat eindigt op .xlsx of .xlsm.", remedy="Noem een Excel-werkboek."
        )
    done = put_into_file(book, now=_now(), backup=not options.zonder_kopie)
    added, renewed, taken = done.named
    if not (added or renewed):
        print(f"De functies staan al in {book}; er is niets veranderd.")
    else:
        print(f"In {book}: {len(added)} functies toegevoegd, {len(renewed)} vernieuwd.")
        print("Ze werken in Excel 365 en 2024, ook op de Mac en op het web: typ =KLANTWAARDE(500;2;200).")
    if taken:
        print(f"  let op: deze namen betekenen hier al iets anders en blijven zo: {', '.join(taken)}")
    if done.backup:
        print(f"Het oude werkboek staat in {done.backup}")


def _module(options: argparse.Namespace) -> None:
    from klantwaarde_xl.workbook.named_functions import MODULES, module_text

    folder: Path = options.map
    _refuse_folder(folder)
    folder.mkdir(parents=True, exist_ok=True)
    for name, notation in MODULES.items():
        target = folder / f"klantwaarde-functies-{name}.txt"
        target.write_text(module_text(notation), encoding="utf-8")
        print(f"Gemaakt: {target}")
    print("Plak de tekst in Excel Labs (Geavanceerde formuleomgeving), module Workbook, en kies opslaan:")
    print("die met puntkomma's als uw Excel argumenten met ; scheidt, anders die met komma's.")


def _check(options: argparse.Namespace) -> None:
    from klantwaarde_xl.data.tables import main_of
    from klantwaarde_xl.data.tables import tables as input_tables

    table = table_named(options.tabel) if options.tabel is not None else str(main_of(input_tables()))
    given = recipes_given(options, {})
    with progress(1) as step:
        try:
            tables = read(options, {table: options.gegevens}, step, skip_refused=True, recipes=given)
        except ColumnsMissing as error:
            if options.tabel is not None or "--tabel" in error.remedy:
                raise
            others = ", ".join(name for name in input_tables() if name != table)
            remedy = f"{error.remedy} Zijn het geen {table}, zeg dan wat wel, met --tabel: {others}."
            raise ColumnsMissing(error.what, where=error.where, remedy=remedy) from None
    quality = tables[table].quality
    if options.json:
        print(as_json(quality))
    else:
        print("\n".join([*lines_of(quality), *(f"  {problem}" for problem in quality.problems)]))
    if not options.overslaan:
        quality.raise_if_refused(f" --tabel {table}" if options.tabel is not None else "")
    # Looking changes no recipe, unless the user chose: what is new is still to be told by who reads for real
    if table not in given or options_given(options, CHOICES):
        for line in write_recipe(options, given, recipes_after(given, tables)):
            print(line, file=sys.stderr if options.json else sys.stdout)


def _analyse(options: argparse.Namespace) -> None:
    print("\n".join(analyse_to(options)))


def _libreoffice(options: argparse.Namespace) -> None:
    from klantwaarde_xl.hosts.libreoffice.build import build_extension

    _refuse_target(options.uit, ".oxt", overwrite=True)
    path = build_extension(options.uit)
    print(f"Gemaakt: {path}\nDubbelklik erop, of in LibreOffice: Extra, Extensies..., Toevoegen.")


RUNS = {
    "demo": _demo,
    "functies": _functions,
    "nieuw": _new,
    "ververs": _refresh,
    "sjablonen": _templates,
    "voegtoe": _put,
    "functiemodule": _module,
    "controleer": _check,
    "analyse": _analyse,
    "libreoffice bouw": _libreoffice,
}


# ── what commands share ─────────────────────────────────────────────────────────────────────


def _refuse_target(target: Path, suffix: str, *, overwrite: bool) -> None:
    if target.suffix.lower() != suffix:
        raise UsageError(
            f"{target} moet op {suffix} eindigen.", remedy=f"Kies een naam als {target.stem}{suffix}."
        )
    if not target.parent.is_dir():
        raise UsageError(
            "Deze map bestaat niet.", where=str(target.parent), remedy="Maak de map, of kies een andere."
        )
    if target.is_dir():
        raise UsageError("Dit is een map, geen bestand.", where=str(target), remedy="Kies een andere naam.")
    if target.exists() and not overwrite:
        raise UsageError(
            "Dit bestand bestaat al.",
            where=str(target),
            remedy="Kies een andere naam met --uit, of geef --overschrijven. Een bestaand werkboek "
            "bijwerken kan met `klantwaarde ververs`.",
        )


def _refuse_folder(folder: Path) -> None:
    if folder.exists() and not folder.is_dir():
        raise UsageError(
            "Dit is een bestand, geen map.", where=str(folder), remedy="Kies met --map een andere naam."
        )


def _now() -> dt.datetime:
    return dt.datetime.now().replace(microsecond=0)


if __name__ == "__main__":
    sys.exit(main())
