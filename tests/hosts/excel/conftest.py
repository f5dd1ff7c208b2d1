import pytest

from tests.hosts.excel.wine import windows, windows_packages, wine
from tests.hosts.excel.wire import Interpreter

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
