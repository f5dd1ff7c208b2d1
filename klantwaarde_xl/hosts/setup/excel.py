r"""Placing the add-in where Excel opens it at its start, and taking it away.

Excel opens what stands in its start folder (`XLSTART`), which it trusts without a setting of ours.
Where a policy moved that folder, or we may not write in it, the add-in goes to the folder for add-ins
and into Excel's list. No trust setting, trusted location or macro setting is read as ours or written.
"""

from __future__ import annotations

import os
import re
import shutil
import stat
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path, PureWindowsPath

from klantwaarde_xl.errors import HostError, refusal
from klantwaarde_xl.hosts.setup import interpreter, openlist
from klantwaarde_xl.hosts.setup.machine import Machine
from klantwaarde_xl.hosts.setup.registry import Registry, Root, text_of

ADDIN = "klantwaarde_xl.xlam"
TOOLTIPS = "klantwaarde_xl.intellisense.xml"
_ELSEWHERE = {
    "Darwin": "Zet de functies in uw werkboek met `klantwaarde voegtoe WERKBOEK`; verversen gaat met "
    "Ververs.command, dat `klantwaarde installeer` op uw bureaublad zet.",
    "Linux": "Gebruik `klantwaarde installeer --libreoffice`. Voor een werkboek dat naar Excel gaat: "
    "`klantwaarde voegtoe WERKBOEK`.",
}


@dataclass(frozen=True)
class Places:
    """Where the add-in may stand: Excel's start folder, whether a policy moved it, and the add-ins."""

    start: Path
    moved: bool
    addins: Path

    @property
    def both(self) -> tuple[Path, Path]:
        """The add-in in each of them."""
        return self.start / ADDIN, self.addins / ADDIN


def places(machine: Machine) -> Places:
    """Where Excel looks. The start folder's name is a setting: XLSTART in most languages."""
    registry, home = machine.settings, machine.appdata / "Microsoft"
    version = openlist.versions(registry)[0]
    policy = text_of(registry, Root.USER, _general(version, policy=True), "Xlstart")
    name = policy or text_of(registry, Root.USER, _general(version), "Xlstart") or "XLSTART"
    plain = bool(re.fullmatch(r"[^\\/:%]+", name))
    start = home / "Excel" / (name if plain else "XLSTART")
    return Places(start, bool(policy) or not plain, home / "AddIns")


def _general(version: str, *, policy: bool = False) -> str:
    office = r"Software\Policies\Microsoft\Office" if policy else openlist.OFFICE
    return rf"{office}\{version}\Common\General"


def source(machine: Machine) -> Path:
    """The add-in to place: beside the folder of this Python, as in the zip, or where the user stands."""
    folders = (machine.python.parent.parent, machine.here)
    for folder in folders:
        if (folder / ADDIN).is_file():
            return folder / ADDIN
    raise HostError(
        f"De invoegtoepassing {ADDIN} is niet gevonden.",
        where=" en ".join(dict.fromkeys(map(str, folders))),
        remedy="Pak het zip-bestand van Klantwaarde XL helemaal uit en dubbelklik in die map op "
        "Installeer.cmd.",
    )


def install(machine: Machine, *, tooltips: Callable[[], str]) -> list[str]:
    """Place the add-in, and say in Dutch what was done; a second time changes nothing.

    tooltips: the description of the functions, made when there is a place for it. Raises `HostError`
    where it cannot be done.
    """
    refuse_elsewhere(machine)
    addin, python = source(machine), interpreter.writable_path(machine)
    target = _place(machine, addin, tooltips)
    interpreter.choose(machine)
    return [
        f"Excel: de invoegtoepassing staat in {target}",
        f"Excel: zij rekent met {python}",
        "Sluit Excel helemaal en open het weer: er is een tabblad Klantwaarde. Typ =KLANTWAARDE(500;2;200).",
    ]


def refuse_elsewhere(machine: Machine) -> None:
    """Raise `HostError` on a system where Excel cannot call Python."""
    if not machine.is_windows:
        raise HostError(
            "De invoegtoepassing werkt alleen in Excel voor Windows.", remedy=_ELSEWHERE[machine.system]
        )


def _place(machine: Machine, addin: Path, tooltips: Callable[[], str]) -> Path:
    """Put the add-in in the one place or the other, and leave it in no other."""
    where, registry = places(machine), machine.settings
    in_start, in_addins = where.both
    if not where.moved:
        try:
            _copy(addin, in_start)
        except OSError as error:
            if in_start.exists():  # an add-in of ours that is open in Excel
                raise _in_use(in_start, error) from error
        else:
            _remove_from_list(registry)
            _delete(in_addins, where.addins / TOOLTIPS)
            return in_start
    try:
        _copy(addin, in_addins)
        # Only here: Excel would open this file too if it stood in the start folder
        _make_writable(where.addins / TOOLTIPS)
        (where.addins / TOOLTIPS).write_text(tooltips(), encoding="utf-8")
    except OSError as error:
        raise _in_use(in_addins, error) from error
    _delete(in_start)
    for version in openlist.versions(registry):
        openlist.add(registry, version, in_addins)
    return in_addins


def _copy(addin: Path, target: Path) -> None:
    """Copy the bytes alone: without the mark that Windows gives to what comes from the internet.

    The file comes into being beside the start folder, where Excel does not open what is half there.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, half = tempfile.mkstemp(prefix="klantwaarde", suffix=".tmp", dir=target.parent.parent)
    os.close(handle)
    try:
        shutil.copyfile(addin, half)
        _make_writable(target)
        Path(half).replace(target)
    finally:
        Path(half).unlink(missing_ok=True)
    mark_of(target).unlink(missing_ok=True)


def _make_writable(path: Path) -> None:
    """Windows neither replaces nor deletes a file that is read-only, whoever asks."""
    if path.exists():
        path.chmod(stat.S_IREAD | stat.S_IWRITE)


def mark_of(path: Path) -> Path:
    """The stream beside a file in which Windows notes that it came from the internet."""
    return path.with_name(f"{path.name}:Zone.Identifier")


def uninstall(machine: Machine) -> list[str]:
    """Take the add-in and its settings away, and say what went; a second time there is nothing.

    Workbooks stay as they are. Raises `HostError` where it cannot be done.
    """
    refuse_elsewhere(machine)
    where = places(machine)
    gone = _delete(*where.both, where.addins / TOOLTIPS)
    lines = _remove_from_list(machine.settings)
    setting = interpreter.forget(machine)
    if not (gone or lines or setting):
        return ["Excel: er stond niets van Klantwaarde XL."]
    return [
        *(f"Excel: verwijderd: {path}" for path in gone),
        "Excel: de invoegtoepassing is weg, ook uit de instellingen. Uw werkboeken zijn zoals ze waren.",
    ]


def _remove_from_list(registry: Registry) -> int:
    """Take our lines out of Excel's list, and out of its list of add-ins without a tick."""
    count = 0
    for version in openlist.versions(registry):
        count += openlist.remove(registry, version, ADDIN)
        key = rf"{openlist.OFFICE}\{version}\Excel\Add-in Manager"
        for name in list(registry.values(Root.USER, key)):
            if PureWindowsPath(name).name.casefold() == ADDIN:
                registry.remove(key, name)
                count += 1
    return count


def _delete(*paths: Path) -> list[Path]:
    """Delete those that are there."""
    gone = [path for path in paths if path.exists()]
    for path in gone:
        try:
            _make_writable(path)
            path.unlink()
        except OSError as error:
            raise _in_use(path, error) from error
    return gone


def _in_use(path: Path, error: OSError) -> HostError:
    return HostError(
        f"De invoegtoepassing is niet te vervangen of te verwijderen: {refusal(error)}.",
        where=str(path),
        remedy="Sluit alle vensters van Excel (ook die in Taakbeheer) en probeer het opnieuw.",
    )
