"""Statuses that nobody knows are shown with their money, and words that are no sale are none."""

import re

import pytest

from klantwaarde_xl.data.reading.kinds.fates import Fate
from klantwaarde_xl.data.reading.kinds.statuses import fate_of, status_at
from klantwaarde_xl.errors import Ambiguous
from tests.data.exported import figures, read, said, typed, write

__all__ = ["write"]

_KNOWN = ("Betaald", "Paid", "Completed", "Shipped", "Delivered", "Verzonden", "Geleverd", "Bezorgd", "Klaar")


def export(write, unknown):
    rows = [(f"{word}", 8) for word in _KNOWN for _ in range(2)] + [(word, 300) for word in unknown]
    lines = [
        f"{at};{1 + at % 27:02}-04-2025;k{at};{held},00;{word}" for at, (word, held) in enumerate(rows, 1)
    ]
    return write("\n".join(["Order;Datum;Klant;Totaal;Status", *lines]))


def test_a_word_that_nobody_knows_is_never_cut_off_and_has_its_money(write):
    shown = said(read(export(write, ["Zwevend", "Zwevend"])), "status")
    assert shown.startswith("kolom 'Status': Zwevend (2, samen € 600,00: niet herkend, telt mee), ")
    assert shown.endswith("…")


def test_all_words_that_nobody_knows_are_shown_also_when_they_are_many(write):
    words = [f"Stand {sign}" for sign in "ABCDEFGHIJKLM"]
    shown = said(read(export(write, words)), "status")
    assert all(f"{word} (1, samen € 300,00: niet herkend" in shown for word in words)


def test_of_very_many_words_the_rest_is_one_sum(write):
    words = [f"Opmerking {first}{second}" for first in "abcdefg" for second in "uvwxyz"]
    assert "12 andere woorden (12, samen € 3.600,00: niet herkend, telt mee)" in said(
        read(export(write, words)), "status"
    )


@pytest.mark.parametrize(
    ("word", "fate"),
    [
        ("Verlaten mandje", Fate.FAILED),
        ("Deal lost", Fate.FAILED),
        ("closed_lost", Fate.FAILED),
        ("Verloren", Fate.FAILED),
        ("No show", Fate.FAILED),
        ("Suspected fraud", Fate.FAILED),
        ("charged_back", Fate.REFUNDED),
        ("Teruggeboekt", Fate.REFUNDED),
        ("Pro forma", Fate.DRAFT),
        ("Wish list", Fate.DRAFT),
        ("Verlanglijstje", Fate.DRAFT),
        ("initialised", Fate.OPEN),
        ("Winkelmandje", Fate.OPEN),
        ("Niet verschenen", Fate.FAILED),
        ("Klant is niet komen opdagen", Fate.FAILED),
        ("Afgezegd door gast", Fate.CANCELLED),
        ("Verzet", Fate.CANCELLED),
        ("Verzet tegen incasso", Fate.UNKNOWN),
        ("Afgebroken", Fate.CANCELLED),
        ("Gesloten en verloren (Nieuwe klanten)", Fate.FAILED),
        ("lost (Inbound)", Fate.FAILED),
        ("Vervallen (deels)", Fate.CANCELLED),
        ("No fraud", Fate.UNKNOWN),
        ("Closed won", Fate.PAID),
        ("SKIPPED", Fate.CANCELLED),
        ("Dubbel", Fate.CANCELLED),
        ("Samengevoegd", Fate.CANCELLED),
        ("Kwijtgescholden", Fate.CANCELLED),
        ("Canceled_Reversal", Fate.PAID),
        ("Queued", Fate.OPEN),
        ("Ingepland", Fate.OPEN),
        ("past_due", Fate.OPEN),
        ("In incasso", Fate.OPEN),
        ("Incasso", Fate.UNKNOWN),
        ("payment_review", Fate.OPEN),
        ("Inactief", Fate.OPEN),
        ("Trialing", Fate.OPEN),
        ("Afwezig", Fate.FAILED),
        ("Ongeldig", Fate.FAILED),
        ("Opgeslagen", Fate.DRAFT),
        ("Onderweg", Fate.PAID),
        ("closed", Fate.UNKNOWN),
        ("Test", Fate.UNKNOWN),
        ("Niet goedgekeurd", Fate.OPEN),
        ("not accepted", Fate.OPEN),
        ("Nooit betaald", Fate.OPEN),
        ("unapproved", Fate.OPEN),
        ("Niet ontvangen", Fate.OPEN),
        ("On trial", Fate.OPEN),
        ("Planned", Fate.OPEN),
        ("Dubbele order", Fate.CANCELLED),
        ("Return completed", Fate.REFUNDED),
        ("Creditering afgehandeld", Fate.REFUNDED),
        ("Retour afgewezen", Fate.PAID),
        ("refund denied", Fate.PAID),
        ("Annulering ingetrokken", Fate.PAID),
        ("Betaald, nog niet verzonden", Fate.PAID),
        ("paid - pending shipment", Fate.PAID),
        ("Deels geannuleerd", Fate.PARTLY_REFUNDED),
        ("partially returned", Fate.PARTLY_REFUNDED),
        ("Nog niet betaald", Fate.OPEN),
        ("Retour aangevraagd", Fate.REFUNDED),
        ("Refunded, cancelled", Fate.CANCELLED),
        ("Geretourneerd en geannuleerd", Fate.CANCELLED),
        ("Anoniem betaald", Fate.PAID),
        ("Dubbel betaald", Fate.PAID),
        ("Account active", Fate.PAID),
        ("Non paid", Fate.OPEN),
    ],
)
def test_a_word_of_what_is_no_sale_has_its_class(word, fate):
    assert fate_of(word, status_at(0, "Status")) is fate


@pytest.mark.slow
def test_what_was_only_wished_for_is_no_revenue(write):
    assert figures(read(export(write, ["Verlanglijst"])))[:2] == (18, 144.0)


@pytest.mark.parametrize(
    "header",
    [
        "Status reservering",
        "Reserveringsstatus",
        "Boekingsstatus",
        "Booking status",
        "Status of the appointment",
    ],
)
def test_a_status_of_what_was_booked_says_what_counts(write, header):
    lines = [
        "1;03-02-2025;k;40,00;Geweest",
        "2;04-02-2025;m;25,00;Niet komen opdagen",
        "3;09-02-2025;k;30,00;Afgezegd",
    ]
    path = write("\n".join([f"Nummer;Datum;Klant;Bedrag;{header}", *lines]))
    assert figures(read(path))[:2] == (1, 40.0)


def test_a_column_of_statuses_that_nobody_knows_is_not_passed_over_in_silence(write):
    lines = [f"{at};0{at}-02-2025;k{at};40,00;{'Rood' if at % 2 else 'Groen'}" for at in range(1, 7)]
    shown = said(read(write("\n".join(["Order;Datum;Klant;Bedrag;Status dossier", *lines]))), "status")
    assert shown.startswith("kolom 'Status dossier' is niet gebruikt: Groen (3), Rood (3); zegt zij wat telt")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("won", "others"),
    [
        ("Closed won (Partners)", ["Closed lost (Partners)", "Demo scheduled (Partners)"]),
        (
            "Gesloten en gewonnen (Webshop)",
            ["Gesloten en verloren (Webshop)", "Contract verzonden (Webshop)"],
        ),
        ("Won (B2B)", ["Open (B2B)", "Lost (B2B)"]),
    ],
)
@pytest.mark.parametrize("header", ["Deal Stage", "Dealfase"])
def test_only_deals_that_were_won_count_whatever_stands_behind_the_word(write, header, won, others):
    lines = [f"{at};0{at}-03-2025;k{at};{at}00;{stage}" for at, stage in enumerate([won, *others, won], 1)]
    path = write("\n".join([f"Deal;Sluitingsdatum;Klant;Bedrag;{header}", *lines]))
    with pytest.raises(Ambiguous) as asked:
        read(path)
    (option,) = re.findall(r'--alleen "[^"]*"', asked.value.remedy)
    assert option == f'--alleen "{header}={won}"'
    assert figures(typed(path, option))[:2] == (2, 500.0)


@pytest.mark.slow
@pytest.mark.parametrize("back", ["6,50", "7", "€ 6,50", "1.006,00"])
@pytest.mark.parametrize("header", ["Refund amount partial", "Deels terugbetaald bedrag"])
def test_yes_to_a_refund_beside_how_much_went_back_is_asked_about_and_both_answers_work(write, header, back):
    path = write(
        f"Order;Datum;Klant;Totaal;Refunded;{header}\n1;03-02-2025;k;40,00;0;0,00\n"
        f"2;04-02-2025;m;2025,00;1;{back}\n3;05-02-2025;n;30,00;0;0,00\n"
    )
    with pytest.raises(Ambiguous) as asked:
        read(path)
    part, whole = re.findall(r'--kolommen "terugbetaald=([^"]*)"', asked.value.remedy)
    off = {"6,50": 6.5, "7": 7.0, "€ 6,50": 6.5, "1.006,00": 1006.0}[back]
    assert figures(read(path, {"terugbetaald": part}))[1:3] == (2095.0, 2095.0 - off)
    assert figures(read(path, {"terugbetaald": whole}))[1:3] == (2095.0, 70.0)


def test_a_day_or_a_reason_of_a_refund_is_no_amount_of_it(write):
    path = write(
        "Order;Datum;Klant;Totaal;Refunded;Refund date;Refund reason\n1;03-02-2025;k;40,00;0;;\n"
        "2;04-02-2025;m;25,00;1;09-02-2025;2 defect\n3;05-02-2025;n;30,00;0;;\n"
    )
    assert figures(read(path))[1:3] == (95.0, 70.0)


@pytest.mark.parametrize("head", ["Result", "Resultaat", "Uitkomst"])
@pytest.mark.parametrize(
    ("held", "done", "refused"),
    [
        ("Authorised", "Settled", "Refused"), ("Geautoriseerd", "Afgerekend", "Geweigerd"),
        ("Authorized", "SentForSettle", "Refused"), ("Autorisiert", "Geïncasseerd", "Abgelehnt"),
    ],
)  # fmt: skip
def test_the_result_of_a_payment_is_a_status_whatever_its_header(write, head, held, done, refused):
    rows = [("A", "12.00", done), ("B", "70.00", refused), ("A", "8.00", done), ("C", "40.00", held)]
    lines = [f"{state};{who};2025-06-{at:02};{money};{at}" for at, (who, money, state) in enumerate(rows, 1)]
    checked = read(write("\n".join([f"{head};Klantnr;Datum;Totaal;Order", *lines])))
    assert figures(checked)[:2] == (2, 20.0)
    assert "niet herkend" not in said(checked, "status")


@pytest.mark.parametrize("word", ["Betaalfout", "Betaal-fout", "Betalingsprobleem"])
def test_a_payment_that_went_wrong_is_no_sale(write, word):
    rows = f"1;3-4-2025;A;12,00;Verzonden\n2;4-4-2025;B;30,00;{word}\n"
    assert figures(read(write(f"Order;Datum;Klant;Totaal;Status\n{rows}")))[:2] == (1, 12.0)


@pytest.mark.parametrize(
    ("ordered", "paid"),
    [("Bestellt", "Bezahlt"), ("Besteld", "Betaald"), ("Ordered", "Payment received"), ("Placed", "Paid")],
)
@pytest.mark.parametrize("head", ["Status", "Bestelstatus", "Voortgang"])
def test_what_was_ordered_is_open_where_what_was_paid_is_told_apart(write, head, ordered, paid):
    rows = f"1;3-4-2025;A;12,00;{ordered}\n2;4-4-2025;B;30,00;{paid}\n3;4-4-2025;B;8,00;{paid}\n"
    rows += "4;9-4-2025;B;5,00;Geannuleerd\n"
    assert figures(read(write(f"Order;Datum;Klant;Totaal;{head}\n{rows}")))[:2] == (2, 38.0)


def test_what_was_ordered_counts_where_nothing_says_what_was_paid(write):
    rows = "1;3-4-2025;A;12,00;Besteld\n2;4-4-2025;B;30,00;Verzonden\n3;5-4-2025;B;9,00;Geannuleerd\n"
    checked = read(write(f"Order;Datum;Klant;Totaal;Status\n{rows}"))
    assert figures(checked)[:2] == (2, 42.0)
    assert "Besteld (1, samen € 12,00: niet herkend, telt mee)" in said(checked, "status")
