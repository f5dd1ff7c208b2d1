"""The functions as LAMBDAs in a second engine, and each fault of that engine around which they are written."""

from __future__ import annotations

from pathlib import Path

from klantwaarde_xl.functions.lambdas.definition import lambdas
from klantwaarde_xl.functions.registry import REGISTRY
from tests.functions.purchase_log import questions
from tests.functions.univer import FAULT_IN_LAMBDA, UNREAD, Sheet, second_engine


def test_another_engine_gives_what_the_kernels_give(tmp_path: Path) -> None:
    second_engine()
    sheet = Sheet()
    for name in lambdas():
        for one in (*REGISTRY[name].examples, *REGISTRY[name].failures):
            sheet.add(name, one.args)
    assert not sheet.different(tmp_path)


def test_a_log_of_purchases_gives_the_kernels_tables_there_too(tmp_path: Path) -> None:
    second_engine()
    sheet = Sheet()
    for name, args in questions(60):
        sheet.add(name, args)
    assert not sheet.different(tmp_path)


def test_every_fault_of_the_engine_that_is_written_around_is_still_there(tmp_path: Path) -> None:
    second_engine()
    faults = (*UNREAD, FAULT_IN_LAMBDA)
    sheet = Sheet([])
    for fault in faults:
        sheet.formula(fault.formula)
    assert not [
        fault for fault, ((got,),) in zip(faults, sheet.values(tmp_path), strict=True) if got == fault.wanted
    ]
