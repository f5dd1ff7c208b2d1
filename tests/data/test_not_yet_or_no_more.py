"""Rows that are no sale yet, or no more: deals with a chance, invoices that another one replaces."""

import pytest

from klantwaarde_xl.errors import Ambiguous
from tests.data.exported import figures, read, typed, write

__all__ = ["write"]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("head", "some", "all_"),
    [
        ("Probability", "60%", "100%"),
        ("Kans (%)", "25", "100"),
        ("Wahrscheinlichkeit", "40,0", "100,0"),
        ("Deal probability", "0.4", "1"),
    ],
)
def test_deals_with_a_chance_are_asked_about(write, head, some, all_):
    path = write(
        f"Deal;Close date;Account;Amount;{head}\n"
        f"a;2025-02-03;Bos;900;{all_}\nb;2025-03-04;Dam;4000;{some}\nc;2025-04-09;Bos;350;{all_}\n"
    )
    with pytest.raises(Ambiguous, match="1 rij een kans onder 100%"):
        read(path)
    assert figures(typed(path, f'--alleen "{head}={all_}"'))[1] == 1250.0
    assert figures(typed(path, f'--alleen "{head}=*"'))[1] == 5250.0


@pytest.mark.parametrize("certain", ["100%", "1", "1.0"])
def test_deals_that_are_all_certain_are_no_question(write, certain):
    rows = f"2025-02-03;Bos;900;{certain}\n2025-03-04;Dam;40;{certain}\n"
    path = write(f"Close date;Account;Amount;Probability\n{rows}")
    assert figures(read(path))[1] == 940.0


@pytest.mark.slow
@pytest.mark.parametrize(
    "head", ["Vervangen door", "Replaced by", "Gecrediteerd met", "Storniert durch", "Stornoreden"]
)
def test_invoices_that_another_replaces_are_asked_about(write, head):
    path = write(
        f"Factuurnr;Datum;Klantnr;Totaal;{head}\n71;3-2-2025;A;500;\n72;4-2-2025;B;80;X74\n73;9-2-2025;A;25;\n74;11-2-2025;B;90;\n"
    )
    with pytest.raises(Ambiguous, match="ingevuld bij 1 rij:"):
        read(path)
    assert figures(typed(path, f'--alleen "{head}="'))[1] == 615.0
    assert figures(typed(path, f'--alleen "{head}=*"'))[1] == 695.0


def test_a_column_of_replacements_without_any_is_no_question(write):
    path = write("Factuurnr;Datum;Klantnr;Totaal;Vervangen door\n1;3-2-2025;A;500;\n2;4-2-2025;B;80;\n")
    assert figures(read(path))[1] == 580.0
