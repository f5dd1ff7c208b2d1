"""Build the Calc extension (.oxt) from the registry."""

from __future__ import annotations

import os
import sys
import tempfile
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import IO

from klantwaarde_xl import __version__
from klantwaarde_xl.errors import HostError, refusal
from klantwaarde_xl.functions.registry import REGISTRY
from klantwaarde_xl.functions.spec import Spec
from klantwaarde_xl.hosts.libreoffice import parts

PACKAGE = "pythonpath/klantwaarde_calc"  # LibreOffice puts `pythonpath` on its Python's path
ENTRY = "entry.py"
# The same registry gives the same bytes: a zip of today holds the oldest date a zip can hold.
_TIMESTAMP = (1980, 1, 1, 0, 0, 0)


def build_extension(destination: Path, *, python: str = sys.executable) -> Path:
    """Write the extension to destination and return that path.

    python: the interpreter that computes, one in which klantwaarde_xl is installed; the environment
    variable KLANTWAARDE_PYTHON overrides it when LibreOffice runs. The file is either the old one
    or the whole new one. Raises HostError when it cannot be written.
    """
    files = extension_files(REGISTRY, python=python)
    try:
        _replace(destination, files)
    except OSError as error:
        raise HostError(
            f"De extensie is niet geschreven: {refusal(error)}.",
            where=str(destination),
            remedy="Kies een bestaande map waarin u mag schrijven.",
        ) from error
    return destination


def extension_files(specs: Iterable[Spec], *, python: str) -> dict[str, bytes]:
    """Return the extension's files by their path inside it."""
    declared = tuple(specs)
    files = {
        "META-INF/manifest.xml": parts.manifest(),
        "description.xml": parts.description(__version__),
        "types.idl": parts.types_idl(declared),
        "klantwaarde.components": parts.components(),
        "CalcAddIns.xcu": parts.calc_addins(declared),
        "Addons.xcu": parts.addons(),
        "ProtocolHandler.xcu": parts.protocol_handler(),
        f"{PACKAGE}/extension.json": parts.extension_json(declared, python=python, version=__version__),
    }
    for source in sorted((Path(__file__).parent / "component").glob("*.py")):
        path = parts.COMPONENT if source.name == ENTRY else f"{PACKAGE}/{source.name}"
        files[path] = source.read_bytes()
    return files


def _replace(destination: Path, files: dict[str, bytes]) -> None:
    handle, temporary = tempfile.mkstemp(prefix=destination.name, suffix=".tmp", dir=destination.parent)
    try:
        with os.fdopen(handle, "wb") as stream:
            _write_zip(stream, files)
        os.chmod(temporary, 0o644)  # noqa: PTH101 - mkstemp's 0600 would keep other users out
        Path(temporary).replace(destination)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def _write_zip(stream: IO[bytes], files: dict[str, bytes]) -> None:
    with zipfile.ZipFile(stream, "w") as archive:
        for path, content in files.items():
            entry = zipfile.ZipInfo(path, _TIMESTAMP)
            entry.create_system = 3  # Unix, also when built on Windows
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, content)
