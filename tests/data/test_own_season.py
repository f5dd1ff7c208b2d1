"""A season by the user's own index, in a workbook: proved like the calendars', and not taken on trust."""

import datetime as dt

import numpy as np
import pytest

from klantwaarde_xl.data.analyse import analyse
from klantwaarde_xl.data.filed_models import read_again, written
from klantwaarde_xl.data.reading.files import read_table
from klantwaarde_xl.data.settings import Settings
from klantwaarde_xl.data.tables import tables
from klantwaarde_xl.errors import OutOfRange
from klantwaarde_xl.kernels.models.estimate.search import Fit
from klantwaarde_xl.kernels.models.season.calendar import MONTHS, of_index
from klantwaarde_xl.kernels.models.season.clock import Season

TODAY = dt.date(2025, 7, 2)
BEGIN = dt.date(2022, 7, 4)
WEEKS = 156
# Three busy weeks of every nine, which no calendar knows
BUSY = [1.0 if week % 9 < 3 else 0.0 for week in range(WEEKS + 60)]


def monday(week):
    return BEGIN + dt.timedelta(weeks=week)


def shop(seed=4, customers=500):
    """Orders of customers who buy three times as much in the busy weeks."""
    rng = np.random.default_rng(seed)
    lines = ["klant;datum;bedrag"]
    for customer in range(customers):
        start, rate, weeks = int(rng.integers(0, 110)), rng.gamma(1.2, 0.08), rng.geometric(0.008)
        for week in range(start, min(start + weeks, WEEKS)):
            many = 1 if week == start else rng.poisson(rate * (3 if BUSY[week] else 1))
            lines += [
                f"k{customer};{monday(week) + dt.timedelta(days=int(rng.integers(0, 7)))};{20 + rng.integers(0, 30)}"
                for _ in range(many)
            ]
    return "\n".join(lines) + "\n"


def index_of(values):
    return "week;index\n" + "".join(f"{monday(week)};{value:g}\n" for week, value in enumerate(values))


@pytest.fixture(scope="module")
def given(tmp_path_factory):
    folder, found = tmp_path_factory.mktemp("drukte"), {}
    for name, text in (("transacties", shop()), ("drukte", index_of(BUSY))):
        (folder / f"{name}.csv").write_text(text)
        con = next((one.con for one in found.values()), None)
        found[name] = read_table(folder / f"{name}.csv", tables()[name], today=TODAY, con=con)
    return found


def opmerking(given, **settings):
    return analyse(given, Settings(**settings), ("prognosetotaal",), today=TODAY).figures["opmerking"] or ""


@pytest.mark.slow
def test_an_index_that_predicts_is_followed(given):
    assert "volgt het seizoen (eigen index)" in opmerking(given)


@pytest.mark.slow
def test_the_season_is_told_with_how_busy_each_part_is(given):
    """The log was drawn with three times as much in a third of the weeks: 80% above the average."""
    made = analyse(given, Settings(), ("seizoen",), today=TODAY)
    rows = {row[0]: row[1:] for row in made["seizoen"].rows}
    assert rows.keys() == {"index 0", "index 1"}
    more, low, high, days = rows["index 1"]
    assert low < 0.8 < high
    assert (days, made.figures["seizoen_top"]) == (pytest.approx(365.25 / 3, rel=0.05), more)
    assert made.figures["seizoen_zin"] == (
        f"Waar uw eigen index 1 is, liggen de aankopen {100 * more:.0f}% boven het gemiddelde"
    )


@pytest.mark.slow
def test_without_a_season_it_says_why(given):
    made = analyse(given, Settings(season="geen"), ("seizoen",), today=TODAY)
    assert (list(made["seizoen"].rows), made.figures["seizoen_top"]) == ([], None)
    assert made.figures["seizoen_zin"] == "Seizoen telt niet mee: zo staat het op Instellingen"
    named = analyse(
        {"transacties": given["transacties"]}, Settings(season="maanden"), ("seizoen",), today=TODAY
    )
    assert named.figures["seizoen_zin"].startswith("Seizoen telt niet mee: ")
    assert "Instellingen" not in named.figures["seizoen_zin"]


@pytest.mark.slow
def test_a_season_that_is_named_goes_before_it(given):
    assert "eigen index" not in opmerking(given, season="maanden")
    assert "seizoen" not in opmerking(given, season="geen")


@pytest.mark.slow
def test_without_rows_the_calendars_are_looked_at(given):
    assert "eigen index" not in opmerking({"transacties": given["transacties"]})


def test_an_index_that_predicts_nothing_is_not_followed_and_it_says_why(given, tmp_path):
    rng = np.random.default_rng(9)
    (tmp_path / "d.csv").write_text(index_of(rng.integers(0, 2, WEEKS + 60)))
    noise = read_table(tmp_path / "d.csv", tables()["drukte"], today=TODAY, con=given["transacties"].con)
    assert "volgt geen seizoen (eigen index" in opmerking({**given, "drukte": noise})


def test_an_index_of_one_value_is_refused_with_its_place(given, tmp_path):
    (tmp_path / "d.csv").write_text(index_of([2.0] * 40))
    flat = read_table(tmp_path / "d.csv", tables()["drukte"], today=TODAY, con=given["transacties"].con)
    with pytest.raises(OutOfRange, match="dezelfde waarde") as told:
        opmerking({**given, "drukte": flat})
    assert "d.csv" in told.value.where


def test_a_filed_model_with_an_own_index_is_read_again_with_that_index_only():
    own = of_index("index", np.array([45000.0, 45007.0]), np.array([1.0, 2.0]))
    params = {"r": 0.25, "alpha": 4.4, "a": 0.8, "b": 2.4}
    fit = Fit("BG/NBD", params, {}, np.zeros((4, 4)), 0.0, 10, True)
    for calendar, known in ((own, [own]), (MONTHS, [])):
        effects = np.linspace(-0.5, 0.5, len(calendar.names))
        season = Season(calendar, effects, np.zeros((effects.size, effects.size)), 44000.0, 45000.0)
        again, found = read_again("BG/NBD", written(fit, season), 10, known)
        assert again.params == pytest.approx(fit.params)
        assert found.calendar is calendar
        assert found.effects == pytest.approx(effects, rel=1e-5)
    season = Season(own, np.array([0.4]), np.zeros((1, 1)), 44000.0, 45000.0)
    assert read_again("BG/NBD", written(fit, season), 10) == (None, None)
