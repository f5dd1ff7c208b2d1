"""Costs as programs for advertisements write them: of one channel, with titles and totals, or in micros."""

import datetime as dt

import openpyxl
import pytest

from klantwaarde_xl.data.reading.cells.columns import Reading
from klantwaarde_xl.data.reading.files import read_table
from klantwaarde_xl.data.tables import COSTS
from klantwaarde_xl.errors import Ambiguous, ColumnsMissing, FileUnreadable, RowsRefused
from tests.data.exported import TODAY, write

__all__ = ["write"]

OF_FILE = {"kanaal": "Bestand"}
JANUARY, FEBRUARY = dt.date(2025, 1, 1), dt.date(2025, 2, 1)


def costs(path, **options):
    return read_table(path, COSTS, today=TODAY, **options)


def left(checked):
    return [str(one) for one in checked.quality.left_out]


def said(checked):
    return " | ".join(str(one) for one in (*checked.quality.said, *checked.quality.notes))


GOOGLE = (
    "Campagnerapport\n1 januari 2025 - 28 februari 2025\nCampagne,Maand,Valutacode,Kosten,CTR\n"
    'Merk,2025-01-01,EUR,"1.234,50","5,11%"\nAlgemeen,2025-01-01,EUR,"10,25","2,51%"\n'
    'Merk,2025-02-01,EUR,"7,75","5,00%"\nTotaal: Account, --,EUR,"1.252,50","3,45%"\n'
)


def test_costs_of_one_channel_are_asked_about_and_the_answer_works(write):
    path = write(GOOGLE, name="Google Ads.csv")
    with pytest.raises(ColumnsMissing) as caught:
        costs(path)
    assert "kanaal kan zijn: 'Bestand' (Google Ads)" in str(caught.value)
    assert "CTR" not in str(caught.value.remedy)  # shares are the names of nothing
    assert "--kolommen kanaal=Bestand" in caught.value.remedy
    checked = costs(path, columns=OF_FILE)
    assert checked.rows() == [
        (JANUARY, "Google Ads", 1234.5, "Merk", None),
        (JANUARY, "Google Ads", 10.25, "Algemeen", None),
        (FEBRUARY, "Google Ads", 7.75, "Merk", None),
    ]
    assert left(checked) == ["1 rij: een totaal of gemiddelde"]
    assert costs(path, recipe=checked.recipe).rows() == checked.rows()


def test_a_column_that_can_hold_channels_goes_before_the_file(write):
    path = write("Month;Waar;Spend\n2025-01;Meta;1,50\n2025-01;Google;2,50\n2025-02;Meta;3,50\n")
    with pytest.raises(ColumnsMissing) as caught:
        costs(path)
    assert "--kolommen kanaal=Waar" in caught.value.remedy


def test_a_column_of_the_file_called_so_goes_before(write):
    checked = costs(write("Maand;Bestand;Kosten\n2025-01;Radio;1,50\n"), columns=OF_FILE)
    assert checked.rows() == [(JANUARY, "Radio", 1.5, None, None)]


def test_each_file_of_a_folder_is_a_channel(tmp_path):
    for name, amount in (("Meta", "1.50"), ("TikTok", "2.25")):
        (tmp_path / f"{name}.csv").write_text(f"Date,Cost\n2025-01-04,{amount}\n2025-01-05,{amount}\n")
    rows = costs(tmp_path, columns=OF_FILE).rows()
    assert [row[1:3] for row in rows] == [("Meta", 1.5)] * 2 + [("TikTok", 2.25)] * 2


@pytest.mark.parametrize(("name", "dated"), [("Meta", False), ("Meta feb", True), ("Meta 2025-02", True)])
def test_a_channel_called_after_a_month_is_said_to_be_another_each_time(write, name, dated):
    about = said(costs(write("Date,Cost\n2025-02-04,1.50\n", name=f"{name}.csv"), columns=OF_FILE))
    assert f"kanaal is de naam van het bestand: {name!r}" in about
    assert ("zonder maand of jaar" in about) is dated


def test_money_in_micros_is_money(write):
    path = write("month,campaign,cost_micros\n2025-01-01,A,1234560000\n2025-02-01,A,10\n", name="Ads.csv")
    checked = costs(path, columns=OF_FILE)
    assert [row[2] for row in checked.rows()] == [1234.56, 0.00001]
    assert "miljoensten; gedeeld door 1.000.000" in said(checked)


def test_a_month_may_be_the_range_of_its_days(write):
    path = write(
        "Month;Amount spent (EUR)\n2025-01-01 - 2025-01-31;5.10\n2025-02-01 - 2025-02-28;6.20\n", "Meta.csv"
    )
    checked = costs(path, columns=OF_FILE)
    assert [row[0] for row in checked.rows()] == [JANUARY, FEBRUARY]
    path = write("Month;Amount spent (EUR)\n2025-01-01 - 2025-02-28;5.10\n", "Meta.csv")
    with pytest.raises(RowsRefused, match="dit is geen maand"):
        costs(path, columns=OF_FILE)


@pytest.mark.parametrize(
    "head", ["Reporting starts,Reporting ends", "Begin van rapportage,Einde van rapportage"]
)
def test_a_row_over_several_months_is_no_row_of_the_first(write, head):
    text = f"{head},Amount spent (EUR)\n2025-01-01,2025-01-31,5.10\n"
    path = write(text, name="Meta.csv")
    assert costs(path, columns=OF_FILE).rows() == [(JANUARY, "Meta", 5.1, None, None)]
    path = write(f"{text}2025-01-01,2025-02-28,6.10\n", name="Meta.csv")
    with pytest.raises(Ambiguous, match="van januari 2025 tot en met februari 2025"):
        costs(path, columns=OF_FILE)
    assert len(costs(path, columns={**OF_FILE, "laatste dag": "-"}).rows()) == 2


def test_a_short_table_below_more_titles_than_rows_is_found_by_its_delimiter(write):
    titles = "".join(f'"Title {number}"\n' for number in range(7))
    text = (
        f'{titles}"Gregorian month","Campaign","Spend"\n"2025-01-01","A","40.12"\n"2025-02-01","A","1.25"\n'
    )
    checked = costs(
        write(f'{text}"©2025 Some Company. All rights reserved. "\n', name="Bing.csv"), columns=OF_FILE
    )
    assert [row[:3] for row in checked.rows()] == [(JANUARY, "Bing", 40.12), (FEBRUARY, "Bing", 1.25)]
    assert left(checked) == ["1 rij: alleen een regel tekst"]


def test_what_was_spent_goes_before_what_was_planned(write):
    checked = costs(write("Maand;Kanaal;Begroot;Werkelijk;Verschil\n2025-01;Ads;10,00;12,50;2,50\n"))
    assert checked.rows() == [(JANUARY, "Ads", 12.5, None, None)]


# ── campaigns, and whom they reached ────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Google Ads", "Campagne,Maand,Valutacode,Kosten,Vertoningen\nMerk,2025-01-01,EUR,5.10,900\n"),
        (
            "Meta",
            "Campaign name,Month,Amount spent (EUR),Reach,Impressions\nMerk,2025-01-01,5.10,1200,9000\n",
        ),
        (
            "LinkedIn",
            "Start Date (in UTC),Campaign Name,Total Spent,Impressions,Reach\n2025-01-01,Merk,5.10,9,1200\n",
        ),
        ("TikTok", "Date,Campaign name,Cost,Reach\n2025-01-01,Merk,5.10,1200\n"),
        ("Microsoft", "Gregorian date,Campaign,Spend,Impressions\n2025-01-01,Merk,5.10,9\n"),
        ("Nieuwsbrief", "Datum;Campagnenaam;Kosten;Ontvangers\n1-1-2025;Merk;5,10;1.200\n"),
        ("Analytics", "Month,Session campaign,Cost\n2025-01,Merk,5.10\n"),
        ("Urls", "month,utm_campaign,cost\n2025-01,Merk,5.10\n"),
    ],
)
def test_a_campaign_is_a_campaign_and_no_channel(write, name, text):
    checked = costs(write(text, name=f"{name}.csv"), columns=OF_FILE)
    ((month, channel, amount, campaign, reached),) = checked.rows()
    assert (month, channel, amount, campaign) == (JANUARY, name, 5.1, "Merk")
    assert reached == (1200 if "1200" in text or "1.200" in text else None)


def test_a_file_with_campaigns_and_no_channel_proposes_the_file_and_never_the_campaign(write):
    with pytest.raises(ColumnsMissing) as caught:
        costs(write("Month,Campaign,Spend\n2025-01,Merk,5.10\n2025-02,Merk,5.10\n", name="Meta.csv"))
    assert "--kolommen kanaal=Bestand" in caught.value.remedy
    assert "kanaal=Campaign" not in caught.value.remedy


@pytest.mark.parametrize(
    ("text", "count"), [("1.234", 1234), ("1,234", 1234), ("12 345", 12345), ("987", 987)]
)
def test_people_are_whole_whatever_stands_between_their_thousands(write, text, count):
    """No question: the decimals of the money beside them are another matter."""
    checked = costs(write(f'Maand;Kanaal;Kosten;Bereik\n2025-01;Meta;12,50;"{text}"\n'))
    assert checked.rows() == [(JANUARY, "Meta", 12.5, None, count)]
    checked = costs(write(f'Month;Channel;Cost;Reach\n2025-01;Meta;12.50;"{text}"\n'))
    assert checked.rows() == [(JANUARY, "Meta", 12.5, None, count)]


def test_nobody_reached_is_empty(write):
    checked = costs(write("Maand;Kanaal;Kosten;Bereik\n2025-01;Meta;1,50;\n2025-01;Radio;2,50;-\n"))
    assert [row[4] for row in checked.rows()] == [None, 0]


# ── side by side ────────────────────────────────────────────────────────────────────────────


def test_months_beside_their_quarter_take_the_year_of_the_title_and_leave_the_sums(write):
    text = "Budget 2025;;;;\nKanaal;Jan;Feb;Q1;Totaal 2025\nAds;1,50;2,50;4,00;4,00\nTotaal;1,50;2,50;4,00;4,00\n"
    checked = costs(write(text))
    assert [row[:3] for row in checked.rows()] == [(JANUARY, "Ads", 1.5), (FEBRUARY, "Ads", 2.5)]
    assert "niet gelezen: 'Q1', 'Totaal 2025'" in said(checked)
    other = costs(write(text), reading=Reading(year=2024))
    assert [row[0].year for row in other.rows()] == [2024, 2024]


def test_channels_side_by_side_are_a_row_for_each_channel(write):
    text = "Maand;Google Ads;Meta;Beurs Utrecht;Totaal\njan-25;1;2;3;6\nfeb-25;4;;5;9\nTotaal;5;2;8;15\n"
    checked = costs(write(text))
    assert [row[:3] for row in checked.rows()] == [
        (JANUARY, "Google Ads", 1.0), (JANUARY, "Meta", 2.0), (JANUARY, "Beurs Utrecht", 3.0),
        (FEBRUARY, "Google Ads", 4.0), (FEBRUARY, "Beurs Utrecht", 5.0),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "other", ["Klikken", "Impressions", "Omzet", "Budget", "CTR", "Kosten", "Aantal orders"]
)
def test_figures_of_one_channel_are_no_channels(write, other):
    with pytest.raises((ColumnsMissing, Ambiguous)):
        costs(write(f"Maand;Google Ads;Meta;{other}\njan-25;1;2;3\nfeb-25;4;1;5\n"))


def test_quarters_of_costs_are_refused_with_what_helps(write):
    with pytest.raises(Ambiguous, match="zijn geen maanden") as caught:
        costs(write("Kanaal;Q1 2025;Q2 2025\nAds;1,50;2,50\n"))
    assert "kolom per maand" in caught.value.remedy


# ── files of a folder ───────────────────────────────────────────────────────────────────────


def test_a_file_without_the_columns_of_those_beside_it_is_named(tmp_path):
    (tmp_path / "a.csv").write_text("Maand;Kanaal;Kosten\n2025-01;Ads;1,50\n")
    (tmp_path / "voorraad.csv").write_text("Artikel;Stuks\nA;3\n")
    with pytest.raises(
        FileUnreadable, match=r"voorraad\.csv: zonder de kolommen die a\.csv wel heeft"
    ) as caught:
        costs(tmp_path)
    assert len(costs(tmp_path / "a*.csv").rows()) == 1
    assert "a*.csv" in caught.value.remedy


def test_a_workbook_has_months_without_a_year_and_channels_side_by_side_too(tmp_path):
    book = openpyxl.Workbook()
    for row in (["Budget 2025"], ["Kanaal", "Jan", "Feb"], ["Ads", 1.5, 2.5]):
        book.active.append(row)
    book.save(tmp_path / "maanden.xlsx")
    assert [row[:3] for row in costs(tmp_path / "maanden.xlsx").rows()] == [
        (JANUARY, "Ads", 1.5),
        (FEBRUARY, "Ads", 2.5),
    ]
    book = openpyxl.Workbook()
    for line in (["Maand", "Meta", "Radio"], [JANUARY, 1, 2], [FEBRUARY, None, 3]):
        book.active.append(line)
    book.save(tmp_path / "kanalen.xlsx")
    assert [row[:3] for row in costs(tmp_path / "kanalen.xlsx").rows()] == [
        (JANUARY, "Meta", 1.0),
        (JANUARY, "Radio", 2.0),
        (FEBRUARY, "Radio", 3.0),
    ]
