"""Every function of forecasts and contracts in real cells: on the CDNOW log, and on published contracts.

The log stands in the sheet `aankopen` of a workbook, a part of it in `deel`, a summary in `samenvatting`, contracts in
`contracten`, and with their dates in `looptijden`; every formula is typed into `uit`, ranges as whole columns.
"""

import time
from typing import NamedTuple

import pytest

from klantwaarde_xl.addresses import Area
from klantwaarde_xl.errors import CellError
from klantwaarde_xl.functions.adapter.call import call
from klantwaarde_xl.functions.notation import call_formula, literal
from klantwaarde_xl.functions.registry import REGISTRY
from tests.cases import same
from tests.hosts.libreoffice.blocks import API
from tests.hosts.libreoffice.cdnowbook import (
    BLOCK,
    COUNTED,
    CUSTOMERS,
    END,
    OUT,
    ROWS,
    SHEETS,
    Columns,
    cells_of,
    log,
    part,
    write,
)
from tests.hosts.libreoffice.typed_models import (
    BGNBD,
    FOLLOWING,
    GAMMA,
    IDS,
    LOG,
    PARETO,
    PART,
    SBG,
    TERMS,
    TYPED,
)
from tests.on_demand import OnDemand

GROUPS = ("Voorspellen", "Contracten")


def wanted(name, *args):
    """The same call without a spreadsheet, as rows."""
    result = call(REGISTRY[name], [cells_of(one) for one in args])
    return [list(row) for row in result] if isinstance(result, list) else [[result]]


def formula(name, *args):
    texts = [one.text if isinstance(one, Columns) else literal(one, API) for one in args]
    return call_formula(REGISTRY[name], texts, API)


# ── in Calc ─────────────────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def workbook(tmp_path_factory):
    path = tmp_path_factory.mktemp("cdnow") / "cdnow.xlsx"
    write(path)
    return path


@pytest.fixture
def document(calc, workbook):
    """The workbook, open, without formulas."""
    opened = calc.open(path=str(workbook))
    yield opened
    calc.close(opened)


class Spilled(NamedTuple):
    table: list
    wanted: list  # what the function gives
    beyond: set  # what Calc shows to the right of the table and below it


@pytest.fixture(scope="module")
def typed(calc, workbook):
    """What Calc shows for each call in TYPED, by its id, beside those typed before it."""
    opened = calc.open(path=str(workbook))
    taken = 0

    def show(key):
        nonlocal taken
        name, *args = TYPED[IDS.index(key)]
        result = wanted(name, *args)
        spill = len(result) > 1
        left = taken + 1
        area = Area(1, left, len(result) + spill, left + len(result[0]) - 1 + spill)
        taken = area.right + 1
        formed = [area.address, "array" if spill else "formula", formula(name, *args)]
        calc.write(opened, cells=[formed], sheet=OUT)
        shown = calc.cells(opened, area.address, sheet=OUT)
        rows = shown if isinstance(shown, list) else [[shown]]
        table = [row[: len(row) - spill] for row in rows[: len(rows) - spill]]
        beyond = [*rows[-1], *(row[-1] for row in rows)] if spill else []
        return Spilled(table, result, set(beyond))

    yield OnDemand(show)
    calc.close(opened)


def rows_of(typed, key):
    """The rows of a spilled table by their first cell, the header left out."""
    return {row[0]: row[1:] for row in typed[key].table[1:]}


def figures(typed, key, labels):
    table = rows_of(typed, key)
    return [table[label][0] for label in labels]


def key_of(name, nth=0):
    return [key for key in IDS if key.rpartition("-")[0] == name][nth]


def test_every_function_of_these_groups_is_typed():
    groups = REGISTRY.groups()
    assert {one[0] for one in TYPED} == {spec.name for group in GROUPS for spec in groups[group]}


def test_every_function_that_may_follow_a_season_is_typed_with_one():
    may = {
        name
        for name, spec in ((one.name, one) for one in REGISTRY)
        if "seizoen" in [a.name for a in spec.args]
    }
    assert may == set(FOLLOWING)


@pytest.mark.slow
def test_what_is_typed_with_a_season_follows_one():
    said = [row[-1] for name, *args in TYPED if name == "PROGNOSETOTAAL" for row in wanted(name, *args)]
    assert any("volgt het seizoen (maanden)" in one for one in said)
    assert any("volgt het seizoen (eigen index)" in one for one in said)


@pytest.mark.slow
@pytest.mark.parametrize("key", IDS)
def test_a_cell_shows_what_the_function_gives(typed, key):
    assert same(typed[key].table, typed[key].wanted)
    assert typed[key].beyond <= {CellError.NA}


# ── as published ────────────────────────────────────────────────────────────────────────────


@pytest.mark.slow
@pytest.mark.parametrize(
    ("key", "labels", "published", "rel"),
    [
        (key_of("KOOPMODEL"), ("r", "alpha", "a", "b"), BGNBD, 1e-5),
        (key_of("KOOPMODEL"), ("log-aannemelijkheid",), (-9582.429,), 1e-7),
        (key_of("KOOPPARAMETERS"), ("r", "alpha", "a", "b"), BGNBD, 1e-5),
        # CLVTools stops its search a little early: it finds the same likelihood
        (key_of("KOOPMODEL", 1), ("r", "alpha", "s", "beta"), PARETO, 4e-4),
        (key_of("KOOPMODEL", 1), ("log-aannemelijkheid",), (-9594.976,), 1e-7),
        (key_of("BESTEDINGSMODEL"), ("p", "q", "v"), GAMMA, 2e-3),  # rounded as printed
        (key_of("BESTEDINGSMODEL"), ("log-aannemelijkheid",), (-4055.9177,), 1e-7),
        (key_of("CONTRACTMODEL"), ("alpha", "beta"), SBG[0], 5e-4),
        (key_of("CONTRACTMODEL", 1), ("alpha", "beta"), SBG[1], 5e-4),
        (key_of("CONTRACTMODEL", 1), ("log-aannemelijkheid",), (-1611.0,), 2e-4),  # of 1,000 customers
    ],
)
def test_a_fit_in_a_cell_is_the_published_one(typed, key, labels, published, rel):
    assert figures(typed, key, labels) == pytest.approx(published, rel=rel)


@pytest.mark.slow
def test_the_standard_errors_of_the_pareto_nbd_are_those_of_clvtools(typed):
    table = rows_of(typed, key_of("KOOPMODEL", 1))
    found = [table[name][1] for name in ("r", "alpha", "s", "beta")]
    assert found == pytest.approx([0.0476264, 0.8427222, 0.1872594, 6.2105448], rel=2e-4)


@pytest.mark.parametrize(
    ("key", "published", "rel"),
    [
        (key_of("KANSACTIEF"), 0.9688523, 1e-5),  # BTYD, vignette; so are the next four
        (key_of("KANSACTIEF", 1), 0.997874, 2e-6),
        (key_of("VERWACHTEAANKOPEN", 1), 25.45647, 2e-4),
        (key_of("NIEUWEKLANTAANKOPEN"), 1.444004, 1e-5),
        (key_of("NIEUWEKLANTAANKOPEN", 1), 1.473434, 4e-4),
        (key_of("VERWACHTEAANKOPEN"), 1.226, 4e-4),  # Fader, Hardie & Lee, note 004
        (key_of("NIEUWEKLANTKANS"), 0.5737864, 1e-6),  # BTYD, manual
        (key_of("KANSACTIEF", 2), 0.59, 1e-3),  # Fader, Hardie & Shang 2010, table 6
        (key_of("CONTRACTRESTWAARDE"), 75.296, 1e-4),  # jdmaturen, shifted_beta_geometric_py
    ],
)
def test_a_figure_of_one_customer_is_the_published_one(typed, key, published, rel):
    assert typed[key].table[0][0] == pytest.approx(published, rel=rel)


@pytest.mark.slow
def test_the_first_ten_customers_spend_what_fader_and_hardie_print(typed):
    """Note 025, to the cent: from the log, through both models, to the customer."""
    table = rows_of(typed, key_of("KLANTPROGNOSE"))
    spend = typed[key_of("KLANTPROGNOSE")].table[0].index("besteding per aankoop") - 1
    found = [round(table[f"{customer:04d}"][spend], 2) for customer in range(1, 11)]
    assert found == [24.65, 18.91, 35.17, 35.17, 35.17, 71.46, 18.91, 35.17, 27.28, 35.17]


@pytest.mark.slow
def test_customers_by_number_of_purchases_are_those_of_btyd(typed):
    table = rows_of(typed, key_of("MODELTOETS"))
    assert [row[0] for row in table.values()] == [1411, 439, 214, 100, 62, 38, 29, 64]


# ── alive ───────────────────────────────────────────────────────────────────────────────────


@pytest.mark.slow
def test_functions_feed_each_other(calc, document):
    """History → parameters → chance of one customer after another, as the forecast gives it."""
    last = CUSTOMERS + 1
    history, alive = f"A1:H{last}", f"P2:P{last}"
    columns = [f"{one}2:{one}{last}" for one in "BCD"]
    cells = [
        [history, "array", formula("KLANTHISTORIE", *LOG, END)],
        ["J1:O12", "array", f"=KOOPPARAMETERS({';'.join(columns)})"],
        [alive, "array", f"=KANSACTIEF({';'.join(columns)};K2;K3;K4;K5)"],
    ]
    calc.write(document, cells=cells, sheet=OUT)
    forecast = wanted("KLANTPROGNOSE", *LOG, None, None, None, None, "bg/nbd", END)
    column = forecast[0].index("kans nog klant")
    assert same(calc.cells(document, alive, sheet=OUT), [[row[column]] for row in forecast[1:]])


def test_a_model_of_contracts_with_dates_is_that_of_the_block_typed(calc, document):
    """One formula in the other, whole columns with blank ends: the three cohorts of the block, a tenth of each."""
    fit = formula("CONTRACTREEKS", *TERMS, COUNTED, "jaar")[1:]
    calc.write(document, cells=[["A1:F12", "array", f"=CONTRACTMODEL({fit})"]], sheet=OUT)
    tenth = [[count and count / 10 for count in cohort] for cohort in BLOCK]
    found = calc.cells(document, "A1:F12", sheet=OUT)
    assert same(
        [row[:2] for row in found], [list(row[:2]) for row in call(REGISTRY["CONTRACTMODEL"], [tenth])]
    )


@pytest.mark.slow
@pytest.mark.parametrize(
    ("number", "row"),
    [(2, ("0001", 35447.0, 999.0)), (len(part()) + 1, ("0005", 35700.0, 50.0))],
    ids=["changed", "added"],
)
def test_a_row_of_the_log_that_is_changed_or_added_changes_the_forecast(calc, document, number, row):
    typed = ("PROGNOSETOTAAL", *PART, 39, 0.3, 0.1, None, None, END)
    before = wanted(*typed)
    area = Area(1, 1, len(before), len(before[0])).address
    calc.write(document, cells=[[area, "array", formula(*typed)]], sheet=OUT)
    assert same(calc.cells(document, area, sheet=OUT), before)
    cells = [[f"A{number}", "text", row[0]], [f"B{number}", "value", row[1]], [f"C{number}", "value", row[2]]]
    calc.write(document, cells=cells, sheet=SHEETS.index("deel"))
    after = calc.cells(document, area, sheet=OUT)
    changed = [list(one[:3]) for one in part()]
    changed[number - 1 : number] = [row]
    columns = [[(one[at],) for one in changed] for at in range(3)]
    args = [*columns, *(cells_of(one) for one in typed[4:])]
    assert same(after, [list(one) for one in call(REGISTRY["PROGNOSETOTAAL"], args)])
    assert not same(after, before)


COUNTING = """
from pathlib import Path
from klantwaarde_xl.hosts.libreoffice import worker
from klantwaarde_xl.kernels.models import gammagamma
from klantwaarde_xl.kernels.models.buying.bgnbd import BGNBD

def counted(module, name):
    fit = module.fit
    def counting(*columns):
        with Path({notes!r}).open("a") as notes:
            notes.write(name + chr(10))
        return fit(*columns)
    module.fit = counting

counted(BGNBD, "bgnbd")
counted(gammagamma, "gammagamma")
worker.main()
"""


@pytest.fixture
def fits_done(worker_python, tmp_path):
    """The file in which the worker writes down each fit that it does."""
    notes = tmp_path / "fits.txt"
    script = tmp_path / "counting.py"
    script.write_text(COUNTING.format(notes=str(notes)), encoding="utf-8")
    worker_python.use(script)
    yield notes
    worker_python.use()


@pytest.mark.slow
def test_ten_functions_on_one_log_fit_once(calc, document, fits_done):
    terms = (39, 0.3, 0.1, None, "bg/nbd", END)
    calls = [
        ("KLANTPROGNOSE", *PART, *terms),
        ("KLANTPROGNOSE", *PART, 13, *terms[1:]),
        ("PROGNOSETOTAAL", *PART, *terms),
        *(("WAAROMKLANTWAARDE", *PART, f"{customer:04d}", *terms) for customer in (1, 5, 9)),
        ("KOOPMODEL", *PART, None, "bg/nbd", END),
        ("MODELTOETS", *PART, None, "bg/nbd", END),
        ("MODELVERGELIJKING", *PART, None, None, END),
        ("VOORSPELCONTROLE", *PART, None, "bg/nbd", END),
    ]
    cells = [[f"A{row}", "formula", formula(*one)] for row, one in enumerate(calls, 1)]
    calc.write(document, cells=cells, sheet=OUT)
    shown = calc.cells(document, f"A1:A{len(calls)}", sheet=OUT)
    assert all(isinstance(row[0], str) for row in shown)
    assert sorted(fits_done.read_text(encoding="utf-8").split()) == ["bgnbd", "gammagamma"]


@pytest.mark.slow
def test_a_function_reads_every_row_of_whole_columns(calc, document):
    typed = formula("KLANTHISTORIE", *LOG)
    calc.write(document, cells=[["A1", "formula", typed]], sheet=OUT)  # the worker is there from here on
    began = time.perf_counter()
    calc.write(document, cells=[["A2", "formula", f"=SUM(INDEX({typed[1:]};0;6))"]], sheet=OUT)
    revenue = calc.cells(document, "A2", sheet=OUT)
    took = time.perf_counter() - began
    began = time.perf_counter()
    wanted("KLANTHISTORIE", *LOG)
    alone = time.perf_counter() - began
    shown = f"{ROWS} rows to KLANTHISTORIE and back: {took:.3f} s in Calc, {alone:.3f} s of it computing"
    print(shown)  # noqa: T201 - for pytest -rA
    assert revenue == pytest.approx(sum(row[2] for row in log()), rel=1e-12)
