"""One LAMBDA from one declaration: its parameters, the reading of them, the closed form, the contract."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from klantwaarde_xl.errors import CellError
from klantwaarde_xl.functions.adapter.call import call
from klantwaarde_xl.functions.lambdas.reading import (
    FILLED,
    WORD,
    blocks,
    columns,
    loose,
    number,
    parameter,
    single,
    value_name,
)
from klantwaarde_xl.functions.lambdas.writing import STORED, TYPED, Notation, write
from klantwaarde_xl.functions.registry import REGISTRY
from klantwaarde_xl.functions.spec import Kind, Native, Spec
from klantwaarde_xl.kernels.arrays import is_elementwise

_LONGEST_COMMENT = 255  # one more, and Excel refuses the file


@dataclass(frozen=True)
class Lambda:
    """A function under a name of the workbook.

    parameters: name to whether it is optional, in the order of the declaration; body: in the notation of
    files, without prefixes; comment: what Excel shows of the function.
    """

    spec: Spec
    parameters: dict[str, bool]
    body: str

    @property
    def name(self) -> str:
        """What a user types."""
        return self.spec.name

    @property
    def comment(self) -> str:
        """What Excel shows of the function."""
        return self.spec.doc[:_LONGEST_COMMENT]

    def text(self, notation: Notation = TYPED) -> str:
        """The LAMBDA, without `=`."""
        return write(self.body, self.parameters, notation)

    @property
    def is_partial(self) -> bool:
        """Whether it says #N/A where its closed form no longer has nine digits."""
        closed = self.spec.closed
        return closed is not None and ("#N/A" in closed.value or bool(closed.na))

    @property
    def stored(self) -> str:
        """As files hold it."""
        return self.text(STORED)


@cache
def lambdas() -> dict[str, Lambda]:
    """Every function that has a closed form, by name, in the order of the registry."""
    ours = frozenset(spec.name.lower() for spec in REGISTRY)
    return {spec.name: _lambda(spec, form, ours) for spec in REGISTRY if (form := _form(spec))}


def _form(spec: Spec) -> Native | None:
    """The closed form that takes every argument."""
    if spec.closed is not None:
        return spec.closed
    return next((form for form in spec.native if form.before >= len(spec.args)), None)


def _lambda(spec: Spec, form: Native, ours: frozenset[str]) -> Lambda:
    names = {arg.name: parameter(arg.name, ours) for arg in spec.args}
    make = _of_cells if is_elementwise(spec.kernel) else _of_ranges
    optional = {names[arg.name]: spec.is_optional(arg) for arg in spec.args}
    return Lambda(spec, optional, make(spec, form, names))


def _of_cells(spec: Spec, form: Native, names: dict[str, str]) -> str:
    """Each cell of the arguments by itself, so that an error stands in its own row."""
    values = [value_name(arg) for arg in spec.args]
    bound = [
        (value, single(spec, arg, names[arg.name])) for value, arg in zip(values, spec.args, strict=True)
    ]
    formula = _guarded(form, {arg.name: f"{arg.name}_w" for arg in spec.args})
    each = ",".join(f"{arg.name}_w" for arg in spec.args)
    if len(values) == 1:
        return _let(bound, f"MAP({values[0]},LAMBDA({each},{formula}))")
    bound.append(("vorm", "+".join(f"0*{value}" for value in values)))
    arrays = ",".join(f"{value}+vorm" for value in values)
    return _let(bound, f"MAP({arrays},LAMBDA({each},{formula}))")


def _of_ranges(spec: Spec, form: Native, names: dict[str, str]) -> str:
    """Whole columns to one value or a table; the error of the first argument first."""
    bound: list[tuple[str, str]] = [FILLED, WORD]
    checks = []
    together = tuple(arg for arg in spec.args if arg.kind.is_column)
    if together:
        bound += columns(spec, together, names)
    if matrices := tuple(arg for arg in spec.args if arg.kind is Kind.MATRIX):
        bound += blocks(spec, matrices, names)
    for arg in spec.args:
        value = value_name(arg)
        if arg.kind is Kind.NUMBERS:
            bound += loose(value, names[arg.name])
            checks.append(f"IF({value}_n=0,{_of_nothing(spec)},0*SUM({value}))")
        elif arg.kind is Kind.MATRIX:
            checks.append(f"0*SUM({value})")
        elif arg.kind.is_column:
            check = f'SUM(IF({value}="",0,0))' if arg.kind is Kind.KEYS else f"0*SUM({value})"
            checks.append(f"IF(rij_n=0,0,{check})")
        else:
            given = names[arg.name]
            bound.append((value, f"IF(ROWS({given})*COLUMNS({given})>1,#VALUE!,{single(spec, arg, given)})"))
            has_none = spec.is_optional(arg) and spec.defaults[arg.name] is None
            checks.append(f'IF({value}="",0,0*{value})' if has_none else f"0*{value}")
    formula = _over_arrays(_guarded(form, {arg.name: value_name(arg) for arg in spec.args}))
    if together:
        formula = f"IF(rij_n=0,{_of_nothing(spec)},{formula})"
    bound.append(("fout", "+".join(checks)))
    return _let(bound, f"IF(fout=0,{formula},#N/A)")


def _of_nothing(spec: Spec) -> str:
    """What the function gives for columns in which nothing stands."""
    blank = [[None], [None]]
    args = [blank if arg.kind.is_range else 1 for arg in spec.args if not spec.is_optional(arg)]
    found = call(spec, args)
    if isinstance(found, (CellError, list)):
        return found.text if isinstance(found, CellError) else "#N/A"
    return number(found)


def _guarded(form: Native, values: dict[str, str]) -> str:
    text = form.value
    if form.na:
        text = f"IF({form.na},#N/A,{text})"
    if form.num:
        text = f"IF({form.num},#NUM!,{text})"
    return text.format_map(values)


def _let(bound: list[tuple[str, str]], result: str) -> str:
    return f"LET({','.join(f'{name},{text}' for name, text in bound)},{result})"


# COUNTIF takes cells only; a column that was read is an array of numbers
_COUNTIF = re.compile(
    r'COUNTIF\((\w+),(?:"(<=|>=|<>|<|>)([^"]*)"(?:&(\([^()]*(?:\([^()]*\)[^()]*)*\)|\w+))?|([^,()]+))\)'
)


_COUNT = re.compile(r"\bCOUNT\((\w+)\)")


def _over_arrays(formula: str) -> str:
    def counted(match: re.Match[str]) -> str:
        name, operator, number, reference, equal = match.groups()
        return f"SUM(({name}{operator or '='}{number or reference or equal})*1)"

    return _COUNT.sub(r"ROWS(\1)", _COUNTIF.sub(counted, formula))
