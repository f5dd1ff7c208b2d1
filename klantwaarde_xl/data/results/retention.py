"""Retention per year, counted: of last year's customers, how many still are."""

from __future__ import annotations

from typing import Any

from klantwaarde_xl.data import metrics
from klantwaarde_xl.data.periods import YEAR, month_number
from klantwaarde_xl.data.results import Column, Figure, Made, Result, Row
from klantwaarde_xl.data.results.context import Context
from klantwaarde_xl.dutch import format_number


def _retention(context: Context) -> Made:
    from klantwaarde_xl.kernels.measures import wilson

    inactive = context.settings.inactive_months
    counted = context.rows(
        "transacties",
        metrics.RETENTION,
        as_of=context.as_of,
        inactive=inactive,
        whole=month_number(context.periods.last_month),
    )
    rows: list[Row] = []
    for month, base, still, filled in counted:
        known = filled and base
        share = (still / base, *wilson(still, base)) if known else (None, None, None)
        rows.append((month, base, still, *share))
    figures: dict[str, Any] = dict.fromkeys((figure.name for figure in RETENTION.figures), None)
    if rows:
        _, base, still, share_, low, high = rows[-1]
        if share_ is None and _mostly_filled(rows, inactive):
            share_, low, high = (still / base, *wilson(still, base))
        figures |= {"retentie_basis": base, "retentie_nog": still, "retentie_jaar": share_}
        figures |= {"retentie_jaar_laag": low, "retentie_jaar_hoog": high}
    figures["retentie_maanden"] = sum(row[3] is not None for row in rows) or None
    figures["retentie_bericht"] = _message(rows, inactive)
    return Made(rows, figures)


def counted_retention(context: Context) -> float | None:
    """The retention per year of the last whole month, for other results; None where there is none."""
    share: float | None = context.once(_retention).figures["retentie_jaar"]
    return share


def _mostly_filled(rows: list[Row], inactive: int) -> bool:
    """Whether the data fill at least half of the window a year earlier.

    Then the single figure is given, with words about it: for a shop that began in that window it is
    exact, for an export that begins there it leaves out who only bought before.
    """
    base = rows[-1][1]
    return bool(base) and inactive <= YEAR and 2 * (len(rows) - YEAR) >= inactive


def _message(rows: list[Row], inactive: int) -> str | None:
    """Why the last whole month has no retention, or what its figure leaves out; else nothing."""
    if rows and rows[-1][3] is not None:
        return None
    needed = YEAR + inactive
    if len(rows) >= needed:
        return "Een jaar eerder was er geen enkele klant; dan is er geen retentie."
    message = (
        f"Voor retentie per jaar zijn {needed} hele maanden met gegevens nodig (een jaar, en {inactive} om "
        f"te weten wie toen klant was; vanaf {YEAR + -(-inactive // 2)} komt zij met een voorbehoud); "
        f"het zijn er {len(rows)}."
    )
    if rows and _mostly_filled(rows, inactive):
        return (
            f"De gegevens vullen {len(rows) - YEAR} van de {inactive} maanden die zeggen wie een jaar eerder "
            "klant was. Begon uw winkel toen, dan klopt de retentie; anders mist wie alleen ervoor kocht."
        )
    _, base, still, *_ = rows[-1] if rows else (None, None, None)
    # A window of over a year reaches back before the day of the base: it would call nearly all still customer
    if not base or inactive > YEAR:
        return message
    shown, left = format_number(base, 0), format_number(still, 0)
    share = format_number(100 * still / base, 2)
    return (
        f"{message} Van de {shown} klanten die de gegevens een jaar eerder laten zien, zijn er {left} nog "
        f"klant ({share}%); wie alleen daarvoor kocht, ontbreekt in dat getal."
    )


RETENTION = Result(
    name="retentie",
    title="Retentie per jaar",
    compute=lambda context: context.once(_retention),
    table="tblRetentie",
    columns=(
        Column("maand", "maand", "Een hele maand; geteld op de laatste dag."),
        Column(
            "klanten een jaar eerder", "aantal", "Wie toen klant was: met een order in de maanden ervoor."
        ),
        Column("nog klant", "aantal", "Wie van hen dat op de laatste dag van de maand nog is."),
        Column("retentie per jaar", "procent", "Nog klant gedeeld door klanten een jaar eerder."),
        Column("laag", "procent", "Ondergrens (95%, Wilson)."),
        Column("hoog", "procent", "Bovengrens (95%, Wilson)."),
    ),
    key=("maand",),
    figures=(
        Figure("retentie_jaar", "Retentie per jaar", "procent", "In de laatste hele maand."),
        Figure("retentie_jaar_laag", "Retentie per jaar, ondergrens (95%)", "procent"),
        Figure("retentie_jaar_hoog", "Retentie per jaar, bovengrens (95%)", "procent"),
        Figure("retentie_basis", "Klanten een jaar eerder", "aantal"),
        Figure("retentie_nog", "Van hen nog klant", "aantal"),
        Figure("retentie_maanden", "Maanden met een retentie", "aantal", "Leeg zolang er geen is."),
        Figure("retentie_bericht", "Melding over de retentie", "tekst", "Waarom er geen retentie is."),
    ),
    settings=("kw_inactief_na", "kw_peildatum"),
    counted=("maand", "maanden"),
)
