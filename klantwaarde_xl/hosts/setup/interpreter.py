r"""The setting by which the add-in finds Python.

VBA's own place for settings, so that the add-in reads it with `GetSetting`:
`HKCU\Software\VB and VBA Program Settings\Klantwaarde XL\Excel`, name `Interpreter`.
"""

from __future__ import annotations

from klantwaarde_xl.errors import HostError
from klantwaarde_xl.hosts.setup.machine import Machine
from klantwaarde_xl.hosts.setup.registry import Root, Value, prune, text_of

_SOFTWARE = "Software"
# The words of `GetSetting`, which the add-in is built with
APP, SECTION, NAME = "Klantwaarde XL", "Excel", "Interpreter"
KEY = rf"{_SOFTWARE}\VB and VBA Program Settings\{APP}\{SECTION}"


def chosen(machine: Machine) -> str:
    """The interpreter that the add-in starts; empty when none was set."""
    return text_of(machine.settings, Root.USER, KEY, NAME)


def writable_path(machine: Machine) -> str:
    """The interpreter's path as the add-in can hand it over.

    xlwings' library takes one byte a character: a path in another alphabet goes by its 8.3 name.
    Raises `HostError` where it has none.
    """
    path = str(machine.windowless_python)
    for one in (path, machine.short(path)):
        if machine.ansi(one):
            return one
    raise HostError(
        "Excel kan deze map niet aan Python doorgeven: er staan letters in die Windows hier niet kent.",
        where=path,
        remedy=r"Zet de hele map Klantwaarde XL in een map met een gewone naam, zoals C:\Klantwaarde XL, "
        "en installeer opnieuw.",
    )


def choose(machine: Machine) -> str:
    """Let the add-in start the Python that runs now; return its path."""
    path = writable_path(machine)
    if chosen(machine) != path:
        machine.settings.put(KEY, NAME, Value(path))
    return path


def forget(machine: Machine) -> bool:
    """Remove the setting, and the keys around it that then hold nothing; say whether it was there."""
    there = bool(chosen(machine))
    if there:
        machine.settings.remove(KEY, NAME)
        prune(machine.settings, KEY, keep=_SOFTWARE)
    return there
