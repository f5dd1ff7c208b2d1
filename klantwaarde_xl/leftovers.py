"""Names for what is written before it is whole, and removing what a run that was killed left of it.

A name tells the machine and the process that made it. What another machine left in a shared folder, or
what cannot be told, goes when nobody has written in it for a while.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import platform
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from klantwaarde_xl.clock import now

_LONG_AGO = 3600  # seconds; the largest workbook is written in a few minutes
_MADE_BY = re.compile(r"klantwaarde-(?:rekenen-)?(?:([0-9a-f]{8})-(\d+)-)?\w+(?:\.tmp)?$")


def begins(what: str = "klantwaarde") -> str:
    """How the name of a file or folder of this process begins."""
    return f"{what}-{_machine()}-{os.getpid()}-"


@contextlib.contextmanager
def scratch() -> Iterator[Path]:
    """Give a folder for what is needed for a while and goes with it; what killed runs left goes first."""
    _tidy(tempfile.gettempdir())
    with tempfile.TemporaryDirectory(prefix=begins(), ignore_cleanup_errors=True) as name:
        yield Path(name)


@cache
def _tidy(folder: str) -> None:
    """Once a run: what others left does not come back.

    Only what names its machine and process: a folder of the user's may be called klantwaarde-demo.
    """
    remove_leftovers(Path(folder), "klantwaarde-????????-*-*")


def remove_leftovers(folder: Path, pattern: str) -> None:
    """Remove the files or folders of runs that are no more.

    folder: where; pattern: of their names, which `begins` made. What cannot be removed stays.
    """
    for path in _of_the_dead(folder, pattern):
        with contextlib.suppress(OSError):
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path, ignore_errors=True)
            else:
                path.unlink()


def _of_the_dead(folder: Path, pattern: str) -> Iterator[Path]:
    with contextlib.suppress(OSError):
        for path in list(folder.glob(pattern)):
            made_by = _MADE_BY.search(path.name)
            if made_by is None:
                continue
            is_here = made_by[1] == _machine() and sys.platform != "win32"
            with contextlib.suppress(OSError):
                if (is_here and not _is_alive(int(made_by[2]))) or _age(path) > _LONG_AGO:
                    yield path


def _age(path: Path) -> float:
    return now().timestamp() - path.stat().st_mtime


def _is_alive(process: int) -> bool:
    """Whether a process of this machine runs; asking does nothing to it, but on Windows it would."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def _machine() -> str:
    return hashlib.blake2b(platform.node().encode(), digest_size=4).hexdigest()
