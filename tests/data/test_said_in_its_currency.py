"""Sums are said in the currency of the file, and without one while rows are in several."""

import json

import pytest

from klantwaarde_xl.cli.reported import as_json, lines_of
from klantwaarde_xl.errors import KlantwaardeError

from .exported import read, typed

ROWS = [
    ("K1", "2026-01-05", "100.00", "10.00", "Completed", ""),
    ("K2", "2026-01-19", "50.00", "5.00", "Cancelled", ""),
    ("", "2026-02-03", "30.50", "3.05", "Completed", ""),
    ("K1", "2026-02-20", "80.00", "8.00", "Completed", "20.00"),
    ("K3", "2026-03-01", "7.25", "0.70", "Zwevend", ""),
    ("K9", "2026-03-02", "-60.00", "0.00", "Completed", ""),
]
HEADERS = ("Customer ID", "Date", "Total", "Tip", "Status", "Refunded Amount")


def written(folder, mark="{}", headers=HEADERS, more="", name="orders.csv", rows=ROWS):
    lines = [",".join([*headers, *(["Currency"] if more else [])])]
    for who, day, *money, tip, status, back in [(*row[:4], *row[4:]) for row in rows]:
        cells = [who, day, *(mark.format(one) for one in money), mark.format(tip), status]
        lines.append(",".join([*cells, mark.format(back) if back else "", *([more] if more else [])]))
    path = folder / name
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def told(checked):
    """All that is said of an export, but for what a workbook shows."""
    return "\n".join(line for line in lines_of(checked.quality) if "werkboek" not in line)


@pytest.mark.parametrize(
    ("made", "sign"),
    [
        ({"more": "USD"}, "$"),
        ({"more": "£"}, "£"),
        ({"more": "dkk"}, "DKK"),
        ({"more": "Zwitserse frank"}, "CHF"),
        ({"mark": "${}"}, "$"),
        ({"mark": "{} SEK"}, "SEK"),
        ({"headers": (*HEADERS[:2], "Total (GBP)", *HEADERS[3:])}, "£"),
        ({"name": "orders-PLN.csv"}, "PLN"),
    ],
)
def test_every_sum_is_said_in_the_currency_that_the_file_has(tmp_path, made, sign):
    found = told(read(written(tmp_path, **made), {"fooi": "Tip"}))
    assert "€" not in found
    assert f"omzet {sign} 196,00, retouren {sign} 80,00, netto {sign} 116,00" in found
    assert f"1 rij, samen {sign} 45,00" in found  # cancelled
    assert f"'Tip', samen {sign} 26,75" in found
    assert f"1 order zonder klant, samen {sign} 27,45" in found
    assert f"zoals 'K9', samen {sign} 60,00" in found
    assert f"Zwevend (1, samen {sign} 6,55" in found


@pytest.mark.parametrize("made", [{}, {"more": "EUR"}, {"mark": "€{}"}, {"mark": "{} euro"}])
def test_euros_and_what_says_nothing_stay_euros(tmp_path, made):
    checked = read(written(tmp_path, **made), {"fooi": "Tip"})
    assert "omzet € 196,00, retouren € 80,00" in told(checked)
    assert json.loads(as_json(checked.quality))["valuta"] == "EUR"


def test_what_a_user_says_of_amounts_without_a_currency_is_the_one_they_are_said_in(tmp_path):
    checked = typed(written(tmp_path), "--valuta NOK", "--kolommen fooi=Tip")
    assert "€" not in told(checked)
    assert "omzet NOK 196,00" in told(checked)
    assert json.loads(as_json(checked.quality))["valuta"] == "NOK"


def test_rows_left_out_while_there_were_several_currencies_have_no_sum(tmp_path):
    path = written(tmp_path, more="USD")
    text = path.read_text(encoding="utf-8").replace("K2,2026-01-19,50.00,5.00,Cancelled,,USD", "")
    path.write_text(
        text + "K5,2026-03-05,90.00,0,Cancelled,,EUR\nK5,2026-03-06,1.00,0,Cancelled,,USD\n", encoding="utf-8"
    )
    checked = read(path, {"fooi": "Tip"})
    assert [(one.rows, one.amount) for one in checked.quality.left_out] == [(2, None)]
    assert "omzet $ 196,00" in told(checked)


def test_converted_amounts_are_said_in_the_currency_that_they_were_converted_to(tmp_path):
    path = written(tmp_path, more="USD")
    checked = typed(path, "--valuta EUR,USD=0.5", "--kolommen fooi=Tip")
    assert "omzet € 98,00" in told(checked)
    assert "samen $ 45,00" in told(checked)  # left out before, as the file has it


def test_a_question_about_a_corrected_total_says_sums_in_that_currency(tmp_path):
    path = tmp_path / "orders.csv"
    path.write_text(
        "Customer ID,Date,Order Total,Adjusted Order Total,Currency\n"
        "K1,2026-01-05,100.00,90.00,NOK\nK2,2026-01-06,50.00,50.00,NOK\n",
        encoding="utf-8",
    )
    with pytest.raises(KlantwaardeError, match="samen NOK 140,00 tegen NOK 150,00"):
        read(path)
    path.write_text(
        path.read_text(encoding="utf-8")
        .replace(",NOK", "")
        .replace(",Currency", "")
        .replace("100.00", "$100.00")
        .replace(",50.00,50", ",$50.00,50"),
        encoding="utf-8",
    )
    with pytest.raises(KlantwaardeError, match=r"samen \$ 140,00 tegen \$ 150,00"):
        read(path)
