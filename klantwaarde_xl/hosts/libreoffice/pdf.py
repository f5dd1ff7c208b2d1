"""A sheet of a workbook as a PDF that a screen reader can read, drawn by LibreOffice.

The copy that LibreOffice gets shows that sheet only, so that nothing of the others is in the file. It runs in
a profile of its own, with Dutch as its language, and leaves that of the user alone.
"""

from __future__ import annotations

import json
import subprocess
from collections.abc import Sequence
from pathlib import Path

from klantwaarde_xl.errors import HostError
from klantwaarde_xl.hosts.setup.libreoffice import find, run
from klantwaarde_xl.hosts.setup.machine import Machine
from klantwaarde_xl.leftovers import scratch
from klantwaarde_xl.xlsx.visible import showing

_PATIENCE = 300.0
_GET_IT = "Haal LibreOffice van libreoffice.org, of bewaar het blad als PDF vanuit Excel of Calc."
# Tags, the document's title in the window, whole fonts left out; see LibreOffice's help, PDF Export
_FILTER = {"UseTaggedPDF": True, "DisplayPDFDocumentTitle": True, "ExportBookmarks": True}
_DUTCH = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Setup/L10N"><prop oor:name="ooSetupSystemLocale" oor:op="fuse">
<value>nl-NL</value></prop></item>
<item oor:path="/org.openoffice.Office.Linguistic/General"><prop oor:name="DefaultLocale" oor:op="fuse">
<value>nl-NL</value></prop></item>
</oor:items>"""


def sheets_as_pdf(machine: Machine, workbook: Path, sheets: Sequence[str], target: Path) -> None:
    """Write these sheets of a closed workbook to a PDF; raises `HostError` where LibreOffice does not."""
    office = find(machine)
    if office is None:
        raise HostError("LibreOffice is niet gevonden; dat maakt de PDF.", remedy=_GET_IT)
    shown = showing(workbook, sheets)
    with scratch() as folder:
        copy = folder / f"{target.stem}.xlsx"
        copy.write_bytes(shown)
        made = folder / "uit" / f"{target.stem}.pdf"
        _convert(machine, office.program, folder, copy, made)
        target.write_bytes(made.read_bytes())


def _convert(machine: Machine, program: Path, folder: Path, copy: Path, made: Path) -> None:
    profile = folder / "profiel"
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(_DUTCH, encoding="utf-8")
    options = json.dumps({key: {"type": "boolean", "value": str(on).lower()} for key, on in _FILTER.items()})
    soffice = program / ("soffice.com" if machine.is_windows else "soffice")
    what = [f"pdf:calc_pdf_Export:{options}", "--outdir", str(made.parent), str(copy)]
    words = [f"-env:UserInstallation={profile.as_uri()}", "--headless", "--convert-to"]
    try:
        done = run(machine, [str(soffice), *words, *what], _PATIENCE)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise _refused(soffice, type(error).__name__) from error
    if not made.is_file():
        said = (done.stderr or done.stdout).strip().splitlines()
        raise _refused(soffice, said[0] if said else f"code {done.returncode}")


def _refused(soffice: Path, reason: str) -> HostError:
    return HostError(
        f"LibreOffice maakte geen PDF: {reason}",
        where=str(soffice),
        remedy="Open het werkboek in Excel of Calc, en bewaar het blad daar als PDF.",
    )
