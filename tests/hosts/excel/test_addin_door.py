"""The add-in's door to Python, run in LibreOffice with stand-ins for Windows: what it says when Python is not there."""

import re
import shlex
import subprocess
import sys
from dataclasses import dataclass

import pytest

from klantwaarde_xl.hosts.excel.addin.build import addin_files, addin_modules
from klantwaarde_xl.hosts.setup.interpreter import APP, NAME, SECTION
from klantwaarde_xl.hosts.zipped import write_zip
from tests.hosts.excel.wine import start_command

# What is Windows' own in the module stands above its constants: types and libraries that LibreOffice lacks
OF_WINDOWS = re.compile(r"^#If Win64.*?^#End If\n(Private Declare[^\n]*\n)+", re.M | re.S)
DECLARED = """Private Const DLL As String = "xlwings64.dll"
Private Asked As Long
"""
WINDOWS = """
Private Function GetSetting(App As String, Section As String, Key As String, Other As String) As String
    If App = "{app}" And Section = "{section}" And Key = "{name}" Then GetSetting = "{path}" Else GetSetting = Other
End Function

Private Function StrPtr(Text As String) As String
    StrPtr = Text
End Function

Private Function GetFileAttributesW(Path As String) As Long
    If {is_there} Then GetFileAttributesW = 32 Else GetFileAttributesW = -1
End Function

Private Function LoadLibraryW(Path As String) As Long
    If Path = "{library}" Then LoadLibraryW = 1
End Function

Private Function XLPyDLLActivateAuto(Found As Variant, Config As String, Mode As Long) As Long
    Asked = Asked + 1
    Found = Config & " (" & Asked & ")"
    XLPyDLLActivateAuto = -1
End Function

Public Function KWSAYS()
    On Error GoTo Failed
    KwServer
    KWSAYS = "started"
    Exit Function
Failed:
    KWSAYS = Err.Description
End Function
"""


@dataclass(frozen=True)
class Machine:
    """What is where: the setting, whether that file is there, and the path of xlwings' library."""

    path: str = r"C:\kw\python\pythonw.exe"
    is_there: bool = True
    library: str = r"C:\kw\python\xlwings64.dll"


@pytest.fixture
def says(office, tmp_path):
    """Of a machine: what the door says each time that it is tried."""
    twin = write_zip(tmp_path / "klantwaarde.xlsm", addin_files(".xlsm"), what="twin")
    opened = []

    def says(machine, times=1):
        text, count = OF_WINDOWS.subn(DECLARED, addin_modules()["KwPython"])
        assert count == 1
        module = text + WINDOWS.format(app=APP, section=SECTION, name=NAME, **vars(machine))
        silent = {name: "" for name in addin_modules() if name not in ("KwPython", "KwFuncties")}
        book = office.open_with_macros(
            path=str(twin), modules=silent | {"KwFuncties": "", "KwPython": module}
        )
        opened.append(book)
        office.write(book, cells=[[f"A{row}", "formula", "=KWSAYS()"] for row in range(1, times + 1)])
        return [office.cells(book, f"A{row}") for row in range(1, times + 1)]

    yield says
    for book in opened:
        office.close(book)


@pytest.mark.slow
def test_without_a_setting_it_says_to_install(says):
    (said,) = says(Machine(path=""))
    assert "weet niet waar zijn Python staat" in said
    assert "Installeer" in said


@pytest.mark.slow
def test_a_python_that_was_moved_is_named(says):
    (said,) = says(Machine(is_there=False))
    assert "staat er niet meer" in said
    assert r"C:\kw\python\pythonw.exe" in said


@pytest.mark.slow
def test_a_python_without_xlwings_is_not_started(says):
    (said,) = says(Machine(library="nergens"))
    assert "ontbreekt xlwings (xlwings64.dll)" in said


@pytest.mark.parametrize("library", [r"C:\kw\python\xlwings64.dll", r"C:\kw\python\..\xlwings64.dll"])
def test_the_library_stands_beside_python_or_in_the_folder_above(says, library):
    (said,) = says(Machine(library=library))
    assert "start niet" in said


def test_it_starts_python_itself_and_nothing_between(says):
    (said,) = says(Machine())
    assert '"C:\\kw\\python\\pythonw.exe" -P -c "import xlwings;xlwings.serve(\'$(CLSID)\')"' in said


@pytest.mark.slow
def test_a_file_in_the_folder_where_excel_stands_is_no_module_of_that_python(tmp_path):
    (tmp_path / "xlwings.py").write_text("print('van de gebruiker')")
    command = start_command(sys.executable).replace("xlwings.serve('$(CLSID)')", "print(xlwings.__name__)")
    done = subprocess.run(shlex.split(command), cwd=tmp_path, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "xlwings"


@pytest.mark.slow
def test_a_sheet_full_of_functions_tries_a_failing_python_once(says):
    said = says(Machine(), times=5)
    assert len(set(said)) == 1
    assert "(1)" in said[0]
