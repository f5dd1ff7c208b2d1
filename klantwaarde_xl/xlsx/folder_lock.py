"""One at a time in a folder: who replaces a workbook keeps others of our own out until it is done.

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
    until = time.monotonic() + PATIENCE
    take = _take_on_windows if sys.platform == "win32" else _take
    while (handle := take(folder)) is None:
        if time.monotonic() > until:
            raise WorkbookInUse(
                "Een andere opdracht is een werkboek in deze map aan het bewaren. Er is niets geschreven.",
                where=str(folder),
                remedy="Wacht tot die klaar is en voer de opdracht opnieuw uit.",
            )
        time.sleep(_PAUSE)
    try:
        yield
    finally:
        handle()


def _take(folder: Path) -> Callable[[], None] | None:
    """Lock a folder; returns what lets it go, None when another has it."""
    import fcntl

    try:
        handle = os.open(folder, os.O_RDONLY)
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


def _take_on_windows(folder: Path) -> Callable[[], None] | None:
    """A file that is there as long as it is open; None when another has it."""
    flags = os.O_CREAT | os.O_EXCL | os.O_RDWR | getattr(os, "O_TEMPORARY", 0)
    try:
        handle = os.open(folder / _NAME, flags)
    except (FileExistsError, PermissionError):
        return None if (folder / _NAME).exists() else _nothing
    except OSError:
        return _nothing
    return lambda: os.close(handle)


def _nothing() -> None:
    return None
