"""Headers with the name of a table before the field, as queries, databases and reports write them."""

import sqlite3
import time

import duckdb
import pytest

from klantwaarde_xl.data.reading.naming.table_prefixes import without_shared_words, without_tables
from klantwaarde_xl.errors import Ambiguous, ColumnsMissing, UsageError
from tests.data.exported import figures, follow, read, typed, write

__all__ = ["write"]

LINES = "81;2024-04-01;ann@x.nl;12.50\n81;2024-04-01;ann@x.nl;2.50\n82;2024-04-09;bob@x.nl;20.00\n83;2024-05-05;ann@x.nl;5.00\n"


@pytest.mark.parametrize(
    "heads",
    [
        "orders.id;orders.created_at;customers.email;order_items.total",
        "tbl_orders.order_id;tbl_orders.order_date;tbl_orders.customer_email;tbl_orders.amount",
        "o.order_id;o.order_date;c.email;oi.line_total",
        "dbo.Orders.OrderId;dbo.Orders.OrderDate;dbo.Customers.Email;dbo.OrderLines.LineTotal",
        "Sales[Order ID];Sales[Order Date];Customer[Email];[SumLine Amount]",
        "order/id;order/date;order/customer/email;order/line_total",
        "Order → ID;Order → Date;Customer → Email;Order → Line total",
        "FACTURES_ID;FACTURES_DATE;FACTURES_CLIENT_EMAIL;FACTURES_TOTAL_HT",
        "Orders Order ID;Orders Created Date;Users Email;Order Items Total Amount",
        "wp_posts_ID;wp_posts_post_date;wp_postmeta_billing_email;wp_postmeta_line_total",
        "facturen.nummer;facturen.datum;klanten.email;factuurregels.bedrag",
    ],
)
def test_what_stands_before_the_fields_is_looked_through(write, heads):
    assert figures(read(write(f"{heads}\n{LINES}"))) == (3, 40.0, 40.0, 2)


def test_that_headers_are_called_otherwise_is_told(write):
    checked = read(write(f"orders.id;orders.date;customers.email;orders.amount\n{LINES}"))
    assert any("'orders.id' is 'order id'" in note for note in checked.quality.notes)


def test_a_status_of_another_table_is_still_a_status(write):
    rows = "91,2024-04-01,A,10.00,paid\n92,2024-04-02,B,20.00,cancelled\n"
    path = write(f"orders.id,orders.date,customers.name,orders.total,orders.status\n{rows}")
    assert figures(read(path)) == (1, 10.0, 10.0, 1)


def test_rows_are_chosen_by_the_header_as_the_file_has_it(write):
    rows = "91;2024-04-01;A;10,00;web\n92;2024-04-02;B;20,00;winkel\n"
    path = write(f"orders.id;orders.date;customers.name;orders.total;orders.channel\n{rows}")
    assert figures(typed(path, '--alleen "orders.channel=web"')) == (1, 10.0, 10.0, 1)
    with pytest.raises(UsageError, match=r"orders\.kanaal"):
        typed(path, '--alleen "orders.kanaal=web"')


def test_a_deal_that_was_lost_is_asked_about_under_the_name_of_its_field(write):
    rows = "O1,2024-04-01,A,10.00,Closed Won\nO2,2024-04-02,B,20.00,Closed Lost\n"
    path = write(
        f"Opportunity.Id,Opportunity.CloseDate,Account.Name,Opportunity.Amount,Opportunity.StageName\n{rows}"
    )
    with pytest.raises(Ambiguous, match="StageName"):
        read(path)
    assert figures(typed(path, '--alleen "StageName=Closed Won"')) == (1, 10.0, 10.0, 1)


@pytest.mark.parametrize("name", ["orders.id", "order id"])
def test_a_column_can_be_named_as_the_file_has_it(write, name):
    path = write(f"orders.id;orders.date;customers.email;orders.amount\n{LINES}")
    assert figures(typed(path, f'--kolommen "order={name}"'))[0] == 3


@pytest.mark.parametrize(
    "heads",
    [
        ["Datum", "Bedrag excl. btw", "Klant nr.", "Omzet incl."],
        ["Order date", "Order id", "Order total", "Klant"],
        ["Fact.nr", "Fact.datum", "Rel.nr", "Bedrag"],
        ["Factuur - Nummer", "Factuur - Datum", "Klant - Naam"],
        ["Uur: min", "Naam", "Datum", "Bedrag"],
    ],
)
def test_headers_without_a_table_stay_as_they_are(heads):
    assert without_tables(heads) == tuple(heads)
    assert without_shared_words(heads) == tuple(heads)


def test_two_fields_of_one_name_are_told_apart_by_their_tables():
    heads = ["orders.note", "customers.note", "orders.paid_at"]
    assert without_tables(heads) == ("order note", "customer note", "paid_at")


@pytest.mark.parametrize("before", ["tabel.", "export_"])
def test_a_field_with_other_signs_is_looked_through_too(write, before):
    heads = ["Factuurnummer", "Factuurdatum", "Klant", "Bedrag (€)", "Debet / credit"]
    rows = "F1;5-4-2025;Ada;70,00;D\nF2;6-4-2025;Bo;50,00;D\nF3;7-5-2025;Ada;20,00;C\n"
    path = write(f"{';'.join(before + head for head in heads)}\n{rows}")
    assert figures(typed(path, '--retour "Debet / credit=C"')) == (2, 120.0, 100.0, 2)


@pytest.mark.parametrize("before", ["tabel.", "export_", "Query1.", "data_"])
def test_a_word_before_every_header_takes_nothing_from_what_they_say(write, before):
    heads = [
        "Factuurnummer",
        "Datum",
        "Klant",
        "Status",
        "Fooi",
        "Bedrag excl. btw",
        "Btw",
        "Bedrag incl. btw",
    ]
    rows = (
        "F1;5-4-2025;Ada;Betaald;0,00;100,00;21,00;121,00\nF2;6-4-2025;Bo;Concept;0,00;50,00;10,50;60,50\n"
        "F3;7-5-2025;Ada;Openstaand;0,00;40,00;8,40;48,40\n"
    )
    path = write(f"{';'.join(before + head for head in heads)}\n{rows}")
    assert figures(read(path)) == (2, 140.0, 140.0, 1)


def test_what_is_missing_is_asked_by_the_names_without_that_word(write):
    heads = ["Huurder", "Object", "Van", "Tot", "Huurprijs", "Borg", "Totaal"]
    rows = "Ada;Fiets;5-4-2025;7-4-2025;40,00;90,00;130,00\nBo;Kar;6-4-2025;6-4-2025;25,00;50,00;75,00\n"
    path = write(f"{';'.join('export_' + head for head in heads)}\n{rows}")
    with pytest.raises(ColumnsMissing) as asked:
        read(path)
    assert figures(follow(path, asked.value)) == (2, 65.0, 65.0, 2)


@pytest.mark.parametrize(
    "text", ["a " * 3000, "a." * 3000, "ab " * 900 + ".x y!", "a -> " * 900, "a: " * 900 + "?", "a_" * 3000]
)
def test_a_long_text_in_the_place_of_a_header_is_looked_at_in_no_time(text):
    for length in (99, len(text)):
        began = time.process_time()
        without_tables([text[:length]] * 3)
        without_shared_words([text[:length]] * 3)
        assert time.process_time() - began < 0.5


def test_a_word_before_most_headers_is_looked_through_and_the_others_stay(write):
    heads = "FACTURES_ID;FACTURES_DATE_EDIT;FACTURES_CUSTOMERS_ID;FACTURES_TOTAL_AMOUNT;CREATED_AT"
    rows = "1;2025-04-05;11;30.00;2025-04-06\n2;2025-05-05;12;12.50;2025-05-06\n3;2025-06-05;11;22.00;2025-06-06\n"
    checked = read(write(f"{heads}\n{rows}"))
    assert figures(checked) == (3, 64.5, 64.5, 2)
    assert dict(checked.quality.headers)["order"] == "facture ID"


TYPED = """select * from (values (81, date '2024-04-01', 'ann@x.nl', 12.50, 'paid'), (81, date '2024-04-01', 'ann@x.nl', 2.50, 'paid'),
    (82, date '2024-04-09', 'bob@x.nl', 20.00, 'paid'), (83, date '2024-05-05', 'ann@x.nl', 5.00, 'cancelled'))
    as t ({})"""


@pytest.mark.parametrize("kind", ["parquet", "duckdb", "sqlite"])
@pytest.mark.parametrize(
    "heads",
    [
        "orders.id;orders.created_at;customers.email;order_items.total;orders.status",
        "tbl_orders.order_id;tbl_orders.order_date;tbl_orders.customer_email;tbl_orders.amount;tbl_orders.status",
        "FACTURES_ID;FACTURES_DATE;FACTURES_CLIENT_EMAIL;FACTURES_TOTAL_HT;FACTURES_STATUS",
        "Sales[Order ID];Sales[Order Date];Customer[Email];[SumLine Amount];Sales[Status]",
    ],
)
def test_typed_sources_are_looked_through_too(tmp_path, kind, heads):
    columns = ", ".join(f'"{head}"' for head in heads.split(";"))
    path = tmp_path / f"export.{kind}"
    if kind == "sqlite":
        con = sqlite3.connect(path)
        con.execute(f"create table t ({columns})")
        rows = [(81, "2024-04-01", "ann@x.nl", 12.5, "paid"), (81, "2024-04-01", "ann@x.nl", 2.5, "paid"),
                (82, "2024-04-09", "bob@x.nl", 20.0, "paid"), (83, "2024-05-05", "ann@x.nl", 5.0, "cancelled")]  # fmt: skip
        con.executemany("insert into t values (?, ?, ?, ?, ?)", rows)
        con.commit()
        con.close()
    elif kind == "duckdb":
        con = duckdb.connect(str(path))
        con.execute(f"create table t as {TYPED.format(columns)}")
        con.close()
    else:
        duckdb.connect().execute(f"copy ({TYPED.format(columns)}) to '{path}' (format parquet)")
    checked = read(path)
    assert figures(checked) == (2, 35.0, 35.0, 2)
    assert any("naam van een tabel" in note for note in checked.quality.notes)
    amount = heads.split(";")[3]
    assert figures(read(path, {"bedrag": amount}))[:2] == (2, 35.0)
