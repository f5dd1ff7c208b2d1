"""The modules of VBA, rendered from the registry: a wrapper a function, and the wizard's texts.

Limits of VBA that the text keeps to: 1,023 characters a line, 24 continuations a statement, a
procedure of 64 kB (so the texts of a group of functions have a module, those of a function a procedure).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from importlib.resources import files

from klantwaarde_xl.errors import CellError
from klantwaarde_xl.functions.spec import Spec
from klantwaarde_xl.hosts.excel.functions import CATEGORY, SENTINELS
from klantwaarde_xl.hosts.setup.interpreter import APP, NAME, SECTION

PACKAGE = "klantwaarde_xl.hosts.excel"
WORKBOOK = "ThisWorkbook"
FUNCTIONS = "KwFuncties"

_IN_VBA = {
    CellError.DIV0: "xlErrDiv0",
    CellError.NUM: "xlErrNum",
    CellError.NA: "xlErrNA",
    CellError.VALUE: "xlErrValue",
    CellError.REF: "xlErrRef",
    CellError.NAME: "xlErrName",
    CellError.NULL: "xlErrNull",
}


def modules(specs: Iterable[Spec], *, xlwings: str) -> dict[str, str]:
    """All modules of the add-in by name, `ThisWorkbook` among them; xlwings: the version of its DLL."""
    declared = tuple(specs)
    texts = _texts(declared)
    filled = {
        "dll64": f"xlwings64-{xlwings}.dll",
        "dll32": f"xlwings32-{xlwings}.dll",
        "app": APP,
        "section": SECTION,
        "name": NAME,
        "package": PACKAGE,
        "category": CATEGORY,
        "errors": "\n".join(
            f'            Case "{text}": OneShown = CVErr({_IN_VBA[error]})'
            for error, text in SENTINELS.items()
        ),
        "describe": "\n".join(f"    {name}_Alle" for name in texts),
    }
    fixed = {name: _filled(name, filled) for name in (WORKBOOK, "KwPython", "KwCellen", "KwRibbon")}
    return {**fixed, FUNCTIONS: _wrappers(declared), **texts}


def _filled(name: str, values: Mapping[str, str]) -> str:
    text = files(__package__).joinpath("vba", f"{name}.bas").read_text(encoding="utf-8")
    for mark, value in values.items():
        text = text.replace(f"<<{mark}>>", value)
    return text


def _wrappers(specs: Iterable[Spec]) -> str:
    """A public function for each declaration; what is left out comes to Python as nothing."""
    lines = ["Option Explicit", "' Made from the registry: a function each. See KwCellen."]
    for spec in specs:
        given = ", ".join(("Optional " if spec.is_optional(arg) else "") + arg.name for arg in spec.args)
        cells = ", ".join(f"KwArg({arg.name})" for arg in spec.args)
        lines += [
            "",
            f"Public Function {spec.name}({given}) As Variant",
            f'    {spec.name} = KwCall("{spec.name}", Array({cells}))',
            "End Function",
        ]
    return "\n".join([*lines, ""])


def _texts(specs: Iterable[Spec]) -> dict[str, str]:
    """What the function wizard shows, a module for each group."""
    groups: dict[str, list[Spec]] = {}
    for spec in specs:
        groups.setdefault(spec.group, []).append(spec)
    return {
        name: "\n".join(_texts_of(name, group))
        for number, group in enumerate(groups.values(), 1)
        for name in [f"KwUitleg{number}"]
    }


def _texts_of(name: str, specs: Iterable[Spec]) -> Iterator[str]:
    declared = tuple(specs)
    yield "Option Explicit"
    yield f"' Made from the registry: {declared[0].group}."
    yield f"Public Sub {name}_Alle()"
    yield from (f"    Uitleg_{spec.name}" for spec in declared)
    yield "End Sub"
    for spec in declared:
        said = [f'"{spec.name}"', _literal(spec.doc), *(_literal(arg.help()) for arg in spec.args)]
        yield ""
        yield f"Private Sub Uitleg_{spec.name}()"
        yield "    KwDescribeOne " + ", _\n        ".join(said)
        yield "End Sub"


def _literal(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'
