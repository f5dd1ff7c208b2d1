"""What a fit costs on logs at the edge of what the models can tell, and what the answer is.

    pip install klantwaarde-xl[test]
    python benchmarks/grenzen.py             # about a minute
    python benchmarks/grenzen.py --miljoen   # a million customers too

CPU seconds of one fit, each in turn in this process, after one fit that loads what is needed; lifetimes'
BG/NBD beside ours, where it converges. The logs are those of tests/kernels/models/test_boundary_logs.py.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import sys
import time
import warnings
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from klantwaarde_xl.kernels.models.estimate import cache
from tests.kernels.models import cdnow_sample, simulated
from tests.kernels.models.test_boundary_logs import LOGS, MODELS, spread_rates
from tests.kernels.models.test_limits import loyal


def theirs(data):
    """Seconds of lifetimes, and whether it found anything."""
    try:
        from lifetimes import BetaGeoFitter
    except ImportError:
        return "not installed"
    begin = time.process_time()
    try:
        with contextlib.redirect_stdout(io.StringIO()):  # it prints what its search found
            BetaGeoFitter().fit(*data)
    except Exception as error:
        return f"{time.process_time() - begin:6.2f} {type(error).__name__}"
    return f"{time.process_time() - begin:6.2f}"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--miljoen", action="store_true", help="a million customers too")
    logs = {"CDNOW, a good fit": cdnow_sample, **{name: make for name, (make, _) in LOGS.items()}}
    if parser.parse_args().miljoen:
        logs["a million, a good fit"] = lambda: simulated(1_000_000, (0.24, 4.4, 0.8, 2.5))
        logs["a million who never stop"] = lambda: loyal(1_000_000, 1, spread_rates(25))
    warnings.simplefilter("ignore")  # lifetimes under a newer pandas
    for model in MODELS.values():
        model.fit(*cdnow_sample())
    print(f"{'':<50}{'CPU s':>7}  answer")
    for name, make in logs.items():
        data = make()
        for model in MODELS.values():
            cache.remembered.forget()
            begin = time.process_time()
            fit = model.fit(*data)
            seconds, answer = time.process_time() - begin, fit.model if fit.converged else fit.message
            print(f"{name:<38}{model.TITLE:<12}{seconds:>7.2f}  {answer}", flush=True)
        print(f"{name:<38}{'lifetimes':<12}{theirs(data):>7}", flush=True)


if __name__ == "__main__":
    main()
