"""Logs of real and published customers, which are no part of the project."""

import os
from pathlib import Path

import pytest

FOLDER = "KLANTWAARDE_LOGS"


def public_log(name):
    """The path of a log; the test skips where the folder is not there."""
    folder = os.environ.get(FOLDER)
    if not folder:
        pytest.skip(f"no public logs: {FOLDER} does not name their folder")
    path = Path(folder) / name
    if not path.is_file():
        pytest.skip(f"{path} is not there")
    return path
