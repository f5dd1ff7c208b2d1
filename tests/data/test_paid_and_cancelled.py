"""An order that an export has paid and also cancelled is a question; parts of an order are not."""

import pytest

from klantwaarde_xl.errors import Ambiguous
from tests.data.exported import figures, read, write

__all__ = ["write"]
HEAD = "Order ID,Order date,Customer,Total,Status\n"


@pytest.mark.slow
def test_an_order_paid_and_cancelled_with_one_amount_is_a_question_whose_answers_work(write):
    rows = "A1,2025-08-01,k1,60.50,Paid\nA2,2025-08-02,k2,45.00,Paid\nA2,2025-08-02,k2,45.00,Cancelled\n"
    path = write(HEAD + rows)
    with pytest.raises(Ambiguous, match="betaald en ook geannuleerd") as asked:
        read(path)
    assert '--zonder "Order ID=A2"' in asked.value.remedy
    assert '--alleen "Status=Paid"' in asked.value.remedy
    assert figures(read(path, without=(("Order ID", "A2"),)))[1] == 60.5
    assert figures(read(path, only=(("Status", "Paid"),)))[1] == 105.5


@pytest.mark.slow
def test_a_failed_attempt_before_a_payment_is_no_question(write):
    rows = "A1,2025-08-01,k1,60.50,Failed\nA1,2025-08-01,k1,60.50,Paid\nA2,2025-08-02,k2,45.00,Paid\n"
    assert figures(read(write(HEAD + rows)))[:2] == (2, 105.5)


def test_parts_of_an_order_with_amounts_of_their_own_have_a_status_each(write):
    rows = "A1,2025-08-01,k1,60.50,Paid\nA1,2025-08-01,k1,20.00,Cancelled\nA2,2025-08-02,k2,45.00,Paid\n"
    assert figures(read(write(HEAD + rows)))[:2] == (2, 105.5)


def test_lines_with_articles_have_a_status_each(write):
    rows = "A1,2025-08-01,k1,Mok,60.50,Paid\nA1,2025-08-01,k1,Bord,60.50,Cancelled\nA2,2025-08-02,k2,Mok,45.00,Paid\n"
    path = write("Order ID,Order date,Customer,Product,Line total,Status\n" + rows)
    assert figures(read(path))[:2] == (2, 105.5)
