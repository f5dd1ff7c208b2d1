"""docs/modellen.md holds the models against three logs: its figures are those that the code gives."""

import re
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from klantwaarde_xl.kernels.models.buying import face
from klantwaarde_xl.kernels.models.checks import tracking
from klantwaarde_xl.kernels.models.log.prepare import Log, split
from klantwaarde_xl.kernels.models.season.wanted import season_of, wanted
from klantwaarde_xl.refusals import titles
from klantwaarde_xl.reports.arguments import WEEK, chosen
from klantwaarde_xl.wording.seasons import called
from tests.kernels.models.logs import CUT, cdnow_log
from tests.publiclogs import public_log

DOCS = Path(__file__).resolve().parents[3] / "docs" / "modellen.md"


def of_file(name, customer, date):
    data = pd.read_csv(public_log(name), parse_dates=[date])
    days = (data[date] - pd.Timestamp("1899-12-30")).dt.days.to_numpy(float)
    return Log(pd.factorize(data[customer])[0].astype(np.intp), days)


LOGS = {
    "CDNOW": lambda: Log(*cdnow_log()[:2]),
    "kledingwinkel": lambda: of_file("apparel_transactions.csv", "Id", "Date"),
    "kruidenier": lambda: of_file("grocery_log.csv", "cust", "date"),
}


def printed(name):
    """The cells of its row: texts, and numbers as they are written."""
    (row,) = re.findall(rf"^\| {name}.*$", DOCS.read_text(encoding="utf-8"), re.M)
    return [cell.strip() for cell in row.strip("|").split("|")]


def number(text):
    return float(text.replace("−", "-").replace(",", ".").rstrip("%"))


@pytest.mark.parametrize("name", LOGS)
def test_the_figures_that_are_printed_are_those_of_the_log(name):
    log = LOGS[name]()
    _, before, after, which, expected, came, off, error, own_error = printed(name)
    cut = CUT if name == "CDNOW" else log.days.min() + 7 * number(before) - 1
    code = chosen(face.AUTO, log, cut, WEEK)
    seasonal = season_of(log, cut, code, wanted(None, face.AUTO), WEEK).seasonal
    season = None if seasonal is None else seasonal.season
    said = "geen seizoen" if season is None else called(season.calendar)
    assert which == f"{titles.called(face.title_of(code))}, {said}"
    part = split(log, cut, cut + 7 * number(after), WEEK)
    actual, coming = tracking.after(part, tracking.fit_of(part, code, season), season)
    assert number(came) == actual.sum()
    assert number(expected) == pytest.approx(coming.sum(), abs=0.6)
    assert number(off) == pytest.approx(100 * (coming.sum() / actual.sum() - 1), abs=0.6)
    assert number(error) == pytest.approx(np.abs(coming - actual).mean(), abs=6e-4)
    rate = next(code for code, model in face.PLAIN.items() if model.TITLE == "own rate")
    plain = tracking.after(part, tracking.fit_of(part, rate))[1]
    assert number(own_error) == pytest.approx(np.abs(plain - actual).mean(), abs=6e-4)
