"""The doctor: each check with a computer that is well and one that is not."""

import json
import sys
from dataclasses import replace
from importlib import metadata
from pathlib import Path

import pytest

import klantwaarde_xl
from klantwaarde_xl.hosts.setup import excel as installing
from klantwaarde_xl.hosts.setup import interpreter
from klantwaarde_xl.hosts.setup.doctor import examine as examining
from klantwaarde_xl.hosts.setup.doctor import excel, libreoffice, policies, python
from klantwaarde_xl.hosts.setup.doctor.finding import State, may_write
from klantwaarde_xl.hosts.setup.libreoffice import find
from klantwaarde_xl.hosts.setup.registry import Root, Value
from tests.hosts.setup.offices import extension_in, linux, office_in
from tests.hosts.setup.windows import GENERAL_POLICY, OPTIONS, addin_bytes

APP = r"SOFTWARE\Microsoft\Windows\CurrentVersion\App Paths\excel.exe"
CLICK = r"SOFTWARE\Microsoft\Office\ClickToRun\Configuration"
POLICY = r"Software\Policies\Microsoft\Office\16.0\Excel"


@pytest.fixture
def well(machine):
    """A Windows on which all is as it should be."""
    settings = machine.registry
    settings.set(Root.COMPUTER, APP, "", r"C:\Program Files\Microsoft Office\root\Office16\EXCEL.EXE")
    settings.set(Root.COMPUTER, CLICK, "Platform", "x64")
    settings.set(Root.COMPUTER, CLICK, "VersionToReport", "16.0.17928.20114")
    installing.install(machine, tooltips=str)
    settings.set(Root.USER, interpreter.KEY, interpreter.NAME, sys.executable)
    return machine


def in_list(machine):
    """The same with the start folder moved by a policy."""
    machine.registry.set(Root.USER, GENERAL_POLICY, "Xlstart", r"\\server\xlstart")
    installing.install(machine, tooltips=str)


def start(machine):
    return installing.places(machine).both[0]


def store_by_folder(machine):
    machine.registry.set(Root.COMPUTER, APP, "", r"C:\Program Files\WindowsApps\Microsoft.Office\EXCEL.EXE")


def store_by_package(machine):
    packages = r"Software\Classes\Local Settings\Software\Microsoft\Windows\CurrentVersion\AppModel\Repository\Packages"
    machine.registry.set(Root.USER, packages + r"\Microsoft.Office.Desktop.Excel_16051_x86__8wekyb", "x", "")


def no_excel(machine):
    del machine.registry.held[Root.COMPUTER][APP]


def of_32_bits(machine):
    machine.registry.set(Root.COMPUTER, CLICK, "Platform", "x86")


def of_32_bits_by_folder(machine):
    del machine.registry.held[Root.COMPUTER][CLICK]
    machine.registry.set(
        Root.COMPUTER, APP, "", r"C:\Program Files (x86)\Microsoft Office\Office16\EXCEL.EXE"
    )


def no_addin(machine):
    start(machine).unlink()


def addin_twice(machine):
    second = installing.places(machine).both[1]
    second.parent.mkdir()
    second.write_bytes(start(machine).read_bytes())


def addin_damaged(machine):
    start(machine).write_bytes(b"half")


def addin_older(machine):
    start(machine).write_bytes(addin_bytes(machine.home, "0"))


def no_source(machine):
    installing.source(machine).unlink()


def marked(machine):
    installing.mark_of(start(machine)).write_text("[ZoneTransfer]\nZoneId=3\n")


def hole(machine):
    machine.registry.set(Root.USER, OPTIONS, "OPEN", "een.xlam")
    machine.registry.set(Root.USER, OPTIONS, "OPEN2", "drie.xlam")


def ours_behind_a_hole(machine):
    in_list(machine)
    held = machine.registry.held[Root.USER][OPTIONS]
    held["OPEN3"] = held.pop("OPEN")


def not_in_list(machine):
    in_list(machine)
    del machine.registry.held[Root.USER][OPTIONS]["OPEN"]


def in_list_without_file(machine):
    machine.registry.set(Root.USER, OPTIONS, "OPEN", r'/R "C:\Weg\klantwaarde_xl.xlam"')


def disabled(machine):
    key = r"Software\Microsoft\Office\16.0\Excel\Resiliency\DisabledItems"
    data = b"\x02\0\0\0" + r"C:\X\Klantwaarde_XL.xlam".encode("utf-16-le")
    machine.registry.set(Root.USER, key, "4A5B", Value(data, 3))


def no_interpreter(machine):
    machine.registry.set(Root.USER, interpreter.KEY, interpreter.NAME, r"C:\Weg\pythonw.exe")


def folder_is_a_file(machine):
    start(machine).unlink()
    start(machine).parent.rmdir()
    start(machine).parent.write_text("")


def policy(folder, name, value=1):
    def change(machine):
        machine.registry.set(Root.COMPUTER, POLICY + folder, name, Value(value, 4))

    change.__name__ = f"{name}_{value}"
    return change


def all_of(*changes):
    def change(machine):
        for one in changes:
            one(machine)

    change.__name__ = "_and_".join(one.__name__ for one in changes)
    return change


NO_FOLDERS = policy(r"\Security\Trusted Locations", "AllLocationsDisabled")
FROM_INTERNET = policy(r"\Security", "blockcontentexecutionfrominternet")
ONLY_LISTED = policy(r"\Resiliency", "RestrictToList")
GOOD, NOTE, WRONG = State.GOOD, State.NOTE, State.WRONG


@pytest.mark.parametrize(
    ("check", "change", "state", "word"),
    [
        (excel.program_check, store_by_folder, WRONG, "Microsoft Store"),
        (excel.program_check, store_by_package, WRONG, "Microsoft Store"),
        (excel.program_check, no_excel, NOTE, "geen Excel"),
        (excel.bits_check, of_32_bits, NOTE, "32 bits"),
        (excel.bits_check, of_32_bits_by_folder, NOTE, "32 bits"),
        (excel.addin_check, no_addin, WRONG, "staat niet in"),
        (excel.addin_check, addin_twice, WRONG, "twee keer"),
        (excel.addin_check, addin_damaged, WRONG, "beschadigd"),
        (excel.addin_check, addin_older, WRONG, "andere versie"),
        (excel.addin_check, no_source, NOTE, "kan ik hier niet zien"),
        (excel.mark_check, marked, WRONG, "blokkeert"),
        (excel.list_check, hole, NOTE, "OPEN1 ontbreekt"),
        (excel.list_check, ours_behind_a_hole, WRONG, "niet verder dan OPEN"),
        (excel.list_check, not_in_list, WRONG, "opent de invoegtoepassing niet"),
        (excel.list_check, in_list_without_file, WRONG, "waar zij niet staat"),
        (excel.disabled_check, disabled, WRONG, "uitgezet"),
        (excel.python_check, no_interpreter, WRONG, "niet gevonden"),
        (excel.folder_check, folder_is_a_file, WRONG, "niet schrijven"),
        (policies.macros_check, policy(r"\Security", "VBAWarnings", 4), NOTE, "VBAWarnings is 4"),
        (policies.macros_check, policy(r"\Security", "VBAWarnings", 3), NOTE, "zonder handtekening"),
        (
            policies.macros_check,
            all_of(policy(r"\Security", "VBAWarnings", 4), NO_FOLDERS),
            WRONG,
            "VBAWarnings is 4",
        ),
        (policies.macros_check, all_of(policy(r"\Security", "VBAWarnings", 4), in_list), WRONG, "verboden"),
        (policies.internet_check, all_of(FROM_INTERNET, marked), WRONG, "merkteken"),
        (policies.locations_check, NO_FOLDERS, NOTE, "AllLocationsDisabled"),
        (policies.add_ins_check, ONLY_LISTED, WRONG, "RestrictToList"),
    ],
    ids=lambda one: getattr(one, "__name__", None),
)
def test_a_check_of_excel_tells_a_computer_that_is_well_from_one_that_is_not(
    well, check, change, state, word
):
    assert check(well).state is GOOD
    change(well)
    finding = check(well)
    assert finding.state is state
    assert word in finding.found + finding.remedy
    assert finding.remedy


@pytest.mark.parametrize(
    ("check", "change"),
    [
        (excel.list_check, in_list),
        (policies.macros_check, policy(r"\Security", "VBAWarnings", 2)),
        (policies.internet_check, FROM_INTERNET),
        (
            policies.add_ins_check,
            all_of(ONLY_LISTED, policy(r"\Resiliency\AddinList", r"C:\X\klantwaarde_xl.xlam")),
        ),
    ],
    ids=lambda one: getattr(one, "__name__", None),
)
def test_what_does_no_harm_is_good(well, check, change):
    change(well)
    assert check(well).state is GOOD


def test_a_policy_of_the_user_counts_as_one_of_the_computer(well):
    well.registry.set(Root.USER, POLICY + r"\Resiliency", "RestrictToList", Value(1, 4))
    assert policies.add_ins_check(well).state is WRONG


def test_installing_again_mends_what_the_advice_says_it_mends(well):
    for change in (no_addin, addin_twice, addin_damaged, addin_older, marked, in_list_without_file):
        change(well)
        installing.install(well, tooltips=str)
        well.registry.set(Root.USER, interpreter.KEY, interpreter.NAME, sys.executable)
        found = [excel.addin_check(well), excel.mark_check(well), excel.list_check(well)]
        assert [one.state for one in found] == [GOOD, GOOD, GOOD], change.__name__


# ── Python ──────────────────────────────────────────────────────────────────────────────────


def test_an_old_python_is_wrong_and_a_new_one_good():
    assert python.version_check((3, 10, 9)).state is WRONG
    assert python.version_check((3, 11, 0)).state is GOOD


def test_every_declared_library_is_one_that_can_be_loaded():
    assert python.libraries_check().state is GOOD
    assert {"numpy", "python_calamine", "xlwings"} <= set(python.declared_libraries())


def test_a_library_that_does_not_load_is_named():
    def load(name):
        if name == "twee":
            raise ImportError("DLL load failed")

    finding = python.libraries_check(lambda: ["een", "twee"], load)
    assert finding.state is WRONG
    assert "twee (ImportError: DLL load failed)" in finding.found
    assert "een" not in finding.found.replace("een (", "").split("twee")[0].split()


def test_a_product_without_its_list_of_libraries_is_wrong():
    def none():
        raise metadata.PackageNotFoundError("klantwaarde-xl")

    assert python.libraries_check(none).state is WRONG


def test_a_folder_in_which_no_file_can_be_made_is_wrong(tmp_path):
    (tmp_path / "bestand").write_text("")
    assert python.temporary_check(tmp_path).state is GOOD
    assert python.temporary_check(tmp_path / "bestand").state is WRONG
    assert may_write("map", tmp_path / "nog" / "niet", "maak haar").state is GOOD


def answering(tmp_path, line):
    script = tmp_path / "python"
    script.write_text(f"#!/bin/sh\n{line}\n")
    script.chmod(0o755)
    return str(script)


@pytest.mark.skipif(sys.platform == "win32", reason="the stand-ins are shell scripts")
@pytest.mark.parametrize(
    ("line", "state", "word"),
    [
        ("printf 'klantwaarde-xl 0.0.1'", NOTE, "0.0.1"),
        ("echo 'No module named klantwaarde_xl' >&2; exit 1", WRONG, "No module named klantwaarde_xl"),
        ("exit 3", WRONG, "code 3"),
    ],
)
def test_a_python_that_answers_otherwise_is_told_apart(machine, tmp_path, line, state, word):
    finding = python.interpreter_check(machine, "Python", answering(tmp_path, line), "doe iets")
    assert (finding.state, word in finding.found) == (state, True)


def test_a_python_that_has_the_product_answers_with_its_version(machine):
    finding = python.interpreter_check(machine, "Python", sys.executable, "doe iets")
    assert (finding.state, klantwaarde_xl.__version__ in finding.found) == (GOOD, True)


# ── LibreOffice ─────────────────────────────────────────────────────────────────────────────


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


# ── all of it ───────────────────────────────────────────────────────────────────────────────


def test_a_well_computer_has_nothing_wrong(well):
    sections = examining.examine(well)
    assert [one.title for one in sections] == ["Klantwaarde XL", "Excel", "LibreOffice"]
    assert examining.is_well(sections)
    assert examining.as_text(sections).endswith("Er is niets fout.")


def test_what_is_wrong_says_what_to_do(well):
    no_addin(well)
    sections = examining.examine(well)
    assert not examining.is_well(sections)
    text = examining.as_text(sections)
    assert "  fout    invoegtoepassing: staat niet in" in text
    assert "          Oplossing: Sluit Excel en dubbelklik op Installeer.cmd" in text


def test_a_check_that_breaks_is_a_finding_and_the_rest_goes_on(well, monkeypatch):
    monkeypatch.setattr(excel, "bits_check", lambda _: 1 / 0)
    findings = examining.examine(well)[1].findings
    assert [one.state for one in findings].count(WRONG) == 1
    assert len(findings) == 12


def test_the_help_desk_gets_every_check_and_no_setting_of_the_user(well):
    machine = replace(well, environment={**well.environment, "GEHEIM": "wachtwoord123"})
    sections = examining.examine(machine)
    said = json.loads(examining.as_json(sections, machine))
    assert said["in_orde"] is True
    assert len(said["controles"]) == sum(len(one.findings) for one in sections)
    assert set(said["controles"][0]) == {"onderdeel", "controle", "stand", "gevonden", "doen"}
    assert "wachtwoord123" not in json.dumps(said)
