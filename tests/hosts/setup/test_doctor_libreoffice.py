"""The doctor on LibreOffice: a computer that is well, and each thing that can be off."""

import sys
from dataclasses import replace
from pathlib import Path

import pytest

import klantwaarde_xl
from klantwaarde_xl.hosts.setup.doctor import libreoffice
from klantwaarde_xl.hosts.setup.doctor.finding import State
from klantwaarde_xl.hosts.setup.libreoffice import find
from tests.hosts.setup.offices import extension_in, linux, office_in

GOOD, NOTE, WRONG = State.GOOD, State.NOTE, State.WRONG


@pytest.fixture
def office(tmp_path):
    """A Linux with a LibreOffice and our extension in it."""
    machine = linux(tmp_path, office_in(tmp_path))
    extension_in(find(machine), version=klantwaarde_xl.__version__, python=sys.executable)
    return machine


def look(machine):
    found = find(machine)
    return {
        "program": libreoffice.program_check(machine),
        "own_python": libreoffice.own_python_check(found),
        "extension": libreoffice.extension_check(machine, found),
        "worker": libreoffice.worker_check(machine, found),
        "environment": libreoffice.environment_check(machine),
        "profile": libreoffice.profile_check(found),
    }


def test_a_libreoffice_with_our_extension_is_well(office):
    assert {one.state for one in look(office).values()} == {GOOD}


def older_office(machine, folder):
    (find(machine).program / "bootstraprc").write_text("[Bootstrap]\nProductKey=LibreOffice 7.6\n")


def silent_office(machine, folder):
    (find(machine).program / "bootstraprc").write_text("[Bootstrap]\n")


def without_python(machine, folder):
    (find(machine).program / "pythonloader.py").unlink()


def without_extension(machine, folder):
    pmap = find(machine).profile / "user" / "uno_packages" / "cache" / "uno_packages.pmap"
    pmap.write_bytes(b"Pmp1\n")


def older_extension(machine, folder):
    extension_in(find(machine), version="0.0.9", python=sys.executable)


def extension_of_a_python_that_is_gone(machine, folder):
    extension_in(find(machine), version=klantwaarde_xl.__version__, python=str(folder / "weg"))


def environment_in_front(machine, folder):
    (folder / "venv" / "bin").mkdir(parents=True)
    (folder / "venv" / "pyvenv.cfg").write_text("")
    (folder / "venv" / "bin" / "python3").write_text("")
    machine.environment["PATH"] = f"{folder / 'venv' / 'bin'}:{machine.environment['PATH']}"


def conda_in_front(machine, folder):
    (folder / "conda" / "bin").mkdir(parents=True)
    (folder / "conda" / "conda-meta").mkdir()
    (folder / "conda" / "bin" / "python3").write_text("")
    machine.environment["PATH"] = f"{folder / 'conda' / 'bin'}:{machine.environment['PATH']}"


def profile_is_a_file(machine, folder):
    machine.environment["XDG_CONFIG_HOME"] = str(folder / "een bestand")
    Path(machine.environment["XDG_CONFIG_HOME"]).write_text("")


def override_that_is_gone(machine, folder):
    machine.environment["KLANTWAARDE_PYTHON"] = str(folder / "weg")


@pytest.mark.parametrize(
    ("change", "name", "state", "word"),
    [
        (older_office, "program", WRONG, "7.6 is te oud"),
        (silent_office, "program", NOTE, "zegt zijn versie niet"),
        (without_python, "own_python", WRONG, "ontbreekt"),
        (without_extension, "extension", NOTE, "staat niet"),
        (older_extension, "extension", WRONG, "0.0.9"),
        (extension_of_a_python_that_is_gone, "worker", WRONG, "niet gevonden"),
        (override_that_is_gone, "worker", WRONG, "niet gevonden"),
        (environment_in_front, "environment", NOTE, "venv staat vooraan"),
        (conda_in_front, "environment", NOTE, "conda staat vooraan"),
        (profile_is_a_file, "profile", WRONG, "niet schrijven"),
    ],
)
def test_a_check_of_libreoffice_finds_what_is_off(office, tmp_path, change, name, state, word):
    change(office, tmp_path)
    finding = look(office)[name]
    assert finding.state is state
    assert word in finding.found
    assert finding.remedy


@pytest.mark.parametrize(
    ("change", "name"),
    [
        (without_extension, "extension"),
        (older_extension, "extension"),
        (extension_of_a_python_that_is_gone, "worker"),
    ],
)
def test_root_is_told_to_install_as_an_ordinary_user_and_nobody_else_is(office, tmp_path, change, name):
    change(office, tmp_path)
    assert "zonder sudo" in look(replace(office, is_root=True))[name].remedy
    assert "sudo" not in look(office)[name].remedy


def test_an_environment_behind_the_systems_python_does_no_harm(office, tmp_path):
    system = tmp_path / "system"
    system.mkdir()
    (system / "python3").write_text("")
    environment_in_front(office, tmp_path)
    office.environment["PATH"] = f"{system}:{office.environment['PATH']}"
    assert look(office)["environment"].state is GOOD


def test_without_libreoffice_that_is_worth_knowing_and_no_fault(tmp_path):
    machine = linux(tmp_path, tmp_path)
    assert libreoffice.program_check(machine).state is NOTE


def test_a_libreoffice_from_a_walled_shop_is_wrong(tmp_path):
    shop = tmp_path / "snap" / "bin"
    shop.mkdir(parents=True)
    (shop / "libreoffice").write_text("")
    (shop / "libreoffice").chmod(0o755)
    finding = libreoffice.program_check(linux(tmp_path, shop))
    assert (finding.state, "Snap" in finding.found) == (WRONG, True)
