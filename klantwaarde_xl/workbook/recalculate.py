"""The values that a workbook's formulas show, computed without a spreadsheet program.

IronCalc evaluates what Excel has; our own functions it does not know. Each call of one is taken
out of its formula: its arguments are evaluated in cells far to the right (in memory only), the
kernel computes, and the formula refers to the result. Repeated until nothing changes, because
our functions may depend on formulas that depend on our functions.
"""

from __future__ import annotations

import contextlib
import os
import re
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeAlias

from klantwaarde_xl.addresses import MOST_COLUMNS, Area, address, area
from klantwaarde_xl.errors import BY_TEXT, CellError
from klantwaarde_xl.functions.adapter.call import call
from klantwaarde_xl.functions.registry import REGISTRY
from klantwaarde_xl.functions.spec import Spec
from klantwaarde_xl.plan.plan import Value
from klantwaarde_xl.xlsx.package import Package

Part: TypeAlias = "str | Call"
_ROUNDS = 20
_ERROR_FORMULAS = {
    CellError.DIV0: "=1/0",
    CellError.NUM: "=SQRT(-1)",
    CellError.NA: "=NA()",
    CellError.VALUE: '="a"*1',
    CellError.REF: "=#REF!",
    CellError.NAME: "=KW_ONBEKEND()",
    CellError.NULL: "=NA()",
}
_OURS = re.compile(r"\b(" + "|".join(spec.name for spec in REGISTRY) + r")\(", re.IGNORECASE)
_QUALIFIED = re.compile(r"(?:'((?:[^']|'')+)'|([^'!]+))!(.+)")


@dataclass(frozen=True)
class Place:
    """Where a table or name lies: its sheet and area; a table's starts at its headers."""

    sheet: str
    area: Area
    headers: tuple[str, ...] = ()


@dataclass
class Call:
    """One call of ours inside a formula, with the scratch cells that stand for it."""

    spec: Spec
    args: list[list[Part]]
    sheet: str = ""
    texts: list[str] = field(default_factory=list)
    cells: list[int] = field(default_factory=list)
    result: int = 0


def refill(package: Package) -> None:
    """Give every formula cell of a package the value it shows; none where it cannot be known."""
    places = {name: Place(*where) for name, where in package.places().items()}
    values = recalculate(package.to_bytes(), package.formulas(), places)
    if any(place.headers and place.area.bottom - place.area.top == 1 for place in places.values()):
        # The engine takes a column of one row for a single cell, and some functions then refuse it;
        # such an error is its own, so rather nothing than that
        values = {
            sheet: {where: None if value is CellError.VALUE else value for where, value in cells.items()}
            for sheet, cells in values.items()
        }
    package.write_cached(values)


def recalculate(
    workbook: bytes, formulas: Mapping[str, Mapping[str, str]], places: Mapping[str, Place]
) -> dict[str, dict[str, Value]]:
    """Evaluate every formula cell; None for one whose value cannot be known here.

    workbook: the bytes of the .xlsx; formulas: sheet to address to formula text; places: tables
    and defined names that arguments of our own functions may name.
    """
    with _model(workbook) as model:
        engine = _Engine(model, places)
        for sheet, cells in formulas.items():
            for where, text in cells.items():
                if text and _OURS.search(text):
                    engine.take_out_calls(sheet, where, text)
        engine.settle()
        return {
            sheet: {where: engine.value(sheet, *area(where)[:2]) for where in cells}
            for sheet, cells in formulas.items()
        }


@contextlib.contextmanager
def _model(workbook: bytes) -> Iterator[Any]:
    """Load into IronCalc, which takes a path and prints to standard output."""
    import ironcalc

    with tempfile.TemporaryDirectory(prefix="klantwaarde-") as folder:
        path = Path(folder) / "werkboek.xlsx"
        path.write_bytes(workbook)
        with _quiet():
            yield ironcalc.load_from_xlsx(str(path), "en", "UTC", "en")


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """Send what native code prints to standard output nowhere, for a while."""
    sys.stdout.flush()
    try:
        kept = os.dup(1)
    except OSError:  # a windowed program has no standard output at all
        yield
        return
    with Path(os.devnull).open("wb") as nowhere:
        os.dup2(nowhere.fileno(), 1)
        try:
            yield
        finally:
            os.dup2(kept, 1)
            os.close(kept)


class _Engine:
    """One loaded model, the calls taken out of it, and the way from references to values."""

    def __init__(self, model: Any, places: Mapping[str, Place]) -> None:
        self.model = model
        self.places = {name.casefold(): place for name, place in places.items()}
        self.sheets = {sheet["name"]: i for i, sheet in enumerate(model.get_worksheets_properties())}
        self.calls: list[Call] = []
        self.used: dict[str, int] = {}

    # ── taking calls out of formulas ──────────────────────────────────────────────────────

    def take_out_calls(self, sheet: str, where: str, text: str) -> None:
        """Put references to scratch cells in the place of our calls in one formula."""
        parts = _parse(text)
        row, column = area(where)[:2]
        rewritten = "=" + self._text(sheet, parts)
        self.model.update_cell_with_formula(self.sheets[sheet], row, column, rewritten)

    def _text(self, sheet: str, parts: Sequence[Part]) -> str:
        return "".join(part if isinstance(part, str) else self._extract(sheet, part) for part in parts)

    def _extract(self, sheet: str, one: Call) -> str:
        one.sheet = sheet
        for arg in one.args:
            text = self._text(sheet, arg).strip()
            one.texts.append(text)
            one.cells.append(0)
            if text and self._find(sheet, text) is None:
                one.cells[-1] = self._scratch(sheet)
                self.model.update_cell_with_formula(
                    self.sheets[sheet], one.cells[-1], MOST_COLUMNS, f"={text}"
                )
        one.result = self._scratch(sheet)
        self.calls.append(one)
        return address(one.result, MOST_COLUMNS, absolute=True)

    def _scratch(self, sheet: str) -> int:
        self.used[sheet] = self.used.get(sheet, 0) + 1
        return self.used[sheet]

    # ── computing ─────────────────────────────────────────────────────────────────────────

    def settle(self) -> None:
        """Evaluate until the results of our calls no longer change."""
        known: dict[int, Any] = {}
        for _ in range(_ROUNDS):
            self.model.evaluate()
            changed = False
            for number, one in enumerate(self.calls):
                result = self._compute(one)
                if number not in known or known[number] != result:
                    known[number] = result
                    self._set(one, result)
                    changed = True
            if not changed:
                return

    def _compute(self, one: Call) -> Any:
        result = call(one.spec, [self._argument(one, i) for i in range(len(one.texts))])
        while isinstance(result, (list, tuple)):
            result = result[0]
        return result

    def _argument(self, one: Call, number: int) -> Any:
        text = one.texts[number]
        if not text:
            return None
        if one.cells[number]:
            return self.value(one.sheet, one.cells[number], MOST_COLUMNS)
        place = self._find(one.sheet, text)
        assert place is not None
        rows = [
            [self.value(place.sheet, row, column) for column in range(place.area.left, place.area.right + 1)]
            for row in range(place.area.top, place.area.bottom + 1)
        ]
        return rows if place.area.top < place.area.bottom or len(rows[0]) > 1 else rows[0][0]

    def _set(self, one: Call, result: Any) -> None:
        at = (self.sheets[one.sheet], one.result, MOST_COLUMNS)
        if isinstance(result, CellError):
            self.model.update_cell_with_formula(*at, _ERROR_FORMULAS[result])
        elif isinstance(result, str):
            self.model.update_cell_with_text(*at, result)
        else:
            self.model.update_cell_with_number(*at, float(result or 0))

    # ── references and values ─────────────────────────────────────────────────────────────

    def _find(self, sheet: str, text: str) -> Place | None:
        """The cells that a plain reference names; None for an expression."""
        if match := _QUALIFIED.fullmatch(text):
            name = (match[1] or match[2]).replace("''", "'")
            if name not in self.sheets:
                return None
            sheet, text = name, match[3]
        with contextlib.suppress(ValueError):
            return Place(sheet, area(text))
        table, bracket, column = text.partition("[")
        place = self.places.get(table.casefold())
        if place is None or not bracket:
            return place if place is not None and not place.headers else None
        wanted = column.removesuffix("]").casefold()
        headers = [header.casefold() for header in place.headers]
        if wanted not in headers:
            return None
        left = place.area.left + headers.index(wanted)
        return Place(place.sheet, Area(place.area.top + 1, left, place.area.bottom, left))

    def value(self, sheet: str, row: int, column: int) -> Value:
        """A cell's value; None for an empty cell or one that the engine cannot compute."""
        at = (self.sheets[sheet], row, column)
        if self.model.is_empty_cell(*at):
            return None
        value = self.model.get_cell_value(*at)
        if str(self.model.get_cell_type(*at)).endswith("ErrorValue"):
            error = BY_TEXT.get(value)
            return None if error is CellError.NAME else error
        return value  # type: ignore[no-any-return]


def _parse(formula: str) -> list[Part]:
    """A formula as text with our calls as branches, however deep they stand."""
    from openpyxl.formula.tokenizer import Token, Tokenizer

    tokens = iter(Tokenizer("=" + formula.removeprefix("=")).items)

    def until_close() -> tuple[list[list[Part]], bool]:
        """Arguments up to the closing bracket of the call that was just opened."""
        args: list[list[Part]] = [[]]
        for token in tokens:
            if token.type == Token.FUNC and token.subtype == Token.OPEN:
                args[-1] += branch(token.value)
            elif token.subtype == Token.OPEN:
                inner, _ = until_close()
                args[-1] += [token.value, *_joined(inner), ")" if token.type == Token.PAREN else "}"]
            elif token.subtype == Token.CLOSE:
                return args, True
            elif token.type == Token.SEP and token.subtype == Token.ARG:
                args.append([])
            else:
                args[-1].append(token.value)
        return args, False

    def branch(opening: str) -> list[Part]:
        name = opening[:-1].upper().removeprefix("_XLFN.").removeprefix("_XLUDF.")
        args, _ = until_close()
        if name in REGISTRY:
            return [Call(REGISTRY[name], [] if args == [[]] else args)]
        return [opening, *_joined(args), ")"]

    parts, _ = until_close()
    return _joined(parts)


def _joined(args: list[list[Part]]) -> list[Part]:
    joined: list[Part] = []
    for number, arg in enumerate(args):
        joined += [",", *arg] if number else arg
    return joined
