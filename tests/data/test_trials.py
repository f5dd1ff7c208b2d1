"""Orders that were made to try a shop out are no sale."""

import pytest

from tests.data.exported import figures, read, said, write

__all__ = ["write"]


def left(checked):
    return " | ".join(one.reason for one in checked.quality.left_out)


@pytest.mark.parametrize(
    ("head", "sale", "trial"),
    [
        ("livemode", "true", "false"),
        ("is_live", "1", "0"),
        ("Testmodus", "Nee", "Ja"),
        ("is_test_order", "0", "1"),
        ("Test", "", "x"),
        ("Payment mode", "live", "test"),
        ("Omgeving", "Productie", "Sandbox"),
    ],
)
def test_trials_do_not_count_and_this_is_said(write, head, sale, trial):
    rows = [f"{n};0{n}-06-2025;k{n};{word};{n}0,50" for n, word in ((1, sale), (2, trial), (3, sale))]
    checked = read(write("\n".join([f"Transactienr;Datum;Klant;{head};Bedrag", *rows]) + "\n"))
    assert figures(checked)[:2] == (2, 41.0)
    assert "een test" in left(checked)


def test_trials_count_where_the_user_says_so(write):
    path = write("id,date,customer,livemode,total\n1,2025-06-01,a,true,10.50\n2,2025-06-02,b,false,20.25\n")
    assert figures(read(path, only=(("livemode", "*"),)))[1] == 30.75


def test_lines_that_go_on_with_a_trial_leave_with_it(write):
    rows = [
        "1,2025-06-01,a,live,10.50",
        "1,2025-06-01,a,,2.25",
        "2,2025-06-02,b,test,20.25",
        "2,2025-06-02,b,,8.10",
    ]
    path = write("\n".join(["Order ID,Date,Customer,Mode,Line total", *rows]) + "\n")
    assert figures(read(path))[1] == 12.75


def test_a_file_of_nothing_but_trials_counts_and_says_so(write):
    checked = read(write("id,date,customer,testmode,total\n1,2025-06-01,a,yes,10.50\n"))
    assert figures(checked)[1] == 10.5
    assert "test" in said(checked, "status")


def test_a_mode_of_something_else_says_nothing(write):
    path = write("id,date,customer,mode,total\n1,2025-06-01,a,air,10.50\n2,2025-06-02,b,test,20.25\n")
    assert figures(read(path))[1] == 30.75
