"""Putting a file in place of another so that at any moment one of the two is there whole."""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import shutil
import stat
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from klantwaarde_xl.clock import now as real_moment
from klantwaarde_xl.errors import WorkbookInUse, refusal

# Seconds between attempts: virus scanners and OneDrive hold a file for a moment.
RETRY_AFTER = (0.1, 0.2, 0.4, 0.8, 1.6)


@dataclass(frozen=True)
class Origin:
    """The file that a workbook was read from, to see whether somebody else has changed it since."""

    path: Path
    modified: int
    size: int

    @classmethod
    def of(cls, path: Path) -> Origin:
        """The file as it is now."""
        state = path.stat()
        return cls(path.resolve(), state.st_mtime_ns, state.st_size)

    def is_at(self, path: Path) -> bool:
        """Whether a path leads to this file."""
        return path.resolve() == self.path

    def refuse_if_changed(self, path: Path) -> None:
        """Raise WorkbookInUse when a path leads to this file and somebody saved it meanwhile."""
        if self.is_at(path) and path.exists() and Origin.of(path) != self:
            raise WorkbookInUse(
                "Het werkboek is intussen door iemand anders opgeslagen. Er is niets geschreven.",
                where=str(path),
                remedy="Voer de opdracht opnieuw uit; dan wordt de nieuwste versie bijgewerkt.",
            )


def refuse_if_open(path: Path) -> None:
    """Raise WorkbookInUse when Excel or LibreOffice has the workbook open.

    Args:
        path: the workbook; it need not exist.

    Raises:
        WorkbookInUse: a lock file stands beside it; the message says whose, where readable.
    """
    excel = path.with_name("~$" + path.name)
    calc = path.with_name(f".~lock.{path.name}#")
    for lock, program, owner in ((excel, "Excel", _excel_owner), (calc, "LibreOffice", _calc_owner)):
        if lock.exists():
            who = owner(lock)
            by = f" door {who}" if who else ""
            raise WorkbookInUse(
                f"Het werkboek is geopend in {program}{by}. Er is niets geschreven.",
                where=str(path),
                remedy="Sluit het werkboek en probeer het opnieuw. Is het nergens meer open, "
                f"verwijder dan {lock.name}.",
            )


def _excel_owner(lock: Path) -> str:
    """Read the user's name: one byte with its length, then the name, padded to 54 bytes."""
    try:
        data = lock.read_bytes()
    except OSError:  # Excel keeps its lock file to itself on Windows
        return ""
    if not data or data[0] > 54:
        return ""
    return data[1 : 1 + data[0]].decode("cp1252", "replace").strip()


def _calc_owner(lock: Path) -> str:
    """Read the user's name, or else the login and the machine, separated by commas."""
    try:
        fields = lock.read_text("utf-8", "replace").split(",")
    except OSError:
        return ""
    name, login, machine = ([field.strip() for field in fields] + ["", "", ""])[:3]
    return name or (f"{login} op {machine}" if login and machine else login)


def back_up(path: Path, now: dt.datetime) -> Path:
    """Copy a file beside itself under a dated name.

    Args:
        path: the file.
        now: the moment for the name.

    Returns:
        The path of the copy, complete and on disk.
    """
    stem = f"{path.stem} (back-up {now:%Y-%m-%d %H.%M.%S})"
    target = path.with_name(stem + path.suffix)
    number = 2
    while target.exists():
        target = path.with_name(f"{stem} {number}{path.suffix}")
        number += 1

    def copy(file: BinaryIO) -> None:
        with path.open("rb") as source:
            shutil.copyfileobj(source, file)

    _write_whole(target, copy, like=path)
    shutil.copystat(path, target)
    return target


def replace_file(
    path: Path, write: Callable[[BinaryIO], None], *, backup: bool, now: dt.datetime | None = None
) -> Path | None:
    """Write a file, or replace it: the old one whole or the new one whole, whatever happens.

    Args:
        path: the file; a link is followed.
        write: writes the contents into an open file.
        backup: first copy an existing file to a dated name.
        now: the moment for that name; None for the computer's.

    Returns:
        The path of the backup, if one was made.

    Raises:
        WorkbookInUse: it is open in a program, read-only, or cannot be written.
    """
    refuse_if_open(path)
    real = path.resolve()
    if real != path:
        refuse_if_open(real)
    there = real.exists()
    if there and not real.stat().st_mode & stat.S_IWUSR:  # a new file in its place would not mind
        raise WorkbookInUse(
            "Het werkboek is alleen-lezen. Er is niets geschreven.",
            where=str(path),
            remedy="Haal in de eigenschappen van het bestand Alleen-lezen weg, "
            "of sla het in Excel op onder een andere naam.",
        )
    try:
        kept = back_up(real, now or real_moment()) if backup and there else None
        _write_whole(real, write, like=real)
    except OSError as error:
        old = " Het oude bestand is er." if there else ""
        raise WorkbookInUse(
            f"Het werkboek kan niet worden geschreven: {refusal(error)}.{old}",
            where=str(path),
            remedy="Sluit het werkboek in andere programma's; controleer rechten en schijfruimte.",
        ) from error
    return kept


def _write_whole(path: Path, write: Callable[[BinaryIO], None], *, like: Path) -> None:
    """Write to a temporary file in the same folder, force it to disk, and rename it."""
    handle, name = tempfile.mkstemp(prefix=".klantwaarde-", suffix=".tmp", dir=path.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            write(file)
            file.flush()
            os.fsync(file.fileno())
        if like.exists():
            shutil.copymode(like, temporary)
        else:
            temporary.chmod(0o666 & ~_umask())
        _rename(temporary, path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    _sync_folder(path.parent)


def _rename(temporary: Path, path: Path) -> None:
    for pause in RETRY_AFTER:
        try:
            temporary.replace(path)
        except PermissionError:
            time.sleep(pause)
        else:
            return
    temporary.replace(path)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _sync_folder(folder: Path) -> None:
    """Force the rename to disk, where the system can: Windows cannot open a folder."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
