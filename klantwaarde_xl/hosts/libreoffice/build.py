"""Build the Calc extension (.oxt) from the registry."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

from klantwaarde_xl import __version__
from klantwaarde_xl.functions.registry import REGISTRY
from klantwaarde_xl.functions.spec import Spec
from klantwaarde_xl.hosts.libreoffice import parts
from klantwaarde_xl.hosts.zipped import write_zip

PACKAGE = "pythonpath/klantwaarde_calc"  # LibreOffice puts `pythonpath` on its Python's path
ENTRY = "entry.py"


def build_extension(destination: Path, *, python: str = sys.executable) -> Path:
    """Write the extension to destination and return that path.

    python: the interpreter that computes, one in which klantwaarde_xl is installed; the environment
    variable KLANTWAARDE_PYTHON overrides it when LibreOffice runs. The file is either the old one
    or the whole new one. Raises HostError when it cannot be written.
    """
    return write_zip(destination, extension_files(REGISTRY, python=python), what="De extensie")


def extension_files(specs: Iterable[Spec], *, python: str) -> dict[str, bytes]:
    """Return the extension's files by their path inside it."""
    from klantwaarde_xl.workbook.refresh import growing

    declared = tuple(specs)
    files = {
        "META-INF/manifest.xml": parts.manifest(),
        "description.xml": parts.description(__version__),
        "types.idl": parts.types_idl(declared),
        "klantwaarde.components": parts.components(),
        "CalcAddIns.xcu": parts.calc_addins(declared),
        "Addons.xcu": parts.addons(),
        "ProtocolHandler.xcu": parts.protocol_handler(),
        f"{PACKAGE}/extension.json": parts.extension_json(
            declared, growing=growing(), python=python, version=__version__
        ),
    }
    for source in sorted((Path(__file__).parent / "component").glob("*.py")):
        path = parts.COMPONENT if source.name == ENTRY else f"{PACKAGE}/{source.name}"
        files[path] = source.read_bytes()
    return files
