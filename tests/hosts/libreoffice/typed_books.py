"""What users type in each workbook, and what it then has to show, computed here from the articles' formulas.

A value stands under the name of its cell, a card under its label, a sentence under `says`.
"""

import datetime as dt
import math
from dataclasses import dataclass
from typing import Any

from klantwaarde_xl.workbook.content import entries_of
from klantwaarde_xl.workbook.templates import template

COMPANY = {"kw_bedrijf": "Proefwinkel"}


@dataclass(frozen=True)
class Shown:
    """values: of named cells; cards: value and note by label, None where either is as it may be; says: sentences."""

    values: dict[str, Any]
    cards: dict[str, tuple[Any, Any]]
    says: tuple[str, ...] = ()


def euro(value):
    return f"€ {value:,.0f}".replace(",", ".")


def cents(value):
    return f"€ {value:.2f}".replace(".", ",")


def clv(margin, retention, interest):
    """Margin of each year that a customer stays, the first one now."""
    return margin * (1 + interest) / (1 + interest - retention)


# ── basis ───────────────────────────────────────────────────────────────────────────────────

BASIS = {
    "kw_besteding": 320, "kw_perioden": 4, "kw_kosten": 75, "kw_aankoopwaarde": 64, "kw_frequentie": 5, "kw_levensduur": 2.5,
    "kw_retentie": 0.6, "kw_cac": 30, "kw_kosten_klant": 10, "kw_marge": 0.4, "kw_rente": 0.05, "kw_inflatie": 0.02,
}  # fmt: skip


def basis(_):
    interest, year = 1.05 * 1.02 - 1, 64 * 5
    margin = year * 0.4 - 10
    now = clv(margin, 0.6, interest) - 30
    better = {
        "Kosten": clv(margin + 1, 0.6, interest) - 30,
        "Opbrengst": clv(margin + 0.1 * year * 0.4, 0.6, interest) - 30,
        "Retentie": clv(margin, 0.66, interest) - 30,
        "Acquisitie": now + 3,
    }
    best = max(better, key=better.get)
    said = {"Opbrengst": "Meer opbrengst brengt", "Retentie": "Meer retentie brengt"}[best]
    return Shown(
        {"ku_klantwaarde": 320 * 4 - 75, "ku_eenvoudig": year * 2.5, "ku_historisch": year * 2.5 * 0.4},
        {
            "CLV met retentie": (margin / 0.4, "marge, wie blijft"),
            "CLV contant": (now + 30, None),
            "CLV na werving": (now, "na werving"),
        },
        (f"{said} het meest: {cents(better[best] - now)} per klant",),
    )


# ── klantbeleving ───────────────────────────────────────────────────────────────────────────

EXPERIENCE = {
    "kw_tolerantie": 1, "kw_prijsgewicht": 0.7, "kw_voordeel1_gewicht": 3, "kw_voordeel1_verwachting": 6, "kw_voordeel1_ervaring": 9,
    "kw_voordeel2_ervaring": None, "kw_voordeel3_concurrent": 9.5, "kw_voordeel8_ervaring": 5.5, "kw_voordeel11": "Website",
    "kw_voordeel11_verwachting": 8, "kw_voordeel11_ervaring": 6.5, "kw_voordeel11_concurrent": 8, "kw_last1_gewicht": 4, "kw_last1_ervaring": 8.5,
    "kw_product1_prijs": 30, "kw_product4": "Nieuw", "kw_product4_prijs": 18, "kw_product4_zijn": 15, "kw_product2_zijn": None,
    "kw_reden7": "Te duur", "kw_reden7_klanten": 20, "kw_reden7_waarde": 500, "kw_reden1_klanten": 3,
}  # fmt: skip


def experience(typed):
    at = {name: cell.rule.default if cell.example is None else cell.example
          for name, cell in entries_of(template("klantbeleving")).items()} | typed  # fmt: skip

    def side(name, count, sign):
        found = []
        for row in range(1, count + 1):
            weight, want, got, other = (
                at[f"kw_{name}{row}_{what}"] for what in ("gewicht", "verwachting", "ervaring", "concurrent")
            )
            gap = None if want is None or got is None else sign * (got - want)
            found.append((at[f"kw_{name}{row}"], 1 if weight is None else weight, got, other, gap))
        return found

    def mean(pairs):
        return sum(w * value for w, value in pairs) / sum(w for w, _ in pairs)

    gains, loads = side("voordeel", 12, 1), side("last", 5, -1)
    gain, load = (mean([(w, got) for _, w, got, _, _ in one if got is not None]) for one in (gains, loads))
    gaps = [(w, gap) for _, w, _, _, gap in gains + loads if gap is not None]
    short = sum(gap < -1 for _, gap in gaps)
    worst = min((gap, name) for name, *_, gap in gains if gap is not None)
    ratios = [
        at[f"kw_product{n}_prijs"] / at[f"kw_product{n}_zijn"]
        for n in range(1, 9)
        if at[f"kw_product{n}_prijs"] is not None and at[f"kw_product{n}_zijn"] is not None
    ]
    price = sum(ratios) / len(ratios)
    lost = {
        at[f"kw_reden{n}"]: at[f"kw_reden{n}_klanten"] * at[f"kw_reden{n}_waarde"]
        for n in range(1, 9)
        if at[f"kw_reden{n}_klanten"] is not None and at[f"kw_reden{n}_waarde"] is not None
    }
    dearest = max(lost, key=lost.get)
    share = f"{100 * lost[dearest] / sum(lost.values()):.1f}".replace(".", ",").replace(",0", "")
    return Shown(
        {
            "ku_kwaliteit": mean([(w, got / other) for _, w, got, other, _ in gains if got and other]),
            "ku_tegen": short,
        },
        {
            "Voordelen": (gain, None),
            "Investeringen": (load, None),
            "Balans": (gain - load, "voordelen − investeringen"),
            "Kloof": (mean(gaps), None),
            "Prijspremie": (price - 1, "duurder dan concurrent"),
        },
        (
            f"{worst[1]} valt het meest tegen: −{-worst[0]:.1f}".replace(".", ","),
            f"{dearest} kost het meest: {euro(lost[dearest])}, {share}% van wat vertrok",
            f"Klanten krijgen meer dan het hun kost. {short} aspecten vallen tegen: begin bij {worst[1]}.",
        ),
    )


# ── scenario ────────────────────────────────────────────────────────────────────────────────

SCENARIO = {
    "kw_rente": 0.06, "kw_klanten_nu": 900, "kw_nieuw_nu": 120, "kw_order_nu": 42.5, "kw_keer_nu": 4, "kw_marge_nu": 0.45, "kw_kosten_nu": 9,
    "kw_blijft_nu": 0.7, "kw_cac_nu": 33, "kw_vast_nu": 25000, "kw_markt_nu": 3000000, "kw_order_best": None, "kw_klanten_basis": None,
    "kw_marge_slechtst": 0.28, "kw_blijft_slechtst": 0.5, "kw_hoger_klanten": 80, "kw_hoger_straks": 1100, "kw_hoger_kosten": 9000, "kw_dienst_deel": 0.1,
    "kw_minder_straks": 3, "kw_tip_deel": 0.4, "kw_behoud_straks": 0.7, "kw_behoud_kosten": 20,
}  # fmt: skip
KNOBS = ("klanten", "nieuw", "order", "keer", "marge", "kosten", "blijft", "cac", "vast")
LABELS = (
    "Klanten",
    "Nieuwe klanten",
    "Orderwaarde",
    "Aankoopfrequentie",
    "Marge",
    "Kosten per klant",
    "Retentie",
    "CAC",
)


def scenario(typed):
    at = {name: cell.example for name, cell in entries_of(template("scenario")).items()} | typed

    def of(case):
        own = {name: at[f"kw_{name}_{case}"] for name in KNOBS}
        return {name: at[f"kw_{name}_nu"] if value is None else value for name, value in own.items()}

    def together(k):
        value = clv(k["order"] * k["keer"] * k["marge"] - k["kosten"], k["blijft"], 0.06)
        return (k["klanten"] + k["nieuw"]) * value - k["nieuw"] * k["cac"]

    def profit(k):
        margin = k["order"] * k["keer"] * k["marge"] - k["kosten"]
        return (k["klanten"] + k["nieuw"]) * margin - k["nieuw"] * k["cac"] - k["vast"]

    now, worst, base, best = (of(case) for case in ("nu", "slechtst", "basis", "best"))
    spans = {}
    for name, label in zip(KNOBS, LABELS, strict=False):
        moved = [together({**base, name: other[name]}) - together(base) for other in (worst, best)]
        spans[label] = max(*moved, 0) - min(*moved, 0)
    more = together(best) - together(now)
    return Shown(
        {
            "ku_samen_nu": together(now),
            "ku_winst_slechtst": profit(worst),
            "ku_aandeel_nu": 1020 * 42.5 * 4 / 3000000,
            "ku_over0": 80 * 100 - 9000,
            "ku_plan1": 200 * 10 * 12 * 0.1 * 0.6,
            "ku_plan2": 400 * 3,
            "ku_even3": 800 / (80 * 150),
            "ku_hoogste": clv(80, 0.7, 0.06) - clv(80, 0.6, 0.06),
        },
        {
            "Klantwaarde, slechtst": (together(worst), None),
            "Klantwaarde, best": (together(best), f"{'+' if more > 0 else '−'}{euro(abs(more))} t.o.v. nu"),
            "Winst, basis": (profit(base), None),
        },
        (
            f"{max(spans, key=spans.get)} weegt het zwaarst",
            f"Klantwaarde tussen {euro(together(worst))} en {euro(together(base))}",
            "Van € 1.000 naar € 1.100 bij 80 klanten: € 8.000 per jaar meer. Dat dekt € 9.000 niet: € 1.000 tekort.",
        ),
    )


# ── workbooks with data: what works at once ─────────────────────────────────────────────────

_ANSWERS = (10, 9, 9, 8, 3)
DASHBOARD = {
    "kw_kosten_klant": 12, "kw_marge": 0.4, "kw_rente": 0.05, ("kg_retentie", -1): 0.5, ("kg_aov", -1): 80, ("kg_frequentie", -1): 3, ("kg_werving", -1): 2500,
    ("kg_nieuw", -1): 100, ("tblDoelen", "doel", 6): 30, ("tblDoelen", "maand", 2): dt.date(2026, 10, 1), **{("antwoorden", "antwoord", n): answer for n, answer in enumerate(_ANSWERS, 1)},
}  # fmt: skip


def dashboard(_):
    value = clv(80 * 3 * 0.4 - 12, 0.5, 0.05)
    return Shown(
        {
            "ku_nps": 40,
            "ku_verhouding": value / 25,
            "ku_terugverdiend": 25 / (80 * 3 / 12 * 0.4),
            "ks_cac": "✔ gehaald · doel € 30,00",
        },
        {"CLV": (value, None), "CAC": (25, None)},
    )


def channels(_, held):
    """The goal waits for a refresh, as the judgements that stand beside it."""
    value, ratio = held["kw_kanalen_clv"], held["kw_kanalen_ratio"]
    judged = "✔ gehaald" if ratio >= 3 else "✖ niet gehaald"
    return Shown(
        {}, {"Hoogste CAC": (value / 3, "bij 3,0 keer"), "CLV : CAC": (ratio, f"doel 3,0: {judged}")}
    )


def retention(typed, rows, margin):
    """The CAC works at once, the margin after a refresh."""
    months = [revenue * margin for _, _, revenue, _ in rows]
    back = next(month for month, value in enumerate(months) if value >= typed["kw_cac"])
    return Shown(
        {"kr_waarde": months[12], "kr_terug": back}, {"Terugverdiend na": (back, "maanden, CAC € 30,00")}
    )


def report(held):
    """Targets that are met, nearly met and missed."""
    typed = {
        "kw_opsteller": "J. Proef",
        "kw_doel_waarde": held["kw_waarde"] / 2,
        "kw_doel_retentie_jaar": held["kw_retentie_jaar"] / 0.95,
        "kw_doel_kanalen_ratio": held["kw_kanalen_ratio"] * 2,
    }
    cards = {
        "Waarde van onze klanten": (held["kw_waarde"], None),
        "Retentie per jaar": (held["kw_retentie_jaar"], None),
        "CLV : CAC": (held["kw_kanalen_ratio"], None),
    }
    return typed, Shown(
        {},
        cards,
        (
            "opgesteld door J. Proef",
            "✔ gehaald · doel € ",
            "● bijna gehaald · doel ",
            "✖ niet gehaald · doel ",
        ),
    )


def survey(rows):
    """The quarters that were chosen, compared from their adjusted values."""
    of = {(row["vraag"] or "", row["kwartaal"]): row for row in rows}
    before, now = (
        of["", (dt.date(*day) - dt.date(1899, 12, 30)).days] for day in ((2025, 4, 1), (2026, 1, 1))
    )
    shift, error = (
        now["bijgesteld"] - before["bijgesteld"],
        math.hypot(now["standaardfout"], before["standaardfout"]),
    )
    verb = "ging" if abs(shift) <= 1.96 * error else "steeg" if shift > 0 else "daalde"
    values = [f"{round(one['waarde']):+d}".replace("-", "−") for one in (before, now)]
    said = f"NPS {verb} van {values[0]} (2025 K2) naar {values[1]} (2026 K1)"
    return Shown({"ku_laatst": now["waarde"], "ku_ervoor": before["waarde"], "ku_minst": 6}, {}, (said,))


def typed_in(name, package):
    """What is typed in a workbook, and what it then shows."""
    held = package.read_names("kw_")
    if name in CALCULATORS:
        typed, shows = CALCULATORS[name]
        return {**COMPANY, **typed}, shows(typed)
    if name == "directierapport":
        typed, shown = report(held)
        return {**COMPANY, **typed, "kw_horizon": 26}, shown
    typed = WAITING[name]
    if name == "cac-kanalen":
        return {**COMPANY, **typed}, channels(typed, held)
    if name == "retentie-cohorten":
        return {**COMPANY, **typed}, retention(
            typed, package.read_table("tblWaardeverloop").rows, held["kw_gebruikt_marge"]
        )
    if name == "nps-onderzoek":
        table = package.read_table("tblEnqueteMetingen")
        return {**COMPANY, **typed}, survey(
            [dict(zip(table.headers, row, strict=True)) for row in table.rows]
        )
    return {**COMPANY, **typed}, Shown({}, {})


CALCULATORS = {
    "basis": (BASIS, basis),
    "klantbeleving": (EXPERIENCE, experience),
    "scenario": (SCENARIO, scenario),
    "dashboard": (DASHBOARD, dashboard),
}
WAITING = {
    "cac-kanalen": {"kw_doelratio": 5.5, "kw_min_klanten": 20},
    "retentie-cohorten": {"kw_marge": 0.5, "kw_cac": 30, "kw_cohortperiode": "jaar"},
    "nps-onderzoek": {
        "kw_marge": 0.5,
        "kw_meting_nu": "2026 K1",
        "kw_meting_vorig": "2025 K2",
        "kw_min_antwoorden": 6,
    },
    "rfm-segmenten": {
        "kw_marge": 0.5,
        "kw_segment": "Slapend",
        "kw_controle_deel": 0.3,
        "kw_actie_dagen": 30,
    },
    "prognose": {"kw_marge": 0.5, "kw_horizon": 26, "kw_kosten_klant": 12},
}
NAMES = tuple(sorted({*CALCULATORS, *WAITING, "directierapport"}))
