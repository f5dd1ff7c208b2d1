"""Customers and what they bring, by where they came from, what they bought first and where they live."""

from __future__ import annotations

from klantwaarde_xl.data.results import Column, Figure, Made, Result
from klantwaarde_xl.data.results.context import Context

UNKNOWN, SEVERAL = "onbekend", "meer dan één"
_BY = {"kanaal": "kanaal", "eerste product": '"eerste product"', "regio": "regio"}

# Who stands twice with two values is of neither. Orders and refunds as in `metrics.CUSTOMERS`
_KNOWN = ", ".join(
    f"case when count(distinct {column}) > 1 then '{SEVERAL}' else max({column}) end as d{at}"
    for at, column in enumerate(_BY.values())
)
_BUYERS = f"""
    buyers as (
      select klant, count(*) filter (bedrag >= 0) as orders, sum(bedrag) as omzet
      from tx where dag <= $as_of and klant is not null
      group by klant having count(*) filter (bedrag >= 0) > 0
    ), known as (select klant, true as there, {_KNOWN} from klanten group by klant)"""
_EACH = " union all ".join(
    f"""select {at} as place, '{name}' as per, coalesce(d{at}, '{UNKNOWN}') as groep, count(*), sum(orders),
          cast(sum(omzet) as double) as revenue, cast(sum(omzet) as double) / count(*)
        from buyers left join known using (klant) group by groep
        having (select count(*) from known where d{at} is not null) > 0"""
    for at, name in enumerate(_BY)
)
_GROUPS = f"with {_BUYERS} from ({_EACH}) order by place, groep = '{UNKNOWN}', revenue desc, groep"
_MATCHED = f"""with {_BUYERS} select count(*) filter (there), count(*) filter (there is null)
    from buyers left join known using (klant)"""


def _groups(context: Context) -> Made:
    rows = context.rows("transacties", _GROUPS, as_of=context.as_of)
    known, unknown = context.rows("transacties", _MATCHED, as_of=context.as_of)[0]
    message = None
    if not known:
        message = (
            "Geen enkele klant van de transacties staat bij de gegevens van klanten. Gebruik in beide "
            "hetzelfde nummer of e-mailadres; wijs de kolom aan met --kolommen klanten.klant=… of "
            "transacties.klant=…"
        )
    figures = {"groepen_bekend": known, "groepen_onbekend": unknown, "groepen_bericht": message}
    return Made([row[1:] for row in rows], figures)


GROUPS = Result(
    name="klantgroepen",
    title="Klanten per kanaal, eerste product en regio",
    compute=_groups,
    table="tblKlantgroepen",
    columns=(
        Column("per", "tekst", "Waarnaar is gegroepeerd."),
        Column("groep", "tekst", f"'{UNKNOWN}' staat niet in de gegevens van klanten, of is daar leeg."),
        Column("klanten", "aantal", "Met een order tot en met de peildag."),
        Column("orders", "aantal"),
        Column("omzet", "euro", "Van die klanten, retouren afgetrokken."),
        Column("omzet per klant", "euro"),
    ),
    key=("per", "groep"),
    figures=(
        Figure("groepen_bekend", "Kopers met gegevens", "aantal"),
        Figure("groepen_onbekend", "Kopers zonder gegevens", "aantal"),
        Figure("groepen_bericht", "Melding over de klantgegevens", "tekst"),
    ),
    settings=("kw_peildatum",),
    needs=("transacties", "klanten"),
    counted=("groep", "groepen"),
)
