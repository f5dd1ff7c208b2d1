"""The functions where nothing but numpy and scipy can be had, such as Python in a browser (xlwings Lite)."""

import json
import subprocess
import sys

import pytest

# Each library of the product but those two is refused; then every function computes its first example
ALONE = """
import json, re, sys
from importlib import metadata

needed = [re.split(r"[^A-Za-z0-9._-]", one)[0] for one in metadata.requires("klantwaarde-xl") if "extra ==" not in one]
refused = {name.replace("-", "_").lower() for name in needed} - {"numpy", "scipy"}

class Refuse:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in refused:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)

sys.meta_path.insert(0, Refuse())
from klantwaarde_xl.errors import CellError
from klantwaarde_xl.functions.adapter.call import call
from klantwaarde_xl.functions.registry import REGISTRY

def cells(value):
    return [list(one) if isinstance(one, tuple) else one for one in value] if isinstance(value, tuple) else value

wrong = []
for spec in REGISTRY:
    example = spec.examples[0]
    result = call(spec, [cells(one) for one in example.args], render=lambda error: error)
    first = result[0][0] if isinstance(result, list) else result
    expected = not isinstance(example.result, CellError) and isinstance(first, CellError)
    if expected:
        wrong.append(spec.name)
print(json.dumps([len(list(REGISTRY)), sorted(refused), wrong]))
"""


@pytest.fixture(scope="module")
def alone():
    done = subprocess.run([sys.executable, "-c", ALONE], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_every_function_computes_with_numpy_and_scipy_alone(alone):
    count, refused, wrong = alone
    assert count > 100
    assert {"pandas", "duckdb", "lxml", "xlwings", "ironcalc"} <= set(refused)
    assert wrong == []
