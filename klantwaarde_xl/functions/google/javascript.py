"""A formula's tree as an expression of JavaScript over the functions of `runtime.js`."""

from __future__ import annotations

import json

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

_OPERATORS = {
    "+": "add", "-": "sub", "*": "mul", "/": "div", "^": "pow", "&": "cat",
    "=": "eq", "<>": "ne", "<": "lt", ">": "gt", "<=": "le", ">=": "ge",
}  # fmt: skip
_ERRORS = {"#N/A": "$NA", "#NUM!": "$NUM", "#VALUE!": "$VALUE", "#DIV/0!": "$DIV0"}
_LAZY = {"IF": 1, "IFERROR": 1, "CHOOSE": 1}  # arguments from here on are computed when they are needed


def javascript(formula: str, parameters: tuple[str, ...]) -> str:
    """A formula in the notation of files as JavaScript; parameters: the names that it may use from outside.

    Raises `FormulaError` for what is no part of our closed forms.
    """
    return _text(parse(formula), frozenset(one.casefold() for one in parameters))


def _text(node: Node, known: frozenset[str]) -> str:
    if isinstance(node, Literal):
        return _literal(node.value)
    if isinstance(node, Fault):
        return f"K.{_ERRORS[node.text]}"
    if isinstance(node, Name):
        return _name(node, known)
    if isinstance(node, Function):
        return _call(node, known)
    if isinstance(node, Binary):
        return f"K.{_OPERATORS[node.operator]}({_text(node.left, known)},{_text(node.right, known)})"
    if isinstance(node, Unary):
        inner = _text(node.operand, known)
        return f"K.div({inner},100)" if node.operator == "%" else f"K.sub(0,{inner})"
    if isinstance(node, Group):
        return _text(node.inner, known)
    if isinstance(node, Block):
        return (
            "[" + ",".join("[" + ",".join(_text(one, known) for one in row) + "]" for row in node.rows) + "]"
        )
    raise FormulaError(repr(node))


def _literal(value: float | str | bool) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        value = int(value)
    return json.dumps(value, ensure_ascii=False)


def _name(node: Node | None, known: frozenset[str]) -> str:
    if not isinstance(node, Name) or node.name.casefold() not in known:
        raise FormulaError(repr(node))
    return f"${node.name.casefold()}"


def _call(node: Function, known: frozenset[str]) -> str:
    if node.name == "LET":
        return _let(node, known)
    if node.name == "LAMBDA":
        return _lambda(node, known)
    own = node.name.casefold()
    called = f"${own}" if own in known else f"K.{node.name}"
    lazy = _LAZY.get(node.name, len(node.args))
    texts = ["undefined" if arg is None else _text(arg, known) for arg in node.args]
    return f"{called}({','.join(text if at < lazy else f'()=>{text}' for at, text in enumerate(texts))})"


def _let(node: Function, known: frozenset[str]) -> str:
    steps = []
    for name, value in zip(node.args[:-1:2], node.args[1::2], strict=True):
        if not isinstance(name, Name) or value is None:
            raise FormulaError(repr(name))
        text = _text(value, known)
        known |= {name.name.casefold()}
        steps.append(f"const {_name(name, known)}={text};")
    last = node.args[-1]
    if last is None:
        raise FormulaError("LET")
    return f"(()=>{{{''.join(steps)}return {_text(last, known)}}})()"


def _lambda(node: Function, known: frozenset[str]) -> str:
    *names, body = node.args
    if body is None:
        raise FormulaError("LAMBDA")
    known |= {one.name.casefold() for one in names if isinstance(one, Name)}
    return f"(({','.join(_name(one, known) for one in names)})=>{_text(body, known)})"
