"""Build `klantwaarde_xl.xlam` without Excel: modules of VBA, the ribbon, in a file as Excel makes it."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path

import klantwaarde_xl
from klantwaarde_xl.errors import HostError
from klantwaarde_xl.functions.registry import REGISTRY
from klantwaarde_xl.hosts.excel.addin.custom_part import with_custom_part
from klantwaarde_xl.hosts.excel.addin.tab import ribbon_xml
from klantwaarde_xl.hosts.excel.addin.wrappers import WORKBOOK, modules
from klantwaarde_xl.hosts.excel.ribbon import ADD_IN
from klantwaarde_xl.hosts.setup.intellisense import NAMESPACE, tooltips
from klantwaarde_xl.hosts.zipped import write_zip
from klantwaarde_xl.leftovers import scratch
from klantwaarde_xl.workbook.templates import templates

RIBBON = "customUI/customUI.xml"
# The one of the namespace in `tab` (MS-CUSTOMUI 2.1.2); that of 2007 wants a later namespace
_RIBBON_TYPE = "http://schemas.microsoft.com/office/2006/relationships/ui/extensibility"
_PROPERTIES = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Klantwaarde XL</dc:title>'
    "<dc:description>Klantwaarde in Excel, versie {version}.</dc:description>"
    "<dc:creator>Klantwaarde XL</dc:creator></cp:coreProperties>"
)


def build_addin(folder: Path) -> Path:
    """Write the add-in into a folder and return its path; the file is either the old one or all new.

    Raises HostError when it cannot be written, or when the package that writes VBA is not installed.
    """
    return write_zip(folder / ADD_IN, addin_files(), what="De invoegtoepassing")


def addin_modules() -> dict[str, str]:
    """The modules of VBA by name."""
    return modules(REGISTRY, xlwings=version("xlwings"))


def addin_files(suffix: str = ".xlam") -> dict[str, bytes]:
    """The add-in's parts by name; suffix: `.xlsm` for the same as a workbook, for other programs."""
    parts = _with_modules(suffix, addin_modules())
    parts["docProps/core.xml"] = _PROPERTIES.format(version=klantwaarde_xl.__version__).encode()
    parts["_rels/.rels"] = _with_ribbon(parts["_rels/.rels"])
    if suffix == ".xlam":  # as Excel saves an add-in: its window is not one of the user's
        book = parts["xl/workbook.xml"]
        parts["xl/workbook.xml"] = book.replace(b"<workbookView ", b'<workbookView visibility="hidden" ')
    parts[RIBBON] = ribbon_xml(templates())
    # Excel-DNA's IntelliSense reads it here too; beside an add-in in the start folder there can be no file
    return with_custom_part(parts, tooltips(REGISTRY), namespace=NAMESPACE)


def _with_modules(suffix: str, texts: Mapping[str, str]) -> dict[str, bytes]:
    """The parts of a file as Excel makes it, with these modules as its VBA project."""
    try:
        from pyopenvba import ExcelFile
    except ImportError as error:
        raise HostError(
            "Om de invoegtoepassing te bouwen ontbreekt pyOpenVBA, dat VBA schrijft.",
            remedy='Voer uit: pip install "klantwaarde-xl[addin]".',
        ) from error
    with scratch() as folder:
        path = folder / f"klantwaarde{suffix}"
        with ExcelFile.create_new(path) as book:
            project = book.vba_project()
            project.delete_module("Module1")
            for name, text in texts.items():
                source = re.sub(r"\r?\n", "\r\n", text)
                if name == WORKBOOK:
                    book.set_module(name, source)
                else:
                    project.add_module(name, source)
            book.save()
        with zipfile.ZipFile(path) as archive:
            return {name: archive.read(name) for name in archive.namelist()}


def _with_ribbon(relationships: bytes) -> bytes:
    ribbon = f'<Relationship Id="rIdRibbon" Type="{_RIBBON_TYPE}" Target="{RIBBON}"/>'
    return relationships.replace(b"</Relationships>", ribbon.encode() + b"</Relationships>")
