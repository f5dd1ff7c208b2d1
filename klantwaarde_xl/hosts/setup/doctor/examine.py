"""Running all checks of a computer, and saying the result to a person or a help desk."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import klantwaarde_xl
from klantwaarde_xl.hosts.setup import libreoffice as calc
from klantwaarde_xl.hosts.setup.doctor import excel, libreoffice, policies, python
from klantwaarde_xl.hosts.setup.doctor.finding import Finding, State, wrong
from klantwaarde_xl.hosts.setup.machine import Machine

Check = Callable[[], Finding | None]


@dataclass(frozen=True)
class Section:
    """The findings about one program."""

    title: str
    findings: tuple[Finding, ...]


def examine(machine: Machine) -> list[Section]:
    """All findings; a check that itself breaks is a finding too."""
    sections = [("Klantwaarde XL", _product())]
    if machine.is_windows:
        sections.append(("Excel", _excel(machine)))
    sections.append(("LibreOffice", _libreoffice(machine)))
    return [Section(title, _run(checks)) for title, checks in sections]


def _product() -> list[Check]:
    return [python.version_check, python.libraries_check, python.temporary_check]


def _excel(machine: Machine) -> list[Check]:
    checks = (
        excel.program_check,
        excel.bits_check,
        excel.addin_check,
        excel.mark_check,
        excel.list_check,
        excel.disabled_check,
        excel.python_check,
        excel.folder_check,
        policies.macros_check,
        policies.internet_check,
        policies.locations_check,
        policies.add_ins_check,
    )
    return [partial(check, machine) for check in checks]


def _libreoffice(machine: Machine) -> list[Check]:
    office = calc.find(machine)
    checks: list[Check] = [partial(libreoffice.program_check, machine)]
    if office is not None:
        checks += [
            partial(libreoffice.own_python_check, office),
            partial(libreoffice.extension_check, machine, office),
            partial(libreoffice.worker_check, machine, office),
            partial(libreoffice.environment_check, machine),
            partial(libreoffice.profile_check, office),
        ]
    return checks


def _run(checks: Sequence[Check]) -> tuple[Finding, ...]:
    findings = []
    for check in checks:
        try:
            found = check()
        except Exception as error:
            found = wrong(
                "controle",
                f"kon niet worden uitgevoerd ({type(error).__name__}: {error})",
                "Stuur ons de uitvoer van klantwaarde doctor --json.",
            )
        if found is not None:
            findings.append(found)
    return tuple(findings)


def is_well(sections: Sequence[Section]) -> bool:
    """Whether nothing is wrong; what is worth knowing does not count."""
    return not any(one.state is State.WRONG for section in sections for one in section.findings)


def as_text(sections: Sequence[Section]) -> str:
    """The findings for a person: each with what to do about it."""
    lines = [f"Klantwaarde XL {klantwaarde_xl.__version__}"]
    for section in sections:
        lines += ["", section.title]
        for one in section.findings:
            lines.append(f"  {one.state.value:<6}  {one.about}: {one.found}")
            lines += [f"          Oplossing: {one.remedy}"] if one.remedy else []
    closing = "Er is niets fout." if is_well(sections) else "Er is iets fout; wat u eraan doet, staat erbij."
    return "\n".join([*lines, "", closing])


def as_json(sections: Sequence[Section], machine: Machine) -> str:
    """The findings for a help desk; of the user it holds no more than the paths of what was looked at."""
    said = {
        "versie": klantwaarde_xl.__version__,
        "systeem": machine.system,
        "python": ".".join(map(str, sys.version_info[:3])),
        "in_orde": is_well(sections),
        "controles": [
            {
                "onderdeel": section.title,
                "controle": one.about,
                "stand": one.state.value,
                "gevonden": one.found,
                "doen": one.remedy,
            }
            for section in sections
            for one in section.findings
        ],
    }
    return json.dumps(said, ensure_ascii=False, indent=2)
