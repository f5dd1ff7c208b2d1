"""What was read, used and refused, in rows and in euro, with every remark and problem."""

from __future__ import annotations

from klantwaarde_xl.data.results import Column, Figure, Made, Result, Row
from klantwaarde_xl.data.results.context import Context

_READ, _LEFT_OUT = READ_ONCE = ("gelezen", "telt niet mee")  # what only the reading of a source can tell


def _quality(context: Context) -> Made:
    quality = context.quality
    rows: list[Row] = [(_READ, None, said.about, "", said.text) for said in quality.said]
    rows += [(_LEFT_OUT, None, "", "", str(left)) for left in quality.left_out]
    rows += [("opmerking", None, "", "", note) for note in quality.notes]
    for p in quality.problems:
        where = ", ".join(filter(None, (p.table, p.part)))
        column = f"{p.column} ({where})" if where else p.column
        rows.append(("geweigerd", p.row, column, p.text, p.reason))
    figures = {
        "rijen_gelezen": quality.rows_read,
        "rijen_gebruikt": quality.rows_kept,
        "rijen_geweigerd": quality.rows_refused,
        "bedrag_gelezen": quality.amount_read,
        "bedrag_gebruikt": quality.amount_kept,
        "bedrag_geweigerd": quality.amount_refused,
        "rijen_zonder_bedrag": quality.amounts_unknown,
        "periode_van": context.first_day,
        "periode_tot": context.last_day,
        "peildag": context.as_of,
    }
    return Made(rows or [("in orde", None, "", "", "alle rijen zijn gelezen")], figures)


QUALITY = Result(
    name="kwaliteit",
    title="Opmerkingen bij de gegevens",
    compute=_quality,
    table="tblKwaliteit",
    columns=(
        Column("soort", "tekst"),
        Column("rij", "aantal", "Zoals uw programma hem telt."),
        Column("kolom", "tekst"),
        Column("inhoud", "tekst"),
        Column("uitleg", "tekst", wraps=True),
    ),
    key=("soort", "rij", "kolom", "inhoud", "uitleg"),  # less is shared by several rows
    figures=(
        Figure("rijen_gelezen", "Rijen gelezen", "aantal"),
        Figure("rijen_gebruikt", "Rijen gebruikt", "aantal"),
        Figure("rijen_geweigerd", "Rijen geweigerd", "aantal"),
        Figure(
            "bedrag_gelezen",
            "Bedrag gelezen",
            "euro2",
            "Som van alle rijen waarvan het bedrag te lezen is; retouren zijn afgetrokken.",
        ),
        Figure("bedrag_gebruikt", "Bedrag gebruikt", "euro2", "Som van de gebruikte rijen."),
        Figure(
            "bedrag_geweigerd",
            "Bedrag geweigerd",
            "euro2",
            "Som van de geweigerde rijen, voor zover hun bedrag te lezen is.",
        ),
        Figure(
            "rijen_zonder_bedrag",
            "Geweigerd zonder leesbaar bedrag",
            "aantal",
            "Deze rijen staan in geen van de bedragen.",
        ),
        Figure("periode_van", "Eerste order", "datum"),
        Figure("periode_tot", "Laatste order", "datum"),
        Figure("peildag", "Peildag", "datum", "Tot en met deze dag tellen de gegevens."),
    ),
    settings=("kw_peildatum",),
    needs=(),
    counted=("regel", "regels"),
)
