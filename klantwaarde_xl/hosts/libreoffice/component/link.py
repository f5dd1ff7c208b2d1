"""The worker process: started when first needed, restarted when it dies, explained when it cannot be."""

from __future__ import annotations

import contextlib
import os
import subprocess
import tempfile
import threading
import time
from typing import Any

from . import wire
from .facts import FACTS, Refused

MODULE = "klantwaarde_xl.hosts.libreoffice.worker"
OVERRIDE = "KLANTWAARDE_PYTHON"
# LibreOffice sets these for its own Python; in another one they load the wrong libraries.
FOREIGN = ("PYTHONHOME", "PYTHONPATH", "PYTHONEXECUTABLE", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")
ATTEMPTS = 2
# A sheet of formulas must not try to start a missing interpreter once for every cell.
PAUSE_AFTER_FAILURE = 5.0
SHOWN_STDERR = 1500


class Lost(Exception):
    """The worker died each time that it was given this request."""


class Link:
    """Requests to the worker, one at a time."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._hello: dict[str, Any] = {}
        self._failure: Refused | None = None
        self._failed_at = 0.0

    @property
    def python(self) -> str:
        """The interpreter that the worker runs in."""
        chosen: str = os.environ.get(OVERRIDE) or FACTS["python"]
        return chosen

    def ask(self, *request: Any, fresh: bool = False) -> Any:
        """Send a request and return the answer.

        fresh: try to start the worker even when that failed a moment ago.
        Raises Refused when there is no worker, Lost when the request kills it.
        """
        with self._lock:
            for _ in range(ATTEMPTS):
                process = self._running(fresh)
                try:
                    wire.send(process.stdin, request)  # type: ignore[arg-type]
                    return wire.receive(process.stdout)  # type: ignore[arg-type]
                except (OSError, EOFError):
                    self._drop()
            raise Lost

    def hello(self) -> dict[str, Any]:
        """Start the worker if need be, and return what it said of itself."""
        with self._lock:
            self._running(fresh=True)
            return dict(self._hello)

    def _running(self, fresh: bool) -> subprocess.Popen[bytes]:
        if self._process is not None:
            if self._process.poll() is None:
                return self._process
            self._drop()
        recently = time.monotonic() - self._failed_at < PAUSE_AFTER_FAILURE
        if self._failure is not None and recently and not fresh:
            raise self._failure
        try:
            self._process, self._hello = _start(self.python)
        except Refused as failure:
            self._failure, self._failed_at = failure, time.monotonic()
            raise
        self._failure = None
        return self._process

    def _drop(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        for stream in (process.stdin, process.stdout):
            if stream is not None:
                with contextlib.suppress(OSError):
                    stream.close()
        process.wait()


def _start(python: str) -> tuple[subprocess.Popen[bytes], dict[str, Any]]:
    environment = {name: value for name, value in os.environ.items() if name not in FOREIGN}
    # -P: a file in the folder that LibreOffice happens to stand in must not pass for a module.
    command = [python, "-P", "-m", MODULE]
    complaints = tempfile.TemporaryFile()  # noqa: SIM115 - the worker writes to it while it lives
    try:
        process = subprocess.Popen(  # noqa: S603
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=complaints,
            env=environment,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0) if os.name == "nt" else 0,
        )
    except OSError as error:
        complaints.close()
        raise Refused(
            f"Python is niet gevonden of start niet (fout {error.errno}).",
            python,
            "Installeer Klantwaarde XL opnieuw, of zet in de omgevingsvariabele "
            f"{OVERRIDE} het pad van de Python waarin klantwaarde-xl staat.",
        ) from None
    try:
        hello = wire.receive(process.stdout)  # type: ignore[arg-type]
    except (OSError, EOFError, ValueError):
        process.kill()
        process.wait()
        raise Refused(
            f"De rekenmachine van Klantwaarde XL start niet.\n{_tail(complaints)}".rstrip(),
            python,
            "Voer met deze Python uit: python -m pip install --upgrade klantwaarde-xl",
        ) from None
    finally:
        complaints.close()
    return process, hello


def _tail(complaints: Any) -> str:
    complaints.seek(0, os.SEEK_END)
    complaints.seek(max(0, complaints.tell() - SHOWN_STDERR))
    return complaints.read().decode("utf-8", "replace").strip()


LINK = Link()
