"""A chosen month moves the whole page: figures by pandas from the raw orders, in two engines, and typed in Calc."""

import datetime as dt
import math
from itertools import pairwise

import pandas as pd
import pytest

from klantwaarde_xl.addresses import address
from klantwaarde_xl.data.reading.files import read_table
from klantwaarde_xl.data.sample import sample_csv, sample_orders
from klantwaarde_xl.data.sample_channels import costs_csv, customers_csv, sample_costs, sample_customers
from klantwaarde_xl.data.tables import tables
from klantwaarde_xl.dutch import MONTHS
from klantwaarde_xl.errors import CellError
from klantwaarde_xl.workbook.chosen_month import KEYS
from klantwaarde_xl.workbook.layout import layout_of
from klantwaarde_xl.workbook.recalculate import refill
from klantwaarde_xl.workbook.templates import template
from klantwaarde_xl.xlsx.package import Package
from tests.books import Looked, package_of
from tests.conftest import NOW
from tests.on_demand import OnDemand

INACTIVE, MARGIN, COST, INTEREST = 6, 0.35, 3.0, 0.08
INPUTS = {"kw_inactief_na": INACTIVE, "kw_marge": MARGIN, "kw_kosten_klant": COST, "kw_rente": INTEREST}
GOALS = """Kerncijfer;Maand;Doel;Termijn;Beter;Speling
Netto omzet;;30000;;hoger;10%
Netto omzet;2025;20000;jaar;;
Retentie per jaar;;45%;;hoger;
CAC;;18;;lager;
Klanten;;150;;;5%
Klanten;;160;;;5%
NPS;;30;;;
"""
LAST = pd.Period("2026-10")
CHOSEN = [None, "2026-08", "2026-03", "2025-12", "2025-05", "2024-06"]


@pytest.fixture(scope="module")
def shop(tmp_path_factory):
    """A shop of 400 customers with refunds, a running month, costs, channels and targets."""
    folder, orders = tmp_path_factory.mktemp("winkel"), sample_orders(customers=400)
    texts = {
        "transacties": sample_csv(orders),
        "kosten": costs_csv(sample_costs(orders)),
        "klanten": customers_csv(sample_customers(orders)),
        "doelen": GOALS,
    }
    given = {}
    for name, text in texts.items():
        path = folder / f"{name}.csv"
        path.write_text(text, encoding="utf-8")
        con = next((one.con for one in given.values()), None)
        given[name] = read_table(path, tables()[name], today=NOW.date(), con=con)
    return package_of("dashboard", given, now=NOW, inputs=INPUTS).to_bytes(), orders


def chosen(data, month):
    """What the page says of a month, computed by our engine."""
    package = Package.from_bytes(data)
    if month is not None:
        package.edit(cells={"kw_maand": pd.Period(month).start_time.date()}, then=refill)
    return Looked("dashboard", package.shown())


@pytest.fixture(scope="module")
def page(shop):
    """What the page says, by month."""
    return OnDemand(lambda month: chosen(shop[0], month))


# ── the same by hand ────────────────────────────────────────────────────────────────────────


class ByHand:
    """The figures of the twelve months up to one, from rows of customer, day, amount."""

    def __init__(self, orders, costs=()):
        self.rows = pd.DataFrame(
            [(o.customer, o.day, o.amount) for o in orders], columns=["klant", "dag", "bedrag"]
        )
        self.rows["maand"] = pd.to_datetime(self.rows["dag"]).dt.to_period("M")
        self.orders = self.rows[self.rows["bedrag"] >= 0]
        self.first = self.orders.groupby("klant")["dag"].min()
        self.begin = self.orders["maand"].min()
        self.costs = pd.DataFrame(costs, columns=["maand", "kanaal", "bedrag"])

    def year(self, rows, month):
        months = rows["maand"]
        return rows[(months > month - 12) & (months <= month)]

    def months(self, month):
        return (month - self.begin).n + 1

    def customers(self, month):
        months = self.orders["maand"]
        return set(self.orders[(months > month - INACTIVE) & (months <= month)]["klant"])

    def retention(self, month):
        """Customers a year earlier, and those of them who still are; None where the data are too short."""
        if self.months(month) < 12 + INACTIVE:
            return None
        base = self.customers(month - 12)
        return len(base), len(base & self.customers(month))

    def figures(self, month):
        """The six key figures; None for what is not known."""
        known = self.months(month)
        out = dict.fromkeys(key.cell for key in KEYS)
        if known < 1:
            return out
        out["klanten"] = len(self.customers(month))
        bought = self.year(self.orders, month)
        if kept := self.retention(month):
            out["retentie"] = kept[1] / kept[0]
        if known < 12:
            return out
        new = sum(pd.Period(day, "M") > month - 12 and pd.Period(day, "M") <= month for day in self.first)
        spent = sum(
            a for m, _, a in self.costs.itertuples(index=False) if month - 12 < pd.Period(m, "M") <= month
        )
        out |= {"netto": self.year(self.rows, month)["bedrag"].sum(), "aov": bought["bedrag"].mean()}
        out["cac"] = spent / new if spent else None
        if kept:
            of_customers = self.year(self.rows, month)
            yearly = of_customers["bedrag"].sum() / bought["klant"].nunique() * MARGIN - COST
            out["clv"] = yearly * (1 + INTEREST) / (1 + INTEREST - out["retentie"])
        return out

    def split(self, month, word_of_mouth):
        """Revenue of first days, of later days, and of the first days of who came by word of mouth."""
        bought = self.year(self.orders, month)
        is_first = bought["dag"] == bought["klant"].map(self.first)
        told = bought["klant"].isin(word_of_mouth)
        parts = [bought[is_first & ~told], bought[~is_first], bought[is_first & told]]
        return [part["bedrag"].sum() / bought["bedrag"].sum() for part in parts]


def whole(value):
    return f"{value:,.0f}".replace(",", ".")


def euro(value):
    return f"€ {value:.2f}".replace(".", ",") if abs(value) < 99.995 else f"€ {whole(value)}"


def share(value):
    return f"{round(100 * value, 1):g}".replace(".", ",") + "%"


SHOWN = {"netto": lambda v: f"€ {whole(v)}", "klanten": whole, "retentie": share}


def named(month):
    return f"{MONTHS[month.month - 1]} {month.year}"


def compared(cell, now, before):
    was = SHOWN.get(cell, euro)(before)
    if cell == "retentie":
        points = round(100 * round(now, 3) - 100 * round(before, 3), 1)  # as both are shown
        if not points:
            return f"gelijk aan vorig jaar ({was})"
        sign = "▲" if points > 0 else "▼"
        return (
            f"{sign} {abs(points):.1f}".replace(".", ",").replace(",0", ",0")
            + f" procentpunt (vorig jaar {was})"
        )
    part = round(100 * (now / before - 1))
    if not part:
        return f"gelijk aan vorig jaar ({was})"
    return f"{'▲' if part > 0 else '▼'} {abs(part)}% t.o.v. vorig jaar ({was})"


def told(label, values, changed, month, shown, same):
    """The sentence over a figure's thirteen months, the newest first."""
    now, before = values[0], values[-1]
    if not changed:
        return f"{label} {same}: {shown(now)} in {named(month)}, een jaar eerder {shown(before)}"
    up = now > before
    steps = [(a > b) == up and a != b for a, b in pairwise(values[:4])]
    if not all(steps):
        word = "hoger" if up else "lager"
        return f"{label} is in {named(month)} {word}: {shown(now)}, een jaar eerder {shown(before)}"
    at = values.index(min(values) if up else max(values))
    return f"{label} {'stijgt' if up else 'daalt'} sinds {named(month - at + 1)}: {shown(values[at])} → {shown(now)}"


def net_said(hand, month):
    if hand.months(month) < 13:
        return "Netto omzet per maand"
    sums = hand.rows.groupby("maand")["bedrag"].sum()
    values = [sums.get(month - back, 0.0) for back in range(13)]
    changed = abs(values[0] - values[-1]) >= 0.05 * abs(values[-1])
    return told("Netto omzet", values, changed, month, SHOWN["netto"], "is gelijk gebleven")


def kept_said(hand, month):
    counts = [hand.retention(month - back) for back in range(13)]
    if None in counts:
        none = "nog niet te tellen" if counts[0] is None else None
        return f"Retentie per jaar: {none}" if none else "Retentie per jaar, elke maand opnieuw geteld"
    (n1, s1), (n2, s2) = counts[0], counts[-1]
    pooled = (s1 + s2) / (n1 + n2)
    chance = 1.96 * math.sqrt(pooled * (1 - pooled) * (1 / n1 + 1 / n2))
    values = [still / base for base, still in counts]
    return told(
        "Retentie per jaar",
        values,
        abs(values[0] - values[-1]) > chance,
        month,
        share,
        "is niet aantoonbaar veranderd",
    )


# ── the page against that ───────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def hand(shop):
    return ByHand(shop[1], sample_costs(shop[1]))


@pytest.mark.slow
@pytest.mark.parametrize("month", CHOSEN)
def test_every_card_sentence_and_chart_is_of_the_chosen_month(page, hand, month):
    looked, at = page[month], pd.Period(month or LAST, "M")
    now, before = hand.figures(at), hand.figures(at - 12)
    if hand.months(at - 12) < INACTIVE:
        before["klanten"] = None
    for key in KEYS:
        value, note = looked.card(key.name)
        if now[key.cell] is None:
            assert value == "–", key.name
            assert note, key.name
            continue
        assert value == pytest.approx(now[key.cell]), key.name
        if before[key.cell] is not None:
            assert note == compared(key.cell, now[key.cell], before[key.cell])
        else:
            assert not {"▲", "▼"} & set(note)
    assert looked["kz_netto"] == net_said(hand, at)
    assert looked["kz_retentie"] == kept_said(hand, at)
    sums = hand.rows.groupby("maand")["bedrag"].sum()
    last = at if month else at + 1
    drawn = [
        sums.get(last - back) if last - back >= hand.begin else CellError.NA for back in reversed(range(24))
    ]
    if month is None:
        assert looked.column("maanden", "loopt nog")[-1] == pytest.approx(drawn.pop())
        drawn.append(CellError.NA)
    assert looked.column("maanden", "netto omzet") == [
        one if one is CellError.NA else pytest.approx(one) for one in drawn
    ]
    assert not looked.errors()


@pytest.mark.slow
@pytest.mark.parametrize("month", CHOSEN[:-1])
def test_the_bridge_and_the_kinds_of_revenue_are_of_that_year(shop, page, hand, month):
    looked, at = page[month], pd.Period(month or LAST, "M")
    begin, new, back, lost, end = looked.column("stroom", "aantal")
    assert (begin, end) == (len(hand.customers(at - 12)), len(hand.customers(at)))
    assert begin + new + back + lost == end
    assert new == sum(at - 12 < pd.Period(day, "M") <= at for day in hand.first)
    said = {cell for cell in looked.shown["Dashboard"].values() if "klanten meer dan er" in str(cell)}
    if hand.months(at) >= 12 + INACTIVE:
        words = ("kwamen", "gingen") if end > begin else ("gingen", "kwamen")
        assert said == {f"Er {words[0]} {abs(end - begin):.0f} klanten meer dan er {words[1]}, in 12 maanden"}
    via = {name for name, channel, *_ in sample_customers(shop[1]) if channel == "Via via"}
    assert looked.column("verdeling", "aandeel")[:3] == pytest.approx(hand.split(at, via))


@pytest.mark.slow
def test_a_target_of_the_year_goes_before_one_of_always_and_two_are_told(page):
    now, earlier = page[None], page["2025-12"]
    assert now["ks_netto"].endswith("doel € 30.000")
    year = f"{round(earlier['kn_netto']):,}".replace(",", ".")  # December's twelve months are the year
    assert earlier["ks_netto"].endswith(f"doel jaar: € 20.000, werd € {year}")
    assert now["ks_klanten"] == "meer dan één doel: kijk op Doelen"
    assert now["ks_aov"] == "geen doel gesteld"
    value = now["kn_cac"]
    light = "✔ gehaald" if value <= 18 else "● bijna" if value <= 18 * 1.1 else "✖ niet gehaald"
    assert now["ks_cac"] == f"{light} · doel € 18,00"
    assert {
        "Van elk kerncijfer is er één doel",
        "Elk doel hoort bij een kerncijfer van het dashboard",
    } <= now.attention()


def test_page_two_has_the_best_customers_and_their_share(shop, page, hand):
    package = Package.from_bytes(shop[0])
    per = hand.rows.groupby("klant")["bedrag"].sum().reindex(hand.first.index)
    best = per.sort_values(ascending=False).head(10)
    rows = package.read_table("tblBeste").rows
    assert [row[1] for row in rows] == list(best.index)
    assert [row[3] for row in rows] == pytest.approx(list(best / per.sum()))
    counted = per.clip(lower=0).sort_values(ascending=False)
    top = counted.head(math.ceil(0.2 * len(per))).sum() / counted.sum()
    said = f"20% van de klanten brengt {share(top)} van de omzet"
    assert said in page[None].shown["Beste klanten"].values()


@pytest.mark.slow
@pytest.mark.parametrize("typed", [dt.date(2026, 11, 1), dt.date(2020, 1, 1), "oktober 2026", 1e9])
def test_a_month_that_runs_or_is_not_there_is_no_choice(shop, typed):
    package = Package.from_bytes(shop[0])
    package.edit(cells={"kw_maand": typed}, then=refill)
    looked = Looked("dashboard", package.shown())
    assert set(looked.cards().values()) == {"–"}
    assert looked.card("Netto omzet")[1] == "kies een maand uit de lijst"
    assert "De gekozen maand is een hele maand met gegevens" in looked.attention()
    assert not looked.errors()


# ── in Calc, typed ──────────────────────────────────────────────────────────────────────────


@pytest.mark.slow
def test_a_month_typed_in_calc_moves_cards_sentences_and_charts_as_our_engine_computes_them(
    shop, page, calc, tmp_path
):
    path = tmp_path / "dashboard.xlsx"
    Package.from_bytes(shop[0]).save(path, backup=False)
    sheets = Package.from_bytes(shop[0]).sheet_names()
    formulas, layout = Package.from_bytes(shop[0]).formulas(), layout_of(template("dashboard"))
    spot, goal = layout.names["kw_maand"], layout.fields["tblDoelen"]
    where = address(spot.row, spot.column)
    document = calc.open(path=str(path))
    try:
        for month in CHOSEN[1::2]:  # near, at the end of a year, and before retention can be counted
            calc.type_local(document, area=where, formula=f"{month}-01", sheet=sheets.index(spot.sheet))
            wanted = page[month]
            for sheet in ("Dashboard", "Berekening"):
                cells = sorted(formulas[sheet])
                found = dict(zip(cells, calc.many(document, cells, sheets.index(sheet)), strict=True))
                wrong = {
                    cell: (got, wanted.shown[sheet].get(cell))
                    for cell, got in found.items()
                    if not agree(got, wanted.shown[sheet].get(cell))
                }
                assert wrong == {}, month
        row = 1 + GOALS.splitlines()[1:].index("Retentie per jaar;;45%;;hoger;")
        calc.type_local(document, area=where, formula="2026-08-01", sheet=sheets.index(spot.sheet))
        for typed, said in (("10%", "✔ gehaald · doel 10%"), ("0.9", "✖ niet gehaald · doel 90%")):
            cell = address(goal.top + row, goal.column("doel"))
            calc.type_local(document, area=cell, formula=typed, sheet=sheets.index(goal.sheet))
            stands = layout.names["ks_retentie"]
            assert (
                calc.cells(document, address(stands.row, stands.column), sheets.index(stands.sheet)) == said
            )
    finally:
        calc.close(document)


def agree(got, wanted):
    if isinstance(got, float) and isinstance(wanted, int | float):
        return math.isclose(got, wanted, rel_tol=1e-9, abs_tol=1e-9)
    return got == wanted or (got == "" and wanted is None)
