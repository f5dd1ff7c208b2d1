"""Whom to call: customers whose last answer on the whole was a bad one.

Who bought most first, where there are orders too; else the worst answer.
"""

from __future__ import annotations

from klantwaarde_xl.data.reading.surveys.scales import FIVE, MARKS, SEVEN, TEN
from klantwaarde_xl.data.results import Column, Figure, Made, Result
from klantwaarde_xl.data.results.context import Context
from klantwaarde_xl.data.results.survey_whole import name_of_whole

# The highest answer of those who are not content: detractors, and the lower half of the other scales
_BAD = {TEN: 6, MARKS: 5, FIVE: 2, SEVEN: 3}
_DAYS = 90  # an answer of longer ago asks for no call any more
_LIMIT = " ".join(f"when '{scale}' then {limit}" for scale, limit in _BAD.items())
_CALLS = f"""
    with last as (
      select klant,
        arg_max(struct_pack(datum, score, schaal, segment, kanaal, opmerking), (datum, rij)) as said
      from enquete
      where klant is not null and coalesce(vraag, '') = $question and score is not null and datum <= $day
      group by klant
    )
    select klant, said.datum, said.score, said.schaal, said.opmerking, said.kanaal, said.segment,
      date_diff('day', said.datum, $day) as dagen, bought
    from last left join ({{orders}}) using (klant)
    where said.score <= case said.schaal {_LIMIT} end and dagen <= {_DAYS}
    order by bought desc nulls last, said.score / cast(regexp_extract(said.schaal, '[0-9]+$') as double),
      said.datum desc, klant"""
_ORDERS = "select klant, cast(sum(bedrag) as double) as bought from tx where dag <= $day group by klant"
_NO_ORDERS = "select null as klant, null as bought limit 0"
_NAMED = """
    select count(*), count(klant), count(datum) from enquete
    where coalesce(vraag, '') = $question and score is not null"""


def _calls(context: Context) -> Made:
    orders = _ORDERS if "transacties" in context.tables else _NO_ORDERS
    asked = name_of_whole(context)
    rows = context.rows("enquete", _CALLS.format(orders=orders), day=context.day, question=asked)
    answers, named, dated = context.rows("enquete", _NAMED, question=asked)[0]
    message = None
    if answers and not (named and dated):
        lacks = "klant" if not named else "dag"
        message = f"Bij de antwoorden staat geen {lacks}; wie u moet bellen is dan niet te zeggen."
    return Made(rows, {"bellen_klanten": len(rows), "bellen_bericht": message})


CALLS = Result(
    name="bellen",
    title="Wie u belt",
    compute=_calls,
    table="tblBellen",
    columns=(
        Column("klant", "tekst"),
        Column("datum", "datum", "Van zijn laatste antwoord."),
        Column("score", "aantal", "Op de vraag over het geheel."),
        Column("schaal", "tekst", "Van het laagste tot het hoogste antwoord."),
        Column("opmerking", "tekst", "Wat hij erbij schreef.", wraps=True),
        Column("kanaal", "tekst"),
        Column("segment", "tekst"),
        Column("dagen open", "aantal", f"Sinds dat antwoord; na {_DAYS} dagen valt hij van de lijst."),
        Column("kocht", "euro", "Alles tot en met de peildag, retouren eraf; leeg zonder orders."),
    ),
    key=("klant",),
    figures=(
        Figure(
            "bellen_klanten", "Klanten om te bellen", "aantal", "Ontevreden in de laatste negentig dagen."
        ),
        Figure("bellen_bericht", "Melding over bellen", "tekst"),
    ),
    settings=("kw_peildatum",),
    needs=("enquete",),
    counted=("klant", "klanten"),
)
