"""Every setting declared once: what a user decides, and everything that follows from it.

From one `Setting`: the row on the sheet Instellingen, its validation and message, the field that
the computation reads, the check that what was used is what stands there, and the manual's line.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from enum import Enum
from functools import cache
from typing import Any

from klantwaarde_xl.dutch import date_to_serial, format_number, serial_to_date
from klantwaarde_xl.errors import UsageError
from klantwaarde_xl.kernels.models.buying.face import AUTO_WORD, IN_TIME
from klantwaarde_xl.kernels.models.season.wanted import Wanted
from klantwaarde_xl.wording.seasons import WANTED

MODELS = (*(model.word for model in IN_TIME), AUTO_WORD)
FIRST_DAY, LAST_DAY = dt.date(1950, 1, 1), dt.date(2099, 12, 31)


class Kind(Enum):
    """What a setting holds, and the message for what cannot be; the format of its cell."""

    TEXT = "tekst"
    SHARE = "procent"
    AMOUNT = "euro2"
    COUNT = "aantal"
    NUMBER = "cijfer"
    DAY = "datum"
    CHOICE = "keuze"


@dataclass(frozen=True)
class Setting:
    """One setting.

    name: of the cell (`kw_horizon`); kind: what it holds; between: its least and most, None for no
    limit; choices: the words of a CHOICE; number: the cell's format, where it is not the kind's own;
    unit, help, source: what stands beside it (Dutch); field: its name in `Settings`, filled in there.
    """

    name: str
    kind: Kind
    label: str
    help: str
    unit: str = ""
    source: str = "uzelf"
    between: tuple[float | None, float | None] = (None, None)
    choices: tuple[str, ...] = ()
    number: str = ""
    default: Any = None
    field: str = ""

    @property
    def form(self) -> str:
        """The number format of its cell, by name."""
        return self.number or ("tekst" if self.kind is Kind.CHOICE else self.kind.value)

    def message(self) -> str:
        """What to fill in, in Dutch: the same words in the sheet and in an error."""
        low, high = (format_number(end) if end is not None else "" for end in self.between)
        if self.kind is Kind.SHARE:
            low, high = (format_number(round(100 * (end or 0), 6)) for end in self.between)
            return f"Vul een percentage in van {low}% tot en met {high}%, bijvoorbeeld 35%."
        if self.kind is Kind.AMOUNT:
            return "Vul een bedrag in van nul of meer, zonder minteken."
        if self.kind is Kind.COUNT:
            return f"Vul een heel getal in van {low} tot en met {high}."
        if self.kind is Kind.NUMBER:
            return (
                f"Vul een getal in van {low} tot en met {high}."
                if high
                else "Vul een getal in van nul of meer."
            )
        if self.kind is Kind.DAY:
            return "Vul een datum in zoals 31-12-2026, of laat de cel leeg."
        if self.kind is Kind.CHOICE:
            return f"Kies {', '.join(self.choices[:-1])} of {self.choices[-1]}."
        return "Vul een tekst in."

    def read(self, value: Any) -> Any:
        """The value of a cell (or of a caller) as the computation takes it; None for an empty one.

        Raises `UsageError` for what cannot be.
        """
        if value is None or (isinstance(value, str) and not value.strip()):
            return self.default
        read = self._text(value) if self.kind in (Kind.TEXT, Kind.CHOICE) else self._number(value)
        if read is None:
            raise UsageError(
                f"De instelling '{self.label}' staat op {_shown(value)}.",
                where=f"Instellingen, {self.label} ({self.name})",
                remedy=self.message(),
            )
        return read

    def _text(self, value: Any) -> str | None:
        text = str(value).strip()
        if self.kind is Kind.TEXT:
            return text
        return next((choice for choice in self.choices if choice.casefold() == text.casefold()), None)

    def _number(self, value: Any) -> Any:
        if self.kind is Kind.DAY:
            return _day(value)
        if isinstance(value, bool) or not isinstance(value, int | float):
            return None
        low, high = self.between
        if value != value or (low is not None and value < low) or (high is not None and value > high):
            return None
        if self.kind is Kind.COUNT:
            return int(value) if value == int(value) else None
        return float(value)


def _day(value: Any) -> dt.date | None:
    """A date, or a cell's day number, as a date; None for any other thing."""
    if isinstance(value, dt.datetime):
        value = value.date()
    if isinstance(value, dt.date):
        return value if FIRST_DAY <= value <= LAST_DAY else None
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    within = date_to_serial(FIRST_DAY) <= value < date_to_serial(LAST_DAY) + 1
    return serial_to_date(float(value)) if within else None


def _shown(value: Any) -> str:
    if isinstance(value, dt.date):
        return f"{value:%d-%m-%Y}"
    if isinstance(value, int | float) and not isinstance(value, bool):
        return format_number(round(value, 6))
    return repr(value)


def _setting(name: str, kind: Kind, label: str, help_: str, **more: Any) -> Any:
    """A field of `Settings` that carries its declaration."""
    declared = Setting(name, kind, label, help_, **more)
    return field(default=declared.default, metadata={"setting": declared})


def _share(name: str, label: str, help_: str, **more: Any) -> Any:
    return _setting(name, Kind.SHARE, label, help_, **{"between": (0.0, 1.0), **more})


def _amount(name: str, label: str, help_: str, **more: Any) -> Any:
    return _setting(name, Kind.AMOUNT, label, help_, between=(0.0, None), **more)


def _positive(name: str, label: str, help_: str, **more: Any) -> Any:
    return _setting(name, Kind.NUMBER, label, help_, between=(0.0, 1000.0), **more)


@dataclass(frozen=True, kw_only=True)
class Settings:
    """What the user decides; each field says in its declaration what it is and which values it takes.

    Raises `UsageError` for a value that cannot be.
    """

    company: str | None = _setting(
        "kw_bedrijf", Kind.TEXT, "Naam van uw bedrijf", "Staat boven de pagina die u afdrukt."
    )
    as_of: dt.date | None = _setting(
        "kw_peildatum",
        Kind.DAY,
        "Peildatum",
        "Leeg: de laatste datum in de gegevens. Latere orders tellen niet mee.",
        unit="datum",
    )
    inactive_months: int = _setting(
        "kw_inactief_na",
        Kind.COUNT,
        "Klant is verloren na",
        "Zonder order in zoveel maanden telt een klant als verloren.",
        unit="maanden",
        source="uw koopcyclus",
        between=(1, 120),
        default=12,
    )
    horizon: float = _setting(
        "kw_horizon",
        Kind.NUMBER,
        "Horizon",
        "Zo ver kijkt de prognose vooruit; 52 weken is een jaar.",
        unit="weken",
        between=(1, 520),
        default=52.0,
    )
    margin: float | None = _share(
        "kw_marge",
        "Marge",
        "Winst gedeeld door omzet. Zonder marge is klantwaarde omzet, geen winst.",
        unit="deel van de omzet",
        source="jaarrekening",
        between=(0.001, 1.0),
    )
    interest: float | None = _share(
        "kw_rente",
        "Rente per jaar",
        "Waartegen u latere opbrengsten terugrekent naar nu.",
        unit="per jaar",
        source="bank of rendementseis",
    )
    model: str = _setting(
        "kw_model",
        Kind.CHOICE,
        "Model",
        "auto kiest wat het best voorspelde; zie blad Model.",
        source="blad Model",
        choices=MODELS,
        default=AUTO_WORD,
    )
    season: str = _setting(
        "kw_seizoen",
        Kind.CHOICE,
        "Seizoen",
        "auto volgt een seizoen dat zich bewijst, vanaf twee jaar; uw eigen, als blad Drukte is gevuld.",
        source="blad Model",
        choices=tuple(WANTED.values()),
        default=WANTED[Wanted.AUTO],
    )
    acquisition_cost: float | None = _amount(
        "kw_wervingskosten",
        "Kosten van werving",
        "Marketing en verkoop om nieuwe klanten te winnen, alles bij elkaar.",
        unit="euro, laatste 12 maanden",
        source="boekhouding",
        number="euro",
    )
    customer_cost: float | None = _amount(
        "kw_kosten_klant",
        "Kosten per klant",
        "Behoud en transacties: service, verzending, betaling.",
        unit="euro per klant per jaar",
        source="boekhouding",
    )
    periods: float | None = _setting(
        "kw_perioden",
        Kind.NUMBER,
        "Horizon",
        "Zoveel jaar kijkt KLANTWAARDE vooruit.",
        unit="jaren",
        between=(0.0, 100.0),
        default=3.0,
    )
    spend: float | None = _amount(
        "kw_besteding", "Besteding", "Wat een klant gemiddeld besteedt per periode.", unit="euro per periode"
    )
    costs: float | None = _amount(
        "kw_kosten",
        "Alle kosten van de klant",
        "Werving, behoud en transacties samen.",
        unit="euro per klant",
    )
    purchase_value: float | None = _amount(
        "kw_aankoopwaarde", "Aankoopwaarde", "Gemiddeld bedrag per aankoop.", unit="euro"
    )
    frequency: float | None = _positive(
        "kw_frequentie", "Aankoopfrequentie", "Hoe vaak een klant koopt.", unit="keer per jaar"
    )
    lifetime: float | None = _positive(
        "kw_levensduur", "Levensduur", "Hoe lang iemand klant blijft.", unit="jaren"
    )
    retention: float | None = _share(
        "kw_retentie",
        "Retentie per jaar",
        "Welk deel van de klanten van een jaar geleden er nog is.",
        unit="per jaar",
    )
    cac: float | None = _amount(
        "kw_cac", "CAC", "Wat het kost om één klant te winnen.", unit="euro per nieuwe klant"
    )
    inflation: float | None = _share(
        "kw_inflatie", "Inflatie", "Leeg als de inflatie al in de rente zit.", unit="per jaar", source="CBS"
    )

    tolerance: float = _setting(
        "kw_tolerantie",
        Kind.NUMBER,
        "Speling",
        "Zoveel punten mag een ervaring van de verwachting afwijken.",
        unit="punten",
        between=(0.0, 10.0),
        default=0.5,
    )
    price_weight: float = _share(
        "kw_prijsgewicht",
        "Gewicht van de prijs",
        "Hoe zwaar de prijs weegt in de keuze van klanten; de rest is kwaliteit.",
        unit="deel van de keuze",
        default=0.5,
    )

    cohort_period: str = _setting(
        "kw_cohortperiode",
        Kind.CHOICE,
        "Periode van een groep",
        "Klanten van één maand, kwartaal of jaar vormen een groep. Werkt na verversen.",
        choices=("maand", "kwartaal", "jaar"),
        default="kwartaal",
    )
    cohort_group: str = _setting(
        "kw_groep",
        Kind.CHOICE,
        "Groep van een klant",
        "Eerste product en kanaal komen van het blad Klanten. Werkt na verversen.",
        choices=("eerste aankoop", "eerste product", "kanaal"),
        default="eerste aankoop",
    )

    goal_ratio: float = _setting(
        "kw_doelratio",
        Kind.NUMBER,
        "Doel voor CLV : CAC",
        "Zoveel keer moet een klant zijn werving opbrengen; de vuistregel is 3.",
        unit="keer",
        between=(0.1, 100.0),
        default=3.0,
    )
    least_customers: int = _setting(
        "kw_min_klanten",
        Kind.COUNT,
        "Oordeel vanaf",
        "Van minder nieuwe klanten zegt een kanaal te weinig.",
        unit="nieuwe klanten",
        between=(1, 1000),
        default=10,
    )
    report_months: int = _setting(
        "kw_rapport_maanden",
        Kind.COUNT,
        "Maanden in het rapport",
        "Zo lang geleden begint de vergelijking; 3 is een kwartaal, 12 een jaar.",
        unit="maanden",
        between=(1, 60),
        default=3,
    )
    other_costs: float | None = _amount(
        "kw_overige_kosten",
        "Overige kosten van werving",
        "Loon en bureau, van geen enkel kanaal; tellen mee in de CAC van alles samen.",
        unit="euro per maand",
        source="boekhouding",
        number="euro",
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
