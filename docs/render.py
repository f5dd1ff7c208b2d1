"""Render the pages that follow from the declarations: docs/functies.md and docs/domein.md.

    python docs/render.py

A test renders them again and compares, so a page cannot fall behind the code. It also keeps what the shipped
templates say: once offered, it has to be known as ours when a later version takes its place.
"""

from __future__ import annotations

from pathlib import Path

from klantwaarde_xl.functions.manual import manual, table_row
from klantwaarde_xl.functions.registry import REGISTRY
from klantwaarde_xl.workbook.templates import templates
from klantwaarde_xl.workbook.upgrading.older import remember
from klantwaarde_xl.xlsx.package import Package

FOLDER = Path(__file__).parent
SHIPPED = FOLDER.parent / "templates"

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
    "D37": "tien factoren die de ervaren waarde bewegen",
    "D38": "wat u mag uitgeven om een klant te winnen of te behouden",
    "D39": "waarom klanten vertrekken, met de waarde die weg is",
    "D40": "het marketingbudget verdelen",
    "D41": "loyaliteitsprogramma's",
}

# What a reader of the table should know
REMARKS = {
    "D6": "kansmodellen per klant (BG/NBD en verwanten), of een keten van segmenten",
    "D9": "dezelfde som als D2, die in het werkboek basis staat",
    "D15": "een samenhang van functies, geen formule: zie de rekenhulp",
    "D16": "per kanaal van klanten aan het begin; per campagne van bereikte mensen, op blad Campagnes",
    "D30": "blad Campagnes: kosten, nieuwe klanten, CAC, waarde en rendement van elke campagne",
    "D32": "een bladzijde om af te drukken: blad Dashboard, blad Prognose; per klant: WAAROMKLANTWAARDE",
    "D33": "bij het lezen: `klantwaarde controleer`, blad Controle; in een cel: FOUTCEL",
    "D34": "een handeling: verversen",
    "D36": "een handeling: lezen, en `klantwaarde analyse` schrijft Parquet, CSV en XLSX",
    "D40": "over kanalen: blad Budgetvoorstel; over segmenten: de functie op uw eigen kolommen",
}


def functions_page() -> str:
    """The manual of all functions."""
    return manual("Gemaakt uit de declaraties door `python docs/render.py`. ")


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
        lines.append(table_row(row, DOMAIN[row], shown, ", ".join(books) or "–", REMARKS.get(row, "")))
    return "\n".join(lines) + "\n"


PAGES = {"functies.md": functions_page, "domein.md": domain_page}


def main() -> None:
    """Write all pages, and what the templates say."""
    for name, render in PAGES.items():
        (FOLDER / name).write_text(render(), encoding="utf-8")
    for name in templates():
        remember(name, Package.open(SHIPPED / f"klantwaarde-{name}.xlsx"))


if __name__ == "__main__":
    main()
