"""Exports of shops, payment services and bookkeeping programs, and tables in any dialect."""

import datetime as dt

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from klantwaarde_xl.errors import Ambiguous, ColumnsMissing
from tests.data.exported import CASES, figures, follow, read, write
from tests.examples import examples

__all__ = ["write"]


# ── the cases ───────────────────────────────────────────────────────────────────────────────


@pytest.mark.slow
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


@pytest.mark.slow
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
        "words": st.sampled_from(["Dutch", "English", "of nobody"]),
        "order": st.permutations(range(5)),
        "titles": st.integers(0, 2),
        "lines": st.booleans(),
        "total_row": st.booleans(),
    }
)
WORDS = {
    "Dutch": (["Bestelnummer", "Klantnummer", "Besteldatum", "Regelbedrag", "Betaalstatus"], {"paid": "betaald", "cancelled": "geannuleerd"}),
    "English": (["Order ID", "Customer ID", "Order Date", "Line Total", "Financial Status"], {"paid": "paid", "cancelled": "cancelled"}),
    "of nobody": (["Zam.", "Kto", "Kiedy", "Ile zł", "Stan"], {"paid": "paid", "cancelled": "cancelled"}),
}  # fmt: skip
MONTHS = {"May": "mei", "Mar": "mrt", "Oct": "okt"}


def text_of(orders, dialect):
    headers, status = WORDS[dialect["words"]]
    sign = "," if dialect["comma"] else "."
    rows = []
    for number, (customer, day, cents, fate) in enumerate(orders, 1):
        shown = dt.datetime.combine(day, dt.time(9, 30)).strftime(dialect["date"])
        if dialect["words"] == "Dutch":
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


NOBODYS = {"klant": "Kto", "datum": "Kiedy", "bedrag": "Ile zł"}  # what the headers of nobody mean


def read_or_asked(path, dialect, orders, **reading):
    """What was read, and the question that was asked instead; headers that nobody knows are answered first."""
    try:
        return read_or_answered(path, dialect, orders, **reading), ""
    except Ambiguous as asked:
        return None, asked.remedy


def read_or_answered(path, dialect, orders, **reading):
    if dialect["words"] != "of nobody":
        return read(path, **reading)
    with pytest.raises(ColumnsMissing) as error:
        read(path)
    days = {who: {day for one, day, _, _ in orders if one == who} for who, _, _, _ in orders}
    if len(days) > 2 and max(map(len, days.values())) > 1 and len({fate for *_, fate in orders}) > 1:
        answer = ",".join(f"{name}={header}" for name, header in NOBODYS.items())
        assert f'--kolommen "{answer}' in error.value.remedy  # as it is in any shop
        return follow(path, error.value, **reading)
    # Of one customer or one day the contents cannot tell, and the user does
    return read(path, {**NOBODYS, "order": "Zam."}, only=(("Stan", "paid"),), **reading)


@pytest.mark.slow
@examples(10)
@given(ORDERS, DIALECT)
def test_a_table_in_any_dialect_is_read_back_to_the_same_figures(tmp_path_factory, orders, dialect):
    path = tmp_path_factory.mktemp("dialect") / "export.csv"
    path.write_text(text_of(orders, dialect), encoding="utf-8")
    order = {"%d-%m-%y": "dmj", "%d/%m/%Y": "dmj"}.get(dialect["date"])
    checked, question = read_or_asked(path, dialect, orders)
    if checked is None:
        # Only of dates that have two readings, and of money on lines whose header says nothing
        is_date = "--datumvolgorde" in question
        assert order if is_date else ("--regels" in question and dialect["words"] == "of nobody"), question
        answers = {"date_order": order} if is_date else {"lines": "optellen"}
        checked, question = read_or_asked(path, dialect, orders, **answers)
        if checked is None:
            checked = read_or_answered(path, dialect, orders, date_order=order, lines="optellen")
    frame = pd.DataFrame(
        [(f"K{c}", sum(cents)) for c, _, cents, fate in orders if fate == "paid"], columns=["klant", "cents"]
    )
    assert figures(checked)[:2] == (len(frame), frame["cents"].sum() / 100)
    assert {row[0] for row in checked.rows()} == set(frame["klant"])
    assert {row[1] for row in checked.rows()} == {day for _, day, _, fate in orders if fate == "paid"}
