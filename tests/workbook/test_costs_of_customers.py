"""A CLV asks for costs per customer in every workbook that shows one, in one way and the same words."""

import duckdb
import pytest

from klantwaarde_xl.data.reading.files import read_table
from klantwaarde_xl.data.sample import sample_csv, sample_orders
from klantwaarde_xl.data.sample_channels import costs_csv, sample_costs
from klantwaarde_xl.data.tables import tables
from klantwaarde_xl.wording.clv import FILL_COSTS
from klantwaarde_xl.workbook import blocks as b
from tests.books import Looked, package_of
from tests.conftest import NOW

ORDERS = sample_orders(200)
MONEY = {"kw_marge": 0.35, "kw_rente": 0.08}
BASIS = {
    **MONEY,
    "kw_aankoopwaarde": 50.0,
    "kw_frequentie": 4.0,
    "kw_levensduur": 3.0,
    "kw_retentie": 0.6,
    "kw_cac": 20.0,
}
SUMS = ("CLV met retentie", "CLV contant", "CLV na werving")


@pytest.fixture(scope="module")
def given(tmp_path_factory):
    """Orders and costs, read once."""
    folder, con, found = tmp_path_factory.mktemp("winkel"), duckdb.connect(), {}
    for table, text in {"transacties": sample_csv(ORDERS), "kosten": costs_csv(sample_costs(ORDERS))}.items():
        (folder / f"{table}.csv").write_text(text, encoding="utf-8")
        found[table] = read_table(folder / f"{table}.csv", tables()[table], today=NOW.date(), con=con)
    return found


def looked(given, name, inputs):
    return Looked(name, package_of(name, given, now=NOW, inputs=inputs).shown())


def test_the_articles_sums_with_costs_wait_for_them_and_those_without_do_not():
    without = Looked("basis", package_of("basis", now=NOW, inputs=BASIS).shown())
    assert {without.card(label) for label in SUMS} == {("–", FILL_COSTS)}
    assert without.card("CLV historisch")[0] == pytest.approx(50 * 4 * 3 * 0.35)
    assert not without.errors()
    nought = Looked("basis", package_of("basis", now=NOW, inputs={**BASIS, "kw_kosten_klant": 0.0}).shown())
    assert nought.card("CLV met retentie")[0] == pytest.approx(50 * 4 * 0.35 / (1 - 0.6))
    six = Looked("basis", package_of("basis", now=NOW, inputs={**BASIS, "kw_kosten_klant": 6.0}).shown())
    assert six.card("CLV met retentie")[0] == pytest.approx((50 * 4 * 0.35 - 6) / (1 - 0.6))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "card"), [("dashboard", "CLV"), ("directierapport", "CLV : CAC"), ("cac-kanalen", "CLV : CAC")]
)
def test_every_workbook_withholds_the_value_and_says_so_until_costs_are_there(given, name, card):
    without = looked(given, name, MONEY)
    value, note = without.card(card)
    assert value == "–"
    assert note == FILL_COSTS or any(
        "Zonder kosten per klant is er geen CLV" in str(one) for one in without.messages()
    )
    assert "De kosten per klant zijn ingevuld" in without.attention()
    assert not without.errors()
    (words,) = [placed.block for sheet, placed in without._of(b.Grid) if sheet.name == "Begrippen"]
    assert "kosten per klant" in {row[0] for row in words.rows}
    filled = looked(given, name, {**MONEY, "kw_kosten_klant": 0.0})
    assert isinstance(filled.card(card)[0], float)
    assert "De kosten per klant zijn ingevuld" not in filled.attention()
