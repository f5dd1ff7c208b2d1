"""A real LibreOffice Calc with the extension in it, as a pytest fixture for any test folder.

Without LibreOffice 25.2 and a Python that has `uno` the tests skip; with KLANTWAARDE_REQUIRE_HOSTS
set a missing host is a failure, so a test run that claims to cover Calc does.
"""

import contextlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from klantwaarde_xl.errors import BY_CODE
from klantwaarde_xl.hosts.libreoffice.build import build_extension

OLDEST = (25, 2)
PATIENCE = 90


class Calc:
    """One running LibreOffice; every request of driver.py is a method."""

    def __init__(self, soffice, python, profile, **environment):
        self._process = subprocess.Popen(
            [python, str(Path(__file__).with_name("driver.py")), soffice, str(profile)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            env={**os.environ, "PATH": _path_outside_this_environment(), **environment},
        )

    def __getattr__(self, request):
        return lambda *args, **kwargs: self._ask(request, *args, **kwargs)

    def _ask(self, request, document=None, **arguments):
        if document is not None:
            arguments["document"] = document
        alarm = threading.Timer(PATIENCE, self._process.kill)
        alarm.start()
        try:
            self._process.stdin.write(json.dumps({"do": request, **arguments}) + "\n")
            self._process.stdin.flush()
            line = self._process.stdout.readline()
        finally:
            alarm.cancel()
        if not line:
            raise RuntimeError(f"LibreOffice did not answer {request}")
        answer = json.loads(line)
        if "error" in answer:
            raise RuntimeError(answer["error"])
        return answer["ok"]

    def cells(self, document, area, sheet=0):
        """The values of an area: one value, or rows; errors as `CellError` (or their number)."""
        return self.many(document, [area], sheet)[0]

    def many(self, document, areas, sheet=0):
        """`cells` of many areas in one request."""
        found = [
            [[_cell(value) for value in row] for row in rows]
            for rows in self._ask("read", document, areas=areas, sheet=sheet)
        ]
        return [rows[0][0] if len(rows) == len(rows[0]) == 1 else rows for rows in found]

    def stop(self):
        self._process.stdin.close()
        self._process.wait(PATIENCE)
        self._process.stdout.close()


def _path_outside_this_environment():
    """The search path without an activated environment: LibreOffice's own Python takes its libraries from `python3`."""
    own = {Path(sys.executable).parent, Path(sys.prefix) / "bin"}
    return os.pathsep.join(one for one in os.environ["PATH"].split(os.pathsep) if Path(one) not in own)


def _cell(value):
    return BY_CODE.get(value["error"], value["error"]) if isinstance(value, dict) else value


class WorkerPython:
    """A stand-in for the interpreter that the extension records; tests change what it starts.

    Each one that starts adds its process id to a list, so a test can end the worker (of every
    LibreOffice that runs) and see it come back.
    """

    def __init__(self, folder):
        self.path = folder / "python"
        self._pid = folder / "worker.pids"
        self.use()

    def use(self, script=""):
        """Start this Python script as the worker; without one, what the extension asks for."""
        arguments = f"'{script}'" if script else '"$@"'
        self.path.write_text(f"#!/bin/sh\necho $$ >> '{self._pid}'\nexec '{sys.executable}' {arguments}\n")
        self.path.chmod(0o755)
        self.end()

    def remove(self):
        """Let the interpreter be gone."""
        self.end()
        self.path.unlink()

    @property
    def pid(self):
        return int(self._pid.read_text().split()[-1])

    def end(self):
        """End the workers that there are, the hard way."""
        if not self._pid.exists():
            return
        started = [int(pid) for pid in self._pid.read_text().split()]
        self._pid.unlink()
        for pid in started:
            with contextlib.suppress(ProcessLookupError):  # it may have ended with its LibreOffice
                os.kill(pid, signal.SIGKILL)
        time.sleep(0.05)  # Calc may notice before or while it writes; both are tested this way


def find_host():
    """Return soffice and the Python that has uno, or skip (fail when hosts are required)."""
    soffice = shutil.which("soffice")
    if soffice is None:
        _missing("soffice is not on the path")
    shown = subprocess.run([soffice, "--version"], capture_output=True, text=True, check=False).stdout
    version = re.search(r"LibreOffice (\d+)\.(\d+)", shown)
    if version is None or (int(version[1]), int(version[2])) < OLDEST:
        _missing(f"LibreOffice {OLDEST[0]}.{OLDEST[1]} or later is needed, found {shown.strip()!r}")
    beside = Path(soffice).resolve().with_name("python")
    for python in (str(beside), shutil.which("python3", path=os.defpath)):
        if python and shutil.which(python):
            tried = subprocess.run([python, "-c", "import uno"], capture_output=True, check=False)
            if tried.returncode == 0:
                return soffice, python
    return _missing("no Python with uno (Debian: python3-uno)")


def _missing(reason):
    if os.environ.get("KLANTWAARDE_REQUIRE_HOSTS"):
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def calc_host():
    return find_host()


@pytest.fixture(scope="session")
def worker_python(tmp_path_factory):
    return WorkerPython(tmp_path_factory.mktemp("worker python"))


@pytest.fixture(scope="session")
def calc_profile(calc_host, worker_python, tmp_path_factory):
    """A profile with the extension installed; copy it for another LibreOffice."""
    folder = tmp_path_factory.mktemp("calc")
    extension = build_extension(folder / "klantwaarde.oxt", python=str(worker_python.path))
    installing = Calc(*calc_host, folder / "profile")
    try:
        assert installing.install(path=str(extension))
    finally:
        installing.stop()  # LibreOffice reads a new extension's types when it starts
    return folder / "profile"


@pytest.fixture(scope="session")
def calc(calc_host, calc_profile):
    running = Calc(*calc_host, calc_profile)
    yield running
    running.stop()


@pytest.fixture
def sheet(calc):
    """A new, empty document."""
    document = calc.new()
    yield document
    calc.close(document)
