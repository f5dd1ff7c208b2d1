"""The manual of the functions, from their declarations: docs/functies.md, and a button in Excel."""

from __future__ import annotations

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

CALC_REFUSES = (
    "een verplicht argument ontbreekt, er staat een fout in een bereik met losse getallen, of een berekende "
    "tabel staat waar Calc echte cellen wil"
)
WHY = """\
- **Welke reden?** Bij elke functie hierboven staat wanneer zij welke fout geeft; `klantwaarde functies
  NAAM` zegt hetzelfde. Functies die voorspellen zeggen het zelf, in hun kolom *toelichting*.
- **Welke cel?** `=FOUTCEL(A:A)` wijst de eerste cel aan die geen getal is, bijvoorbeeld `NA`;
  `=FOUTCEL(B:B;"datum")` die geen datum is; `=FOUTCEL(C:C;;;0;10)` ook een score buiten 0 t/m 10, en
  `=FOUTCEL(B:B;"datum";;DATUM(2000;1;1);VANDAAG())` een vertypt jaar.
- **Kopjes.** Een kopje is een woord in de eerste gevulde rij van een bereik. Bij kolommen die per rij
  bij elkaar horen heeft elke kolom er een, of geen. Een jaartal als kopje is een getal en telt mee:
  begin het bereik dan een rij lager. Tekst verder naar onder is altijd een fout.
- **Calc en berekende tabellen.** Losse getallen mag u berekenen of filteren:
  `=NPS(FILTER(A2:A99;B2:B99="web"))`. Kolommen met klanten, datums en bedragen moeten in Calc echte
  cellen zijn: zet het resultaat van `FILTER` eerst in cellen.""".splitlines()


def manual(made_by: str = "") -> str:
    """The manual of all functions, by group, as Markdown; made_by: what stands before its first sentence."""
    lines = [
        "# Functies",
        "",
        f"{made_by}Zo typt u ze in een Nederlandse Excel of",
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
    lines += [table_row(error.dutch, error.in_calc, meaning) for error, meaning in MEANINGS.items()]
    lines.append(table_row("", "Fout:504", CALC_REFUSES))
    return [*lines, "", *WHY]


def _function(spec: Spec) -> list[str]:
    lines = [f"### {spec.name}", "", f"`={spec.signature()}`", "", spec.doc, ""]
    lines.append(f"Uitkomst: {spec.unit}. Domein: {', '.join(spec.sources)}.")
    lines += ["", "| argument | eenheid | leeg betekent | uitleg |", "|---|---|---|---|"]
    for arg in spec.args:
        default = spec.default_text(arg) if spec.is_optional(arg) else "verplicht"
        lines.append(table_row(arg.name, arg.unit, default, arg.help()))
    lines += ["", "| voorbeeld | uitkomst | bron of toelichting |", "|---|---|---|"]
    for example in spec.examples:
        formula, result = shown_example(spec, example)
        held = shown_cells(spec, example.args)
        lines.append(table_row(f"`{formula}`" + (f"<br>{held}" if held else ""), result, example.source))
    lines += ["", "| fout | wanneer |", "|---|---|"]
    lines += dict.fromkeys(table_row(failure.error.dutch, failure.when) for failure in spec.failures)
    if spec.native:
        names = [arg.name for arg in spec.args[: min(len(spec.args), spec.native[0].before)]]
        formula = native_formula(spec, names) or ""
        lines += [
            "",
            f"Zonder invoegtoepassing, voor `{call_formula(spec, names, DUTCH)}`, in een Nederlandse Excel:",
        ]
        lines += ["", f"`{dutch(formula)}`"]
    return lines


def table_row(*cells: str) -> str:
    """A row of a table in Markdown."""
    return "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"
