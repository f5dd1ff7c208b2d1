"""The log of refreshes that nobody watches: when, which workbook, what was done in counts, the exit code.

It holds no customer, amount or line of the data: of an error its kind, never its text. Only its owner can
read it.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from klantwaarde_xl import clock
from klantwaarde_xl.data.reading.files import Checked
from klantwaarde_xl.dutch import format_count, format_rows
from klantwaarde_xl.errors import KlantwaardeError, UsageError, refusal
from klantwaarde_xl.plan.report import Report

MOST = 500_000  # bytes, some thousands of lines; then it goes on afresh and one older part is kept
_OLDER = ".1"
_OWNER_ONLY = 0o600
# By the name of the error's class, or of one that it is a kind of
_KINDS = {
    "FileUnreadable": "een gegevensbestand is er niet of is niet te lezen",
    "ColumnsMissing": "in de gegevens ontbreken kolommen",
    "Ambiguous": "de gegevens zijn op twee manieren te lezen",
    "RowsRefused": "rijen van de gegevens zijn niet te lezen",
    "WorkbookInUse": "het werkboek is open of mag niet worden geschreven",
    "WorkbookFull": "de rijen passen niet in het werkboek",
    "WorkbookChanged": "in het werkboek ontbreekt iets",
    "WorkbookUnsafe": "het werkboek is kapot of beveiligd",
    "UsageError": "de opdracht klopt niet",
}


class Logbook:
    """Lines behind each other in a file; without a file, nothing."""

    def __init__(self, path: Path | None) -> None:
        """Begin or go on with a file; raises `UsageError` for one that cannot be written."""
        self._path = path
        if path is None:
            return
        try:
            self._write("")
        except OSError as error:
            raise UsageError(
                f"Het logboek kan niet worden geschreven: {refusal(error)}.",
                where=str(path),
                remedy="Noem achter --logboek een bestand in een map die er is en waarin u mag schrijven.",
            ) from error

    def note(self, subject: str, done: str, code: int) -> None:
        """Add a line: the moment, the name of a workbook or folder, what was done, the exit code."""
        if self._path is None:
            return
        moment = clock.now().astimezone().isoformat(timespec="seconds")
        name = "".join(sign if sign.isprintable() else "?" for sign in subject)
        self._write(f"{moment} | {name} | {done} | {code}\n")

    def _write(self, line: str) -> None:
        assert self._path is not None
        if self._path.is_file() and self._path.stat().st_size + len(line) > MOST:
            self._path.replace(self._path.with_name(self._path.name + _OLDER))
        handle = os.open(self._path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, _OWNER_ONLY)
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            self._path.chmod(_OWNER_ONLY)  # also one that was there
            file.write(line)


def in_counts(tables: Mapping[str, Checked], report: Report) -> str:
    """What a refresh did, without a word of the data."""
    read = [f"{name} {format_rows(checked.count())}" for name, checked in tables.items()]
    said = [
        f"gelezen: {', '.join(read) or 'eigen tabellen'}",
        f"{format_count(len(report.rows), 'tabel', 'tabellen')} geschreven",
        f"{format_count(len(report.notices) + len(report.cleared), 'melding', 'meldingen')}",
        f"{format_count(len(report.kept), 'eigen waarde', 'eigen waarden')} naar Vervallen rijen",
    ]
    return "ververst; " + "; ".join(said)


def kind_of_error(error: KlantwaardeError) -> str:
    """What kind of error it is, without what it says."""
    kinds = (_KINDS.get(kind.__name__) for kind in type(error).__mro__)
    return "geweigerd: " + next(filter(None, kinds), "er ging iets mis")
