"""Segments beside those of an earlier day, counted again by hand: by value, on the map, and by where they went."""

import datetime as dt

import pandas as pd
import pytest

from klantwaarde_xl.data.analyse import analyse
from klantwaarde_xl.data.reading.files import transactions_from_cells
from klantwaarde_xl.data.sample import sample_orders
from klantwaarde_xl.data.settings import Settings
from klantwaarde_xl.wording.segments import SEGMENT_ACTIONS, SEGMENT_NAMES

TODAY, BEFORE = dt.date(2026, 11, 27), dt.date(2026, 5, 31)
ORDERS = [list(one) for one in sample_orders(500)]
NAMES = ("segmentwaarde", "segmentkaart", "segmentbeweging")
# R from 5 down by the mean of F and M from 1 up, as the field has it
GRID = """Nieuwe klanten|Potentieel trouw|Potentieel trouw|Kampioenen|Kampioenen
Veelbelovend|Potentieel trouw|Potentieel trouw|Trouwe klanten|Kampioenen
Dreigen in te slapen|Dreigen in te slapen|Aandacht nodig|Trouwe klanten|Trouwe klanten
Slapend|Slapend|Risico op vertrek|Risico op vertrek|Niet kwijtraken
Verloren|Verloren|Slapend|Risico op vertrek|Niet kwijtraken"""
GRID = [line.split("|") for line in GRID.splitlines()]


def found(rows=None, **settings):
    rows = ORDERS if rows is None else rows
    tx = transactions_from_cells(("klant", "datum", "bedrag"), rows, source="proef")
    return analyse(tx, Settings(**settings), NAMES, today=TODAY)


def scored(day):
    """Customers with their place on the map and segment on a day, with pandas alone."""
    log = pd.DataFrame(ORDERS, columns=["klant", "dag", "bedrag"])
    log = log[log.dag <= day]
    bought = log[log.bedrag >= 0]
    table = pd.DataFrame(
        {
            "r": -bought.groupby("klant").dag.max().map(lambda last: (day - last).days),
            "f": bought.groupby("klant").size(),
            "omzet": log.groupby("klant").bedrag.sum().round(2),
        }
    ).dropna()
    for name, figure in (("R", "r"), ("F", "f"), ("M", "omzet")):
        middle = table[figure].rank(method="min") - 1 + table.groupby(figure)[figure].transform("size") / 2
        table[name] = (5 * middle // len(table) + 1).astype(int)
    table["FM"] = (table.F + table.M) // 2
    table["segment"] = [GRID[5 - r][fm - 1] for r, fm in zip(table.R, table.FM, strict=True)]
    return table


LAST = max(row[1] for row in ORDERS)
NOW = scored(LAST)
THEN = scored(BEFORE)


@pytest.fixture(scope="module")
def analysis():
    return found(margin=0.4, as_of_before=BEFORE)


def test_each_segment_has_its_customers_value_and_change(analysis):
    rows = {row[0]: row for row in analysis["segmentwaarde"].rows}
    assert [row[3] for row in rows.values()] == sorted((row[3] for row in rows.values()), reverse=True)
    for name, action in zip(SEGMENT_NAMES, SEGMENT_ACTIONS, strict=True):
        there, count = NOW[NOW.segment == name], int((NOW.segment == name).sum())
        earlier = int((THEN.segment == name).sum())
        revenue = there.omzet.sum()
        _, *figures = rows[name]
        assert figures == [
            count, pytest.approx(count / len(NOW)), pytest.approx(revenue), pytest.approx(0.4 * revenue),
            pytest.approx(0.4 * revenue / count), earlier, count - earlier, action,
        ]  # fmt: skip


def test_the_map_counts_each_customer_in_one_place(analysis):
    rows = {row[:2]: row for row in analysis["segmentkaart"].rows}
    assert len(rows) == 25
    for (r, fm), row in rows.items():
        there = NOW[NOW.R.eq(r) & NOW.FM.eq(fm)]
        assert row[2:4] == (GRID[5 - r][fm - 1], len(there))
        assert row[4:] == pytest.approx((there.omzet.sum(), 0.4 * there.omzet.sum()))


def test_the_moves_are_those_of_each_customer(analysis):
    both = pd.DataFrame({"segment_nu": NOW.segment, "segment_toen": THEN.segment}).fillna("nieuw")
    counts = both.groupby(["segment_toen", "segment_nu"]).size().to_dict()
    rows = {row[0]: row[1:] for row in analysis["segmentbeweging"].rows}
    assert list(rows) == [*SEGMENT_NAMES, "nieuw"]
    for start, (*each, total) in rows.items():
        assert each == [counts.get((start, to), 0) for to in SEGMENT_NAMES]
        assert total == sum(each)
    place = {name: at for at, name in enumerate(SEGMENT_NAMES)}
    figures = analysis.figures
    steps = [
        place[start] - place[to]
        for start, to in both[["segment_toen", "segment_nu"]].values
        if start in place
    ]
    assert figures["beweging_omhoog"] == sum(step > 0 for step in steps)
    assert figures["beweging_omlaag"] == sum(step < 0 for step in steps)
    assert figures["beweging_gelijk"] == sum(step == 0 for step in steps)
    assert figures["beweging_nieuw"] == len(NOW) - len(THEN)
    assert figures["beweging_van"] == BEFORE


@pytest.mark.slow
def test_without_a_day_it_looks_back_three_months_and_without_a_margin_at_revenue():
    analysis = found()
    assert analysis.figures["beweging_van"] == dt.date(2026, 8, LAST.day)
    assert {row[4] for row in analysis["segmentwaarde"].rows} == {None}
    assert {row[5] for row in analysis["segmentkaart"].rows} == {None}


@pytest.mark.parametrize(
    ("day", "said"),
    [((2026, 11, 30), "ligt niet voor de peildatum"), ((2023, 1, 1), "nog geen vijf klanten")],
)
def test_a_day_that_cannot_be_compared_with_is_said_in_words(day, said):
    analysis = found(as_of_before=dt.date(*day))
    assert said in analysis.figures["beweging_bericht"]
    assert analysis["segmentbeweging"].rows == ()
    assert {row[6:8] for row in analysis["segmentwaarde"].rows} == {(None, None)}


def test_four_customers_have_no_segments_and_the_page_hears_why():
    rows = [[name, dt.date(2026, 1, at), 10.0] for at, name in enumerate("abcd", 1)]
    analysis = found(rows)
    assert analysis["segmentwaarde"].rows == ()
    assert analysis.figures["rfm_bericht"] == "Scores vragen minstens vijf klanten."
