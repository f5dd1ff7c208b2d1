"""Kinds of exports that say in another way which rows count, what they hold, and what stands there twice."""

import pytest

from klantwaarde_xl.data.reading.questions.next_questions import first_answer
from klantwaarde_xl.errors import Ambiguous, RowsRefused
from tests.data.exported import figures, read, said, typed, write

__all__ = ["write"]


def left_out(checked):
    return {one.reason: (one.rows, one.amount) for one in checked.quality.left_out}


# ── what counts ─────────────────────────────────────────────────────────────────────────────


def test_who_is_not_ticked_as_paid_has_not_paid(write):
    checked = read(
        write("Order;Datum;Klantnr;Totaal;Betaald\n7;3-4-2025;A;12;x\n8;4-4-2025;B;30;\n9;4-4-2025;C;5;x\n")
    )
    assert figures(checked) == (2, 17.0, 17.0, 2)
    assert "'Betaald' is bij 1 rij leeg" in said(checked, "status")
    assert left_out(checked) == {"status open: telt niet mee (--tellen kiest wat meetelt)": (1, 30.0)}


def test_a_line_takes_the_tick_of_its_order(write):
    rows = "7;3-4-2025;A;12;ja\n7;3-4-2025;A;3;\n8;4-4-2025;B;30;\n"
    assert figures(read(write(f"Order;Datum;Klantnr;Regelbedrag;Betaald\n{rows}")))[:2] == (1, 15.0)


def test_a_column_of_paid_with_no_beside_yes_says_nothing_by_a_blank(write):
    rows = "7;3-4-2025;A;12;ja\n8;4-4-2025;B;30;\n9;4-4-2025;C;5;nee\n"
    assert figures(read(write(f"Order;Datum;Klantnr;Totaal;Betaald\n{rows}")))[:2] == (2, 42.0)


@pytest.mark.parametrize(("yes", "no"), [("Ja", "Nee"), ("true", "false"), ("1", "0"), ("yes", "")])
def test_a_column_of_refunds_that_says_yes_pays_back_the_whole_order(write, yes, no):
    rows = f"7;3-4-2025;A;12;{no}\n8;4-4-2025;B;30;{yes}\n"
    checked = read(write(f"Ordernr;Datum;Klantnr;Totaal;Refunded\n{rows}"))
    assert figures(checked) == (2, 42.0, 12.0, 2)


def test_amounts_of_refunds_are_still_amounts(write):
    rows = "7;3-4-2025;A;12;0\n8;4-4-2025;B;30;1,50\n"
    assert figures(read(write(f"Ordernr;Datum;Klantnr;Totaal;Terugbetaald\n{rows}")))[2] == 40.5


@pytest.mark.slow
def test_closed_beside_complete_is_asked_and_both_answers_work(write):
    rows = "7;3-4-2025;A;12;complete\n8;4-4-2025;B;30;closed\n9;4-4-2025;C;5;canceled\n"
    path = write(f"Order ID;Date;Customer ID;Grand Total;Status\n{rows}".replace(";", ","))
    with pytest.raises(Ambiguous, match="'closed'") as asked:
        read(path)
    assert '--alleen "Status=complete"' in asked.value.remedy
    assert '--alleen "Status=complete,closed"' in asked.value.remedy
    assert figures(read(path, only=(("Status", "complete"),)))[:2] == (1, 12.0)
    assert figures(read(path, only=(("Status", "complete,closed"),)))[:2] == (2, 42.0)


def test_closed_with_its_refund_beside_it_is_no_question(write):
    rows = "7,2025-04-03,A,12,complete,\n8,2025-04-04,B,30,closed,30\n"
    checked = read(write(f"Order ID,Date,Customer ID,Grand Total,Status,Total Refunded\n{rows}"))
    assert figures(checked) == (2, 42.0, 12.0, 2)


def test_a_state_of_an_invoice_is_a_status_and_one_of_an_address_is_not(write):
    rows = "7,2025-04-03,A,12,paid,Open\n8,2025-04-04,B,30,failed,Utrecht\n"
    checked = read(write(f"Invoice No,Date,Account Code,Amount,Invoice State,Shipping State\n{rows}"))
    assert figures(checked)[:2] == (1, 12.0)


@pytest.mark.slow
def test_entries_of_a_bookkeeping_program_are_asked_about(write):
    rows = "1;3-4-2025;Factuur verstuurd;A;F1;12\n2;9-4-2025;Factuurbetaling ontvangen;A;F1;12\n3;9-4-2025;Geld uitgegeven;Z;;80\n"
    path = write(f"Mutatie;Datum;Soort;Relatiecode;Factuurnummer;Bedrag\n{rows}")
    with pytest.raises(Ambiguous) as asked:
        read(path)
    assert '--alleen "Soort=Factuur verstuurd"' in asked.value.remedy
    assert figures(read(path, only=(("Soort", "Factuur verstuurd"),)))[:2] == (1, 12.0)


@pytest.mark.slow
def test_pieces_that_came_back_are_asked_about(write):
    rows = "7;3-4-2025;A;12;2;0\n8;4-4-2025;B;30;3;2\n"
    path = write(f"Ordernr;Datum;Klantnr;Totaal;Aantal;Retour\n{rows}")
    with pytest.raises(Ambiguous, match="bij 1 rij hoeveel stuks") as asked:
        read(path)
    assert '--alleen "Retour=0"' in asked.value.remedy
    assert figures(read(path, only=(("Retour", "0"),)))[:2] == (1, 12.0)
    assert figures(read(path, only=(("Retour", "0,2"),)))[:2] == (2, 42.0)


# ── money ───────────────────────────────────────────────────────────────────────────────────


@pytest.mark.slow
@pytest.mark.parametrize("untouched", ["12.00", "0"])
def test_a_total_that_was_corrected_is_asked_and_both_answers_work(write, untouched):
    rows = f"2025-04-03,7,A,12.00,{untouched}\n2025-04-04,8,B,30.00,21.00\n"
    path = write(f"Sale Date,Order ID,Buyer User ID,Order Total,Adjusted Order Total\n{rows}")
    with pytest.raises(Ambiguous, match="Adjusted") as asked:
        read(path)
    assert '--kolommen "bedrag=Adjusted Order Total"' in asked.value.remedy
    assert figures(read(path, columns={"bedrag": "Order Total"}))[1] == 42.0


def test_a_correction_of_nothing_is_no_question(write):
    rows = "2025-04-03,7,A,12.00,0\n2025-04-04,8,B,30.00,0\n"
    checked = read(write(f"Sale Date,Order ID,Buyer User ID,Order Total,Adjusted Order Total\n{rows}"))
    assert figures(checked)[1] == 42.0


@pytest.mark.slow
def test_a_currency_in_the_header_against_one_in_a_column_is_asked(write):
    path = write(
        "Order ID,Date,Customer ID,Amount (USD),Currency\n7,2025-04-03,A,12.00,GBP\n8,2025-04-03,B,3.00,USD\n"
    )
    with pytest.raises(Ambiguous, match="zegt USD, kolom 'Currency' zegt GBP") as asked:
        read(path)
    assert "--kolommen valuta=-" in asked.value.remedy
    checked = read(path, columns={"valuta": "-"})
    assert figures(checked)[1] == 15.0
    assert "USD" in said(checked, "valuta")
    assert figures(read(path, currencies=(("GBP", 1.0),)))[1] == 12.0


@pytest.mark.slow
def test_a_credit_note_with_the_number_and_day_of_its_sale_is_a_refund(write):
    rows = "7;3-4-2025;A;12\n7;3-4-2025;A;-4\n8;4-4-2025;B;30\n"
    assert figures(read(write(f"Factuurnummer;Datum;Klantnr;Totaal\n{rows}"))) == (2, 42.0, 38.0, 2)
    lines = "Factuurnummer;Datum;Klantnr;Artikel;Totaal\n7;3-4-2025;A;boek;12\n7;3-4-2025;A;korting;-4\n"
    assert figures(read(write(lines))) == (1, 8.0, 8.0, 1)


@pytest.mark.slow
def test_pieces_below_none_with_money_above_it_are_said_with_what_to_do(write):
    path = write("Ordernr;Datum;Klantnr;Aantal;Bedrag\n7;3-4-2025;A;2;12\n8;4-4-2025;B;-1;30\n")
    checked = read(path)
    assert figures(checked)[1] == 42.0
    assert "bij 1 rij met een aantal onder nul staat een bedrag boven nul, samen € 30,00" in said(
        checked, "bedrag"
    )
    assert figures(read(path, without=(("Aantal", "-*"),)))[1] == 12.0


# ── customers ───────────────────────────────────────────────────────────────────────────────


@pytest.mark.slow
def test_numbers_with_a_fraction_of_nought_are_the_same_customer(write):
    checked = read(
        write("Ordernr;Datum;Klantnr;Totaal\n7;3-4-2025;88.0;12\n8;4-4-2025;88;30\n9;4-4-2025;90.0;1\n")
    )
    assert {row[0] for row in checked.rows()} == {"88", "90"}
    assert "2 nummers" in said(checked, "klant")
    names = read(write("Ordernr;Datum;Klant;Totaal\n7;3-4-2025;88.0;12\n8;4-4-2025;Zaak 2.0;30\n"))
    assert {row[0] for row in names.rows()} == {"88.0", "Zaak 2.0"}


def test_an_address_on_the_invoice_says_who_it_is(write):
    checked = read(
        write("Bestelnummer;Besteldatum;E-mailadres (factuur);Besteltotaal\n7;2025-04-03;A@x.nl;12\n")
    )
    assert checked.rows()[0][0] == "a@x.nl"


@pytest.mark.slow
def test_subtotals_by_customer_show_whose_the_blank_rows_are(write):
    rows = "Alfa;7;3-4-2025;12\n;8;4-4-2025;30\nSubtotaal Alfa;;;42\nBeta;9;5-4-2025;5\nTotaal Beta;;;5\n"
    checked = read(write(f"Klant;Factuurnummer;Datum;Bedrag\n{rows}"))
    assert [row[0] for row in checked.rows()] == ["Alfa", "Alfa", "Beta"]
    assert "van de rij erboven" in said(checked, "klant")


# ── rows that are no orders ─────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "foot",
    [
        "Gemaakt op 3-5-2025 om 10:00;;",
        "Totaal 1-4-2025 t/m 30-4-2025;;42",
        "30-4-2025;Totaal;42",
        ";;\nPagina 1 van 1;;",
    ],
)
def test_a_foot_with_a_date_is_no_order(write, foot):
    checked = read(write(f"Datum;Klant;Bedrag\n3-4-2025;A;12\n4-4-2025;B;30\n{foot}\n"))
    assert figures(checked) == (2, 42.0, 42.0, 2)
    assert checked.quality.left_out or checked.quality.notes


def test_subtotals_with_a_date_are_sums_of_what_is_above_them(write):
    rows = "A;3-4-2025;12\nA;4-4-2025;30\nTotaal;4-4-2025;42\nB;5-4-2025;5\nTotaal;5-4-2025;5\nTotaal;5-4-2025;47\n"
    assert figures(read(write(f"Klant;Datum;Bedrag\n{rows}"))) == (3, 47.0, 47.0, 2)


@pytest.mark.slow
def test_a_customer_who_is_called_as_a_total_is_a_customer(write):
    checked = read(write("Klant;Datum;Bedrag\nSom;3-4-2025;12\nA;4-4-2025;30\nSom;5-4-2025;7\n"))
    assert figures(checked) == (3, 49.0, 49.0, 2)
    assert "'Som'" in said(checked, "klant")
    numbered = "Ordernr;Klant;Datum;Bedrag\n1;A;4-4-2025;30\n2;Totaal;5-4-2025;30\n"
    assert figures(read(write(numbered))) == (2, 60.0, 60.0, 2)


def test_a_total_that_is_no_sum_stays_refused(write):
    with pytest.raises(RowsRefused, match="totaalregel"):
        read(write("Klant;Datum;Bedrag\nA;3-4-2025;12\nB;4-4-2025;30\nTotaal;5-4-2025;40\n"))


# ── orders that stand twice ─────────────────────────────────────────────────────────────────


def files(tmp_path, *texts):
    folder = tmp_path / "exports"
    folder.mkdir()
    for number, text in enumerate(texts):
        (folder / f"export-{number}.csv").write_text(text, encoding="utf-8")
    return folder


HEAD = "Ordernr;Datum;Klantnr;Regelbedrag;Status\n"


def test_an_order_that_two_exports_have_counts_once(tmp_path):
    shared = "2;4-4-2025;B;30;paid\n2;4-4-2025;B;30;paid\n"
    path = files(tmp_path, f"{HEAD}1;3-4-2025;A;12;paid\n{shared}", f"{HEAD}{shared}3;5-4-2025;A;5;paid\n")
    checked = read(path, lines="optellen")
    assert figures(checked) == (3, 77.0, 77.0, 2)
    assert left_out(checked) == {"een order die er nog eens in staat: telt één keer": (2, 60.0)}


def test_an_order_that_changed_between_two_exports_is_asked_about(tmp_path):
    one, other = "2;4-4-2025;B;30;paid\n", "2;4-4-2025;B;30;cancelled\n"
    path = files(tmp_path, f"{HEAD}1;3-4-2025;A;12;paid\n{one}", f"{HEAD}{other}3;5-4-2025;A;5;paid\n")
    with pytest.raises(Ambiguous, match="1 order staat in meer dan één bestand") as asked:
        read(path)
    assert "order 2: " in asked.value.where
    assert "export-0.csv" in asked.value.where


def test_numbers_that_begin_again_in_each_file_are_other_orders(tmp_path):
    path = files(tmp_path, f"{HEAD}1;3-4-2024;A;12;paid\n", f"{HEAD}1;3-4-2025;A;12;paid\n")
    assert figures(read(path))[:2] == (2, 24.0)


def test_lines_pasted_twice_below_one_another_count_once(write):
    rows = "1;3-4-2025;A;12;paid\n1;3-4-2025;A;8;paid\n2;4-4-2025;B;30;paid\n"
    checked = read(write(f"{HEAD}{rows}{rows}"), lines="optellen")
    assert figures(checked) == (2, 50.0, 50.0, 2)


def test_equal_lines_of_one_order_all_count(write):
    rows = "1;3-4-2025;A;12;paid\n1;3-4-2025;A;12;paid\n2;4-4-2025;B;30;paid\n1;3-4-2025;A;8;paid\n"
    assert figures(read(write(f"{HEAD}{rows}"), lines="optellen"))[:2] == (2, 62.0)


def test_what_was_rejected_is_in_no_advice_on_what_counts(write):
    rows = "".join(f"{at}-2-2025;K{at};10,00;{word}\n" for at, word in enumerate(
        ["Offerte", "Opdracht", "Afgewezen", "Gefactureerd"] * 2, 1))  # fmt: skip
    with pytest.raises(Ambiguous) as asked:
        read(write(f"Datum;Klant;Bedrag;Fase\n{rows}"))
    assert '--alleen "Fase=Gefactureerd,Opdracht"' in asked.value.remedy


@pytest.mark.parametrize("word", ["Crediteur", "Crediteuren", "Creditor"])
def test_what_is_owed_to_suppliers_is_no_credit_note(write, word):
    rows = f"R1;5-2-2025;121,00;Debiteur\nR2;6-2-2025;242,00;Debiteur\nR3;6-2-2025;100,00;{word}\n"
    path = write(f"Relatiecode;Factuurdatum;Bedrag;Soort\n{rows}")
    with pytest.raises(Ambiguous) as asked:
        read(path)
    assert figures(typed(path, first_answer(asked.value.remedy))) == (2, 363.0, 363.0, 2)


@pytest.mark.parametrize("word", ["In optie", "Voorlopig", "Aangevraagd", "Tentative"])
def test_what_is_no_sale_yet_is_in_no_advice_on_what_counts(write, word):
    rows = "".join(f"{at}-2-2025;K{at};10,00;{said}\n" for at, said in enumerate(
        ["Bevestigd", word, "Geannuleerd", "Bevestigd"], 1))  # fmt: skip
    path = write(f"Datum;Klant;Bedrag;Fase\n{rows}")
    with pytest.raises(Ambiguous) as asked:
        read(path)
    assert figures(typed(path, first_answer(asked.value.remedy)))[:2] == (2, 20.0)


def test_a_hold_beside_what_is_sold_is_asked_about_where_nothing_else_is_no_sale(write):
    rows = "1-2-2025;A;10,00;Definitief\n2-2-2025;B;20,00;Optie\n3-2-2025;C;30,00;Definitief\n"
    with pytest.raises(Ambiguous, match="zegt wat elke rij is"):
        read(write(f"Datum;Klant;Bedrag;Fase\n{rows}"))


def test_new_customers_beside_known_ones_are_sales(write):
    rows = "1-2-2025;A;10,00;Nieuw\n2-2-2025;B;20,00;Bestaand\n3-2-2025;C;30,00;Nieuw\n"
    assert figures(read(write(f"Datum;Klant;Bedrag;Soort\n{rows}")))[:2] == (3, 60.0)
