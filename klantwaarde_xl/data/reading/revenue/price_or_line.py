"""An amount of an article beside pieces: of one of them, or of all; what went back by the piece."""

from __future__ import annotations

from collections.abc import Mapping

from klantwaarde_xl.data.reading.cells.contents import Cells
from klantwaarde_xl.data.reading.cells.rows import Rows
from klantwaarde_xl.data.reading.kinds.returned import PIECES_PAID_BACK
from klantwaarde_xl.data.reading.naming.header_words import concepts_of
from klantwaarde_xl.data.reading.naming.headers import forms, plain
from klantwaarde_xl.data.reading.naming.words import BEFORE, OF_A_LINE, OF_AN_ARTICLE, OF_THE_ORDER, QUANTITY
from klantwaarde_xl.data.reading.revenue.net_parts import products_of, shares_of, taxes_of
from klantwaarde_xl.data.reading.revenue.sums import CENT, holds, vat_in
from klantwaarde_xl.errors import Ambiguous

Places = dict[str, int]
_OF_ALL = "amazonorderid"  # beside it an item's price is that of all its pieces, as Amazon documents
_SURELY = 3  # articles with one amount for several numbers: no chance any more, nor a price for all
_SEVERAL = 500  # rows with more pieces than one that are looked at


def price_or_line(rows: Rows, found: Places, named: Mapping[str, str]) -> None:
    """Take the price of an item for that of one piece where it is; raises `Ambiguous` where nothing tells.

    Named, of the user, goes before.
    """
    amount, pieces = found.get("bedrag"), found.get("aantal")
    if amount is None or pieces is None or {"bedrag", "stukprijs"} & named.keys():
        return
    says_price = concepts_of(rows.headers[amount]) == {"line", "price"}
    if _OF_ALL in map(plain, rows.headers) or not (says_price or _may_be_price(rows, found)):
        return
    several = _with_several(rows, pieces)
    if several is None:
        return
    of_piece = _is_of_a_piece(rows, several, found) if says_price else _articles_tell(several, found)
    if of_piece is None:
        why = "" if says_price else "Een artikel heeft bij een ander aantal hetzelfde bedrag. "
        raise Ambiguous(
            f"{why}Of {rows.name(amount)} de prijs van één stuk is, of van alle stuks in "
            f"{rows.name(pieces)}, is niet te zien.",
            where=rows.where,
            remedy=f"Van één stuk: {rows.typed('stukprijs', amount)}. "
            f"Van de hele regel: {rows.typed('bedrag', amount)}.",
        )
    if of_piece:
        found["stukprijs"] = found.pop("bedrag")


def _may_be_price(rows: Rows, found: Places) -> bool:
    """Whether an amount is called neither a total nor a line, and orders of several lines differ in it."""
    header = rows.headers[found["bedrag"]]
    if concepts_of(header) & {"line", "total"} or set(forms(header)) & {*OF_THE_ORDER, *OF_A_LINE}:
        return False
    if "incl" in found or not _articles(rows, found):
        return False
    whose = [
        found[name] for name in (("order",) if "order" in found else ("klant", "datum")) if name in found
    ]
    of_orders: dict[tuple[str, ...], list[str]] = {}
    for row in rows.first:
        of_orders.setdefault(tuple(row[at] for at in whose), []).append(row[found["bedrag"]])
    several = [amounts for number, amounts in of_orders.items() if any(number) and len(amounts) > 1]
    return not several or any(len(set(amounts)) > 1 for amounts in several)


def _articles_tell(some: Rows, found: Places) -> bool | None:
    """Whether articles have one amount whatever the number of their pieces; None where too few say so."""
    for at in _articles(some, found):
        one, each = _prices([row[at] for row in some.first], some, found)
        if one > each:
            plainly = plain(some.headers[found["aantal"]]) in QUANTITY
            return True if plainly and one >= _SURELY and not each else None
    return False


def _articles(rows: Rows, found: Places) -> list[int]:
    """The columns that say what was sold."""
    return [
        at
        for at, header in enumerate(rows.headers)
        if set(forms(header)) & OF_AN_ARTICLE and at not in found.values()
    ]


def _with_several(rows: Rows, pieces: int) -> Rows | None:
    """The rows with more pieces than one, and as many others; None where there are none."""
    cell = rows.cell(pieces)
    one = f"regexp_full_match({cell}, '-?0*[01]?([.,]0*)?')"
    below = f"from lines where rij > {rows.header_row}"
    if not rows.con.execute(f"select 1 {below} and not {one} limit 1").fetchall():
        return None
    cells = ", ".join(map(rows.cell, range(len(rows.headers))))
    records = [
        list(record)
        for which in (f"not {one}", one)
        for record in rows.con.execute(f"select {cells} {below} and {which} limit {_SEVERAL}").fetchall()
    ]
    found = Rows(rows.con, rows.headers, rows.header_row, rows.where)
    found.__dict__["first"] = records
    return found


def _is_of_a_piece(rows: Rows, some: Rows, found: Places) -> bool | None:
    """Whether a price is of one piece: by another amount, VAT, or an article sold in several numbers."""
    price = some.column(found["bedrag"]).numbers
    products = products_of(some, {"aantal": found["aantal"], "stukprijs": found["bedrag"]})
    money = some.numbers
    others = [one.numbers for at, one in money.items() if at not in (found["bedrag"], found["aantal"])]
    if any(holds(lambda a, b: abs(a - b) < CENT, products, other) for other in others):
        return True
    taxes = taxes_of(some, found, price)
    by_rate = shares_of(some, found) is None
    told = [bool(vat_in(way, taxes, others, by_rate=by_rate)) for way in (products, price)]
    if told[0] != told[1]:
        return told[0]
    for at in _articles(some, found):
        one, each = _prices([row[at] for row in some.first], some, found)
        if one != each:
            return one > each
    return None


def _prices(articles: list[str], some: Rows, found: Places) -> tuple[int, int]:
    """Of articles sold in two numbers, those with one amount for all, and with one that goes with these."""
    columns = [
        Cells(at, "", tuple(row[at] for row in some.first)).numbers
        for at in (found["bedrag"], found["aantal"])
    ]
    sold: dict[str, dict[float, set[float]]] = {}
    for article, price, count in zip(articles, *columns, strict=True):
        if article and price and count:
            sold.setdefault(article, {}).setdefault(abs(count), set()).add(round(abs(price), 2))
    several = [counts for counts in sold.values() if len(counts) > 1]
    one = [counts for counts in several if len(set.union(*counts.values())) == 1]
    each = [
        counts
        for counts in several
        if len({round(price / count, 2) for count, prices in counts.items() for price in prices}) == 1
    ]
    return len(one), len(each)


def pieces_paid_back(rows: Rows, found: Places, named: Mapping[str, str]) -> None:
    """Take the pieces of which the money went back, where sums show what that is and nothing else says it.

    That is their share of a line that is its pieces, as ordered, times a price.
    """
    if "terugbetaald" in found or "stuksterug" in named or "geannuleerd" in named:
        return
    places = [at for at, header in enumerate(rows.headers) if PIECES_PAID_BACK.fullmatch(plain(header))]
    if len(places) != 1 or places[0] in found.values() or "aantal" not in found:
        return
    ordered = any(BEFORE.search(form) for form in forms(rows.headers[found["aantal"]]))
    products = products_of(rows, found)
    amount = rows.column(found["bedrag"]).numbers if "bedrag" in found else products
    if ordered and products and holds(lambda a, b: abs(a - b) < CENT, products, amount):
        found["stuksterug"] = places[0]
