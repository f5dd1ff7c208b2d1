"""Formulas that call our functions as formulas of Excel alone: they compute where we are not installed."""

from __future__ import annotations

import re
from functools import cache

from klantwaarde_xl.formula import (
    Binary,
    Fault,
    Function,
    Group,
    Literal,
    Name,
    Node,
    Reference,
    Structured,
    Unary,
    parse,
)
from klantwaarde_xl.functions.notation import FILE, literal, native_formula
from klantwaarde_xl.functions.registry import REGISTRY


def calls_ours(formula: str) -> bool:
    """Whether a formula in the notation of files calls a function of ours."""
    return bool(_calls_of_ours().search(formula))


@cache
def _calls_of_ours() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(spec.name for spec in REGISTRY)})\(")


@cache
def plain_formula(formula: str) -> str:
    """A formula in the notation of files with each call of ours written out, where that has a closed form.

    Text without a call of ours comes back as it is; so does a formula of which a call has no closed form.
    """
    if not calls_ours(formula):
        return formula
    node = parse(formula)
    text = _text(node)
    if text is None:
        return formula
    is_call = isinstance(node, Function) and node.name in REGISTRY
    return f"={text[1:-1] if is_call else text}"  # alone in its cell it needs no brackets


def _text(node: Node) -> str | None:
    """An expression as text; None when a call of ours in it has no closed form."""
    if isinstance(node, Literal):
        value = node.value
        return literal(int(value) if isinstance(value, float) and value.is_integer() else value, FILE)
    if isinstance(node, Fault):
        return node.text
    if isinstance(node, Reference):
        return f"{node.sheet}{node.first}" + (f":{node.last}" if node.last else "")
    if isinstance(node, Name):
        return node.scope + node.name
    if isinstance(node, Structured):
        return node.table + node.inside
    if isinstance(node, Function):
        return _call(node)
    if isinstance(node, Binary):
        left, right = _text(node.left), _text(node.right)
        return None if left is None or right is None else f"{left}{node.operator}{right}"
    if isinstance(node, (Unary, Group)):
        inner = _text(node.operand if isinstance(node, Unary) else node.inner)
        if inner is None:
            return None
        if isinstance(node, Group):
            return f"({inner})"
        return f"{inner}%" if node.operator == "%" else f"{node.operator}{inner}"
    return None


def _call(node: Function) -> str | None:
    args = [None if arg is None else _text(arg) for arg in node.args]
    if any(text is None and arg is not None for text, arg in zip(args, node.args, strict=True)):
        return None
    if node.name not in REGISTRY:
        return f"{node.name}({','.join(text or '' for text in args)})"
    grouped = [
        text and (text if _is_one(arg) else f"({text})") for text, arg in zip(args, node.args, strict=True)
    ]
    written = native_formula(REGISTRY[node.name], grouped)
    return written and f"({written.removeprefix('=')})"


def _is_one(node: Node | None) -> bool:
    """Whether an argument can stand beside any operator."""
    return isinstance(node, (Literal, Reference, Name, Structured, Function, Group)) or node is None
