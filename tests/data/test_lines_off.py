"""Lines that do not count, of orders whose total stands on the first line: what they hold goes off that total."""

import pytest

from klantwaarde_xl.errors import Ambiguous
from tests.data.exported import figures, read, said, typed, write

__all__ = ["write"]

HEAD = "Order number,Email,Created at,Total,Lineitem quantity,Lineitem name,Lineitem price"


def orders(write, extra, *, first="Mok"):
    rows = [
        f"7,ada@x.nl,2025-03-01,42.50,2,{first},20.00", f"7,,,,1,{extra},2.50",
        "8,bob@x.nl,2025-03-02,10.00,1,Kom,10.00", "9,ada@x.nl,2025-03-09,30.00,1,Kan,30.00",
    ]  # fmt: skip
    return write("\n".join([HEAD, *rows]) + "\n")


@pytest.mark.slow
@pytest.mark.parametrize("tip", ["Tip", "Fooi", "Gratuity"])
def test_a_tip_on_a_line_goes_off_the_total_of_its_order(write, tip):
    path = orders(write, tip)
    checked = read(path)
    assert figures(checked) == (3, 80.0, 80.0, 2)
    assert "2,50, is eraf" in said(checked, "bedrag")
    assert figures(typed(path, '--alleen "Lineitem name=*"'))[1] == 82.5
    assert figures(typed(path, f'--zonder "Lineitem name={tip}"'))[1] == 80.0


def test_lines_that_the_user_leaves_out_go_off_the_total_on_another_line(write):
    path = orders(write, "Gift card")
    assert figures(read(path))[1] == 82.5
    assert figures(typed(path, '--zonder "Lineitem name=Gift*"')) == (3, 80.0, 80.0, 2)
    # The line with the total is one of them: the rest of its order stays
    assert (
        figures(typed(orders(write, "Mok", first="Gift card"), '--zonder "Lineitem name=Gift*"'))[1] == 42.5
    )


def test_an_order_of_nothing_else_is_left_out_whole(write):
    path = orders(write, "Tip")
    assert figures(typed(path, '--zonder "Lineitem name=K*"'))[:2] == (1, 42.5)


def test_lines_with_their_own_amount_are_left_out_themselves(write):
    rows = "7,ada@x.nl,2025-03-01,1,Mok,20.00,20.00\n7,ada@x.nl,2025-03-01,1,Tip,2.50,2.50\n"
    path = write(f"Order number,Email,Created at,Quantity,Item name,Price,Line total\n{rows}")
    with pytest.raises(Ambiguous, match="Tip"):
        read(path)
    assert figures(typed(path, '--zonder "Item name=Tip"'))[:2] == (1, 20.0)


def test_a_discount_is_off_already_where_the_orders_that_have_one_say_so(write):
    rows = [
        f"{at},k{at}@x.nl,2025-03-0{at % 9 + 1},{at * 10}.00,1,Mok,{at * 10}.00,0.00" for at in range(1, 15)
    ]
    rows += ["15,z@x.nl,2025-03-09,80.00,1,Kan,100.00,20.00", "16,y@x.nl,2025-03-09,45.00,1,Kan,50.00,5.00"]
    checked = read(write("\n".join([f"{HEAD},Discount Amount", *rows])))
    assert figures(checked)[1] == 1175.0


def test_two_columns_that_are_nearly_the_same_add_up_nothing(write):
    amounts = [20, 20, 40, 80, 160, 320, 640, 1280]
    rows = [f"{at},k{at % 3}@x.nl,2025-03-0{at},{one}.00,{one}.00" for at, one in enumerate(amounts, start=1)]
    checked = read(write("\n".join(["Order number,Email,Created at,Subtotal,Total", *rows])))
    assert not any("telt" in note and "op van rij" in note for note in checked.quality.notes)
    assert figures(checked)[1] == sum(amounts)


@pytest.mark.parametrize("dot", [".", ","])
def test_a_tip_that_the_total_never_held_does_not_go_off_it(write, dot):
    rows = [
        "7;ada@x.nl;2025-03-01;40.00;2;Mok;20.00",
        "7;;;;1;Tip;2.50",
        "8;bob@x.nl;2025-03-02;10.00;1;Kom;10.00",
    ]
    text = "\n".join(
        [
            HEAD.replace(",", ";"),
            *(row.replace("0.00", f"0{dot}00").replace("2.50", f"2{dot}50") for row in rows),
        ]
    )
    path = write(text + "\n")
    with pytest.raises(Ambiguous, match="Tip"):
        read(path)
    assert figures(typed(path, '--zonder "Lineitem name=Tip"'))[1] == 50.0
