"""A user edits a workbook that stands open in Excel: all stays with its customer, every figure is right.

A few short lives here; `benchmarks/bewerkingen.py` tries as many as there is time for.
"""

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.hosts.excel.edited_open_book import (
    EditedOpenBook,
    by_a_client,
    by_excel_for_windows,
    with_one_order,
)

FEW = settings(max_examples=2, stateful_step_count=5, suppress_health_check=list(HealthCheck))


@pytest.fixture(scope="module")
def package(tmp_path_factory):
    return with_one_order(tmp_path_factory.mktemp("open"))


@pytest.mark.slow
def test_through_the_objects_of_excel_for_windows(classic, package):
    refresh = by_excel_for_windows(classic)
    run_state_machine_as_test(lambda: EditedOpenBook(package, True, refresh), settings=FEW)


@pytest.mark.slow
def test_through_a_client_that_replays_actions(server, package):
    refresh = by_a_client(server)
    run_state_machine_as_test(lambda: EditedOpenBook(package, False, refresh), settings=FEW)
