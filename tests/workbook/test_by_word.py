"""Targets of several kinds in one column: each has the format and limits of its figure, typed and pasted."""

import io
import re

import openpyxl
import pytest

from klantwaarde_xl.data.settings import Kind, Setting
from klantwaarde_xl.errors import SpecError
from klantwaarde_xl.workbook import blocks as b
from klantwaarde_xl.workbook import by_word
from klantwaarde_xl.workbook.chosen_month import KEYS
from klantwaarde_xl.workbook.recalculate import refill
from klantwaarde_xl.workbook.targets import TARGET_KINDS
from klantwaarde_xl.xlsx.package import Package
from tests.books import Looked
from tests.workbook.test_targets import with_goals

pytestmark = pytest.mark.filterwarnings("ignore:.*xtension is not supported")
FITS = "Elk doel past bij zijn kerncijfer"
RIGHT = ["Netto omzet;;30000;;;", "Klanten;;200;;;", "Retentie per jaar;;50%;;;", "CAC;2026;18,50;;lager;"]


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    return with_goals(tmp_path_factory.mktemp("doelen"), RIGHT)


def test_each_key_figure_has_one_kind_with_the_format_of_its_card():
    assert [(word, rule.form) for word, rule in TARGET_KINDS.rules] == [
        (key.name, key.number) for key in KEYS
    ]


def test_every_row_of_the_table_is_shown_by_its_word(book, tmp_path):
    path = tmp_path / "doelen.xlsx"
    path.write_bytes(book)
    sheet = openpyxl.load_workbook(path)["Doelen"]
    formats = {}
    for cells in sheet.conditional_formatting:
        for rule in (one for one in cells.rules if one.dxf.numFmt):
            word = re.search(r'="(.*)"$', rule.formula[0])
            formats[word[1] if word else ""] = (str(cells.sqref), rule.dxf.numFmt.formatCode)
    first, last = 5, 4 + len(RIGHT)
    assert formats["Klanten"] == (f"D{first}:D{last}", '#,##0" klanten"')
    assert formats["Retentie per jaar"][1] == "0.0%"
    assert formats["CAC"][1].startswith("[$€-413] #,##0.00")
    (check,) = [one for one in sheet.data_validations.dataValidation if one.type == "custom"]
    assert str(check.sqref) == f"D{first}:D{last}"


@pytest.mark.parametrize(
    ("row", "goal", "fits"),
    [
        (0, 31_250.5, True),
        (0, -1, False),
        (1, 200.5, False),
        (2, 50, False),
        (2, 1, True),
        (3, "achttien", False),
    ],
)
def test_a_pasted_target_that_does_not_fit_its_figure_is_told(book, row, goal, fits):
    opened, pasted = openpyxl.load_workbook(io.BytesIO(book)), io.BytesIO()
    opened["Doelen"][f"D{5 + row}"] = goal
    opened.save(pasted)
    package = Package.from_bytes(pasted.getvalue())
    package.edit(then=refill)
    outcome = Looked("dashboard", package.shown()).checks()[FITS]
    assert outcome == ("in orde" if fits else "let op")


def test_too_many_kinds_for_one_validation_are_an_error_of_the_template():
    rules = tuple(
        (f"kerncijfer met een lange naam {n}", Setting("", Kind.SHARE, "", "", between=(n / 100, 1.0)))
        for n in range(9)
    )
    with pytest.raises(SpecError, match="te veel soorten"):
        by_word.validation(b.ByWord("doel", "kengetal", rules), "$B5", "$D5")
