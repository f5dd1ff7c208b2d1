"""Value beside score: what promoters, passives and detractors bought, by the customer of both tables."""

from __future__ import annotations

from typing import Any

from klantwaarde_xl.data import metrics
from klantwaarde_xl.data.reading.surveys.scales import TEN
from klantwaarde_xl.data.results import Column, Figure, Made, Result, Row
from klantwaarde_xl.data.results.context import Context
from klantwaarde_xl.data.results.survey_again import DAYS, answered, share_of
from klantwaarde_xl.data.results.survey_whole import name_of_whole

# The last answer of each customer to the question whether he recommends us
_LAST = f"""
    select klant, arg_max(score, (coalesce(datum, date '0001-01-01'), rij)) from enquete
    where klant is not null and coalesce(vraag, '') = $question and schaal = '{TEN}' and score is not null
      and (datum is null or datum <= $day)
    group by klant"""
_GROUPS = ((9, 10), (7, 8), (0, 6))  # scores of promoters, passives and detractors
_NO_SCORES = (
    "Er zijn geen antwoorden van 0 tot en met 10 met de klant erbij. Wijs de kolom met de klant aan: "
    "--kolommen enquete.klant=…"
)
_NO_ORDERS = "Er zijn geen orders gelezen: plak ze op Gegevens, en ververs."
_ONE_SIDE = "Er zijn geen promotors, of geen criticasters, onder de klanten met transacties."
_NO_MATCH = (
    "Geen enkele klant die antwoordde staat bij de transacties. Gebruik in beide hetzelfde nummer of "
    "e-mailadres; wijs de kolom aan met --kolommen enquete.klant=… of transacties.klant=…"
)


def _value(context: Context) -> Made:
    import numpy as np

    from klantwaarde_xl.kernels.score_value import score_values
    from klantwaarde_xl.wording.codes import GROUPS

    answers = context.rows("enquete", _LAST, day=context.day, question=name_of_whole(context))
    bought = {row[0]: row[4] for row in context.rows("transacties", metrics.CUSTOMERS, as_of=context.day)}
    both = [(score, bought[customer]) for customer, score in answers if customer in bought]
    figures: dict[str, Any] = dict.fromkeys((one.name for one in BESIDE.figures), None)
    figures |= {"waarde_bekend": len(both), "waarde_onbekend": len(answers) - len(both)}
    if not both:
        no_orders = not context.transactions.count()
        said = _NO_ORDERS if no_orders else _NO_MATCH if answers else _NO_SCORES
        return Made((), figures | {"waarde_bericht": said})
    scores, amounts = (np.array(column, dtype=np.float64) for column in zip(*both, strict=True))
    table, margin = score_values(scores, amounts), context.settings.margin
    bought_again = _again(context)
    rows: list[Row] = []
    for at, group in enumerate(GROUPS):
        mean, median, share = (
            None if column[at] != column[at] else float(column[at])
            for column in (table.mean, table.median, table.share_of_total)
        )
        gained = None if mean is None or margin is None else margin * mean
        counts = int(table.customers[at]), float(table.share[at])
        rows.append((group, *counts, float(table.total[at]), share, mean, median, gained, bought_again[at]))
    return Made(rows, figures | _compared(scores, amounts))


def _again(context: Context) -> list[float | None]:
    """The share that bought again after answering, of promoters, passives and detractors."""
    rows = [(row[1], bool(row[2])) for row in context.once(answered) if row[1] is not None]
    return [share_of([again for score, again in rows if low <= score <= high])[0] for low, high in _GROUPS]


def _compared(scores: Any, amounts: Any) -> dict[str, Any]:
    """The figures of promoters beside detractors; only words where one of the two is missing."""
    from klantwaarde_xl.errors import DivisionByZero
    from klantwaarde_xl.kernels.score_value import score_difference
    from klantwaarde_xl.wording.codes import WORTH

    try:
        found = score_difference(scores, amounts)
    except DivisionByZero:
        return {"waarde_bericht": _ONE_SIDE}
    return {
        "waarde_verschil": float(found.change[0]),
        "waarde_kans": float(found.chance[0]),
        "waarde_kans_laag": float(found.low[0]),
        "waarde_kans_hoog": float(found.high[0]),
        "waarde_oordeel": WORTH[int(found.verdict[0])],
    }


BESIDE = Result(
    name="waardenaastscore",
    title="Waarde naast score",
    compute=_value,
    table="tblWaardeNaastScore",
    columns=(
        Column("groep", "tekst", "Naar het laatste antwoord van de klant."),
        Column("klanten", "aantal", "Met een antwoord en een order tot en met de peildag."),
        Column("deel van de klanten", "procent"),
        Column("omzet", "euro", "Van die klanten, retouren afgetrokken."),
        Column("deel van de omzet", "procent"),
        Column("omzet per klant", "euro"),
        Column("mediaan", "euro", "De helft van de groep kocht meer, de helft minder."),
        Column(
            "marge per klant", "euro", "Omzet per klant × de marge van de instellingen; leeg zonder marge."
        ),
        Column("kocht opnieuw", "procent", f"Binnen {DAYS} dagen na een antwoord dat zo lang geleden is."),
    ),
    key=("groep",),
    figures=(
        Figure("waarde_bekend", "Antwoorden met transacties", "aantal"),
        Figure("waarde_onbekend", "Antwoorden zonder transacties", "aantal"),
        Figure("waarde_verschil", "Omzet per promotor min per criticaster", "euro"),
        Figure("waarde_kans", "Kans dat een promotor meer waard is", "procent", "Dan een criticaster."),
        Figure("waarde_kans_laag", "Die kans, ondergrens (95%)", "procent"),
        Figure("waarde_kans_hoog", "Die kans, bovengrens (95%)", "procent"),
        Figure("waarde_oordeel", "Oordeel", "tekst", "Of promotors aantoonbaar meer waard zijn."),
        Figure("waarde_bericht", "Melding over de waarde", "tekst"),
    ),
    settings=("kw_peildatum", "kw_marge"),
    needs=("transacties", "enquete"),
    counted=("groep", "groepen"),
)
