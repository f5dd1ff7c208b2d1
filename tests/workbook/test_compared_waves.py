"""Two quarters that the user chooses, groups, and deeds beside words: against pandas and the kernels, live."""

import datetime as dt

import duckdb
import numpy as np
import openpyxl
import pandas as pd
import pytest

from klantwaarde_xl.data.reading.files import read_table
from klantwaarde_xl.data.sample import sample_orders
from klantwaarde_xl.data.sample_survey import sample_answers, survey_csv
from klantwaarde_xl.data.tables import tables
from klantwaarde_xl.kernels.measures import Measure, scored, wilson
from klantwaarde_xl.kernels.waves import Difference, change_of
from klantwaarde_xl.kernels.weighting import sample_size_of_change
from klantwaarde_xl.workbook.recalculate import refill
from klantwaarde_xl.workbook.refresh import refresh_file
from klantwaarde_xl.xlsx.package import Package
from tests.books import Looked, package_of

NOW = dt.datetime(2026, 11, 27, 9, 30)
pytestmark = pytest.mark.filterwarnings("ignore:.*xtension is not supported")
ORDERS = sample_orders(600)
ANSWERS = pd.DataFrame(sample_answers(ORDERS))
WHOLE = ANSWERS[ANSWERS.question == ""].assign(quarter=lambda df: pd.PeriodIndex(df.day, freq="Q"))
WORDS = {
    Difference.NONE: "geen aantoonbaar verschil",
    Difference.RISEN: "gestegen",
    Difference.FALLEN: "gedaald",
}


def made(folder, survey, orders=None):
    con, given = duckdb.connect(), {}
    for name, text in (("enquete", survey), *([("transacties", orders)] if orders else [])):
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
        given[name] = read_table(folder / f"{name}.csv", tables()[name], today=NOW.date(), con=con)
    return package_of("nps-onderzoek", given, now=NOW)


def orders_csv():
    return "klant;datum;bedrag\n" + "\n".join(
        f"{one.customer};{one.day:%d-%m-%Y};{one.amount:.2f}".replace(".", ",") for one in ORDERS
    )


@pytest.fixture(scope="module")
def example(tmp_path_factory):
    return made(
        tmp_path_factory.mktemp("enquete"), survey_csv(sample_answers(ORDERS)), orders_csv()
    ).to_bytes()


def chosen(data, **cells):
    package = Package.from_bytes(data)
    package.edit(cells=cells, then=refill)
    return Looked("nps-onderzoek", package.shown())


def of_quarter(name):
    return WHOLE[WHOLE.quarter == pd.Period(name.replace(" K", "Q"))].score.to_numpy(dtype=float)


@pytest.mark.parametrize(("now", "before"), [
    ("2026 K3", "2025 K3"), ("2026 K1", "2026 K2"), ("2026 K4", "2025 K4"),
])  # fmt: skip
def test_chosen_quarters_are_compared_as_the_kernel_compares_them(example, now, before):
    book = chosen(example, kw_meting_nu=now, kw_meting_vorig=before)
    first, second = of_quarter(before), of_quarter(now)
    row = change_of(scored(first, Measure.NPS, 10), scored(second, Measure.NPS, 10), 0.95)
    assert (book["ku_ervoor"], book["ku_laatst"]) == (pytest.approx(row[0]), pytest.approx(row[1]))
    assert book["ku_oordeel"] == WORDS[Difference(int(row[-1]))]
    points = [np.select([one >= 9, one <= 6], [100.0, -100.0], 0.0) for one in (first, second)]
    spread = np.sqrt(np.mean([one.var() for one in points]))
    assert book["ku_nodig"] == sample_size_of_change(np.array(abs(row[2])), spread=np.array(spread))
    said = book.messages()[0]
    assert f"({before})" in said
    assert f"({now})" in said
    asked = f"Zekerheid vraagt {book['ku_nodig']:,.0f} antwoorden".replace(",", ".")
    assert (asked in said) == (book["ku_oordeel"] == WORDS[Difference.NONE])


def test_nothing_chosen_is_the_last_quarter_and_the_one_before(example):
    book = chosen(example, kw_meting_nu=None, kw_meting_vorig=None)
    assert (book["ku_kwartaal"], book["ku_vorigkwartaal"]) == ("2026 K4", "2026 K3")
    book = chosen(example, kw_meting_nu="2026 K1")
    assert (book["ku_kwartaal"], book["ku_vorigkwartaal"]) == ("2026 K1", "2025 K4")
    book = chosen(example, kw_meting_nu="2025 K2")
    assert book.messages()[0].startswith("NPS in 2025 K2: ")
    assert book.errors() == []


@pytest.mark.parametrize("typed", ["2031 K1", 12.5, "kwartaal"])
def test_a_quarter_that_is_none_is_asked_again(example, typed):
    book = chosen(example, kw_meting_nu=typed)
    assert book.messages()[0] == "Kies hierboven een kwartaal uit de lijst."
    assert book.errors() == []


def test_under_the_least_number_of_answers_nothing_is_judged_and_no_group_is_drawn(example):
    book = chosen(example, kw_min_antwoorden=85)
    assert "Van minder dan 85 antwoorden per meting is er geen oordeel." in book.messages()[0]
    counts = WHOLE.groupby("channel").score.count()
    names = [name.partition(" (")[0] for name in book.column("groepen", "groep") if name]
    assert set(names) == set(counts[counts >= 85].index)


def test_groups_are_in_order_with_their_parts(example):
    book = chosen(example, kw_min_antwoorden=5)
    wanted = WHOLE.groupby("channel").score.agg(
        hoog=lambda s: (s >= 9).mean(), laag=lambda s: (s <= 6).mean(), n="count"
    )
    wanted = wanted.assign(nps=lambda df: df.hoog - df.laag).sort_values("nps", ascending=False)
    assert [one.partition(":")[0] for one in book.column("groepen", "groep") if one] == [
        f"{name} ({row.n:.0f})" for name, row in wanted.iterrows()
    ]
    for column in ("hoog", "laag"):
        shown = [one for one in book.column("groepen", column) if isinstance(one, float)]
        assert shown == pytest.approx(list(wanted[column]))


def test_who_bought_again_is_counted_as_pandas_does(example):
    orders = pd.DataFrame(ORDERS)
    day = pd.Timestamp(NOW.date())
    said = ANSWERS.assign(day=pd.to_datetime(ANSWERS.day))
    said = said[said.day <= day - pd.Timedelta(days=90)].groupby("customer").day.max()
    orders = orders.assign(day=pd.to_datetime(orders.day))
    known = set(orders[orders.day <= day].customer)
    again = []
    for customer, when in said.items():
        if customer in known:
            own = orders[(orders.customer == customer) & (orders.amount > 0)]
            again.append(bool(((own.day > when) & (own.day <= when + pd.Timedelta(days=90))).any()))
    book = Package.from_bytes(example).read_names("kw_")
    assert book["kw_opnieuw_klanten"] == len(again)
    low, high = wilson(float(sum(again)), float(len(again)))
    found = [book[f"kw_opnieuw_{part}"] for part in ("deel", "laag", "hoog")]
    assert found == pytest.approx([sum(again) / len(again), low, high])


@pytest.mark.parametrize(("questions", "csat", "asked"), [
    ({"": "5545", "Prijs": "1"}, 1.0, None),  # of the question on the whole
    ({"Prijs": "5445", "Tevredenheid": "5511"}, 0.5, None),  # of the one that is called so
    ({"Prijs": "5551"}, 0.75, "Prijs"),  # of the only one
    ({"Prijs": "5551", "Levering": "1111"}, None, None),  # of several there is none
])  # fmt: skip
def test_a_measure_is_of_the_question_that_asks_for_it(tmp_path, questions, csat, asked):
    rows = [
        f"1-{9 + n % 2}-2026;{question};{score};1 t/m 5"
        for question, scores in questions.items()
        for n, score in enumerate(scores)
    ]
    package = made(tmp_path, "datum;vraag;score;schaal\n" + "\n".join(rows))
    names = package.read_names("kw_")
    assert (names["kw_maat_csat"], names["kw_maat_csat_vraag"]) == (csat, asked)
    if csat is None:
        assert Looked("nps-onderzoek", package.shown()).card("Tevredenheid: CSAT") == (
            "0% – 75%",
            "2 vragen; laagst Levering",
        )


def test_who_was_called_stays_with_the_customer(tmp_path):
    path = tmp_path / "onderzoek.xlsx"
    rows = ["1-11-2026;a;5", "2-11-2026;b;0", "4-11-2026;d;10"]
    bought = "klant;datum;bedrag\na;1-10-2026;50\nb;1-10-2026;10\nb;2-10-2026;15\n"
    package = made(tmp_path, "datum;klant;score\n" + "\n".join(rows), bought)
    table = package.read_table("tblBellen")
    assert table.headers[-2:] == ("kocht", "gebeld")
    assert [(row[0], row[-2]) for row in table.rows] == [("a", 50), ("b", 25)]
    package.save(path, backup=False)
    book = openpyxl.load_workbook(path)
    area = book["Bellen"].tables["tblBellen"].ref
    last = openpyxl.utils.cell.coordinate_from_string(area.split(":")[1])[0]
    top = openpyxl.utils.cell.coordinate_from_string(area.split(":")[0])[1]
    book["Bellen"][f"{last}{top + 1}"] = "ja"
    book.save(path)
    more = "datum;klant;score\n" + "\n".join([*rows, "5-11-2026;c;2"])
    orders = bought + "c;3-10-2026;900\n"
    con = duckdb.connect()
    given = {}
    for name, text in (("enquete", more), ("transacties", orders)):
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
        given[name] = read_table(tmp_path / f"{name}.csv", tables()[name], today=NOW.date(), con=con)
    refresh_file(path, now=NOW, tables=given, backup=False)
    held = {row[0]: row[-1] for row in Package.open(path).read_table("tblBellen").rows}
    assert held == {"c": None, "a": "ja", "b": None}


def test_a_survey_with_one_question_that_has_a_name_is_drawn_and_called_as_any(tmp_path):
    asked = "Hoe waarschijnlijk is het dat u ons aanbeveelt?"
    rows = [f"{1 + n % 28}-{8 + n % 3}-2026;k{n};{asked};{n % 11};{'AB'[n % 2]}" for n in range(66)]
    bought = "klant;datum;bedrag\n" + "\n".join(f"k{n};1-7-2026;{10 + n}" for n in range(66))
    package = made(tmp_path, "datum;klant;vraag;score;segment\n" + "\n".join(rows), bought)
    book = Looked("nps-onderzoek", package.shown())
    assert book.messages()[0].startswith("NPS ")
    assert f"66 antwoorden op “{asked[:39]}" in book.messages()[1]
    assert sum(one for one in book.column("verdeling", "antwoorden") if isinstance(one, float)) == 66
    assert len([one for one in book.column("groepen", "groep") if one]) == 2
    called = [row[0] for row in package.read_table("tblBellen").rows]
    bad = [
        n for n in range(66) if n % 11 <= 6 and dt.date(2026, 8 + n % 3, 1 + n % 28) >= dt.date(2026, 8, 29)
    ]
    assert called == [f"k{n}" for n in sorted(bad, reverse=True)]
    assert sum(row[1] for row in package.read_table("tblWaardeNaastScore").rows) == 66
    assert book.errors() == []
