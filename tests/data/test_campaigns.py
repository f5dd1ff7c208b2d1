"""Campaigns: counted as pandas counts them, adding up to the channels, and odd shops."""

import dataclasses
import datetime as dt

import numpy as np
import pandas as pd
import pytest

from klantwaarde_xl.data.sample_campaigns import (
    campaigns_of_customers,
)
from klantwaarde_xl.data.sample_channels import sample_costs, sample_customers
from tests.data.shop_with_campaigns import (
    COSTS,
    CUSTOMERS,
    FIRST,
    LAST,
    MONEY,
    ORDERS,
    REST,
    TEXTS,
    analysed,
    rows_of,
)


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    return analysed(tmp_path_factory.mktemp("campagnes"), TEXTS)


def ends_of(analysis):
    """The numbers of the rows of the best and of the worst campaigns."""
    figures = analysis.figures
    shown = [figures[f"campagne_rij_{n}"] for n in range(1, 7) if figures[f"campagne_rij_{n}"]]
    return shown[: figures["campagnes_beste"]], shown[figures["campagnes_beste"] :]


# ── the example, by hand ────────────────────────────────────────────────────────────────────


def test_campaigns_part_the_customers_and_costs_of_the_example_and_change_none():
    assert [row[:4] for row in CUSTOMERS] == sample_customers(ORDERS)
    parted = pd.DataFrame(COSTS, columns=["maand", "kanaal", "bedrag", "campagne", "bereikt"])
    whole = pd.DataFrame(sample_costs(ORDERS), columns=["maand", "kanaal", "bedrag"])
    sums = (each.groupby(["maand", "kanaal"]).bedrag.sum().round(2) for each in (parted, whole))
    pd.testing.assert_series_equal(*sums)
    assert campaigns_of_customers(sample_customers(ORDERS), ORDERS) == CUSTOMERS


def test_every_campaign_is_what_pandas_counts(found):
    orders = pd.DataFrame(ORDERS, columns=["klant", "dag", "bedrag"])
    known = pd.DataFrame(CUSTOMERS, columns=["klant", "kanaal", "product", "regio", "campagne"])
    firsts = orders[orders.bedrag >= 0].groupby("klant").dag.min()
    new = known[known.klant.isin(firsts[(firsts >= FIRST) & (firsts <= LAST)].index)]
    costs = pd.DataFrame(COSTS, columns=["maand", "kanaal", "bedrag", "campagne", "bereikt"])
    inside = costs[(costs.maand >= FIRST) & (costs.maand <= LAST)]
    value = {row[0]: row[7] for row in found["kanalen"].rows}
    rows = rows_of(found)
    wanted = {*new[["campagne", "kanaal"]].itertuples(index=False, name=None)}
    wanted |= {*inside[["campagne", "kanaal"]].itertuples(index=False, name=None)}
    assert {(campaign or REST, channel) for campaign, channel in wanted} == set(rows)
    assert len(rows) > 10
    for (campaign, channel), row in rows.items():
        called = "" if campaign == REST else campaign
        spent = inside[(inside.campagne == called) & (inside.kanaal == channel)]
        won = new[(new.campagne == called) & (new.kanaal == channel)]
        assert row["nieuwe klanten"] == len(won)
        assert row["kosten"] == pytest.approx(spent.bedrag.sum())
        bought = orders[orders.klant.isin(won.klant) & (orders.dag <= LAST)].bedrag.sum()
        if len(won):
            assert row["marge tot nu"] == pytest.approx(0.35 * bought)
            assert row["waarde"] == pytest.approx(len(won) * value[channel])
        if campaign == REST:
            assert {row[name] for name in ("CAC", "ROI", "klanten nodig", "oordeel", "van")} == {None}
            continue
        assert row["bereikt"] == spent.bereikt.sum()
        assert row["van bereikt"] == pytest.approx(len(won) / spent.bereikt.sum())
        assert (row["van"], row["tot en met"]) == (
            costs[(costs.campagne == called) & (costs.maand <= LAST)].maand.min(), spent.maand.max(),
        )  # fmt: skip
        assert row["ROI"] == pytest.approx((len(won) * value[channel] - row["kosten"]) / row["kosten"])
        assert row["klanten nodig"] == np.ceil(row["kosten"] / value[channel])
        if len(won):
            assert row["CAC"] == pytest.approx(row["kosten"] / len(won))
            assert row["CAC laag"] < row["CAC"] < row["CAC hoog"]


def test_campaigns_and_what_is_of_none_are_the_channels(found):
    parts = found["campagnes"].frame().groupby("kanaal")[["kosten", "nieuwe klanten"]].sum()
    whole = found["kanalen"].frame().set_index("kanaal")[["kosten", "nieuwe klanten"]]
    pd.testing.assert_frame_equal(parts, whole.sort_index(), check_like=True)
    figures = found.figures
    assert figures["campagnes_kosten"] + figures["campagnes_rest"] == pytest.approx(whole.kosten.sum())
    assert figures["campagnes"] == sum(name != REST for name, _ in rows_of(found))


def test_verdicts_are_those_of_channels_and_the_best_return_stands_on_top(found):
    rows = list(rows_of(found).values())
    for row in rows:
        if row["campagne"] == REST:
            continue
        ratio = (row["ROI"] or 0) + 1  # what a euro brings is CLV : CAC
        few = "bracht niemand" if not row["nieuwe klanten"] else "te weinig klanten"
        judged = "verdient zich terug" if ratio >= 3 else "net" if ratio >= 1 else "kost geld"
        assert row["oordeel"] == (few if row["nieuwe klanten"] < 5 else judged)
    told = [row["ROI"] for row in rows if row["oordeel"] in ("verdient zich terug", "net", "kost geld")]
    assert told == sorted(told, reverse=True)
    assert {row["oordeel"] for row in rows} >= {"verdient zich terug", "kost geld", "te weinig klanten"}
    names = [row["campagne"] for row in rows]
    assert names.index(REST) == len([name for name in names if name != REST])


def test_the_ends_are_the_best_return_and_the_most_money_lost(found):
    rows = list(rows_of(found).values())
    best, worst = ends_of(found)
    best, worst = [rows[at - 1] for at in best], [rows[at - 1] for at in worst]
    assert best
    assert worst
    assert [row["ROI"] for row in best] == sorted((row["ROI"] for row in best), reverse=True)
    lost = [row["kosten"] - (row["waarde"] or 0) for row in worst]
    assert lost == sorted(lost, reverse=True)
    assert {row["oordeel"] for row in worst} <= {"kost geld", "bracht niemand"}
    assert not {row["campagne"] for row in best} & {row["campagne"] for row in worst}


# ── shops that suit nobody ──────────────────────────────────────────────────────────────────

SHOP = "klant;datum;bedrag\n" + "\n".join(
    f"K{n};{1 + n % 27}-{1 + n % 12}-{2025 + (n % 12 < 10)};{50 + n}" for n in range(300)
)
SHOP += "\nOUD;1-1-2024;10\nOUD;31-10-2026;10\n"
MONTHS = [f"{2025 + (at > 2)}-{(at + 9) % 12 + 1:02}" for at in range(1, 13)]


def costs_of(*rows, of="Zoeken"):
    """Costs with nothing spent in each month, so that all are told."""
    lines = [f"{month};{of};0;;" for month in MONTHS]
    return "\n".join(["maand;kanaal;bedrag;campagne;bereik", *lines, *rows]) + "\n"


def customers_of(which):
    return "klant;kanaal;campagne\n" + "\n".join(f"K{n};{which(n)}" for n in range(300)) + "\n"


def test_without_a_campaign_it_says_what_to_fill_in(tmp_path):
    texts = {
        "transacties": SHOP,
        "kosten": costs_of("2026-03;Zoeken;90;;"),
        "klanten": customers_of(lambda n: "Zoeken;"),
    }
    found = analysed(tmp_path, texts)
    assert not found["campagnes"].rows
    assert found.figures["campagne_rij_1"] is None
    assert found.figures["campagnes_bericht"].startswith("Vul op Kosten en op Klanten de kolom campagne in")


def test_placeholders_of_programs_are_no_campaign(tmp_path):
    names = ("(not set)", "(direct)", "n.v.t.", "-", "geen", "None", "onbekend", "Merk")
    texts = {
        "transacties": SHOP,
        "kosten": costs_of("2026-03;Zoeken;90;(not set);", "2026-03;Zoeken;10;N/A;"),
        "klanten": customers_of(lambda n: f"Zoeken;{names[n % len(names)]}"),
    }
    assert {key[0] for key in rows_of(analysed(tmp_path, texts))} == {REST, "Merk"}


def test_a_campaign_in_two_channels_is_two_and_other_capitals_are_one(tmp_path):
    texts = {
        "transacties": SHOP,
        "kosten": costs_of(
            "2026-03;Zoeken;90;Lente;", "2026-04;zoeken;10; LENTE;", "2026-03;Beurs;60;Lente;"
        ),
        "klanten": customers_of(lambda n: f"{('Zoeken', 'Beurs')[n % 2]};{('lente', '')[n % 3 == 0]}"),
    }
    rows = rows_of(analysed(tmp_path, texts))
    assert {name.lower() for name, _ in rows} == {"lente", REST}
    assert len([key for key in rows if key[0] != REST]) == 2
    assert sum(row["kosten"] for row in rows.values()) == pytest.approx(160)


def test_who_has_a_campaign_and_no_channel_is_of_no_channel_and_that_is_said(tmp_path):
    texts = {
        "transacties": SHOP,
        "kosten": costs_of("2026-03;Meta;90;Lente;"),
        "klanten": customers_of(lambda n: f";{('Lente', 'Niemands')[n % 2]}"),
    }
    found = analysed(tmp_path, texts)
    rows = rows_of(found)
    assert (
        rows["Lente", "onbekend"]["oordeel"] == rows["Niemands", "onbekend"]["oordeel"] == "kosten onbekend"
    )
    assert (rows["Lente", "Meta"]["nieuwe klanten"], rows["Lente", "Meta"]["oordeel"]) == (
        0,
        "bracht niemand",
    )
    assert found.figures["campagnes_anders"] == (
        "'Lente' heeft op Klanten geen kanaal; op Kosten is dat Meta: vul het in."
    )
    without = {**texts, "klanten": "klant;kanaal\n" + "".join(f"K{n};\n" for n in range(300))}
    assert (
        analysed(tmp_path, without)["kanalen"].rows == found["kanalen"].rows
    )  # a campaign changes no channel


def test_money_under_one_channel_and_customers_under_another_is_said(tmp_path):
    texts = {
        "transacties": SHOP,
        "kosten": costs_of("2026-03;Google Ads;90;Merk;"),
        "klanten": customers_of(lambda n: "google;merk"),
    }
    said = analysed(tmp_path, texts).figures["campagnes_anders"]
    assert said == (
        "'Merk' staat op Kosten bij Google Ads en op Klanten bij google: schrijf het kanaal op beide bladen hetzelfde."
    )


def test_costs_from_before_are_said_and_make_no_cost_of_a_customer(tmp_path):
    texts = {
        "transacties": SHOP,
        "kosten": costs_of(
            "2025-10;Zoeken;900;Herfst;", "2025-09;Zoeken;9;Alleen toen;", "2026-03;Zoeken;50;;"
        ),
        "klanten": customers_of(lambda n: "Zoeken;Herfst"),
    }
    rows = rows_of(analysed(tmp_path, texts))
    assert set(rows) == {("Herfst", "Zoeken"), (REST, "Zoeken")}
    row = rows["Herfst", "Zoeken"]
    assert (row["oordeel"], row["kosten"], row["CAC"], row["ROI"]) == ("kosten van eerder", None, None, None)
    assert row["van"] == dt.date(2025, 10, 1)


def test_a_campaign_of_this_month_does_not_count_yet(tmp_path):
    lines = [f"N{n};{1 + n % 26}-11-2026;20" for n in range(30)]
    texts = {
        "transacties": SHOP + "\n".join(lines) + "\n",
        "kosten": costs_of("2026-11;Zoeken;500;Black Friday;"),
        "klanten": "klant;kanaal;campagne\n"
        + "\n".join(f"N{n};Zoeken;Black Friday" for n in range(30))
        + "\n",
    }
    found = analysed(tmp_path, texts)
    assert found["campagnes"].rows == ()
    assert found.figures["campagnes_straks"] == 1
    assert "nog niet" in found.figures["campagnes_bericht"]


def test_a_customer_of_two_campaigns_is_of_none(tmp_path):
    texts = {
        "transacties": SHOP,
        "kosten": costs_of("2026-03;Zoeken;90;A;"),
        "klanten": customers_of(lambda n: "Zoeken;A") + "K0;Zoeken;B\nK12;Zoeken;a\n",
    }
    found = analysed(tmp_path, texts)
    rows = rows_of(found)
    assert rows[REST, "Zoeken"]["nieuwe klanten"] == 1
    assert rows["A", "Zoeken"]["nieuwe klanten"] == found.figures["kanalen_nieuw"] - 1


def test_refunds_go_off_what_was_earned_and_few_customers_get_no_verdict(tmp_path):
    back = "K0;28-3-2026;-30\n"
    texts = {
        "transacties": SHOP + back,
        "kosten": costs_of("2026-03;Zoeken;90;A;40"),
        "klanten": "klant;kanaal;campagne\nK0;Zoeken;A\n",
    }
    row = rows_of(analysed(tmp_path, texts))["A", "Zoeken"]
    assert row["marge tot nu"] == pytest.approx(0.35 * (50 - 30))
    assert (row["nieuwe klanten"], row["oordeel"]) == (1, "te weinig klanten")
    assert row["van bereikt"] == pytest.approx(1 / 40)


def test_ten_campaigns_a_month_for_three_years_count_those_of_the_year(tmp_path):
    months = [f"{year}-{month:02}" for year in (2024, 2025, 2026) for month in range(1, 13)]
    rows = [f"{month};Zoeken;{5 + at};{'x' * 50} {month} {at};" for month in months[:34] for at in range(10)]
    texts = {
        "transacties": SHOP,
        "kosten": costs_of(*rows),
        "klanten": customers_of(lambda n: f"Zoeken;{'x' * 50} 2026-03 {n % 10}"),
    }
    found = analysed(tmp_path, texts)
    assert found.figures["campagnes"] == 120
    assert sum(row[5] for row in found["campagnes"].rows) == pytest.approx(12 * sum(range(5, 15)))
    assert sum(len(one) for one in ends_of(found)) <= 6


def test_while_a_month_has_no_costs_no_campaign_is_judged(tmp_path):
    lines = [line for line in TEXTS["kosten"].splitlines() if not line.startswith("2026-09")]
    found = analysed(tmp_path, {**TEXTS, "kosten": "\n".join(lines)})
    rows = [row for row in rows_of(found).values() if row["campagne"] != REST]
    assert {(row["kosten"], row["CAC"], row["ROI"]) for row in rows} == {(None, None, None)}
    assert {row["oordeel"] for row in rows} == {"kosten onbekend"}
    assert found.figures["campagnes_bericht"].startswith("Op Kosten staat niets van september 2026;")
    assert found.figures["budget_bericht"] == found.figures["campagnes_bericht"]


def test_without_a_margin_costs_and_customers_stand_there_and_no_value(tmp_path):
    found = analysed(tmp_path, TEXTS, dataclasses.replace(MONEY, margin=None))
    rows = [row for row in rows_of(found).values() if row["campagne"] != REST]
    assert {(row["waarde"], row["ROI"], row["klanten nodig"], row["marge tot nu"]) for row in rows} == {
        (None,) * 4
    }
    assert all(row["CAC"] for row in rows if row["nieuwe klanten"])
