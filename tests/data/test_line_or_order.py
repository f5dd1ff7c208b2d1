"""One amount on all lines of an order, beside what each line costs, or what an order of one line costs."""

import pytest

from klantwaarde_xl.errors import Ambiguous
from tests.data.exported import figures, read, write

__all__ = ["write"]

HEAD = "order_id,date,email,product,"


def orders(write, head, *rows):
    """rows: of each order its lines, as cells behind the product."""
    lines = [
        f"{at},2025-03-{at + 1:02},k{at}@mail.nl,p{line},{cells}"
        for at, cells_of in enumerate(rows)
        for line, cells in enumerate(cells_of)
    ]
    return write("\n".join([HEAD + head, *lines]) + "\n")


def test_a_total_that_is_near_to_the_price_on_its_line_is_of_the_line(write):
    ticket = "45.00,1.50,46.50"
    path = orders(write, "ticket_price,service_fee,total", [ticket] * 3, [ticket], [ticket] * 2, [ticket] * 4)
    assert figures(read(path))[:2] == (4, 10 * 46.50)


def test_a_total_that_is_the_prices_of_all_lines_is_of_the_order(write):
    path = orders(
        write, "unit_price,amount", ["5,15", "10,15"], ["20,20"], ["4,12", "4,12", "4,12"], ["9,18", "9,18"]
    )
    assert figures(read(path))[:2] == (4, 65.0)


def test_a_total_less_a_discount_is_of_the_order(write):
    path = orders(
        write, "unit_price,total", ["5,13.50", "10,13.50"], ["20,18"], ["4,10.80"] * 3, ["9,16.20"] * 2
    )
    assert figures(read(path))[:2] == (4, 58.5)


def test_a_total_that_orders_of_one_line_have_too_is_asked_about(write):
    path = orders(write, "total", ["46.50"] * 3, ["46.50"], ["46.50"] * 2, ["46.50"] * 4)
    with pytest.raises(Ambiguous, match="van de hele order") as asked:
        read(path)
    assert asked.value.remedy.index("optellen") < asked.value.remedy.index("ordertotaal")
    assert figures(read(path, lines="optellen"))[1] == 10 * 46.50
    assert figures(read(path, lines="ordertotaal"))[1] == 4 * 46.50


def test_a_total_that_says_it_is_of_the_order_is_no_question(write):
    path = orders(write, "order_total", ["46.50"] * 3, ["46.50"], ["46.50"] * 2, ["46.50"] * 4)
    assert figures(read(path))[1] == 4 * 46.50
