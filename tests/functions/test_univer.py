"""The functions as LAMBDAs in a second engine, and each fault of that engine around which they are written."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TypeVar

import pytest

from klantwaarde_xl.functions.lambdas.definition import lambdas
from klantwaarde_xl.functions.registry import REGISTRY
from tests.examples import times
from tests.functions.purchase_log import questions
from tests.functions.univer import FAULT_IN_LAMBDA, UNREAD, Sheet, second_engine

T = TypeVar("T")


def some_of(given: Sequence[T]) -> list[T]:
    """The first and the last, as the first engine has them all; all of them for who looks for faults."""
    return list(given) if times(1) > 1 else list(given[:1]) + list(given[1:][-1:])


@pytest.mark.slow
def test_another_engine_gives_what_the_kernels_give(tmp_path: Path) -> None:
    second_engine()
    sheet = Sheet()
    for name in lambdas():
        for one in (*some_of(REGISTRY[name].examples), *some_of(REGISTRY[name].failures)):
            sheet.add(name, one.args)
    assert not sheet.different(tmp_path)


@pytest.mark.slow
def test_a_log_of_purchases_gives_the_kernels_tables_there_too(tmp_path: Path) -> None:
    second_engine()
    sheet = Sheet()
    for name, args in questions(60):
        sheet.add(name, args)
    assert not sheet.different(tmp_path)


@pytest.mark.slow
def test_every_fault_of_the_engine_that_is_written_around_is_still_there(tmp_path: Path) -> None:
    second_engine()
    faults = (*UNREAD, FAULT_IN_LAMBDA)
    sheet = Sheet([])
    for fault in faults:
        sheet.formula(fault.above or "=0")
        sheet.formula(fault.formula)
    got = [one for ((one,),) in sheet.values(tmp_path)][1::2]
    assert not [fault for fault, value in zip(faults, got, strict=True) if value == fault.wanted]


def test_what_a_formula_above_spoils_is_right_without_it(tmp_path: Path) -> None:
    second_engine()
    spoiled = [fault for fault in UNREAD if fault.above]
    sheet = Sheet([])
    for fault in spoiled:
        sheet.formula(fault.formula)
    assert [one for ((one,),) in sheet.values(tmp_path)] == [fault.wanted for fault in spoiled]
