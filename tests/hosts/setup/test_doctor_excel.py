"""The doctor on Excel: each check with a computer that is well and one that is not."""

import sys

import pytest

from klantwaarde_xl.hosts.setup import excel as installing
from klantwaarde_xl.hosts.setup import interpreter
from klantwaarde_xl.hosts.setup.doctor import excel, policies
from klantwaarde_xl.hosts.setup.doctor.finding import State
from klantwaarde_xl.hosts.setup.registry import Root, Value
from tests.hosts.setup.windows import APP, CLICK, GENERAL_POLICY, OPTIONS, addin_bytes

POLICY = r"Software\Policies\Microsoft\Office\16.0\Excel"


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


def test_what_the_user_chose_counts_and_is_theirs_to_change(well):
    security = r"Software\Microsoft\Office\16.0\Excel\Security"
    well.registry.set(Root.USER, security, "VBAWarnings", Value(4, 4))
    well.registry.set(Root.USER, security + r"\Trusted Locations", "AllLocationsDisabled", Value(1, 4))
    finding = policies.macros_check(well)
    assert (finding.state, "beheerder" in finding.remedy) == (WRONG, False)
    assert "Macro-instellingen" in finding.remedy
    assert "Vertrouwde locaties" in policies.locations_check(well).remedy


def test_a_policy_goes_before_what_the_user_chose(well):
    well.registry.set(Root.USER, r"Software\Microsoft\Office\16.0\Excel\Security", "VBAWarnings", Value(4, 4))
    policy(r"\Security", "VBAWarnings", 1)(well)
    assert policies.macros_check(well).state is GOOD


def test_installing_again_mends_what_the_advice_says_it_mends(well):
    for change in (no_addin, addin_twice, addin_damaged, addin_older, marked, in_list_without_file):
        change(well)
        installing.install(well, tooltips=str)
        well.registry.set(Root.USER, interpreter.KEY, interpreter.NAME, sys.executable)
        found = [excel.addin_check(well), excel.mark_check(well), excel.list_check(well)]
        assert [one.state for one in found] == [GOOD, GOOD, GOOD], change.__name__
