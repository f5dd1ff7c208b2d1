"""A column with the side of an entry or of an account that each row is on: which of them is sold is asked."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from klantwaarde_xl.data.reading.cells.looks import BELOW
from klantwaarde_xl.data.reading.customers.own_account import is_of_a_bank
from klantwaarde_xl.data.reading.export import Export, cell_of
from klantwaarde_xl.data.reading.kinds.ledger_accounts import chose_revenue
from klantwaarde_xl.data.reading.kinds.taken_off import OF_KINDS, is_paid_back
from klantwaarde_xl.data.reading.naming.headers import plain
from klantwaarde_xl.data.reading.questions.choices import rows_option
from klantwaarde_xl.data.reading.sources.engine import sql_texts
from klantwaarde_xl.dutch import format_number
from klantwaarde_xl.errors import Ambiguous

# What stands against what: debit and credit, and what goes out of an account and comes in
_ENTRIES = ("d c", "debet credit", "debit credit", "dr cr", "dbit crdt", "s h", "soll haben", "deb cre")
_ACCOUNTS = (
    "af bij",
    "uit in",
    "out in",
    "- +",
    "uitgaven inkomsten",
    "uitgave ontvangst",
    "uitgave inkomst",
)
_PAIRS = {frozenset(pair.split()): tuple(pair.split()) for pair in (*_ENTRIES, *_ACCOUNTS)}
# Words that are of nothing else, under whatever header that is not one of cards and ways of paying
_SURE = frozenset(["debet", "dbit", "crdt", "soll", "haben", "af", "bij"])
_HEADER = re.compile(
    "d?c|cd|s?h|(umsatz|betrag)?s(oll)?(und|oder)?h(aben)?(kennzeichen|kennung|kz)?|(d(ebet|ebit)?|c(redit)?)(of|or)?(d(ebet|ebit)?|c(redit)?)|(dc|debitcredit|creditdebit|cdtdbt)"
    "(ind|indicator|code|kenmerk|teken)|(af|bij|in|uit|out){2}|teken|sign|richting|direction|(boek)?(kant|zijde)"
    "|side|(.*(mutatie|boeking|transactie|transaction))?(type|soort)"
)
# Of a kind: sold, or an invoice or order, beside returned, or credit
_LETTERS = tuple({sold, back} for sold in "vsfio" for back in "rc")
_ENOUGH_AGAIN = 5  # customers with more than one row
_NO_SIDES = re.compile("card|kaart|funding|method|betaalw|merk|brand")
# Beside one of these debit is what a customer owes
_OF_SALES = re.compile("factuur|invoice|debiteur|debtor|rechnung|facture|verkoop")


def ask_sides(export: Export) -> None:
    """Raise `Ambiguous` where a column has both sides and nothing else: what is sold can be either.

    Not where the user chose kinds of rows and what goes out has a minus: then the kinds say what it is.
    """
    by_user = {plain(header) for header, _ in export.reading.by_user}
    chosen = not by_user.isdisjoint(OF_KINDS)
    rows = export.sample.first
    for place, header in enumerate(export.headers):
        first = {row[place].casefold() for row in rows} - {""}
        if (
            first
            and any(first <= pair for pair in _PAIRS)
            and plain(header) not in by_user
            and place not in export.places.values()
        ):
            _ask(export, place, chosen=chosen)


def side_column(export: Export) -> tuple[str, str, str] | None:
    """The column that says of each row whether it is debit or credit, and its words for these; or None."""
    rows = export.sample.first
    for place, header in enumerate(export.headers):
        texts = {row[place].strip(): 1 for row in rows if row[place].strip()}
        found = sides_in(header, texts) if place not in export.places.values() else None
        if found and " ".join(found).casefold() in _ENTRIES:
            return header.strip(), *found
    return None


def are_off(export: Export, cell: str, words: Sequence[str]) -> bool:
    """Whether every row with one of these words has an amount with a minus, or none."""
    if not export.has("bedrag"):
        return False
    these = sql_texts(words)
    amount = export.shown("bedrag")
    less, more = export.rows(f"""
        select count(*) filter (less), count(*) filter (not less and regexp_matches(amount, '[1-9]'))
        from (select {amount} as amount, regexp_matches({amount}, '{BELOW}') as less
              from raw join lines using (rij) where {cell} in ({these}))""")[0]
    return bool(less) and not more


def are_below(export: Export) -> bool:
    """Whether any amount has a minus, in whatever way."""
    if not export.has("bedrag"):
        return False
    return bool(export.rows(
        f"select 1 from raw where regexp_matches({export.shown('bedrag')}, '{BELOW}') limit 1"
    ))  # fmt: skip


def goes_back(word: str, words: Sequence[str]) -> bool:
    """Whether rows of a kind are money paid back: by its word, or the letter of credit and none of debit."""
    letters = {one.casefold() for one in words}
    return is_paid_back(word) or (word.casefold() == "c" and "d" not in letters)


def letters_of_sides(export: Export, cell: str, words: Sequence[str]) -> list[str]:
    """Of a column of kinds the letter of credit, and of debit beside it; not of classes A, B, C.

    Nor where every customer who comes again has one letter: then it says who he is. cell: its SQL.
    """
    letters = {word.casefold(): word for word in words}
    if "c" not in letters or {"a", "b"} <= letters.keys() or _says_who(export, cell):
        return []
    return [letters[letter] for letter in ("c", "d") if letter in letters]


def ask_letters(export: Export, header: str, cell: str, words: Sequence[str]) -> None:
    """Raise `Ambiguous` for the letter of a sale beside that of a return or a credit note without a minus."""
    if {word.casefold() for word in words} not in _LETTERS:
        return
    back, sold = sorted(words, key=lambda word: word.casefold() not in "rc")
    if are_off(export, cell, [back]) or _says_who(export, cell):
        return
    what = "een retour" if back.casefold() == "r" else "een creditnota"
    raise Ambiguous(
        f"Kolom {header!r} heeft alleen de letters {sold} en {back}: is {back} {what}?",
        where=f"kolom {header}",
        remedy=f"Gaat {back} van de omzet af: {rows_option('--retour', header, back)}. Telt {back} niet: "
        f"{rows_option('--alleen', header, sold)}. Is elke rij een verkoop: "
        f"{rows_option('--alleen', header, sold, back)}.",
    )


def _says_who(export: Export, cell: str) -> bool:
    """Whether every customer who comes again has one letter: then it says who he is."""
    if export.has("klant"):
        again, one = export.rows(
            f"""select count(*), count(*) filter (kinds = 1) from (
                  select count(distinct {cell}) as kinds from raw join lines using (rij)
                  where {export.shown("klant")} <> '' group by {export.shown("klant")} having count(*) > 1)"""
        )[0]
        return bool(again >= _ENOUGH_AGAIN and again == one)
    return False


def _ask(export: Export, place: int, *, chosen: bool) -> None:
    cell, header = cell_of(place), export.headers[place].strip()
    seen = dict(
        export.rows(f"""select {cell}, count(*) from raw join lines using (rij) where {cell} <> ''
            group by 1 order by 2 desc, 1 limit 5""")
    )
    sides = sides_in(header, seen)
    if chosen and sides and are_off(export, cell, sides[:1]):
        return
    if not header and frozenset(text.casefold() for text in seen) in _PAIRS:
        raise Ambiguous(
            f"Een kolom zonder kop zegt van elke rij aan welke kant zij staat: {', '.join(seen)}.",
            where=f"kolom {place + 1}",
            remedy="Zet boven die kolom een kop, zoals D/C, en lees het bestand opnieuw: dan is te zeggen "
            "welke kant telt.",
        )
    if sides is None:
        return
    out, come = sides
    if f"{out} {come}".casefold() in _ENTRIES and chose_revenue(export):
        export.credits.append((cell, (out,), header))
        return
    of_a_bank = is_of_a_bank([plain(one) for one in export.headers])
    if f"{out} {come}".casefold() in _ENTRIES and not (of_a_bank and not _are_invoices(export)):
        raise _of_an_entry(export, header, seen, out, come)
    shown = ", ".join(f"{word} ({format_number(count, 0)})" for word, count in seen.items())
    raise Ambiguous(
        f"Kolom {header!r} zegt welke rijen binnenkwamen, en welke eruit gingen: {shown}.",
        where=f"kolom {header}",
        remedy=f'Telt alleen wat binnenkwam: --alleen "{header}={come}". Gaat de rest van de omzet af, als '
        f'terugbetaald: --retour "{header}={out}".',
    )


def sides_in(header: str, texts: Mapping[str, int]) -> tuple[str, str] | None:
    """The words of a column for its two sides, debit or out first; None where it has no such sides."""
    words = {text.casefold().strip(): text for text in texts}
    pair = _PAIRS.get(frozenset(words))
    if pair is None or len(words) != len(texts) or _NO_SIDES.search(plain(header)):
        return None
    if (
        _SURE.isdisjoint(words)
        and header.strip() not in ("+/-", "-/+")
        and not _HEADER.fullmatch(plain(header))
    ):
        return None
    return words[pair[0]], words[pair[1]]


def _are_invoices(export: Export) -> bool:
    return any(_OF_SALES.search(plain(one)) for one in export.headers)


def _of_an_entry(export: Export, header: str, seen: Mapping[str, int], debit: str, credit: str) -> Ambiguous:
    """The question; first what holds of most: invoices, by a header or because most rows are debit."""
    shown = ", ".join(f"{word} ({format_number(count, 0)})" for word, count in seen.items())
    sold = (
        f'zijn het facturen ({debit} is verkocht, {credit} een creditnota): --retour "{header}={credit}", '
        f'of, als {credit} een betaling is, --alleen "{header}={debit}"'
    )
    received = (
        f'is het een rekening van bank of omzet ({credit} is ontvangen): --retour "{header}={debit}", of, '
        f'als {debit} niet telt, --alleen "{header}={credit}"'
    )
    invoices = _are_invoices(export) or 2 * seen[debit] > sum(seen.values())
    first, second = (sold, received) if invoices else (received, sold)
    return Ambiguous(
        f"Kolom {header!r} zegt aan welke kant van een boeking elke rij staat: {shown}.",
        where=f"kolom {header}",
        remedy=f"{first[:1].upper()}{first[1:]}; {second}.",
    )
