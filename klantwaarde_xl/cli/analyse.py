"""`klantwaarde analyse BRON --uit MAP`: every result as a file, also what no sheet holds."""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from klantwaarde_xl.cli.dutch_parser import meant
from klantwaarde_xl.cli.progress import progress
from klantwaarde_xl.cli.reading import add_reading, files_of, or_another_table, path, read, source
from klantwaarde_xl.cli.recipe import recipes_after, recipes_given, write_recipe
from klantwaarde_xl.cli.reported import as_json, lines_of
from klantwaarde_xl.cli.reported import rows as in_rows
from klantwaarde_xl.cli.settings import add_settings, settings_given
from klantwaarde_xl.errors import ColumnsMissing, UsageError

if TYPE_CHECKING:
    from klantwaarde_xl.data.reading.files import Checked
    from klantwaarde_xl.data.reading.sources.source import Source

REPORT = "verslag.json"
_FORMS = ("parquet", "csv", "xlsx")


def add_analyse(parser: argparse.ArgumentParser) -> None:
    """Give the command its arguments and options."""
    parser.add_argument(
        "bron",
        type=source,
        metavar="BRON",
        help="bestand, map, patroon of database (CSV, XLSX, XLS, ODS, Parquet, winkel.sqlite#orders); voor "
        "een andere tabel TABEL=BESTAND, zoals enquete=antwoorden.csv",
    )
    parser.add_argument("--uit", type=path, required=True, metavar="MAP", help="map waar de bestanden komen")
    parser.add_argument("--vorm", metavar="|".join(_FORMS), help="soort bestanden (parquet)")
    parser.add_argument(
        "--resultaten",
        metavar="NAMEN",
        help="alleen deze, zoals kpi,rfm,prognose; leeg: alle, en de gelezen gegevens",
    )
    parser.add_argument("--overschrijven", action="store_true", help="vervang bestanden die er al staan")
    add_settings(parser)
    add_reading(parser)


def analyse_to(options: argparse.Namespace) -> list[str]:
    """Read, compute, write; give what to say of it: what was read, and where the files are (Dutch)."""
    from klantwaarde_xl.clock import today
    from klantwaarde_xl.data.analyse import analyse
    from klantwaarde_xl.data.tables import main_of
    from klantwaarde_xl.data.tables import tables as input_tables
    from klantwaarde_xl.data.writing.folder import filled_whole, refuse_existing
    from klantwaarde_xl.data.writing.forms import FORMS
    from klantwaarde_xl.data.writing.forms import files_of as files_written
    from klantwaarde_xl.data.writing.relations import names_of, outputs_of

    form = _one_of_the_forms(options.vorm)
    settings = settings_given(options)
    files = files_of([options.bron, *(options.gegevens or ())], list(input_tables()))
    names, inputs = _asked(options.resultaten, list(files))
    folder: Path = options.uit
    expected = [*files_written(form, names_of(names, inputs)), REPORT]
    if not options.overschrijven:
        refuse_existing(folder, expected)
    given = recipes_given(options, {})
    with progress(3) as step:
        try:
            tables = read(options, files, step, skip_refused=options.overslaan, recipes=given)
        except ColumnsMissing as error:
            main = main_of(input_tables())
            if list(files) != [main] or "--tabel" in error.remedy or not main:
                raise
            how = f'zet dan voor de naam wat wel, zoals "enquete={options.bron}"'
            raise or_another_table(error, main, how) from None
        step("rekenen")
        analysis = analyse(tables, settings, names, today=today())
        step("schrijven")
        outputs = outputs_of(analysis, {name: tables[name] for name in inputs})
        with filled_whole(folder, overwrite=options.overschrijven) as made:
            said = FORMS[form](outputs, made)
            (made / REPORT).write_text(as_json(analysis.quality) + "\n", encoding="utf-8")
            written = sorted(file.name for file in made.iterdir())
            _refuse_own_source(tables, folder, written)
    if message := analysis.figures.get("bericht"):
        said.insert(0, f"er is geen prognose. {message}")
    counted = ", ".join(f"{one.name} ({in_rows(one.count())})" for one in outputs)
    return [
        *(line for checked in tables.values() for line in lines_of(checked.quality)),
        *(f"  let op: {line}" for line in said),
        f"Geschreven in {folder}: {', '.join(written)}.",
        f"Daarin: {counted}.",
        *write_recipe(options, given, recipes_after(given, tables)),
    ]


def _one_of_the_forms(word: str | None) -> str:
    if word is None or word.casefold() in _FORMS:
        return (word or _FORMS[0]).casefold()
    raise UsageError(
        f"--vorm {word} bestaat niet.", remedy=f"{meant(word, _FORMS)}Kies uit: {', '.join(_FORMS)}."
    )


def _asked(words: str | None, read: Sequence[str]) -> tuple[list[str], list[str]]:
    """The results to compute and the input tables to write; all of them when none is named."""
    from klantwaarde_xl.data.results import results

    possible = [
        name for name, one in results().items() if set(one.needs) <= set(read) and not one.of_workbook
    ]
    if words is None:
        return possible, list(read)
    asked = list(dict.fromkeys(word.strip().casefold() for word in words.split(",") if word.strip()))
    for word in asked or [words]:
        if word not in (*possible, *read):
            raise UsageError(
                f"Bij --resultaten kan {word.strip() or 'niets'} niet.",
                remedy=f"{meant(word, (*possible, *read))}Kies uit: {', '.join((*possible, *read))}.",
            )
    return [word for word in asked if word in possible], [word for word in asked if word in read]


def _refuse_own_source(tables: Mapping[str, Checked], folder: Path, written: Sequence[str]) -> None:
    """Raise `UsageError` when a file would replace what it was made from, or come among what is read."""
    for checked in tables.values():
        sources: list[Source] = [checked.source, *checked.source.parts]
        for where in (one.path for one in sources if one.path is not None):
            own = where.absolute() == folder.absolute() and where.is_dir()
            if own or where.absolute() in [(folder / name).absolute() for name in written]:
                raise UsageError(
                    "De bestanden zouden bij of over de gegevens komen waaruit ze gemaakt zijn.",
                    where=str(where),
                    remedy="Kies met --uit een andere map.",
                )
