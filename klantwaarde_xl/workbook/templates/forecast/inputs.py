"""Sheets Start and Instellingen of the forecast: what it is, what the user decides, what was used."""

from __future__ import annotations

from klantwaarde_xl.data.forecasts import ACTIONS, LIKELY
from klantwaarde_xl.data.settings import MODELS, Settings
from klantwaarde_xl.workbook.sheets import Book, Page
from klantwaarde_xl.workbook.styles import BAD, GOOD
from klantwaarde_xl.workbook.templates import inputs
from klantwaarde_xl.workbook.templates.inputs import DAY, Setting

NAVIGATION = (
    ("Instellingen", "Horizon, marge, rente en model. Na een wijziging: verversen."),
    ("Gegevens", "Uw transacties: klant, datum, bedrag. Plak hier uw export of noem een bestand."),
    ("Klanten", "Elke klant: kans dat hij er nog is, verwachte aankopen, klantwaarde, en wat u doet."),
    ("Model", "Waarop de prognose rust: totalen, parameters, drie modellen vergeleken, toets."),
    ("Verloop", "Geschat op de eerste helft van de tijd, gelegd naast wat er daarna gebeurde."),
    ("Prognose", "Het komende jaar op één pagina, klaar om af te drukken."),
    ("Controle", "Kloppen de cijfers? Wat is er gelezen en wat geweigerd?"),
)
STEPS = (
    "Plak op Gegevens uw transacties in de tabel: klant, datum, bedrag. Neem liefst twee jaar of meer.",
    "Vul op Instellingen uw marge en rente in (gele cellen), en hoe ver u vooruitkijkt.",
    "Ververs: menu Klantwaarde in LibreOffice, de xlwings-knop in Excel, of `klantwaarde ververs` met dit bestand gesloten.",
    "Lees de Prognose, kijk op Controle of u hem kunt geloven, en filter op Klanten de klanten voor uw actie.",
)
LONGEST_HORIZON = 520
ROLES = (
    ("input", "invoer: vult u in"),
    ("calculation", "berekening: niet overschrijven"),
)
_ABOVE, _BELOW = "meer waard dan gemiddeld", "niet meer waard dan gemiddeld"
# Action, when, and what one does
ADVICE = tuple(
    (
        ACTIONS[key],
        f"kans nog klant {'vanaf' if key[0] else 'onder'} {LIKELY:.0%}, {_ABOVE if key[1] else _BELOW}",
        advice,
    )
    for key, advice in (
        ((True, True), "persoonlijke aandacht, voorrang, vragen om een aanbeveling"),
        ((True, False), "tweede aankoop uitlokken, ander aanbod laten zien"),
        ((False, True), "gericht terughalen voor het te laat is: bellen, mailen, aanbod"),
        ((False, False), "alleen goedkope contacten, geen acties op kosten"),
    )
)

_WEEKS = {
    "validate": "decimal",
    "criteria": "between",
    "minimum": 1,
    "maximum": LONGEST_HORIZON,
    "error_title": "Geen aantal weken",
    "error_message": f"Vul een aantal weken in van 1 tot en met {LONGEST_HORIZON}; een jaar is 52.",
}
_SHARE = {
    "validate": "decimal",
    "criteria": "between",
    "minimum": 0,
    "maximum": 1,
    "error_title": "Geen percentage",
    "error_message": "Vul een percentage in van 0% tot en met 100%, bijvoorbeeld 35%.",
}
_MODEL = {
    "validate": "list",
    "source": list(MODELS),
    "error_title": "Geen model",
    "error_message": f"Kies {', '.join(MODELS[:-1])} of {MODELS[-1]}.",
}
_DEFAULTS = Settings()

SETTINGS = (
    Setting("kw_bedrijf", "Naam van uw bedrijf", None, "tekst", "", None,
            "Staat boven de prognose.", "uzelf"),
    Setting("kw_peildatum", "Peildatum", None, "datum", "datum", DAY,
            "Leeg: de laatste datum in de gegevens. Latere orders tellen niet mee.", "uzelf"),
    Setting("kw_horizon", "Horizon", _DEFAULTS.horizon, "aantal", "weken", _WEEKS,
            "Zo ver kijkt de prognose vooruit; 52 weken is een jaar.", "uzelf"),
    Setting("kw_marge", "Marge", None, "procent", "deel van de omzet", _SHARE,
            "Winst gedeeld door omzet. Leeg: klantwaarde is omzet.", "jaarrekening"),
    Setting("kw_rente", "Rente per jaar", None, "procent", "per jaar", _SHARE,
            "Waartegen u latere opbrengsten terugrekent. Leeg: nul.", "bank of rendementseis"),
    Setting("kw_model", "Model", _DEFAULTS.model, "tekst", "", _MODEL,
            "Welk model past het best? Zie blad Model.", "blad Model"),
)  # fmt: skip

# Settings that act in the computation, and the cell with what was used the last time
USED = tuple(
    (f"kw_{name}", f"kw_gebruikt_{name}") for name in ("peildatum", "horizon", "marge", "rente", "model")
)


def start(book: Book) -> Page:
    """Purpose, state, way around, the rule of the actions, and the legend of cell styles."""
    page, row = inputs.start(
        book,
        "Klantprognose",
        "Wie is er nog klant, wat kopen en brengen ze op in het komende jaar, en bij wie moet u iets doen?",
        NAVIGATION,
        STEPS,
        ROLES,
    )
    page.heading(f"B{row}", "Wat u met wie doet", "E")
    for at, (action, when, advice) in enumerate(ADVICE, row + 1):
        page.text(f"B{at}", action)
        page.text(f"C{at}", f"{when}: {advice}.")
    row += len(ADVICE) + 2
    for at, note in enumerate(
        (
            "Klantwaarde = marge × besteding per aankoop × verwachte aankopen, teruggerekend naar nu.",
            "Laag en hoog: 95% zekerheid over de verwachting. Wat één klant doet, blijft een kans.",
            "Klantwaarde XL. Bedragen in euro's; de gegevens bepalen of dat met of zonder btw is.",
            "Kolommen die u zelf aan een tabel toevoegt, blijven bij het verversen bij hun rij.",
        ),
        row,
    ):
        page.text(f"B{at}", note, "note")
    page.sheet.fit_to_pages(1, 1)
    return page


def settings(book: Book) -> Page:
    """All that the user decides, and beside it what the last refresh computed with."""
    page = book.page(
        "Instellingen",
        "Instellingen",
        "Gele cellen zijn van u. De prognose rekent met de waarden van de laatste verversing: wijzigt u er "
        "een, ververs dan.",
        (24, 28, 20, 58, 22, 22, 14),
    )
    inputs.settings_rows(page, SETTINGS)
    page.header_row(4, "G", ("gebruikt bij verversen", "stand"))
    used = dict(USED)
    for row, one in enumerate(SETTINGS, 5):
        if one.name not in used:
            page.text(f"G{row}", "", "unit")
            page.text(f"H{row}", "", "unit")
            continue
        page.result(f"G{row}", used[one.name], None, one.number)
        page.formula(f"H{row}", f'=IF({one.name}={used[one.name]},"bij","verversen")', "state")
    last = 4 + len(SETTINGS)
    for value, color in (("bij", GOOD), ("verversen", BAD)):
        page.sheet.conditional_format(
            f"H5:H{last}",
            {
                "type": "cell",
                "criteria": "==",
                "value": f'"{value}"',
                "format": book.raw.add_format({"font_color": color, "bold": True}),
            },
        )
    for row, note in enumerate(
        (
            "Marge, rente, horizon, model en peildatum werken pas na verversen: Python rekent de prognose uit.",
            (
                "MBG/NBD: een klant kan na elke aankoop stoppen. BG/NBD: pas na de tweede. Pareto/NBD: op elk "
                "moment."
            ),
        ),
        last + 2,
    ):
        page.text(f"B{row}", note, "note")
    return page
