"""What Python calls missing: in a column an empty cell, by itself a number that went wrong."""

import numpy as np
import pandas as pd
import pytest

from klantwaarde_xl import functions
from klantwaarde_xl.errors import CellError, FunctionError, OutOfRange


@pytest.mark.parametrize(
    "scores",
    [
        [10, float("nan"), 3, 9],
        np.array([10, np.nan, 3, 9]),
        np.array([10, np.nan, 3, 9], dtype="float32"),
        pd.Series([10, np.nan, 3, 9]).to_numpy(),
        np.ma.array([10, 7, 3, 9], mask=[False, True, False, False]),
        np.ma.array([10.0, 7, 3, 9], mask=[False, True, False, False]),
        [np.array(10), np.float64("nan"), 3, 9],
    ],
    ids=["list", "array", "float32", "to_numpy", "masked", "masked floats", "zero dimensions"],
)
def test_a_missing_value_in_any_column_is_an_empty_cell(scores):
    assert functions["NPS"](scores) == functions["NPS"]([10, None, 3, 9])
    value = [5.0, 6, 7, 8]
    assert functions["NPS_WAARDE"](scores, value) == functions["NPS_WAARDE"]([10, None, 3, 9], value)


def test_a_block_with_missing_values_is_a_block_with_empty_cells():
    block = np.array([[1000, 700, 560, 480], [1200, 850, 690, np.nan], [900, 620, np.nan, np.nan]])
    said = functions["CONTRACTMODEL"](block)
    assert said == functions["CONTRACTMODEL"](
        [[None if x != x else x for x in row] for row in block.tolist()]
    )
    assert said == functions["CONTRACTMODEL"](pd.DataFrame(block))


def test_an_array_without_a_dimension_is_a_value():
    assert functions["CLV"](np.array(100), np.array(0.8), 0.12) == functions["CLV"](100, 0.8, 0.12)


def test_a_single_nan_and_an_error_in_a_column_are_no_missing_values():
    with pytest.raises(OutOfRange):
        functions["CLV"](100, 0.8, 0.12, float("nan"))
    with pytest.raises(FunctionError, match="scores, rij 2"):
        functions["NPS"](np.array([9, CellError.DIV0.nan]))


@pytest.mark.parametrize("kind", ["int64", "int8", "uint16", "float32", "float64", "U3", "object"])
def test_an_array_of_any_kind_is_a_column_of_customers_and_of_figures(kind):
    days, names, figures = [45_000, 45_040, 45_100, 45_000], [7, 8, 7, 9], [10, 20, 30, 5]
    said = functions["KLANTHISTORIE"](names, days, figures)
    shown = functions["KLANTHISTORIE"](np.array(names).astype(kind), days, np.array(figures).astype(kind))
    assert [row[1:] for row in shown] == [row[1:] for row in said]
    assert [float(row[0]) for row in shown[1:]] == [7, 8, 9]
    assert functions["FOUTCEL"](np.array(names).astype(kind), "naam") == "geen fout gevonden"


def test_yes_and_no_of_an_array_count_as_one_and_nought():
    truth = [True, False, True]
    assert functions["TOPAANDEEL"](np.array(truth), 0.5) == functions["TOPAANDEEL"](truth, 0.5)
    assert functions["CLV"](np.array([100]), np.array([True]), 0.12) == functions["CLV"]([100], [1], 0.12)
