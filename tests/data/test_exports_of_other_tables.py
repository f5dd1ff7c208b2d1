"""Answers, contracts, goals, prices and particulars of customers as other programs export them."""

import datetime as dt

import duckdb
import pytest

from klantwaarde_xl.data.declared_tables import ADRESSEN, CONTRACTEN, DOELEN, ENQUETE, KLANTEN, PRIJZEN
from klantwaarde_xl.data.reading.cells.columns import Reading
from klantwaarde_xl.data.reading.files import read_table
from klantwaarde_xl.data.tables import COSTS
from klantwaarde_xl.errors import Ambiguous, FileUnreadable, RowsRefused
from tests.data.exported import TODAY, write

__all__ = ["write"]


def read(path, table, **options):
    return read_table(path, table, today=TODAY, **options)


def said(checked):
    return " | ".join(str(one) for one in (*checked.quality.said, *checked.quality.notes))


# ── answers ─────────────────────────────────────────────────────────────────────────────────


def test_faces_are_answers_and_stand_in_for_words(write):
    checked = read(write("Datum;Beoordeling\n1-2-2025;😀\n2-2-2025;😐\n3-2-2025;😡\n4-2-2025;🙂\n"), ENQUETE)
    assert [row[1] for row in checked.rows()] == [5.0, 3.0, 1.0, 4.0]


@pytest.mark.parametrize("sign", ["👍", "💩", "✓"])
def test_a_sign_that_is_no_answer_is_refused_and_never_passed_over(write, sign):
    with pytest.raises(RowsRefused, match=sign):
        read(write(f"Datum;Score\n1-2-2025;9\n2-2-2025;0\n3-2-2025;{sign}\n"), ENQUETE)


def test_the_scale_in_the_header_is_that_of_all_questions_below_it(write):
    rows = "".join(f"2025-02-0{n};Vraag {n % 2};{n}\n" for n in (1, 3, 4, 6))
    checked = read(write(f"datum;vraag;antwoord (1-7)\n{rows}"), ENQUETE)
    assert {row[2] for row in checked.rows()} == {"1 t/m 7"}


@pytest.mark.parametrize(
    ("head", "top", "scale"), [("Stars", 5, "1 t/m 5"), ("Aantal sterren", 4, "1 t/m 5")]
)
def test_stars_are_five_where_none_has_more(write, head, top, scale):
    checked = read(write(f"Datum;{head}\n1-2-2025;{top}\n2-2-2025;2\n"), ENQUETE, columns={"score": head})
    assert [row[2] for row in checked.rows()] == [scale] * 2


def test_stars_of_which_one_is_above_five_are_asked_about(write):
    with pytest.raises(Ambiguous, match="schaal"):
        read(write("Datum;Stars\n1-2-2025;6\n2-2-2025;2\n"), ENQUETE)


def test_who_answers_a_question_twice_is_counted_and_said(write):
    text = "Created At,Email,Score\n2025-02-01,a@x.nl,9\n2025-02-02,b@x.nl,0\n2025-03-02,A@x.nl,10\n"
    checked = read(write(text), ENQUETE)
    assert checked.count() == 3
    assert "1 klant antwoordde meer dan eens op dezelfde vraag: elk antwoord telt" in said(checked)


# ── contracts ───────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "end", ["00-00-0000", "0000-00-00", "t/m heden", "tot nu", "onbeperkt", "ongoing", "-"]
)
def test_an_end_that_is_none_is_known_by_more_words(write, end):
    checked = read(write(f"Klant;Start;Eind\nA;1-2-2024;{end}\nB;1-2-2024;1-3-2024\n"), CONTRACTEN)
    assert [row[1] for row in checked.rows()] == [None, dt.date(2024, 3, 1)]


def test_months_of_a_contract_run_from_their_first_day_to_their_last(write):
    text = "customer,start_month,end_month,mrr\na,2024-01,2024-02,29\nb,2024-02,,29\n"
    checked = read(write(text), CONTRACTEN)
    assert [row[:2] for row in checked.rows()] == [
        (dt.date(2024, 1, 1), dt.date(2024, 2, 29)),
        (dt.date(2024, 2, 1), None),
    ]
    assert "tot en met haar laatste dag" in said(checked)


def test_months_beside_days_are_no_days(write):
    with pytest.raises(RowsRefused, match="dit is geen datum"):
        read(write("Klant;Start;Eind\na;1-1-2024;2024-02\nb;1-2-2024;3-3-2024\n"), CONTRACTEN)


@pytest.mark.parametrize(
    ("each", "term"), [("1", "maand"), ("3", "kwartaal"), ("6", "halfjaar"), ("12", "jaar")]
)
def test_a_number_of_terms_beside_the_term_is_that_term(write, each, term):
    text = f"Customer Id,Started At,Plan Amount,Billing Period,Billing Period Unit\na,2024-01-05,29.00,{each},month\n"
    assert read(write(text), CONTRACTEN).rows()[0][4] == term


def test_terms_that_we_do_not_know_stay_unknown_and_are_said(write):
    text = (
        "Customer Id,Started At,Plan Amount,Billing Period,Billing Period Unit\na,2024-01-05,29.00,5,month\n"
    )
    checked = read(write(text), CONTRACTEN)
    assert checked.rows()[0][4] is None
    assert "'5 month' kennen wij niet" in said(checked)


def test_what_is_not_running_and_has_no_end_is_said(write):
    text = (
        "Klant;Start;Eind;Status\nA;1-2-2024;;Actief\nB;1-2-2024;;in_trial\nC;1-3-2024;;Gepauzeerd\n"
        "D;1-3-2024;1-4-2024;Beëindigd\nE;1-3-2024;;Gepauzeerd\n"
    )
    about = said(read(write(text), CONTRACTEN))
    assert "'Gepauzeerd' (2), 'in_trial' (1) bij contracten zonder einde: die tellen als lopend" in about
    assert "Beëindigd" not in about


def test_the_end_of_access_goes_before_the_day_of_notice(write):
    text = "account,activated_at,canceled_at,expires_at\na,2024-01-05,2024-03-01,2024-03-15\n"
    assert read(write(text), CONTRACTEN).rows()[0][1] == dt.date(2024, 3, 15)


# ── goals ───────────────────────────────────────────────────────────────────────────────────


def test_goals_with_figures_side_by_side_are_a_row_for_each_figure(write):
    checked = read(write("Maand;Omzet;Nieuwe klanten;Retentie per jaar\njan-25;30000;100;80%\n"), DOELEN)
    month = dt.date(2025, 1, 1)
    assert [row[:3] for row in checked.rows()] == [
        ("Omzet", month, 30000.0), ("Nieuwe klanten", month, 100.0), ("Retentie per jaar", month, 0.8),
    ]  # fmt: skip


def test_goals_of_months_without_a_year_take_that_of_the_title(write):
    checked = read(write("Doelen 2025;;\nKengetal;Januari;Februari\nOmzet;30000;32500\n"), DOELEN)
    assert [(row[1], row[2]) for row in checked.rows()] == [
        (dt.date(2025, 1, 1), 30000.0),
        (dt.date(2025, 2, 1), 32500.0),
    ]


def test_the_year_may_go_before_the_word_for_a_target_and_what_was_is_none(write):
    checked = read(write("KPI,2024 Actual,2025 Target\nRevenue,300000,365000\n"), DOELEN)
    assert [row[:4] for row in checked.rows()] == [("Revenue", dt.date(2025, 1, 1), 365000.0, "jaar")]


# ── prices and customers ────────────────────────────────────────────────────────────────────


def test_the_day_on_which_a_price_was_looked_at_is_its_day(write):
    text = "product_name;shop;price;last_checked\nA;b;5,99;2025-01-02 10:00\n"
    assert read(write(text), PRIJZEN).rows()[0][4] == dt.date(2025, 1, 2)


@pytest.mark.parametrize(
    "header",
    [
        "utm_campaign",
        "UTM Campaign",
        "Campagne",
        "Campaign name",
        "First touch campaign",
        "First user campaign",
        "Initial UTM Campaign",
    ],
)
def test_the_campaign_that_won_a_customer_is_known_beside_his_source(write, header):
    text = f"Customer ID,utm_source,utm_medium,{header}\nK1,google,cpc,Merk\nK2,meta,paid,\n"
    assert read(write(text), KLANTEN).rows() == [
        ("K1", "google", None, None, "Merk"),
        ("K2", "meta", None, None, None),
    ]


def test_the_first_source_and_the_region_of_a_program_for_mail_are_known(write):
    text = "Email,City,State / Region,Source,Initial Source\na@x.nl,Utrecht,UT,-1,Popup\n"
    assert read(write(text), KLANTEN).rows() == [("a@x.nl", "Popup", None, "UT", None)]


# ── consent ─────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("head", "yes", "no"),
    [
        ("Status", "Active", "Unsubscribed"), ("Contactsoort", "actief", "Afgemeld"),
        ("Person - Marketing status", "Subscribed", "No consent"), ("Mailen toegestaan (J/N)", "J", "N"),
        ("E-mail marketing (ja/nee)", "ja", "nee"), ("Lijst", "aangemeld", "opt-out"),
    ],
)  # fmt: skip
def test_a_no_to_mail_is_seen_in_whatever_column_it_stands(write, head, yes, no):
    path = write(f"Klantnr;E-mail;{head}\n1;a@x.nl;{yes}\n2;b@x.nl;{no}\n3;c@x.nl;\n")
    checked = read(path, ADRESSEN)
    assert [row[2] for row in checked.rows()] == [yes, no, None]
    assert "iedereen komt op een lijst" not in said(checked)
    assert read(path, ADRESSEN, recipe=checked.recipe).rows() == checked.rows()


def test_a_status_of_something_else_says_nothing_of_mail_and_the_user_may_say_so(write):
    path = write("Klantnr;E-mail;Status\n1;a@x.nl;Nieuw\n2;b@x.nl;Vast\n")
    assert "nergens staat of iemand mail wil" in said(read(path, ADRESSEN))
    path = write("Klantnr;E-mail;Status\n1;a@x.nl;Active\n2;b@x.nl;Bounced\n")
    checked = read(path, ADRESSEN, columns={"toestemming": "-"})
    assert [row[2] for row in checked.rows()] == [None, None]


def test_the_mail_of_work_goes_before_the_organisation(write):
    path = write("Person - Name,Person - Organization,Person - Email - Work\nAn Bos,Bos BV,a@x.nl\n")
    assert read(path, KLANTEN).rows()[0][0] == "a@x.nl"


# ── more programs ───────────────────────────────────────────────────────────────────────────


def test_a_statement_answered_in_words_is_known_by_its_answers(write):
    words = ("Helemaal mee eens", "Mee eens", "Enigszins mee eens", "Mee oneens")
    rows = "".join(f"{at}-2-2025;{word}\n" for at, word in enumerate(words, 1))
    checked = read(write(f"Datum;Stelling: Het was makkelijk om hulp te krijgen\n{rows}"), ENQUETE)
    assert [row[1] for row in checked.rows()] == [7.0, 6.0, 5.0, 2.0]


def test_a_third_header_and_what_the_makers_tried_are_no_answers(write):
    text = (
        "EndDate,Status,Q1\nEnd Date,Response Type,How likely are you to recommend us?\n"
        '"{""ImportId"":""endDate""}","{""ImportId"":""status""}","{""ImportId"":""QID1""}"\n'
        "2025-02-01,IP Address,9\n2025-02-02,Survey Preview,0\n2025-02-03,IP Address,0\n"
    )
    checked = read(write(text), ENQUETE)
    assert [row[1] for row in checked.rows()] == [9.0, 0.0]
    left = [str(one) for one in checked.quality.left_out]
    assert left == ["1 rij: een tweede regel met koppen", "1 rij: een proef van de enquête"]


@pytest.mark.parametrize(
    ("start", "end"),
    [("from", "to"), ("Join Date", "Cancellation Date"), ("Startdatum levering", "Einddatum levering")],
)
def test_contracts_of_more_programs_have_their_begin_and_end(write, start, end):
    checked = read(write(f"klant;{start};{end}\na;2024-01-05;2024-03-01\n"), CONTRACTEN)
    assert checked.rows()[0][:2] == (dt.date(2024, 1, 5), dt.date(2024, 3, 1))


def test_a_share_of_eighty_is_said_to_be_no_eighty_per_cent(write):
    checked = read(write("kengetal;periode;doel\nRetentie per jaar;2025;80\nNetto omzet;2025;80\n"), DOELEN)
    assert "Retentie per jaar: 80 is 8.000%; bedoelt u 80%" in said(checked)
    assert "Netto omzet:" not in said(checked)
    checked = read(write("kengetal;periode;doel\nRetentie per jaar;2025;80%\n"), DOELEN)
    assert "bedoelt u" not in said(checked)


def test_an_apostrophe_before_the_number_of_a_customer_is_no_part_of_it(write):
    text = (
        "Customer ID,Default Address City,Default Address Province Code\n'6543210,Utrecht,UT\nO'Neil,Ede,GE\n"
    )
    rows = read(write(text), KLANTEN).rows()
    assert [(row[0], row[3]) for row in rows] == [("6543210", "UT"), ("O'Neil", "GE")]


@pytest.mark.parametrize("table", [COSTS, DOELEN])
def test_months_without_a_year_in_a_column_are_asked_about_and_the_answer_works(write, table):
    head = "Kanaal;Maand;Kosten" if table is COSTS else "kengetal;maand;doel"
    path = write(f"{head}\nA;januari;5,50\nA;feb;6,50\n")
    with pytest.raises(Ambiguous, match="De maanden hebben geen jaar") as caught:
        read(path, table)
    assert "--jaar" in caught.value.remedy
    rows = read(path, table, reading=Reading(year=2025)).rows()
    assert {value for row in rows for value in row if isinstance(value, dt.date)} == {
        dt.date(2025, 1, 1),
        dt.date(2025, 2, 1),
    }


def test_a_year_that_is_said_leaves_months_with_their_own(write):
    path = write("Kanaal;Maand;Kosten\nA;2024-01;5,50\nA;15-02-2024;6,50\nA;januari;7,50\n")
    rows = read(path, COSTS, reading=Reading(year=2025)).rows()
    assert [row[0] for row in rows] == [dt.date(2024, 1, 1), dt.date(2024, 2, 1), dt.date(2025, 1, 1)]


def test_costs_that_are_all_below_nought_are_said(write):
    told = "alle bedragen staan onder nul"
    assert told in said(read(write("Maand;Kanaal;Kosten\n2025-01;A;-5,50\n2025-02;A;-6,50\n"), COSTS))
    assert told not in said(read(write("Maand;Kanaal;Kosten\n2025-01;A;-5,50\n2025-02;A;6,50\n"), COSTS))


def test_half_a_mark_is_refused_with_what_it_has_to_be(write):
    with pytest.raises(RowsRefused, match="een score is een heel getal: rond dit zelf af") as caught:
        read(write("Datum;Cijfer\n1-2-2025;7,5\n2-2-2025;8\n3-2-2025;goed\n"), ENQUETE)
    assert "rij 4, kolom score: dit is geen score op de schaal van deze vraag" in str(caught.value)


def test_columns_side_by_side_in_a_database_are_told_where_they_are_read(tmp_path):
    path = tmp_path / "k.parquet"
    duckdb.sql(f"""copy (select 'Ads' as kanaal, 10.5 as "2025-01", 2.5 as "2025-02") to '{path}'""")
    with pytest.raises(FileUnreadable, match="'2025-01' tot en met '2025-02' staan naast elkaar") as caught:
        read(path, COSTS)
    assert "unpivot" in caught.value.remedy
    long = f"unpivot (from '{path}') on columns(* exclude kanaal) into name maand value kosten"
    duckdb.sql(f"copy ({long}) to '{tmp_path / 'lang.parquet'}'")
    rows = read(tmp_path / "lang.parquet", COSTS).rows()
    assert [row[:3] for row in rows] == [
        (dt.date(2025, 1, 1), "Ads", 10.5),
        (dt.date(2025, 2, 1), "Ads", 2.5),
    ]


def test_files_of_addresses_that_are_called_after_a_no_are_no(tmp_path):
    for name in ("subscribed_members", "nonsubscribed_members", "cleaned_members"):
        (tmp_path / f"{name}.csv").write_text(f"Email Address,First Name\n{name[0]}@x.nl,A\n")
    checked = read(tmp_path, ADRESSEN)
    assert {row[0]: row[2] for row in checked.rows()} == {"c@x.nl": "nee", "n@x.nl": "nee", "s@x.nl": "ja"}
    assert "cleaned_members.csv" in said(checked)
    assert "iedereen komt op een lijst" not in said(checked)
    one = read(tmp_path / "subscribed_members.csv", ADRESSEN)
    assert one.rows()[0][2] is None
    said_so = read(tmp_path, ADRESSEN, columns={"toestemming": "-"})
    assert {row[2] for row in said_so.rows()} == {None}


def test_an_answer_that_was_begun_and_never_given_is_told(write):
    text = "#,NPS,Reason,Start Date\na1,9,fast,2025-02-01\na2,0,,2025-02-02\na3,,,\n,,,\n"
    checked = read(write(text), ENQUETE, columns={"klant": "-"})
    assert checked.count() == 2
    assert "1 rij zonder iets in deze kolommen: overgeslagen" in said(checked)


@pytest.mark.parametrize("none", ["-", "0,00", "€ 0", "n.v.t."])
def test_what_a_competitor_does_not_sell_has_no_price_of_nought(write, none):
    checked = read(write(f"Product;Bol;Radio Z;Onze prijs\nA;5,99;6,49;6,25\nB;2,99;{none};3,10\n"), PRIJZEN)
    assert [row[2] for row in checked.rows()] == [5.99, 6.49, 2.99]
    assert "1 rij: geen prijs" in [str(one) for one in checked.quality.left_out]


@pytest.mark.parametrize("none", ["-", "0,00", "n.b.", "uitverkocht", "Sold out"])
def test_a_row_of_what_is_not_sold_has_no_price(write, none):
    checked = read(write(f"product;concurrent;prijs\nA;b;5,99\nB;b;{none}\n"), PRIJZEN)
    assert [row[2] for row in checked.rows()] == [5.99]


def test_a_word_that_is_no_price_is_still_refused(write):
    with pytest.raises(RowsRefused, match="dit is geen bedrag"):
        read(write("product;concurrent;prijs\nA;b;5,99\nB;b;op aanvraag\n"), PRIJZEN)


def test_a_subtotal_of_channels_is_no_channel_and_a_total_of_some_is_told(write):
    text = "Kanaal;jan 2025;feb 2025\nAds;1,50;2,50\nSubtotaal online;1,50;2,50\nTotaal beurzen;3,00;4,00\nPost;1;2\n"
    checked = read(write(text), COSTS)
    assert {row[1] for row in checked.rows()} == {"Ads", "Totaal beurzen", "Post"}
    assert "'Totaal beurzen' telt mee als kanaal; is het een totaal, haal het dan weg" in said(checked)
    assert "telt mee als kanaal" not in said(
        read(write("Kanaal;Maand;Kosten\nTotaalmedia;2025-01;5\n"), COSTS)
    )


@pytest.mark.parametrize(
    ("head", "scale"),
    [("How was it? (1 = bad, 5 = good)", "1 t/m 5"), ("Cijfer (0: slecht - 10: goed)", "0 t/m 10")],
)
def test_the_ends_of_a_scale_may_be_told_with_their_meaning(write, head, scale):
    checked = read(
        write(f"Datum;{head}\n1-2-2025;5\n2-2-2025;4\n3-2-2025;1\n"), ENQUETE, columns={"score": head}
    )
    assert {row[2] for row in checked.rows()} == {scale}


def test_days_and_terms_below_another_header_are_pointed_out(write):
    text = "Kwam binnen;Score\n1-2-2025;9\n2-2-2025;0\n"
    about = said(read(write(text), ENQUETE))
    assert "geen kolom is herkend als datum, en 'Kwam binnen' kan het zijn: --kolommen" in about
    text = "Naam;Lid sinds;Contributie;Betaling\nA;1-2-2024;25,00;per maand\nB;1-2-2024;75,00;per kwartaal\n"
    checked = read(write(text), CONTRACTEN)
    assert "--kolommen termijn=Betaling" in said(checked)
    told = read(write(text), CONTRACTEN, columns={"termijn": "Betaling"})
    assert [row[4] for row in told.rows()] == ["maand", "kwartaal"]
    assert "geen kolom is herkend als termijn" not in said(told)
