"""A folder of the test's own, and the command line as a console calls it."""

import pytest

from klantwaarde_xl.cli.commands import main


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def say(capsys):
    def _say(*words):
        code = main([str(word) for word in words])
        return code, *capsys.readouterr()

    return _say
