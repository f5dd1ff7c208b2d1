"""The files to double-click: what Windows' command interpreter can read, and what a Mac's shell runs."""

import os
import subprocess
import sys

import pytest

from klantwaarde_xl.errors import HostError
from klantwaarde_xl.hosts.setup import commands, mac
from tests.hosts.setup.offices import linux

FILES = {
    "Installeer.cmd": commands.install_cmd(),
    "Verwijder.cmd": commands.uninstall_cmd(),
    "Ververs.cmd": commands.refresh_cmd(),
}


@pytest.mark.parametrize("text", FILES.values(), ids=FILES)
def test_a_file_is_ascii_with_the_line_ends_of_windows(text):
    assert text.decode("ascii").count("\r\n") == text.count(b"\n") == len(text.splitlines())


@pytest.mark.parametrize("text", FILES.values(), ids=FILES)
def test_the_result_stays_on_the_screen_and_the_code_is_handed_on(text):
    lines = text.decode().splitlines()
    assert lines.index("pause") > lines.index('set "KLANTWAARDE_UITKOMST=%errorlevel%"')
    assert any(line.startswith("exit") and "%KLANTWAARDE_UITKOMST%" in line for line in lines)


@pytest.mark.parametrize("text", FILES.values(), ids=FILES)
def test_the_folder_is_only_named_between_quotes_and_while_an_exclamation_mark_means_nothing(text):
    delayed = False
    for line in text.decode().splitlines():
        if "DelayedExpansion" in line:
            delayed = "EnableDelayedExpansion" in line
        if "%~dp0" in line:
            assert not delayed
            assert '"%~dp0' in line


def test_the_interpreters_words_are_those_of_the_command_line():
    assert b"-m klantwaarde_xl installeer" in FILES["Installeer.cmd"]
    assert b"-m klantwaarde_xl verwijder" in FILES["Verwijder.cmd"]
    assert b"-m klantwaarde_xl.cli.dropped" in FILES["Ververs.cmd"]


# ── a Mac ───────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def a_mac(tmp_path):
    """A Mac whose Python says what it was asked."""
    python = tmp_path / "py thon"
    python.write_text(f'#!/bin/sh\necho "$@" "[${commands.DROPPED_ON}]"\n')
    python.chmod(0o755)
    return linux(tmp_path, system="Darwin", python=python)


def on_the_desktop(machine):
    return machine.home / "Desktop" / mac.NAME


def test_a_mac_gets_a_file_on_the_desktop_once_and_loses_it_once(a_mac):
    for _ in range(2):
        mac.install(a_mac)
        assert os.access(on_the_desktop(a_mac), os.X_OK)
    for _ in range(2):
        mac.uninstall(a_mac)
        assert list(on_the_desktop(a_mac).parent.iterdir()) == []


def test_a_file_of_the_user_with_that_name_stays(a_mac):
    on_the_desktop(a_mac).parent.mkdir()
    on_the_desktop(a_mac).write_text("van mij")
    with pytest.raises(HostError, match="ander bestand"):
        mac.install(a_mac)
    mac.uninstall(a_mac)
    assert on_the_desktop(a_mac).read_text() == "van mij"


@pytest.mark.skipif(sys.platform == "win32", reason="a Mac's shell")
def test_lines_dragged_into_the_window_reach_python_as_the_terminal_wrote_them(a_mac):
    mac.install(a_mac)
    typed = "/Users/m/R\\&D\\ \\(1\\).xlsx '/Users/m/twee.xlsx'\n  \n/nooit.xlsx\n"
    done = subprocess.run(
        ["bash", on_the_desktop(a_mac)], input=typed, capture_output=True, text=True, check=False
    )
    asked = [line for line in done.stdout.splitlines() if "cli.dropped" in line]
    assert asked == [f"-P -m klantwaarde_xl.cli.dropped --regel [{typed.splitlines()[0]}]"]


@pytest.mark.skipif(sys.platform == "win32", reason="a Mac's shell")
def test_a_python_that_is_gone_is_told(a_mac):
    mac.install(a_mac)
    a_mac.python.unlink()
    done = subprocess.run(["bash", on_the_desktop(a_mac)], capture_output=True, text=True, check=False)
    assert (done.returncode, "Installeer Klantwaarde XL opnieuw" in done.stdout) == (1, True)
