"""The sheet Begrippen: every word that a workbook shows and that has a declared meaning, and none else."""

import pytest

from klantwaarde_xl.data.results import results
from klantwaarde_xl.functions.registry import REGISTRY
from klantwaarde_xl.workbook.content import feeds, sheets_of
from klantwaarde_xl.workbook.templates import templates

REFRESHED = [one for one in templates().values() if one.refreshes]


def terms(template):
    sheet = next(one for one in sheets_of(template) if one.name == "Begrippen")
    (grid,) = sheet.blocks
    return list(grid.rows)


@pytest.mark.parametrize("template", REFRESHED, ids=lambda one: one.id)
def test_it_stands_before_the_checks_and_explains_every_column_that_can_be(template):
    names = [sheet.name for sheet in sheets_of(template)]
    assert names[-2:] == ["Begrippen", "Controle"]
    shown = {(term, meaning) for term, meaning, _ in terms(template)}
    for block in feeds(template):
        for column in results()[block.result].columns:
            assert not column.help or (column.header, column.help) in shown


@pytest.mark.parametrize("template", REFRESHED, ids=lambda one: one.id)
def test_each_row_is_said_once_in_the_order_of_the_alphabet_and_names_a_place_that_is_there(template):
    rows = terms(template)
    assert len(set(rows)) == len(rows) >= 3
    assert [row[0].casefold() for row in rows] == sorted(row[0].casefold() for row in rows)
    places = {sheet.name for sheet in sheets_of(template)} | {"overal", "in een berekening"}
    assert {place for row in rows for place in row[2].split(", ")} <= places
    assert len({row[:2] for row in rows}) == len(rows)  # what is the same in more sheets is said once
    assert all(row[1].endswith((".", "?", ")")) for row in rows if row[2] not in places - {"overal"})


def test_a_word_that_a_workbook_does_not_use_is_not_explained():
    scenario = {row[0] for row in terms(templates()["scenario"])}
    assert "MARKTAANDEEL" in scenario
    assert "NPS" not in scenario
    assert REGISTRY["MARKTAANDEEL"].doc in {row[1] for row in terms(templates()["scenario"])}


def test_a_workbook_that_computes_by_itself_has_none():
    assert not [sheet for sheet in sheets_of(templates()["functies"]) if sheet.name == "Begrippen"]
