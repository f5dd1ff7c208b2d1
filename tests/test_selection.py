"""What the short suite leaves out, and that nothing is left out of what was asked for."""

import pytest

from tests import selection


class Config:
    def __init__(self, *args, everything=False):
        self.args, self.everything = args, everything

    def getoption(self, name):
        assert name == "all_tests"
        return self.everything


@pytest.mark.parametrize(
    ("config", "expected"),
    [
        (Config("tests"), False),
        (Config("tests/data"), False),
        (Config("tests", everything=True), True),
        (Config("tests/test_selection.py"), True),
        (Config("tests/test_selection.py::test_x", "tests/conftest.py"), True),
        (Config("tests/test_selection.py", "tests/data"), False),
    ],
)
def test_files_that_are_named_are_run_whole(config, expected):
    assert selection.wants_all(config) is expected


class Item:
    def __init__(self, nodeid, *, slow=False):
        self.nodeid, self.slow = nodeid, slow

    def get_closest_marker(self, name):
        assert name == "slow"
        return self.slow


def test_the_first_and_the_last_example_stay_and_slow_tests_go():
    kept = [
        Item("tests/data/test_a.py::test_x[one]"),
        Item("tests/data/test_a.py::test_x[three]"),
        Item("tests/data/test_a.py::test_y[one]"),
        Item("tests/data/test_a.py::test_z"),
        Item("tests/kernels/test_a.py::test_x[one]"),
        Item("tests/kernels/test_a.py::test_x[two]"),
        Item("tests/kernels/test_a.py::test_x[three]"),
    ]
    out = [
        Item("tests/data/test_a.py::test_x[two]"),
        Item("tests/data/test_a.py::test_s", slow=True),
        Item("tests/kernels/test_a.py::test_s[one]", slow=True),
    ]
    items = [kept[0], out[0], *kept[1:], *out[1:]]
    assert selection.left_out(items) == out
