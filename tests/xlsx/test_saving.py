"""Saving: the old file whole or the new file whole, and never over an open workbook."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

import pytest

from klantwaarde_xl.errors import WorkbookInUse
from klantwaarde_xl.plan.plan import NameWrite, Plan
from klantwaarde_xl.xlsx import saving
from klantwaarde_xl.xlsx.package import Package
from tests.workbook.rich import rich
from tests.xlsx.applying import apply

BOOK = rich(3)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "klant.xlsx"
    path.write_bytes(BOOK)
    return path


@pytest.fixture
def package(path: Path) -> Package:
    package = Package.open(path)
    apply(package, Plan(names=(NameWrite("kw_retentie", 0.5),)))
    return package


def untouched(path: Path) -> None:
    assert path.read_bytes() == BOOK
    assert [p.name for p in path.parent.iterdir() if p.suffix == ".tmp"] == []


def test_the_new_file_stands_in_place_of_the_old(path: Path, package: Package) -> None:
    package.save(path, backup=False)
    assert path.read_bytes() == package.to_bytes()
    assert [p.name for p in path.parent.iterdir()] == ["klant.xlsx"]


def test_a_dated_copy_of_the_old_file_is_kept(path: Path, package: Package) -> None:
    kept = package.save(path)
    assert kept is not None
    assert kept.read_bytes() == BOOK
    assert re.fullmatch(r"klant \(back-up \d{4}-\d\d-\d\d \d\d\.\d\d\.\d\d\)\.xlsx", kept.name)


def test_backups_of_the_same_second_do_not_overwrite_each_other(path: Path, package: Package) -> None:
    copies = {package.save(path) for _ in range(3)}
    assert len(copies) == 3


def test_a_new_file_needs_no_backup(tmp_path: Path, package: Package) -> None:
    assert package.save(tmp_path / "nieuw.xlsx") is None
    assert (tmp_path / "nieuw.xlsx").read_bytes() == package.to_bytes()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no permission bits")
def test_the_permissions_of_the_file_stay(path: Path, package: Package) -> None:
    path.chmod(0o640)
    package.save(path)
    assert path.stat().st_mode & 0o777 == 0o640


@pytest.mark.skipif(not hasattr(os, "chown"), reason="Windows gives a new file the rights of its folder")
@pytest.mark.parametrize("may", [True, False])
def test_the_file_stays_its_owners_and_so_does_the_copy(
    path: Path, package: Package, monkeypatch: pytest.MonkeyPatch, may: bool
) -> None:
    """May: whether the system lets a file be given away, or to another group only."""
    asked = []

    def chown(file: Path, owner: int, group: int) -> None:
        asked.append((Path(file).suffix, owner, group, Path(file).stat().st_mode & 0o777))
        if owner != -1 and not may:
            raise PermissionError

    owner, group = path.stat().st_uid, path.stat().st_gid
    path.chmod(0o640)
    monkeypatch.setattr(os, "chown", chown)
    package.save(path)
    once = [(owner, group)] if may else [(owner, group), (-1, group)]
    assert [one[1:3] for one in asked] == 2 * once
    assert {(one[0], one[3]) for one in asked} == {(".tmp", 0o600)}  # nobody else reads it before that
    assert {one.stat().st_mode & 0o777 for one in path.parent.iterdir()} == {0o640}


@pytest.mark.skipif(not hasattr(os, "setxattr"), reason="only Linux lets Python set them")
def test_what_is_tagged_to_the_file_stays(path: Path, package: Package) -> None:
    try:
        os.setxattr(path, "user.label", b"rood")
    except OSError:
        pytest.skip("this disk keeps no tags")
    kept = package.save(path)
    assert kept is not None
    assert [os.getxattr(one, "user.label") for one in (path, kept)] == [b"rood", b"rood"]


def test_a_name_too_long_for_a_lock_file_can_be_refreshed_without_a_copy(
    path: Path, package: Package
) -> None:
    longest = os.pathconf(path.parent, "PC_NAME_MAX") if hasattr(os, "pathconf") else 255
    long = path.rename(path.with_name("l" * (longest - 5) + ".xlsx"))
    opened = Package.open(long)
    with pytest.raises(WorkbookInUse, match="deze naam is te lang") as told:
        opened.save(long)
    assert "kortere naam" in told.value.remedy
    assert [one.name for one in long.parent.iterdir()] == [long.name]
    opened.save(long, backup=False)
    assert long.read_bytes() == opened.to_bytes()
    short = long.rename(path)
    Package.open(short).save(short)  # as advised
    assert len(list(path.parent.iterdir())) == 2


@pytest.mark.parametrize("backup", [True, False])
def test_a_file_that_is_read_only_is_not_replaced(path: Path, package: Package, backup: bool) -> None:
    path.chmod(0o444)
    with pytest.raises(WorkbookInUse, match="alleen-lezen"):
        package.save(path, backup=backup)
    untouched(path)
    assert list(path.parent.iterdir()) == [path]


def test_a_new_file_that_cannot_be_written_is_not_said_to_be_there(
    tmp_path: Path, package: Package, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(WorkbookInUse) as raised:
        package.save(tmp_path / "nieuw.xlsx")
    assert "oude bestand" not in raised.value.what


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights on Windows")
def test_a_link_keeps_pointing_at_the_file(path: Path, package: Package) -> None:
    link = path.with_name("link.xlsx")
    link.symlink_to(path)
    package.save(link, backup=False)
    assert link.is_symlink()
    assert path.read_bytes() == package.to_bytes()


@pytest.mark.parametrize("function", ["fsync", "replace"])
@pytest.mark.parametrize("failure", [OSError(28, "No space left on device"), KeyboardInterrupt()])
def test_a_crash_leaves_the_old_file_whole_and_no_temporary_file(
    path: Path,
    package: Package,
    monkeypatch: pytest.MonkeyPatch,
    function: str,
    failure: BaseException,
) -> None:
    def crash(*_: object) -> None:
        raise failure

    monkeypatch.setattr(os, function, crash)
    with pytest.raises(WorkbookInUse if isinstance(failure, OSError) else KeyboardInterrupt):
        package.save(path, backup=False)
    untouched(path)


def test_a_crash_halfway_through_writing_leaves_the_old_file_whole(path: Path) -> None:
    def write(file: object) -> None:
        file.write(b"half")  # type: ignore[attr-defined]
        raise MemoryError

    with pytest.raises(MemoryError):
        saving.replace_file(path, write, backup=False)
    untouched(path)


def test_a_file_that_is_held_for_a_moment_is_tried_again(
    path: Path, package: Package, monkeypatch: pytest.MonkeyPatch
) -> None:
    replace, attempts = os.replace, []

    def held(*names: object) -> None:
        attempts.append(names)
        if len(attempts) < 3:
            raise PermissionError(13, "Permission denied")
        replace(*names)  # type: ignore[arg-type]

    monkeypatch.setattr(os, "replace", held)
    monkeypatch.setattr(saving, "RETRY_AFTER", (0.0, 0.0, 0.0))
    package.save(path, backup=False)
    assert len(attempts) == 3
    assert path.read_bytes() == package.to_bytes()


def test_a_file_that_stays_held_is_reported(
    path: Path, package: Package, monkeypatch: pytest.MonkeyPatch
) -> None:
    def held(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "replace", held)
    monkeypatch.setattr(saving, "RETRY_AFTER", (0.0,))
    with pytest.raises(WorkbookInUse, match="kan niet worden geschreven"):
        package.save(path, backup=False)
    untouched(path)


def test_a_workbook_open_in_excel_is_refused_and_its_user_named(path: Path, package: Package) -> None:
    lock = path.with_name("~$klant.xlsx")
    lock.write_bytes(bytes([10]) + b"Jan Jansen" + b" " * 44 + bytes(110))
    with pytest.raises(WorkbookInUse, match="geopend in Excel door Jan Jansen"):
        package.save(path)
    untouched(path)


@pytest.mark.parametrize(
    ("content", "who"),
    [
        (",jan,laptop,01.03.2024 12:00,file:///home/jan;", "jan op laptop"),
        ("Jan Jansen,jan,laptop,01.03.2024 12:00,file:///home/jan;", "Jan Jansen"),
    ],
)
def test_a_workbook_open_in_libreoffice_is_refused_and_its_user_named(
    path: Path, package: Package, content: str, who: str
) -> None:
    path.with_name(".~lock.klant.xlsx#").write_text(content)
    with pytest.raises(WorkbookInUse, match=f"geopend in LibreOffice door {who}"):
        package.save(path)
    untouched(path)


def test_an_unreadable_lock_still_counts(path: Path, package: Package) -> None:
    path.with_name("~$klant.xlsx").write_bytes(b"\xff")
    with pytest.raises(WorkbookInUse, match=r"geopend in Excel\."):
        package.save(path)


def test_a_file_that_somebody_saved_meanwhile_is_not_overwritten(path: Path, package: Package) -> None:
    path.write_bytes(BOOK + b"nieuwer")
    with pytest.raises(WorkbookInUse, match="door iemand anders opgeslagen"):
        package.save(path)
    assert path.read_bytes() == BOOK + b"nieuwer"


def test_a_package_can_be_saved_twice(path: Path, package: Package) -> None:
    package.save(path)
    apply(package, Plan(names=(NameWrite("kw_retentie", 0.25),)))
    package.save(path)
    assert Package.open(path).read_names("kw_ret") == {"kw_retentie": 0.25}
