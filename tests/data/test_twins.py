"""Money that an export has twice, in two currencies: one amount counts, with the columns that go with it."""

import pytest

from klantwaarde_xl.errors import Ambiguous
from tests.data.exported import figures, follow, read, said, write

__all__ = ["write"]


def net(checked):
    return figures(checked)[2]


def table(write, head, *rows):
    return write("\n".join([head, *rows]) + "\n")


def test_a_converted_amount_goes_with_its_own_currency_and_refund(write):
    head = "id,Created date (UTC),Amount,Amount Refunded,Currency,Converted Amount,Converted Amount Refunded,Converted Currency,Customer ID"  # fmt: skip
    rows = ["c1,2024-01-05 10:00,40.00,0.00,gbp,47.20,0.00,eur,A", "c2,2024-01-06 10:00,10.00,5.00,gbp,11.80,5.90,eur,B"]  # fmt: skip
    checked = read(table(write, head, *rows))
    assert figures(checked) == (2, 59.0, 53.1, 2)
    assert "GBP" not in said(checked, "valuta")


def test_the_amount_in_one_currency_goes_before_its_twin_in_several(write):
    head = "increment_id,created_at,customer_email,base_currency_code,order_currency_code,grand_total,base_grand_total"  # fmt: skip
    rows = ["1,2024-01-05,a@x.nl,EUR,SEK,500.00,45.00", "2,2024-01-06,b@x.nl,EUR,EUR,20.00,20.00"]
    assert net(read(table(write, head, *rows))) == 65.0


def test_the_user_may_want_the_twin_in_another_currency(write):
    head = "order,created_at,customer_email,base_currency_code,order_currency_code,grand_total,base_grand_total"  # fmt: skip
    rows = ["1,2024-01-05,a@x.nl,EUR,SEK,500.00,45.00", "2,2024-01-06,b@x.nl,EUR,EUR,20.00,20.00"]
    assert net(read(table(write, head, *rows), currencies=(("SEK", 1.0),))) == 500.0


@pytest.mark.parametrize("heads", [("Totaal USD", "Totaal EUR"), ("Total (EUR)", "Total (GBP)")])
def test_the_amount_in_euros_goes_before_its_twin(write, heads):
    at = next(place for place, head in enumerate(heads) if "EUR" in head)
    cells = [("10,00", "9,00"), ("20,00", "18,00")]
    rows = [f"{n + 1}-2-2024;K{n};{one};{two}" for n, (one, two) in enumerate(cells)]
    path = table(write, f"Datum;Klant;{heads[0]};{heads[1]}", *rows)
    assert net(read(path)) == (30.0, 27.0)[at]


@pytest.mark.slow
def test_twins_of_which_neither_is_in_euros_are_asked_about(write):
    path = table(write, "Datum;Klant;Netto CHF;Netto USD", "1-2-2024;A;10,00;11,00")
    with pytest.raises(Ambiguous, match="meer dan één valuta") as asked:
        read(path)
    assert net(follow(path, asked.value)) == 10.0
    assert net(read(path, currencies=(("USD", 1.0),))) == 11.0


def test_amounts_that_stand_in_either_of_two_columns_are_asked_about(write):
    path = table(write, "Datum;Klant;Totaal EUR;Totaal USD", "1-2-2024;A;10,00;", "2-2-2024;B;;11,00")
    with pytest.raises(Ambiguous, match="maar een van"):
        read(path)


@pytest.mark.slow
@pytest.mark.parametrize("names", ["Amount;Currency;Amount (EUR)", "Bedrag;Valuta;Bedrag EUR"])
def test_an_amount_that_each_row_has_in_euros_too_is_that(write, names):
    rows = ["1-2-2024;A;11,00;USD;10,00", "2-2-2024;B;20,00;EUR;20,00"]
    path = table(write, f"Datum;Klant;{names}", *rows)
    assert net(read(path)) == 30.0
    assert net(read(path, currencies=(("USD", 1.0),))) == 11.0
    gap = table(write, f"Datum;Klant;{names}", *rows, "3-2-2024;B;5,00;EUR;")
    with pytest.raises(Ambiguous, match="meer dan één valuta"):
        read(gap)


def test_a_refund_is_of_the_currency_of_its_amount(write):
    head = "Date;Customer;Refunded amount (USD);Total (USD);Total (EUR);Refunded amount (EUR)"
    path = table(write, head, "1-2-2024;A;5,00;10,00;9,00;4,50")
    assert figures(read(path))[1:3] == (9.0, 4.5)


def test_the_question_about_currencies_names_all_of_them(write):
    rows = ["1-2-2024;A;EUR 10,00", "1-2-2024;A;USD 10,00", "1-2-2024;A;GBP 10,00", "2-2-2024;B;CHF 1,00"]
    with pytest.raises(Ambiguous) as asked:
        read(table(write, "Datum;Klant;Bedrag", *rows))
    assert all(code in asked.value.remedy for code in ("CHF", "EUR", "GBP", "USD"))


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_the_currency_of_the_amount_goes_before_that_of_its_refund(write, order):
    heads, cells = ("Valuta", "Terugbetaald bedrag valuta"), (("EUR", "EUR"), ("CHF", ""), ("CHF", ""))
    lines = [
        f"{at + 1}-6-2025;K{at};90,00;" + ";".join(row[one] for one in order) for at, row in enumerate(cells)
    ]
    text = "\n".join(["Datum;Klant;Bedrag;" + ";".join(heads[one] for one in order), *lines])
    with pytest.raises(Ambiguous, match="CHF \\(2 rijen, 180,00\\)"):
        read(write(text))


BLANKS = "Bestelling;Datum;Klant;Bedrag;Valuta\n1;1-6-2025;a;40,00;\n2;2-6-2025;b;100,00;CHF\n3;3-6-2025;c;20,00;\n"


@pytest.mark.slow
def test_amounts_without_a_currency_beside_one_that_is_no_euro_are_a_question(write):
    with pytest.raises(Ambiguous, match="2 bedragen hebben geen valuta") as asked:
        read(write(BLANKS))
    assert "--valuta CHF." in asked.value.remedy
    assert "--valuta EUR,CHF=0.92" in asked.value.remedy


@pytest.mark.parametrize(
    ("currencies", "revenue", "code"),
    [
        ((("CHF", 1.0),), 160.0, "CHF"),
        ((("EUR", 1.0), ("CHF", 0.5)), 110.0, "EUR"),
        ((("EUR", 1.0),), 60.0, "EUR"),
    ],
)
def test_each_answer_on_amounts_without_a_currency_works_and_says_what_they_are(
    write, currencies, revenue, code
):
    checked = read(write(BLANKS), currencies=currencies)
    assert dict(checked.quality.totals)["omzet"] == revenue
    assert f"2 bedragen zonder valuta zijn gelezen als {code}" in said(checked, "valuta")


def test_amounts_without_a_currency_beside_euros_are_no_question(write):
    assert dict(read(write(BLANKS.replace("CHF", "EUR"))).quality.totals)["omzet"] == 160.0


def test_a_column_without_a_currency_is_no_twin_of_an_amount_with_one(write):
    path = write(
        "Purchase Date,Purchase Email,Country,Subtotal ($),Shipping ($),Partial Refund ($)\n"
        "2025-01-05,a@x.nl,NL,20.00,3.00,0.00\n2025-02-06,b@x.nl,BE,35.00,3.00,5.00\n2025-03-07,a@x.nl,NL,12.50,3.00,0.00\n"
    )
    assert figures(read(path)) == (3, 76.5, 71.5, 2)
