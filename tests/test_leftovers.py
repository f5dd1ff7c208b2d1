"""What a run needs for a while goes with it, and what a killed run left goes with the next one."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from klantwaarde_xl import leftovers
from klantwaarde_xl.data.reading.files import read_transactions

HELD = """
import os, sys
from klantwaarde_xl.leftovers import scratch
with scratch() as folder:
    (folder / "klanten.csv").write_text("geheim")
    print(folder, flush=True)
    os.kill(os.getpid(), 9)
"""


@pytest.fixture
def temporary(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    leftovers._tidy.cache_clear()
    yield tmp_path
    leftovers._tidy.cache_clear()


def test_a_folder_goes_with_what_needed_it(temporary):
    with leftovers.scratch() as folder:
        (folder / "a").write_text("x")
        assert folder.parent == temporary
    assert list(temporary.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="Windows does not tell whether a process still runs")
def test_reading_removes_what_a_killed_run_left_with_customers_in_it(temporary, tmp_path_factory):
    killed = subprocess.run(
        [sys.executable, "-c", HELD],
        capture_output=True,
        text=True,
        env={**os.environ, "TMPDIR": str(temporary)},
        check=False,
    )
    left = Path(killed.stdout.strip())
    assert (left / "klanten.csv").is_file()
    mine = [
        temporary / name
        for name in ("klantwaarde-demo", "klantwaarde-XL", "klantwaarde-overzicht-2025-nieuw")
    ]
    for folder in mine:
        folder.mkdir()
        os.utime(folder, (0, 0))
    path = tmp_path_factory.mktemp("x") / "o.csv"
    path.write_text("klant;datum;bedrag\na;1-2-2025;3\n")
    read_transactions(path)
    assert not left.exists()
    assert all(folder.is_dir() for folder in mine)


def test_what_a_run_that_goes_on_needs_stays(temporary):
    with leftovers.scratch() as folder:
        leftovers.remove_leftovers(temporary, "klantwaarde-*")
        assert folder.is_dir()
