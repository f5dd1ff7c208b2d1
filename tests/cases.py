"""The registry's examples and failures as test cases, and how results are compared."""

import math

import pytest

from klantwaarde_xl.functions.registry import REGISTRY

EXAMPLES = [
    pytest.param(spec, example, id=f"{spec.name}-{i}")
    for spec in REGISTRY
    for i, example in enumerate(spec.examples)
]
FAILURES = [
    pytest.param(spec, failure, id=f"{spec.name}-{failure.error.name}-{i}")
    for spec in REGISTRY
    for i, failure in enumerate(spec.failures)
]


def same(got, wanted, rel=1e-9):
    """Whether a cell or a spilled table is the wanted one, numbers to a relative tolerance."""
    if isinstance(wanted, (list, tuple)):
        return (
            isinstance(got, (list, tuple))
            and len(got) == len(wanted)
            and all(same(g, w, rel) for g, w in zip(got, wanted, strict=True))
        )
    if isinstance(wanted, float) and isinstance(got, (int, float)) and not isinstance(got, bool):
        return math.isclose(got, wanted, rel_tol=rel, abs_tol=1e-12)
    return got == wanted
