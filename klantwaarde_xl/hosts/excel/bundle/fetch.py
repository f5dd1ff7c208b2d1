"""Bring the packages of the lock onto this computer, by pip, on whatever system."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from klantwaarde_xl.errors import HostError
from klantwaarde_xl.hosts.excel.bundle.lock import EMBEDDED, Locked, found_in

PYTHON = "3.13"
_ELSEWHERE = (
    "Maak verbinding met internet en probeer het opnieuw, of geef met --pakketten een map waarin ze al staan."
)


def fetch(wanted: Sequence[Locked], folder: Path) -> dict[Locked, Path]:
    """The file of each package, in a folder; what is there already, by its hash, is not brought again.

    Raises HostError when one cannot be had, or is not the file that the lock means.
    """
    there = found_in(folder, wanted)
    if missing := [one for one in wanted if one not in there]:
        folder.mkdir(parents=True, exist_ok=True)
        _download(folder, [one for one in missing if one.name == EMBEDDED], ["--no-binary", ":all:"])
        for_windows = ["--only-binary", ":all:", "--platform", "win_amd64", "--python-version", PYTHON]
        _download(folder, [one for one in missing if one.name != EMBEDDED], for_windows)
        there = found_in(folder, wanted)
    if lacking := [one.name for one in wanted if one not in there]:
        raise HostError(
            f"Niet alle pakketten voor Windows zijn er: {', '.join(lacking)}.",
            where=str(folder),
            remedy=_ELSEWHERE,
        )
    return there


def _download(folder: Path, wanted: Iterable[Locked], options: Sequence[str]) -> None:
    lines = "".join(f"{one.requirement}\n" for one in wanted)
    if not lines:
        return
    if importlib.util.find_spec("pip") is None:
        raise HostError(
            "Om de pakketten voor Windows op te halen ontbreekt pip in deze Python.",
            where=sys.executable,
            remedy="Typ: python -m ensurepip. Of geef met --pakketten een map waarin ze al staan.",
        )
    listed = folder / "ophalen.txt"
    listed.write_text(lines, encoding="utf-8")
    words = ["download", "--quiet", "--disable-pip-version-check", "--no-deps", "--require-hashes"]
    try:
        done = subprocess.run(  # noqa: S603 - our own words, and a list that we wrote
            [
                sys.executable,
                "-m",
                "pip",
                *words,
                *options,
                "--dest",
                str(folder),
                "--requirement",
                str(listed),
            ],
            capture_output=True,
            text=True,
            check=False,
        )
    finally:
        listed.unlink()
    if done.returncode:
        said = [line for line in done.stderr.splitlines() if line.startswith("ERROR")]
        raise HostError(
            "De pakketten voor Windows zijn niet opgehaald.",
            where=said[-1] if said else f"pip, uitkomst {done.returncode}",
            remedy=_ELSEWHERE,
        )
