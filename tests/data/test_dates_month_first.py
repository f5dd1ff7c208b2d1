"""Numbers with the month first between dashes: read at once where nothing else fits, else that order is first."""

import datetime as dt

import pytest

from klantwaarde_xl.errors import Ambiguous
from tests.data.exported import read, write
from tests.data.test_dates import advised, column

__all__ = ["write"]

SURE = ["06-14-2026", "06-19-2026", "06-22-2026", "06-28-2026"]


@pytest.mark.parametrize("mark", ["-", "."])
def test_many_days_that_can_only_be_behind_the_month_tell_the_others(mark):
    texts = [text.replace("-", mark) for text in ("06-03-2026", "06-07-2026", *SURE)]
    assert column(texts) == [dt.date(2026, 6, day) for day in (3, 7, 14, 19, 22, 28)]


@pytest.mark.parametrize("sure", [SURE[:1], SURE[:3]])
def test_few_of_them_are_asked_about_with_what_fits_them_all_first(sure):
    with pytest.raises(Ambiguous) as asked:
        column(["06-03-2026", *sure])
    assert advised(asked.value) == ["mdj", "dmj"]


def test_few_among_very_many_others_are_asked_about(write):
    days = [f"{1 + at % 12:02}-{1 + at // 12 % 12:02}-2026" for at in range(60)]
    path = write("Klant;Datum;Bedrag\n" + "".join(f"K;{day};10\n" for day in [*days, *SURE]))
    with pytest.raises(Ambiguous):
        read(path)
