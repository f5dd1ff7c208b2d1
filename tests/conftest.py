"""How the tests run beside each other, and fixtures that every test folder may use."""

import datetime as dt
import gc
import os
from pathlib import Path

if "PYTEST_XDIST_WORKER" in os.environ:  # a core each: threads of one worker only hinder the other
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
# Planning a hundred thousand small queries is taking and giving back memory, of which glibc keeps little at hand;
# it asks for this when a process starts, so it is for the workers
os.environ.setdefault("GLIBC_TUNABLES", "glibc.malloc.tcache_count=2000")

import hypothesis
import pytest

from klantwaarde_xl.cli.demo import INPUTS
from klantwaarde_xl.data.reading import files
from klantwaarde_xl.data.reading.files import read_transactions
from klantwaarde_xl.data.reading.workbooks import workbook
from klantwaarde_xl.data.sample import sample_csv, sample_orders
from klantwaarde_xl.workbook import build, ironcalc
from tests import drawn, engines, forked, selection
from tests.between_workers import made_once
from tests.books import package_of
from tests.hosts.libreoffice.calc import calc, calc_host, calc_profile, sheet, worker_python

__all__ = ["calc", "calc_host", "calc_profile", "sheet", "worker_python"]

# Everyone tries the same examples, so that a suite that passed passes anywhere, and few; who looks for new
# faults adds --hypothesis-profile=explore, as .ci/matrix does
hypothesis.settings.register_profile("same", derandomize=True, deadline=None, max_examples=25)
hypothesis.settings.register_profile("explore", deadline=None)
hypothesis.settings.load_profile("same")


files.connect = engines.connect
ironcalc.subprocess = workbook.subprocess = forked
build.skeleton = drawn.once(build.skeleton)

MOST_WORKERS = 8  # each one makes the workbooks and starts a LibreOffice for itself


def pytest_xdist_auto_num_workers(config):
    """A worker for each core; none for the tests of one file, which are sooner ready without.

    One more where everything runs: LibreOffice, Wine and servers of databases keep others waiting.
    """
    asked = {Path(one.partition("::")[0]) for one in config.args}
    if len(asked) == 1 and asked.pop().is_file():
        return 0
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(cores + selection.wants_all(config), MOST_WORKERS) if cores > 1 else 0


def pytest_addoption(parser):
    """What the suite leaves out unless it is asked for."""
    parser.addoption(
        "--all", action="store_true", dest="all_tests", help="also what is slow, with all examples"
    )


def pytest_collection_modifyitems(config, items):
    """Workers agree on a test by its name, so no name holds what differs between two runs."""
    fleeting = [item.nodeid for item in items if " at 0x" in item.nodeid]
    if fleeting:
        raise pytest.UsageError(f"give these tests ids without an address in memory: {fleeting}")
    out = [] if selection.wants_all(config) else selection.left_out(items)
    if out:
        config.hook.pytest_deselected(items=out)
        gone = set(map(id, out))
        items[:] = [item for item in items if id(item) not in gone]
    if "PYTEST_XDIST_WORKER" in os.environ:
        items[:] = selection.with_calc_first(items)


def pytest_unconfigure():
    """The processes that stood by for the tests end with them."""
    forked.end()


# Fourteen thousand tests are no garbage: to look for it among them at every turn takes a twentieth of the time
gc.set_threshold(10_000, 20, 20)

NOW = dt.datetime(2026, 11, 27, 9, 30)


@pytest.fixture(scope="session")
def shop_csv(tmp_path_factory):
    """The export of a small invented webshop."""
    path = tmp_path_factory.mktemp("winkel") / "webshop.csv"
    path.write_text(sample_csv(sample_orders(customers=300)), encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def shop_bytes(tmp_path_factory, shop_csv):
    """The dashboard made from that export."""

    def make():
        return package_of("dashboard", read_transactions(shop_csv), now=NOW, inputs=INPUTS).to_bytes()

    return made_once(tmp_path_factory, "winkel.xlsx", make)


@pytest.fixture(scope="session")
def larger_csv(tmp_path_factory):
    """The export of a shop with customers enough to fit every model halfway."""
    path = tmp_path_factory.mktemp("grotere winkel") / "webshop.csv"
    path.write_text(sample_csv(sample_orders(customers=1200)), encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def forecast_bytes(tmp_path_factory, larger_csv):
    """The forecast made from that export."""

    def make():
        return package_of("prognose", read_transactions(larger_csv), now=NOW, inputs=INPUTS).to_bytes()

    return made_once(tmp_path_factory, "prognose.xlsx", make)


@pytest.fixture
def forecast_book(tmp_path, forecast_bytes):
    """A fresh copy of that forecast, for a test to change."""
    path = tmp_path / "prognose.xlsx"
    path.write_bytes(forecast_bytes)
    return path


@pytest.fixture
def dashboard(tmp_path, shop_bytes):
    """A fresh copy of that dashboard, for a test to change."""
    path = tmp_path / "dashboard.xlsx"
    path.write_bytes(shop_bytes)
    return path
