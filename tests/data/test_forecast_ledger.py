"""The ledger of forecasts: filed once, judged as time passes, and never at the cost of an earlier row."""

import datetime as dt
from functools import cache

import numpy as np
import pytest

from klantwaarde_xl.data.analyse import Settings, analyse
from klantwaarde_xl.data.forecast_ledger import COLUMNS, LESS, MORE, NO_DATA, RUNS, WITHIN, weeks_of
from klantwaarde_xl.data.reading.files import transactions_from_cells
from klantwaarde_xl.data.sample import sample_orders
from klantwaarde_xl.dutch import format_date
from klantwaarde_xl.errors import CellError

HEADERS = ("klant", "datum", "bedrag")
NAMES = ("voorspelboek", "voorspeltoets", "voorspeltienden")
SPRING, SUMMER, AUTUMN = dt.date(2026, 3, 31), dt.date(2026, 6, 30), dt.date(2026, 9, 30)
ALL = sample_orders(customers=600)


def orders(until, since=dt.date(2000, 1, 1)):
    return [one for one in ALL if since <= one[1] <= until]


def after(rows, earlier=(), day=None, **settings):
    """The analysis of rows by a workbook that holds earlier rows; day: the chosen one, else the last in the rows."""
    chosen = Settings(**{"model": "mbg/nbd", "season": "geen", "as_of": day, **settings})
    read = transactions_from_cells(HEADERS, [list(row) for row in rows], source="proef")
    held = {"voorspelboek": [tuple(row) for row in earlier]}
    return analyse(read, chosen, NAMES, today=max(row[1] for row in rows), earlier=held)


@cache
def spring():
    """The rows that a first refresh files."""
    return tuple(after(orders(SPRING), day=SPRING)["voorspelboek"].rows)


@cache
def autumn():
    """The analysis half a year later."""
    return after(orders(AUTUMN), spring(), AUTUMN)


def by_name(row):
    return dict(zip(COLUMNS, row, strict=True))


def of_day(found, day):
    return [by_name(row) for row in found["voorspelboek"].rows if row[0] == day]


def changed(row, **values):
    return tuple({**by_name(row), **values}[name] for name in COLUMNS)


@pytest.mark.slow
def test_a_forecast_is_filed_for_every_four_weeks_until_its_horizon():
    rows = [by_name(row) for row in spring()]
    assert [row["weken"] for row in rows] == [4.0 * number for number in range(1, 14)]
    assert {row["peildatum"] for row in rows} == {SPRING}
    assert rows[0]["tot en met"] == SPRING + dt.timedelta(days=28)
    assert {row["oordeel"] for row in rows} == {RUNS}
    assert [row["waarde"] is None for row in rows] == [True] * 12 + [False]


@pytest.mark.parametrize(
    ("horizon", "weeks"),
    [(1, [1]), (10, [4, 8, 10]), (12, [4, 8, 12]), (110, [*range(4, 52, 4), 52, 104, 110])],
)
def test_a_horizon_of_any_length_ends_with_itself(horizon, weeks):
    assert weeks_of(horizon).tolist() == weeks


def test_the_last_row_of_a_forecast_is_what_the_page_shows():
    read = transactions_from_cells(HEADERS, [list(row) for row in orders(SPRING)], source="proef")
    shown = analyse(
        read, Settings(model="mbg/nbd", season="geen", as_of=SPRING), ["prognosetotaal"], today=SPRING
    ).figures
    last = by_name(spring()[-1])
    assert last["verwacht"] == pytest.approx(shown["aankopen"])
    assert last["waarde"] == pytest.approx(shown["waarde"])
    assert last["klanten"] == shown["klanten"]


def test_tenths_add_up_to_what_is_expected():
    for row in map(by_name, spring()):
        assert sum(row[f"tiende {n}"] for n in range(1, 11)) == pytest.approx(row["verwacht"])


@pytest.mark.slow
def test_what_came_is_counted_for_customers_of_that_day_only():
    bought = [one for one in ALL if one[2] > 0]
    before = [one for one in bought if one[1] <= SPRING]
    filed = after(before, day=SPRING)["voorspelboek"].rows
    found = after([one for one in bought if one[1] <= AUTUMN], filed, AUTUMN)
    there, end = {one[0] for one in before}, SPRING + dt.timedelta(days=8 * 7)
    row = of_day(found, SPRING)[1]
    assert row["klanten"] == len(there)
    assert row["kwam"] == len({one[:2] for one in bought if one[0] in there and SPRING < one[1] <= end})
    assert row["verschil"] == pytest.approx(row["kwam"] - row["verwacht"])


@pytest.mark.slow
def test_what_has_not_passed_runs_on():
    rows = of_day(autumn(), SPRING)
    passed = [row["tot en met"] <= AUTUMN for row in rows]
    assert [row["kwam"] is not None for row in rows] == passed
    assert [row["oordeel"] == RUNS for row in rows] == [not one for one in passed]


@pytest.mark.slow
def test_the_newest_forecast_stands_on_top_and_no_earlier_row_is_lost():
    found = autumn()["voorspelboek"].rows
    assert [row[0] for row in found] == [AUTUMN] * 13 + [SPRING] * 13
    filed = [changed(row, kwam=None, verschil=None, oordeel=None) for row in found[13:]]
    assert filed == [changed(row, kwam=None, verschil=None, oordeel=None) for row in spring()]


def test_the_same_day_again_files_one_forecast_and_the_newest_counts():
    again = after(orders(SPRING), spring(), SPRING, horizon=26)["voorspelboek"].rows
    assert [row[1] for row in again] == weeks_of(26).tolist()


@pytest.mark.slow
def test_a_forecast_that_follows_a_season_is_filed_with_it_and_its_tenths_are_found_again():
    """Twice as many purchases in three months of the year, for four years."""
    rng = np.random.default_rng(3)
    rows = []
    for customer, rate in enumerate(rng.gamma(1.2, 1 / 40, 260)):
        days = np.flatnonzero(
            rng.uniform(size=4 * 365) < rate * np.where(np.arange(4 * 365) % 365 < 90, 2.2, 0.6)
        )
        rows += [[f"K{customer}", dt.date(2022, 1, 1) + dt.timedelta(days=int(one)), 10.0] for one in days]
    before = [row for row in rows if row[1] <= dt.date(2025, 3, 31)]
    filed = after(before, day=dt.date(2025, 3, 31), season="maanden")["voorspelboek"].rows
    assert "maanden=" in by_name(filed[0])["parameters"]
    steps = np.diff([0.0, *(by_name(row)["verwacht"] for row in filed)])
    assert (
        steps[-1] > 1.5 * steps[3]
    )  # the last four weeks lie in the busy months, those from the end of June do not
    found = after(rows, filed, dt.date(2025, 12, 31), season="geen")
    assert len(found["voorspeltienden"].rows) == 10
    assert found.figures["tienden_bericht"] is None


def test_a_row_that_was_deleted_stays_away():
    kept = [row for row in spring() if row[1] != 8]
    assert [row["weken"] for row in of_day(after(orders(AUTUMN), kept, AUTUMN), SPRING)] == [
        row[1] for row in kept
    ]


@pytest.mark.parametrize(
    ("low", "high", "said"), [(0, 10_000, WITHIN), (9_000, 10_000, LESS), (0, 1, MORE)]
)  # fmt: skip
def test_a_forecast_is_judged_by_its_own_margin(low, high, said):
    bent = [changed(row, laag=low, hoog=high) for row in spring()]
    assert of_day(after(orders(AUTUMN), bent, AUTUMN), SPRING)[0]["oordeel"] == said


def test_the_page_has_the_last_forecast_that_can_be_judged_as_far_as_it_has_passed():
    figures = autumn().figures
    row = [one for one in of_day(autumn(), SPRING) if one["kwam"] is not None][-1]
    assert figures["vorige_peildag"] == SPRING
    assert (figures["vorige_tot"], figures["vorige_werkelijk"]) == (row["tot en met"], row["kwam"])
    assert (figures["vorige_verwacht"], figures["vorige_laag"]) == (row["verwacht"], row["laag"])
    assert figures["boek_bericht"] is None


@pytest.mark.slow
def test_each_forecast_counts_once_in_the_running_figures():
    summer = after(orders(SUMMER), spring(), SUMMER)
    found = after(orders(AUTUMN), summer["voorspelboek"].rows, AUTUMN)
    assert found.figures["boek_getoetst"] == 2
    rows = found["voorspeltoets"].rows
    assert [row[0] for row in rows] == [SPRING, SUMMER]
    assert found.figures["boek_binnen"] == sum(row[5] <= row[7] <= row[6] for row in rows)


@pytest.mark.slow
def test_what_is_added_up_over_forecasts_counts_no_day_twice():
    summer = after(orders(SUMMER), spring(), SUMMER)
    found = after(orders(AUTUMN), summer["voorspelboek"].rows, AUTUMN)
    of_spring = [one for one in of_day(found, SPRING) if one["tot en met"] <= SUMMER][-1]
    of_summer = [one for one in of_day(found, SUMMER) if one["kwam"] is not None][-1]
    assert found.figures["boek_werkelijk"] == of_spring["kwam"] + of_summer["kwam"]
    assert found.figures["boek_verwacht"] == pytest.approx(of_spring["verwacht"] + of_summer["verwacht"])


@pytest.mark.slow
def test_forecasts_a_week_apart_overlap_and_count_once():
    week = dt.timedelta(days=7)
    first = after(orders(SPRING + week), spring(), SPRING + week)
    found = after(orders(SPRING + 5 * week), first["voorspelboek"].rows, SPRING + 5 * week)
    assert found.figures["boek_getoetst"] == 2
    assert found.figures["boek_werkelijk"] == of_day(found, SPRING)[0]["kwam"]


def test_the_first_time_the_page_says_from_when_there_is_something_to_judge():
    figures = after(orders(SPRING), day=SPRING).figures
    assert figures["vorige_tot"] is None
    assert figures["boek_getoetst"] == 0
    assert figures["boek_bericht"].endswith("die is er met gegevens tot en met 28-4-2026.")


@pytest.mark.slow
def test_data_that_begin_later_judge_nothing_and_say_why():
    found = after(orders(AUTUMN, since=dt.date(2025, 9, 1)), spring(), AUTUMN)
    rows = of_day(found, SPRING)
    assert {row["kwam"] for row in rows} == {None}
    assert rows[0]["oordeel"].startswith("uitkomst niet te bepalen: nu ")
    assert found.figures["boek_bericht"].startswith("Vorige voorspelling: uitkomst niet te bepalen: nu ")


@pytest.mark.slow
def test_what_was_judged_before_stays_when_newer_data_begin_later():
    held = autumn()["voorspelboek"].rows
    found = after(orders(AUTUMN, since=dt.date(2025, 9, 1)), held, AUTUMN)
    assert of_day(found, SPRING) == of_day(autumn(), SPRING)
    assert found.figures["vorige_werkelijk"] == autumn().figures["vorige_werkelijk"]


@pytest.mark.slow
def test_a_forecast_of_which_the_whole_horizon_was_judged_is_closed():
    filed = after(orders(SPRING), day=SPRING, horizon=8)["voorspelboek"].rows
    judged = after(orders(SUMMER), filed, SUMMER)
    assert None not in [row["kwam"] for row in of_day(judged, SPRING)]
    later = after([row for row in orders(AUTUMN) if row[1] > SPRING], judged["voorspelboek"].rows, AUTUMN)
    assert of_day(later, SPRING) == of_day(judged, SPRING)


@pytest.mark.slow
def test_a_few_customers_more_or_less_are_told_beside_the_verdict():
    gone = orders(SPRING)[0][0]
    rows = [row for row in orders(AUTUMN) if row[0] != gone]
    row = of_day(after(rows, spring(), AUTUMN), SPRING)[0]
    assert row["kwam"] is not None
    assert f"nu {row['klanten'] - 1} klanten tot en met die dag, toen {row['klanten']}" in row["oordeel"]


def test_tenths_hold_what_was_filed_beside_what_came():
    found, last = autumn(), autumn().figures
    rows = found["voorspeltienden"].rows
    row = next(one for one in of_day(found, SPRING) if one["tot en met"] == last["vorige_tot"])
    assert [one[2] for one in rows] == [row[f"tiende {n}"] for n in range(1, 11)]
    assert sum(one[1] for one in rows) == row["klanten"]
    assert sum(one[3] for one in rows) == row["kwam"]
    assert rows[0][3] > rows[-1][3]


@pytest.mark.parametrize("text", ["r=9 alpha=1 a=1 b=1", "iets anders", "", None, "r=1"])
def test_tenths_that_cannot_be_found_back_are_not_shown(text):
    bent = [changed(row, parameters=text) for row in spring()]
    found = after(orders(AUTUMN), bent, AUTUMN)
    assert found["voorspeltienden"].rows == []
    assert found.figures["tienden_bericht"].startswith("De gegevens tot en met 31-3-2026 zijn nu anders")
    assert found.figures["vorige_werkelijk"] is not None


ODD = (
    {"weken": "veertig"},
    {"weken": 1e9},
    {"weken": -4.0},
    {"peildatum": dt.date(9999, 12, 31)},
    {"peildatum": "eind maart"},
    {"verwacht": None},
    {"hoog": CellError.NA},
    {"klanten": float("nan")},
)


@pytest.mark.slow
def test_a_row_of_the_users_own_goes_on_as_it_is():
    own = ("begroting", None, None, None, 210.0, *[None] * (len(COLUMNS) - 5))
    words = [changed(spring()[0], **odd) for odd in ODD]
    found = after(orders(AUTUMN), [*spring(), own, *words], AUTUMN)["voorspelboek"].rows
    assert list(found[26:]) == [own, *words]


def test_without_a_forecast_earlier_rows_are_judged_and_kept():
    few = [row for row in ALL if row[1] <= AUTUMN][:2]
    found = after(few, spring(), AUTUMN)
    assert [row[:2] for row in found["voorspelboek"].rows] == [row[:2] for row in spring()]


@pytest.mark.slow
def test_an_earlier_day_than_the_last_keeps_the_rows_of_later_days():
    found = after(orders(AUTUMN), autumn()["voorspelboek"].rows, SUMMER)
    assert {row[0] for row in found["voorspelboek"].rows} == {SPRING, SUMMER, AUTUMN}
    assert found.figures["vorige_peildag"] == SPRING


def test_without_any_customer_no_row_is_lost():
    read = transactions_from_cells(
        HEADERS, [[None, day, amount] for _, day, amount in ALL[:40]], source="proef"
    )
    found = analyse(read, Settings(), NAMES, today=AUTUMN, earlier={"voorspelboek": list(spring())})
    assert list(found["voorspelboek"].rows) == list(spring())


def test_with_the_day_set_back_the_page_and_the_tenths_go_by_what_had_passed_then():
    found = after(orders(AUTUMN), autumn()["voorspelboek"].rows, SUMMER)
    assert found.figures["vorige_peildag"] == SPRING
    assert SPRING < found.figures["vorige_tot"] <= SUMMER
    assert found.figures["tienden_bericht"] is None
    assert sum(row[3] for row in found["voorspeltienden"].rows) == found.figures["vorige_werkelijk"]


# ── a day beyond the data ───────────────────────────────────────────────────────────────────────


@pytest.mark.slow
def test_days_of_which_the_data_tell_nothing_give_no_outcome():
    """The same rows as at first, with a later day: nothing came, because nothing is known of it."""
    found = after(orders(SPRING), spring(), SUMMER)
    rows = of_day(found, SPRING)
    assert [row["kwam"] for row in rows] == [None] * len(rows)
    assert {row["oordeel"] for row in rows if row["tot en met"] <= SUMMER} == {NO_DATA}
    assert {row["oordeel"] for row in rows if row["tot en met"] > SUMMER} == {RUNS}
    assert found.figures["boek_getoetst"] == 0
    first = min(row["tot en met"] for row in rows)
    assert f"gegevens tot en met {format_date(first)}" in found.figures["boek_bericht"]


@pytest.mark.slow
def test_an_older_export_at_a_day_that_stays_takes_no_outcome_away():
    held = autumn()["voorspelboek"].rows
    found = after(orders(SUMMER), held, AUTUMN)
    said = {row["weken"]: row["kwam"] for row in map(by_name, held) if row["peildatum"] == SPRING}
    assert {row["weken"]: row["kwam"] for row in of_day(found, SPRING)} == said
    assert found["voorspeltienden"].rows == []
    assert "de gegevens eindigen eerder" in found.figures["tienden_bericht"]


@pytest.mark.slow
def test_a_silence_no_longer_than_before_is_an_outcome():
    """A shop that is closed in some weeks of each year sold nothing in them, and that is known."""
    shut = [one for one in ALL if not (SPRING < one[1] <= SPRING + dt.timedelta(weeks=6))]
    long_ago = [one for one in shut if not dt.date(2025, 5, 1) <= one[1] < dt.date(2025, 6, 20)]
    rows = [one for one in long_ago if one[1] <= SPRING]
    first = after(rows, day=SPRING)["voorspelboek"].rows
    found = after(rows, first, SPRING + dt.timedelta(weeks=5))
    kwam = {row["weken"]: row["kwam"] for row in of_day(found, SPRING)}
    assert kwam[4.0] == 0
    assert kwam[8.0] is None
