"""`klantwaarde ververs MAP --volg`: look at a folder until told to stop, and refresh what is not up to date.

A workbook that is open waits until it is closed. One that was refused is tried again when one of its files
changes, and else after ever longer pauses.
"""

from __future__ import annotations

import contextlib
import signal
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from types import FrameType
from typing import TYPE_CHECKING

from klantwaarde_xl.xlsx.saving import refuse_if_open

if TYPE_CHECKING:
    from klantwaarde_xl.cli.refresh_folder import Folder, Work

EVERY = 10.0  # seconds between two looks
_LONGEST = 360  # looks without a try for what was refused: an hour
_SIGNALS = ("SIGINT", "SIGTERM", "SIGBREAK")  # the last is of Windows


@dataclass
class _Tried:
    """A workbook that was refused: with which files, and for how many looks it is let be."""

    own: str
    data: str
    pause: int = 1
    left: int = 1


def follow(folder: Folder) -> int:
    """Refresh until a signal says to stop; what is under way is finished. Returns as `Folder.code`."""
    with _until_told() as stop:
        folder.pause = lambda seconds: _wait(stop, seconds)
        folder.log.note(folder.path.resolve().name, "volgen begonnen", 0)
        folder.say(f"Ik volg {folder.path}; stoppen met Ctrl+C.", False)
        rounds(folder, stop)
    folder.log.note(folder.path.resolve().name, "volgen gestopt", folder.code())
    folder.say(f"Gestopt. {folder.in_sum()}", False)
    return folder.code()


def rounds(folder: Folder, stop: threading.Event) -> None:
    """Look and refresh, again and again."""
    tried: dict[str, _Tried] = {}
    while not stop.is_set():
        for work in folder.work():
            if _is_due(folder, work, tried) and not folder.moving([work]) and not stop.is_set():
                folder.run([work])
                name = work.book.name
                if folder.codes.get(name):
                    before = tried.get(name)
                    again = before is not None and (before.own, before.data) == (work.own, work.data)
                    pause = min(2 * before.pause, _LONGEST) if before is not None and again else 1
                    tried[name] = _Tried(work.own, work.data, pause, pause)
                else:
                    tried.pop(name, None)
        _wait(stop, EVERY)


def _is_due(folder: Folder, work: Work, tried: dict[str, _Tried]) -> bool:
    """Whether to try a workbook now: closed, and not refused just now with the very same files."""
    try:
        refuse_if_open(work.book)
    except Exception as error:
        folder.refused(work.book.name, error)
        return False
    last = tried.get(work.book.name)
    if last is None or (last.own, last.data) != (work.own, work.data):
        return True
    last.left -= 1
    return last.left < 0


def _wait(stop: threading.Event, seconds: float) -> None:
    stop.wait(seconds)


@contextlib.contextmanager
def _until_told() -> Iterator[threading.Event]:
    """An event that Ctrl+C or the end of the system sets; a second time ends at once."""
    stop = threading.Event()

    def told(number: int, frame: FrameType | None) -> None:
        if stop.is_set():
            raise KeyboardInterrupt
        stop.set()

    there = [getattr(signal, name) for name in _SIGNALS if hasattr(signal, name)]
    before = {one: signal.signal(one, told) for one in there}
    try:
        yield stop
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)
