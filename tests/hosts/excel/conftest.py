import pytest

from tests.hosts.excel.wine import windows, windows_packages, wine
from tests.hosts.excel.wire import Interpreter
from tests.hosts.libreoffice.calc import Calc

__all__ = ["windows", "windows_packages", "wine"]


@pytest.fixture(scope="session")
def classic():
    interpreter = Interpreter("tests.hosts.excel.classic")
    yield interpreter
    interpreter.close()


@pytest.fixture(scope="session")
def server():
    interpreter = Interpreter(
        "tests.hosts.excel.server", XLWINGS_LICENSE_KEY="noncommercial", XLWINGS_ON_SERVER="true"
    )
    yield interpreter
    interpreter.close()


@pytest.fixture(scope="session")
def office(calc_host, tmp_path_factory):
    """A LibreOffice without our extension, which has functions of the same names as the add-in."""
    running = Calc(*calc_host, tmp_path_factory.mktemp("office") / "profile")
    yield running
    running.stop()
