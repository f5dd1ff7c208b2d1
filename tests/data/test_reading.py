"""Reading transactions: what is understood, what is refused, and what is asked about."""

import datetime as dt
import unicodedata

import openpyxl
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from klantwaarde_xl.data.reading.cells.columns import Reading
from klantwaarde_xl.data.reading.customers.nobody import GUESTS
from klantwaarde_xl.data.reading.files import read_transactions, transactions_from_cells
from klantwaarde_xl.errors import Ambiguous, ColumnsMissing, FileUnreadable, RowsRefused, UsageError
from tests.examples import examples


@pytest.fixture
def write(tmp_path):
    def _write(text, name="orders.csv", encoding="utf-8"):
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode(encoding))
        return path

    return _write


def rows(path, **options):
    return read_transactions(path, **options).rows()


@pytest.mark.parametrize(
    "head",
    [
        "klant;datum;bedrag",
        "Klantnummer;Orderdatum;Bedrag",
        "Customer ID;Order Date;Total Amount",
        "CUSTOMER_ID;created_at;order_total",
        "E-mailadres;Besteldatum;Omzet",
    ],
)
def test_dutch_and_english_headers_are_recognised(write, head):
    assert rows(write(f"{head}\nA;31-12-2024;12,50\n")) == [("A", dt.date(2024, 12, 31), 12.5)]


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
def test_the_delimiter_is_detected(write, delimiter):
    lines = [["klant", "datum", "bedrag"], ["A", "2024-12-31", "12.50"], ["B", "2024-12-30", "7.25"]]
    text = "\n".join(delimiter.join(line) for line in lines)
    assert [row[2] for row in rows(write(text))] == [12.5, 7.25]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_the_encoding_is_detected(write, encoding):
    path = write("klant;datum;bedrag\nCafé Zoë;31-12-2024;€ 12,50\n", encoding=encoding)
    assert rows(path) == [("Café Zoë", dt.date(2024, 12, 31), 12.5)]


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("1.234,56", 1234.56),
        ("1.234.567,89", 1234567.89),
        ("€ 12,50", 12.5),
        ("€\u00a01.250,00", 1250.0),
        ("-12,50", -12.5),
        ("€ -12,50", -12.5),
        ("-€ 12,50", -12.5),
        ("12,50-", -12.5),
        ("(12,50)", -12.5),
        ("12,-", 12.0),
        ("0,005", 0.005),
        ("100", 100.0),
        ("1234.5", 1234.5),
        ("1,234.56", 1234.56),
        ("12,50 EUR", 12.5),
    ],
)
def test_amounts_are_read_as_a_dutch_user_writes_them(write, text, amount):
    assert rows(write(f'klant;datum;bedrag\nA;31-12-2024;"{text}"\n'))[0][2] == amount


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("31-12-2024", (2024, 12, 31)),
        ("1-2-2024", (2024, 2, 1)),
        ("2024-12-31", (2024, 12, 31)),
        ("2024-12-31T23:10:00Z", (2024, 12, 31)),
        ("2024/12/31 10:00", (2024, 12, 31)),
        ("31/12/2024", (2024, 12, 31)),
        ("12/31/2024", (2024, 12, 31)),
        ("31.12.2024 14:00", (2024, 12, 31)),
        ("20241231", (2024, 12, 31)),
        ("31 december 2024", (2024, 12, 31)),
        ("1 mrt 2024", (2024, 3, 1)),
    ],
)
def test_dates_are_read_in_the_forms_exports_have(write, text, date):
    assert rows(write(f"klant;datum;bedrag\nA;{text};12,50\n"))[0][1] == dt.date(*date)


def test_other_values_decide_a_doubtful_amount(write):
    assert [r[2] for r in rows(write("klant;datum;bedrag\nA;1-2-2024;1.234\nB;1-2-2024;5,50\n"))] == [
        1234.0,
        5.5,
    ]
    text = 'klant;datum;bedrag\nA;2024-02-01;"1,234"\nB;2024-02-01;5.50\n'
    assert [r[2] for r in rows(write(text))] == [1234.0, 5.5]


@pytest.mark.slow
def test_a_doubtful_amount_that_nothing_decides_is_asked_about(write):
    path = write("klant;datum;bedrag\nA;1-2-2024;1.234\n")
    with pytest.raises(Ambiguous, match="--decimaal") as error:
        rows(path)
    assert "rij 2" in error.value.where
    assert rows(path, reading=Reading(decimal="komma"))[0][2] == 1234.0
    assert rows(path, reading=Reading(decimal="punt"))[0][2] == 1.234


def test_other_dates_decide_a_doubtful_date(write):
    day_first = rows(write("klant;datum;bedrag\nA;01/02/2024;1\nB;25/02/2024;1\n"))
    assert day_first[0][1] == dt.date(2024, 2, 1)
    month_first = rows(write("klant;datum;bedrag\nA;01/02/2024;1\nB;02/25/2024;1\n"))
    assert [row[1] for row in month_first] == [dt.date(2024, 1, 2), dt.date(2024, 2, 25)]


@pytest.mark.slow
def test_a_doubtful_date_that_nothing_decides_is_asked_about(write):
    path = write("klant;datum;bedrag\nA;01/02/2024;1\n")
    with pytest.raises(Ambiguous, match="--datumvolgorde"):
        rows(path)
    assert rows(path, reading=Reading(date_order="dmj"))[0][1] == dt.date(2024, 2, 1)
    assert rows(path, reading=Reading(date_order="mdj"))[0][1] == dt.date(2024, 1, 2)


def test_dates_that_contradict_each_other_are_asked_about(write):
    with pytest.raises(Ambiguous, match="voorop"):
        rows(write("klant;datum;bedrag\nA;25-02-2024;1\nB;02-25-2024;1\nC;01-02-2024;1\n"))


@pytest.mark.slow
def test_every_problem_is_reported_with_its_row_and_column(write):
    text = "klant;datum;bedrag\nA;1-2-2024;5\n;1-2-2024;5\nB;ooit;volgt\nC;31-2-2024;5\nD;1-2-45;5\n\nE;1-2-2024;\n"
    path = write(text)
    with pytest.raises(RowsRefused) as error:
        rows(path)
    for part in (
        "4 van de 6",
        "rij 4, kolom datum",
        "rij 4, kolom bedrag",
        "rij 5",
        "rij 6",
    ):
        assert part in error.value.what
    kept = read_transactions(path, skip_refused=True)
    assert kept.rows() == [("A", dt.date(2024, 2, 1), 5.0), (None, dt.date(2024, 2, 1), 5.0)]
    problems = {(p.row, p.column) for p in kept.quality.problems}
    expected = {(4, "datum"), (4, "bedrag"), (5, "datum"), (6, "datum"), (8, "bedrag")}
    assert problems == expected


def test_a_missing_column_is_named_with_what_was_there(write):
    with pytest.raises(ColumnsMissing) as error:
        rows(write("naam;wanneer;hoeveel\nA;1-2-2024;5\n"))
    assert "'wanneer'" in error.value.what
    assert "--kolommen" in error.value.remedy


def test_the_user_can_name_the_columns(write):
    path = write("naam;wanneer;hoeveel\nA;1-2-2024;5\n")
    named = {"klant": "naam", "datum": "Wanneer", "bedrag": "hoeveel"}
    assert rows(path, columns=named) == [("A", dt.date(2024, 2, 1), 5.0)]
    with pytest.raises(ColumnsMissing):
        rows(path, columns={**named, "bedrag": "bestaat niet"})
    with pytest.raises(UsageError, match=r"(?s)geen kolom 'klantt'.*klant, datum, bedrag"):
        rows(path, columns={**named, "klantt": "Wie"})


def test_a_title_above_the_header_is_skipped(write):
    text = "Export webshop;;\n;;\nklant;datum;bedrag\nA;1-2-2024;5\nB;x;5\n"
    kept = read_transactions(write(text), skip_refused=True)
    assert [row[0] for row in kept.rows()] == ["A"]
    assert kept.quality.problems[0].row == 5


def test_excels_hint_for_the_separator_is_understood(write):
    assert rows(write("sep=;\nklant;datum;bedrag\nA;1-2-2024;5\n"))[0][0] == "A"


@pytest.mark.parametrize(
    ("content", "name", "word"),
    [
        (b"", "leeg.csv", "leeg"),
        (b"  \n ", "leeg.csv", "leeg"),
        (b"klant;datum;bedrag\n", "kop.csv", "geen transacties"),
        (b"a;b\0c", "x.csv", "geen tekst"),
        (b"klant;datum;bedrag\nA;1-2-2024;5\n", "x.xlsx", "geen werkboek"),
        (b"klant;datum;bedrag\nA;1-2-2024;5\n", "x.pdf", "Dit soort bestand"),
        (b"PK\x03\x04rommel", "x.csv", "ingepakt"),
        (b"PK\x03\x04rommel", "x.xlsx", "niet te lezen"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "x.xls", "wachtwoord"),
        (b"<html><p>klant</p></html>", "x.xls", "webpagina"),
    ],
)
def test_a_file_that_is_something_else_is_recognised_by_its_content(write, content, name, word):
    with pytest.raises(FileUnreadable) as error:
        rows(write(content, name))
    assert word in error.value.what
    assert error.value.remedy


def test_a_missing_file_and_a_folder_are_told_apart(tmp_path):
    with pytest.raises(FileUnreadable, match="bestaat niet"):
        rows(tmp_path / "weg.csv")
    with pytest.raises(FileUnreadable, match="map"):
        rows(tmp_path)


def _workbook(path, lines, title_rows=0):
    book = openpyxl.Workbook()
    book.active.title = "Toelichting"
    sheet = book.create_sheet("Orders")
    for _ in range(title_rows):
        sheet.append(["Titel"])
    for line in lines:
        sheet.append(line)
    book.save(path)
    return path


@pytest.mark.slow
def test_a_workbook_is_read_with_its_own_types(tmp_path):
    lines = [
        ["klant", "datum", "bedrag"],
        [1001, dt.datetime(2024, 12, 31, 13, 5), 1.234],
        ["01001", dt.date(2024, 12, 30), 12],
        ["Zoë", "29-12-2024", "1.234,56"],
        [1001, 45655, -5],
    ]
    assert rows(_workbook(tmp_path / "a.xlsx", lines, title_rows=2)) == [
        ("1001", dt.date(2024, 12, 31), 1.234),
        ("01001", dt.date(2024, 12, 30), 12.0),
        ("Zoë", dt.date(2024, 12, 29), 1234.56),
        ("1001", dt.date(2024, 12, 29), -5.0),
    ]


@pytest.mark.slow
def test_a_problem_in_a_workbook_names_the_row_that_excel_shows(tmp_path):
    lines = [["klant", "datum", "bedrag"], ["A", dt.date(2024, 1, 1), 5], ["B", "ooit", 5]]
    with pytest.raises(RowsRefused, match="rij 5, kolom datum") as error:
        rows(_workbook(tmp_path / "a.xlsx", lines, title_rows=2))
    assert "blad Orders" in error.value.where


@pytest.mark.slow
def test_a_workbook_with_a_cell_in_the_last_corner_does_not_take_us_down(tmp_path):
    book = openpyxl.Workbook()
    book.active["XFD1048576"] = "bom"
    book.save(tmp_path / "bom.xlsx")
    with pytest.raises((FileUnreadable, ColumnsMissing)):
        rows(tmp_path / "bom.xlsx")


def test_cells_of_a_table_are_read_like_a_file():
    cells = [["A", 45655.0, 1.234], ["B", "31-12-2024", "€ 5,50"], [None, None, None]]
    done = transactions_from_cells(("klant", "datum", "bedrag"), cells, source="blad Gegevens")
    assert done.rows() == [("A", dt.date(2024, 12, 29), 1.234), ("B", dt.date(2024, 12, 31), 5.5)]
    assert done.quality.rows_read == 2


def test_unknown_words_for_reading_are_refused():
    with pytest.raises(UsageError):
        Reading(decimal="spatie")
    with pytest.raises(UsageError):
        Reading(date_order="jdm")


@pytest.mark.slow
@examples(8)
@given(
    cents=st.integers(-(10**9), 10**9),
    day=st.dates(dt.date(1990, 1, 1), dt.date(2026, 6, 30)),
    customer=st.text(
        st.characters(codec="utf-8", exclude_categories=("C", "Z", "M"), exclude_characters="@"),
        min_size=1,
        max_size=20,
    ),
)
def test_what_is_written_is_what_is_read(tmp_path_factory, cents, day, customer):
    assume(customer.casefold() not in GUESTS)
    path = tmp_path_factory.mktemp("rond") / "a.csv"
    quoted = customer.replace('"', '""')
    amount = f"{cents / 100:,.2f}".translate(str.maketrans(",.", ".,"))
    path.write_text(f'klant;datum;bedrag\n"{quoted}";{day:%d-%m-%Y};"{amount}"\n', encoding="utf-8")
    assert rows(path) == [(unicodedata.normalize("NFC", customer), day, cents / 100)]


SHOPS = {
    "shopify": (
        "Name,Email,Financial Status,Paid at,Currency,Subtotal,Shipping,Taxes,Total,Created at,Billing Name,Id",
        "#1001,jan@x.nl,paid,2024-02-01 10:00:00 +0100,EUR,10.00,4.95,3.14,18.09,2024-02-01 09:59:00 +0100,Jan,99",
        ("jan@x.nl", dt.date(2024, 2, 1), 18.09),
    ),
    "woocommerce": (
        "Order Number,Order Status,Order Date,Customer Note,Customer User ID,Email (Billing),Order Total Amount",
        "55,completed,2024-02-01 10:00,,17,jan@x.nl,18.09",
        ("17", dt.date(2024, 2, 1), 18.09),
    ),
    "lightspeed": (
        '"Bestelnummer";"Klantnummer";"E-mail";"Datum";"Totaal excl. btw";"Totaal"',
        '"55";"K7";"jan@x.nl";"01-02-2024 10:00";"14,95";"18,09"',
        ("K7", dt.date(2024, 2, 1), 14.95),
    ),
}


@pytest.mark.parametrize("shop", SHOPS)
def test_the_surest_columns_of_an_export_are_taken_and_said(write, shop):
    head, line, wanted = SHOPS[shop]
    read = read_transactions(write(f"{head}\n{line}\n"))
    assert read.rows() == [wanted]
    assert [name for name, _ in read.quality.headers][:3] == ["klant", "datum", "bedrag"]


def test_what_could_also_have_been_meant_is_said(write):
    head, line, _ = SHOPS["shopify"]
    notes = read_transactions(write(f"{head}\n{line}\n")).quality.notes
    assert any("voor bedrag kon ook 'Subtotal'" in note for note in notes)
    assert any("voor datum kon ook 'Paid at'" in note for note in notes)


def test_an_order_number_is_never_taken_for_a_customer(write):
    with pytest.raises(ColumnsMissing):
        rows(write("id;order id;datum;bedrag\n1;2;1-2-2024;5\n"))


def test_a_status_column_and_a_guest_account_are_said(write):
    lines = [f"K{i % 9};1-2-2024;5;{'geannuleerd' if i % 4 else 'betaald'}" for i in range(20)]
    lines += ["magazijn;2-2-2024;5;betaald"] * 20
    quality = read_transactions(write("klant;datum;bedrag;Status\n" + "\n".join(lines) + "\n")).quality
    assert "status: kolom 'Status': betaald (25: telt mee), geannuleerd (15: telt niet mee)" in map(
        str, quality.said
    )
    assert any("klant 'magazijn' heeft 20 van de 25 rijen" in note for note in quality.notes)


def test_spellings_of_one_customer_are_joined_or_said(write):
    text = "klant;datum;bedrag\njan@x.nl;1-2-2024;5\nJAN@X.NL;1-2-2024;6\nJose\u0301;1-2-2024;5\nJos\u00e9;1-2-2024;6\n"
    assert {row[0] for row in rows(write(text))} == {"jan@x.nl", "Jos\u00e9"}
    twice = read_transactions(write("klant;datum;bedrag\nbuis bv;1-2-2024;5\nBuis BV;1-2-2024;6\n"))
    assert any("met andere hoofdletters nog eens" in note for note in twice.quality.notes)


@pytest.mark.slow
def test_a_total_row_is_no_customer(write):
    with pytest.raises(RowsRefused, match="totaalregel"):
        rows(write("klant;datum;bedrag\nA;1-2-2024;5\nTotaal;31-1-2024;6\n"))
    read = read_transactions(write("klant;datum;bedrag\nA;1-2-2024;5\nTotaal;31-1-2024;5\n"))
    assert len(read.rows()) == 1
    assert "1 rij, samen € 5,00: een totaal of subtotaal" in str(read.quality.left_out[0])


def test_a_row_without_date_and_amount_is_skipped_and_said(write):
    read = read_transactions(write("klant;datum;bedrag\nA;1-2-2024;5\nA;;\nTotaal;;\n"))
    assert len(read.rows()) == 1
    assert any("2 rijen zonder datum en bedrag" in note for note in read.quality.notes)


def test_a_quote_that_is_never_closed_is_refused(write):
    lines = [f"K{i};1-2-2024;5" for i in range(50)]
    lines[10] = '"' + lines[10]
    with pytest.raises(FileUnreadable, match="aanhalingsteken"):
        rows(write("klant;datum;bedrag\n" + "\n".join(lines) + "\n"))


@pytest.mark.parametrize("text", ["5-5-2099", "1-1-0204"])
def test_an_impossible_year_is_refused(write, text):
    with pytest.raises(RowsRefused, match="jaartal kan niet kloppen"):
        rows(write(f"klant;datum;bedrag\nA;1-2-2024;5\nB;{text};5\n"))


def test_a_month_first_date_with_dashes_is_asked_about(write):
    with pytest.raises(Ambiguous, match="--datumvolgorde"):
        rows(write("klant;datum;bedrag\nA;01-02-2024;5\nB;02-13-2024;5\n"))


@pytest.mark.parametrize(("text", "amount"), [("€ 1.250,-", 1250.0), ("\u22125,00", -5.0)])
def test_a_price_tag_and_a_real_minus_sign_are_read(write, text, amount):
    assert rows(write(f"klant;datum;bedrag\nA;1-2-2024;{text}\n"))[0][2] == amount


@pytest.mark.slow
def test_a_column_of_times_does_not_make_a_workbook_unreadable(tmp_path):
    lines = [["klant", "datum", "bedrag", "tijd"], ["A", dt.date(2024, 1, 1), 5, dt.time(14, 3)]]
    assert len(rows(_workbook(tmp_path / "a.xlsx", lines))) == 1
