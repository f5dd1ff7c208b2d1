"""Where a command may write: what is refused before anything is computed."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from pathlib import Path

from klantwaarde_xl.cli.reading import path
from klantwaarde_xl.errors import UsageError


def add_folder(command: argparse.ArgumentParser, default: str, told: str, *, shown: str = "--map") -> None:
    """Add the option of the folder that a command writes in, as `map`: `--map` and `--uit` are both taken.

    told: its help; shown: which of both that names. The other is taken because every command that makes one
    file calls it `--uit`.
    """
    for name in ("--map", "--uit"):
        kept = told if name == shown else argparse.SUPPRESS
        command.add_argument(name, dest="map", type=path, default=Path(default), metavar="MAP", help=kept)


def refuse_target(
    target: Path, suffix: str, *, overwrite: bool, option: str = "", refreshes: bool = False
) -> None:
    """Raise `UsageError` for a file that cannot or may not be written.

    Args:
        target: the file.
        suffix: what its name has to end in, in small letters.
        overwrite: whether a file that is there may be replaced.
        option: where its name comes from, when from no argument.
        refreshes: whether it is a workbook that can be brought up to date instead.
    """
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
        way = f" met {option}" if option else ""
        refresh = " Een bestaand werkboek bijwerken kan met `klantwaarde ververs`." if refreshes else ""
        raise UsageError(
            "Dit bestand bestaat al.",
            where=str(target),
            remedy=f"Kies een andere naam{way}, of geef --overschrijven.{refresh}",
        )


def refuse_folder(folder: Path, names: Iterable[str] = (), *, overwrite: bool = False) -> None:
    """Raise `UsageError` for a folder that is a file, or that has files of these names which have to stay."""
    if folder.exists() and not folder.is_dir():
        raise UsageError(
            "Dit is een bestand, geen map.", where=str(folder), remedy="Kies met --map een andere naam."
        )
    there = [name for name in names if (folder / name).exists()]
    if there and not overwrite:
        raise UsageError(
            f"In deze map {'staan' if len(there) > 1 else 'staat'} al: {', '.join(there)}.",
            where=str(folder),
            remedy="Kies een andere map met --map, of geef --overschrijven.",
        )
