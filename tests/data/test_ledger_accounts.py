"""Ledgers with one column of amounts, in which an entry stands on several accounts."""

import pytest

from klantwaarde_xl.errors import Ambiguous
from tests.data.exported import figures, read, write

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
