"""The table of how the value of customers changed, and from which day on."""

import datetime as dt

import pytest

from klantwaarde_xl.data.analyse import analyse
from klantwaarde_xl.data.periods import months_before
from klantwaarde_xl.data.reading.files import read_transactions
from klantwaarde_xl.data.sample import sample_csv, sample_orders
from klantwaarde_xl.data.settings import Settings

TODAY = dt.date(2026, 11, 27)


@pytest.fixture(scope="module")
def orders(tmp_path_factory):
    path = tmp_path_factory.mktemp("brug") / "orders.csv"
    path.write_text(sample_csv(sample_orders(900)), encoding="utf-8")
    return read_transactions(path, today=TODAY)


@pytest.mark.parametrize(
    ("day", "months", "earlier"),
    [
        ((2026, 11, 26), 3, (2026, 8, 26)),
        ((2026, 2, 28), 3, (2025, 11, 30)),
        ((2024, 2, 29), 12, (2023, 2, 28)),
        ((2026, 5, 31), 3, (2026, 2, 28)),
        ((2026, 5, 30), 3, (2026, 2, 28)),
        ((2026, 1, 15), 1, (2025, 12, 15)),
        ((2026, 3, 1), 60, (2021, 3, 1)),
    ],
)
def test_a_period_begins_on_the_same_day_or_with_the_month_that_ended(day, months, earlier):
    assert months_before(dt.date(*day), months) == dt.date(*earlier)


@pytest.mark.slow
def test_the_steps_lead_from_one_value_to_the_other(orders):
    found = analyse(orders, Settings(margin=0.35), ("waardebrug", "prognosetotaal"), today=TODAY)
    begin, won, behaviour, lost, end = (row[1] for row in found["waardebrug"].rows)
    assert begin + won + behaviour + lost == pytest.approx(end)
    assert end == pytest.approx(found.figures["waarde"])
    assert found.figures["waardebrug_verandering"] == pytest.approx(end - begin)
    assert found.figures["waardebrug_laag"] < end - begin < found.figures["waardebrug_hoog"]
    assert found.figures["waardebrug_van"] == months_before(found.as_of, 3)


@pytest.mark.slow
def test_customers_at_the_beginning_are_those_who_had_bought_by_then(orders):
    found = analyse(orders, Settings(report_months=12), ("waardebrug",), today=TODAY)
    opening = months_before(found.as_of, 12)
    # whoever has a first order by then, less those whose purchases were all taken back by then
    bought = {
        customer for customer, day, amount in orders.rows() if customer and amount > 0 and day <= opening
    }
    assert 0.95 * len(bought) <= found["waardebrug"].rows[0][2] <= len(bought)


def test_a_report_of_longer_than_the_data_begins_with_nothing(orders):
    names = ("waardebrug", "prognosetotaal", "prognosemarges")
    found = analyse(orders, Settings(report_months=60), names, today=TODAY)
    assert found["waardebrug"].rows[0][1:3] == (0, 0)
    assert found.figures["waardebrug_oorzaak"] == "nieuwe klanten"
    # what came of nothing is the value itself, and as sure as that
    for ours, theirs in (
        ("waardebrug_verandering", "waarde"),
        ("waardebrug_laag", "waarde_laag"),
        ("waardebrug_hoog", "waarde_hoog"),
    ):
        assert found.figures[ours] == pytest.approx(found.figures[theirs])


def test_without_a_forecast_it_says_why(tmp_path):
    (tmp_path / "k.csv").write_text("klant;datum;bedrag\na;2026-01-05;10\nb;2026-02-05;12\n")
    few = read_transactions(tmp_path / "k.csv", today=TODAY)
    found = analyse(few, None, ("waardebrug",), today=TODAY)
    assert found["waardebrug"].rows == ()
    assert "kocht" in found.figures["waardebrug_bericht"]
    assert found.figures["waardebrug_verandering"] is None
