"""What a setting is: its kind, what it takes, and the message for what cannot be."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from klantwaarde_xl.dutch import date_to_serial, format_number, serial_to_date
from klantwaarde_xl.errors import UsageError

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
        most = self.between[1]
        return "Vul een tekst in." if most is None else f"Houd het bij {most:.0f} tekens."

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


def decided(name: str, kind: Kind, label: str, help_: str, **more: Any) -> Any:
    """A field of `Settings` that carries its declaration."""
    declared = Setting(name, kind, label, help_, **more)
    return field(default=declared.default, metadata={"setting": declared})


def share(name: str, label: str, help_: str, **more: Any) -> Any:
    """The same for a part of a whole."""
    return decided(name, Kind.SHARE, label, help_, **{"between": (0.0, 1.0), **more})


def amount(name: str, label: str, help_: str, **more: Any) -> Any:
    """The same for an amount of nought or more."""
    return decided(name, Kind.AMOUNT, label, help_, between=(0.0, None), **more)


def positive(name: str, label: str, help_: str, **more: Any) -> Any:
    """The same for a number of nought or more."""
    return decided(name, Kind.NUMBER, label, help_, between=(0.0, 1000.0), **more)
