"""`klantwaarde nieuw`: a workbook from the user's data, an empty one, or an example."""

from __future__ import annotations

import argparse
import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from klantwaarde_xl.cli.progress import Step, progress
from klantwaarde_xl.cli.reading import ABOUT_A_FILE, files_of, read, refuse_ignored
from klantwaarde_xl.cli.recipe import recipes_after, recipes_given, write_recipe
from klantwaarde_xl.cli.reported import lines_of
from klantwaarde_xl.cli.settings import inputs_given
from klantwaarde_xl.cli.targets import refuse_target
from klantwaarde_xl.data.reading.cells.currencies import EURO
from klantwaarde_xl.dutch import format_count
from klantwaarde_xl.errors import UsageError

if TYPE_CHECKING:
    from klantwaarde_xl.data.reading.files import Checked
    from klantwaarde_xl.workbook.blocks import Template
    from klantwaarde_xl.workbook.build import Built


def new_workbook(options: argparse.Namespace, *, now: dt.datetime) -> list[str]:
    """Make the workbook that the options ask for, and say what was made (Dutch).

    Raises `UsageError` for options that do not go together, and the errors of reading and of the analysis.
    """
    from klantwaarde_xl.workbook.content import inputs_of, main_table, needs
    from klantwaarde_xl.workbook.templates import template as template_of

    template = replace(template_of(options.sjabloon), calls_functions=options.met_functies)
    _refuse_together(options, template)
    inputs = inputs_given(options, inputs_of(template), template.id)
    target: Path = options.uit or Path(f"klantwaarde-{template.id}.xlsx")
    refuse_target(target, ".xlsx", overwrite=options.overschrijven, option="--uit", refreshes=True)
    if options.leeg or options.voorbeeld:
        lines = _without_files(options, template, inputs, target, now)
    else:
        files = files_of(options.gegevens, needs(template), main_table(template))
        lines = _from_files(options, template, files, inputs, target, now)
    if options.met_functies:
        lines.append("  let op: dit werkboek rekent alleen waar de functies van Klantwaarde XL zijn.")
    paste = " en plak uw gegevens" if needs(template) else ""
    begin = f"vul Instellingen in{paste}" if options.leeg else "begin op het blad Start"
    return [*lines, f"Gemaakt: {target}", f"Open het in Excel of LibreOffice Calc; {begin}."]


def _refuse_together(options: argparse.Namespace, template: Template) -> None:
    """Raise `UsageError` for what says where the rows come from in two ways, or is about none."""
    from klantwaarde_xl.workbook.content import needs

    if options.leeg and options.voorbeeld:
        raise UsageError("Een werkboek is leeg of een voorbeeld.", remedy="Geef --leeg of --voorbeeld.")
    word = "--leeg" if options.leeg else "--voorbeeld" if options.voorbeeld else ""
    if word and options.gegevens:
        raise UsageError(f"Met {word} zijn er geen eigen gegevens.", remedy=f"Geef {word} of --gegevens.")
    if options.pseudoniem and (word or not needs(template)):
        raise UsageError(
            "Zonder eigen gegevens valt er niets van namen te ontdoen.", remedy="Laat --pseudoniem weg."
        )
    if word or not needs(template):
        none = f"het werkboek {template.id} komt niet uit gegevens."
        because = f"met {word} leest `nieuw` niets." if word else none
        remedy = f"klantwaarde nieuw {template.id} {word}".rstrip()
        names = tuple(name for name in ABOUT_A_FILE if name != "valuta" or options.voorbeeld)
        refuse_ignored(options, names, because=because, remedy=remedy)


def _currency(options: argparse.Namespace) -> str:
    """The code of the currency in which a workbook without data is to show amounts."""
    from klantwaarde_xl.cli.about_rows import currencies_said
    from klantwaarde_xl.data.reading.cells.currencies import CODES

    said = [code for code, _ in currencies_said(options.valuta)] or [EURO]
    if len(said) > 1 or said[0] not in CODES:
        raise UsageError(
            f"Zonder gegevens is er niets om te rekenen: --valuta {options.valuta} kan hier niet.",
            remedy="Noem de code van één valuta, zoals --valuta USD",
        )
    return said[0]


def _without_files(
    options: argparse.Namespace, template: Template, inputs: Mapping[str, Any], target: Path, now: dt.datetime
) -> list[str]:
    from klantwaarde_xl.cli.demo import example_workbook
    from klantwaarde_xl.workbook.build import empty_workbook

    with progress(2) as step:
        step("rekenen en werkboek vullen")
        if options.leeg:
            currency = _currency(options)
            built = empty_workbook(template, now=now, inputs=inputs, example=False, currency=currency)
        else:
            built = example_workbook(template, now=now, inputs=inputs)
        _save(options, built, target, step)
    return []


def _from_files(
    options: argparse.Namespace,
    template: Template,
    files: Mapping[str, str],
    inputs: Mapping[str, Any],
    target: Path,
    now: dt.datetime,
) -> list[str]:
    from klantwaarde_xl.workbook.build import build_workbook, lacking_tables, without_data
    from klantwaarde_xl.workbook.sources import keep_sources, near

    if missing := lacking_tables(template, files):
        raise without_data(template, missing)
    given = recipes_given(options, {})
    with progress(3) as step:
        tables = read(options, files, step, skip_refused=options.overslaan, recipes=given) if files else {}
        recipes = recipes_after(given, tables)
        step("rekenen en werkboek vullen")
        if options.pseudoniem:
            built, told = _without_names(options.pseudoniem, template, tables, inputs, now)
        else:
            currency = EURO if tables else _currency(options)
            built, told = (
                build_workbook(template, tables, now=now, inputs=inputs, recipes=recipes, currency=currency),
                [],
            )
            keep_sources(built.package, {name: near(file, target.parent) for name, file in files.items()})
        _save(options, built, target, step)
    lines = [line for checked in tables.values() for line in lines_of(checked.quality)]
    lines += [*write_recipe(options, given, recipes), *told]
    return [*lines, *(f"  let op: {notice}" for notice in built.report.notices)]


def _without_names(
    key_file: Path,
    template: Template,
    tables: Mapping[str, Checked],
    inputs: Mapping[str, Any],
    now: dt.datetime,
) -> tuple[Built, list[str]]:
    """A workbook without names, looked through; it keeps no recipe and no sources, which may hold names."""
    from klantwaarde_xl.cli.key_file import key_from
    from klantwaarde_xl.data.pseudonyms import without_names
    from klantwaarde_xl.workbook.build import build_workbook
    from klantwaarde_xl.workbook.nameless import mark_nameless, refuse_any_of

    key, is_new = key_from(key_file)
    nameless, names = without_names(tables, key)
    built = build_workbook(template, nameless, now=now, inputs=inputs)
    refuse_any_of(built.package, template, names)
    mark_nameless(built.package)
    made = f"Sleutel gemaakt: {key_file}. Bewaar hem apart; wie hem heeft, vindt de namen terug."
    coded = format_count(len(names), "klant kreeg", "klanten kregen")
    return built, [
        *([made] if is_new else []),
        f"Zonder namen: {coded} een code; alles is nagezocht.",
    ]


def _save(options: argparse.Namespace, built: Built, target: Path, step: Step) -> None:
    from klantwaarde_xl.workbook.named_functions import name_functions

    if options.functienamen:
        name_functions(built.package)
    step("bewaren")
    built.save(target)
