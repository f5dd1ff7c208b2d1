"""An account or a user may be a customer, and also a till, a member of staff, or an account of the books."""

from __future__ import annotations

import re

from klantwaarde_xl.data.reading.export import Export
from klantwaarde_xl.data.reading.headers import ABSENT, as_option, plain
from klantwaarde_xl.dutch import format_number
from klantwaarde_xl.errors import Ambiguous

_HEADERS = frozenset(
    ["account", "accountnaam", "accountname", "user", "username", "gebruiker", "gebruikersnaam"]
)
_TILL = re.compile(
    "(kassa|till|register|pos|terminal|balie|toonbank|counter|kasse|caisse|pin(automaat)?|ipad|tablet)"
    "[ _#-]*[0-9a-z]{0,3}"
)
_LEDGER = re.compile(
    r"[0-9]{3,5}[ .:_-]+\D.*|omzet.*|debiteuren|crediteuren|kas|bank|giro|revenue.*|sales.*|"
    "accounts? receivable|(rabo|ing|abn|knab|bunq|triodos|asn|sns).*|paypal|stripe|mollie|adyen|cash|"
    "contant(en)?|zakelijke rekening|betaalrekening|spaarrekening|nl[0-9]{2}[a-z]{4}[0-9]{10}"
)
_STAFF = re.compile(
    "admin(istrator)?|beheer(der)?|verkoper.*|verkoop.*|medewerker.*|manager.*|staff.*|employee.*|cashier.*|"
    "kassamedewerker.*|owner|eigenaar|shop.?manager|api|system|systeem"
)
_PUBLIC = re.compile(
    "gmail|hotmail|outlook|live|yahoo|icloud|ziggo|kpn|xs4all|planet|hetnet|home|proton|me|casema"
)
_MOSTLY, _FEW, _MANY, _SHOWN = 0.5, 5, 50, 3


def ask_accounts_of_staff(export: Export) -> None:
    """Raise `Ambiguous` for accounts or users that look like tills, staff or accounts of the books."""
    if not export.has("klant") or "klant" in export.named:
        return
    header = export.headers[export.places["klant"]].strip()
    if plain(header) not in _HEADERS:
        return
    customer = export.shown("klant")
    seen = export.rows(f"""select {customer}, count(*) from raw where {customer} <> ''
        group by 1 order by 2 desc, 1 limit {_MANY}""")
    names = [name.casefold() for name, _ in seen]
    rows = sum(count for _, count in seen)
    known = sum(any(one.fullmatch(name) for one in (_TILL, _LEDGER, _STAFF)) for name in names)
    few = len(names) <= _FEW and rows >= _MANY
    if not names or not (known > _MOSTLY * len(names) or few or _is_one_office(names, rows)):
        return
    shown = ", ".join(f"{name} ({format_number(count, 0)})" for name, count in seen[:_SHOWN])
    raise Ambiguous(
        f"Kolom {header!r} kan de klant zijn, en ook de kassa, de medewerker of de rekening: {shown}.",
        remedy=f"Is het de klant: {as_option(export.headers, 'klant', export.places['klant'])}. Zo niet, zet "
        f"de kolom van de klant achter het =; is er geen: --kolommen klant={ABSENT}.",
    )


def _is_one_office(names: list[str], rows: int) -> bool:
    """Whether all are addresses at one domain, that of no provider, and come again."""
    domains = {name.partition("@")[2] for name in names}
    domain = next(iter(domains), "")
    return len(domains) == 1 and bool(domain) and rows > len(names) and not _PUBLIC.match(domain)
