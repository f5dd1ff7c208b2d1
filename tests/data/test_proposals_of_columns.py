"""What is proposed of a strange file for day, money and customer, and what never is."""

import pytest

from klantwaarde_xl.errors import ColumnsMissing, FileUnreadable
from tests.data.exported import figures, read, typed, write

__all__ = ["write"]


def asked_of(path):
    with pytest.raises(ColumnsMissing) as asked:
        read(path)
    return asked.value


@pytest.mark.parametrize(
    "header", ["No_of_night", "# of adults", "num_of_rooms", "Aantal extra bedden", "Number of guests"]
)
def test_what_is_counted_is_no_money(write, header):
    rows = [f"Ria{at};{at}-3-2025;{at % 3};{at}450000.0" for at in range(1, 8)]
    path = write("\n".join([f"Guest name;Booked on;{header};Rate for all", *rows]))
    assert '"bedrag=Rate for all"' in asked_of(path).remedy
    assert figures(typed(path, '--kolommen "bedrag=Rate for all"'))[0] == 7


@pytest.mark.parametrize("header", ["Date of birth", "Geboortedatum", "DOB", "Geburtsdatum"])
def test_the_day_of_a_birth_is_neither_the_day_of_a_sale_nor_a_customer(write, header):
    rows = [f"{1950 + 7 * at}-03-1{at};K{at};{at}5,00" for at in range(1, 6)]
    remedy = asked_of(write("\n".join([f"{header};Klantnr;Bedrag", *rows]))).remedy
    assert "datum=…" in remedy
    assert header not in remedy


def test_a_day_that_is_expected_comes_after_one_on_which_something_was_done(write):
    rows = [f"{at}-4-2025;{at}-3-2025;K{at};{at}5,00" for at in range(1, 6)]
    remedy = asked_of(write("\n".join(["ETA;Begonnen te pakken;Klantnr;Bedrag", *rows]))).remedy
    assert '"datum=Begonnen te pakken"' in remedy


@pytest.mark.parametrize(
    ("header", "cells"),
    [
        ("Discount code", ("WELKOM10", "ZOMER", "WELKOM10")), ("Unit", ("set", "rol", "set")),
        ("Cleaning fee", ("20,289", "20,289", "18,100")), ("line_no", ("1", "2", "1")),
        ("Lineitem name", ("Stoel rood", "Tafel", "Stoel rood")), ("Voucher code", ("A1", "B2", "A1")),
    ],
)  # fmt: skip
def test_codes_units_fees_and_lines_are_no_customers(write, header, cells):
    rows = [f"{at}-3-2025;{cell};{at}5,00" for at, cell in enumerate(cells, start=1)]
    remedy = asked_of(write("\n".join([f"Datum;{header};Bedrag", *rows]))).remedy
    assert header not in remedy
    assert "klant=…" in remedy


def test_the_number_of_something_is_no_number_of_pieces(write):
    rows = [f"K{at};{at}-3-2025;{at % 3};{at}000" for at in range(1, 8)]
    assert "aantal=phase_id" not in str(asked_of(write("\n".join(["Klantnr;Datum;phase_id;Wat", *rows]))))


@pytest.mark.parametrize("header", ["amount_centavos", "Amount (pence)", "amount_centimes"])
def test_hundredths_in_other_languages_are_known(write, header):
    checked = read(write(f"Klantnr;Datum;{header}\nK1;3-2-2025;1250\nK2;4-2-2025;300\n"))
    assert figures(checked)[1] == 15.5


@pytest.mark.parametrize("vat", ["vat_23pct", "VAT 23 %", "btw 23 procent"])
def test_vat_that_says_its_rate_shows_which_money_is_without(write, vat):
    rows = "K1;3-2-2025;100,00;23,00;123,00\nK2;4-2-2025;50,00;11,50;61,50\n"
    checked = read(write(f"Klantnr;Datum;subtotal_ex_vat;{vat};total_inc_vat\n{rows}"))
    assert figures(checked)[1] == 150.0


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_a_text_in_two_bytes_without_a_mark_is_read(tmp_path, encoding):
    path = tmp_path / "giften.csv"
    path.write_bytes("Naam;Datum;Gift\nDoré;3-2-2025;12,50\nÉva;4-2-2025;2,50\n".encode(encoding))
    assert figures(read(path)) == (2, 15.0, 15.0, 2)


def test_nights_are_of_a_stay_and_no_contract(write):
    rows = [f"Ria{at};{at}-6-2025;{at + 2}-6-2025;2;{at}-3-2025;{at}99,00" for at in range(1, 6)]
    path = write("\n".join(["Guest name;Start date;End date;# of nights;Booked;Amount", *rows]))
    checked = read(path)
    assert dict(checked.quality.headers)["datum"] == "Booked"
    assert figures(checked)[0] == 5


def test_kinds_of_rows_are_known_in_spanish_too(write):
    rows = "3/22/2025;Payout;;;CLP;\n3/22/2025;Reserva;Ana Gil;H1;CLP;89711.00\n"
    rows += "3/23/2025;Payout;;;CLP;\n3/23/2025;Reserva;Leo Paz;H2;CLP;20289.00\n"
    checked = read(write(f"Fecha;Tipo;Huésped;Código;Moneda;Monto\n{rows}"))
    assert figures(checked)[:2] == (2, 110000.0)
    assert checked.quality.left_out[0].rows == 2


@pytest.mark.parametrize(
    "first", ['"EXTF";700;21;"Buchungsstapel";13;2025', "DTVF;510;21;Buchungsstapel;7;2025"]
)
def test_bookings_for_an_accountant_are_called_what_they_are(write, first):
    text = (
        f"{first}\nUmsatz (ohne Soll/Haben-Kz);Soll/Haben-Kennzeichen;Konto;Belegdatum\n119,00;S;10001;0505\n"
    )
    with pytest.raises(FileUnreadable, match="DATEV") as refused:
        read(write(text))
    assert "verkoopfacturen" in refused.value.remedy
