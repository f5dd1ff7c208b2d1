"""Rules for ranges: conditional formats, data validations, ignored errors, protected ranges, sparklines."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from klantwaarde_xl.addresses import Area
from klantwaarde_xl.xlsx.parts import Structure
from klantwaarde_xl.xlsx.references import Template
from klantwaarde_xl.xlsx.rows.attached import Attached
from klantwaarde_xl.xlsx.rows.pruned import Pruned
from klantwaarde_xl.xlsx.rows.row_map import Block, RowMap, areas_of, is_of_rows, is_partial
from klantwaarde_xl.xlsx.scan import Tag, attribute, escape, tags, unescape, with_attribute
from klantwaarde_xl.xlsx.sheet_read import SheetXml

_RULES = {b"conditionalFormatting", b"dataValidation", b"ignoredError", b"protectedRange", b"sparkline"}
_FORMULAS = {b"f", b"formula", b"formula1", b"formula2"}


@dataclass
class _Rule:
    """One element with a list of areas, and the formulas in it, which are written for its first cell."""

    first: Tag
    end: int = 0
    areas: str = ""
    place: tuple[int, int] = (0, 0)  # of the list, where it is an element; else it is an attribute
    formulas: list[tuple[int, int]] = field(default_factory=list)


def _rules(data: bytes, start: int = 0) -> Iterator[_Rule]:
    rule: _Rule | None = None
    last: Tag | None = None
    for tag in tags(data, start):
        if tag.name in _RULES and tag.kind in ("open", "empty"):
            text = data[tag.start : tag.end]
            rule = _Rule(tag, tag.end, attribute(text, b"sqref") or "")
        if rule is not None and tag.kind == "close" and last is not None and last.name == tag.name:
            if tag.name == b"sqref":
                rule.place = last.end, tag.start
                rule.areas = data[last.end : tag.start].decode()
            elif tag.name in _FORMULAS and last.kind == "open":
                rule.formulas.append((last.end, tag.start))
        if rule is not None and tag.name in _RULES and tag.kind in ("close", "empty"):
            rule.end = tag.end
            yield rule
            rule = None
        last = tag


def find(structure: Structure, sheet: str, block: Block) -> Iterator[Attached]:
    """Every rule that some rows of a table have and others have not."""
    xml = structure.archive.once(sheet, SheetXml)
    for rule in _rules(xml.data, xml.tail_start):
        areas = areas_of(rule.areas) or []
        if is_partial(block, areas):
            first = next(place for place in areas if is_of_rows(block, place))
            yield Attached(first.top, max(first.left, block.left), "", "")


def whole_columns(structure: Structure, sheet: str, table: Area) -> Iterator[int]:
    """The columns outside a table with a rule for just its rows: they are of these, also while empty.

    table: with its header row, without its totals row.
    """
    xml = structure.archive.once(sheet, SheetXml)
    for rule in _rules(xml.data, xml.tail_start):
        for place in areas_of(rule.areas) or ():
            is_outside = place.right < table.left or place.left > table.right
            if is_outside and place.bottom == table.bottom and place.top in (table.top, table.top + 1):
                yield from range(place.left, place.right + 1)


def move(data: bytes, rows: RowMap) -> bytes:
    """Rules of single rows go with these, those of a column cover all; formulas look where they looked."""
    edits = Pruned(data)
    for rule in _rules(data):
        old = areas_of(rule.areas)
        if not old:
            continue
        is_spark = rule.first.name == b"sparkline"  # it stands in a cell and shows others
        new = _cells(rows, old) if is_spark else rows.areas(old)
        if new == old:
            continue
        if not new:
            edits.remove(rule.first.start, rule.end)
            continue
        _rewrite(edits, data, rule, " ".join(place.address for place in new))
        by = new[0].top - old[0].top, new[0].left - old[0].left
        for start, end in rule.formulas if any(by) else ():
            text = unescape(data[start:end].decode())
            if not is_spark or _is_of_row(text, old[0].top):
                edits.replace(start, end, escape(Template(text).at(*by)).encode())
    return edits.result()


def _is_of_row(formula: str, row: int) -> bool:
    """Whether a sparkline shows cells of its own row, rather than a column."""
    shown = areas_of(formula.rpartition("!")[2].replace(" ", ""))
    return bool(shown) and all(place.top == place.bottom == row for place in shown or ())


def _cells(rows: RowMap, places: list[Area]) -> list[Area]:
    targets = [(place, rows.row(place.top, place.left)) for place in places]
    return [place._replace(top=row, bottom=row) for place, row in targets if row is not None]


def _rewrite(edits: Pruned, data: bytes, rule: _Rule, areas: str) -> None:
    if rule.place != (0, 0):
        edits.replace(*rule.place, areas.encode())
    else:
        text = data[rule.first.start : rule.first.end]
        edits.replace(rule.first.start, rule.first.end, with_attribute(text, b"sqref", areas))
