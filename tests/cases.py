"""The registry's examples and failures as test cases, and how results are compared."""

import math
import re

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


def by_function(cases):
    """The cases of each function as one parameter: to run a test for each costs more than most of them."""
    found = {}
    for case in cases:
        found.setdefault(case.values[0].name, []).append(case.values)
    return [pytest.param(values, id=name) for name, values in found.items()]


# What a search finds ends where the slope is lost in rounding. Over OpenBLAS's kernels for Haswell,
# Sandy Bridge, Nehalem and Skylake-X, with and without AVX of numpy's own, the figures of the shipped
# forecast differ by 1.1e-8 of themselves at most, nearly all by 1e-10. A hundred times that leaves room
# for other libraries; the digits of a figure that somebody reads, five or six, are all compared.
FOUND = 1e-6
EXACT = 1e-9  # what needs no search

_FIGURE = re.compile(r"\d+(?:,\d+)?")


def same(got, wanted, rel=EXACT, least=1e-12):
    """Whether a cell or a spilled table is the wanted one, numbers to a relative tolerance.

    least: absolute difference that is none. A text is the same to the letter; with a tolerance for
    what a search finds, a figure in it may be one off in the last digit shown.
    """
    if isinstance(wanted, (list, tuple)):
        return (
            isinstance(got, (list, tuple))
            and len(got) == len(wanted)
            and all(same(g, w, rel, least) for g, w in zip(got, wanted, strict=True))
        )
    if isinstance(wanted, float) and isinstance(got, (int, float)) and not isinstance(got, bool):
        return math.isclose(got, wanted, rel_tol=rel, abs_tol=least)
    if isinstance(wanted, str) and isinstance(got, str) and rel > EXACT:
        return _same_words(got, wanted)
    return got == wanted


def _same_words(got, wanted):
    """Whether two texts are the same but for the last digit of the figures in them."""
    if got == wanted:
        return True
    if _FIGURE.sub("#", got) != _FIGURE.sub("#", wanted):
        return False
    pairs = zip(_FIGURE.findall(got), _FIGURE.findall(wanted), strict=True)
    return all(_one_off(*pair) for pair in pairs)


def _one_off(got, wanted):
    if "," not in wanted:
        return got == wanted  # a count, a year, part of a name
    digits = [len(one.partition(",")[2]) for one in (got, wanted)]
    numbers = [int(one.replace(",", "")) for one in (got, wanted)]
    return digits[0] == digits[1] and abs(numbers[0] - numbers[1]) <= 1
