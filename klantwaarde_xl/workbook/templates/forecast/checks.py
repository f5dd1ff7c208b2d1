"""What the forecast checks on its sheet Controle."""

from __future__ import annotations

from klantwaarde_xl.workbook.templates.checks import (
    ALL_READ,
    AS_REFRESHED,
    NO_FUTURE,
    NOTHING_BELOW,
    RECENT,
    Check,
)
from klantwaarde_xl.workbook.templates.forecast.inputs import USED

_SAME = ",".join(f"{name}={used}" for name, used in USED)
_NONE = 'kw_bericht<>"",'  # without a forecast only its own check says so

CHECKS: tuple[Check, ...] = (
    ALL_READ,
    AS_REFRESHED,
    NOTHING_BELOW,
    NO_FUTURE,
    RECENT,
    ("De instellingen zijn die van de laatste verversing", f"=AND({_SAME})",
     "Ververs het werkboek: op Instellingen staat welke waarde nog niet is gebruikt."),
    ("Het model is te schatten", '=kw_bericht=""', "Lees op Prognose waarom niet; daar staat ook wat u doet."),
    ("Alle klanten staan op Klanten", "=ROWS(tblPrognose[klant])=kw_klanten", "Ververs het werkboek."),
    ("De klantwaarden tellen op tot het totaal",
     f"=OR({_NONE}ABS(SUM(tblPrognose[klantwaarde])-kw_waarde)<0.005)", "Ververs het werkboek."),
    ("De verwachte aankopen tellen op tot het totaal",
     f"=OR({_NONE}ABS(SUM(tblPrognose[verwachte aankopen])-kw_aankopen)<0.005)", "Ververs het werkboek."),
    ("Elke kans ligt tussen 0 en 1",
     ('=COUNTIFS(tblPrognose[kans nog klant],"<0")+COUNTIFS(tblPrognose[kans nog klant],">1")'
     '+COUNTIFS(tblPrognose[kans op aankoop],"<0")+COUNTIFS(tblPrognose[kans op aankoop],">1")=0'),
     "Ververs het werkboek."),
    ("Elke klantwaarde ligt tussen laag en hoog",
     "=SUMPRODUCT((tblPrognose[klantwaarde]<tblPrognose[laag])+(tblPrognose[klantwaarde]>tblPrognose[hoog]))=0",
     "Ververs het werkboek."),
    ("Elke klant met een prognose heeft een actie",
     "=SUM(Prognose!$J$27:$J$30)=COUNT(tblPrognose[klantwaarde])", "Ververs het werkboek."),
    ("De marge is ingevuld", "=AND(kw_marge>0,kw_marge<=1)", "Zonder marge is de klantwaarde omzet."),
    ("Er is een rente", "=kw_rente>0", "Zonder rente telt geld van later even zwaar als geld van nu."),
    ("De gegevens beslaan minstens de horizon", "=kw_peildag-kw_periode_van>=7*kw_gebruikt_horizon",
     "Kies een kortere horizon of neem een langere export."),
    ("De voorspelling was in het controledeel hooguit 20% mis",
     f"=OR({_NONE}ABS(kw_erna_verwacht/kw_erna_werkelijk-1)<=0.2)", "Zie Verloop: er is iets veranderd, of er zijn te weinig gegevens."),
    ("Geen ander model past veel beter", f"=OR({_NONE}kw_gewicht>=0.1)", "Kies op Instellingen het model dat op Model het best past, en ververs."),
    ("Besteding hangt niet samen met hoe vaak klanten kopen", f'=OR({_NONE}kw_samenhang_past<>"nee")',
     "Zie Model, Waar de prognose op rust: de klantwaarde van grote klanten kan te laag of te hoog zijn."),
    ("Minstens één op de twintig klanten kocht opnieuw",
     '=COUNTIFS(tblPrognose[herhaalaankopen],">0")>=0.05*ROWS(tblPrognose[klant])',
     "Neem een langere periode: de schatting is onzeker."),
)  # fmt: skip
