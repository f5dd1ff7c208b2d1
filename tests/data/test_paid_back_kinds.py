"""Rows that are money paid back, by a column of kinds; and numbers of orders under a header of nobody."""

from __future__ import annotations

import datetime as dt

import pytest

from klantwaarde_xl.data.reading.cells.columns import Reading
from klantwaarde_xl.data.reading.files import read_transactions
from klantwaarde_xl.data.reading.kinds.taken_off import paid_back
from klantwaarde_xl.errors import Ambiguous

TODAY = dt.date(2026, 11, 27)


def read(tmp_path, text, **choices):
    path = tmp_path / "export.csv"
    path.write_text(text, encoding="utf-8")
    return read_transactions(
        path, today=TODAY, columns=choices.pop("columns", None), reading=Reading(**choices)
    )


def figures(checked):
    found = dict(checked.quality.totals)
    return found["orders"], round(found["netto"], 2), found["klanten"]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("header", "sale", "back"),
    [
        ("Soort", "Verkoop", "Creditnota"), ("Type", "sale", "Refund"), ("Type", "Debitor invoice", "Storno"), ("Soort", "Omzet", "Terugbetaling"),
    ],
)  # fmt: skip
def test_a_question_is_answered_and_what_is_paid_back_goes_off(tmp_path, header, sale, back):
    text = (
        f"Klant;Datum;Bedrag;{header}\nA;01-02-2026;100,00;{sale}\nB;02-02-2026;50,00;{sale}\n"
        f"B;09-02-2026;20,00;{back}\n"
    )
    with pytest.raises(Ambiguous) as asked:
        read(tmp_path, text)
    assert f'--alleen "{header}={sale}"' in str(asked.value)
    assert "minteken" in str(asked.value)
    assert figures(read(tmp_path, text, only=((header, sale),))) == (2, 150.0, 2)
    both = read(tmp_path, text, only=((header, f"{sale},{back}"),))
    assert figures(both) == (2, 130.0, 2)
    assert any("€ 20,00" in one.text and back in one.text for one in both.quality.said)


def test_a_minus_that_is_there_stays_and_none_is_added(tmp_path):
    text = "Klant;Datum;Bedrag;Type\nA;01-02-2026;100;sale\nA;03-02-2026;-30;refund\nB;04-02-2026;10;refund\n"
    assert figures(read(tmp_path, text, only=(("Type", "sale,refund"),)))[1] == 80.0


@pytest.mark.parametrize(
    ("header", "sale", "other"),
    [
        ("Artikel", "Tas", "Retourkoffer"),
        ("Betaalwijze", "iDEAL", "Credit"),
        ("Kanaal", "Web", "Retourbalie"),
    ],
)
def test_a_word_in_another_column_is_no_kind_of_row(tmp_path, header, sale, other):
    text = f"Klant;Datum;Bedrag;{header}\nA;01-02-2026;100;{sale}\nB;03-02-2026;30;{other}\n"
    assert figures(read(tmp_path, text, only=((header, f"{sale},{other}"),))) == (2, 130.0, 2)


@pytest.mark.slow
def test_a_refunded_order_that_is_named_is_a_sale_and_its_refund(tmp_path):
    text = (
        "Ordernr;Klant;Datum;Bedrag;Status\n1;A;01-02-2026;100;completed\n2;B;02-02-2026;50;refunded\n"
        "3;C;03-02-2026;40;cancelled\n"
    )
    alone = figures(read(tmp_path, text))
    assert alone == (2, 100.0, 2)
    assert figures(read(tmp_path, text, only=(("Status", "completed,refunded"),))) == alone


@pytest.mark.parametrize(
    ("kinds", "back"),
    [
        (["sale", "refund"], ["refund"]), (["refund"], []), (["Credit", "Debet"], ["Debet"]), (["sale", "fee"], []),
        (["credit card", "refund"], ["refund"]), (["in", "uit"], ["uit"]), (["Retour", "Verkoop"], ["Retour"]),
    ],
)  # fmt: skip
def test_which_kinds_are_paid_back(kinds, back):
    assert paid_back(kinds) == back


NUMBERS = {
    "Verkoopstuk": "VO/2024/{:04}", "Referentie": "REF{:05}-x", "Webcode": "402-{:07}-1234567", "Kenmerk": "tr_7UhSN{}z",
    "Auftragsnummer": "{}", "Uuid": "{:08}-aaaa-4bbb-8ccc-000000000000",
}  # fmt: skip


@pytest.mark.parametrize("header", NUMBERS)
def test_lines_are_one_order_whatever_the_number_looks_like(tmp_path, header):
    """Sixty orders of two lines, on each of which the order's total stands."""
    lines = [f"Klant;Datum;{header};Totaalbedrag;Artikel"]
    for at in range(60):
        for article in "AB":
            day = dt.date(2025, 1, 1) + dt.timedelta(days=at // 2)
            lines.append(f"K{at % 7};{day:%d-%m-%Y};{NUMBERS[header].format(at + 1)};{10 + at},50;{article}")
    found = read(tmp_path, "\n".join(lines))
    assert figures(found) == (60, sum(10.5 + at for at in range(60)), 7)


@pytest.mark.parametrize("header", ["Leverdatum", "Tijd", "Gewicht"])
def test_a_day_a_time_and_a_weight_are_no_numbers_of_orders(tmp_path, header):
    value = {"Leverdatum": "{:02}-03-2026", "Tijd": "10:{:02}", "Gewicht": "{},5"}[header]
    lines = [f"Klant;Datum;{header};Bedrag"]
    for at in range(1, 15):
        lines += [f"K{at};{at:02}-02-2026;{value.format(at)};{at},00"] * 2
    assert figures(read(tmp_path, "\n".join(lines)))[:2] == (28, 210.0)


@pytest.mark.parametrize(
    ("header", "orders"),
    [
        ("Verkooporder", 2), ("Kassabon", 2), ("Auftragsnummer", 2), ("Increment ID", 2), ("Transactiecode", 2),
        ("Verkoopprijs", 3), ("Transactiekosten", 3), ("Ordertype", 3), ("Bestelaantal", 3),
    ],
)  # fmt: skip
def test_a_small_file_needs_a_header_that_says_it_is_a_number(tmp_path, header, orders):
    text = f"Klant;Datum;Bedrag;{header}\nA;01-02-2026;10;7001\nA;01-02-2026;12;7001\nB;03-02-2026;30;7002\n"
    assert figures(read(tmp_path, text)) == (orders, 52.0, 2)


REPEATED = "Klant;Datum;Kenmerk;Bedrag;Aantal\n" + "".join(
    f"K{at};0{at}-02-2026;Z{700 + at};{at}5,00;{count}\n" for at in (1, 2, 3) for count in range(1, at + 1)
)


@pytest.mark.slow
def test_few_orders_with_one_amount_on_each_line_are_asked_about_and_each_answer_works(tmp_path):
    with pytest.raises(Ambiguous, match="Kenmerk") as asked:
        read(tmp_path, REPEATED)
    assert "--kolommen order=Kenmerk --regels ordertotaal" in str(asked.value)
    assert figures(read(tmp_path, REPEATED, lines="ordertotaal", columns={"order": "Kenmerk"})) == (
        3,
        75.0,
        3,
    )
    assert figures(read(tmp_path, REPEATED, columns={"order": "-"})) == (6, 170.0, 3)


@pytest.mark.parametrize("change", [("Kenmerk", "Artikelnummer"), ("Z703;35,00;2", "Z703;36,00;2")])
def test_an_article_and_other_amounts_are_no_repeated_total(tmp_path, change):
    changed = REPEATED.replace(*change)
    assert figures(read(tmp_path, changed))[0] == 6


@pytest.mark.slow
def test_kinds_of_rows_are_asked_about_where_they_tell_more_than_what_came_in_and_went_out(tmp_path):
    text = (
        "Datum;Klant;Soort;Bedrag;Af/Bij\n21-04-2026;a@x.nl;Webbetaling;80,00;Bij\n22-04-2026;b@x.nl;Webbetaling;30,00;Bij\n"
        "24-04-2026;b@x.nl;Terugbetaling;-12,00;Af\n25-04-2026;;Opname naar bank;-90,00;Af\n"
        "26-04-2026;c@x.nl;Abonnement;-4,00;Af\n"
    )
    with pytest.raises(Ambiguous) as asked:
        read(tmp_path, text)
    assert '--alleen "Soort=Webbetaling,Terugbetaling"' in asked.value.remedy
    kept = read(tmp_path, text, only=(("Soort", "Webbetaling,Terugbetaling"),))
    assert figures(kept) == (2, 98.0, 2)


@pytest.mark.slow
@pytest.mark.parametrize("word", ["Correctie verkoopprijs artikelen", "Correctie op verkoopprijs"])
def test_a_correction_of_a_sale_goes_off_as_advised_and_that_of_a_fee_does_not(tmp_path, word):
    text = (
        "Datum;Klant;Type;Bedrag\n21-04-2026;a;Verkoopprijs artikelen, ontvangen;90,00\n22-04-2026;b;Commissie;-9,00\n"
        f"24-04-2026;a;{word};-30,00\n25-04-2026;b;Correctie commissie;3,00\n"
    )
    with pytest.raises(Ambiguous) as asked:
        read(tmp_path, text)
    assert f'--alleen "Type=Verkoopprijs artikelen, ontvangen,{word}"' in asked.value.remedy
    kept = read(tmp_path, text, only=(("Type", f"Verkoopprijs artikelen, ontvangen,{word}"),))
    assert figures(kept) == (1, 60.0, 1)
