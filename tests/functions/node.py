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

_OLDEST = 18


def missing(reason: str) -> NoReturn:
    """Skip the test, or fail it when hosts are required."""
    if os.environ.get("KLANTWAARDE_REQUIRE_HOSTS"):
        pytest.fail(reason)
    pytest.skip(reason)


def node() -> str:
    """The program; skips where it is missing or too old."""
    found = shutil.which("node")
    if found is None:
        missing("node is not on the path")
    shown = subprocess.run([found, "--version"], capture_output=True, text=True, check=True).stdout
    if int(shown.strip().lstrip("v").partition(".")[0]) < _OLDEST:
        missing(f"node {_OLDEST} or later is needed, found {shown.strip()}")
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
