"""Credit notes without a minus, known by nothing but their number, a code or a line of text: asked about.

`CN2024007` among `F2024001` and a description `Retour order 12` say that money went back. So may the
number of another channel, or what was sold; only the user knows.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import partial

from klantwaarde_xl.data.reading.cells.contents import SAMPLE
from klantwaarde_xl.data.reading.cells.yes_or_no import NO, YES
from klantwaarde_xl.data.reading.customers.own_account import says_money_in
from klantwaarde_xl.data.reading.export import Export, cell_of
from klantwaarde_xl.data.reading.kinds.credit_codes import CREDIT_CODES, credit_codes
from klantwaarde_xl.data.reading.kinds.fates import Fate
from klantwaarde_xl.data.reading.kinds.patterns import patterns_of, start_of
from klantwaarde_xl.data.reading.kinds.taken_off import was_the_sale
from klantwaarde_xl.data.reading.naming.headers import plain
from klantwaarde_xl.data.reading.naming.words import OF_AN_ARTICLE
from klantwaarde_xl.data.reading.questions.choices import ANYTHING, rows_option
from klantwaarde_xl.data.reading.sources.engine import sql_texts, stands
from klantwaarde_xl.data.reading.sources.marked import MARK
from klantwaarde_xl.dutch import format_number, format_rows
from klantwaarde_xl.errors import Ambiguous

# Letters in a number that are of a credit note only where an amount says so too
_WEAK = "C CF KF R AV ST SR RE REF RMA K N"
# Plain headers above numbers of orders and documents, and those above numbers of something else
_OF_PAPERS = re.compile(
    "(order|bestel|bestelling|factuur|invoice|document|boekstuk|bon|receipt|rechnungs?|beleg|auftrags?|facture|"
    "commande|transactie|transaction|verkoop|sales?|creditnota)?(nr|nummer|number|num|no|id|code|ref|referentie|"
    "reference|name|naam)|kenmerk|factuur|invoice|document|boekstuk|bon|receipt|beleg|order|bestelling"
)
_OF_OTHERS = frozenset(["naam", "name", "code"])  # alone these are of somebody, or of a thing
# Above a code of what each row is
_OF_CODES = re.compile(
    "type$|typ$|soort$|kind$|code$|cat(egorie|egory)?$|dagboek|journa(?:a)?l$|reeks$|serie$|boekstuk"
)
_MOST_CODES = 12
_MOST_FORMS = 6  # of numbers with other letters; those of a service are any letters
# A line of text that says it, alone or with what it is of
_OF_TEXT = re.compile(
    "omschrijving|description|beschrijving|memo|^notes?$|notitie|opmerking|betreft|onderwerp|subject|mededeling|"
    "toelichting|titel$|title$|kenmerk|referen|reference|bemerkung|verwendungszweck|beschreibung|libelle|"
    "remark|comment|details?$|reden$|^tekst$|^text$|^product|^artikel|^item(name)?$"
)
_BACK = (
    "(?:retour|retoure|refund|refunded|return|returned|credit.?(?:nota|factuur|note|memo|invoice)|"
    "creditering|gecrediteerd|terugbetaling|terugbetaald|terugstorting|teruggestort|restitutie|storno|stornering|"
    "gutschrift|(?:rück)?erstattung|remboursement|avoir|chargeback)"
)
_PAPER = (
    "(?:(?:web)?order|bestel|factuur|invoice|rechnung|auftrag|commande|facture|bon\\b|receipt|aankoop|purchase|"
    "nr\\b|no\\b|nummer|number|ref\\b|[a-z]{0,6}[-/ ]?[0-9]{2,})"
)
_LINKS = "(?:(?:van|voor|op|bij|for|of|on|to|für|zu|zur|pour|de|du|the|uw|your|een|a)\\s+)"
_PART = "(?:(?:deel|gedeeltelijke?|partial|partiële|full|volledige?|teil)[\\s-]*)?"
_OF_A_PAPER = f"{_PART}{_BACK}\\W+{_LINKS}{{0,2}}{_PAPER}.*|{_PAPER}.*\\W{_BACK}\\W*"
_ALONE = f"{_PART}{_BACK}\\W*"
# Words that are of nothing but money that went back, before whatever it was of; then all words, or behind it
_SURELY = (
    "(?:storno|stornering|gestorneerd|terugbetaling|terugbetaald|restitutie|creditering|refund|gutschrift)"
)
_OF_ANYTHING = f"{_PART}{_BACK}\\W+.*|.*\\W{_BACK}\\W*"
# One of a few words of what a row is, under any header
_OF_KINDS = re.compile(
    f"{_ALONE}|(storno|korrektur|gutschrifts?).?rechnung|rückgabe|rueckgabe|teruggave|avoir\\b.*|"
    "kreditnota|facture d.avoir|note de cr[eé]dit"
)
_TAGS = frozenset(["tag", "tags", "label", "labels"])
# Above yes and no, and above the number of what a credit note is of
_OF_FLAGS = re.compile("(is)?(credit|credit(nota|factuur|note|memo|invoice)|retour|return|gutschrift|avoir)")
_EARLIER = "(factuur|bon|order|bestelling|invoice|receipt|rechnung|facture|ticket)(nr|nummer|number|no|id)?"
_OF_EARLIER = re.compile(
    "(credit(nota|factuur|note|memo)?|retour|return|refund|gutschrift|avoir|correctie|correction|korrektur|storno)"
    f"(voor|van|op|bij|of|for|to|zu|pour|de)(de|het|the)?{_EARLIER}|"
    f"(corrigeert|corrects|crediteert|credits|storniert|korrigiert|annule|gecorrigeerde|gecrediteerde|corrected|credited|"
    f"stornierte|korrigierte)(de|het|the)?{_EARLIER}|{_EARLIER}(gecorrigeerd|gecrediteerd|corrected|credited)"
)


def ask_unsigned(export: Export) -> None:
    """Raise `Ambiguous` where rows are credit notes by their number or a text, and have no minus."""
    if not export.has("bedrag") and not export.has("stukprijs"):
        return
    by_user = {plain(header) for header, _ in export.reading.by_user}
    ours = {place for name, place in export.places.items() if name != "order"}
    for place, header in enumerate(export.headers):
        name = plain(header)
        if place in ours or name in by_user or not name:
            continue
        if _OF_PAPERS.fullmatch(name) and name not in _OF_OTHERS:
            _by_number(export, place)
        if _OF_TEXT.search(name):
            _by_text(export, place)
        if _OF_CODES.search(name):
            _by_code(export, place)
        if _OF_EARLIER.fullmatch(name):
            _ask(export, place, f"{cell_of(place)} <> ''", (), sure=True)
    _by_kinds(export, ours, by_user)


def _by_kinds(export: Export, ours: set[int], by_user: set[str]) -> None:
    """One of the few words of a column is that of a credit note, or its yes and no say so of each row.

    Beside a column with what was paid back, tags are anybody's notes and say nothing of money.
    """
    tags = _TAGS if export.has("terugbetaald") else frozenset()
    free = [
        at
        for at, header in enumerate(export.headers)
        if at not in ours
        and (name := plain(header))
        and name not in by_user | tags
        and name not in OF_AN_ARTICLE  # what was sold may be a return ticket
        and not _OF_TEXT.search(name)
    ]
    for place, texts in export.sample.lists(free).items():
        if says_money_in([plain(header) for header in export.headers], texts):
            continue
        said = {text: text.casefold().lstrip(MARK) for text in texts}
        back = [text for text, one in said.items() if _OF_KINDS.fullmatch(one)]
        if _OF_FLAGS.fullmatch(plain(export.headers[place])) and {*said.values()} <= YES | NO:
            back = [text for text, one in said.items() if one in YES]
        if back and len(texts) <= _MOST_CODES:
            these = sql_texts(back)
            _ask(export, place, f"{cell_of(place)} in ({these})", (), sure=True)


def _by_number(export: Export, place: int) -> None:
    """Numbers with the letters of a credit note among numbers with others, or without any."""
    texts = export.sample.texts(place)
    if texts is not None and "".join(texts).isascii() and len({*map(_letters, texts)}) <= 1:
        return  # all have the usual ones
    cell = cell_of(place)
    letters = f"trim(regexp_replace(upper({cell}), '[^A-Z]+', ' ', 'g'))"
    sample = f"(from lines where rij > {export.header_row} limit {SAMPLE})"
    forms = export.rows(f"select {letters}, count(*) from {sample} group by 1 order by 2 desc, 1")
    if len(forms) > _MOST_FORMS or not _others(export, place, forms[0][0] if forms else ""):
        return
    for words, sure in ((CREDIT_CODES, True), (_WEAK, False)):
        which = f"regexp_matches(' ' || {letters} || ' ', ' ({'|'.join(words.split())}) ')"
        _ask(export, place, which, (start_of, partial(_within, words=words.split())), sure=sure)


def _letters(number: str) -> str:
    return re.sub("[^A-Z]+", " ", number.upper()).strip(" ")


def _others(export: Export, place: int, usual: str) -> bool:
    """Whether any number has other letters than the usual ones, as nearly none has: one look at all."""
    cell, gap = f"cast(c{place} as varchar)", "[^A-Za-z]*"
    same = f"(?i){gap}{gap.join(usual.split())}{gap}"
    rows = f"select 1 from lines where rij > {export.header_row} and not regexp_full_match({cell}, '{same}')"
    return bool(export.rows(f"{rows} limit 1"))


def _end(text: str) -> str:
    found = re.search(r"([^\W\d_]+)\W*$", text)
    return f"*{found[1]}*" if found else ""


def _within(number: str, words: Sequence[str]) -> str:
    """The letters of a number that are one of these words, as a pattern."""
    return next((f"*{run}*" for run in re.findall("[A-Za-z]+", number) if run.upper() in words), "")


def _by_text(export: Export, place: int) -> None:
    """Lines of text that say that money went back, alone or with the order that it was of."""
    cell = cell_of(place)
    of_article = plain(export.headers[place]) in OF_AN_ARTICLE - {"omschrijving", "description"}
    said = _OF_A_PAPER if of_article else f"{_OF_A_PAPER}|{_ALONE}"
    said += "" if of_article else f"|{_SURELY}\\W+.*"
    # Each text once: the engine would look at every row, were these not made first
    texts = f"texts as materialized (select distinct c{place} from lines where rij > {export.header_row})"
    for words, sure in ((said, True), (_OF_ANYTHING, False)):
        which = f"{cell} <> '' and regexp_full_match(lower({cell}), '{words}')"
        if export.rows(f"with {texts} select 1 from texts where {which} limit 1"):
            _ask(export, place, which, (start_of, _end), sure=sure)


def _by_code(export: Export, place: int) -> None:
    """One of a few codes that is that of a credit note."""
    cell = cell_of(place)
    codes = export.rows(
        f"select distinct {cell} from lines where rij > {export.header_row} limit {_MOST_CODES + 1}"
    )
    if 1 < len(codes) <= _MOST_CODES and (notes := credit_codes(code for (code,) in codes)):
        these = sql_texts(notes)
        _ask(export, place, f"{cell} in ({these})", (), sure=True)


def _ask(
    export: Export, place: int, which: str, makes: Sequence[Callable[[str], str]], *, sure: bool
) -> None:
    """Raise where these rows are the fewer, have no minus, and nothing else says that they are back.

    which: the SQL of a cell that says so; makes: from a text a pattern for the answer; sure: by the number
    alone; else each row needs a sale of that customer and amount.
    """
    cell, values = cell_of(place), export.values("bedrag")
    rows = f"select rij from raw join lines using (rij) where {which}"
    if not export.rows(f"{rows} limit 1"):
        return
    refunded = ""
    if stands(export.con, "fate"):
        refunded = f"""and rij not in (select rij from fate
            where fate in ({int(Fate.TURNED_BACK)}, {int(Fate.REFUNDED)}, {int(Fate.PARTLY_REFUNDED)}))"""
    if export.has("terugbetaald"):
        refunded += f" and rij not in (select rij from {export.values('terugbetaald')} where v <> 0)"
    count, held, minus, first = export.rows(f"""select count(*) filter (v > 0 {refunded}),
          sum(v) filter (v > 0 {refunded}), count(*) filter (v < 0), min(rij) filter (v > 0 {refunded})
        from {values} where rij in ({rows})""")[0]
    if not count or minus or 2 * count > export.count("select count(*) from raw"):
        return
    if not sure and not _have_sales(export, rows, count):
        return
    header = export.headers[place].strip()
    example = str(export.rows(f"select {cell} from lines where rij = {first}")[0][0])
    many = format_rows(count)
    raise Ambiguous(
        f"Kolom {header!r} lijkt bij {many} te zeggen dat het geld terugging ({example!r}), en het bedrag "
        f"heeft geen minteken, samen {format_number(float(held), 2)}.",
        remedy=_remedy(
            header,
            patterns_of(export, cell, which, makes),
            were_sales=was_the_sale(export, cell, example),
        ),
    )


def _remedy(header: str, patterns: Sequence[str], *, were_sales: bool) -> str:
    """What to type; were_sales: the rows are the orders that were paid back, and no money that goes off."""
    counts = f"Is het omzet als elke andere rij: {rows_option('--alleen', header, ANYTHING)}."
    if not patterns:
        return f"Gaat dat van de omzet af, zet er dan een minteken bij in het bestand. {counts}"
    off, without = (
        " ".join(f'{option} "{header}={one}"' for one in patterns) for option in ("--retour", "--zonder")
    )
    answers = [f"Gaat dat van de omzet af: {off}.", f"Telt het niet: {without}."]
    return " ".join([*(reversed(answers) if were_sales else answers), counts])


def _have_sales(export: Export, rows: str, count: int) -> bool:
    """Whether each of these rows has the amount of another one of the same customer."""
    if not export.has("klant"):
        return False
    values, customer = export.values("bedrag"), export.text("klant")
    fits = export.count(f"""
        with priced as (
          select rij, {customer} as k, v, rij in ({rows}) as back from raw join {values} using (rij))
        select count(*) from priced b where back and v > 0 and k <> ''
          and (k, v) in (select k, v from priced where not back)""")
    return fits == count
