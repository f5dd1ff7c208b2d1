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
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import klantwaarde_xl
from klantwaarde_xl.data.reading.layout.across import terms_of
from klantwaarde_xl.data.reading.naming.headers import needed_of, wanted_of
from klantwaarde_xl.data.reading.questions.missing import no_header
from klantwaarde_xl.data.reading.sources.cell_columns import Beside
from klantwaarde_xl.data.reading.sources.parts import listed, sheet_options
from klantwaarde_xl.data.reading.sources.source import Source, is_old_form
from klantwaarde_xl.data.reading.sources.text import RawText
from klantwaarde_xl.data.reading.workbooks.sheets import READY
from klantwaarde_xl.data.tables import Kind, Table
from klantwaarde_xl.dutch import format_count
from klantwaarde_xl.errors import Ambiguous, FileUnreadable, KlantwaardeError, UsageError

CHILD = "klantwaarde_xl.data.reading.workbooks.child"


def from_workbook(
    path: Path,
    folder: Path,
    table: Table,
    named: Mapping[str, str] | None,
    sheets: Sequence[str] = (),
) -> RawText:
    """Read the sheet with the table's header as marked text; several with one shape together.

    folder: for the text; sheets: which ones, where the user says so. Raises `FileUnreadable` when the file
    cannot be read, `ColumnsMissing` when no sheet has the columns, `Ambiguous` when it has to be said which
    sheet is meant, and `UsageError` for a sheet that is not there.
    """
    answer = _ask(
        {
            "path": str(path.resolve()),
            "folder": str(folder),
            "wanted": wanted_of(table, named),
            "needed": needed_of(table, named),
            "sheets": list(sheets),
            "across": [table.across, terms_of(table)],
            "by_name": table.by_name,
            "of_orders": table.of_orders,
            "amount": table.amount.name if table.amount else "",
            "money": [column.name for column in table.read if column.kind is Kind.AMOUNT],
            "days": [column.name for column in table.read if column.kind in (Kind.DATE, Kind.MONTH)],
            "filled": [c.name for c in table.read if c.kind not in (Kind.AMOUNT, Kind.NUMBER)],
        },
        path,
    )
    if "parts" not in answer:
        raise _unread(answer, path, table, named)
    filled = answer["filled"]
    note = (
        f"{format_count(filled, 'cel is', 'cellen zijn')} deel van een samengevoegde cel: haar waarde geldt"
        if filled
        else ""
    )
    notes = (note,) if note else ()
    parts = [
        RawText(
            Path(text),
            ",",
            Source(path, name),
            row,
            notes,
            heading=lines,
            above=tuple(above),
            marked={mark: tuple(rows) for mark, rows in marked.items()},
            titles=tuple(titles),
            typed=Beside.from_told(Path(text), typed),
        )
        for name, text, row, lines, above, marked, titles, typed in answer["parts"]
    ]
    if len(parts) == 1:
        return parts[0]
    source = Source(path, parts=tuple(part.source for part in parts))
    return replace(parts[0], source=source, below=tuple(parts[1:]), chosen=bool(sheets))


def _unread(
    answer: Mapping[str, Any], path: Path, table: Table, named: Mapping[str, str] | None
) -> KlantwaardeError:
    """The error for a workbook of which nothing was read, in words."""
    if "absent" in answer:
        return UsageError(
            f"Er is geen blad {answer['absent']!r} in {path}.",
            remedy=f"Kies uit: {', '.join(map(repr, answer['sheets']))}.",
        )
    if "formula" in answer:
        sheet, cell, header = answer["formula"]
        return FileUnreadable(
            f"In kolom {header.strip()!r} staan formules, en hun uitkomsten staan niet in het bestand.",
            where=f"{path}, blad {sheet}, cel {cell}",
            remedy="Open het in Excel of LibreOffice Calc, bewaar het daar en probeer het nog eens: dan "
            "staan de uitkomsten erin.",
        )
    if "why" in answer:
        return _which_sheet(answer, path)
    if "heads" in answer:
        return no_header(answer["heads"], table, str(path), named, answer["sheets"])
    if is_old_form(path):
        return FileUnreadable(
            "Dit werkboek is beveiligd met een wachtwoord, of beschadigd.",
            where=str(path),
            remedy="Open het in Excel of LibreOffice en bewaar het zonder wachtwoord als .xlsx.",
        )
    return FileUnreadable(
        "Dit werkboek is niet te lezen.",
        where=str(path),
        remedy="Open het in Excel of LibreOffice, bewaar het opnieuw als .xlsx en probeer het nog eens.",
    )


_WHY = {
    "vorm": "Ze hebben niet dezelfde koppen",
    "kopie": "De naam van een ervan zegt dat het een kopie of een samenvatting is",
    "verborgen": "Wie het werkboek opent, ziet ze niet allemaal",
}


def _which_sheet(answer: Mapping[str, Any], path: Path) -> Ambiguous:
    names = [name for name, _, _ in answer["sheets"]]
    counted = [
        (f"{'het verborgen ' if hidden else ''}{name}", count) for name, count, hidden in answer["sheets"]
    ]
    why = _WHY[answer["why"]]
    alike = answer["together"] if answer["why"] == "vorm" else names
    together = f" Samen lezen kan ook: {sheet_options(alike)}." if alike else ""
    return Ambiguous(
        f"Meer dan één blad heeft de kolommen: {listed(counted)}. {why}, dus samen lezen kan niet zomaar.",
        where=str(path),
        remedy=f"Zeg welk blad het is: {' of '.join(sheet_options([name]) for name in names)}.{together}",
    )


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
