"""Cells in, cells out: one meaning for every host."""

import datetime as dt
import math
from dataclasses import replace
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from klantwaarde_xl.dutch import date_to_serial
from klantwaarde_xl.errors import CellError
from klantwaarde_xl.functions.adapter.call import call
from klantwaarde_xl.functions.registry import REGISTRY
from klantwaarde_xl.kernels.arrays import is_elementwise
from tests.cases import same

VALUE, CAC, NPS, RFM, CLV = (REGISTRY[name] for name in ("KLANTWAARDE", "CAC", "NPS", "RFM", "CLV"))


@pytest.mark.parametrize("blank", [None, "", "  ", [[None]], [[""]]])
def test_a_blank_leaves_an_optional_argument_out(blank):
    assert call(VALUE, [500, blank, blank]) == 500.0


@pytest.mark.parametrize("blank", [None, "", [[None]]])
def test_a_blank_for_a_required_argument_is_a_value_error(blank):
    assert call(VALUE, [blank, 2]) is CellError.VALUE


@pytest.mark.parametrize(
    "cell", ["500,00", "€ 500", "5e2", Decimal("500"), np.float64(500), 500, [[500.0]], "500 "]
)
def test_a_number_in_any_dress_is_that_number(cell):
    assert call(VALUE, [cell, 2, 200]) == 800.0


def test_a_boolean_counts_as_one_or_zero():
    assert call(VALUE, [True, 2, False]) == 2.0


@pytest.mark.parametrize("error", list(CellError))
def test_an_error_in_a_cell_comes_out_as_the_same_error(error):
    assert call(VALUE, [500, error]) is error
    assert call(VALUE, [error.text, 2]) is error
    assert call(VALUE, [500.0, error.nan]) is error
    assert call(NPS, [[[9], [error]]]) is error
    assert call(VALUE, [[[500], [error]], 2])[1][0] is error


def test_the_leftmost_error_wins():
    assert call(VALUE, [CellError.NA, CellError.REF]) is CellError.NA
    assert call(VALUE, [[[CellError.NA], [1]], [[CellError.REF], [1]]])[0][0] is CellError.NA


@pytest.mark.parametrize("cell", ["veel", "1.234", object(), 3 + 4j, {}])
def test_what_is_no_number_is_a_value_error(cell):
    assert call(VALUE, [cell]) is CellError.VALUE


@pytest.mark.parametrize("cell", [float("inf"), 10**400, float("-inf"), float("nan")])
def test_a_number_beyond_the_spreadsheet_is_a_num_error(cell):
    assert call(VALUE, [cell]) is CellError.NUM


def test_too_many_arguments_are_a_value_error():
    assert call(CAC, [1, 2, 3]) is CellError.VALUE


def test_a_column_in_gives_a_column_out():
    assert same(call(VALUE, [[[100], [200]], 2, 50]), [[150.0], [350.0]])


def test_a_column_and_a_row_give_a_block():
    assert same(call(CAC, [[[100], [200]], [[1, 2, 4]]]), [[100, 50, 25], [200, 100, 50]])


def test_what_falls_outside_a_shorter_column_is_not_available():
    assert same(call(CAC, [[[100], [200], [300]], [[1], [2]]]), [[100], [100], [CellError.NA]])


def test_each_row_of_a_column_has_its_own_error():
    got = call(CAC, [[[100], ["veel"], [100], [None], [CellError.REF]], [[4], [4], [0], [4], [4]]])
    assert same(got, [[25], [CellError.VALUE], [CellError.DIV0], [CellError.VALUE], [CellError.REF]])


def test_a_flat_list_is_a_column():
    assert same(call(CAC, [[100, 200], 2]), [[50], [100]])


def test_a_choice_is_a_word_or_its_number():
    later, now = call(CLV, [100, 0.8, 0.12]), call(CLV, [100, 0.8, 0.12, None, "nu"])
    assert now - later == pytest.approx(100)
    assert call(CLV, [100, 0.8, 0.12, None, 1]) == now
    assert call(CLV, [100, 0.8, 0.12, None, " NU "]) == now
    assert same(call(CLV, [100, 0.8, 0.12, None, [["later"], ["nu"]]]), [[later], [now]])


def test_blanks_in_a_range_of_numbers_are_skipped_wherever_they_are():
    assert call(NPS, [[[10, None], ["", 3]]]) == 0.0
    assert call(NPS, [9]) == 100.0


NAMES = [["A"], ["B"], ["C"], ["D"], ["E"]]
DAYS = [[45000 + i] for i in range(5)]
MONEY = [[10.0 * i] for i in range(1, 6)]


def test_rows_in_which_all_columns_are_blank_are_skipped():
    gap = [[None]]
    assert call(RFM, [NAMES + gap, DAYS + gap, MONEY + [[""]]]) == call(RFM, [NAMES, DAYS, MONEY])


@pytest.mark.parametrize(
    "as_day", [lambda d: d, dt.date.isoformat, lambda d: f"{d:%d-%m-%Y}", date_to_serial]
)
def test_dates_arrive_as_dates_text_or_day_numbers(as_day):
    days = [[as_day(dt.date(2024, 1, 1 + i))] for i in range(5)]
    assert same(call(RFM, [NAMES, days, MONEY, dt.date(2024, 1, 5)])[1][:3], ["A", 4.0, 1.0])


def test_customers_may_be_numbers_and_keep_their_form():
    table = call(RFM, [[[101.0], ["102"], [103.0], [104.0], [105.0]], DAYS, MONEY])
    assert [row[0] for row in table[1:]] == [101.0, "102", 103.0, 104.0, 105.0]


def test_later_purchases_than_the_chosen_day_do_not_count():
    names, days, money = NAMES + [["A"]], DAYS + [[46000]], MONEY + [[99.0]]
    assert call(RFM, [names, days, money, 45010])[1][1:4] == (10.0, 1.0, 10.0)


def test_a_refund_lowers_the_amount_and_is_no_purchase():
    table = call(RFM, [NAMES + [["A"]], DAYS + [[45004]], MONEY + [[-4.0]]])
    assert table[1][1:4] == (4.0, 1.0, 6.0)


def test_a_bug_in_a_kernel_shows_as_a_value_error(monkeypatch):
    def broken(**_):
        raise RuntimeError("stuk")

    spec = REGISTRY["NPS"]
    object.__setattr__(spec, "kernel", broken)
    try:
        assert call(spec, [[[9]]]) is CellError.VALUE
    finally:
        from klantwaarde_xl.kernels.nps import nps

        object.__setattr__(spec, "kernel", nps)


SCALAR = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=8), st.dates(), st.datetimes(),
    st.sampled_from(list(CellError)), st.decimals(), st.complex_numbers(),
)  # fmt: skip
CELL = st.recursive(SCALAR, lambda inner: st.lists(inner, max_size=4), max_leaves=12)


@pytest.mark.slow
@given(spec=st.sampled_from(list(REGISTRY)), cells=st.lists(CELL, max_size=8))
def test_no_input_of_any_type_makes_a_call_raise(spec, cells):
    def fine(one):
        return isinstance(one, (float, str, CellError, bool, int, dt.date)) and (
            not isinstance(one, float) or np.isfinite(one)
        )

    result = call(spec, cells)
    flat = [one for row in result for one in row] if isinstance(result, list) else [result]
    assert all(fine(one) for one in flat)


@given(
    spec=st.sampled_from([spec for spec in REGISTRY if is_elementwise(spec.kernel) and not spec.texts]),
    data=st.data(),
)
def test_broadcasting_equals_the_loop(spec, data):
    number = st.one_of(
        st.floats(-3, 3), st.floats(0, 500), st.none(), st.sampled_from([CellError.NA, "x", 0, 1])
    )
    rows = data.draw(st.lists(st.tuples(*[number] * len(spec.args)), min_size=2, max_size=6))
    columns = [[[row[i]] for row in rows] for i in range(len(spec.args))]
    looped = [call(spec, list(row)) for row in rows]
    assert same([row[0] for row in call(spec, columns)], looped)


# ── names and dates ─────────────────────────────────────────────────────────────────────────

HISTORY = REGISTRY["KLANTHISTORIE"]


def test_a_customer_number_typed_as_text_is_that_customer_but_zeros_before_it_count():
    table = call(HISTORY, [["1001", 1001.0, "01001"], [45300, 45307, 45300], [10, 20, 30]])
    assert [row[:2] for row in table[1:]] == [("1001", 1.0), ("01001", 0.0)]


def test_a_number_beyond_the_last_date_is_no_date():
    assert call(HISTORY, [["A", "B"], [20240115, 20240116], [10, 20]]) is CellError.VALUE
    assert call(HISTORY, [["A", "B"], [45300, 1e300], [10, 20]]) is CellError.VALUE


def test_a_date_before_1900_is_refused_in_a_log():
    assert call(HISTORY, [["A", "B"], [45300, 0], [10, 20]]) is CellError.NUM


@pytest.mark.parametrize("sign", [1, -1])
def test_what_a_kernel_cannot_hold_is_an_error_and_never_infinite(sign):
    endless = replace(NPS, kernel=lambda scores: sign * math.inf)
    assert call(endless, [[9, 10]]) is CellError.NUM
