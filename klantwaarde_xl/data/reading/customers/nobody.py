"""Customers who are nobody: words and addresses that shops fill in where they do not know who bought."""

from __future__ import annotations

import re

from klantwaarde_xl.data.reading.cells.contents import SAMPLE
from klantwaarde_xl.data.reading.customers.accounts import is_by_card, is_of_a_company
from klantwaarde_xl.data.reading.customers.named_customers import name_places
from klantwaarde_xl.data.reading.customers.own_account import is_iban, is_number_of_account, is_of_a_bank
from klantwaarde_xl.data.reading.export import Export, cell_of
from klantwaarde_xl.data.reading.naming.headers import as_option, forms, plain
from klantwaarde_xl.data.reading.naming.words import CODES
from klantwaarde_xl.data.reading.sources.engine import make_table, sql_texts
from klantwaarde_xl.dutch import format_number
from klantwaarde_xl.errors import Ambiguous, UsageError

# What shops write where there is no customer
GUESTS = (
    "gast", "gastklant", "gastbestelling", "guest", "guest customer", "guest user", "anoniem", "anonymous",
    "anonieme klant", "geen klant", "zonder account", "onbekend", "unknown", "n/a", "#n/a", "nan", "null",
    "none", "-", "--", "kassaklant", "passant", "passanten", "losse verkoop", "balieklant", "toonbankklant",
    "contante klant", "walk-in", "walk-in customer", "walkin", "n.v.t.", "nvt", "n.v.t", "laufkunde",
    ".", "..", "...", "?", "??", "???", "*", "/", "0", "00", "000", "0000", "00000", "000000",
)  # fmt: skip
_TILLS = "kassa|balie|toonbank|till|pos|counter|kasse|caisse"
_KINDS = (
    f"{_TILLS}|winkel|los|losse|contante?|cash|default|unknown|anonymous|walk[ -]?in|guest|dummy|generic|"
)
_KINDS += (
    "retail|standaard|standard|store|onbekende?|anonieme?|eenmalige|particuliere|diverse|algemene|passanten"
)
_BUYERS = "verkoop|verkopen|klant|klanten|debiteur|debiteuren|consument|consumenten|relatie|sale|sales|"
_BUYERS += "customer|customers|client|user|buyer|account"
_OTHERS = """contant contanten cash diversen particulier particulieren consument consumenten voorbijganger
    not.logged.in niet.ingelogd barverkauf diverse.kunden client.comptoir client.de.passage
    vente.comptoir baliek+lant"""
_WORDS = f"(({_TILLS})[ #-]*[0-9]*|({_KINDS})[ -]?({_BUYERS})|{'|'.join(_OTHERS.split())})"
# Addresses at which nobody reads, or that were made up to fill in a field
_AT_MAILS = (
    "no[-_.]?reply|do[-_.]?not[-_.]?reply|niet[-_.]?(be)?antwoorden|guests?|gast(en)?|anoniem|anonymous|unknown|"
    f"onbekend|geen|none|no|no[-_.]?e?-?mail|geen[-_.]?e?-?mail|walk-?in|passant|{_TILLS}"
)
MAILS_OF_NOBODY = rf"({_AT_MAILS})@\S+"
# How each of these begins, which is sooner looked at
_FIRST = {word[:2] for word in "|".join([_TILLS, _KINDS, *_OTHERS.split(), _AT_MAILS]).split("|")}
# Names of a shop or a channel, addresses of an office and filled in numbers: these can be somebody as well
_MAY_BE = re.compile(
    r"webshop|web|online|internet|shop|store|winkel|verkoop|overig(en|e klanten)?|klant(en)?|customers?"
    r"|debiteur(en)?|bol(\.com)?|amazon(\.nl|\.de|\.com)?|marktplaats|ebay|etsy|zalando|thuisbezorgd(\.nl)?"
    r"|uber ?eats|deliveroo|9{4,}|(info|test(er|en)?|shop|winkel|webshop|verkoop|sales|orders?"
    r"|bestelling(en)?|admin|administratie|support|service|klantenservice|receptie|reception|office|kantoor|facturen|factuur|invoices?)@\S+"
)
_FEWEST, _SHARE = 3, 0.1  # orders that such a one has, and its share of all, before it is asked about
_ALL = 5  # rows with one address and no other
_SHOWN = 5


def mark_nobody(export: Export, *more: str) -> None:
    """Leave the customer of rows empty whose customer is nobody by its word, or as the user says; say so.

    more: texts that are nobody in this export too. Table customers has how many rows each customer has.
    Raises `Ambiguous` for a word or an address with many orders that may be somebody.
    """
    customer = export.text("klant")
    words = frozenset((*GUESTS, *more, *(one.casefold() for one in export.reading.nobody)))
    marks = sql_texts(sorted(words))
    may_be = export.may_be_a_customer(lambda name: name in words or name[:2] in _FIRST)
    named_so = _named_so(export, marks)
    found = []
    if may_be or named_so:
        export.con.execute(f"""
            create or replace temp table nobody as
            select k, n from customers where k <> '' and ({_is_nobody("k", marks)})""")
        if named_so:
            export.con.execute(f"insert into nobody {named_so}")
        found = export.rows("select k, n from nobody order by n desc, k")
    _ask(export, {name for name, _ in found})
    _refuse_unknown(export)
    if not found:
        return
    nobody = f"{customer} in (select k from nobody)"
    make_table(export.con, "raw", f"select * replace (if({nobody}, '', {customer}) as {customer}) from raw")
    shown = ", ".join(f"{name!r} ({format_number(count, 0)})" for name, count in found[:_SHOWN])
    rest = " en andere" if len(found) > _SHOWN else ""
    export.say("klant", f"{shown}{rest} in {export.header('klant')} is niemand: wel omzet, geen klant")


def _is_nobody(name: str, marks: str) -> str:
    """The SQL that says of a name that it is nobody's."""
    begins = f"lower(left({name}, 2)) in ({', '.join(map(repr, sorted(_FIRST)))})"
    return f"""lower({name}) in ({marks}) or ({begins} and (regexp_full_match(lower({name}), '{_WORDS}')
        or (contains({name}, '@') and regexp_full_match(lower({name}), '{MAILS_OF_NOBODY}'))))"""


def _named_so(export: Export, marks: str) -> str:
    """The query for the numbers of customers whose name beside them is nobody's on every row; empty for none.

    It leaves out who is in table nobody.
    """
    places = name_places(export) if set(forms(export.headers[export.places["klant"]])) & set(CODES) else []
    if len(places) != 1:
        return ""
    name, customer = cell_of(places[0]), export.shown("klant")
    some = f"(from lines where rij > {export.header_row} limit {SAMPLE})"
    if not export.rows(f"select 1 from {some} where {_is_nobody(name, marks)} limit 1"):
        return ""
    return f"""select k, n from customers
        where k <> '' and not contains(k, '@') and k not in (select k from nobody) and k in (
          select {customer} from raw join lines using (rij) group by 1
          having bool_and({name} <> '' and ({_is_nobody(name, marks)})))"""


def _refuse_unknown(export: Export) -> None:
    """Raise `UsageError` for a name that no customer has, where the user gives it now."""
    before = export.earlier.reading.nobody if export.earlier else ()
    for name in (one for one in export.reading.nobody if one not in before):
        if not export.rows("select 1 from customers where lower(k) = lower($name) limit 1", {"name": name}):
            raise UsageError(
                f"Met --niemand {name!r} is er geen klant die zo heet.",
                where=f"kolom {export.header('klant')}",
                remedy="Typ de naam zoals zij in die kolom staat.",
            )


def _ask(export: Export, nobody: set[str]) -> None:
    if "klant" in export.named:
        return
    _ask_own(export)
    if not export.may_be_a_customer(_MAY_BE.fullmatch):
        return
    rows = export.count("select sum(n) from customers")
    many = export.rows(
        f"select k, n from customers where k <> '' and n >= {max(_FEWEST, _SHARE * rows)} order by n desc, k"
    )
    asked = [
        (name, count) for name, count in many if name not in nobody and _MAY_BE.fullmatch(name.casefold())
    ]
    if not asked or len(asked) == export.count("select count(*) from customers where k <> ''"):
        return
    shown = ", ".join(f"{name!r} ({format_number(count, 0)})" for name, count in asked)
    names = ",".join(name for name, _ in asked)
    raise Ambiguous(
        f"In {export.header('klant')} staat bij veel van de {format_number(rows, 0)} rijen {shown}: is dat "
        "één klant, of staat het er als niet bekend is wie er kocht?",
        remedy=f'Is het niemand: --niemand "{names}". Is het een klant: '
        f"{as_option(export.headers, 'klant', export.places['klant'])}.",
    )


def _ask_own(export: Export) -> None:
    """Raise `Ambiguous` for one address, or one account, on all rows: of who made the export, as a rule."""
    place = export.places["klant"]
    if export.customers is not None and len(export.customers) != 1:
        return
    seen = export.rows("select k, n from customers limit 2")
    if len(seen) != 1 or not seen[0][0]:
        return
    (own, rows), of_account = seen[0], is_number_of_account(plain(export.headers[place]))
    sooner = of_account or (is_by_card(export) and is_of_a_company([own]))
    least = _FEWEST if sooner else _ALL
    if of_account and (is_iban(own) or is_of_a_bank([plain(header) for header in export.headers])):
        least = 1
    if rows < least or not (of_account or re.fullmatch(r"\S+@\S+", own)):
        return
    what = "dezelfde rekening" if of_account else "hetzelfde adres"
    where = f"alle {format_number(rows, 0)} rijen" if rows > 1 else "de enige rij"
    what = what if rows > 1 else "een rekening"
    names = [at for at in name_places(export) if len(export.sample.column(at).distinct) > 1]
    other, named = "lees dan", " Staat de klant in een andere kolom, zet die dan achter het =."
    if len(names) == 1:
        named = ""
        other = f"dan kan dit de klant zijn: {as_option(export.headers, 'klant', names[0])}. Of lees"
    raise Ambiguous(
        f"In {export.header('klant')} staat op {where} {what} ({own}): is dat de "
        "enige klant, of de winkel zelf?",
        where=f"kolom {export.header('klant')}",
        remedy=f"Is het de winkel, {other} alleen de omzet: "
        f"{as_option(export.headers, 'klant', None)}. Is het de enige klant: "
        f"{as_option(export.headers, 'klant', place)}.{named}",
    )
