"""Rows of ours stand in the engine as they were given, whatever is in them, and there may be none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from klantwaarde_xl.data.reading.sources.engine import connect, make_rows, make_view

TYPES = {"rij": "bigint", "v": "varchar", "x": "double"}
ROWS = st.lists(
    st.tuples(
        st.integers(-(2**62), 2**62),
        st.none() | st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")),
        st.none() | st.floats(allow_nan=False),
    )
)


@pytest.fixture(scope="module")
def con():
    return connect()


@given(rows=ROWS)
def test_they_are_read_back_in_order(con, rows):
    make_rows(con, "ours", TYPES, rows)
    assert con.execute("from ours").fetchall() == rows
    assert [one[:2] for one in con.execute("describe ours").fetchall()] == [
        (name, kind.upper()) for name, kind in TYPES.items()
    ]


def test_what_had_the_name_gives_way(con):
    make_view(con, "other", "select 1 as x")
    make_rows(con, "other", {"x": "double"}, [(2.5,)])
    assert con.execute("from other").fetchall() == [(2.5,)]


def test_a_row_that_is_too_short_is_no_row(con):
    with pytest.raises(ValueError, match="shorter"):
        make_rows(con, "ours", {"a": "varchar", "b": "varchar"}, [("x", "y"), ("z",)])
