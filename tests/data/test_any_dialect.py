"""A table in any dialect is read back to the same figures, or one question is asked; never other figures."""

import random

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from klantwaarde_xl.errors import Ambiguous
from tests.data.any_dialect import draw
from tests.data.exported import figures, read
from tests.examples import examples, times


def read_or_answered(path, drawn):
    """What is read, and how many questions were answered first."""
    answers = {}
    for asked in range(1 + len(drawn.asks)):
        try:
            return read(path, **answers), asked
        except Ambiguous as question:
            answers |= answer_of(question, drawn, answers)
    raise AssertionError(f"asked again: {drawn.dialect}")


def answer_of(question, drawn, answers):
    """The answer to a question that may be asked of what was drawn, and was not answered yet."""
    fitting = [answer for part, answer in drawn.asks.items() if part in question.remedy]
    if not fitting or answers.keys() & fitting[0].keys():
        raise AssertionError(f"{question}: {drawn.dialect}")
    return fitting[0]


def written(folder, drawn):
    path = folder / "export.csv"
    path.write_text(drawn.text, encoding="utf-8")
    return path


@examples(8)
@given(st.randoms(use_true_random=False))
def test_an_export_in_any_dialect_is_read_back_to_the_same_figures(tmp_path_factory, source):
    drawn = draw(source)
    checked, _ = read_or_answered(written(tmp_path_factory.mktemp("dialect"), drawn), drawn)
    frame = pd.DataFrame(drawn.counted, columns=["klant", "dag", "cents"])
    revenue = round(frame["cents"].sum() / 100, 2)
    assert figures(checked) == (len(frame), revenue, revenue, frame["klant"].nunique()), drawn.dialect
    found = pd.DataFrame([row[:2] for row in checked.rows()], columns=["klant", "dag"])
    assert sorted(found["dag"]) == sorted(frame["dag"]), drawn.dialect


@pytest.mark.slow
def test_a_question_is_asked_in_at_most_one_draw_of_ten(tmp_path):
    drawn = map(draw, map(random.Random, range(times(10))))
    asked = [read_or_answered(written(tmp_path, one), one)[1] for one in drawn]
    assert sum(map(bool, asked)) <= len(asked) / 10
