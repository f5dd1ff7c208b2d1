"""What this computer tells of itself: everything that installing and the doctor look at.

The one place that asks the system, so that a test can describe a Windows on another system.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from klantwaarde_xl.errors import HostError
from klantwaarde_xl.hosts.setup.registry import Registry, system_registry

# Not platform.system(): on Windows it asks a service, which may not answer
_SYSTEMS = {"win32": "Windows", "darwin": "Darwin"}

# Where LibreOffice's programs are when the PATH does not lead to them
_OFFICE_FOLDERS = {
    "Windows": (r"C:\Program Files\LibreOffice\program",),
    "Darwin": ("/Applications/LibreOffice.app/Contents/MacOS",),
    "Linux": ("/usr/lib/libreoffice/program", "/usr/lib64/libreoffice/program"),
}


def in_ansi(text: str) -> bool:
    """Whether this Windows can write a text in its old one-byte alphabet; elsewhere whether it is ASCII."""
    try:
        text.encode("mbcs" if os.name == "nt" else "ascii")
    except UnicodeEncodeError:
        return False
    return True


def short_name(path: str) -> str:
    """Windows' 8.3 name of a path that exists; the path itself where it has none."""
    if sys.platform != "win32":
        return path
    import ctypes

    room = ctypes.create_unicode_buffer(32768)
    length = ctypes.windll.kernel32.GetShortPathNameW(path, room, len(room))
    return room.value if 0 < length < len(room) else path


@dataclass(frozen=True)
class Machine:
    """A computer and its user.

    system: Windows, Darwin or Linux; python: the interpreter that runs; here: the folder that the
    user stands in; office_folders: where LibreOffice usually is; ansi and short: Windows' old names
    of files; is_root: whether the administrator of a Linux or Mac runs this.
    """

    system: str
    python: Path
    home: Path
    here: Path
    environment: Mapping[str, str]
    registry: Registry | None = None
    office_folders: tuple[Path, ...] = ()
    is_root: bool = False
    ansi: Callable[[str], bool] = field(default=in_ansi)
    short: Callable[[str], str] = field(default=short_name)

    @property
    def is_windows(self) -> bool:
        """Whether it runs Windows."""
        return self.system == "Windows"

    @property
    def settings(self) -> Registry:
        """The registry; raises `HostError` where there is none."""
        if self.registry is None:
            raise HostError("Dit systeem heeft geen Windows-register.", remedy="Voer dit uit op Windows.")
        return self.registry

    @property
    def appdata(self) -> Path:
        """Where programs keep what belongs to the user: `%APPDATA%` on Windows."""
        if self.is_windows:
            known = self.environment.get("APPDATA")
            return Path(known) if known else self.home / "AppData" / "Roaming"
        if self.system == "Darwin":
            return self.home / "Library" / "Application Support"
        known = self.environment.get("XDG_CONFIG_HOME")
        return Path(known) if known else self.home / ".config"

    @property
    def windowless_python(self) -> Path:
        """The Python beside the running one that opens no window of its own, or the running one."""
        beside = self.python.with_name("pythonw.exe")
        return beside if self.is_windows and beside.exists() else self.python


def this_machine() -> Machine:
    """The computer that this runs on."""
    system = _SYSTEMS.get(sys.platform, "Linux")
    return Machine(
        system=system,
        python=Path(sys.executable),
        home=Path.home(),
        here=Path.cwd(),
        environment=dict(os.environ),
        registry=system_registry(),
        office_folders=tuple(map(Path, _OFFICE_FOLDERS[system])),
        is_root=sys.platform != "win32" and os.geteuid() == 0,
    )
