"""`--volg`: what changes is refreshed, what is open waits, what was refused is let be, and a signal ends it."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from klantwaarde_xl.cli import commands
from klantwaarde_xl.cli import follow as follow_module
from klantwaarde_xl.cli.folder_state import state_of
from klantwaarde_xl.cli.follow import follow, rounds
from klantwaarde_xl.cli.logbook import Logbook
from klantwaarde_xl.cli.refresh_folder import Folder
from klantwaarde_xl.cli.words import parser
from tests.cli.test_refresh_folder import GOOD, SECRET, add_order, customers


class Looks:
    """Stands for the event and the time: at each wait between two looks the next thing happens."""

    def __init__(self, *happens):
        self.happens, self.stopped = list(happens), False

    def is_set(self):
        return self.stopped

    def wait(self, seconds):
        if not self.happens:
            self.stopped = True
            return
        self.happens.pop(0)()


@pytest.fixture
def book(here, say):
    Path("orders.csv").write_text(GOOD, encoding="utf-8")
    assert say("nieuw", "rfm-segmenten", "--gegevens", "orders.csv", "--uit", "d.xlsx")[0] == 0
    return here / "d.xlsx"


@pytest.fixture
def followed(book):
    """Follows the folder while things happen; gives what was said, and the folder."""

    def _followed(*happens):
        said = []
        options = parser(commands.RUNS).parse_args(["ververs", ".", "--volg", "--zonder-kopie"])
        with state_of(Path()) as state:
            folder = Folder(
                options, state, Logbook(None), lambda words, wrong: said.append(words), {}, lambda _: None
            )
            rounds(folder, Looks(*happens))
        return said, folder

    return _followed


def nothing():
    return None


@pytest.mark.slow
def test_each_change_is_refreshed_once(followed, book):
    said, folder = followed(nothing, lambda: add_order("orders.csv"), nothing, nothing)
    assert [words.splitlines()[0] for words in said] == ["d.xlsx: ververst uit orders.csv"] * 2
    assert SECRET in customers(book)
    assert folder.code() == 0


@pytest.mark.slow
def test_an_open_workbook_waits_until_it_is_closed_and_is_told_once(followed, book):
    lock = book.with_name(".~lock.d.xlsx#")

    def opened():
        lock.write_text("", encoding="utf-8")
        add_order("orders.csv")

    said, folder = followed(opened, nothing, nothing, lock.unlink, nothing)
    assert [("geopend" in words, "ververst uit" in words) for words in said] == [
        (False, True), (True, False), (False, True),
    ]  # fmt: skip
    assert SECRET in customers(book)
    assert folder.code() == 0


@pytest.mark.slow
def test_what_was_refused_is_tried_ever_more_seldom_and_at_once_when_it_changes(followed, book, monkeypatch):
    tries = []
    real = Folder.run
    monkeypatch.setattr(Folder, "run", lambda self, works, moving=(): (tries.append(1), real(self, works)))
    looked = []

    def look():
        looked.append(len(tries))

    def spoil():
        Path("orders.csv").write_text("klant;dat", encoding="utf-8")

    def mend():
        Path("orders.csv").write_text(f"{GOOD}Nieuw;1-6-2025;3,00\n", encoding="utf-8")

    said, folder = followed(spoil, *[look] * 12, mend, nothing)
    assert sum("Fout" in words for words in said) == 1
    assert looked == [2, 2, 3, 3, 3, 4, 4, 4, 4, 4, 5, 5]
    assert len(tries) == 6
    assert folder.code() == 0


@pytest.mark.slow
def test_what_is_still_written_waits_for_the_next_look_without_a_word(followed, monkeypatch):
    moving = iter([True, True, False])
    monkeypatch.setattr(Folder, "moving", lambda self, works: works if next(moving) else [])
    said, _ = followed(nothing, nothing, nothing)
    assert [words.splitlines()[0] for words in said] == ["d.xlsx: ververst uit orders.csv"]


@pytest.mark.slow
def test_a_workbook_that_goes_or_comes_is_no_fault(followed, book, say):
    def away():
        book.rename("weg.bak")

    def back():
        Path("weg.bak").rename(book)
        add_order("orders.csv")

    said, folder = followed(away, nothing, back, nothing)
    assert len(said) == 2
    assert folder.codes == {"d.xlsx": 0}


def test_a_signal_ends_it_and_what_stood_before_gets_its_signals_back(book, monkeypatch):
    before = signal.getsignal(signal.SIGINT)
    options = parser(commands.RUNS).parse_args(["ververs", ".", "--volg"])

    def looks(folder, stop):
        os.kill(os.getpid(), signal.SIGINT)
        assert stop.wait(10)

    monkeypatch.setattr(follow_module, "rounds", looks)
    said = []
    with state_of(Path()) as state:
        assert follow(Folder(options, state, Logbook(None), lambda words, _: said.append(words), {})) == 0
    assert said[-1].startswith("Gestopt.")
    assert signal.getsignal(signal.SIGINT) is before


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGTERM to send")
def test_the_command_ends_by_sigterm_with_its_code_and_its_own_files_only(book):
    process = subprocess.Popen(
        [sys.executable, "-m", "klantwaarde_xl", "ververs", ".", "--volg", "--zonder-kopie"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    lines = []
    while not any("ververst uit" in line for line in lines):
        lines.append(process.stdout.readline())
    process.send_signal(signal.SIGTERM)
    out, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (0, "")
    assert out.endswith("Gestopt. 1 van 1 bijgewerkt.\n")
    assert sorted(path.name for path in book.parent.iterdir()) == [
        ".klantwaarde-ververs.json", "d.xlsx", "orders.csv",
    ]  # fmt: skip
