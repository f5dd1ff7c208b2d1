"""What the dashboard checks on its sheet Controle."""

from __future__ import annotations

from klantwaarde_xl.workbook.templates.checks import (
    ALL_READ,
    AS_REFRESHED,
    NO_FUTURE,
    NOTHING_BELOW,
    RECENT,
    Check,
)

CHECKS: tuple[Check, ...] = (
    ALL_READ,
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
    AS_REFRESHED,
    NOTHING_BELOW,
    NO_FUTURE,
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
    RECENT,
)  # fmt: skip
