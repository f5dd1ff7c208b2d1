"""Rows without an amount or a day, of which another column has it: none is lost by what is advised."""

import re

import pytest

from klantwaarde_xl.errors import RowsRefused
from tests.data.exported import figures, read, typed, write

__all__ = ["write"]


def advised(path):
    """The first option that the refusal of a file advises, and the whole of it."""
    with pytest.raises(RowsRefused) as refused:
        read(path)
    options = re.findall(r'--[a-z]+ (?:"[^"]*"|[\w=,-]+)|--overslaan', refused.value.remedy)
    return options[0], refused.value.remedy


def test_an_invoice_with_its_amount_with_vat_alone_is_read_with_vat(write):
    path = write(
        "Nota;Datum;Relatie;Totaal excl. btw;Totaal incl. btw\nA1;05-05-2025;K;200,00;242,00\nA2;16-05-2025;L;;60,50\n"
    )
    option, _ = advised(path)
    assert figures(typed(path, option)) == (2, 302.5, 302.5, 2)


@pytest.mark.slow
def test_an_order_without_its_total_is_pieces_times_price(write):
    path = write(
        "Order;Datum;Klant;Aantal;Stukprijs;Totaal\n7;05-05-2025;K;3;4,00;12,00\n8;16-05-2025;L;2;9,00;\n"
    )
    option, _ = advised(path)
    assert figures(typed(path, option)) == (2, 30.0, 30.0, 2)


def test_pieces_times_price_that_is_not_the_total_elsewhere_is_not_advised(write):
    path = write(
        "Order;Datum;Klant;Aantal;Stukprijs;Totaal\n7;05-05-2025;K;3;4,00;10,00\n8;16-05-2025;L;2;9,00;\n"
    )
    _, remedy = advised(path)
    assert "bedrag=" not in remedy
    assert "--overslaan" in remedy


@pytest.mark.slow
def test_a_day_that_another_column_has_on_every_row_is_read(write):
    path = write(
        "Ordernr,Customer,Total,Payment date,Day of entry\n1,K,50.00,2025-05-17,2025-05-16\n2,L,20.50,,2025-05-18\n"
    )
    option, remedy = advised(path)
    assert "datum=Day of entry" in option
    assert "kwijt" in remedy
    assert figures(typed(path, option)) == (2, 70.5, 70.5, 2)


@pytest.mark.slow
def test_a_day_that_no_other_column_has_whole_is_asked_to_mend(write):
    path = write(
        "Ordernr,Customer,Total,Payment date,Shipped\n1,K,50.00,2025-05-17,\n2,L,20.50,,2025-05-18\n"
    )
    assert "datum=" not in advised(path)[1]
