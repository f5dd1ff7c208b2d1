"""Statuses that are numbers of a payment service, and remarks that say that an order did not go through."""

import pytest

from klantwaarde_xl.errors import Ambiguous
from tests.data.exported import figures, read, said, typed, write
from tests.examples import crossed

__all__ = ["write"]


def payments(write, *codes, head="Status"):
    rows = "".join(f"{at};{at + 1}-3-2025;K{at};{10 + at};{code}\n" for at, code in enumerate(codes))
    return write(f"Ordernummer;Datum;Klantnr;Bedrag;{head}\n{rows}")


@pytest.mark.slow
@pytest.mark.parametrize("head", ["Status", "Betaalstatus", "Statuscode", "Transactiestatus", "Status ID"])
def test_states_of_pay_are_known_by_their_minus(write, head):
    path = payments(write, 100, -90, 100, -80, 20, 100, -63, head=head)
    checked = read(path)
    assert figures(checked)[:2] == (3, 37.0)
    assert "codes van Pay." in said(checked, "status")


@pytest.mark.slow
def test_a_refund_by_its_state_goes_off(write):
    assert figures(read(payments(write, 100, -81, 100)))[:3] == (3, 33.0, 22.0)


def test_codes_of_buckaroo_are_known(write):
    assert figures(read(payments(write, 190, 490, 690, 190, 890, 791)))[:2] == (2, 23.0)


@pytest.mark.slow
@pytest.mark.parametrize("codes", [(5, 2, 5, 4), (200, 400, 200, 100), (100, 20, 100), ("1", "2", "2")])
def test_numbers_of_nobody_knows_which_service_are_asked_about(write, codes):
    path = payments(write, *codes)
    with pytest.raises(Ambiguous, match="zegt met een nummer") as asked:
        read(path)
    usual = max(set(codes), key=codes.count)
    assert f'--alleen "Status={usual}"' in asked.value.remedy
    assert figures(typed(path, f'--alleen "Status={usual}"'))[0] == codes.count(usual)
    assert figures(typed(path, '--alleen "Status=*"'))[0] == len(codes)


@pytest.mark.slow
def test_yes_and_no_and_a_single_number_are_nothing_to_ask(write):
    assert figures(read(payments(write, 1, 0, 1)))[0] == 2
    assert figures(read(payments(write, 3, 3, 3)))[0] == 3


def test_numbers_beside_a_status_in_words_are_nothing_to_ask(write):
    path = write("Ordernummer;Datum;Klantnr;Bedrag;Status;Status ID\n1;1-3-2025;A;5;betaald;2\n"
                 "2;2-3-2025;B;6;geannuleerd;6\n3;3-3-2025;A;7;betaald;2\n")  # fmt: skip
    assert figures(read(path))[:2] == (2, 12.0)


def sales(write, remark, head="Opmerkingen"):
    return write(
        f"Datum;Klant;Bedrag;{head}\n1-3-2025;A;5;\n2-3-2025;B;6;{remark}\n3-3-2025;C;7;graag bellen\n"
    )


REMARKS = [
    "geannuleerd", "GEANNULEERD door klant", "Order is geannuleerd op 3 maart", "no-show", "niet doorgegaan",
    "klant heeft afgezegd", "cancelled", "Storniert", "bellen: geannuleerd", "niet opgehaald", "Annulering",
]  # fmt: skip


REMARK_HEADS = ["Opmerkingen", "Notitie", "Customer note"]


@pytest.mark.slow
@pytest.mark.parametrize(("remark", "head"), crossed(REMARKS, REMARK_HEADS))
def test_a_remark_that_an_order_did_not_go_through_is_asked_about(write, remark, head):
    with pytest.raises(Ambiguous, match="niet doorging"):
        read(sales(write, remark, head))


@pytest.mark.slow
@pytest.mark.parametrize(("remark", "head"), [*zip(REMARKS[2:5], REMARK_HEADS, strict=True)])
def test_both_answers_about_such_a_remark_work_under_any_header(write, remark, head):
    path = sales(write, remark, head)
    with pytest.raises(Ambiguous, match="niet doorging") as asked:
        read(path)
    assert figures(typed(path, f'--zonder "{head}={remark}"'))[:2] == (2, 12.0)
    assert f'--zonder "{head}={remark}"' in asked.value.remedy
    assert figures(typed(path, f'--alleen "{head}=*"'))[:2] == (3, 18.0)


@pytest.mark.parametrize("remark", [
    "niet geannuleerd", "annuleringsverzekering", "Cancellara fiets", "levering niet voor 9 uur", "show tickets",
    "kan geannuleerd worden tot vrijdag", "geannuleerd, later toch opgehaald", "cancelled but shipped again",
])  # fmt: skip
def test_a_remark_about_something_else_is_no_reason_to_ask(write, remark):
    assert figures(read(sales(write, remark)))[:2] == (3, 18.0)


def test_an_order_that_does_not_count_by_its_status_is_not_asked_about_again(write):
    path = write("Datum;Klant;Bedrag;Status;Opmerkingen\n1-3-2025;A;5;betaald;\n2-3-2025;B;6;geannuleerd;"
                 "geannuleerd door klant\n3-3-2025;C;7;betaald;snel\n")  # fmt: skip
    assert figures(read(path))[:2] == (2, 12.0)


SHOP = "id_order;id_customer;date_add;total_paid;current_state\n"


def test_the_states_that_prestashop_installs_are_known_below_its_own_header(write):
    rows = "".join(f"{at};{at % 3 + 1};2024-02-0{at} 10:00:00;10.00;{state}\n"
                   for at, state in enumerate([2, 6, 5, 8, 4, 1], 1))  # fmt: skip
    checked = read(write(SHOP + rows))
    assert figures(checked)[:2] == (3, 30.0)
    assert "codes van PrestaShop" in said(checked, "status")


@pytest.mark.slow
def test_a_state_that_a_shop_made_itself_is_asked_about(write):
    with pytest.raises(Ambiguous, match="met een nummer of een order telt"):
        read(write(SHOP + "1;1;2024-02-01;10.00;2\n2;2;2024-02-02;10.00;19\n3;1;2024-02-09;10.00;6\n"))


@pytest.mark.parametrize(
    ("head", "paid"), crossed(["Betaald", "Paid", "Ontvangen"], [(25, 25, 40, 0, 40), (31, 25, 40, 7, 12)])
)
def test_whole_euros_below_a_header_of_what_was_paid_are_no_codes(write, head, paid):
    rows = "".join(f"{at};{at}-2-2025;K{at};{amount};{one}\n"
                   for at, (amount, one) in enumerate(zip((31, 25, 40, 40, 40), paid, strict=True), 1))  # fmt: skip
    try:
        asked = str(said(read(write(f"Ordernr;Datum;Klant;Totaal;{head}\n{rows}")), "status"))
    except Ambiguous as error:
        asked = str(error)
    assert "met een nummer" not in asked


def test_a_few_numbers_below_such_a_header_may_be_codes(write):
    rows = "".join(f"{at};{at}-2-2025;K{at};40;{at % 2 + 1}\n" for at in range(1, 6))
    with pytest.raises(Ambiguous, match="met een nummer of een order telt"):
        read(write(f"Ordernr;Datum;Klant;Totaal;Betaald\n{rows}"))
