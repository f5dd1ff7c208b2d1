"""The options about reading data: what they are, what they say, and when they would say nothing."""

from __future__ import annotations

import argparse
import re
from pathlib import Path
from typing import TYPE_CHECKING

from klantwaarde_xl.cli.dutch_parser import meant, options_given
from klantwaarde_xl.cli.progress import Step
from klantwaarde_xl.errors import UsageError

if TYPE_CHECKING:
    from klantwaarde_xl.data.reading.columns import Reading
    from klantwaarde_xl.data.reading.files import Transactions

# All that says how a file is read, and what of it also says how a workbook's own table is read
ABOUT_A_FILE = ("gegevens", "kolommen", "decimaal", "datumvolgorde", "overslaan")
ONLY_ABOUT_A_FILE = ("kolommen", "overslaan")

# `naam=kop`, up to the comma before the next `naam=`, so that a header may have commas of its own
_PAIR = re.compile(r'\s*([^\s,=]+)\s*=\s*(?:"([^"]*)"|(.*?))\s*(?:,(?=\s*[^\s,=]+\s*=)|$)', re.DOTALL)


def add_reading(parser: argparse.ArgumentParser, *, named: bool = True) -> None:
    """Give a command the options about reading; named: the file itself is an option too."""
    if named:
        parser.add_argument(
            "--gegevens", type=Path, metavar="BESTAND", help="CSV of XLSX met klant, datum, bedrag"
        )
    parser.add_argument(
        "--kolommen",
        action="append",
        metavar="KOLOM=KOP",
        help='een kop die niet herkend wordt: "klant=Relatie,bedrag=Totaal, incl. btw"; mag vaker',
    )
    parser.add_argument(
        "--decimaal", metavar="komma|punt", help="het decimaalteken, als de gegevens dat niet zeggen"
    )
    parser.add_argument("--datumvolgorde", metavar="dmj|mdj", help="dag-maand-jaar of maand-dag-jaar")
    parser.add_argument(
        "--overslaan", action="store_true", help="laat onleesbare rijen weg; ze staan op Controle"
    )


def refuse_ignored(options: argparse.Namespace, names: tuple[str, ...], *, because: str, remedy: str) -> None:
    """Raise `UsageError` when one of these options was given: it would do nothing."""
    if given := options_given(options, names):
        does = "doet" if len(given) == 1 else "doen"
        raise UsageError(f"Hier {does} {' en '.join(given)} niets: {because}", remedy=remedy)


def read(options: argparse.Namespace, step: Step, *, skip_refused: bool) -> Transactions:
    """Read the file that the options name, as they say."""
    from klantwaarde_xl.data.reading.files import read_transactions

    step("gegevens lezen en controleren")
    return read_transactions(
        options.gegevens,
        columns=columns_of(options.kolommen),
        reading=reading_of(options),
        skip_refused=skip_refused,
    )


def reading_of(options: argparse.Namespace) -> Reading:
    """What the options say about decimals and dates."""
    from klantwaarde_xl.data.reading.columns import Reading

    return Reading(options.decimaal, options.datumvolgorde)


def columns_of(given: list[str] | None) -> dict[str, str] | None:
    """`klant=Relatie,bedrag=Totaal, incl. btw`, once or more often, as a mapping.

    A comma parts two columns only where the next word has an equals sign; a header between double
    quotes is taken as it stands. Raises `UsageError` for what names no column, or one twice.
    """
    if given is None:
        return None
    from klantwaarde_xl.data.tables import TRANSACTIONS

    known = [column.name for column in TRANSACTIONS.columns]
    columns: dict[str, str] = {}
    for words in given:
        for name, header in _pairs(words):
            if name not in known:
                raise _wrong(f"Bij --kolommen kan {name or 'niets'} niet.", meant(name, known))
            if not header:
                raise _wrong(f"Bij --kolommen staat geen kop achter {name}.")
            if name in columns:
                raise _wrong(f"Bij --kolommen staat {name} twee keer.")
            columns[name] = header
    return columns


def _pairs(words: str) -> list[tuple[str, str]]:
    pairs: list[tuple[str, str]] = []
    at = 0
    while at < len(words) or not pairs:
        match = _PAIR.match(words, at)
        if match is None:
            return [*pairs, (words[at:].strip(), "")]
        name, quoted, plain = match.groups()
        if plain and plain.endswith(","):
            raise _wrong("Bij --kolommen staat een komma waar niets achter komt.")
        pairs.append((name, quoted if quoted is not None else plain))
        at = match.end()
    return pairs


def _wrong(what: str, remedy: str = "") -> UsageError:
    return UsageError(
        what, remedy=f'{remedy}Bijvoorbeeld: --kolommen "klant=Relatie,bedrag=Totaal, incl. btw"'
    )
