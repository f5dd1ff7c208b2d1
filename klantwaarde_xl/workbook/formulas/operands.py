"""A formula's operands and operators: cells, names and constants, as the engine is to have them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from klantwaarde_xl import formula as f
from klantwaarde_xl.addresses import Area
from klantwaarde_xl.workbook.formulas.pieces import ONE, Piece, Want, broadcast, constant_text, literal
from klantwaarde_xl.workbook.formulas.prepared import (
    Branch,
    Check,
    Prepared,
    Probe,
    Rule,
    Site,
    Takes,
    Unknowable,
)
from klantwaarde_xl.workbook.formulas.rules import rule_holds
from klantwaarde_xl.workbook.formulas.trusted import WHOLE
from klantwaarde_xl.xlsx.areas import Areas, Cells
from klantwaarde_xl.xlsx.held import HeldBodies

_DEEPEST_NAME = 8


@dataclass(frozen=True)
class Setting:
    """What a formula stands in: the workbook's places, what is particular about a sheet, what is held out."""

    areas: Areas
    date1904: bool
    hides_rows: Callable[[str], bool]
    last_row: Callable[[str], int]
    held: HeldBodies


class Operands:
    """The walk over one formula, but for its functions."""

    def __init__(self, setting: Setting, one: Prepared) -> None:
        self._setting, self._areas, self._one = setting, setting.areas, one
        self._row, self._column = one.cell.row, one.cell.column
        self._bound: dict[str, f.Node] = {}
        self._fixed = 0  # depth of names and of our arguments: there no range is narrowed
        self._inside = 0  # depth of functions that add up ranges
        self._is_criterion = False
        self._changed = False
        self._plain_fixed: f.Node | None = None
        self._within: tuple[Branch, ...] = ()  # the branches that the walk is in
        self._has_array = False

    def _function(self, node: f.Function, want: str) -> Piece:
        raise NotImplementedError

    # ── the tree ──────────────────────────────────────────────────────────────────────────────

    def _walk(self, node: f.Node, want: str) -> Piece:
        if isinstance(node, f.Literal):
            return literal(node)
        if isinstance(node, f.Fault):
            return Piece([node.text])
        if isinstance(node, (f.Reference, f.Structured)):
            return self._cells(node, want)
        if isinstance(node, f.Name):
            return self._name(node, want)
        if isinstance(node, f.Block):
            return self._block(node, want)
        if isinstance(node, f.Group):
            inner = self._walk(node.inner, want)
            inner.parts = ["(", *inner.parts, ")"]
            return inner
        if isinstance(node, f.Unary):
            return self._unary(node, want)
        if isinstance(node, f.Binary):
            return self._binary(node, want)
        return self._function(node, want)

    def _block(self, node: f.Block, want: str) -> Piece:
        if want == Want.ONE:
            raise Unknowable
        rows = [",".join(constant_text(one) for one in row) for row in node.rows]
        is_number = all(isinstance(v, f.Literal) and type(v.value) is float for r in node.rows for v in r)
        shape = (len(node.rows), len(node.rows[0]))
        return Piece(["{" + ";".join(rows) + "}"], "n" if is_number else "x", shape)

    def _name(self, node: f.Name, want: str) -> Piece:
        bound = None if node.scope else self._bound.get(node.name.casefold())
        if bound is not None:
            return self._walk(bound, want)
        meant = self._areas.name(node)
        if not f.is_absolute(meant):
            raise Unknowable
        self._changed = True
        if isinstance(meant, (f.Reference, f.Structured)):
            return self._cells(meant, want)
        if self._fixed > _DEEPEST_NAME:
            raise Unknowable
        self._fixed += 1  # Excel computes a name as an array
        piece = self._walk(f.Group(meant), want)
        self._fixed -= 1
        return piece

    def _cells(self, node: f.Reference | f.Structured, want: str) -> Piece:
        if isinstance(node, f.Reference):
            cells = self._areas.reference(node, self._one.sheet)
            is_range = bool(node.last)
        else:
            cells = self._areas.structured(node, self._one.sheet, self._row, self._column)
            is_range, self._changed = True, True
        if not cells.is_single and want in (Want.ONE, Want.MIXED):
            cells = self._narrowed(cells)
        if cells.is_whole and want == Want.ARRAY:
            raise Unknowable
        self._one.reads.append(cells)
        self._has_array |= want == Want.ARRAY and not cells.is_single
        is_one = cells.is_single and not (is_range and want in (Want.CELLS, Want.ARRAY))
        text = cells.text.rpartition(":")[0] if is_one else cells.text
        return Piece([text], "x", cells.shape, cells)

    def _narrowed(self, cells: Cells) -> Cells:
        """The one cell of a range on the formula's own row or column."""
        area, (height, width) = cells.area, cells.shape
        if self._fixed:
            raise Unknowable
        self._changed = self._one.is_narrowed = True
        if width == 1 and area.top <= self._row <= area.bottom:
            return Cells(cells.sheet, Area(self._row, area.left, self._row, area.left))
        if height == 1 and area.left <= self._column <= area.right:
            return Cells(cells.sheet, Area(area.top, self._column, area.top, self._column))
        raise Unknowable

    # ── operators ─────────────────────────────────────────────────────────────────────────────

    def _operand(self, node: f.Node, want: str) -> Piece:
        return self._walk(node, Want.MIXED if want == Want.CELLS else want)

    def _unary(self, node: f.Unary, want: str) -> Piece:
        operand = self._operand(node.operand, want)
        self._check(Rule.NUMBER, operand)
        parts = [*operand.parts, "%"] if node.operator == "%" else [node.operator, *operand.parts]
        return Piece.of(parts, [operand], "n", operand.shape)

    def _binary(self, node: f.Binary, want: str) -> Piece:
        left, right = self._operand(node.left, want), self._operand(node.right, want)
        gives = "b"
        if node.operator == "&":
            gives = "t"
            if self._is_criterion:
                left, right = self._digits(node.left, left), self._digits(node.right, right)
            else:
                self._check(Rule.TEXT, left)
                self._check(Rule.TEXT, right)
        elif node.operator in "+-*/^":
            gives = "n"
            for side in (left, right):
                self._check(Rule.NUMBER, side)
        else:
            self._compared(node.operator, left, right)
            self._compared(node.operator, right, left)
        parts = [*left.parts, node.operator, *right.parts]
        return Piece.of(parts, [left, right], gives, broadcast(left.shape, right.shape))

    def _compared(self, operator: str, side: Piece, other: Piece) -> None:
        """A boolean beside a number is equal to it, or above it, as the program has it."""
        if other.gives == "t" and operator in ("=", "<>"):
            return
        if side.gives == "b" and other.gives in "nt":
            raise Unknowable
        if other.gives == "b":
            if side.gives == "x":
                self._check(Rule.BOOLEAN, side)
        elif side.cells is not None:
            self._note(Rule.NO_BOOLEAN, side.cells)

    def _digits(self, node: f.Node, piece: Piece) -> Piece:
        """A number in a criterion, as text of the fifteen digits that a spreadsheet writes."""
        if piece.constant is not None or piece.gives in "tb" or _is_whole(node):
            self._check(Rule.JOINED, piece)
            return piece
        target = self._target(piece)
        self._note(Rule.JOINED, target)
        if isinstance(target, Probe):
            self._note(Rule.NOT_ENGINES, target)
        site = Site(None, Takes.ONE, [target], within=self._within)
        self._one.sites.append(site)
        return Piece([site])

    # ── what must hold ────────────────────────────────────────────────────────────────────────

    def _check(self, rule: Rule, piece: Piece) -> None:
        """Note what the value of a part must be; raises at once where that is plain."""
        if piece.constant is not None:
            if not rule_holds(rule, piece.constant):
                raise Unknowable
            return
        if rule is Rule.NUMBER and piece.gives in "nb":
            return
        if rule in (Rule.TEXT, Rule.CRITERION, Rule.JOINED):
            if piece.gives == "t":
                return
            if piece.gives == "b" and rule is not Rule.CRITERION:
                raise Unknowable
        self._note(rule, self._target(piece))

    def _note(self, rule: Rule, target: Cells | Probe | Site) -> None:
        self._one.checks.append(Check(rule, target, self._within))

    def _target(self, piece: Piece) -> Cells | Probe | Site:
        if piece.cells is not None:
            return piece.cells
        sites = [part for part in piece.parts if isinstance(part, Site)]
        if len(sites) == 1 and all(part in (sites[0], "(", ")") for part in piece.parts):
            return sites[0]
        if piece.shape != ONE or piece.stays:
            raise Unknowable
        self._one.checks += piece.if_moved
        return Probe(piece.alone())


def _is_whole(node: f.Node) -> bool:
    return isinstance(node, f.Function) and node.name in WHOLE
