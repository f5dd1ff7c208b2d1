"""Windows' own Python under Wine: a folder as the zip unpacks it, and what runs in it.

KLANTWAARDE_WINDOWS_PYTHON is the folder of python.org's embeddable Python (with python.exe); tests
skip without it or without Wine, and fail when KLANTWAARDE_REQUIRE_HOSTS is set.
"""

import json
import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

import klantwaarde_xl
from klantwaarde_xl.hosts.setup import commands

PATIENCE = 300
PACKAGE = Path(klantwaarde_xl.__file__).parent
# Runs in Windows' Python: a command line reaches Windows as it stands, without a shell of ours
_RUN = """
import json, subprocess, sys
for line in json.load(open(sys.argv[1], encoding="utf-8")):
    done = subprocess.run(line, input=b"\\r\\n", capture_output=True)
    said = (done.stdout + done.stderr).decode("mbcs", "replace")
    print(json.dumps([done.returncode, said]))
"""


@dataclass
class Unpacked:
    """The folder `Klantwaarde XL` on a disk of Wine's."""

    folder: Path
    prefix: Path

    @property
    def environment(self):
        return {
            **os.environ,
            "WINEPREFIX": str(self.prefix),
            "WINEDEBUG": "-all",
            "WINEDLLOVERRIDES": "mscoree=;mshtml=",
            "LC_ALL": "C.UTF-8",
        }

    def windows_path(self, path):
        return "Z:" + str(path).replace("/", "\\")

    def python(self, code):
        """What a script prints as JSON, run by the Python of the folder."""
        script = self.folder.parent / "script.py"
        script.write_text(code, encoding="utf-8")
        return json.loads(self._wine(self.windows_path(script)).splitlines()[-1])

    def lines(self, *lines):
        """The code and the words of each command line, run by Windows."""
        asked, script = self.folder.parent / "lines.json", self.folder.parent / "run.py"
        asked.write_text(json.dumps(lines), encoding="utf-8")
        script.write_text(_RUN, encoding="utf-8")
        said = self._wine(self.windows_path(script), self.windows_path(asked))
        return [tuple(json.loads(line)) for line in said.splitlines() if line.startswith("[")]

    def _wine(self, *words):
        done = subprocess.run(
            ["wine", str(self.folder / "python" / "python.exe"), *words],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=PATIENCE,
            env=self.environment,
            check=False,
        )
        assert done.returncode == 0, done.stderr.decode("utf-8", "replace")
        return done.stdout.decode("utf-8", "replace").replace("\r", "")


def _missing(reason):
    if os.environ.get("KLANTWAARDE_REQUIRE_HOSTS"):
        pytest.fail(reason)
    pytest.skip(reason)


def unpacked(folder, name):
    """The zip's folder under a name, with the product in its Python and nothing else."""
    source = os.environ.get("KLANTWAARDE_WINDOWS_PYTHON", "")
    if shutil.which("wine") is None:
        _missing("wine is not on the path (Debian: wine)")
    if not (Path(source) / "python.exe").is_file():
        _missing("KLANTWAARDE_WINDOWS_PYTHON names no folder with Windows' python.exe")
    home = folder / name / "Klantwaarde XL"
    library = home / "python" / "Lib" / "site-packages"
    library.mkdir(parents=True)
    for one in Path(source).iterdir():
        if one.is_file() and one.suffix != "._pth":
            (home / "python" / one.name).symlink_to(one)
    zipped = next(Path(source).glob("python3*.zip")).name
    (home / "python" / f"{Path(zipped).stem}._pth").write_text(f"{zipped}\n.\nLib\\site-packages\n")
    shutil.copytree(
        PACKAGE, library / "klantwaarde_xl", ignore=shutil.ignore_patterns("__pycache__", "*.xlsx")
    )
    for file_name, text in (
        ("Installeer.cmd", commands.install_cmd()),
        ("Verwijder.cmd", commands.uninstall_cmd()),
        ("Ververs.cmd", commands.refresh_cmd()),
    ):
        (home / file_name).write_bytes(text)
    return Unpacked(home, folder / "prefix")
