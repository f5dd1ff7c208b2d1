"""Rows that only move money or repeat a paper: top-ups, copies, fees, VAT that is handed on."""

import pytest

from klantwaarde_xl.errors import Ambiguous
from tests.data.exported import figures, read, typed, write

__all__ = ["write"]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("head", "sale", "other"),
    [
        ("Type", "Aankoop", "Opwaarderen"),
        ("Mutatiesoort", "Besteding", "Tegoed opgewaardeerd"),
        ("Factuursoort", "Origineel", "Kopie"),
        ("Document type", "Original", "Duplicate"),
        ("Buchungsart", "Umsatz", "Aufladung"),
        ("Vorgangsart", "Zahlung", "Gebühr"),
        ("Type", "Vente", "Frais"),
    ],
)
def test_what_is_no_sale_by_its_kind_is_asked_about(write, head, sale, other):
    rows = [
        (3, "A", sale, 20),
        (4, "B", other, 50),
        (9, "B", sale, 31),
        (17, "A", sale, 12),
        (21, "C", other, 7),
    ]
    path = write(
        f"Datum;Klantnr;{head};Bedrag\n"
        + "".join(f"{day}-5-2025;{who};{kind};{amount},00\n" for day, who, kind, amount in rows)
    )
    with pytest.raises(Ambiguous, match="niet alles lijkt een verkoop") as asked:
        read(path)
    assert f'--alleen "{head}={sale}"' in asked.value.remedy
    assert figures(typed(path, f'--alleen "{head}={sale}"'))[1] == 63.0


@pytest.mark.parametrize(("sale", "other"), [("Vente", "Frais de port"), ("Kauf", "Versandgebühr")])
def test_what_the_customer_pays_for_shipping_is_no_question(write, sale, other):
    path = write(
        f"Datum;Klantnr;Type;Bedrag\n3-5-2025;A;{sale};20\n4-5-2025;B;{other};6\n9-5-2025;B;{sale};31\n"
    )
    assert figures(read(path))[1] == 57.0


@pytest.mark.slow
def test_vat_in_the_place_of_an_article_is_asked_about_without_an_order_number(write):
    rows = "3.5.2025;Amt;Umsatzsteuer;-40\n4.5.2025;Bos;Beratung;200\n9.5.2025;Dam;Beratung;150\n17.5.2025;Bos;Wartung;90\n"
    path = write(f"Datum;Kunde;Beschreibung;Betrag\n{rows}")
    with pytest.raises(Ambiguous, match="geen verkoop lijken: Umsatzsteuer"):
        read(path)
    assert figures(typed(path, '--zonder "Beschreibung=Umsatzsteuer"'))[1] == 440.0


@pytest.mark.slow
def test_the_name_of_an_article_is_no_kind_of_row(write):
    rows = "1-2-2024;A;Retourtas;10\n2-2-2024;B;Kortingskaart;20\n3-2-2024;C;Trui;30\n"
    for head in ("Art.", "Art", "Artikel"):
        assert figures(read(write(f"Datum;Klant;{head};Bedrag\n{rows}")))[:2] == (3, 60.0)
