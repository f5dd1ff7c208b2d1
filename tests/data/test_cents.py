"""Amounts in cents, and totals that were corrected afterwards."""

import sqlite3

import duckdb
import pytest

from klantwaarde_xl.errors import Ambiguous, ColumnsMissing
from tests.data.exported import figures, read, said, write

__all__ = ["write"]


def net(checked):
    return figures(checked)[2]


def table(write, head, *rows):
    return write("\n".join([head, *rows]) + "\n")


def sold(tmp_path, columns, *rows):
    path = tmp_path / "winkel.sqlite"
    with sqlite3.connect(path) as file:
        file.execute(f"create table verkopen (klant text, datum text, {columns})")
        marks = ", ".join("?" for _ in rows[0])
        file.executemany(f"insert into verkopen values ({marks})", rows)
    file.close()
    return path


# ── cents ───────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "head",
    ["amount_cents", "Bedrag (in centen)", "totaal_in_centen", "total_cents_eur", "amountCents",
     "Omzet eurocent", "amount_minor_units"],
)  # fmt: skip
def test_a_header_may_say_that_money_is_in_cents(write, head):
    path = table(write, f"Klant;Datum;{head}", "A;1-2-2024;1250", "B;2-2-2024;99")
    assert net(read(path)) == 13.49
    assert "centen" in said(read(path), "bedrag")


@pytest.mark.slow
def test_every_amount_in_cents_is_divided(tmp_path):
    rows = [("A", "2024-02-01", 2, 1250, 250, 250), ("B", "2024-02-02", 1, 500, 0, 87)]
    columns = "aantal integer, prijs_cents integer, refunded_amount_cents integer, vat_cents integer"
    path = sold(tmp_path, columns, *rows)
    assert figures(read(path))[1:3] == (30.0, 27.5)
    assert net(read(path, vat="excl", columns={"terugbetaald": "-"})) == 26.63


def test_a_header_of_cents_over_decimals_is_asked_about(write):
    with pytest.raises(Ambiguous, match="decimalen"):
        read(table(write, "Klant;Datum;Bedrag_cents", "A;1-2-2024;12,50"))


def test_per_cent_is_not_cents(write):
    with pytest.raises(ColumnsMissing):
        read(table(write, "Klant;Datum;Bedrag percents", "A;1-2-2024;12"))


@pytest.mark.slow
def test_whole_numbers_of_a_database_are_said_to_be_euros(tmp_path):
    path = sold(tmp_path, "amount integer", ("A", "2024-02-01", 1250), ("B", "2024-02-02", 500))
    checked = read(path)
    assert net(checked) == 1750.0
    assert "amount_cents" in said(checked, "bedrag")
    query = "select klant, datum, amount as amount_cents from verkopen"
    assert net(read(f"{path}#{query}")) == 17.5


@pytest.mark.parametrize("rows", [[("A", "2024-02-01", 1250.5, 1)], [("A", "2024-02-01", 1250, 217.01)], [("A", "2024-02-01", 12, 2)]])  # fmt: skip
def test_numbers_that_are_euros_for_certain_are_not_doubted(tmp_path, rows):
    assert "hele getallen" not in said(read(sold(tmp_path, "amount, btw", *rows)), "bedrag")


def test_whole_numbers_of_parquet_are_said_to_be_euros(tmp_path):
    path = tmp_path / "x.parquet"
    duckdb.sql(f"""copy (select 'A' as klant, date '2024-02-01' as datum, 2500 as bedrag) to '{path}'""")
    assert "bedrag_cents" in said(read(path), "bedrag")


# ── corrections ─────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("head", ["Adjusted Order Total", "Gecorrigeerd totaal"])
def test_a_corrected_total_counts_where_it_is_filled_in(write, head):
    rows = ["A,2024-02-01,25.00,", "B,2024-02-02,40.00,30.00", "C,2024-02-03,15.00,0.00"]
    checked = read(table(write, f"Customer,Date,Order Total,{head}", *rows))
    assert figures(checked) == (3, 55.0, 55.0, 3)
    assert "in plaats van" in said(checked, "bedrag")


def test_a_corrected_total_that_is_filled_in_everywhere_is_asked_about(write):
    rows = ["A,2024-02-01,25.00,25.00", "B,2024-02-02,40.00,30.00", "C,2024-02-03,15.00,"]
    with pytest.raises(Ambiguous, match="Adjusted"):
        read(table(write, "Customer,Date,Order Total,Adjusted Order Total", *rows))


def test_a_corrected_total_of_a_database_counts_too(tmp_path):
    path = sold(tmp_path, "order_total real, adjusted_order_total real", ("A", "2024-02-01", 25.5, None), ("B", "2024-02-02", 40.0, 30.25))  # fmt: skip
    assert net(read(path)) == 55.75


@pytest.mark.parametrize(
    ("amounts", "doubted"),
    [(("18307", "2500"), True), (("18307", "25,00"), False), (("€ 18307", "2500"), False),
     (("999", "25"), False)],
)  # fmt: skip
def test_whole_numbers_of_a_text_are_said_to_be_read_as_euros(write, amounts, doubted):
    path = table(
        write, "Klant;Datum;amount", *(f"A;{day}-2-2024;{one}" for day, one in enumerate(amounts, 1))
    )
    assert ("amount_cents" in said(read(path), "bedrag")) is doubted


# ── whole numbers that something says are cents ─────────────────────────────────────────────


STRONG = [
    ("payment_id;paid_at;customer;amount", "pi_{at};2024-02-0{day};cus_{who};{cents}"),
    ("id;created;customer_id;amount;currency", "{at};17071{day}2800;{who};{cents};eur"),
    ("Bon;Datum;Klantnr;Totaal;Contant", "{at};0{day}-02-2024;{who};{cents};{euros}"),
    ("Capture id;Settlement;Datum;Klantnr;Amount", "C{at};S1;0{day}-02-2024;{who};{cents}"),
    ("Bon;Datum;Klantnr;Totaal;fee_cents", "{at};0{day}-02-2024;{who};{cents};29"),
]


@pytest.mark.slow
@pytest.mark.parametrize(("head", "row"), STRONG)
def test_whole_numbers_that_look_like_cents_are_asked_about_and_both_answers_work(write, head, row):
    rows = [
        row.format(at=at, day=at + 1, who=at % 3, cents=cents, euros=f"{cents // 100},{cents % 100:02}")
        for at, cents in enumerate([1995, 4250, 12049, 899])
    ]
    path = table(write, head, *rows)
    with pytest.raises(Ambiguous, match="hele getallen") as asked:
        read(path)
    assert "--decimaal centen" in asked.value.remedy
    assert figures(read(path, cents=True))[1] == 191.93
    assert figures(read(path, decimal="komma"))[1] == 19193.0


@pytest.mark.parametrize(
    ("head", "row"),
    [
        ("Factuur;Datum;Klantnr;Bedrag", "{at};0{day}-02-2024;{who};{cents}"),  # of a firm that rounds
        ("payment_id;paid_at;customer;amount", "pi_{at};2024-02-0{day};cus_{who};{cents}00"),  # whole euros
        ("id;created;customer_id;amount;currency", "{at};2024-02-0{day};{who};{cents};jpy"),  # has no cents
    ],
)
def test_whole_numbers_of_which_nothing_says_so_are_euros(write, head, row):
    rows = [row.format(at=at, day=at + 1, who=at, cents=1995 + at) for at in range(4)]
    assert (
        figures(read(table(write, head, *rows), currencies=(("JPY", 1.0),) if "jpy" in row else ()))[1] > 7000
    )


def test_cents_that_a_user_speaks_of_have_no_decimals(write):
    with pytest.raises(Ambiguous, match="U zegt centen"):
        read(table(write, "Klantnr;Datum;Bedrag", "A;1-2-2024;12,50"), cents=True)


@pytest.mark.slow
@pytest.mark.parametrize("extra", [("", ""), (",total_usd", ",{usd}")])
@pytest.mark.parametrize("moment", ["2025-09-{at:02}T08:11:00Z", "2025-09-{at:02}"])
def test_whole_vat_or_money_that_was_converted_to_whole_numbers_is_asked_about(write, extra, moment):
    head, cell = extra
    lines = [
        f"{at},k{at % 3}@x.nl,EUR,{net * 100},{net * 21},{net * 121},false,paid,{moment.format(at=at)}"
        + cell.format(usd=round(net * 121 * 1.0871))
        for at, net in enumerate((29, 99, 15, 49), 1)
    ]
    path = table(
        write, f"order_number,user_email,currency,subtotal,tax,total,refunded,status,created_at{head}", *lines
    )
    if "T" not in moment and not head:  # as whole euros may be as well
        assert figures(read(path))[1] == 19200.0
        return
    with pytest.raises(Ambiguous, match="centen") as error:
        read(path)
    assert "--decimaal centen" in error.value.remedy
    assert figures(read(path, cents=True))[1] == 192.0
