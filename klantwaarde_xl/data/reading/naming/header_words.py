"""What a header speaks of, in whatever language, order and spelling: `Auftragsdatum`, `date_created_gmt`.

A header that is none of the words in `words` is taken apart into words of shops and books. Where each of
these is known, and together they are one thing of ours, it is known by the word that we have for it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache

_DICTIONARY = {
    "order": """order ord bestelling bestel bestell bestellung auftrag auftrags commande cart basket
        ordre bestallnings bestillings zamowienie zamowienia pesanan
        winkelwagen winkelmand winkelmandje warenkorb panier orden pedido pedidos ordine ordini""",
    "invoice": """factuur rechnung facture invoice inv bill faktura factura facturas fattura fatture fatura
        faktury""",
    "document": "document documents doc dokument documento",
    "receipt": "bon kassabon receipt beleg ontvangstbewijs quittung kassenbon ticket",
    "sale": """verkoop sale sales verkauf vente venta ventas venda vendas vendita vendite forsaljning salg
        penjualan""",
    "purchase": "aankoop purchase kauf achat compra compras acquisto acquisti",
    "transaction": """transactie transaction transaktion trans trx txn transaccion transacao transazione
        operacion""",
    "payment": """betaling betaal betaald payment paid zahlung paiement bezahlt pago pagos pagamento pagamenti
        bezahlte bezahlter gezahlt gezahlte gezahlter paye payee payes regle reglee encaisse encaissee
        betalning betalings platnosc platnosci pembayaran verse versee pagado pagada cobrado
        cobrada pagato pagata incassato incassata""",
    "created": """aangemaakt created added issued erstellt angelegt creation cree creee placed geplaatst
        creado creada criado criada emision emissao emissione creacion criacao creazione origen origem
        origine""",
    "date": "datum date dates dt dte dag day tag jour fecha data dato tanggal",
    "time": "tijd tijdstip time ts uhrzeit zeit heure timestamp datetime hora",
    "customer": """klant customer kunde kunden client cliente debiteur debitor debtor relatie afnemer
        consument consumer cust buyer retailer koper kaeufer kaufer acheteur clientes clienti comprador
        compradora kund kunds klient klienta pembeli pelanggan""",
    "billing": "billing facturering facturatie factuuradres facturation rechnungsadresse",
    "email": """email mail emailadres emailaddress mailadres emailadresse mailadresse courriel correo
        electronico eletronico elettronica""",
    "address": "adres address adresse",
    "name": "naam name nm nom nombre nome namn navn nazwa nama",
    "number": "nummer number nr no num numero n numer nomor",
    "id": "id identifier identificatie",
    "code": "code kod codigo codice",
    "reference": "referentie reference referenz ref referencia riferimento",
    "total": """totaal totale total totals sum tot gesamt gesamter summe somme gesamtsumme grand eind summa
        totalt razem""",
    "amount": "bedrag amount amt betrag montant importe monto importo belopp beløb beløp kwota",
    "price": "prijs price preis prix precio preco prezzo pris cena harga",
    "value": "waarde value val wert valeur valor valore wartosc varde verdi",
    "revenue": "omzet revenue umsatz turnover fatturato",
    "net": "netto net neto liquido",
    "gross": "bruto brutto gross brut lordo",
    "incl": "incl inc inclusief including inclusive inkl inklusive inklusiv ttc",
    "excl": """excl ex exclusief excluding exclusive exkl exklusive exklusiv ekskl eksklusiv zzgl ht zonder
        ohne without sin senza untaxed""",
    "vat": """btw vat tax taxes belasting belastingen omzetbelasting steuer mwst mehrwertsteuer ust
        umsatzsteuer moms mva ppn tva iva impuesto impuestos imposta""",
    "unit": "stuk unit eenheid einheit piece stueck stuck einzel unitaire unite unitario unitaria",
    "line": "regel line item position ligne zeile",
    "quantity": """aantal quantity qty menge anzahl quantite hoeveelheid
        cantidad quantidade quantita antal antall ilosc""",
    "currency": """valuta currency curr ccy waehrung wahrung devise munt munteenheid moneda moeda divisa
        waluta""",
}


def _words_of(text: str) -> frozenset[str]:
    return frozenset(text.split())


_NOISE = _words_of(
    "of van der des die de den het la le les du d l the en and und et in op at on per pro par met tbl "
    "el los las del e y da do dos della dell dello "
    "gmt utc cet cest iso local lokaal eur euro euros signed"
)
_SHORT = frozenset(["nr", "id", "no"])  # words of two letters that stand behind others without a sign
_CONCEPT = {word: concept for concept, words in _DICTIONARY.items() for word in words.split()}
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_PRE_TAX = re.compile(r"(?:before|pre)[\W_]*(?:tax|vat)(?:es)?\b", re.IGNORECASE)
_POST_TAX = re.compile(r"(?:after|post)[\W_]*(?:tax|vat)(?:es)?\b", re.IGNORECASE)
_OF_A_PRICE, _PER = (
    re.compile("prijs|price|preis|prix", re.IGNORECASE),
    re.compile(r"\b(?:per|pro|par)\s+[^\W\d_]+|\bp\.? ?p\.?(?=\W|$)|\bp/?(?:st|p)\b", re.IGNORECASE),
)
_TABLE = re.compile(
    r"^\s*[^\W\d]\w*\s*(?:\.(?=[^\W_])|\[(?=[^\[\]]+\]\s*$))"
)  # `orders.total`, `Orders[Total]`

_OCCASIONS = _words_of("order invoice document receipt sale purchase transaction payment")
_NUMBERS = _words_of("number id code reference")
_MONEY = _words_of("amount total price value revenue")
_TAXED = _words_of("incl excl vat net gross")
_DATES = {
    "order": "orderdatum", "invoice": "factuurdatum", "document": "documentdatum", "receipt": "datum",
    "sale": "verkoopdatum", "purchase": "aankoopdatum", "transaction": "transactiedatum",
    "payment": "paymentdate",
}  # fmt: skip
_ORDERS = {
    "order": "ordernummer", "invoice": "factuurnummer", "document": "factuurnummer", "receipt": "bonnummer",
    "sale": "saleid", "transaction": "transactienummer",
}  # fmt: skip
_AMOUNTS = {
    "order": "orderbedrag", "invoice": "factuurbedrag", "document": "factuurbedrag",
    "receipt": "totaalbedrag", "sale": "verkoopbedrag", "purchase": "purchaseamount",
    "transaction": "transactionamount", "payment": "paymentamount",
}  # fmt: skip


@cache
def alike(header: str) -> tuple[str, ...]:
    """The plain words of ours that say the same as a header, the surest first.

    None where any of its words is not known.
    """
    concepts = concepts_of(header)
    if not concepts:
        return ()
    for known in (_customer, _order, _date, _money):
        if found := known(concepts):
            return found
    if concepts <= {"quantity", "line", "order", "sale", "unit"} and "quantity" in concepts:
        return ("aantal",)
    if concepts <= {"currency", "code", *_OCCASIONS} and "currency" in concepts:
        return ("valuta",)
    return ()


@cache
def concepts_of(header: str) -> frozenset[str]:
    """What the words of a header stand for; nothing where one of them is not known."""
    found: set[str] = set()
    for word in _words(header):
        whole = _parts(word.casefold())
        pieces = [whole] if whole is not None else [_parts(one.casefold()) for one in _CAMEL.split(word)]
        if None in pieces:
            return frozenset()
        found.update(concept for piece in pieces if piece for concept in piece)
    return frozenset(found)


def sureness(header: str) -> tuple[bool, bool]:
    """How well a header of money says that it is the revenue, the best first: without VAT, then the whole."""
    concepts = concepts_of(header)
    return "excl" not in concepts, not concepts & {"total", "order", "invoice"}


def is_net_of(header: str, other: str) -> bool:
    """Whether a header is that of the same money as another, without VAT beside with."""
    mine, theirs = concepts_of(header), concepts_of(other)
    apart = bool(mine & {"net", "excl"}) and bool(theirs & {"gross", "incl"})
    return apart and mine - _TAXED == theirs - _TAXED


def _words(header: str) -> list[str]:
    bare = re.sub(r"[eE][- ]?[mM]ail", "email", _TABLE.sub("", header)).replace("#", " number ")
    if _OF_A_PRICE.search(bare):
        bare = _PER.sub(" unit", bare)
    bare = _POST_TAX.sub(" incl ", _PRE_TAX.sub(" excl ", bare))
    bare = "".join(sign for sign in unicodedata.normalize("NFKD", bare) if not unicodedata.combining(sign))
    return [word for word in re.split(r"[\W_]+", bare) if word and word.casefold() not in _NOISE]


def _parts(word: str) -> list[str] | None:
    """What a word stands for that may be made of several, as German and Dutch make them; None for another."""
    if word in _NOISE:
        return []
    if word in _CONCEPT:
        return [_CONCEPT[word]]
    for end in range(len(word) - 2, 2, -1):
        first, rest = word[:end], word[end:]
        if first not in _CONCEPT:
            continue
        for left in (rest, rest[1:] if rest[0] == "s" else ""):
            if left and (len(left) > 2 or left in _SHORT) and (behind := _parts(left)) is not None:
                return [_CONCEPT[first], *behind]
    return None


def _one_of(concepts: frozenset[str], names: Iterable[str]) -> str:
    found = concepts.intersection(names)
    return next(iter(found)) if len(found) == 1 else ""


def _customer(concepts: frozenset[str]) -> tuple[str, ...]:
    if "email" in concepts and concepts <= {"email", "address", "customer", "billing", "invoice", "order"}:
        return ("emailadres",)
    if "customer" not in concepts:
        return ()
    if concepts <= {"customer", "billing", "sale", *_NUMBERS} and concepts & _NUMBERS:
        return ("klantnummer",)
    return ("klantnaam",) if concepts <= {"customer", "name", "billing", "sale"} else ()


def _order(concepts: frozenset[str]) -> tuple[str, ...]:
    occasion = _one_of(concepts, _OCCASIONS)
    if occasion not in _ORDERS or not concepts <= {occasion, *_NUMBERS}:
        return ()
    return (_ORDERS[occasion],) if concepts & _NUMBERS or occasion in ("order", "invoice") else ()


def _date(concepts: frozenset[str]) -> tuple[str, ...]:
    """A day; a time by itself, of an order too, is none."""
    if not concepts & {"date", "created"} or not concepts <= {"date", "time", "created", *_OCCASIONS}:
        return ()
    if occasion := _one_of(concepts, _OCCASIONS):
        return (_DATES[occasion], "datum") if occasion != "receipt" else ("datum",)
    if concepts & _OCCASIONS:
        return ()
    return ("aangemaakt", "created") if "created" in concepts else ("datumtijd", "datum")


def _money(concepts: frozenset[str]) -> tuple[str, ...]:
    of_what = concepts & _OCCASIONS
    if not concepts <= {*_MONEY, *_TAXED, *_OCCASIONS, "line", "unit"} or len(of_what) > 1:
        return ()
    if {"incl", "excl"} <= concepts or not concepts & {*_MONEY, *_TAXED}:
        return ()
    if "payment" in concepts and not concepts & _MONEY:
        return ()  # what paying costs
    if "unit" in concepts:
        return ("stukprijs",)
    taxed = tuple(word for word in ("excl", "incl") if word in concepts)
    if "vat" in concepts and not taxed:
        return () if concepts - {"vat", "amount", "total", "value", "price"} - of_what else ("btwbedrag",)
    return _revenue(concepts, next(iter(of_what), ""), tuple(f"bedrag{word}btw" for word in taxed))


def _revenue(concepts: frozenset[str], of_what: str, taxed: tuple[str, ...]) -> tuple[str, ...]:
    """Money that came in; taxed: our word for it with or without VAT, where the header says."""
    if {"sale", "price"} <= concepts and "total" not in concepts:
        return ("verkoopprijs", *taxed)
    if concepts - _TAXED == {"receipt", "price"}:  # of a ticket, of which an order may have several
        return ("prijs", *taxed)
    if (
        concepts & {"price", "value"}
        and not of_what
        and not concepts & {"total", "amount", "net", "gross", "line"}
    ):
        return ("prijs" if "price" in concepts else "waarde", *taxed)
    for concept, word in (("line", "regelbedrag"), ("revenue", "omzet")):
        if concept in concepts:
            return (word, *taxed)
    if taxed:
        return taxed
    for concept, word in (("net", "nettobedrag"), ("gross", "brutobedrag")):
        if concept in concepts:
            return (word,)
    if of_what:
        return (_AMOUNTS[of_what],) if concepts & _MONEY else ()
    return ("totaalbedrag",) if "total" in concepts else ("bedrag",)
