"""Copies of a workbook go when they are older than it says, and only its own."""

from pathlib import Path

import pytest

from klantwaarde_xl.workbook.copies import PREFIX, days_kept
from klantwaarde_xl.workbook.kept_text import keep_text
from klantwaarde_xl.xlsx.package import Package
from tests.cli.test_refresh_folder import GOOD

OLD = ("d (back-up 2020-01-01 10.00.00).xlsx", "d (back-up 2020-01-01 10.00.00) 2.xlsx")
OTHERS = (
    "dd (back-up 2020-01-01 10.00.00).xlsx",
    "d (back-up 2020-99-01 10.00.00).xlsx",
    "d (back-up 2999-01-01 10.00.00).xlsx",
    "d (back-up 2020-01-01 10.00.00).csv",
    "d (mijn back-up).xlsx",
)


@pytest.fixture
def book(here, say):
    Path("o.csv").write_text(GOOD, encoding="utf-8")
    assert say("nieuw", "rfm-segmenten", "--gegevens", "o.csv", "--uit", "d.xlsx")[0] == 0
    for name in (*OLD, *OTHERS):
        (here / name).write_bytes(b"x")
    return here / "d.xlsx"


def there(names):
    return [Path(name).exists() for name in names]


@pytest.mark.slow
def test_copies_stay_until_the_workbook_says_otherwise_and_then_at_every_refresh(book, say):
    assert "blijven" not in say("ververs", "d.xlsx")[1]
    assert all(there(OLD))
    out = say("ververs", "d.xlsx", "--kopieen", "30")[1]
    assert "Kopieën van dit werkboek blijven 30 dagen; er gingen er nu 2 weg." in out
    assert not any(there(OLD))
    assert all(there(OTHERS))
    assert len(list(book.parent.glob("d (back-up*.xlsx"))) == 2 + 2  # those of today, and two of no real day
    Path(OLD[0]).write_bytes(b"x")
    assert "er ging er nu 1 weg" in say("ververs", ".")[1]
    Path(OLD[0]).write_bytes(b"x")
    assert "blijven" not in say("ververs", "d.xlsx", "--kopieen", "altijd")[1]
    assert Path(OLD[0]).exists()


@pytest.mark.parametrize("word", ["0", "-3", "3651", "1,5", "²", "dertig", ""])
def test_other_numbers_of_days_are_refused(book, say, word):
    code, _, err = say("ververs", "d.xlsx", f"--kopieen={word}")
    assert (code, "--kopieen 30" in err) == (2, True)


def test_a_setting_that_cannot_be_read_removes_nothing(shop_bytes):
    package = Package.from_bytes(shop_bytes)
    for text in ("veel", "-1", "99999"):
        keep_text(package, PREFIX, text)
        assert days_kept(package) == 0
