"""Credit notes without a minus, of which only a number or a line of text says what they are."""

import re

import pytest

from klantwaarde_xl.errors import Ambiguous
from tests.data.exported import figures, read, said, typed, write

__all__ = ["write"]


def papers(numbers, header="Documentnr", text=(), of_text="Omschrijving", amounts=()):
    """Rows of K0, K1 and K2 in turn: 20, 21, … euros."""
    lines = [f"Datum;{header};Klantnr;Bedrag" + (f";{of_text}" if text else "")]
    for at, number in enumerate(numbers):
        amount = amounts[at] if amounts else f"{20 + at},00"
        lines.append(f"{at + 1}-5-2024;{number};K{at % 3};{amount}" + (f";{text[at]}" if text else ""))
    return "\n".join(lines) + "\n"


def advised(error, option):
    return tuple(tuple(one.split("=", 1)) for one in re.findall(f'--{option} "([^"]*)"', error.remedy))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("numbers", "header"),
    [
        (["VK-001", "VK-002", "CN-003", "VK-004", "VK-005"], "Documentnr"),
        (["50011", "50012", "CR50013", "50014", "50015"], "Invoice number"),
        (["2024-11", "2024-12", "2024-13-CREDIT", "2024-14", "2024-15"], "Factuur"),
        (["INV/9", "INV/10", "RINV", "SCN/1", "INV/11"], "Reference"),
        (["RE-71", "RE-72", "GS-73", "RE-74", "RE-75"], "Rechnungsnummer"),
    ],
)
def test_a_number_of_a_credit_note_is_asked_about_and_each_answer_works(write, numbers, header):
    path = write(papers(numbers, header))
    with pytest.raises(Ambiguous, match="geen minteken") as asked:
        read(path)
    back = 23.0 if "SCN/1" in numbers else 22.0
    off = figures(read(path, back=advised(asked.value, "retour")))
    assert off[:3] == (4, 110.0 - back, 110.0 - 2 * back)
    assert figures(read(path, without=advised(asked.value, "zonder")))[:2] == (4, 110.0 - back)
    assert figures(read(path, only=advised(asked.value, "alleen")))[:2] == (5, 110.0)


@pytest.mark.slow
def test_credit_notes_with_two_kinds_of_letters_are_one_question(write):
    path = write(papers(["F1", "F2", "CN3", "F4", "CR5", "F6"]))
    with pytest.raises(Ambiguous, match="bij 2 rijen") as asked:
        read(path)
    assert figures(read(path, back=advised(asked.value, "retour")))[2] == 135.0 - 2 * (22 + 24)


def test_credit_notes_that_have_a_minus_are_no_question(write):
    numbers = ["F1", "F2", "CN3", "F4"]
    path = write(papers(numbers, amounts=["20,00", "21,00", "-20,00", "23,00"]))
    assert figures(read(path))[:3] == (3, 64.0, 44.0)


@pytest.mark.parametrize(
    "numbers",
    [
        ["W1", "W2", "C3", "W4", "W5"],  # of a counter, as well
        ["9f3CN", "CRe81", "x7GS2", "kk40", "CN8d1", "1aa", "b2b", "c3c"],  # letters of any kind
        ["CN1", "CN2", "CN3", "CN4", "F5"],  # most of them
    ],
)
def test_numbers_with_such_letters_by_chance_are_no_question(write, numbers):
    assert figures(read(write(papers(numbers))))[0] == len(numbers)


@pytest.mark.slow
def test_one_letter_is_enough_where_the_customer_has_a_sale_of_that_amount(write):
    path = write(papers(["F1", "F2", "F3", "C4"], amounts=["31,10", "42,20", "53,30", "31,10"]))
    with pytest.raises(Ambiguous, match="'C4'") as asked:
        read(path)
    assert figures(read(path, back=advised(asked.value, "retour")))[2] == 95.5


@pytest.mark.slow
@pytest.mark.parametrize(
    ("header", "lines"),
    [
        ("Omschrijving", ["Levering 1", "Creditnota op factuur 1", "Levering 2", "Levering 3"]),
        ("Memo", ["Order 1", "Order 1 (refund)", "Order 2", "Order 3"]),
        ("Betreft", ["Webshop", "Terugbetaling", "Webshop", "Telefoon"]),
        ("Product name", ["Vaas", "Partial refund of order 1", "Vaas", "Kan"]),
        ("Verwendungszweck", ["Kauf", "Gutschrift zu Rechnung 12", "Kauf", "Kauf"]),
    ],
)
def test_a_line_of_text_that_says_refund_is_asked_about_and_the_answer_works(write, header, lines):
    path = write(papers([1, 2, 3, 4], text=lines, of_text=header))
    with pytest.raises(Ambiguous, match=header) as asked:
        read(path)
    back = advised(asked.value, "retour")
    assert figures(read(path, back=back))[:3] == (3, 65.0, 44.0)
    assert "samen € 21,00, is van de omzet af" in said(read(path, back=back), "bedrag")


@pytest.mark.parametrize(
    "lines",
    [
        ["Retourkoffer", "Creditcardhouder", "Returnplaat", "Refundeerbaar tasje"],
        ["Credit card", "iDEAL", "Credit", "iDEAL"],
        ["Return of the King", "Vaas", "Kan", "Mok"],
    ],
)
def test_what_only_begins_with_such_a_word_is_no_question(write, lines):
    assert figures(read(write(papers([1, 2, 3, 4], text=lines))))[1] == 86.0


def test_a_ticket_there_and_back_is_no_refund(write):
    lines = ["Retour", "Enkele reis", "Dagkaart", "Enkele reis"]
    assert figures(read(write(papers([1, 2, 3, 4], text=lines, of_text="Product"))))[1] == 86.0


@pytest.mark.slow
def test_what_a_user_calls_a_refund_is_one_with_vat_too(write):
    path = write(
        "Factuur;Datum;Klantnr;Totaal excl. btw;Totaal incl. btw\n"
        "1;1-5-2024;K1;100,00;121,00\n2;2-5-2024;K1;50,00;60,50\n3;3-5-2024;K2;100,00;121,00\n"
    )
    assert figures(read(path, back=(("Factuur", "2"),)))[2] == 150.0
    assert figures(read(path, back=(("Factuur", "2"),), vat="incl"))[2] == 181.5
    assert "is het € 181,50" in said(read(path, back=(("Factuur", "2"),)), "bedrag")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("header", "codes"), [("Doc. type", ["INV", "INV", "CRN", "INV"]), ("Dagboek", ["VK", "VK", "VC", "VK"])]
)
def test_a_code_of_credit_notes_is_asked_about_and_the_answer_works(write, header, codes):
    path = write(papers([501, 502, 503, 504], text=codes, of_text=header))
    with pytest.raises(Ambiguous, match=codes[2]) as asked:
        read(path)
    assert figures(read(path, back=advised(asked.value, "retour")))[2] == 86.0 - 44.0


def test_a_recipe_keeps_what_the_user_calls_a_refund(write):
    from klantwaarde_xl.data.reading.questions.recipe import as_text, from_text

    recipe = read(write(papers([1, 2, 3, 4])), back=(("Documentnr", "3"),)).recipe
    assert from_text(as_text({"transacties": recipe}), ("transacties",), "x")["transacties"] == recipe
    assert recipe.reading.back == (("Documentnr", "3"),)


@pytest.mark.parametrize(
    ("invoice", "credit"), [("VKF", "VKC"), ("UF", "UC"), ("VK", "VKC"), ("SINV", "SCRED"), ("DF", "DCN")]
)
def test_a_code_that_differs_from_that_of_an_invoice_by_credit_is_asked_about(write, invoice, credit):
    rows = "".join(f"{code};{at};{at}-3-2024;K{at % 3};{at}0\n"
                   for at, code in enumerate([invoice, invoice, credit, invoice], 1))  # fmt: skip
    path = write(f"Dagboek;Boekstuknr;Datum;Debiteurnr;Bedrag\n{rows}")
    with pytest.raises(Ambiguous) as error:
        read(path)
    assert f'--retour "Dagboek={credit}"' in error.value.remedy


@pytest.mark.parametrize("text", ["retour jurk", "Jurk - retour", "Storno jurk maart"])
def test_what_came_back_is_asked_about_by_a_line_that_says_of_what(write, text):
    path = write(
        f"Datum;Klant;Omschrijving;Bedrag\n3-2-2025;Vos;jurk;40,00\n4-2-2025;Das;rok;25,00\n9-2-2025;Vos;{text};40,00\n"
    )
    with pytest.raises(Ambiguous, match="dat het geld terugging") as asked:
        read(path)
    back = re.search(r'--retour "[^"]*"', asked.value.remedy)[0]
    assert figures(typed(path, back))[2] == 25.0


def test_a_return_ticket_of_another_amount_is_a_sale(write):
    path = write(
        "Datum;Klant;Omschrijving;Bedrag\n3-2-2025;Vos;enkele reis;40,00\n9-2-2025;Vos;retour Texel;70,00\n"
    )
    assert figures(read(path))[1] == 110.0
