"""The functions as the tooltip of Excel-DNA's free IntelliSense add-in reads them.

Excel shows the arguments of a function while they are typed for its own functions only; that
add-in, where a user has it, does so for ours. It reads a file beside the add-in, or a custom XML part
inside it in the same format: elements `Function` with `Argument`s, in the namespace below.
"""

from __future__ import annotations

from collections.abc import Iterable

from lxml import etree

from klantwaarde_xl.functions.spec import Arg, Spec

NAMESPACE = "http://schemas.excel-dna.net/intellisense/1.0"


def tooltips(specs: Iterable[Spec]) -> str:
    """The file's text: every function with its arguments, in Dutch; an optional one between brackets."""
    prefixes: dict[str | None, str] = {None: NAMESPACE}
    root = etree.Element(f"{{{NAMESPACE}}}IntelliSense", nsmap=prefixes)  # type: ignore[arg-type]
    functions = etree.SubElement(root, f"{{{NAMESPACE}}}FunctionInfo")
    for spec in specs:
        function = etree.SubElement(
            functions, f"{{{NAMESPACE}}}Function", Name=spec.name, Description=f"{spec.doc} ({spec.unit})"
        )
        for arg in spec.args:
            name = f"[{arg.name}]" if spec.is_optional(arg) else arg.name
            etree.SubElement(
                function, f"{{{NAMESPACE}}}Argument", Name=name, Description=_described(spec, arg)
            )
    text = etree.tostring(root, encoding="unicode", pretty_print=True)
    return f'<?xml version="1.0" encoding="utf-8"?>\n{text}'


def _described(spec: Spec, arg: Arg) -> str:
    unit = f" [{arg.unit}]" if arg.unit else ""
    default = ""
    if spec.is_optional(arg) and spec.defaults[arg.name] is not None:
        default = f" Leeg: {spec.default_text(arg)}."
    return f"{arg.help()}{unit}{default}"
