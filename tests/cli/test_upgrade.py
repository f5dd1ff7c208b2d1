"""`klantwaarde opwaarderen`: the advice of a refresh works when followed, and what is no older workbook is told."""

import re
import shlex
import shutil
import sys
from pathlib import Path

import pytest

from klantwaarde_xl.workbook.templates import template
from klantwaarde_xl.xlsx.package import Package
from tests.examples import times

OLDER = Path(__file__).parents[1] / "workbook" / "older"


def copied(name, folder, to):
    return Path(shutil.copy(OLDER / f"{name}.xlsx", folder / to))


# Every kept version is upgraded in tests/workbook; here it is about the words
ADVISED = ["nps-onderzoek-1", "dashboard-1", "prognose-7", "prognose-1"]


@pytest.mark.slow
@pytest.mark.parametrize("name", ADVISED[: times(2)])
def test_an_older_workbook_refreshes_with_advice_that_works(here, say, name):
    id_, _, before = name.rpartition("-")
    copied(name, here, "mijn boek.xlsx")
    code, out, _ = say("ververs", "mijn boek.xlsx")
    assert code == 0
    assert f"oudere versie van het sjabloon ({before}, nu {template(id_).version})" in out
    advice = re.search(r'klantwaarde (opwaarderen "[^"]+")', out)
    code, out, _ = say(*shlex.split(advice[1]))
    assert code == 0
    assert "Opgewaardeerd: mijn boek.xlsx" in out
    assert len(list(here.glob("mijn boek (back-up *.xlsx"))) == 2  # two of one second differ by a number
    code, out, _ = say("ververs", "mijn boek.xlsx")
    assert (code, "oudere versie" in out) == (0, False)
    code, out, _ = say("opwaarderen", "mijn boek.xlsx")
    assert (code, out) == (
        0,
        "mijn boek.xlsx heeft al de nieuwste versie van het sjabloon; er is niets veranderd.\n",
    )


@pytest.mark.slow
def test_of_several_workbooks_each_is_done_or_refused_apart(here, say):
    copied("nps-onderzoek-1", here, "a.xlsx")
    copied("nps-onderzoek-1", here, "open.xlsx")
    (here / "~$open.xlsx").write_bytes(b"\x03Jan")
    code, out, _ = say("opwaarderen", "open.xlsx", "a.xlsx")
    assert code == 6
    assert "Geweigerd: open.xlsx\n  Het werkboek is geopend in Excel door Jan." in out
    assert "Opgewaardeerd: a.xlsx" in out


@pytest.mark.parametrize("word", ["map", "orders.csv"])
def test_what_is_no_workbook_is_refused_with_the_way_to_type_it(here, say, word):
    (here / "map").mkdir()
    code, _, error = say("opwaarderen", word)
    assert code == 2
    assert "geen werkboek" in error
    assert "klantwaarde opwaarderen dashboard.xlsx" in error


def test_a_workbook_that_is_not_there_is_told(here, say):
    code, _, error = say("opwaarderen", "weg.xlsx")
    assert code != 0
    assert "weg.xlsx" in error


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore:.*xtension is not supported")
def test_a_long_list_is_shortened_and_stands_whole_in_a_file_of_the_user_alone(here, say):
    import openpyxl

    book = openpyxl.load_workbook(OLDER / "nps-onderzoek-1.xlsx")
    who = next(row[4] for row in Package.open(OLDER / "nps-onderzoek-1.xlsx").read_table("tblEnquete").rows)
    for row in range(1, 31):
        book["Onderzoek"][f"P{row}"] = f"{who} zei {row}"
    book.save("nps.xlsx")
    code, out, _ = say("opwaarderen", "nps.xlsx")
    assert code == 0
    assert f"cel P20: tekst of getal {who} zei 20\n  … en nog " in out
    assert "zei 21" not in out
    (report,) = here.glob("nps (verslag *).txt")
    assert f"Het hele verslag staat in {report.name}; alleen u kunt het lezen." in out
    assert f"cel P30: tekst of getal {who} zei 30\n" in report.read_text(encoding="utf-8")
    assert report.stat().st_mode & 0o077 == 0 or sys.platform == "win32"
    code, out, _ = say("vergeet", who, "nps.xlsx", "--ja")
    assert f"verslag, gaat helemaal weg: {report.name}" in out
    assert not list(here.glob("nps (*"))


@pytest.mark.slow
def test_reports_expire_with_the_copies(here, say):
    copied("nps-onderzoek-1", here, "nps.xlsx")
    old = here / "nps (verslag 2020-01-01 10.00.00).txt"
    other = here / "nps (verslag 2020-01-01 10.00.00) van mij.txt"
    old.write_text("oud", encoding="utf-8")
    other.write_text("van mij", encoding="utf-8")
    assert say("ververs", "nps.xlsx", "--kopieen", "30")[0] == 0
    assert (old.exists(), other.exists()) == (False, True)
