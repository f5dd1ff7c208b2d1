"""The sheet Rekenhulp: our functions in cells, on measured figures or on the user's own assumptions."""

from __future__ import annotations

import re

from klantwaarde_xl.data.settings import Kind, Setting, setting
from klantwaarde_xl.functions.notation import dutch
from klantwaarde_xl.workbook import blocks as b
from klantwaarde_xl.workbook import possible
from klantwaarde_xl.workbook.phrases import known, needs
from klantwaarde_xl.workbook.styles import ORANGE

ANSWERS = 24  # cells for survey answers
_MEASURED = {
    "kc_begin": "begin",
    "kc_klanten": "eind",
    "kc_erbij": "nieuw+gereactiveerd",
    "kc_verloren": "verloren",
}


def _setting(name: str) -> str:
    """A setting, or nothing: a blank cell read by name would be a nought."""
    return f"={known(name, name)}"


_ASSUMED = (
    ("kg_aov", "Orderwaarde na retouren", "=kc_aov_klant", "euro2", "euro per order", "(omzet − retouren) / orders, van klanten"),
    ("kg_frequentie", "Aankoopfrequentie", "=kc_frequentie", "getal", "orders per jaar", "per koper"),
    ("kg_marge", "Marge", _setting("kw_marge"), "procent", "deel van de omzet", "van Instellingen"),
    ("kg_retentie", "Retentie", _setting("kw_retentie_jaar"), "procent", "per jaar", "geteld; leeg: vul zelf een aanname in"),
    ("kg_rente", "Rente", _setting("kw_rente"), "procent", "per jaar", "van Instellingen"),
    ("kg_perioden", "Horizon", _setting("kw_perioden"), "cijfer", "jaren", "van Instellingen"),
    ("kg_kosten", "Kosten per klant", _setting("kw_kosten_klant"), "euro2", "euro per jaar", "van Instellingen"),
    ("kg_werving", "Kosten van werving", "=kc_werving", "euro", "euro per jaar", "van Kosten of Instellingen"),
    ("kg_nieuw", "Nieuwe klanten", "=kc_nieuw", "aantal", "per jaar", "laatste 12 hele maanden"),
)  # fmt: skip


_ASSUME = "Uw aanname, of leeg voor het gemeten cijfer."


def _assumption(
    name: str, label: str, measured: str, number: str, unit: str, note: str
) -> tuple[b.Cell, ...]:
    is_share = number == "procent"
    kind = Kind.SHARE if is_share else Kind.AMOUNT if number.startswith("euro") else Kind.NUMBER
    most = 1 if is_share else setting("kw_perioden").between[1] if name == "kg_perioden" else None
    own = Setting("", kind, label, _ASSUME, between=(0, most), number=number)
    used = "=" + possible.read("{.uw aanname}", own, "{.gemeten}")
    return label, b.Formula(measured, number), b.Input(own), b.Formula(used, number, name=name), unit, note


ASSUMPTIONS = b.Grid(
    (
        b.Column("gegeven"), b.Column("gemeten", numbers=True), b.Column("uw aanname", numbers=True),
        b.Column("gebruikt", numbers=True), b.Column("eenheid", "unit"), b.Column("waar het vandaan komt", "unit"),
    ),
    tuple(_assumption(*one) for one in _ASSUMED),
    name="aannamen", heading="Waarmee gerekend wordt",
)  # fmt: skip
_ANSWER = "{antwoorden.antwoord}"
_OTHERS = f'COUNTIF({_ANSWER},"<0")+COUNTIF({_ANSWER},">10")'
_NO_ANSWERS = f"OR(COUNT({_ANSWER})=0,{_OTHERS}>0)"
_YEAR = "kg_aov*kg_frequentie"
_RESULTS = (
    ("ku_jaaromzet", "Omzet per klant per jaar", f"={_YEAR}", "euro2", "orderwaarde × frequentie"),
    ("ku_brutomarge", "Marge voor kosten per klant", "=ku_jaaromzet*kg_marge", "euro2", "omzet × marge"),
    ("ku_jaarmarge", "Marge per klant per jaar", "=ku_brutomarge-kg_kosten", "euro2", "na kosten per klant"),
    ("ku_klantwaarde", "Klantwaarde", "=KLANTWAARDE(ku_jaarmarge,kg_perioden,0,kg_retentie,kg_rente)",
     "euro2", "over de horizon, met verloop en rente"),
    ("ku_levensduur", "Levensduur", '=IF(kg_retentie<1,1/(1-kg_retentie),"")', "getal", "jaren: 1 / (1 − retentie)"),
    ("ku_kldw", "KLDW", "=KLDW(ku_jaaromzet,ku_levensduur,kg_marge)", "euro2",
     "omzet × levensduur × marge, zonder rente en kosten"),
    ("ku_clv", "CLV", '=CLV(ku_jaarmarge,kg_retentie,kg_rente,0,"nu")', "euro2", "zonder einddatum, eerste marge nu"),
    ("ku_cac", "CAC", "=CAC(kg_werving,kg_nieuw)", "euro2", "kosten per nieuwe klant"),
    ("ku_verhouding", "CLV : CAC", "=ku_clv/ku_cac", "getal", "vuistregel: 3 of meer"),
    ("ku_terugverdiend", "Terugverdientijd", "=TERUGVERDIENTIJD(ku_cac,ku_jaaromzet/12,kg_marge)", "getal", "maanden, zonder verloop en kosten per klant"),
    ("ku_retentie", "Retentie laatste maand", "=RETENTIE(kc_begin,kc_klanten,kc_erbij)", "procent",
     "(eind − nieuw − gereactiveerd) / begin"),
    ("ku_verloop", "Verloop laatste maand", "=VERLOOP(kc_begin,kc_verloren)", "procent", "verloren / begin"),
    ("ku_nps", "NPS", f'=IF({_NO_ANSWERS},"",NPS({{antwoorden.antwoord}}))', "aantal",
     "van de antwoorden rechts"),
)  # fmt: skip


def _result(text: str) -> str:
    """A result, or nothing while an assumption that it needs is missing."""
    bare = text.removeprefix("=")
    if "CAC(" in text:
        bare = f'IF(kg_nieuw=0,"",{bare})'
    if "(kc_begin," in text:  # of nobody no share stays
        bare = f'IF(kc_begin=0,"",{bare})'
    if "=CLV(" in text:
        bare = f'IF(AND(kg_retentie<=1,kg_retentie>=1+kg_rente),"",{bare})'
    return text if "{" in text else f"={known(needs(text), bare)}"


def _typed(text: str) -> str:
    """How a user types it, with the words of the rows in place of our names."""
    if "{" in text:
        return "=NPS(antwoorden)"
    words = _MEASURED | {name: label.casefold() for name, label, *_ in (*_ASSUMED, *_RESULTS)}
    return re.sub(r"\bk[cgu]_\w+", lambda match: words[match[0]].replace(" ", "_"), dutch(text))


RESULTS = b.Grid(
    (
        b.Column("uitkomst"), b.Column("waarde", numbers=True), b.Column("wat staat er", "unit"), b.Column("", "unit"),
        b.Column("", "unit"), b.Column("zo typt u het", "formula"),
    ),
    tuple(
        (label, b.Formula(_result(text), number, "output", name), note, "", "", _typed(text))
        for name, label, text, number, note in _RESULTS
    ),
    heading="Wat eruit komt",
)  # fmt: skip
_SCORE = Setting(
    "",
    Kind.COUNT,
    "Aanbevelingsvraag",
    "Hoe waarschijnlijk is het dat u ons aanbeveelt? 0 t/m 10.",
    between=(0, 10),
)
SURVEY = b.Grid(
    (b.Column("antwoord", numbers=True),),
    ((b.Input(_SCORE),),) * ANSWERS,
    name="antwoorden",
    heading="NPS-antwoorden",
)

CALCULATOR = b.Sheet(
    "Rekenhulp", "Rekenhulp",
    "Vul in de gele cellen een eigen aanname in; leeg betekent: het cijfer uit de gegevens of instellingen.",
    (b.Beside((b.Stack((ASSUMPTIONS, RESULTS, b.Text((
        "Een lege uitkomst betekent dat een gegeven ontbreekt: vul er hierboven een aanname voor in.",
        "Zonder vertrek en zonder rente (retentie 100%, rente 0%) heeft de CLV geen einde en blijft zij leeg.",)))), SURVEY)),),
    (28, 15, 15, 15, 20, 70, 3, 16),
    "Klantwaarde, CLV, CAC en terugverdientijd met uw cijfers en uw aannamen.", tab=ORANGE,
)  # fmt: skip
