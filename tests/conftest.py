"""Fixtures that every test folder may use."""

import datetime as dt
import os

import hypothesis
import pytest

from klantwaarde_xl.cli.demo import INPUTS
from klantwaarde_xl.data.reading.files import read_transactions
from klantwaarde_xl.data.sample import sample_csv, sample_orders
from klantwaarde_xl.workbook.build import build_workbook
from klantwaarde_xl.workbook.templates import templates
from tests.hosts.libreoffice.calc import calc, calc_host, calc_profile, sheet, worker_python

__all__ = ["calc", "calc_host", "calc_profile", "sheet", "worker_python"]

# CI judges a change, so it tries the same examples every time; at home they differ on every run
hypothesis.settings.register_profile("ci", derandomize=True, deadline=None)
hypothesis.settings.register_profile("home", deadline=None)
hypothesis.settings.load_profile("ci" if os.environ.get("CI") else "home")

NOW = dt.datetime(2026, 11, 27, 9, 30)


@pytest.fixture(scope="session")
def shop_csv(tmp_path_factory):
    """The export of a small invented webshop."""
    path = tmp_path_factory.mktemp("winkel") / "webshop.csv"
    path.write_text(sample_csv(sample_orders(customers=300)), encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def shop_bytes(shop_csv):
    """The dashboard made from that export."""
    transactions = read_transactions(shop_csv)
    package = build_workbook(templates()["dashboard"], transactions, now=NOW, inputs=INPUTS)
    return package.to_bytes()


@pytest.fixture(scope="session")
def larger_csv(tmp_path_factory):
    """The export of a shop with customers enough to fit every model halfway."""
    path = tmp_path_factory.mktemp("grotere winkel") / "webshop.csv"
    path.write_text(sample_csv(sample_orders(customers=1200)), encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def forecast_bytes(larger_csv):
    """The forecast made from that export."""
    transactions = read_transactions(larger_csv)
    package = build_workbook(templates()["prognose"], transactions, now=NOW, inputs=INPUTS)
    return package.to_bytes()


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
