"""In an open Excel a value or formula that was typed over a figure of the program's is asked about, told and kept."""

import datetime as dt

from tests.hosts.excel.test_refresh import ROWS, write
from tests.hosts.excel.test_refresh_com import body, refreshed
from tests.hosts.excel.wire import decode

MOMENT = dt.datetime(2026, 1, 2, 3, 4, 5)
THERE = "na het verversen staat die op het blad Vervallen rijen:"
FIGURES = (("anna", 1.23456789), ("bram", 2.5), ("cato", 3.0))


def rows_after(amounts, names=("anna", "bram", "cato")):
    """The sheet as it stands after a refresh at that moment; the user's own columns are empty."""
    head = [ROWS[0], [ROWS[1][0], MOMENT, *ROWS[1][2:]], ROWS[2]]
    return [*head, *([name, amount, None, None] for name, amount in zip(names, amounts, strict=True))]


def first(classic):
    done = refreshed(classic, write([*map(list, FIGURES)]), kw_ververst=MOMENT)
    assert done["error"] is None
    assert done["properties"].keys() == {"klantwaarde_geschreven_001"}
    return done["properties"]


def second(classic, properties, rows, answer=True, **book):
    later = MOMENT + dt.timedelta(days=1)
    book |= {"properties": properties, "answer": answer}
    return refreshed(classic, write([["bram", 2.5], ["anna", 9]]), rows=rows, book=book, kw_ververst=later)


def test_a_typed_value_is_asked_about_and_kept_with_whom_it_stood_by(classic):
    properties = first(classic)
    done = second(classic, properties, rows_after([1.23456789, 7.5, 3.0]))
    (question,) = done["asked"]
    assert question.splitlines() == [
        f"In een cel die Klantwaarde XL vult typte u een waarde; {THERE}",
        "  tblKpi, Klant bram (rij 5), kolom Omzet: 7,5",
    ]
    assert [row[2:6] for row in decode(done["sheets"]["Vervallen rijen"])][1:] == [
        ["Klant bram", 5.0, "Omzet", 7.5]
    ]
    assert [row[:2] for row in body(done)] == [["bram", 2.5], ["anna", 9.0]]
    assert done["properties"] != properties


def test_after_a_no_nothing_changes_nor_what_is_known(classic):
    properties = first(classic)
    done = second(classic, properties, rows_after([1.23456789, 7.5, 3.0]), answer=False)
    assert (done["log"], done["properties"]) == ([], properties)


def test_a_formula_over_a_figure_is_kept_as_its_text(classic):
    done = second(classic, first(classic), rows_after(["=8*2", 2.5, 3.0]))
    assert [row[5] for row in decode(done["sheets"]["Vervallen rijen"])][1:] == ["=8*2"]


def test_what_the_program_wrote_is_not_asked_about_sorted_or_in_a_form_for_money(classic):
    properties = first(classic)
    for rows in (
        rows_after([3.0, 1.23456789, 2.5], ("cato", "anna", "bram")),
        rows_after([1.23456789, 2.5, 3.0]),
    ):
        done = second(classic, properties, rows, euros=["B4", "B5", "B6"])
        assert (done["asked"], done["sheets"]) == ([], {})
