"""Processes of ours that begin where one of their kind already stands: to load their modules takes longest.

Stands in for `subprocess` where the product starts the engine of formulas and the reader of workbooks. Each is a
process of its own as ever, that may be killed and has limits of its own; what is started in another way, or by
another Python, starts as ever. That they start from nothing is for tests that run a script or the command line.
"""

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from pathlib import Path
from types import SimpleNamespace

from klantwaarde_xl.data.reading.workbooks import workbook
from klantwaarde_xl.workbook import ironcalc

DEVNULL, PIPE = subprocess.DEVNULL, subprocess.PIPE
# How each begins, and what its kind loads beside its own modules
_KINDS = {
    (sys.executable, "-P", str(Path(ironcalc.__file__).with_name("engine_process.py"))): "ironcalc",
    (sys.executable, "-P", "-m", workbook.CHILD): "python_calamine",
}
_start = subprocess.Popen
_standing = {}
_one_asks = threading.Lock()


def _kind_of(command):
    """The kind, its library and the words of a command that one who stands already can carry out."""
    if hasattr(os, "fork") and subprocess.Popen is _start:  # a test may have put another in its place
        for begins, library in _KINDS.items():
            if tuple(command[: len(begins)]) == begins:
                return begins[-1], library, command[len(begins) :]
    return None


class _Process:
    """What the product asks of a process."""

    def __init__(self, kind, library, words, errors):
        asked, to = os.pipe()
        back, said = os.pipe()
        with _one_asks:
            asking = _asking(kind, library)
            socket.send_fds(asking, [json.dumps(words).encode()], [asked, said, errors])
            self._pid = int(asking.recv(20))
        for one in (asked, said):
            os.close(one)
        self.stdin, self.stdout = os.fdopen(to, "wb", buffering=0), os.fdopen(back, "rb")

    def kill(self):
        with contextlib.suppress(ProcessLookupError):
            os.kill(self._pid, signal.SIGKILL)

    def communicate(self, asked=b""):
        """Say the last of it, and hear the rest, which ends when the process does."""
        with contextlib.suppress(BrokenPipeError), self.stdin:
            while asked:
                asked = asked[self.stdin.write(asked) :]
        with self.stdout:
            return self.stdout.read(), None


def _asking(kind, library):
    if kind not in _standing:
        ours, theirs = socket.socketpair()
        code = f"from tests.standing import stand; stand({theirs.fileno()}, {kind!r}, {library!r})"
        path = [str(Path(__file__).parents[1]), *sys.path]
        process = _start(
            [sys.executable, "-P", "-c", code],
            pass_fds=[theirs.fileno()],
            env={**os.environ, "PYTHONPATH": os.pathsep.join(path), "PYTHONIOENCODING": "utf-8"},
            stdin=DEVNULL,
        )
        theirs.close()
        _standing[kind] = ours, process
    return _standing[kind][0]


def end():
    """Let those who stand go, when all is done."""
    while _standing:
        asking, process = _standing.popitem()[1]
        asking.close()
        process.wait()


def Popen(command, **how):  # noqa: N802 - as in subprocess
    if found := _kind_of(command):
        with Path(os.devnull).open("wb") as nowhere:
            return _Process(*found, nowhere.fileno())
    return subprocess.Popen(command, **how)


def run(command, **how):
    if not (found := _kind_of(command)):
        return subprocess.run(command, **how)
    with tempfile.TemporaryFile() as errors:
        said, _ = _Process(*found, errors.fileno()).communicate(how["input"].encode())
        errors.seek(0)
        texts = [one.decode("utf-8", "replace") for one in (said, errors.read())]
    return SimpleNamespace(stdout=texts[0], stderr=texts[1])
