"""The words in which every host tells what a refresh did."""

import pytest

from klantwaarde_xl.plan.lost import Lost, Shifted
from klantwaarde_xl.plan.plan import Contents, Plan, Table, TableWrite
from klantwaarde_xl.plan.report import Filled, Report, in_words, report_of, warning
from klantwaarde_xl.plan.resolve import Resolved, TableChange, resolve


def lost(number):
    return tuple(
        Lost("tblA", "Klanten", row, f"klant K{row}", "notitie", "bellen") for row in range(5, 5 + number)
    )


@pytest.mark.parametrize(
    ("rows", "words"),
    [(36, "Kerncijfers: 36 maanden"), (1, "Kerncijfers: 1 maand"), (0, "Kerncijfers: 0 maanden"),
     (3200, "Kerncijfers: 3.200 maanden")],
)  # fmt: skip
def test_a_result_is_told_by_its_title_and_what_it_counts(rows, words):
    assert str(Filled("Kerncijfers", rows, ("maand", "maanden"))) == words


def test_a_report_tells_what_was_filled_and_then_what_to_mind():
    report = Report(
        rows=(Filled("Kerncijfers", 2, ("maand", "maanden")), Filled("Klanten", 1, ("klant", "klanten"))),
        cleared=(("Klanten", "filter"), ("Kerncijfers", "sortering")),
        lost=lost(1),
        truncated=1,
        notices=("er is geen prognose.",),
    )
    told = "1 waarde van uzelf hoort bij een rij die er niet meer is en staat nu op het blad Vervallen rijen:"
    assert in_words(report) == [
        "Het werkboek is ververst.",
        "Kerncijfers: 2 maanden",
        "Klanten: 1 klant",
        "Let op: er is geen prognose.",
        "Let op: het filter van Klanten is gewist.",
        "Let op: de sortering van Kerncijfers is gewist.",
        "Let op: 1 tekst was te lang voor een cel en is afgekapt.",
        f"Let op: {told}",
        "  Klanten, klant K5 (rij 5), kolom notitie: bellen",
    ]


@pytest.mark.parametrize(
    ("many", "words"),
    [
        (1, "in een cel die Klantwaarde XL vult stond een formule van uzelf; na het verversen staat die"),
        (12, "in 12 cellen die Klantwaarde XL vult stonden formules van uzelf; na het verversen staan die"),
    ],
)
def test_formulas_that_got_values_again_are_told_and_where_they_are(many, words):
    lines = in_words(Report(over=lost(many)))
    assert lines[1] == f"Let op: {words} op het blad Vervallen rijen:"
    assert len(lines) == 2 + min(many, 9)
    assert len(in_words(Report(over=lost(many)), done=False)) == 2 + many


@pytest.mark.parametrize(
    ("many", "words"),
    [
        (1, "1 formule, naam, vorm of koppeling wijst naar een rij waar nu een andere staat"),
        (1203, "1.203 formules, namen, vormen en koppelingen wijzen naar rijen waar nu andere staan"),
    ],
)
def test_formulas_that_show_another_row_are_told_with_what_to_do(many, words):
    lines = in_words(Report(pointed=(Shifted("Mijn!A1", "RFM!F5", "klant A", "klant B"),) * many))
    assert lines[1] == f"Let op: {words}. Zoek een cijfer liever op naam, met X.ZOEKEN:"
    assert lines[2] == "  Mijn!A1, die wijst naar RFM!F5: was klant A, is nu klant B"
    assert len(lines) == 2 + min(many, 9)


def test_a_message_names_the_first_lost_values_and_counts_the_rest():
    lines = in_words(Report(lost=lost(1203)))
    assert lines[1].startswith(
        "Let op: 1.203 waarden van uzelf horen bij rijen die er niet meer zijn en staan"
    )
    assert len(lines) == 11
    assert lines[-1] == "  … en nog 1.195"


def resolved(**found):
    change = TableChange(
        TableWrite("tblA", (), ()), "tblA", (), (), 0, (), False, found.pop("lost", ()), **found
    )
    return Resolved(Plan(), (change,), ())


def test_the_question_beforehand_tells_the_same_values_and_is_not_asked_when_nothing_goes():
    assert warning(resolved()) == []
    belonged = "2 waarden van uzelf horen bij rijen die er niet meer zijn."
    assert warning(resolved(lost=lost(2))) == [
        f"{belonged} Na het verversen staat dat op het blad Vervallen rijen:",
        "  Klanten, klant K5 (rij 5), kolom notitie: bellen",
        "  Klanten, klant K6 (rij 6), kolom notitie: bellen",
    ]


def test_the_question_beforehand_tells_what_was_typed_where_the_program_writes_too():
    there = "op het blad Vervallen rijen:"
    heads = [
        line for line in warning(resolved(over=lost(1), retyped=lost(2), by_hand=lost(12))) if line[0] != " "
    ]
    assert heads[:2] == [
        f"In een cel die Klantwaarde XL vult stond een formule van uzelf; na het verversen staat die {there}",
        f"In 2 cellen die Klantwaarde XL vult typte u een waarde; na het verversen staan die {there}",
    ]
    assert heads[2].startswith("12 rijen typte of wijzigde u")


@pytest.mark.parametrize("many", [1, 12])
def test_values_and_rows_that_a_person_typed_are_told_and_where_they_are(many):
    lines = in_words(Report(retyped=lost(many), by_hand=lost(many)))
    heads = [line for line in lines if line.startswith("Let op: ")]
    assert len(heads) == 2
    assert all(line.endswith(" op het blad Vervallen rijen:") for line in heads)
    assert len(lines) == 1 + 2 * (1 + min(many, 9))
    assert Report(lost=lost(1), over=lost(1), retyped=lost(1), by_hand=lost(1)).kept == 4 * lost(1)


def test_where_nothing_changed_that_is_told_in_place_of_all_tables():
    report = Report(rows=(Filled("Klanten", 3),), changes=("evenveel rijen",), is_same=True)
    assert in_words(report)[1:] == [
        "Sinds de vorige keer: evenveel rijen.",
        "Er veranderde niets: alle cijfers zijn dezelfde als na de vorige verversing.",
    ]
    assert in_words(report, done=False)[2].startswith("Er verandert niets: ")


def test_a_write_without_a_title_is_told_by_its_tables_name():
    plan = Plan((TableWrite("tblA", ("k",), [("x",), ("y",)]),))
    report = report_of(
        resolve(plan, Contents(tables={"tblA": Table(("k",), [])})), cleared=[("tblA", "filter")]
    )
    assert in_words(report)[1:] == ["tblA: 2 rijen", "Let op: het filter van tblA is gewist."]
