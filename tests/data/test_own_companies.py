"""Sales to a company of one's own: asked about where the group of the customer says so."""

import pytest

from klantwaarde_xl.data.reading.files import transactions_from_cells
from klantwaarde_xl.data.reading.questions.next_questions import first_answer
from klantwaarde_xl.errors import Ambiguous
from tests.data.exported import figures, read, typed, write
from tests.examples import crossed

__all__ = ["write"]

HEADS = [
    "Klantgroep",
    "Customer group",
    "Debiteurengroep",
    "Customer type",
    "Soort klant",
    "Kundengruppe",
    "Channel",
]
WORDS = ["Intercompany", "Intern", "Internal", "Eigen gebruik", "Group companies", "Related party"]


def export(head, own, other="Detail"):
    return (
        f"Bedrag,{head},Factuurdatum,Klantnummer,Factuurnummer\n"
        f"40.00,{other},2025-01-04,A,1\n900.00,{own},2025-01-07,Z,2\n"
        f"15.00,{other},2025-01-09,B,3\n700.00,{own},2025-02-07,Z,4\n22.00,Export,2025-02-11,A,5\n"
    )


@pytest.mark.slow
@pytest.mark.parametrize(("word", "head"), crossed(WORDS, HEADS))
def test_sales_to_a_company_of_ones_own_are_asked_about(write, head, word):
    path = write(export(head, word))
    with pytest.raises(Ambiguous, match="eigen bedrijf") as error:
        read(path)
    assert figures(typed(path, first_answer(error.value.remedy))) == (3, 77.0, 77.0, 2)
    assert figures(typed(path, f'--alleen "{head}=*"'))[:2] == (5, 1677.0)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("head", "yes", "no"), [("Intercompany", "Ja", "Nee"), ("Is internal", "true", "false")]
)
def test_a_column_that_says_yes_to_it(write, head, yes, no):
    path = write(export(head, yes, no).replace("Export", no))
    with pytest.raises(Ambiguous, match="eigen bedrijf") as error:
        read(path)
    assert figures(typed(path, first_answer(error.value.remedy)))[1] == 77.0


@pytest.mark.slow
@pytest.mark.parametrize("word", ["Internet", "International", "Internist", "B2B", "Detail", "Personeel"])
def test_other_groups_are_no_question(write, word):
    assert figures(read(write(export("Klantgroep", word))))[1] == 1677.0


def test_where_all_is_internal_there_is_nothing_to_ask(write):
    path = write(export("Klantgroep", "Intern", "Intern").replace("Export", "Intern"))
    assert figures(read(path))[0] == 5


def test_columns_that_a_user_put_beside_the_orders_of_a_workbook_ask_nothing_and_take_nothing_off():
    heads = ("klant", "datum", "bedrag", "Klantgroep", "Vervangt factuur", "Totaal")
    amounts = [12.5, 30.0, 8.25, 44.0, 19.99, 7.0]
    rows = [
        (
            f"K{at % 3}",
            45_000.0 + at,
            amount,
            ("Intern", "Detail")[at % 2],
            "K1" if at else None,
            sum(amounts[: at + 1]),
        )
        for at, amount in enumerate(amounts)
    ]
    found = transactions_from_cells(heads, rows, source="Gegevens")
    assert sum(float(row[2]) for row in found.rows()) == pytest.approx(sum(amounts))
    rising = [(f"K{at % 3}", 45_000.0 + at, sum(amounts[: at + 1])) for at in range(6)]
    rising += [("K1", 45_010.0 + at, 200.0 + 3 * at * at) for at in range(6)]
    assert len(transactions_from_cells(heads[:3], rising, source="Gegevens").rows()) == 12


@pytest.mark.parametrize(("company", "who"), [("Organisatie", "Naam"), ("Bedrijf", "Contactpersoon")])
def test_one_company_on_every_row_is_not_the_customer(write, company, who):
    rows = "Zangclub;An Bos;3-2-2025;5,00\nZangclub;Ed Das;14-2-2025;6,00\nZangclub;An Bos;24-2-2025;7,00\n"
    path = write(f"{company};{who};Datum;Bedrag\n{rows}")
    checked = read(path)
    assert figures(checked) == (3, 18.0, 18.0, 2)
    assert any("hetzelfde bedrijf" in note for note in checked.quality.notes)
    assert figures(typed(path, f"--kolommen klant={company}"))[3] == 1


def test_companies_that_differ_go_before_who_answers_for_them(write):
    rows = "Bos BV;Jan;3-2-2025;5,00\nDas BV;Jan;14-2-2025;6,00\n"
    assert figures(read(write(f"Bedrijf;Contactpersoon;Datum;Bedrag\n{rows}")))[3] == 2
