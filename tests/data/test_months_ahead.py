"""Months counted and to come in the workbook's table: those of the kernel, in order, with words where there is none."""

import datetime as dt

import pytest

from klantwaarde_xl.data.analyse import Settings, analyse
from klantwaarde_xl.data.months_ahead import FIGURES
from klantwaarde_xl.data.reading.files import transactions_from_cells
from tests.data.test_forecasts import TINY, from_rows, regulars, shop  # noqa: F401

HEADERS = ("klant", "datum", "bedrag")
END = dt.date(2026, 6, 18)


@pytest.fixture(scope="module")
def made(shop):  # noqa: F811
    return analyse(shop, Settings(as_of=END, model="mbg/nbd"), ["vooruit", "prognosetotaal"])


def column(made, header):
    return made["vooruit"].column(header)


@pytest.mark.slow
def test_twelve_months_were_counted_and_a_year_comes(made):
    months = column(made, "van")
    assert months == sorted(months)
    assert months[:2] == [dt.date(2025, 6, 1), dt.date(2025, 7, 1)]
    assert months[-1] == dt.date(2027, 6, 1)
    assert column(made, "maand")[11:14] == ["mei 26", "jun 26 *", "jul 26"]
    assert all(
        begin.month == end.month for begin, end in zip(months, column(made, "tot en met"), strict=True)
    )


def test_what_was_counted_is_the_net_revenue_of_customers(shop, made):  # noqa: F811
    rows = [row for row in shop.rows() if row[1] <= END]
    for month, counted in list(zip(column(made, "van"), column(made, "geteld"), strict=True))[:13]:
        there = sum(amount for _, day, amount in rows if day.replace(day=1) == month)
        assert counted == pytest.approx(there)
    assert set(column(made, "geteld")[13:]) == {None}


def test_months_to_come_add_up_to_the_figures(made):
    for header, figure in (
        ("omzet huidige", "huidige"),
        ("omzet nieuwe", "nieuwe"),
        ("aankopen", "aankopen"),
    ):
        there = [value for value in column(made, header) if value is not None]
        assert sum(there) == pytest.approx(made.figures[f"vooruit_{figure}"])
    assert made.figures["vooruit_omzet"] == pytest.approx(
        made.figures["vooruit_huidige"] + made.figures["vooruit_nieuwe"]
    )


def test_a_running_month_is_what_was_counted_with_what_comes(made):
    row = dict(zip(made["vooruit"].columns, made["vooruit"].rows[12], strict=True))
    parts = row["geteld"] + row["omzet huidige"] + row["omzet nieuwe"]
    assert row["omzet samen"] == pytest.approx(parts)
    assert row["geteld"] < row["laag"] < row["omzet samen"] < row["hoog"]


def test_fewer_are_customers_at_the_end_than_now(made):
    assert 0 < made.figures["vooruit_klant"] < made.figures["actief"]
    assert made.figures["vooruit_tot"] == dt.date(2027, 6, 30)
    assert "hele maanden" in made.figures["vooruit_bericht"]


@pytest.mark.slow
def test_the_horizon_says_how_many_months_come(shop):  # noqa: F811
    for weeks, months in ((1, 1), (13, 3), (26, 6), (104, 24)):
        got = analyse(shop, Settings(as_of=dt.date(2026, 5, 31), horizon=weeks, model="mbg/nbd"), ["vooruit"])
        assert len([value for value in got["vooruit"].column("omzet samen") if value is not None]) == months
        assert not any(label.endswith("*") for label in got["vooruit"].column("maand"))


@pytest.mark.slow
def test_margin_and_interest_do_not_change_revenue(shop, made):  # noqa: F811
    rich = analyse(shop, Settings(as_of=END, model="mbg/nbd", margin=0.2, interest=0.1), ["vooruit"])
    assert rich["vooruit"].rows == made["vooruit"].rows


def test_a_shop_too_young_to_count_newcomers_has_its_present_customers_and_says_so():
    rows = [
        [f"k{code}", dt.date(2026, 1, 10) + dt.timedelta(days=step * (5 + code % 7)), 20.0 + code]
        for code in range(30)
        for step in range(1 + code % 5)
    ]
    got = analyse(from_rows(rows), Settings(as_of=dt.date(2026, 2, 20), model="mbg/nbd"), ["vooruit"])
    assert "hele maanden" in got.figures["vooruit_bericht"]
    assert got.figures["vooruit_nieuwe"] is None
    assert got.figures["vooruit_omzet"] == pytest.approx(got.figures["vooruit_huidige"])
    ahead = [row for row in got["vooruit"].rows if row[4] is not None]
    assert {row[5] for row in ahead} == {None}
    assert [row[6] for row in ahead[1:]] == [row[4] for row in ahead[1:]]


@pytest.mark.parametrize("rows", TINY.values(), ids=TINY)
def test_without_a_forecast_what_was_counted_stands_and_the_reason(rows):
    got = analyse(transactions_from_cells(HEADERS, rows, source="proef"), Settings(), ["vooruit"])
    assert got.figures["vooruit_bericht"].endswith(".")
    assert {got.figures[f"vooruit_{name}"] for name in FIGURES} == {None}
    assert sum(got["vooruit"].column("geteld")) == pytest.approx(sum(row[2] for row in rows))
    assert set(got["vooruit"].column("omzet samen")) == {None}


@pytest.mark.slow
def test_a_month_without_orders_was_counted_too():
    """Left out, the months around it would look like neighbours, and their mean like that of every month."""
    rows = [[name, dt.date(2026, month, 5), 20.0] for name in "ABCDE" for month in (1, 4, 5)]
    got = analyse(
        from_rows(rows), Settings(as_of=dt.date(2026, 7, 3), model="mbg/nbd"), ["vooruit", "maandbeeld"]
    )
    counted = {row[0]: row[3] for row in got["vooruit"].rows if row[3] is not None}
    assert list(counted.items()) == [
        ("jan 26", 100.0), ("feb 26", 0.0), ("mrt 26", 0.0), ("apr 26", 100.0), ("mei 26", 100.0), ("jun 26", 0.0),
        ("jul 26 *", 0.0),
    ]  # fmt: skip
    drawn = got["maandbeeld"].rows
    assert [row[2] for row in drawn[:6]] == [*counted.values()][:6]
    assert (drawn[6][2], drawn[6][3], drawn[6][7]) == (None, 0.0, None)


@pytest.mark.slow
def test_no_band_is_drawn_below_nought():
    """More came back than was sold in the running month: a band would stand upside down."""
    rows = [[f"k{code}", dt.date(2026, month, 5), 20.0] for code in range(20) for month in (1, 3, 4)]
    rows += [["k1", dt.date(2026, 6, 2), -900.0], ["k2", dt.date(2026, 6, 2), 20.0]]
    got = analyse(from_rows(rows), Settings(model="mbg/nbd"), ["vooruit", "maandbeeld"])
    ((at, running),) = [(at, row) for at, row in enumerate(got["vooruit"].rows) if row[0] == "jun 26 *"]
    assert running[3] == -880.0
    assert got["maandbeeld"].rows[at][4:7] == (None, None, running[6])


@pytest.mark.slow
def test_where_nobody_stops_all_stay():
    got = analyse(
        regulars(lambda rng: rng.gamma(4, 8)), Settings(model="mbg/nbd"), ["vooruit", "prognosetotaal"]
    )
    assert got.figures["vooruit_klant"] == pytest.approx(got.figures["klanten"])
    assert (
        got.figures["vooruit_huidige_laag"]
        < got.figures["vooruit_huidige"]
        < got.figures["vooruit_huidige_hoog"]
    )
