"""A recipe in a workbook: it survives other programs, and writing it touches nothing else."""

import datetime as dt
import zipfile

import openpyxl
import pytest

from klantwaarde_xl.data.reading.files import read_transactions
from klantwaarde_xl.errors import WorkbookChanged
from klantwaarde_xl.workbook.build import build_workbook, empty_workbook
from klantwaarde_xl.workbook.recipes import PREFIX, keep_recipes, recipes_in
from klantwaarde_xl.workbook.refresh import refresh_file
from klantwaarde_xl.workbook.templates import template
from klantwaarde_xl.xlsx.package import Package
from klantwaarde_xl.xlsx.property_text import LONGEST
from tests.data.exports_made import SHOPIFY, TODAY

NOW = dt.datetime.combine(TODAY, dt.time(12))


@pytest.fixture(scope="module")
def read(tmp_path_factory):
    path = tmp_path_factory.mktemp("export") / "september.csv"
    path.write_text(SHOPIFY, encoding="utf-8")
    return read_transactions(path, today=TODAY)


@pytest.fixture(scope="module")
def made(read):
    recipes = {"transacties": read.recipe}
    return build_workbook(template("dashboard"), read, now=NOW, recipes=recipes).package.to_bytes()


@pytest.fixture
def book(made, tmp_path):
    """A copy, for a test to change."""
    path = tmp_path / "dashboard.xlsx"
    path.write_bytes(made)
    return path


@pytest.mark.slow
def test_a_recipe_comes_out_of_a_workbook_as_it_went_in(book, read):
    assert recipes_in(Package.open(book)) == {"transacties": read.recipe}


@pytest.mark.slow
def test_no_property_is_longer_than_excel_takes(book):
    pieces = [
        text for name, text in Package.open(book).custom_properties().items() if name.startswith(PREFIX)
    ]
    assert len(pieces) > 1
    assert max(map(len, pieces)) <= LONGEST


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")
def test_a_recipe_survives_openpyxl(book, read, tmp_path):
    again = tmp_path / "opnieuw.xlsx"
    openpyxl.load_workbook(book).save(again)
    assert recipes_in(Package.open(again)) == {"transacties": read.recipe}


@pytest.mark.slow
def test_a_refresh_writes_the_recipe_that_it_is_given_and_no_other(book, read):
    refresh_file(book, now=NOW, tables=read, backup=False)
    assert recipes_in(Package.open(book)) == {"transacties": read.recipe}
    refresh_file(book, now=NOW, tables=read, recipes={"kosten": read.recipe}, backup=False)
    assert [*recipes_in(Package.open(book))] == ["kosten", "transacties"]


@pytest.mark.slow
def test_writing_a_recipe_changes_the_properties_only(book, read, tmp_path):
    package = Package.open(book)
    keep_recipes(package, {"kosten": read.recipe})
    package.save(tmp_path / "na.xlsx", backup=False)
    with zipfile.ZipFile(book) as before, zipfile.ZipFile(tmp_path / "na.xlsx") as after:
        assert before.namelist() == after.namelist()
        changed = [name for name in before.namelist() if before.read(name) != after.read(name)]
    assert changed == ["docProps/custom.xml"]


def test_the_same_recipe_changes_nothing(book, read):
    package = Package.open(book)
    before = package.to_bytes()
    keep_recipes(package, {"transacties": read.recipe})
    assert package.to_bytes() == before


@pytest.mark.slow
def test_a_template_without_data_has_no_recipe():
    assert recipes_in(empty_workbook(template("dashboard"), now=NOW).package) == {}


@pytest.mark.slow
def test_a_recipe_that_lost_a_piece_is_refused_with_the_way_to_a_new_one(book):
    package = Package.open(book)
    pieces = {name: text for name, text in package.custom_properties().items() if name.startswith(PREFIX)}
    package.set_properties(PREFIX, dict(list(pieces.items())[:-1]))
    with pytest.raises(WorkbookChanged, match="geen JSON") as caught:
        recipes_in(package)
    assert "--recept" in caught.value.remedy


@pytest.mark.slow
def test_a_recipe_that_cannot_be_read_is_replaced(book, read):
    package = Package.open(book)
    package.set_properties(PREFIX, {f"{PREFIX}001": "{"})
    keep_recipes(package, {"transacties": read.recipe})
    assert recipes_in(package) == {"transacties": read.recipe}
