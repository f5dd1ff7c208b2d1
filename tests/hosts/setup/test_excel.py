"""Installing in Excel and taking it away: a registry and a user's folder, before and after."""

import stat
from dataclasses import replace
from pathlib import Path

import pytest

from klantwaarde_xl.errors import HostError
from klantwaarde_xl.hosts.setup import excel, interpreter, openlist
from klantwaarde_xl.hosts.setup.registry import Root, Value
from tests.hosts.setup.windows import GENERAL_POLICY, OPTIONS, addin_bytes, files

START = "AppData/Roaming/Microsoft/Excel/XLSTART/klantwaarde_xl.xlam"
ADDINS = "AppData/Roaming/Microsoft/AddIns/klantwaarde_xl.xlam"
TOOLTIPS = "AppData/Roaming/Microsoft/AddIns/klantwaarde_xl.intellisense.xml"
SETTING = (r"Software\VB and VBA Program Settings\Klantwaarde XL\Excel", "Interpreter")


def install(machine):
    return excel.install(machine, tooltips=lambda: "<tooltips/>")


def options(machine):
    return {name: value.data for name, value in machine.registry.values(Root.USER, OPTIONS).items()}


def move_start_folder(machine):
    machine.registry.set(Root.USER, GENERAL_POLICY, "Xlstart", r"\\server\xlstart")


def with_add_ins_of_others(machine, *names):
    for number, name in enumerate(names):
        machine.registry.set(Root.USER, OPTIONS, openlist.name_of(number), Value(name, 2))


def test_the_add_in_comes_into_the_start_folder_and_the_setting_names_python(machine):
    install(machine)
    assert set(files(machine)) == {START}
    assert machine.registry.written == [SETTING]
    assert interpreter.chosen(machine) == str(machine.python.with_name("pythonw.exe"))


def test_what_is_placed_is_the_add_in_to_the_byte(machine):
    install(machine)
    assert files(machine)[START] == excel.source(machine).read_bytes()


def test_no_file_is_left_half_written(machine):
    install(machine)
    assert not [name for name in files(machine) if name.endswith(".tmp")]


@pytest.mark.parametrize("moved", [False, True])
def test_installing_twice_is_installing_once(machine, moved):
    if moved:
        move_start_folder(machine)
    install(machine)
    once, files_once = machine.registry.everything(), files(machine)
    install(machine)
    assert (machine.registry.everything(), files(machine)) == (once, files_once)


@pytest.mark.parametrize("moved", [False, True])
@pytest.mark.parametrize("others", [(), ('/R "C:\\Andere\\een.xlam"', "C:\\Andere\\twee.xll")])
def test_taking_away_leaves_registry_and_files_as_they_were_twice(machine, moved, others):
    if moved:
        move_start_folder(machine)
    with_add_ins_of_others(machine, *others)
    before, files_before = machine.registry.everything(), files(machine)
    install(machine)
    for _ in range(2):
        excel.uninstall(machine)
        assert (machine.registry.everything(), files(machine)) == (before, files_before)


@pytest.fixture
def as_windows(monkeypatch):
    """Files as Windows has them: one that is read-only stays, whoever wants to replace or delete it."""

    def refusing(what, changed):
        def do(*paths, **options):
            path = Path(paths[changed])
            if path.exists() and not path.stat().st_mode & stat.S_IWUSR:
                raise PermissionError(13, "Permission denied", str(path))
            return what(*paths, **options)

        return do

    monkeypatch.setattr(Path, "unlink", refusing(Path.unlink, 0))
    monkeypatch.setattr(Path, "replace", refusing(Path.replace, 1))


@pytest.mark.usefixtures("as_windows")
@pytest.mark.parametrize(("moved", "there"), [(False, [START]), (True, [ADDINS, TOOLTIPS])])
def test_an_add_in_that_became_read_only_is_replaced_and_taken_away(machine, moved, there):
    if moved:
        move_start_folder(machine)
    for act in (install, install, excel.uninstall):
        act(machine)
        for name in files(machine):
            (machine.home / name).chmod(stat.S_IREAD)
        assert set(files(machine)) == (set() if act is excel.uninstall else set(there))


def test_settings_of_others_beside_ours_stay(machine):
    folder = SETTING[0].rpartition("\\")[0]
    machine.registry.set(Root.USER, folder + r"\Iets", "Kleur", "rood")
    machine.registry.set(Root.USER, SETTING[0], "Van de gebruiker", "1")
    before = machine.registry.everything()
    install(machine)
    excel.uninstall(machine)
    assert machine.registry.everything() == before


def test_no_setting_of_trust_is_ever_written(machine):
    move_start_folder(machine)
    install(machine)
    excel.uninstall(machine)
    keys = {key for key, _ in machine.registry.written}
    assert keys == {OPTIONS, SETTING[0]}


def test_where_a_policy_moved_the_start_folder_the_add_in_goes_into_the_list(machine):
    with_add_ins_of_others(machine, '/R "C:\\Andere\\een.xlam"')
    move_start_folder(machine)
    install(machine)
    assert set(files(machine)) == {ADDINS, TOOLTIPS}
    assert options(machine)["OPEN"] == '/R "C:\\Andere\\een.xlam"'
    assert options(machine)["OPEN1"] == f'/R "{machine.home / ADDINS}"'


def test_where_the_start_folder_cannot_be_made_the_add_in_goes_into_the_list(machine):
    (machine.appdata / "Microsoft" / "Excel" / "XLSTART").write_text("een bestand")
    install(machine)
    assert ADDINS in files(machine)
    assert "OPEN" in options(machine)


def test_the_start_folder_of_another_language_is_used(machine):
    machine.registry.set(Root.USER, r"Software\Microsoft\Office\16.0\Common\General", "Xlstart", "XLOUVRIR")
    install(machine)
    assert set(files(machine)) == {START.replace("XLSTART", "XLOUVRIR")}


def test_an_older_installation_in_the_list_moves_to_the_start_folder(machine):
    move_start_folder(machine)
    install(machine)
    del machine.registry.held[Root.USER][GENERAL_POLICY]["Xlstart"]
    install(machine)
    assert set(files(machine)) == {START}
    assert not [name for name in options(machine) if name.startswith("OPEN")]


def test_the_description_for_tooltips_never_stands_where_excel_opens_everything(machine):
    install(machine)
    assert not [name for name in files(machine) if name.endswith(".xml")]


def test_a_newer_add_in_replaces_the_older(machine, tmp_path):
    install(machine)
    excel.source(machine).write_bytes(addin_bytes(tmp_path, "2"))
    install(machine)
    assert files(machine)[START] == addin_bytes(tmp_path, "2")


def test_the_mark_of_the_internet_is_taken_off(machine):
    start = machine.home / START
    start.parent.mkdir(parents=True)
    excel.mark_of(start).write_text("[ZoneTransfer]\nZoneId=3\n")
    install(machine)
    assert set(files(machine)) == {START}


@pytest.mark.parametrize("place", [0, 1, 2])
def test_closing_our_place_keeps_the_others_in_order_and_kind(machine, place):
    others = ["C:\\Andere\\een.xlam", '/R "C:\\Andere\\twee.xlam"']
    lines = [*others[:place], '/R "C:\\Ergens\\Klantwaarde_XL.xlam"', *others[place:]]
    with_add_ins_of_others(machine, *lines)
    excel.uninstall(machine)
    found = openlist.opened(machine.registry, "16.0")
    assert [(one.number, one.value) for one in found] == [(0, Value(others[0], 2)), (1, Value(others[1], 2))]


def test_our_place_is_the_first_that_excel_reads(machine):
    machine.registry.set(Root.USER, OPTIONS, "OPEN", "een.xlam")
    machine.registry.set(Root.USER, OPTIONS, "OPEN2", "drie.xlam")
    move_start_folder(machine)
    install(machine)
    assert "klantwaarde_xl.xlam" in options(machine)["OPEN1"]


def test_a_line_of_ours_that_excel_does_not_reach_moves_to_where_it_does(machine):
    machine.registry.set(Root.USER, OPTIONS, "OPEN", "een.xlam")
    machine.registry.set(Root.USER, OPTIONS, "OPEN3", "klantwaarde_xl.xlam")
    move_start_folder(machine)
    install(machine)
    found = openlist.opened(machine.registry, "16.0")
    assert [one.number for one in found] == [0, 1]


def test_a_line_without_a_tick_of_ours_is_taken_away_and_another_stays(machine):
    key = r"Software\Microsoft\Office\16.0\Excel\Add-in Manager"
    machine.registry.set(Root.USER, key, "C:\\Andere\\een.xlam", "")
    before = machine.registry.everything()
    machine.registry.set(Root.USER, key, "C:\\Ergens\\klantwaarde_xl.xlam", "")
    excel.uninstall(machine)
    assert machine.registry.everything() == before


def test_a_path_in_another_alphabet_goes_by_its_short_name(machine):
    machine = replace(machine, ansi=lambda text: text == "KORT~1", short=lambda path: "KORT~1")
    install(machine)
    assert interpreter.chosen(machine) == "KORT~1"


def test_a_path_that_excel_cannot_hand_over_is_refused_before_anything_is_written(machine):
    machine = replace(machine, ansi=lambda text: False)
    with pytest.raises(HostError, match="letters") as refused:
        install(machine)
    assert "installeer opnieuw" in refused.value.remedy
    assert files(machine) == {}
    assert machine.registry.written == []


def test_without_the_add_in_beside_it_nothing_is_written(machine):
    excel.source(machine).unlink()
    with pytest.raises(HostError, match=r"klantwaarde_xl\.xlam is niet gevonden"):
        install(machine)
    assert files(machine) == {}


def test_an_add_in_that_cannot_be_replaced_says_to_close_excel(machine, monkeypatch):
    install(machine)
    monkeypatch.setattr("pathlib.Path.replace", lambda *_: (_ for _ in ()).throw(PermissionError(13, "open")))
    with pytest.raises(HostError, match="rechten") as refused:
        install(machine)
    assert "Sluit alle vensters van Excel" in refused.value.remedy
    assert set(files(machine)) == {START}


@pytest.mark.parametrize("system", ["Darwin", "Linux"])
@pytest.mark.parametrize("action", [install, excel.uninstall])
def test_elsewhere_it_says_what_to_do_instead(machine, system, action):
    with pytest.raises(HostError, match="alleen in Excel voor Windows") as refused:
        action(replace(machine, system=system, registry=None))
    assert "voegtoe" in refused.value.remedy


def test_it_says_where_the_add_in_is_and_what_to_type(machine):
    said = "\n".join(install(machine))
    assert str(machine.home / START) in said
    assert "=KLANTWAARDE(500;2;200)" in said
