"""A folder that is filled whole or not at all: files are made apart, and moved when all are there."""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from klantwaarde_xl.errors import UsageError


@contextlib.contextmanager
def filled_whole(folder: Path, *, overwrite: bool) -> Iterator[Path]:
    """Give an empty folder; what stands in it at the end is moved into the one that was asked for.

    overwrite: files of the same name are replaced. Raises `UsageError` when there are such files and
    they are not, and `OSError` of the disk; the folder is then as it was.
    """
    with tempfile.TemporaryDirectory(prefix=".klantwaarde-", dir=_nearest(folder)) as name:
        made, old = Path(name) / "nieuw", Path(name) / "oud"
        made.mkdir()
        old.mkdir()
        yield made
        files = sorted(made.iterdir())
        if not overwrite:
            refuse_existing(folder, (file.name for file in files))
        folder.mkdir(parents=True, exist_ok=True)
        _move(files, folder, old)


def _nearest(folder: Path) -> Path:
    """The folder itself when it is there, else the one in which it will come: always the same disk."""
    return next(one for one in (folder.absolute(), *folder.absolute().parents) if one.is_dir())


def _move(files: Iterable[Path], folder: Path, old: Path) -> None:
    """Move files into a folder; when one cannot be moved, put everything back."""
    done: list[Path] = []
    try:
        for file in files:
            target = folder / file.name
            done.append(target)
            if target.exists():
                target.replace(old / file.name)
            file.replace(target)
    except OSError:
        for target in done:
            if (old / target.name).exists():
                (old / target.name).replace(target)
            elif not (old.parent / "nieuw" / target.name).exists():
                target.unlink(missing_ok=True)
        raise


def refuse_existing(folder: Path, names: Iterable[str]) -> None:
    """Raise `UsageError` for a folder that is a file, and for files of these names that are there."""
    if folder.exists() and not folder.is_dir():
        raise UsageError(
            "Dit is een bestand, geen map.", where=str(folder), remedy="Kies met --uit een andere naam."
        )
    if there := [name for name in names if (folder / name).exists()]:
        raise UsageError(
            f"In deze map {'staat' if len(there) == 1 else 'staan'} al: {', '.join(there)}.",
            where=str(folder),
            remedy="Kies met --uit een andere map, of geef --overschrijven.",
        )
