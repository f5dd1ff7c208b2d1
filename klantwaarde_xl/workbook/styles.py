"""How our workbooks look: one palette, one set of cell formats, by name."""

from __future__ import annotations

from typing import Any

NAVY, TEAL, ORANGE, GOLD, GREY = "#1F3A5F", "#2A9D8F", "#E76F51", "#E9C46A", "#8A94A0"
PAPER, LINE, INK, WHITE = "#F5F7FA", "#D5DCE4", "#24303C", "#FFFFFF"
INPUT_FILL, INPUT_INK = "#FFF2CC", "#3F3F76"
GOOD, BAD = "#1E7F4F", "#B3261E"
TABLE_STYLE = "Table Style Light 1"

EURO = "[$€-413] #,##0;[Red]-[$€-413] #,##0"
EURO2 = "[$€-413] #,##0.00;[Red]-[$€-413] #,##0.00"
COUNT = "#,##0"
DECIMAL = "#,##0.00"
SMALL = "0.0000"
PERCENT = "0.0%"
DATE = "dd-mm-yyyy"
MOMENT = "dd-mm-yyyy hh:mm"
MONTH = "mmm yy"
ONE = "#,##0.0"
THREE = "#,##0.000"
DIFFERENCE = "+0.0%;-0.0%;0.0%"

NUMBERS = {
    "euro": EURO,
    "euro2": EURO2,
    "aantal": COUNT,
    "getal": DECIMAL,
    "klein": SMALL,
    "procent": PERCENT,
    "datum": DATE,
    "moment": MOMENT,
    "maand": MONTH,
    "een": ONE,
    "drie": THREE,
    "cijfer": "General",  # counts and fractions under each other
    "verschil": DIFFERENCE,
    "tekst": "@",
    "": "General",
}

_BASE = {"font_name": "Calibri", "font_size": 11, "font_color": INK, "valign": "vcenter"}
_HEADER = {"bold": True, "font_color": WHITE, "bg_color": NAVY, "text_wrap": True}
# A thick white border on the right keeps neighbouring cards apart
_CARD = {"bg_color": PAPER, "align": "left", "indent": 1, "right": 5, "right_color": WHITE}
_ROLES: dict[str, dict[str, Any]] = {
    "plain": {},
    "band": {"bg_color": NAVY},
    "title": {"bg_color": NAVY, "font_color": WHITE, "font_size": 20, "bold": True},
    "subtitle": {"bg_color": NAVY, "font_color": "#C9D6E4", "font_size": 11},
    "check": {"bg_color": NAVY, "font_color": WHITE, "align": "right", "bold": True, "indent": 1},
    "back": {"bg_color": NAVY, "font_color": "#C9D6E4", "align": "right", "underline": 1, "indent": 1},
    "heading": {"font_size": 13, "bold": True, "font_color": NAVY, "bottom": 2, "bottom_color": TEAL},
    "header": {**_HEADER, "align": "left"},
    "cell_wrap": {
        "bottom": 1,
        "bottom_color": "#E8EDF2",
        "indent": 1,
        "text_wrap": True,
    },
    "header_text": {**_HEADER, "align": "left", "indent": 1},
    "header_right": {**_HEADER, "align": "right"},
    "cell": {"bottom": 1, "bottom_color": "#E8EDF2"},
    "cell_text": {"bottom": 1, "bottom_color": "#E8EDF2", "indent": 1},  # clear of a number before it
    "label": {"bottom": 1, "bottom_color": LINE},
    "note": {"font_color": GREY, "italic": True, "font_size": 10},
    "warning": {"font_color": BAD, "bold": True, "text_wrap": True},
    "remark": {"font_color": GREY, "italic": True, "font_size": 10, "text_wrap": True},
    "wrap": {"text_wrap": True, "valign": "top"},
    "unit": {"font_color": GREY, "bottom": 1, "bottom_color": LINE, "indent": 1},
    "input": {
        "bg_color": INPUT_FILL,
        "font_color": INPUT_INK,
        "border": 1,
        "border_color": "#E0C98A",
        "locked": False,
    },
    "calculation": {"bg_color": PAPER, "border": 1, "border_color": LINE},
    "state": {"bg_color": PAPER, "border": 1, "border_color": LINE, "align": "center"},
    "output": {
        "bg_color": "#E3F3F1",
        "font_color": "#14532D",
        "bold": True,
        "border": 1,
        "border_color": "#A9D6D0",
    },
    "table": {"bg_color": "#F1F9F8", "border": 1, "border_color": "#A9D6D0"},
    "table_header": {"bg_color": "#E3F3F1", "bold": True, "border": 1, "border_color": "#A9D6D0"},
    "link": {"font_color": "#1B5E9E", "underline": 1, "bold": True},
    "formula": {"font_name": "Consolas", "font_size": 10, "font_color": "#44546A", "indent": 1},
    "card_label": {
        **_CARD,
        "font_color": GREY,
        "font_size": 10,
        "valign": "bottom",
        "top": 5,
        "top_color": TEAL,
    },
    "card_value": {**_CARD, "font_color": NAVY, "font_size": 20, "bold": True},
    "card_note": {**_CARD, "font_color": GREY, "font_size": 9, "valign": "top"},
    "step": {"font_color": TEAL, "bold": True, "align": "right", "font_size": 12, "indent": 1},
}


class Styles:
    """Cell formats of one XlsxWriter workbook, made once each: a role and a number format."""

    def __init__(self, workbook: Any) -> None:
        self._workbook = workbook
        self._made: dict[tuple[str, str], Any] = {}

    def __call__(self, role: str, number: str = "") -> Any:
        """Return the format for a role (`input`, `output` …) and a number name (`euro` …)."""
        key = (role, number)
        if key not in self._made:
            properties = {**_BASE, **_ROLES[role], "num_format": NUMBERS[number]}
            self._made[key] = self._workbook.add_format(properties)
        return self._made[key]
