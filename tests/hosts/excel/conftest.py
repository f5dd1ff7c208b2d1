import pytest

from tests.hosts.excel.wire import Interpreter


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
