"""The files to double-click: `Installeer.cmd`, `Verwijder.cmd`, `Ververs.cmd`, and a Mac's `Ververs.command`.

The command interpreter of Windows reads a file in an alphabet of its own and ends a line with CR LF,
so the texts hold ASCII only. A path is always quoted and read while `!` means nothing, for folders
called `R&D!`; brackets would end a block, so there are no blocks.
"""

from __future__ import annotations

import shlex
from pathlib import Path

DROPPED_ON = "KLANTWAARDE_GESLEEPT"  # all that was dropped, as the system wrote it down
_PYTHON = r'"%~dp0python\python.exe"'
_UNPACK_FIRST = (
    ":uitpakken",
    "echo Hier ontbreekt de map python: dit bestand staat niet in de uitgepakte map.",
    "echo Kopieer het zip-bestand eerst naar uw computer, kies met de rechtermuisknop Alles uitpakken,",
    "echo en dubbelklik in de nieuwe map opnieuw.",
    "pause",
    "exit /b 1",
)
_MARK = "# Klantwaarde XL: ververst een werkboek dat u naar dit venster sleept"


def install_cmd() -> bytes:
    """`Installeer.cmd`: install with the Python beside it, and leave the result on the screen."""
    return _cmd(*_calling("-m klantwaarde_xl installeer %*"), "exit /b %KLANTWAARDE_UITKOMST%")


def uninstall_cmd() -> bytes:
    """`Verwijder.cmd`: uninstall with the Python beside it, and leave the result on the screen."""
    return _cmd(*_calling("-m klantwaarde_xl verwijder %*"), "exit /b %KLANTWAARDE_UITKOMST%")


def refresh_cmd() -> bytes:
    """`Ververs.cmd`: refresh the workbooks that are dropped on it.

    Explorer puts no quotes around a name without blanks, so that `R&D.xlsx` would be cut in two; the
    whole line as Explorer wrote it goes to Python in the environment, and the second half is not run.
    """
    return _cmd(
        f'set "{DROPPED_ON}="',
        "setlocal EnableDelayedExpansion",
        f'set "{DROPPED_ON}=!cmdcmdline!"',
        "setlocal DisableDelayedExpansion",
        *_calling("-m klantwaarde_xl.cli.dropped %*"),
        f"if not defined {DROPPED_ON} exit /b %KLANTWAARDE_UITKOMST%",
        "setlocal EnableDelayedExpansion",
        # Typed in a window of the user's own, that window stays
        f'if "!{DROPPED_ON}:%~nx0=!"=="!{DROPPED_ON}!" exit /b %KLANTWAARDE_UITKOMST%',
        "exit %KLANTWAARDE_UITKOMST%",
    )


def _calling(words: str) -> tuple[str, ...]:
    return (
        r'if not exist "%~dp0python\python.exe" goto uitpakken',
        f"{_PYTHON} {words}",
        'set "KLANTWAARDE_UITKOMST=%errorlevel%"',
        "pause",
    )


def _cmd(*lines: str) -> bytes:
    start = ("@echo off", "setlocal EnableExtensions DisableDelayedExpansion")
    return "".join(f"{line}\r\n" for line in (*start, *lines, *_UNPACK_FIRST)).encode("ascii")


def refresh_command(python: Path) -> bytes:
    """A Mac's `Ververs.command`: ask for workbooks and refresh them with this Python.

    Finder drops nothing on such a file, but a Terminal takes a file that is dragged into it.
    """
    return "\n".join(
        [
            "#!/bin/bash",
            _MARK,
            f"python={shlex.quote(str(python))}",
            'if [ ! -x "$python" ]; then',
            '  echo "Python is niet gevonden: $python"',
            '  echo "Installeer Klantwaarde XL opnieuw en voer klantwaarde installeer uit."',
            "  exit 1",
            "fi",
            'if [ "$#" -gt 0 ]; then exec "$python" -P -m klantwaarde_xl.cli.dropped "$@"; fi',
            'echo "Sleep een werkboek (of meer) naar dit venster en druk op Enter."',
            'echo "Sluit het werkboek eerst in Excel. Een lege regel stopt."',
            'while IFS= read -r regel && [ -n "${regel//[[:space:]]/}" ]; do',
            f'  {DROPPED_ON}="$regel" "$python" -P -m klantwaarde_xl.cli.dropped --regel',
            '  echo "Nog een? Sleep het hierheen en druk op Enter; een lege regel stopt."',
            "done",
            "",
        ]
    ).encode()


def is_ours(text: bytes) -> bool:
    """Whether a file is a `Ververs.command` of ours, of whatever version."""
    return _MARK.encode() in text
