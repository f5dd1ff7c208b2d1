"""What comes, as a user sees it: windows, months by name, and new customers in words."""

import numpy as np
import pytest

from klantwaarde_xl.errors import NotAvailable, OutOfRange
from klantwaarde_xl.reports.ahead import Who, between, months_ahead, new_customers, still_customer
from klantwaarde_xl.reports.customers import forecast
from klantwaarde_xl.reports.overview import total
from tests.kernels.models.logs import CUT, cdnow_log, day
from tests.kernels.models.shops import shop

MBG, LOG = 1.0, cdnow_log()
CODE, DAYS, AMOUNTS = shop("mbgnbd", (0.52, 6.2, 0.9, 1.6), (6.25, 3.74, 15.44), 1.5, 540, 4)
STEADY = CODE, DAYS + day("2023-12-31"), AMOUNTS
UNTIL = day("2025-06-18")


@pytest.mark.slow
def test_a_window_of_half_a_year_from_the_day_is_the_forecast_over_26_weeks():
    terms = {"margin": 0.3, "interest": 0.1, "model": MBG, "as_of": CUT}
    found, wanted = between(*LOG, CUT, CUT + 182, **terms), forecast(*LOG, horizon=26.0, **terms)
    for name, other in (("value", "value"), ("value_lower", "lower"), ("value_upper", "upper")):
        assert getattr(found, name)[1:] == pytest.approx(getattr(wanted, other), rel=1e-6)
    assert found.note[1:].tolist() == wanted.note.tolist()
    whole = total(*LOG, horizon=26.0, **terms)
    assert [found.purchases[0], found.value[0]] == pytest.approx(whole.value[[2, 3]])
    assert [found.purchases_lower[0], found.value_upper[0]] == pytest.approx([whole.lower[2], whole.upper[3]])


def test_all_together_stand_above_and_have_no_chance_of_their_own():
    found = between(*LOG, CUT + 30, CUT + 60, model=MBG, as_of=CUT)
    assert found.customer[0] == -1
    assert found.customer[1:].min() == 0
    assert np.isnan(found.begins[0])
    assert found.value[0] == pytest.approx(found.value[1:].sum())


def test_chances_on_a_day_are_those_at_the_end_of_a_window_until_it():
    on = still_customer(*LOG, CUT + 60, model=MBG, as_of=CUT)
    assert on.then == pytest.approx(between(*LOG, CUT + 30, CUT + 60, model=MBG, as_of=CUT).ends[1:])


@pytest.mark.slow
def test_months_are_called_by_their_name_and_the_rest_of_a_running_one_so():
    found = months_ahead(*STEADY, months=2, model=MBG, as_of=UNTIL)
    assert found.label.tolist() == ["rest van juni 2025", "juli 2025", "augustus 2025", "samen"]
    assert found.begin.tolist() == [UNTIL + 1, day("2025-07-01"), day("2025-08-01"), UNTIL + 1]
    assert found.end.tolist() == [day("2025-06-30"), day("2025-07-31"), day("2025-08-31"), day("2025-08-31")]
    assert months_ahead(*STEADY, months=1, model=MBG, as_of=day("2025-05-31")).label[0] == "juni 2025"


def test_a_month_is_a_window_of_its_days():
    found = months_ahead(*STEADY, months=1, model=MBG, as_of=UNTIL)
    window = between(*STEADY, found.begin[1], found.end[1], model=MBG, as_of=UNTIL)
    assert found.revenue[1] == pytest.approx(window.value[0])
    assert found.purchases[1] == pytest.approx(window.purchases[0])
    # What will be counted lies in a wider interval than what is expected
    assert found.revenue_lower[1] < window.value_lower[0] < window.value_upper[0] < found.revenue_upper[1]


@pytest.mark.slow
def test_all_are_present_customers_and_new_ones():
    present, new, all_ = (
        months_ahead(*STEADY, months=3, who=who, model=MBG, as_of=UNTIL) for who in map(float, Who)
    )
    assert all_.revenue == pytest.approx(present.revenue + new.revenue)
    came = new_customers(*STEADY, months=3, model=MBG, as_of=UNTIL)
    assert came.revenue == pytest.approx(new.revenue)
    assert new.purchases == pytest.approx(came.number + came.repeats)
    assert came.number[:-1].sum() == pytest.approx(came.number[-1])


def test_the_last_row_says_which_months_were_counted():
    found = new_customers(*STEADY, months=3, model=MBG, as_of=UNTIL)
    assert found.note[-1].startswith("Gerekend met 8 hele maanden vanaf oktober 2024: ")
    assert set(found.note[:-1]) == {""}
    nobody = new_customers(*LOG, months=3, model=MBG, as_of=CUT)
    assert "kwam er niemand bij" in nobody.note[-1]
    assert nobody.number[-1] == 0


def test_more_confidence_is_a_wider_interval():
    sure, unsure = (
        months_ahead(*STEADY, months=1, model=MBG, as_of=UNTIL, confidence=c) for c in (0.99, 0.5)
    )
    assert np.all(sure.revenue_lower < unsure.revenue_lower)
    assert np.all(unsure.revenue_upper < sure.revenue_upper)


@pytest.mark.parametrize("months", [0, 1.5, 61, -1])
def test_months_are_a_whole_number_up_to_sixty(months):
    with pytest.raises(OutOfRange):
        months_ahead(*STEADY, months=months, model=MBG)


def test_present_customers_of_a_young_shop_have_months_and_new_ones_have_not():
    young = day("2024-03-10")
    assert months_ahead(*STEADY, months=2, model=MBG, as_of=young).revenue[-1] > 0
    with pytest.raises(NotAvailable, match="hele maanden"):
        new_customers(*STEADY, months=2, model=MBG, as_of=young)


def test_a_day_of_the_past_is_refused():
    with pytest.raises(OutOfRange, match="peildatum"):
        still_customer(*LOG, CUT, model=MBG, as_of=CUT)
    with pytest.raises(OutOfRange, match="peildatum"):
        between(*LOG, CUT - 1, CUT + 30, model=MBG, as_of=CUT)
