"""`installeer`, `verwijder`, `doctor` as they are typed, and workbooks that are dropped."""

import json
from dataclasses import replace

import pytest

from klantwaarde_xl.cli import dropped as dropping
from klantwaarde_xl.cli import setup
from klantwaarde_xl.cli.commands import main
from klantwaarde_xl.cli.unexpected import unexpected
from klantwaarde_xl.hosts.setup.commands import DROPPED_ON
from tests.hosts.setup.offices import extension_in, linux, office_in
from tests.hosts.setup.windows import files, windows


@pytest.fixture
def on(monkeypatch, capsys):
    """Run a command on a machine: its code, and what it printed."""

    def run(machine, *words):
        monkeypatch.setattr(setup, "this_machine", lambda: machine)
        code = main(list(words))
        return code, "".join(capsys.readouterr())

    return run


def test_on_windows_installing_and_removing_say_what_they_did(on, tmp_path):
    machine = windows(tmp_path)
    code, said = on(machine, "installeer")
    assert (code, "klantwaarde_xl.xlam" in said) == (0, True)
    code, said = on(machine, "verwijder")
    assert (code, "verwijderd" in said) == (0, True)
    assert files(machine) == {}


def test_where_a_policy_moved_the_start_folder_the_tooltips_come_along(on, tmp_path):
    machine = windows(tmp_path)
    (machine.appdata / "Microsoft" / "Excel" / "XLSTART").write_text("")
    on(machine, "installeer", "--excel")
    [tooltips] = [text for name, text in files(machine).items() if name.endswith(".intellisense.xml")]
    assert b'<Function Name="KLANTWAARDE"' in tooltips


def test_on_linux_both_words_are_about_libreoffice(on, tmp_path):
    machine = linux(tmp_path, office_in(tmp_path, unopkg=f"echo $1 >> {tmp_path}/told"), "/usr/bin", "/bin")
    assert on(machine, "installeer")[0] == 0
    from klantwaarde_xl.hosts.setup.libreoffice import find

    extension_in(find(machine), version="1", python="p")
    assert on(machine, "verwijder", "--libreoffice")[0] == 0
    assert (tmp_path / "told").read_text().split() == ["add", "remove"]


def test_on_linux_excel_is_refused_with_what_works_instead(on, tmp_path):
    code, said = on(linux(tmp_path), "installeer", "--excel")
    assert (code, "--libreoffice" in said, "voegtoe" in said) == (5, True, True)


def test_on_a_mac_the_file_to_refresh_with_comes_onto_the_desktop(on, tmp_path):
    machine = linux(tmp_path, system="Darwin")
    code, said = on(machine, "installeer")
    assert (code, "Ververs.command" in said, "voegtoe" in said) == (0, True, True)
    assert set(files(machine)) == {"Desktop/Ververs.command"}


def test_where_there_is_nothing_to_install_in_it_says_so(on, tmp_path):
    code, said = on(linux(tmp_path), "installeer")
    assert (code, "geen Excel en geen LibreOffice" in said) == (5, True)


def test_where_there_is_nothing_to_remove_that_is_said_and_no_fault(on, tmp_path):
    code, said = on(linux(tmp_path), "verwijder")
    assert (code, "niets van Klantwaarde XL" in said) == (0, True)


def test_an_old_libreoffice_beside_excel_is_passed_over_and_alone_it_is_refused(on, tmp_path):
    program = office_in(tmp_path, "7.6")
    (program / "unopkg.com").write_text("")
    code, said = on(replace(windows(tmp_path), office_folders=(program,)), "installeer")
    assert (code, "LibreOffice is overgeslagen: LibreOffice 7.6 is te oud" in said) == (0, True)
    code, said = on(replace(linux(tmp_path), office_folders=(program,)), "installeer")
    assert (code, "7.6 is te oud" in said) == (5, True)


def test_one_program_that_fails_does_not_keep_the_other_from_being_done(on, tmp_path):
    machine = windows(tmp_path)
    program = office_in(tmp_path)
    (program / "unopkg.com").write_text("#!/bin/sh\necho bezet\nexit 1\n")
    (program / "unopkg.com").chmod(0o755)
    machine = replace(machine, office_folders=(program,))
    code, said = on(machine, "installeer")
    assert (code, "bezet" in said, len(files(machine))) == (5, True, 1)


def test_excel_and_libreoffice_together_are_what_no_word_means(on, tmp_path):
    code, said = on(linux(tmp_path), "installeer", "--excel", "--libreoffice")
    assert (code, "gaan niet samen" in said) == (2, True)


@pytest.mark.slow
def test_the_doctor_says_with_its_code_whether_something_is_wrong(on, tmp_path):
    machine = windows(tmp_path)
    code, said = on(machine, "doctor")
    assert (code, "fout    invoegtoepassing" in said) == (1, True)
    code, said = on(linux(tmp_path), "doctor", "--json")
    assert (code, json.loads(said)["in_orde"]) == (0, True)


def test_a_library_that_is_missing_leads_to_the_doctor():
    said = unexpected(ModuleNotFoundError("No module named 'numpy'", name="numpy"))
    assert ("numpy" in said.what, "klantwaarde doctor" in said.remedy) == (True, True)


# ── workbooks that are dropped ──────────────────────────────────────────────────────────────

CMD = r"C:\Windows\system32\cmd.exe /c "
SCRIPT = r"C:\Users\M & Zn\Klantwaarde XL (1)\Ververs.cmd"


@pytest.mark.parametrize(
    ("line", "paths"),
    [
        (f'{CMD}""{SCRIPT}" "C:\\Mijn map\\a.xlsx""', ["C:\\Mijn map\\a.xlsx"]),
        (f'{CMD}""{SCRIPT}" C:\\R&D!.xlsx "C:\\b é.xlsm""', ["C:\\R&D!.xlsx", "C:\\b é.xlsm"]),
        (f'{CMD}"C:\\KW\\Ververs.cmd C:\\100%.xlsx"', ["C:\\100%.xlsx"]),
        (f'{CMD}""{SCRIPT}" "', []),
        (f'{CMD}"\\\\server\\kw\\ververs (2).cmd" \\\\server\\x^y.xlsx', ["\\\\server\\x^y.xlsx"]),
    ],
)
def test_what_explorer_wrote_down_is_read_whole(line, paths):
    assert dropping.dropped(["afgekapt"], {DROPPED_ON: line}) == paths


@pytest.mark.parametrize("line", ["", r'"C:\Windows\system32\cmd.exe"'])
def test_typed_in_a_window_the_words_count(line):
    assert dropping.dropped(["a b.xlsx", "c.xlsx"], {DROPPED_ON: line}) == ["a b.xlsx", "c.xlsx"]


@pytest.mark.parametrize(
    ("line", "paths"),
    [
        (
            "/Users/m/R\\&D\\ \\(1\\).xlsx '/Users/m/twee é.xlsx' ",
            ["/Users/m/R&D (1).xlsx", "/Users/m/twee é.xlsx"],
        ),
        ("/Users/m/Jan's map.xlsx", ["/Users/m/Jan's map.xlsx"]),
    ],
)
def test_what_a_terminal_wrote_down_is_read_whole(line, paths):
    assert dropping.dropped(["--regel"], {DROPPED_ON: line}) == paths


@pytest.mark.slow
def test_each_dropped_workbook_is_refreshed_with_a_copy_also_after_one_that_is_not(
    dashboard, tmp_path, capsys
):
    second = dashboard.rename(tmp_path / "R&D! één.xlsx")
    (tmp_path / "geen.csv").write_text("a;b\n")
    code = dropping.refresh_all([str(tmp_path / "geen.csv"), str(second)])
    said = "".join(capsys.readouterr())
    assert (code, "1 van 2 ververst" in said, "is geen werkboek" in said) == (2, True, True)
    assert len(list(tmp_path.glob("R&D! één*.xlsx"))) == 2


def test_nothing_dropped_says_what_to_drop(capsys):
    assert dropping.refresh_all([]) == 2
    assert "Sleep een werkboek" in capsys.readouterr().out
