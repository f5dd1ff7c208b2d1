"""An account or a user may be a customer, and also a till, a member of staff, or an account of the books."""

from __future__ import annotations

import re

from klantwaarde_xl.data.reading.export import Export
from klantwaarde_xl.data.reading.naming.headers import as_option, plain
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
    "contant(en)?|zakelijke rekening|betaalrekening|spaarrekening|nl[0-9]{2}[a-z]{4}[0-9]{10}|"
    "((other|sales|service) )?income.*|(business )?(checking|savings)( account)?|petty cash|"
    "undeposited funds|accounts? payable|cost of (goods|sales).*|(operating )?expenses?.*|"
    "inventory( asset)?|(assets|liabilities|equity)[: ].*"
)
_STAFF = re.compile(
    "admin(istrator)?|beheer(der)?|verkoper.*|verkoop.*|medewerker.*|manager.*|staff.*|employee.*|cashier.*|"
    "kassamedewerker.*|owner|eigenaar|shop.?manager|api|system|systeem"
)
# Above the address of whoever is meant: of who bought, or of nobody in particular
_MAILS = frozenset(["email", "emailadres", "emailaddress", "mail", "mailadres", "emails"])
# What an export of a till, or of a card reader, has beside it
_BY_CARD = re.compile(
    "fooi|tip|tips|tipamount|kaarttype|cardtype|cardbrand|(laatste|last)4?(cijfers|digits)?4?|procesmethode|"
    "entrymode|autorisatiecode|authcode|terminal(id|nr|nummer)?|kassa(nr|nummer|naam)?|register|"
    "bonnr|bonnummer|receiptnumber|receiptno"
)
_PROVIDERS = """
    gmail googlemail hotmail outlook live msn yahoo ymail aol icloud me mac proton protonmail pm gmx web mail
    fastmail zoho t-online freenet orange free laposte wanadoo sfr ziggo kpn kpnmail kpnplanet planet hetnet
    home xs4all casema quicknet chello upcmail upc tele2 telfort zonnet caiway solcon online hccnet tiscali
    freedom telenet skynet proximus scarlet delta zeelandnet versatel freeler example privaterelay"""
_PUBLIC = frozenset(_PROVIDERS.split())
_OFTEN, _OFFICE = 3, 20  # rows of each address, and addresses of one office
_MOSTLY, _FEW, _MANY, _SHOWN = 0.5, 5, 50, 3


def ask_accounts_of_staff(export: Export) -> None:
    """Raise `Ambiguous` for accounts or users that look like tills, staff or accounts of the books.

    Of a column that just says e-mail those are a few addresses of one company, each with many rows.
    """
    if not export.has("klant") or "klant" in export.named:
        return
    header = export.headers[export.places["klant"]].strip()
    of_mails = plain(header) in _MAILS
    if plain(header) not in _HEADERS and not of_mails:
        return
    customer = export.shown("klant")
    times = "count(*)"
    if of_mails and export.has("order"):  # of an order each line has the address of who bought
        times = f"count(distinct {export.shown('order')})"
    seen = export.rows(f"""select {customer}, {times} from raw where {customer} <> ''
        group by 1 order by 2 desc, 1 limit {_MANY}""")
    names = [name.casefold() for name, _ in seen]
    rows = sum(count for _, count in seen)
    if of_mails:
        _ask_office(export, seen)
        return
    known = sum(any(one.fullmatch(name) for one in (_TILL, _LEDGER, _STAFF)) for name in names)
    few = len(names) <= _FEW and rows >= _MANY
    one_office = is_of_a_company(names) and rows > len(names)
    if not names or not (known > _MOSTLY * len(names) or few or one_office):
        return
    shown = ", ".join(f"{name} ({format_number(count, 0)})" for name, count in seen[:_SHOWN])
    is_it, none = (as_option(export.headers, "klant", place) for place in (export.places["klant"], None))
    of_books = sum(_LEDGER.fullmatch(name) is not None for name in names) > _MOSTLY * len(names)
    of_seller = len(names) == 1  # all rows have the one account: that of who sells
    raise Ambiguous(
        f"Kolom {header!r} kan de klant zijn, en ook de kassa, de medewerker of de rekening: {shown}.",
        remedy=f"Zijn het rekeningen van de boekhouding: {none} (of zet de kolom van de klant achter het =). "
        f"Is het de klant: {is_it}."
        if of_books
        else f"Is het uw eigen account: {none} (of zet de kolom van de klant achter het =). "
        f"Is het de klant: {is_it}."
        if of_seller
        else f"Is het de klant: {is_it}. Zo niet, zet de kolom van de klant achter het =; is er geen: "
        f"{none}.",
    )


def _ask_office(export: Export, seen: list[tuple[str, int]]) -> None:
    """Raise for the addresses of the staff of one company, of which each has sold more than once."""
    names, rows = [name for name, _ in seen], sum(count for _, count in seen)
    if not 1 < len(names) <= _OFFICE or not is_of_a_company(names):
        return
    often = rows >= _OFTEN * len(names) and min(count for _, count in seen) > 1
    if not often and not (rows > len(names) and is_by_card(export)):
        return
    shown = ", ".join(f"{name} ({format_number(count, 0)})" for name, count in seen[:_SHOWN])
    header, place = export.header("klant"), export.places["klant"]
    raise Ambiguous(
        f"In {header} staan alleen adressen van één bedrijf: {shown}. Dat kan de klant zijn, en ook wie er "
        "afrekende.",
        where=f"kolom {header}",
        remedy="Zijn het de medewerkers van de winkel, lees dan alleen de omzet: "
        f"{as_option(export.headers, 'klant', None)} (of zet de kolom van de klant achter het =). Zijn het "
        f"de klanten: {as_option(export.headers, 'klant', place)}.",
    )


def is_by_card(export: Export) -> bool:
    """Whether a column says that a till or a card reader made the export, which knows no customers."""
    return any(_BY_CARD.fullmatch(plain(header)) for header in export.headers)


def is_of_a_company(addresses: list[str]) -> bool:
    """Whether all are addresses at one domain, that of no provider of mail."""
    domains = {address.casefold().partition("@")[2] for address in addresses}
    domain = next(iter(domains), "")
    return len(domains) == 1 and bool(domain) and _PUBLIC.isdisjoint(domain.split(".")[:-1])
