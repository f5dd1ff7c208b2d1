"""Files without a header whose first row looks like one: their columns are asked for by number."""

import pytest

from klantwaarde_xl.errors import ColumnsMissing
from tests.data.exported import figures, read, typed, write

__all__ = ["write"]


@pytest.mark.parametrize(
    "text",
    [
        "Noor;schriften;12,50\nBas;potloden;8,25\nNoor;schriften;14,00\n",
        "Noor,schriften,12\nBas,potloden,8\n",
        "Noor;mei;2025;12,50\n",
        "Rij 4;€ 12;contant\nRij 5;€ 8;pin\n",
    ],
)
def test_a_row_of_texts_with_one_number_is_no_header(write, text):
    with pytest.raises(ColumnsMissing, match="heeft geen kop") as asked:
        read(write(text))
    assert "met het nummer" in asked.value.remedy


@pytest.mark.parametrize(
    "text",
    [
        "wie;2023;2024\nNoor;12,50;3,00\n",
        "wie;1;2;3\nNoor;12,50;3,00;2,00\n",
        "wie;stuk 4;som\nNoor;12,50;3,00\n",
        "wie;som\nNoor;12,50\n",
    ],
)
def test_years_months_and_words_above_numbers_are_a_header(write, text):
    with pytest.raises(ColumnsMissing) as asked:
        read(write(text))
    assert "heeft geen kop" not in str(asked.value)


def test_columns_by_number_read_the_first_row_too(write):
    path = write("Noor;3 mei;12,50\nBas;5 mei;8,25\n")
    checked = typed(path, "--kolommen klant=1,datum=2,bedrag=3", "--jaar 2025")
    assert figures(checked)[:2] == (2, 20.75)
