"""The engine that evaluates Excel's own functions: IronCalc, in a process apart.

A crash, a hang or a print of the engine stays there: here it becomes `EngineFailed`.
"""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, TypeAlias

from klantwaarde_xl.addresses import Area
from klantwaarde_xl.errors import BY_TEXT, CellError, refusal
from klantwaarde_xl.leftovers import begins, remove_leftovers
from klantwaarde_xl.limits import engine_memory, engine_seconds, most_cells_read
from klantwaarde_xl.xlsx.areas import Cells

_PATIENCE = 10  # times its seconds of a processor, on a computer that does more
_FOLDER = "klantwaarde-rekenen"
_SCRATCH = "Klantwaarde kladblad"
_NO_WINDOW = getattr(subprocess, "CREATE_NO_WINDOW", 0)

# What a cell shows; an error that only the engine has is its text in a tuple.
Shown: TypeAlias = "float | str | bool | CellError | tuple[str] | None"
# What can be written: a value, nothing, a formula, or a formula with the height and width that it fills.
Content: TypeAlias = "float | str | bool | list[str | int] | None"


class EngineFailed(Exception):
    """The engine could not load the workbook, stopped, or took too long."""


class EngineAway(EngineFailed):
    """The engine could not be started here; the text says why (Dutch)."""


class Engine:
    """One workbook in the engine, of so many bytes."""

    def __init__(self, write: Callable[[Path], object]) -> None:
        """Start the process and load the workbook that is written to a path; raises `EngineFailed`."""
        with _made_here() as folder:
            path = Path(folder.name) / "werkboek.xlsx"
            write(path)
            self.size = path.stat().st_size
            limits = engine_memory(self.size), engine_seconds(self.size)
            self._process = subprocess.Popen(  # noqa: S603 - our own file, with the interpreter that runs us
                # -P: this folder has a module of the engine's own name
                [sys.executable, "-P", str(Path(__file__).with_name("engine_process.py")), *map(str, limits)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "PYTHONIOENCODING": "utf-8"},
                creationflags=_NO_WINDOW,
            )
        self._folder = folder
        self._patience = _PATIENCE * limits[1]
        self._still_read = most_cells_read(self.size)
        try:
            names = self._ask("load", str(path))
        except BaseException:
            self.close()
            raise
        with contextlib.suppress(OSError):  # it is in the engine: a run that is killed leaves no copy of it
            path.unlink()
        self._sheets = {name: number for number, name in enumerate(names)}

    def __enter__(self) -> Engine:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the process and remove its file."""
        self._process.kill()
        self._process.communicate()
        self._folder.cleanup()

    def _ask(self, *request: Any) -> Any:
        """Send a request and wait for its answer."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        alarm = threading.Timer(self._patience, self._process.kill)
        alarm.daemon = True
        alarm.start()
        try:
            self._process.stdin.write(json.dumps(request).encode() + b"\n")
            self._process.stdin.flush()
            line = self._process.stdout.readline()
        except OSError as error:
            raise EngineFailed(str(error)) from error
        finally:
            alarm.cancel()
        if not line.endswith(b"\n"):
            raise EngineFailed(f"de rekenmachine stopte bij {request[0]}")
        answer, *failure = json.loads(line)
        if failure:
            raise EngineFailed(failure[0])
        return answer

    def write(self, cells: Iterable[tuple[str, int, int, Content]]) -> None:
        """Set cells: sheet, row, column and content."""
        wanted = [(self._sheets[sheet], row, column, content) for sheet, row, column, content in cells]
        if wanted:
            self._ask("write", wanted)

    def evaluate(self) -> None:
        """Compute every formula."""
        self._ask("evaluate")

    def read(self, areas: Sequence[Cells]) -> list[list[list[Shown]]]:
        """Return the rows of each area; raises `EngineFailed` for more cells in all than `limits` allows."""
        if not areas:
            return []
        self._still_read -= sum(area.cells for _, area in areas)
        if self._still_read < 0:
            raise EngineFailed("de formules vragen te veel cellen")
        found = self._ask("read", [(self._sheets[sheet], *area) for sheet, area in areas])
        return [[[_shown(value) for value in row] for row in rows] for rows in found]

    def used(self, cells: Cells) -> Cells:
        """Return the part of an area up to the last row and column of its sheet that are in use."""
        bottom, right = self._ask("last", self._sheets[cells.sheet])
        area = cells.area
        kept = Area(
            area.top,
            area.left,
            max(area.top, min(area.bottom, bottom)),
            max(area.left, min(area.right, right)),
        )
        return Cells(cells.sheet, kept)


def scratch_beside(names: Iterable[str]) -> str:
    """Return what a sheet for our own use is called beside sheets of these names.

    It is in the file that is loaded: for a sheet that is added, the engine computes the whole workbook.
    """
    taken, name = {one.casefold() for one in names}, _SCRATCH
    while name.casefold() in taken:
        name += "_"
    return name


@contextlib.contextmanager
def _made_here() -> Iterator[tempfile.TemporaryDirectory[str]]:
    """A folder for the engine's copy, gone again when its making fails; `EngineAway` without a place."""
    folder: tempfile.TemporaryDirectory[str] | None = None
    try:
        remove_leftovers(Path(tempfile.gettempdir()), f"{_FOLDER}-*")
        folder = tempfile.TemporaryDirectory(prefix=begins(_FOLDER))
        yield folder
    except BaseException as error:
        if folder is not None:
            folder.cleanup()
        if isinstance(error, OSError):
            where = f" ({error.filename})" if error.filename else ""
            raise EngineAway(f"de rekenmachine start niet: {refusal(error)}{where}") from error
        raise


def _shown(value: Any) -> Shown:
    if isinstance(value, list):
        return BY_TEXT.get(value[0]) or (value[0],)
    if type(value) is int:
        return float(value)
    return value  # type: ignore[no-any-return]
