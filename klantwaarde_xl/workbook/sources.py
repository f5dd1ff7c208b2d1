"""Which files a workbook's rows come from, kept in it: their names from the workbook's own folder on.

So a folder can be moved whole, and a workbook that is passed on tells of no other folder and of no server:
what lies elsewhere is not kept.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path, PurePosixPath, PureWindowsPath

from klantwaarde_xl.data.reading.sources.database import is_address
from klantwaarde_xl.data.reading.sources.own_workbooks import is_own
from klantwaarde_xl.data.tables import tables
from klantwaarde_xl.errors import WorkbookChanged
from klantwaarde_xl.workbook.kept_text import keep_text, text_in
from klantwaarde_xl.xlsx.package import Package

PREFIX = "klantwaarde_bron_"


def near(source: str, folder: Path) -> str | None:
    """A source by its name from a folder on; None for one that is not in that folder or in one below it.

    source: as the user typed it: a file, a folder, a pattern, a database in a file with its table behind a #.
    """
    if is_address(source):
        return None
    path, part = _parted(source)
    try:
        inside = path.absolute().resolve().relative_to(folder.absolute().resolve())
    except ValueError:
        return None
    return f"{inside.as_posix()}{part}"


def files_behind(source: str) -> list[Path] | None:
    """Every file that a source is read from, by name; None for one on a server.

    Of a database also the file in which it keeps what was written last. Hidden files are a program's own.
    """
    if is_address(source):
        return None
    path, part = _parted(source)
    if path.is_dir():
        found = [one for one in path.rglob("*") if not is_own(one)]
    elif path.exists():
        found = [path, path.with_name(f"{path.name}-wal")] if part else [path]
    else:
        found = list(path.parent.glob(path.name)) if any(sign in path.name for sign in "*?[") else []
        found = [one for one in found if not is_own(one)]
    return sorted(one for one in found if one.is_file() and one.name[0] not in ".~")


def _parted(source: str) -> tuple[Path, str]:
    """The path of a source, and the table of a database with its #; a file may have a # in its name."""
    whole = Path(source)
    if whole.exists() or "#" not in source:
        return whole, ""
    path, sign, table = source.partition("#")
    return Path(path), sign + table


def sources_in(package: Package) -> dict[str, str]:
    """The sources of a workbook by the name of their input table, from its folder on; none without.

    Raises `WorkbookChanged` where they are damaged, or lead out of the folder: that was not written by us.
    """
    text = text_in(package, PREFIX)
    if not text:
        return {}
    try:
        found = json.loads(text)
    except ValueError:
        found = None
    if not isinstance(found, dict) or not all(
        name in tables() and isinstance(source, str) and _stays_inside(source)
        for name, source in found.items()
    ):
        raise WorkbookChanged(
            "In het werkboek staat niet meer uit welke bestanden zijn gegevens komen.",
            remedy="Noem ze één keer: klantwaarde ververs WERKBOEK.xlsx --gegevens BESTAND",
        )
    return found


def _stays_inside(source: str) -> bool:
    path = source.partition("#")[0]
    return not (
        PurePosixPath(path).is_absolute()
        or PureWindowsPath(path).drive
        or PureWindowsPath(path).root
        or ".." in PureWindowsPath(path).parts
        or is_address(source)
    )


def keep_sources(package: Package, sources: Mapping[str, str | None]) -> None:
    """Keep the sources of tables that were read, by the name of their table; None for one not to be kept."""
    try:
        there = sources_in(package)
    except WorkbookChanged:  # what cannot be read is replaced
        there = {}
    both = {name: source for name, source in {**there, **sources}.items() if source is not None}
    if both != there:
        keep_text(package, PREFIX, json.dumps(both, separators=(",", ":"), sort_keys=True) if both else "")
