"""The functions of Google Sheets: the Apps Script file run by Node, beside what the kernels give."""

from __future__ import annotations

import datetime as dt
import json
import random
import re
from itertools import chain
from pathlib import Path
from typing import Any

import pytest

from klantwaarde_xl.errors import BY_TEXT, CellError
from klantwaarde_xl.functions.adapter.call import call
from klantwaarde_xl.functions.google.javascript import javascript
from klantwaarde_xl.functions.google.script import script
from klantwaarde_xl.functions.lambdas.definition import lambdas
from klantwaarde_xl.functions.registry import REGISTRY
from klantwaarde_xl.functions.spec import Cells
from tests.functions.node import run

SPOILED = 2500
SEED = random.SystemRandom().randrange(10**6)
SPOILS = (
    None, "abc", "12", "0,5", "1.234", "  ", -1, 0, 0.5, 1, 3, 1e6, -0.25, 1e-9, True, False, CellError.NA,
    CellError.DIV0, CellError.REF,
)  # fmt: skip
# Calls each function as Sheets does: a range as rows, a blank as empty text, a day as a Date, an error as its text
_CALLS = """
const [text, calls] = JSON.parse(require("fs").readFileSync(process.argv[2], "utf8"));
require("vm").runInThisContext(text);
const given = (x) => Array.isArray(x) ? x.map(given) : x === null ? "" : x.day ? new Date(...x.day) : x.out ? undefined : x;
const shown = (x) => Array.isArray(x) ? x.map(shown) : typeof x === "number" && !Number.isFinite(x) ? { fault: "" } : x;
const answers = calls.map(([name, args]) => {
  try { return shown(globalThis[name](...args.map(given))); } catch (error) { return { fault: error.message }; }
});
console.log(JSON.stringify(answers));
"""


def _different(
    calls: list[tuple[str, tuple[Cells, ...]]], folder: Path, *, beyond: bool = False
) -> list[str]:
    """The calls that give something else than the kernel; beyond: a form may say #N/A where it lost its digits."""
    given = [[name, [_handed(one) for one in args]] for name, args in calls]
    off = []
    for (name, args), got in zip(calls, run(_CALLS, [script(), given], folder), strict=True):
        wanted = call(REGISTRY[name], [_rows(one) if isinstance(one, tuple) else one for one in args])
        if not _same(got, wanted, may_be_beyond=beyond and lambdas()[name].is_partial):
            off.append(f"{name}{args}: {got} and not {wanted}")
    return off


def _handed(value: Cells) -> Any:
    if isinstance(value, tuple):
        rows = _rows(value)
        return (
            _handed(rows[0][0])
            if len(rows) == len(rows[0]) == 1
            else [list(map(_handed, row)) for row in rows]
        )
    if isinstance(value, CellError):
        return value.text
    return {"day": [value.year, value.month - 1, value.day]} if isinstance(value, dt.date) else value


def _rows(value: Any) -> list[list[Any]]:
    return [list(one) if isinstance(one, tuple) else [one] for one in value]


def _fault(got: Any) -> CellError | None:
    if not isinstance(got, dict):
        return None
    return BY_TEXT[got["fault"].partition(":")[0]] if got["fault"] else CellError.NUM


def _same(got: Any, wanted: Any, *, may_be_beyond: bool = False) -> bool:
    if isinstance(wanted, CellError):
        return _fault(got) is wanted
    if not isinstance(wanted, list):
        return _same_cell(got, wanted) or (may_be_beyond and _fault(got) is CellError.NA)
    got = got if isinstance(got, list) else [[got]]
    if len(wanted) != len(got) or len(wanted[0]) != len(got[0]):
        return False
    cells = zip(chain.from_iterable(got), chain.from_iterable(wanted), strict=True)
    return all(
        _fault(g) is not None
        if isinstance(w, CellError) or (may_be_beyond and isinstance(g, dict))
        else _same_cell(g, w)
        for g, w in cells
    )


def _same_cell(got: Any, wanted: Any) -> bool:
    if isinstance(wanted, dt.date):
        return isinstance(got, (int, float))
    if wanted is None or isinstance(wanted, (str, bool)):
        return got == ("" if wanted is None else wanted)
    return type(got) in (int, float) and abs(got - wanted) <= 1e-9 * max(1e-3, abs(wanted))


@pytest.mark.slow
def test_every_closed_form_is_a_custom_function_with_its_description() -> None:
    text = script()
    for name, one in lambdas().items():
        head = re.search(rf"/\*\*((?:(?!\*/).)*)\*/\nfunction {name}\(([^)]*)\)", text, re.DOTALL)
        assert head is not None, name
        assert "@customfunction" in head[1]
        assert one.spec.doc.replace("*/", "* /") in head[1]
        shown = re.findall(r"@param \{[^}]*\} (\w+) ", head[1])
        assert shown == [part for part in head[2].split(", ") if part]
        assert len(shown) == len(one.spec.args)


def test_only_the_functions_are_offered_in_the_sheet() -> None:
    named = re.findall(r"^(?:function|const|let|var|class) (\w+)", script(), re.MULTILINE)
    assert {name for name in named if not name.endswith("_")} == set(lambdas())


@pytest.mark.slow
def test_examples_and_failures_are_the_kernels(tmp_path: Path) -> None:
    calls = [(n, one.args) for n in lambdas() for one in (*REGISTRY[n].examples, *REGISTRY[n].failures)]
    assert not _different(calls, tmp_path)


@pytest.mark.slow
def test_spoiled_calls_are_the_kernels(tmp_path: Path) -> None:
    draw = random.Random(SEED)
    examples = [(name, one) for name in lambdas() for one in REGISTRY[name].examples if one.args]
    calls: list[tuple[str, tuple[Cells, ...]]] = []
    for _ in range(SPOILED):
        name, example = draw.choice(examples)
        args: list[Any] = list(example.args)
        at = draw.randrange(len(args))
        if not isinstance(args[at], tuple):
            args[at] = draw.choice(SPOILS)
        elif not isinstance(args[at][0], tuple):
            column = list(args[at])
            column[draw.randrange(len(column))] = draw.choice(SPOILS)
            args[at] = tuple(column)
        calls.append((name, tuple(args)))
    off = _different(calls, tmp_path, beyond=True)
    assert not off, f"seed {SEED}: {off[:5]}"


@pytest.mark.slow
def test_a_column_gives_a_column_and_a_fault_stands_in_its_own_row(tmp_path: Path) -> None:
    money = (120.0, "x", None, CellError.NA, -5.0, "7", True)
    kept = (0.8, 0.5, 0.9, 0.4, 2.0, "", CellError.DIV0)
    calls: list[tuple[str, tuple[Cells, ...]]] = [
        ("CLV", (money, kept, 0.1)),
        ("KLANTWAARDE", (money, 2.0, 10.0, kept)),
        ("BLIJFKANS", ((0, 1, 2, "x", None, 3.5, 7), 0.7, 1.3)),
        ("AOV", (((10.0, 20.0, 30.0),), ((1.0,), (2.0,)))),
        ("NPS", (("score", 10, 9, None, 3, None),)),
        ("GINICOEFFICIENT", ((("eerste", "tweede"), (9, 10), (None, 3)),)),
    ]
    assert not _different(calls, tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize(
    "text", ["31-12-2024", "2024-12-31", "31/12/2024", "2024-13-31", "20240115", "gisteren"]
)
def test_a_date_in_text_is_the_kernels_or_refused(tmp_path: Path, text: str) -> None:
    given = ((text, dt.date(2024, 1, 5)), (10.0, 20.0), 0.3, 0.1, dt.date(2025, 6, 1))
    wanted = call(REGISTRY["CLVTOTAAL"], [_rows(one) if isinstance(one, tuple) else one for one in given])
    got = run(_CALLS, [script(), [["CLVTOTAAL", [_handed(one) for one in given]]]], tmp_path)[0]
    assert _same(got, wanted) or _fault(got) is CellError.VALUE


@pytest.mark.slow
@pytest.mark.parametrize(("zone", "day"), [("hier", 5), ("daar", 6)])
@pytest.mark.parametrize("session", ["{getScriptTimeZone: () => 'hier'}", "undefined"])
def test_a_date_is_the_day_that_the_spreadsheet_shows(
    tmp_path: Path, zone: str, day: int, session: str
) -> None:
    """Sheets hands over a moment; its own zone says which day that is, also where the script's may not be asked."""
    program = """
const vm = require("vm");
const [text, zone, session] = JSON.parse(require("fs").readFileSync(process.argv[2], "utf8"));
const sheets = { Session: vm.runInThisContext("(" + session + ")"),
  SpreadsheetApp: { getActive: () => ({ getSpreadsheetTimeZone: () => zone }) },
  Utilities: { formatDate: (_, where) => (where === "hier" ? "2024-1-5-23-0-0" : "2024-1-6-7-0-0") } };
vm.createContext(sheets);
vm.runInContext(text, sheets);
sheets.moment = new Date(2024, 0, 5, 23, 0, 0); // made outside, as what a program hands over may be
console.log(JSON.stringify(vm.runInContext("RFM([1,2,3,4,5].map((x) => ['k' + x]), [1,2,3,4,5].map(() => [moment]), [[1],[2],[3],[4],[5]], '7-1-2024')", sheets)));
"""
    table = run(program, [script(), zone, session], tmp_path)
    assert {row[1] for row in table[1:]} == {7 - day}


@pytest.mark.slow
def test_an_error_says_which_reasons_it_may_have(tmp_path: Path) -> None:
    many, one = run(_CALLS, [script(), [["CLV", [100, 2, 0.1]], ["CLV", [100, 0.8, 0.1, 0, "x"]]]], tmp_path)
    assert many["fault"].startswith("#GETAL!: een van deze: ")
    assert one["fault"].startswith("#WAARDE!: ")


@pytest.mark.slow
def test_the_normal_distribution_and_the_gamma_function_keep_their_digits(tmp_path: Path) -> None:
    from scipy.special import gammaln, ndtr, ndtri

    asked = {
        "GAMMALN": ([1e-8, 0.1, 0.5, 0.999, 1.5, 3.3, 14.9, 15.1, 170.0, 1e5, 1e9], gammaln),
        "NORMSDIST": ([-8.0, -3.1, -2.9, -1.0, 0.0, 0.3, 2.999, 3.001, 6.0], ndtr),
        "NORMSINV": ([1e-300, 1e-9, 0.01, 0.4, 0.5, 0.5000001, 0.9, 0.975, 0.999999], ndtri),
    }
    program = """
const [text, asked] = JSON.parse(require("fs").readFileSync(process.argv[2], "utf8"));
require("vm").runInThisContext(text + ";globalThis.K = KW_.K");
console.log(JSON.stringify(Object.entries(asked).map(([name, xs]) => xs.map((x) => K[name](x)))));
"""
    got = run(program, [script(), {name: xs for name, (xs, _) in asked.items()}], tmp_path)
    for values, (xs, exact) in zip(got, asked.values(), strict=True):
        for value, x in zip(values, xs, strict=True):
            wanted = float(exact(x))
            least = 0 if exact is ndtr else 3e-15  # those two go through nought
            assert abs(value - wanted) <= 1e-13 * abs(wanted) + least, (x, value)


def test_a_formula_becomes_an_expression_that_computes_what_it_needs_only() -> None:
    assert javascript("LET(y,x+1,IF(y>2,#N/A,y))", ("x",)) == (
        "(()=>{const $y=K.add($x,1);return K.IF(K.gt($y,2),()=>K.$NA,()=>$y)})()"
    )
    assert json.loads(javascript('"a""b"', ())) == 'a"b'
