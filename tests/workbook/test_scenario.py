"""The workbook of what-ifs: the articles' numbers, kernels beside every figure, and nothing where nothing is typed."""

import datetime as dt

import pytest

from klantwaarde_xl.errors import CellError
from klantwaarde_xl.kernels import effects, keeping, value
from klantwaarde_xl.workbook.content import examples_of
from klantwaarde_xl.workbook.templates import template
from tests.books import Looked, package_of

NOW = dt.datetime(2026, 11, 27, 9, 30)
CASES = ("nu", "slechtst", "basis", "best")
KNOBS = ("klanten", "nieuw", "order", "keer", "marge", "kosten", "blijft", "cac", "vast", "markt")
EXAMPLE = {"kw_rente": 0.08, **examples_of(template("scenario"))}


def looked(inputs):
    return Looked("scenario", package_of("scenario", now=NOW, inputs=inputs).shown())


@pytest.fixture(scope="module")
def filled():
    return looked(EXAMPLE)


@pytest.fixture(scope="module")
def empty():
    return looked({})


def test_the_article_of_1250_for_1000_brings_12500_which_covers_the_advertising(filled):
    """Article 002 (D18): 50 customers, 1.000 → 1.250; 12 × 1.000 euros of advertising."""
    assert (filled["ku_plan0"], filled["ku_over0"], filled["ku_even0"]) == pytest.approx((12_500, 500, 1_240))
    assert filled.messages()[-1] == (
        "Van € 1.000 naar € 1.250 bij 50 klanten: € 12.500 per jaar meer. Dat dekt € 12.000; € 500 over."
    )


@pytest.mark.slow
def test_a_plan_that_does_not_cover_its_costs_says_what_is_short():
    book = looked({**EXAMPLE, "kw_hoger_kosten": 13_000, "kw_hoger_klanten": 1})
    assert book.messages()[-1] == (
        "Van € 1.000 naar € 1.250 bij 1 klant: € 250 per jaar meer. Dat dekt € 13.000 niet: € 12.750 tekort."
    )
    assert "✖ kost meer dan het brengt" in book.column("plannen", "oordeel")


def expected(case, inputs=EXAMPLE):
    """What the kernels say of a case."""
    klanten, nieuw, order, keer, marge, kosten, blijft, cac, vast, markt = (
        inputs.get(f"kw_{name}_{case}", inputs.get(f"kw_{name}_nu")) for name in KNOBS
    )
    everybody, each = klanten + nieuw, order * keer * marge - kosten
    clv = value.clv(each, blijft, inputs.get("kw_rente", 0), 0, value.Timing.NOW)
    return {
        "omzet": everybody * order * keer,
        "jaarmarge": each,
        "clv": clv,
        "netto": value.net_clv(clv, cac),
        "samen": everybody * clv - nieuw * cac,
        "winst": everybody * each - nieuw * cac - vast,
        "aandeel": effects.market_share(everybody * order * keer, markt),
        "ratio": value.clv_cac_ratio(clv, cac),
    }


@pytest.mark.parametrize("case", CASES)
def test_every_outcome_is_that_of_the_kernels(filled, case):
    for name, wanted in expected(case).items():
        assert filled[f"ku_{name}_{case}"] == pytest.approx(wanted), name


@pytest.mark.slow
def test_what_is_left_open_in_a_case_is_as_now():
    now = {name: value for name, value in EXAMPLE.items() if name.endswith("_nu")}
    book = looked({**now, "kw_blijft_best": 0.8})
    for name in expected("nu"):
        assert book[f"ku_{name}_slechtst"] == book[f"ku_{name}_nu"]
    assert book["ku_clv_best"] > book["ku_clv_nu"]
    moved = dict(zip(book.column("tornado", "aanname"), book.column("tornado", "best"), strict=True))
    assert moved.pop("Retentie") == pytest.approx(book["ku_samen_best"] - book["ku_samen_nu"])
    assert set(moved.values()) == {0}


@pytest.mark.slow
def test_where_both_cases_lie_on_one_side_the_longer_is_drawn_and_the_sentence_names_the_ends():
    book = looked({**EXAMPLE, "kw_klanten_basis": 900})
    names = ("slechtst", "best", "staaf slechtst", "staaf best")
    rows = list(zip(*(book.column("tornado", name) for name in names), strict=True))
    assert any(low * high > 0 for low, high, *_ in rows)
    for low, high, *drawn in rows:
        longer = [low, CellError.NA] if abs(low) >= abs(high) else [CellError.NA, high]
        assert drawn == (longer if low * high > 0 else [low, high])
    ends = [f"€ {book[f'ku_samen_{case}']:,.0f}".replace(",", ".") for case in ("slechtst", "basis")]
    assert f"Klantwaarde tussen {ends[0]} en {ends[1]}" in book.shown["Scenariopagina"].values()


def test_the_tornado_moves_one_assumption_at_a_time_the_heaviest_on_top(filled):
    labels, low, high = (filled.column("tornado", header) for header in ("aanname", "slechtst", "best"))
    spans = [max(pair, default=0) - min(pair) for pair in zip(low, high, strict=True)]
    assert spans == sorted(spans, reverse=True)
    assert labels[0] == "Retentie"
    for knob, label in (("blijft", "Retentie"), ("nieuw", "Nieuwe klanten"), ("cac", "CAC")):
        base = {name: value for name, value in EXAMPLE.items() if name.endswith("_basis")}
        other = {**EXAMPLE, **{name.replace("_basis", "_best"): value for name, value in base.items()}}
        other[f"kw_{knob}_best"] = EXAMPLE[f"kw_{knob}_best"]
        difference = expected("best", other)["samen"] - expected("basis")["samen"]
        assert high[labels.index(label)] == pytest.approx(difference)


@pytest.mark.slow
@pytest.mark.parametrize("place", range(4))
def test_at_its_break_even_a_plan_leaves_nothing(filled, place):
    moved = ("kw_hoger_straks", "kw_dienst_deel", "kw_minder_straks", "kw_tip_deel")[place]
    book = looked({**EXAMPLE, moved: filled[f"ku_even{place}"]})
    assert book[f"ku_over{place}"] == pytest.approx(0, abs=1e-6)


def test_keeping_and_loyalty_are_those_of_the_kernels(filled):
    most = keeping.highest_retention_spend(80, 0.6, 0.65, 0.08)
    assert filled["ku_hoogste"] == pytest.approx(most)
    assert filled["ku_behoud_over"] == pytest.approx(most - 15)
    assert filled["ku_loyaal"] == pytest.approx(
        keeping.loyalty_value(400, 80, 0.6, 0.66, 0.08, 0.05, 6, 2500)
    )
    assert filled["ku_grens"] == pytest.approx(keeping.loyalty_break_even(400, 80, 0.6, 0.08, 0.05, 6, 2500))


@pytest.mark.slow
def test_the_example_is_in_order(filled):
    assert filled.attention() == set()
    assert filled.errors() == []


def test_an_empty_one_shows_what_to_fill_in_and_no_figure(empty):
    assert set(empty.cards().values()) == {"–"}
    assert empty.attention() == set()
    assert empty.errors() == []
    assert set(empty.column("plannen", "oordeel")) == {"nog niet ingevuld"}


@pytest.mark.slow
@pytest.mark.parametrize(
    "odd",
    [
        {"kw_blijft_best": 1.0, "kw_rente": 0},  # no end
        {"kw_cac_nu": 0, "kw_markt_nu": 0},
        {"kw_klanten_nu": 0, "kw_nieuw_nu": 0},
        {"kw_hoger_klanten": 0, "kw_dienst_bedrag": 0, "kw_minder_klanten": 0, "kw_tip_mensen": 0},
        {"kw_loyaal_kosten": 500, "kw_behoud_nu": 1.0, "kw_rente": 0},
        {"kw_loyaal_klanten": 0},
        {"kw_marge_slechtst": 0, "kw_keer_slechtst": 0},
        {"kw_markt_nu": 10},  # less than one's own revenue
    ],
    ids=str,
)
def test_no_input_that_is_taken_shows_an_error_value(odd):
    assert looked({**EXAMPLE, **odd}).errors() == []


@pytest.mark.slow
def test_a_case_that_is_worse_than_the_worst_asks_for_attention():
    book = looked({**EXAMPLE, "kw_blijft_slechtst": 0.97})
    assert "Slechtst is niet beter dan best" in book.attention()


@pytest.mark.slow
def test_a_retention_without_end_is_the_reason_and_not_what_was_typed():
    book = looked(
        {
            **{name: one for name, one in EXAMPLE.items() if not name.startswith("kw_blijft")},
            "kw_blijft_nu": 1,
            "kw_rente": 0,
        }
    )
    assert book.card("Klantwaarde, basis") == ("–", "geen einde: zie hieronder")
    assert "Een retentie van 100% heeft geen einde: vul minder in." in book.shown["Scenariopagina"].values()


@pytest.mark.slow
def test_a_case_like_now_is_called_so():
    book = looked({name: one for name, one in EXAMPLE.items() if name.endswith("_nu") or name == "kw_rente"})
    assert book.card("Winst, best")[1] == "gelijk aan nu"
