"""Checks of LibreOffice: which one, the extension, both Pythons, and what gets between them."""

from __future__ import annotations

import klantwaarde_xl
from klantwaarde_xl.errors import HostError
from klantwaarde_xl.hosts.setup import libreoffice
from klantwaarde_xl.hosts.setup.doctor.finding import Finding, good, may_write, note, wrong
from klantwaarde_xl.hosts.setup.doctor.python import interpreter_check
from klantwaarde_xl.hosts.setup.libreoffice import Office
from klantwaarde_xl.hosts.setup.machine import Machine

OVERRIDE = "KLANTWAARDE_PYTHON"
_INSTALL = "Sluit LibreOffice en typ: klantwaarde installeer --libreoffice"
_AS_USER = "LibreOffice neemt geen extensie aan van de beheerder (root); word gewone gebruiker, zonder sudo. "


def _advice(machine: Machine) -> str:
    """How the extension gets there."""
    return f"{_AS_USER if machine.is_root else ''}{_INSTALL}"


def program_check(machine: Machine) -> Finding:
    """Whether there is a LibreOffice that takes the extension; not having one is no fault."""
    try:
        office = libreoffice.needed(machine)
    except HostError as error:
        if libreoffice.find(machine) is None:
            remedy = f"Alleen nodig als u Calc wilt gebruiken. {error.remedy}"
            return note("LibreOffice", "niet gevonden", remedy)
        return wrong("LibreOffice", f"{error.where}: {error.what}", error.remedy)
    if not any(office.version):
        return note(
            "LibreOffice",
            f"{office.program} zegt zijn versie niet",
            "Kijk bij Help, Over LibreOffice: 25.2 of nieuwer is goed.",
        )
    return good("LibreOffice", f"{office.program}, versie {office.version_text}")


def own_python_check(office: Office) -> Finding:
    """Whether LibreOffice can run Python at all: some systems leave that out."""
    about = "Python van LibreOffice zelf"
    folders = (office.program, office.program.parent / "Resources")
    if any((folder / "pythonloader.py").exists() for folder in folders):
        return good(about, "zit erin")
    return wrong(
        about,
        f"in {office.program} ontbreekt de steun voor Python",
        "Installeer die erbij: het pakket python3-uno (Debian, Ubuntu) of libreoffice-pyuno (Fedora).",
    )


def extension_check(machine: Machine, office: Office) -> Finding:
    """Whether the extension is there, and of this version."""
    found = libreoffice.installed(machine, office)
    if not found:
        return note("extensie", "staat niet in LibreOffice", _advice(machine))
    if any(one.version != klantwaarde_xl.__version__ for one in found):
        shown = " en ".join(one.version or "onbekend" for one in found)
        return wrong(
            "extensie", f"is van versie {shown}, dit is {klantwaarde_xl.__version__}", _advice(machine)
        )
    return good("extensie", f"versie {found[0].version}")


def worker_check(machine: Machine, office: Office) -> Finding | None:
    """Whether the Python that the extension starts answers; nothing to say without an extension."""
    about = "Python van de extensie"
    chosen = machine.environment.get(OVERRIDE, "")
    if chosen:
        remedy = f"Verander of verwijder de omgevingsvariabele {OVERRIDE}."
        return interpreter_check(machine, f"{about} ({OVERRIDE})", chosen, remedy)
    found = libreoffice.installed(machine, office)
    return interpreter_check(machine, about, found[0].python, _advice(machine)) if found else None


def environment_check(machine: Machine) -> Finding:
    """Whether an activated environment stands before the system's Python, from which LibreOffice's lives."""
    about = "omgeving in het PATH"
    foreign = libreoffice.environment_in_path(machine)
    if machine.system != "Linux" or foreign is None:
        return good(about, "er staat geen Python-omgeving voor die van het systeem")
    return note(
        about,
        f"{foreign} staat vooraan in het PATH; LibreOffice dat u vanuit dit venster start, vindt zijn eigen "
        "Python dan niet en kent de functies niet",
        "Start LibreOffice uit het menu, of typ eerst deactivate (conda: conda deactivate).",
    )


def profile_check(office: Office) -> Finding:
    """Whether the extension can be placed in the user's profile."""
    return may_write(
        "map van LibreOffice",
        office.profile,
        "Geef uzelf rechten op deze map; zij hoort van u te zijn en niet van de beheerder.",
    )
