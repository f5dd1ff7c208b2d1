"""Settings as options of a command: what they are, and what a user typed behind them."""

from __future__ import annotations

import argparse
from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from klantwaarde_xl.dutch import format_number
from klantwaarde_xl.errors import UsageError

if TYPE_CHECKING:
    from klantwaarde_xl.data.settings import Setting, Settings

# The settings that results read, by option. A test holds them against the declarations, which take half a
# second to load: too long for every command, so that only the help looks into them
SETTINGS = (
    "peildatum", "inactief-na", "horizon", "marge", "rente", "model", "seizoen",
    "kosten-klant", "overige-kosten", "doelratio", "min-klanten", "rapport-maanden",
    "cohortperiode", "groep",
    "peildatum-vorig", "segment", "controle-deel", "actie-start", "actie-dagen", "actie-kosten",
)  # fmt: skip


def add_settings(parser: argparse.ArgumentParser) -> None:
    """Give a command an option for each setting that results read."""
    for name in SETTINGS:
        parser.add_argument(f"--{name}", metavar="WAARDE", help="instelling; zie hieronder")


def settings_listed() -> str:
    """What each setting is, with what it is when it is not given: the help of the command only."""
    lines = []
    for name in SETTINGS:
        one = _setting_of(name)
        shown = format_number(one.default) if isinstance(one.default, int | float) else one.default
        default = "" if one.default is None else f" Zonder deze optie: {shown}."
        lines.append(f"  --{name}\n      {one.help} {_wanted(one)}{default}")
    return "\n".join(["instellingen:", *lines])


def _setting_of(option: str) -> Setting:
    from klantwaarde_xl.data.settings import setting

    return setting("kw_" + option.replace("-", "_"))


def _wanted(one: Setting) -> str:
    """What to fill in; the words of the sheet speak of a cell that may stay empty."""
    from klantwaarde_xl.data.settings import Kind

    return "Vul een datum in zoals 31-12-2026." if one.kind is Kind.DAY else one.message()


def settings_given(options: argparse.Namespace) -> Settings:
    """The settings as the options say, the others as they are without; raises `UsageError`."""
    from klantwaarde_xl.data.settings import Settings

    return Settings(**{one.field: value for one, value in _given(options)})


def inputs_given(options: argparse.Namespace, names: Collection[str], book: str) -> dict[str, Any]:
    """What the options say of a workbook's named cells, by name.

    names: of the cells that the user of that workbook fills in; book: what it is called. Raises
    `UsageError` for a value that cannot be, and for a setting that it does not have.
    """
    found = {one.name: value for one, value in _given(options)}
    for name in found.keys() - {*names}:
        option = name.removeprefix("kw_").replace("_", "-")
        raise UsageError(
            f"Het werkboek {book} heeft geen instelling voor --{option}.", remedy=f"Laat --{option} weg."
        )
    return found


def _given(options: argparse.Namespace) -> list[tuple[Setting, Any]]:
    found = []
    for name in SETTINGS:
        word = getattr(options, name.replace("-", "_"))
        if word is not None:
            one = _setting_of(name)
            found.append((one, _value(one, name, word)))
    return found


def _value(one: Setting, option: str, word: str) -> Any:
    """What a user typed behind an option, as its setting takes it; raises `UsageError`."""
    from klantwaarde_xl.data.settings import Kind
    from klantwaarde_xl.dutch import parse_date, parse_number

    value: Any = word
    if one.kind is Kind.DAY:
        value = parse_date(word)
    elif one.kind is not Kind.CHOICE:
        value = parse_number(word)
    try:
        if value is None or not word.strip():
            raise UsageError(word)
        return one.read(value)
    except UsageError:
        raise UsageError(f"Bij --{option} kan {word or 'niets'} niet.", remedy=_wanted(one)) from None
