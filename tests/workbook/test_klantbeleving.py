"""The workbook of customer experience: the kernels beside every figure, and nothing where nothing is typed."""

import datetime as dt
import re

import numpy as np
import pytest

from klantwaarde_xl.kernels import keeping, perceived
from klantwaarde_xl.workbook.content import entries_of, examples_of
from klantwaarde_xl.workbook.templates import template
from tests.books import Looked, package_of

NOW = dt.datetime(2026, 11, 27, 9, 30)
ENTRIES = entries_of(template("klantbeleving"))
EXAMPLE = examples_of(template("klantbeleving"))
FACTORS = ["Klantrelatie", "Klantbeleving", "Prijs en kwaliteit", "Merk", "Gemak", "Reputatie", "Loyaliteit", "Service", "Prijsstrategie", "Verkoop"]  # fmt: skip


def looked(inputs):
    return Looked("klantbeleving", package_of("klantbeleving", now=NOW, inputs=inputs).shown())


@pytest.fixture(scope="module")
def filled():
    return looked(EXAMPLE)


@pytest.fixture(scope="module")
def empty():
    return looked({})


def scores(side, what, inputs=EXAMPLE):
    """Of the rows that have an experience, what was typed."""
    rows = [n for n in range(1, 13) if f"kw_{side}{n}_ervaring" in inputs]
    return np.array([inputs.get(f"kw_{side}{n}_{what}", 1) for n in rows], dtype=float)


def test_it_begins_with_the_ten_factors_of_the_article():
    """Article 002 (D37)."""
    typed = [cell.rule.default for name, cell in ENTRIES.items() if re.fullmatch(r"kw_voordeel\d+", name)]
    assert typed[:10] == FACTORS
    assert typed[10:] == [None, None]


def test_the_balance_is_that_of_the_kernel(filled):
    gains, loads = scores("voordeel", "ervaring"), scores("last", "ervaring")
    weights = scores("voordeel", "gewicht"), scores("last", "gewicht")
    balance = perceived.perceived_value(gains, loads, *weights)
    assert filled["ku_balans"] == pytest.approx(balance)
    assert filled["ku_voordelen"] == pytest.approx(np.average(gains, weights=weights[0]))


def test_the_gap_counts_a_load_that_is_heavier_than_expected_as_short(filled):
    short = scores("voordeel", "ervaring") - scores("voordeel", "verwachting")
    heavy = scores("last", "verwachting") - scores("last", "ervaring")
    weights = np.concatenate([scores("voordeel", "gewicht"), scores("last", "gewicht")])
    assert filled["ku_kloof"] == pytest.approx(np.average(np.concatenate([short, heavy]), weights=weights))


def test_quality_price_and_the_place_on_the_map_are_those_of_the_kernels(filled):
    quality = perceived.quality_ratio(
        scores("voordeel", "ervaring"), scores("voordeel", "concurrent"), scores("voordeel", "gewicht")
    )
    assert filled["ku_kwaliteit"] == pytest.approx(quality)
    ratios = [EXAMPLE[f"kw_product{n}_prijs"] / EXAMPLE[f"kw_product{n}_zijn"] for n in (1, 2, 3)]
    assert filled["ku_prijs"] == pytest.approx(np.mean(ratios))
    assert filled.card("Prijspremie")[0] == pytest.approx(np.mean(ratios) - 1)
    assert filled["ku_plaats"] == "premium"


def test_what_falls_short_most_stands_on_top(filled):
    gaps = [gap for gap in filled.column("kloven", "kloof") if isinstance(gap, float)]
    assert len(gaps) == 10
    assert gaps == sorted(gaps)
    assert filled.column("kloven", "aspect")[0] == "Service"
    assert "Service valt het meest tegen: −1,4 (donker: ervaring)" in findings(filled)


def test_reasons_stand_as_the_kernel_has_them(filled):
    many = [EXAMPLE[f"kw_reden{n}_klanten"] for n in range(1, 7)]
    worth = [EXAMPLE[f"kw_reden{n}_waarde"] for n in range(1, 7)]
    found = keeping.leaving_reasons(
        np.repeat(np.arange(6), many), np.repeat(np.array(worth, dtype=float), many)
    )
    assert filled.column("redenen", "waarde weg")[:6] == pytest.approx(found.value.tolist())
    assert filled.column("redenen", "opgeteld")[:6] == pytest.approx(found.running.tolist())
    assert filled.column("redenen", "klanten")[:6] == pytest.approx(found.customers.tolist())
    assert "Service kost het meest: € 2.790, 36,4% van wat vertrok" in findings(filled)


def findings(book):
    return {value for value in book.shown["Beleving"].values() if isinstance(value, str)}


@pytest.mark.slow
def test_two_gaps_of_one_size_keep_their_own_names():
    same = {
        f"kw_voordeel{n}_{what}": score
        for n in (1, 2, 3)
        for what, score in (("verwachting", 8), ("ervaring", 7))
    }
    assert looked(same).column("kloven", "aspect")[:3] == FACTORS[:3]


@pytest.mark.slow
def test_a_load_above_the_gain_is_a_high_risk_and_said():
    book = looked({"kw_voordeel1_ervaring": 3, "kw_last1_ervaring": 8})
    assert book.card("Kans op vertrek")[0] == "hoog"
    assert book.messages()[0].startswith("Klanten steken er meer in dan ze krijgen")


@pytest.mark.slow
def test_an_aspect_within_the_tolerance_is_as_expected():
    inputs = {"kw_voordeel1_verwachting": 8.0, "kw_voordeel1_ervaring": 7.5}
    assert looked(inputs).column("voordeel", "oordeel")[0] == "● naar verwachting"
    assert looked({**inputs, "kw_tolerantie": 0.4}).column("voordeel", "oordeel")[0] == "✖ valt tegen"


@pytest.mark.slow
def test_the_example_is_in_order(filled):
    assert filled.attention() == set()
    assert filled.errors() == []


def test_an_empty_one_shows_what_to_fill_in_and_no_figure(empty):
    assert set(empty.cards().values()) == {"–"}
    assert empty.attention() == set()
    assert empty.errors() == []


@pytest.mark.slow
@pytest.mark.parametrize(
    "odd",
    [
        {"kw_prijsgewicht": 1.0},
        {"kw_prijsgewicht": 0.0},
        {"kw_product1_zijn": 0},
        {"kw_product1_prijs": 0, "kw_product2_prijs": 0, "kw_product3_prijs": 0},
        {f"kw_voordeel{n}_gewicht": 0 for n in range(1, 11)},
        {f"kw_reden{n}_waarde": 0 for n in range(1, 7)},
    ],
    ids=str,
)
def test_no_input_that_is_taken_shows_an_error_value(odd):
    assert looked({**EXAMPLE, **odd}).errors() == []


@pytest.mark.slow
def test_one_aspect_alone_asks_for_more():
    book = looked({"kw_voordeel4_verwachting": 7, "kw_voordeel4_ervaring": 6})
    assert book.attention() == {
        "Van ten minste drie aspecten zijn verwachting en ervaring bekend",
        "Er zijn voordelen en investeringen",
    }


SIDES = {"kw_voordeel1": (1, 5, 5), "kw_voordeel2": (1, 5, 5), "kw_last1": (1, 5, 5), "kw_last2": (1, 5, 5)}


@pytest.mark.slow
def test_as_much_as_it_costs_is_not_called_more():
    typed = {
        f"{name}_{what}": one
        for name, row in SIDES.items()
        for what, one in zip(("gewicht", "verwachting", "ervaring"), row, strict=True)
    }
    assert str(looked(typed).messages()[0]).startswith("Klanten krijgen net zoveel als het hun kost. ")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("ours", "said"),
    [(8, "goedkoper dan concurrent"), (10, "even duur als concurrent"), (12, "duurder dan concurrent")],
)
def test_a_price_is_called_by_the_side_it_lies_on(ours, said):
    typed = {
        "kw_product1": "Fiets",
        "kw_product1_prijs": ours,
        "kw_product1_concurrent": "Ander",
        "kw_product1_zijn": 10,
    }
    assert looked(typed).card("Prijspremie")[1] == said
