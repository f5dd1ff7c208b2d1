"""Goals stand by month, quarter, half year and year; those that hold one another are asked about."""

import datetime as dt
import sqlite3

import duckdb
import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from klantwaarde_xl.cli.commands import main
from klantwaarde_xl.data.declared_tables import DOELEN
from klantwaarde_xl.data.reading.cells.columns import Reading
from klantwaarde_xl.data.reading.cells.terms import TERMS, Period, period_in, term_named
from klantwaarde_xl.data.reading.files import read_table, table_from_cells
from klantwaarde_xl.data.tables import COSTS
from klantwaarde_xl.errors import Ambiguous

TODAY = dt.date(2026, 11, 27)
HEADERS = ["kpi", "periode", "target"]
MIXED = [["omzet", "2026-03", 100], ["omzet", "Q2 2026", 300], ["NPS", "2026", 30], ["NPS", "2027", 35]]
READ = [
    ("omzet", dt.date(2026, 3, 1), 100, "maand"),
    ("omzet", dt.date(2026, 4, 1), 300, "kwartaal"),
    ("NPS", dt.date(2026, 1, 1), 30, "jaar"),
    ("NPS", dt.date(2027, 1, 1), 35, "jaar"),
]
FULL = [(*row, None, None) for row in READ]  # which side is good, and the room, are not said


def cells(headers, *rows, table=DOELEN, **options):
    return table_from_cells(table, headers, rows, source="Blad", today=TODAY, **options)


def periods(*texts, headers=("kpi", "periode", "target")):
    read = cells(headers, *[[f"k{at}", text, 1] for at, text in enumerate(texts)])
    assert read.quality.problems == ()
    return [(row[1], row[3]) for row in read.rows()]


# ── what a text names ───────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "text",
    [
        *("2026-Q1", "2026 Q1", "2026Q1", "Q1 2026", "Q1-2026", "q1 '26", "1Q26", "K1 2026", "2026KW01"),
        *("1e kwartaal 2026", "eerste kwartaal van 2026", "kwartaal 1, 2026", "1st quarter 2026"),
    ],
)
def test_a_quarter_is_known_as_people_write_it(text):
    assert period_in(text) == Period(dt.date(2026, 1, 1), "kwartaal")


@pytest.mark.parametrize("text", ["2026", "jaar 2026", "heel 2026", "2026 (jaar)", "2026JJ00", "2026.0"])
def test_a_year_is_known_as_people_write_it(text):
    assert period_in(text) == Period(dt.date(2026, 1, 1), "jaar")


@pytest.mark.parametrize("text", ["H2 2026", "2026-H2", "2e halfjaar 2026", "tweede helft 2026"])
def test_half_a_year_is_known_as_people_write_it(text):
    assert period_in(text) == Period(dt.date(2026, 7, 1), "halfjaar")


@pytest.mark.parametrize(
    "text",
    ["2026-1", "1 2026", "Q5 2026", "H3 2026", "kw1 2026", "Totaal 2026", "202601", "voorjaar 2026", ""],
)
def test_what_is_a_month_a_week_or_nothing_is_no_period(text):
    assert period_in(text) is None


@given(st.sampled_from(sorted(set(TERMS) - {"maand"})), st.integers(1980, 2079), st.integers(0, 11))
def test_a_period_is_read_back_from_its_own_words(term, year, month):
    period = Period(dt.date(year, month // TERMS[term] * TERMS[term] + 1, 1), term)
    assert period_in(str(period)) == period
    assert term_named(f"per {term}") == term


# ── in a table ──────────────────────────────────────────────────────────────────────────────


@pytest.mark.slow
def test_months_quarters_and_years_stand_beside_each_other_in_every_source(tmp_path):
    (tmp_path / "d.csv").write_text(
        "\n".join(";".join(map(str, row)) for row in [HEADERS, *MIXED]), encoding="utf-8"
    )
    book = openpyxl.Workbook()
    for row in [HEADERS, *MIXED]:
        book.active.append(row)
    book.active.cell(4, 2).value = 2026  # a year that is typed is a number
    book.save(tmp_path / "d.xlsx")
    con = duckdb.connect()
    con.execute("create table t (kpi varchar, periode varchar, target double)")
    con.executemany("insert into t values (?, ?, ?)", MIXED)
    con.execute(f"copy t to '{tmp_path / 'd.parquet'}' (format parquet)")
    with sqlite3.connect(tmp_path / "d.sqlite") as lite:
        lite.execute("create table t (kpi text, periode text, target real)")
        lite.executemany("insert into t values (?, ?, ?)", MIXED)
    lite.close()
    for name in ("d.csv", "d.xlsx", "d.parquet", "d.sqlite"):
        assert read_table(tmp_path / name, DOELEN, today=TODAY).rows() == FULL
    assert cells(HEADERS, *MIXED).rows() == FULL


def test_a_parquet_file_with_years_as_numbers_is_read(tmp_path):
    path = tmp_path / "d.parquet"
    duckdb.connect().execute(
        f"copy (select 'NPS' as kpi, 2026 as jaar, 30 as doel) to '{path}' (format parquet)"
    )
    assert read_table(path, DOELEN, today=TODAY).rows() == [
        ("NPS", dt.date(2026, 1, 1), 30, "jaar", None, None)
    ]


def test_what_was_read_is_read_again_from_our_own_sheet():
    assert cells(DOELEN.headers, *FULL).rows() == FULL


def test_targets_lie_years_ahead():
    assert periods("2031", "Q3 2029", "mei 2030") == [
        (dt.date(2031, 1, 1), "jaar"),
        (dt.date(2029, 7, 1), "kwartaal"),
        (dt.date(2030, 5, 1), "maand"),
    ]


def test_a_date_is_its_month_and_no_period_is_always():
    assert periods("31-12-2026", "") == [(dt.date(2026, 12, 1), "maand"), (None, None)]


@pytest.mark.parametrize("text", ["Q5 2026", "voorjaar 2026"])
def test_what_is_no_period_is_refused_with_its_row(text):
    problems = cells(HEADERS, ["NPS", "2026", 1], ["NPS", text, 1]).quality.problems
    assert [(one.row, one.text) for one in problems] == [(3, text)]


@pytest.mark.parametrize(
    ("headers", "shown", "read"),
    [
        (["jaar", "kwartaal"], [2026, 2], (dt.date(2026, 4, 1), "kwartaal")),
        (["Year", "Quarter"], ["2026", "Q2"], (dt.date(2026, 4, 1), "kwartaal")),
        (["jaar", "maand"], [2026, 2], (dt.date(2026, 2, 1), "maand")),
        (["jaar", "maand"], ["2026", "februari"], (dt.date(2026, 2, 1), "maand")),
        (["jaar", "maand"], ["2026", ""], (dt.date(2026, 1, 1), "jaar")),
        (["jaar", "maand"], ["2026", "2026-02"], (dt.date(2026, 2, 1), "maand")),
    ],
)
def test_a_year_of_its_own_is_put_with_its_period(headers, shown, read):
    row = cells([*headers, "kpi", "doel"], [*shown, "NPS", 1]).rows()[0]
    assert (row[1], row[3]) == read


def test_costs_have_a_year_of_their_own_too_and_no_quarters():
    headers = ["Jaar", "Maand", "Kanaal", "Kosten"]
    rows = [[2026, 3, "Ads", 10], [2026, "april", "Ads", 10], [2026, "Q1", "Ads", 10]]
    got = cells(headers, *rows, table=COSTS)
    assert [row[0] for row in got.rows()] == [dt.date(2026, 3, 1), dt.date(2026, 4, 1)]
    assert [(one.row, one.text) for one in got.quality.problems] == [(4, "Q1")]


# ── what overlaps ───────────────────────────────────────────────────────────────────────────

BOTH = [["omzet", "2026-02", 1], ["omzet", "Q1 2026", 4], ["omzet", "Q2 2026", 5], ["NPS", "2026", 30]]


def test_a_month_and_its_quarter_are_a_question_whose_answers_work():
    with pytest.raises(Ambiguous, match="februari 2026 en 1e kwartaal 2026") as error:
        cells(HEADERS, *BOTH)
    assert "--termijn maand of --termijn kwartaal" in error.value.remedy
    months = cells(HEADERS, *BOTH, reading=Reading(terms=("maand",)))
    assert [row[2] for row in months.rows()] == [1, 5, 30]
    assert [str(one) for one in months.quality.left_out] == [
        "1 rij: een ander doel per maand gaat voor (--termijn)"
    ]
    quarters = cells(HEADERS, *BOTH, reading=Reading(terms=("kwartaal",)))
    assert [row[2] for row in quarters.rows()] == [4, 5, 30]


def test_what_still_overlaps_is_asked_next():
    rows = [*BOTH, ["NPS", "Q1 2026", 28]]
    with pytest.raises(Ambiguous, match="'NPS'") as error:
        cells(HEADERS, *rows, reading=Reading(terms=("maand",)))
    assert "--termijn maand,kwartaal" in error.value.remedy
    got = cells(HEADERS, *rows, reading=Reading(terms=("maand", "kwartaal")))
    assert [row[2] for row in got.rows()] == [1, 5, 28]


@pytest.mark.slow
@settings(max_examples=15)
@given(st.lists(st.tuples(st.sampled_from(list(TERMS)), st.integers(0, 11)), min_size=1, max_size=8))
def test_no_two_goals_of_one_figure_are_over_the_same_time(drawn):
    rows = [
        ["omzet", str(Period(dt.date(2026, month // TERMS[term] * TERMS[term] + 1, 1), term)), 1]
        for term, month in drawn
    ]
    read = cells(HEADERS, *rows, reading=Reading(terms=tuple(TERMS))).rows()
    seen = {}
    for _, start, _, term, *_ in read:
        for month in range(start.month, start.month + TERMS[term]):
            assert seen.setdefault(month, term) == term


def test_goals_of_different_figures_do_not_overlap():
    assert len(cells(HEADERS, ["omzet", "2026-02", 1], ["NPS", "2026", 30]).rows()) == 2


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (["NPS", "2026-02", 1, "kwartaal"], "In februari 2026 begint geen kwartaal"),
        (["NPS", "Q1 2026", 1, "jaar"], "De termijn is hier jaar, en de periode 1e kwartaal 2026"),
        (["NPS", "2026-02", 1, "week"], "De termijn 'week' kennen wij niet"),
    ],
)
def test_a_term_that_does_not_fit_its_period_is_asked_about_with_its_row(row, message):
    with pytest.raises(Ambiguous, match=message) as error:
        cells([*HEADERS, "termijn"], row)
    assert "rij 2" in error.value.where


@pytest.mark.slow
def test_the_goal_that_counts_can_be_said_on_the_command_line(tmp_path, capsys):
    path = tmp_path / "d.csv"
    path.write_text("\n".join(";".join(map(str, row)) for row in [HEADERS, *BOTH]), encoding="utf-8")
    words = ["controleer", "--tabel", "doelen", str(path)]
    assert main(words) != 0
    assert "--termijn maand" in capsys.readouterr().err
    recipe = str(tmp_path / "r.json")
    assert main([*words, "--termijn", "kwartaal", "--recept", recipe]) == 0
    assert "een ander doel per kwartaal gaat voor" in capsys.readouterr().out
    assert main([*words, "--recept", recipe]) == 0
    assert main([*words, "--termijn", "week"]) != 0
    assert "--termijn week bestaat niet" in capsys.readouterr().err


def test_which_side_is_good_and_the_room_are_read_as_shares_and_words():
    headers = ["Kerncijfer", "Doel", "Beter", "Speling"]
    got = cells(headers, ["CAC", 18, "lager", "5%"], ["CLV", 70, "", 0.2])
    assert [row[4:] for row in got.rows()] == [("lager", 0.05), (None, 0.2)]
