"""Whoever comes second is refused and told; what a killed run leaves behind goes with the next run."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from klantwaarde_xl.errors import FileUnreadable, WorkbookInUse
from klantwaarde_xl.leftovers import begins
from klantwaarde_xl.plan.plan import NameWrite, Plan
from klantwaarde_xl.workbook.ironcalc import Engine
from klantwaarde_xl.xlsx import folder_lock, saving
from klantwaarde_xl.xlsx.folder_lock import alone_in
from klantwaarde_xl.xlsx.package import Package
from tests.workbook.rich import rich
from tests.xlsx.applying import apply

BOOK = rich(3)
not_on_windows = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such thing")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "klant.xlsx"
    path.write_bytes(BOOK)
    return path


def changed(path: Path, value: float) -> Package:
    package = Package.open(path)
    apply(package, Plan(names=(NameWrite("kw_retentie", value),)))
    return package


def shown(path: Path) -> object:
    return Package.open(path).read_names("kw_retentie")["kw_retentie"]


def dead_process() -> int:
    """The number of a process that is no more."""
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    return process.pid


def test_of_two_that_read_the_same_file_the_second_is_refused_and_the_first_stays(path: Path) -> None:
    first, second = changed(path, 0.1), changed(path, 0.2)
    first.save(path, backup=False)
    with pytest.raises(WorkbookInUse, match="intussen door iemand anders opgeslagen") as refused:
        second.save(path)
    assert "opnieuw" in refused.value.remedy
    assert shown(path) == 0.1
    assert list(path.parent.iterdir()) == [path]


@pytest.mark.slow
def test_of_two_at_the_same_moment_exactly_one_says_that_it_was_saved(path: Path) -> None:
    for _ in range(20):
        path.write_bytes(BOOK)
        both = {value: changed(path, value) for value in (0.1, 0.2)}
        start = threading.Barrier(2)

        def save(value: float, both: dict[float, Package] = both, start: threading.Barrier = start) -> bool:
            start.wait()
            try:
                both[value].save(path, backup=False)
            except WorkbookInUse:
                return False
            return True

        with ThreadPoolExecutor(2) as pool:
            saved = dict(zip(both, pool.map(save, both), strict=True))
        assert sorted(saved.values()) == [False, True]
        assert saved[shown(path)]


def test_a_save_with_the_size_and_the_time_of_the_old_file_is_seen(path: Path) -> None:
    package, times = changed(path, 0.1), path.stat()
    theirs = BOOK[:-1] + bytes([BOOK[-1] ^ 1])
    path.write_bytes(theirs)
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))
    with pytest.raises(WorkbookInUse, match="intussen"):
        package.save(path)
    assert path.read_bytes() == theirs


def test_a_save_while_the_copy_is_made_wins_and_leaves_no_copy(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package, back_up = changed(path, 0.1), saving.back_up

    def slow(*given: object) -> Path:
        kept = back_up(*given)  # type: ignore[arg-type]
        path.write_bytes(BOOK + b"van de gebruiker")
        return kept

    monkeypatch.setattr(saving, "back_up", slow)
    with pytest.raises(WorkbookInUse, match="intussen"):
        package.save(path)
    assert path.read_bytes() == BOOK + b"van de gebruiker"
    assert list(path.parent.iterdir()) == [path]


def test_a_file_that_was_only_touched_is_saved(path: Path) -> None:
    package = changed(path, 0.1)
    os.utime(path, (1, 1))
    package.save(path, backup=False)
    assert shown(path) == 0.1


def test_a_file_that_was_moved_away_is_not_made_again(path: Path) -> None:
    package = changed(path, 0.1)
    path.rename(path.with_name("elders.xlsx"))
    with pytest.raises(WorkbookInUse, match="verplaatst of verwijderd"):
        package.save(path)
    assert not path.exists()


def test_who_waits_too_long_for_another_is_told(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = changed(path, 0.1)
    monkeypatch.setattr(folder_lock, "PATIENCE", 0.0)
    with alone_in(path.parent), pytest.raises(WorkbookInUse, match="Een andere opdracht"):
        package.save(path)
    assert list(path.parent.iterdir()) == [path]
    package.save(path, backup=False)
    assert shown(path) == 0.1


@not_on_windows
def test_the_next_run_removes_what_a_killed_run_left_and_nothing_else(path: Path) -> None:
    mine = begins(".klantwaarde")
    dead = path.with_name(f"{mine.replace(str(os.getpid()), str(dead_process()))}abc.tmp")
    alive = path.with_name(f"{mine}abc.tmp")
    elsewhere = path.with_name(".klantwaarde-0badcafe-1-abc.tmp")
    old = path.with_name(".klantwaarde-oud.tmp")
    others = [path.with_name(name) for name in (".klantwaarde-notitie.txt", "klantwaarde-1.tmp", "x.tmp")]
    for one in (dead, alive, elsewhere, old, *others):
        one.write_bytes(b"klanten")
        os.utime(one, (1, 1)) if one in (old, *others) else None
    changed(path, 0.1).save(path, backup=False)
    assert set(path.parent.iterdir()) == {path, alive, elsewhere, *others}


@not_on_windows
def test_nobody_else_can_read_a_file_that_is_not_whole(path: Path) -> None:
    path.chmod(0o644)
    modes: list[int] = []

    def write(file: object) -> None:
        modes.extend(one.stat().st_mode & 0o777 for one in path.parent.glob(".klantwaarde-*"))

    saving.replace_file(path, write, backup=False)
    assert modes == [0o600]
    assert path.stat().st_mode & 0o777 == 0o644


@not_on_windows
def test_the_copy_for_the_engine_is_gone_while_it_computes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    left = tmp_path / begins("klantwaarde-rekenen").replace(str(os.getpid()), str(dead_process()))
    left = left.with_name(left.name + "abc")
    left.mkdir()
    (left / "werkboek.xlsx").write_bytes(b"klanten")
    with Engine(lambda path: path.write_bytes(rich(1))):
        (folder,) = tmp_path.iterdir()
        assert list(folder.iterdir()) == []
        assert folder.stat().st_mode & 0o777 == 0o700
    assert list(tmp_path.iterdir()) == []


@not_on_windows
def test_a_pipe_is_no_workbook_to_wait_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pijp.xlsx")
    with pytest.raises(FileUnreadable, match="geen gewoon bestand"):
        Package.open(tmp_path / "pijp.xlsx")
