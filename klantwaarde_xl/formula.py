"""The text of a formula, read: tokens for those who follow references, a tree for those who compute.

The one reader of formula text, in the notation of files: English names, commas, decimal points.
Text in quotes, sheet names, `Tabel[Kolom]` and functions such as LOG10 are never taken for cells.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple, TypeAlias

from klantwaarde_xl.limits import DEEPEST_FORMULA, LONGEST_FORMULA, TALLEST_FORMULA

# Up to the last column and row that a sheet has: YTD2026 and A2000000 are names
_COLUMN = r"\$?(?:[A-Z]{1,2}|[A-W][A-Z]{2}|X(?:[A-E][A-Z]|F[A-D]))"
_ROW = (
    r"\$?(?:[1-9][0-9]{0,5}|10(?:[0-3][0-9]{4}|4(?:[0-7][0-9]{3}|8(?:[0-4][0-9]{2}|5(?:[0-6][0-9]|7[0-6])))))"
)
_CELL = _COLUMN + _ROW
_WORD = r"[^\W\d][\w.\\?]*|\\[\w.\\?]*"
_SHEET = r"(?:'(?:[^']|'')+'|(?:\[[^\]]*\])?[^\W\d][\w.]*(?::[^\W\d][\w.]*)?)!"
_STOP = r"(?![\w.(!\[\\])"
_BRACKETS = r"\[(?:[^\[\]']|'.|\[(?:[^\[\]']|'.)*\])*\]"

# In this order: what may look like a cell but is none comes out as itself.
TOKEN = re.compile(
    rf'(?P<text>"(?:[^"]|"")*")'
    r"|(?![-(),;=<>&+*/^%{}])(?:"  # none of these begins anything but a mark
    rf"(?P<sheet>{_SHEET})?(?:(?P<first>{_CELL})(?P<last>:{_CELL})?{_STOP}"
    rf"|(?P<whole>{_COLUMN}:{_COLUMN}|{_ROW}:{_ROW}){_STOP})"
    rf"|(?P<error>(?:{_SHEET})?\#(?:REF!|N/A|DIV/0!|VALUE!|NAME\?|NUM!|NULL!|SPILL!|CALC!|GETTING_DATA))"
    rf"|(?P<table>{_WORD})?(?P<bracket>{_BRACKETS})(?!\w)"
    rf"|(?P<scope>{_SHEET})?(?P<word>{_WORD})(?P<call>\()?"
    r"|(?P<quoted>'(?:[^']|'')*')"
    r"|(?P<number>(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)"
    r"|(?P<space>\s+))"
    r"|(?P<mark><=|>=|<>|.)",
    re.DOTALL,
)


class FormulaError(ValueError):
    """A formula, or something in one, that this reader does not know."""


class Literal(NamedTuple):
    """A number, text or boolean that is written out."""

    value: float | str | bool


class Fault(NamedTuple):
    """An error value that is written out, such as #N/A."""

    text: str


class Reference(NamedTuple):
    """Cells by their address: `Blad1!A1`, `A1:B9`, `A:C`, `3:4`; sheet with its mark, or nothing."""

    sheet: str
    first: str
    last: str = ""


class Name(NamedTuple):
    """A defined name; scope is the sheet before it, with its mark, or nothing."""

    scope: str
    name: str


class Structured(NamedTuple):
    """`Tabel[…]`: the table, and what stands in the outer brackets."""

    table: str
    inside: str


@dataclass(frozen=True)
class Function:
    """A call: the name in capitals without prefixes; an argument left out is None."""

    name: str
    args: tuple[Node | None, ...]


@dataclass(frozen=True)
class Unary:
    """`-x`, `+x`, and behind its operand `x%`."""

    operator: str
    operand: Node


@dataclass(frozen=True)
class Binary:
    """Two operands with an operator between them."""

    operator: str
    left: Node
    right: Node


@dataclass(frozen=True)
class Group:
    """What stands in brackets."""

    inner: Node


class Block(NamedTuple):
    """An array that is written out, row by row."""

    rows: tuple[tuple[Literal | Fault, ...], ...]


Node: TypeAlias = (
    "Literal | Fault | Reference | Name | Structured | Function | Unary | Binary | Group | Block"
)

_LEVELS = (("=", "<>", "<", ">", "<=", ">="), ("&",), ("+", "-"), ("*", "/"), ("^",))
_LEVEL = {operator: level for level, operators in enumerate(_LEVELS) for operator in operators}
PREFIX = re.compile(r"^(?:_XLFN\.|_XLWS\.|_XLUDF\.|_XLPM\.)+", re.IGNORECASE)


def sheet_of(prefix: str | None, home: str) -> str:
    """Return the sheet that a reference's prefix (`Blad1!`, `'Mijn blad'!`) names, else home."""
    if not prefix:
        return home
    name = prefix[:-1]
    return name[1:-1].replace("''", "'") if name.startswith("'") else name


def quoted_sheet(name: str) -> str:
    """Return the prefix that names a sheet in a formula, always in quotes."""
    return "'" + name.replace("'", "''") + "'!"


def parts_of(bracket: str) -> list[str]:
    """Return what `[…]` of a structured reference names: `#This Row`, headers, `:` between two.

    Raises `FormulaError` for what no program writes.
    """
    inside = bracket[1:-1].strip()
    if inside.startswith("@"):
        rest = inside[1:].strip()
        return ["#This Row", *(parts_of(f"[{rest}]") if rest else [])]
    if not inside:
        return []
    if not inside.startswith("["):
        return [_unescaped(inside)]
    found = re.findall(r"\[((?:[^\[\]']|'.)*)\]|([:,])", inside)
    if "".join(mark if mark else f"[{name}]" for name, mark in found) != re.sub(
        r"(?<=[\]:,])\s+(?=[\[:,])", "", inside
    ):
        raise FormulaError(bracket)
    return [":" if mark == ":" else _unescaped(name) for name, mark in found if mark != ","]


def _unescaped(name: str) -> str:
    return re.sub(r"'(.)", r"\1", name)


@lru_cache(maxsize=4096)
def parse(formula: str) -> Node:
    """Read a formula as a tree, which those who walk through it can: no higher than they go.

    Raises `FormulaError` for one that is higher, for unions and intersections of cells, `#` behind a cell,
    other workbooks, and text that is no formula.
    """
    if len(formula) > LONGEST_FORMULA:
        raise FormulaError(formula[:80])
    try:
        reader = _Reader(formula.removeprefix("="))
        node = reader.expression(0)
    except RecursionError:
        raise FormulaError("te diep") from None
    if reader.kind:
        raise FormulaError(formula)
    if _height(node) > TALLEST_FORMULA:
        raise FormulaError("te diep")
    return node


def _height(node: Node) -> int:
    """How many parts lie within one another; a sum of a hundred terms is as high as a hundred brackets."""
    height, row = 0, [node]
    while row:
        below: list[Node] = []
        for one in row:
            below += children(one)
        height, row = height + 1, below
    return height


class _Reader:
    """A formula read from left to right, one token ahead."""

    def __init__(self, formula: str) -> None:
        self._tokens = self._scan(formula)
        self._depth = 0
        self.match: re.Match[str] | None = None
        self.kind = ""
        self._next()

    def _scan(self, formula: str) -> Iterator[re.Match[str]]:
        return (match for match in TOKEN.finditer(formula) if match.lastgroup != "space")

    def _next(self) -> re.Match[str]:
        """Take the present token and look at the one behind it."""
        taken = self.match
        self.match = next(self._tokens, None)
        self.kind = ""
        if self.match is not None:
            kind = self.match.lastgroup or ""
            self.kind = self.match[0] if kind == "mark" else kind
        return taken  # type: ignore[return-value]

    def _expect(self, kind: str) -> None:
        if self.kind != kind:
            raise FormulaError(kind)
        self._next()

    def expression(self, level: int) -> Node:
        """What stands here up to an operator that binds less than the level."""
        left = self._operand()
        while (found := _LEVEL.get(self.kind, -1)) >= level:
            operator = self.kind
            self._next()
            left = Binary(operator, left, self.expression(found + 1))
        return left

    def _operand(self) -> Node:
        if self.kind in ("-", "+"):
            return Unary(self._next()[0], self._operand())
        node = self._primary()
        while self.kind == "%":
            self._next()
            node = Unary("%", node)
        return node

    def _primary(self) -> Node:
        self._depth += 1
        if self._depth > DEEPEST_FORMULA * 2:
            raise FormulaError("te diep")
        try:
            if self.kind == "(":
                self._next()
                inner = self.expression(0)
                self._expect(")")
                return Group(inner)
            if self.kind == "{":
                return self._block()
            return self._plain()
        finally:
            self._depth -= 1

    def _plain(self) -> Node:
        match = self.match
        if match is None or match["mark"] or match["quoted"]:
            raise FormulaError(match[0] if match else "")
        self._next()
        if match["text"]:
            return Literal(match["text"][1:-1].replace('""', '"'))
        if match["number"]:
            return Literal(float(match["number"]))
        if match["error"]:
            return Fault(match["error"].rpartition("#")[1] + match["error"].rpartition("#")[2])
        if match["first"]:
            return Reference(match["sheet"] or "", match["first"], (match["last"] or "")[1:])
        if match["whole"]:
            first, _, last = match["whole"].partition(":")
            return Reference(match["sheet"] or "", first, last)
        if match["bracket"]:
            return Structured(match["table"] or "", match["bracket"])
        if match["call"]:
            return self._call(match)
        if match["word"].upper() in ("TRUE", "FALSE") and not match["scope"]:
            return Literal(match["word"].upper() == "TRUE")
        return Name(match["scope"] or "", PREFIX.sub("", match["word"]))

    def _call(self, match: re.Match[str]) -> Node:
        if match["scope"]:
            raise FormulaError(match[0])
        args: list[Node | None] = []
        while True:
            args.append(None if self.kind in (",", ")") else self.expression(0))
            if self.kind != ",":
                break
            self._next()
        self._expect(")")
        name = PREFIX.sub("", match["word"]).upper()
        if args == [None] and name in ("TRUE", "FALSE"):  # as LibreOffice saves them
            return Literal(name == "TRUE")
        return Function(name, () if args == [None] else tuple(args))

    def _block(self) -> Block:
        rows: list[tuple[Literal | Fault, ...]] = []
        row: list[Literal | Fault] = []
        while True:
            self._next()
            row.append(self._constant())
            if self.kind in (";", "}"):
                rows.append(tuple(row))
                row = []
            if self.kind == "}":
                break
            if self.kind not in (",", ";"):
                raise FormulaError("{")
        self._next()
        if len({len(one) for one in rows}) > 1:
            raise FormulaError("{")
        return Block(tuple(rows))

    def _constant(self) -> Literal | Fault:
        sign = self._next()[0] if self.kind in ("-", "+") else ""
        node = self._plain()
        if sign and isinstance(node, Literal) and type(node.value) is float:
            return Literal(-node.value if sign == "-" else node.value)
        if sign or not isinstance(node, (Literal, Fault)):
            raise FormulaError("{")
        return node


def children(node: Node) -> list[Node]:
    """Return the parts that a node is made of."""
    if isinstance(node, Function):
        return [arg for arg in node.args if arg is not None]
    if isinstance(node, Binary):
        return [node.left, node.right]
    if isinstance(node, Unary):
        return [node.operand]
    return [node.inner] if isinstance(node, Group) else []


def is_absolute(node: Node) -> bool:
    """Whether every address in it is fixed and names its sheet, as a name's must be."""
    if isinstance(node, Reference):
        corners = (node.first, node.last) if node.last else (node.first,)
        return bool(node.sheet) and not any(re.search(r"(?<!\$)\b[A-Z]+|(?<![\d$])\d", c) for c in corners)
    return all(map(is_absolute, children(node)))


def bind(node: Node, bound: Mapping[str, Node]) -> Node:
    """Put the names that LET bound before into an expression."""
    if isinstance(node, Name):
        return node if node.scope else bound.get(node.name.casefold(), node)
    if isinstance(node, Function):
        return Function(node.name, tuple(arg if arg is None else bind(arg, bound) for arg in node.args))
    if isinstance(node, Binary):
        return Binary(node.operator, bind(node.left, bound), bind(node.right, bound))
    if isinstance(node, Unary):
        return Unary(node.operator, bind(node.operand, bound))
    return Group(bind(node.inner, bound)) if isinstance(node, Group) else node
