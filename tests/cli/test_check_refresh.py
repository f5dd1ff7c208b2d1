"""`klantwaarde ververs … --controleer`: all that a refresh would do is said, and nothing is written."""

import hashlib
import io

import openpyxl
import pytest

pytestmark = pytest.mark.filterwarnings("ignore:.*xtension is not supported")
ORDERS = "klant;datum;bedrag\n" + "".join(f"K{n:02};{n}-3-2026;{n},00\n" for n in range(1, 20))


@pytest.fixture
def book(here, say):
    """A workbook with a note for every customer."""
    (here / "orders.csv").write_text(ORDERS, encoding="utf-8")
    assert say("nieuw", "rfm-segmenten", "--gegevens", "orders.csv", "--uit", "r.xlsx")[0] == 0
    made = openpyxl.load_workbook(io.BytesIO((here / "r.xlsx").read_bytes()))
    sheet = next(one for one in made if "tblRfm" in one.tables)
    top, bottom = (
        int(part.strip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")) for part in sheet.tables["tblRfm"].ref.split(":")
    )
    for row in range(top + 1, bottom + 1):
        sheet.cell(row, 2).comment = openpyxl.comments.Comment(f"let op {sheet.cell(row, 2).value}", "Jan")
    made.save("r.xlsx")
    return here / "r.xlsx"


def state(folder):
    return {one.name: hashlib.sha256(one.read_bytes()).hexdigest() for one in folder.iterdir()}


@pytest.mark.slow
def test_everything_that_goes_is_named_and_nothing_is_written(book, here, say):
    (here / "nieuw.csv").write_text(
        "klant;datum;bedrag\nK01;1-3-2026;1,00\nNieuw;2-3-2026;5,00\n", encoding="utf-8"
    )
    before = state(here)
    code, out, err = say("ververs", "r.xlsx", "--gegevens", "nieuw.csv", "--controleer")
    assert (code, err) == (0, "")
    assert state(here) == before
    assert out.startswith("Na het verversen:\nSinds de vorige keer: 1 nieuwe order, 18 vervallen")
    assert all(f"let op K{n:02}" in out for n in range(2, 20))
    assert "let op K01" not in out
    assert out.endswith("Er is niets geschreven in r.xlsx.\n")
    code, out, _ = say("ververs", "r.xlsx", "--gegevens", "nieuw.csv")
    assert (code, "en nog 10" in out) == (0, True)


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("ververs", ".", "--controleer"), "voor één werkboek"),
        (("ververs", "r.xlsx", "--controleer", "--zonder-kopie"), "schrijft niets"),
        (("ververs", "r.xlsx", "--controleer", "--kopieen", "30"), "schrijft niets"),
    ],
)
def test_what_does_not_go_with_it_is_refused(book, say, words, says):
    code, _, err = say(*words)
    assert code == 2
    assert says in err
