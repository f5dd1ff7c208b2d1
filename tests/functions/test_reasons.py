"""Why a function has no value, said to a caller from Python: which words there are, which cell is no date."""

import pytest

from klantwaarde_xl.errors import CellError, NotAvailable, OutOfRange, WrongType
from klantwaarde_xl.functions.adapter.call import call
from klantwaarde_xl.functions.registry import REGISTRY

WAVES = (["mei", "mei", "juni", "juni"], [9, 8, 7, 10])
LOG = (
    ["a", "b", "a", "c", "b", "c", "a", "c"] * 3,
    [f"{day}-{month}-2025" for month in range(1, 13) for day in (3, 19)],
    [20.0] * 24,
)


@pytest.mark.parametrize(
    ("name", "args", "word"),
    [
        ("ENQUETEMETINGEN", (*WAVES, "n.p.s"), '"nps" (0)'),
        ("SEIZOEN", (*LOG, "maandelijks"), '"winkeljaar" (1)'),
    ],
)
def test_a_word_that_is_no_choice_is_named_beside_those_that_are(name, args, word):
    with pytest.raises(WrongType, match="bestaat niet") as refused:
        REGISTRY[name](*args)
    assert word in refused.value.remedy
    assert call(REGISTRY[name], args) is CellError.VALUE


@pytest.mark.parametrize(("name", "args"), [("ENQUETEMETINGEN", (*WAVES, 21)), ("SEIZOEN", (*LOG, 7))])
def test_a_code_that_is_no_choice_is_told_which_codes_there_are(name, args):
    with pytest.raises(OutOfRange, match=f"{args[-1]} bestaat niet") as refused:
        REGISTRY[name](*args)
    assert "(0)" in refused.value.remedy
    assert call(REGISTRY[name], args) is CellError.NUM


def test_an_error_in_a_choice_stays_that_error():
    assert call(REGISTRY["ENQUETEMETINGEN"], (*WAVES, CellError.REF)) is CellError.REF


def test_a_choice_of_a_function_of_single_cells_says_its_words_too():
    spec = next(
        one for one in REGISTRY if not any(arg.kind.is_range for arg in one.args)
        and any(arg.choices for arg in one.args) and not one.columns
    )  # fmt: skip
    args = list(spec.examples[0].args) + [None] * (len(spec.args) - len(spec.examples[0].args))
    at = next(place for place, arg in enumerate(spec.args) if arg.choices)
    args[at] = "bestaatniet"
    with pytest.raises(WrongType, match="bestaat niet"):
        spec(*args)


@pytest.mark.slow
def test_an_index_of_the_season_may_have_dates_typed_as_text():
    in_text = [["1-1-2025", 1], ["2025-06-01", 0]]
    in_numbers = [[45658, 1], [45809, 0]]
    options = (*LOG, None, None, None, None)
    assert call(REGISTRY["SEIZOEN"], (*options, in_text)) == call(REGISTRY["SEIZOEN"], (*options, in_numbers))


def test_a_text_in_an_index_that_is_no_date_is_called_so():
    with pytest.raises(WrongType, match="rij 2 heeft een cel die geen datum is"):
        REGISTRY["SEIZOEN"](*LOG, None, None, None, None, [["1-1-2025", 1], ["zomer", 0]])


@pytest.mark.parametrize("names", [("Q1", "Q2"), ("V1", "V2"), ("p-1", "p-2")])
def test_a_letter_and_a_number_above_a_block_are_its_names(names):
    block = [list(names), [5, 3], [4, 3], [2, 4], [5, 3], [1, 3]]
    rows = REGISTRY["NPS_DRIJFVEREN"](block, ["score", 10, 9, 3, 9, 2])
    assert {row[0] for row in rows[1:]} == set(names)


def test_a_mistyped_digit_is_no_name():
    assert call(REGISTRY["NPS_DRIJFVEREN"], ([["o5"], [5], [4], [2]], [10, 9, 3, 9])) is CellError.VALUE


@pytest.mark.parametrize("name", ["ENQUETEMETINGEN", "ENQUETETREND"])
@pytest.mark.parametrize("head", [(), ("meting",)])
def test_a_table_of_waves_that_waits_for_its_answers_has_no_answer_yet(name, head):
    columns = [*head, None, None], [*(["score"] if head else []), None, None]
    with pytest.raises(NotAvailable, match="nog geen gegevens"):
        REGISTRY[name](*columns)
    assert call(REGISTRY[name], columns) is CellError.NA
