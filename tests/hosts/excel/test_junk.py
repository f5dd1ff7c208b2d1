"""Whatever a sheet holds, a cell shows a number, a text of ours, or an error: never a traceback."""

import datetime as dt
import math
import re
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from klantwaarde_xl.errors import BY_TEXT
from klantwaarde_xl.functions.registry import REGISTRY
from klantwaarde_xl.functions.spec import Kind
from klantwaarde_xl.hosts import excel
from tests.examples import examples

CELLS = st.one_of(
    st.none(),
    st.booleans(),
    st.text(max_size=8),
    st.sampled_from([*BY_TEXT, "", " ", "1.234", "31-12-2024", "=1+1", "12,5%"]),
    st.floats(),
    st.integers(),
    st.sampled_from([10**400, -(10**400), 2**63, Decimal("500.00"), Decimal("NaN")]),
    st.dates(),
    st.datetimes(),
    st.builds(object),
)
ROWS = st.lists(st.lists(CELLS, max_size=4), max_size=6)  # rows need not be equally long
ARGUMENTS = st.one_of(CELLS, ROWS, st.lists(CELLS, max_size=6))


# A table's own words come from its kernel; what may never be among them is Python's
PYTHON = re.compile(r"Traceback|Error\b|object at|<class|\bnan\b|\bNone\b")


def allowed(cell, given_texts, spec):
    if isinstance(cell, str):
        known = cell in BY_TEXT or cell.strip() in given_texts
        own_words = bool(spec.columns) or any(arg.kind is Kind.CELLS for arg in spec.args)
        return known or (own_words and not PYTHON.search(re.sub(r'".*"', "", cell)))
    return isinstance(cell, (bool, int, float, dt.date, Decimal)) or cell is None


def flat(value):
    return [one for part in value for one in flat(part)] if isinstance(value, (list, tuple)) else [value]


@pytest.mark.parametrize("spec", REGISTRY, ids=lambda spec: spec.name)
@settings(examples(20), suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_junk_never_raises_and_never_shows_a_traceback(spec, data):
    args = data.draw(st.lists(ARGUMENTS, max_size=len(spec.args) + 1))
    texts = {cell.strip() for cell in flat(args) if isinstance(cell, str)}
    texts |= {column.header for column in spec.columns} | set(spec.texts)
    texts |= {text for column in spec.columns for text in column.texts}
    for cell in flat(getattr(excel, spec.name)(*args)):
        assert allowed(cell, texts, spec), cell
        assert not (isinstance(cell, float) and not math.isfinite(cell)), cell
