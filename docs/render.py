"""Render the pages that follow from the declarations: docs/functies.md and docs/domein.md.

    python docs/render.py

A test renders them again and compares, so a page cannot fall behind the code.
"""

from __future__ import annotations

from pathlib import Path

from klantwaarde_xl.errors import MEANINGS
from klantwaarde_xl.functions.notation import (
    DUTCH,
    call_formula,
    dutch,
    native_formula,
    shown_cells,
    shown_example,
)
from klantwaarde_xl.functions.registry import REGISTRY
from klantwaarde_xl.functions.spec import Spec
from klantwaarde_xl.workbook.templates import templates

FOLDER = Path(__file__).parent

# What the source articles compute, show or track, by the number that declarations cite
DOMAIN = {
    "D1": "klantwaarde met kosten: besteding × perioden − kosten",
    "D2": "klantwaarde op zijn eenvoudigst: omzet / klanten",
    "D3": "CLV eenvoudig: omzet per klant × tijd dat hij blijft",
    "D4": "KLDW: omzet × levensduur × marge",
    "D5": "CLV historisch: aankoopwaarde × frequentie × levensduur",
    "D6": "CLV voorspellend: toekomstig gedrag uit de gegevens",
    "D7": "CLV per cohort: waarde en retentie per groep klanten",
    "D8": "AOV: omzet / orders",
    "D9": "CLV als totaal: omzet / klanten",
    "D10": "CAC: kosten van werving / nieuwe klanten",
    "D11": "retentie",
    "D12": "NPS",
    "D13": "rente en inflatie",
    "D14": "alle kosten: werving, behoud, transacties",
    "D15": "vier variabelen: kosten, opbrengst, retentie, acquisitie",
    "D16": "acquisitiepercentage, per kanaal",
    "D17": "meerwaarde door aanbeveling (mond-tot-mond)",
    "D18": "wat als de waarde per klant stijgt",
    "D19": "pak dat extra tientje: een extra dienst",
    "D20": "kostenbesparing per klant",
    "D21": "omzet verdeeld: direct, terugkerend, mond-tot-mond",
    "D22": "winst per dienst en per segment",
    "D23": "koopgedrag: hoe vaak, en wanneer haken ze af",
    "D24": "emotionele waarde uit de prijs: prijspremie",
    "D25": "ervaren waarde: voordelen min investeringen",
    "D26": "verwachting tegenover ervaring",
    "D27": "tevredenheid, loyaliteit en waarde zijn drie dingen",
    "D28": "RFM-segmenten met een actie per segment",
    "D29": "kerncijfers tegenover doelen, in de tijd",
    "D30": "campagnes: kosten, nieuwe klanten, rendement",
    "D31": "klantwaarde naast winst en marktaandeel",
    "D32": "leg het uit aan de baas: één bladzijde",
    "D33": "kloppen de gegevens: wat is gelezen en geweigerd",
    "D34": "elk kwartaal of jaar opnieuw: verversen",
    "D35": "veelgemaakte fouten",
    "D36": "meer bronnen in, uitvoer naar andere programma's",
}

# What a reader of the table should know
REMARKS = {
    "D6": "kansmodellen per klant (BG/NBD en verwanten), of een keten van segmenten",
    "D15": "een samenhang van functies, geen formule: zie de rekenhulp",
    "D32": "een bladzijde om af te drukken: blad Dashboard, blad Prognose; per klant: WAAROMKLANTWAARDE",
    "D33": "bij het lezen: `klantwaarde controleer`, blad Controle; in een cel: FOUTCEL",
    "D34": "een handeling: verversen",
    "D36": "een handeling: lezen, en `klantwaarde analyse` schrijft Parquet, CSV en XLSX",
}


CALC_REFUSES = (
    "een verplicht argument ontbreekt, er staat een fout in een bereik met losse getallen, of een berekende "
    "tabel staat waar Calc echte cellen wil"
)
WHY = """\
- **Welke reden?** Bij elke functie hierboven staat wanneer zij welke fout geeft; `klantwaarde functies
  NAAM` zegt hetzelfde. Functies die voorspellen zeggen het zelf, in hun kolom *toelichting*.
- **Welke cel?** `=FOUTCEL(A:A)` wijst de eerste cel aan die geen getal is, bijvoorbeeld `NA`;
  `=FOUTCEL(B:B;"datum")` die geen datum is; `=FOUTCEL(C:C;;;0;10)` ook een score buiten 0 t/m 10.
- **Kopjes.** Een kopje is een woord in de eerste gevulde rij van een bereik. Bij kolommen die per rij
  bij elkaar horen heeft elke kolom er een, of geen. Een jaartal als kopje is een getal en telt mee:
  begin het bereik dan een rij lager. Tekst verder naar onder is altijd een fout.
- **Calc en berekende tabellen.** Losse getallen mag u berekenen of filteren:
  `=NPS(FILTER(A2:A99;B2:B99="web"))`. Kolommen met klanten, datums en bedragen moeten in Calc echte
  cellen zijn: zet het resultaat van `FILTER` eerst in cellen.""".splitlines()


def functions_page() -> str:
    """The manual of all functions, by group."""
    lines = [
        "# Functies",
        "",
        "Gemaakt uit de declaraties door `python docs/render.py`. Zo typt u ze in een Nederlandse Excel of",
        "Calc; argumenten tussen vierkante haken mag u weglaten. Fracties, geen percentages: 80% is 0,8.",
        "Een bereik mag een hele kolom zijn, met het kopje erbij. Staat er een fout? [Lees waarom](#fouten).",
        "",
    ]
    for group, specs in REGISTRY.groups().items():
        links = ", ".join(f"[{spec.name}](#{spec.name.lower()})" for spec in specs)
        lines.append(f"- **{group}**: {links}")
    for group, specs in REGISTRY.groups().items():
        lines += ["", f"## {group}"]
        for spec in specs:
            lines += ["", *_function(spec)]
    return "\n".join([*lines, "", *_errors()]) + "\n"


def _errors() -> list[str]:
    """What an error value means, and where the reason is found."""
    lines = ["## Fouten", "", "### Waarom staat er een fout?", ""]
    lines += ["| in Excel | in Calc | wat er is |", "|---|---|---|"]
    lines += [_row(error.dutch, error.in_calc, meaning) for error, meaning in MEANINGS.items()]
    lines.append(_row("", "Fout:504", CALC_REFUSES))
    return [*lines, "", *WHY]


def _function(spec: Spec) -> list[str]:
    lines = [f"### {spec.name}", "", f"`={spec.signature()}`", "", spec.doc, ""]
    lines.append(f"Uitkomst: {spec.unit}. Domein: {', '.join(spec.sources)}.")
    lines += ["", "| argument | eenheid | leeg betekent | uitleg |", "|---|---|---|---|"]
    for arg in spec.args:
        default = spec.default_text(arg) if spec.is_optional(arg) else "verplicht"
        lines.append(_row(arg.name, arg.unit, default, arg.help()))
    lines += ["", "| voorbeeld | uitkomst | bron of toelichting |", "|---|---|---|"]
    for example in spec.examples:
        formula, result = shown_example(spec, example)
        held = shown_cells(spec, example.args)
        lines.append(_row(f"`{formula}`" + (f"<br>{held}" if held else ""), result, example.source))
    lines += ["", "| fout | wanneer |", "|---|---|"]
    lines += dict.fromkeys(_row(failure.error.dutch, failure.when) for failure in spec.failures)
    if spec.native:
        names = [arg.name for arg in spec.args[: min(len(spec.args), spec.native[0].before)]]
        formula = native_formula(spec, names) or ""
        lines += [
            "",
            f"Zonder invoegtoepassing, voor `{call_formula(spec, names, DUTCH)}`, in een Nederlandse Excel:",
        ]
        lines += ["", f"`{dutch(formula)}`"]
    return lines


def _row(*cells: str) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"


def served() -> dict[str, tuple[list[str], list[str]]]:
    """Each row of the domain: the functions and the workbooks that serve it."""
    found: dict[str, tuple[list[str], list[str]]] = {row: ([], []) for row in DOMAIN}
    for spec in REGISTRY:
        for row in spec.sources:
            found[row][0].append(spec.name)
    for template in templates().values():
        for row in template.sources:
            found[row][1].append(template.id)
    return found


def domain_page() -> str:
    """Where each row of the domain is served."""
    lines = [
        "# Het domein, en waar u het vindt",
        "",
        "Alles wat de bronartikelen over klantwaarde laten rekenen, tonen of volgen. Gemaakt uit de",
        "declaraties door `python docs/render.py`.",
        "",
        "| rij | wat | functies | werkboeken | opmerking |",
        "|---|---|---|---|---|",
    ]
    for row, (names, books) in served().items():
        shown = ", ".join(f"[{name}](functies.md#{name.lower()})" for name in names) or "–"
        lines.append(_row(row, DOMAIN[row], shown, ", ".join(books) or "–", REMARKS.get(row, "")))
    return "\n".join(lines) + "\n"


PAGES = {"functies.md": functions_page, "domein.md": domain_page}


def main() -> None:
    """Write all pages."""
    for name, render in PAGES.items():
        (FOLDER / name).write_text(render(), encoding="utf-8")


if __name__ == "__main__":
    main()
