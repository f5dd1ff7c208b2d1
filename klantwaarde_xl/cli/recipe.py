"""The option `--recept`: the file that says how exports were read, so that the next is read the same way."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from klantwaarde_xl.errors import FileUnreadable, UsageError, refusal

if TYPE_CHECKING:
    from klantwaarde_xl.data.reading.files import Checked
    from klantwaarde_xl.data.reading.questions.recipe import Recipe

_ENDING = ".json"


def add_recipe(parser: argparse.ArgumentParser) -> None:
    """Give a command the option."""
    parser.add_argument(
        "--recept",
        type=Path,
        metavar="RECEPT.json",
        help="lees zoals in dit recept staat; is het bestand er nog niet, dan wordt het gemaakt",
    )


def recipes_given(options: argparse.Namespace, otherwise: Mapping[str, Recipe]) -> Mapping[str, Recipe]:
    """The recipes of the file, by the name of their table; none while it has to be made.

    otherwise: those that hold where the user names no file. Raises `FileUnreadable`, and
    `UsageError` for another ending.
    """
    from klantwaarde_xl.data.reading.questions.recipe import from_text
    from klantwaarde_xl.data.tables import tables

    path: Path | None = options.recept
    if path is None:
        return otherwise
    if path.suffix.lower() != _ENDING:
        raise UsageError(
            f"Een recept is een bestand dat eindigt op {_ENDING}; {path} kan een bestand met gegevens zijn.",
            remedy="Bijvoorbeeld: --recept maandexport.json",
        )
    if not path.exists():
        return {}
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        why = refusal(error) if isinstance(error, OSError) else "het is geen tekst in UTF-8"
        raise FileUnreadable(
            f"Het recept is niet te lezen: {why}.",
            where=str(path),
            remedy="Geef achter --recept een ander bestand, of een naam die er nog niet is.",
        ) from error
    return from_text(text, tuple(tables()), str(path))


def recipes_after(before: Mapping[str, Recipe], tables: Mapping[str, Checked]) -> dict[str, Recipe]:
    """Recipes with those of the tables that were read."""
    return {**before, **{name: checked.recipe for name, checked in tables.items()}}


def write_recipe(
    options: argparse.Namespace, before: Mapping[str, Recipe], after: Mapping[str, Recipe]
) -> list[str]:
    """Write the file when the user named one and it would say something else; return words on that."""
    from klantwaarde_xl.data.reading.questions.recipe import as_text

    path: Path | None = options.recept
    if path is None or (path.exists() and before == after):
        return []
    done = "bijgewerkt" if path.exists() else "gemaakt"
    whole = path.with_name(f".{path.name}.nieuw")  # so that the old one is there until the new one is whole
    whole.write_text(as_text(after), encoding="utf-8", newline="\n")
    whole.replace(path)
    return [f"Recept {done}: {path}"]
