"""Checks of Python itself: its version, the libraries, and whether another Python answers."""

from __future__ import annotations

import importlib
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable
from importlib import metadata
from pathlib import Path

import klantwaarde_xl
from klantwaarde_xl.hosts.setup.doctor.finding import Finding, good, may_write, note, wrong
from klantwaarde_xl.hosts.setup.machine import Machine

OLDEST = (3, 11)
_PATIENCE = 60.0
_ANSWER = "klantwaarde-xl "
# Written to the pipe itself: a Python without a window has no standard output of its own
_QUESTION = f"import os, klantwaarde_xl; os.write(1, b'{_ANSWER}' + klantwaarde_xl.__version__.encode())"
_AGAIN = "Installeer Klantwaarde XL opnieuw (Windows: pak het zip-bestand opnieuw uit)."


def version_check(version: tuple[int, ...] = sys.version_info[:3]) -> Finding:
    """Whether the Python that runs is new enough."""
    shown = ".".join(map(str, version))
    if version[:2] < OLDEST:
        return wrong("Python", f"versie {shown} is te oud", "Gebruik Python 3.11 of nieuwer.")
    return good("Python", f"versie {shown}, {64 if sys.maxsize > 2**32 else 32} bits")


def declared_libraries() -> list[str]:
    """The modules that the product says it needs; raises `PackageNotFoundError` when it says nothing."""
    required = metadata.requires("klantwaarde-xl") or []
    needed = (one for one in required if "extra ==" not in one)
    names = {_module(re.split(r"[^A-Za-z0-9._-]", one, maxsplit=1)[0]) for one in needed}
    modules: dict[str, list[str]] = {name: [] for name in sorted(names)}
    for module, packages in metadata.packages_distributions().items():
        for name in names.intersection(map(_module, packages)):
            modules[name].append(module)  # markdown-it-py brings `markdown_it`
    return [module for name in modules for module in _to_load(name, modules[name])]


def _to_load(name: str, modules: list[str]) -> list[str]:
    """What to try of one library; the name itself where nothing of it is there."""
    public = sorted(module for module in modules if not module.startswith("_"))
    return [name] if name in public or not public else public


def _module(name: str) -> str:
    return re.sub(r"[-.]", "_", name).lower()


def libraries_check(
    declared: Callable[[], Iterable[str]] = declared_libraries,
    load: Callable[[str], object] = importlib.import_module,
) -> Finding:
    """Whether each library that the product needs can be loaded."""
    try:
        names = list(declared())
    except metadata.PackageNotFoundError:
        return note("onderdelen", "de lijst van onderdelen ontbreekt; of ze er zijn, is niet te zien", _AGAIN)
    failed = []
    for name in names:
        try:
            load(name)
        except Exception as error:
            failed.append(f"{name} ({type(error).__name__}: {error})")
    if failed:
        return wrong("onderdelen", f"laden niet: {'; '.join(failed)}", _AGAIN)
    return good("onderdelen", f"alle {len(names)} laden")


def temporary_check(folder: Path | None = None) -> Finding:
    """Whether files can be made for a moment."""
    return may_write(
        "tijdelijke map",
        folder or Path(tempfile.gettempdir()),
        "Vraag uw beheerder om schrijfrechten, of wijs met TMPDIR (Windows: TEMP) een andere map aan.",
    )


def interpreter_check(machine: Machine, about: str, path: str, remedy: str) -> Finding:
    """Whether another Python is there, answers, and has this version of Klantwaarde XL."""
    if not path or not Path(path).is_file():
        return wrong(about, f"Python is niet gevonden: {path or 'niet ingesteld'}", remedy)
    foreign = ("PYTHONHOME", "PYTHONPATH", "PYTHONEXECUTABLE")
    try:
        done = subprocess.run(  # noqa: S603
            [path, "-c", _QUESTION],
            env={name: value for name, value in machine.environment.items() if name not in foreign},
            cwd=tempfile.gettempdir(),  # not a folder in which a file could pass for a module
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=_PATIENCE,
            check=False,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0) if os.name == "nt" else 0,
        )
    except OSError as error:
        return wrong(about, f"{path} start niet (fout {error.errno})", remedy)
    except subprocess.TimeoutExpired:
        return wrong(about, f"{path} geeft geen antwoord", remedy)
    answer = done.stdout.rpartition(_ANSWER)
    if not answer[1]:
        said = done.stderr.strip().splitlines()
        reason = said[-1] if said else f"code {done.returncode}"
        return wrong(about, f"in {path} zit geen Klantwaarde XL dat werkt: {reason}", remedy)
    if answer[2].strip() != klantwaarde_xl.__version__:
        return note(
            about,
            f"{path} heeft versie {answer[2].strip()}, dit is {klantwaarde_xl.__version__}",
            remedy,
        )
    return good(about, f"{path} antwoordt, versie {answer[2].strip()}")
