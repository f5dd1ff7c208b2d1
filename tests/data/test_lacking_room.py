"""Where the computer has no memory or disk left, that is said, and not that the file is wrong."""

import duckdb
import pytest

from klantwaarde_xl.cli.unexpected import unexpected
from klantwaarde_xl.data.reading import files
from klantwaarde_xl.errors import FileUnreadable, KlantwaardeError

LACKING = [
    (duckdb.OutOfMemoryException("Out of Memory Error: failed to allocate"), "te weinig geheugen"),
    (duckdb.IOException('IO Error: Could not write to "x": No space left on device'), "schijf is vol"),
]


@pytest.mark.parametrize(("error", "words"), LACKING)
def test_a_file_is_not_blamed_for_the_computer(monkeypatch, tmp_path, error, words):
    def fail(*args, **how):
        raise error

    path = tmp_path / "orders.csv"
    path.write_text("klant;datum;bedrag\nA;1-2-2026;10\n", encoding="utf-8")
    monkeypatch.setattr(files, "load", fail)
    with pytest.raises(KlantwaardeError, match=words) as told:
        files.read_transactions(path)
    assert not isinstance(told.value, FileUnreadable)
    assert told.value.remedy


def test_a_file_that_is_at_fault_still_is(monkeypatch, tmp_path):
    def fail(*args, **how):
        raise duckdb.InvalidInputException("Invalid Input Error: CSV Error on Line: 2")

    path = tmp_path / "orders.csv"
    path.write_text("klant;datum;bedrag\nA;1-2-2026;10\n", encoding="utf-8")
    monkeypatch.setattr(files, "load", fail)
    with pytest.raises(FileUnreadable, match="De regels in dit bestand"):
        files.read_transactions(path)


@pytest.mark.parametrize(("error", "words"), [*LACKING, (MemoryError(), "te weinig geheugen")])
def test_later_it_is_said_too(error, words):
    assert words in unexpected(error).what
