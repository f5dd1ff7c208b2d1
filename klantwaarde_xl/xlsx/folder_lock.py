"""One at a time: who replaces a workbook in a folder keeps others of our own out until it is done.

The system lets go of the lock when the process ends, however it ends. Spreadsheet programs do not know of it.
"""

from __future__ import annotations

import contextlib
import os
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from klantwaarde_xl.errors import WorkbookInUse

PATIENCE = 30.0  # seconds; replacing a workbook and copying the old one takes a few
_PAUSE = 0.05
_NAME = ".klantwaarde.lock"  # on Windows, where a folder cannot be locked


@contextlib.contextmanager
def alone_in(folder: Path) -> Iterator[None]:
    """Wait until no other process of ours replaces a workbook in a folder, and keep others out.

    Raises WorkbookInUse when that takes too long. A file system that knows no locks lets everybody in.
    """
    busy = WorkbookInUse(
        "Een andere opdracht is een werkboek in deze map aan het bewaren. Er is niets geschreven.",
        where=str(folder),
        remedy="Wacht tot die klaar is en voer de opdracht opnieuw uit.",
    )
    with alone_with(folder, busy, patience=PATIENCE):
        yield


@contextlib.contextmanager
def alone_with(path: Path, busy: WorkbookInUse, *, patience: float = 0) -> Iterator[None]:
    """Keep other processes of ours from a folder, or from a file that is there, as long as this goes on.

    Raises busy when another has it and keeps it for longer than patience, in seconds.
    """
    until = time.monotonic() + patience
    take = _take_on_windows if sys.platform == "win32" else _take
    while (handle := take(path)) is None:
        if time.monotonic() >= until:
            raise busy
        time.sleep(_PAUSE)
    try:
        yield
    finally:
        handle()


def _take(path: Path) -> Callable[[], None] | None:
    """Lock a folder or a file; returns what lets it go, None when another has it."""
    import fcntl

    try:
        handle = os.open(path, os.O_RDONLY)
    except OSError:
        return _nothing
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(handle)
        return None
    except OSError:  # some network folders
        os.close(handle)
        return _nothing
    return lambda: os.close(handle)


def _take_on_windows(path: Path) -> Callable[[], None] | None:
    """A file that is there as long as it is open; None when another has it."""
    lock = path / _NAME if path.is_dir() else path.with_name(f"{path.name}.lock")
    flags = os.O_CREAT | os.O_EXCL | os.O_RDWR | getattr(os, "O_TEMPORARY", 0)
    try:
        handle = os.open(lock, flags)
    except (FileExistsError, PermissionError):
        return None if lock.exists() else _nothing
    except OSError:
        return _nothing
    return lambda: os.close(handle)


def _nothing() -> None:
    return None
