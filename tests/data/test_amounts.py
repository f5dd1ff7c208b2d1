"""Money: read as it is written, added as it is read, rounded only where it is shown."""

import datetime as dt
import re
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from klantwaarde_xl.data.analyse import analyse
from klantwaarde_xl.data.reading.cells.currencies import CODES
from klantwaarde_xl.data.reading.cells.numbers import read_amounts, read_numbers
from klantwaarde_xl.data.reading.files import read_transactions, transactions_from_cells
from klantwaarde_xl.data.reading.sources.marked import MARK
from klantwaarde_xl.data.reading.sources.source import Source
from klantwaarde_xl.data.reading.sources.text import TextColumn
from klantwaarde_xl.errors import Ambiguous, RowsRefused
from tests.examples import examples

CASES = Path(__file__).parent / "cases"
TODAY = dt.date(2026, 11, 27)
HEADERS = ("klant", "datum", "bedrag")


def of_file(name):
    return read_transactions(CASES / name, today=TODAY)


def of_rows(*rows):
    return transactions_from_cells(HEADERS, rows, source="proef", today=TODAY)


def of_texts(folder, *amounts):
    path = folder / "bedragen.csv"
    path.write_text("klant;datum;bedrag\n" + "".join(f"A;31-12-2024;{text}\n" for text in amounts))
    return read_transactions(path, today=TODAY)


# ── added exactly ───────────────────────────────────────────────────────────────────────────


def test_a_thousand_eighths_of_a_euro_are_a_hundred_and_twenty_five_euro():
    made = analyse(of_file("c17_halve_centen.csv"))
    assert made["kpi"].column("omzet") == [125.0]
    assert made["kpi"].column("AOV") == [0.125]
    assert sum(made["rfm"].column("omzet")) == 125.0
    assert sum(made["segmenten"].column("omzet")) == 125.0
    assert made.quality.amount_kept == 125.0


def test_a_crumb_in_scientific_notation_is_an_order_of_nought():
    read = of_file("c11_wetenschappelijk.csv")
    assert [row[2] for row in read.rows()] == [150.0, 0.0, 20.0]
    assert analyse(read)["kpi"].column("orders") == [2, 1]


def test_a_crumb_in_a_cell_of_a_workbook_is_an_order_of_nought():
    assert of_rows(["A", dt.date(2024, 1, 5), 1.776e-15]).rows()[0][2] == 0.0


@pytest.mark.slow
def test_an_amount_of_a_million_millions_is_refused(tmp_path):
    assert of_texts(tmp_path, "999999999999,99").rows()[0][2] == 999999999999.99
    with pytest.raises(RowsRefused, match="rij 2, kolom bedrag"):
        of_texts(tmp_path, "1000000000000")
    with pytest.raises(RowsRefused, match="rij 2, kolom bedrag"):
        of_texts(tmp_path, "-1000000000000")


@pytest.mark.slow
def test_one_row_that_cannot_be_read_is_one(tmp_path):
    with pytest.raises(RowsRefused, match="1 van de 1 rijen is niet te lezen"):
        of_texts(tmp_path, "1000000000000")
    with pytest.raises(RowsRefused, match="2 van de 2 rijen zijn niet te lezen"):
        of_texts(tmp_path, "1000000000000", "-1000000000000")


def test_the_last_year_is_added_exactly():
    days = [dt.date(2023, 1, 5), *(dt.date(2023, month, 7) for month in range(2, 13))]
    rows = [["A", day, 0.333333] for day in days]
    made = analyse(of_rows(*rows, ["A", dt.date(2023, 12, 31), -0.125]), None, ["brug"])
    assert made.figures["brug_omzet"] == 3.999996
    assert made.figures["brug_netto"] == 3.874996
    assert made.figures["brug_eerste"] == 0.333333


def exact(values):
    """The sum of doubles that each stand for a number of six decimals."""
    return sum(Decimal(value).quantize(Decimal("0.000001")) for value in values)


AMOUNTS = st.one_of(
    st.sampled_from(["0.125", "0.333333", "-0.333333", "1.005", "-0.000001"]).map(Decimal),
    st.decimals(-1000, 1000, places=6),
)
TRANSACTION = st.tuples(
    st.sampled_from("ABCDEFGH"), st.dates(dt.date(2023, 1, 1), dt.date(2024, 6, 30)), AMOUNTS
)


@pytest.mark.slow
@examples(10)
@given(st.lists(TRANSACTION, min_size=1, max_size=60))
def test_customers_and_loose_refunds_are_to_the_last_decimal_what_months_are(rows):
    rows = [*rows, ("A", dt.date(2023, 5, 5), Decimal("0.125"))]  # one order at least
    made = analyse(of_rows(*((name, day, float(amount)) for name, day, amount in rows)))
    total = sum(amount for _, _, amount in rows)
    assert exact([*made["rfm"].column("omzet"), made.figures["losse_retouren"]]) == total
    assert exact(made["kpi"].column("netto omzet")) == total
    assert exact([made.quality.amount_kept]) == total


@pytest.mark.slow
@examples(10)
@given(st.lists(AMOUNTS.map(abs), min_size=5, max_size=40))
def test_segments_are_to_the_last_decimal_what_their_customers_are(amounts):
    rows = [(f"K{number % 9}", dt.date(2024, 1, 5), float(amount)) for number, amount in enumerate(amounts)]
    made = analyse(of_rows(*rows), None, ["segmenten"])
    assert exact(made["segmenten"].column("omzet")) == sum(amounts)


# ── read as written ─────────────────────────────────────────────────────────────────────────

CON = duckdb.connect()  # one for all, each column replaces the table
COLUMN = TextColumn("t", "got", "bedrag", Source("test.csv"))


def column(texts, decimal=None, read=read_amounts):
    """Row by row what a column of texts gives: its value and what more is known; None when refused."""
    CON.execute(
        "create or replace table raw as select unnest(range(len($t))) as rij, unnest($t) as t", {"t": texts}
    )
    read(CON, COLUMN, decimal)
    found = {row[0]: row[1:] for row in CON.execute("from got").fetchall()}
    return [found.get(at) for at in range(len(texts))]


WRITTEN = {
    "$ 12.50": ("12.5", "USD"),
    "US$12.50": ("12.5", "USD"),
    "12.50 usd": ("12.5", "USD"),
    "$5.00 USD": ("5", "USD"),
    "USD $5.00": ("5", "USD"),
    "$5.00 CAD": ("5", "CAD"),
    "-$9.99": ("-9.99", "USD"),
    "$-9.99": ("-9.99", "USD"),
    "($5.00)": ("-5", "USD"),
    "$(5.00)": ("-5", "USD"),
    "£5.00-": ("-5", "GBP"),
    "GBP 5": ("5", "GBP"),
    "¥ 2000": ("2000", "JPY"),
    "2000JPY": ("2000", "JPY"),
    "kr 20,00": ("20", "KR"),
    "20,00 kr.": ("20", "KR"),
    "kr. -20,00": ("-20", "KR"),
    "Fr. 5": ("5", "CHF"),
    "Fr.5.00": ("5", "CHF"),
    "Fr.1'234.50": ("1234.5", "CHF"),
    "chf 1’234.50": ("1234.5", "CHF"),
    "€ 12,-": ("12", "EUR"),
    "Fr. 12.-": ("12", "CHF"),
    "1'234.-": ("1234", None),
    "kr .5": ("0.5", "KR"),
    "12 euro": ("12", "EUR"),
    "€-5": ("-5", "EUR"),
    "−5,25 €": ("-5.25", "EUR"),
    "PLN 5,50": ("5.5", "PLN"),
    "5,50 zł": ("5.5", "PLN"),
    "5,50 Kč": ("5.5", "CZK"),
    "1\u00a0234,50 SEK": ("1234.5", "SEK"),
    "1\u202f234,50": ("1234.5", None),
    "1 234 567,89": ("1234567.89", None),
    "5,00-": ("-5", None),
    "+5": ("5", None),
    '="12.50"': ("12.5", None),
    '="-$12.50"': ("-12.5", "USD"),
    "=12.50": ("12.5", None),
    "'12.50": ("12.5", None),
    "1.5E+02": ("150", None),
    "1,5e+02": ("150", None),
    "1.776e-15": ("0", None),
    "-1.234E3": ("-1234", None),
    ".125": ("0.125", None),
    "12.3456": ("12.3456", None),
    "1234.567": ("1234.567", None),
}  # fmt: skip


@pytest.mark.parametrize(("text", "amount", "currency"), [(t, *found) for t, found in WRITTEN.items()])
def test_an_amount_is_read_with_the_currency_that_it_names(text, amount, currency):
    assert column([text]) == [(Decimal(amount), currency)]


@pytest.mark.parametrize("code", sorted(CODES))
def test_every_iso_code_names_its_currency_before_and_behind(code):
    assert column([f"{code} 5", f"5{code.lower()}"]) == [(5, code)] * 2


REFUSED = [
    "", "$", "-5 CR", "5 XCR", "5%", "$5%", "5 XYZ", "5 k", "5 mln", "5 cent", "€5$", "$5€", "EUR 5 USD", "€ 5 USD", "$5.00 GBP",
    "$$5", "USD5USD", "--5", "-($5)", "($5", "12 50", "5'10", "5 5 5", "$ 1 2345", "5 10 USD", "Fr.5", "CHF.50", "12,---", "€ 12,- -", "1.234.-", "kr.500",
    '"5', '5"', '="5', "=5+3", "=5-3", "=A1", "1e5 000", "1 e5", "5E", "E5", "USD", "3 x", "12-12", "1,2,3", "€ 12,5,-",
]  # fmt: skip


@pytest.mark.parametrize("text", REFUSED)
def test_what_is_no_amount_is_refused(text):
    assert column([text, "5"]) == [None, (5, None)]


@pytest.mark.parametrize("text", ["3x", "3 st", "3 st.", "3 stuks", "3 X", "3 pcs"])
def test_a_quantity_of_pieces_is_their_number(text):
    assert column([text], read=read_numbers) == [(3.0,)]


@pytest.mark.parametrize("text", ["x3", "st 3", "3 USD", "$3", "3 xx"])
def test_other_words_are_no_quantity(text):
    assert column([text], read=read_numbers) == [None]


@pytest.mark.parametrize(
    ("text", "decisive", "amount"),
    [
        ("1.234", "0.125", "1.234"),
        ("1.234", "12.3456", "1.234"),
        ("1.234", "1234.567", "1.234"),
        ("1.234", ".125", "1.234"),
        ("1.234", "1.5E2", "1.234"),
        ("1.234", "$ 0.99", "1.234"),
        ("1.234", "1,234.5", "1.234"),
        ("1.234", "1 234.5", "1.234"),
        ("1.234", "12.-", "1.234"),
        ("1.234", "0,125", "1234"),
        ("1.234", "1234,567", "1234"),
        ("1.234", "1,5E2", "1234"),
        ("1.234", "12,-", "1234"),
        ("1.234", "1.234.567", "1234"),
        ("$ 1,234", "$ 1.5", "1234"),
    ],
)
def test_one_value_that_has_one_reading_decides_its_column(text, decisive, amount):
    assert column([text, decisive])[0][0] == Decimal(amount)


@pytest.mark.parametrize("other", ["500", "5 USD", "1e3", "2.345"])
def test_a_value_that_says_nothing_of_the_decimals_decides_nothing(other):
    with pytest.raises(Ambiguous, match=r"1\.234") as error:
        column(["1.234", other])
    assert "--decimaal" in error.value.remedy


def test_a_number_that_a_workbook_typed_names_no_currency():
    assert column([f"{MARK}5.25", f"{MARK}1e-05", f"{MARK}-3"]) == [
        (Decimal("5.25"), None),
        (Decimal("0.00001"), None),
        (-3, None),
    ]


def test_a_file_in_other_money_is_read_and_said():
    read = of_file("c07_dollar.csv")
    assert [row[2] for row in read.rows()] == [1236.93, 16.99, -9.99, -5.0]
    assert any(said.about == "valuta" and "USD" in said.text for said in read.quality.said)


@pytest.mark.slow
def test_two_currencies_in_the_amounts_are_a_question():
    with pytest.raises(Ambiguous, match=r"USD .*KR") as asked:
        of_file("c07b_valuta_achter.csv")
    assert "--valuta USD" in asked.value.remedy


def test_a_credit_mark_beside_amounts_without_one_goes_off():
    assert [row[2] for row in of_file("c14_min_achter.csv").rows()] == [100.0, -25.0, -30.0, 130.0, -10.0]


# ── dressed at random ───────────────────────────────────────────────────────────────────────

MARKS = {
    "": None,
    "€": "EUR",
    "EUR": "EUR",
    "$": "USD",
    "us$": "USD",
    "Gbp": "GBP",
    "£": "GBP",
    "kr": "KR",
    "zł": "PLN",
}
PLACES_OF_SIGNS = [
    "-{m}{d}",
    "{m}-{d}",
    "{m}{d}-",
    "({m}{d})",
    "{m}({d})",
    "{d}{m}-",
    "-{d}{m}",
    "({d}{m})",
    "{d}-{m}",
]
PLAIN_PLACES = ["{m}{d}", "{d}{m}", "+{m}{d}", '="{m}{d}"']
STYLES = st.sampled_from(
    [
        (thousands, sign)
        for sign in ",."
        for thousands in ["", " ", "\u00a0", "\u202f", "'", "’", ".", ","]
        if thousands != sign
    ]
)


@st.composite
def written(draw, style):
    """An amount in one of the ways in which people and programs write it: value, currency, text."""
    thousands, sign = style
    places = draw(st.integers(0, 6))
    value = Decimal(draw(st.integers(0, 10 ** draw(st.integers(1, 17))))).scaleb(-places)
    assume(value < 10**12)
    digits = f"{value:,.{places}f}".replace(",", "\0").replace(".", sign).replace("\0", thousands)
    mark = draw(st.sampled_from(list(MARKS)))
    blank = draw(st.sampled_from(["", " ", "\u00a0"]))
    negative = draw(st.booleans())
    shape = draw(st.sampled_from(PLACES_OF_SIGNS if negative else PLAIN_PLACES))
    text = shape.replace("{m}", blank + mark + blank).replace("{d}", digits)
    return -value if negative else value, MARKS[mark], text


@pytest.mark.slow
@examples(60)
@given(
    STYLES.flatmap(lambda style: st.tuples(st.just(style), st.lists(written(style), min_size=1, max_size=4)))
)
def test_an_amount_in_any_dress_is_read_exactly_or_asked_about_and_settled_by_the_answer(drawn):
    (_, sign), amounts = drawn
    texts = [text for _, _, text in amounts]
    wanted = [(value, currency) for value, currency, _ in amounts]
    try:
        found = column(texts)
    except Ambiguous:
        found = column(texts, "komma" if sign == "," else "punt")
    assert found == wanted


@pytest.mark.slow
@examples(25)
@given(st.decimals(-(10**11), 10**11, places=6), st.integers(-6, 6), st.sampled_from(",."))
def test_scientific_notation_is_read_to_the_sixth_decimal(value, shift, sign):
    text = f"{value.scaleb(-shift)}e{shift:+d}" if "E" not in str(value.scaleb(-shift)) else f"{value:E}"
    assert column([text.replace(".", sign)]) == [(value, None)]


@pytest.mark.slow
@examples(60)
@given(st.text("0123456789.,-+()€$ '’=\"krusdfr%", max_size=10))
def test_any_text_is_refused_asked_about_or_has_its_own_digits_and_sign(text):
    digits = "".join(filter(str.isdigit, text))
    assume(len(digits) <= 6)  # behind the sixth decimal an amount is rounded
    try:
        (found,) = column([text])
    except Ambiguous:
        return
    if found is not None:
        assert "".join(filter(str.isdigit, f"{found[0]:f}")).strip("0") == digits.strip("0")
        minus = "-" in re.sub("[,.]--?", "", re.sub("[ '’]", "", text), count=1)  # 12,- has none
        assert (found[0] < 0) == ((minus or "(" in text) and found[0] != 0)


@pytest.mark.slow
@examples(30)
@given(
    st.lists(
        st.from_regex(r"-?[0-9]{1,8}([.,]([0-9]{1,2}|[0-9]{4,8}))?", fullmatch=True), min_size=1, max_size=9
    )
)
def test_bare_digits_are_what_they_are_beside_dressed_ones(texts):
    assert column(texts) == column([*texts, "€ 1,00"])[:-1]
