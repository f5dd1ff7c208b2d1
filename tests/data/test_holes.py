"""Orders that are not there: a hole in the middle is named, a closing season or a quiet shop is not."""

import datetime as dt
import random

import pytest

from klantwaarde_xl.data.analyse import Settings, analyse
from klantwaarde_xl.data.reading.files import read_transactions
from klantwaarde_xl.data.reading.holes import holes_in
from klantwaarde_xl.dutch import format_date

START = dt.date(2022, 3, 1)


def visits(days, every, *, seed=1, without=lambda day: False):
    """Days with orders: on each, by chance, one in so many; none where a test leaves them out."""
    chance = random.Random(seed)
    all_days = [START + dt.timedelta(ago) for ago in range(days)]
    return [day for day in all_days if chance.random() < 1 / every and not without(day)]


def notes_of(folder, days):
    path = folder / "orders.csv"
    rows = "".join(f"K{at % 40};{day};25,00\n" for at, day in enumerate(days))
    path.write_text(f"klant;datum;bedrag\n{rows}", encoding="utf-8")
    read = read_transactions(path, today=dt.date(2028, 1, 1))
    return [note for note in read.quality.notes if "geen orders tussen" in note]


def between(first, last):
    return lambda day: first < day < last


@pytest.mark.parametrize("every", [1, 3, 8])
def test_a_part_that_is_not_there_is_found_with_its_days(every):
    whole = visits(1200, every)
    gone = between(dt.date(2023, 2, 10), dt.date(2024, 2, 10))
    left = [day for day in whole if not gone(day)]
    (hole,) = holes_in(left)
    assert hole.before == max(day for day in left if day <= dt.date(2023, 2, 10))
    assert hole.after == min(day for day in left if day >= dt.date(2024, 2, 10))


@pytest.mark.parametrize("every", [1, 2, 5, 20, 60])
def test_chance_makes_no_hole(every):
    assert not any(holes_in(visits(3000, every, seed=seed)) for seed in range(40))


def test_a_shop_that_is_closed_each_winter_misses_nothing():
    winter = lambda day: day.month in (11, 12, 1, 2)  # noqa: E731
    assert holes_in(visits(1500, 2, without=winter)) == []


def test_a_hole_beside_closed_winters_is_one():
    gone = between(dt.date(2023, 5, 1), dt.date(2023, 8, 15))
    (hole,) = holes_in(visits(1500, 2, without=lambda day: day.month in (12, 1, 2) or gone(day)))
    assert (hole.before.month, hole.after.month) in {(4, 8), (5, 8)}


@pytest.mark.parametrize("strays", [1, 3])
def test_a_stray_order_in_the_middle_of_two_years_makes_no_season_of_them(strays):
    gone = between(dt.date(2023, 2, 10), dt.date(2025, 2, 10))
    left = [day for day in visits(1800, 2) if not gone(day)]
    middle = [dt.date(2024, 2, 10) + dt.timedelta(at) for at in range(strays)]
    assert len(holes_in(sorted([*left, *middle]))) == 2


def test_a_shop_that_sells_in_one_month_only_misses_nothing():
    assert holes_in(visits(1800, 2, without=lambda day: day.month != 12)) == []


def test_orders_by_the_month_have_holes_of_months():
    months = [dt.date(2021 + at // 12, at % 12 + 1, 1) for at in range(48)]
    assert holes_in(months) == []
    assert holes_in(months[:20] + months[24:]) == []  # four months are not yet five times one
    (hole,) = holes_in(months[:20] + months[27:])
    assert hole == (months[19], months[27])


def test_it_is_said_with_how_long_and_how_many_more(tmp_path):
    whole = visits(2000, 2)
    first, second = (
        between(dt.date(2023, 1, 1), dt.date(2023, 12, 1)),
        between(dt.date(2025, 2, 1), dt.date(2025, 6, 1)),
    )
    left = [day for day in whole if not (first(day) or second(day))]
    before = max(day for day in left if day < dt.date(2023, 2, 1))
    after = min(day for day in left if day > dt.date(2023, 11, 1))
    (note,) = notes_of(tmp_path, left)
    assert note.startswith(
        f"geen orders tussen {format_date(before)} en {format_date(after)} ({(after - before).days - 1} dagen),"
        " en nog 1 keer zo lang niet: ontbreekt er een deel van de export?"
    )


def test_a_few_orders_show_nothing_of_what_is_usual(tmp_path):
    assert notes_of(tmp_path, [dt.date(2010 + at, 5, 1) for at in range(15)]) == []


# ── behind the last order ───────────────────────────────────────────────────────────────────────


def silence_said(folder, days, as_of):
    path = folder / "orders.csv"
    rows = "".join(f"K{at % 40};{day};25,00\n" for at, day in enumerate(days))
    path.write_text(f"klant;datum;bedrag\n{rows}", encoding="utf-8")
    read = read_transactions(path, today=dt.date(2028, 1, 1))
    found = analyse(read, Settings(as_of=as_of), ["kwaliteit"], today=dt.date(2028, 1, 1))
    return [note for note in found.quality.notes if "en de peildatum" in note]


@pytest.mark.parametrize("later", [30, 59, 200])
def test_days_behind_the_last_order_that_the_data_do_not_tell_of_are_named(tmp_path, later):
    days = visits(500, 1.2)
    as_of = days[-1] + dt.timedelta(later)
    (said,) = silence_said(tmp_path, days, as_of)
    assert f"geen orders tussen {format_date(days[-1])} en de peildatum {format_date(as_of)}" in said
    assert f"({later} dagen)" in said


@pytest.mark.parametrize(("every", "later"), [(1.2, 15), (15, 40)])
def test_a_silence_as_a_shop_had_before_is_none(tmp_path, every, later):
    days = visits(900, every)
    assert silence_said(tmp_path, days, days[-1] + dt.timedelta(later)) == []


def test_without_a_chosen_day_the_last_order_is_the_end(tmp_path):
    assert silence_said(tmp_path, visits(500, 1.2), None) == []
