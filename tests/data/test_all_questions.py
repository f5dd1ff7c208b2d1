"""Every door to a file asks all questions about it in one error."""

import datetime as dt

import pytest

from klantwaarde_xl.data.reading.files import read_transactions, table_from_cells
from klantwaarde_xl.data.reading.questions.typed_options import Told, told_with
from klantwaarde_xl.data.tables import TRANSACTIONS
from klantwaarde_xl.errors import Ambiguous, ColumnsMissing, UsageError

TODAY = dt.date(2026, 3, 1)
TEXT = "Datum;Pas;Soort;Bedrag\n02-05-2025;p1;Verkoop;12,50\n13-05-2025;p2;Verkoop;20,00\n14-05-2025;p1;Terugbetaling;4,00\n"


def test_python_gets_all_questions_in_one_error(tmp_path):
    path = tmp_path / "kassa.csv"
    path.write_text(TEXT, encoding="utf-8")
    with pytest.raises(ColumnsMissing, match="2 vragen") as asked:
        read_transactions(path, today=TODAY)
    assert '--alleen "Soort=Verkoop,Terugbetaling"' in asked.value.remedy.splitlines()[-1]


@pytest.mark.slow
def test_the_cells_of_a_workbook_get_them_too():
    rows = [["03-04-25", "a", "1.234"], ["05-06-25", "b", "2.345"]]
    with pytest.raises(Ambiguous, match="2 vragen"):
        table_from_cells(
            TRANSACTIONS,
            ["datum", "klant", "bedrag"],
            [["03/04/2025", *r[1:]] for r in rows],
            source="Blad1",
            today=TODAY,
        )


@pytest.mark.parametrize(
    ("options", "columns", "field", "value"),
    [
        ("--kolommen klant=Pas,bedrag=Totaal", {"klant": "Pas", "bedrag": "Totaal"}, "only", ()),
        ('--kolommen "bedrag=Totaal, incl. btw,klant=-"', {"bedrag": "Totaal, incl. btw", "klant": "-"}, "only", ()),
        ('--alleen "Soort=a,b"', None, "only", (("Soort", "a,b"),)),
        ('--zonder "Uit=?*"', None, "without", (("Uit", "?*"),)),
        ('--retour "D/C=C"', None, "back", (("D/C", "C"),)),
        ("--regels optellen", None, "lines", "optellen"),
        ("--lege-klant gast", None, "blanks", "gast"),
        ("--tellen betaald,open", None, "counted", ("betaald", "open")),
        ("--decimaal centen", None, "cents", True),
        ("--datumvolgorde dmj", None, "date_order", "dmj"),
        ("--valuta EUR", None, "currencies", (("EUR", 1.0),)),
    ],
)  # fmt: skip
def test_options_of_a_message_say_to_reading_what_they_say_to_a_command(options, columns, field, value):
    told = told_with(Told(), [options], TRANSACTIONS)
    assert told.columns == columns
    assert told.reading is not None
    assert getattr(told.reading, field) == value


def test_an_option_that_no_message_advises_is_no_answer():
    with pytest.raises(UsageError):
        told_with(Told(), ["--uit map"], TRANSACTIONS)


@pytest.mark.parametrize("options", ["--valuta '0", '--kolommen "bedrag=Netto', "--alleen Soort=foto's"])
def test_options_that_nobody_can_type_are_no_answer(options):
    with pytest.raises(UsageError):
        told_with(Told(), [options], TRANSACTIONS)
