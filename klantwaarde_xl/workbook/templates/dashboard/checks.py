"""Sheet Controle: whether the figures agree with each other, and what was read and refused."""

from __future__ import annotations

from klantwaarde_xl.workbook.sheets import Book, Field, Page
from klantwaarde_xl.workbook.styles import BAD, GOOD

QUALITY_FIELDS = (
    Field("soort", "tekst"),
    Field("rij", "aantal"),
    Field("kolom", "tekst"),
    Field("inhoud", "tekst"),
    Field("uitleg", "tekst"),
)

# label, formula that is TRUE when all is well, what to do when it is not
CHECKS = (
    ("Alle rijen zijn gelezen", "=kw_rijen_geweigerd=0", "Zie de tabel hieronder; verbeter die rijen."),
    ("Omzet van alle klanten is de netto omzet van alle maanden",
     "=ABS(SUM(tblRfm[omzet])+kw_losse_retouren-SUM(tblKpi[netto omzet]))<0.005", "Ververs het werkboek."),
    ("Elke klant is één keer nieuw", "=SUM(tblKpi[nieuw])=ROWS(tblRfm[klant])", "Ververs het werkboek."),
    ("Aankopen van alle klanten zijn de orders van alle maanden",
     "=SUM(tblRfm[aankopen])=SUM(tblKpi[orders])", "Ververs het werkboek."),
    ("Begin + nieuw + gereactiveerd − verloren = eind, elke maand",
     "=SUMPRODUCT(ABS(tblKpi[klanten begin]+tblKpi[nieuw]+tblKpi[gereactiveerd]-tblKpi[verloren]-tblKpi[klanten eind]))=0",
     "Ververs het werkboek."),
    ("De segmenten tellen op tot alle klanten", "=SUM(tblSegmenten[klanten])=ROWS(tblRfm[klant])",
     "Er zijn minder dan vijf klanten, of ververs het werkboek."),
    ("De gegevens in dit werkboek zijn die van de laatste verversing",
     "=ROWS(tblTransacties[klant])=kw_rijen_tabel", "Ververs het werkboek: de tabel op Gegevens is veranderd."),
    (
        "Er staan geen gegevens onder de tabel op Gegevens",
        "=COUNTA(Gegevens!$B$5:$B$1048576)<=ROWS(tblTransacties[klant])",
        "Sleep de hoek van de tabel over de nieuwe rijen, en ververs.",
    ),
    (
        "Er zijn geen orders met een datum in de toekomst",
        "=MAX(tblTransacties[datum])<=kw_ververst",
        "Zoek op Gegevens de datum die niet kan.",
    ),
    ("De marge is ingevuld als deel van de omzet", "=AND(kw_marge>0,kw_marge<=1)",
     "Vul 35% in, niet 35. CLV op omzet in plaats van marge is te hoog."),
    ("Er is een rente", "=kw_rente>0", "Zonder rente telt geld van later even zwaar als geld van nu."),
    ("De kosten van werving zijn ingevuld", "=kw_wervingskosten>0", "Zonder deze kosten is de CAC nul."),
    ("Er is verloop gemeten of aangenomen", '=ISNUMBER(kg_retentie)', "Vul op Rekenhulp een retentie in."),
    (
        "Geen veelgemaakte fouten in de invoer (functie WAARSCHUWINGEN)",
        '=WAARSCHUWINGEN(kg_aov*kg_frequentie,kg_aov*kg_frequentie*kg_marge,kg_kosten,kg_retentie,,kg_rente,,"jaar",,,kg_perioden,ROWS(tblKpi[maand])/12)=0',
        "Typ =KLANTWAARDECONTROLE( met dezelfde cijfers; die zegt welke fout het is en wat u doet.",
    ),
    ("De CLV is minstens drie keer de CAC", "=IFERROR(ku_verhouding>=3,FALSE)", "Werving kost te veel, klanten blijven te kort, of een van beide is onbekend: zie Rekenhulp."),
    ("De gegevens zijn hooguit 100 dagen oud op de dag van verversen", "=kw_ververst-kw_periode_tot<=100",
     "Maak een nieuwe export; oude cijfers zijn een veelgemaakte fout."),
)  # fmt: skip


def checks(book: Book) -> Page:
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
    first, last = 5, 4 + len(CHECKS)
    for row, (label, formula, remedy) in enumerate(CHECKS, first):
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
