"""The functions as LAMBDAs in a second engine: what differs is declared, with the reason, one function at a time."""

from __future__ import annotations

from pathlib import Path

import pytest

from klantwaarde_xl.functions.lambdas.definition import lambdas
from klantwaarde_xl.functions.registry import REGISTRY
from tests.functions.univer import (
    BESIDE_OTHERS,
    CLOSURE,
    EVERY_ROW,
    FAULT_IN_LAMBDA,
    SECOND_COMPARISON,
    UNREAD,
    Sheet,
    second_engine,
)

DIFFERENCES = {
    "CLVTOTAAL": BESIDE_OTHERS,
    "OMZETVERDELING": SECOND_COMPARISON,
    "WINSTPERGROEP": SECOND_COMPARISON,
    "CACPERKANAAL": SECOND_COMPARISON,
    "VERWACHTINGSKLOOF": SECOND_COMPARISON,
    "PARETOAANDEEL": SECOND_COMPARISON,
    "TERUGVERDIENTIJD": CLOSURE,
    "HERHAALAANKOOP": EVERY_ROW,
    "CLVPERKLANT": EVERY_ROW,
    "COHORTTABEL": EVERY_ROW,
    "RETENTIECURVE": EVERY_ROW,
    "KLANTSTROOM": EVERY_ROW,
    "AANKOOPINTERVAL": EVERY_ROW,
    "AFHAAKTABEL": EVERY_ROW,
    "AANKOPENPERKLANT": EVERY_ROW,
    "RFM": EVERY_ROW,
    "ABCKLASSEN": EVERY_ROW,
}


@pytest.fixture(scope="module")
def different(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    second_engine()
    sheet = Sheet()
    for name in lambdas():
        for one in (*REGISTRY[name].examples, *REGISTRY[name].failures):
            sheet.add(name, one.args)
    return sheet.different(tmp_path_factory.mktemp("univer"))


def test_another_engine_gives_what_the_kernels_give_but_for_what_is_declared(
    different: dict[str, list[str]],
) -> None:
    assert not {name: calls[:2] for name, calls in different.items() if name not in DIFFERENCES}


def test_each_declared_difference_is_still_there(different: dict[str, list[str]]) -> None:
    assert not set(DIFFERENCES) - set(different)


def test_what_differs_beside_others_is_right_on_a_sheet_of_its_own(tmp_path: Path) -> None:
    second_engine()
    for name in (one for one, kind in DIFFERENCES.items() if kind is BESIDE_OTHERS):
        sheet = Sheet([lambdas()[name]])
        for one in (*REGISTRY[name].examples, *REGISTRY[name].failures):
            sheet.add(name, one.args)
        assert not sheet.different(tmp_path)


def test_every_kind_of_difference_is_still_there(tmp_path: Path) -> None:
    second_engine()
    kinds = [one for one in {*UNREAD, FAULT_IN_LAMBDA, *DIFFERENCES.values()} if one.formula]
    sheet = Sheet([])
    for kind in kinds:
        sheet.formula(kind.formula)
    assert not [
        kind for kind, ((got,),) in zip(kinds, sheet.values(tmp_path), strict=True) if got == kind.wanted
    ]
