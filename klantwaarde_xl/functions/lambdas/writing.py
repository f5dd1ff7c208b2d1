"""A formula's tree as text: as Excel stores a LAMBDA in a name, and as a user types it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from klantwaarde_xl.formula import (
    Binary,
    Block,
    Fault,
    FormulaError,
    Function,
    Group,
    Literal,
    Name,
    Node,
    Unary,
    parse,
)

# Functions newer than the file format: without their prefix Excel does not know them when it opens a file
_NEW_WORDS = """
    BYROW CHOOSECOLS CHOOSEROWS DROP EXPAND HSTACK ISOMITTED LAMBDA LET MAKEARRAY MAP REDUCE SCAN SEQUENCE
    SORTBY SWITCH TAKE TOCOL UNIQUE VSTACK XMATCH"""
_NEW = frozenset(_NEW_WORDS.split())
_NEW_IN_SHEETS = frozenset({"FILTER", "SORT"})


@dataclass(frozen=True)
class Notation:
    """How a program writes what a LAMBDA is made of.

    function, optional, local: the text of a function's name, of an optional parameter and of a name that
    the formula gives itself; error: that of an error value.
    """

    separator: str
    decimal: str
    function: Callable[[str], str]
    optional: Callable[[str], str]
    local: Callable[[str], str]


def _stored(name: str) -> str:
    if name in _NEW_IN_SHEETS:
        return f"_xlfn._xlws.{name}"
    return f"_xlfn.{name}" if name in _NEW else name


STORED = Notation(",", ".", _stored, lambda name: f"_xlop.{name}", lambda name: f"_xlpm.{name}")
TYPED = Notation(",", ".", lambda name: name, lambda name: f"[{name}]", lambda name: name)
# Where the list separator is a semicolon the decimal sign is a comma; names of functions stay English
TYPED_WITH_SEMICOLONS = Notation(";", ",", lambda name: name, lambda name: f"[{name}]", lambda name: name)


def write(text: str, parameters: dict[str, bool], notation: Notation) -> str:
    """Write a LAMBDA.

    text: its body in the notation of files, without prefixes; parameters: name to whether it is optional.
    Raises `FormulaError` for what the one reader of formulas does not know.
    """
    node = parse(text)
    head = [
        notation.optional(one) if optional else notation.local(one) for one, optional in parameters.items()
    ]
    body = _text(node, notation, frozenset(_names(node)) | frozenset(parameters))
    return f"{notation.function('LAMBDA')}({notation.separator.join([*head, body])})"


def _names(node: Node) -> set[str]:
    """The names that LET and LAMBDA give in an expression."""
    found: set[str] = set()
    if isinstance(node, Function):
        given = node.args[:-1:2] if node.name == "LET" else node.args[:-1] if node.name == "LAMBDA" else ()
        found = {one.name.casefold() for one in given if isinstance(one, Name)}
        for arg in node.args:
            found |= _names(arg) if arg is not None else set()
    elif isinstance(node, Binary):
        found = _names(node.left) | _names(node.right)
    elif isinstance(node, Unary):
        found = _names(node.operand)
    elif isinstance(node, Group):
        found = _names(node.inner)
    return found


def _text(node: Node, notation: Notation, local: frozenset[str]) -> str:
    def text(one: Node) -> str:
        return _text(one, notation, local)

    if isinstance(node, Literal):
        return _literal(node.value, notation)
    if isinstance(node, Fault):
        return node.text
    if isinstance(node, Name):
        if node.name.casefold() not in local:
            raise FormulaError(node.name)
        return notation.local(node.name)
    if isinstance(node, Function):
        name = node.name.casefold()
        called = notation.local(name) if name in local else notation.function(node.name)
        args = ("" if arg is None else text(arg) for arg in node.args)
        return f"{called}({notation.separator.join(args)})"
    if isinstance(node, Binary):
        return f"{text(node.left)}{node.operator}{text(node.right)}"
    if isinstance(node, Unary):
        inner = text(node.operand)
        return f"{inner}%" if node.operator == "%" else f"{node.operator}{inner}"
    if isinstance(node, Group):
        return f"({text(node.inner)})"
    if isinstance(node, Block):
        return _block(node, notation, text)
    raise FormulaError(repr(node))


def _literal(value: float | str | bool, notation: Notation) -> str:
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, str):
        return '"' + value.replace('"', '""') + '"'
    number = str(int(value)) if value == int(value) and abs(value) < 1e15 else repr(value).upper()
    return number.replace(".", notation.decimal)


def _block(node: Block, notation: Notation, text: Callable[[Node], str]) -> str:
    columns, rows = (",", ";") if notation.separator == "," else ("\\", ";")
    return "{" + rows.join(columns.join(text(one) for one in row) for row in node.rows) + "}"
