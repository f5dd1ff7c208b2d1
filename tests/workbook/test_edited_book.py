"""A user edits a workbook in two programs between refreshes: all stays with its customer, every figure is right.

A few short lives here; `benchmarks/bewerkingen.py` tries as many as there is time for.
"""

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.workbook.edited_book import lives_of

FEW = settings(max_examples=2, stateful_step_count=5, suppress_health_check=list(HealthCheck))
FEWER = settings(FEW, max_examples=2, stateful_step_count=3)


@pytest.mark.slow
def test_what_a_user_made_in_two_programs_stays_with_its_customer(calc):
    run_state_machine_as_test(lives_of("rfm-segmenten", calc), settings=FEW)


@pytest.mark.slow
def test_what_a_user_made_on_the_dashboard_stays_and_its_months_are_those_of_the_orders():
    run_state_machine_as_test(lives_of("dashboard"), settings=FEWER)
