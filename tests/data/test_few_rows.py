"""A small export is kept and looked at row by row, a large one asked of the engine: both read the same."""

import datetime as dt

import pytest

from klantwaarde_xl.data.reading.files import read_transactions
from klantwaarde_xl.errors import KlantwaardeError
from tests.data.exported import CASES
from tests.data.exports_made import LIGHTSPEED, SHOPIFY

TODAY = dt.date(2026, 11, 27)
MADE = {
    "shopify": SHOPIFY,
    "lightspeed": LIGHTSPEED,
    "gasten": "Klant;Datum;Bedrag;Omschrijving\n"
    'gast;3-1-2026;10,50;boek\nAnna;4-1-2026;12;idem\n";4-1-2026;13,25;pen"\n',
    "idem": 'Klant;Datum;Bedrag\nAnna;3-1-2026;10,50\nidem;4-1-2026;12\n"";4-1-2026;13,25\nTotaal;;35,75\n',
    "saldo": "Factuurnummer,Klant,Datum,Omschrijving,Bedrag\nF1,Anna,3-1-2026,beginsaldo kas,100.50\n"
    "F2,Bram,4-1-2026,verkoop,20.25\nOFF3,Bram,5-1-2026,verkoop,30.25\n",
    "geannuleerd": "Ordernummer,Klant,Datum,Opmerking,Bedrag\n1,Anna,3-1-2026,,100.50\n"
    "2,Bram,4-1-2026,geannuleerd,20.25\n3,Cees,5-1-2026,,30.25\n",
    "credit": "Factuurnummer,Klant,Datum,Status,Bedrag\nINV1,Anna,3-1-2026,paid,100.50\n"
    "INV2,Bram,4-1-2026,credit note,20.25\nCN3,Cees,5-1-2026,paid,30.25\n",
    "relais": "Ordernummer,E-mail,Datum,Totaal,Terugbetaald\n"
    + "".join(f"{at},k{at}x@verkopen.bol.com,{at}-1-2026,{at}0.50,0\n" for at in range(1, 6)),
    "bank": "Email,Date,Net sales,Refunds,Gross sales,Currency\n"
    "a@x.nl,2026-01-03,8.00,2.00,10.00,EUR\nb@x.nl,2026-01-04,12.00,0,12.00,EUR\n",
}


def read(path):
    """All that is read, or what is asked or refused."""
    try:
        checked = read_transactions(path, today=TODAY, skip_refused=True)
    except KlantwaardeError as error:
        return str(error), error.where, error.remedy
    return checked.quality, checked.rows(), checked.recipe, checked.first_day, checked.last_day


@pytest.fixture(
    params=["c01_orderregels.csv", "c04_shopify.csv", "c10_verschoven.csv", "c12_titel_en_totaal.csv", *MADE]
)
def export(request, tmp_path):
    """An export on disk."""
    if request.param not in MADE:
        return CASES / request.param
    path = tmp_path / f"{request.param}.csv"
    path.write_text(MADE[request.param], encoding="utf-8")
    return path


def test_a_file_reads_the_same_as_if_it_were_large(export, monkeypatch):
    small = read(export)
    monkeypatch.setattr("klantwaarde_xl.data.reading.load._SMALL", 0)
    monkeypatch.setattr("klantwaarde_xl.data.reading.cells.rows.Rows.are_all", False)
    monkeypatch.setattr("klantwaarde_xl.data.reading.units.lines_of_orders._FEW", -1)
    assert read(export) == small
