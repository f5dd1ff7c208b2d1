"""Any source to one shape: a UTF-8 CSV of plain text, whose typed cells are marked.

CSV and XLSX go through the same reading of dates and amounts; what a workbook knows for certain
(this is a number, this is a date) must not become doubtful on the way. So a typed number is
written as `MARK` plus its digits, and a typed date in ISO form.
"""

from __future__ import annotations

import codecs
import csv
import datetime as dt
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from klantwaarde_xl.data.reading.source import Source
from klantwaarde_xl.errors import CellError, FileUnreadable, error_of

MARK = "\x02"
_CHUNK = 1 << 20


@dataclass(frozen=True)
class RawText:
    """A CSV on disk, ready for the engine: how to read it, and where it came from."""

    path: Path
    delimiter: str
    source: Source
    first_row: int = 1
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class TextColumn:
    """A column of text in the engine's table raw, on its way to values.

    text: its name there; into: the table to make of it; name, source: of it in messages.
    """

    text: str
    into: str
    name: str
    source: Source

    def where(self, row: int) -> str:
        """A cell of it, in words."""
        return f"{self.source}, rij {row}, kolom {self.name}"


def sniff_delimiter(sample: str) -> str:
    """The delimiter that gives the most lines the same, largest number of fields."""

    def score(delimiter: str) -> tuple[float, int]:
        widths = [len(row) for row in csv.reader(io.StringIO(sample), delimiter=delimiter) if row]
        if not widths:
            return (0.0, 0)
        usual = max(set(widths), key=widths.count)
        return (widths.count(usual) / len(widths), usual) if usual > 1 else (0.0, 1)

    return max(";\t,|", key=score)


def detect_encoding(path: Path) -> str:
    """UTF-8 or UTF-16 by its mark, UTF-8 when every byte fits it, otherwise Windows-1252.

    Raises `FileUnreadable` for a file that holds no text.
    """
    with path.open("rb") as file:
        head = file.read(4)
        if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return "utf-16"
        decoder = codecs.getincrementaldecoder("utf-8")()
        file.seek(0)
        fits = True
        while chunk := file.read(_CHUNK):
            if b"\0" in chunk:
                raise FileUnreadable(
                    "Dit bestand is geen tekst.",
                    where=str(path),
                    remedy="Bewaar de gegevens als CSV of XLSX en probeer het opnieuw.",
                )
            try:
                decoder.decode(chunk)
            except UnicodeDecodeError:
                fits = False
                break
    return "utf-8-sig" if fits else "cp1252"


def from_csv(path: Path, folder: Path) -> RawText:
    """Bring a CSV file to UTF-8 (in folder) and find its delimiter.

    Raises `FileUnreadable` for text that no Western encoding explains.
    """
    encoding = detect_encoding(path)
    clean = folder / "bron.csv"
    try:
        with (
            path.open("r", encoding=encoding, newline="") as source,
            clean.open("w", encoding="utf-8", newline="") as target,
        ):
            sample = source.read(_CHUNK)
            delimiter = _delimiter(sample)
            source.seek(0)
            for line in source:
                # The engine passes over blank lines; a delimiter keeps them, and so the row numbers
                target.write(line.replace(MARK, "") if line.strip() else delimiter + line)
    except UnicodeDecodeError as error:
        raise FileUnreadable(
            "De tekens in dit bestand zijn niet te lezen.",
            where=f"{path}, byte {error.start}",
            remedy="Bewaar het bestand opnieuw als CSV UTF-8.",
        ) from error
    first_line = sample.partition("\n")[0].strip()
    if first_line.lower().startswith("sep=") and len(first_line) == 5:  # Excel's own hint
        return _without_hint(clean, first_line[4], Source(path))
    return RawText(clean, delimiter, Source(path))


def _delimiter(sample: str) -> str:
    lines = sample[: 1 << 16].splitlines()
    whole = lines[:-1] if len(lines) > 1 and len(sample) > 1 << 16 else lines
    return sniff_delimiter("\n".join(whole[:200]))


def _without_hint(clean: Path, delimiter: str, source: Source) -> RawText:
    body = clean.read_text(encoding="utf-8").partition("\n")[2]
    clean.write_text(body, encoding="utf-8", newline="")
    return RawText(clean, delimiter, source, first_row=2)


def cell_text(cell: Any) -> str:
    """A typed cell as marked text; an error value as its own text, a blank as nothing."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        return cell.replace(MARK, "")
    if isinstance(cell, CellError):
        return cell.text
    if isinstance(cell, bool):
        return "WAAR" if cell else "ONWAAR"
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat()
    if isinstance(cell, dt.date):
        return cell.isoformat()
    if isinstance(cell, (dt.time, dt.timedelta)):
        return str(cell)
    number = float(cell)
    if error := error_of(number):
        return error.text
    return f"{MARK}{int(number)}" if number.is_integer() and abs(number) < 1e15 else f"{MARK}{number!r}"


def from_cells(rows: Iterable[Sequence[Any]], folder: Path, source: Source, first_row: int = 1) -> RawText:
    """Write rows of typed cells as marked text."""
    path = folder / "cellen.csv"
    write_cells(rows, path)
    return RawText(path, ",", source, first_row)


def write_cells(rows: Iterable[Sequence[Any]], path: Path) -> None:
    """Write rows of typed cells as a CSV of marked text."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        # A row of one empty field would be an empty line, which a CSV reader skips
        writer.writerows([cell_text(cell) for cell in row] or [""] for row in rows)
