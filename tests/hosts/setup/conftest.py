import sys

import pytest

from klantwaarde_xl.hosts.setup import excel, interpreter
from klantwaarde_xl.hosts.setup.registry import Root
from tests.hosts.excel.wine import windows_packages, wine
from tests.hosts.setup.windows import APP, CLICK, windows

__all__ = ["windows_packages", "wine"]


@pytest.fixture
def machine(tmp_path):
    return windows(tmp_path)


@pytest.fixture
def well(machine):
    """A Windows on which all is as it should be."""
    settings = machine.registry
    settings.set(Root.COMPUTER, APP, "", r"C:\Program Files\Microsoft Office\root\Office16\EXCEL.EXE")
    settings.set(Root.COMPUTER, CLICK, "Platform", "x64")
    settings.set(Root.COMPUTER, CLICK, "VersionToReport", "16.0.17928.20114")
    excel.install(machine, tooltips=str)
    settings.set(Root.USER, interpreter.KEY, interpreter.NAME, sys.executable)
    return machine
