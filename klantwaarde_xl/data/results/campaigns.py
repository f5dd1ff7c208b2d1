"""Campaigns: what each cost and won, and what that brings; what is of no campaign stays with its channel.

Over the same months, with the same customers and costs as the channels, of which the campaigns and what is of
none of them together are the whole. A customer's value is the CLV of his channel: a campaign wins too few
for one of its own. Beside it stands what its new customers brought until now, in margin before costs per
customer; that is of less than a year for each of them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any, NamedTuple

from klantwaarde_xl.data.results import Column, Figure, Made, Result, Row
from klantwaarde_xl.data.results.acquired import (
    JUDGED,
    NOBODY,
    UNTOLD,
    WON,
    Window,
    by_key,
    cac_with_limits,
    rows_of,
    verdict_on,
    window_of,
)
from klantwaarde_xl.data.results.channels import CHANNELS, channels_of
from klantwaarde_xl.data.results.context import Context
from klantwaarde_xl.data.results.groups import UNKNOWN
from klantwaarde_xl.dutch import format_count

REST = "(zonder campagne)"
EARLIER = "kosten van eerder"  # its customers came after what was paid
ENDS = 3  # of the best, and of the worst
# So many customers needed and nobody won is no chance: of as many it happens once in forty times
_NO_CHANCE = 4
_COSTS, _NEW, _VALUE, _ROI, _NEEDED, _VERDICT = 5, 6, 11, 12, 13, 15  # places in a row

_PER_CAMPAIGN = f"""
    with {WON}, new_ as (
      select k, c, min(won.kanaal) as kanaal, min(campagne) as campagne, count(distinct won.klant) as n,
        cast(sum(bedrag) as double) as revenue
      from won join tx on tx.klant = won.klant and tx.dag <= $last
      where won.dag between $first and $last group by k, c
    ), paid as (
      select k, c, min(kanaal) as kanaal, min(campagne) as campagne, min(maand) as van, max(maand) as tot,
        cast(sum(bedrag) filter (maand >= $first) as double) as costs,
        sum(bereikt) filter (maand >= $first) as reached
      from paid_for where maand <= $last group by k, c
    )
    select coalesce(paid.campagne, new_.campagne), coalesce(paid.kanaal, new_.kanaal), van, tot, reached,
      costs, coalesce(n, 0), coalesce(revenue, 0), coalesce(paid.k, new_.k), coalesce(paid.c, new_.c)
    from paid full join new_ on paid.k = new_.k and paid.c is not distinct from new_.c
    where costs is not null or n is not null order by 2, 1"""
_TO_COME = f"""
    with {WON} select count(distinct (k, c)) from paid_for
    where c is not null
      and (k, c) not in (select (k, c) from paid_for where c is not null and maand <= $last)"""
_NAMED = f"""
    with {WON} select (select count(c) from paid_for), (select count(c) from won)"""


class _Found(NamedTuple):
    """What was counted of a campaign of a channel, or without `c` of what is of none of them."""

    campaign: str | None
    channel: str
    first: dt.date | None
    last: dt.date | None
    reached: float | None
    costs: float | None
    new: int
    revenue: float
    k: str
    c: str | None


def campaigns_of(context: Context) -> Made:
    """The rows and figures of all campaigns."""
    figures: dict[str, Any] = dict.fromkeys(one.name for one in CAMPAIGNS.figures)
    channels, window = context.once(channels_of), window_of(context)
    if window is None:
        return Made((), figures | {"campagnes_bericht": channels.figures["kanalen_bericht"]})
    found = [_Found(*row) for row in rows_of(context, _PER_CAMPAIGN, window)]
    by_channel = by_key(context, channels.rows)
    rows = [_row(context, one, by_channel[one.k]) for one in found]
    known = [row for row in rows if row[0] != REST]
    coming = int(rows_of(context, _TO_COME, window)[0][0])
    figures |= {"campagnes_straks": coming, "campagnes_anders": _otherwise(found)}
    if not known:
        return Made((), figures | {"campagnes_bericht": _none(context, window, coming)})
    rows.sort(key=_place)
    figures |= {
        "campagnes": len(known),
        "campagnes_oordeel": sum(row[_VERDICT] in JUDGED[:2] or _loses(row) for row in known) or None,
        **_ends(rows),
        "campagnes_kosten": sum(row[_COSTS] or 0 for row in known),
        "campagnes_nieuw": sum(row[_NEW] for row in known),
        "campagnes_rest": sum(row[_COSTS] or 0 for row in rows if row[0] == REST),
        "campagnes_bericht": channels.figures["kanalen_bericht"],
    }
    return Made(rows, figures)


def _row(context: Context, one: _Found, channel: Row) -> Row:
    """A campaign's row; channel: the row of its channel, which says whether costs are told at all."""
    from klantwaarde_xl.kernels.acquisition import break_even_customers, campaign_roi

    settings, told, each = context.settings, channel[1] is not None, channel[7]
    earned = None if settings.margin is None or not one.new else one.revenue * settings.margin
    value = None if each is None or not one.new else one.new * each
    costs = one.costs if told else None
    if one.c is None:
        rest = (one.costs or 0.0) if told else None
        none = (None,) * 3
        return REST, one.channel, None, None, one.reached, rest, one.new, *none, earned, value, *none, None
    cost, low, high = (None,) * 3 if costs is None else cac_with_limits(costs, one.new)
    ratio = each / cost if each is not None and cost else None
    roi = needed = None
    if costs and costs > 0 and each is not None:
        roi = float(campaign_roi(costs, one.new, each))
        needed = float(break_even_customers(costs, each)) if each > 0 else None
    verdict = UNTOLD if one.first is None or not told else EARLIER
    if costs is not None:
        verdict = verdict_on(costs, one.new, ratio, least=settings.least_customers, goal=settings.goal_ratio)
    return (
        one.campaign, one.channel, one.first, one.last, one.reached, costs, one.new, cost, low, high, earned,
        value, roi, needed, _of_reached(one), verdict,
    )  # fmt: skip


def _of_reached(one: _Found) -> float | None:
    """The share of the people reached who became customers; None where more came than were reached."""
    return one.new / one.reached if one.reached and one.new <= one.reached else None


def _place(row: Row) -> tuple[bool, bool, float, float, str, str]:
    """Where a campaign stands: by return, then what has no verdict by what it cost, then what is of none."""
    name, channel, costs, roi, verdict = row[0], row[1], row[_COSTS], row[_ROI], row[_VERDICT]
    judged = verdict in JUDGED
    return name == REST, not judged, -(roi or 0.0) if judged else 0.0, -(costs or 0.0), name, channel


def _otherwise(found: Sequence[_Found]) -> str | None:
    """A campaign that cost money in one channel and won customers in another, or in none: what to mend."""
    named = [one for one in found if one.c is not None]
    for one in named:
        others = [other for other in named if other.c == one.c and other.k != one.k and not other.costs]
        if one.costs and one.costs > 0 and not one.new and (won := [other for other in others if other.new]):
            if won[0].channel == UNKNOWN:
                return (
                    f"'{one.campaign}' heeft op Klanten geen kanaal; op Kosten is dat {one.channel}: "
                    "vul het in."
                )
            return (
                f"'{one.campaign}' staat op Kosten bij {one.channel} en op Klanten bij {won[0].channel}: "
                "schrijf het kanaal op beide bladen hetzelfde."
            )
    return None


def _none(context: Context, window: Window, coming: int) -> str:
    """Why there is no campaign to show, and what would help."""
    if coming:
        many = format_count(coming, "campagne telt", "campagnes tellen")
        return f"{many} nog niet mee: dat kan pas als de maand om is."
    if any(rows_of(context, _NAMED, window)[0]):
        return "In de maanden die tellen liep geen campagne."
    return "Vul op Kosten en op Klanten de kolom campagne in; dan staat hier wat elk kostte en opbracht."


def _loses(row: Row) -> bool:
    """Whether a campaign surely brings less than it cost, as far as customers tell."""
    return row[_VERDICT] == JUDGED[2] or (row[_VERDICT] == NOBODY and (row[_NEEDED] or 0) >= _NO_CHANCE)


def _ends(rows: Sequence[Row]) -> dict[str, int]:
    """Which rows the best and then the worst campaigns are: by return, and by the money lost."""
    numbered = list(enumerate(rows, 1))
    good = [at for at, row in numbered if row[_VERDICT] in JUDGED[:2]][:ENDS]
    bad = [(row[_COSTS] - (row[_VALUE] or 0.0), at) for at, row in numbered if _loses(row)]
    lost = [at for _, at in sorted(bad, key=lambda one: -one[0])][:ENDS]
    shown = enumerate([*good, *lost], 1)
    return {"campagnes_beste": len(good), **{f"campagne_rij_{place}": at for place, at in shown}}


CAMPAIGNS = Result(
    name="campagnes",
    title="Campagnes",
    compute=campaigns_of,
    table="tblCampagnes",
    columns=(
        Column("campagne", "tekst", f"'{REST}': wat van het kanaal bij geen campagne staat."),
        Column("kanaal", "tekst", "Een campagne in twee kanalen heeft twee rijen."),
        Column(
            "van", "maand", "De eerste maand met kosten; de kosten zelf tellen vanaf de maanden die tellen."
        ),
        Column("tot en met", "maand", "De laatste maand met kosten die telt."),
        Column("bereikt", "aantal", "Opgeteld: wie twee maanden is bereikt, telt twee keer."),
        Column("kosten", "euro", "In de laatste 12 hele maanden, of zoveel als er zijn; leeg is onbekend."),
        Column("nieuwe klanten", "aantal", "Met hun eerste order in die maanden."),
        Column("CAC", "euro2", "Kosten per nieuwe klant."),
        Column("CAC laag", "euro2", "Tussen laag en hoog ligt zij (95%)."),
        Column("CAC hoog", "euro2"),
        Column("marge tot nu", "euro", "Op alles wat die klanten al kochten, voor kosten per klant."),
        Column("waarde", "euro", "Nieuwe klanten × de CLV van het kanaal."),
        Column("ROI", "procent", "(Waarde − kosten) / kosten; 0% is quitte."),
        Column("klanten nodig", "aantal", "Nieuwe klanten waarbij de kosten terug zijn."),
        Column("van bereikt", "procent2", "Nieuwe klanten / bereikte mensen."),
        Column(
            "oordeel",
            "tekst",
            f"Als van een kanaal; '{EARLIER}': alle kosten zijn van voor de maanden die tellen.",
        ),
    ),
    key=("campagne", "kanaal"),
    figures=(
        Figure("campagnes", "Campagnes", "aantal", "In de maanden die tellen."),
        Figure("campagnes_oordeel", "Campagnes met een oordeel", "aantal", "Leeg zolang er geen is."),
        Figure("campagnes_beste", "Hoeveel van de getoonde de beste zijn", "aantal"),
        *(
            Figure(f"campagne_rij_{n}", f"Rij van getoonde campagne {n}", "aantal")
            for n in range(1, 2 * ENDS + 1)
        ),
        Figure("campagnes_kosten", "Kosten van campagnes", "euro"),
        Figure("campagnes_rest", "Kosten zonder campagne", "euro", "Van kanalen, en van geen campagne."),
        Figure("campagnes_nieuw", "Nieuwe klanten van campagnes", "aantal"),
        Figure(
            "campagnes_straks", "Campagnes die nog niet meetellen", "aantal", "Hun eerste maand loopt nog."
        ),
        Figure("campagnes_anders", "Campagne met twee kanalen", "tekst"),
        Figure("campagnes_bericht", "Melding over de campagnes", "tekst"),
    ),
    settings=CHANNELS.settings,
    needs=CHANNELS.needs,
    counted=("campagne", "campagnes"),
)
