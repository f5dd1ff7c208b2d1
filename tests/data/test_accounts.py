"""An account or a user that looks like a till, staff or an account of the books is asked about."""

import pytest

from klantwaarde_xl.errors import Ambiguous
from tests.data.exported import figures, read, write

__all__ = ["write"]


def path_of(write, head, names):
    rows = [f"{n},2025-04-{n % 28 + 1:02d},{name},{n}.50" for n, name in enumerate(names, 1)]
    return write("\n".join([f"Receipt no,Date,{head},Total", *rows]) + "\n")


@pytest.mark.parametrize(
    ("head", "names"),
    [
        ("Account", ["Till 1", "Till 2", "Till 1"]),
        ("Account", ["8010 Omzet hoog", "8020 Omzet laag", "8010 Omzet hoog"]),
        ("User", ["ria@bloemenzaak.nl", "bert@bloemenzaak.nl", "ria@bloemenzaak.nl"]),
        ("User", ["Admin", "Verkoper 2", "Admin"]),
        ("Account", ["Ria", "Bert"] * 30),
    ],
)
def test_what_looks_like_no_customer_is_a_question_whose_answers_work(write, head, names):
    path = path_of(write, head, names)
    with pytest.raises(Ambiguous, match="de medewerker of de rekening"):
        read(path)


@pytest.mark.parametrize("answer", ["User", "-"])
def test_both_answers_read_the_file(write, answer):
    path = path_of(write, "User", ["ria@bloemenzaak.nl", "bert@bloemenzaak.nl", "ria@bloemenzaak.nl"])
    assert figures(read(path, {"klant": answer}))[1] == 7.5


@pytest.mark.parametrize(
    "names", [["Bakkerij Smit", "Hotel Zee", "Hotel Zee"], ["an@gmail.com", "bo@gmail.com", "an@gmail.com"]]
)
def test_accounts_of_customers_are_read(write, names):
    assert figures(read(path_of(write, "Account", names)))[3] == 2
