"""Exports of shops, payment services and bookkeeping programs: what a row is, what counts, and whose it is."""

import datetime as dt
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from klantwaarde_xl.data.analyse import analyse
from klantwaarde_xl.data.reading.columns import Reading
from klantwaarde_xl.data.reading.files import read_transactions, transactions_from_cells
from klantwaarde_xl.data.reading.statuses import Fate, Status, fate_of
from klantwaarde_xl.errors import Ambiguous, ColumnsMissing, NotAvailable, UsageError

CASES = Path(__file__).parent / "cases"
TODAY = dt.date(2026, 11, 27)


def read(path, **reading):
    return read_transactions(Path(path), today=TODAY, reading=Reading(**reading))


def figures(checked):
    """Orders, revenue, net revenue, customers."""
    found = dict(checked.quality.totals)
    return found["orders"], round(found["omzet"], 2), round(found["netto"], 2), found["klanten"]


def said(checked, about):
    return " | ".join(one.text for one in checked.quality.said if one.about == about)


@pytest.fixture
def write(tmp_path):
    def _write(text, name="export.csv"):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return _write


# ── the cases ───────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("name", "orders", "revenue", "net", "customers"),
    [
        ("c01_orderregels.csv", 4, 300.0, 300.0, 3),
        ("c02_aantal_maal_prijs.csv", 3, 35.0, 30.0, 2),
        ("c03_notitie_met_regeleinde.csv", 3, 60.0, 60.0, 2),
        ("c04_shopify.csv", 3, 82.0, 42.0, 2),
        ("c05_engelse_maandnaam.csv", 4, 225.0, 225.0, 3),
        ("c05b_maandnaam_2cijfers.csv", 4, 225.0, 225.0, 3),
        ("c05c_maandnaam_us.csv", 3, 126.0, 126.0, 2),
        ("c06_jaar_2cijfers.csv", 3, 9521.24, 9521.24, 2),
        ("c07_dollar.csv", 2, 1253.92, 1238.93, 3),
        ("c11_wetenschappelijk.csv", 3, 170.0, 170.0, 2),
        ("c12_titel_en_totaal.csv", 2, 300.0, 300.0, 2),
        ("c12b_totaal_in_datum.csv", 2, 300.0, 300.0, 2),
        ("c12c_subtotaal_per_klant.csv", 3, 350.0, 350.0, 2),
        ("c13_utf16.csv", 2, 1244.5, 1244.5, 1),
        ("c15_tijden.csv", 3, 30.0, 30.0, 3),
        ("c15b_iso_tz.csv", 3, 30.0, 30.0, 2),
        ("c15c_epoch.csv", 2, 30.0, 30.0, 2),
        ("c15d_dag_maandnaam.csv", 3, 60.0, 60.0, 3),
        ("c16_voorloopnullen.csv", 3, 60.0, 60.0, 3),
        ("c17_halve_centen.csv", 1000, 125.0, 125.0, 1000),
        ("c22_payment_status.csv", 2, 40.0, 10.0, 1),
        ("x1_kop_twee_regels.xlsx", 3, 350.0, 350.0, 2),
        ("x3_blad_per_maand.xlsx", 9, 200.0, 200.0, 4),
        ("x4_tekst_in_cellen.xlsx", 3, 1284.5, 1284.5, 2),
        ("x5_nummer_en_tekst.xlsx", 4, 65.0, 65.0, 2),
        ("x6_samengevoegde_klant.xlsx", 4, 42.0, 42.0, 2),
        ("x7_tabel_totaalrij.xlsx", 2, 30.0, 30.0, 2),
        ("t04_kleine_winkel.csv", 899, 52606.54, 52606.54, 300),
        ("t05_lightspeed.csv", 1651, 114732.82, 114732.82, 586),
        ("t05_woo.csv", 1574, 97591.66, 96328.36, 575),
        ("t06_bol.xlsx", 1759, 139380.47, 139380.47, 600),
        ("t07_shopify.csv", 1704, 105371.42, 100683.94, 593),
        ("t10_exact.xlsx", 1702, 87432.04, 84699.33, 600),
    ],
)
def test_an_export_is_read_right_without_an_option(name, orders, revenue, net, customers):
    assert figures(read(CASES / name)) == (orders, revenue, net, customers)


@pytest.mark.parametrize(
    ("name", "advice"),
    [
        ("c07b_valuta_achter.csv", "--valuta USD"),
        ("c08_valuta_door_elkaar.csv", "--valuta EUR"),
        ("c08b_kolom_currency.csv", "--valuta EUR"),
        ("x2_twee_bladen.xlsx", '--blad "Orders"'),
    ],
)
def test_an_export_that_can_be_read_in_two_ways_is_one_question(name, advice):
    with pytest.raises(Ambiguous) as asked:
        read(CASES / name)
    assert advice in asked.value.remedy


HEADERS = """
klant ; datum ; bedrag
Id ; Date ; Price
customer_id ; trans_date ; tran_amount
Customer Reference ID ; Date Purchase ; Purchase Amount (USD)
Buyer User ID ; Sale Date ; Order Total
Customer ID ; Created date (UTC) ; Converted Amount
household_id ; transaction_timestamp ; sales_value
Bill-to Name ; Purchase Date ; Grand Total (Base)
Contact ; Factuurdatum ; Totaalbedrag incl. btw
KundenID ; Bestelldatum ; Betrag
Klantnaam ; Boekdatum ; Bedrag
Consumentnaam ; Datum ; Bedrag
Naam klant ; Datum bestelling ; Totaal incl.
Customer Email ; Order Date ; Order Total Amount
Debiteur ; Factuurdatum ; Bedrag incl. btw
Relatie ; Datum ; Bedrag excl. BTW
""".strip().splitlines()


@pytest.mark.parametrize("head", HEADERS)
def test_the_headers_of_exports_are_recognised(write, head):
    rows = "K1;2024-01-05;10.50\nK2;2024-02-05;20.25\nK1;2024-03-05;30.75\n"
    assert figures(read(write(f"{head.replace(' ; ', ';')}\n{rows}"))) == (3, 61.5, 61.5, 2)


# ── the unit of a row ───────────────────────────────────────────────────────────────────────

LINES = "Ordernummer;Klantnr;Datum;{head}\n1;A;1-2-2024;{a}\n1;A;1-2-2024;{b}\n2;B;2-2-2024;{c}\n"


def lines(write, head, a, b, c):
    return write(LINES.format(head=head, a=a, b=b, c=c))


def test_a_total_on_the_first_line_only_counts_once(write):
    path = lines(write, "Totaal", "30,00", "", "5,00")
    assert figures(read(path)) == (2, 35.0, 35.0, 2)


def test_a_total_that_is_repeated_on_each_line_counts_once(write):
    read_ = read(lines(write, "Ordertotaal", "30,00", "30,00", "5,00"))
    assert figures(read_) == (2, 35.0, 35.0, 2)
    assert "telt één keer" in said(read_, "rij")


def test_amounts_of_lines_add_up(write):
    assert figures(read(lines(write, "Regelbedrag", "30,00", "30,00", "5,00"))) == (2, 65.0, 65.0, 2)


def test_totals_that_differ_within_an_order_are_of_its_lines(write):
    assert figures(read(lines(write, "Totaal", "30,00", "20,00", "5,00"))) == (2, 55.0, 55.0, 2)


def test_one_amount_on_both_lines_that_may_be_either_is_asked_about_and_the_answers_work(write):
    path = lines(write, "Bedrag", "30,00", "30,00", "5,00")
    with pytest.raises(Ambiguous, match="hele order") as asked:
        read(path)
    assert "--regels optellen" in asked.value.remedy
    assert figures(read(path, lines="optellen"))[1] == 65.0
    assert figures(read(path, lines="ordertotaal"))[1] == 35.0


def test_so_many_orders_of_one_amount_are_no_chance(write):
    rows = "".join(f"{n};K{n};1-2-2024;{n}0,00\n" * 2 for n in range(1, 7))
    assert figures(read(write(f"Ordernummer;Klantnr;Datum;Bedrag\n{rows}")))[:2] == (6, 210.0)


def test_pieces_times_their_price_settle_what_an_amount_is(write):
    path = write(
        "Ordernummer;Klantnr;Datum;Aantal;Stukprijs;Bedrag\n"
        "1;A;1-2-2024;3;10,00;30,00\n1;A;1-2-2024;2;15,00;30,00\n"
    )
    assert figures(read(path))[:2] == (1, 60.0)


def test_a_price_beside_a_quantity_is_never_revenue(write):
    checked = read(write("Klantnr;Datum;Aantal;Prijs\nA;1-2-2024;3;10,00\nB;1-2-2024;1;2,50\n"))
    assert figures(checked)[1] == 32.5
    assert "'Aantal' × 'Prijs'" in said(checked, "bedrag")


def test_a_number_of_a_contract_joins_no_two_days(write):
    rows = "".join(f"C1;A;1-{month}-2024;10,00\n" for month in range(1, 7))
    checked = read(write(f"Bestelnummer;Klantnr;Datum;Ordertotaal\n{rows}"))
    assert figures(checked)[:2] == (6, 60.0)
    assert "meer dan één klant of dag" in said(checked, "rij")


def test_a_number_without_a_name_we_know_is_found_by_its_contents(write):
    rows = "".join(
        f"B{n:03};K{n % 7};{1 + n % 27}-2-2024;Artikel {i};{n + i},50\n"
        for n in range(40)
        for i in range(1 + n % 3)
    )
    checked = read(write(f"Kenmerk;Klantnr;Datum;Omschrijving;Omzet\n{rows}"))
    assert figures(checked)[0] == 40
    assert "'Kenmerk'" in said(checked, "rij")


def test_columns_that_repeat_for_more_customers_are_no_order_number(write):
    rows = "".join(f"A{n % 5};K{n % 7};{1 + n % 3}-2-2024;5,00\n" for n in range(60))
    assert figures(read(write(f"Artikel;Klantnr;Datum;Omzet\n{rows}")))[0] == 60


def test_a_line_without_customer_or_day_has_those_of_its_order(write):
    path = write("Ordernummer;Klantnr;Datum;Regelbedrag\n1;A;1-2-2024;10\n1;;;20\n2;B;2-2-2024;5\n")
    checked = read(path)
    assert figures(checked) == (2, 35.0, 35.0, 2)
    assert checked.quality.problems == ()


# ── what counts ─────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "fate"),
    [
        ("Betaald", Fate.PAID), ("paid", Fate.PAID), ("Voltooid", Fate.PAID), ("wc-completed", Fate.PAID),
        ("processing", Fate.PAID), ("Succeeded", Fate.PAID), ("Verzonden", Fate.PAID),
        ("unpaid", Fate.OPEN), ("Niet betaald", Fate.OPEN), ("on-hold", Fate.OPEN), ("pending_payment", Fate.OPEN),
        ("Openstaand", Fate.OPEN), ("voided", Fate.CANCELLED), ("Geannuleerd", Fate.CANCELLED), ("canceled", Fate.CANCELLED),
        ("Failed", Fate.FAILED), ("mislukt", Fate.FAILED), ("expired", Fate.FAILED),
        ("refunded", Fate.REFUNDED), ("Terugbetaald", Fate.REFUNDED), ("partially_refunded", Fate.PARTLY_REFUNDED),
        ("Gedeeltelijk terugbetaald", Fate.PARTLY_REFUNDED), ("blauw", Fate.UNKNOWN), ("", None), ("  ", None),
    ],
)  # fmt: skip
def test_the_words_of_a_status_say_what_became_of_an_order(text, fate):
    assert fate_of(text, Status(0, "Status")) is fate


def test_refunded_is_a_sale_paid_back_for_a_payment_and_no_sale_for_an_order(write):
    rows = "A;1-2-2024;10;betaald\nB;1-2-2024;20;terugbetaald\n"
    assert figures(read(write(f"Klantnr;Datum;Bedrag;Betaalstatus\n{rows}"))) == (2, 30.0, 10.0, 2)
    assert figures(read(write(f"Klantnr;Datum;Bedrag;Orderstatus\n{rows}"))) == (1, 10.0, 10.0, 1)


def test_an_open_invoice_counts_and_an_open_order_does_not(write):
    rows = "1;A;1-2-2024;10;open\n2;B;1-2-2024;20;betaald\n"
    assert figures(read(write(f"Factuurnummer;Klantnr;Datum;Bedrag;Status\n{rows}")))[0] == 2
    assert figures(read(write(f"Bestelnummer;Klantnr;Datum;Bedrag;Status\n{rows}")))[0] == 1


def test_what_does_not_count_is_said_with_its_rows_and_its_amount(write):
    checked = read(
        write(
            "Klantnr;Datum;Bedrag;Status\nA;1-2-2024;10;betaald\nB;1-2-2024;20;mislukt\nC;1-2-2024;30;blauw\n"
        )
    )
    (left,) = checked.quality.left_out
    assert (left.rows, left.amount) == (1, 20.0)
    assert "niet herkend, telt mee" in said(checked, "status")
    assert checked.quality.rows_read == 3


def test_the_user_says_what_counts(write):
    path = write("Klantnr;Datum;Bedrag;Status\nA;1-2-2024;10;betaald\nB;1-2-2024;20;open\n")
    assert figures(read(path))[0] == 1
    assert figures(read(path, counted=("betaald", "open")))[0] == 2


def test_a_parcel_says_nothing_of_the_payment(write):
    path = write(
        "Klantnr;Datum;Bedrag;Fulfillment Status\nA;1-2-2024;10;unfulfilled\nB;1-2-2024;20;cancelled\n"
    )
    assert figures(read(path))[:2] == (1, 10.0)


def test_a_column_of_refunds_is_taken_off(write):
    path = write(
        "Klantnr;Datum;Totaal;Refunded Amount\nA;1-2-2024;10,00;0\nB;1-2-2024;20,00;-7,50\nC;1-2-2024;5,00;5,00\n"
    )
    assert figures(read(path)) == (3, 35.0, 22.5, 3)


def test_rows_are_left_out_by_what_a_column_holds(write):
    path = write("E-mail;Datum;Bedrag\nik@winkel.nl;1-2-2024;10\nx@y.nl;1-2-2024;20\n")
    checked = read(path, without=(("e-mail", "*@WINKEL.nl"),))
    assert figures(checked)[:2] == (1, 20.0)
    assert checked.quality.left_out[0].rows == 1
    with pytest.raises(UsageError, match="kleur"):
        read(path, without=(("kleur", "x"),))


# ── who ─────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "head", ["Klant;Klantnummer", "Customer;Customer ID", "Naam;E-mail", "Relatie;Relatiecode"]
)
def test_a_code_or_an_address_goes_before_a_name(write, head):
    rows = "Jansen;17;1-2-2024;5\nJansen;18;2-2-2024;6\n"
    assert figures(read(write(f"{head};Datum;Bedrag\n{rows}")))[3] == 2


def test_our_own_headers_are_taken_as_they_stand(write):
    path = write("klant;datum;bedrag;notitie\nA;1-2-2024;5;x\n")
    assert read(path).rows() == [("A", dt.date(2024, 2, 1), 5.0)]


def test_what_the_user_puts_beside_our_own_table_says_nothing_of_its_rows():
    headers = ("klant", "datum", "bedrag", "E-mail", "Status", "Order")
    day = dt.date(2024, 2, 1)
    rows = [("A", day, 5.0, "a@x.nl", "geannuleerd", "1"), ("B", day, 6.0, "a@x.nl", "betaald", "1")]
    checked = transactions_from_cells(headers, rows, source="Gegevens", today=TODAY)
    assert checked.rows() == [("A", day, 5.0), ("B", day, 6.0)]


def test_addresses_do_not_mind_capitals_and_blanks(write):
    assert figures(read(write("E-mail;Datum;Bedrag\nA@x.nl ;1-2-2024;5\n a@X.NL;2-2-2024;6\n")))[3] == 1


@pytest.mark.parametrize("nobody", ["", "gast", "Guest", "n/a", "-"])
def test_guests_are_revenue_and_nobodys_figures(write, nobody):
    rows = "".join(f"{n};K{n % 5};{1 + n}-2-2024;10\n" for n in range(10)) + f"99;{nobody};3-3-2024;7,50\n"
    checked = read(write(f"Ordernummer;Klantnr;Datum;Bedrag\n{rows}"))
    assert figures(checked) == (11, 107.5, 107.5, 5)
    done = analyse(checked, names=["kpi", "rfm", "retentie", "brug", "prognose"])
    assert sum(done["kpi"].column("netto omzet")) == 107.5
    assert sum(done["kpi"].column("orders")) == 11
    assert sum(done["kpi"].column("nieuw")) == 5
    assert sorted(done["rfm"].column("klant")) == [f"K{n}" for n in range(5)]
    assert (done.figures["gasten_orders"], done.figures["gasten_netto"]) == (1, 7.5)
    assert sum(done["rfm"].column("omzet")) + done.figures["gasten_netto"] == 107.5
    assert any("zonder klant" in note for note in checked.quality.notes)


def test_orders_without_any_customer_are_refused_with_what_to_do(write):
    checked = read(write("Ordernummer;Klantnr;Datum;Bedrag\n1;;1-2-2024;5\n2;gast;2-2-2024;6\n"))
    with pytest.raises(NotAvailable) as error:
        analyse(checked)
    assert "--kolommen klant" in error.value.remedy


def test_a_report_by_customer_is_asked_about_and_both_answers_work(write):
    path = write("Klant;Datum;Bedrag\nAlfa;1-2-2024;10\n;2-2-2024;20\nBeta;3-2-2024;5\n;4-2-2024;7\n")
    with pytest.raises(Ambiguous, match="geen klant") as asked:
        read(path)
    assert "--lege-klant" in asked.value.remedy
    assert [row[0] for row in read(path, blanks="erboven").rows()] == ["Alfa", "Alfa", "Beta", "Beta"]
    assert [row[0] for row in read(path, blanks="gast").rows()] == ["Alfa", None, "Beta", None]


def test_a_column_of_ids_that_never_repeat_is_of_rows_and_no_customer(write):
    with pytest.raises(ColumnsMissing):
        read(write("id;Datum;Bedrag\n1;1-2-2024;5\n2;2-2-2024;6\n"))
    assert figures(read(write("id;Datum;Bedrag\n1;1-2-2024;5\n2;2-2-2024;6\n1;3-2-2024;6\n")))[3] == 2


# ── money ───────────────────────────────────────────────────────────────────────────────────

VAT = "Klantnr;Datum;Bedrag excl. btw;Btw;Bedrag incl. btw\nA;1-2-2024;100,00;21,00;121,00\n"


def test_revenue_is_without_vat_where_the_file_has_that_and_the_other_is_said(write):
    checked = read(write(VAT))
    assert figures(checked)[1] == 100.0
    assert "€ 121,00" in said(checked, "bedrag")
    assert figures(read(write(VAT), vat="incl"))[1] == 121.0
    assert figures(read(write(VAT), vat="excl"))[1] == 100.0


def test_vat_is_taken_off_or_put_on_with_its_own_column(write):
    assert figures(read(write("Klantnr;Datum;Totaal;Btw\nA;1-2-2024;121;21\n"), vat="excl"))[1] == 100.0
    assert (
        figures(read(write("Klantnr;Datum;Bedrag excl. btw;Btw\nA;1-2-2024;100;21\n"), vat="incl"))[1]
        == 121.0
    )


def test_vat_that_the_file_does_not_have_is_refused(write):
    with pytest.raises(UsageError, match="kolom met de btw"):
        read(write("Klantnr;Datum;Totaal\nA;1-2-2024;121\n"), vat="excl")


MIXED = "Klantnr;Datum;Bedrag;Valuta\nA;1-2-2024;10;EUR\nB;1-2-2024;20;usd\nC;1-2-2024;30;GBP\n"


def test_one_currency_is_chosen_and_others_are_converted(write):
    with pytest.raises(Ambiguous, match=r"EUR .*GBP .*USD"):
        read(write(MIXED))
    chosen = read(write(MIXED), currencies=(("USD", 1.0),))
    assert figures(chosen)[:2] == (1, 20.0)
    assert sum(left.rows for left in chosen.quality.left_out) == 2
    both = read(write(MIXED), currencies=(("EUR", 1.0), ("USD", 0.92)))
    assert figures(both)[:2] == (2, 28.4)


def test_amounts_are_added_exactly_and_customers_and_months_agree(write):
    rows = "".join(f"{n};K{n % 3};{1 + n % 27}-{1 + n % 9}-2024;0,333333\n" for n in range(300))
    checked = read(write(f"Ordernummer;Klantnr;Datum;Bedrag\n{rows}"))
    total = checked.con.execute("select sum(bedrag) from tx").fetchall()[0][0]
    assert total == Decimal("99.999900")


# ── any dialect ─────────────────────────────────────────────────────────────────────────────

ORDERS = st.lists(
    st.tuples(
        st.integers(0, 6),  # customer
        st.dates(dt.date(2021, 1, 1), dt.date(2026, 10, 31)),
        st.lists(st.integers(1, 500_000), min_size=1, max_size=3),  # cents of each line
        st.sampled_from(["paid", "paid", "paid", "cancelled"]),
    ),
    min_size=14,
    max_size=40,
)
DIALECT = st.fixed_dictionaries(
    {
        "delimiter": st.sampled_from([";", ",", "\t", "|"]),
        "comma": st.booleans(),
        "date": st.sampled_from(
            ["%d-%m-%Y", "%Y-%m-%d", "%d %b %Y", "%Y-%m-%dT%H:%M:%SZ", "%d/%m/%Y", "%d-%m-%y"]
        ),
        "dutch": st.booleans(),
        "order": st.permutations(range(5)),
        "titles": st.integers(0, 2),
        "lines": st.booleans(),
        "total_row": st.booleans(),
    }
)
WORDS = {
    True: (["Bestelnummer", "Klantnummer", "Besteldatum", "Regelbedrag", "Betaalstatus"], {"paid": "betaald", "cancelled": "geannuleerd"}),
    False: (["Order ID", "Customer ID", "Order Date", "Line Total", "Financial Status"], {"paid": "paid", "cancelled": "cancelled"}),
}  # fmt: skip
MONTHS = {"May": "mei", "Mar": "mrt", "Oct": "okt"}


def text_of(orders, dialect):
    headers, status = WORDS[dialect["dutch"]]
    sign = "," if dialect["comma"] else "."
    rows = []
    for number, (customer, day, cents, fate) in enumerate(orders, 1):
        shown = dt.datetime.combine(day, dt.time(9, 30)).strftime(dialect["date"])
        if dialect["dutch"]:
            for english, dutch in MONTHS.items():
                shown = shown.replace(english, dutch)
        for line in cents if dialect["lines"] else [sum(cents)]:
            amount = f"{line // 100}{sign}{line % 100:02}"
            rows.append([f"O{number}", f"K{customer}", shown, amount, status[fate]])
    if dialect["total_row"]:
        total = sum(map(sum, (cents for _, _, cents, _ in orders)))
        rows.append(["", "Totaal", "", f"{total // 100}{sign}{total % 100:02}", ""])
    table = [[row[at] for at in dialect["order"]] for row in [headers, *rows]]
    quoted = [[f'"{cell}"' if dialect["delimiter"] in cell else cell for cell in row] for row in table]
    lines = [f"Overzicht {n}" for n in range(dialect["titles"])] + [
        dialect["delimiter"].join(row) for row in quoted
    ]
    return "\n".join(lines) + "\n"


def read_or_asked(path):
    """What was read, or the question that was asked instead."""
    try:
        return read(path), ""
    except Ambiguous as asked:
        return None, asked.remedy


@settings(max_examples=60)
@given(ORDERS, DIALECT)
def test_a_table_in_any_dialect_is_read_back_to_the_same_figures(tmp_path_factory, orders, dialect):
    path = tmp_path_factory.mktemp("dialect") / "export.csv"
    path.write_text(text_of(orders, dialect), encoding="utf-8")
    order = {"%d-%m-%y": "dmj", "%d/%m/%Y": "dmj"}.get(dialect["date"])
    checked, question = read_or_asked(path)
    if checked is None:
        assert order is not None, question  # only of dates that have two readings
        assert "--datumvolgorde" in question
        checked = read(path, date_order=order)
    frame = pd.DataFrame(
        [(f"K{c}", sum(cents)) for c, _, cents, fate in orders if fate == "paid"], columns=["klant", "cents"]
    )
    assert figures(checked)[:2] == (len(frame), frame["cents"].sum() / 100)
    assert {row[0] for row in checked.rows()} == set(frame["klant"])
    assert {row[1] for row in checked.rows()} == {day for _, day, _, fate in orders if fate == "paid"}
