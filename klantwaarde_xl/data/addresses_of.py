"""Who may be written to and where: the table of addresses as a list for mailing asks it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from klantwaarde_xl.data.reading.yes_or_no import YES
from klantwaarde_xl.data.results.context import Context

# Words of programs for mail beside yes, in small letters
_CONSENTS = YES | {
    "akkoord", "toegestaan", "aangemeld", "ingeschreven", "abonnee", "geabonneerd", "actief",
    "subscribed", "active", "opt-in", "opt in", "optin", "opted-in", "opted in", "consented", "granted",
}  # fmt: skip
_WORDS = ", ".join(f"'{word}'" for word in sorted(_CONSENTS))
# The first address of each; consent where each of his rows that says anything says yes
_ADDRESSES = f"""
    select klant, arg_min("e-mail", rij) filter ("e-mail" is not null),
      coalesce(bool_and(lower(trim(toestemming)) in ({_WORDS})) filter (toestemming is not null), false),
      count(toestemming)
    from adressen group by klant"""


@dataclass(frozen=True)
class Reach:
    """Addresses by customer; consents: who gave it, None where the data say nothing of consent."""

    addresses: Mapping[str, str | None]
    consents: frozenset[str] | None

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
    return Reach({name: address for name, address, *_ in rows}, consents)
