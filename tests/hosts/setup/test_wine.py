"""Installing on a real registry and by a real command interpreter: Wine's, with Windows' own Python."""

import json
import re

import pytest

from klantwaarde_xl import __version__
from tests.hosts.setup.wine import unpacked

# What a registry holds, all of the user's settings but those of Wine itself
LOOK = """
import json, winreg
def look(key):
    found = {}
    with winreg.OpenKey(winreg.HKEY_CURRENT_USER, key) as opened:
        keys, values, _ = winreg.QueryInfoKey(opened)
        found[key] = sorted(map(repr, (winreg.EnumValue(opened, n) for n in range(values))))
        below = [winreg.EnumKey(opened, n) for n in range(keys)]
    for one in below:
        if one != "Wine":
            found |= look(key + "\\\\" + one)
    return found
"""
OPTIONS = "Software\\\\Microsoft\\\\Office\\\\16.0\\\\Excel\\\\Options"
TWICE = f"""
from klantwaarde_xl.hosts.setup import excel, interpreter, openlist
from klantwaarde_xl.hosts.setup.machine import this_machine
{LOOK}
POLICY = "Software\\\\Policies\\\\Microsoft\\\\Office\\\\16.0\\\\Common\\\\General"
def put(key, name, kind, value):
    with winreg.CreateKey(winreg.HKEY_CURRENT_USER, key) as opened:
        winreg.SetValueEx(opened, name, 0, kind, value)
put("{OPTIONS}", "OPEN", winreg.REG_SZ, '/R "C:\\\\Andere\\\\een.xlam"')
put("{OPTIONS}", "OPEN1", winreg.REG_EXPAND_SZ, "%APPDATA%\\\\twee.xll")
if MOVED:
    put(POLICY, "Xlstart", winreg.REG_SZ, "\\\\\\\\s\\\\x")
machine = this_machine()
before, during, after = look("Software"), [], []
for _ in range(2):
    excel.install(machine, tooltips=lambda: "<tooltips/>")
    during.append(look("Software"))
chosen = interpreter.chosen(machine)
placed = [path.exists() for path in excel.places(machine).both]
opened = [str(one.path) for one in openlist.opened(machine.settings, "16.0")]
for _ in range(2):
    excel.uninstall(machine)
    after.append(look("Software"))
gone = [path.exists() for path in excel.places(machine).both]
if MOVED:  # the next test finds Windows as this one did
    winreg.DeleteKey(winreg.HKEY_CURRENT_USER, POLICY)
print(json.dumps(dict(same=after == [before, before], repeated=during[0] == during[1],
    differs=during[0] != before, chosen=chosen, placed=placed, opened=opened, gone=gone)))
"""


@pytest.fixture(scope="module")
def zip_folder(wine, windows_packages, tmp_path_factory):
    return unpacked(tmp_path_factory.mktemp("wine"), "Map & Zn! (één)", windows_packages)


@pytest.mark.slow
@pytest.mark.parametrize("moved", [False, True])
def test_a_real_registry_is_as_it_was_after_installing_and_removing_twice(zip_folder, moved):
    said = zip_folder.python(f"MOVED = {moved}\n{TWICE}")
    assert (said["same"], said["repeated"], said["differs"]) == (True, True, True)
    assert said["placed"] == [not moved, moved]
    assert said["gone"] == [False, False]
    assert said["chosen"] == zip_folder.windows_path(zip_folder.folder / "python" / "pythonw.exe")
    others = ["C:\\Andere\\een.xlam", "%APPDATA%\\twee.xll"]
    assert said["opened"][:2] == others
    assert [one.rpartition("\\")[2] for one in said["opened"][2:]] == ["klantwaarde_xl.xlam"] * moved


@pytest.mark.slow
def test_a_name_that_windows_old_alphabet_lacks_has_a_short_one_without_it(zip_folder):
    strange = zip_folder.folder.parent / "Ωμέγα 中文"
    strange.mkdir()
    path = zip_folder.windows_path(strange)
    said = zip_folder.python(
        "import json\nfrom klantwaarde_xl.hosts.setup.machine import in_ansi, short_name\n"
        f"path = {path!r}\n"
        "print(json.dumps([in_ansi('C:\\\\Gewoon'), in_ansi(path), in_ansi(short_name(path))]))"
    )
    assert said == [True, False, True]


@pytest.fixture(scope="module")
def double_clicked(zip_folder):
    """Each file as Explorer starts it, in turn; by the name of what was done."""
    here = zip_folder.windows_path(zip_folder.folder)
    python = f'"{here}\\python\\python.exe" -m klantwaarde_xl'
    said = zip_folder.lines(
        f'cmd.exe /c ""{here}\\Installeer.cmd""',
        f"{python} doctor --json",
        'cmd.exe /c attrib +R "%APPDATA%\\Microsoft\\Excel\\XLSTART\\klantwaarde_xl.xlam"',
        f'cmd.exe /c ""{here}\\Verwijder.cmd""',
        f'cmd.exe /c ""{here}\\Verwijder.cmd""',
        f'cmd.exe /c ""{here}\\Ververs.cmd" "{here}\\R&D! één.xlsx" "{here}\\twee.xlsm""',
        f'cmd.exe /c ""{here}\\Ververs.cmd""',
    )
    return dict(
        zip(["install", "doctor", "locked", "remove", "again", "refresh", "nothing"], said, strict=True)
    )


@pytest.mark.slow
def test_installing_by_double_click_places_the_add_in_and_waits(double_clicked):
    code, said = double_clicked["install"]
    assert code == 0
    assert "XLSTART\\klantwaarde_xl.xlam" in said
    assert "Press any key" in said


def test_the_doctor_on_windows_finds_the_add_in_and_the_python_that_answers(double_clicked):
    _, said = double_clicked["doctor"]
    checks = {one["controle"]: one for one in json.loads(said)["controles"]}
    for name in (
        "invoegtoepassing",
        "Python van Excel",
        "lijst van invoegtoepassingen",
        "merkteken van internet",
    ):
        assert checks[name]["stand"] == "goed", checks[name]
    assert __version__ in checks["Python van Excel"]["gevonden"]


def test_removing_by_double_click_removes_also_what_is_read_only_and_a_second_time_finds_nothing(
    double_clicked,
):
    assert [double_clicked[one][0] for one in ("locked", "remove", "again")] == [0, 0, 0]
    assert "de invoegtoepassing is weg" in double_clicked["remove"][1]
    assert "er stond niets van Klantwaarde XL" in double_clicked["again"][1]


def test_each_file_dropped_reaches_the_program_whole(double_clicked):
    code, said = double_clicked["refresh"]  # there is no numpy here to refresh it with
    assert code == 1
    assert "\\R&D! één.xlsx\r\n" in said
    assert "\\twee.xlsm\r\n" in said
    assert "0 van 2 ververst" in said


def test_a_part_that_is_missing_is_named_with_the_way_to_the_doctor(double_clicked):
    said = double_clicked["refresh"][1]  # numpy and lxml load from Wine 10 on
    assert re.search(r"Een onderdeel van Klantwaarde XL ontbreekt of laadt niet: (?:numpy|lxml)\.", said)
    assert "klantwaarde doctor" in said


def test_a_double_click_without_a_workbook_says_to_drop_one(double_clicked):
    code, said = double_clicked["nothing"]
    assert (code, "Sleep een werkboek" in said) == (2, True)


@pytest.mark.slow
def test_a_file_opened_inside_the_zip_says_to_unpack_first(zip_folder, tmp_path):
    (tmp_path / "Installeer.cmd").write_bytes((zip_folder.folder / "Installeer.cmd").read_bytes())
    [(code, said)] = zip_folder.lines(f'cmd.exe /c ""{zip_folder.windows_path(tmp_path)}\\Installeer.cmd""')
    assert (code, "Alles uitpakken" in said) == (1, True)
