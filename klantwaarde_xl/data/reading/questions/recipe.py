"""How an export was read, kept so that the next one is read the same way: a file, or words in a workbook.

A recipe holds names of columns, choices and words of statuses; no row of the data, no address of a server,
no password.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any

from klantwaarde_xl.data.reading.cells.columns import DECIMALS, Reading
from klantwaarde_xl.data.reading.cells.months_of_two import LANGUAGES
from klantwaarde_xl.data.reading.cells.terms import TERMS
from klantwaarde_xl.data.reading.cells.written import Written
from klantwaarde_xl.data.reading.kinds.fates import CHOICES
from klantwaarde_xl.data.reading.naming.headers import ABSENT
from klantwaarde_xl.data.reading.questions.choices import BLANKS, EACH_ONCE, LAST, LINES, ONE_ROW
from klantwaarde_xl.data.reading.surveys import scales
from klantwaarde_xl.dutch import DATE_ORDERS, SWAPPED
from klantwaarde_xl.errors import FileUnreadable

VERSION = 1
KINDS = ("tekst", "werkboek", "parquet", "database")
AFRESH = "Maak een nieuw recept: geef achter --recept een naam die er nog niet is, zoals recept-nieuw.json."
_VERSION_KEY = "recept"


@dataclass(frozen=True)
class Recipe:
    """What decided how an input table was read.

    kind: of the source (`KINDS`); columns: the header taken for each column, `headers.ABSENT` for one that
    is not to be taken; others: headers that could have been meant too; sheets: as the user named them;
    reading: what the user said, and how decimals and dates are written; unit: what a row is
    (`choices.ONE_ROW`, or of lines what their amount is); statuses: by header, what each word says
    (`fates.WORDS`, None for nothing); currencies: the codes that there were.
    """

    kind: str
    columns: Mapping[str, str]
    others: tuple[str, ...] = ()
    sheets: tuple[str, ...] = ()
    reading: Reading = field(default_factory=Reading)
    unit: str = ""
    statuses: Mapping[str, Mapping[str, str | None]] = field(default_factory=dict)
    currencies: tuple[str, ...] = ()

    def reading_with(self, said: Reading) -> Reading:
        """The choices of the recipe under what the user says now."""
        both = {one.name: getattr(said, one.name) or getattr(self.reading, one.name) for one in fields(said)}
        return Reading(**{**both, "usual": self.reading.usual})

    def columns_with(self, said: Mapping[str, str] | None) -> dict[str, str]:
        """The columns of the recipe under those that the user names now."""
        taken = set((said or {}).values()) - {ABSENT}
        return {**{name: one for name, one in self.columns.items() if one not in taken}, **(said or {})}


# ── as text ─────────────────────────────────────────────────────────────────────────────────


def as_text(recipes: Mapping[str, Recipe], *, compact: bool = False) -> str:
    """Recipes by the name of their input table, as JSON that people can read; compact: on one line, ASCII."""
    shown = {_VERSION_KEY: VERSION, **{name: _shown(recipes[name]) for name in sorted(recipes)}}
    if compact:
        return json.dumps(shown, separators=(",", ":"))
    return json.dumps(shown, ensure_ascii=False, indent=2) + "\n"


def from_text(text: str, names: tuple[str, ...], where: str) -> dict[str, Recipe]:
    """The recipes in a text, by the name of their table; names: the tables that there are.

    Raises `FileUnreadable` (naming where) for a text that is no recipe, has a key or a value that is not
    known, or is of a newer version.
    """
    try:
        found = json.loads(text)
    except ValueError as error:
        raise _unreadable("Dit is geen recept: het is geen JSON.", where) from error
    version = found.get(_VERSION_KEY) if isinstance(found, dict) else None
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        raise _unreadable(f"Dit is geen recept: er staat geen {_VERSION_KEY!r} met een nummer in.", where)
    if version > VERSION:
        raise FileUnreadable(
            f"Dit recept is van een nieuwere versie van Klantwaarde XL (recept {version}).",
            where=where,
            remedy=f"Werk Klantwaarde XL bij. {AFRESH}",
        )
    recipes = {}
    for name, one in found.items():
        if name == _VERSION_KEY:
            continue
        if name not in names or not isinstance(one, dict):
            raise _unreadable(f"In dit recept staat {name!r}; een tabel heet {', '.join(names)}.", where)
        recipes[name] = _recipe(name, one, where)
    return recipes


def _unreadable(what: str, where: str) -> FileUnreadable:
    return FileUnreadable(what, where=where, remedy=f"Verbeter het recept, of begin opnieuw. {AFRESH}")


def _shown(recipe: Recipe) -> dict[str, Any]:
    """A recipe under its Dutch keys, without what says nothing."""
    said, usual = recipe.reading, recipe.reading.usual
    shown = {
        "soort": recipe.kind,
        "bladen": list(recipe.sheets),
        "kolommen": dict(recipe.columns),
        "kon_ook": list(recipe.others),
        "decimaal": usual.decimal,
        "decimaal_gemengd": usual.decimals_mixed,
        "centen": said.cents,
        "datumvolgorde": usual.date_order,
        "datumvolgorde_gemengd": usual.dates_mixed,
        "btw": said.vat,
        "valuta": dict(said.currencies),
        "valuta_gezien": list(recipe.currencies),
        "tellen": list(said.counted),
        "rij": recipe.unit,
        "regels": said.lines,
        "lege_klant": said.blanks,
        "niemand": list(said.nobody),
        "zonder": [list(pair) for pair in said.without],
        "alleen": [list(pair) for pair in said.only],
        "retour": [list(pair) for pair in said.back],
        "schaal": said.scale,
        "schalen": dict(said.scales),
        "termijn": list(said.terms),
        "aspecten": list(said.aspects),
        "statussen": {header: dict(words) for header, words in recipe.statuses.items()},
    }
    return {key: value for key, value in shown.items() if value not in (None, False, "", [], {})}


def _recipe(name: str, one: Mapping[str, Any], where: str) -> Recipe:
    for key, value in one.items():
        if key not in _CHECKS:
            raise _unreadable(f"In dit recept staat bij {name} iets onbekends: {key!r}.", where)
        if not _CHECKS[key](value):
            shown = json.dumps(value, ensure_ascii=False)
            raise _unreadable(f"In dit recept kan {key!r} bij {name} niet zo zijn: {shown}.", where)
    if lacking := [key for key in ("soort", "kolommen") if key not in one]:
        raise _unreadable(f"In dit recept ontbreekt bij {name} {' en '.join(map(repr, lacking))}.", where)
    usual = Written(
        one.get("decimaal"),
        one.get("decimaal_gemengd", False),
        one.get("datumvolgorde"),
        one.get("datumvolgorde_gemengd", False),
    )
    said = Reading(
        vat=one.get("btw"),
        currencies=tuple((code, float(rate)) for code, rate in one.get("valuta", {}).items()),
        counted=tuple(one.get("tellen", ())),
        lines=one.get("regels"),
        without=tuple((header, pattern) for header, pattern in one.get("zonder", ())),
        only=tuple((header, values) for header, values in one.get("alleen", ())),
        back=tuple((header, pattern) for header, pattern in one.get("retour", ())),
        blanks=one.get("lege_klant"),
        nobody=tuple(one.get("niemand", ())),
        scale=one.get("schaal"),
        scales=tuple(one.get("schalen", {}).items()),
        terms=tuple(one.get("termijn", ())),
        aspects=tuple(one.get("aspecten", ())),
        cents=one.get("centen", False),
        usual=usual,
    )
    return Recipe(
        one["soort"],
        one["kolommen"],
        others=tuple(one.get("kon_ook", ())),
        sheets=tuple(one.get("bladen", ())),
        reading=said,
        unit=one.get("rij", ""),
        statuses=one.get("statussen", {}),
        currencies=tuple(one.get("valuta_gezien", ())),
    )


def _is_words(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) for one in value)


def _is_pairs(value: Any) -> bool:
    return isinstance(value, list) and all(_is_words(one) and len(one) == 2 for one in value)


def _is_one_of(*choices: str) -> Callable[[Any], bool]:
    return lambda value: isinstance(value, str) and value in choices


def _is_rates(value: Any) -> bool:
    return isinstance(value, dict) and all(
        isinstance(rate, int | float) and not isinstance(rate, bool) and rate > 0 for rate in value.values()
    )


def _is_statuses(value: Any) -> bool:
    return isinstance(value, dict) and all(
        isinstance(words, dict) and all(one is None or one in CHOICES for one in words.values())
        for words in value.values()
    )


_CHECKS: Mapping[str, Callable[[Any], bool]] = {
    "soort": _is_one_of(*KINDS),
    "bladen": _is_words,
    "kolommen": lambda value: isinstance(value, dict) and _is_words(list(value.values())),
    "kon_ook": _is_words,
    "decimaal": _is_one_of(*DECIMALS),
    "decimaal_gemengd": lambda value: isinstance(value, bool),
    "centen": lambda value: isinstance(value, bool),
    "datumvolgorde": _is_one_of(*DATE_ORDERS, SWAPPED, *LANGUAGES),
    "datumvolgorde_gemengd": lambda value: isinstance(value, bool),
    "btw": _is_one_of("excl", "incl"),
    "valuta": _is_rates,
    "valuta_gezien": _is_words,
    "tellen": lambda value: _is_words(value) and set(value) <= set(CHOICES),
    "rij": _is_one_of(ONE_ROW, *LINES),
    "regels": _is_one_of(*LINES, LAST, EACH_ONCE),
    "lege_klant": _is_one_of(*BLANKS),
    "niemand": _is_words,
    "zonder": _is_pairs,
    "alleen": _is_pairs,
    "retour": _is_pairs,
    "schaal": _is_one_of(*scales.NAMES),
    "schalen": lambda value: isinstance(value, dict) and set(value.values()) <= set(scales.NAMES),
    "termijn": lambda value: _is_words(value) and set(value) <= set(TERMS),
    "aspecten": _is_words,
    "statussen": _is_statuses,
}


# ── what to keep of one reading ─────────────────────────────────────────────────────────────


def following(now: Recipe, before: Recipe | None) -> Recipe:
    """A recipe with what an earlier one knew and a small export does not show again."""
    if before is None:
        return now
    statuses = {
        header: {**before.statuses.get(header, {}), **now.statuses.get(header, {})}
        for header in dict.fromkeys([*before.statuses, *now.statuses])
    }
    return replace(
        now,
        others=tuple(dict.fromkeys([*before.others, *now.others])),
        unit=before.unit if now.unit in ("", ONE_ROW) and before.unit else now.unit,
        statuses=statuses,
        currencies=tuple(dict.fromkeys([*before.currencies, *now.currencies])),
    )
