"""Sheet Controle, which every workbook with data has: do the figures agree, and what was read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from klantwaarde_xl.workbook.sheets import Book, Field, Page
from klantwaarde_xl.workbook.styles import BAD, GOOD

# label, formula that is TRUE when all is well, what to do when it is not
Check: TypeAlias = tuple[str, str, str]

QUALITY_FIELDS = (
    Field("soort", "tekst"),
    Field("rij", "aantal"),
    Field("kolom", "tekst"),
    Field("inhoud", "tekst"),
    Field("uitleg", "tekst"),
)

ALL_READ: Check = (
    "Alle rijen zijn gelezen",
    "=kw_rijen_geweigerd=0",
    "Zie de tabel hieronder; verbeter die rijen.",
)
AS_REFRESHED: Check = (
    "De gegevens in dit werkboek zijn die van de laatste verversing",
    "=ROWS(tblTransacties[klant])=kw_rijen_tabel",
    "Ververs het werkboek: de tabel op Gegevens is veranderd.",
)
NOTHING_BELOW: Check = (
    "Er staan geen gegevens onder de tabel op Gegevens",
    "=COUNTA(Gegevens!$B$5:$B$1048576)<=ROWS(tblTransacties[klant])",
    "Sleep de hoek van de tabel over de nieuwe rijen, en ververs.",
)
NO_FUTURE: Check = (
    "Er zijn geen orders met een datum in de toekomst",
    "=MAX(tblTransacties[datum])<=kw_ververst",
    "Zoek op Gegevens de datum die niet kan.",
)
RECENT: Check = (
    "De gegevens zijn hooguit 100 dagen oud op de dag van verversen",
    "=kw_ververst-kw_periode_tot<=100",
    "Maak een nieuwe export; oude cijfers zijn een veelgemaakte fout.",
)


def checks(book: Book, checks: Sequence[Check]) -> Page:
    """A list of checks with a total that every sheet shows, and the report of what was read."""
    page = book.page(
        "Controle",
        "Controle",
        "Elke controle rekent het verband na. Het totaal staat rechtsboven op elk blad.",
        (60, 14, 16, 30, 70),
    )
    page.header_row(4, "B", ("controle", "uitkomst"))
    page.text("D4", "wat te doen", "header")
    for column in "EF":
        page.text(f"{column}4", "", "header")
    first, last = 5, 4 + len(checks)
    for row, (label, formula, remedy) in enumerate(checks, first):
        page.text(f"B{row}", label, "label")
        test = formula.removeprefix("=")
        page.formula(f"C{row}", f'=IF(IFERROR({test},FALSE),"in orde","let op")')
        page.formula(f"D{row}", f'=IF(C{row}="in orde","","{remedy}")', "plain")
    page.text(f"B{last + 1}", "Aandachtspunten", "heading")
    page.formula(f"C{last + 1}", f'=COUNTIF(C{first}:C{last},"let op")', "output", "aantal")
    book.name("kc_meldingen", page, f"C{last + 1}")
    for value, color in (("in orde", GOOD), ("let op", BAD)):
        page.sheet.conditional_format(
            f"C{first}:C{last}",
            {
                "type": "cell",
                "criteria": "==",
                "value": f'"{value}"',
                "format": book.raw.add_format({"font_color": color, "bold": True}),
            },
        )
    row = last + 3
    page.heading(f"B{row}", "Gelezen gegevens", "F")
    for offset, (label, name) in enumerate(
        (
            ("Rijen gelezen", "kw_rijen_gelezen"),
            ("Rijen gebruikt", "kw_rijen_gebruikt"),
            ("Rijen geweigerd", "kw_rijen_geweigerd"),
            ("Rijen in de tabel op Gegevens", "kw_rijen_tabel"),
            ("Peildag", "kw_peildag"),
        ),
        1,
    ):
        page.text(f"B{row + offset}", label, "label")
        page.result(f"C{row + offset}", name, None, "datum" if name == "kw_peildag" else "aantal")
    page.table("tblKwaliteit", row + 8, 2, QUALITY_FIELDS)
    page.sheet.freeze_panes(4, 0)
    return page
