"""A survey's answers are read on the scale of their question, and only what the scale carries is computed."""

import datetime as dt

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from klantwaarde_xl.cli.commands import main
from klantwaarde_xl.data.analyse import analyse
from klantwaarde_xl.data.declared_tables import ENQUETE
from klantwaarde_xl.data.reading.cells.columns import Reading
from klantwaarde_xl.data.reading.files import read_table, table_from_cells
from klantwaarde_xl.data.reading.surveys.answers import is_nothing, read_answer
from klantwaarde_xl.data.reading.surveys.scales import NAMES, SCALES, find_scale, scale_in
from klantwaarde_xl.data.settings import Settings
from klantwaarde_xl.errors import Ambiguous

TODAY = dt.date(2026, 11, 27)
NPS_QUESTION = "Hoe waarschijnlijk is het dat u ons aanbeveelt aan een vriend of collega?"


def cells(headers, *rows, **options):
    return table_from_cells(ENQUETE, headers, rows, source="Blad", today=TODAY, **options)


def scores(*answers, header="score", **options):
    return cells([header], *[[answer] for answer in answers], **options)


def result(checked, names=("enqueteuitkomst", "antwoorden"), settings_=None):
    return analyse(checked, settings_, names, today=TODAY)


# ── one answer ──────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "value", "top"),
    [
        ("7", 7, None),
        ("7,0", 7, None),
        ("7.0", 7, None),
        ("4/5", 4, 5),
        ("8 van de 10", 8, 10),
        ("★★★★☆", 4, 5),
        ("4 sterren", 4, None),
        ("10 - zeer waarschijnlijk", 10, None),
        ("1 (zeer ontevreden)", 1, None),
    ],
)
def test_an_answer_is_read_in_the_forms_that_survey_tools_write(text, value, top):
    answer = read_answer(text)
    assert (answer.value, answer.top) == (value, top)


@pytest.mark.parametrize("text", ["7,5", "-1", "blauw", "7 klachten", "2026-01-01", "zeer", "1e", "5 5"])
def test_what_is_no_answer_on_any_scale_is_refused(text):
    assert read_answer(text) is None


@pytest.mark.parametrize("text", ["", " ", "NA", "n.v.t.", "N/A", "-", "Niet van toepassing", "weet niet"])
def test_no_answer_is_known_as_such(text):
    assert is_nothing(text)


@pytest.mark.parametrize("text", ["0", "★", "neutraal", "nee", "zeer tevreden"])
def test_an_answer_is_not_taken_for_none(text):
    assert not is_nothing(text)


# ── the scale ───────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("header", "answers", "scale"),
    [
        ("score", [10, 0, 7], "0-10"),
        (NPS_QUESTION, [10, 9, 8], "0-10"),
        ("cijfer", [8, 7, 9], "1-10"),
        ("score", [1] * 10 + [10, 9], "1-10"),
        ("score", [5, 4, 1, 2] * 5, "1-5"),
        ("score", [7, 6, 1, 2] * 5, "1-7"),
        ("score (1-5)", [5, 4], "1-5"),
        ("Rating, 1 tot 7", [5, 4], "1-7"),
        ("score", ["★★★★☆", "★★★★★"], "1-5"),
        ("score", ["4/5", "3/5"], "1-5"),
        ("score", ["5 (zeer tevreden)", "3"], "1-5"),
        ("score", ["zeer tevreden", "neutraal", "ontevreden"], "1-5"),
        ("score", ["helemaal mee eens", "mee eens", "enigszins mee oneens"], "1-7"),
    ],
)
def test_the_scale_is_found_where_something_says_which_it_is(header, answers, scale):
    counted = [(read_answer(str(answer)), 1) for answer in answers]
    assert find_scale(header, counted).scale == NAMES[scale]


@pytest.mark.parametrize(
    ("header", "answers"),
    [
        ("score", [10, 9, 8]),  # nought, or one, as the lowest
        ("score", [5, 4, 3]),  # so few answers can all be low ones of ten
        ("score", [4, 3, 2, 1] * 20),
        ("score", [0, 1, 2, 5]),
        (NPS_QUESTION, [5, 4, 5, 3] * 20),  # the question says ten, the answers five
        (NPS_QUESTION, [1] * 10 + [9]),
        ("score", ["4 sterren", "3 sterren"]),
        ("score", ["8/10", "9/10"]),
        ("score", ["zeer tevreden", "tevreden", "ontevreden"]),  # with or without a middle
        ("score", ["zeer tevreden"]),
    ],
)
def test_a_scale_that_nothing_says_is_asked_for(header, answers):
    if header == "score":
        rows, headers = [[answer] for answer in answers], ["score"]
    else:
        rows, headers = [[header, answer] for answer in answers], ["vraag", "score"]
    with pytest.raises(Ambiguous) as error:
        cells(headers, *rows)
    choice = error.value.remedy.split("--schaal ")[1].rstrip(".").split(" ")[0]
    got = cells(headers, *rows, reading=Reading(scale=choice))  # the advice works when followed
    assert {row[2] for row in got.rows()} == {str(NAMES[choice])}
    assert got.quality.problems == ()


@pytest.mark.slow
def test_words_get_the_numbers_of_the_scale_that_the_user_names():
    words = ["zeer ontevreden", "ontevreden", "tevreden", "zeer tevreden"]
    four = scores(*words, reading=Reading(scale="1-4")).rows()
    five = scores(*words, reading=Reading(scale="1-5")).rows()
    assert [row[1] for row in four] == [1, 2, 3, 4]
    assert [row[1] for row in five] == [1, 2, 4, 5]


def test_a_number_whose_word_says_the_opposite_is_refused():
    got = scores("1 (zeer tevreden)", "5 (zeer tevreden)", reading=Reading(scale="1-5"))
    assert [problem.row for problem in got.quality.problems] == [2]


@pytest.mark.parametrize("scale", SCALES, ids=str)
def test_the_name_of_a_scale_says_that_scale(scale):
    assert scale_in(str(scale)) == scale
    assert scale_in(f"{scale.low}-{scale.high}") == scale


@settings(max_examples=20)
@given(st.lists(st.integers(0, 10), min_size=1, max_size=40))
def test_a_found_scale_holds_every_answer(answers):
    found = find_scale("score", [(read_answer(str(answer)), 1) for answer in answers])
    if found.scale is not None:
        assert found.scale.low <= min(answers)
        assert max(answers) <= found.scale.high


def test_an_answer_off_the_scale_is_a_problem_and_none_is_counted(tmp_path):
    (tmp_path / "e.csv").write_text("score (0-10);kanaal\n10;web\n11;web\nn.v.t.;web\n;web\nx;web\n")
    got = read_table(tmp_path / "e.csv", ENQUETE, today=TODAY, skip_refused=True)
    assert [(one.row, one.text) for one in got.quality.problems] == [(3, "11"), (6, "x")]
    assert [row[1] for row in got.rows()] == [10, None, None]
    assert "2 zonder antwoord" in str(got.quality.said[-1])


def test_each_question_of_a_long_list_has_its_own_scale():
    rows = [["levering (1-5)", 4], ["prijs", "★★★★☆"], [NPS_QUESTION, 9]]
    got = cells(["vraag", "score"], *rows)
    assert [row[2] for row in got.rows()] == ["1 t/m 5", "1 t/m 5", "0 t/m 10"]


def test_a_scale_in_a_column_holds_for_the_question():
    got = cells(["score", "schaal"], [5, "1 t/m 5"], [4, ""])
    assert [row[2] for row in got.rows()] == ["1 t/m 5", "1 t/m 5"]
    with pytest.raises(Ambiguous, match="'1-6' kennen wij niet"):
        cells(["score", "schaal"], [5, "1-6"])


# ── which column ────────────────────────────────────────────────────────────────────────────


def in_csv(folder, headers, *rows):
    lines = [";".join(map(str, row)) for row in [headers, *rows]]
    (folder / "e.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return read_table(folder / "e.csv", ENQUETE, today=TODAY)


@pytest.mark.parametrize(
    "question",
    [
        NPS_QUESTION,
        "How likely are you to recommend us to a friend?",
        "Zou je ons aanraden?",
        "Hoe tevreden bent u over onze service? (0-10)",
        "Welk cijfer geeft u ons?",
    ],
)
def test_a_question_is_known_by_its_words(tmp_path, question):
    got = in_csv(
        tmp_path, ["Tijdstempel", question, "E-mailadres"], ["1-2-2026", 0, "a@b.nl"], ["2-2-2026", 9, ""]
    )
    assert [row[1] for row in got.rows()] == [0, 9]
    assert got.rows()[0][4] == "a@b.nl"


def test_a_question_that_nobody_knows_is_known_by_its_answers_and_that_is_said(tmp_path):
    rows = [["1-2-2026", 0], ["1-2-2026", 10], ["1-2-2026", 7]]
    got = in_csv(tmp_path, ["Tijdstempel", "Wat vond u van ons?"], *rows)
    assert [row[1] for row in got.rows()] == [0, 10, 7]
    assert "--kolommen score=" in str(got.quality.said[0])


def test_the_second_header_of_surveymonkey_is_no_answer(tmp_path):
    headers = ["Respondent ID", "End Date", "How likely is it that you would recommend us?"]
    got = in_csv(tmp_path, headers, ["", "", "Response"], [11, "2026-02-01", 9], [12, "2026-02-02", 0])
    assert [row[1] for row in got.rows()] == [9, 0]
    assert [str(left) for left in got.quality.left_out] == ["1 rij: een tweede regel met koppen"]


@pytest.mark.slow
def test_a_form_in_a_workbook_is_read(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["Id", "Begintijd", "Tijd van voltooien", "E-mail", NPS_QUESTION, "Waarom?"])
    book.active.append([1, dt.datetime(2026, 1, 2, 9), dt.datetime(2026, 1, 2, 9, 5), "anonymous", 9, None])
    book.active.append(
        [2, dt.datetime(2026, 1, 3, 9), dt.datetime(2026, 1, 3, 9, 5), "anonymous", 10, "fijn"]
    )
    book.save(tmp_path / "vorm.xlsx")
    got = read_table(tmp_path / "vorm.xlsx", ENQUETE, today=TODAY)
    assert [row[:3] for row in got.rows()] == [
        (dt.date(2026, 1, 2), 9, "0 t/m 10"),
        (dt.date(2026, 1, 3), 10, "0 t/m 10"),
    ]


@pytest.mark.slow
def test_the_number_of_a_response_is_not_who_answered(tmp_path):
    got = in_csv(tmp_path, ["ID", "score (1-5)"], [1, 4], [2, 5])
    assert [row[4] for row in got.rows()] == [None, None]


# ── what fits ───────────────────────────────────────────────────────────────────────────────


def test_nps_is_computed_from_0_to_10():
    figures = result(scores(10, 9, 8, 0)).figures
    assert (figures["enquete_nps"], figures["enquete_csat"], figures["enquete_ces"]) == (25.0, None, None)
    assert -100 <= figures["enquete_nps_laag"] <= 25 <= figures["enquete_nps_hoog"] <= 100


@pytest.mark.parametrize(
    ("scale", "fits", "not_"),
    [
        ("1-5", "Antwoorden van 1 tot en met 5 zijn geen NPS-schaal (0 tot en met 10); gebruik CSAT.", "ces"),
        ("1-10", "--schaal 0-10", "ces"),
        ("1-7", "CES", "nps"),
        ("1-4", "gebruik het gemiddelde", "csat"),
    ],
)
def test_nps_on_another_scale_is_refused_in_words_that_say_what_fits(scale, fits, not_):
    figures = result(scores(4, 2, reading=Reading(scale=scale))).figures
    assert figures["enquete_nps"] is None
    assert figures[f"enquete_{not_}"] is None
    assert fits in figures["enquete_bericht"]
    assert figures["enquete_gemiddelde"] == 3.0


@pytest.mark.slow
def test_segments_and_channels_have_rows_of_their_own():
    rows = [["A", "web", 5], ["A", "", 4], ["B", "web", 1], ["B", "web", "n.v.t."]]
    table = result(cells(["segment", "kanaal", "score (1-5)"], *rows))["enqueteuitkomst"]
    assert [row[2:6] for row in table.rows] == [
        ("alle", "alle", 3, 1),
        ("segment", "A", 2, 0),
        ("segment", "B", 1, 1),
        ("kanaal", "web", 2, 1),
    ]
    assert table.column("CSAT") == [2 / 3, 1.0, 0.0, 0.5]


def test_two_questions_have_no_figure_together():
    figures = result(cells(["vraag", "score"], ["a (1-5)", 4], ["b (1-7)", 4])).figures
    assert figures["enquete_gemiddelde"] is None
    assert "2 vragen" in figures["enquete_bericht"]


def test_answers_after_the_chosen_day_do_not_count():
    got = cells(["datum", "score (1-5)"], ["1-2-2026", 5], ["1-3-2026", 1], ["", 3])
    figures = result(got, settings_=Settings(as_of=dt.date(2026, 2, 28))).figures
    assert (figures["enquete_antwoorden"], figures["enquete_gemiddelde"]) == (2, 4.0)


def test_nobody_who_answered_is_no_figure():
    figures = result(scores("n.v.t.", "", "NA", header="score (1-5)")).figures
    assert figures["enquete_antwoorden"] == 0
    assert figures["enquete_csat"] is None


@pytest.mark.slow
@settings(max_examples=10)
@given(st.lists(st.integers(1, 5), min_size=1, max_size=30))
def test_the_distribution_adds_up_to_the_answers_and_their_mean(answers):
    made = result(scores(*answers, reading=Reading(scale="1-5")))
    rows = made["antwoorden"].rows
    assert [row[2] for row in rows] == [1, 2, 3, 4, 5]
    assert sum(row[3] for row in rows) == len(answers) == made.figures["enquete_antwoorden"]
    assert sum(row[2] * row[4] for row in rows) == pytest.approx(made.figures["enquete_gemiddelde"])


# ── from the command line ───────────────────────────────────────────────────────────────────


def test_controleer_says_which_column_and_which_scale(tmp_path, capsys):
    (tmp_path / "e.csv").write_text(f"Tijdstempel;{NPS_QUESTION}\n2026-01-02;9\n2026-01-03;10\n")
    assert main(["controleer", "--tabel", "enquete", str(tmp_path / "e.csv")]) == 0
    out = capsys.readouterr().out
    assert f"score = '{NPS_QUESTION}'" in out
    assert "0 t/m 10 (de vraag of men u aanbeveelt)" in out


def test_the_scale_that_is_asked_for_can_be_given_on_the_command_line(tmp_path, capsys):
    (tmp_path / "e.csv").write_text("datum;score\n2026-01-02;4\n2026-01-03;5\n")
    words = ["controleer", "--tabel", "enquete", str(tmp_path / "e.csv")]
    assert main(words) != 0
    assert "--schaal 1-5" in capsys.readouterr().err
    assert main([*words, "--schaal", "1-5"]) == 0
    assert "2 van 1 t/m 5" in capsys.readouterr().out


def test_who_has_a_column_for_the_scale_is_told_to_fill_it_in_there():
    answers = (4, 7, 9, 10)
    with pytest.raises(Ambiguous) as asked:
        cells(["score", "schaal"], *([one, None] for one in answers))
    assert asked.value.remedy.endswith(" Of vul het in de kolom schaal in: 0 t/m 10 of 1 t/m 10.")
    with pytest.raises(Ambiguous) as asked:
        scores(*answers)
    assert "kolom schaal" not in asked.value.remedy
    for said in asked.value.remedy.removesuffix(".").split("--schaal ")[1:]:
        scale = str(NAMES[said.removesuffix(" of ").strip()])
        read = cells(["score", "schaal"], *([one, scale] for one in answers))
        assert result(read).figures["enquete_schaal"] == scale
