"""A workbook knows its data by their names from its own folder on, and by nothing that tells of a computer."""

import json
from pathlib import Path

import pytest

from klantwaarde_xl.errors import WorkbookChanged
from klantwaarde_xl.workbook.kept_text import keep_text, text_in
from klantwaarde_xl.workbook.sources import PREFIX, files_behind, keep_sources, near, sources_in
from klantwaarde_xl.xlsx.package import Package


@pytest.fixture
def package(shop_bytes):
    return Package.from_bytes(shop_bytes)


@pytest.mark.parametrize(
    ("source", "kept"),
    [
        ("map/orders.csv", "orders.csv"),
        ("map/in/or*.csv", "in/or*.csv"),
        ("map/in", "in"),
        ("map/w.sqlite#select a from b where c = '#'", "w.sqlite#select a from b where c = '#'"),
        ("map/nr #1.csv", "nr #1.csv"),
        ("map/../orders.csv", None),
        ("orders.csv", None),
        ("postgresql://u@map/db#t", None),
    ],
)
def test_only_what_lies_in_the_folder_is_kept(tmp_path, monkeypatch, source, kept):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "map" / "in").mkdir(parents=True)
    (tmp_path / "map" / "nr #1.csv").touch()
    assert near(source, Path("map")) == kept


def test_a_link_out_of_the_folder_is_no_way_in(tmp_path):
    (tmp_path / "map").mkdir()
    (tmp_path / "geheim.csv").touch()
    (tmp_path / "map" / "orders.csv").symlink_to(tmp_path / "geheim.csv")
    assert near(str(tmp_path / "map" / "orders.csv"), tmp_path / "map") is None


def test_every_file_behind_a_source(tmp_path):
    for name in ("b.csv", "a.csv", ".verborgen.csv", "~$a.xlsx", "w.sqlite", "w.sqlite-wal"):
        (tmp_path / name).touch()

    def names(word):
        return [path.name for path in files_behind(f"{tmp_path}/{word}")]

    assert names("a.csv") == ["a.csv"]
    assert names("*.csv") == ["a.csv", "b.csv"]
    assert names("") == ["a.csv", "b.csv", "w.sqlite", "w.sqlite-wal"]
    assert names("w.sqlite#t") == ["w.sqlite", "w.sqlite-wal"]
    assert names("geen.csv") == []
    assert files_behind("mariadb://u@h/d#t") is None


def test_sources_are_kept_replaced_and_forgotten_by_table(package):
    assert sources_in(package) == {}
    keep_sources(package, {"transacties": "ordérs & Co_x0041_.csv", "kosten": "k.csv"})
    again = Package.from_bytes(package.to_bytes())
    assert sources_in(again) == {"transacties": "ordérs & Co_x0041_.csv", "kosten": "k.csv"}
    keep_sources(again, {"kosten": None})
    assert sources_in(again) == {"transacties": "ordérs & Co_x0041_.csv"}
    keep_sources(again, {"transacties": None})
    assert text_in(again, PREFIX) == ""


@pytest.mark.parametrize(
    "source",
    [
        "/etc/passwd",
        "../x.csv",
        "in/../../x.csv",
        "C:\\x.csv",
        "..\\x.csv",
        "\\\\server\\x.csv",
        "mysql://u@h/d",
    ],
)
def test_a_workbook_that_leads_out_of_its_folder_is_refused(package, source):
    keep_text(package, PREFIX, json.dumps({"transacties": source}))
    with pytest.raises(WorkbookChanged, match="niet meer uit welke bestanden"):
        sources_in(package)
    keep_sources(package, {"transacties": "goed.csv"})  # the advice works
    assert sources_in(package) == {"transacties": "goed.csv"}


@pytest.mark.parametrize("text", ["{", "[]", '{"onzin": "a.csv"}', '{"transacties": 3}'])
def test_damaged_words_are_refused(package, text):
    keep_text(package, PREFIX, text)
    with pytest.raises(WorkbookChanged):
        sources_in(package)
