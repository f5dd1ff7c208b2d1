"""Example answers to a survey of the invented webshop: would they recommend it, content, ease, four aspects.

Each quarter some of the customers who bought in it answer. Who answers has a leaning of his own; the aspects
follow it, each with noise of its own, and the last quarters are somewhat better than the first.
"""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

import numpy as np

from klantwaarde_xl.data.sample import LAST_DAY, Order

SEED = 20260102
PER_QUARTER = 60  # at most
QUARTERS = 6
# aspect, how much it goes with the whole, where it stands on 1 to 5
_ASPECTS = (("Levering", 0.75, 4.1), ("Service", 0.9, 3.6), ("Prijs", 0.35, 3.4), ("Website", 0.2, 3.9))
# the same of the questions on the whole, with the highest answer of their scale
_WHOLE = (("Tevredenheid", 0.8, 4.0, 5), ("Gemak", 0.5, 5.4, 7))
_SCALES = {"": "0 t/m 10", **{name: f"1 t/m {top}" for name, *_, top in _WHOLE}}  # else of an aspect
_ASPECT = "1 t/m 5"
_CHANNELS = ("Zoeken", "Nieuwsbrief", "Via via", "Sociale media")
_GLAD = ("Snel geleverd.", "Fijne service.", "Ziet er goed uit.", "Altijd goed.")
_SAD = ("Pakket kwam te laat.", "Niemand nam de telefoon op.", "Duurder dan elders.", "Retour duurde lang.")


class Answer(NamedTuple):
    """One row of the survey: of a customer to a question, which is empty for the whole."""

    day: dt.date
    customer: str
    question: str
    score: int
    channel: str
    remark: str


def sample_answers(orders: list[Order], seed: int = SEED) -> list[Answer]:
    """Draw answers of customers with these orders, in order of day; the same ones every time."""
    rng = np.random.default_rng(seed)
    answers: list[Answer] = []
    first = LAST_DAY - dt.timedelta(days=91 * QUARTERS)
    for quarter in range(QUARTERS):
        since = first + dt.timedelta(days=91 * quarter + 1)
        bought = sorted(
            {one.customer for one in orders if 0 <= (one.day - since).days < 91 and one.amount > 0}
        )
        for customer in rng.permutation(bought)[:PER_QUARTER]:
            day = since + dt.timedelta(days=int(rng.integers(0, 91)))
            answers += _answers(rng, str(customer), day, better=0.12 * quarter)
    answers += _on_the_whole(answers, np.random.default_rng(seed + 1))
    return sorted(answers, key=lambda one: (one.day, one.customer, one.question))


def _on_the_whole(answers: list[Answer], rng: np.random.Generator) -> list[Answer]:
    """How content who answered was, and how easy it went; from a stream of their own."""
    made = []
    for one in (one for one in answers if not one.question):
        leaning = (one.score - 7.6) / 1.8
        for name, together, level, top in _WHOLE:
            score = level + 0.9 * (together * leaning + (1 - together) * rng.normal())
            made.append(
                Answer(one.day, one.customer, name, int(np.clip(round(score), 1, top)), one.channel, "")
            )
    return made


def _answers(rng: np.random.Generator, customer: str, day: dt.date, *, better: float) -> list[Answer]:
    leaning = rng.normal()
    whole = int(np.clip(round(7.6 + better + 1.8 * leaning), 0, 10))
    channel = str(rng.choice(_CHANNELS))
    words = _GLAD if whole >= 9 else _SAD if whole <= 6 else ("",)
    remark = str(rng.choice(words)) if rng.random() < 0.6 else ""
    made = [Answer(day, customer, "", whole, channel, remark)]
    for name, together, level in _ASPECTS:
        noise = rng.normal()
        score = level + 0.9 * (together * leaning + (1 - together) * noise)
        made.append(Answer(day, customer, name, int(np.clip(round(score), 1, 5)), channel, ""))
    return made


def survey_csv(answers: list[Answer]) -> str:
    """The answers as a list: semicolons, day first."""
    lines = ["datum;klant;vraag;score;schaal;kanaal;opmerking"]
    lines += [
        f"{one.day:%d-%m-%Y};{one.customer};{one.question};{one.score};{_SCALES.get(one.question, _ASPECT)};"
        f"{one.channel};{one.remark}"
        for one in answers
    ]
    return "\n".join(lines) + "\n"
