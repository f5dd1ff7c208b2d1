"""The workbook of a survey: the kernels beside what it shows, words that say what chance explains, odd surveys."""

import datetime as dt
import re

import duckdb
import numpy as np
import pytest

from klantwaarde_xl.data.reading.files import read_table
from klantwaarde_xl.data.sample import sample_orders
from klantwaarde_xl.data.sample_survey import sample_answers, survey_csv
from klantwaarde_xl.data.tables import tables
from klantwaarde_xl.kernels.measures import Measure, estimate, scored, summed
from klantwaarde_xl.workbook.build import empty_workbook
from klantwaarde_xl.workbook.templates import template
from tests.books import Looked, package_of

NOW = dt.datetime(2026, 11, 27, 9, 30)
ANSWERS = sample_answers(sample_orders(600))
WHOLE = [one for one in ANSWERS if not one.question]


def looked(folder, text):
    (folder / "enquete.csv").write_text(text, encoding="utf-8")
    read = read_table(folder / "enquete.csv", tables()["enquete"], today=NOW.date())
    return Looked("nps-onderzoek", package_of("nps-onderzoek", read, now=NOW).shown())


@pytest.fixture(scope="module")
def filled(tmp_path_factory):
    return looked(tmp_path_factory.mktemp("enquete"), survey_csv(ANSWERS))


def quarters():
    return sorted({(one.day.year, (one.day.month + 2) // 3) for one in WHOLE})


def nps_of(answers):
    one = scored(np.array([float(answer.score) for answer in answers]), Measure.NPS, 10)
    return estimate(one, summed(one.values))


def test_the_example_survey_is_the_same_every_time():
    assert sample_answers(sample_orders(600)) == ANSWERS
    assert {one.question for one in ANSWERS} == {
        "",
        "Tevredenheid",
        "Gemak",
        "Levering",
        "Service",
        "Prijs",
        "Website",
    }


def test_each_quarter_is_that_of_the_kernel(filled):
    shown = [value for value in filled.column("metingen", "waarde") if isinstance(value, float)]
    wanted = [
        nps_of([one for one in WHOLE if (one.day.year, (one.day.month + 2) // 3) == quarter])
        for quarter in quarters()[-8:]
    ]
    assert shown == pytest.approx([one.value for one in wanted])
    below = filled.column("metingen", "tot laag")[: len(shown)]
    assert below == pytest.approx([one.value - one.low for one in wanted])


def test_the_card_has_the_nps_of_all_answers_with_its_margin(filled):
    found = nps_of(WHOLE)
    value, note = filled.card("Loyaliteit: NPS")
    assert value == pytest.approx(found.value)
    low, high = (f"{round(end):+d}".replace("-", "−") for end in (found.low, found.high))
    assert note == f"tussen {low} en {high}"


def test_scores_stand_in_three_shades(filled):
    counts = [sum(one.score == score for one in WHOLE) for score in range(11)]
    for name, scores in (("criticasters", range(7)), ("passief", (7, 8)), ("promotors", (9, 10))):
        column = filled.column("verdeling", name)
        assert [column[score] for score in scores] == [counts[score] for score in scores]
        assert all(str(column[score]) == "#N/A" for score in set(range(11)) - set(scores))


@pytest.mark.slow
def test_scores_on_another_scale_have_shades_and_names_of_their_own(tmp_path):
    rows = [f"{n % 28 + 1}-9-2026;{1 + n % 7}" for n in range(35)]
    book = looked(tmp_path, "datum;score\n" + "\n".join(rows))
    shades = {"criticasters": (1, 2), "passief": (3, 4, 5), "promotors": (6, 7)}
    for name, scores in shades.items():
        column = book.column("verdeling", name)
        assert [score for score in range(1, 8) if column[score - 1] == 5] == list(scores)
    assert [book[f"ku_naam_{name}"] for name in shades] == ["twee laagste", "ertussen", "twee hoogste"]


def test_a_change_is_said_with_whether_chance_explains_it(filled):
    finding = next(text for text in findings(filled) if re.match(r"NPS (ging|steeg|daalde)", text))
    assert re.search(r"; dat (kan toeval zijn\.|is geen toeval \(95%\)\.)", finding)


def findings(book):
    return {value for value in book.shown["Onderzoek"].values() if isinstance(value, str)}


@pytest.mark.slow
def test_the_example_is_in_order(filled):
    assert filled.attention() == set()
    assert filled.errors() == []


@pytest.mark.slow
def test_a_rise_that_is_none_of_chance_is_called_a_rise(tmp_path):
    rows = [
        f"15-{month}-2026;{score}" for month, scores in ((2, [3] * 40), (8, [10] * 40)) for score in scores
    ]
    book = looked(tmp_path, "datum;score\n" + "\n".join([*rows, "16-8-2026;0"]))
    assert "NPS steeg van −100 (2026 K1) naar +95 (2026 K3); dat is geen toeval (95%)." in findings(book)


@pytest.mark.slow
def test_stars_show_csat_in_percent(tmp_path):
    rows = [f"{1 + n % 28}-{1 + n % 6}-2026;{1 + n % 5}" for n in range(120)]
    book = looked(tmp_path, "datum;sterren\n" + "\n".join(rows))
    assert book.card("Loyaliteit: NPS") == ("–", "geen vraag van 0 t/m 10")
    assert book.card("Tevredenheid: CSAT")[0] == pytest.approx(0.4)
    assert [
        value for value in book.column("metingen", "waarde") if isinstance(value, float)
    ] == pytest.approx([40, 40], abs=3)
    assert book.errors() == []


@pytest.mark.slow
def test_twelve_answers_are_too_few_to_judge(tmp_path):
    rows = [f"{n}-10-2026;{score}" for n, score in enumerate([0, 10, 9, 9, 8, 7, 10, 6, 9, 10, 3, 9], 1)]
    book = looked(tmp_path, "datum;score\n" + "\n".join(rows))
    assert "Er zijn genoeg antwoorden voor een oordeel" in book.attention()
    assert any(text.startswith("NPS in 2026 K4: ") for text in findings(book))
    assert book.errors() == []


@pytest.mark.slow
def test_answers_without_a_day_have_no_quarter_and_no_call(tmp_path):
    book = looked(tmp_path, "score\n" + "\n".join(str(n % 11) for n in range(44)))
    assert "Nog geen kwartaal met antwoorden" in findings(book)
    assert book.messages()[1] == "44 antwoorden op de vraag over het geheel. Niemand om te bellen."
    assert book.errors() == []


@pytest.mark.slow
def test_who_was_not_content_lately_is_called_the_worst_first(tmp_path):
    rows = [
        "1-11-2026;a;5",
        "2-11-2026;b;1",
        "3-3-2026;c;0",
        "4-11-2026;d;9",
        "5-10-2026;e;2",
        "6-11-2026;e;8",
        "7-11-2026;f;10",
    ]
    (tmp_path / "enquete.csv").write_text("datum;klant;score\n" + "\n".join(rows), encoding="utf-8")
    read = read_table(tmp_path / "enquete.csv", tables()["enquete"], today=NOW.date())
    table = package_of("nps-onderzoek", read, now=NOW).read_table("tblBellen")
    assert [(row[0], row[2]) for row in table.rows] == [("b", 1), ("a", 5)]  # c is long ago, e was glad since


@pytest.mark.slow
def test_an_empty_one_says_what_to_do():
    book = Looked("nps-onderzoek", empty_workbook(template("nps-onderzoek"), now=NOW).package.shown())
    assert set(book.cards().values()) == {"–"}
    assert book.messages()[0] == "Nog niets ingevuld. Plak uw antwoorden op Enquete, en ververs."
    assert book.errors() == []


def with_orders(folder, survey, orders):
    con, given = duckdb.connect(), {}
    for name, text in (("enquete", survey), ("transacties", orders)):
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
        given[name] = read_table(folder / f"{name}.csv", tables()[name], today=NOW.date(), con=con)
    return Looked("nps-onderzoek", package_of("nps-onderzoek", given, now=NOW).shown())


@pytest.mark.slow
@pytest.mark.parametrize("one_buys", [10, 90_000])
def test_a_mean_that_one_customer_makes_is_not_called_sure_by_all_the_others(tmp_path, one_buys):
    """Nine of ten promoters buy less; with one large order their mean is more, which is then not sure."""
    answers = [f"1-9-2026;P{n};10" for n in range(10)] + [f"1-9-2026;D{n};0" for n in range(10)]
    bought = [f"P{n};1-8-2026;{10 + n}" for n in range(9)] + [f"P9;1-8-2026;{one_buys}"]
    bought += [f"D{n};1-8-2026;{100 + n}" for n in range(10)]
    book = with_orders(
        tmp_path, "\n".join(["datum;klant;score", *answers]), "\n".join(["klant;datum;bedrag", *bought])
    )
    sure = "verschil is geen toeval" if one_buys == 10 else "verschil kan toeval zijn"
    assert sure in findings(book)
    assert book.card("Waarde: per criticaster") == (pytest.approx(104.5), "omzet tot nu, per klant")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("answers", "said"), [(4, "Nog 1 antwoord nodig"), (2, "Nog 3 antwoorden nodig"), (5, "")]
)
def test_a_few_answers_are_called_few(tmp_path, answers, said):
    rows = [f"{n + 1}-9-2026;{(0, 10, 9, 7, 3)[n]}" for n in range(answers)]
    book = looked(tmp_path, "datum;score\n" + "\n".join(rows))
    assert book.messages()[1].startswith(said or "5 antwoorden op de vraag over het geheel.")


@pytest.mark.slow
def test_a_long_name_of_a_segment_leaves_room_for_its_bar(tmp_path):
    rows = [f"{n + 1}-9-2026;{n % 11};{'Zakelijk ' + 'x' * 90 if n % 2 else 'Kort'}" for n in range(22)]
    names = [
        name
        for name in looked(tmp_path, "datum;score;segment\n" + "\n".join(rows)).column("groepen", "groep")
        if name
    ]
    assert sorted(names) == ["Kort (11): −45", "Zakelijk xxx…xxxxx (11): −45"]


@pytest.mark.slow
def test_segments_that_begin_alike_are_told_apart_beside_their_bars(tmp_path):
    alike = "Zakelijke klanten met een jaarcontract, regio "
    rows = [f"{n + 1}-9-2026;{n % 11};{alike}{'Noord' if n % 2 else 'Zuid'}" for n in range(22)]
    found = looked(tmp_path, "datum;score;segment\n" + "\n".join(rows)).column("groepen", "groep")
    assert {name[-15:-5] for name in found if name} == {"Noord (11)", " Zuid (11)"}


@pytest.mark.slow
def test_a_long_name_is_not_cut_through_an_emoji(tmp_path):
    rows = [f"{n + 1}-9-2026;{n % 11};{'x' * 26 + '👍👍👍' if n % 2 else 'Kort 👍'}" for n in range(22)]
    found = looked(tmp_path, "datum;score;segment\n" + "\n".join(rows))
    # Excel counts two for each, LibreOffice and our engine one: here the end begins with the second of them
    assert sorted(name for name in found.column("groepen", "groep") if name) == [
        "Kort 👍 (11): −45",
        "x" * 12 + "…" + "x" * 2 + "👍👍👍 (11): −45",
    ]
