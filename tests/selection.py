"""Which tests the suite runs: all with --all; else none that is slow, and of costly examples two of each test.

`.ci/run` asks for all. Who works on the house waits three minutes instead of fifteen, and names the files of
what he touches: of a file that is named everything runs.
"""

from pathlib import Path

_OF_CALC = {"calc", "calc_host"}  # fixtures
# An example in these rooms reads a file, makes a workbook or asks a program
_COSTLY = ("tests/cli/", "tests/data/", "tests/hosts/", "tests/reports/", "tests/workbook/")


def wants_all(config):
    """Whether everything was asked for: by the option, or because files were named."""
    named = [Path(one.partition("::")[0]) for one in config.args]
    return config.getoption("all_tests") or all(one.is_file() for one in named)


def left_out(items):
    """The tests that the short suite leaves out."""
    examples = {}
    for item in items:
        if item.nodeid.startswith(_COSTLY):
            examples.setdefault(item.nodeid.partition("[")[0], []).append(item)
    between = {id(item) for ones in examples.values() for item in ones[1:-1]}
    return [item for item in items if id(item) in between or item.get_closest_marker("slow")]


def with_calc_first(items):
    """The tests, those of files that ask Calc before all others: one worker has them all and starts it once.

    A worker begins with a share of the list as it stands; others take from the end of what he has left.
    """
    asking = {item.path for item in items if _OF_CALC.intersection(item.fixturenames)}
    return sorted(items, key=lambda item: item.path not in asking)
