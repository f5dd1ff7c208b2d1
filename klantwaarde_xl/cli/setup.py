"""`installeer`, `verwijder` and `doctor`: their words, and what they do with what was asked."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from klantwaarde_xl.errors import HostError, KlantwaardeError
from klantwaarde_xl.hosts.setup import excel, libreoffice, mac
from klantwaarde_xl.hosts.setup.doctor.examine import as_json, as_text, examine, is_well
from klantwaarde_xl.hosts.setup.machine import Machine, this_machine

Step = Callable[[], list[str]]


def add_setup(commands: Any) -> None:
    """Add the commands' words to the parser."""
    for name, help_text in (
        ("installeer", "zet Klantwaarde XL in Excel en LibreOffice; nog eens mag altijd"),
        ("verwijder", "haal Klantwaarde XL uit Excel en LibreOffice; uw werkboeken blijven"),
    ):
        command = commands.add_parser(name, help=help_text)
        only = command.add_mutually_exclusive_group()
        only.add_argument("--excel", action="store_true", help="alleen Excel")
        only.add_argument("--libreoffice", action="store_true", help="alleen LibreOffice")
    doctor = commands.add_parser("doctor", help="kijk na of alles goed staat, en zeg wat u kunt doen")
    doctor.add_argument("--json", action="store_true", help="de uitkomst voor een helpdesk")


def install(options: argparse.Namespace) -> int:
    """Install in the programs that were asked for, or in those that are here."""
    return _each(_steps(options, this_machine(), installing=True))


def uninstall(options: argparse.Namespace) -> int:
    """Take away what was installed."""
    return _each(_steps(options, this_machine(), installing=False))


def doctor(options: argparse.Namespace) -> int:
    """Print what the checks found; 1 when something is wrong."""
    machine = this_machine()
    sections = examine(machine)
    print(as_json(sections, machine) if options.json else as_text(sections))
    return 0 if is_well(sections) else 1


RUNS = {"installeer": install, "verwijder": uninstall, "doctor": doctor}


def _steps(options: argparse.Namespace, machine: Machine, *, installing: bool) -> list[Step]:
    """What to do on this machine; raises `HostError` where there is nothing to install in."""
    for_excel, for_calc = _for_excel(machine, installing), _for_libreoffice(machine, installing)
    if options.excel:
        return [for_excel]
    if options.libreoffice:
        return [for_calc]
    steps = [] if machine.system == "Linux" else [for_excel]
    if libreoffice.find(machine) is not None:
        # Who has Excel may well have an old LibreOffice about that nobody thinks of
        steps.append(_if_it_can(for_calc, machine) if steps and installing else for_calc)
    if not steps and installing:
        raise HostError(
            "Er is hier geen Excel en geen LibreOffice om Klantwaarde XL in te zetten.",
            remedy="Installeer LibreOffice 25.2 of nieuwer en probeer het opnieuw. Werkboeken maken en "
            "verversen gaat ook zonder: `klantwaarde demo`.",
        )
    return steps or [lambda: ["Er is hier niets van Klantwaarde XL om te verwijderen."]]


def _if_it_can(step: Step, machine: Machine) -> Step:
    """The step, or a line that says why this LibreOffice is passed over."""
    try:
        libreoffice.needed(machine)
    except HostError as error:
        line = f"LibreOffice is overgeslagen: {error.what}"
        return lambda: [line]
    return step


def _for_excel(machine: Machine, installing: bool) -> Step:
    if machine.system == "Darwin":
        return lambda: (mac.install if installing else mac.uninstall)(machine)
    if installing:
        return lambda: excel.install(machine, tooltips=_tooltips)
    return lambda: excel.uninstall(machine)


def _for_libreoffice(machine: Machine, installing: bool) -> Step:
    if installing:
        return lambda: libreoffice.install(machine, build=_build_extension)
    return lambda: libreoffice.uninstall(machine)


def _each(steps: list[Step]) -> int:
    """Do each, also after one that failed; raise the first failure at the end."""
    failed: list[KlantwaardeError] = []
    for step in steps:
        try:
            print("\n".join(step()))
        except KlantwaardeError as error:
            failed.append(error)
    for other in failed[1:]:
        print(f"Fout: {other}", file=sys.stderr)
    if failed:
        raise failed[0]
    return 0


def _tooltips() -> str:
    from klantwaarde_xl.functions.registry import REGISTRY
    from klantwaarde_xl.hosts.setup.intellisense import tooltips

    return tooltips(REGISTRY)


def _build_extension(target: Path, python: str) -> None:
    from klantwaarde_xl.hosts.libreoffice.build import build_extension

    build_extension(target, python=python)
