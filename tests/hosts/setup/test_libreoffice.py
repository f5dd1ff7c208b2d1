"""The extension through `unopkg`: a stand-in that writes down what it was told, and the real one."""

import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

import pytest

from klantwaarde_xl import __version__
from klantwaarde_xl.errors import HostError
from klantwaarde_xl.hosts.libreoffice.build import build_extension
from klantwaarde_xl.hosts.setup import libreoffice
from tests.hosts.setup.offices import extension_in, linux, office_in

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the stand-ins are shell scripts")


def build(path, python):
    return build_extension(path, python=python)


def install(machine):
    return libreoffice.install(machine, build=build)


def test_the_extension_is_given_to_unopkg_and_an_older_one_replaced(tmp_path):
    does = f'echo "$@" > {tmp_path}/told; cp "$4" {tmp_path}/given.oxt'
    machine = linux(tmp_path, office_in(tmp_path, unopkg=does), "/usr/bin", "/bin")
    said = install(machine)
    assert (tmp_path / "told").read_text().startswith("add --force --suppress-license /")
    assert (tmp_path / "given.oxt").read_bytes()[:2] == b"PK"
    assert "/nergens/python" in said[0]


def test_the_extension_is_taken_away_by_its_name(tmp_path):
    machine = linux(tmp_path, office_in(tmp_path, unopkg=f'echo "$@" > {tmp_path}/told'))
    extension_in(libreoffice.find(machine), version="1", python="p")
    libreoffice.uninstall(machine)
    assert (tmp_path / "told").read_text() == "remove nl.klantwaarde.xl\n"


def test_without_an_extension_nothing_is_started(tmp_path):
    machine = linux(tmp_path, office_in(tmp_path, unopkg=f"touch {tmp_path}/started"))
    assert "er stond geen" in libreoffice.uninstall(machine)[0]
    assert not (tmp_path / "started").exists()


def test_a_folder_that_libreoffice_left_behind_is_no_extension(tmp_path):
    machine = linux(tmp_path, office_in(tmp_path))
    office = libreoffice.find(machine)
    extension_in(office, version="1", python="oud", name="lu1old.tmp")
    extension_in(office, version="2", python="nieuw", name="lu2new.tmp")
    assert [one.python for one in libreoffice.installed(machine, office)] == ["nieuw"]


def test_unopkg_is_started_outside_an_activated_environment(tmp_path):
    (tmp_path / "venv" / "bin").mkdir(parents=True)
    (tmp_path / "venv" / "pyvenv.cfg").write_text("")
    (tmp_path / "venv" / "bin" / "python3").write_text("")
    does = f'echo "$PATH $VIRTUAL_ENV" > {tmp_path}/told'
    machine = linux(tmp_path, tmp_path / "venv" / "bin", office_in(tmp_path, unopkg=does), "/usr/bin", "/bin")
    machine.environment["VIRTUAL_ENV"] = str(tmp_path / "venv")
    install(machine)
    assert "venv" not in (tmp_path / "told").read_text()


def test_what_unopkg_says_is_passed_on_with_what_to_do(tmp_path):
    machine = linux(tmp_path, office_in(tmp_path, unopkg="echo 'ERROR: lock file' >&2; exit 1"))
    with pytest.raises(HostError, match="ERROR: lock file") as refused:
        install(machine)
    assert "Sluit LibreOffice helemaal" in refused.value.remedy


def test_root_is_told_to_be_an_ordinary_user(tmp_path):
    says = "echo 'ERROR: Cannot run unopkg as root without --shared or --bundled option.' >&2; exit 1"
    with pytest.raises(HostError, match="root") as refused:
        install(linux(tmp_path, office_in(tmp_path, unopkg=says)))
    assert "zonder sudo" in refused.value.remedy


def test_an_old_libreoffice_is_refused_before_it_is_started(tmp_path):
    machine = linux(tmp_path, office_in(tmp_path, "7.6", unopkg=f"touch {tmp_path}/started"))
    with pytest.raises(HostError, match=r"LibreOffice 7\.6 is te oud"):
        install(machine)
    assert not (tmp_path / "started").exists()


def test_without_libreoffice_it_says_where_to_get_it(tmp_path):
    with pytest.raises(HostError, match="niet gevonden") as refused:
        install(linux(tmp_path, tmp_path))
    assert "libreoffice.org" in refused.value.remedy


def test_a_mac_has_its_programs_beside_its_resources(tmp_path):
    program = office_in(tmp_path)
    resources = program.parent / "Resources"
    resources.mkdir()
    (program / "bootstraprc").rename(resources / "bootstraprc")
    machine = replace(linux(tmp_path, system="Darwin"), office_folders=(program,))
    office = libreoffice.find(machine)
    assert (office.version, office.profile.parent.parent.name) == ((25, 2), "Application Support")


@pytest.fixture
def open_folder():
    """A folder that another user may come into, which those of pytest are not."""
    with tempfile.TemporaryDirectory(prefix="klantwaarde") as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


@pytest.fixture
def real(open_folder, calc_host):
    """The real unopkg of this computer, as an ordinary user: it refuses root."""
    program = Path(calc_host[0]).resolve().parent
    as_user = f'exec {program}/unopkg "$@"'
    machine = linux(
        open_folder, office_in(open_folder, unopkg="exit 0"), *os.environ["PATH"].split(os.pathsep)
    )
    shutil.copy(program / "bootstraprc", open_folder / "office" / "program")
    if os.getuid() == 0:
        if not shutil.which("runuser"):
            pytest.skip("root cannot be an ordinary user here: no runuser")
        machine.home.chmod(0o777)
        # What is to be added lies in a folder of root's
        as_user = (
            'for last; do :; done; [ -f "$last" ] && chmod 755 "$(dirname "$last")"\n'
            f'exec runuser -u nobody -- env HOME={machine.home} {program}/unopkg "$@"'
        )
    unopkg = open_folder / "office" / "program" / "unopkg"
    unopkg.write_text(f"#!/bin/sh\n{as_user}\n")
    return replace(
        machine,
        environment={
            **machine.environment,
            "PATH": f"{unopkg.parent}{os.pathsep}{machine.environment['PATH']}",
        },
    )


@pytest.mark.slow
def test_the_real_libreoffice_takes_it_twice_and_gives_it_back_twice(real):
    office = libreoffice.find(real)
    for _ in range(2):
        install(real)
        found = libreoffice.installed(real, office)
        assert [(one.version, one.python) for one in found] == [(__version__, "/nergens/python")]
    for _ in range(2):
        libreoffice.uninstall(real)
        assert libreoffice.installed(real, office) == []
    shown = subprocess.run(
        [office.program / "unopkg", "list"], capture_output=True, text=True, check=False, env=real.environment
    )
    assert "nl.klantwaarde.xl" not in shown.stdout
