"""The front door for Python: what it offers, what it loads, and what a type checker sees of it."""

import ast
import datetime as dt
import importlib.util
import inspect
import subprocess
import sys
import zipfile
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import klantwaarde_xl
from klantwaarde_xl import KlantwaardeError, functions, models
from klantwaarde_xl.errors import CellError, DivisionByZero, FunctionError, OutOfRange, UsageError, WrongType
from klantwaarde_xl.functions.registry import REGISTRY

ROOT = Path(klantwaarde_xl.__file__).parent
PROJECT = ROOT.parent
HEAVY = {"pandas", "scipy", "duckdb", "xlwings", "openpyxl", "lxml", "xlsxwriter", "ironcalc"}


def run(code, folder=None):
    """Run a script in a fresh Python; return what it printed."""
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=folder, encoding="utf-8"
    )
    return done.stdout


def loaded(code):
    """The packages that a script has loaded when it ends."""
    return set(run(f"{code}\nimport sys; print(*{{m.split('.')[0] for m in sys.modules}})").split())


def test_the_commands_load_nothing_that_computes():
    found = loaded("import klantwaarde_xl.cli.commands, klantwaarde_xl.cli.dropped")
    assert not found & {"numpy", "scipy", "pandas", "duckdb", "xlwings", "openpyxl", "xlsxwriter"}


# ── what it offers ──────────────────────────────────────────────────────────────────────────


def test_every_name_at_the_door_is_there_and_listed():
    for name in klantwaarde_xl.__all__:
        assert getattr(klantwaarde_xl, name) is not None
    assert set(klantwaarde_xl.__all__) <= set(dir(klantwaarde_xl))


def test_a_name_that_is_not_at_the_door_is_an_ordinary_attribute_error():
    with pytest.raises(AttributeError, match="bestaatniet"):
        _ = klantwaarde_xl.bestaatniet
    assert not hasattr(klantwaarde_xl, "__path_of_nothing__")


def test_what_a_type_checker_sees_are_the_names_that_python_fetches():
    tree = ast.parse((ROOT / "__init__.py").read_text(encoding="utf-8"))
    block = next(node for node in tree.body if isinstance(node, ast.If))
    typed = {alias.asname or alias.name for node in block.body for alias in node.names}
    assert typed == set(klantwaarde_xl.__all__) == set(klantwaarde_xl._HOMES)


@pytest.mark.slow
def test_no_room_goes_through_the_front_door():
    for path in ROOT.rglob("*.py"):
        if path == ROOT / "__init__.py":
            continue
        text = path.read_text(encoding="utf-8")
        if "from klantwaarde_xl import" not in text:
            continue
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.ImportFrom) and node.module == "klantwaarde_xl":
                assert not {alias.name for alias in node.names} & set(klantwaarde_xl.__all__), path


@pytest.mark.slow
def test_a_figure_takes_three_lines():
    out = run(
        'from klantwaarde_xl import functions\nfigure = functions["CLV"](100, 0.8, 0.12)\nprint(figure)'
    )
    assert float(out) == pytest.approx(250)


@pytest.mark.parametrize(
    "before",
    [
        "import klantwaarde_xl.functions",
        "import klantwaarde_xl.functions.registry",
        "from klantwaarde_xl.functions.adapter import call",
        "import klantwaarde_xl.hosts.excel",
        "import klantwaarde_xl; klantwaarde_xl.functions",
    ],
)
def test_the_functions_read_as_a_collection_whatever_was_imported_before(before):
    code = f'{before}\nfrom klantwaarde_xl import functions\nprint(functions["clv"].name, len(functions))'
    assert run(code).split() == ["CLV", str(len(REGISTRY))]


def test_the_functions_at_the_door_are_the_registry():
    assert list(functions) == list(REGISTRY)
    assert functions.groups() == REGISTRY.groups()
    assert "CLV" in functions
    assert "SOM" not in functions


# ── a function called from Python ───────────────────────────────────────────────────────────


@pytest.mark.parametrize("spec", REGISTRY, ids=lambda spec: spec.name)
def test_every_function_can_be_called_from_python_as_its_example_says(spec):
    example = spec.examples[0]
    assert spec(*example.args) == klantwaarde_xl.call(spec, example.args)


def test_arguments_may_go_by_their_dutch_name():
    assert functions["CLV"](100, rente=0.12, retentie=0.8) == functions["CLV"](100, 0.8, 0.12)


def test_a_column_of_a_frame_is_a_range():
    frame = pd.DataFrame({"score": [10, 9, 8, 7, 3], "dag": pd.to_datetime(["2025-01-01"] * 5)})
    assert functions["NPS"](frame.score) == functions["NPS"]([10, 9, 8, 7, 3])
    table = functions["COHORTTABEL"](frame.score, frame.dag)
    assert table == functions["COHORTTABEL"]([10, 9, 8, 7, 3], [dt.date(2025, 1, 1)] * 5)


DAYS = [dt.date(2026, 1, 5), dt.date(2026, 1, 12), dt.date(2026, 2, 2)]


@pytest.mark.parametrize(
    "days",
    [
        pd.Series(pd.to_datetime(DAYS)),
        pd.DatetimeIndex(DAYS),
        np.array(DAYS, dtype="datetime64[D]"),
        np.array(DAYS, dtype="datetime64[ns]"),
        [pd.Timestamp(day) for day in DAYS],
    ],
    ids=["column", "index", "days", "nanoseconds", "list"],
)
def test_the_days_of_an_array_are_days(days):
    said = functions["KLANTHISTORIE"](["Ans", "Bas", "Ans"], DAYS, [10, 20, 30])
    assert functions["KLANTHISTORIE"](np.array(["Ans", "Bas", "Ans"]), days, np.array([10.0, 20, 30])) == said


@pytest.mark.parametrize(
    "scores",
    [
        pd.Series([10, np.nan, 3, 9]),
        pd.Series([10, pd.NA, 3, 9], dtype="Int64"),
        pd.Index([10, None, 3, 9]),
        pd.array([10, None, 3, 9], dtype="Float64"),
    ],
    ids=["nan", "NA", "index", "array"],
)
def test_a_missing_value_in_a_column_is_an_empty_cell(scores):
    assert functions["NPS"](scores) == functions["NPS"]([10, None, 3, 9])


def test_a_missing_day_in_a_column_is_an_empty_cell():
    with pytest.raises(WrongType) as empty:
        functions["COHORTTABEL"]([1, 2], [None, DAYS[0]])
    with pytest.raises(WrongType) as missing:
        functions["COHORTTABEL"]([1, 2], pd.Series([pd.NaT, DAYS[0]]))
    assert str(missing.value) == str(empty.value)


@pytest.mark.parametrize(
    ("name", "args", "empty"),
    [
        ("NPS", ([10, pd.NA, 9],), ([10, None, 9],)),
        ("NPS", (np.array([10, None, 9], dtype=object),), ([10, None, 9],)),
        ("CLV", (100, 0.8, 0.1, pd.NA), (100, 0.8, 0.1, None)),
        ("COHORTTABEL", (["a", "b", pd.NA], [*DAYS[:2], pd.NaT]), (["a", "b", None], [*DAYS[:2], None])),
    ],
    ids=["list", "array of objects", "value", "key"],
)
def test_what_pandas_calls_missing_is_an_empty_cell_in_any_list(name, args, empty):
    def outcome(cells):
        try:
            return functions[name](*cells)
        except FunctionError as error:
            return str(error)

    assert outcome(args) == outcome(empty)


@pytest.mark.parametrize("unit", ["D", "s", "ns"])
def test_a_single_day_of_numpy_is_a_day(unit):
    log = (["Ans", "Bas", "Cor", "Dik", "Eef"], [*DAYS, *DAYS[:2]], [10, 20, 30, 5, 6])
    said = functions["RFM"](*log, dt.date(2026, 3, 1))
    assert functions["RFM"](*log, np.datetime64("2026-03-01", unit)) == said
    assert functions["RFM"](log[0], [np.datetime64(day, unit) for day in log[1]], log[2]) == functions["RFM"](
        *log
    )


def test_a_frame_is_a_table_and_a_range_a_column():
    frame = pd.DataFrame({"blijft": [0.7, 0.0], "weg": [0.3, 1.0]})
    value = functions["MIGRATIEWAARDE"]
    assert value(frame, [100, 0], 0.1) == value(frame.values.tolist(), [100, 0], 0.1)
    frame.columns = ["naam", "naam"]
    assert value(frame, [100, 0], 0.1) == value(frame.values.tolist(), [100, 0], 0.1)
    assert functions["GINICOEFFICIENT"](range(1, 9)) == functions["GINICOEFFICIENT"](list(range(1, 9)))


@pytest.mark.parametrize(
    ("name", "args", "error", "reason"),
    [
        ("CLV", (100, 80, 12), OutOfRange, "retentie ligt buiten 0 en 1"),
        ("CAC", (5000, 0), DivisionByZero, "geen nieuwe klanten"),
        ("NPS", ([10, "NA"],), WrongType, "scores"),
        ("CLV", ("veel", 0.8, 0.12), WrongType, "tekst"),
    ],
)
def test_where_a_cell_shows_an_error_python_raises_it_with_the_reason(name, args, error, reason):
    with pytest.raises(error, match=reason):
        functions[name](*args)


def test_an_error_among_the_rows_of_a_column_stays_in_its_row():
    assert functions["CAC"]([5000, 100], [0, 4]) == [(CellError.DIV0,), (25.0,)]


@pytest.mark.parametrize(
    ("args", "named", "said"),
    [
        ((100, 0.8), {}, "rente"),
        ((), {}, "marge, retentie, rente"),
        ((100, 0.8, 0.12, 0, 0, 1), {}, "zoveel argumenten"),
        ((100, 0.8, 0.12), {"looptijd": 3}, "looptijd"),
        ((100, 0.8, 0.12), {"marge": 3}, "marge"),
    ],
)
def test_arguments_that_do_not_fit_are_refused_with_the_way_to_call(args, named, said):
    with pytest.raises(UsageError, match=said) as caught:
        functions["CLV"](*args, **named)
    assert "CLV(marge; retentie; rente;" in caught.value.remedy


# ── what it loads ───────────────────────────────────────────────────────────────────────────


def test_a_figure_loads_nothing_heavy():
    """One Python for all of them: what none of them loads, all together do not."""
    scripts = (
        "import klantwaarde_xl; dir(klantwaarde_xl)",
        "from klantwaarde_xl import functions",
        'from klantwaarde_xl import functions; functions["CLV"](100, .8, .12)',
        "from klantwaarde_xl import call, functions; call(functions['NPS'], [[10, 9, 3]])",
        "from klantwaarde_xl import KlantwaardeError, Settings; Settings()",
    )
    assert not HEAVY & loaded("\n".join(scripts))


def test_the_package_itself_loads_not_even_numpy():
    assert not ({"numpy"} | HEAVY) & loaded("import klantwaarde_xl")


@pytest.mark.slow
def test_no_name_at_the_door_needs_pandas_or_xlwings():
    assert not {"pandas", "xlwings"} & loaded(
        f"from klantwaarde_xl import {', '.join(klantwaarde_xl.__all__)}"
    )


@pytest.mark.slow
def test_an_analysis_loads_pandas_when_a_frame_is_asked_for(tmp_path):
    (tmp_path / "a.csv").write_text("klant;datum;bedrag\nA;1-2-2025;5\nA;3-3-2025;6\n", encoding="utf-8")
    code = f"""
import sys
from pathlib import Path
from klantwaarde_xl import analyse, read_transactions
analysis = analyse(read_transactions(Path({str(tmp_path / "a.csv")!r})))
print("pandas" in sys.modules)
print(len(analysis["kpi"].frame()), "pandas" in sys.modules)
"""
    assert run(code).split() == ["False", "2", "True"]


@pytest.mark.slow
def test_a_word_of_help_loads_nothing_heavy():
    code = """
from klantwaarde_xl.cli.commands import main
for words in [], ["--hulp"], ["--versie"], ["functies", "CLV"], ["demmo"]:
    try:
        main(words)
    except SystemExit:
        pass
"""
    assert not HEAVY & loaded(code)


# ── the moment ──────────────────────────────────────────────────────────────────────────────


@pytest.mark.slow
def test_a_workbook_made_and_refreshed_without_a_moment_gets_the_real_one(tmp_path):
    (tmp_path / "a.csv").write_text("klant;datum;bedrag\nA;1-2-2025;5\nA;3-3-2025;6\n", encoding="utf-8")
    from klantwaarde_xl import build_workbook, read_transactions, refresh_file, templates

    before = dt.datetime.now().replace(microsecond=0)
    made = build_workbook(templates()["rfm-segmenten"], read_transactions(tmp_path / "a.csv"))
    made.save(tmp_path / "a.xlsx")
    done = refresh_file(tmp_path / "a.xlsx", backup=False)
    assert before <= done.plan.value("kw_ververst") <= dt.datetime.now()


@pytest.mark.slow
def test_a_moment_that_is_given_is_used(tmp_path):
    (tmp_path / "a.csv").write_text("klant;datum;bedrag\nA;1-2-2025;5\nA;3-3-2025;6\n", encoding="utf-8")
    from klantwaarde_xl import build_workbook, read_transactions, refresh_file, templates

    moment = dt.datetime(2025, 6, 1, 9)
    made = build_workbook(templates()["rfm-segmenten"], read_transactions(tmp_path / "a.csv"), now=moment)
    made.save(tmp_path / "a.xlsx")
    done = refresh_file(tmp_path / "a.xlsx", backup=False, now=moment)
    assert done.plan.value("kw_ververst") == moment


# ── what a type checker and an installer see ────────────────────────────────────────────────

USER_SCRIPT = """
from pathlib import Path

from klantwaarde_xl import (
    Analysis,
    KlantwaardeError,
    Reading,
    Settings,
    Transactions,
    analyse,
    build_workbook,
    call,
    functions,
    models,
    read_transactions,
    refresh_file,
    templates,
)

print(functions["CLV"](100, 0.8, 0.12), call(functions["CLV"], [100, 0.8, 0.12]))
names: list[str] = [spec.name for spec in functions]
transactions: Transactions = read_transactions(Path("export.csv"), reading=Reading("komma"))
analysis: Analysis = analyse(transactions, Settings(inactive_months=12))
orders: list[object] = analysis["kpi"].column("orders")
try:
    build_workbook(templates()["dashboard"], transactions).save(Path("d.xlsx"))
except KlantwaardeError as error:
    print(error.remedy)
print(refresh_file(Path("d.xlsx")).words())
fit = models.bgnbd.fit([1.0], [2.0], [3.0])
print(fit.params, fit.converged)
"""


def type_errors(folder, script):
    (folder / "script.py").write_text(script, encoding="utf-8")
    command = [sys.executable, "-m", "mypy", "--strict", "--cache-dir", str(folder / "cache"), "script.py"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=folder, check=False)
    return [line for line in done.stdout.splitlines() if ": error: " in line]


@pytest.mark.slow
@pytest.mark.skipif(importlib.util.find_spec("mypy") is None, reason="mypy is not installed")
def test_a_strict_type_checker_accepts_a_script_and_refuses_a_wrong_one(tmp_path):
    assert type_errors(tmp_path, USER_SCRIPT) == []
    wrong = f"{USER_SCRIPT}\nnumber: int = read_transactions(Path('a'))\nSettings(horizen=3)\nfunctions.clv\n"
    assert len(type_errors(tmp_path, wrong)) == 3


@pytest.mark.skipif(importlib.util.find_spec("hatchling") is None, reason="hatchling is not installed")
def test_the_wheel_says_that_it_is_typed(tmp_path):
    from hatchling.builders.wheel import WheelBuilder

    (wheel,) = WheelBuilder(str(PROJECT)).build(directory=str(tmp_path), versions=["standard"])
    assert "klantwaarde_xl/py.typed" in zipfile.ZipFile(wheel).namelist()


def test_the_models_at_the_door_have_one_face():
    for model in (models.bgnbd, models.mbgnbd, models.paretonbd):
        for name in ("fit", "loglik", "p_alive", "expected", "conditional_expected", "pmf"):
            assert callable(getattr(model, name))
            assert inspect.getdoc(getattr(model, name))
    assert issubclass(KlantwaardeError, Exception)
