"""What a season and characteristics cost and bring on a public log, beside the peers.

    pip install klantwaarde-xl[test] clvkit==0.2.1 pymc-marketing
    KLANTWAARDE_LOGS=FOLDER python benchmarks/kenmerken.py    # about two minutes

The log is that of the apparel shop of CLVTools: 600 customers, estimated to the end of 2006. Each job runs
once to load what is needed and then up to three times; printed is the median of the CPU seconds. Season: the
mean absolute error of totals of four weeks over half a year, and of customers over two years.
Characteristics: gender and channel in the Pareto/NBD, its log-likelihood by our own formula (CLVTools:
−5821.0627). A peer that has no such thing says cannot.
"""

from __future__ import annotations

import importlib.util
import os
import statistics
import time
import warnings
from pathlib import Path

import numpy as np
import pandas as pd

from klantwaarde_xl.kernels.models.buying import face
from klantwaarde_xl.kernels.models.checks import tracking
from klantwaarde_xl.kernels.models.covariates.estimate import estimate
from klantwaarde_xl.kernels.models.estimate.cache import remembered
from klantwaarde_xl.kernels.models.log.prepare import Log, prepare, split
from klantwaarde_xl.kernels.models.season import estimate as seasonal
from klantwaarde_xl.kernels.models.season.calendar import MONTHS, of_index
from klantwaarde_xl.kernels.models.season.view import View

PARETO, WEEK = float(face.Model.PARETONBD), 7.0


def days_of(dates):
    return (pd.to_datetime(dates) - pd.Timestamp("1899-12-30")).dt.days.to_numpy(float)


class Apparel:
    """The log, its static characteristics and its own column of high season."""

    def __init__(self, folder):
        bought = pd.read_csv(folder / "apparel_transactions.csv")
        names, self.customers = np.unique(bought["Id"].astype(str), return_inverse=True)
        self.days = days_of(bought["Date"])
        self.log = Log(self.customers.astype(np.intp), self.days)
        self.cut = float(days_of(pd.Series(["2006-12-31"]))[0])
        static = pd.read_csv(folder / "apparel_static.csv").set_index("Id")
        static.index = static.index.astype(str)
        self.static = static.loc[names, ["Gender", "Channel"]].to_numpy(float)
        season = pd.read_csv(folder / "apparel_season.csv")
        column = season["High.Season"].to_numpy(float)
        self.busy = of_index("druk", days_of(season["Cov.Date"]), column)
        self.before, self.summary = prepare(self.log, self.cut)
        self.history = self.summary.frequency, self.summary.recency, self.summary.T


def errors(log, fit, season):
    """Of totals of four weeks over half a year, as a share, and of customers over two years."""
    module = face.functions_of(fit)

    def coming(weeks):
        view = View(log.summary, season, WEEK, float(weeks), 0.0)
        return module.conditional_expected(fit.params, *view.history, view.time)

    ends = np.arange(4, 27, 4)
    part = split(log.log, log.cut, None, 0.0)
    later = part.bought.day[part.bought.day > part.until] - part.until
    actual = np.array([(later <= 7 * end).sum() for end in ends])
    totals = np.diff([coming(end).sum() for end in ends], prepend=0), np.diff(actual, prepend=0)
    two_years = split(log.log, log.cut, log.cut + 7 * 104, 0.0)
    came, expected = tracking.after(two_years, fit, season)
    return np.abs(totals[0] - totals[1]).sum() / totals[1].sum(), np.abs(expected - came).mean()


def with_season(calendar):
    def job(log):
        found = seasonal.estimate(PARETO, log.before, log.summary, calendar(log), WEEK)
        four, each = errors(log, found.fit, found.season)
        return f"off {four:.1%} in four weeks, {each:.3f} a customer in two years"

    return job


def without(log):
    fit = face.fitted(PARETO, *log.history)
    four, each = errors(log, fit, None)
    return f"off {four:.1%} in four weeks, {each:.3f} a customer in two years"


def lifetimes_plain(log):
    from lifetimes import ParetoNBDFitter

    model = ParetoNBDFitter().fit(*log.history)
    ends = np.arange(4, 27, 4)
    later = log.days[log.days > log.cut] - log.cut
    actual = np.diff([(later <= 7 * end).sum() for end in ends], prepend=0)
    coming = model.conditional_expected_number_of_purchases_up_to_time
    totals = np.diff([np.sum(coming(end, *log.history)) for end in ends], prepend=0)
    return f"off {np.abs(totals - actual).sum() / actual.sum():.1%} in four weeks, without a season"


def characteristics(log):
    found = estimate(PARETO, *log.history, log.static)
    return f"log-likelihood {found.fit.loglik:.4f}"


def pymc_characteristics(log):
    import logging

    from pymc_marketing.clv import ParetoNBDModel

    logging.disable()
    names = ["gender", "channel"]
    data = pd.DataFrame(dict(zip(("frequency", "recency", "T"), log.history, strict=True)))
    data["customer_id"] = range(len(data))
    data[names] = log.static
    model = ParetoNBDModel(
        data=data, model_config={"purchase_covariate_cols": names, "dropout_covariate_cols": names}
    )
    model.fit(method="map", progressbar=False)
    found = model.fit_result
    of = {name: np.ravel(found[name]) for name in ("r", "alpha", "s", "beta")}
    params = tuple(column if column.size > 1 else float(column[0]) for column in of.values())
    module = face.module_of(PARETO)
    return f"log-likelihood {module.loglik_of_each(params, *log.history).sum():.4f}, with its priors"


JOBS = (
    ("plain", "ours", without),
    ("plain", "lifetimes", lifetimes_plain),
    ("season, the log's own column", "ours", with_season(lambda log: log.busy)),
    ("season, months", "ours", with_season(lambda log: MONTHS)),
    ("season", "lifetimes", None),
    ("season", "clvkit", None),
    ("season", "pymc_marketing", None),
    ("characteristics", "ours", characteristics),
    ("characteristics", "lifetimes", None),
    ("characteristics", "clvkit", None),
    ("characteristics", "pymc_marketing", pymc_characteristics),
)


def main():
    folder = os.environ.get("KLANTWAARDE_LOGS")
    if not folder:
        raise SystemExit("KLANTWAARDE_LOGS does not name the folder of the public logs.")
    warnings.simplefilter("ignore")  # lifetimes under a newer pandas
    log = Apparel(Path(folder))
    print(f"{'':<32}{'':<16}{'CPU s':>7}")
    for what, who, job in JOBS:
        if job is None:
            print(f"{what:<32}{who:<16}{'':>7}  cannot")
        elif who != "ours" and importlib.util.find_spec(who) is None:
            print(f"{what:<32}{who:<16}{'':>7}  not installed")
        else:
            print(f"{what:<32}{who:<16}{measured(job, log)}", flush=True)


def measured(job, log):
    """The median of the CPU seconds, and what was found."""
    try:
        said, times = job(log), []
        while len(times) < 3 and sum(times) < 30:
            remembered.forget()
            begin = time.process_time()
            said = job(log)
            times.append(time.process_time() - begin)
    except Exception as error:
        return f"{'':>7}  {type(error).__name__}: {str(error)[:80]}"
    return f"{statistics.median(times):>7.2f}  {said}"


if __name__ == "__main__":
    main()
