"""Reading a workbook that others made, in a process of its own.

The reader is fast native code; a hostile file (a cell in the last corner of the sheet) makes it
ask for more memory than there is and takes its process down. So that process is not ours. It is
started by name (`reading.child`), never by copying ours, so that any script may read.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import klantwaarde_xl
from klantwaarde_xl.data.reading.headers import columns_missing, needed_of, wanted_of
from klantwaarde_xl.data.reading.source import Source
from klantwaarde_xl.data.reading.text import RawText
from klantwaarde_xl.data.tables import Table
from klantwaarde_xl.errors import FileUnreadable

CHILD = "klantwaarde_xl.data.reading.child"
READY = "klaar om te lezen"  # what the child says once it runs: a death after it is the workbook's doing


def from_workbook(path: Path, folder: Path, table: Table, named: Mapping[str, str] | None) -> RawText:
    """Read the sheet with the table's header, and of several the longest, as marked text.

    folder: for the text. Raises `FileUnreadable` when the file cannot be read, `ColumnsMissing` when no
    sheet has the columns.
    """
    answer = _ask(
        {
            "path": str(path.resolve()),
            "text": str(folder / "cellen.csv"),
            "wanted": wanted_of(table, named),
            "needed": needed_of(table, named),
        },
        path,
    )
    if "sheet" not in answer:
        if "headers" in answer:
            raise columns_missing(answer["headers"], table, str(path), named)
        raise FileUnreadable(
            "Dit werkboek is niet te lezen.",
            where=str(path),
            remedy="Open het in Excel of LibreOffice, bewaar het opnieuw als .xlsx en probeer het nog eens.",
        )
    others = ", ".join(map(repr, answer["others"]))
    note = f"blad {others} heeft ook deze kolommen en is niet gelezen" if others else ""
    source = Source(path, answer["sheet"])
    return RawText(folder / "cellen.csv", ",", source, answer["row"], (note,) if note else ())


def _ask(request: Mapping[str, Any], path: Path) -> dict[str, Any]:
    """Let a fresh process answer a request; raises `FileUnreadable` when it dies."""
    # -P: the folder one happens to stand in holds no modules of ours
    command = [sys.executable or "python", "-P", "-m", CHILD]
    try:
        done = subprocess.run(  # noqa: S603  (our own module, and the request on its input)
            command,
            input=json.dumps(request),
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            env={**os.environ, "PYTHONPATH": _modules()},
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            check=False,
        )
    except OSError as error:
        raise _not_started(path, str(error)) from error
    ready, _, answer = done.stdout.partition("\n")
    if ready.strip() != READY:
        raise _not_started(path, (done.stderr.strip().splitlines() or ["geen melding"])[-1])
    try:
        found: dict[str, Any] = json.loads(answer)
    except ValueError:
        raise FileUnreadable(
            "Dit werkboek is te groot of beschadigd om te lezen.",
            where=str(path),
            remedy="Bewaar alleen de rijen met gegevens in een nieuw werkboek, of als CSV.",
        ) from None
    return found


def _modules() -> str:
    """Where our process finds its modules, and ours whatever happens: so does the child."""
    ours = str(Path(klantwaarde_xl.__file__).resolve().parents[1])
    return os.pathsep.join([*filter(None, sys.path), ours])


def _not_started(path: Path, reason: str) -> FileUnreadable:
    return FileUnreadable(
        f"Het programma dat werkboeken leest, is niet te starten: {reason}.",
        where=f"{path}, met {sys.executable or 'een Python zonder naam'}",
        remedy="Bewaar de gegevens als CSV en lees dat bestand, of installeer Klantwaarde XL opnieuw.",
    )
