"""Files of one folder: what is no sale is asked about, and numbers of each file are of its own orders."""

import openpyxl
import pytest

from klantwaarde_xl.data.reading.files import read_table
from klantwaarde_xl.data.tables import COSTS
from klantwaarde_xl.errors import Ambiguous
from tests.data.exported import TODAY, figures, read, said, typed

HEAD = "Bonnummer;Datum;Klantnr;Totaal\n"


@pytest.fixture
def folder(tmp_path):
    def made(**files):
        for name, rows in files.items():
            head = "" if rows.startswith("Bon") else HEAD
            (tmp_path / f"{name}.csv").write_text(head + rows, "utf-8")
        return tmp_path

    return made


def sales(numbers, customer, day="3-4-2025"):
    return "".join(f"{number};{day};{customer}{number % 3};{10 + number}\n" for number in numbers)


@pytest.mark.slow
@pytest.mark.parametrize("other", ["retouren_maart", "export returns", "Gutschriften", "creditnotas-2025"])
def test_a_file_of_returns_without_a_minus_is_asked_about_and_goes_off_as_the_advice_says(folder, other):
    path = folder(verkoop=sales(range(5), "K"), **{other: "90;9-4-2025;K1;11\n"})
    with pytest.raises(Ambiguous, match="geen verkopen") as asked:
        read(path)
    assert f'--zonder "Bestand={other}.csv"' in asked.value.remedy
    assert f'--retour "Bestand={other}.csv"' in asked.value.remedy
    assert figures(typed(path, f'--zonder "Bestand={other}.csv"'))[:3] == (5, 60.0, 60.0)
    assert figures(typed(path, f'--retour "Bestand={other}.csv"'))[:3] == (5, 60.0, 49.0)
    assert figures(typed(path, '--alleen "Bestand=*"'))[:3] == (6, 71.0, 71.0)


@pytest.mark.slow
@pytest.mark.parametrize("other", ["offertes", "Purchase orders", "begroting 2025", "concept-facturen"])
def test_a_file_that_is_no_list_of_sales_by_its_name_can_be_left_out(folder, other):
    path = folder(facturen=sales(range(5), "K"), **{other: sales(range(20, 24), "K")})
    with pytest.raises(Ambiguous, match="geen verkopen") as asked:
        read(path)
    assert "--retour" not in asked.value.remedy
    assert figures(typed(path, f'--zonder "Bestand={other}.csv"'))[0] == 5


def test_a_file_of_returns_with_a_minus_on_each_is_off_already(folder):
    path = folder(verkoop=sales(range(5), "K"), retouren="R1;9-4-2025;K1;-11\nR2;9-4-2025;K2;-2\n")
    assert figures(read(path))[:3] == (5, 60.0, 47.0)


def test_files_that_are_all_of_returns_are_nothing_to_ask_of(folder):
    path = folder(retour_jan=sales(range(3), "K"), retour_feb=sales(range(5, 8), "K"))
    assert figures(read(path))[0] == 6


@pytest.mark.slow
def test_receipts_of_guests_in_two_branches_are_two_orders_though_number_and_day_are_one(folder):
    north = "".join(f"{at};3-4-2025;;{at}\n" for at in range(1, 6))
    south = "".join(f"{at};3-4-2025;;{at + 7}\n" for at in range(1, 6))
    checked = read(folder(noord=north, zuid=south))
    assert figures(checked)[:2] == (10, 65.0)
    assert "elk bestand telt zijn eigen orders" in said(checked, "rij")


@pytest.mark.slow
def test_a_receipt_that_is_the_same_in_two_branches_counts_twice_where_the_others_differ(folder):
    checked = read(folder(a=sales(range(7), "K"), b=sales(range(6), "L") + "6;3-4-2025;K0;16\n"))
    assert figures(checked)[:2] == (14, 182.0)
    assert "1 ervan ook met dezelfde klant en dag" in said(checked, "rij")


def test_lines_of_a_receipt_in_one_branch_stay_together(folder):
    rows = "1;3-4-2025;;5\n1;3-4-2025;;6\n2;3-4-2025;;7\n"
    assert figures(read(folder(a=rows, b=rows.replace(";5", ";50").replace(";7", ";70"))))[:2] == (4, 144.0)


def test_files_that_overlap_still_count_an_order_once(folder):
    both = read(folder(a=sales(range(8), "K"), b=sales(range(5, 12), "K")))
    assert figures(both)[0] == 12


def test_an_order_of_nobody_that_goes_on_in_the_next_file_is_one(folder):
    checked = read(folder(deel1="1;3-4-2025;;5\n2;3-4-2025;;6\n", deel2="2;3-4-2025;;7\n3;3-4-2025;;8\n"))
    assert figures(checked)[:2] == (3, 26.0)


@pytest.mark.slow
def test_a_return_in_the_next_file_keeps_the_number_of_its_sale(folder):
    january = "Bonnummer;Datum;Klantnr;Totaal;Status\n1;3-1-2025;A;20;terugbetaald\n2;4-1-2025;B;5;betaald\n"
    february = "Bonnummer;Datum;Klantnr;Totaal;Status\n1;9-2-2025;A;-20;betaald\n3;9-2-2025;C;4;betaald\n"
    assert figures(read(folder(jan=january, feb=february)))[2] == 9.0


NAMED = "Bonnummer;Datum;Klantnr;Naam;Totaal\n"


@pytest.mark.slow
def test_customers_whose_numbers_are_of_each_file_are_asked_about(folder):
    path = folder(
        noord=NAMED + "1;3-4-2025;7;An;5\n2;4-4-2025;8;Bo;6\n",
        zuid=NAMED + "3;3-4-2025;7;Cas;7\n4;4-4-2025;8;Dirk;8\n",
    )
    with pytest.raises(Ambiguous, match="eigen nummers") as asked:
        read(path)
    assert "--kolommen klant=Naam" in asked.value.remedy
    assert figures(typed(path, "--kolommen klant=Naam"))[3] == 4
    assert figures(typed(path, "--kolommen klant=Klantnr"))[3] == 2


def test_a_customer_whose_name_changed_is_still_that_customer(folder):
    path = folder(
        jan=NAMED + "1;3-1-2025;7;An;5\n2;4-1-2025;8;Bo;6\n",
        feb=NAMED + "3;3-2-2025;7;An de Wit;7\n4;4-2-2025;8;Bo;8\n",
    )
    assert figures(read(path))[3] == 2


@pytest.mark.slow
def test_payments_beside_the_invoices_that_they_are_of_are_asked_about(folder):
    path = folder(facturen=sales(range(4), "K"), betalingen=sales(range(4), "K", "9-4-2025"))
    with pytest.raises(Ambiguous, match="geen verkopen"):
        read(path)
    assert figures(typed(path, '--zonder "Bestand=betalingen.csv"'))[0] == 4


def test_a_list_whose_name_says_that_it_holds_no_sales_is_read_with_a_doubt(folder):
    path = folder(**{"offertes maart": sales(range(4), "K")}) / "offertes maart.csv"
    checked = read(path)
    assert figures(checked)[0] == 4
    assert any("'offertes maart'" in note for note in checked.quality.notes)


def test_a_list_of_costs_may_be_called_so(tmp_path):
    (tmp_path / "inkoop.csv").write_text("maand;kanaal;bedrag\n2025-01;post;5\n", "utf-8")
    (tmp_path / "reclame.csv").write_text("maand;kanaal;bedrag\n2025-02;post;7\n", "utf-8")
    checked = read_table(tmp_path, COSTS, today=TODAY)
    assert len(checked.rows()) == 2


def test_a_second_table_below_the_first_that_is_called_returns_is_asked_about(folder):
    path = folder(
        alles=HEAD + "1;3-4-2025;A;5\n2;4-4-2025;B;6\n;;;\nRetouren;;;\n" + HEAD + "3;5-4-2025;A;5\n"
    )
    with pytest.raises(Ambiguous, match="'Retouren'"):
        read(path)


def test_a_number_that_only_its_contents_show_is_of_each_file_too(folder):
    head = "Ref;Datum;Klantnr;Bedrag\n"
    rows = "".join(f"{at};{at}-4-2025;;{at}\n{at};{at}-4-2025;;1\n" for at in range(1, 8))
    path = folder(noord="Bonnen" + head[3:] + rows, zuid="Bonnen" + head[3:] + rows.replace(";1\n", ";2\n"))
    assert figures(read(path))[:2] == (14, 2 * 28 + 7 + 14 + 1)


@pytest.mark.slow
def test_a_sheet_of_returns_in_each_workbook_of_a_folder_is_named_as_a_sheet(tmp_path):
    for month in ("jan", "feb"):
        book = openpyxl.Workbook()
        for title, rows in (("Verkoop", [["A", 5], ["B", 6]]), ("Retouren", [["A", 2]])):
            sheet = book.create_sheet(title)
            sheet.append(["Klant", "Datum", "Bedrag"])
            for at, (customer, amount) in enumerate(rows):
                sheet.append([customer, f"2025-0{1 if month == 'jan' else 2}-0{at + 1}", amount])
        book.remove(book["Sheet"])
        book.save(tmp_path / f"{month}.xlsx")
    with pytest.raises(Ambiguous, match="Blad 'Retouren'"):
        read(tmp_path)
    assert figures(typed(tmp_path, '--retour "Blad=Retouren"'))[:3] == (4, 22.0, 18.0)
