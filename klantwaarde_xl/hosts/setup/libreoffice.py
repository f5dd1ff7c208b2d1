"""Placing the Calc extension through LibreOffice's own `unopkg`, and taking it away.

What is installed is read from the files of the user's profile, which takes no LibreOffice to start.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from klantwaarde_xl.errors import HostError
from klantwaarde_xl.hosts.setup.machine import Machine
from klantwaarde_xl.hosts.setup.registry import Root, text_of
from klantwaarde_xl.leftovers import scratch

IDENTIFIER = "nl.klantwaarde.xl"
OLDEST = (25, 2)
# Set by an activated environment or another program: LibreOffice's own Python would load its libraries
_FOREIGN = ("VIRTUAL_ENV", "CONDA_PREFIX", "PYTHONHOME", "PYTHONPATH", "PYTHONEXECUTABLE")
_WALLED = {"snap", "flatpak"}
_PATIENCE = 180.0
_GET_IT = "Haal LibreOffice 25.2 of nieuwer van libreoffice.org, of uit de pakketten van uw systeem."


@dataclass(frozen=True)
class Office:
    """A LibreOffice: the folder of its programs, its version (0, 0 when it does not say), its profile."""

    program: Path
    version: tuple[int, int]
    profile: Path

    @property
    def version_text(self) -> str:
        """The version as people write it."""
        return ".".join(map(str, self.version)) if any(self.version) else "onbekend"

    @property
    def is_old(self) -> bool:
        """Whether it is known to be older than the oldest that the extension takes."""
        return (0, 0) < self.version < OLDEST

    @property
    def is_walled(self) -> bool:
        """Whether it comes from a shop that lets it start no Python of the user's (Flatpak, Snap)."""
        return bool(_WALLED & set(self.program.parts))


@dataclass(frozen=True)
class Extension:
    """The extension as it is installed: where, of which version, and the Python that it starts."""

    path: Path
    version: str
    python: str


def find(machine: Machine) -> Office | None:
    """The LibreOffice of this computer; None when there is none."""
    candidates = list(_candidates(machine))
    known = [folder for folder in candidates if _unopkg_in(machine, folder).exists()]
    known += [folder for folder in candidates if _WALLED & set(folder.parts)]
    return _office(machine, known[0]) if known else None


def _unopkg_in(machine: Machine, program: Path) -> Path:
    return program / ("unopkg.com" if machine.is_windows else "unopkg")


def _candidates(machine: Machine) -> Iterator[Path]:
    """Folders of programs, the ones that the user starts from first."""
    for name in ("soffice", "libreoffice", "org.libreoffice.LibreOffice"):
        if found := shutil.which(name, path=machine.environment.get("PATH", "")):
            walled = _WALLED & set(Path(found).parts)  # a link to a program of all programs
            yield Path(found).parent if walled else Path(found).resolve().parent
    if machine.registry is not None:
        for root in Root:
            if folder := text_of(machine.registry, root, r"SOFTWARE\LibreOffice\UNO\InstallPath", ""):
                yield Path(folder)
    yield from machine.office_folders


def _office(machine: Machine, program: Path) -> Office:
    names = [program / "bootstraprc", program / "bootstrap.ini", program.parent / "Resources/bootstraprc"]
    text = "".join(name.read_text("utf-8", "replace") for name in names if name.is_file())
    version = re.search(r"^ProductKey=\D*(\d+)\.(\d+)", text, re.MULTILINE)
    own = re.search(r"^UserInstallation=\$SYSUSERCONFIG/(.+?)\s*$", text, re.MULTILINE)
    folder = own[1] if own else "LibreOffice/4" if machine.system != "Linux" else "libreoffice/4"
    found = (int(version[1]), int(version[2])) if version else (0, 0)
    return Office(program, found, machine.appdata / folder)


def installed(machine: Machine, office: Office) -> list[Extension]:
    """Our extension in the user's profile, and in the computer's share; usually one or none."""
    found = []
    for share in (office.profile / "user", office.program.parent / "share"):
        folder = share / "uno_packages" / "cache"
        try:
            valid = (folder / "uno_packages.pmap").read_bytes()
        except OSError:
            continue
        known = sorted(folder.glob("uno_packages/*/*/pythonpath/klantwaarde_calc/extension.json"))
        # LibreOffice leaves the folder of what it replaced or removed for a while
        found += [_read(one) for one in known if one.parents[3].name.removesuffix("_").encode() in valid]
    return found


def _read(facts: Path) -> Extension:
    try:
        said = json.loads(facts.read_text(encoding="utf-8"))
        return Extension(facts.parents[2], str(said["version"]), str(said["python"]))
    except (OSError, ValueError, KeyError, TypeError):
        return Extension(facts.parents[2], "", "")


def install(machine: Machine, *, build: Callable[[Path, str], object]) -> list[str]:
    """Give LibreOffice the extension, and say in Dutch what was done; a second time replaces it.

    build: writes the extension to a path, for an interpreter. Raises `HostError` where it cannot be done.
    """
    office = needed(machine)
    with scratch() as folder:
        extension = folder / "klantwaarde.oxt"
        build(extension, str(machine.python))
        _unopkg(machine, office, "add", "--force", "--suppress-license", str(extension))
    return [
        f"LibreOffice {office.version_text}: de extensie staat erin en rekent met {machine.python}",
        "Sluit LibreOffice helemaal en open Calc weer. Typ =KLANTWAARDE(500;2;200).",
    ]


def uninstall(machine: Machine) -> list[str]:
    """Take the extension away; a second time there is nothing. Raises `HostError` where it cannot be done."""
    office = find(machine)
    if office is None or not installed(machine, office):
        return ["LibreOffice: er stond geen extensie van Klantwaarde XL."]
    _unopkg(machine, office, "remove", IDENTIFIER)
    return ["LibreOffice: de extensie is weg. Uw bestanden zijn zoals ze waren."]


def needed(machine: Machine) -> Office:
    """The LibreOffice to install in; raises `HostError` when there is none that can hold the extension."""
    office = find(machine)
    if office is None:
        raise HostError("LibreOffice is niet gevonden.", remedy=_GET_IT)
    if office.is_walled:
        raise HostError(
            "Deze LibreOffice komt uit Flatpak of Snap en mag geen Python op uw computer starten.",
            where=str(office.program),
            remedy=_GET_IT,
        )
    if office.is_old:
        raise HostError(
            f"LibreOffice {office.version_text} is te oud voor de extensie.",
            where=str(office.program),
            remedy=_GET_IT,
        )
    return office


def _unopkg(machine: Machine, office: Office, *words: str) -> None:
    program = _unopkg_in(machine, office.program)
    try:
        done = run(machine, [str(program), *words], _PATIENCE)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise _refused(office, type(error).__name__) from error
    said = f"{done.stdout}\n{done.stderr}".strip()
    if "as root" in said:
        raise HostError(
            "LibreOffice neemt een extensie niet aan van de beheerder (root).",
            where=str(program),
            remedy="Voer de opdracht uit als gewone gebruiker, zonder sudo.",
        )
    if done.returncode:
        raise _refused(office, said.splitlines()[0] if said else f"code {done.returncode}")


def _refused(office: Office, reason: str) -> HostError:
    return HostError(
        f"LibreOffice heeft het niet gedaan: {reason}",
        where=str(office.program),
        remedy="Sluit LibreOffice helemaal, ook de snelstarter naast de klok, en probeer het opnieuw.",
    )


def run(machine: Machine, words: Sequence[str], patience: float) -> subprocess.CompletedProcess[str]:
    """Run a program of LibreOffice and keep what it says; raises `OSError` and `TimeoutExpired`."""
    return subprocess.run(  # noqa: S603
        words,
        env=outside_environments(machine),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        errors="replace",
        timeout=patience,
        check=False,
    )


def outside_environments(machine: Machine) -> dict[str, str]:
    """The environment without an activated Python environment, for LibreOffice's own Python."""
    kept = {name: value for name, value in machine.environment.items() if name not in _FOREIGN}
    folders = machine.environment.get("PATH", "").split(os.pathsep)
    kept["PATH"] = os.pathsep.join(one for one in folders if not is_environment(Path(one)))
    return kept


def is_environment(folder: Path) -> bool:
    """Whether a folder of the PATH belongs to a Python environment (venv, conda) with a Python in it."""
    home = folder.parent
    marked = (home / "pyvenv.cfg").exists() or (home / "conda-meta").is_dir()
    return marked and any((folder / name).exists() for name in ("python3", "python", "python.exe"))


def environment_in_path(machine: Machine) -> Path | None:
    """The Python environment that goes before the system's Python in the PATH, or None."""
    for one in machine.environment.get("PATH", "").split(os.pathsep):
        folder = Path(one)
        if one and (folder / "python3").exists():
            return folder.parent if is_environment(folder) else None
    return None
