"""The files to double-click, until those of `hosts.setup.commands` are here: the same names, fewer words."""

from __future__ import annotations

_START = "@echo off\r\n"
_PYTHON = r'"%~dp0python\python.exe" -m klantwaarde_xl'


def install_cmd() -> bytes:
    """`Installeer.cmd`: install with the Python beside it."""
    return f"{_START}{_PYTHON} installeer %*\r\npause\r\n".encode("ascii")


def uninstall_cmd() -> bytes:
    """`Verwijder.cmd`: uninstall with the Python beside it."""
    return f"{_START}{_PYTHON} verwijder %*\r\npause\r\n".encode("ascii")


def refresh_cmd() -> bytes:
    """`Ververs.cmd`: refresh the workbook that is dropped on it."""
    return f"{_START}{_PYTHON} ververs %1\r\npause\r\n".encode("ascii")
