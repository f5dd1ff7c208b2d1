"""The table of the contest says which model a forecast uses, and what all of them made of what came."""

import numpy as np
import pytest

from klantwaarde_xl.errors import NotAvailable
from klantwaarde_xl.kernels.models.checks import tracking
from klantwaarde_xl.kernels.models.log.prepare import Log, split
from klantwaarde_xl.refusals.titles import called
from klantwaarde_xl.reports.arguments import WEEK, chosen
from klantwaarde_xl.reports.model_contest import contest
from tests.kernels.models.logs import CUT, cdnow_log


def test_the_first_row_is_the_model_that_a_forecast_chooses_and_says_so():
    codes, days, _ = cdnow_log()
    found = contest(codes, days, as_of=CUT)
    part = split(Log(codes, days), None, CUT, WEEK)
    fit = tracking.fit_of(part, chosen(4.0, Log(codes, days), CUT, WEEK))
    assert found.model[0] == called(fit.model)
    assert found.note[0].startswith(f"gekozen: {called(fit.model)}")
    actual, expected = tracking.after(part, fit)
    assert found.bias[0] == pytest.approx(expected.sum() / actual.sum() - 1)
    assert found.error[0] == pytest.approx(np.abs(expected - actual).mean())
    assert {"eigen tempo", "Poisson"} <= set(found.model)


@pytest.mark.slow
def test_a_log_too_short_to_hold_some_of_it_out_is_judged_by_a_criterion_and_has_no_figures_of_later():
    codes, days = np.array([0, 0, 0, 1, 1, 2, 2, 3]), np.array([1.0, 8, 15, 2, 12, 3, 20, 4])
    found = contest(codes, days)
    assert "AIC" in found.note[0]
    assert np.isfinite(found.score).all()
    assert np.isnan([found.bias, found.error, found.ranks, found.coverage]).all()


def test_where_no_model_can_be_estimated_there_is_no_table():
    with pytest.raises(NotAvailable, match="tweede keer"):
        contest(np.arange(4), np.array([1.0, 5, 7, 9]))


@pytest.mark.slow
def test_an_index_has_dates_as_people_write_them():
    from klantwaarde_xl.functions.adapter.call import call
    from klantwaarde_xl.functions.declared.forecast.log import LOG
    from klantwaarde_xl.functions.registry import REGISTRY

    log = [[[cell] for cell in column] for column in LOG]
    index = [["01-01-2024", 1], ["01-06-2024", 2], ["01-09-2024", 1]]
    serials = [[45292, 1], [45444, 2], [45536, 1]]
    for name in ("VOLGENDEAANKOOP", "NIEUWEKLANTEN"):
        spec = REGISTRY[name]
        place = [arg.name for arg in spec.args].index("index")
        written, numbers = (call(spec, [*log, *[None] * (place - 3), block]) for block in (index, serials))
        assert isinstance(written, list)
        assert written == numbers
