"""Parts are inflated once, within a limit, and what is remembered is what stands in the file."""

from __future__ import annotations

import zipfile
from collections import Counter
from typing import Any

import pytest

from klantwaarde_xl.plan.plan import NameWrite, Plan, TableWrite
from klantwaarde_xl.xlsx import archive
from klantwaarde_xl.xlsx.archive import Archive, Entry
from klantwaarde_xl.xlsx.package import Package
from tests.workbook.rich import COLUMNS, customers, rich, unpack
from tests.xlsx.applying import apply

PLAN = Plan((TableWrite("tblData", COLUMNS, customers(30), ("KlantID",)),), (NameWrite("kw_retentie", 0.5),))


@pytest.fixture
def inflated(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How often each part is inflated from here on."""
    counts: Counter[str] = Counter()
    inflate = archive.inflated

    def counting(entry: Entry, name: str) -> bytes:
        counts[name] += 1
        return inflate(entry, name)

    monkeypatch.setattr(archive, "inflated", counting)
    return counts


def work(package: Package) -> bytes:
    """Read, change and show, as a refresh does."""
    package.read_names("kw_")
    package.read_table("tblData")
    apply(package, PLAN)
    package.write_cached({sheet: dict.fromkeys(cells, 1.0) for sheet, cells in package.formulas().items()})
    package.shown()
    return package.to_bytes()


def test_no_part_is_inflated_twice_however_often_it_is_read_and_replaced(inflated: Counter[str]) -> None:
    work(Package.from_bytes(rich(12)))
    assert set(inflated.values()) == {1}


def test_with_no_room_to_remember_the_result_has_the_same_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    book = rich(12)  # once: it holds the second in which it was made
    wanted = unpack(work(Package.from_bytes(book)))
    monkeypatch.setattr(archive, "_REMEMBERED", 0)
    monkeypatch.setattr(archive, "_LARGEST_COPY", 0)
    assert unpack(work(Package.from_bytes(book))) == wanted


def test_a_part_that_is_replaced_again_is_compressed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    packed: Counter[str] = Counter()
    pack = archive._packed

    def counting(old: zipfile.ZipInfo, *rest: Any, **how: Any) -> Entry:
        packed[old.filename] += 1
        return pack(old, *rest, **how)

    monkeypatch.setattr(archive, "_packed", counting)
    opened = Archive.read_from(rich(12))
    for text in (b"<a>1</a>", b"<a>2</a>"):
        opened.replace("xl/workbook.xml", (text,))
    copy = opened.copy()
    assert unpack(opened.to_bytes())["xl/workbook.xml"] == b"<a>2</a>"
    assert copy.to_bytes() == opened.to_bytes()
    assert packed == {"xl/workbook.xml": 1}


def test_what_is_remembered_stays_within_its_limit(
    monkeypatch: pytest.MonkeyPatch, inflated: Counter[str]
) -> None:
    parts = unpack(rich(12))
    names = sorted(parts, key=lambda name: len(parts[name]))[-3:]
    monkeypatch.setattr(archive, "_REMEMBERED", sum(len(parts[name]) for name in names) - 1)
    opened = Archive.read_from(rich(12))
    for name in (*names, *names[1:], names[0]):
        assert opened.read(name) == parts[name]
    assert inflated == {names[0]: 2, names[1]: 1, names[2]: 1}


def test_a_copy_that_is_edited_leaves_what_the_original_says_alone() -> None:
    opened = Archive.read_from(rich(12))
    before = opened.read("xl/workbook.xml")
    opened.copy().replace("xl/workbook.xml", (b"<workbook/>",))
    assert opened.read("xl/workbook.xml") == before


def test_what_is_made_of_a_part_is_made_again_when_the_part_is_another() -> None:
    def size(data: bytes, name: str) -> int:
        return len(data)

    opened = Archive.read_from(rich(12))
    assert opened.once("xl/workbook.xml", size) == len(opened.read("xl/workbook.xml"))
    opened.replace("xl/workbook.xml", (b"<workbook/>",))
    assert opened.once("xl/workbook.xml", size) == len(b"<workbook/>")
