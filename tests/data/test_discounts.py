"""What goes off an amount in a column beside it: discounts, and pieces that were cancelled."""

import pytest

from klantwaarde_xl.errors import Ambiguous, FileUnreadable
from tests.data.exported import figures, follow, read, said, typed, write
from tests.examples import crossed

__all__ = ["write"]

HEAD = "Ordernr;Datum;Klant;Aantal;Stukprijs;"


def net(checked):
    return figures(checked)[2]


def table(write, head, *rows):
    return write("\n".join([head, *rows]) + "\n")


def priced(write, head, *cells):
    rows = [f"{n};{n + 1}-2-2024;K{n};{count};{price};{off}" for n, (count, price, off) in enumerate(cells)]
    return table(write, HEAD + head, *rows)


# ── pieces times a price ────────────────────────────────────────────────────────────────────


@pytest.mark.slow
@pytest.mark.parametrize(
    ("head", "sign"), crossed(["Korting", "Discount amount", "Rabatt", "Kortingsbedrag"], ["", "-"])
)
def test_a_discount_goes_off_pieces_times_a_price(write, head, sign):
    path = priced(write, head, (4, "7,50", f"{sign}3,25"), (1, "20,00", "0,00"), (2, "5,00", ""))
    assert net(read(path)) == 56.75
    assert f"'{head}'" in said(read(path), "bedrag")


@pytest.mark.parametrize(
    ("head", "cell"),
    [("Korting %", "20"), ("Korting", "20%"), ("Kortingspercentage", "20"), ("Discount %", "20,0"),
     ("Korting (%)", "0,2")],
)  # fmt: skip
def test_a_discount_may_be_a_percentage(write, head, cell):
    assert net(read(priced(write, head, (4, "7,50", cell), (1, "20,00", "0")))) == 44.0


@pytest.mark.slow
def test_a_discount_of_a_return_makes_it_smaller(write):
    assert net(read(priced(write, "Korting", (4, "7,50", "3,00"), (-1, "7,50", "0,75")))) == 20.25


@pytest.mark.slow
def test_whole_numbers_that_can_be_per_cent_are_asked_about(write):
    path = priced(write, "Korting", (4, "7,50", "10"), (1, "20,00", "0"))
    with pytest.raises(Ambiguous, match="procenten"):
        read(path)
    assert net(read(priced(write, "Kortingsbedrag", (4, "7,50", "10"), (1, "20,00", "0")))) == 40.0


def test_a_discount_in_words_is_refused_where_it_counts(write):
    cells = [(1, "10,00", "1,00") for _ in range(20)]
    with pytest.raises(FileUnreadable, match="vast"):
        read(priced(write, "Korting", *cells, (1, "10,00", "vast")))


def test_codes_of_campaigns_are_no_discount(write):
    assert net(read(priced(write, "Korting", (2, "10,00", "LENTE"), (1, "5,00", "")))) == 25.0


@pytest.mark.slow
def test_one_discount_on_all_lines_of_an_order_is_asked_about(write):
    rows = ["1;1-2-2024;A;1;10,00;4,00", "1;1-2-2024;A;2;10,00;4,00", "2;2-2-2024;B;1;5,00;0,00"]
    path = table(write, f"{HEAD}Korting", *rows)
    with pytest.raises(Ambiguous, match="van de regel, of van de hele order") as asked:
        read(path)
    assert net(follow(path, asked.value)) == 27.0


@pytest.mark.slow
def test_a_price_from_which_the_discount_went_off_is_left_alone(write):
    head = "Ordernr;Datum;Klant;Aantal;Adviesbedrag;Korting;Stukprijs"
    path = table(write, head, "1;1-2-2024;A;3;10,00;2,50;7,50", "2;2-2-2024;B;1;8,00;0,00;8,00")
    assert net(read(path)) == 30.5


def test_a_price_less_its_discount_is_the_price_of_a_piece(write):
    head = "Ordernr;Datum;Klant;Aantal;Stukprijs;Korting;Na korting"
    path = table(write, head, "1;1-2-2024;A;3;10,00;2,50;7,50", "2;2-2-2024;B;1;8,00;1,00;7,00")
    assert net(read(path)) == 29.5


@pytest.mark.slow
def test_a_column_that_is_pieces_times_price_less_discount_is_revenue(write):
    head = "Ordernr;Datum;Klant;Aantal;Stukprijs;Korting;Te voldoen"
    path = table(write, head, "1;1-2-2024;A;3;10,00;2,50;27,50", "2;2-2-2024;B;2;8,00;1,00;15,00")
    assert "'Te voldoen'" in said(read(path), "bedrag")
    assert net(read(path)) == 42.5


# ── a subtotal, and the amount of a line ────────────────────────────────────────────────────


@pytest.mark.slow
def test_a_subtotal_beside_a_discount_is_asked_about(write):
    path = table(write, "Datum;Klant;Subtotaal;Korting", "1-2-2024;A;50,00;7,50", "2-2-2024;B;20,00;0,00")
    with pytest.raises(Ambiguous, match="al af is") as asked:
        read(path)
    assert net(follow(path, asked.value)) == 62.5
    assert net(read(path, {"korting": "-"})) == 70.0


def test_a_subtotal_without_any_discount_is_revenue(write):
    path = table(write, "Datum;Klant;Subtotaal;Korting", "1-2-2024;A;50,00;0,00", "2-2-2024;B;20,00;")
    assert net(read(path)) == 70.0


@pytest.mark.parametrize("sign", ["", "-"])
def test_a_total_is_known_by_what_makes_it_up(write, sign):
    head = "Datum;Klant;Subtotaal;Bezorging;Korting;Btw;Af te rekenen"
    rows = [f"1-2-2024;A;50,00;4,50;{sign}7,50;8,16;47,00", "2-2-2024;B;20,00;0,00;0,00;3,47;20,00"]
    assert net(read(table(write, head, *rows))) == 67.0


def test_a_discount_beside_a_total_is_off_already(write):
    path = table(write, "Datum;Klant;Totaal;Korting", "1-2-2024;A;50,00;7,50")
    assert net(read(path)) == 50.0


@pytest.mark.slow
def test_an_amount_of_a_line_before_its_discount_is_asked_about(write):
    head = "Ordernr;Datum;Klant;Aantal;Stukprijs;Regeltotaal;Korting"
    path = table(write, head, "1;1-2-2024;A;3;10,00;30,00;5,00", "2;2-2-2024;B;2;8,00;16,00;0,00")
    with pytest.raises(Ambiguous, match="al af is") as asked:
        read(path)
    assert net(follow(path, asked.value)) == 41.0


def test_an_amount_of_a_line_after_its_discount_is_revenue(write):
    head = "Ordernr;Datum;Klant;Aantal;Stukprijs;Regeltotaal;Korting"
    path = table(write, head, "1;1-2-2024;A;3;10,00;25,00;5,00", "2;2-2-2024;B;2;8,00;16,00;0,00")
    assert net(read(path)) == 41.0


# ── cancelled pieces ────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("amount", ["row_total", "price"])
def test_cancelled_pieces_go_off_with_their_share_of_the_line(write, amount):
    rows = ["1,2024-02-01,A,4,1,10.00,40.00", "2,2024-02-02,B,2,2,5.00,10.00", "3,2024-02-03,B,1,0,8.00,8.00"]
    head = "order_id,created_at,customer_email,qty_ordered,qty_canceled,price,row_total"
    cells = [row if amount == "row_total" else row.rpartition(",")[0] for row in (head, *rows)]
    checked = read(table(write, *cells))
    assert figures(checked) == (2, 38.0, 38.0, 2)
    assert [one.amount for one in checked.quality.left_out] == [10.0]


@pytest.mark.slow
def test_cancelled_pieces_that_may_be_off_already_are_asked_about(write):
    head = "Ordernr;Datum;Klant;Aantal;Aantal geannuleerd;Stukprijs"
    path = table(write, head, "1;1-2-2024;A;4;1;10,00", "2;2-2-2024;B;2;0;5,00")
    with pytest.raises(Ambiguous, match="al af zijn") as asked:
        read(path)
    assert net(follow(path, asked.value)) == 40.0
    assert net(read(path, {"geannuleerd": "-"})) == 50.0


# ── discounts under other headers ───────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "head",
    [
        "Korting bestelling",
        "Coupon value",
        "Rebate",
        "Promotional discounts",
        "Klantkorting",
        "Remise client",
    ],
)
def test_a_discount_under_a_header_with_a_part_of_the_word_goes_off(write, head):
    assert net(read(priced(write, head, (4, "7,50", "3,25"), (1, "20,00", "0,00")))) == 46.75


@pytest.mark.parametrize("head", ["Coupon", "Promotie"])
def test_the_number_of_a_campaign_is_no_discount(write, head):
    assert net(read(priced(write, head, (4, "7,50", "77123"), (1, "20,00", "77123")))) == 50.0


@pytest.mark.slow
def test_two_columns_of_discounts_are_asked_about_and_the_advice_works(write):
    head = "Ledenkorting;Actiekorting"
    path = priced(write, head, (4, "7,50", "3,25;1,10"), (1, "20,00", "0,00;0,00"))
    with pytest.raises(Ambiguous, match="'Ledenkorting', 'Actiekorting'") as asked:
        read(path)
    assert net(follow(path, asked.value)) == 46.75
    assert net(read(path, {"korting": "-"})) == 50.0


@pytest.mark.slow
def test_one_discount_of_the_order_on_all_its_lines_is_asked_about_where_these_are_equal(write):
    rows = ["9;1-2-2024;K;1;20,00;4,50", "9;1-2-2024;K;2;10,00;4,50", "10;2-2-2024;L;1;8,00;0,00"]
    path = table(write, "Order;Datum;Klant;Aantal;Stukprijs;Korting bestelling", *rows)
    with pytest.raises(Ambiguous, match="van de hele order"):
        read(path)


def test_a_discount_under_another_header_beside_a_total_is_off_already(write):
    path = table(write, "Datum;Klant;Totaal;Rebate", "1-2-2024;K;50,00;4,50", "2-2-2024;L;20,00;0,00")
    assert net(read(path)) == 70.0


# ── a whole amount ──────────────────────────────────────────────────────────────────────────


WHOLE = "Ordernr;Datum;Klant;"


@pytest.mark.parametrize(
    ("gross", "off", "net_of"),
    [("Bruto", "Korting", "Netto"), ("Gross", "Discount", "Net Sales"), ("Bedrag", "Rabatt", "Na korting"),
     ("Totaal", "Remise", "Te betalen")],
)  # fmt: skip
@pytest.mark.parametrize("sign", ["", "-"])
def test_what_is_left_of_an_amount_after_its_discount_is_the_revenue_where_every_row_adds_up(
    write, gross, off, net_of, sign
):
    rows = [
        f"{n};{n + 1}-2-2024;K{n};{a};{sign}{d};{a - d}"
        for n, (a, d) in enumerate([(120, 20), (45, 0), (80, 8)])
    ]
    assert net(read(table(write, f"{WHOLE}{gross};{off};{net_of}", *rows))) == 217.0


@pytest.mark.slow
@pytest.mark.parametrize("gross", ["Bruto", "Gross amount", "Brutobedrag"])
def test_of_a_gross_amount_alone_it_is_asked_whether_the_discount_is_off(write, gross):
    path = table(write, f"{WHOLE}{gross};Korting", "1;3-2-2024;A;120;20", "2;4-2-2024;B;45;0")
    with pytest.raises(Ambiguous, match="is niet te zien") as asked:
        read(path)
    assert net(follow(path, asked.value)) == 145.0


@pytest.mark.slow
def test_that_a_discount_does_not_go_off_a_total_is_said_with_how_to_change_it(write):
    path = table(write, f"{WHOLE}Totaal;Korting", "1;3-2-2024;A;100;20", "2;4-2-2024;B;45;0")
    checked = read(path)
    assert net(checked) == 145.0
    assert "zo niet: --kolommen korting=Korting" in said(checked, "bedrag")
    assert net(typed(path, "--kolommen korting=Korting")) == 125.0
    for known in (typed(path, "--kolommen korting=-"), typed(path, "--kolommen bedrag=Totaal")):
        assert "zo niet: --kolommen korting" not in said(known, "bedrag")


def test_a_column_of_codes_or_without_any_discount_is_not_spoken_of(write):
    path = table(write, f"{WHOLE}Totaal;Korting", "1;3-2-2024;A;100;ZOMER", "2;4-2-2024;B;45;")
    none = table(write, f"{WHOLE}Totaal;Korting", "1;3-2-2024;A;100;0", "2;4-2-2024;B;45;0,00")
    assert "korting in kolom" not in said(read(path), "bedrag") + said(read(none), "bedrag")
