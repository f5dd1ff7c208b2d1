"""What cannot be in a cell is told where its result stands: which cell, where, and what it takes instead."""

import io

import pytest

from klantwaarde_xl.data.settings import Kind
from klantwaarde_xl.workbook import possible
from klantwaarde_xl.workbook.build import empty_workbook
from klantwaarde_xl.workbook.content import examples_of, placed_blocks
from klantwaarde_xl.workbook.entered import entries
from klantwaarde_xl.workbook.layout import layout_of
from klantwaarde_xl.workbook.recalculate import refill
from klantwaarde_xl.workbook.templates import template, templates
from klantwaarde_xl.xlsx.package import Package
from tests.books import Looked, package_of
from tests.conftest import NOW
from tests.workbook.rich import with_openpyxl

TYPED = ("basis", "klantbeleving", "scenario")
SETTINGS = {
    "kw_besteding": 250.0, "kw_aankoopwaarde": 50.0, "kw_frequentie": 5.0, "kw_levensduur": 3.0, "kw_retentie": 0.6,
    "kw_cac": 20.0, "kw_kosten_klant": 5.0, "kw_marge": 0.4, "kw_rente": 0.08,
}  # fmt: skip


@pytest.fixture(scope="module")
def books():
    found = {}
    for name in TYPED:
        known = {**SETTINGS, **examples_of(template(name))}
        found[name] = package_of(name, now=NOW, inputs=known).to_bytes()
    return found


def pasted(books, name, cells):
    package = Package.from_bytes(books[name])
    package.edit(cells=cells, then=refill)
    return Looked(name, package.shown())


def tops(looked):
    return {sheet.name: looked.shown[sheet.name].get("B2") for sheet, _ in looked.layout.pages}


@pytest.mark.parametrize("name", [one.id for one in templates().values() if one.refreshes])
def test_every_cell_of_numbers_days_and_choices_is_listed_once_by_a_name_of_its_own(name):
    layout = layout_of(template(name))
    found = list(entries(placed_blocks(template(name))))
    listed = [spot for one in found for spot in layout._cells_of(one)]
    typed = [spot for spot, _, rule in layout.entries if rule.kind is not Kind.TEXT]
    assert sorted(map(str, listed)) == sorted(map(str, typed))
    called = [(one.sheet, one.label, one.apart) for one in found]
    assert len({*called}) == len(called)
    assert not [one for one in found if "kw_" in one.label or not one.rule.message()]


@pytest.mark.parametrize(
    ("name", "cell", "value", "says"),
    [
        ("basis", "kw_marge", 35.0, "Marge (Instellingen) kan niet. Vul een percentage in van 0,1% tot en met 100%, bijvoorbeeld 35%."),
        ("basis", "kw_cac", "veel", "CAC (Instellingen) kan niet. Vul een bedrag in van nul of meer, zonder minteken."),
        ("scenario", "kw_klanten_best", 410.5, "Klanten, best (Scenario's) kan niet. Vul een heel getal in van 0 tot en met 1.000.000.000."),
        ("scenario", "kw_minder_kosten", -1.0, "Wat het kost, bij 3. Kosten besparen (Plannen) kan niet. Vul een bedrag in van nul of meer, zonder minteken."),
        ("klantbeleving", "kw_reden2_klanten", 8.25, "Service, klanten (Vertrek) kan niet. Vul een heel getal in van 0 tot en met 1.000.000.000."),
        ("klantbeleving", "kw_voordeel11_ervaring", 12.0, "Aspect 11, ervaring (Aspecten) kan niet. Vul een getal in van 1 tot en met 10."),
    ],
)  # fmt: skip
def test_every_sheet_names_the_cell_and_what_it_takes(books, name, cell, value, says):
    looked = pasted(books, name, {cell: value})
    assert set(tops(looked).values()) == {f"✖ {says}"}
    assert possible.LABEL in looked.attention()
    assert looked.errors() == []
    assert not [text for text in tops(pasted(books, name, {})).values() if str(text).startswith("✖")]


def test_a_result_says_which_of_the_cells_under_it_is_wrong_and_another_stays(books):
    looked = pasted(books, "basis", {"kw_levensduur": "jaren", "kw_rente": 8.0})
    assert looked.card("CLV historisch") == ("–", "Levensduur kan niet")
    assert looked.card("CLV contant") == ("–", "Rente per jaar kan niet")
    assert looked.card("Klantwaarde")[1] == "omzet − kosten"


def test_a_case_with_a_wrong_assumption_has_no_outcome_and_the_others_do(books):
    right, wrong = (pasted(books, "scenario", cells) for cells in ({}, {"kw_klanten_slechtst": 379.5}))
    assert wrong.card("Klantwaarde, slechtst") == ("–", "Klanten, slechtst kan niet")
    for case in ("basis", "best"):
        assert wrong[f"ku_samen_{case}"] == pytest.approx(right[f"ku_samen_{case}"])


def test_a_part_of_a_customer_counts_as_not_filled_in(books):
    wrong = pasted(books, "klantbeleving", {"kw_reden1_klanten": 14.5})
    assert wrong.column("vertrek", "waarde weg")[0] == ""
    assert (
        pasted(books, "klantbeleving", {"kw_reden1_klanten": 14.0}).column("vertrek", "waarde weg")[0] == 1680
    )


@pytest.mark.parametrize(
    ("answer", "stand"),
    [(7, "in orde"), (11, "kan niet"), (7.5, "kan niet"), ("acht", "kan niet"), (None, "leeg")],
)
def test_a_column_of_answers_is_one_of_the_list(answer, stand):
    """The survey on Rekenhulp: its cells have no name."""
    opened, target = (
        with_openpyxl(empty_workbook(template("dashboard"), now=NOW).package.to_bytes()),
        io.BytesIO(),
    )
    place = layout_of(template("dashboard")).fields["antwoorden"]
    opened[place.sheet].cell(place.top + 3, place.left).value = answer
    opened.save(target)
    package = Package.from_bytes(target.getvalue())
    package.edit(then=refill)
    looked = Looked("dashboard", package.shown())
    found = [one.label for one in entries(placed_blocks(template("dashboard")))]
    assert looked.column("invoer", "stand")[found.index("Aanbevelingsvraag")] == stand
