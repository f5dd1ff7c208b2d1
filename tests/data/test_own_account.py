"""The account that a statement is of is no customer, however few rows there are."""

import pytest

from klantwaarde_xl.errors import Ambiguous, ColumnsMissing
from tests.data.exported import figures, read, typed, write

__all__ = ["write"]

PAYERS = ["Zaal Noord;NL11INGB0000000011", "Zaal Zuid;NL12RABO0000000012"]


def statement(write, own, number, against="Andere kant;Tegenrekening", rows=2, code=""):
    payers = [f"{who.partition(';')[0]};{code}" if code else who for who in PAYERS]
    lines = [
        f"{number};2025-03-0{at};{who};{at}1,50" for at, who in enumerate((payers * rows)[:rows], start=3)
    ]
    return write("\n".join([f"{own};Datum;{against};Bedrag", *lines]) + "\n")


@pytest.mark.parametrize("rows", [1, 2])
@pytest.mark.parametrize(
    ("own", "number"),
    [
        ("Account", "BE68539007547034"),
        ("Account Number", "40022117"),
        ("IBAN/BBAN", "NL90BANK0000000090"),
        ("Rekening", "NL90BANK0000000090"),
        ("Account Name", "Zakelijk"),
    ],
)
def test_beside_a_counterparty_the_own_account_is_neither_taken_nor_proposed(write, own, number, rows):
    path = statement(write, own, number, rows=rows)
    checked = read(path)
    assert dict(checked.quality.headers)["klant"] == "Tegenrekening"
    assert figures(checked)[3] == rows
    assert figures(typed(path, '--kolommen "klant=Andere kant"'))[3] == rows
    path = statement(write, own, number, rows=rows, against="Andere kant;Tegenpartij nr", code="1300")
    with pytest.raises(ColumnsMissing) as asked:
        read(path)
    assert f"klant={own}" not in asked.value.remedy
    assert "Andere kant" in str(asked.value)


@pytest.mark.parametrize(
    "against", ["Naam tegenpartij", "Beguenstigter/Zahlungspflichtiger", "Counterparty name"]
)
def test_who_stands_on_the_other_side_is_the_customer(write, against):
    path = statement(write, "IBAN/BBAN", "NL90BANK0000000090", against=f"{against};Tegenrekening")
    checked = read(path)
    assert dict(checked.quality.headers)["klant"] == "Tegenrekening"
    assert figures(checked)[3] == 2
    path = statement(
        write, "IBAN/BBAN", "NL90BANK0000000090", against=f"{against};Tegenrekening", code="1300"
    )
    assert dict(read(path).quality.headers)["klant"] == against


def test_a_number_that_a_bank_gives_its_transactions_is_none_of_an_order(write):
    rows = "NL90BANK0000000090;2025-03-0{at};Zaal;NL11INGB0000000011;TR{at};{amount}"
    lines = [rows.format(at=at, amount=amount) for at, amount in enumerate(("40,00", "-9,00"), start=1)]
    head = "IBAN/BBAN;Datum;Naam tegenpartij;Tegenrekening IBAN/BBAN;Transactiereferentie;Bedrag"
    with pytest.raises(Ambiguous, match="afschrift van een rekening, en 1 rij is onder nul"):
        read(write("\n".join([head, *lines]) + "\n"))


def test_a_day_from_which_a_bank_counts_is_no_currency(write):
    rows = "EUR;Zaal Oost;23/2/2025;23/2/2025;12,50\nEUR;Zaal West;24/2/2025;24/2/2025;9,00\n"
    checked = read(write(f"Munt;Naam tegenpartij;Datum;Valuta;Bedrag\n{rows}"))
    assert dict(checked.quality.headers)["valuta"] == "Munt"


def test_a_name_beside_both_accounts_is_the_customer(write):
    path = statement(write, "Rekeningnummer", "NL90BANK0000000090", against="Naam;Tegenrekening")
    assert figures(read(path))[3] == 2


@pytest.mark.parametrize("rows", [1, 2])
@pytest.mark.parametrize(
    ("head", "number", "more"),
    [("Account", "FR7630006000011234567890189", "Memo"), ("AccountId", "8812", "Balance")],
)
def test_one_account_that_may_be_the_own_is_asked_about(write, head, number, more, rows):
    lines = [f"{number},2025-03-0{at},{at}1.50,{at}00.00" for at in range(1, rows + 1)]
    path = write("\n".join([f"{head},Date,Amount,{more}", *lines]) + "\n")
    with pytest.raises(Ambiguous, match="de enige klant, of de winkel zelf"):
        read(path)
    assert figures(typed(path, f"--kolommen klant={head}"))[3] == 1
    assert figures(typed(path, "--kolommen klant=-"))[3] == 0


def test_accounts_of_several_customers_and_one_in_other_words_are_read(write):
    wallets = write("Account,Date,Amount,Balance\nA7,2025-03-01,5.00,5.00\nB8,2025-03-02,6.00,6.00\n")
    assert figures(read(wallets))[3] == 2
    company = write(
        "Account Name,Date,Amount\nBakkerij Bos,2025-03-01,5.00\n" + "Bakkerij Bos,2025-03-02,6.00\n" * 3
    )
    assert figures(read(company))[3] == 1


@pytest.mark.parametrize(
    ("blank", "first"), [("", '--zonder "Debet=?*"'), ("0,00", '--zonder "Credit=0,00"')]
)
def test_what_went_out_in_a_column_of_its_own_is_asked_about(write, blank, first):
    rows = f"3-2-2025;{blank};40,00;Vos;NL1\n4-2-2025;9,00;{blank};Shell;NL2\n9-2-2025;{blank};5,00;Das;NL3\n"
    path = write(f"Datum;Debet;Credit;Naam;Tegenrekening\n{rows}")
    sides = "--kolommen klant=Naam,erbij=Credit,eraf=Debet"
    with pytest.raises(Ambiguous, match="bij 1 rij ging er geld af") as asked:
        typed(path, sides)
    assert f"telt alleen 'Credit': {first}. Gaan" in asked.value.remedy
    assert figures(typed(path, sides, first))[2] == 45.0
    assert figures(typed(path, sides, '--alleen "Debet=*"'))[2] == 36.0
