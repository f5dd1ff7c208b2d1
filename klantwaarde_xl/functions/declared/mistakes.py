"""Declarations: the common mistakes, found."""

from __future__ import annotations

import datetime as dt

from klantwaarde_xl.errors import CellError
from klantwaarde_xl.functions.adapter import faults
from klantwaarde_xl.functions.spec import Arg, Cell, Column, Example, Failure, Kind, Spec, choices
from klantwaarde_xl.kernels import mistakes
from klantwaarde_xl.wording import mistakes as wording

NUM, NA, VALUE = CellError.NUM, CellError.NA, CellError.VALUE
GROUP = "Controle"

_ARGS = (
    Arg("omzet", "revenue", "Omzet per klant per periode.", "euro per periode"),
    Arg(
        "marge", "margin", "Marge in euro per klant per periode, waarmee u de CLV rekent.", "euro per periode"
    ),
    Arg("kosten", "costs", "Kosten per klant: werving, behoud, transacties.", "euro"),
    Arg("retentie", "retention", "Deel van de klanten dat per periode blijft.", "fractie per periode"),
    Arg("verloop", "churn", "Deel van de klanten dat per periode vertrekt.", "fractie per periode"),
    Arg("rente", "interest", "Rente per periode.", "fractie per periode"),
    Arg("groei", "growth", "Groei van de marge per periode.", "fractie per periode"),
    Arg(
        "periode",
        "period",
        "Periode van retentie en rente; zo valt een maandcijfer op dat als jaarcijfer is gebruikt.",
        kind=Kind.CHOICE,
        choices=choices(
            mistakes.Period,
            YEAR=("jaar", "rente 1% tot 40%, retentie tot 97%"),
            QUARTER=("kwartaal", "zelfde rente per jaar, retentie vanaf 50%"),
            MONTH=("maand", "idem"),
        ),
    ),
    Arg("clv", "clv", "Klantwaarde (CLV) per klant.", "euro"),
    Arg("cac", "cac", "Kosten per nieuwe klant (CAC).", "euro"),
    Arg("horizon", "horizon", "Aantal perioden dat u vooruitkijkt.", "perioden"),
    Arg("historie", "history", "Aantal perioden waarover u gegevens heeft.", "perioden"),
    Arg("laatste_gegevens", "latest", "Datum van de laatste gegevens.", "datum", Kind.DATE),
    Arg(
        "peildatum", "today", "Datum waarop u kijkt, zoals VANDAAG(); 92 dagen is te oud.", "datum", Kind.DATE
    ),
)
_FINE, _WARN, _OPEN = wording.OUTCOMES
_SOUND: tuple[Cell, ...] = (
    500,
    150,
    80,
    0.8,
    0.2,
    0.1,
    0.02,
    "jaar",
    400,
    100,
    3,
    5,
    dt.date(2025, 3, 1),
    dt.date(2025, 3, 31),
)
_WRONG: tuple[Cell, ...] = (
    500,
    500,
    0,
    1,
    0,
    0,
    0.02,
    "maand",
    250,
    100,
    10,
    2,
    dt.date(2024, 3, 1),
    dt.date(2025, 3, 31),
)


def _table(*outcomes: str) -> tuple[tuple[Cell, ...], ...]:
    """The checklist with these outcomes, in the order of the checks."""
    other = {_FINE: wording.ADVICE[0], _OPEN: wording.ADVICE[1]}
    rows = (
        (wording.NAMES[mistake], outcome, other.get(outcome, wording.advice_on(mistake)))
        for mistake, outcome in zip(mistakes.Mistake, outcomes, strict=True)
    )
    return (("controle", "uitkomst", "advies"), *rows)


_FAILURES = (
    Failure(NUM, "periode is geen 1, 4 of 12", (*_SOUND[:7], 2)),
    Failure(VALUE, 'periode is niet "jaar", "kwartaal" of "maand"', (*_SOUND[:7], "week")),
    Failure(VALUE, "er staat tekst waar een getal of datum hoort", ("veel", 150)),
    Failure(NA, "een cel bevat zelf een fout; die komt er zo weer uit", (500, CellError.NA)),
)

KLANTWAARDECONTROLE = Spec(
    name="KLANTWAARDECONTROLE",
    kernel=mistakes.check_inputs,
    group=GROUP,
    doc="Zoekt de veelgemaakte fouten in de invoer van een klantwaarde: per controle in orde, let op of niet "
    "beoordeeld, met advies. Een leeg argument wordt niet beoordeeld.",
    unit="tabel",
    sources=("D35", "D13", "D14", "D34"),
    args=_ARGS,
    examples=(
        Example(_SOUND, _table(*[_FINE] * 13), "niets aan de hand"),
        Example(
            _WRONG,
            _table(
                _WARN,  # margin = revenue
                _FINE,
                _WARN,  # retention 1
                _WARN,  # churn 0
                _FINE,
                _FINE,
                _FINE,
                _WARN,  # no interest
                _WARN,  # growth 2 % over interest 0 %
                _WARN,  # no costs
                _WARN,  # 250 < 3 × 100
                _WARN,  # 10 periods ahead, 2 back
                _WARN,  # more than a year old
            ),
            "de fouten van artikel 001 en 003",
        ),
        Example(
            (None, None, None, 0.9, None, 0.1, None, "maand"),
            _table(_OPEN, _FINE, _FINE, _OPEN, _OPEN, _FINE, _WARN, _FINE, _OPEN, _OPEN, _OPEN, _OPEN, _OPEN),
            "10% per maand is 214% per jaar: een jaarrente die per maand is gebruikt",
        ),
    ),
    failures=_FAILURES,
    columns=(
        Column("controle", "check", texts=wording.NAMES),
        Column("uitkomst", "outcome", texts=wording.OUTCOMES),
        Column("advies", "advice", texts=wording.ADVICE),
    ),
)

WAARSCHUWINGEN = Spec(
    name="WAARSCHUWINGEN",
    kernel=mistakes.count_warnings,
    group=GROUP,
    doc="Aantal waarschuwingen van KLANTWAARDECONTROLE: veelgemaakte fouten in de invoer van een "
    "klantwaarde. Een leeg argument wordt niet beoordeeld.",
    unit="waarschuwingen",
    sources=("D35", "D13", "D14", "D34"),
    args=_ARGS,
    examples=(
        Example(_SOUND, 0.0, "niets aan de hand"),
        Example(_WRONG, 9.0, "de fouten van artikel 001 en 003"),
        Example((500,), 0.0, "alleen de omzet: niets om tegen te beoordelen"),
    ),
    failures=_FAILURES,
)


_GAP: tuple[Cell, ...] = (9, 10, None, 8)

FOUTCEL = Spec(
    name="FOUTCEL",
    kernel=faults.first_fault,
    group=GROUP,
    doc="Wijst de eerste cel aan waar een functie op stukloopt, en zegt waarom. De rij telt vanaf het begin "
    "van het bereik: bij een hele kolom, =FOUTCEL(A:A), is het de rij van het blad. Een kopje boven de "
    "gegevens telt niet als fout.",
    unit="tekst",
    sources=("D33", "D35"),
    args=(
        Arg("bereik", "block", "De cellen die u aan de functie geeft.", "", Kind.CELLS),
        Arg(
            "soort",
            "expected",
            "Wat er in de cellen hoort.",
            kind=Kind.CHOICE,
            choices=choices(
                faults.Expected,
                NUMBER=("getal", "een getal of bedrag (standaard)"),
                DATE=("datum", "een datum"),
                NAME=("naam", "een naam of nummer van een klant"),
            ),
        ),
        Arg(
            "leeg",
            "blank",
            "Wat een lege cel tussen de gegevens is.",
            kind=Kind.CHOICE,
            choices=choices(
                faults.Blank,
                SKIPPED=("mag", "geen fout: de functie slaat hem over, zoals bij scores (standaard)"),
                FAULT=("fout", "een fout, zoals in kolommen die per rij bij elkaar horen"),
            ),
        ),
        Arg(
            "laagst",
            "lowest",
            "Wat een getal of datum minstens moet zijn; leeg is geen grens.",
            "als de cellen",
        ),
        Arg(
            "hoogst",
            "highest",
            "Wat een getal of datum hoogstens mag zijn; leeg is geen grens.",
            "als de cellen",
        ),
    ),
    examples=(
        Example(
            (("score", 9, 10, "NA", 8),), 'rij 4 van het bereik: "NA" is geen getal', "het kopje is rij 1"
        ),
        Example(((9, 10, 7, 8),), faults.NO_FAULT),
        Example(
            ((9, 10, 11, 8), "getal", None, 0, 10),
            "rij 3 van het bereik: 11 is hoger dan 10",
            "een NPS-score",
        ),
        Example(
            (("datum", dt.date(2024, 1, 31), "01/02/2024"), "datum"),
            'rij 3 van het bereik: "01/02/2024" is geen datum, of is op twee manieren te lezen',
        ),
        Example(
            ((dt.date(2024, 1, 31), dt.date(3024, 2, 1)), "datum", None, None, dt.date(2026, 12, 31)),
            "rij 2 van het bereik: 1-2-3024 ligt na 31-12-2026",
            "een vertypt jaar",
        ),
        Example((_GAP,), faults.NO_FAULT, "een lege cel telt niet mee"),
        Example((_GAP, "getal", "fout"), "rij 3 van het bereik is leeg"),
        Example(((9, NA, 8),), "rij 2 van het bereik: in de cel staat zelf de fout #N/B"),
        Example((("score", None, None),), faults.EMPTY, "alleen een kopje"),
    ),
    failures=(
        Failure(VALUE, 'soort is niet "getal", "datum" of "naam"', ((9, 10), "score")),
        Failure(NUM, "soort is geen 0, 1 of 2", ((9, 10), 3)),
        Failure(VALUE, "een grens is geen getal", ((9, 10), "getal", "mag", "nul")),
    ),
)
