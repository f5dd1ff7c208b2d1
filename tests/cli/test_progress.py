"""A progress bar shows on a terminal; elsewhere nothing is loaded for it."""

from __future__ import annotations

import io
import sys

import pytest

from klantwaarde_xl.cli.progress import progress


class Terminal(io.StringIO):
    def isatty(self):
        return True


@pytest.fixture
def plain(monkeypatch):
    """Nothing in the surroundings says whether there is a terminal, and rich cannot be loaded."""
    for name in ("FORCE_COLOR", "TTY_COMPATIBLE", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
    for name in [name for name in sys.modules if name.partition(".")[0] == "rich"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "rich.progress", None)


@pytest.mark.usefixtures("plain")
@pytest.mark.parametrize("where", [io.StringIO(), None])
def test_without_a_terminal_no_bar_is_loaded(monkeypatch, where):
    monkeypatch.setattr(sys, "stderr", where)
    with progress(2) as step:
        step("lezen")
    assert where is None or not where.getvalue()


@pytest.mark.usefixtures("plain")
def test_nor_where_silence_is_asked_for(monkeypatch):
    monkeypatch.setattr(sys, "stderr", Terminal())
    with progress(2, silent=True) as step:
        step("lezen")


def test_a_terminal_shows_what_is_done(monkeypatch):
    monkeypatch.setattr(sys, "stderr", shown := Terminal())
    monkeypatch.setenv("TERM", "xterm")
    with progress(2) as step:
        step("bestanden lezen")
    assert "bestanden lezen" in shown.getvalue()
