"""What the last refresh of a folder saw: digests of each workbook and of its data, in a file in the folder.

It says which workbooks have nothing to do, and keeps a second refresh out. It holds names and digests; when
it is gone or cannot be read, everything is refreshed once more.
"""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Iterator
from pathlib import Path

from klantwaarde_xl.errors import WorkbookInUse, refusal
from klantwaarde_xl.xlsx.folder_lock import alone_with

NAME = ".klantwaarde-ververs.json"


class FolderState:
    """By the name of a workbook the digests with which it was refreshed."""

    def __init__(self, path: Path) -> None:
        self._path = path
        try:
            found = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            found = {}
        self._seen: dict[str, list[str]] = found if isinstance(found, dict) else {}

    def knows(self, workbook: str) -> bool:
        """Whether a workbook of this name was refreshed here before."""
        return workbook in self._seen

    def is_done(self, workbook: str, own: str, data: str) -> bool:
        """Whether nothing changed since a workbook was refreshed: itself, or what it is made from."""
        return self._seen.get(workbook) == [own, data]

    def done(self, workbook: str, own: str, data: str) -> None:
        """Say that a workbook was refreshed, and how it is now."""
        self._seen[workbook] = [own, data]
        with self._path.open("r+", encoding="utf-8", newline="\n") as file:  # in its place: it is locked
            json.dump(self._seen, file, ensure_ascii=False, indent=1)
            file.truncate()


@contextlib.contextmanager
def state_of(folder: Path) -> Iterator[FolderState]:
    """The state of a folder, as long as its refresh goes on.

    Raises `WorkbookInUse` when another command refreshes the folder, or nothing may be written there.
    """
    path = folder / NAME
    try:
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    except OSError as error:
        raise WorkbookInUse(
            f"In deze map kan niet worden geschreven: {refusal(error)}.",
            where=str(folder),
            remedy="Geef uzelf rechten op de map, of kies een andere.",
        ) from error
    busy = WorkbookInUse(
        "Een andere opdracht ververst deze map al. Er is niets geschreven.",
        where=str(folder),
        remedy="Wacht tot die klaar is, of stop hem: met --volg gaat hij door tot u hem stopt.",
    )
    with alone_with(path, busy):
        yield FolderState(path)
