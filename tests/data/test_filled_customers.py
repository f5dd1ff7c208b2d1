"""Which column is the customer where one is mostly blank, or may be of articles."""

import openpyxl
import pytest

from klantwaarde_xl.errors import Ambiguous, ColumnsMissing
from tests.data.exported import figures, follow, read, said, typed, write
from tests.examples import crossed

__all__ = ["write"]

STAYS = "Boeking;Datum;Gast;{mail};{firm};Bedrag\n{rows}"
MOSTLY_BLANK = (
    "1;3-4-2025;Ria;ria@a.nl;;70\n2;4-4-2025;Bo;bo@a.nl;Beta BV;50\n3;5-4-2025;Ria;ria@a.nl;;30\n"
    "4;6-4-2025;Cas;cas@a.nl;;20\n"
)


@pytest.mark.parametrize(
    ("mail", "firm"),
    crossed(["E-mail gast", "Guest email", "Contact e-mail boeker"], ["Bedrijf", "Company", "Organisatie"]),
)
def test_a_filled_address_goes_before_a_company_that_is_mostly_blank(write, mail, firm):
    checked = read(write(STAYS.format(mail=mail, firm=firm, rows=MOSTLY_BLANK)))
    assert figures(checked) == (4, 170.0, 170.0, 3)


def test_a_company_that_is_mostly_filled_stays_the_customer(write):
    rows = "1;3-4-2025;Ria;ria@a.nl;Alfa;70\n2;4-4-2025;Bo;bo@a.nl;Alfa;50\n3;5-4-2025;Cas;cas@a.nl;;30\n"
    assert figures(read(write(STAYS.format(mail="E-mail gast", firm="Bedrijf", rows=rows))))[3] == 1


def test_an_address_of_who_is_no_customer_is_not_taken(write):
    path = write(STAYS.format(mail="E-mail medewerker", firm="Bedrijf", rows=MOSTLY_BLANK))
    assert figures(read(path))[3] == 1


def test_an_empty_column_is_not_the_customer_beside_a_filled_one(write):
    rows = "1;3-4-2025;;Ria;70\n2;4-4-2025;;Bo;50\n3;5-4-2025;;Ria;30\n"
    assert figures(read(write(f"Boeking;Datum;Bedrijfsnaam;Gast;Bedrag\n{rows}")))[3] == 2


def test_the_users_word_goes_before_what_is_filled(write):
    path = write(STAYS.format(mail="E-mail gast", firm="Bedrijf", rows=MOSTLY_BLANK))
    assert figures(read(path, {"klant": "Bedrijf"}))[3] == 1


@pytest.mark.slow
@pytest.mark.parametrize("head", ["Bon", "Bonnummer", "Kassabon"])
def test_a_name_beside_pieces_on_a_receipt_is_asked_about_and_both_answers_work(write, head):
    path = write(f"Datum;{head};Naam;Aantal;Totaal\n3-4-2025;1;Soep;1;6\n3-4-2025;2;Taart;2;9\n")
    with pytest.raises(Ambiguous, match="ook het artikel") as asked:
        read(path)
    assert "--kolommen klant=-" in asked.value.remedy
    assert figures(read(path, {"klant": "-"}))[1:] == (15.0, 15.0, 0)
    assert figures(read(path, {"klant": "Naam"}))[3] == 2


def test_names_that_differ_within_an_order_are_asked_about(write):
    rows = "1;3-4-2025;Soep;1;6\n1;3-4-2025;Taart;2;9\n2;4-4-2025;Soep;1;6\n"
    with pytest.raises(Ambiguous, match="ook het artikel"):
        read(write(f"Ordernummer;Datum;Naam;Aantal;Totaal\n{rows}"))


def test_a_name_beside_pieces_that_is_one_for_each_order_is_the_customer(write):
    rows = "1;3-4-2025;Ria;1;6\n1;3-4-2025;Ria;2;9\n2;4-4-2025;Bo;1;6\n"
    assert figures(read(write(f"Ordernummer;Datum;Naam;Aantal;Regelbedrag\n{rows}")))[:2] == (2, 21.0)


# ── customers who stand above their rows ────────────────────────────────────────────────────

DEBTORS = (
    "{head};Datum;Factuur;Bedrag\nK1 Alfa;;;\n;3-4-2025;1;70\n;9-4-2025;2;-20\n{total} K1 Alfa;;;50\n"
    "K2 Beta;;;\n;4-4-2025;3;30\n{total} K2 Beta;;;30\nK3 Gamma;;;\n{total} K3 Gamma;;;0\nTotaal;;;80\n"
)


@pytest.mark.parametrize(
    ("head", "total"), crossed(["Klant", "Debiteur", "Relatie"], ["Subtotaal", "Totaal", "Total for"])
)
def test_rows_are_of_the_customer_who_stands_above_them(write, head, total):
    checked = read(write(DEBTORS.format(head=head, total=total)))
    assert figures(checked) == (2, 100.0, 80.0, 2)
    assert "koppen" in said(checked, "klant")
    customers = checked.con.execute("select klant, bedrag from tx order by rij").fetchall()
    assert [(name, float(amount)) for name, amount in customers] == [
        ("K1 Alfa", 70), ("K1 Alfa", -20), ("K2 Beta", 30)]  # fmt: skip


def test_a_name_beside_the_number_of_a_head_stays_a_head(write):
    rows = "17;Alfa;;\n;;3-4-2025;70\n;Totaal Alfa;;70\n18;Beta;;\n;;4-4-2025;30\n;Totaal Beta;;30\n"
    assert figures(read(write(f"Debiteurnr;Naam;Datum;Bedrag\n{rows}"))) == (2, 100.0, 100.0, 2)


@pytest.mark.slow
@pytest.mark.parametrize(
    "rows",
    [
        "Januari;;\n;3-1-2025;70\nFebruari;;\n;4-2-2025;30\n",  # periods
        "Alfa;;\nKade 3;;\n;3-1-2025;70\nBeta;;\nPlein 4;;\n;4-2-2025;30\n",  # a name and an address
        ";2-1-2025;10\nAlfa;;\n;3-1-2025;70\nBeta;;\n;4-2-2025;20\n",  # a row above all of them
    ],
)
def test_heads_that_may_be_no_customers_are_asked_about_and_both_answers_work(write, rows):
    path = write(f"Klant;Datum;Bedrag\n{rows}")
    with pytest.raises(Ambiguous, match="rijen eronder") as asked:
        read(path)
    assert "--lege-klant erboven" in asked.value.remedy
    assert figures(typed(path, "--lege-klant erboven")) == (2 + ("10" in rows), 100.0, 100.0, 2)
    assert figures(typed(path, "--lege-klant gast"))[1:] == (100.0, 100.0, 0)


def test_a_line_without_figures_is_no_head_where_rows_have_customers(write):
    path = write("Klant;Datum;Bedrag\nAlfa;3-1-2025;70\nlet op;;\nBeta;4-2-2025;30\nAlfa;5-2-2025;30\n")
    assert figures(read(path)) == (3, 130.0, 130.0, 2)


def test_a_line_below_all_rows_is_no_head(write):
    path = write("Klant;Datum;Bedrag\n;3-1-2025;70\n;4-2-2025;30\nAlles van gasten;;\n")
    assert figures(read(path)) == (2, 100.0, 100.0, 0)


def test_the_head_of_one_sheet_is_not_of_the_rows_of_the_next(write, tmp_path):
    for name, text in (("a.csv", "Alfa;;\n;3-1-2025;70\n"), ("b.csv", ";3-2-2025;30\n")):
        write(f"Klant;Datum;Bedrag\n{text}", name)
    with pytest.raises(Ambiguous, match="rijen eronder"):
        read(tmp_path)


# ── customers on lines of their own ─────────────────────────────────────────────────────────

LINES = [
    ["{} 31 Alfa"],
    [1, "3-4-2025", 70.5],
    [2, "9-4-2025", -20],
    ["Totaal", "", 50.5],
    ["{} 32"],
    [3, "4-4-2025", 30],
]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("label", "name"), crossed(["Debiteur:", "Klant", "Relatie :", "Klantnaam:"], ["boek.csv", "boek.xlsx"])
)
def test_lines_that_say_who_the_customer_is_are_read(write, tmp_path, label, name):
    records = [[], ["Factuurnr", "Datum", "Bedrag"], *LINES]
    records = [[cell.format(label) if isinstance(cell, str) else cell for cell in row] for row in records]
    if name.endswith("csv"):
        path = write("\n".join(";".join(map(str, row)).replace(".", ",") for row in records) + "\n")
    else:
        path, book = tmp_path / name, openpyxl.Workbook()
        for row in records:
            book.active.append(row)
        book.save(path)
    checked = read(path)
    assert figures(checked) == (2, 100.5, 80.5, 2)
    rows = checked.con.execute("select distinct klant from tx order by 1").fetchall()
    assert rows == [("31 Alfa",), ("32",)]
    assert checked.recipe.columns["klant"] == label.strip(" :")
    assert figures(read(path, dict(checked.recipe.columns)))[3] == 2


@pytest.mark.parametrize("line", ["Opmerking: alles geteld", "Klant onbekend", "Project: 12"])
def test_a_line_that_names_no_customer_leaves_a_file_without_them(write, line):
    with pytest.raises(ColumnsMissing):
        read(write(f"Factuurnr;Datum;Bedrag\n{line};;\n1;3-4-2025;70\n"))


BY_CUSTOMER = (
    ",Date,Type,Amount,Memo\nAlfa,,,,\n,2025-03-14,Invoice,70.50,a\n,2025-03-16,Invoice,30,b\nTotal for Alfa,,,100.50,\n"
    "Beta,,,,\n,2025-04-14,Invoice,25,c\nTotal for Beta,,,25.00,\nTOTAL,,,125.50,\n"
)


@pytest.mark.slow
def test_a_column_without_a_header_that_stands_above_rows_is_proposed_by_its_number(write):
    path = write(f"Shop,,,,\nSales by customer,,,,\n{BY_CUSTOMER}")
    with pytest.raises(ColumnsMissing, match=r"klant kan zijn: kolom 1 \(Alfa\)") as asked:
        read(path)
    checked = follow(path, asked.value)
    assert figures(checked) == (3, 125.5, 125.5, 2)
    assert figures(read(path, dict(checked.recipe.columns)))[3] == 2


def test_a_column_without_a_header_that_rows_have_too_is_no_head(write):
    path = write(BY_CUSTOMER.replace("\n,2025-03-16", "\nx,2025-03-16"))
    with pytest.raises(ColumnsMissing) as asked:
        read(path)
    assert "kolom 1" not in asked.value.what


def test_a_title_is_no_header_though_numbers_name_its_blank_columns(write):
    path = write("Verkopen,,\nAlfa,2025-03-14,70\nBeta,2025-04-14,30\n")
    with pytest.raises(ColumnsMissing):
        read(path, {"klant": "1", "datum": "2", "bedrag": "3"})
