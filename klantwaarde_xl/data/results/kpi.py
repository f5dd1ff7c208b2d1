"""Key figures per month: revenue, orders, buyers, and how the stock of customers moves."""

from __future__ import annotations

from klantwaarde_xl.data import metrics
from klantwaarde_xl.data.periods import month_number
from klantwaarde_xl.data.results import Column, Figure, Made, Result
from klantwaarde_xl.data.results.context import Context


def _kpi(context: Context) -> Made:
    periods = context.periods
    rows = context.rows(
        "transacties",
        metrics.KPI,
        as_of=context.as_of,
        inactive=context.settings.inactive_months,
        whole=month_number(periods.last_month),
    )
    loose = context.rows("transacties", metrics.LOOSE_REFUNDS, as_of=context.as_of)[0][0]
    orders, net = context.rows("transacties", metrics.GUESTS, as_of=context.as_of)[0]
    whole = periods.last_month if rows and rows[0][0] <= periods.last_month else None
    figures = {"losse_retouren": loose, "laatste_maand": whole, "loopt_tot": periods.runs_to}
    return Made(rows, figures | {"gasten_orders": orders, "gasten_netto": net})


KPI = Result(
    name="kpi",
    title="Kerncijfers",
    compute=_kpi,
    table="tblKpi",
    columns=(
        Column("maand", "maand", "De eerste dag van de maand."),
        Column("omzet", "euro", "Som van de orders."),
        Column("retouren", "euro", "Som van de retouren, zonder minteken."),
        Column("netto omzet", "euro", "Omzet min retouren."),
        Column("orders", "aantal", "Rijen met een bedrag van nul of meer."),
        Column("AOV", "euro2", "Gemiddelde orderwaarde: omzet gedeeld door orders."),
        Column("kopers", "aantal", "Klanten met een order in de maand."),
        Column("nieuw", "aantal", "Kopers die nooit eerder kochten."),
        Column("terugkerend", "aantal", "De andere kopers."),
        Column("klanten begin", "aantal", "Klanten aan het eind van de maand ervoor."),
        Column("gereactiveerd", "aantal", "Kopers die verloren waren."),
        Column("verloren", "aantal", "Klanten van het begin die het aan het eind niet meer zijn."),
        Column("klanten eind", "aantal", "Begin + nieuw + gereactiveerd - verloren."),
        Column("retentie", "procent", "Per maand: deel van de klanten van het begin dat bleef."),
        Column("verloop", "procent", "Per maand: deel van de klanten van het begin dat verloren ging."),
    ),
    key=("maand",),
    figures=(
        Figure(
            "losse_retouren",
            "Retouren zonder order",
            "euro2",
            "Retouren van klanten zonder order in de gegevens: wel in de netto omzet, bij geen klant.",
        ),
        Figure("gasten_orders", "Orders van gasten", "aantal", "Zonder klant: in geen cijfer per klant."),
        Figure("gasten_netto", "Netto omzet van gasten", "euro2", "Zonder klant: in geen cijfer per klant."),
        Figure(
            "laatste_maand",
            "Laatste hele maand",
            "maand",
            "Tot en met deze maand tellen cijfers over een periode.",
        ),
        Figure(
            "loopt_tot",
            "Lopende maand tot en met",
            "datum",
            "De maand van deze dag is niet af en telt in geen cijfer over een periode; leeg als er geen is.",
        ),
    ),
    settings=("kw_inactief_na", "kw_peildatum"),
    counted=("maand", "maanden"),
)
