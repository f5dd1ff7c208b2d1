"""Statements as banks write them: who paid is the account on the other side, and what went out is one question."""

import re

import pytest

from klantwaarde_xl.errors import Ambiguous, ColumnsMissing
from tests.data.exported import figures, read, typed, write

__all__ = ["write"]

# What each row is: account, name, day, amount in or out; one of two people who are called the same
PAID = [
    ("NL12RABO0123456701", "J de Vries", "03", 121.00),
    ("NL12ABNA0123456702", "Hosting BV", "04", -50.00),
    ("NL12INGB0123456703", "M Jansen", "10", 242.00),
    ("NL12RABO0123456701", "J. de Vries", "11", 60.50),
    ("NL12INGB0999996704", "J de Vries", "12", 33.00),
]
IN = (4, 456.5, 456.5, 3)  # orders, revenue, net, customers
NET = (4, 456.5, 406.5, 4)
ING = '"Datum";"Naam / Omschrijving";"Rekening";"Tegenrekening";"Code";"Af Bij";"Bedrag (EUR)";"Mutatiesoort";"Mededelingen";"Saldo na mutatie"'
RABO = '"IBAN/BBAN","Munt","BIC","Volgnr","Datum","Rentedatum","Bedrag","Saldo na trn","Tegenrekening IBAN/BBAN","Naam tegenpartij","Naam uiteindelijke partij","Code","Transactiereferentie","Omschrijving-1"'
BUNQ = '"Date","Interest Date","Amount","Account","Counterparty","Name","Description"'
SPARKASSE = '"Auftragskonto";"Buchungstag";"Valutadatum";"Buchungstext";"Verwendungszweck";"Kundenreferenz (End-to-End)";"Beguenstigter/Zahlungspflichtiger";"Kontonummer/IBAN";"BIC (SWIFT-Code)";"Betrag";"Waehrung";"Info"'
VOLKSBANK = "Bezeichnung Auftragskonto;IBAN Auftragskonto;Buchungstag;Valutadatum;Name Zahlungsbeteiligter;IBAN Zahlungsbeteiligter;Buchungstext;Betrag;Waehrung;Saldo nach Buchung"
UMSATZ = "Buchungstag;Valuta;Auftraggeber/Zahlungsempfänger;Empfänger/Zahlungspflichtiger;IBAN;BIC;Vorgang/Verwendungszweck;Kundenreferenz;Währung;Umsatz;Soll/Haben"
KNAB = "Rekeningnummer;Transactiedatum;Valutacode;CreditDebet;Bedrag;Tegenrekeningnummer;Tegenrekeninghouder;Betaalwijze;Omschrijving;Referentie"
N26 = '"Booking Date","Partner Name","Partner Iban",Type,"Payment Reference","Account Name","Amount (EUR)"'
KBC = "Rekeningnummer;Naam;Munt;Datum;Omschrijving;Valuta;Bedrag;Saldo;rekeningnummer tegenpartij;Naam tegenpartij;Vrije mededeling"
NO_HEAD = ""


def rows_of(form, paid=PAID):
    """The rows of a bank; `form` gets account, name, day, amount with and without its sign, in cents a comma."""
    balance, lines = 1000.0, []
    for at, (account, name, day, amount) in enumerate(paid, start=1):
        balance += amount
        signed, bare, left = (f"{one:.2f}" for one in (amount, abs(amount), balance))
        comma = [one.replace(".", ",") for one in (signed, bare, left)]
        lines.append(form(at, account, name, day, amount > 0, signed, bare, left, *comma))
    return lines


def ing(at, account, name, day, come, s, b, left, sc, bc, lc):
    return f'"202504{day}";"{name}";"NL69INGB0123456789";"{account}";"GT";"{"Bij" if come else "Af"}";"{bc}";"Online bankieren";"Factuur {at}";"{lc}"'


def rabo(at, account, name, day, come, s, b, left, sc, bc, lc):
    return f'"NL11RABO0123456789","EUR","RABONL2U","{at:018d}","2025-04-{day}","2025-04-{day}","{"+" if come else ""}{sc}","+{lc}","{account}","{name}","","cb","TR{at}","Factuur {at}"'


def bunq(at, account, name, day, come, s, b, left, sc, bc, lc):
    return f'"2025-04-{day}","2025-04-{day}","{s}","NL21BUNQ2025123456","{account}","{name}","Factuur {at}"'


def sparkasse(at, account, name, day, come, s, b, left, sc, bc, lc):
    return f'"DE89370400440532013000";"{day}.04.25";"{day}.04.25";"GUTSCHRIFT";"Rechnung {at}";"RF{at}";"{name}";"{account}";"INGBNL2A";"{sc}";"EUR";"Umsatz gebucht"'


def volksbank(at, account, name, day, come, s, b, left, sc, bc, lc):
    return (
        f"Konto;DE11500105170648489890;{day}.04.2025;{day}.04.2025;{name};{account};Gutschrift;{sc};EUR;{lc}"
    )


def umsatz(at, account, name, day, come, s, b, left, sc, bc, lc):
    return f"{day}.04.2025;{day}.04.2025;{name};Mein Laden;{account};INGBNL2A;Rechnung {at};;EUR;{bc};{'H' if come else 'S'}"


def knab(at, account, name, day, come, s, b, left, sc, bc, lc):
    return f"NL45KNAB0123456789;{day}-04-2025;EUR;{'C' if come else 'D'};{bc};{account};{name};Betaling;Factuur {at};C{at}"


def n26(at, account, name, day, come, s, b, left, sc, bc, lc):
    return f'2025-04-{day},"{name}",{account},"Credit Transfer","Factuur {at}","Main Account",{s}'


def kbc(at, account, name, day, come, s, b, left, sc, bc, lc):
    return f"BE71096123456769;MIJN WINKEL;EUR;{day}/04/2025;OVERSCHRIJVING;{day}/04/2025;{sc};{lc};{account};{name};Factuur {at}"


def triodos(at, account, name, day, come, s, b, left, sc, bc, lc):
    return f'"{day}-04-2025","NL45TRIO0123456789","{bc}","{"Credit" if come else "Debet"}","{name}","{account}","OV","Factuur {at}","{lc}"'


BANKS = [
    (ING, ing, "Tegenrekening"),
    (RABO, rabo, "Tegenrekening IBAN/BBAN"),
    (BUNQ, bunq, "Counterparty"),
    (SPARKASSE, sparkasse, "Kontonummer/IBAN"),
    (VOLKSBANK, volksbank, "IBAN Zahlungsbeteiligter"),
    (UMSATZ, umsatz, "IBAN"),
    (KNAB, knab, "Tegenrekeningnummer"),
    (N26, n26, "Partner Iban"),
    (KBC, kbc, "rekeningnummer tegenpartij"),
]
NAMED = [pytest.param(*bank, id=bank[1].__name__) for bank in BANKS]


def statement(write, head, form, paid=PAID):
    return write("\n".join([*filter(None, [head]), *rows_of(form, paid)]) + "\n")


@pytest.mark.parametrize(("head", "form", "customer"), NAMED)
def test_what_went_out_is_the_one_question_and_both_answers_read(write, head, form, customer):
    path = statement(write, head, form)
    with pytest.raises(Ambiguous) as asked:
        read(path)
    assert "vragen" not in asked.value.what
    alone, off = re.findall(r'--\w+ "[^"]*"', asked.value.remedy)
    checked = typed(path, alone)
    assert figures(checked) == IN
    assert dict(checked.quality.headers)["klant"] == customer
    assert figures(typed(path, off)) == NET


@pytest.mark.parametrize(("head", "form", "customer"), NAMED)
def test_a_statement_of_nothing_but_money_that_came_in_is_read_at_once(write, head, form, customer):
    checked = read(statement(write, head, form, [one for one in PAID if one[3] > 0]))
    assert figures(checked) == IN
    assert dict(checked.quality.headers)["klant"] == customer


def test_without_headers_the_amount_is_proposed_before_the_balance(write):
    paid = [*PAID, *((account, name, f"2{day[1]}", amount + 7) for account, name, day, amount in PAID)]
    path = statement(write, NO_HEAD, triodos, paid)
    with pytest.raises((Ambiguous, ColumnsMissing)) as asked:
        read(path)
    assert "klant=6,datum=1,bedrag=3" in asked.value.remedy
    assert figures(typed(path, "--kolommen klant=6,datum=1,bedrag=3", '--alleen "4=Credit"')) == (
        8,
        941.0,
        941.0,
        3,
    )


def test_an_account_in_the_books_is_no_customer(write):
    head = "Boekdatum;Naam tegenpartij;Tegenrekening;Bedrag"
    path = write(f"{head}\n19-05-2025;Vos;1300;80,00\n20-05-2025;Das;1300;30,00\n")
    assert dict(read(path).quality.headers)["klant"] == "Naam tegenpartij"


def test_an_account_of_whoever_pays_for_a_member_is_no_customer_beside_no_balance(write):
    path = write(
        "Datum;Naam;IBAN;Bedrag\n3-4-2025;Vos;NL12RABO0123456701;12,50\n4-4-2025;Das;NL12RABO0123456701;12,50\n"
        "5-4-2025;Uil;NL12INGB0999996704;12,50\n"
    )
    assert figures(read(path))[3] == 3


def test_a_code_of_a_customer_goes_before_an_account(write):
    path = write(
        "Datum;Klantnummer;Naam tegenpartij;Tegenrekening;Bedrag\n3-4-2025;K1;Vos;NL12RABO0123456701;12,50\n"
        "4-4-2025;K1;Vos;NL12INGB0999996704;12,50\n"
    )
    assert figures(read(path))[3] == 1


def test_who_has_no_account_on_a_row_is_known_by_name(write):
    payer = "NL12INGB0123456703", "M Jansen"
    paid = [(*payer, "10", 242.0), (*payer, "13", 20.0), ("", "Kas Winkel", "20", 5.0)]
    assert figures(read(statement(write, RABO, rabo, paid))) == (3, 267.0, 267.0, 2)


@pytest.mark.parametrize(
    "word",
    ["Gutschrift", "GUTSCHR. UEBERWEISUNG", "SEPA-Gutschrift", "Credit", "Bijschrijving", "Creditering"],
)
def test_the_word_of_a_bank_for_what_came_in_is_no_credit_note(write, word):
    came = [one for one in PAID if one[3] > 0]
    every = statement(write, VOLKSBANK, lambda *one: volksbank(*one).replace("Gutschrift", word), came)
    assert figures(read(every)) == IN
    rows = rows_of(volksbank, came)
    mixed = [
        rows[0].replace("Gutschrift", word),
        *(row.replace("Gutschrift", "Dauerauftrag") for row in rows[1:]),
    ]
    assert figures(read(write("\n".join([VOLKSBANK, *mixed]) + "\n"))) == IN


def test_of_a_shop_it_still_is_one(write):
    head = "Rechnungsnummer;Kundennummer;Datum;Buchungsart;Betrag"
    rows = [
        "R1;K1;03.04.2025;Rechnung;50,00",
        "R2;K2;04.04.2025;Rechnung;60,00",
        "R3;K2;05.04.2025;Gutschrift;10,00",
    ]
    assert figures(read(write("\n".join([head, *rows]) + "\n"))) == (2, 110.0, 100.0, 2)


ABN = "accountNumber;mutationcode;transactiondate;valuedate;startsaldo;endsaldo;amount;description"
TEXTS = [
    "SEPA Overboeking                 IBAN: {0}        BIC: X                    Naam: {1}",
    "/TRTP/SEPA OVERBOEKING/IBAN/{0}/BIC/INGBNL2A/NAME/{1}/REMI/FACTUUR",
]


@pytest.mark.parametrize("text", TEXTS)
def test_a_bank_without_a_column_for_it_has_the_account_in_a_text(write, text):
    def abn(at, account, name, day, come, s, b, left, sc, bc, lc):
        return f'123456789;EUR;202504{day};202504{day};1,00;{lc};{sc};"{text.format(account, name)}"'

    path = statement(write, ABN, abn)
    with pytest.raises(Ambiguous) as asked:
        read(path)
    assert "vragen" not in asked.value.what
    assert figures(typed(path, '--zonder "amount=-*"')) == IN
    path = statement(write, NO_HEAD, abn, [one for one in PAID if one[3] > 0])
    with pytest.raises(ColumnsMissing) as missing:
        read(path)
    assert "klant=8," in missing.value.remedy
    assert figures(typed(path, "--kolommen klant=8,datum=3,bedrag=7,valuta=2")) == IN


def test_a_text_that_now_and_then_names_an_account_is_no_customer(write):
    rows = "3-4-2025;Vos;10,00;Contant\n4-4-2025;Das;20,00;IBAN: NL12RABO0123456701\n5-4-2025;Vos;5,00;Pin\n"
    checked = read(write(f"Datum;Klant;Bedrag;Omschrijving\n{rows}"))
    assert figures(checked)[3] == 2
    assert dict(checked.quality.headers)["klant"] == "Klant"


def test_a_request_to_pay_is_paid_from_an_account(write):
    rows = "3-4-2025;J de Vries;NL12INGB0123456701;12,50\n14-4-2025;J. de Vries;NL12INGB0123456701;20,00\n"
    assert figures(read(write(f"Datum;Naam betaler;IBAN betaler;Bedrag\n{rows}"))) == (2, 32.5, 32.5, 1)


def test_of_an_entry_with_both_sides_the_debtor_paid(write):
    head = "BookgDt;CdtDbtInd;Amt;Ccy;DbtrNm;DbtrAcct;CdtrNm;CdtrAcct"
    own = "Mijn BV;NL69INGB0123456789"
    rows = [
        f"2025-04-03;CRDT;121.00;EUR;J de Vries;NL12RABO0123456701;{own}",
        f"2025-04-04;DBIT;50.00;EUR;{own};Hosting BV;NL12ABNA0123456702",
        f"2025-04-10;CRDT;242.00;EUR;M Jansen;NL12INGB0123456703;{own}",
        f"2025-04-11;CRDT;60.50;EUR;J. de Vries;NL12RABO0123456701;{own}",
    ]
    path = write("\n".join([head, *rows]) + "\n")
    with pytest.raises(Ambiguous, match="binnenkwamen"):
        read(path)
    assert figures(typed(path, '--alleen "CdtDbtInd=CRDT"')) == (3, 423.5, 423.5, 2)


def test_a_ledger_of_invoices_and_credit_notes_with_a_balance_is_no_statement(write):
    rows = "3-1-2025;{};1001;Ann;30,00;30,00\n15-1-2025;{};1002;Bob;40,00;70,00\n20-2-2025;{};1003;Bob;-5,00;65,00\n"
    header = "Datum;Soort;Nr;Klant;Bedrag;Saldo\n"
    path = write(header + rows.format("Factuur", "Factuur", "Creditnota"))
    assert figures(read(path)) == (2, 70.0, 65.0, 2)
    other = write(
        header.replace(";Nr;", ";Kenmerk;") + rows.format("Overboeking", "Overboeking", "Incasso"), "bank.csv"
    )
    with pytest.raises(Ambiguous, match="afschrift van een rekening"):
        read(other)
