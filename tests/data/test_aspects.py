"""Questions that stand beside one another in a survey: which columns are answers, and a row for each of them."""

import datetime as dt
import sqlite3

import duckdb
import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from klantwaarde_xl.cli.commands import main
from klantwaarde_xl.data.analyse import analyse
from klantwaarde_xl.data.declared_tables import ENQUETE
from klantwaarde_xl.data.reading.cells.columns import Reading
from klantwaarde_xl.data.reading.files import read_table, table_from_cells
from klantwaarde_xl.data.reading.surveys.aspects import Held, held, is_overall
from klantwaarde_xl.errors import Ambiguous, ColumnsMissing, UsageError

TODAY = dt.date(2026, 11, 27)
DAY = dt.date(2026, 2, 1)
HEADERS = ["Datum", "Klantnr", "NPS", "Service", "Prijs", "Leeftijd"]
ROWS = [["2026-02-01", "a", 9, 4, 5, 8], ["2026-02-01", "b", 0, 5, None, 9]]
FIVE = Reading(scale="1-5")
READ = [
    (DAY, 9, "0 t/m 10", None, "a"),
    (DAY, 4, "1 t/m 5", "Service", "a"),
    (DAY, 5, "1 t/m 5", "Prijs", "a"),
    (DAY, 0, "0 t/m 10", None, "b"),
    (DAY, 5, "1 t/m 5", "Service", "b"),
    (DAY, None, "1 t/m 5", "Prijs", "b"),
]


def cells(headers, *rows, **options):
    reading = Reading(**options)
    return table_from_cells(ENQUETE, headers, rows, source="Blad", today=TODAY, reading=reading)


def said(checked, about):
    return [one.text for one in checked.quality.said if one.about == about]


def in_csv(folder, headers, rows):
    lines = [";".join("" if cell is None else str(cell) for cell in row) for row in [headers, *rows]]
    (folder / "e.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder / "e.csv"


def in_workbook(folder, headers, rows):
    book = openpyxl.Workbook()
    for row in [headers, *rows]:
        book.active.append(row)
    book.save(folder / "e.xlsx")
    return folder / "e.xlsx"


def in_parquet(folder, headers, rows):
    con, types = duckdb.connect(), {str: "varchar", int: "integer", float: "double"}
    columns = ", ".join(f'"{h}" {types[type(cell)]}' for h, cell in zip(headers, rows[0], strict=True))
    con.execute(f"create table t ({columns})")
    con.executemany(f"insert into t values ({', '.join('?' for _ in headers)})", rows)
    con.execute(f"copy t to '{folder / 'e.parquet'}' (format parquet)")
    return folder / "e.parquet"


def in_sqlite(folder, headers, rows):
    with sqlite3.connect(folder / "e.sqlite") as con:
        con.execute("create table t (" + ", ".join(f'"{header}"' for header in headers) + ")")
        con.executemany(f"insert into t values ({', '.join('?' for _ in headers)})", rows)
    con.close()
    return folder / "e.sqlite"


EVERYWHERE = pytest.mark.parametrize("write", [in_csv, in_workbook, in_parquet, in_sqlite])


@EVERYWHERE
def test_each_answer_gets_a_row_and_the_overall_score_stands_apart(tmp_path, write):
    got = read_table(write(tmp_path, HEADERS, ROWS), ENQUETE, today=TODAY, reading=FIVE)
    assert [row[:5] for row in got.rows()] == READ
    assert got.quality.headers == (("datum", "Datum"), ("score", "NPS"), ("klant", "Klantnr"))
    assert said(got, "aspecten") == [
        "'Service', 'Prijs', naast 'NPS' als oordeel over het geheel: 2 rijen, elk antwoord op een eigen rij"
    ]
    assert (got.quality.rows_read, got.quality.rows_kept) == (2, 2)


@EVERYWHERE
def test_a_survey_without_an_overall_score_is_read_by_its_aspects(tmp_path, write):
    rows = [["2026-02-01", 4, 5], ["2026-02-02", 3, 1]]
    path = write(tmp_path, ["Datum", "Service", "Prijs"], rows)
    got = read_table(path, ENQUETE, today=TODAY, reading=FIVE)
    assert [row[1:4:2] for row in got.rows()] == [(4, "Service"), (5, "Prijs"), (3, "Service"), (1, "Prijs")]


def test_a_sheet_without_our_headers_is_read_so_too():
    assert [row[:5] for row in cells(HEADERS, *ROWS, scale="1-5").rows()] == READ


def test_what_stands_beside_our_own_columns_in_our_own_sheet_is_the_users():
    got = cells(["score", "Service", "Kwartaal"], [9, 4, 1], [0, 4, 2])
    assert [row[1:4] for row in got.rows()] == [(9, "0 t/m 10", None), (0, "0 t/m 10", None)]


@pytest.mark.parametrize("write", [in_csv, in_workbook])
def test_a_title_stands_above_and_a_heading_over_the_aspects(tmp_path, write):
    rows = [["2026-02-01", 4, 5], ["2026-02-02", 3, 1]]
    path = write(
        tmp_path,
        ["Klantonderzoek voorjaar", "", ""],
        [["", "", ""], ["", "Wat vond u van", ""], ["Datum", "Service", "Prijs"], *rows],
    )
    got = read_table(path, ENQUETE, today=TODAY, reading=FIVE)
    assert [row[3] for row in got.rows()] == ["Service", "Prijs"] * 2


def test_the_two_headers_of_surveymonkey_make_one(tmp_path):
    headers = ["Respondent ID", "End Date", "Hoe tevreden bent u over", ""]
    rows = [["", "", "Service", "Prijs"], [11, "2026-02-01", 4, 5], [12, "2026-02-01", 3, 1]]
    got = read_table(in_csv(tmp_path, headers, rows), ENQUETE, today=TODAY, reading=FIVE)
    assert [(row[0], row[1], row[3]) for row in got.rows()][:2] == [
        (DAY, 4, "Hoe tevreden bent u over Service"),
        (DAY, 5, "Prijs"),
    ]


# ── never a guess ───────────────────────────────────────────────────────────────────────────

SMALL = {"1": 2, "4": 3, "5": 2}


@pytest.mark.parametrize(
    "header",
    [
        *("Service", "Prijs", "Levering (1-5)", "Prijs-kwaliteit", "Score kassa", "Cijfer levertijd", "CSAT"),
        *("Hoe tevreden bent u over de levertijd?", "Wat vond u van de kassa?", "Stelling 3 [eens/oneens]"),
        "Hoe tevreden bent u over het aantal producten?",
    ],
)
def test_a_head_that_says_so_is_of_answers(header):
    assert held(header, SMALL) is Held.ANSWERS
    assert held(header, {**SMALL, "Jan": 1}) is Held.ANSWERS  # and this one is a problem of its row
    assert held(header, {"Jan": 2, "4": 1}) is Held.OTHER


@pytest.mark.parametrize(
    "header",
    [
        *("Leeftijd", "Aantal personen", "Hoeveel personen telt uw huishouden?", "Kinderen", "customer_id"),
        *("Hoe vaak koopt u bij ons?", "Hoe lang bent u klant?", "Geslacht", "Meting", "Kwartaal", "Jaar"),
    ],
)
def test_a_head_that_says_so_is_of_something_else(header):
    assert held(header, SMALL) is Held.OTHER


@pytest.mark.parametrize("header", ["Kassa", "Filiaal", "Levertijd", "Wachttijd", "Medewerkers", "Q3"])
def test_small_numbers_under_another_head_can_be_anything(header):
    assert held(header, SMALL) is Held.UNSURE
    assert held(header, {**SMALL, "37": 1}) is Held.OTHER
    assert held(header, {"0": 2, "1": 3}) is Held.OTHER  # no and yes
    assert held(header, {"zeer tevreden": 2, "ontevreden": 3}) is Held.ANSWERS


@pytest.mark.slow
def test_a_column_that_may_be_an_aspect_is_asked_about_and_each_answer_works():
    headers, rows = ["NPS", "Service", "Kassa"], [[9, 4, 3], [0, 5, 2]]
    with pytest.raises(Ambiguous, match=r"'Kassa' \(2 t/m 3\)") as error:
        cells(headers, *rows, scale="1-5")
    assert '--aspecten "Service,Kassa"' in error.value.remedy
    assert "--aspecten -" in error.value.remedy

    def asked(*aspects):
        return [row[3] for row in cells(headers, *rows, scale="1-5", aspects=aspects).rows()][:3]

    assert asked("Service,Kassa") == [None, "Service", "Kassa"]
    assert asked("Service", "Kassa") == [None, "Service", "Kassa"]
    assert asked("Service") == [None, "Service", None]
    assert [row[3] for row in cells(headers, *rows, aspects=("-",)).rows()] == [None, None]
    assert asked("NPS", "Kassa") == ["NPS", "Kassa", "NPS"]


def test_a_head_with_a_comma_is_named_by_itself():
    headers = ["NPS", "Kassa, links", "Service"]
    with pytest.raises(Ambiguous) as error:
        cells(headers, [9, 4, 3], [0, 1, 1])
    assert '--aspecten "Kassa, links" --aspecten "Service"' in error.value.remedy
    got = cells(headers, [9, 4, 3], [0, 1, 1], scale="1-5", aspects=("Kassa, links", "Service"))
    assert [row[3] for row in got.rows()][:3] == [None, "Kassa, links", "Service"]


def test_an_aspect_that_is_not_there_is_refused_with_those_that_are():
    with pytest.raises(UsageError, match="'Levering'") as error:
        cells(["NPS", "Service"], [9, 4], [0, 5], aspects=("Service,Levering",))
    assert "'Service'" in error.value.remedy


def test_rows_are_no_header_because_small_numbers_stand_below_them(tmp_path):
    rows = [["1-2-2026", "a", 9, 1], ["1-2-2026", "b", 8, 2], ["1-2-2026", "c", 7, 2]]
    with pytest.raises(ColumnsMissing, match="'Omzet'"):
        read_table(in_csv(tmp_path, ["Datum", "Klant", "Omzet", "Aantal orders"], rows), ENQUETE, today=TODAY)


def test_ages_and_numbers_alone_are_no_survey():
    with pytest.raises(ColumnsMissing):
        cells(["Naam", "Leeftijd", "Kinderen"], ["Jan", 9, 2])


def test_a_long_list_has_its_questions_in_a_column_and_no_aspects():
    got = cells(["vraag", "antwoord", "Service"], ["prijs (1-5)", 4, 3], ["prijs (1-5)", 5, 3])
    assert [row[3] for row in got.rows()] == ["prijs (1-5)"] * 2
    with pytest.raises(UsageError, match="al op een eigen rij"):
        cells(["vraag", "antwoord", "Service"], ["prijs (1-5)", 4, 3], aspects=("Service",))


# ── which is the overall score, and on which scale ──────────────────────────────────────────


@pytest.mark.parametrize(
    ("headers", "overall"),
    [
        (["Hoe tevreden bent u over de prijs?", "Hoe tevreden bent u over de levering?"], None),
        (["Hoe tevreden bent u over de prijs?", "Hoe tevreden bent u in het algemeen?"], 1),
        (["Service", "Hoe waarschijnlijk is het dat u ons aanbeveelt?"], 1),
        (["Service", "Welk cijfer geeft u ons?"], 1),
        (["Wat vond u van de kassa?", "Prijs"], None),
        (["CSAT", "NPS"], 1),
        (["Service", "Eindoordeel"], 1),
    ],
)
def test_the_overall_score_is_the_one_about_everything(headers, overall):
    rows = cells(headers, [4, 5], [2, 1], scale="1-5").rows()[:2]
    named = {row[3]: row[1] for row in rows}
    answers = dict(zip(headers, [4, 5], strict=True))
    assert named == {
        (None if at == overall else header): answers[header] for at, header in enumerate(headers)
    }


def test_every_question_that_is_about_everything_says_so():
    assert is_overall("Hoe waarschijnlijk is het dat u ons aanbeveelt?")
    assert not is_overall("Hoe tevreden bent u over de prijs?")


def test_a_scale_that_the_user_names_is_not_for_questions_that_tell_theirs():
    rows = [[9, 4, "5/7", "zeer tevreden"], [8, 5, "1/7", "neutraal"], [10, 1, "6/7", "ontevreden"]]
    got = cells(["Cijfer", "Service", "Prijs", "Levering"], *rows, scale="1-5")
    assert [row[2] for row in got.rows()][:4] == ["1 t/m 10", "1 t/m 5", "1 t/m 7", "1 t/m 5"]


@pytest.mark.slow
def test_a_question_that_nobody_gave_the_highest_has_the_scale_of_those_beside_it():
    rows = [[5, 4], [1, 3], [3, 2]] * 7
    got = cells(["Service", "Prijs"], *rows)
    assert {row[2] for row in got.rows()} == {"1 t/m 5"}
    assert "'Prijs': 1 t/m 5 (zoals de vragen ernaast)" in said(got, "schaal")
    with pytest.raises(Ambiguous, match="Op welke schaal is 'Service'"):
        cells(["Service", "Prijs"], [4, 4], [3, 3])


def test_an_answer_off_its_scale_is_a_problem_of_its_own_column():
    got = cells(["NPS", "Service (1-5)"], [9, 4], [0, 6], [8, 5], [8, 1], [8, 1])
    assert [str(one) for one in got.quality.problems] == [
        "rij 3, kolom Service (1-5): dit is geen score op de schaal van deze vraag ('6')"
    ]
    assert len(got.rows()) == 8


# ── what follows ────────────────────────────────────────────────────────────────────────────


def test_results_are_given_per_aspect_and_the_figures_are_of_the_overall_score():
    made = analyse(cells(HEADERS, *ROWS, scale="1-5"), None, ["enqueteuitkomst", "antwoorden"], today=TODAY)
    rows = {row[0]: row for row in made["enqueteuitkomst"].rows}
    assert (rows["Service"][4], rows["Service"][6], rows["Service"][8]) == (2, 4.5, 1.0)
    assert (rows["Prijs"][4], rows["Prijs"][5]) == (1, 1)
    assert made.figures["enquete_nps"] == 0
    assert made.figures["enquete_antwoorden"] == 2


def test_a_comment_and_a_day_to_come_count_once():
    headers = ["Datum", "NPS", "Service", "Opmerking"]
    got = cells(headers, ["2026-12-01", 9, 4, "fijn"], ["2026-02-01", 0, 5, ""], scale="1-5")
    assert [row[7] for row in got.rows()] == ["fijn", None, None, None]
    assert got.quality.notes == ("1 rij met een datum in de toekomst",)


def test_aspects_called_as_our_columns_or_as_each_other_keep_apart():
    got = cells(["Score service", "Prijs", "Prijs", "Schaal (1-5)"], [4, 5, 3, 2], scale="1-5")
    assert [row[3] for row in got.rows()] == ["Score service", "Prijs", "Prijs (2)"]


@pytest.mark.slow
@settings(max_examples=10)
@given(
    st.lists(
        st.lists(st.none() | st.integers(1, 5), min_size=4, max_size=4).filter(any), min_size=1, max_size=6
    ).filter(lambda rows: all(any(row[at] for row in rows) for at in range(4)))
)
def test_no_answer_is_lost_or_made(rows):
    names = ["Service", "Prijs", "Levering", "Kwaliteit"]
    got = cells(names, *rows, scale="1-5").rows()
    assert [row[1] for row in got] == [cell for row in rows for cell in row]
    assert [row[3] for row in got] == names * len(rows)


@pytest.mark.slow
def test_the_recipe_keeps_the_aspects_and_a_new_question_is_noted(tmp_path, capsys):
    path, recipe = in_csv(tmp_path, ["NPS", "Service", "Kassa"], [[9, 4, 3], [0, 5, 2]]), tmp_path / "r.json"
    words = ["controleer", "--tabel", "enquete", str(path), "--recept", str(recipe)]
    assert main(words) != 0
    assert "--aspecten" in capsys.readouterr().err
    assert main([*words, "--aspecten", "Service", "--schaal", "1-5"]) == 0
    capsys.readouterr()
    assert main(words) == 0
    assert "Sinds de vorige keer" not in capsys.readouterr().out
    in_csv(tmp_path, ["NPS", "Service", "Kassa", "Prijs"], [[9, 4, 3, 1], [0, 5, 2, 1]])
    assert main(words) == 0
    assert "Sinds de vorige keer: kolom 'Prijs' kan ook een vraag" in capsys.readouterr().out
    in_csv(tmp_path, ["NPS", "Kassa"], [[9, 4], [0, 5]])
    assert main(words) != 0
    assert "Er is geen kolom 'Service' om als aspect te lezen" in capsys.readouterr().err


# ── a question known by its answers, wherever it comes from ─────────────────────────────────


@EVERYWHERE
def test_a_question_that_nobody_knows_is_known_by_its_answers(tmp_path, write):
    rows = [["2026-02-01", 0], ["2026-02-01", 10], ["2026-02-01", 7]]
    got = read_table(
        write(tmp_path, ["Tijdstempel", "Bevalt het bij ons in de winkel?"], rows), ENQUETE, today=TODAY
    )
    assert [row[1] for row in got.rows()] == [0, 10, 7]
    assert "om de antwoorden eronder" in said(got, "score")[0]


@EVERYWHERE
def test_a_number_of_persons_is_no_answer_however_long_its_question(tmp_path, write):
    rows = [["2026-02-01", 4], ["2026-02-01", 2], ["2026-02-01", 1]]
    path = write(tmp_path, ["Tijdstempel", "Hoeveel personen telt uw huishouden?"], rows)
    with pytest.raises(ColumnsMissing, match="Nodig: score"):
        read_table(path, ENQUETE, today=TODAY)


@EVERYWHERE
def test_two_questions_that_nobody_knows_are_asked_about(tmp_path, write):
    headers = ["Tijdstempel", "Bevalt het bij ons in de winkel?", "Komt u nog eens langs dit jaar of later?"]
    path = write(tmp_path, headers, [["2026-02-01", 4, 5]] * 3)
    with pytest.raises(Ambiguous, match="Bevalt het bij ons"):
        read_table(path, ENQUETE, today=TODAY)


def test_a_table_without_any_answer_is_refused_after_as_before_its_rows_are_fetched(tmp_path):
    path = in_parquet(tmp_path, ["datum", "omschrijving"], [["2026-02-01", "x"]])
    with pytest.raises(ColumnsMissing, match="Nodig: score"):
        read_table(path, ENQUETE, today=TODAY)


def test_the_advice_on_a_scale_names_the_question_where_those_beside_it_show_theirs(tmp_path, capsys):
    lines = [f"{1 + at}-3-2024;{1 + at % 10};{1 + at % 5};{5 - at % 5}" for at in range(20)]
    path = tmp_path / "enquete.csv"
    path.write_text("\n".join(["Datum;Score;Levering;Prijs", *lines]), encoding="utf-8")
    words = ["controleer", "--tabel", "enquete", str(path)]
    assert main(words) == 3
    assert '--schaal "Score=0-10"' in capsys.readouterr().err
    assert main([*words, "--schaal", "Score=0-10"]) == 0
    told = capsys.readouterr().out
    assert "'Levering': 1 t/m 5" in told
    assert "'Prijs': 1 t/m 5" in told
