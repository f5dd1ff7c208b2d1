"""Ledgers with one column of amounts, in which an entry stands on several accounts."""

import pytest

from klantwaarde_xl.errors import Ambiguous
from tests.data.exported import figures, read, said, typed, write

__all__ = ["write"]


def ledger(write, head, debtors, revenue, vat, sign="-"):
    rows = "".join(
        f"{at};{at}-4-2025;{debtors};K{at};{net * 1.21:.2f}\n{at};{at}-4-2025;{revenue};K{at};{sign}{net:.2f}\n"
        f"{at};{at}-4-2025;{vat};K{at};{sign}{net * 0.21:.2f}\n"
        for at, net in ((1, 100), (2, 300))
    ).replace(".", ",")
    return write(f"Boekstuk;Datum;{head};Relatie;Bedrag\n{rows}")


@pytest.mark.slow
@pytest.mark.parametrize("head", ["Grootboek", "Grootboekrekening", "Rekening", "GL account"])
@pytest.mark.parametrize(
    ("debtors", "revenue", "vat"),
    [("1310 Debiteuren", "8010 Omzet hoog", "1520 Btw hoog"), ("Accounts receivable", "Sales", "VAT")],
)
def test_revenue_with_a_minus_is_asked_about_and_what_debtors_owe_is_advised(
    write, head, debtors, revenue, vat
):
    path = ledger(write, head, debtors, revenue, vat)
    with pytest.raises(Ambiguous, match="grootboek") as asked:
        read(path)
    assert f'--alleen "{head}={debtors}"' in asked.value.remedy
    assert figures(read(path, only=((head, debtors),))) == (2, 484.0, 484.0, 2)


@pytest.mark.slow
def test_revenue_without_a_minus_is_advised_itself(write):
    path = ledger(write, "Grootboek", "1310", "8010", "1520", sign="")
    with pytest.raises(Ambiguous) as asked:
        read(path)
    assert '--alleen "Grootboek=8010"' in asked.value.remedy
    assert figures(read(path, only=(("Grootboek", "8010"),)))[:2] == (2, 400.0)


def test_accounts_of_revenue_alone_are_no_question(write):
    rows = "1;3-4-2025;8010 Omzet hoog;A;70\n2;4-4-2025;8020 Omzet laag;B;50\n"
    assert figures(read(write(f"Boekstuk;Datum;Grootboek;Relatie;Bedrag\n{rows}")))[:2] == (2, 120.0)


def sided(write, debit, credit, head="Grootboekrekening", names=("1300", "8010", "1520"), who="K{at}"):
    """Two invoices and a credit note of a third of the first, each on three accounts, without any minus."""
    rows = ""
    for at, net, (owed, sold) in (
        (1, 300, (debit, credit)),
        (2, 200, (debit, credit)),
        (3, 100, (credit, debit)),
    ):
        for account, amount, side in zip(
            names, (net * 1.21, net, net * 0.21), (owed, sold, sold), strict=True
        ):
            whose = f"K{at % 2}" if account == names[0] or who else ""
            rows += f"{at};{at}-4-2025;{account};{whose};F{at};{side};{amount:.2f}\n"
    return write(f"Boekstuk;Datum;{head};Relatie;Factuurnummer;D/C;Bedrag\n{rows}".replace(".", ","))


@pytest.mark.parametrize(("debit", "credit"), [("D", "C"), ("Debet", "Credit")])
@pytest.mark.parametrize(
    "names", [("1300", "8010", "1520"), ("1300 Debiteuren", "8010 Omzet hoog", "1520 BTW hoog")]
)
def test_a_journal_with_sides_asks_once_which_account_counts(write, debit, credit, names):
    path = sided(write, debit, credit, names=names)
    with pytest.raises(Ambiguous, match="rekeningen van een grootboek") as asked:
        read(path)
    assert "vragen" not in asked.value.what
    assert f'--alleen "Grootboekrekening={names[1]}"' in asked.value.remedy
    checked = typed(path, f'--alleen "Grootboekrekening={names[1]}"')
    assert figures(checked) == (2, 500.0, 400.0, 2)
    assert f"1 rij met '{debit}' in D/C" in said(checked, "bedrag")


def test_invoices_are_advised_with_their_credit_side_where_revenue_is_of_nobody(write):
    path = sided(write, "D", "C", who="")
    with pytest.raises(Ambiguous) as asked:
        read(path)
    assert '--alleen "Grootboekrekening=1300" --retour "D/C=C"' in asked.value.remedy
    answers = ('--alleen "Grootboekrekening=1300"', '--retour "D/C=C"')
    assert figures(typed(path, *answers)) == (2, 605.0, 484.0, 2)


def test_a_side_is_asked_about_where_the_user_counts_every_account(write):
    path = sided(write, "D", "C")
    with pytest.raises(Ambiguous, match="kant van een boeking"):
        typed(path, '--alleen "Grootboekrekening=*"')
