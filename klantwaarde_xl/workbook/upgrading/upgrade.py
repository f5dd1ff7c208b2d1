"""An older workbook of ours, brought to the present version of its template in its place.

The present sheets are made as for a new workbook and filled with the rows of the older tables; they take the
place of the older sheets, with what the user made on these; then the workbook is refreshed from its own
tables. So rows, notes and own columns come to their customers as at any refresh.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from pathlib import Path

import klantwaarde_xl
from klantwaarde_xl.addresses import address
from klantwaarde_xl.data.results import results
from klantwaarde_xl.data.tables import tables as input_tables
from klantwaarde_xl.errors import WorkbookChanged, WorkbookFull
from klantwaarde_xl.functions.plain import calls_ours
from klantwaarde_xl.plan.closed import read_contents
from klantwaarde_xl.plan.plan import Contents, header
from klantwaarde_xl.plan.report import Report
from klantwaarde_xl.workbook.build import skeleton
from klantwaarde_xl.workbook.content import begun_rows, entries_of, inputs_of, main_table, needs
from klantwaarde_xl.workbook.copies import days_kept, expire
from klantwaarde_xl.workbook.currency import in_euros, shown_in
from klantwaarde_xl.workbook.named_functions import name_functions
from klantwaarde_xl.workbook.recognise import ID, VERSION, refuse_without_rows, template_of, version_of
from klantwaarde_xl.workbook.refresh import refresh_package, show_values
from klantwaarde_xl.workbook.rows_told import took_in
from klantwaarde_xl.workbook.templates import Template, template, template_ids
from klantwaarde_xl.workbook.too_many import PART_OF_INPUT
from klantwaarde_xl.workbook.upgrading.older import older
from klantwaarde_xl.workbook.upgrading.ours import sheets_of_template
from klantwaarde_xl.workbook.upgrading.typed_cells import settings_gone, typed_cells
from klantwaarde_xl.xlsx.added_sheet import STRICT
from klantwaarde_xl.xlsx.moving.left_behind import Ours
from klantwaarde_xl.xlsx.moving.places import Spot, contents_of, is_number, plain
from klantwaarde_xl.xlsx.moving.replace import Replaced, TableMove, Wanted, replace_sheets
from klantwaarde_xl.xlsx.package import NewBody, Package
from klantwaarde_xl.xlsx.parts import sheet_named_in
from klantwaarde_xl.xlsx.saving import refuse_if_open

_PROGRAM = "klantwaarde_programma"


@dataclass(frozen=True)
class Upgraded:
    """What became of a workbook: its template, from which version it came, what was carried and what not.

    rows: of the user's own tables, by title; settings: how many typed cells were carried; gone: settings that
    are no more, with what was typed; named: by name that a sheet of the template had what it is called now,
    where that differs; report: of the refresh at the end, None for a workbook that has none.
    """

    template: Template
    version: int
    done: Replaced
    rows: dict[str, int]
    settings: int
    gone: list[tuple[str, str]]
    added: list[str]
    named: dict[str, str]
    report: Report | None
    backup: Path | None
    days: int = 0
    expired: int = 0


def upgrade_file(path: Path, *, now: dt.datetime) -> Upgraded | None:
    """Bring a closed workbook to the present version of its template; None for one that has it already.

    A dated copy of the old file stays beside it. Raises `WorkbookChanged` for a workbook that is not ours or
    lacks a part, `WorkbookFull` for one that holds a part of its rows only, and as `refresh_file`; the file
    is then as it was.
    """
    path = Path(path)
    refuse_if_open(path)
    package = Package.open(path)
    upgraded = upgrade_package(package, now=now)
    if upgraded is None:
        return None
    kept = package.save(path, backup=True, now=now)
    days = days_kept(package)
    return replace(upgraded, backup=kept, days=days, expired=expire(path, days, now.date()))


def upgrade_package(package: Package, *, now: dt.datetime) -> Upgraded | None:
    """As `upgrade_file`, of a workbook in memory."""
    contents = read_contents(package)
    found = _template(contents)
    version = version_of(contents, found)
    found = replace(found, calls_functions=_calls_functions(package, found.id))
    if found.refreshes:
        refuse_without_rows(contents, found)
    if version >= found.version:
        return None
    _refuse_part(contents, found)
    _refuse_strict(package)
    continued = [one.table for one in results().values() if one.continues]
    under = package.take_in([*(input_tables()[name].sheet_table for name in needs(found)), *continued])
    said = tuple(took_in(under, read_contents(package)))
    fresh, moves = _filled(package, found, now)
    sheets = sheets_of_template(package, fresh, found, version)
    _refuse_same_names(package, fresh, sheets)
    cells = {old: new for old, new in typed_cells(package, found).items() if old[0] in sheets}
    gone = settings_gone(package, found)
    wanted = Wanted(
        sheets, _ours(package, fresh, found, sheets), moves, cells, _names_gone(package, fresh, sheets)
    )
    typed = sum(_holds(package, spot) for spot in cells)
    rows = {
        input_tables()[name].title: len(package.read_table(input_tables()[name].sheet_table).rows)
        for name in needs(found)
        if package.structure.table(input_tables()[name].sheet_table) is not None
    }
    added = [name for name in fresh.sheet_names() if name not in sheets.values()]
    done = replace_sheets(package, fresh, wanted)
    values = {ID: found.id, VERSION: str(found.version)}
    package.set_properties(ID, values)
    package.set_properties(_PROGRAM, {_PROGRAM: klantwaarde_xl.__version__})
    if found.names_functions or _has_functions(package):
        name_functions(package)
    report = None
    if found.refreshes:
        _, report = refresh_package(package, now=now)
        report = replace(report, notices=(*said, *report.notices))
    else:
        show_values(package)
    named = {old: new for old, new in sheets.items() if old != new}
    return Upgraded(found, version, done, rows, typed, gone, added, named, report, None)


def _template(contents: Contents) -> Template:
    """The template of a workbook, also of one that is never refreshed."""
    said = contents.properties.get(ID, "")
    if said in template_ids() and not template(said).refreshes:
        return template(said)
    return template_of(contents)


def _calls_functions(package: Package, template: str) -> bool:
    """Whether cells that the template named call our functions because its user asked for that.

    The first versions did of themselves, for want of anything else.
    """
    kept, formulas = older(template), package.formulas()
    cells = (
        (sheet, address(area.top, area.left))
        for name, (sheet, area, headers) in package.places().items()
        if not headers and _is_of_template(name)
    )
    found = ((sheet, cell, "=" + formulas.get(sheet, {}).get(cell, "")) for sheet, cell in cells)
    return any(calls_ours(text) and not kept.as_it_stands(text, sheet, cell) for sheet, cell, text in found)


def _refuse_part(contents: Contents, found: Template) -> None:
    """Refuse a workbook that holds a part of its rows: from these, figures would be of a part."""
    held = {name.casefold(): value for name, value in contents.names.items()}
    main = main_table(found)
    if main is not None and held.get(f"kw_{PART_OF_INPUT}"):
        raise WorkbookFull(
            f"Op het blad {input_tables()[main].sheet} staat een deel van de {main}; daaruit is het werkboek "
            "niet op te waarderen.",
            where=str(held[f"kw_{PART_OF_INPUT}"]),
            remedy=f"Maak een nieuw: klantwaarde nieuw {found.id} --gegevens BESTAND "
            f"(de vorige keer: {held.get('kw_bron') or 'onbekend'}).",
        )


def _refuse_strict(package: Package) -> None:
    if STRICT.encode() in package.structure.archive.read(package.structure.workbook_part):
        raise WorkbookChanged(
            "Dit werkboek is opgeslagen als Strict Open XML; zo is het niet op te waarderen.",
            remedy="Sla het in Excel op als gewone Excel-werkmap (.xlsx), en probeer het opnieuw.",
        )


def _refuse_same_names(package: Package, fresh: Package, sheets: dict[str, str]) -> None:
    """Refuse tables and names of the user's own that the present version has too."""
    new = {name.casefold() for name in fresh.places()}
    own = {name for name in package.sheet_names() if name not in sheets}
    taken = [
        name for name, (sheet, _, _) in package.places().items() if name.casefold() in new and sheet in own
    ]
    if taken:
        raise WorkbookChanged(
            "Uw eigen tabellen of namen heten zoals onderdelen van het nieuwe sjabloon.",
            where=", ".join(sorted(taken)),
            remedy="Geef ze in Excel een andere naam (Tabelontwerp, of Formules, Namen beheren).",
        )


# ── the present sheets, with the rows of the older ones ─────────────────────────────────────


def _filled(package: Package, found: Template, now: dt.datetime) -> tuple[Package, list[TableMove]]:
    """A new workbook whose tables hold the rows of the older ones, and how their columns go."""
    currency = shown_in(package.custom_properties())
    made = skeleton(found, now, date1904=bool(package.days_behind), currency=currency)
    fresh = Package.from_bytes(made)
    own = {input_tables()[name].sheet_table.casefold() for name in needs(found)}
    heads = fresh.table_heads()
    begun = {input_tables()[name].sheet_table: rows for name, rows in begun_rows(found).items()}
    bodies, moves = [], []
    for name, head in heads.items():
        if package.structure.table(name) is None:
            if name in begun:  # as in a new workbook: the user completes what stands there
                bodies.append(NewBody(name, tuple(range(len(head.headers))), [*map(list, begun[name])]))
            continue
        old = package.read_table(name)
        known = {header(text): at for at, text in enumerate(head.headers)}
        columns = {at: known[header(text)] for at, text in enumerate(old.headers) if header(text) in known}
        if name.casefold() in own:
            _refuse_other_headers(name, old.headers, head.headers, columns)
        rows = [[row[at] for at in columns] for row in old.rows]
        bodies.append(NewBody(name, tuple(columns.values()), rows))
        moves.append(TableMove(name, columns, typed=name.casefold() in own))
    fresh.edit(bodies)
    return fresh, moves


def _refuse_other_headers(
    name: str, old: tuple[str, ...], new: tuple[str, ...], columns: dict[int, int]
) -> None:
    """Refuse a table of which a column that is needed has the header of another program."""
    declared = next(one for one in input_tables().values() if one.sheet_table == name)
    needed = {column.name for column in declared.columns if column.required}
    lost = [text for at, text in enumerate(new) if text in needed and at not in columns.values()]
    if lost:
        others = [text for at, text in enumerate(old) if at not in columns]
        raise WorkbookChanged(
            f"In de tabel {name} heten kolommen anders dan in het sjabloon: {', '.join(lost)} ontbreekt.",
            where=f"kolommen die ik niet ken: {', '.join(others) or 'geen'}",
            remedy=f"Geef de kolommen de koppen {', '.join(new)} en probeer het opnieuw.",
        )


# ── what does not go along ──────────────────────────────────────────────────────────────────


def _ours(package: Package, fresh: Package, found: Template, sheets: dict[str, str]) -> Ours:
    """What on the template's sheets some version of it wrote, or a refresh filled in.

    sheets: by what its user calls a sheet what the template calls it.
    """
    kept = older(found.id)
    known = {
        plain(text)
        for name in fresh.sheet_names()
        for text in contents_of(fresh.structure, name).values()
        if not is_number(text)
    }
    filled, currency = _filled_cells(package, found), shown_in(package.custom_properties())

    def wrote(sheet: str, row: int, column: int, content: str) -> bool:
        is_filled = (sheet, row, column) in filled
        place = address(row, column)
        return is_filled or any(
            plain(one) in known or kept.wrote(one, sheets.get(sheet, sheet), place)
            for named in _with_own_names(content, sheets)
            for one in in_euros(named, currency)
        )

    return Ours(wrote, kept.drew)


def _with_own_names(content: str, sheets: dict[str, str]) -> set[str]:
    """A formula as it stood before its user gave sheets another name, with names in quotes and without."""
    with_quotes = without = content
    for old, new in sheets.items():
        if old != new:
            for said in (f"'{old}'!", f"{old}!"):
                with_quotes, without = (
                    with_quotes.replace(said, f"'{new}'!"),
                    without.replace(said, f"{new}!"),
                )
    return {content, with_quotes, without}


def _filled_cells(package: Package, found: Template) -> set[Spot]:
    """The cells that a refresh fills, also those that the present version does not have any more."""
    typed = {name.casefold() for name in (*inputs_of(found), *entries_of(found))}
    return {
        (sheet, area.top, area.left)
        for name, (sheet, area, headers) in package.places().items()
        if not headers and name.casefold().startswith("kw_") and name.casefold() not in typed
    }


def _names_gone(package: Package, fresh: Package, sheets: dict[str, str]) -> set[str]:
    """The template's names of older cells and ranges that are no more, in small letters."""
    there = {one.name.casefold() for one in fresh.structure.names}
    return {
        one.name.casefold()
        for one in package.structure.names
        if _is_of_template(one.name)
        and not one.local
        and sheet_named_in(one.formula) in sheets
        and one.name.casefold() not in there
    }


def _is_of_template(name: str) -> bool:
    """Whether a name is made as those of templates are: kw_marge, kc_omzet."""
    return name[:1].casefold() == "k" and name[2:3] == "_"


def _holds(package: Package, spot: Spot) -> bool:
    return (spot[1], spot[2]) in contents_of(package.structure, spot[0])


def _has_functions(package: Package) -> bool:
    """Whether the workbook has our functions among its names."""
    return any(one.name.casefold() == "klantwaarde" and not one.local for one in package.structure.names)
