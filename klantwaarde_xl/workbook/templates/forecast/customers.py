"""Sheet Klanten: every customer with its forecast, the most valuable one first."""

from __future__ import annotations

from klantwaarde_xl.data.forecasts import ACTIONS, CUSTOMER_COLUMNS
from klantwaarde_xl.workbook.sheets import Book, Field, Page
from klantwaarde_xl.workbook.styles import BAD, GOOD, GREY, TEAL

_NUMBERS = {
    "klant": "tekst",
    "laatste aankoop": "datum",
    "aankopen": "aantal",
    "herhaalaankopen": "aantal",
    "recentheid (weken)": "een",
    "leeftijd (weken)": "een",
    "kans nog klant": "procent",
    "kans op aankoop": "procent",
    "verwachte aankopen": "getal",
    "besteding per aankoop": "euro2",
    "klantwaarde": "euro2",
    "laag": "euro2",
    "hoog": "euro2",
    "actie": "tekst",
}
CUSTOMER_FIELDS = tuple(Field(name, _NUMBERS[name]) for name in CUSTOMER_COLUMNS)
_COLORS = dict(zip(ACTIONS.values(), (GOOD, "#1B5E9E", BAD, GREY), strict=True))


def customers(book: Book) -> Page:
    """The table one filters for a campaign."""
    page = book.page(
        "Klanten",
        "Klanten",
        "Meeste waarde boven. Recentheid: zo oud was de klant bij zijn laatste aankoop. Leeftijd: weken sinds "
        "zijn eerste. Filter met het pijltje in een kop.",
        (22, 13, 11, 17, 12, 12, 11, 11, 12, 13, 13, 13, 13, 15),
        tab=TEAL,
    )
    page.table("tblPrognose", 4, 2, CUSTOMER_FIELDS)
    at = {name: i + 1 for i, name in enumerate(CUSTOMER_COLUMNS)}
    for name, color in (("kans nog klant", "#F3DFA6"), ("klantwaarde", "#9AD3CB")):
        bar = {"type": "data_bar", "bar_color": color, "bar_solid": True, "data_bar_2010": True}
        if name == "kans nog klant":
            bar |= {"min_type": "num", "min_value": 0, "max_type": "num", "max_value": 1}
        page.sheet.conditional_format(4, at[name], 4, at[name], bar)
    page.sheet.conditional_format(
        4,
        at["kans op aankoop"],
        4,
        at["kans op aankoop"],
        {"type": "2_color_scale", "min_color": "#FBE3DC", "max_color": "#BFE3DE"},
    )
    for action, color in _COLORS.items():
        page.sheet.conditional_format(
            4,
            at["actie"],
            4,
            at["actie"],
            {
                "type": "cell",
                "criteria": "==",
                "value": f'"{action}"',
                "format": book.raw.add_format({"font_color": color, "bold": True}),
            },
        )
    page.sheet.freeze_panes(4, 2)
    return page
