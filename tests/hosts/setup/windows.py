"""A Windows made of a dictionary and a folder, for tests on any system."""

import zipfile
from dataclasses import replace
from pathlib import Path

from klantwaarde_xl.hosts.setup.machine import Machine
from klantwaarde_xl.hosts.setup.registry import Root, Value

OPTIONS = r"Software\Microsoft\Office\16.0\Excel\Options"
APP = r"SOFTWARE\Microsoft\Windows\CurrentVersion\App Paths\excel.exe"
CLICK = r"SOFTWARE\Microsoft\Office\ClickToRun\Configuration"
GENERAL_POLICY = r"Software\Policies\Microsoft\Office\16.0\Common\General"


class Settings:
    """The registry as a dictionary: key → name → value, a dictionary for each root; keys in any case."""

    def __init__(self):
        self.held = {root: {} for root in Root}
        self.written = []

    def _key(self, root, key):
        return next((one for one in self.held[root] if one.casefold() == key.casefold()), key)

    def values(self, root, key):
        return dict(self.held[root].get(self._key(root, key), {}))

    def keys(self, root, key):
        inside = f"{key}\\".casefold()
        below = [one[len(inside) :] for one in self.held[root] if one.casefold().startswith(inside)]
        return list(dict.fromkeys(one.split("\\")[0] for one in below))

    def put(self, key, name, value):
        self.written.append((key, name))
        self.set(Root.USER, key, name, value)

    def remove(self, key, name):
        self.written.append((key, name))
        del self.held[Root.USER][self._key(Root.USER, key)][name]

    def remove_key(self, key):
        assert not self.values(Root.USER, key)
        assert not self.keys(Root.USER, key)
        del self.held[Root.USER][self._key(Root.USER, key)]

    def set(self, root, key, name, value):
        """What a test says is there; keys on the way come into being."""
        parts = key.split("\\")
        for place in range(1, len(parts) + 1):
            self.held[root].setdefault(self._key(root, "\\".join(parts[:place])), {})
        self.held[root][self._key(root, key)][name] = value if isinstance(value, Value) else Value(value)

    def everything(self):
        return {root: {key: dict(values) for key, values in held.items()} for root, held in self.held.items()}


def addin_bytes(folder, version="1"):
    """Something that is a package, as an .xlam is."""
    path = folder / "made.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("versie", version)
    content = path.read_bytes()
    path.unlink()
    return content


def windows(folder, **changes):
    """A user of Windows who unpacked the zip, with an Excel that was opened once."""
    unpacked = folder / "Klantwaarde XL"
    (unpacked / "python").mkdir(parents=True)
    for name in ("python.exe", "pythonw.exe"):
        (unpacked / "python" / name).write_bytes(b"")
    (unpacked / "klantwaarde_xl.xlam").write_bytes(addin_bytes(folder))
    settings = Settings()
    settings.set(Root.USER, OPTIONS, "FirstRun", Value(0, 4))
    machine = Machine(
        system="Windows",
        python=unpacked / "python" / "python.exe",
        home=folder / "home",
        here=folder,
        environment={"APPDATA": str(folder / "home" / "AppData" / "Roaming")},
        registry=settings,
        ansi=str.isascii,
        short=lambda path: path,
    )
    (machine.appdata / "Microsoft" / "Excel").mkdir(parents=True)
    return replace(machine, **changes)


def files(machine: Machine) -> dict[str, bytes]:
    """All files of the user."""
    return {
        str(path.relative_to(machine.home)): path.read_bytes()
        for path in sorted(Path(machine.home).rglob("*"))
        if path.is_file()
    }
