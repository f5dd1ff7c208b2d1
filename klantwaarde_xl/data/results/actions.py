"""An action for a segment: whom to mail, who was drawn not to, and what it brought (`data.action_book`)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from klantwaarde_xl.data.action_book import ACTION, BOOK_NAME, CONTROL, Book, Campaign, Entry, book_of
from klantwaarde_xl.data.addresses_of import reach
from klantwaarde_xl.data.results import Column, Figure, Made, Result, Row
from klantwaarde_xl.data.results.context import Context
from klantwaarde_xl.data.results.rfm import OMZET, scored
from klantwaarde_xl.dutch import format_date, format_number
from klantwaarde_xl.kernels.uplift import Uplift, uplift

FEWEST, FEWEST_BUYERS = 10, 10  # customers of each group, and buyers of both together, to compare them
_SAME = 0.01  # of the customers of an action; where more have no order any more, they have other names
YIELDS, COSTS, UNSURE = "bracht op", "kostte meer", "nog niet aantoonbaar"
_LAST = 1  # the place of the day of the last purchase in a scored row


def _book(context: Context) -> Made:
    return Made(context.once(book_of).rows)


def _list(context: Context) -> Made:
    """The customers of the action of the settings who get it: never one of the control group."""
    book, reached = context.once(book_of), context.once(reach)
    there = [one for one in book.entries if one.campaign == book.current]
    treated = [one for one in there if one.group == ACTION]
    written = [one for one in treated if reached.may_write(one.customer)]
    now = {row[0]: row for row in context.once(scored)}
    rows: list[Row] = []
    for one in written:
        known = now.get(one.customer)
        worth, last = (known[OMZET], known[_LAST]) if known else (None, None)
        rows.append((one.customer, reached.address(one.customer), one.segment, worth, last))
    rows.sort(key=lambda row: (-(row[3] or 0.0), row[0]))
    figures = {
        "actie_lijst": len(rows) if there else None,
        "actie_controle": len(there) - len(treated) if there else None,
        "actie_zonder": (book.refused + len(treated) - len(written)) or None,
        "actie_tot": there[0].until if there else None,
        "actie_bericht": book.said or _over(context, there) or None,
        "actie_let_op": " ".join([*_postponed(context, book), *_warnings(context, rows)]) or None,
    }
    return Made(rows, figures)


def _over(context: Context, there: Sequence[Entry]) -> str:
    """That the list is one of an action that is over."""
    if not there or context.today <= there[0].until:
        return ""
    return (
        f"Deze actie liep tot en met {format_date(there[0].until)}. Kies voor een nieuwe lijst op "
        "Instellingen een nieuwe eerste dag."
    )


def _postponed(context: Context, book: Book) -> list[str]:
    """Other actions for the same segment that are still to begin: one of them may have been put off."""
    now = book.current
    coming = [one for one in book.campaigns() if now and one.segment == now.segment and one != now]
    return [
        f"Op Actieboek staat voor {one.segment} ook een actie vanaf {format_date(one.start)}: gaat die niet "
        "door, verwijder dan haar rijen."
        for one in coming
        if one.start > context.today
    ]


def _warnings(context: Context, rows: Sequence[Row]) -> list[str]:
    """What to look after before mailing."""
    reached = context.once(reach)
    said = []
    if reached.consents is None:
        said.append("Er is geen kolom toestemming (blad Adressen): mail alleen wie dat goed vindt.")
    elif not any(row[0] in reached.addresses for row in context.once(scored)):
        said.append("Geen enkele klant van de orders staat op Adressen: gebruik in beide hetzelfde nummer.")
    if reached.unread:
        words = ", ".join(f"'{word}'" for word in reached.unread)
        said.append(f"Toestemming geldt alleen bij een ja; niet als ja gelezen: {words}.")
    bare = sum(row[1] is None for row in rows)
    if bare:
        count = "Van 1 klant" if bare == 1 else f"Van {format_number(bare, 0)} klanten"
        said.append(f"{count} is geen e-mailadres bekend; vul blad Adressen aan.")
    return said


# ── what it brought ─────────────────────────────────────────────────────────────────────────


class _Measured(NamedTuple):
    """An action with what came of it; found: the difference in money that counts, None with a reason why."""

    campaign: Campaign
    entries: Sequence[Entry]
    found: Uplift | None
    why: str

    @property
    def first(self) -> Entry:
        return self.entries[0]

    def size(self, group: str) -> int:
        """How many customers of a group count."""
        return sum(one.group == group for one in self.entries)

    def per_customer(self) -> tuple[float | None, ...]:
        """What the action brought per customer that got it, after its costs, with its limits."""
        if self.found is None:
            return None, None, None
        cost, found = self.first.cost or 0.0, self.found
        return found.difference - cost, found.low - cost, found.high - cost

    def total(self) -> tuple[float | None, ...]:
        """The same of all who got it."""
        return tuple(each and each * self.size(ACTION) for each in self.per_customer())

    @property
    def verdict(self) -> str:
        """Whether it paid, in a word; why it cannot be said where it cannot."""
        _, low, high = self.per_customer()
        if low is None or high is None:
            return self.why
        return YIELDS if low > 0 else COSTS if high < 0 else UNSURE


def _measured(context: Context) -> list[_Measured]:
    book = context.once(book_of)
    return [_measure(context, book, *one) for one in book.campaigns().items()]


def _measure(context: Context, book: Book, campaign: Campaign, entries: Sequence[Entry]) -> _Measured:
    why = _waits(context, book, campaign, entries)
    counted = [one for one in entries if _is_counted(one)]
    groups = {
        name: np.array([one.revenue for one in counted if one.group == name], dtype=np.float64)
        for name in (ACTION, CONTROL)
    }
    why = why or _too_few(groups)
    if why:
        return _Measured(campaign, entries, None, why)
    margin = context.settings.margin or 1.0
    found = uplift(margin * groups[ACTION], margin * groups[CONTROL])
    return _Measured(campaign, counted, found, "")


def _waits(context: Context, book: Book, campaign: Campaign, entries: Sequence[Entry]) -> str:
    """Why an action cannot be measured yet, or any more; empty when it can."""
    until, day = entries[0].until, context.as_of
    if context.today < campaign.start:
        return f"De actie begint op {format_date(campaign.start)}."
    if context.today <= until:
        return f"De actie loopt tot en met {format_date(until)}; ververs daarna."
    lost, many = book.lost.get(campaign, 0), len(entries)
    if sum(not _is_counted(one) for one in entries) <= _SAME * many:
        return ""
    if context.first_day > campaign.start:
        return (
            f"De gegevens beginnen op {format_date(context.first_day)}, na het begin van de actie: neem een "
            "export die verder teruggaat."
        )
    if lost > _SAME * many:
        return (
            f"Van {format_number(lost, 0)} van de {format_number(many, 0)} klanten van de actie is er geen "
            "order meer: neem een export met dezelfde klantnummers."
        )
    return (
        f"De actie liep tot en met {format_date(until)}, uw orders tot en met {format_date(day)}: ververs "
        f"met nieuwere. Kwamen die niet, vul dan {format_date(until)} in als peildatum."
    )


def _is_counted(one: Entry) -> bool:
    """Whether all that he bought in his action is known."""
    return one.revenue is not None and one.counted is not None and one.counted >= one.until


def _too_few(groups: dict[str, Any]) -> str:
    treated, control = groups[ACTION], groups[CONTROL]
    if not control.size:
        return "Er was geen controlegroep: wat zonder de actie was gekocht, is niet te zeggen."
    for name, group in (("controlegroep", control), ("groep die de actie kreeg", treated)):
        if group.size < FEWEST:
            return f"De {name} is te klein om te vergelijken: {_many(group.size)}, minstens {FEWEST}."
    buyers = int(np.count_nonzero(treated) + np.count_nonzero(control))
    if buyers < FEWEST_BUYERS:
        return f"Te weinig om te vergelijken: {_many(buyers)} kochten, minstens {FEWEST_BUYERS}."
    return ""


def _many(count: int) -> str:
    return "1 klant" if count == 1 else f"{format_number(count, 0)} klanten"


def _measurement(context: Context) -> Made:
    """A row for each action, the newest first, and the figures of the last that can be measured."""
    book, each = context.once(book_of), context.once(_measured)
    figures: dict[str, Any] = dict.fromkeys(one.name for one in MEASUREMENT.figures)
    own = next((one for one in each if one.campaign == book.current), None)
    figures["meting_bericht"] = (own.why if own else book.said) or None
    figures["meting_acties"] = len(each)
    figures["meting_maat"] = "omzet" if context.settings.margin is None else "marge"
    last = max(
        (one for one in each if one.found), key=lambda one: (one.first.until, one.campaign), default=None
    )
    if last is not None and last.found is not None:
        figures |= dict(zip(("meting_opbrengst", "meting_laag", "meting_hoog"), last.total(), strict=True))
        figures |= {
            "meting_segment": last.campaign.segment,
            "meting_van": last.campaign.start,
            "meting_tot": last.first.until,
            "meting_per_klant": last.per_customer()[0],
            "meting_klanten": last.size(ACTION),
            "meting_controle": last.size(CONTROL),
            "meting_kosten": last.first.cost,
            "meting_oordeel": last.verdict,
        }
    return Made([_row(one) for one in each], figures)


def _row(one: _Measured) -> Row:
    found, sizes = one.found, (one.size(ACTION), one.size(CONTROL))
    means = (found.treated, found.control, found.difference) if found else (None,) * 3
    outcome = (*means, one.first.cost, *one.per_customer(), *one.total(), one.verdict)
    return (one.campaign.start, one.first.until, one.campaign.segment, *sizes, *outcome)


_SETTINGS = (
    "kw_peildatum", "kw_segment", "kw_controle_deel", "kw_actie_start", "kw_actie_dagen", "kw_actie_kosten",
)  # fmt: skip
_START = Column("actie", "datum", "De eerste dag van de actie.")

BOOK = Result(
    name=BOOK_NAME,
    title="Actieboek",
    compute=_book,
    table="tblActieboek",
    columns=(
        _START,
        Column("segment", "tekst", "Waarvoor de actie is."),
        Column("klant", "tekst"),
        Column("groep", "tekst", "Geloot: actie krijgt haar, controle niet. Verandert nooit meer."),
        Column("tot en met", "datum", "De laatste dag die wordt gemeten."),
        Column("kosten", "euro2", "Van de actie, per klant die haar krijgt."),
        Column("omzet", "euro2", "Wat de klant in die tijd kocht, retouren eraf."),
        Column("geteld tot en met", "datum", "Tot en met deze dag is de omzet geteld."),
        Column("geloot op", "datum"),
    ),
    key=("actie", "segment", "klant"),
    settings=_SETTINGS,
    counted=("klant", "klanten"),
    continues=True,
)
LIST = Result(
    name="actielijst",
    title="Actielijst",
    compute=_list,
    table="tblActielijst",
    columns=(
        Column("klant", "tekst"),
        Column("e-mail", "tekst", "Van het blad Adressen; heet een klant naar zijn adres, dan dat."),
        Column("segment", "tekst"),
        Column("omzet", "euro2", "Alles wat de klant kocht, retouren eraf."),
        Column("laatste aankoop", "datum"),
    ),
    key=("klant",),
    figures=(
        Figure("actie_lijst", "Klanten op de lijst", "aantal", "Zij krijgen de actie."),
        Figure("actie_controle", "Klanten in de controlegroep", "aantal", "Zij krijgen de actie niet."),
        Figure("actie_zonder", "Klanten zonder toestemming", "aantal", "Zij staan niet op de lijst."),
        Figure("actie_tot", "De actie wordt gemeten tot en met", "datum"),
        Figure("actie_bericht", "Melding over de actie", "tekst"),
        Figure("actie_let_op", "Let op bij het mailen", "tekst"),
    ),
    settings=_SETTINGS,
    counted=("klant", "klanten"),
)
MEASUREMENT = Result(
    name="actiemeting",
    title="Wat acties brachten",
    compute=_measurement,
    table="tblActiemeting",
    columns=(
        _START,
        Column("tot en met", "datum"),
        Column("segment", "tekst"),
        Column("kregen haar", "aantal", "Klanten in de groep actie, als geloot; ook wie niets deed."),
        Column("controle", "aantal", "Klanten in de controlegroep, als geloot."),
        Column("per klant", "euro2", "Wat wie de actie kreeg gemiddeld opbracht: marge, zonder marge omzet."),
        Column("per klant controle", "euro2", "Hetzelfde van de controlegroep."),
        Column("verschil", "euro2", "Wat de actie per klant meer bracht, voor kosten."),
        Column("kosten", "euro2", "Per klant die de actie kreeg."),
        Column("over per klant", "euro2", "Verschil min kosten."),
        Column(
            "over laag", "euro2", "Ondergrens (95%, Welch; geen groep telt als gelijker dan beide samen)."
        ),
        Column("over hoog", "euro2", "Bovengrens (95%)."),
        Column("opbrengst", "euro", "Van allen die de actie kregen, na kosten."),
        Column("laag", "euro", "Ondergrens (95%)."),
        Column("hoog", "euro", "Bovengrens (95%)."),
        Column("oordeel", "tekst", "Aantoonbaar als laag en hoog aan één kant van nul liggen.", wraps=True),
    ),
    key=("actie", "segment"),
    figures=(
        Figure("meting_acties", "Acties in het Actieboek", "aantal"),
        Figure("meting_segment", "Laatst gemeten: segment", "tekst"),
        Figure("meting_van", "Laatst gemeten: eerste dag", "datum"),
        Figure("meting_tot", "Laatst gemeten: laatste dag", "datum"),
        Figure("meting_klanten", "Laatst gemeten: kregen de actie", "aantal"),
        Figure("meting_controle", "Laatst gemeten: controlegroep", "aantal"),
        Figure("meting_per_klant", "Opbrengst per klant, na kosten", "euro2"),
        Figure("meting_opbrengst", "Opbrengst van de actie, na kosten", "euro"),
        Figure("meting_laag", "Opbrengst, laag (95%)", "euro"),
        Figure("meting_hoog", "Opbrengst, hoog (95%)", "euro"),
        Figure("meting_kosten", "Kosten per klant", "euro2", "leeg als ze niet zijn ingevuld"),
        Figure("meting_oordeel", "Oordeel", "tekst"),
        Figure("meting_maat", "Geteld in", "tekst", "Marge waar die bekend is, anders omzet."),
        Figure("meting_bericht", "Melding over de meting", "tekst"),
    ),
    settings=(*_SETTINGS, "kw_marge"),
    counted=("actie", "acties"),
)
