"""A total beside what is left of it after points or a gift card: whichever is taken, it is asked."""

import pytest

from klantwaarde_xl.errors import Ambiguous
from tests.data.exported import figures, read, typed, write

__all__ = ["write"]

ROWS = ((80, 0), (45, 5), (120, 0), (33, 10))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("whole", "paid", "rest"),
    [
        ("Totaal", "Ingeleverde punten (€)", "Te betalen"),
        ("Total", "Loyalty points redeemed", "Amount paid"),
        ("Gesamtbetrag", "Eingelöster Gutschein", "Zahlbetrag"),
    ],
)
def test_a_total_beside_what_is_left_after_points_is_asked_about(write, whole, paid, rest):
    path = write(
        f"Bonnr;Datum;Klantnummer;{whole};{paid};{rest}\n"
        + "".join(
            f"{at};{at + 3}-6-2025;K{at % 3};{sum_};{off};{sum_ - off}\n"
            for at, (sum_, off) in enumerate(ROWS)
        )
    )
    with pytest.raises(Ambiguous, match="is af wat met"):
        read(path)
    assert figures(typed(path, f'--kolommen "bedrag={whole}"'))[1] == 278.0
    assert figures(typed(path, f'--kolommen "bedrag={rest}"'))[1] == 263.0


def test_less_than_the_total_is_no_total_with_vat(write):
    path = write("Datum;Klantnr;Totaal;Te betalen\n3-6-2025;A;80;80\n4-6-2025;B;45;40\n5-6-2025;A;60;0\n")
    assert figures(typed(path, "--btw", "incl"))[1] == 185.0
