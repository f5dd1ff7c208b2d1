"""What a survey's table gives beside its scores: limits, quarters, drivers, and value beside score."""

import datetime as dt

import numpy as np
import pytest

from klantwaarde_xl.cli.commands import main
from klantwaarde_xl.data.analyse import analyse
from klantwaarde_xl.data.declared_tables import ENQUETE
from klantwaarde_xl.data.reading.cells.columns import Reading
from klantwaarde_xl.data.reading.files import table_from_cells, transactions_from_cells
from klantwaarde_xl.data.results import results
from klantwaarde_xl.data.settings import Settings
from klantwaarde_xl.functions.registry import REGISTRY
from klantwaarde_xl.kernels import measures
from klantwaarde_xl.kernels.measures import Measure

TODAY = dt.date(2026, 11, 27)
SURVEYS = sorted(name for name, one in results().items() if "enquete" in one.needs)
DAYS = [dt.date(2026, month, 10) for month in (1, 2, 4, 5, 10, 11)]


def survey(headers, *rows, con=None, **options):
    reading = Reading(**options)
    return table_from_cells(ENQUETE, headers, rows, source="Blad", today=TODAY, reading=reading, con=con)


def made(name, checked, chosen=None):
    return analyse(checked, chosen, [name], today=TODAY)


@pytest.fixture
def shop():
    rows = [
        ["a", DAYS[0], 100],
        ["b", DAYS[0], 40],
        ["b", DAYS[1], -10],
        ["c", DAYS[1], 900],
        ["d", DAYS[2], 60],
    ]
    return transactions_from_cells(("klant", "datum", "bedrag"), rows, source="Gegevens", today=TODAY)


@pytest.fixture
def everything(shop):
    headers = ["Datum", "Klant", "NPS", "Service", "Prijs"]
    rows = [[DAYS[k % 6], who, score, 1 + score // 3, 1 + k % 5] for k, (who, score) in enumerate(
        zip("abcdefgh", [9, 3, 10, 8, 6, 10, 2, 9], strict=True)
    )]  # fmt: skip
    return {"transacties": shop, "enquete": survey(headers, *rows, con=shop.con, scale="1-5")}


@pytest.mark.parametrize("name", SURVEYS)
def test_rows_and_figures_are_the_declared_ones_and_a_key_tells_rows_apart(everything, name):
    got, declared = made(name, everything), results()[name]
    assert got[name].rows or not declared.columns
    assert {len(row) for row in got[name].rows} <= {len(declared.columns)}
    assert set(got.figures) == {figure.name for figure in declared.figures}
    keys = [tuple(row[declared.headers.index(header)] for header in declared.key) for row in got[name].rows]
    assert len(set(keys)) == len(keys)


# ── limits ──────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("scale", "name", "measure"), [
    ("1-5", "CSAT", Measure.CSAT), ("1-7", "CES", Measure.CES), ("0-10", "NPS", Measure.NPS)
])  # fmt: skip
def test_each_measure_has_the_limits_of_its_function(scale, name, measure):
    answers = [4, 5, 2, 5, 3]
    got = made("enqueteuitkomst", survey(["score"], *[[x] for x in answers], scale=scale))
    one = measures.scored(np.array(answers, dtype=float), measure, float(scale[scale.index("-") + 1 :]))
    wanted = measures.estimate(one, measures.summed(one.values))
    table = got["enqueteuitkomst"]
    assert [table.column(x)[0] for x in (name, f"{name} laag", f"{name} hoog")] == pytest.approx(list(wanted))
    figure = f"enquete_{name.casefold()}"
    assert [got.figures[x] for x in (figure, f"{figure}_laag", f"{figure}_hoog")] == pytest.approx(
        list(wanted)
    )


# ── quarters ────────────────────────────────────────────────────────────────────────────────


def test_each_quarter_has_its_row_also_one_in_which_nobody_answered():
    rows = [[day, score] for day, score in zip(DAYS, [3, 6, 8, 9, 9, 10], strict=True)]
    table = made("enquetemetingen", survey(["datum", "score (0-10)"], *rows))["enquetemetingen"]
    assert table.column("kwartaal") == [dt.date(2026, month, 1) for month in (1, 4, 7, 10)]
    assert table.column("antwoorden") == [2, 2, 0, 2]
    assert table.column("waarde") == [-100, 50, None, 100]
    assert table.column("verschil") == [None, 150, None, 50]
    assert table.column("oordeel")[3] == "geen aantoonbaar verschil"


@pytest.mark.slow
def test_a_trend_is_the_functions_and_one_quarter_has_none():
    rows = [[day, score] for day, score in zip(DAYS, [3, 6, 8, 9, 9, 10], strict=True)]
    table = made("enquetetrend", survey(["datum", "score (0-10)"], *rows))["enquetetrend"]
    wanted = REGISTRY["ENQUETETREND"]([1, 1, 2, 2, 3, 4, 4], [3, 6, 8, 9, None, 9, 10])[1]
    assert table.rows[0][3:6] == pytest.approx(wanted[:3])
    assert table.rows[0][6:] == (3, 6, wanted[-1])
    alone = made("enquetetrend", survey(["datum", "score (0-10)"], *rows[:2]))["enquetetrend"]
    assert alone.rows == [("", "0 t/m 10", "NPS", None, None, None, 1, 2, None)]


def test_answers_without_a_date_or_after_the_chosen_day_are_of_no_quarter():
    rows = [["", 9], [DAYS[0], 9], [DAYS[5], 3]]
    checked = survey(["datum", "score (0-10)"], *rows)
    table = made("enquetemetingen", checked, Settings(as_of=DAYS[2]))["enquetemetingen"]
    assert table.column("antwoorden") == [1]


# ── drivers ─────────────────────────────────────────────────────────────────────────────────

ASPECTS = [
    [9, 5, 3],
    [8, 4, 4],
    [6, 2, 3],
    [10, 5, 2],
    [3, 1, 5],
    [9, 4, 3],
    [10, 5, 4],
    [5, 2, 2],
    [8, 3, 4],
]


def drivers_of(rows):
    scores, *columns = zip(*rows, strict=True)
    block = [["Service", "Prijs"], *zip(*columns, strict=True)]
    return REGISTRY["NPS_DRIJFVEREN"](block, ["NPS", *scores])


def test_the_drivers_are_those_of_the_function():
    got = made("drijfveren", survey(["NPS", "Service", "Prijs"], *ASPECTS, scale="1-5"))
    for row, wanted in zip(got["drijfveren"].rows, drivers_of(ASPECTS)[1:], strict=True):
        assert (row[0], row[4]) == (wanted[0], wanted[3])
        assert [row[2], row[3], *row[5:]] == pytest.approx([wanted[1], wanted[2], *wanted[4:9]])
    assert got.figures["drijfveren_maat"] == "NPS"
    assert got.figures["drijfveren_antwoorden"] == len(ASPECTS)
    assert got.figures["drijfveren_bericht"] is None


@pytest.mark.slow
def test_a_list_of_answers_has_the_same_drivers_as_columns_side_by_side():
    headers = ["datum", "klant", "vraag", "score", "schaal"]
    rows = [
        [DAYS[0], f"k{k}", question, score, "0 t/m 10" if question == "" else "1 t/m 5"]
        for k, row in enumerate(ASPECTS)
        for question, score in zip(("", "Service", "Prijs"), row, strict=True)
    ]
    long = made("drijfveren", survey(headers, *rows))["drijfveren"].rows
    wide = made("drijfveren", survey(["NPS", "Service", "Prijs"], *ASPECTS, scale="1-5"))["drijfveren"].rows
    assert [row[0] for row in long] == [row[0] for row in wide]
    assert long[0][5:] == pytest.approx(wide[0][5:])


def test_an_aspect_that_few_judge_is_left_out_and_said():
    rows = [[*row, 4 if k < 2 else None] for k, row in enumerate(ASPECTS)]
    got = made("drijfveren", survey(["NPS", "Service", "Prijs", "Levering"], *rows, scale="1-5"))
    assert got["drijfveren"].column("aspect") == [row[0] for row in drivers_of(ASPECTS)[1:]]
    assert "Levering" in got.figures["drijfveren_bericht"]


@pytest.mark.parametrize(
    ("headers", "rows", "words"),
    [
        (["score (0-10)"], [[9], [3]], "geen aspecten"),
        (["Service", "Prijs"], [[5, 3], [4, 4], [1, 2]], "geen oordeel over het geheel"),
        (["NPS", "Service", "Prijs"], [[9, 5, 3], [3, 4, 4], [8, 1, 2]], "Neem er minstens 4"),
        (["NPS", "Service"], [[9, 5], [10, 4], [9, 3]], "geen verschil om te verklaren"),
    ],
)
def test_where_there_are_no_drivers_it_says_why(headers, rows, words):
    got = made("drijfveren", survey(headers, *rows, scale="1-5"))
    assert not got["drijfveren"].rows
    assert words in got.figures["drijfveren_bericht"]


# ── value beside score ──────────────────────────────────────────────────────────────────────


def test_value_beside_score_joins_the_customers_of_both_tables(shop):
    answers = survey(
        ["datum", "klant", "score (0-10)"],
        [DAYS[0], "a", 2], [DAYS[3], "a", 9], [DAYS[0], "b", 3], [DAYS[0], "c", 10], [DAYS[0], "z", 1],
        con=shop.con,
    )  # fmt: skip
    got = made("waardenaastscore", {"transacties": shop, "enquete": answers}, Settings(margin=0.5))
    table = got["waardenaastscore"]
    assert table.column("klanten") == [2, 0, 1]  # the last answer of a counts
    assert table.column("omzet") == [1000, 0, 30]  # the refund of b is off
    assert table.column("omzet per klant") == [500, None, 30]
    assert table.column("marge per klant") == [250, None, 15]
    assert (got.figures["waarde_bekend"], got.figures["waarde_onbekend"]) == (3, 1)
    wanted = REGISTRY["NPS_WAARDEVERSCHIL"]([9, 10, 3], [100, 900, 30])[1]
    figures = [got.figures[f"waarde_{x}"] for x in ("verschil", "kans", "kans_laag", "kans_hoog")]
    assert figures == pytest.approx(wanted[2:6])
    assert got.figures["waarde_oordeel"] == wanted[6]


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([["z", 9]], "staat bij de transacties"),
        ([["", 9]], "met de klant erbij"),
        ([["a", 9], ["c", 10]], "geen criticasters"),
    ],
)
def test_where_value_and_score_do_not_meet_it_says_why(shop, rows, words):
    answers = survey(["klant", "score (0-10)"], *rows, con=shop.con)
    got = made("waardenaastscore", {"transacties": shop, "enquete": answers})
    assert words in got.figures["waarde_bericht"]
    assert got.figures["waarde_oordeel"] is None


@pytest.mark.slow
def test_the_command_writes_the_results_of_a_survey_beside_those_of_orders(tmp_path, capsys):
    (tmp_path / "orders.csv").write_text("klant;datum;bedrag\na;2026-01-02;100,00\nb;2026-01-03;40,00\n")
    (tmp_path / "enquete.csv").write_text("datum;klant;score (0-10)\n2026-02-01;a;9\n2026-02-01;b;3\n")
    words = ["analyse", str(tmp_path / "orders.csv"), "--gegevens", f"enquete={tmp_path / 'enquete.csv'}"]
    assert main([*words, "--uit", str(tmp_path / "uit"), "--vorm", "csv"]) == 0, capsys.readouterr().err
    written = {path.stem for path in (tmp_path / "uit").iterdir()}
    assert {"enquetemetingen", "enquetetrend", "waardenaastscore"} <= written
