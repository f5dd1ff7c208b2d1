"""Checks of Excel for Windows: which Excel, the add-in, where Excel looks for it, and its Python."""

from __future__ import annotations

import zipfile
from pathlib import Path

from klantwaarde_xl.errors import HostError
from klantwaarde_xl.hosts.setup import excel, interpreter, openlist
from klantwaarde_xl.hosts.setup.doctor.finding import Finding, good, may_write, note, wrong
from klantwaarde_xl.hosts.setup.doctor.python import interpreter_check
from klantwaarde_xl.hosts.setup.machine import Machine
from klantwaarde_xl.hosts.setup.registry import Root, text_of

_APP = r"SOFTWARE\Microsoft\Windows\CurrentVersion\App Paths\excel.exe"
_CLICK_TO_RUN = r"SOFTWARE\Microsoft\Office\ClickToRun\Configuration"
_STORE = (
    r"Software\Classes\Local Settings\Software\Microsoft\Windows\CurrentVersion\AppModel\Repository\Packages"
)
INSTALL = "Sluit Excel en dubbelklik op Installeer.cmd (of: klantwaarde installeer --excel)."
_AGAIN = f"{INSTALL} Dat zet alles op de goede plaats."


def program(machine: Machine) -> str:
    """Where Excel itself stands; empty when Windows does not know."""
    registry = machine.settings
    return next((path for root in Root if (path := text_of(registry, root, _APP, "").strip('"'))), "")


def is_from_store(machine: Machine) -> bool:
    """Whether Excel comes from the Microsoft Store, whose programs live apart from the others."""
    packages = machine.settings.keys(Root.USER, _STORE)
    return "windowsapps" in program(machine).casefold() or any(
        one.casefold().startswith("microsoft.office.desktop.excel") for one in packages
    )


def bits(machine: Machine) -> int:
    """64 or 32 as Excel says it, or as its folder does; 0 when neither says anything."""
    said = text_of(machine.settings, Root.COMPUTER, _CLICK_TO_RUN, "Platform").casefold()
    if said:
        return 64 if said == "x64" else 32
    return 32 if "(x86)" in program(machine) else 0


def program_check(machine: Machine) -> Finding:
    """Whether there is an Excel that the add-in works in."""
    path = program(machine)
    if is_from_store(machine):
        return wrong(
            "Excel",
            "komt uit de Microsoft Store; daarin werkt de invoegtoepassing niet",
            "Verwijder deze Office en installeer die van office.com; uw account en bestanden blijven. "
            "Tot dan werken de functies via klantwaarde voegtoe WERKBOEK.",
        )
    if not path:
        return note(
            "Excel",
            "Windows noemt geen Excel op deze computer",
            "Staat Excel er wel, dan is dit geen probleem. Anders: klantwaarde installeer --libreoffice.",
        )
    shown = text_of(machine.settings, Root.COMPUTER, _CLICK_TO_RUN, "VersionToReport")
    return good("Excel", f"{path}{f', versie {shown}' if shown else ''}")


def bits_check(machine: Machine) -> Finding:
    """Whether Excel and the library of the add-in are known to fit."""
    found = bits(machine)
    if found == 32:
        return note(
            "Excel 32 of 64 bits",
            "32 bits: dat hoort te werken, maar niemand heeft het nog gezien",
            "Blijven cellen leeg of fout, installeer dan een 64-bits Office.",
        )
    return good("Excel 32 of 64 bits", "64 bits" if found else "Excel zegt het niet; dat is geen probleem")


def addin_check(machine: Machine) -> Finding:
    """Whether the add-in stands in one place, whole, and is the one of this version."""
    about = "invoegtoepassing"
    where = excel.places(machine)
    there = [path for path in where.both if path.is_file()]
    if not there:
        return wrong(about, f"staat niet in {where.start} en niet in {where.addins}", INSTALL)
    if len(there) > 1:
        return wrong(about, f"staat er twee keer: {there[0]} en {there[1]}", _AGAIN)
    if not zipfile.is_zipfile(there[0]):
        return wrong(about, f"{there[0]} is beschadigd", _AGAIN)
    try:
        ours = excel.source(machine)
    except HostError:
        return note(
            about,
            f"staat in {there[0]}; of zij van deze versie is, kan ik hier niet zien",
            "Voer deze controle uit met de Python uit de map Klantwaarde XL.",
        )
    if ours.read_bytes() != there[0].read_bytes():
        return wrong(about, f"{there[0]} is van een andere versie dan {ours}", _AGAIN)
    return good(about, f"staat in {there[0]} en is van deze versie")


def mark_check(machine: Machine) -> Finding:
    """Whether Windows holds the add-in for something from the internet, whose macros Excel blocks."""
    about = "merkteken van internet"
    marked = [path for path in excel.places(machine).both if excel.mark_of(path).exists()]
    if marked:
        return wrong(
            about,
            f"Windows blokkeert {marked[0]}, omdat het van internet kwam",
            "Rechtsklik op het bestand, Eigenschappen, vink Blokkering opheffen aan. Of installeer opnieuw.",
        )
    return good(about, "de invoegtoepassing is niet geblokkeerd")


def list_check(machine: Machine) -> Finding:
    """Whether Excel's list of add-ins is whole, and says what is true of ours."""
    about = "lijst van invoegtoepassingen"
    where = excel.places(machine)
    in_list = where.both[1].is_file() and not where.both[0].is_file()
    for version in openlist.versions(machine.settings):
        lines = openlist.opened(machine.settings, version)
        hole = openlist.first_hole(lines)
        ours = [line for line in lines if openlist.is_named(line, excel.ADDIN)]
        behind = [line for line in lines if line.number > hole]
        if any(line in behind for line in ours):
            return wrong(about, f"Excel {version} leest niet verder dan {openlist.name_of(hole)}", _AGAIN)
        if ours and not in_list:
            return wrong(about, f"Excel {version} zoekt de invoegtoepassing waar zij niet staat", _AGAIN)
        if in_list and not ours:
            return wrong(about, f"Excel {version} opent de invoegtoepassing niet", _AGAIN)
        if behind:
            return note(
                about,
                f"{openlist.name_of(hole)} ontbreekt (Excel {version}); wat erachter staat, opent Excel niet",
                "Dit gaat om een andere invoegtoepassing: zet die in Excel opnieuw aan.",
            )
    return good(about, "er zijn geen gaten in")


def disabled_check(machine: Machine) -> Finding:
    """Whether Excel switched the add-in off after a crash."""
    about = "uitgeschakeld na een storing"
    wanted = excel.ADDIN.encode("utf-16-le")
    for version in openlist.versions(machine.settings):
        key = rf"{openlist.OFFICE}\{version}\Excel\Resiliency\DisabledItems"
        held = machine.settings.values(Root.USER, key).values()
        if any(isinstance(one.data, bytes) and wanted in one.data.lower() for one in held):
            return wrong(
                about,
                "Excel heeft de invoegtoepassing uitgezet",
                "In Excel: Bestand, Opties, Invoegtoepassingen, Beheren: Uitgeschakelde items, Inschakelen.",
            )
    return good(about, "nee")


def python_check(machine: Machine) -> Finding:
    """Whether the Python that the add-in starts is there and answers."""
    return interpreter_check(machine, "Python van Excel", interpreter.chosen(machine), _AGAIN)


def folder_check(machine: Machine) -> Finding:
    """Whether the add-in can be placed."""
    where = excel.places(machine)
    folder: Path = where.addins if where.moved else where.start
    return may_write(
        "map voor de invoegtoepassing", folder, "Vraag uw beheerder om schrijfrechten in deze map."
    )
