"""The workbook of cohorts: what it says of the example, of small and odd shops, and of one never filled."""

import datetime as dt

import duckdb
import openpyxl
import pytest
from openpyxl.formula.translate import Translator

from klantwaarde_xl.cli.demo import INPUTS
from klantwaarde_xl.data.reading.files import read_table
from klantwaarde_xl.data.tables import tables
from klantwaarde_xl.workbook.build import build_workbook, empty_workbook
from klantwaarde_xl.workbook.recalculate import recalculate, refill
from klantwaarde_xl.workbook.refresh import refresh_file
from klantwaarde_xl.workbook.templates import template
from klantwaarde_xl.xlsx.package import Package
from tests.books import SHIPPED, Looked, package_of
from tests.data.test_cohorts import TEXTS
from tests.examples import crossed
from tests.workbook.test_recalculate import workbook

NOW = dt.datetime(2026, 11, 27, 9, 30)
HEAD = "klant;datum;bedrag\n"


def read(folder, texts):
    con, given = duckdb.connect(), {}
    for name, text in texts.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
        given[name] = read_table(folder / f"{name}.csv", tables()[name], today=NOW.date(), con=con)
    return given


def looked(folder, texts, inputs=INPUTS):
    package = package_of("retentie-cohorten", read(folder, texts), now=NOW, inputs=inputs)
    return Looked("retentie-cohorten", package.shown())


@pytest.fixture(scope="module")
def filled(tmp_path_factory):
    return looked(tmp_path_factory.mktemp("cohorten"), TEXTS)


@pytest.mark.slow
def test_the_example_is_in_order(filled):
    assert filled.attention() == set()
    assert filled.errors() == []


def test_the_month_of_payback_is_the_first_whose_margin_covers_the_cost(filled):
    month = int(filled.card("Terugverdiend na")[0])
    earned = filled.column("verloop", "alle klanten")
    assert earned[month] >= 40 > earned[month - 1]
    marked = [value for value in filled.column("verloop", "terugverdiend") if isinstance(value, float)]
    assert marked == [earned[month]]


@pytest.mark.slow
def test_without_customers_data_it_is_made_from_orders_alone(tmp_path):
    book = looked(tmp_path, {"transacties": TEXTS["transacties"]})
    assert book.attention() == set()
    assert book.errors() == []


@pytest.mark.slow
def test_without_margin_and_cost_it_says_what_to_fill_in(tmp_path):
    book = looked(tmp_path, TEXTS, {})
    assert book.card("Waarde na 12 maanden") == ("–", "vul marge in, en ververs")
    assert book.card("Terugverdiend na") == ("–", "vul marge in, en ververs")
    assert book.errors() == []


SHOPS = {
    "one customer": "A;5-8-2026;10\nA;9-9-2026;20\n",
    "one order": "A;5-8-2026;10\n",
    "one month": "".join(f"K{n};{1 + n % 30}-10-2026;{10 + n}\n" for n in range(40)) + "K1;31-10-2026;5\n",
    "only a running month": "".join(f"K{n};{1 + n % 26}-11-2026;{10 + n}\n" for n in range(40)),
    "nobody comes back": "".join(f"K{n};{1 + n % 28}-{1 + n % 10}-2026;{10 + n}\n" for n in range(90)),
    "ten years": "".join(  # after 2,100 the same rows come again
        f"K{n % 150};{1 + n % 28}-{1 + n % 12}-{2016 + n % 10};{10 + n % 50}\n" for n in range(2100)
    ),
}


@pytest.mark.slow
@pytest.mark.parametrize(("shop", "period"), crossed([*SHOPS], ["maand", "kwartaal", "jaar"]))
def test_every_shop_gives_figures_or_words_and_no_errors(tmp_path, shop, period):
    book = looked(tmp_path, {"transacties": HEAD + SHOPS[shop]}, {**INPUTS, "kw_cohortperiode": period})
    assert book.errors() == []
    assert book.messages()[0]


@pytest.mark.slow
def test_each_group_says_when_its_margin_covers_the_cost(tmp_path):
    """Counted again from the map of values; a dear customer is not paid back yet."""
    for cost in (0.0, 20.0, 45.0, 100_000.0):
        package = package_of(
            "retentie-cohorten", read(tmp_path, TEXTS), now=NOW, inputs={**INPUTS, "kw_cac": cost}
        )
        book = Looked("retentie-cohorten", package.shown())
        table = package.read_table("tblCohortWaarde")
        values = {row[0]: [one for one in row[2:] if one is not None] for row in table.rows}
        pairs = zip(book.column("kaart", "groep"), book.column("kaart", "CAC terug"), strict=True)
        for group, said in ((group, said) for group, said in pairs if group):
            at = next((age for age, one in enumerate(values[group]) if one >= cost), None)
            assert said == ("nog niet" if at is None else f"na {at}" if at else "meteen")


@pytest.mark.slow
def test_when_nobody_stops_no_purchase_is_blamed(tmp_path):
    orders = "".join(
        f"A;{day}-{month}-{year};10\n" for year in (2025, 2026) for month in range(1, 11) for day in (4, 20)
    )
    book = looked(tmp_path, {"transacties": HEAD + orders})
    assert book.card("Meeste afhakers na") == ("–", "niemand haakte af")
    assert "Niemand haakte af" in book.shown["Retentie"].values()


@pytest.mark.slow
def test_a_refresh_by_channel_needs_the_sheet_of_customers_only_then(tmp_path):
    given = read(tmp_path, {"transacties": TEXTS["transacties"]})
    path = tmp_path / "boek.xlsx"
    build_workbook(template("retentie-cohorten"), given, now=NOW, inputs=INPUTS).save(path)
    refresh_file(path, now=NOW, inputs={"kw_groep": "kanaal"})
    refreshed = refresh_file(path, now=NOW, tables=read(tmp_path, {"klanten": TEXTS["klanten"]}))
    rows = next(write.rows for write in refreshed.plan.tables if write.table == "tblCohortAandeel")
    assert {"alle groepen", "Beurs", "Nieuwsbrief"} <= {row[0] for row in rows}


@pytest.mark.slow
def test_an_empty_one_says_what_to_do():
    book = Looked("retentie-cohorten", empty_workbook(template("retentie-cohorten"), now=NOW).package.shown())
    assert set(book.cards().values()) == {"–"}
    assert book.messages()[0].startswith("Nog niets ingevuld.")
    assert book.errors() == []


@pytest.fixture(scope="module")
def example(tmp_path_factory):
    given = read(tmp_path_factory.mktemp("kaart"), TEXTS)
    return package_of("retentie-cohorten", given, now=NOW, inputs=INPUTS).to_bytes()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("chosen", "table", "said"),
    [("", "tblCohortAandeel", "Welk deel"), ("klanten", "tblCohortKlanten", "Hoeveel klanten"), ("omzet", "tblCohortOmzet", "Omzet van een groep"),
     ("waarde per klant", "tblCohortWaarde", "Marge per klant")],
)  # fmt: skip
def test_the_map_shows_at_once_what_is_chosen(example, chosen, table, said):
    package = Package.from_bytes(example)
    package.edit(cells={"kw_toon": chosen or None}, then=refill)
    book, found = Looked("retentie-cohorten", package.shown()), package.read_table(table)
    rows = {row[0]: dict(zip(found.headers, row, strict=True)) for row in found.rows}
    groups = [one for one in book.column("kaart", "groep") if one in rows]
    assert len(groups) >= 8
    for column in ("begin", "na 1", "na 3", "na 7"):
        shown = dict(zip(book.column("kaart", "groep"), book.column("kaart", column), strict=True))
        assert {one: shown[one] for one in groups} == {
            one: "" if rows[one][column] is None else pytest.approx(rows[one][column]) for one in groups
        }
        if "alle groepen" not in rows:
            assert shown["alle groepen"] == pytest.approx(sum(row[column] or 0 for row in rows.values()))
    assert any(str(one).startswith(said) for one in book.shown["Retentie"].values())


@pytest.mark.slow
def test_where_nobody_came_back_that_is_said_instead_of_a_comparison_of_noughts(tmp_path):
    once = "".join(f"k{one};{2025 + one % 2}-{1 + one % 10:02d}-03;25\n" for one in range(60))
    book = looked(tmp_path, {"transacties": HEAD + once})
    assert book.message() == "Nog niemand kwam in een latere periode terug, uit geen enkele groep."


@pytest.mark.filterwarnings("ignore:.*xtension is not supported")
@pytest.mark.parametrize(("sheet", "top", "left"), [("Waarde", "D7", 4), ("Retentie", "E", 5)])
def test_the_first_value_that_covers_the_cac_has_a_line_round_it(sheet, top, left):
    """The rule of the shipped workbook, laid over rows of which the place is known."""
    page = openpyxl.load_workbook(SHIPPED / "klantwaarde-retentie-cohorten.xlsx")[sheet]
    ((cells, rule),) = [
        (str(found.sqref), one)
        for found in page.conditional_formatting
        for one in found.rules
        if one.formula and "kw_cac" in one.formula[0]
    ]
    first = cells.split(":")[0]
    assert first.startswith(top)
    assert min(one.priority for found in page.conditional_formatting for one in found.rules
               if {"kw_cac", "kw_toon"} & {word for text in one.formula for word in ("kw_cac", "kw_toon") if word in text}) == rule.priority  # fmt: skip
    rows = ((50, 60, 70), (10, 39.5, 40), (10, 40, 20), (10, 20, 39.99), ("", "", ""), (10, 45, ""))
    wanted = ((1, 0, 0), (0, 0, 1), (0, 1, 0), (0, 0, 0), (0, 0, 0), (0, 1, 0))
    made = {"A1": 40, "A2": "waarde per klant"}
    for down, row in enumerate(rows):
        made[openpyxl.utils.get_column_letter(left - 1) + f"{10 + down}"] = 500  # how many are in the group
        for right, value in enumerate(row):
            at = openpyxl.utils.get_column_letter(left + right) + f"{10 + down}"
            made |= {at: value} if value != "" else {}
            asked = Translator("=" + rule.formula[0], origin=first).translate_formula(at)
            made[openpyxl.utils.get_column_letter(left + right + 20) + f"{10 + down}"] = (
                f"=IF({asked[1:]},1,0)"
            )
    names = [("kw_cac", "=Blad1!$A$1"), ("kw_toon", "=Blad1!$A$2")]
    shown = recalculate(workbook(made, names=names))["Blad1"]
    letters = [openpyxl.utils.get_column_letter(left + right + 20) for right in range(3)]
    assert tuple(tuple(shown[f"{letter}{10 + down}"] for letter in letters) for down in range(6)) == wanted


def test_a_young_shop_hears_from_when_a_year_later_can_be_counted(tmp_path):
    orders = HEAD + "".join(f"k{n % 30};{1 + n % 28}-{1 + n % 9}-2026;20\n" for n in range(200))
    book = looked(tmp_path, {"transacties": orders})
    assert book.card("Koopt een jaar later") == ("–", "kan vanaf 1-4-2027")  # K1 2027 is whole
