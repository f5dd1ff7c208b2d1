"""Every setting declared once: what a user decides, and everything that follows from it.

From one `Setting`: the row on the sheet Instellingen, its validation and message, the field that
the computation reads, the check that what was used is what stands there, and the manual's line.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from functools import cache
from typing import Any

from klantwaarde_xl.data.setting_kinds import (
    FIRST_DAY,
    LAST_DAY,
    Kind,
    Setting,
    amount,
    decided,
    positive,
    share,
)
from klantwaarde_xl.kernels.models.buying.face import AUTO_WORD, IN_TIME
from klantwaarde_xl.kernels.models.season.wanted import Wanted
from klantwaarde_xl.kernels.rfm import Segment
from klantwaarde_xl.wording.seasons import WANTED
from klantwaarde_xl.wording.segments import SEGMENT_NAMES

__all__ = [
    "FIRST_DAY",
    "LAST_DAY",
    "MODELS",
    "Kind",
    "Setting",
    "Settings",
    "declared",
    "setting",
    "settings_of",
]

MODELS = (*(model.word for model in IN_TIME), AUTO_WORD)


@dataclass(frozen=True, kw_only=True)
class Settings:
    """What the user decides; each field says in its declaration what it is and which values it takes.

    Raises `UsageError` for a value that cannot be.
    """

    company: str | None = decided(
        "kw_bedrijf", Kind.TEXT, "Naam van uw bedrijf", "Staat boven de pagina die u afdrukt."
    )
    as_of: dt.date | None = decided(
        "kw_peildatum",
        Kind.DAY,
        "Peildatum",
        "Later telt niet mee. Leeg: laatste order of retour; voor enquête, prijs en contract vandaag.",
        unit="datum",
    )
    inactive_months: int = decided(
        "kw_inactief_na",
        Kind.COUNT,
        "Klant is verloren na",
        "Zonder order in zoveel maanden telt een klant als verloren.",
        unit="maanden",
        source="uw koopcyclus",
        between=(1, 120),
        default=12,
    )
    horizon: float = decided(
        "kw_horizon",
        Kind.NUMBER,
        "Horizon",
        "Zo ver kijkt de prognose vooruit; 52 weken is een jaar.",
        unit="weken",
        between=(1, 520),
        default=52.0,
    )
    margin: float | None = share(
        "kw_marge",
        "Marge",
        "Winst gedeeld door omzet. Zonder marge is klantwaarde omzet, geen winst.",
        unit="deel van de omzet",
        source="jaarrekening",
        between=(0.001, 1.0),
    )
    interest: float | None = share(
        "kw_rente",
        "Rente per jaar",
        "Waartegen u latere opbrengsten terugrekent naar nu.",
        unit="per jaar",
        source="bank of rendementseis",
    )
    model: str = decided(
        "kw_model",
        Kind.CHOICE,
        "Model",
        "auto kiest wat het best voorspelde; zie blad Model.",
        source="blad Model",
        choices=MODELS,
        default=AUTO_WORD,
    )
    season: str = decided(
        "kw_seizoen",
        Kind.CHOICE,
        "Seizoen",
        "auto volgt een seizoen dat zich bewijst, vanaf twee jaar; uw eigen, als blad Drukte is gevuld.",
        source="blad Model",
        choices=tuple(WANTED.values()),
        default=WANTED[Wanted.AUTO],
    )
    acquisition_cost: float | None = amount(
        "kw_wervingskosten",
        "Kosten van werving",
        "Marketing en verkoop om nieuwe klanten te winnen, alles bij elkaar.",
        unit="euro, laatste 12 maanden",
        source="boekhouding",
        number="euro",
    )
    customer_cost: float | None = amount(
        "kw_kosten_klant",
        "Kosten per klant",
        "Behoud en transacties: service, verzending, betaling.",
        unit="euro per klant per jaar",
        source="boekhouding",
    )
    periods: float | None = decided(
        "kw_perioden",
        Kind.NUMBER,
        "Horizon",
        "Zoveel jaar kijkt KLANTWAARDE vooruit.",
        unit="jaren",
        between=(0.0, 100.0),
        default=3.0,
    )
    spend: float | None = amount(
        "kw_besteding", "Besteding", "Wat een klant gemiddeld besteedt per periode.", unit="euro per periode"
    )
    costs: float | None = amount(
        "kw_kosten",
        "Alle kosten van de klant",
        "Werving, behoud en transacties samen.",
        unit="euro per klant",
    )
    purchase_value: float | None = amount(
        "kw_aankoopwaarde", "Aankoopwaarde", "Gemiddeld bedrag per aankoop.", unit="euro"
    )
    frequency: float | None = positive(
        "kw_frequentie", "Aankoopfrequentie", "Hoe vaak een klant koopt.", unit="keer per jaar"
    )
    lifetime: float | None = positive(
        "kw_levensduur", "Levensduur", "Hoe lang iemand klant blijft.", unit="jaren"
    )
    retention: float | None = share(
        "kw_retentie",
        "Retentie per jaar",
        "Welk deel van de klanten van een jaar geleden er nog is.",
        unit="per jaar",
    )
    cac: float | None = amount(
        "kw_cac", "CAC", "Wat het kost om één klant te winnen.", unit="euro per nieuwe klant"
    )
    inflation: float | None = share(
        "kw_inflatie", "Inflatie", "Leeg als de inflatie al in de rente zit.", unit="per jaar", source="CBS"
    )

    tolerance: float = decided(
        "kw_tolerantie",
        Kind.NUMBER,
        "Speling",
        "Zoveel punten mag een ervaring van de verwachting afwijken.",
        unit="punten",
        between=(0.0, 10.0),
        default=0.5,
    )
    price_weight: float = share(
        "kw_prijsgewicht",
        "Gewicht van de prijs",
        "Hoe zwaar de prijs weegt in de keuze van klanten; de rest is kwaliteit.",
        unit="deel van de keuze",
        default=0.5,
    )

    cohort_period: str = decided(
        "kw_cohortperiode",
        Kind.CHOICE,
        "Periode van een groep",
        "Klanten van één maand, kwartaal of jaar vormen een groep. Werkt na verversen.",
        choices=("maand", "kwartaal", "jaar"),
        default="kwartaal",
    )
    cohort_group: str = decided(
        "kw_groep",
        Kind.CHOICE,
        "Groep van een klant",
        "Eerste product en kanaal komen van het blad Klanten. Werkt na verversen.",
        choices=("eerste aankoop", "eerste product", "kanaal"),
        default="eerste aankoop",
    )

    goal_ratio: float = decided(
        "kw_doelratio",
        Kind.NUMBER,
        "Doel voor CLV : CAC",
        "Zoveel keer moet een klant zijn werving opbrengen; de vuistregel is 3.",
        unit="keer",
        between=(0.1, 100.0),
        default=3.0,
    )
    least_customers: int = decided(
        "kw_min_klanten",
        Kind.COUNT,
        "Oordeel vanaf",
        "Van minder nieuwe klanten zegt een kanaal te weinig.",
        unit="nieuwe klanten",
        between=(1, 1000),
        default=10,
    )
    report_months: int = decided(
        "kw_rapport_maanden",
        Kind.COUNT,
        "Maanden in het rapport",
        "Zo lang geleden begint de vergelijking; 3 is een kwartaal, 12 een jaar.",
        unit="maanden",
        between=(1, 60),
        default=3,
    )
    other_costs: float | None = amount(
        "kw_overige_kosten",
        "Overige kosten van werving",
        "Loon en bureau, van geen enkel kanaal; tellen mee in de CAC van alles samen.",
        unit="euro per maand",
        source="boekhouding",
        number="euro",
    )

    as_of_before: dt.date | None = decided(
        "kw_peildatum_vorig",
        Kind.DAY,
        "Vorige peildatum",
        "Waartegen Beweging vergelijkt. Leeg: drie maanden voor de peildatum.",
        unit="datum",
    )
    segment: str = decided(
        "kw_segment",
        Kind.CHOICE,
        "Segment van de actie",
        "Voor wie de actie is; blad Segmenten zegt hoeveel dat er zijn.",
        source="blad Segmenten",
        choices=SEGMENT_NAMES,
        default=SEGMENT_NAMES[Segment.AT_RISK],
    )
    control_share: float = share(
        "kw_controle_deel",
        "Deel in de controlegroep",
        "Zij krijgen de actie niet; zonder hen is niet te zeggen wat zij bracht.",
        unit="deel van het segment",
        between=(0.0, 0.5),
        default=0.1,
    )
    action_start: dt.date | None = decided(
        "kw_actie_start",
        Kind.DAY,
        "Eerste dag van de actie",
        "Vanaf die dag ligt de lijst vast. Vul haar in en ververs voor u verstuurt.",
        unit="datum",
    )
    action_days: int = decided(
        "kw_actie_dagen",
        Kind.COUNT,
        "Duur van de meting",
        "Zo lang tellen aankopen, de eerste dag mee; na afloop ligt dat vast.",
        unit="dagen",
        between=(7, 365),
        default=60,
    )
    action_cost: float | None = amount(
        "kw_actie_kosten",
        "Kosten van de actie",
        "Van versturen, korting of cadeau, per klant die de actie krijgt.",
        unit="euro per klant",
    )

    def __post_init__(self) -> None:
        for one in declared():
            object.__setattr__(self, one.field, one.read(getattr(self, one.field)))


@cache
def declared() -> tuple[Setting, ...]:
    """All settings, in order."""
    return tuple(replace(one.metadata["setting"], field=one.name) for one in fields(Settings))


def setting(name: str) -> Setting:
    """A setting by the name of its cell; raises KeyError for one that is not declared."""
    return {one.name: one for one in declared()}[name]


def settings_of(cells: Mapping[str, Any], names: tuple[str, ...]) -> Settings:
    """The settings that stand in a workbook's named cells; an empty or missing one has its default.

    names: of the cells that count. Raises `UsageError` for what cannot be.
    """
    given: dict[str, Any] = {one.field: cells.get(one.name) for one in declared() if one.name in names}
    return Settings(**given)
