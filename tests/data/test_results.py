"""Results are declared once: what is declared is what is computed, each once, and only when asked for."""

import dataclasses
import datetime as dt

import pytest

from klantwaarde_xl.data import results as results_folder
from klantwaarde_xl.data.analyse import analyse
from klantwaarde_xl.data.reading.files import table_from_cells, transactions_from_cells
from klantwaarde_xl.data.results import Column, Made, Result, ahead, results
from klantwaarde_xl.data.results.context import Context
from klantwaarde_xl.data.sample import sample_orders
from klantwaarde_xl.data.settings import Settings, declared
from klantwaarde_xl.data.tables import COSTS, tables
from klantwaarde_xl.errors import UsageError

TODAY = dt.date(2026, 11, 27)
NAMES = sorted(results())
OF_ORDERS = [name for name in NAMES if set(results()[name].needs) <= {"transacties"}]
CHOSEN = {"margin": 0.3, "interest": 0.1, "action_start": dt.date(2026, 12, 1)}
# The others are figures only; the season has rows where one proves itself: see test_own_season
SHOWN = [name for name in OF_ORDERS if results()[name].table and name != "seizoen"]


@pytest.fixture(scope="module")
def shop():
    rows = [[order.customer, order.day, order.amount] for order in sample_orders(400)]
    return transactions_from_cells(("klant", "datum", "bedrag"), rows, source="Gegevens", today=TODAY)


@pytest.fixture(scope="module")
def earlier(shop):
    """What a workbook holds of an earlier refresh, of the results that go on from it."""
    going_on = [name for name in OF_ORDERS if results()[name].continues]
    before = analyse(shop, Settings(as_of=dt.date(2026, 5, 31)), going_on, today=TODAY)
    return {name: before[name].rows for name in going_on}


@pytest.fixture(scope="module")
def everything(shop, earlier):
    return analyse(shop, Settings(**CHOSEN), OF_ORDERS, today=TODAY, earlier=earlier)


@pytest.mark.parametrize("name", SHOWN)
def test_rows_have_the_declared_columns(everything, name):
    table = everything[name]
    assert table.columns == results()[name].headers
    assert table.rows
    assert {len(row) for row in table.rows} == {len(table.columns)}


@pytest.mark.parametrize("name", OF_ORDERS)
def test_the_declared_figures_are_those_that_are_computed(shop, name):
    made = analyse(shop, None, [name], today=TODAY)
    declared_ = {figure.name for figure in results()[name].figures}
    # What a refresh used is the workbook's to declare
    assert {figure for figure in made.figures if not figure.startswith("gebruikt_")} == declared_


@pytest.mark.parametrize("name", SHOWN)
def test_a_key_tells_rows_apart(everything, name):
    table, key = everything[name], results()[name].key
    keys = [tuple(row[table.columns.index(header)] for header in key) for row in table.rows]
    assert key
    assert name == "kwaliteit" or len(set(keys)) == len(keys)


@pytest.mark.parametrize("name", NAMES)
def test_a_declaration_names_settings_and_tables_that_are_there(name):
    result = results()[name]
    assert set(result.settings) <= {setting.name for setting in declared()}
    assert set(result.needs) <= set(tables())
    assert result.title[0].isupper()
    assert result.table.startswith("tbl") if result.columns else result.figures


MOVING = [name for name in SHOWN if name not in ("kwaliteit", "prognosetop")]


@pytest.fixture(scope="module")
def moved(shop, earlier):
    """All of them again, by the one setting that is another."""
    # The most customers that a test shop needs make every model fit; the day, of another quarter, moves everything
    changes = {"kw_peildatum": {"as_of": dt.date(2026, 6, 28)}, "kw_inactief_na": {"inactive_months": 5}}
    return {
        setting: analyse(shop, Settings(**CHOSEN, **change), MOVING, today=TODAY, earlier=earlier)
        for setting, change in changes.items()
    }


@pytest.mark.parametrize("name", MOVING)
def test_a_result_changes_with_the_settings_that_it_names_and_no_others(everything, moved, name):
    for setting, again in moved.items():
        same = list(again[name].rows) == list(everything[name].rows)
        assert same == (setting not in results()[name].settings)


def test_tables_and_figures_have_names_of_their_own():
    sheet_tables = [result.table for result in results().values() if result.table]
    figures = [figure.name for result in results().values() for figure in result.figures]
    assert len(set(sheet_tables)) == len(sheet_tables)
    assert len(set(figures)) == len(figures)


def test_what_results_share_is_computed_once(shop, monkeypatch):
    asked = []
    whole = Context.rows

    def counted(self, table, sql, **parameters):
        asked.append(sql)
        return whole(self, table, sql, **parameters)

    monkeypatch.setattr(Context, "rows", counted)
    analyse(shop, None, ["rfm", "segmenten", "rfm"], today=TODAY)
    assert len(asked) == 1


@pytest.mark.slow
def test_a_result_that_another_stands_on_is_computed_once(shop, monkeypatch):
    asked = []
    whole = ahead.months_ahead
    monkeypatch.setattr(
        ahead, "months_ahead", lambda basis, **options: asked.append(basis) or whole(basis, **options)
    )
    analyse(shop, None, ["maandbeeld", "vooruit"], today=TODAY)
    assert len(asked) == 1


def test_a_new_file_in_the_folder_is_a_new_result(shop, tmp_path, monkeypatch):
    (tmp_path / "newcomers.py").write_text(
        '''"""Customers per first month."""
from klantwaarde_xl.data.results import Column, Made, Result

SQL = "select year(min(dag)), count(distinct klant) from tx where dag <= $day group by year(dag) order by 1"
NEW = Result(
    "nieuwkomers", "Nieuwkomers", lambda context: Made(context.rows("transacties", SQL, day=context.as_of)),
    "tblNieuw", (Column("jaar"), Column("klanten", "aantal")), ("jaar",),
)
''',
        encoding="utf-8",
    )
    monkeypatch.setattr(results_folder, "__path__", [*results_folder.__path__, str(tmp_path)])
    results.cache_clear()
    try:
        made = analyse(shop, None, ["nieuwkomers"], today=TODAY)
        assert made["nieuwkomers"].column("jaar") == [2023, 2024, 2025, 2026]
    finally:
        monkeypatch.undo()
        results.cache_clear()


def test_a_result_over_two_tables_gets_both(shop, monkeypatch):
    costs = table_from_cells(
        COSTS,
        ("maand", "kanaal", "bedrag"),
        [["2026-01", "post", 250]],
        source="Kosten",
        today=TODAY,
        con=shop.con,
    )
    spent = Result(
        "per order",
        "Kosten per order",
        lambda context: Made(
            context.rows("kosten", "select sum(k.bedrag), (select count(*) from tx) from kosten k")
        ),
        columns=(Column("kosten"), Column("orders")),
        needs=("transacties", "kosten"),
    )
    monkeypatch.setattr("klantwaarde_xl.data.analyse.results", lambda: {"per order": spent})
    made = analyse({"transacties": shop, "kosten": costs}, None, ["per order"], today=TODAY)
    assert made["per order"].rows == [(250.0, len(shop.rows()))]
    with pytest.raises(UsageError, match="kosten"):
        analyse(shop, None, ["per order"], today=TODAY)


def test_without_tables_there_is_still_an_analysis():
    made = analyse({}, Settings(), ["kwaliteit"], today=TODAY)
    assert made.as_of == TODAY
    assert made.figures["rijen_gelezen"] == 0
    with pytest.raises(TypeError):
        analyse({}, Settings(), [])


def test_a_result_that_is_not_there_is_named_with_those_that_are(shop):
    with pytest.raises(UsageError, match="'kip' bestaat niet") as error:
        analyse(shop, None, ["kip"], today=TODAY)
    assert "retentie" in error.value.remedy


def test_amounts_stand_beside_the_rows():
    rows = [["A", dt.date(2024, 1, 5), 100], ["A", "ooit", 40], ["B", dt.date(2024, 1, 6), -10]]
    read = transactions_from_cells(("klant", "datum", "bedrag"), rows, source="S", today=TODAY)
    figures = analyse(read, None, ["kwaliteit"], today=TODAY).figures
    assert (figures["rijen_gelezen"], figures["rijen_gebruikt"], figures["rijen_geweigerd"]) == (3, 2, 1)
    amounts = [figures[f"bedrag_{name}"] for name in ("gelezen", "gebruikt", "geweigerd")]
    assert amounts == [130.0, 90.0, 40.0]
    assert figures["rijen_zonder_bedrag"] == 0


def test_declarations_cannot_be_changed():
    with pytest.raises(dataclasses.FrozenInstanceError):
        results()["kpi"].title = "iets anders"
    with pytest.raises(TypeError):
        results()["iets"] = results()["kpi"]


def test_no_result_has_the_name_of_an_input_table_whose_file_it_would_replace():
    assert set(results()) & set(tables()) == set()
