"""Rows of an exchange: no order, whatever was paid besides."""

import pytest

from klantwaarde_xl.data.reading.questions.next_questions import first_answer
from klantwaarde_xl.errors import Ambiguous
from tests.data.exported import figures, read, typed, write
from tests.examples import crossed

__all__ = ["write"]

WORDS = [
    "exchange",
    "Omruiling",
    "Ruil",
    "Ruilorder",
    "Umtausch",
    "Exchanged",
    "Omgeruild",
    "product exchange",
]
HEADS = ["Type", "Soort", "Ordertype", "Kind"]


def export(head, word, amount):
    return (
        f"{head};Klantnr;Ordernummer;Orderdatum;Totaal\n"
        f"Verkoop;A;11;2-2-2025;40,00\nVerkoop;B;12;3-2-2025;25,00\n"
        f"{word};A;13;9-2-2025;{amount}\nVerkoop;C;14;20-2-2025;10,00\n"
    )


@pytest.mark.parametrize(("word", "head"), crossed(WORDS, HEADS))
def test_an_exchange_of_nought_is_no_order(write, head, word):
    checked = read(write(export(head, word, "0,00")))
    assert figures(checked) == (3, 75.0, 75.0, 3)
    assert word in str(checked.quality.left_out[0])


@pytest.mark.slow
@pytest.mark.parametrize(("word", "head"), crossed(WORDS, HEADS))
def test_an_exchange_for_which_was_paid_is_asked_about(write, head, word):
    path = write(export(head, word, "4,50"))
    with pytest.raises(Ambiguous, match=word) as error:
        read(path)
    assert figures(typed(path, first_answer(error.value.remedy)))[:2] == (3, 75.0)
    assert figures(typed(path, f'--alleen "{head}=Verkoop,{word}"'))[:2] == (4, 79.5)


@pytest.mark.slow
def test_an_exchange_of_nought_is_no_answer_to_what_else_is_asked(write):
    path = write(export("Type", "Omruiling", "0,00") + "Ruil;B;15;21-2-2025;3,00\n")
    with pytest.raises(Ambiguous) as error:
        read(path)
    assert '--alleen "Type=Verkoop"' in error.value.remedy


def test_words_that_only_look_like_an_exchange_are_sales(write):
    checked = read(write(export("Ordertype", "Ruilhart", "4,50")))
    assert figures(checked)[0] == 4
    assert not checked.quality.left_out
