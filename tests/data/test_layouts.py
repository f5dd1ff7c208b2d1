"""How tables are laid out: days in parts or without a year, loose decimals, units, footers, groups, blocks."""

import datetime as dt

import openpyxl
import pytest

from klantwaarde_xl.errors import Ambiguous, FileUnreadable, RowsRefused, UsageError
from tests.data.exported import figures, read, said, typed, write

__all__ = ["write"]

WEEKS = range(1, 11)
SHEET = [["Datum", "Relatie", "Bedrag"], *([dt.datetime(2025, 2, at), f"R{at % 3}", 40] for at in WEEKS)]


def rows(head, line, count=10):
    return "\n".join([head, *(line(at) for at in range(1, count + 1))]) + "\n"


def book(tmp_path, **sheets):
    path, found = tmp_path / "boek.xlsx", openpyxl.Workbook()
    found.remove(found.active)
    for name, cells in sheets.items():
        sheet = found.create_sheet(name)
        for row in cells:
            sheet.append(row)
    found.save(path)
    return path


# ── days ────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("head", "month"),
    [("Jaar;Maand;Dag", "{0}"), ("Year;Month;Day", "{0:02d}"), ("Boekjaar;Maandnr;Tag", "{0}")],
)
def test_days_months_and_years_in_three_columns_are_dates(write, head, month):
    path = write(rows(f"{head};Klant;Bedrag", lambda at: f"2025;{month.format(at)};{at + 12};k{at % 3};8,50"))
    checked = read(path)
    assert (checked.first_day, checked.last_day) == (dt.date(2025, 1, 13), dt.date(2025, 10, 22))


def test_a_year_of_two_digits_beside_a_month_in_words_is_one_too(write):
    checked = read(write("Klant;Dag;Maand;Jaar;Bedrag\nk;5;feb;25;8,50\nl;17;mrt;25;9,50\n"))
    assert (checked.first_day, checked.last_day) == (dt.date(2025, 2, 5), dt.date(2025, 3, 17))


def test_a_day_that_its_month_does_not_have_is_refused(write):
    with pytest.raises(RowsRefused, match=r"^1 van de 2 rijen is niet te lezen:(.|\n)*2025-02-30"):
        read(write("Jaar;Maand;Dag;Klant;Bedrag\n2025;2;30;k;8,50\n2025;3;30;k;9,50\n"))


@pytest.mark.slow
def test_several_rows_are_spoken_of_as_such(write):
    lines = "2025;2;30;k;8,50\n" * 3 + "2025;3;30;k;9,50\n" * 1200
    with pytest.raises(RowsRefused, match=r"^3 van de 1\.203 rijen zijn niet te lezen:"):
        read(write(f"Jaar;Maand;Dag;Klant;Bedrag\n{lines}"))


def test_a_day_of_the_week_beside_a_month_leaves_the_month(write):
    checked = read(write(rows("Dag;Maand;Jaar;Klant;Bedrag", lambda at: f"wo;{at};2025;k{at % 3};8,50")))
    assert checked.last_day == dt.date(2025, 10, 1)


@pytest.mark.parametrize("day", ["{0} mei", "di {0} mei.", "May {0}", "{0}-5", "{0:02d}/05"])
def test_days_without_a_year_have_that_of_the_title(write, day):
    path = write("Omzet 2024;;\n\n" + rows("Datum;Klant;Bedrag", lambda at: f"{day.format(at + 21)};k;8,50"))
    checked = read(path)
    assert (checked.first_day, checked.last_day) == (dt.date(2024, 5, 22), dt.date(2024, 5, 31))
    assert "2024" in said(checked, "datum")


@pytest.mark.slow
def test_the_name_of_a_file_or_a_sheet_tells_the_year_too(write, tmp_path):
    text = rows("Datum;Klant;Bedrag", lambda at: f"{at} mei;k;8,50")
    assert read(write(text, "verkoop_2023.csv")).first_day == dt.date(2023, 5, 1)
    cells = [["Datum", "Klant", "Bedrag"], ["4 jan", "k", 8.5], ["11 feb", "l", 9.5]]
    assert read(book(tmp_path, **{"Verkoop 2022": cells})).first_day == dt.date(2022, 1, 4)


@pytest.mark.slow
def test_a_title_above_the_header_of_a_sheet_tells_the_year(tmp_path):
    cells = [["Kasstaat 2021"], [], ["Datum", "Klant", "Bedrag"], ["4 jan", "k", 8.5], ["11 feb", "l", 9.5]]
    assert read(book(tmp_path, Blad1=cells)).last_day == dt.date(2021, 2, 11)


@pytest.mark.parametrize("name", ["verkoop.csv", "export_2024-03-01.csv", "verkoop_2023-2024.csv"])
def test_the_year_is_asked_where_nothing_or_more_than_one_thing_tells_it(write, name):
    path = write(rows("Datum;Klant;Bedrag", lambda at: f"{at} mei;k;8,50"), name)
    with pytest.raises(Ambiguous, match="geen jaar") as asked:
        read(path)
    assert "--jaar" in asked.value.remedy
    assert typed(path, "--jaar 2024").first_day == dt.date(2024, 5, 1)


def test_days_that_pass_the_end_of_a_year_are_asked_about(write):
    months = ["sep", "okt", "nov", "dec", "jan", "feb", "mrt"]
    path = write(rows("Datum;Klant;Bedrag", lambda at: f"3 {months[at - 1]};k;8,50", 7), "verkoop_2023.csv")
    with pytest.raises(Ambiguous, match="van december door in januari"):
        read(path)


def test_a_month_with_its_year_is_no_day_without_one(write):
    months = ["jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt"]
    checked = read(write(rows("Datum;Klant;Bedrag", lambda at: f"{months[at - 1]}-24;k;8,50"), "a_2023.csv"))
    assert checked.last_day == dt.date(2024, 10, 1)


def test_a_year_that_is_none_cannot_be_said(write):
    with pytest.raises(UsageError, match="--jaar"):
        typed(write("Datum;Klant;Bedrag\n4 mei;k;8,50\n"), "--jaar 24")


def test_the_moment_of_an_order_is_its_day_though_its_header_says_time(write):
    checked = read(write("Nr;Bestellzeit;E-Mail;Summe\n1;04.03.2025, 09:12;a@x.de;12,00\n"))
    assert checked.first_day == dt.date(2025, 3, 4)


def test_a_date_of_what_was_undone_on_some_rows_is_no_second_day_of_sale(write):
    path = write(
        "Lidnr;Incassodatum;Bedrag;Stornodatum\na;03-02-2025;20,00;\nb;03-02-2025;20,00;09-02-2025\n"
    )
    assert figures(read(path))[:2] == (1, 20.0)


# ── numbers ─────────────────────────────────────────────────────────────────────────────────


def test_decimals_after_a_comma_between_commas_are_put_together(write):
    text = rows(
        "Bon,Datum,Klant,Netto,Btw,Totaal", lambda at: f"{at},{at}-2-2025,k{at % 3},{at}0,50,{at},36,{at}2,86"
    )
    checked = read(write(text))
    assert figures(checked)[:2] == (10, 578.6)
    assert any("aan elkaar" in note for note in checked.quality.notes)


def test_an_amount_without_decimals_stands_beside_them(write):
    text = rows("Bon,Datum,Klant,Totaal", lambda at: f"{at},{at}-2-2025,k,{at}0{',75' if at > 3 else ''}")
    assert figures(read(write(text)))[1] == 550.0 + 7 * 0.75


@pytest.mark.parametrize(
    ("head", "more"),
    [("Bon,Datum,Klant,Totaal", "21"), ("Bon,Datum,Klant,Aantal", "50"), ("Bon,Datum,Klant,Totaal", "x")],
)
def test_a_column_without_a_header_is_no_decimals(write, head, more):
    with pytest.raises(Exception) as refused:  # noqa: PT011  (which error it is says what else is wrong)
        read(write(rows(head, lambda at: f"{at},{at}-2-2025,k,{at}0,{more}")))
    assert not isinstance(refused.value, AssertionError)


@pytest.mark.parametrize(("unit", "other"), [(" kg", "kg"), (" ltr", " L"), (" m", "m"), (" uur", " u")])
def test_a_quantity_with_its_unit_is_a_number(write, unit, other):
    text = f"Bon;Datum;Klant;Hoeveelheid;Prijs per eenheid\n1;3-2-2025;k;0,500{unit};8,00\n2;4-2-2025;l;1,250{other};8,00\n"
    assert figures(read(write(text)))[1] == 14.0


def test_quantities_in_two_units_are_asked_about(write):
    path = write("Bon;Datum;Klant;Aantal;Prijs\n1;3-2-2025;k;0,500 kg;8,00\n2;4-2-2025;l;250 gr;8,00\n")
    with pytest.raises(Ambiguous, match="meer dan één eenheid"):
        read(path)


@pytest.mark.parametrize("word", ["gratis", "Gratis", "free of charge", "kostenlos"])
def test_what_is_free_is_an_order_of_nought(write, word):
    assert figures(read(write(f"Datum;Klant;Bedrag\n3-2-2025;k;8,50\n4-2-2025;l;{word}\n")))[:2] == (2, 8.5)


@pytest.mark.slow
def test_which_side_of_a_book_goes_off_is_asked_and_the_answer_holds(write):
    text = rows("Datum;Klant;Bedrag", lambda at: f"{at}-2-2025;k;10,00 {'CR' if at == 4 else 'DB'}")
    path = write(text)
    with pytest.raises(Ambiguous) as asked:
        read(path)
    assert '--retour "Bedrag=*CR"' in asked.value.remedy.partition(", of ")[0]
    assert figures(typed(path, '--retour "Bedrag=*CR"'))[:3] == (9, 90.0, 80.0)
    assert figures(typed(path, '--zonder "Bedrag=*CR"'))[1] == 90.0


# ── rows that are no orders ─────────────────────────────────────────────────────────────────


def test_what_stands_below_a_total_at_the_end_is_no_order(write):
    text = rows("Datum;Klant;Bedrag", lambda at: f"{at}-2-2025;k{at % 3};10,00")
    foot = ";Subtotaal;100,00\n;Btw 21%;21,00\n;Te voldoen;121,00\n;Gemiddeld per week;10,00\n"
    assert figures(read(write(text + foot)))[:2] == (10, 100.0)


def test_a_row_without_a_day_at_the_end_is_refused_where_nothing_says_total(write):
    text = rows("Datum;Klant;Bedrag", lambda at: f"{at}-2-2025;k{at % 3};10,00")
    with pytest.raises(RowsRefused):
        read(write(text + ";Vries;40,00\n"))


def test_the_sum_of_a_group_above_its_rows_is_no_order(write):
    lines = [
        f"{name} ({n});;;{n * 15},00\n" + f";{name};4-2-2025;15,00\n" * n
        for name, n in (("Bos", 2), ("Vos", 3))
    ]
    assert figures(read(write(";Klant;Datum;Bedrag\n" + "".join(lines))))[:2] == (5, 75.0)


def test_rows_below_the_name_and_the_sum_of_a_group_are_of_that_customer(write):
    lines = [f"{name};;{n * 15},00\n" + ";4-2-2025;15,00\n" * n for name, n in (("Bos", 2), ("Vos", 3))]
    assert figures(read(write("Klant;Datum;Bedrag\n" + "".join(lines)))) == (5, 75.0, 75.0, 2)


@pytest.mark.slow
def test_a_block_of_refunds_without_a_minus_is_asked_about(tmp_path):
    path = book(tmp_path, Blad1=[["Verkopen"], *SHEET, [], ["Retouren"], *SHEET[:3]])
    with pytest.raises(Ambiguous, match="blok met de titel 'Retouren'"):
        read(path)


@pytest.mark.slow
def test_blocks_of_sales_with_a_title_each_are_read_as_one(tmp_path):
    path = book(tmp_path, Blad1=[["Winkel"], *SHEET, [], ["Markt"], *SHEET[:3]])
    assert figures(read(path))[:2] == (12, 480.0)


@pytest.mark.slow
def test_a_block_of_refunds_with_a_minus_goes_off(tmp_path):
    back = [SHEET[0], [dt.datetime(2025, 3, 1), "R1", -15]]
    path = book(tmp_path, Blad1=[["Verkopen"], *SHEET, [], ["Retouren"], *back])
    assert figures(read(path))[2] == 385.0


@pytest.mark.slow
@pytest.mark.parametrize("sign", [1, -1])
def test_a_sheet_of_refunds_goes_off_where_the_user_reads_it_with_the_sales(tmp_path, sign):
    path = book(tmp_path, Verkoop=SHEET, Creditnotas=[SHEET[0], [dt.datetime(2025, 3, 1), "R1", sign * 15]])
    if sign < 0:  # what has a minus is off already
        assert figures(read(path))[1:3] == (400.0, 385.0)
    else:
        with pytest.raises(Ambiguous) as asked:
            read(path)
        assert asked.value.remedy.startswith('Gaan ze van de omzet af: --blad "Verkoop" --blad "Creditnotas"')
    assert figures(read(path, sheets=("Verkoop", "Creditnotas")))[1:3] == (400.0, 385.0)


@pytest.mark.parametrize(
    ("start", "what"),
    [
        ('<?xml version="1.0"?>\n<auditfile>', "auditfile"),
        ('<?xml version="1.0"?>\n<orders>', "XML"),
        ("<html>", "webpagina"),
    ],
)
def test_a_file_of_tags_is_called_what_it_is(write, start, what):
    with pytest.raises(FileUnreadable, match=what):
        read(write(start, "kasboek.csv"))
