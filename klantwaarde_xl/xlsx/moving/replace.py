"""Sheets of a workbook replaced by those of another, and all that its user made carried to them.

The workbook stays the user's: its own sheets, its styles, pictures, pivot tables, properties and macros keep
their bytes. Only the named sheets get other contents; what hangs on their cells goes along.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from klantwaarde_xl.xlsx import other_parts
from klantwaarde_xl.xlsx.added_sheet import CONTENT_TYPES, DECLARATION, add_sheet, insert
from klantwaarde_xl.xlsx.archive import Archive
from klantwaarde_xl.xlsx.calculation_chain import drop_calculation_chain
from klantwaarde_xl.xlsx.moving.attached import Beside, Left, take_along, with_attached
from klantwaarde_xl.xlsx.moving.carried import Carried, gather, with_carried
from klantwaarde_xl.xlsx.moving.converted import converted, texts_of
from klantwaarde_xl.xlsx.moving.explicit_charts import explicit
from klantwaarde_xl.xlsx.moving.formats import Shift, with_formats
from klantwaarde_xl.xlsx.moving.formulas import Broken, Followed, followed_sheet, followed_texts
from klantwaarde_xl.xlsx.moving.left_behind import Ours, left_behind, protection_of
from klantwaarde_xl.xlsx.moving.names import with_names
from klantwaarde_xl.xlsx.moving.own_columns import NoRoom, paired, widened, with_widths
from klantwaarde_xl.xlsx.moving.places import Pair, Places, Spot
from klantwaarde_xl.xlsx.moving.reach import drop_unreached, reached
from klantwaarde_xl.xlsx.moving.tabs import passing_name, renamed, tabs_of
from klantwaarde_xl.xlsx.package import Package
from klantwaarde_xl.xlsx.parts import Sheet, Structure, relationships_part
from klantwaarde_xl.xlsx.scan import attribute, escape, tags, whole, with_attribute
from klantwaarde_xl.xlsx.sheet_read import SheetXml
from klantwaarde_xl.xlsx.signature import refuse_signed

_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_THREADS = "http://schemas.microsoft.com/office/2017/10/relationships/threadedComment"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_NUMBERED = re.compile(r"(.*?)(\d*)(\.\w+)$")


@dataclass(frozen=True)
class TableMove:
    """A table that both workbooks have: by place of a column in the old one its place in the new one.

    typed: whether the user typed its rows, so that formulas in them stay.
    """

    name: str
    columns: Mapping[int, int]
    typed: bool = False


@dataclass(frozen=True)
class Wanted:
    """What is to be replaced: sheets by the name of the one that takes the place, tables, single cells.

    ours: what on these sheets is not the user's; cells: by cell of an old sheet the cell of a new one that
    gets its contents; gone: names of the old workbook that are no more, in small letters.
    """

    sheets: Mapping[str, str]
    ours: Ours
    tables: Sequence[TableMove] = ()
    cells: Mapping[Spot, Spot] = field(default_factory=dict)
    gone: Collection[str] = ()


@dataclass
class Replaced:
    """What was carried, by kind and how many, and what was not.

    columns: the user's, by table and header; renamed: own sheets that got another name.
    """

    counts: dict[str, int] = field(default_factory=dict)
    columns: list[tuple[str, str]] = field(default_factory=list)
    sheets: list[str] = field(default_factory=list)
    renamed: dict[str, str] = field(default_factory=dict)
    left: list[Left] = field(default_factory=list)
    broken: list[Broken] = field(default_factory=list)
    no_room: list[NoRoom] = field(default_factory=list)


def replace_sheets(package: Package, fresh: Package, wanted: Wanted) -> Replaced:
    """Replace sheets of a workbook; nothing is changed when that fails.

    fresh: the workbook with the new sheets, of our own making, whose tables have as many rows as the old
    ones. Raises WorkbookUnsafe for parts that are no XML.
    """

    def carried_out(archive: Archive, old: Structure) -> Replaced:
        work = _Work(archive, old, fresh.change(lambda copy, _: copy), wanted)
        work.run()
        return work.done

    return package.change(carried_out)


class _Work:
    """One replacement on its way."""

    def __init__(self, archive: Archive, old: Structure, fresh: Archive, wanted: Wanted) -> None:
        self._archive, self._old, self._fresh, self._wanted = archive, old, fresh, wanted
        self._new = Structure(fresh)
        self.done = Replaced()
        self._pairs = list(self._paired())
        replaced = {name.casefold() for name in wanted.sheets}
        self._own = [sheet for sheet in old.sheets if sheet.name.casefold() not in replaced]
        self.done.sheets = [sheet.name for sheet in self._own]
        self.done.renamed = renamed(self._own, self._new.sheets)
        ours = {table.name.casefold() for table in old.tables if table.sheet.name.casefold() in replaced}
        self._how = Followed(
            Places(old, self._new, wanted.sheets, self._pairs),
            {table.name.casefold(): self._headers(table.name) for table in self._new.tables},
            {*wanted.gone, *(ours - {table.name.casefold() for table in self._new.tables})},
            {name.casefold(): new for name, new in self.done.renamed.items()},
        )

    def _paired(self) -> Iterator[Pair]:
        for move in self._wanted.tables:
            table, target = self._old.table(move.name), self._new.table(move.name)
            if table is None or target is None:
                continue
            pair, no_room = paired(self._old, self._new, table, target, dict(move.columns), typed=move.typed)
            if no_room is not None:
                self.done.no_room.append(no_room)
            self.done.columns += [(table.name, self._header(pair, column)) for column in sorted(pair.own)]
            yield pair

    def _header(self, pair: Pair, column: int) -> str:
        """What the user calls a column of theirs."""
        place = column - pair.old.area.left
        if 0 <= place < len(pair.old.columns):
            return pair.old.columns[place].name
        sheet = self._old.archive.once(pair.old.sheet.part, SheetXml)
        for row in sheet.rows():
            if row.number == pair.old.area.top:
                for cell in sheet.cells(row):
                    if cell.column == column and cell.has_content:
                        return str(sheet.value(cell, self._old.strings))
        return "naast de tabel"

    def _headers(self, name: str) -> set[str]:
        """The headers that a table has when all is done, in small letters."""
        target = self._new.table(name)
        found = {column.name.casefold() for column in target.columns} if target else set()
        own = {
            header.casefold() for table, header in self.done.columns if table.casefold() == name.casefold()
        }
        return found | own

    def run(self) -> None:
        """Do all of it."""
        refuse_signed(self._archive, self._old)
        before = reached(self._old)
        styles = self._old.related(self._old.workbook_part, "styles")[0]
        other = self._new.related(self._new.workbook_part, "styles")[0]
        data, shift = with_formats(self._archive.read(styles), self._fresh.read(other))
        self._archive.replace(styles, (data,))
        carried = gather(self._old, self._pairs, self._wanted.cells, self._how)
        beside = {name: take_along(self._archive, self._old, name, self._how) for name in self._wanted.sheets}
        texts = self._texts()
        for sheet in self._new.worksheets:
            self._place(sheet, shift, texts, carried.get(sheet.name, Carried()), beside)
        self._follow_own()
        self._workbook()
        drop_unreached(self._archive, before)
        for name, found in beside.items():
            self.done.left += [*self._left(name), *found.left]
            for kind, count in found.counts.items():
                self.done.counts[kind] = self.done.counts.get(kind, 0) + count
        self.done.broken = self._how.broken

    def _left(self, name: str) -> Iterator[Left]:
        """What of the user's on an old sheet has no place on the new one."""
        ours = self._wanted.ours
        pairs = self._how.places.of(name)

        def goes(sheet: str, row: int, column: int, content: str) -> bool:
            here = sheet, row, column
            of_table = any(pair.has(row, column) for pair in pairs)
            return of_table or here in self._wanted.cells or ours.content(*here, content)

        tables = {pair.old.name.casefold() for pair in pairs}
        return left_behind(self._old, name, tables, Ours(goes, ours.chart, self._protects))

    def _protects(self, name: str) -> bool:
        """Whether the sheet that takes the place of one is protected."""
        new = self._new.sheet(self._wanted.sheets.get(name, name))
        return new is not None and bool(protection_of(self._new, new))

    def _texts(self) -> list[bytes]:
        parts = self._new.related(self._new.workbook_part, "sharedStrings")
        return texts_of(self._fresh.read(parts[0])) if parts else []

    # ── one sheet ───────────────────────────────────────────────────────────────────────────

    def _place(
        self,
        sheet: Sheet,
        shift: Shift,
        texts: Sequence[bytes],
        carried: Carried,
        beside: Mapping[str, Beside],
    ) -> None:
        """Put a new sheet in the place of an old one, or among them."""
        name = next((old for old, new in self._wanted.sheets.items() if new == sheet.name), None)
        old = self._old.sheet(name) if name is not None else None
        part = old.part if old else self._added(sheet.name)
        pairs = [pair for pair in self._pairs if pair.new.sheet == sheet]
        arrows = [
            (one.kind, self._copied(one.target, pairs, shift)) for one in self._new.relationships(sheet.part)
        ]
        relations = {one.id: f"rId{at}" for at, one in enumerate(self._new.relationships(sheet.part), 1)}
        data = converted(self._fresh.read(sheet.part), shift, texts, relations)
        data = b"".join(with_carried(SheetXml(data, part), carried))
        found = beside.get(name or "", Beside())
        kinds = {kind: f"rId{len(arrows) + at}" for at, kind in enumerate(found.notes, 1)}
        arrows += list(found.notes.items())
        around = SheetXml(data, part)
        body = data[around.head_end : around.tail_start]
        shell = data[: around.head_end] + data[around.tail_start :]
        if old is not None:
            shell = with_widths(shell, _head(self._old.archive.read(old.part)), pairs)
            shell = _with_code_name(shell, self._old.archive.read(old.part))
        shell = _selected(with_attached(shell, found, kinds), name is not None and name == self._active())
        cut = SheetXml(shell, part).head_end
        self._archive.replace(part, (shell[:cut], body, shell[cut:]))
        self._relate(part, arrows, found.outside)

    def _added(self, name: str) -> str:
        """A new sheet, under a name that no sheet has until the list of sheets is made; returns its part."""
        return add_sheet(self._archive, Structure(self._archive), passing_name(name, self._old.tabs)).part

    def _copied(self, part: str, pairs: Sequence[Pair], shift: Shift) -> str:
        """Copy a part of the new workbook with all that it points at; returns its name here."""
        name = self._free(part)
        data = self._fresh.read(part)
        pair = next((one for one in pairs if one.new.part == part), None)
        if "/tables/" in f"/{part}":
            data = converted(data, shift, ())
            data = widened(data, pair, self._old.archive, self._how) if pair else data
            data = self._with_identity(data)
        elif "/charts/" in f"/{part}":
            data = explicit(data, part)
        self._archive.add(name, (data,))
        kind = _type_of(self._fresh, part)
        insert(self._archive, CONTENT_TYPES, b"Types", f'Override PartName="/{name}" ContentType="{kind}"/')
        arrows = self._new.relationships(part)
        if arrows:
            self._relate(
                name, [(one.kind, self._copied(one.target, (), shift)) for one in arrows], (), arrows
            )
        return name

    def _free(self, part: str) -> str:
        taken = {name.lower() for name in self._archive.names()}
        match = _NUMBERED.match(part)
        start, end = (match[1], match[3]) if match else (part, "")
        return next(name for n in range(1, 1_000_000) if (name := f"{start}{n}{end}").lower() not in taken)

    def _with_identity(self, data: bytes) -> bytes:
        """A table with a number that no other has."""
        used = [0]
        for name in self._archive.names():
            if "/tables/" in f"/{name}" and name.endswith(".xml"):
                root = next((tag for tag in tags(self._archive.read(name)) if tag.name == b"table"), None)
                if root is not None:
                    text = self._archive.read(name)[root.start : root.end]
                    used.append(whole(attribute(text, b"id")))
        root = next(tag for tag in tags(data) if tag.name == b"table")
        opening = with_attribute(data[root.start : root.end], b"id", str(max(used) + 1))
        return data[: root.start] + opening + data[root.end :]

    def _relate(
        self,
        part: str,
        arrows: Sequence[tuple[str, str]],
        outside: Sequence[tuple[str, str]],
        ids: Sequence[object] = (),
    ) -> None:
        """Write the relationships of a part: to others by kind, and out of the workbook by id."""
        names = [getattr(one, "id", "") for one in ids] or [f"rId{at}" for at in range(1, len(arrows) + 1)]
        lines = [
            f'<Relationship Id="{identity}" Type="{_kind(kind)}" Target="/{target}"/>'
            for identity, (kind, target) in zip(names, arrows, strict=True)
        ]
        lines += [
            f'<Relationship Id="{identity}" Type="{_RELATION}/hyperlink" '
            f'Target="{escape(target).replace(chr(34), "&quot;")}" TargetMode="External"/>'
            for identity, target in outside
        ]
        data = DECLARATION + f'<Relationships xmlns="{_PACKAGE}">{"".join(lines)}</Relationships>'.encode()
        name = self._archive.resolve(relationships_part(part))
        if name is not None:
            self._archive.replace(name, (data,))
        elif lines:
            self._archive.add(relationships_part(part), (data,))

    def _active(self) -> str:
        """The sheet that the window of the old workbook shows."""
        data = self._old.archive.read(self._old.workbook_part)
        view = next((tag for tag in tags(data) if tag.name == b"workbookView"), None)
        at = whole(attribute(data[view.start : view.end], b"activeTab")) if view else 0
        return self._old.tabs[at] if 0 <= at < len(self._old.tabs) else ""

    # ── the rest of the workbook ────────────────────────────────────────────────────────────

    def _follow_own(self) -> None:
        """Let the formulas and charts of the user's own sheets, and pivots, look at the new sheets."""
        for sheet in self._own:
            if sheet.kind == "worksheet":
                xml = self._old.archive.once(sheet.part, SheetXml)
                self._edit(sheet.part, followed_sheet(xml, sheet.name, self._how))
            for drawing in self._old.related(sheet.part, "drawing"):
                for kind in ("chart", "chartEx"):
                    for part in self._old.related(drawing, kind):
                        where = f"blad {sheet.name}, een grafiek"
                        self._edit(part, followed_texts(self._archive.read(part), self._how, where))

        for part in self._old.related(self._old.workbook_part, "pivotCacheDefinition"):
            self._edit(part, self._how.pivot_source(self._archive.read(part)))

    def _edit(self, part: str, data: bytes) -> None:
        if data != self._archive.read(part):
            self._archive.replace(part, (data,))

    def _workbook(self) -> None:
        """The list of sheets, the names, and no order of calculation any more."""
        part = self._old.workbook_part
        tabs = tabs_of(self._old.sheets, self._new.sheets, self._wanted.sheets)
        data = with_names(self._archive.read(part), self._old, self._new, tabs, self._how)
        self._archive.replace(part, (other_parts.workbook_part(data, ()),))
        drop_calculation_chain(self._archive, self._old)


def _head(data: bytes) -> bytes:
    """What stands before the cells of a worksheet."""
    return data[: data.find(b"sheetData")]


def _with_code_name(new: bytes, old: bytes) -> bytes:
    """A worksheet that macros know by the name that the old one had."""
    tag = next((one for one in tags(old) if one.name in (b"sheetPr", b"sheetData")), None)
    name = attribute(old[tag.start : tag.end], b"codeName") if tag else None
    own = next((one for one in tags(new) if one.name == b"sheetPr"), None)
    if name is None or own is None:
        return new
    return new[: own.start] + with_attribute(new[own.start : own.end], b"codeName", name) + new[own.end :]


def _selected(data: bytes, is_shown: bool) -> bytes:
    """A worksheet of which the tab is chosen, or not: with two of them a program would edit both."""
    view = next((one for one in tags(data) if one.name == b"sheetView"), None)
    if view is None:
        return data
    opening = with_attribute(data[view.start : view.end], b"tabSelected", "1" if is_shown else None)
    return data[: view.start] + opening + data[view.end :]


def _kind(word: str) -> str:
    return _THREADS if word == "threadedComment" else f"{_RELATION}/{word}"


def _type_of(archive: Archive, part: str) -> str:
    """The type of a part, as the list of types has it."""
    data = archive.read(CONTENT_TYPES)
    for tag in tags(data):
        text = data[tag.start : tag.end]
        if tag.name == b"Override" and attribute(text, b"PartName") == f"/{part}":
            return attribute(text, b"ContentType") or ""
    raise LookupError(posixpath.basename(part))
