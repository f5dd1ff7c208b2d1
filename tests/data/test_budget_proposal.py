"""The budget that is spread by what the next euro brings: the kernel's, on the same money, and why not."""

import dataclasses

import numpy as np
import pytest

from klantwaarde_xl.data.sample_campaigns import sample_budget
from klantwaarde_xl.data.sample_channels import sample_costs
from klantwaarde_xl.kernels.budget import spread_budget
from tests.data.shop_with_campaigns import MONEY, ORDERS, TEXTS, analysed, rows_of


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    return analysed(tmp_path_factory.mktemp("budget"), TEXTS)


def test_the_proposal_is_the_kernels_and_spreads_the_same_money(found):
    table = found["budgetvoorstel"].frame().set_index("kanaal")
    channels = found["kanalen"].frame().set_index("kanaal").loc[table.index]
    now, brought = channels.kosten / 12, channels["nieuwe klanten"] * channels.CLV / 12
    assert table.nu.tolist() == pytest.approx(now.tolist())
    bounds = {name: (least, most) for name, least, most in sample_budget(sample_costs(ORDERS))}
    low, high = (np.array([float(bounds[name][at]) for name in table.index]) for at in (0, 1))
    spread = spread_budget(np.arange(len(table)), now.to_numpy(), brought.to_numpy(), None, low, high)
    assert table.voorstel.tolist() == pytest.approx(spread.proposed[:-1].tolist())
    assert table["brengt nu"].tolist() == pytest.approx(brought.tolist())
    assert table["brengt straks"].tolist() == pytest.approx(spread.value_then[:-1].tolist())
    assert found.figures["budget_voorstel"] == pytest.approx(found.figures["budget_nu"])
    assert found.figures["budget_extra"] == pytest.approx((spread.value_then - spread.value_now)[-1])
    assert found.figures["budget_extra"] > 0


def test_another_amount_now_lies_on_the_same_line(found, tmp_path):
    """Half of the money brings the root of a half; and the proposal is what BUDGETVERDELING says of these."""
    texts = {**TEXTS, "budget": "kanaal;nu;vloer;plafond\nGoogle Ads;100;;\nSociale media;300;;\n"}
    table = analysed(tmp_path, texts)["budgetvoorstel"].frame().set_index("kanaal")
    channels = found["kanalen"].frame().set_index("kanaal").loc[table.index]
    scale = (np.array([100, 300]) / (channels.kosten / 12)) ** 0.5
    brought = (channels["nieuwe klanten"] * channels.CLV / 12 * scale).to_numpy()
    assert table["brengt nu"].tolist() == pytest.approx(brought.tolist())
    spread = spread_budget(np.arange(2), np.array([100.0, 300.0]), brought)
    assert table.voorstel.tolist() == pytest.approx(spread.proposed[:-1].tolist())


def test_who_is_not_judged_keeps_what_he_has(tmp_path):
    texts = {**TEXTS, "budget": "kanaal;nu;vloer;plafond\nGoogle Ads;;;\nRadio;70;;\nBeurs;;;\nVia via;;;\n"}
    found = analysed(tmp_path, texts, dataclasses.replace(MONEY, least_customers=100))
    rows = rows_of(found, "budgetvoorstel", ("kanaal",))
    assert rows["Radio",]["voorstel"] == rows["Radio",]["nu"] == 70
    assert rows["Radio",]["toelichting"] == "blijft zo: staat niet op Kosten"
    assert rows["Beurs",]["verschil"] == rows["Via via",]["verschil"] == 0
    assert rows["Beurs",]["toelichting"] == "blijft zo: te weinig klanten"
    assert rows["Google Ads",]["voorstel"] == pytest.approx(rows["Google Ads",]["nu"])  # alone with its money
    assert "Sociale media" in found.figures["budget_zonder"]


def test_a_channel_that_would_get_far_more_than_ever_goes_in_steps(tmp_path):
    texts = {**TEXTS, "budget": "kanaal;nu;vloer;plafond\nNieuwsbrief;;;\nBeurs;;;\nGoogle Ads;;;\n"}
    rows = rows_of(analysed(tmp_path, texts), "budgetvoorstel", ("kanaal",))
    row = rows["Nieuwsbrief",]
    assert row["voorstel"] > 2 * row["nu"]
    assert row["toelichting"] == "veel meer dan ooit: ga in stappen"
    assert rows["Beurs",]["toelichting"] == ""
    assert {round(one["1 erbij brengt"], 6) for one in rows.values()} == {round(row["1 erbij brengt"], 6)}


@pytest.mark.parametrize(
    ("budget", "said"),
    [
        ("", "Zet op Budget de kanalen"),
        ("Google Ads;;500;100\n", "Een vloer is hoger dan zijn plafond. Verbeter het op Budget, en ververs."),
        ("Google Ads;;99999;\nBeurs;;;\n", "De vloeren samen zijn hoger dan het budget."),
        ("Google Ads;;-5;\n", "Een uitgave, opbrengst, vloer, plafond of budget is negatief."),
        ("Radio;10;;\n", "Geen kanaal op Budget heeft al een oordeel"),
    ],
)
def test_a_budget_that_cannot_be_spread_says_why(tmp_path, budget, said):
    texts = {**TEXTS, "budget": f"kanaal;nu;vloer;plafond\n{budget}" if budget else ""}
    found = analysed(tmp_path, texts)
    assert found["budgetvoorstel"].rows == ()
    assert found.figures["budget_bericht"].startswith(said)
