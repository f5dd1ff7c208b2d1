"""Windows' own Python under Wine, with the folder of the zip in it, as fixtures.

Wanted are `wine`, and a folder with the packages of the lock in the environment variable
KLANTWAARDE_WINDOWS (`.ci/windows-packages` fills one). Without them the tests skip; with
KLANTWAARDE_REQUIRE_HOSTS set that is a failure. What needs a newer Wine than Debian's skips aloud.
"""

import json
import os
import re
import shutil
import subprocess
from pathlib import Path, PureWindowsPath

import pytest

from klantwaarde_xl.hosts.excel.addin.build import addin_modules
from klantwaarde_xl.hosts.excel.bundle.build import FOLDER, lay_out
from klantwaarde_xl.hosts.excel.bundle.lock import lock, read_lock

PATIENCE = 300  # seconds; starting a Python takes Wine long
AT_ONCE = 100  # less than xlwings' library waits for a Python that never comes
PACKAGES = "KLANTWAARDE_WINDOWS"
STARTS = re.compile(r'XLPyDLLActivateAuto\(Found, ("[^\n]*"), 1\)')


def wine_lock():
    """The product's lock, with what Wine can run."""
    instead = read_lock(Path(__file__).with_name("wine.lock").read_text(encoding="utf-8"))
    names = {one.name for one in instead}
    return [*instead, *(one for one in lock() if one.name not in names)]


def start_command(program):
    """The command by which our VBA starts Python, as it stands in the add-in."""
    (expression,) = STARTS.findall(addin_modules()["KwPython"])
    texts = [part if part == "Path" else part[1:-1].replace('""', '"') for part in expression.split(" & ")]
    return "".join(str(program) if text == "Path" else text for text in texts)


def windows_path(path):
    return PureWindowsPath("Z:" + str(path).replace("/", "\\"))


class Windows:
    """A Wine of its own, and in it the unpacked folder of the zip."""

    def __init__(self, wine, folder):
        self._wine, self._folder = wine, folder
        # A user's name with a blank and an accent, as they have
        self.unpacked = folder / "Jan é Spatie" / FOLDER
        self.python = self.unpacked / "python"

    def _environment(self):
        environment = {
            **os.environ,
            "WINEPREFIX": str(self._folder / "prefix"),
            "WINEDEBUG": "-all",
            "WINEDLLOVERRIDES": "mscoree,mshtml=",  # asks for no download
            "LC_ALL": "C.UTF-8",
            "PYTHONUTF8": "1",
        }
        for name in ("DISPLAY", "PYTHONPATH", "PYTHONHOME"):
            environment.pop(name, None)
        return environment

    def run(self, *words, cwd=None, **options):
        """Run the Python of the zip; Wine wants a pipe at each end of it."""
        return subprocess.run(
            [self._wine, str(self.python / "python.exe"), *map(str, words)],
            cwd=cwd or self.python,
            env=self._environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
            **{"timeout": PATIENCE, "check": False, **options},
        )

    def end(self):
        """End what still runs in this Wine, as shutting down a computer does."""
        server = str(Path(self._wine).resolve().with_name("wineserver"))
        found = shutil.which("wineserver") or server
        subprocess.run([found, "-k"], env=self._environment(), check=False, capture_output=True)

    def ask(self, *, program=None, times=1, first=(), calls=(), last="", patience=PATIENCE):
        """Start Python as the VBA does, and ask what stands in in_windows.py."""
        program = program or windows_path(self.python / "pythonw.exe")
        question, answer = self._folder / "question.json", self._folder / "answer.json"
        asked = {
            "command": start_command(program),
            "times": times,
            "first": first,
            "calls": calls,
            "last": last,
        }
        question.write_text(json.dumps(asked), encoding="utf-8")
        answer.unlink(missing_ok=True)
        script = Path(__file__).with_name("in_windows.py")
        done = self.run(*map(windows_path, (script, question, answer)), timeout=patience)
        assert answer.exists(), done.stdout
        return json.loads(answer.read_text(encoding="utf-8"))


def wine_version(wine):
    shown = subprocess.run([wine, "--version"], capture_output=True, text=True, check=False).stdout
    return int(re.search(r"wine-(\d+)", shown)[1])


def _missing(reason):
    if os.environ.get("KLANTWAARDE_REQUIRE_HOSTS"):
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def windows_packages():
    if PACKAGES not in os.environ:
        _missing(f"{PACKAGES} names no folder with the packages for Windows")
    return Path(os.environ[PACKAGES])


@pytest.fixture(scope="session")
def wine():
    return shutil.which("wine") or _missing("wine is not on the path")


@pytest.fixture(scope="session")
def windows(wine, windows_packages, tmp_path_factory):
    made = Windows(wine, tmp_path_factory.mktemp("windows"))
    lay_out(made.unpacked, packages=windows_packages, wanted=wine_lock())
    (made.python / "_wmi.pyd").unlink()  # asks Windows for its version by a function that an older Wine lacks
    yield made
    made.end()
