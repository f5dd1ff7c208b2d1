"""Windows' own Python under Wine: the zip's folder without libraries, and what runs in it."""

import json
import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

from klantwaarde_xl.hosts.excel.bundle.build import FOLDER, lay_out
from klantwaarde_xl.hosts.excel.bundle.lock import EMBEDDED, lock

PATIENCE = 300
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


def unpacked(folder, name, packages):
    """The zip's folder under a name, with the product in its Python and no library; packages: where Python is."""
    home = folder / name / FOLDER
    lay_out(home, packages=packages, wanted=[one for one in lock() if one.name == EMBEDDED])
    return Unpacked(home, folder / "prefix")
