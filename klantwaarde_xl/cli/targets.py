"""Where a command may write: what is refused before anything is computed."""

from __future__ import annotations

from pathlib import Path

from klantwaarde_xl.errors import UsageError


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
        way = f"naam met {option}" if option else "naam"
        way = f"map met {option}" if option == "--map" else way
        refresh = " Een bestaand werkboek bijwerken kan met `klantwaarde ververs`." if refreshes else ""
        raise UsageError(
            "Dit bestand bestaat al.",
            where=str(target),
            remedy=f"Kies een andere {way}, of geef --overschrijven.{refresh}",
        )


def refuse_folder(folder: Path) -> None:
    """Raise `UsageError` for a folder that is a file."""
    if folder.exists() and not folder.is_dir():
        raise UsageError(
            "Dit is een bestand, geen map.", where=str(folder), remedy="Kies met --map een andere naam."
        )
