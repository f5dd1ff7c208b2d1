"""Channels month by month: as pandas counts them, adding up to the channels, and unknown where costs lack."""

import datetime as dt

import duckdb
import pandas as pd
import pytest

from klantwaarde_xl.data.analyse import analyse
from klantwaarde_xl.data.reading.files import read_table
from klantwaarde_xl.data.tables import tables
from klantwaarde_xl.workbook.build import no_rows
from tests.data.shop_with_campaigns import COSTS, CUSTOMERS, FIRST, LAST, MONEY, ORDERS, TEXTS, TODAY


def monthly(folder, texts):
    con, given = duckdb.connect(), {}
    for name in ("transacties", "kosten", "klanten"):
        if not (text := texts.get(name)):
            given[name] = no_rows(name, con, TODAY)
            continue
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
        given[name] = read_table(folder / f"{name}.csv", tables()[name], today=TODAY, con=con)
    return analyse(given, MONEY, ("kanalen", "kanaalmaanden"), today=TODAY)


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    return monthly(tmp_path_factory.mktemp("maanden"), TEXTS)


def test_each_month_of_each_channel_is_what_pandas_counts(found):
    table = found["kanaalmaanden"].frame().set_index(["kanaal", "maand"])
    orders = pd.DataFrame(ORDERS, columns=["klant", "dag", "bedrag"])
    firsts = orders[orders.bedrag >= 0].groupby("klant").dag.min()
    channel = (
        pd.DataFrame([row[:2] for row in CUSTOMERS], columns=["klant", "kanaal"]).set_index("klant").kanaal
    )
    won = pd.DataFrame({"dag": firsts, "kanaal": channel.reindex(firsts.index)})
    won = won[(won.dag >= FIRST) & (won.dag <= LAST)]
    won["maand"] = [day.replace(day=1) for day in won.dag]
    expected = won.groupby(["kanaal", "maand"]).size()
    assert table["nieuwe klanten"][table["nieuwe klanten"] > 0].to_dict() == {
        (name, month): count for (name, month), count in expected.items()
    }
    costs = pd.DataFrame([row[:3] for row in COSTS], columns=["maand", "kanaal", "bedrag"])
    costs = costs[(costs.maand >= FIRST) & (costs.maand <= LAST)].groupby(["kanaal", "maand"]).bedrag.sum()
    assert table.kosten[table.kosten > 0].to_dict() == pytest.approx(
        {(name, month): float(spent) for (name, month), spent in costs.items() if spent}
    )
    some = table[table["nieuwe klanten"] > 0]
    assert some.CAC.tolist() == pytest.approx((some.kosten / some["nieuwe klanten"]).tolist())
    assert table[table["nieuwe klanten"] == 0].CAC.isna().all()


def test_the_months_are_the_channels(found):
    months, channels = found["kanaalmaanden"].frame(), found["kanalen"].frame().set_index("kanaal")
    together = months.groupby("kanaal")[["kosten", "nieuwe klanten"]].sum()
    assert together["nieuwe klanten"].to_dict() == channels["nieuwe klanten"].to_dict()
    assert together.kosten.to_dict() == pytest.approx(channels.kosten.to_dict())
    assert months.groupby("kanaal").size().eq(12).all()


SHOP = "klant;datum;bedrag\nA;5-8-2026;10\nB;6-9-2026;10\nC;7-10-2026;10\nC;31-10-2026;5\n"
KNOWN = "klant;kanaal\nA;Zoeken\nB;zoeken\nC;Beurs\n"


def rows(folder, **texts):
    made = monthly(folder, {"transacties": SHOP, "klanten": KNOWN, **texts})["kanaalmaanden"].rows
    return {(row[0], row[1].month): row[2:] for row in made}


def test_a_month_without_any_costs_is_unknown_and_one_of_nought_is_free(tmp_path):
    found = rows(tmp_path, kosten="maand;kanaal;bedrag\n2026-08;Zoeken;30\n2026-10;Zoeken;0\n")
    assert found["Zoeken", 8] == (30.0, 1, 30.0)
    assert found["Zoeken", 9] == (None, 1, None)
    assert found["Zoeken", 10] == (0.0, 0, None)
    assert found["Beurs", 10] == (0.0, 1, 0.0)


def test_without_costs_there_are_customers_and_no_money(tmp_path):
    found = rows(tmp_path)
    assert {row[0] for row in found.values()} == {None}
    assert sum(row[1] for row in found.values()) == 3


def test_before_the_first_whole_month_there_is_nothing(tmp_path):
    today = f"klant;datum;bedrag\nA;{TODAY - dt.timedelta(days=3):%d-%m-%Y};10\n"
    assert monthly(tmp_path, {"transacties": today})["kanaalmaanden"].rows == ()
