"""The options about reading data: what they are, what they say, and when they would say nothing."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from klantwaarde_xl.cli.about_rows import NAMES, OF_ORDERS, about_rows, add_about_rows
from klantwaarde_xl.cli.dutch_parser import meant, options_given
from klantwaarde_xl.cli.progress import Step
from klantwaarde_xl.cli.recipe import add_recipe
from klantwaarde_xl.errors import Ambiguous, ColumnsMissing, UsageError

if TYPE_CHECKING:
    from klantwaarde_xl.data.reading.cells.columns import Reading
    from klantwaarde_xl.data.reading.files import Checked
    from klantwaarde_xl.data.reading.questions.recipe import Recipe
    from klantwaarde_xl.data.tables import Table

# All that says how a file is read, and what of it also says how a workbook's own table is read
ABOUT_A_FILE = ("gegevens", "recept", "kolommen", "blad", "decimaal", "datumvolgorde", "overslaan", *NAMES)
ONLY_ABOUT_A_FILE = ("recept", "kolommen", "blad", "overslaan", *NAMES)
CHOICES = ("kolommen", "blad", "decimaal", "datumvolgorde", *NAMES)  # that a recipe keeps


def add_reading(parser: argparse.ArgumentParser, *, named: bool = True) -> None:
    """Give a command the options about reading; named: the file itself is an option too."""
    if named:
        parser.add_argument(
            "--gegevens",
            action="append",
            type=source,
            metavar="BESTAND",
            help="bestand, map, patroon of database met de gegevens (CSV, XLSX, XLS, ODS, Parquet, "
            "winkel.sqlite#orders, postgresql://gebruiker@server/db#orders); voor een tweede tabel "
            "TABEL=BESTAND, zoals kosten=kosten.csv",
        )
    add_recipe(parser)
    parser.add_argument(
        "--kolommen",
        action="append",
        metavar="KOLOM=KOP",
        help='een kop die niet herkend wordt: "klant=Relatie,bedrag=Totaal, incl. btw"; mag vaker; '
        "zonder koppen het nummer van de kolom; KOLOM=- voor een die niet gelezen moet worden",
    )
    parser.add_argument(
        "--blad",
        action="append",
        metavar="BLAD",
        help="het blad van het werkboek; bladen van één vorm samen: vaker; voor een tweede tabel TABEL=BLAD",
    )
    parser.add_argument(
        "--decimaal",
        metavar="komma|punt|centen",
        help="het decimaalteken, als de gegevens dat niet zeggen; centen voor bedragen in hele centen",
    )
    parser.add_argument(
        "--datumvolgorde",
        metavar="dmj|mdj|jmd|verwisseld|kroatisch|pools",
        help="dag-maand-jaar, maand-dag-jaar of jaar-maand-dag, als de gegevens dat niet zeggen; verwisseld "
        "als een spreadsheet dag en maand van echte datums verwisselde; kroatisch of pools zegt welke maand "
        "listopad is",
    )
    parser.add_argument(
        "--overslaan", action="store_true", help="laat onleesbare rijen weg; ze staan op Controle"
    )
    add_about_rows(parser)


def path(word: str) -> Path:
    """A name of a file or folder; raises `UsageError` for nothing, which would be this very folder."""
    if not word.strip():
        raise UsageError(
            "Er staat een lege naam waar een bestand of map hoort.",
            remedy="Vul de naam in, tussen aanhalingstekens als er spaties in staan.",
        )
    return Path(word)


def source(word: str) -> str:
    """A file or the address of a database, as it was typed: a path would lose a slash of an address."""
    path(word)
    return word


def refuse_ignored(options: argparse.Namespace, names: Sequence[str], *, because: str, remedy: str) -> None:
    """Raise `UsageError` when one of these options was given: it would do nothing."""
    if given := options_given(options, names):
        does = "doet" if len(given) == 1 else "doen"
        raise UsageError(f"Hier {does} {' en '.join(given)} niets: {because}", remedy=remedy)


def files_of(given: Sequence[str] | None, wanted: Sequence[str], main: str | None = None) -> dict[str, str]:
    """Which file holds which of a workbook's input tables: `BESTAND` the main one, `TABEL=BESTAND` any.

    main: the main one, where `main_of` does not tell; it comes first. Raises `UsageError` for a table that
    the workbook does not have, and for two files of one table.
    """
    from klantwaarde_xl.data.tables import main_of, tables

    main = main or main_of(wanted)
    files: dict[str, str] = {}
    for one in given or ():
        name, sign, rest = one.partition("=")
        named = bool(sign) and name in tables()
        table = name if named else main or ""
        if table not in wanted:
            raise UsageError(
                f"Dit werkboek heeft geen tabel {table}.",
                remedy=f"{meant(table, wanted)}Kies uit: {', '.join(wanted)}.",
            )
        if table in files:
            raise UsageError(
                f"Voor de tabel {table} staat --gegevens er twee keer.",
                remedy=f"Geef er één; een andere tabel noemt u erbij: --gegevens TABEL=BESTAND. "
                f"Dit werkboek heeft: {', '.join(wanted)}.",
            )
        files[table] = source(rest) if named else one
    return {name: files[name] for name in sorted(files, key=lambda name: name != main)}


def sheets_of(given: Sequence[str] | None, read: Sequence[str]) -> dict[str, list[str]]:
    """Which sheets hold which of the tables that are read: `BLAD` the first one, `TABEL=BLAD` any.

    Raises `UsageError` for an empty name.
    """
    sheets: dict[str, list[str]] = {}
    for one in given or ():
        name, sign, rest = one.partition("=")
        named = bool(sign) and name in read
        table, sheet = (name, rest) if named else (next(iter(read), ""), one)
        if not sheet.strip():
            raise UsageError("Bij --blad staat geen naam.", remedy='Bijvoorbeeld: --blad "Orders 2024"')
        sheets.setdefault(table, []).append(sheet)
    return sheets


def table_named(word: str) -> str:
    """The name of an input table, capitals or not; raises `UsageError` with the names that there are."""
    from klantwaarde_xl.data.tables import tables

    if word.casefold() in tables():
        return word.casefold()
    raise UsageError(
        f"Er is geen tabel {word}.", remedy=f"{meant(word, tables())}Kies uit: {', '.join(tables())}."
    )


def or_another_table(error: ColumnsMissing, table: str, how: str) -> ColumnsMissing:
    """The error for a file without the columns of a table, with how to say which other table it holds."""
    from klantwaarde_xl.data.tables import tables

    others = ", ".join(name for name in tables() if name != table)
    apart = "\n" if "\n" in error.remedy else " "
    remedy = f"{error.remedy}{apart}Zijn het geen {table}, {how}: {others}."
    return ColumnsMissing(error.what, where=error.where, remedy=remedy)


def read(
    options: argparse.Namespace,
    files: Mapping[str, str],
    step: Step,
    *,
    skip_refused: bool,
    recipes: Mapping[str, Recipe],
) -> dict[str, Checked]:
    """Read files as the input tables that they are of, as the options say; by name of the table.

    recipes: how earlier exports were read, by the name of their table; the options go before them.
    """
    from klantwaarde_xl.cli.for_a_table import about
    from klantwaarde_xl.clock import today
    from klantwaarde_xl.data.reading.files import read_table
    from klantwaarde_xl.data.reading.layout.across import terms_of
    from klantwaarde_xl.data.tables import tables

    if not any(tables()[name].of_orders for name in files):
        others = ", ".join(files)
        of_months = any(terms_of(tables()[name]) for name in files)  # which may stand there without a year
        refuse_ignored(
            options,
            [name for name in OF_ORDERS if name != "jaar" or not of_months],
            because=f"dat gaat over orders, en hier wordt gelezen: {others}.",
            remedy="Laat het weg; rijen die niet mogen meetellen, haalt u uit het bestand.",
        )
    step("gegevens lezen en controleren")
    checked: dict[str, Checked] = {}
    those = [tables()[name] for name in files]
    for name, file in files.items():
        con = next((one.con for one in checked.values()), None)  # one engine, for results over both

        try:
            checked[name] = read_table(
                file,
                tables()[name],
                today=today(),
                columns=columns_of(options.kolommen, those).get(name),
                sheets=sheets_of(options.blad, list(files)).get(name, ()),
                reading=reading_of(options),
                skip_refused=skip_refused,
                con=con,
                recipe=recipes.get(name),
            )
        except (Ambiguous, ColumnsMissing) as error:
            raise about(error, tables()[name], those) from None
    return checked


def reading_of(options: argparse.Namespace) -> Reading:
    """What the options say about decimals and dates, and about what rows are."""
    from klantwaarde_xl.data.reading.cells.columns import CENTS, Reading

    cents = (options.decimaal or "").casefold() == CENTS
    decimal = None if cents else options.decimaal
    return Reading(decimal, options.datumvolgorde, cents=cents, **about_rows(options))


def columns_of(given: Sequence[str] | None, read: Sequence[Table]) -> dict[str, dict[str, str]]:
    """`klant=Relatie,bedrag=Totaal, incl. btw`, once or more often, as a mapping for each table.

    A comma parts two columns only where the next word has an equals sign; a header between double
    quotes is taken as it stands. A column that several of the tables have is named `kosten.bedrag`.
    Raises `UsageError` for what names no column, or one twice.
    """
    from klantwaarde_xl.data.reading.naming.headers import ABSENT

    known = {f"{table.name}.{column.name}": (table, column) for table in read for column in table.read}
    plain = [column.name for _, column in known.values()]
    known |= {
        column.name: (table, column) for table, column in known.values() if plain.count(column.name) == 1
    }
    columns: dict[str, dict[str, str]] = {}
    for words in given or ():
        for name, header in _pairs(words, known):
            if name not in known:
                raise _wrong(f"Bij --kolommen kan {name or 'niets'} niet.", read, meant(name, known))
            if not header:
                raise _wrong(f"Bij --kolommen staat geen kop achter {name}.", read)
            table, column = known[name]
            of_table = columns.setdefault(table.name, {})
            if column.name in of_table:
                raise _wrong(f"Bij --kolommen staat {name} twee keer.", read)
            if header != ABSENT and header in of_table.values():
                raise _wrong(f"Bij --kolommen staat {header!r} voor twee kolommen.", read)
            of_table[column.name] = header
    return columns


def _pairs(words: str, known: Iterable[str]) -> list[tuple[str, str]]:
    # `naam=kop`, up to the comma before the next `naam=`, so that a header may have commas of its own
    names = "|".join([*map(re.escape, sorted(known, key=len, reverse=True)), r"[^\s,=]+"])
    pair = re.compile(rf'\s*({names})\s*=\s*(?:"([^"]*)"|(.*?))\s*(?:,(?=\s*(?:{names})\s*=)|$)', re.DOTALL)
    pairs: list[tuple[str, str]] = []
    at = 0
    while at < len(words) or not pairs:
        match = pair.match(words, at)
        if match is None:
            return [*pairs, (words[at:].strip(), "")]
        name, quoted, plain = match.groups()
        if plain and plain.endswith(","):
            raise UsageError(
                "Bij --kolommen staat een komma waar niets achter komt.",
                remedy=f'Laat haar weg. Bijvoorbeeld: --kolommen "{words.rstrip(", ")}"',
            )
        pairs.append((name, quoted if quoted is not None else plain))
        at = match.end()
    return pairs


def _wrong(what: str, read: Sequence[Table], remedy: str = "") -> UsageError:
    first, last = (column.name for column in (read[0].columns[0], read[0].columns[-1]))
    return UsageError(
        what, remedy=f'{remedy}Bijvoorbeeld: --kolommen "{first}=Uw kop,{last}=Uw kop, met komma"'
    )
