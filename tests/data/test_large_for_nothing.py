"""Small exports that would cost much, and computers that allow little: a refusal in words, or it is read."""

import subprocess
import sys
import zipfile

import openpyxl
import pytest

from klantwaarde_xl import limits
from klantwaarde_xl.data.reading.files import read_transactions
from klantwaarde_xl.data.reading.naming.by_rate import places_by_rate
from klantwaarde_xl.errors import FileUnreadable

HEAD, ROW = ["klant", "datum", "bedrag"], ["A", "2025-01-03", "3"]


def save_book(path, rows):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)


def wide(path, more):
    names = [f"k{at}" for at in range(more)]
    lines = [";".join([*HEAD, *names]), ";".join([*ROW, *["x"] * more])]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_more_columns_than_an_export_has_are_refused_before_they_are_looked_at(tmp_path, monkeypatch):
    monkeypatch.setattr("klantwaarde_xl.data.reading.sources.lines.MOST_FIELDS", 40)
    assert read_transactions(wide(tmp_path / "goed.csv", 37)).rows()[0][0] == "A"
    with pytest.raises(FileUnreadable, match="In deze rij staan 41 velden; hoogstens 40"):
        read_transactions(wide(tmp_path / "breed.csv", 38))


def test_columns_by_rate_are_looked_for_once_a_file():
    asked = []

    def known(text):
        asked.append(text)
        return [text.casefold()]

    headers = ["omzet 21%", "omzet 9%", "klant 1"]
    for _ in range(3):
        assert places_by_rate(headers, known, {"omzet"}, money=True) == [0, 1]
    assert len(asked) <= len(headers)


@pytest.mark.slow
def test_a_stray_cell_in_the_last_corner_does_not_take_the_memory(tmp_path):
    path = tmp_path / "ver.xlsx"
    save_book(path, [HEAD, ROW])
    data = tmp_path / "verder.xlsx"
    stray = '<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row></sheetData>'
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(data, "w", 8) as new:
        for name in old.namelist():
            part = old.read(name)
            if name.startswith("xl/worksheets/sheet"):
                part = part.replace(b"</sheetData>", stray.encode())
            new.writestr(name, part)
    with pytest.raises(FileUnreadable, match="te groot of beschadigd"):
        read_transactions(data)


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limits")
def test_a_workbook_is_read_where_the_system_allows_less_than_we_ask(tmp_path):
    path = tmp_path / "boek.xlsx"
    save_book(path, [HEAD, ROW])
    least = limits.reading_seconds(0) - 1
    code = (
        "import resource; from klantwaarde_xl import read_transactions\n"
        f"resource.setrlimit(resource.RLIMIT_CPU, ({least}, {least}))\n"
        f"print(read_transactions({str(path)!r}).rows()[0][0])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stdout.strip() == "A", done.stderr
