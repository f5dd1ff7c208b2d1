"""`klantwaarde ververs`: one workbook, or every workbook of a folder."""

from __future__ import annotations

import argparse
import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from klantwaarde_xl.cli.dutch_parser import options_given
from klantwaarde_xl.cli.logbook import Logbook, in_counts, kind_of_error
from klantwaarde_xl.cli.progress import Step, progress
from klantwaarde_xl.cli.reading import (
    ONLY_ABOUT_A_FILE,
    add_reading,
    files_of,
    path,
    read,
    reading_of,
    refuse_ignored,
)
from klantwaarde_xl.cli.recipe import recipes_after, recipes_given, write_recipe
from klantwaarde_xl.cli.settings import SETTINGS, add_settings, inputs_given, settings_listed
from klantwaarde_xl.cli.unexpected import unexpected
from klantwaarde_xl.errors import KlantwaardeError, UsageError
from klantwaarde_xl.plan.report import in_words
from klantwaarde_xl.typed_words import as_typed

if TYPE_CHECKING:
    from klantwaarde_xl.data.reading.files import Checked
    from klantwaarde_xl.data.reading.questions.recipe import Recipe
    from klantwaarde_xl.plan.plan import Value
    from klantwaarde_xl.workbook.refresh import Refreshed


def add_refresh(parser: argparse.ArgumentParser) -> None:
    """Give the command its options."""
    parser.add_argument(
        "werkboek",
        type=path,
        metavar="WERKBOEK",
        help="een werkboek van Klantwaarde XL, gesloten; of een map met zulke werkboeken",
    )
    parser.add_argument("--zonder-kopie", action="store_true", help="bewaar geen kopie van het oude werkboek")
    parser.add_argument(
        "--kopieen",
        metavar="DAGEN",
        help="haal kopieën van dit werkboek weg die ouder zijn; het werkboek onthoudt dat (of: altijd)",
    )
    parser.add_argument(
        "--volg",
        action="store_true",
        help="bij een map: blijf kijken, en ververs als een werkboek of een gegevensbestand verandert",
    )
    parser.add_argument("--stil", action="store_true", help="zeg alleen iets als er iets mis is")
    parser.add_argument(
        "--logboek",
        type=path,
        metavar="BESTAND",
        help="schrijf erbij wat er is gedaan: tijd, werkboek, aantallen en uitkomst, zonder klantgegevens",
    )
    parser.add_argument(
        "--controleer",
        action="store_true",
        help="zeg wat het verversen van dit werkboek zou veranderen en wat er vervalt, en schrijf niets",
    )
    add_settings(parser)
    add_reading(parser)


Say = Callable[[str, bool], None]  # words, and whether they tell of something wrong


def only_what_is_wrong(say: Say) -> Say:
    """Say nothing but what is wrong."""
    return lambda words, wrong: say(words, wrong) if wrong else None


def codes_listed() -> str:
    """What the exit code of the command says, and the settings that it takes: the end of its help."""
    codes = (
        (0, "alles is bijgewerkt, of er was niets te doen"),
        (2, "de opdracht klopt niet"),
        (3, "geweigerd om de gegevens"),
        (4, "geweigerd om het werkboek, of de map wordt al ververst"),
        (6, "een deel is bijgewerkt, een deel geweigerd"),
    )
    return "\n".join(
        ["uitkomst (exit code):", *(f"  {code}  {said}" for code, said in codes), "", settings_listed()]
    )


@dataclass(frozen=True)
class Done:
    """What became of a workbook, what was read for it, and the recipes before and after."""

    refreshed: Refreshed
    tables: Mapping[str, Checked]
    given: Mapping[str, Recipe]
    recipes: Mapping[str, Recipe]

    def words(self) -> list[str]:
        """What was done and what to mind, as lines of Dutch."""
        return [*self.refreshed.words(), *_changed(self.tables)]

    def would_change(self) -> list[str]:
        """What would be done and what to mind."""
        return [*in_words(self.refreshed.report, done=False), *_changed(self.tables)]


def refresh(options: argparse.Namespace, *, now: dt.datetime, say: Say) -> int | None:
    """Refresh what the options name; returns the exit code of a folder. say: is told what was done.

    Raises `UsageError` for options that do not go together, and the errors of reading and of the workbook.
    """
    book: Path = options.werkboek
    say = only_what_is_wrong(say) if options.stil else say
    _copies(options)
    if options.controleer:
        _refuse_with_check(options, book)
    if book.is_dir():
        from klantwaarde_xl.cli.refresh_folder import refresh_folder

        return refresh_folder(options, say)
    _refuse_no_workbook(book)
    if options.volg:
        raise UsageError(
            "--volg is voor een map, en dit is een werkboek.",
            where=str(book),
            remedy=f"klantwaarde ververs {as_typed(book.parent)} --volg",
        )
    log = Logbook(options.logboek)
    try:
        done = _refresh_named(options, book, now)
    except Exception as error:
        known = error if isinstance(error, KlantwaardeError) else unexpected(error)
        log.note(book.name, kind_of_error(known), known.exit_code)
        raise
    if options.controleer:
        log.note(book.name, "gecontroleerd, niets geschreven", 0)
        say("\n".join([*done.would_change(), f"Er is niets geschreven in {book}."]), False)
        return None
    log.note(book.name, in_counts(done.tables, done.refreshed.report), 0)
    recipe = write_recipe(options, done.given, done.recipes)
    lines = [f"Ververst: {book}", *done.words(), *recipe, "Al het andere is gebleven zoals het was."]
    lines += done.refreshed.about_copies()
    say("\n".join(lines), False)
    return None


def _refuse_with_check(options: argparse.Namespace, book: Path) -> None:
    if book.is_dir():
        raise UsageError(
            "--controleer is voor één werkboek, en dit is een map.",
            where=str(book),
            remedy="Noem een werkboek uit de map, zonder --volg.",
        )
    if options.kopieen or options.zonder_kopie:
        raise UsageError(
            "--controleer schrijft niets, dus ook geen kopie.",
            remedy="Laat --kopieen en --zonder-kopie weg, of laat --controleer weg.",
        )


def _copies(options: argparse.Namespace) -> int | None:
    """For how many days to keep copies, where the user says so; raises `UsageError` for no number of days."""
    from klantwaarde_xl.workbook.copies import FOR_EVER, LONGEST

    word: str | None = options.kopieen
    if word is None:
        return None
    if word.casefold() == "altijd":
        return FOR_EVER
    if word.isascii() and word.isdecimal() and 1 <= int(word) <= LONGEST:
        return int(word)
    raise UsageError(
        f"Achter --kopieen hoort een aantal dagen; {word} kan niet.",
        remedy=f"Geef 1 tot en met {LONGEST}, zoals --kopieen 30, of --kopieen altijd.",
    )


def _refuse_no_workbook(book: Path) -> None:
    if book.suffix.lower() in (".xlsx", ".xlsm"):
        return
    if not book.exists() and not book.suffix:
        raise UsageError(
            f"{book} bestaat niet: er is geen map en geen werkboek met die naam.",
            remedy="Controleer de naam, en de map waarin u de opdracht typt.",
        )
    is_data = book.suffix.lower() in (".csv", ".tsv", ".txt")
    behind = (
        f"; de gegevens komen erachter: klantwaarde ververs WERKBOEK.xlsx --gegevens {as_typed(book.name)}"
    )
    raise UsageError(
        f"{book} is geen werkboek: dat eindigt op .xlsx of .xlsm.",
        remedy=f"Noem het werkboek{behind if is_data else ''}.",
    )


def _refresh_named(options: argparse.Namespace, book: Path, now: dt.datetime) -> Done:
    """Refresh one workbook as all options say."""
    from klantwaarde_xl.workbook.content import inputs_of, main_table, needs
    from klantwaarde_xl.workbook.refresh import template_in, unused_data

    if options.gegevens is None:
        refuse_ignored(
            options,
            ONLY_ABOUT_A_FILE,
            because="zonder --gegevens leest `ververs` de eigen tabel van het werkboek.",
            remedy="Noem het bestand met --gegevens, of laat de rest weg.",
        )
    files: dict[str, str] = {}
    inputs: dict[str, Value] = {}
    if options_given(options, SETTINGS):
        template = template_in(book)
        inputs = inputs_given(options, inputs_of(template), template.id)
    if options.gegevens:
        template = template_in(book)
        if not needs(template):
            raise unused_data(template)
        files = files_of(options.gegevens, needs(template), main_table(template))
    with progress(2, silent=options.stil) as step:
        return refresh_from(options, book, files, now=now, step=step, inputs=inputs)


def refresh_from(
    options: argparse.Namespace,
    book: Path,
    files: Mapping[str, str],
    *,
    now: dt.datetime,
    step: Step,
    inputs: Mapping[str, Value] | None = None,
    refuse_changed: Callable[[], None] = lambda: None,
) -> Done:
    """Refresh a workbook from files, by the name of their table; without, from its own tables.

    refuse_changed: raises what is to be said when a file is not what it was, before anything is written.
    """
    from klantwaarde_xl.workbook.refresh import recipes_of, refresh_file
    from klantwaarde_xl.workbook.sources import near

    given = recipes_given(options, {} if options.recept else recipes_of(book)) if files else {}
    tables = read(options, files, step, skip_refused=options.overslaan, recipes=given) if files else {}
    refuse_changed()
    recipes = recipes_after(given, tables)
    step("rekenen en tabellen vervangen")
    refreshed = refresh_file(
        book,
        now=now,
        tables=tables,
        reading=reading_of(options),
        inputs=inputs,
        recipes=recipes,
        sources={name: near(file, book.parent) for name, file in files.items()},
        backup=not options.zonder_kopie,
        copies=_copies(options),
        write=not options.controleer,
    )
    return Done(refreshed, tables, given, recipes)


def _changed(tables: Mapping[str, Checked]) -> list[str]:
    """What in the exports is not as the last time, which a user should see before the figures."""
    from klantwaarde_xl.data.reading.export import SINCE

    notes = [note for checked in tables.values() for note in checked.quality.notes]
    return [f"Let op: {note}" for note in notes if note.startswith(SINCE)]
