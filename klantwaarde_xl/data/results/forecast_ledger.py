"""The ledger of forecasts: what each refresh expected, and what came; computed in `data.forecast_ledger`."""

from __future__ import annotations

from klantwaarde_xl.data.forecast_ledger import COLUMNS, Ledger, coming, ledger_of, tenths, waits
from klantwaarde_xl.data.replay import replay
from klantwaarde_xl.data.results import Column, Figure, Made, Result, Row
from klantwaarde_xl.data.results.context import Context
from klantwaarde_xl.data.results.forecast import SETTINGS, basis_in
from klantwaarde_xl.dutch import serial_to_date

BOOK_NAME = "voorspelboek"
FORETOLD, REPLAYED = "voorspeld", "nagespeeld"
SHOWN = 8  # forecasts in the table of those that were judged, the last ones
_REPLAY = ("naspel_van", "naspel_verwacht", "naspel_laag", "naspel_hoog", "naspel_werkelijk")
_JUDGED = COLUMNS[: COLUMNS.index("oordeel") + 1]
_LAST = {
    "vorige_peildag": "peildatum",
    "vorige_verwacht": "verwacht",
    "vorige_laag": "laag",
    "vorige_hoog": "hoog",
    "vorige_werkelijk": "kwam",
}


def _ledger(context: Context) -> Ledger:
    return ledger_of(context.once(basis_in), context.earlier.get(BOOK_NAME, ()), context.today)


def _book(context: Context) -> Made:
    return Made(context.once(_ledger).rows)


def _judged(context: Context) -> Made:
    """The forecasts that were judged, and how they did together; each by the claim that reaches farthest."""
    ledger = context.once(_ledger)
    judged, last = ledger.judged, ledger.last
    figures = {name: None if last is None else last[column] for name, column in _LAST.items()}
    figures |= {
        "vorige_tot": None if last is None else last.until,
        "boek_getoetst": len(judged),
        "boek_binnen": sum(one.is_within for one in judged),
        "boek_verwacht": sum(one["verwacht"] for one in ledger.apart) if judged else None,
        "boek_werkelijk": sum(one["kwam"] for one in ledger.apart) if judged else None,
        "boek_bericht": waits(ledger) or None,
        "boek_vanaf": coming(ledger) if last is None else None,
    }
    rows: list[Row] = [
        (
            *(one[name] for name in _JUDGED),
            f"t/m {one.until:%d-%m-%y}",
            one["verwacht"] - one["laag"],
            one["hoog"] - one["verwacht"],
        )
        for one in judged[-SHOWN:]
    ]
    return Made(rows, figures)


def _tenths(context: Context) -> Made:
    rows, why = tenths(context.once(_ledger))
    return Made(rows, {"tienden_bericht": why or None})


def _tested(context: Context) -> Made:
    """The forecasts with an outcome, each as it stood; without any one forecast of the past, made now."""
    judged = context.once(_ledger).judged[-SHOWN:]
    if judged:
        said = ("verwacht", "laag", "hoog", "kwam")
        rows = [_tested_row((one.day, one.until, *(one[name] for name in said))) for one in judged]
        return Made(rows, {"toets": FORETOLD, **dict.fromkeys(_REPLAY)})
    basis = context.once(basis_in)
    found = replay(basis, SHOWN)
    if not found:
        return Made((), {"toets": None, **dict.fromkeys(_REPLAY)})
    since = serial_to_date(basis.cut)
    figures = dict(zip(_REPLAY, (since, *found[-1][1:]), strict=True))
    return Made([_tested_row((since, *one)) for one in found], {"toets": REPLAYED, **figures})


def _tested_row(one: Row) -> Row:
    """A row of the chart from the first and last day, expected, low, high, and what came."""
    since, until, expected, low, high, came = one
    label = f"{until.day}-{until.month}-{until:%y}"
    return since, label, expected, came, expected - low, high - expected, high


_HELP = {
    "peildatum": Column("peildatum", "datum", "Tot en met deze dag kende de voorspelling de gegevens."),
    "weken": Column("weken", "cijfer", "Zo ver vooruit geldt deze regel."),
    "tot en met": Column("tot en met", "datum"),
    "klanten": Column(
        "klanten", "aantal", "Met minstens één aankoop op de peildatum; alleen zij tellen mee."
    ),
    "verwacht": Column("verwacht", "een", "Aankopen van deze klanten samen, na de peildatum."),
    "laag": Column(
        "laag", "aantal", "Met 95% kans ligt wat komt tussen laag en hoog: schatting en toeval samen."
    ),
    "hoog": Column(
        "hoog", "aantal", "Met 95% kans ligt wat komt tussen laag en hoog: schatting en toeval samen."
    ),
    "kwam": Column("kwam", "aantal", "Wat deze klanten in die tijd kochten, na retouren."),
    "verschil": Column("verschil", "een", "Kwam min verwacht."),
    "oordeel": Column("oordeel", "tekst"),
    "waarde": Column("waarde", "euro", "Klantwaarde van allen samen over de hele horizon."),
    "model": Column("model", "tekst"),
    "gemaakt op": Column("gemaakt op", "datum"),
    "parameters": Column("parameters", "tekst", "Waarmee elke klant zijn tiende terugvindt."),
}
_A_TENTH = "Verwacht van een tiende van de klanten; 1 zijn wie het meest zouden kopen."

BOOK = Result(
    name=BOOK_NAME,
    title="Voorspelboek",
    compute=_book,
    table="tblVoorspelboek",
    columns=tuple(_HELP.get(name) or Column(name, "een", _A_TENTH) for name in COLUMNS),
    key=("peildatum", "weken"),
    settings=SETTINGS,
    counted=("regel", "regels"),
    continues=True,
)
JUDGED = Result(
    name="voorspeltoets",
    title="Voorspellingen met een uitkomst",
    compute=_judged,
    table="tblVoorspeltoets",
    columns=(
        *(_HELP[name] for name in _JUDGED),
        Column("periode", "tekst", "Tot en met de laatste dag die voorbij is."),
        Column("marge omlaag", "een", "Verwacht min laag, voor de grafiek."),
        Column("marge omhoog", "een", "Hoog min verwacht, voor de grafiek."),
    ),
    key=("peildatum",),
    figures=(
        Figure("vorige_peildag", "Vorige voorspelling van", "datum"),
        Figure("vorige_tot", "Uitkomst tot en met", "datum"),
        Figure("vorige_verwacht", "Verwachte aankopen toen", "afgerond"),
        Figure("vorige_laag", "Marge van (95%)", "aantal", "met schatting en toeval"),
        Figure("vorige_hoog", "Marge tot (95%)", "aantal", "met schatting en toeval"),
        Figure("vorige_werkelijk", "Werkelijke aankopen", "aantal"),
        Figure("boek_getoetst", "Voorspellingen met een uitkomst", "aantal"),
        Figure("boek_binnen", "Daarvan binnen de marge", "aantal"),
        Figure("boek_verwacht", "Verwacht, aaneen", "afgerond", "in tijdvakken na elkaar"),
        Figure("boek_werkelijk", "Gekomen, aaneen", "aantal", "in tijdvakken na elkaar"),
        Figure("boek_bericht", "Melding van het Voorspelboek", "tekst"),
        Figure("boek_vanaf", "Eerste uitkomst vanaf", "datum", "Leeg als er een is, of geen komt."),
    ),
    settings=SETTINGS,
    counted=("voorspelling", "voorspellingen"),
)
TENTHS = Result(
    name="voorspeltienden",
    title="De vorige voorspelling per tiende",
    compute=_tenths,
    table="tblVoorspeltienden",
    columns=(
        Column("tiende", "aantal", "1: de klanten die het meest zouden kopen."),
        Column("klanten", "aantal"),
        Column("verwacht", "een"),
        Column("kwam", "aantal"),
    ),
    key=("tiende",),
    figures=(Figure("tienden_bericht", "Melding van de tienden", "tekst"),),
    settings=SETTINGS,
    counted=("tiende", "tienden"),
)
TESTED = Result(
    name="toetsen",
    title="Verwacht en werkelijk, zoals de grafiek het tekent",
    compute=_tested,
    table="tblToetsen",
    columns=(
        Column("van", "datum", "Peildatum: wat erna kwam, zag het model niet."),
        Column("tot en met", "tekst", "De laatste dag die voorbij is."),
        Column("verwacht", "een", "Aankopen van wie er toen klant waren."),
        Column("werkelijk", "aantal", "Van dezelfde klanten."),
        Column("omlaag", "een", "Verwacht min laag (95%)."),
        Column("omhoog", "een", "Hoog min verwacht (95%)."),
        Column("hoog", "aantal", "Tot daar reikt de as van de grafiek."),
    ),
    key=("van", "tot en met"),
    figures=(
        Figure("toets", "Waaraan getoetst", "tekst", "Voorspeld, of nagespeeld zolang er geen uitkomst is."),
        Figure("naspel_van", "Nagespeeld vanaf", "datum", "Wat erna kwam, zag het model niet."),
        Figure("naspel_verwacht", "Nagespeeld: verwacht", "afgerond", "Aankopen tot en met de peildag."),
        Figure("naspel_laag", "Nagespeeld: laag (95%)", "aantal", "met schatting en toeval"),
        Figure("naspel_hoog", "Nagespeeld: hoog (95%)", "aantal", "met schatting en toeval"),
        Figure("naspel_werkelijk", "Nagespeeld: werkelijk", "aantal", "Van dezelfde klanten."),
    ),
    settings=("kw_peildatum", "kw_horizon", "kw_model", "kw_seizoen"),
    counted=("tijdvak", "tijdvakken"),
)
