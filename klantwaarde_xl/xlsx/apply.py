"""Carrying out edits on a copy of the package: everything succeeds, or the copy is thrown away."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from klantwaarde_xl.errors import WorkbookChanged
from klantwaarde_xl.xlsx import other_parts
from klantwaarde_xl.xlsx.added_sheet import SheetRows, append_rows
from klantwaarde_xl.xlsx.archive import Archive
from klantwaarde_xl.xlsx.calculation_chain import drop_calculation_chain
from klantwaarde_xl.xlsx.cell_values import set_cells
from klantwaarde_xl.xlsx.follow import FormulaRewriter
from klantwaarde_xl.xlsx.held import HeldBodies, is_large
from klantwaarde_xl.xlsx.hidden_charts import with_charts
from klantwaarde_xl.xlsx.numbering import addressed
from klantwaarde_xl.xlsx.parts import Structure, TableInfo, single_cell
from klantwaarde_xl.xlsx.pivot_sources import PivotSources
from klantwaarde_xl.xlsx.references import Move
from klantwaarde_xl.xlsx.rows.beside import beside
from klantwaarde_xl.xlsx.rows.cell_links import RELATIONS, Followed, tied_behind_cells
from klantwaarde_xl.xlsx.rows.idle import drop_idle
from klantwaarde_xl.xlsx.rows.movers import move_parts
from klantwaarde_xl.xlsx.rows.row_map import RowMap
from klantwaarde_xl.xlsx.rows_under import Grown, Under
from klantwaarde_xl.xlsx.sheet_read import SheetXml
from klantwaarde_xl.xlsx.sheet_write import CellWriter, TextCounts
from klantwaarde_xl.xlsx.signature import refuse_signed
from klantwaarde_xl.xlsx.standing import hold_standing
from klantwaarde_xl.xlsx.table_body import Splice
from klantwaarde_xl.xlsx.table_job import Job, NewBody, move_of, plan_job
from klantwaarde_xl.xlsx.values import Value

_CHARTS = ("chart", "chartEx")


@dataclass(frozen=True)
class Edited:
    """What edits changed in a workbook, and what its user should know.

    changed: the parts with other contents, new ones too. dropped: the parts left out (the
    calculation chain). rekeyed: cells of others that moved with their row. cleared: by table
    `filter` and `sortering`. untied: for each control that filled a cell of a row that is gone its sheet; it
    fills nothing now. by_number: by table the columns of formulas that look elsewhere by the number of their
    row, which new rows did not get. truncated, escaped: texts cut at Excel's limit, and texts with
    characters that XML cannot hold.
    """

    changed: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()
    rekeyed: int = 0
    cleared: tuple[tuple[str, str], ...] = ()
    untied: tuple[str, ...] = ()
    by_number: tuple[tuple[str, str], ...] = ()
    truncated: int = 0
    escaped: int = 0


class Applied:
    """Table bodies, named cells and added rows on their way into a copy of a package."""

    def __init__(
        self,
        archive: Archive,
        structure: Structure,
        bodies: Sequence[NewBody] = (),
        cells: Mapping[str, Value] = MappingProxyType({}),
        added: SheetRows | None = None,
        charts: Mapping[str, bool] = MappingProxyType({}),
        *,
        holds: bool = False,
    ) -> None:
        """Check what can be checked without reading a sheet; holds: keep large bodies out till `fill`.

        Raises:
            WorkbookUnsafe: the workbook is digitally signed.
            WorkbookChanged: a table is gone.
            WorkbookFull: more rows than a sheet holds.
        """
        self.archive = archive
        self._structure, self._cells, self._added, self._shown = structure, cells, added, charts
        self._before = {name: archive.entry(name) for name in archive.names()}
        self._cleared: list[tuple[str, str]] = []
        self._untied: list[str] = []
        self._by_number: list[tuple[str, str]] = []
        self._rekeyed = 0
        self._counts: list[TextCounts] = []
        self._holds = holds
        self.held = HeldBodies()
        refuse_signed(self.archive, self._structure)
        self._jobs = [self._job(body) for body in bodies]
        self._moves = [job.move for job in self._jobs]

    def take_in(self, name: str, under: Under) -> None:
        """Let a table take in the rows under it."""
        table = self._table(name)
        sheet = addressed(self.archive, table.sheet.part)
        move = move_of(table, beside(self._structure, table), under.last)
        self._moves = [move]
        self.archive.replace(table.sheet.part, Grown(sheet, table, move, self._moves).chunks())
        old = self.archive.read(table.part)
        self._edit(table.part, other_parts.table_part(old, table, move, self._moves, same_rows=True)[0])
        self._follow({table.sheet.part})
        self._after_tables([(table, move)])
        self._tie({})

    def run(self) -> None:
        """Edit the copy; raises as `Package.edit` says."""
        if self._cells:
            self._write_names(self._cells)
        for job in self._jobs:
            self._splice(job)
            if self._is_last(job):
                move_parts(self.archive, self._structure, job.table.sheet.part, self._rows(job))
        if any(move.end != move.new_end for move in self._moves):
            self._follow({job.table.sheet.part for job in self._jobs})
        if self._jobs or self._cells:
            self._after_tables([(job.table, job.move) for job in self._jobs])
            self._tie({job.table.sheet.name: self._rows(job) for job in self._jobs})
        self._show_charts()
        if self._added is not None:
            self._counts.append(append_rows(self.archive, self._structure, self._added).counts)
        written = dict.fromkeys(job.table.sheet.part for job in self._jobs)
        drop_idle(self.archive, written)
        if self._holds:
            self.held.bodies += hold_standing(self.archive, self._structure, written)

    def _after_tables(self, tables: Sequence[tuple[TableInfo, Move]]) -> None:
        """Edit what looks at tables, or at cells, from outside the sheets."""
        if tables:
            self._refresh_pivots(tables)
            drop_calculation_chain(self.archive, self._structure)
        part = self._structure.workbook_part
        self._edit(part, other_parts.workbook_part(self.archive.read(part), self._moves))

    def _table(self, name: str) -> TableInfo:
        table = self._structure.table(name)
        if table is None:
            known = ", ".join(table.name for table in self._structure.tables) or "geen"
            raise WorkbookChanged(
                f"De tabel {name} staat niet in het werkboek.",
                where=f"tabellen in het werkboek: {known}",
                remedy="Geef de tabel in Excel bij Tabelontwerp haar oude naam terug.",
            )
        return table

    def _job(self, body: NewBody) -> Job:
        table = self._table(body.table)
        return plan_job(table, body, beside(self._structure, table))

    def _neighbours(self, table: TableInfo) -> list[TableInfo]:
        """The other tables of its sheet."""
        return [one for one in self._structure.tables if one.sheet == table.sheet and one.part != table.part]

    def _edit(self, part: str, data: bytes) -> None:
        """Replace a part, unless nothing changed."""
        if data != self.archive.read(part):
            self.archive.replace(part, (data,))

    # Named cells

    def _write_names(self, writes: Mapping[str, Value]) -> None:
        by_sheet: dict[str, dict[tuple[int, int], Value]] = {}
        titles: dict[str, str] = {}
        for name, value in writes.items():
            title, part, place = self._place(name)
            titles[part] = title
            by_sheet.setdefault(part, {})[place] = value
        for part, values in by_sheet.items():
            sheet = addressed(self.archive, part)
            writer = CellWriter(sheet.prefix.decode(), date1904=self._structure.date1904)
            self.archive.replace(part, set_cells(sheet, values, titles[part], writer))
            self._counts.append(writer.counts)

    def _place(self, name: str) -> tuple[str, str, tuple[int, int]]:
        """Return the sheet, its part and the cell that a name points at."""
        found = next(
            (item for item in self._structure.names
             if not item.local and item.name.casefold() == name.casefold()),
            None,
        )  # fmt: skip
        if found is None:
            raise WorkbookChanged(
                f"De naam {name} staat niet in het werkboek.",
                where=f"naam {name}",
                remedy="Maak de naam in Excel opnieuw (Formules, Namen beheren).",
            )
        place = single_cell(found.formula)
        sheet = self._structure.sheet(place[0]) if place else None
        if place is None or sheet is None:
            raise WorkbookChanged(
                f"De naam {name} verwijst niet naar één cel.",
                where=f"naam {name}: ={found.formula}",
                remedy="Laat de naam in Excel weer naar één cel verwijzen (Formules, Namen beheren).",
            )
        return sheet.name, sheet.part, place[1:]

    def _show_charts(self) -> None:
        """Hide charts, or show them."""
        for part in self._structure.drawings if self._shown else ():
            self._edit(part, with_charts(self.archive.read(part), self._shown))

    # Tables

    def _splice(self, job: Job) -> None:
        table = job.table
        part, is_last = table.sheet.part, self._is_last(job)
        raw = self.archive.read(table.part)
        splice = Splice(
            addressed(self.archive, part),
            job,
            moves=self._moves,
            date1904=self._structure.date1904,
            neighbours=self._neighbours(table),
            unhide=other_parts.has_active_filter(raw),
            rows=self._rows(job) if is_last else None,
        )
        held = splice.held() if self._holds and is_last else None
        if held is not None:
            self.held.bodies.append(held)
        # What the next table of the sheet leaves of this is looked at then
        self.archive.replace(part, splice.chunks(held), quick=is_large(len(job.body.rows)), is_xml=is_last)
        data, cleared = other_parts.table_part(raw, table, job.move, self._moves)
        self._edit(table.part, data)
        self._cleared += [(table.name, what) for what in cleared]
        self._rekeyed += splice.rekeyed
        self._by_number += [(table.name, letter) for letter in splice.by_number]
        self._counts.append(splice.counts)

    def _rows(self, job: Job) -> RowMap:
        """Where the rows of all tables on a sheet go."""
        sheet = job.table.sheet
        return RowMap((one.block() for one in self._jobs if one.table.sheet == sheet), sheet.name)

    def _is_last(self, job: Job) -> bool:
        """Whether no other body comes in the same sheet after it."""
        return [one for one in self._jobs if one.table.sheet == job.table.sheet][-1] is job

    def _follow(self, spliced: Collection[str]) -> None:
        """Let charts and the formulas of other sheets follow the tables that got another size."""
        for sheet in self._structure.worksheets:
            if sheet.part not in spliced:
                xml = self.archive.once(sheet.part, SheetXml)
                if edits := FormulaRewriter(xml, sheet.name, self._moves).whole():
                    self.archive.replace(sheet.part, edits.chunks())
        for part in self._charts():
            self._edit(part, other_parts.chart_part(self.archive.read(part), self._moves))

    def _tie(self, rows: Mapping[str, RowMap]) -> None:
        """Let controls and shapes of all sheets follow the cells that they are tied to."""
        followed = Followed(rows, self._moves)
        for sheet in self._structure.worksheets if followed else ():
            for kind in RELATIONS:
                for part in self._structure.related(sheet.part, kind):
                    old = self.archive.read(part)
                    new = followed.in_part(old, sheet.name)
                    if new.data != old:
                        self.archive.replace(part, (new.data,), is_xml=kind != "vmlDrawing")
                    self._untied += [sheet.name] * new.cut
            if tied_behind_cells(self._structure, sheet.part):  # as it was: a new body may be large
                xml = self.archive.once(sheet.part, SheetXml)
                new = followed.in_part(xml.data[xml.tail_start :], sheet.name)
                self.archive.replace(sheet.part, (xml.data[: xml.tail_start], new.data))
                self._untied += [sheet.name] * new.cut

    def _charts(self) -> list[str]:
        found: dict[str, None] = {}
        for drawing in self._structure.drawings:
            for kind in _CHARTS:
                found |= dict.fromkeys(self._structure.related(drawing, kind))
        return list(found)

    def _refresh_pivots(self, tables: Sequence[tuple[TableInfo, Move]]) -> None:
        found = self._structure.related(self._structure.workbook_part, "pivotCacheDefinition")
        renewed = PivotSources(self._structure, tables).renewed if found else bytes
        for part in found:
            self._edit(part, renewed(self.archive.read(part)))

    def edited(self) -> Edited:
        """Report, once all bodies are in their places."""
        names = self.archive.names()
        kept = set(names)
        return Edited(
            changed=tuple(name for name in names if self.archive.entry(name) is not self._before.get(name)),
            dropped=tuple(name for name in self._before if name not in kept),
            rekeyed=self._rekeyed,
            cleared=tuple(self._cleared),
            untied=tuple(self._untied),
            by_number=tuple(self._by_number),
            truncated=sum(counts.truncated for counts in self._counts),
            escaped=sum(counts.escaped for counts in self._counts),
        )
