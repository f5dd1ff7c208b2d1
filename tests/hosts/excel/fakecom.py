"""Just enough of pywin32 and Excel that xlwings' own classic code runs without Windows.

`install` makes xlwings take its Windows branch by showing it another `sys.platform` while it is
imported, so this belongs in an interpreter of its own.
"""

import asyncio  # noqa: F401  imported while the platform is still the real one, as the next ones
import ctypes
import datetime as dt
import subprocess  # noqa: F401
import sys
import types
from pathlib import Path
from unittest.mock import MagicMock, patch

import pandas  # noqa: F401  xlwings imports it

MISSING = -2147352572  # DISP_E_PARAMNOTFOUND: an argument that was left out, as pywin32 gives it
ERRORS = {
    "#DIV/0!": -2146826281,
    "#N/A": -2146826246,
    "#NAME?": -2146826259,
    "#NULL!": -2146826288,
    "#NUM!": -2146826252,
    "#REF!": -2146826265,
    "#VALUE!": -2146826273,
}
_IID_RANGE = "{00020846-0000-0000-C000-000000000046}"
_MODULES = [
    "pythoncom",
    "pywintypes",
    "win32api",
    "win32con",
    "win32event",
    "win32gui",
    "win32process",
    "win32timezone",
    "win32com",
    "win32com.client",
    "win32com.server",
    "win32com.server.util",
    "win32com.server.policy",
    "win32com.server.dispatcher",
]


class ComError(Exception):
    """What pywin32 raises when Excel refuses."""

    hresult = -1


class Time(dt.datetime):
    """A date as pywin32 hands it over."""


def _raise_type_error(_):
    raise TypeError("not a wrapped Python object")


def install():
    """Put the stubs in place and import xlwings as Windows would."""
    stub = {name: types.ModuleType(name) for name in _MODULES}
    for name, module in stub.items():
        parent, _, child = name.rpartition(".")
        if parent:
            setattr(stub[parent], child, module)
    stub["pywintypes"].com_error = stub["pywintypes"].error = stub["pythoncom"].ole_error = ComError
    stub["pywintypes"].TimeType = Time
    stub["pywintypes"].IID = str
    stub["pythoncom"].__file__ = "stub"
    stub["pythoncom"].IID_IDispatch = "IDispatch"
    stub["pythoncom"].TypeIIDs = {"IDispatch": type("PyIDispatch", (), {})}
    stub["pythoncom"].CoInitialize = lambda: None
    stub["win32process"].GetWindowThreadProcessId = lambda window: (1, window)
    stub["win32timezone"].TimeZoneInfo = types.SimpleNamespace(utc=lambda: dt.UTC)
    for name in ("CDispatch", "CoClassBaseClass", "DispatchBaseClass"):
        setattr(stub["win32com.client"], name, type(name, (), {}))
    stub["win32com.client"].Dispatch = stub["win32com.client"].DispatchEx = lambda found, *_, **__: found
    stub["win32com.client"].gencache = MagicMock()
    stub["win32com.server.util"].wrap = lambda found, *_: found
    stub["win32com.server.util"].unwrap = _raise_type_error
    stub["win32com.server.policy"].DefaultPolicy = object
    sys.modules.update(stub)
    ctypes.windll = ctypes.oledll = MagicMock()
    with patch.object(ctypes, "PyDLL", MagicMock()), patch.object(sys, "platform", "win32"):
        import xlwings
    xlwings._xlwindows.Apps.cleanup = staticmethod(lambda: None)


class _TypeInfo:
    iid = _IID_RANGE

    def GetTypeInfo(self):  # noqa: N802  the names are COM's
        return self

    def GetTypeAttr(self):  # noqa: N802
        return self


class FakeRange:
    """What Excel hands to a function for a reference to cells."""

    CLSID = _IID_RANGE

    def __init__(self, rows):
        self._rows = tuple(tuple(row) for row in rows)
        self._oleobj_ = _TypeInfo()
        self.Row = self.Column = 1
        self.Rows = types.SimpleNamespace(Count=len(self._rows))
        self.Columns = types.SimpleNamespace(Count=len(self._rows[0]))
        self.Worksheet = types.SimpleNamespace(Name="Blad1", Parent=FakeWorkbook())

    @property
    def Value(self):  # noqa: N802
        return self._rows[0][0] if self.Rows.Count == self.Columns.Count == 1 else self._rows


class FakeWorkbook:
    """An add-in that takes in the generated VBA, and the descriptions for the function wizard."""

    Name = "klantwaarde.xlam"
    Hwnd = 1

    def __init__(self):
        self.vba = ""
        self.options = []
        self.Sheets = self.Worksheets = []
        self.Application = self.VBProject = self.VBComponents = self
        self.Version = "16.0"

    def __call__(self, component):
        raise ComError(component)  # there is no module to replace yet

    def Remove(self, component):  # noqa: N802
        raise NotImplementedError(component)

    def Import(self, path):  # noqa: N802
        self.vba = Path(path).read_text()

    def MacroOptions(self, macro, **options):  # noqa: N802
        self.options.append({"macro": macro, **options})
