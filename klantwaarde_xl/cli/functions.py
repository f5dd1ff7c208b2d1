"""The commands about functions: what they are, and the files that bring them to a spreadsheet."""

from __future__ import annotations

import argparse
import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from klantwaarde_xl.cli.targets import refuse_folder, refuse_target
from klantwaarde_xl.errors import UsageError

if TYPE_CHECKING:
    from klantwaarde_xl.functions.spec import Spec

_TRY = "typ =KLANTWAARDE(500;2;200)"


def about_functions(options: argparse.Namespace) -> Iterator[str]:
    """Show every function, or one with all there is to know, or write them for Google Sheets."""
    from klantwaarde_xl.functions.registry import REGISTRY

    if options.google is not None:
        yield from _for_google(options)
        return
    if options.overschrijven:
        raise UsageError(
            "--overschrijven hoort bij --google: zonder schrijft `functies` geen bestand.",
            remedy="Laat het weg, of geef klantwaarde functies --google --overschrijven.",
        )
    if options.naam is not None:
        yield from _one(REGISTRY[options.naam])
        return
    for group, specs in REGISTRY.groups().items():
        yield f"\n{group}"
        for spec in specs:
            formula, result = _example(spec)
            yield f"  {spec.signature()}\n      {spec.doc}\n      {formula}  →  {result}"
    yield "\n`klantwaarde functies NAAM` toont de argumenten, de fouten en alle voorbeelden."


def _one(spec: Spec) -> Iterator[str]:
    from klantwaarde_xl.functions.notation import shown_cells

    yield f"{spec.signature()}\n\n{spec.doc}"
    yield f"Uitkomst: {spec.unit}. Bron: {', '.join(spec.sources)}.\n\nArgumenten"
    for arg in spec.args:
        default = f" (leeg: {spec.default_text(arg)})" if spec.is_optional(arg) else ""
        unit = f" [{arg.unit}]" if arg.unit else ""
        yield f"  {arg.name}{unit}{default}\n      {arg.help()}"
    yield "\nVoorbeelden"
    for number in range(len(spec.examples)):
        formula, result = _example(spec, number)
        source = spec.examples[number].source
        yield f"  {formula}  →  {result}" + (f"   ({source})" if source else "")
        if held := shown_cells(spec, spec.examples[number].args):
            yield f"      {held}"
    yield "\nFouten"
    yield from dict.fromkeys(f"  {failure.error.dutch:<9} {failure.when}" for failure in spec.failures)
    yield "\nWelke cel het is, zegt =FOUTCEL(bereik): klantwaarde functies FOUTCEL"


def _example(spec: Spec, number: int = 0) -> tuple[str, str]:
    from klantwaarde_xl.functions.notation import shown_example

    return shown_example(spec, spec.examples[number])


def _for_google(options: argparse.Namespace) -> Iterator[str]:
    if options.naam is not None:
        raise UsageError(
            f"--google schrijft alle functies, niet alleen {options.naam}.",
            remedy="Laat de naam weg: klantwaarde functies --google.",
        )
    from klantwaarde_xl.functions.google.script import script

    target: Path = options.google
    refuse_target(target, ".gs", overwrite=options.overschrijven, option="--google")
    target.write_text(script(), encoding="utf-8")
    yield f"Gemaakt: {target}"
    yield "In uw Google-spreadsheet: Extensies, Apps Script. Vervang alles door deze tekst, en bewaar."
    yield f"Daarna: {_TRY}. Een fout heet daar #ERROR!, met de reden erbij."


def function_file(options: argparse.Namespace, *, now: dt.datetime) -> Iterator[str]:
    """Write the workbook of functions to try and to copy from."""
    from klantwaarde_xl.workbook.build import build_workbook
    from klantwaarde_xl.workbook.function_file import FUNCTION_FILE

    target: Path = options.uit
    refuse_target(target, ".xlsx", overwrite=options.overschrijven)
    build_workbook(FUNCTION_FILE, now=now).save(target)
    yield f"Gemaakt: {target}"
    yield f"Open het in Excel 365 of 2024 en {_TRY}."
    yield "In uw eigen werkboek overnemen: klantwaarde voegtoe WERKBOEK."


def functions_into(options: argparse.Namespace, *, now: dt.datetime) -> Iterator[str]:
    """Put the functions into a workbook of the user as names."""
    from klantwaarde_xl.workbook.named_functions import put_into_file

    book: Path = options.werkboek
    if book.suffix.lower() not in (".xlsx", ".xlsm"):
        raise UsageError(
            f"{book} eindigt niet op .xlsx of .xlsm; alleen daarin zet Klantwaarde XL functies.",
            remedy="Een ander rekenblad: open het in Excel en kies Opslaan als, type Excel-werkmap (.xlsx).",
        )
    done = put_into_file(book, now=now, backup=not options.zonder_kopie)
    named = done.named
    if not (named.added or named.renewed):
        yield f"De functies staan al in {book}; er is niets veranderd."
    else:
        yield f"In {book}: {len(named.added)} functies toegevoegd, {len(named.renewed)} vernieuwd."
        yield f"Ze werken in Excel 365 en 2024, ook op de Mac en op het web: {_TRY}."
    yield from (f"  let op: {one}" for one in named.warnings())
    if done.backup:
        yield f"Het oude werkboek staat in {done.backup}"


def module_texts(options: argparse.Namespace) -> Iterator[str]:
    """Write the functions as text for Excel Labs."""
    from klantwaarde_xl.workbook.named_functions import MODULES, module_text

    folder: Path = options.map
    texts = {f"klantwaarde-functies-{name}.txt": notation for name, notation in MODULES.items()}
    refuse_folder(folder, texts, overwrite=options.overschrijven)
    folder.mkdir(parents=True, exist_ok=True)
    for name, notation in texts.items():
        target = folder / name
        target.write_text(module_text(notation), encoding="utf-8")
        yield f"Gemaakt: {target}"
    yield "Plak de tekst in Excel Labs (Geavanceerde formuleomgeving), module Workbook, en kies opslaan:"
    yield "die met puntkomma's als uw Excel argumenten met ; scheidt, anders die met komma's."
