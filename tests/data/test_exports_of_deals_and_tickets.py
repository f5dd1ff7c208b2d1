"""Exports of programs that nobody drew up for us: deals, tickets, courses, and a sheet that somebody made."""

import pytest

from klantwaarde_xl.errors import Ambiguous, ColumnsMissing
from tests.data.exported import figures, follow, read, said, typed, write

__all__ = ["write"]


@pytest.mark.parametrize(
    ("begun", "closed"), [("Aangemaakt op", "Gesloten op"), ("Create Date", "Closed At")]
)
@pytest.mark.parametrize("stage", ["Fase", "Deal Stage", "Kans"])
def test_a_deal_is_of_the_day_on_which_it_was_won(write, begun, closed, stage):
    rows = [
        "Site;Bos;500,00;Gewonnen;03-12-2024;03-01-2025",
        "Logo;Eik;200,00;Gewonnen;05-12-2024;07-02-2025",
    ]
    text = "\n".join([f"Titel;Klant;Bedrag;{stage};{begun};{closed}", *rows]) + "\n"
    checked = read(write(text.replace("Gewonnen", "100%") if stage == "Kans" else text))
    assert [str(day) for _, day, _ in checked.rows()] == ["2025-01-03", "2025-02-07"]


def test_an_order_that_was_closed_stays_of_its_first_day(write):
    rows = ["1;Bos;500,00;03-12-2024;03-01-2025", "2;Eik;200,00;05-12-2024;07-02-2025"]
    checked = read(write("\n".join(["Order;Klant;Bedrag;Aangemaakt op;Gesloten op", *rows]) + "\n"))
    assert str(checked.first_day) == "2024-12-03"


@pytest.mark.parametrize("word", ["Gewonnen", "Won", "Closed won"])
def test_won_is_a_sale(word):
    from klantwaarde_xl.data.reading.kinds.fates import Fate, Status
    from klantwaarde_xl.data.reading.kinds.statuses import fate_of

    assert fate_of(word, Status(0, "Status")) is Fate.PAID


def test_a_refund_in_part_counts_beside_a_flag_that_nobody_has(write):
    rows = ["s1,2025-01-03,a@x.nl,30.00,0,0.00", "s2,2025-01-04,b@x.nl,30.00,0,12.50"]
    path = write(
        "\n".join(["Sale ID,Purchase Date,Buyer Email,Total,Refunded?,Partial Refund", *rows]) + "\n"
    )
    assert figures(read(path))[1:3] == (60.0, 47.5)


def test_the_price_of_one_ticket_is_proposed_as_that_of_each_line(write):
    rows = ["1,2025-01-03,a@x.nl,25.00", "1,2025-01-03,a@x.nl,25.00", "2,2025-01-04,b@x.nl,25.00",
            "3,2025-01-05,c@x.nl,25.00"]  # fmt: skip
    path = write("\n".join(["Order #,Order Date,Email,Total Paid", *rows]) + "\n")
    with pytest.raises(Ambiguous, match="van de regel, of van de hele order") as asked:
        read(path)
    assert asked.value.remedy.startswith("Zeg het: --regels optellen")
    other = path.read_text().replace("1,2025-01-03,a@x.nl,25.00", "1,2025-01-03,a@x.nl,50.00")
    with pytest.raises(Ambiguous) as asked:
        read(write(other))
    assert asked.value.remedy.startswith("Zeg het: --regels ordertotaal")


def test_the_sign_of_a_currency_is_a_header_of_money(write):
    rows = ["An;taart;14/1/25;25", "Bo;koek;15/1/25;62,50"]
    path = write("\n".join(["Klant;Wat;Datum;€", *rows]) + "\n")
    assert figures(read(path))[:2] == (2, 87.5)
    path = write("\n".join(["Wie;Wat;Wanneer;€", *rows]) + "\n")
    with pytest.raises(ColumnsMissing) as asked:
        read(path)
    assert figures(follow(path, asked.value))[:2] == (2, 87.5)


@pytest.mark.parametrize("sign", ["#", "+", "?"])
def test_a_column_whose_header_is_a_sign_is_taken_by_its_number(write, sign):
    path = write(f"Wie;Wanneer;{sign}\nAn;14-01-2025;25,10\nBo;15-01-2025;62,50\n")
    assert figures(typed(path, "--kolommen klant=Wie,datum=Wanneer,bedrag=3"))[:2] == (2, 87.6)


@pytest.mark.parametrize("header", ["Purchased At", "invoice_billed_at", "Purchase timestamp"])
def test_more_headers_of_the_day_of_a_sale(write, header):
    assert figures(read(write(f"Customer,{header},Final price\nAn,2025-01-14,25.10\n")))[:2] == (1, 25.1)


@pytest.mark.parametrize("header", ["Aanwezig", "Attended"])
def test_who_paid_and_did_not_come_has_paid(write, header):
    rows = [
        "An;03-01-2025;29,00;Betaald;Ja",
        "Bo;04-01-2025;29,00;Betaald;Nee",
        "Cas;05-01-2025;19,00;Mislukt;Nee",
    ]
    text = "\n".join([f"Klant;Datum;Bedrag;Betaalstatus;{header}", *rows]) + "\n"
    checked = read(write(text))
    assert figures(checked)[:2] == (2, 58.0)
    assert "niets over de betaling" in said(checked, "status")
    with pytest.raises(Ambiguous, match="geen ja"):
        read(write(text.replace("Betaalstatus", "Zaal").replace("Mislukt", "C")))


def test_a_ticket_of_somebody_who_does_not_come_any_more_does_not_count(write):
    rows = [
        "1,2025-01-03,An,25.00,Attending",
        "2,2025-01-04,Bo,25.00,Not Attending",
        "3,2025-01-05,Cas,25.00,Checked In",
    ]
    path = write("\n".join(["Order #,Order Date,Name,Total Paid,Attendee Status", *rows]) + "\n")
    checked = read(path)
    assert figures(checked)[:2] == (2, 50.0)


@pytest.mark.parametrize(("paid", "told"), [("60.00", True), ("50.00", False)])
def test_a_balance_is_what_is_open_where_it_is_the_rest_of_the_amount(write, paid, told):
    rows = [f"R{at},An,2025-01-0{at},200.00,{paid},140.00" for at in (1, 2, 3)]
    path = write(
        "\n".join(["Reservation number,Guest,Created,Total amount,Deposit paid,Balance", *rows]) + "\n"
    )
    assert (
        "samen € 600,00: dat telt voluit mee, en daarvan is € 420,00 nog open" in said(read(path), "status")
    ) is told
