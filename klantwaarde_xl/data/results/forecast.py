"""What customers will still buy and be worth, and whether to believe it; computed in `data.forecasts`."""

from __future__ import annotations

from collections.abc import Callable

from klantwaarde_xl.data import forecasts
from klantwaarde_xl.data.forecast_basis import Basis, basis_of
from klantwaarde_xl.data.results import Column, Figure, Made, Result
from klantwaarde_xl.data.results.context import Context

SETTINGS = ("kw_peildatum", "kw_horizon", "kw_marge", "kw_rente", "kw_model", "kw_seizoen")


def basis_in(context: Context) -> Basis:
    """What the tables share, for `Context.once`; each computes no more than it needs."""
    return basis_of(context.transactions, context.settings, context.as_of, context.tables.get("drukte"))


def _from(name: str) -> Callable[[Context], Made]:
    """What computes the table of that name."""

    def compute(context: Context) -> Made:
        table, figures = forecasts.table_of(name, context.once(basis_in))
        return Made(table.rows, figures)

    return compute


def _totals(context: Context) -> Made:
    return Made(figures=forecasts.totals(context.once(basis_in)))


def _total_ends(context: Context) -> Made:
    return Made(figures=forecasts.total_ends(context.once(basis_in)))


def _ends(of: Figure) -> tuple[Figure, ...]:
    return (
        Figure(f"{of.name}_laag", f"{of.label}, laag (95%)", of.number),
        Figure(f"{of.name}_hoog", f"{of.label}, hoog (95%)", of.number),
    )


_PURCHASES = Figure("aankopen", "Verwachte aankopen", "aantal", "van alle klanten samen, in de horizon")
_VALUE = Figure("waarde", "Klantwaarde", "euro", "van alle klanten samen, nu")
_EACH = Figure("perklant", "Klantwaarde per klant", "euro2", "gemiddeld")


FORECAST = Result(
    name="prognose",
    title="Prognose per klant",
    compute=_from("prognose"),
    table="tblPrognose",
    columns=(
        Column("klant", "tekst"),
        Column("laatste aankoop", "datum"),
        Column("aankopen", "aantal", "Dagen met een aankoop, na aftrek van retouren."),
        Column("herhaalaankopen", "aantal", "Aankopen na de eerste."),
        Column("recentheid (weken)", "een", "Weken van de eerste tot de laatste aankoop."),
        Column("leeftijd (weken)", "een", "Weken van de eerste aankoop tot de peildag."),
        Column("kans nog klant", "procent"),
        Column("kans op aankoop", "procent", "Kans op minstens één aankoop in de horizon."),
        Column("verwachte aankopen", "getal", "In de horizon."),
        Column("besteding per aankoop", "euro2", "Verwacht, volgens het bestedingsmodel."),
        Column("klantwaarde", "euro", "Waarde nu van de verwachte aankopen, met marge en rente."),
        Column("laag", "euro", "Ondergrens van de klantwaarde (95%)."),
        Column("hoog", "euro", "Bovengrens van de klantwaarde (95%)."),
        Column("actie", "tekst", "Wat u met deze klant doet; blad Start legt de regel uit."),
    ),
    key=("klant",),
    settings=SETTINGS,
    counted=("klant", "klanten"),
    top="klantwaarde",
)
TOTAL = Result(
    name="prognosetotaal",
    title="Prognose, alle klanten samen",
    compute=_totals,
    figures=(
        Figure("bericht", "Melding van de prognose", "tekst", "Waarom er geen prognose is."),
        Figure("reden", "Reden dat er geen prognose is", "tekst", "Zonder wat helpt."),
        Figure("helpt", "Wat helpt voor een prognose", "tekst"),
        Figure("opmerking", "Bijzonder aan het model", "tekst", "Welke grens, en wat die betekent."),
        Figure("klanten", "Klanten", "aantal", "met minstens één aankoop, na aftrek van retouren"),
        Figure("actief", "Nog klant", "aantal", "alle kansen om nog klant te zijn opgeteld"),
        _PURCHASES,
        _VALUE,
        _EACH,
        Figure("beste_tiende", "Waarde van de beste 10%", "euro", "van de tien procent met de meeste waarde"),
    ),
    settings=SETTINGS,
)
SURE = Result(
    name="prognosemarges",
    title="Prognose, hoe zeker",
    compute=_total_ends,
    figures=(*_ends(_PURCHASES), *_ends(_VALUE), *_ends(_EACH)),
    settings=SETTINGS,
)
TOP = Result(
    name="prognosetop",
    title="Klanten met de meeste waarde",
    compute=_from("prognosetop"),
    table="tblTop",
    columns=(
        Column("klant", "tekst"),
        Column("laatste aankoop", "datum"),
        Column("kans nog klant", "procent"),
        Column("verwachte aankopen", "een"),
        Column("klantwaarde", "euro"),
        Column("actie", "tekst"),
    ),
    key=("klant",),
    settings=SETTINGS,
    counted=("klant", "klanten"),
)
ADVISED = Result(
    name="acties",
    title="Klanten en waarde per actie",
    compute=_from("acties"),
    table="tblActies",
    columns=(
        Column("actie", "tekst"),
        Column("klanten", "aantal"),
        Column("klantwaarde", "euro", "Van deze klanten samen."),
    ),
    key=("actie",),
    settings=SETTINGS,
    counted=("actie", "acties"),
)
CHOICE = Result(
    name="modelkeuze",
    title="Modellen naast elkaar",
    compute=_from("modelkeuze"),
    table="tblModelkeuze",
    columns=(
        Column("model", "tekst"),
        Column("gebruikt", "tekst"),
        Column("log-aannemelijkheid", "een"),
        Column("AIC", "een"),
        Column("BIC", "een"),
        Column("gewicht", "procent", "Deel van het bewijs (Akaike)."),
        Column("p chi-kwadraat", "procent", "Onder 5% mist het model de aantallen."),
        Column("werkelijk erna", "aantal", "Herhaalaankopen na de datum tot waar is geschat (blad Verloop)."),
        Column("verwacht erna", "afgerond", "Wat het model daarvan verwachtte, geschat op wat ervoor kwam."),
        Column("afwijking", "procent"),
        Column("oordeel", "tekst", wraps=True),
    ),
    key=("model",),
    figures=(
        Figure(
            "gewicht", "Gewicht van dit model", "procent", "deel van het bewijs, naast de andere modellen"
        ),
        Figure(
            "erna_werkelijk",
            "Aankopen na de schatting",
            "aantal",
            "geteld in het deel dat het model niet zag",
        ),
        Figure("erna_verwacht", "Verwacht na de schatting", "aantal", "wat het model ervan verwachtte"),
    ),
    settings=SETTINGS,
    counted=("model", "modellen"),
)
COUNTS = Result(
    name="modeltoets",
    title="Aantallen: werkelijk en volgens het model",
    compute=_from("modeltoets"),
    table="tblModeltoets",
    columns=(
        Column("herhaalaankopen", "tekst"),
        Column("klanten", "aantal"),
        Column("verwacht", "een", "Klanten volgens het model."),
        Column("verschil", "een"),
    ),
    key=("herhaalaankopen",),
    settings=SETTINGS,
    counted=("rij", "rijen"),
)
BASIS = Result(
    name="modelcontrole",
    title="Waar de prognose op rust",
    compute=_from("modelcontrole"),
    table="tblControle",
    columns=(Column("onderdeel", "tekst"), Column("waarde", "cijfer"), Column("uitleg", "tekst")),
    key=("onderdeel",),
    settings=SETTINGS,
    counted=("onderdeel", "onderdelen"),
)
PARAMETERS = Result(
    name="model",
    title="Parameters van het model",
    compute=_from("model"),
    table="tblModel",
    columns=(
        Column("model", "tekst"),
        Column("cijfer", "tekst"),
        Column("waarde", "drie"),
        Column("standaardfout", "drie"),
        Column("laag", "drie", "Ondergrens (95%)."),
        Column("hoog", "drie", "Bovengrens (95%)."),
        Column("betekenis", "tekst"),
    ),
    key=("model", "cijfer"),
    figures=(
        Figure(
            "samenhang_past",
            "Besteding staat los",
            "tekst",
            "van hoe vaak klanten kopen; het model neemt dat aan",
        ),
    ),
    settings=SETTINGS,
    counted=("cijfer", "cijfers"),
)
PROGRESS = Result(
    name="verloop",
    title="Herhaalaankopen per week",
    compute=_from("verloop"),
    table="tblVerloop",
    columns=(
        Column("week", "aantal", "Weken sinds het begin."),
        Column("tot en met", "datum"),
        Column("werkelijk", "aantal", "Herhaalaankopen in de week."),
        Column("verwacht", "een"),
        Column("werkelijk samen", "aantal", "Alle herhaalaankopen tot en met de week."),
        Column("verwacht bij schatten", "een"),
        Column("verwacht bij controle", "een", "Van weken die het model niet zag."),
        Column("deel", "tekst"),
    ),
    key=("week",),
    figures=(
        Figure("verloop_bericht", "Melding van het verloop", "tekst", "Waarom het verloop niets toetst."),
        Figure("schatting_tot", "Geschat op aankopen tot en met", "datum"),
    ),
    settings=SETTINGS,
    counted=("week", "weken"),
)
