"""What the user names, to text: a file, a folder, or a pattern of files with one shape."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from klantwaarde_xl.data.reading.layout.across import as_rows
from klantwaarde_xl.data.reading.layout.customer_lines import with_customers
from klantwaarde_xl.data.reading.layout.header_of_text import header_of
from klantwaarde_xl.data.reading.layout.header_row import Header
from klantwaarde_xl.data.reading.layout.other_order import order_of
from klantwaarde_xl.data.reading.layout.part_as_column import named_part, with_part, without_part
from klantwaarde_xl.data.reading.layout.side_by_side import beside
from klantwaarde_xl.data.reading.layout.table_beside import without_tables_beside
from klantwaarde_xl.data.reading.sources.own_workbooks import is_own
from klantwaarde_xl.data.reading.sources.source import TEXT_NAMES, WORKBOOK_NAMES, Source, kind_of
from klantwaarde_xl.data.reading.sources.text import RawText, from_csv
from klantwaarde_xl.data.reading.workbooks.workbook import from_workbook
from klantwaarde_xl.data.tables import Table
from klantwaarde_xl.errors import ColumnsMissing, FileUnreadable, UsageError


def raw_text(
    path: Path,
    folder: Path,
    table: Table,
    named: Mapping[str, str] | None,
    sheets: Sequence[str] = (),
    year: int | None = None,
) -> RawText:
    """Bring a file to text in a folder; of a folder or a pattern (`export-*.csv`) all files, as one.

    sheets: which sheets of a workbook, year: of months without one, where the user says so. Raises as
    `files.read_table`, and `FileUnreadable` for files that are no parts of one table.
    """
    if not _is_several(path):
        return as_rows(_laid_out(path, folder, table, named, sheets), folder, table, named, year)
    files, passed_over = _files(path)
    _refuse_copies(path, files)
    raws, headers, others = list[RawText](), list[Header](), dict[Path, ColumnsMissing]()
    for number, file in enumerate(files):
        own = folder / str(number)
        own.mkdir()
        try:
            raw = as_rows(_laid_out(file, own, table, named, sheets), own, table, named, year)
            headers.append(header_of(raw, table, named))
            raws.append(raw)
        except ColumnsMissing as error:
            others[file] = error
    _refuse_others(path, others, raws)
    return _together(path, raws, headers, passed_over)


def _refuse_others(path: Path, others: Mapping[Path, ColumnsMissing], raws: Sequence[RawText]) -> None:
    """Refuse files without the columns that others beside them have; of none with them the first error."""
    if not others:
        return
    file, error = next(iter(others.items()))
    if not raws:
        raise error
    names = ", ".join(other.name for other in others)
    raise FileUnreadable(
        f"{names}: zonder de kolommen die {raws[0].source.name} wel heeft.",
        where=str(path),
        remedy="Haal dat uit de map, of zeg met een patroon welke bestanden het zijn, zoals "
        f'"{path if path.is_dir() else path.parent}/{raws[0].source.name[:1]}*{file.suffix}".',
    ) from error


def _laid_out(
    path: Path, folder: Path, table: Table, named: Mapping[str, str] | None, sheets: Sequence[str]
) -> RawText:
    """A file as text with a column for each thing, and tables below one another."""
    if named is not None and named_part(named, table):
        whole = _laid_out(path, folder, *without_part(named, table), sheets)
        return with_part(whole, folder, table, named)
    raw = with_customers(_one(path, folder, table, named, sheets), folder, table, named)
    return without_tables_beside(beside(raw, folder, table, named), folder, table, named)


def _one(
    path: Path, folder: Path, table: Table, named: Mapping[str, str] | None, sheets: Sequence[str]
) -> RawText:
    if kind_of(path) == "workbook":
        return from_workbook(path, folder, table, named, sheets)
    if sheets:
        raise UsageError(
            f"Een blad kiezen kan niet bij {path.name}: dat is tekst, en heeft geen bladen.",
            remedy="Laat --blad weg, of noem het werkboek.",
        )
    return from_csv(path, folder)


def _is_several(path: Path) -> bool:
    return path.is_dir() or (not path.exists() and any(sign in path.name for sign in "*?["))


def _files(path: Path) -> tuple[list[Path], list[str]]:
    """The files of a folder or a pattern by name, and what else stands in the folder."""
    if not path.is_dir():
        found = [file for file in sorted(path.parent.glob(path.name)) if _is_open_to_us(file)]
        found = [file for file in found if not is_own(file)] or found
        if not found:
            raise FileUnreadable(
                "Er is geen bestand met een naam van deze vorm.",
                where=str(path),
                remedy="Controleer de map en de naam; * staat voor wat verschilt.",
            )
        return found, []
    there = [file for file in sorted(path.iterdir()) if _is_open_to_us(file)]
    files = [file for file in there if file.suffix.lower() in (*TEXT_NAMES, *WORKBOOK_NAMES)]
    files = [file for file in files if not is_own(file)] or files
    if not files:
        raise FileUnreadable(
            "In deze map staat geen bestand met gegevens.",
            where=str(path),
            remedy=f"Zet er bestanden in die eindigen op {', '.join((*TEXT_NAMES, *WORKBOOK_NAMES))}.",
        )
    return files, [file.name for file in there if file not in files]


def _is_open_to_us(file: Path) -> bool:
    """Whether it is a file of the user: programs keep their own beside it, such as `~$orders.xlsx`."""
    return file.is_file() and file.name[0] not in ".~"


def _refuse_copies(path: Path, files: Sequence[Path]) -> None:
    """Two files of the same content are one and its copy; together every order would count twice."""
    seen: dict[str, Path] = {}
    for file in files:
        with file.open("rb") as content:
            same = seen.setdefault(hashlib.file_digest(content, "sha256").hexdigest(), file)
        if same != file:
            raise FileUnreadable(
                f"{same.name} en {file.name} hebben dezelfde inhoud; samen gelezen telt alles dubbel.",
                where=str(path),
                remedy="Haal een van de twee weg, of noem het bestand dat u bedoelt.",
            )


def _together(
    path: Path, raws: Sequence[RawText], headers: Sequence[Header], passed_over: Sequence[str]
) -> RawText:
    """Texts with headers of one shape as one text; raises `FileUnreadable` for another shape."""
    orders: list[tuple[int, ...]] = []
    for raw, header in zip(raws, headers, strict=True):
        same = header.shape == headers[0].shape and dict(header.places) == dict(headers[0].places)
        order = () if same else order_of(headers[0].texts, header.texts)
        orders.append(order or ())
        if order is None:
            raise FileUnreadable(
                f"{raws[0].source.name} en {raw.source.name} hebben niet dezelfde koppen: "
                f"{', '.join(headers[0].texts)} en {', '.join(header.texts)}.",
                where=str(path),
                remedy="Zet bestanden van één vorm bij elkaar, of lees er één.",
            )
    parts = [
        replace(one, heading=one.heading or header.at + 1, below=(), order=order)
        for raw, header, order in zip(raws, headers, orders, strict=True)
        for one in (raw, *raw.below)
    ]
    note = f"niet gelezen in deze map: {', '.join(passed_over)}"
    moved = [raw.source.name for raw, order in zip(raws, orders, strict=True) if order]
    other = f"met de kolommen in een andere volgorde, gelezen naar hun kop: {', '.join(moved)}"
    notes = dict.fromkeys(
        [
            *(note for raw in raws for note in raw.notes),
            *([note] if passed_over else []),
            *([other] if moved else []),
        ]
    )
    sources = [source for raw in raws for source in (raw.source.parts or (raw.source,))]
    return replace(
        parts[0],
        source=Source(path, parts=tuple(sources)),
        notes=tuple(notes),
        below=tuple(parts[1:]),
        chosen=all(raw.chosen for raw in raws),
    )
