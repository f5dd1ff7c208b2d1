"""What every workbook that we make promises: complete, computed, and the same in two engines."""

import io
import math
import re
import zipfile

import openpyxl
import pytest
import python_calamine

from klantwaarde_xl.cli.demo import INPUTS, example_data, example_workbook
from klantwaarde_xl.data.reading.files import read_transactions
from klantwaarde_xl.workbook import build
from klantwaarde_xl.workbook.build import empty_workbook, lacking_tables
from klantwaarde_xl.workbook.content import needs
from klantwaarde_xl.workbook.templates import templates
from klantwaarde_xl.xlsx.package import Package
from tests.between_workers import made_once
from tests.books import package_of
from tests.conftest import NOW
from tests.on_demand import OnDemand

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:openpyxl.*")
REFRESHED = [template.id for template in templates().values() if template.refreshes]
SHOPS = {"dashboard": "shop_bytes", "prognose": "forecast_bytes"}  # the others are examples
EXAMPLES = [one for one in REFRESHED if one not in SHOPS]
WITH_DATA = [
    template.id
    for template in templates().values()
    if "transacties" in needs(template) and not lacking_tables(template, ("transacties",))
]


def shown(data):
    """Sheet → address → the value a viewer shows, by a third program."""
    book = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
    return {page.title: {c.coordinate: c.value for row in page for c in row} for page in book}


@pytest.fixture(scope="module")
def books(request, tmp_path_factory):
    """Every workbook that can be made, by template, filled; the shop of the examples is read once."""
    data = OnDemand(example_data)

    def make(name):
        if name in SHOPS:
            return request.getfixturevalue(SHOPS[name])
        return made_once(
            tmp_path_factory,
            f"voorbeeld {name}.xlsx",
            lambda: example_workbook(templates()[name], now=NOW, given=data[NOW]).package.to_bytes(),
        )

    return OnDemand(make)


@pytest.fixture(scope="module")
def empty_books(tmp_path_factory):
    """Every workbook in which a user types or pastes, by template, with nothing in it."""

    def make(name):
        return empty_workbook(templates()[name], now=NOW, example=False).package.to_bytes()

    return OnDemand(lambda name: made_once(tmp_path_factory, f"leeg {name}.xlsx", lambda: make(name)))


@pytest.fixture(scope="module")
def texts_shown(books):
    """The texts that the filled ones show, by sheet: read once for all who look, by a quicker program."""

    def texts(name):
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(books[name]))
        return {
            sheet: {
                cell
                for row in book.get_sheet_by_name(sheet).to_python()
                for cell in row
                if isinstance(cell, str)
            }
            - {""}
            for sheet in book.sheet_names
        }

    return OnDemand(texts)


@pytest.fixture(params=REFRESHED)
def made(request):
    """The template of a filled one."""
    return request.param


@pytest.mark.slow
@pytest.mark.parametrize("template", ["basis", "dashboard", "prognose"])
def test_our_workbooks_are_full_of_formulas(books, template):
    formulas = Package.from_bytes(books[template]).formulas()
    assert sum(len(cells) for cells in formulas.values()) > 70


@pytest.mark.slow
def test_every_formula_cell_shows_a_value(made, books):
    formulas = Package.from_bytes(books[made]).formulas()
    cells = sum(map(len, formulas.values()))
    assert cells
    with zipfile.ZipFile(io.BytesIO(books[made])) as parts:
        text = "".join(
            parts.read(n).decode() for n in parts.namelist() if n.startswith("xl/worksheets/sheet")
        )
    assert text.count("<f>") + text.count("<f ") == cells
    assert "</f></c>" not in text
    assert "<v>#NAME?</v>" not in text


@pytest.mark.parametrize("template", WITH_DATA)
def test_nothing_from_data_becomes_a_formula(tmp_path, template):
    path = tmp_path / "boos.csv"
    path.write_text(
        'klant;datum;bedrag\n"=1+1";1-2-2024;5\n@SOM(1);1-2-2024;5\n+31;2-2-2024;5\n', encoding="utf-8"
    )
    data = package_of(template, read_transactions(path), now=NOW).to_bytes()
    package = Package.from_bytes(data)
    assert [row[0] for row in package.read_table("tblTransacties").rows] == ["=1+1", "@SOM(1)", "+31"]
    assert "Gegevens" not in {s for s, f in package.formulas().items() if any("1+1" in t for t in f.values())}


# Words that English sentences have and Dutch ones have not, and what stands where a text was forgotten
NO_DUTCH = re.compile(
    r"\b(the|and|with|from|your|this|that|are|not|for|which|customers?|value|sheet|click|please|table|month"
    r"|year|total|rate|rows?|todo|tbd|lorem|none|nan|null|true|false)\b|\{\w*\}|<\w+ object",
    re.IGNORECASE,
)

TERMS = re.compile("Customer (lifetime value|Effort Score|Satisfaction Score)", re.IGNORECASE)  # of the field


def test_a_word_that_is_no_dutch_is_known():
    texts = ("Customer value per month", "Total", "None", "{naam} is leeg", "De table ontbreekt")
    assert all(map(NO_DUTCH.search, texts))
    assert not any(map(NO_DUTCH.search, ("De waarde per klant", "totaal", "rijen van de maand", "thema")))


@pytest.mark.slow
def test_text_in_cells_has_no_english_or_placeholder_left(made, texts_shown):
    words = set().union(*texts_shown[made].values())
    assert len(words) > 100
    assert [w for w in words if NO_DUTCH.search(TERMS.sub("", w))] == []


@pytest.mark.slow
@pytest.mark.parametrize("which", EXAMPLES)
def test_an_example_is_filled_and_in_order(texts_shown, which):
    assert texts_shown[which]["Controle"]
    assert "let op" not in texts_shown[which]["Controle"]


@pytest.mark.slow
@pytest.mark.parametrize(("template", "source"), [("dashboard", "shop_csv"), ("prognose", "larger_csv")])
def test_building_twice_gives_the_same_bytes(books, request, monkeypatch, template, source):
    monkeypatch.setattr(build, "skeleton", build.skeleton.__wrapped__)  # drawn anew as well
    transactions = read_transactions(request.getfixturevalue(source))
    again = package_of(template, transactions, now=NOW, inputs=INPUTS).to_bytes()
    parts = [
        {n: z.read(n) for n in z.namelist()}
        for z in map(zipfile.ZipFile, map(io.BytesIO, (again, books[template])))
    ]
    assert parts[0] == parts[1]


@pytest.mark.slow
@pytest.mark.parametrize("which", templates())
def test_calc_computes_what_our_cells_show(which, calc, tmp_path, books):
    """A second, independent engine with our extension: every formula cell the same."""
    _hold_against_calc(books[which], calc, tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize("which", REFRESHED)
def test_calc_computes_what_the_cells_of_an_empty_one_show(which, calc, tmp_path, empty_books):
    _hold_against_calc(empty_books[which], calc, tmp_path)


def _hold_against_calc(data, calc, tmp_path):
    package = Package.from_bytes(data)
    formulas = package.formulas()
    # An absurd value in every formula cell, so that an engine that echoes is found out
    package.write_cached({sheet: dict.fromkeys(cells, -98765.0) for sheet, cells in formulas.items()})
    package.save(tmp_path / "absurd.xlsx", backup=False)
    document = calc.open(path=str(tmp_path / "absurd.xlsx"))
    try:
        calc.recalculate(document)
        wanted = Package.from_bytes(data).shown()
        wrong = []
        for index, sheet in enumerate(package.sheet_names()):
            cells = sorted(formulas.get(sheet, {}))
            for cell, got in zip(cells, calc.many(document, cells, index), strict=True):
                expected = wanted[sheet].get(cell)
                if not _agree(got, expected):
                    wrong.append((sheet, cell, formulas[sheet][cell], got, expected))
        assert not wrong
    finally:
        calc.close(document)


def _agree(got, expected):
    if isinstance(expected, bool):
        expected = float(expected)
    if isinstance(got, float) and isinstance(expected, float):
        return math.isclose(got, expected, rel_tol=1e-9, abs_tol=1e-9)
    return got == expected or (got == "" and expected is None)


@pytest.mark.slow
@pytest.mark.parametrize("which", REFRESHED)
def test_an_empty_one_has_no_error_but_what_a_chart_does_not_draw(which, empty_books):
    cells = [
        (sheet, cell, v) for sheet, shows in shown(empty_books[which]).items() for cell, v in shows.items()
    ]
    assert not [one for one in cells if str(one[2]).startswith("#") and one[2] != "#N/A"]
