"""Figures over twelve months, and the last of them: against pandas, in shops as they come."""

import datetime as dt
import random

import pandas as pd
import pytest

from klantwaarde_xl.data.analyse import Settings, analyse
from klantwaarde_xl.data.reading.files import transactions_from_cells

TODAY = dt.date(2026, 11, 27)
BEGIN, END = dt.date(2023, 1, 1), dt.date(2026, 10, 31)


def shop(seed):
    """Orders and refunds: guests alone at first, refunds before orders and of who never ordered, a silent year."""
    draw = random.Random(seed)
    rows = [(None, BEGIN, 10.0), ("NOOIT", dt.date(2023, 3, 1), -40.0), ("LATER", dt.date(2023, 4, 1), -15.0)]
    quiet = range(draw.choice([200, 500, 700]), draw.choice([600, 900, 1200]))
    alone = draw.choice([0, 450])  # days in which guests are all there are
    for _ in range(draw.choice([30, 150])):
        day = draw.randrange(120, (END - BEGIN).days)
        if day in quiet:
            continue
        name = draw.choice([None, "LATER", *(f"K{draw.randrange(1 + day // 60)}" for _ in range(6))])
        name = name if day > alone else None
        amount = draw.randrange(0, 9000) / 100
        rows.append((name, BEGIN + dt.timedelta(days=day), amount))
        if draw.random() < 0.4:
            back = min(day + draw.choice([0, 10, 400]), (END - BEGIN).days)
            rows.append((name, BEGIN + dt.timedelta(days=back), -amount))
    return [*rows, ("LATER", END, 5.0)]


def by_hand(rows):
    """Month, buyers, orders, revenue, the same after refunds, that of first days and later ones, guests'."""
    frame = pd.DataFrame(rows, columns=["klant", "dag", "bedrag"])
    frame["maand"] = pd.PeriodIndex(pd.to_datetime(frame["dag"]), freq="M")
    bought = frame[frame["bedrag"] >= 0]
    own, guests = bought[bought["klant"].notna()], bought[bought["klant"].isna()]
    first = own.groupby("klant")["dag"].min()
    known = frame[frame["klant"].isin(first.index)]
    for month in pd.period_range(bought["maand"].min() + 11, "2026-10", freq="M"):
        year, kept, others = (
            part[(part["maand"] > month - 12) & (part["maand"] <= month)] for part in (own, known, guests)
        )
        fresh = year["dag"] == year["klant"].map(first)
        sums = (year, kept, year[fresh], year[~fresh], others)
        counts = (month.start_time.date(), year["klant"].nunique(), len(year))
        yield *counts, *(part["bedrag"].sum() for part in sums)


@pytest.mark.parametrize("seed", range(12))
def test_each_year_is_what_pandas_counts_and_the_last_one_is_that_of_the_clv(seed):
    rows = shop(seed)
    read = transactions_from_cells(("klant", "datum", "bedrag"), rows, source="proef", today=TODAY)
    made = analyse(read, Settings(as_of=END), ["jaarcijfers", "brug"], today=TODAY)
    wanted = list(by_hand(rows))
    got = [(*row[:6], row[6], row[8]) for row in made["jaarcijfers"].rows]
    assert [row[:3] for row in got] == [row[:3] for row in wanted]
    assert [one for row in got for one in row[3:]] == pytest.approx(
        [one for row in wanted for one in row[3:]]
    )
    names = ("kopers", "orders", "omzet", "netto", "eerste")
    assert [made.figures[f"brug_{name}"] for name in names] == pytest.approx(wanted[-1][1:6])
    assert made.figures["brug_gasten"] == pytest.approx(wanted[-1][7])
