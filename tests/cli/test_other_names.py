"""A workbook that is on the disk under another name too: what that name keeps is said, and by `vergeet` not called gone."""

import os

import pytest

from klantwaarde_xl.cli.forget import NOT_ALL


@pytest.fixture
def book(here, say):
    (here / "orders.csv").write_text(
        "klant;datum;bedrag\nAda;1-3-2026;5,00\nBo;2-3-2026;7,00\n", encoding="utf-8"
    )
    assert say("nieuw", "rfm-segmenten", "--gegevens", "orders.csv", "--uit", "r.xlsx")[0] == 0
    return here / "r.xlsx"


def test_the_other_name_keeps_the_workbook_of_before_the_refresh_and_that_is_said_once(book, here, say):
    try:
        os.link(book, here / "ook.xlsx")
    except OSError:
        pytest.skip("this disk has no hard links")
    before = book.read_bytes()
    code, out, _ = say("ververs", "r.xlsx")
    assert code == 0
    assert "staat ook onder een andere naam op de schijf" in out
    assert (here / "ook.xlsx").read_bytes() == before
    assert "andere naam" not in say("ververs", "r.xlsx")[1]


def test_what_the_other_name_keeps_of_a_customer_is_told(book, here, say):
    try:
        os.link(book, here / "ook.xlsx")
    except OSError:
        pytest.skip("this disk has no hard links")
    (here / "orders.csv").unlink()
    code, out, _ = say("vergeet", "Ada", "r.xlsx", "--ja")
    assert code == NOT_ALL
    assert "niet gewist: hetzelfde bestand onder een andere naam op de schijf" in out
