"""A customer with far more rows than others, who may be everybody without an account."""

import pytest

from tests.data.exported import read, write

__all__ = ["write"]


def sales(write, *counts):
    rows = [f"K{who};{1 + at % 28}-3-2025;10" for who, count in enumerate(counts) for at in range(count)]
    return write("\n".join(["klant;datum;bedrag", *rows]) + "\n")


@pytest.mark.parametrize("others", [[1] * 20, [2, 1, 3, 2, 2, 1, 1, 3, 2, 1]])
def test_one_customer_with_far_more_rows_than_others_is_doubted(write, others):
    notes = " ".join(read(sales(write, 9, *others)).quality.notes)
    assert "klant 'K0' heeft 9 van de" in notes
    assert notes.count("zonder account") == 1


@pytest.mark.parametrize("counts", [[5, 5, 3, 4, 2, 4], [8, 4, 3, 3, 2, 3, 4, 5, 1, 3, 2, 2]])
def test_a_regular_customer_of_a_small_shop_is_not(write, counts):
    assert "zonder account" not in " ".join(read(sales(write, *counts)).quality.notes)
