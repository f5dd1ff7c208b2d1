"""The workbook's list of next purchases is the function's, who is late above, and its totals add up."""

import datetime as dt

import numpy as np
import pytest

from klantwaarde_xl.data.analyse import Settings, analyse
from klantwaarde_xl.dutch import date_to_serial
from klantwaarde_xl.reports.next_purchase import next_purchase
from klantwaarde_xl.wording.next_purchase import OVERDUE
from tests.data.test_forecasts import from_rows, shop  # noqa: F401

END = dt.date(2026, 10, 31)


@pytest.fixture(scope="module")
def made(shop):  # noqa: F811
    return analyse(shop, Settings(as_of=END, model="mbg/nbd"), ["volgende", "prognose"])


@pytest.mark.slow
def test_it_is_the_function_of_cells_in_another_order(shop, made):  # noqa: F811
    rows = shop.con.execute("select klant, dag, bedrag from tx where klant is not null").fetchall()
    names, codes = np.unique([klant for klant, _, _ in rows], return_inverse=True)
    days = np.array([date_to_serial(day) for _, day, _ in rows])
    amounts = np.array([float(amount) for _, _, amount in rows])
    found = next_purchase(codes, days, amounts, model=1.0, as_of=date_to_serial(END), season=3.0)
    table = made["volgende"]
    place = {name: at for at, name in enumerate(table.column("klant"))}
    order = [place[names[code]] for code in found.customer]
    for header, column in (
        ("kans nog klant", found.alive),
        ("koopt binnen 30 dagen", found.month),
        ("binnen 90 dagen", found.quarter),
        ("zo lang stil", found.silence),
    ):
        assert np.array(table.column(header))[order] == pytest.approx(column, rel=1e-9)
    assert [table.column("oordeel")[at] for at in order] == found.note.tolist()


def test_who_is_late_stands_above_and_the_most_valuable_first(made):
    table = made["volgende"]
    late = [note == OVERDUE for note in table.column("oordeel")]
    assert 0 < sum(late) < len(late)
    assert late == sorted(late, reverse=True)
    for of in (True, False):
        worth = [one for one, is_late in zip(table.column("klantwaarde"), late, strict=True) if is_late is of]
        assert worth == sorted(worth, reverse=True)


def test_the_value_is_that_of_the_forecast_and_the_figures_are_its_sums(made):
    table = made["volgende"]
    worth = dict(zip(made["prognose"].column("klant"), made["prognose"].column("klantwaarde"), strict=True))
    assert dict(zip(table.column("klant"), table.column("klantwaarde"), strict=True)) == worth
    figures = made.figures
    late = [
        one
        for one, note in zip(table.column("klantwaarde"), table.column("oordeel"), strict=True)
        if note == OVERDUE
    ]
    assert figures["volgende_laat"] == len(late)
    assert figures["volgende_laat_waarde"] == pytest.approx(sum(late))
    assert figures["volgende_maand"] == pytest.approx(sum(table.column("koopt binnen 30 dagen")))
    assert figures["volgende_kwartaal"] == pytest.approx(sum(table.column("binnen 90 dagen")))


def test_without_a_forecast_there_is_no_list():
    rows = [["Ada", dt.date(2026, 1, 5), 10.0], ["Bo", dt.date(2026, 2, 5), 12.0]]
    got = analyse(from_rows(rows), Settings(), ["volgende"])
    assert list(got["volgende"].rows) == []
    assert got.figures["volgende_laat"] is None
