"""Putting a file in place of another so that at any moment one of the two is there whole."""

from __future__ import annotations

import contextlib
import datetime as dt
import errno
import glob
import hashlib
import os
import re
import shutil
import stat
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from klantwaarde_xl.clock import now as real_moment
from klantwaarde_xl.errors import WorkbookInUse, refusal
from klantwaarde_xl.leftovers import begins, remove_leftovers
from klantwaarde_xl.xlsx.folder_lock import alone_in

# Seconds between attempts: virus scanners and OneDrive hold a file for a moment.
RETRY_AFTER = (0.1, 0.2, 0.4, 0.8, 1.6)
_BOOKS = (".xlsx", ".xlsm")
_TOO_LONG_TO_COPY = "Geef het werkboek een kortere naam: die van de kopie krijgt er de datum en de tijd bij."
_COPY = re.compile(r" \(back-up (\d{4}-\d\d-\d\d) \d\d\.\d\d\.\d\d\)(?: \d+)?$")


@dataclass(frozen=True)
class Origin:
    """The file that a workbook was read from or written to, and a digest of its contents then."""

    path: Path
    digest: bytes

    @classmethod
    def of(cls, path: Path, data: bytes) -> Origin:
        """A file and what was read from it."""
        return cls(path.resolve(), digest_of(data))

    def is_at(self, path: Path) -> bool:
        """Whether a path leads to this file."""
        return path.resolve() == self.path

    def refuse_if_changed(self) -> None:
        """Raise WorkbookInUse when the file holds something else by now, or is gone."""
        try:
            now = digest_of(self.path.read_bytes())
        except FileNotFoundError as error:
            raise WorkbookInUse(
                "Het werkboek is intussen verplaatst of verwijderd. Er is niets geschreven.",
                where=str(self.path),
                remedy="Zoek het op en voer de opdracht opnieuw uit.",
            ) from error
        if now != self.digest:
            raise self.changed()

    def changed(self) -> WorkbookInUse:
        """The error for a file that somebody saved meanwhile: theirs stays."""
        return WorkbookInUse(
            "Het werkboek is intussen door iemand anders opgeslagen. Er is niets geschreven.",
            where=str(self.path),
            remedy="Voer de opdracht opnieuw uit; dan wordt de nieuwste versie bijgewerkt.",
        )


def digest_of(data: bytes) -> bytes:
    """A digest of contents."""
    return hashlib.blake2b(data, digest_size=16).digest()


class Digested:
    """A file that is written, and the digest of what went into it."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._hash = hashlib.blake2b(digest_size=16)

    def write(self, data: bytes) -> int:
        """Write a piece."""
        self._hash.update(data)
        return self._file.write(data)

    def digest(self) -> bytes:
        """As `digest_of` of all pieces."""
        return self._hash.digest()


def refuse_if_open(path: Path) -> None:
    """Raise WorkbookInUse when Excel or LibreOffice has the workbook open.

    Args:
        path: the workbook; it need not exist.

    Raises:
        WorkbookInUse: a lock file stands beside it; the message says whose, where readable.
    """
    if not path.name:  # `.`, which is no workbook
        return
    excel = path.with_name("~$" + path.name)
    calc = path.with_name(f".~lock.{path.name}#")
    for lock, program, owner in ((excel, "Excel", _excel_owner), (calc, "LibreOffice", _calc_owner)):
        if _is_there(lock):
            who = owner(lock)
            by = f" door {who}" if who else ""
            raise WorkbookInUse(
                f"Het werkboek is geopend in {program}{by}. Er is niets geschreven.",
                where=str(path),
                remedy="Sluit het werkboek en probeer het opnieuw. Is het nergens meer open, "
                f"verwijder dan {lock.name}.",
            )


def _is_there(lock: Path) -> bool:
    """Whether there is a lock file; no program can make one whose name is too long for the disk."""
    try:
        return lock.exists()
    except OSError as error:
        if error.errno == errno.ENAMETOOLONG:
            return False
        raise


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


def has_other_names(path: Path) -> bool:
    """Whether a file is on the disk under other names too (hard links): these keep what it held."""
    try:
        return path.stat().st_nlink > 1
    except OSError:
        return False


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

    with _written(path.parent, copy, like=path) as whole:
        shutil.copystat(path, whole)
        _rename(whole, target)
    return target


def is_copy(path: Path) -> bool:
    """Whether a file has the name of a copy that `back_up` made."""
    return _COPY.search(path.stem) is not None


def day_of_copy(path: Path) -> dt.date | None:
    """The day in the name of a copy that `back_up` made; None for another file, or no real day."""
    return day_in_name(_COPY, path)


def day_in_name(pattern: re.Pattern[str], path: Path) -> dt.date | None:
    """The day in a file's name, the first group of a pattern; None without one, or for no real day."""
    found = pattern.search(path.stem)
    try:
        return dt.date.fromisoformat(found[1]) if found else None
    except ValueError:
        return None


def copies_of(path: Path) -> list[Path]:
    """The copies that `back_up` made of a file, the oldest first."""
    beside = sorted(path.parent.glob(f"{glob.escape(path.stem)} (*{glob.escape(path.suffix)}"))
    return [one for one in beside if is_copy(one) and _COPY.sub("", one.stem) == path.stem]


def copies_left(folder: Path) -> list[Path]:
    """The copies in a folder of files that are not there any more."""
    copies = (one for one in sorted(folder.iterdir()) if is_copy(one) and one.suffix.lower() in _BOOKS)
    return [one for one in copies if not one.with_name(_COPY.sub("", one.stem) + one.suffix).exists()]


def replace_file(
    path: Path,
    write: Callable[[BinaryIO], None],
    *,
    backup: bool,
    now: dt.datetime | None = None,
    origin: Origin | None = None,
) -> Path | None:
    """Write a file, or replace it: the old one whole or the new one whole, whatever happens.

    Args:
        path: the file; a link is followed.
        write: writes the contents into an open file.
        backup: first copy an existing file to a dated name.
        now: the moment for that name; None for the computer's.
        origin: what the file must still be; looked at when nobody of ours can replace it any more.

    Returns:
        The path of the backup, if one was made.

    Raises:
        WorkbookInUse: it is open in a program, read-only, cannot be written, or is not what it was.
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
    remove_leftovers(real.parent, ".klantwaarde-*.tmp")
    try:
        with _written(real.parent, write, like=real) as whole, alone_in(real.parent):
            return _put_in_place(whole, path, real, origin, now, backup=backup)
    except OSError as error:
        old = " Het oude bestand is er." if there else ""
        raise WorkbookInUse(
            f"Het werkboek kan niet worden geschreven: {refusal(error)}.{old}",
            where=str(path),
            remedy=_TOO_LONG_TO_COPY
            if error.errno == errno.ENAMETOOLONG
            else "Sluit het werkboek in andere programma's; controleer rechten en schijfruimte.",
        ) from error


def _put_in_place(
    whole: Path, path: Path, real: Path, origin: Origin | None, now: dt.datetime | None, *, backup: bool
) -> Path | None:
    """Let a whole file take the place of another, unless that is open or was saved since it was read."""
    refuse_if_open(path)
    state = _state(real)
    if origin is not None:
        origin.refuse_if_changed()
    kept = back_up(real, now or real_moment()) if backup and state else None
    try:
        if origin is not None and _state(real) != state:
            raise origin.changed()
        _rename(whole, real)
    except BaseException:
        if kept is not None:
            kept.unlink(missing_ok=True)
        raise
    _sync_folder(real.parent)
    return kept


def _state(path: Path) -> tuple[int, ...] | None:
    """What changes when a file is saved, in its place or by another in its place; None without a file."""
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns


@contextlib.contextmanager
def _written(folder: Path, write: Callable[[BinaryIO], None], *, like: Path) -> Iterator[Path]:
    """A file beside the one that it is for, whole and on disk; it goes when it was not moved away.

    Till it is whole only its owner can read it; then it is as readable as the file that it is like.
    """
    handle, name = tempfile.mkstemp(prefix=begins(".klantwaarde"), suffix=".tmp", dir=folder)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            write(file)
            file.flush()
            os.fsync(file.fileno())
        if like.exists():
            _give_rights(like, temporary)
        else:
            temporary.chmod(0o666 & ~_umask())
        yield temporary
    finally:
        temporary.unlink(missing_ok=True)


def _give_rights(path: Path, temporary: Path) -> None:
    """Give a file the owner, group, lists of rights, tags and mode of another, where the system lets us."""
    found = path.stat()
    if hasattr(os, "chown"):
        for owner in (found.st_uid, -1):  # who may not give it away may still give it to the group
            with contextlib.suppress(OSError):
                os.chown(temporary, owner, found.st_gid)
                break
    if hasattr(os, "listxattr"):
        with contextlib.suppress(OSError):
            for name in os.listxattr(path):
                with contextlib.suppress(OSError):
                    os.setxattr(temporary, name, os.getxattr(path, name))
    shutil.copymode(path, temporary)


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
