"""One Apps Script file with every function that has a closed form, as custom functions of Google Sheets."""

from __future__ import annotations

import json
from importlib.resources import files

from klantwaarde_xl.errors import MEANINGS
from klantwaarde_xl.functions.google.javascript import javascript
from klantwaarde_xl.functions.lambdas.definition import Lambda, lambdas
from klantwaarde_xl.functions.notation import shown_example
from klantwaarde_xl.functions.spec import Arg, Kind, Spec

_HEAD = """/**
 * Klantwaarde XL voor Google Spreadsheets: {count} functies, zoals =KLANTWAARDE(500; 2; 200).
 *
 * Zo komt het erin: Extensies > Apps Script, vervang alles door deze tekst, en bewaar.
 * Een fout in een losse cel heet #ERROR!, met de reden als u de muis erop houdt. In een kolom of tabel is een
 * fout een getal dat niet bestaat (NaN), dat Google als #NUM! toont. Nog niet in een echte Google Spreadsheet
 * gezien. Gemaakt door `klantwaarde functies --google`; verander dit bestand niet met de hand.
 */
"""
_WORDS_OF_JAVASCRIPT = """
    arguments await break case catch class const continue debugger default delete do else enum eval
    export extends false finally for function if implements import in instanceof interface let new null
    package private protected public return static super switch this throw true try typeof var void
    while with yield"""
_RESERVED = frozenset(_WORDS_OF_JAVASCRIPT.split())


def script() -> str:
    """The text of the file."""
    every = lambdas().values()
    runtime = (files("klantwaarde_xl.functions.google") / "runtime.js").read_text(encoding="utf-8")
    return _HEAD.format(count=len(every)) + "\n" + runtime + "".join(map(_function, every))


def _function(one: Lambda) -> str:
    spec = one.spec
    names = [_shown_name(arg) for arg in spec.args]
    inner = ",".join(f"${name.casefold()}" for name in one.parameters)
    kinds = "".join(_kind(spec, arg) for arg in spec.args)
    body = javascript(one.body, tuple(one.parameters))
    return (
        f"\n{_documentation(spec, names)}function {spec.name}({', '.join(names)}) {{\n"
        f"  const K = KW_.K;\n"
        f"  return KW_.answer({json.dumps(kinds)}, arguments, ({inner}) => {body}, {_reasons(spec)});\n}}\n"
    )


def _shown_name(arg: Arg) -> str:
    return f"{arg.name}_" if arg.name in _RESERVED else arg.name


def _kind(spec: Spec, arg: Arg) -> str:
    letter = "d" if arg.kind is Kind.DATE or arg.kind.has_dates else "g"
    return letter.upper() if spec.is_optional(arg) else letter


def _documentation(spec: Spec, names: list[str]) -> str:
    formula, result = shown_example(spec, spec.examples[0])
    lines = [spec.doc, f"Voorbeeld: {formula} geeft {result}.", ""]
    for arg, name in zip(spec.args, names, strict=True):
        kind = "Array" if arg.kind.is_range else "number|string" if arg.choices else "number"
        optional = f" Leeg: {spec.default_text(arg)}." if spec.is_optional(arg) else ""
        unit = f" [{arg.unit}]" if arg.unit else ""
        lines.append(f"@param {{{kind}{'=' if optional else ''}}} {name} {arg.help()}{unit}{optional}")
    lines += [f"@return {spec.unit or 'de uitkomst'}", "@customfunction"]
    return "/**\n" + "".join(f" * {line}".rstrip().replace("*/", "* /") + "\n" for line in lines) + " */\n"


def _reasons(spec: Spec) -> str:
    """Why the function gives each of its errors, as the message that Sheets shows."""
    reasons = {error.text: spec.explain(error) or meaning for error, meaning in MEANINGS.items()}
    shown = {
        text: ("een van deze: " if "; " in reason else "") + reason.rstrip(".")
        for text, reason in reasons.items()
    }
    return json.dumps(shown, ensure_ascii=False)
