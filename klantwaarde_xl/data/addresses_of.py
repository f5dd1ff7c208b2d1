"""Who may be written to and where: the table of addresses as a list for mailing asks it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from klantwaarde_xl.data.reading.cells.yes_or_no import NO, YES
from klantwaarde_xl.data.results.context import Context

# Words of programs for mail beside yes, in small letters
_CONSENTS = YES | {
    "akkoord", "toegestaan", "aangemeld", "ingeschreven", "abonnee", "geabonneerd", "actief",
    "subscribed", "active", "opt-in", "opt in", "optin", "opted-in", "opted in", "consented", "granted",
}  # fmt: skip
_REFUSES = NO | {
    "geweigerd", "afgemeld", "uitgeschreven", "inactief", "geen", "geen mail", "geen mailing", "niet mailen",
    "unsubscribed", "inactive", "opt-out", "opt out", "optout", "opted-out", "opted out", "never subscribed",
    "unsubscribe", "never_subscribed", "opted_out", "do not contact", "do not mail", "bounced",
    "hard bounce", "cleaned",
}  # fmt: skip
_SHOWN = 3  # words that are neither


def _listed(words: Iterable[str]) -> str:
    return ", ".join(f"'{word}'" for word in sorted(words))


# The first address of each; consent where each of his rows that says anything says yes
_ADDRESSES = f"""
    select klant, arg_min("e-mail", rij) filter ("e-mail" is not null),
      coalesce(bool_and(lower(trim(toestemming)) in ({_listed(_CONSENTS)}))
        filter (toestemming is not null), false),
      count(toestemming)
    from adressen group by klant"""
_UNREAD = f"""
    select toestemming from adressen where lower(trim(toestemming)) not in ({_listed(_CONSENTS | _REFUSES)})
    group by toestemming order by count(*) desc, toestemming limit {_SHOWN}"""


@dataclass(frozen=True)
class Reach:
    """Addresses by customer; consents: who gave it, None where the data say nothing of consent.

    unread: words about consent that are no yes and no known no, the most frequent first.
    """

    addresses: Mapping[str, str | None]
    consents: frozenset[str] | None
    unread: tuple[str, ...] = ()

    def may_write(self, customer: str) -> bool:
        """Whether he may be on a list for mailing, as far as the data say."""
        return self.consents is None or customer in self.consents

    def address(self, customer: str) -> str | None:
        """Where he gets his mail; a customer who is called by his address gets it there."""
        return self.addresses.get(customer) or (customer if "@" in customer else None)


def reach(context: Context) -> Reach:
    """The addresses of a context; without the table there are none, and nothing of consent."""
    if not context.has("adressen"):
        return Reach({}, None)
    rows = context.rows("adressen", _ADDRESSES)
    says = any(said for *_, said in rows)
    consents = frozenset(name for name, _, yes, _ in rows if yes) if says else None
    unread = tuple(word for (word,) in context.rows("adressen", _UNREAD))
    return Reach({name: address for name, address, *_ in rows}, consents, unread)
