"""Rows of a balance, or of the till itself: `Beginsaldo 2025`, `Kasverschil`. They are nobody's, no sale."""

from __future__ import annotations

import re

from klantwaarde_xl.data.reading.export import Export, cell_of
from klantwaarde_xl.data.reading.naming.headers import plain
from klantwaarde_xl.data.reading.questions.choices import rows_option
from klantwaarde_xl.data.reading.sources.engine import sql_texts
from klantwaarde_xl.dutch import format_number
from klantwaarde_xl.errors import Ambiguous

_WHICH_WORDS = """
    begin eind openings? open slot start closing opening starting ending beginning kas bank nieuwe? oude?
    vorige? resterende? overgedragen huidige? actuele? lopende? initial final anfangs schluss"""
_WHICH = "|".join(_WHICH_WORDS.split())
# A balance is called so, with a word before it or a day behind it (a blank as a point); a company may be
# called `Balans`
_BALANCES = rf"""
    (?:{_WHICH})[\s-]*(?:saldo|saldi|balance|bestand|stand) (?:begin|eind|openings?|slot|start)[\s-]*balans
    saldo[\s:]+(?:per|op|van|vorige?|nieuwe?|oude?|begin|eind|kas|bank|boekjaar|[0-9]).*
    saldovortrag er[oö]ffnungs(?:saldo|bilanz|bestand) balans.per.* report.[aà].nouveau
    solde.(?:initial|final|d.ouverture|report[eé]|de.cl[oô]ture) balance.(?:brought|carried).forward"""
# Money that a till or a bank has more or less, or that goes from one to the other
_OF_A_TILL = r"""
    (?:kas|bank|cash|kassen)[\s-]*(?:verschil(?:len)?|correctie|differen(?:ce|z|tie)|adjustment)
    (?:kas|bank)[\s-]*(?:afdracht|afroming|telling|opname|storting) correctie.(?:kas|bank|saldo)
    afronding(?:s?verschil(?:len)?|en)? betalingsverschil(?:len)? rundungsdifferenz
    rounding(?:.difference|.adjustment)? afstorting(?:.bank|.kas)? wisselgeld kruisposten
    priv[eé][\s-]*(?:opname|storting) (?:opname|storting).(?:kas|bank|priv[eé])"""
_NO_SALE = rf"(?:{'|'.join((_BALANCES + _OF_A_TILL).split())})(?:[\s:(,-].*)?"
# Of whoever stands beside it: what a customer owed before, or still owes
_OF_SOMEBODY = (
    r"(?:begin|eind|openings?|slot|start|closing|opening|starting|ending|beginning)[\s-]*(?:saldo|balans|balance)"
    r"(?:\W+(?:per|op|at|on|jaar|boekjaar))?[\s0-9:./()-]*"
)
# May be of a sale too, as the money of an invoice that was wrong
_MAY_BE = (
    "correctie(?:s|boeking(?:en)?)?|correction|adjustment|korrektur|memoriaal(?:boeking(?:en)?)?|journaalpost"
)
# How each begins, which is sooner looked at than the whole
_OTHERS = """
    saldo solde report balance balans cash kassen correctie correction afronding betaling rundung rounding
    afstorting wissel kruis privé opname storting korrektur adjustment memoriaal journaal er"""
_FIRST = sorted({word[:2] for word in (_WHICH_WORDS + _OTHERS).split()})
_DESCRIBES = re.compile(
    "omschrijving|beschrijving|description|mededeling|memo|tekst|text|boeking|naam|name|relatie"
)
_ENDS = 200  # rows at either end of a file: a balance stands first or last
_REASON = "een saldo of een boeking van de kas, geen verkoop"


def leave_out_balances(export: Export) -> None:
    """Leave out rows whose customer is a balance or a till's own money, or whose words say so beside none.

    What a customer owed before, or owes, is none of his orders either. Raises `Ambiguous` for a customer
    that is called a correction. Table customers has all of them.
    """
    told = {plain(header) for header, _ in export.reading.by_user}
    if export.has("klant"):
        _by_customer(export, told)
    nobody = f"{export.text('klant')} = ''" if export.has("klant") else "true"
    for place in _describing(export, told):
        cell = f"lower({cell_of(place)})"
        rows = f"""select rij from raw join lines using (rij)
            where regexp_full_match({cell}, '{_NO_SALE}')
            and ({nobody} or regexp_full_match({cell}, '{_OF_SOMEBODY}'))"""
        _leave_out(export, rows, export.headers[place].strip())


def _by_customer(export: Export, told: set[str]) -> None:
    text, header = export.text("klant"), export.headers[export.places["klant"]].strip()
    if plain(header) in told:
        return
    if not export.may_be_a_customer(_begins):
        return
    begins = f"lower(left(k, 2)) in ({', '.join(map(repr, _FIRST))})"
    seen = export.rows(f"""
        with seen as (from customers where {begins})
        select k, n, regexp_full_match(lower(k), '{_NO_SALE}') as certain from seen
        where certain or regexp_full_match(lower(k), '{_MAY_BE}') order by n desc, k""")
    if names := [name for name, _, certain in seen if certain]:
        these = sql_texts(names)
        _leave_out(export, f"select rij from raw where {text} in ({these})", header)
    _ask_corrections(export, header, [(name, count) for name, count, certain in seen if not certain])


def _begins(text: str) -> bool:
    """Whether a text in small letters begins as a balance does."""
    return text[:2] in _FIRST


def _leave_out(export: Export, rows: str, header: str) -> None:
    if export.count(f"select count(*) from ({rows})") < export.count("select count(*) from raw"):
        export.leave_out(rows, f'{_REASON} (telt het toch: --alleen "{header}=*")')


def _describing(export: Export, told: set[str]) -> list[int]:
    """The columns of words in which a row at an end of the file is called so; told: those the user names."""
    free = [
        at
        for at, header in enumerate(export.headers)
        if at not in export.places.values() and plain(header) not in told and _DESCRIBES.search(plain(header))
        and export.sample.may_hold(at, _begins)
    ]  # fmt: skip
    if not free:
        return []
    found = []
    low, high = export.rows("select min(rij), max(rij) from raw")[0]
    for at in free if low is not None else ():
        cell = f"lower({cell_of(at)})"
        ends = f"rij between {low} and {high} and (rij < {low + _ENDS} or rij > {high - _ENDS})"
        if export.rows(
            f"select 1 from lines where {ends} and regexp_full_match({cell}, '{_NO_SALE}') limit 1"
        ):
            found.append(at)
    return found


def _ask_corrections(export: Export, header: str, seen: list[tuple[str, int]]) -> None:
    said = {name.casefold() for name in export.reading.nobody}
    found = [(name, n) for name, n in seen if name.casefold() not in said]
    if not found or "klant" in export.named:
        return
    shown = ", ".join(f"{name!r} ({format_number(n, 0)})" for name, n in found)
    without = " ".join(rows_option("--zonder", header, name) for name, _ in found)
    raise Ambiguous(
        f"In kolom {header!r} staat {shown}: zo te zien geen klant, maar een boeking.",
        remedy=f"Is het geen omzet: {without}. Hoort het bij de omzet, van niemand: --niemand "
        f'"{",".join(name for name, _ in found)}".',
    )
