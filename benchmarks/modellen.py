"""What the probability models cost beside lifetimes, clvkit and pymc-marketing, and who finds the top.

    pip install klantwaarde-xl[test] clvkit==0.2.1 pymc-marketing
    python benchmarks/modellen.py           # everything, about twenty minutes
    python benchmarks/modellen.py --klein   # a tenth of the customers

Peers that are not installed are named and skipped. Every measurement runs in a fresh process of its
own, which reads its data from a file, does the job once on a few customers so that imports and first
calls do not count, and then up to three times on all of them (once if that took over half a minute).
It prints the median of the CPU seconds, processes it started included, the most memory the process
held, data and imports included, and the ratio to our own seconds (in the growth, to the seconds for a
tenth of the customers). All linear algebra runs on one thread. The last column is the log-likelihood
of each peer's parameters, by our own formula, minus that of ours: below zero is a worse fit. The CLVs
differ by half a month's interest: lifetimes discounts each month as a whole at its end, we from the
moment of purchase; in days its month has 30 of them.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
import warnings
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BUYING = (0.2426, 4.4136, 0.7929, 2.4259)  # BG/NBD of CDNOW, in weeks
PARETO = (0.5534, 10.578, 0.6061, 11.6562)  # Pareto/NBD of CDNOW, in weeks
SPEND = (6.25, 3.74, 15.44)  # Gamma-Gamma of CDNOW, in dollars
MILLION = 1_000_000
LOG_ROWS = 3 * MILLION
STEPS = {"weekly": 1.0, "daily": 1 / 7, "continuous": 1e-6}
WEEKS, AHEAD, MONTHS, MONTHLY = 78.0, 39.0, 12, 0.01
WEEKS_A_MONTH = 4.345  # of lifetimes
FEW, LONG = 2_000, 30.0
PEERS = {"lifetimes": "lifetimes", "clvkit": "clvkit", "pymc": "pymc_marketing"}


# ── the data, made once ─────────────────────────────────────────────────────────────────────


def make(file, kind, model, customers, step):
    import numpy as np

    sys.path.insert(0, str(ROOT))
    from tests.kernels.models import cdnow_sample, simulated

    params = PARETO if model == "paretonbd" else BUYING
    if kind == "cdnow":
        columns = cdnow_sample()
    else:
        columns = simulated(customers, params, model, weeks=WEEKS, step=step)
    if kind == "log":
        columns = transactions(*columns)
    np.savez(file, *columns)


def transactions(x, t_x, age):
    """Customer, day and amount of every purchase, in no order."""
    import numpy as np

    rng = np.random.default_rng(1)
    who = np.arange(x.size)
    # between the first purchase and the last the others lie anywhere
    between = np.repeat(who, np.maximum(x - 1, 0).astype(int))
    customer = np.concatenate([who, who[x > 0], between])
    since = np.concatenate([np.zeros(x.size), t_x[x > 0], t_x[between] * rng.uniform(size=between.size)])
    day = np.floor(7 * (WEEKS - age[customer] + since))
    p, q, v = SPEND
    mean = 1 / rng.gamma(q, 1 / v, x.size)
    amount = np.maximum(np.round(rng.gamma(p, mean[customer]), 2), 0.01)
    order = rng.permutation(customer.size)
    return customer[order], day[order], amount[order]


# ── the jobs: (columns) → what they found ───────────────────────────────────────────────────


def ours_fit(module):
    def job(x, t_x, age):
        from klantwaarde_xl import models

        fit = getattr(models, module).fit(x, t_x, age)
        return {"params": list(fit.params.values()), "converged": fit.converged}

    return job


def lifetimes_fit(name):
    def job(x, t_x, age):
        import lifetimes

        return {"params": list(getattr(lifetimes, name)().fit(x, t_x, age).params_)}

    return job


def clvkit_fit(name):
    def job(x, t_x, age):
        import clvkit
        import pandas as pd

        summary = pd.DataFrame({"frequency": x, "recency": t_x, "T": age})
        end = pd.Timestamp("1998-06-30")
        base = clvkit.CustomerBase(
            summary, time_unit="W", observation_period_end=end, has_monetary=False, on_negative="net"
        )
        return {"params": list(getattr(clvkit, name)().fit(base).params_)}

    return job


def pymc_fit(x, t_x, age):
    import logging

    import pandas as pd
    from pymc_marketing.clv import BetaGeoModel

    logging.disable()
    customers = {"customer_id": range(x.size), "frequency": x, "recency": t_x, "T": age}
    model = BetaGeoModel(data=pd.DataFrame(customers))
    model.fit(method="map", progressbar=False)
    return {"params": [float(model.fit_result[name].item()) for name in ("r", "alpha", "a", "b")]}


def ours_scores(x, t_x, age, params=BUYING, spend=None, weeks=1.0):
    """P(alive), expected purchases and CLV; weeks: how many a unit of time is."""
    import numpy as np

    from klantwaarde_xl.kernels.models.buying.bgnbd import BGNBD
    from klantwaarde_xl.models import gammagamma

    alive = BGNBD.p_alive(params, x, t_x, age)
    buys = BGNBD.conditional_expected(params, x, t_x, age, AHEAD / weeks)
    interest = np.log1p(MONTHLY) / WEEKS_A_MONTH * weeks
    times = BGNBD.discounted_expected(params, x, t_x, age, MONTHS * WEEKS_A_MONTH / weeks, interest)
    each, worth = (SPEND, np.full(x.size, 35.0)) if spend is None else spend
    value = times * gammagamma.conditional_mean_spend(each, x, worth)
    return {"alive": alive.sum(), "buys": buys.sum(), "clv": value.sum()}


def lifetimes_scores(x, t_x, age, model=None, spend=None, unit="W", weeks=1.0):
    import lifetimes
    import pandas as pd

    if model is None:
        model = lifetimes.BetaGeoFitter()
        model.params_ = pd.Series(dict(zip(("r", "alpha", "a", "b"), BUYING, strict=True)))
        model.predict = model.conditional_expected_number_of_purchases_up_to_time
    x, t_x, age = (pd.Series(column) for column in (x, t_x, age))
    alive = model.conditional_probability_alive(x, t_x, age)
    buys = model.predict(AHEAD / weeks, x, t_x, age)
    if spend is None:
        gamma = lifetimes.GammaGammaFitter()
        gamma.params_ = pd.Series(dict(zip(("p", "q", "v"), SPEND, strict=True)))
        spend = gamma, pd.Series(35.0, index=x.index)
    gamma, worth = spend
    value = gamma.customer_lifetime_value(
        model, x, t_x, age, worth, time=MONTHS, discount_rate=MONTHLY, freq=unit
    )
    return {"alive": alive.sum(), "buys": buys.sum(), "clv": value.sum()}


def ours_log(customer, day, amount):
    import numpy as np

    from klantwaarde_xl.kernels.models.buying.bgnbd import BGNBD
    from klantwaarde_xl.models import Unit, gammagamma, summarise

    rows = summarise(customer, day, amount, unit=Unit.DAY)
    data = rows.frequency, rows.recency, rows.T
    fit = BGNBD.fit(*data)
    worth = np.where(rows.frequency > 0, rows.mean_spend, 0.0)
    spend = gammagamma.fit(rows.frequency, worth)
    params = list(fit.params.values())
    return {"params": params, **ours_scores(*data, params, (spend.params, worth), 1 / 7)}


def lifetimes_log(customer, day, amount):
    import lifetimes
    import pandas as pd

    dates = pd.Timestamp("2020-01-01") + pd.to_timedelta(day, unit="D")
    log = pd.DataFrame({"customer": customer, "date": dates, "amount": amount})
    rows = lifetimes.utils.summary_data_from_transaction_data(log, "customer", "date", "amount", freq="D")
    data = rows["frequency"], rows["recency"], rows["T"]
    model = lifetimes.BetaGeoFitter().fit(*data)
    back = rows[rows["frequency"] > 0]
    spend = lifetimes.GammaGammaFitter().fit(back["frequency"], back["monetary_value"])
    scores = lifetimes_scores(*data, model, (spend, rows["monetary_value"]), "D", 1 / 7)
    return {"params": list(model.params_), **scores}


JOBS = {
    "ours bgnbd": ours_fit("bgnbd"),
    "ours mbgnbd": ours_fit("mbgnbd"),
    "ours paretonbd": ours_fit("paretonbd"),
    "lifetimes bgnbd": lifetimes_fit("BetaGeoFitter"),
    "lifetimes mbgnbd": lifetimes_fit("ModifiedBetaGeoFitter"),
    "lifetimes paretonbd": lifetimes_fit("ParetoNBDFitter"),
    "clvkit bgnbd": clvkit_fit("BGNBD"),
    "clvkit mbgnbd": clvkit_fit("MBGNBD"),
    "pymc bgnbd": pymc_fit,
    "ours scores": ours_scores,
    "lifetimes scores": lifetimes_scores,
    "ours log": ours_log,
    "lifetimes log": lifetimes_log,
}


# ── one measurement, in a process of its own ────────────────────────────────────────────────


def cpu():
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def run(name, file):
    import numpy as np

    warnings.simplefilter("ignore")  # lifetimes under a newer pandas
    columns = list(np.load(file).values())
    work = JOBS[name]
    with np.errstate(all="ignore"):
        few = columns[0] < FEW if name.endswith("log") else slice(FEW)
        try:
            work(*(column[few].copy() for column in columns))
        except Exception as error:
            if "onverge" not in type(error).__name__:  # a few customers need not have a best fit
                raise
        times = []
        while len(times) < 3 and sum(times) < LONG:
            begin = cpu()
            found = work(*columns)
            times.append(cpu() - begin)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    if "params" in found and not name.endswith("log"):
        from klantwaarde_xl import models

        found["loglik"] = getattr(models, name.split()[1]).loglik(found["params"], *columns).sum()
    found = {key: value if isinstance(value, (list, bool)) else float(value) for key, value in found.items()}
    print(json.dumps({**found, "cpu": statistics.median(times), "runs": len(times), "memory": memory}))


def child(*arguments):
    """What this script prints last in a fresh process; nothing where it fails, and why on the screen."""
    one = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
    command = [sys.executable, str(Path(__file__).resolve()), *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, env={**os.environ, **one}, check=False)
    if done.returncode:
        print(f"    {' '.join(map(str, arguments[1:2]))}: {done.stderr.strip().splitlines()[-1][:90]}")
        return None
    return json.loads(done.stdout.splitlines()[-1]) if done.stdout.strip() else {}


# ── the tables ──────────────────────────────────────────────────────────────────────────────


class Bench:
    def __init__(self, folder, part):
        self.folder, self.part = Path(folder), part
        self.there = {name for name, module in PEERS.items() if importlib.util.find_spec(module)}

    def data(self, kind, model="bgnbd", customers=0, step=1.0):
        file = self.folder / f"{kind}_{model}_{customers}_{step:.3g}.npz"
        if not file.exists():
            child("--maak", file, kind, model, customers, step)
        return file

    def compare(self, label, job, file, peers=("lifetimes",)):
        """Print our cost, and that of the peers beside it."""
        ours = child("--taak", f"ours {job}", file)
        self.line(label, "ours", ours, ours)
        for peer in peers:
            if peer in self.there:
                self.line("", peer, child("--taak", f"{peer} {job}", file), ours)
        return ours

    @staticmethod
    def line(label, who, found, ours):
        if not found:
            return
        ratio = found["cpu"] / ours["cpu"] if ours else float("nan")
        words = (
            f"{label:<34}{who:<11}{found['cpu']:>9.3f}{found['runs']:>3}{found['memory']:>8.0f}{ratio:>8.1f}×"
        )
        if "loglik" in found and who != "ours":
            words += f"{found['loglik'] - ours['loglik']:>14.4f}"
        if "clv" in found:
            words += f"   alive {found['alive']:.0f}, buys {found['buys']:.0f}, CLV {found['clv']:.0f}"
        print(words + ("" if found.get("converged", True) else "   NOT CONVERGED"), flush=True)

    @staticmethod
    def head(title):
        print(f"\n{title}\n{'':<45}{'CPU s':>9}{'×':>3}{'MB':>8}{'ratio':>9}")

    def fits(self):
        size = MILLION // self.part
        for model in ("bgnbd", "mbgnbd"):
            self.head(f"{model.upper()[:-3]}/NBD, fit of {size:,} customers")
            for name, step in STEPS.items():
                self.compare(name, model, self.data("fit", model, size, step))
            few = self.data("fit", model, size // 10, 1.0)
            slow = ("lifetimes", "clvkit", "pymc") if model == "bgnbd" else ("lifetimes", "clvkit")
            self.compare(f"weekly, {size // 10:,} (peers are slow)", model, few, slow)

    def grows(self):
        self.head("BG/NBD, growth: each ten times the customers")
        for name, step in STEPS.items():
            last = None
            for size in (MILLION // 10, MILLION, 10 * MILLION):
                found = child("--taak", "ours bgnbd", self.data("fit", "bgnbd", size // self.part, step))
                self.line(f"{name}, {size // self.part:,}", "ours", found, last or found)
                last = found or last

    def pareto(self):
        size = MILLION // self.part
        self.head(f"Pareto/NBD, fit of {size:,} customers and of fewer, for lifetimes takes long")
        for name, step in STEPS.items():
            self.compare(name, "paretonbd", self.data("fit", "paretonbd", size, step), ())
        self.compare("CDNOW", "paretonbd", self.data("cdnow"))
        for name, few in (("weekly", 50_000), ("daily", 20_000), ("continuous", 5_000)):
            file = self.data("fit", "paretonbd", few // self.part, STEPS[name])
            self.compare(f"{name}, {few // self.part:,}", "paretonbd", file)

    def scores(self):
        size = MILLION // self.part
        self.head(f"BG/NBD, P(alive), purchases in {AHEAD:.0f} weeks and CLV of {size:,} customers")
        for name, step in STEPS.items():
            self.compare(name, "scores", self.data("fit", "bgnbd", size, step))

    def log(self):
        rows = LOG_ROWS // self.part
        self.head(f"From a log of about {rows:,} transactions: summary, two fits, three scores")
        self.compare("", "log", self.data("log", "bgnbd", int(rows / 2.55), STEPS["continuous"]))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--klein", action="store_true", help="a tenth of the customers")
    parser.add_argument("--deel", choices=("fits", "grows", "pareto", "scores", "log"), help="one table only")
    parser.add_argument("--taak", nargs=2, help=argparse.SUPPRESS)
    parser.add_argument("--maak", nargs=5, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.taak:
        return run(*chosen.taak)
    if chosen.maak:
        file, kind, model, customers, step = chosen.maak
        return make(file, kind, model, int(customers), float(step))
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(folder, 10 if chosen.klein else 1)
        missing = sorted(set(PEERS) - bench.there)
        print(f"Not installed, so not compared: {', '.join(missing)}" if missing else "All peers are here.")
        for part in (chosen.deel,) if chosen.deel else ("fits", "grows", "pareto", "scores", "log"):
            getattr(bench, part)()
    return None


if __name__ == "__main__":
    main()
