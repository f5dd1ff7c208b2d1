"""The sheets that a forecast rests on: Model, and Verloop, its test on what came after."""

from __future__ import annotations

from klantwaarde_xl.workbook import blocks as b
from klantwaarde_xl.workbook.phrases import ratio
from klantwaarde_xl.workbook.styles import GREY, NAVY, ORANGE, TEAL
from klantwaarde_xl.workbook.value_steps import Terms, value_steps

DEVIATION = "kw_erna_verwacht/kw_erna_werkelijk-1"  # of the test: expected, as a share of what came

# ── Model ───────────────────────────────────────────────────────────────────────────────────

# label, figure, whether it has an interval, explanation
_TOTALS = (
    ("Klanten", "klanten", False, "met minstens één aankoop, na aftrek van retouren"),
    ("Nog klant", "actief", False, "alle kansen om nog klant te zijn opgeteld"),
    ("Verwachte aankopen", "aankopen", True, "van alle klanten samen, in de horizon"),
    ("Klantwaarde", "waarde", True, "van alle klanten samen, nu"),
    ("Klantwaarde per klant", "perklant", True, "gemiddeld"),
    ("Waarde van de beste 10%", "beste_tiende", False, "van de tien procent met de meeste waarde"),
    ("Aankopen na de schatting", "erna_werkelijk", False, "geteld in het deel dat het model niet zag"),
    ("Verwacht na de schatting", "erna_verwacht", False, "wat het model ervan verwachtte"),
    ("Gewicht van dit model", "gewicht", False, "deel van het bewijs, naast de andere modellen"),
    ("Besteding staat los", "samenhang_past", False, "van hoe vaak klanten kopen; het model neemt dat aan"),
    ("Drukste deel van het jaar", "seizoen_top", False, "tegen het gemiddelde; leeg zonder seizoen"),
)
_SINCE = {"beste_tiende": 3, "seizoen_top": 8}
TOTALS = b.Grid(
    (
        b.Column("totaal"),
        b.Column("waarde", numbers=True),
        b.Column("laag (95%)", numbers=True),
        b.Column("hoog (95%)", numbers=True),
        b.Column("uitleg", "unit", span=3),
    ),
    tuple(
        (
            label,
            b.Given(name, _SINCE.get(name, 1)),
            *((b.Given(f"{name}_laag"), b.Given(f"{name}_hoog")) if ends else ("", "")),
            text,
        )
        for label, name, ends, text in _TOTALS
    ),
)
MESSAGES = b.Grid(
    (b.Column("in woorden"), b.Column("tekst", "label_wrap", span=8)),
    (
        ("Melding van de prognose", b.Given("bericht", lines=2)),
        ("Melding van het verloop", b.Given("verloop_bericht", lines=2)),
        ("Bijzonder aan het model", b.Given("opmerking", 4, lines=2)),
        ("Seizoen", b.Given("seizoen_zin", 8, lines=2)),
    ),
)
# What the steps stand on; of the last twelve whole months
BRIDGE = b.Grid(
    (b.Column("laatste 12 hele maanden", span=2), b.Column("waarde", numbers=True)),
    tuple(
        (label, b.Given(name))
        for label, name in (
            ("Kopers", "brug_kopers"),
            ("Omzet uit orders", "brug_omzet"),
            ("Omzet na retouren", "brug_netto"),
            ("Omzet van eerste aankopen", "brug_eerste"),
            ("Retentie per jaar, geteld", "retentie_jaar"),
            ("Laatste hele maand", "laatste_maand"),
        )
    ),
    since=2,
)


_BOTH, *_STEPS = value_steps(
    Terms(
        ratio("kw_brug_netto", "kw_brug_kopers"),
        "kw_gebruikt_marge",
        "kw_kosten_klant",
        "kw_retentie_jaar",
        "kw_gebruikt_rente",
    ),
    (1, 3, 3),
    4,
)
COUNTS = b.Chart(
    "Klanten naar aantal herhaalaankopen",
    "column",
    "tblModeltoets.herhaalaankopen",
    (
        b.Series("werkelijk", "tblModeltoets.klanten", TEAL),
        b.Series("volgens het model", "tblModeltoets.verwacht", ORANGE),
    ),
    "aantal",
    "Kolommen per aantal herhaalaankopen: klanten werkelijk en volgens het model.",
    span=6,
    rows=13,
    figure="gewicht",
)
_CHOSEN = b.Message(
    b.Formula(
        '=IF(kw_waarde="","","Model"&IF(kw_gebruikt_model="auto",""," "&UPPER(kw_gebruikt_model))'
        '&IF(kw_opmerking="","",", "&kw_opmerking)'
        '&". "&kw_seizoen_zin&".")',
        role="remark",
    )
)
_SEASON = b.Chart(
    b.Formula('=IF(kw_seizoen_top="","",kw_seizoen_zin)'),
    "tornado",
    "tblSeizoen.deel van het jaar",
    (b.Series("tegen het gemiddelde", "tblSeizoen.verschil", TEAL),),
    "verschil",
    "Staven: drukte per deel van het jaar tegen het gemiddelde. De cijfers staan ernaast.",
    span=6,
    rows=13,
    figure="seizoen_top",
    bottom=None,
)
MODEL = b.Sheet(
    "Model",
    "Model",
    "Waarop de prognose rust: totalen, welk model past, of het de aantallen raakt, parameters.",
    (
        _CHOSEN,
        b.Beside((TOTALS, BRIDGE)),
        MESSAGES,
        b.Text(
            ("Zij vraagt iets anders. Hieronder staan beide, en elke stap van de een naar de ander.",),
            heading="Waarom niet de CLV?",
        ),
        _BOTH,
        *_STEPS,
        b.WhenKnown(
            "seizoen_top",
            (
                b.Beside(
                    (
                        b.ResultBlock("seizoen", "Hoe druk het is, per deel van het jaar", room=12, since=8),
                        _SEASON,
                    )
                ),
            ),
        ),
        b.ResultBlock("modelkeuze", "Welk model past het best?", room=3),
        b.Text(
            (
                "Gewicht: deel van het bewijs (Akaike). p onder 5%: het model mist de aantallen.",
                "Erna: geschat op het eerste deel van de tijd (zie Verloop), gelegd naast de rest.",
            )
        ),
        b.WhenKnown(
            "gewicht",
            (b.Beside((b.ResultBlock("modeltoets", "Hoe vaak kochten klanten opnieuw?", room=12), COUNTS)),),
        ),
        b.ResultBlock("acties", "Klanten en waarde per actie", room=4, since=3, apart=True),
        b.ResultBlock("modelcontrole", "Waar de prognose op rust: gegevens, retouren, aannamen", room=20),
        b.ResultBlock("model", "Parameters en wat ze betekenen"),
    ),
    (27, 25, 16, 16, 15, 14, 16, 14, 14, 13, 48),
    "Waarop de prognose rust, en waarom hij anders is dan de CLV.",
    tab=GREY,
)

# ── Verloop ─────────────────────────────────────────────────────────────────────────────────


_COURSE = b.Chart(
    "Herhaalaankopen sinds het begin: werkelijk en verwacht",
    "line",
    "tblVerloop.tot en met",
    (
        b.Series("werkelijk", "tblVerloop.werkelijk samen", NAVY),
        b.Series("model, schatting", "tblVerloop.verwacht bij schatten", TEAL),
        b.Series("model, controle", "tblVerloop.verwacht bij controle", ORANGE, dash=True),
    ),
    "aantal",
    "Lijnen: alle herhaalaankopen tot en met elke week; werkelijk, en verwacht door een model dat "
    "alleen het eerste deel van de tijd zag.",
    span=8,
    dates=True,
    figure="schatting_tot",
    empty="Nog geen verloop te tekenen.",
)
PROGRESS = b.Sheet(
    "Verloop",
    "Verloop",
    b.Formula(
        '=IF(kw_ververst="","Nog niet ververst.",IF(kw_verloop_bericht<>"",'
        '"Niet getoetst: zie de melding hieronder",'
        '"Geschat op aankopen tot en met "&DAY(kw_schatting_tot)&"-"&MONTH(kw_schatting_tot)&"-"'
        '&YEAR(kw_schatting_tot)&"; de weken daarna zag het model niet."))'
    ),
    (
        b.Message(b.Formula('=IF(kw_verloop_bericht="","",kw_verloop_bericht)', role="warning"), 32),
        b.WhenKnown(
            "schatting_tot",
            (
                _COURSE,
                b.Grid(
                    (b.Column("geschat op aankopen", span=2), b.Column("tot en met", numbers=True)),
                    (("", b.Given("schatting_tot")),),
                ),
                b.ResultBlock("verloop"),
            ),
        ),
    ),
    (10, 14, 14, 14, 16, 16, 16, 14, 14),
    "Geschat op het eerste deel van de tijd, gelegd naast wat er daarna gebeurde.",
    tab=GREY,
    prints="head",
)
