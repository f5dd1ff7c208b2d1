"""Why there is no forecast and what helps, as they stand in one sentence."""

import numpy as np
import pytest

from klantwaarde_xl.data.forecast_basis import tried
from klantwaarde_xl.errors import OutOfRange
from klantwaarde_xl.kernels.models.estimate.grouping import group, too_little
from klantwaarde_xl.wording.no_forecast import ENOUGH, apart


class Some:
    """As much of a summary as the words look at."""

    def __init__(self, frequency, age):
        self.frequency, self.T = np.array(frequency, float), np.array(age, float)


@pytest.mark.parametrize(
    ("frequency", "recency", "age", "reason", "helps"),
    [
        ([0, 0], [0, 0], [5, 9], "geen enkele klant kocht een tweede keer; hoe vaak", "en kijk of kolom klant de klant noemt"),
        ([0], [0], [9], "geen enkele klant kocht een tweede keer; hoe vaak", "een langere periode of meer klanten"),
        ([3], [4], [9], "één klant is te weinig", "meer klanten"),
        ([1, 1], [2, 3], [9, 9], "er kochten maar 2 klanten opnieuw; hoe klanten", "een langere periode of meer klanten"),
        ([0, 0], [0, 0], [0, 0], "alle klanten kochten voor het eerst op de laatste dag", "een latere peildatum"),
    ],
)  # fmt: skip
def test_what_a_model_refuses_is_a_reason_and_a_help(frequency, recency, age, reason, helps):
    message = too_little(group(frequency, recency, age)).text
    said, do = apart(message, Some(frequency, age))
    assert said.startswith(reason)
    assert helps in do
    assert "Neem" not in said + do
    assert not said.endswith(".")
    assert not do.endswith(".")
    assert ("kolom klant" in do) == (len(frequency) > 1 and any(age) and not any(frequency))


def test_the_remedy_of_an_error_is_what_helps():
    def fails():
        raise OutOfRange("Enkele hoge bedragen overheersen.", remedy="Controleer de hoogste bedragen.")

    _, message = tried(fails)
    assert apart(message, Some([1], [2])) == (
        "enkele hoge bedragen overheersen",
        "controleer de hoogste bedragen",
    )


def test_without_a_remedy_more_orders_help():
    assert apart("Er zijn geen aankopen.", Some([], [])) == ("er zijn geen aankopen", ENOUGH)
