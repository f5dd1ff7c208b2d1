"""A formula's text to what the engine can compute, or to the finding that it cannot.

Every reference becomes an address of its own sheet, so that it may be computed anywhere: names and
tables are looked up, `[@kolom]` and ROW() become the formula's own row, and a range where one value
is wanted becomes the cell on that row, as a spreadsheet does. What the engine computes otherwise
than Excel is refused: unknown rather than wrong.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from klantwaarde_xl import formula as f
from klantwaarde_xl.addresses import MOST_COLUMNS, MOST_ROWS
from klantwaarde_xl.functions.registry import REGISTRY
from klantwaarde_xl.workbook.formulas.branches import branch
from klantwaarde_xl.workbook.formulas.digested import digests_for, with_digests
from klantwaarde_xl.workbook.formulas.operands import Operands, Setting
from klantwaarde_xl.workbook.formulas.pieces import ONE, Piece, Shape, Want, broadcast, constant, gives
from klantwaarde_xl.workbook.formulas.prepared import (
    Check,
    Constant,
    Given,
    Parts,
    Prepared,
    Probe,
    Rule,
    Site,
    Takes,
    Unknowable,
)
from klantwaarde_xl.workbook.formulas.rules import is_plain_criterion
from klantwaarde_xl.workbook.formulas.trusted import (
    ADDS_UP,
    DATES,
    DYNAMIC,
    EXACT_BY,
    GIVES_CELLS,
    LIFTED,
    PREFIXED,
    SKIPS_BLANKS,
    TRUSTED,
)
from klantwaarde_xl.xlsx.areas import Cells
from klantwaarde_xl.xlsx.formula_cells import FormulaCell

_PLAIN_TEXT_FORMAT = re.compile(r'[0#?+\-() €"]*')
RULES = {
    "n": Rule.NUMBER,
    "i": Rule.WHOLE,
    "o": Rule.ORDINAL,
    "z": Rule.NOT_ZERO,
    "d": Rule.DAY,
    "t": Rule.TEXT,
    "k": Rule.CRITERION,
    "e": Rule.TRUSTED,
}


def prepare(setting: Setting, sheet: str, cell: FormulaCell) -> Prepared:
    """Make a formula ready; `known` is False when its value cannot be known here."""
    one = Prepared(sheet, cell)
    try:
        _Preparation(setting, one).run()
    except (Unknowable, f.FormulaError, RecursionError):
        one.known = False
        one.sites, one.checks, one.parts = [], [], None
    return one


def _calls_prefixed(text: str) -> bool:
    """Whether a formula calls a function that needs a prefix in a file; few have its letters at all."""
    there = text.upper()
    return any(name in there for name in PREFIXED) and any(
        word["call"] and word["word"].upper() in PREFIXED for word in f.TOKEN.finditer(text)
    )


class _Preparation(Operands):
    """The walk over one formula."""

    def run(self) -> None:
        one = self._one
        if not one.cell.text:
            raise Unknowable
        node = f.parse(one.cell.text)
        if _calls_prefixed(one.cell.text):
            raise Unknowable  # without its prefix a program does not know it in a file
        one.is_call = isinstance(node, f.Function) and node.name in REGISTRY
        piece = self._walk(node, Want.ARRAY if one.cell.is_array else Want.ONE)
        area = one.cell.fills
        if one.cell.is_array and not one.is_call:
            tables = [site for site in one.sites if site.takes is Takes.ALL]
            if piece.shape is None and len(tables) == 1 and not self._has_array:
                one.follows = tables[0]
            elif piece.shape != (area.bottom - area.top + 1, area.right - area.left + 1):
                raise Unknowable
        if self._changed or one.sites:
            one.parts = ["=", *piece.parts]

    # ── functions ─────────────────────────────────────────────────────────────────────────────

    def _function(self, node: f.Function, want: str) -> Piece:
        if node.name in REGISTRY:
            return self._call(node, want)
        if node.name in ("ROW", "COLUMN"):
            return self._position(node)
        if node.name == "LET":
            return self._let(node, want)
        known = TRUSTED.get(node.name)
        letters = known.takes(len(node.args)) if known else None
        if known is None or letters is None or (self._setting.date1904 and node.name in DATES):
            raise Unknowable
        self._particular(node, want)
        pieces: list[Piece] = []
        before = self._within
        for arg, letter in zip(node.args, letters, strict=True):
            self._within = before + branch(node.name, pieces, len(node.args))
            piece = Piece([""], constant="") if arg is None else self._argument(node, arg, letter, want)
            pieces.append(piece)
        self._within = before
        digests = digests_for(self._one, self._setting.held, node.name, pieces)
        parts: Parts = [node.name, "("]
        for number, piece in enumerate(pieces):
            parts += [",", *piece.parts] if number else piece.parts
        parts.append(")")
        if digests:
            self._changed, parts = True, with_digests(node.name, parts, digests)
        shape: Shape = ONE
        if want == Want.ARRAY and self._is_lifted(node.name):
            for piece in pieces:
                shape = broadcast(shape, piece.shape)
        elif want == Want.CELLS and node.name in GIVES_CELLS:
            shape = None
        made = Piece.of(parts, pieces, gives(node.name, known.gives, pieces), shape)
        return self._finished(node.name, made, pieces, want)

    def _finished(self, name: str, made: Piece, pieces: Sequence[Piece], want: str) -> Piece:
        """A call of Excel's own function, with what holds for functions that give cells."""
        if name in ("INDEX", "INDIRECT") and want in (Want.ONE, Want.MIXED):
            made.parts.insert(0, "@")  # narrowed to the formula's own row, should it be a range
        made.stays |= name in DYNAMIC
        if name == "INDEX" and want != Want.CELLS:
            if any(piece.constant in (0, "") for piece in pieces[1:]):
                raise Unknowable
            checks = tuple(
                Check(Rule.NOT_ZERO, self._target(piece), self._within)
                for piece in pieces[1:]
                if piece.constant is None
            )
            made.if_moved += checks
            if want == Want.ARRAY:
                self._one.checks += checks
        return made

    def _is_lifted(self, name: str) -> bool:
        return name in LIFTED or (name == "IF" and self._one.cell.is_array)

    def _argument(self, node: f.Function, arg: f.Node, letter: str, want: str) -> Piece:
        """One argument of Excel's own function, with what its value must be."""
        if letter in "rsca":
            return self._range(node, arg, letter, want)
        if letter == "p" and want == Want.CELLS:
            self._changed = True  # the loader would narrow it
            return self._walk(arg, Want.CELLS)
        is_lifted = want == Want.ARRAY and self._is_lifted(node.name)
        was, self._is_criterion = self._is_criterion, letter == "k"
        self._inside += want in (Want.CELLS, Want.MIXED)
        piece = self._walk(arg, Want.ARRAY if want == Want.ARRAY else Want.ONE)
        self._inside -= want in (Want.CELLS, Want.MIXED)
        self._is_criterion = was
        if want == Want.ARRAY and not is_lifted and piece.shape != ONE:
            raise Unknowable
        if letter == "k" and isinstance(piece.constant, str) and not is_plain_criterion(piece.constant):
            raise Unknowable
        if node.name == "ISNUMBER" and piece.cells is not None:
            self._note(Rule.NO_BOOLEAN, piece.cells)
        rule = RULES.get(letter)
        if rule is not None:
            self._check(rule, piece)
        return piece

    def _range(self, node: f.Function, arg: f.Node, letter: str, want: str) -> Piece:
        """An argument that takes a range or an array."""
        self._changed |= letter == "a"  # the loader would narrow ranges in it
        is_array = letter == "a" or self._one.cell.is_array or want == Want.ARRAY
        self._inside += 1
        piece = self._walk(arg, Want.ARRAY if is_array and letter != "c" else Want.CELLS)
        self._inside -= 1
        if letter == "c" and piece.cells is None and not _is_dynamic(arg):
            raise Unknowable
        if letter == "c" and piece.cells is not None and piece.cells.is_single:
            self._changed = True  # the engine counts in a range, be it of one cell, and not in a cell
            piece.parts = [piece.cells.text]
        if node.name in ("VLOOKUP", "HLOOKUP") and not _is_look_up_table(arg, piece):
            raise Unknowable  # Calc finds nothing in an array that is computed
        if piece.cells is not None and TRUSTED[node.name].gives == "n" and _minds_booleans(node, arg):
            self._note(Rule.NO_BOOLEAN, piece.cells)
        if letter == "s":
            self._check(Rule.TEXT, piece)
        if piece.cells is not None and node.name in SKIPS_BLANKS:
            self._clip(piece, piece.cells)
        if letter == "a" and piece.gives == "b":
            raise Unknowable
        if letter == "r" and node.name in ADDS_UP and piece.cells is None and piece.gives in "tb":
            raise Unknowable  # counts in one place and not in another
        if letter == "r" and node.name in ("COUNT", "COUNTA") and piece.cells is None:
            self._check(Rule.TRUSTED, piece)
        if node.name == "INDEX" and len(node.args) == 2:
            self._index_of(piece)
        return piece

    def _clip(self, piece: Piece, cells: Cells) -> None:
        """Leave out the empty rows below all that is used: the engine walks through each of them."""
        area = cells.area
        if area.bottom == MOST_ROWS and area.right - area.left + 1 < MOST_COLUMNS:
            self._changed = True
            bottom = max(area.top, self._setting.last_row(cells.sheet))
            piece.parts = [Cells(cells.sheet, area._replace(bottom=bottom)).text]

    def _index_of(self, piece: Piece) -> None:
        """INDEX with one number: only along a row or a column."""
        site = piece.parts[0]
        if isinstance(site, Site):
            site.takes = Takes.LINE
        elif piece.shape is None or min(piece.shape) > 1:
            raise Unknowable

    def _particular(self, node: f.Function, want: str) -> None:
        """What single functions ask for before they are trusted."""
        name, args = node.name, node.args
        one = self._one
        if name in DYNAMIC:
            one.reads_anything = True
            if len(args) > (1 if name == "INDIRECT" else 5 if want == Want.CELLS else 3):
                raise Unknowable
        if name in EXACT_BY and (len(args) != EXACT_BY[name] or not _is_zero(args[-1])):
            raise Unknowable
        if name == "SUBSTITUTE" and _makes_points(args):
            self._plain_fixed = args[0]
        if name == "FIXED" and not (node is self._plain_fixed and len(args) == 2 and _is_zero(args[1])):
            raise Unknowable  # commas or points, as the country has it
        if name == "TEXT":
            shown = args[1] if len(args) == 2 else None
            if not isinstance(shown, f.Literal) or not _PLAIN_TEXT_FORMAT.fullmatch(str(shown.value)):
                raise Unknowable
        if name == "SUBTOTAL" and self._setting.hides_rows(one.sheet):
            raise Unknowable

    def _position(self, node: f.Function) -> Piece:
        """ROW() and COLUMN(), of the formula itself or of one cell."""
        self._changed = True
        row, column = self._row, self._column
        if node.args:
            arg = node.args[0]
            if len(node.args) > 1 or not isinstance(arg, (f.Reference, f.Structured)):
                raise Unknowable
            cells = self._cells(arg, Want.CELLS).cells
            if cells is None or not cells.is_single:
                raise Unknowable
            row, column = cells.area[:2]
        elif self._one.cell.is_array:
            raise Unknowable
        number = row if node.name == "ROW" else column
        return Piece([str(number)], "n", constant=float(number))

    def _let(self, node: f.Function, want: str) -> Piece:
        """LET: each name stands for its expression in what follows."""
        self._changed = True
        *pairs, body = node.args
        if len(pairs) % 2 or body is None:
            raise Unknowable
        before = dict(self._bound)
        for name, value in zip(pairs[::2], pairs[1::2], strict=True):
            if not isinstance(name, f.Name) or value is None or name.name.casefold() in self._bound:
                raise Unknowable
            self._bound[name.name.casefold()] = f.Group(f.bind(value, self._bound))
        piece = self._walk(body, want)
        self._bound = before
        piece.parts = ["(", *piece.parts, ")"]
        return piece

    # ── our own functions ─────────────────────────────────────────────────────────────────────

    def _call(self, node: f.Function, want: str) -> Piece:
        spec = REGISTRY[node.name]
        if self._setting.date1904:
            raise Unknowable
        takes = Takes.ALL
        if want == Want.ONE:
            takes = Takes.ONE if self._inside or self._fixed else Takes.FIRST
        site = Site(spec, takes, within=self._within)
        self._fixed += 1
        for number, arg in enumerate(node.args):
            is_range = number < len(spec.args) and spec.args[number].kind.is_range
            site.given.append(self._given(arg, is_range=is_range))
        self._fixed -= 1
        self._one.sites.append(site)
        gives = "x" if spec.columns else "t" if spec.texts else "n"
        return Piece([site], gives, ONE if want == Want.ONE else None)

    def _given(self, arg: f.Node | None, *, is_range: bool) -> Given:
        """Where the value of one argument of ours comes from."""
        while isinstance(arg, f.Group):
            arg = arg.inner
        if arg is None:
            return Constant(None)
        if isinstance(arg, f.Literal):
            return Constant(arg.value)
        if isinstance(arg, f.Block):
            return Constant([[constant(one) for one in row] for row in arg.rows])
        if isinstance(arg, f.Function) and arg.name in REGISTRY:
            self._call(arg, Want.CELLS)
            return self._one.sites[-1]
        inside, self._inside = self._inside, 0
        piece = self._walk(arg, Want.CELLS if _is_cells(arg) else Want.ONE)
        self._inside = inside
        if piece.cells is not None:
            if piece.cells.is_whole and not is_range:
                raise Unknowable
            if not is_range:
                self._note(Rule.FILLED, piece.cells)
            return piece.cells
        if piece.shape != ONE or piece.stays:
            raise Unknowable
        probe = Probe(piece.alone())
        self._note(Rule.NOT_ENGINES, probe)
        self._one.checks += piece.if_moved
        if _may_be_cells(arg):
            # A cell that it points at may be empty, which leaves an argument out; here it is zero
            if is_range:
                raise Unknowable
            self._note(Rule.NOT_ZERO, probe)
        return probe


def _is_cells(node: f.Node) -> bool:
    return isinstance(node, (f.Reference, f.Structured, f.Name))


def _makes_points(args: Sequence[f.Node | None]) -> bool:
    """Whether SUBSTITUTE writes points for commas: then thousands look the same in every country."""
    return len(args) == 3 and args[1:] == (f.Literal(","), f.Literal("."))


def _is_zero(node: f.Node | None) -> bool:
    return isinstance(node, f.Literal) and node.value in (0.0, False) and not isinstance(node.value, str)


def _is_dynamic(node: f.Node) -> bool:
    return isinstance(node, f.Function) and node.name in DYNAMIC


def _is_look_up_table(node: f.Node, piece: Piece) -> bool:
    """Whether every program looks up in it: cells, or an array that is written out."""
    while isinstance(node, f.Group):
        node = node.inner
    if piece.cells is not None or isinstance(node, f.Block):
        return True
    may_be = isinstance(node, f.Function) and node.name in GIVES_CELLS
    return may_be and not any(isinstance(part, Site) for part in piece.parts)


def _minds_booleans(node: f.Function, arg: f.Node) -> bool:
    """Whether a boolean in a range makes another number of it elsewhere."""
    if node.name in ("COUNTA", "COUNTBLANK", "ROWS", "COLUMNS"):
        return False
    at = next(number for number, one in enumerate(node.args) if one is arg)
    criterion = node.args[at + 1] if at + 1 < len(node.args) else None
    if node.name in ("SUMIF", "AVERAGEIF"):
        criterion = criterion if len(node.args) == 3 else None
    elif not node.name.endswith("IFS") and node.name != "COUNTIF":
        return True
    value = criterion.value if isinstance(criterion, f.Literal) else None
    return not (isinstance(value, bool) or (isinstance(value, str) and value[:1].isalpha()))


def _may_be_cells(node: f.Node) -> bool:
    """Whether an expression may come out as a cell instead of a value."""
    if isinstance(node, f.Name):
        return True
    return isinstance(node, f.Function) and node.name in GIVES_CELLS | {"VLOOKUP", "HLOOKUP", "LOOKUP"}
