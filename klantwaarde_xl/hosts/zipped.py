"""Files into one zip: the same files give the same bytes, and no half file is ever left."""

from __future__ import annotations

import os
import tempfile
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import IO, TypeAlias

from klantwaarde_xl.errors import HostError, refusal

Files: TypeAlias = Mapping[str, bytes | Path]  # by their path inside; large ones stay on disk until written

# A zip of today holds the oldest date that a zip can hold
_TIMESTAMP = (1980, 1, 1, 0, 0, 0)


def write_zip(destination: Path, files: Files, *, what: str) -> Path:
    """Write files to a zip in the order given and return its path; an old file is replaced at the end.

    what: what the file is, to say in Dutch that it was not written ("De extensie"). Raises HostError.
    """
    try:
        _replace(destination, files)
    except OSError as error:
        raise HostError(
            f"{what} is niet geschreven: {refusal(error)}.",
            where=str(destination),
            remedy="Kies een bestaande map waarin u mag schrijven.",
        ) from error
    return destination


def _replace(destination: Path, files: Files) -> None:
    handle, temporary = tempfile.mkstemp(prefix=destination.name, suffix=".tmp", dir=destination.parent)
    try:
        with os.fdopen(handle, "wb") as stream:
            _write(stream, files)
        os.chmod(temporary, 0o644)  # noqa: PTH101 - mkstemp's 0600 would keep other users out
        Path(temporary).replace(destination)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def _write(stream: IO[bytes], files: Files) -> None:
    with zipfile.ZipFile(stream, "w") as archive:
        for path, content in files.items():
            entry = zipfile.ZipInfo(path, _TIMESTAMP)
            entry.create_system = 3  # Unix, also when built on Windows
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, content.read_bytes() if isinstance(content, Path) else content)
