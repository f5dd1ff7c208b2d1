"""How our workbooks look: one palette, one set of cell formats, by name."""

from __future__ import annotations

from typing import Any

from klantwaarde_xl.errors import SpecError

# Ink on paper reads at 13:1, muted text at 6:1; the four colours of series keep their order and can be
# told apart in grey and under the three colour-blindnesses
INK, MUTED, LINE, PAPER, WHITE = "#24303C", "#55606C", "#D5DCE4", "#F5F7FA", "#FFFFFF"
NAVY, TEAL, ORANGE, GREY = "#1F3A5F", "#0B6B63", "#CC7400", "#B8C2CD"
ON_FILL = {NAVY: WHITE, TEAL: WHITE, ORANGE: "#000000", GREY: INK}  # at least 6:1
GOOD, WARN, BAD = "#1A6E45", "#7A5200", "#A8231B"
LINK, ON_NAVY = "#1B5E9E", "#C9D6E4"
INPUT_FILL, INPUT_INK = "#FFF2CC", "#3F3F76"
OUTPUT_FILL, OUTPUT_INK, OUTPUT_LINE = "#E3F3F1", "#14532D", "#A9D6D0"
ROW_LINE = "#E8EDF2"
# Of a map: from which part of the highest amount, fill, ink; contrast at least 5:1
SHADES = (
    (0.6, NAVY, WHITE),
    (0.3, "#3E739A", WHITE),
    (0.15, "#9DBFD6", INK),
    (0.06, "#CFE0EC", INK),
    (0.0, "#F2F7FA", INK),
)
FITS = ":past"  # behind a role
_PLACES = 4
TABLE_STYLE = "Table Style Light 1"

# Below nought the minus of our sentences, in the ink of the cell: a program's own red is too light to read
EURO = '[$€-413] #,##0;"−"[$€-413] #,##0'
EURO2 = '[$€-413] #,##0.00;"−"[$€-413] #,##0.00'
# With cents under ten and a hundred euros, for cells over which no rule for cents lies. What is below nought
# is in the first part, with cents: there every program writes the minus, in a later part not every one
EURO_OR_CENTS = "[<9.995][$€-413] #,##0.00;[$€-413] #,##0"
EURO_OF_ONE = "[<99.995][$€-413] #,##0.00;[$€-413] #,##0"
COUNT = "#,##0"
DECIMAL = "#,##0.00"
SMALL = "0.0000"
TIMES = '#,##0.0"×"'
PERCENT_OF_MANY = "0.00%"  # of so many that a percent is much
PERCENT = "0.0%"
PART = "0%"
DATE = "dd-mm-yyyy"
MOMENT = "dd-mm-yyyy hh:mm"
MONTH = "mmm yy"
ONE = "#,##0.0"
THREE = "#,##0.000"
POINTS = '+0;"−"0;0'
DIFFERENCE = '+0.0%;"−"0.0%;0.0%'

NUMBERS = {
    "euro": EURO,
    "euro2": EURO2,
    "euro of centen": EURO_OR_CENTS,
    "prijs": EURO_OF_ONE,  # of one customer or order, as `phrases.price` says it
    "aantal": COUNT,
    "afgerond": COUNT,  # has a fraction, shown without
    "getal": DECIMAL,
    "klein": SMALL,
    "keer": TIMES,
    "procent": PERCENT,
    "deel": PART,
    "datum": DATE,
    "moment": MOMENT,
    "maand": MONTH,
    "een": ONE,
    "drie": THREE,
    "cijfer": "General",  # counts and fractions under each other
    "verschil": DIFFERENCE,
    "punten": POINTS,
    "tekst": "@",
    "niets": ";;;",
    "": "General",
    "procent2": PERCENT_OF_MANY,
}

_BASE = {"font_name": "Calibri", "font_size": 11, "font_color": INK, "valign": "vcenter"}
_HEADER = {"bold": True, "font_color": WHITE, "bg_color": NAVY, "text_wrap": True}
_BAND = {"bg_color": NAVY, "indent": 1}
_CELL = {"bottom": 1, "bottom_color": ROW_LINE}
# A thick white border on the right keeps neighbouring cards apart
_CARD = {"bg_color": PAPER, "align": "left", "indent": 1, "right": 5, "right_color": WHITE}
_OUTPUT = {
    "bg_color": OUTPUT_FILL,
    "font_color": OUTPUT_INK,
    "bold": True,
    "border": 1,
    "border_color": OUTPUT_LINE,
    "indent": 1,
}
# What a refresh writes, in an open workbook too, where the sheet is protected
_GIVEN = {"bg_color": PAPER, "border": 1, "border_color": LINE, "locked": False, "indent": 1}
_ROLES: dict[str, dict[str, Any]] = {
    "plain": {},
    "band": _BAND,
    "title": {**_BAND, "font_color": WHITE, "font_size": 20, "bold": True},
    "subtitle": {**_BAND, "font_color": ON_NAVY, "shrink": True},
    "check": {**_BAND, "font_color": WHITE, "align": "right", "bold": True},
    "back": {**_BAND, "font_color": ON_NAVY, "align": "right", "underline": 1},
    "heading": {"font_size": 13, "bold": True, "font_color": NAVY, "bottom": 2, "bottom_color": TEAL},
    "finding": {"font_size": 13, "bold": True, "font_color": NAVY},
    "unseen": {"font_color": WHITE},
    "empty": {"font_color": MUTED, "align": "center", "text_wrap": True},
    "header": {**_HEADER, "align": "left", "indent": 1},
    "header_text": {**_HEADER, "align": "left", "indent": 1},
    "header_right": {**_HEADER, "align": "right", "indent": 1},
    "cell": {**_CELL, "indent": 1},
    "cell_text": {**_CELL, "indent": 1},
    "cell_name": {**_CELL, "indent": 1, "text_wrap": True},
    "cell_wrap": {**_CELL, "indent": 1, "text_wrap": True},
    "label": {"bottom": 1, "bottom_color": LINE, "indent": 1},
    "name": {"bottom": 1, "bottom_color": LINE, "indent": 1, "shrink": True},  # as long as a user makes it
    "label_wrap": {"bottom": 1, "bottom_color": LINE, "indent": 1, "text_wrap": True},
    "note": {"font_color": MUTED, "font_size": 10},
    "step": {"indent": 1},
    "warning": {"font_color": BAD, "bold": True, "text_wrap": True},
    "remark": {"font_color": MUTED, "text_wrap": True, "indent": 1},
    "unit": {"font_color": MUTED, "bottom": 1, "bottom_color": LINE, "indent": 1},
    "unit_wrap": {"font_color": MUTED, "bottom": 1, "bottom_color": LINE, "indent": 1, "text_wrap": True},
    "input": {
        "bg_color": INPUT_FILL,
        "font_color": INPUT_INK,
        "border": 1,
        "border_color": "#E0C98A",
        "locked": False,
        "indent": 1,
    },
    "calculation": {"bg_color": PAPER, "border": 1, "border_color": LINE, "indent": 1},
    "given": _GIVEN,
    "given_wrap": {**_GIVEN, "text_wrap": True},
    "state": {"bg_color": PAPER, "border": 1, "border_color": LINE, "align": "center"},
    "output": _OUTPUT,
    "output_wrap": {**_OUTPUT, "text_wrap": True},
    "table": {"bg_color": "#F1F9F8", "border": 1, "border_color": OUTPUT_LINE},
    "table_header": {"bg_color": OUTPUT_FILL, "bold": True, "border": 1, "border_color": OUTPUT_LINE},
    "link": {"font_color": LINK, "underline": 1, "bold": True, "indent": 1},
    "link_label": {
        "font_color": LINK,
        "underline": 1,
        "bold": True,
        "indent": 1,
        "bottom": 1,
        "bottom_color": LINE,
    },
    "formula": {"font_name": "Consolas", "font_size": 10, "font_color": MUTED, "indent": 1},
    "formula_wrap": {
        "font_name": "Consolas",
        "font_size": 10,
        "font_color": MUTED,
        "indent": 1,
        "text_wrap": True,
    },
    "card_label": {
        **_CARD,
        "font_color": MUTED,
        "font_size": 11,
        "valign": "bottom",
        "top": 5,
        "top_color": TEAL,
    },
    "card_value": {**_CARD, "font_color": NAVY, "font_size": 20, "bold": True},
    "card_note": {**_CARD, "font_color": MUTED, "font_size": 10, "valign": "top", "shrink": True},
    "card_goal": {**_CARD, "font_color": MUTED, "font_size": 10, "valign": "top", "text_wrap": True},
}


def _told_apart(ink: str, number: str, merged: bool, place: int) -> str:
    """An ink that nobody can tell from this one, of its own for each number format, merged or not, and place.

    LibreOffice leaves out the indent of a cell on the right where it differs from the cell drawn before it in
    nothing but its number format, in being merged or locked, or in the rules that lie over it; any other
    difference, of ink too, keeps it. place: as of `place_of`.
    """
    bits = _PLACES * (2 * list(NUMBERS).index(number) + merged) + place
    spread = (bits >> 6 & 7) << 16 | (bits >> 3 & 7) << 8 | bits & 7  # at most 7 of 255 in each colour
    return f"#{int(ink[1:], 16) ^ spread:06X}"


def place_of(row: int, column: int) -> int:
    """A number that differs between a cell and the ones left of it and in the rows above and below."""
    return 2 * (row % 2) + column % 2


class Styles:
    """Cell formats of one XlsxWriter workbook, made once each: a role, a number format and a place."""

    def __init__(self, workbook: Any) -> None:
        self._workbook = workbook
        self._made: dict[tuple[str, str, int], Any] = {}

    def __call__(self, role: str, number: str = "", place: int = 0) -> Any:
        """Return the format for a role (`input` …) and a number name (`euro` …), else `SpecError`.

        A role with `FITS` behind it shrinks what does not fit, for merged cells, out of which no text runs.
        place: of a single cell (`place_of`), for the ink of what stands on the right.
        """
        key = (role, number, place if number not in ("", "tekst") else 0)
        if key not in self._made:
            bare = role.removesuffix(FITS)
            if bare not in _ROLES or number not in NUMBERS:
                raise SpecError(f"Er is geen opmaak {role!r} met getalnotatie {number!r}.")
            properties = {**_BASE, **_ROLES[bare], "num_format": NUMBERS[number]}
            if bare != role and "text_wrap" not in properties:
                properties["shrink"] = True
            if number not in ("", "tekst"):
                properties.setdefault("align", "right")  # an indent alone would put numbers on the left
                properties.setdefault("shrink", True)  # a number that is too long is small, never #####
            if properties.get("align") == "right":
                properties["font_color"] = _told_apart(properties["font_color"], number, bare != role, key[2])
            self._made[key] = self._workbook.add_format(properties)
        return self._made[key]

    def used(self) -> dict[str, list[int]]:
        """By role the numbers that its formats have in the workbook, once that is closed."""
        found: dict[str, list[int]] = {}
        for (role, _, _), made in self._made.items():
            if made.xf_index is not None:
                found.setdefault(role.removesuffix(FITS), []).append(made.xf_index)
        return found

    def word(self, color: str) -> Any:
        """What a conditional format lays over a word: bold, in a colour."""
        return self._laid_over(font_color=color, bold=True)

    def outlined(self, number: str) -> Any:
        """A line round a value that reached something, in the colour of that line in a chart."""
        return self._laid_over(bold=True, border=1, border_color=ORANGE, num_format=number)

    def shade(self, fill: str, ink: str) -> Any:
        """A fill of a map, with ink that can be read on it."""
        return self._laid_over(bg_color=fill, font_color=ink)

    def swatch(self, color: str) -> Any:
        """A block of colour in a legend, before its name."""
        return self._laid_over(**_BASE | {"font_color": color, "align": "right"})

    def faint(self) -> Any:
        """Grey, for errors that are only there for a chart."""
        return self._laid_over(font_color="#C5CCD3")

    def impossible(self) -> Any:
        """Red, for a cell with what its rule refuses."""
        return self._laid_over(bg_color=BAD, font_color=WHITE)

    def as_number(self, number: str) -> Any:
        """Another number format than the cell's own."""
        return self._laid_over(num_format=number)

    def unseen(self) -> Any:
        """White on white, for what has nothing to show yet."""
        white = "#FFFFFF"
        return self._laid_over(font_color=white, bg_color=white, border=1, border_color=white)

    def stressed(self) -> Any:
        """What a remark becomes when it is all that a page has to say: calm, but not to be missed."""
        return self._laid_over(font_color=NAVY, bold=True)

    def _laid_over(self, **properties: Any) -> Any:
        key = ("over", repr(sorted(properties.items())), 0)
        if key not in self._made:
            self._made[key] = self._workbook.add_format(properties)
        return self._made[key]
