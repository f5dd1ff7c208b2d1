"""Exports in Swedish, Danish, Norwegian, Polish and Indonesian: headers, days, what became of an order."""

import pytest

from klantwaarde_xl.errors import ColumnsMissing
from tests.data.exported import figures, follow, read, write

__all__ = ["write"]

SHOPS = {
    "Swedish": (
        "Ordernummer;Orderdatum;Kundnummer;Kund;Belopp exkl. moms;Moms;Belopp inkl. moms;Status",
        ("6 maj 2025", "9 augusti 2025", "12 oktober 2025"), ("Betald", "Avbruten", "Levererad"),
    ),
    "Danish": (
        "Ordrenr.;Ordredato;Kundenr.;Kundenavn;Beløb ekskl. moms;Moms;Total inkl. moms;Status",
        ("6. marts 2025", "9. maj 2025", "12. oktober 2025"), ("Betalt", "Annulleret", "Sendt"),
    ),
    "Norwegian": (
        "Ordrenummer;Ordredato;Kundenummer;Kundenavn;Beløp ekskl. mva;Mva;Totalt inkl. mva;Status",
        ("6. mai 2025", "9. august 2025", "12. desember 2025"), ("Betalt", "Kansellert", "Levert"),
    ),
    "Polish": (
        "Numer zamówienia;Data zamówienia;Klient;Nazwa klienta;Wartość netto;VAT;Wartość brutto;Status",
        ("6 stycznia 2025", "9 lutego 2025", "12 września 2025"), ("Zrealizowane", "Anulowane", "Opłacone"),
    ),
    "Indonesian": (
        "Nomor pesanan;Tanggal pesanan;Pelanggan;Nama pelanggan;Total netto;PPN;Total bruto;Status",
        ("6 Maret 2025", "9 Agustus 2025", "12 Desember 2025"), ("Selesai", "Dibatalkan", "Dikirim"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("language", SHOPS)
def test_an_export_of_a_neighbour_is_read_at_once(write, language):
    head, days, words = SHOPS[language]
    rows = (
        f"N1;{days[0]};K1;Ada;200,00;50,00;250,00;{words[0]}\n"
        f"N2;{days[1]};K2;Bo;80,00;20,00;100,00;{words[1]}\n"
        f"N3;{days[2]};K1;Ada;40,00;10,00;50,00;{words[2]}\n"
    )
    checked = read(write(f"{head}\n{rows}"))
    assert figures(checked) == (2, 240.0, 240.0, 1)
    assert checked.quality.headers


@pytest.mark.parametrize("unpaid", ["Obetald", "Ikke betalt", "Belum dibayar", "Ej betald"])
def test_what_is_not_paid_yet_is_open(write, unpaid):
    path = write(
        f"Ordernummer;Datum;Klantnr;Bedrag;Status\n1;6-5-2025;A;20,00;Betald\n2;7-5-2025;B;30,00;{unpaid}\n"
    )
    assert figures(read(path))[:2] == (1, 20.0)


def test_a_price_with_its_currency_is_no_customer(write):
    rows = "6-5-2025;Ada;50000;100000\n9-5-2025;Bo;50000;50000\n12-6-2025;Ada;20000;60000\n"
    path = write(f"Tgl;Pemesan;Hrg (IDR);Jml (IDR)\n{rows}")
    with pytest.raises(ColumnsMissing, match="klant kan zijn: 'Pemesan'") as asked:
        read(path)
    assert figures(follow(path, asked.value)) == (3, 210000.0, 210000.0, 2)


def test_a_passenger_goes_before_where_he_left_and_went(write):
    rows = "R1;6-5-2025;Station;Hotel;Ada;15,50\nR2;7-5-2025;Hotel;Station;Bo;15,20\nR3;8-6-2025;Station;Plein;Ada;20,00\n"
    checked = read(write(f"Ritnummer;Datum rit;Vertrek;Bestemming;Passagier;Ritprijs\n{rows}"))
    assert figures(checked) == (3, 50.7, 50.7, 2)


def test_days_from_and_until_are_no_money(write):
    rows = "Ada;Fiets;6-5-2025;8-5-2025;40,00\nBo;Kar;7-5-2025;7-5-2025;25,00\n"
    path = write(f"Huurder;Object;Van;Tot;Huurprijs\n{rows}")
    with pytest.raises(ColumnsMissing) as asked:
        read(path)
    checked = follow(path, asked.value)
    assert figures(checked)[1] == 65.0
    assert "incl" not in dict(checked.quality.headers)


def test_what_was_paid_is_no_status_where_dashes_stand_for_nought(write):
    rows = "1;6-5-2025;Ada;320,00;320,00;-\n2;7-5-2025;Bo;160,00;-;160,00\n3;8-6-2025;Ada;120,00;120,00;-\n"
    checked = read(write(f"Factuurnr;Datum;Klant;Bedrag;Betaald;Saldo\n{rows}"))
    assert figures(checked)[:2] == (3, 600.0)
    assert not any(one.about == "status" for one in checked.quality.said)
