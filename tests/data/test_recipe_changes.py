"""A changed export: each kind of change is noted, or asked about where it would be read otherwise."""

import re

import pandas as pd
import pytest

from klantwaarde_xl.errors import Ambiguous, ColumnsMissing
from tests.data import exports_made as made
from tests.data.exported import write
from tests.data.exports_made import again, read, since

__all__ = ["write"]


@pytest.fixture
def shopify(write):
    return again(read(write(made.SHOPIFY, "september.csv")).recipe)


@pytest.fixture
def lightspeed(write):
    return again(read(write(made.LIGHTSPEED, "september.csv")).recipe)


def columns_in(remedy):
    """The columns that an advice names, as the command line would hand them over."""
    return dict(pair.split("=", 1) for pair in re.findall(r'--kolommen "([^"]+)"', remedy))


# ── columns ─────────────────────────────────────────────────────────────────────────────────


@pytest.mark.slow
def test_a_column_that_went_is_an_error_that_names_it(write, lightspeed):
    path = write(made.LIGHTSPEED.replace("Totaal excl. btw", "Netto"))
    with pytest.raises(ColumnsMissing) as caught:
        read(path, lightspeed)
    assert "Sinds de vorige keer" in caught.value.what
    assert "'Totaal excl. btw' staat niet" in caught.value.what
    assert '--kolommen "bedrag=NIEUWE KOP"' in caught.value.remedy
    assert "--recept" in caught.value.remedy
    checked = read(path, lightspeed, columns={"bedrag": "Netto"})
    assert checked.recipe.columns["bedrag"] == "Netto"


@pytest.mark.slow
def test_a_total_with_vat_is_not_taken_in_silence_for_one_without(write, lightspeed):
    text = "\n".join(line.rpartition(";")[0] for line in made.LIGHTSPEED.splitlines())
    assert read(write(text)).rows()  # alone it is read, with VAT
    with pytest.raises(ColumnsMissing, match=r"excl\. btw"):
        read(write(text), lightspeed)


@pytest.mark.slow
def test_a_column_that_only_helps_may_be_given_up(write, shopify):
    path = write(made.SHOPIFY.replace("Taxes", "Belasting"))
    with pytest.raises(ColumnsMissing) as caught:
        read(path, shopify)
    assert columns_in(caught.value.remedy)["btw"] == "-"
    assert read(path, shopify, columns={"btw": "-"}).count() == 3


def test_a_column_of_statuses_that_went_is_an_error(write, lightspeed):
    with pytest.raises(ColumnsMissing, match="'Status' staat er niet meer") as caught:
        read(write(made.LIGHTSPEED.replace("Status", "Stand")), lightspeed)
    assert "--recept" in caught.value.remedy


@pytest.mark.slow
def test_rows_to_leave_out_by_a_column_that_went_can_be_said_otherwise(write):
    text = "klant;datum;bedrag;Soort\nanna;2026-09-03;10,00;web\nbram;2026-09-04;9,00;bon\n"
    recipe = again(read(write(text), without=(("Soort", "bon"),)).recipe)
    path = write(text.replace("Soort", "Type"))
    with pytest.raises(ColumnsMissing, match="'Soort' staat er niet meer"):
        read(path, recipe)
    assert read(path, recipe, without=(("Type", "bon"),)).count() == 1


@pytest.mark.slow
def test_a_column_that_would_change_the_revenue_is_a_question_with_two_answers(write, lightspeed):
    text = made.LIGHTSPEED.replace("excl. btw\n", "excl. btw;Terugbetaald\n")
    path = write(re.sub(r"(€ \d+,00)\n", r"\1;5,00\n", text))
    with pytest.raises(Ambiguous, match="'Terugbetaald', als terugbetaald") as caught:
        read(path, lightspeed)
    assert columns_in(caught.value.remedy)["terugbetaald"] == "-"
    assert read(path, lightspeed, columns={"terugbetaald": "Terugbetaald"}).count() == 4
    ignored = read(path, lightspeed, columns={"terugbetaald": "-"})
    assert ignored.count() == 2
    assert read(path, again(ignored.recipe)).count() == 2


@pytest.mark.slow
def test_a_column_that_explains_is_noted(write, lightspeed):
    text = made.LIGHTSPEED.replace("excl. btw\n", "excl. btw;Btw\n")
    checked = read(write(re.sub(r"(€ \d+,00)\n", r"\1;5,00\n", text)), lightspeed)
    assert since(checked) == ["Sinds de vorige keer: kolom 'Btw' is erbij gekomen, gelezen als btw"]


@pytest.mark.slow
def test_a_column_that_could_be_meant_is_noted_once(write, lightspeed):
    path = write(made.LIGHTSPEED.replace("E-mail;", "E-mail;Klant;").replace("mail.nl;", "mail.nl;Iemand;"))
    checked = read(path, lightspeed)
    assert since(checked) == [
        "Sinds de vorige keer: voor klant kan nu ook 'Klant': kies zelf met --kolommen \"klant=Klant\""
    ]
    assert since(read(path, again(checked.recipe))) == []


# ── statuses ────────────────────────────────────────────────────────────────────────────────


@pytest.mark.slow
def test_a_status_that_was_never_there_is_noted_with_what_becomes_of_it(write, lightspeed):
    text = made.LIGHTSPEED.replace("ORD3;20/09/2026;Voltooid", "ORD3;20/09/2026;Mislukt")
    checked = read(write(text), lightspeed)
    assert since(checked) == [
        "Sinds de vorige keer: status 'Mislukt' in kolom 'Status' is nieuw: telt niet mee"
    ]
    assert since(read(write(text), again(checked.recipe))) == []


@pytest.mark.slow
def test_a_new_column_of_statuses_is_noted(write, lightspeed):
    text = made.LIGHTSPEED.replace("excl. btw\n", "excl. btw;Betaald\n")
    checked = read(write(re.sub(r"(€ \d+,00)\n", r"\1;nee\n", text)), lightspeed, counted=("open", "betaald"))
    assert since(checked) == [
        "Sinds de vorige keer: kolom 'Betaald' is erbij gekomen, en zegt welke orders tellen"
    ]


# ── currencies ──────────────────────────────────────────────────────────────────────────────


@pytest.mark.slow
def test_another_currency_is_a_question(write, shopify):
    path = write(made.SHOPIFY.replace("EUR", "USD"))
    with pytest.raises(Ambiguous, match="toen EUR, nu USD") as caught:
        read(path, shopify)
    assert "--valuta USD" in caught.value.remedy
    assert read(path, shopify, currencies=(("USD", 1.0),)).count() == 3


@pytest.mark.slow
def test_dollars_where_there_was_no_word_of_currency_are_a_question(write):
    text = "klant;datum;bedrag\nanna;2026-09-03;10,00\n"
    recipe = again(read(write(text)).recipe)
    with pytest.raises(Ambiguous, match="toen EUR, nu USD"):
        read(write(text.replace("10,00", "$ 10,00")), recipe)


@pytest.mark.slow
def test_euros_where_there_was_no_word_of_currency_are_none(write):
    text = "klant;datum;bedrag\nanna;2026-09-03;10,00\n"
    recipe = again(read(write(text)).recipe)
    assert since(read(write(text.replace("10,00", "€ 10,00")), recipe)) == []


@pytest.mark.slow
def test_amounts_without_a_currency_where_there_were_dollars_are_a_question(write):
    text = "klant;datum;bedrag\nanna;2026-09-03;$ 10,00\n"
    recipe = again(read(write(text)).recipe)
    with pytest.raises(Ambiguous, match="toen USD, nu zonder valuta"):
        read(write(text.replace("$ ", "")), recipe)


def test_a_currency_beside_those_that_the_user_chose_is_noted(write):
    text = "klant;datum;bedrag;valuta\nanna;2026-09-03;10,00;EUR\nbram;2026-09-04;9,00;USD\n"
    recipe = again(read(write(text), currencies=(("EUR", 1.0),)).recipe)
    checked = read(write(text.replace("USD", "GBP")), recipe)
    assert since(checked) == [
        "Sinds de vorige keer: er zijn bedragen in GBP, dat was er niet: zij tellen niet mee (--valuta)"
    ]


# ── what a row is ───────────────────────────────────────────────────────────────────────────


@pytest.mark.slow
def test_order_numbers_that_now_repeat_are_noted(write, lightspeed):
    extra = "ORD3;20/09/2026;Voltooid;anna@mail.nl;€ 12,10;€ 10,00\n"
    checked = read(write(made.LIGHTSPEED + extra), lightspeed)
    assert checked.count() == 2
    (note,) = since(checked)
    assert "een rij was toen een order, nu een regel van een order" in note


def lines(first, second, orders=6):
    """Orders of two lines each, whose amounts are these times the number of the order."""
    rows = [
        f"{n};k{n};2026-09-{n:02};{n * amount},00" for n in range(1, orders + 1) for amount in (first, second)
    ]
    return "\n".join(["Bestelnummer;klant;datum;bedrag", *rows])


@pytest.mark.slow
def test_an_amount_that_was_of_the_order_and_is_of_the_line_is_a_question(write):
    recipe = again(read(write(lines(3, 3)), lines="ordertotaal").recipe)
    path = write(lines(1, 2) + "\n8;k8;2026-09-28;4,00\n8;k8;2026-09-28;4,00")
    with pytest.raises(Ambiguous, match="Een rij was toen") as caught:
        read(path, recipe)
    assert "--regels optellen" in caught.value.remedy
    chosen = read(path, recipe, lines="optellen")
    assert sum(row[2] for row in chosen.rows()) == 21 * 3 + 8
    assert sum(row[2] for row in read(path, again(chosen.recipe)).rows()) == 21 * 3 + 8


@pytest.mark.slow
def test_an_amount_that_was_of_the_line_and_may_be_of_the_order_is_a_question_once(write):
    recipe = again(read(write(lines(1, 2))).recipe)
    path = write(lines(3, 3))
    with pytest.raises(Ambiguous, match="op elke regel hetzelfde bedrag"):
        read(path, recipe)
    for word, total in (("optellen", 21 * 6), ("ordertotaal", 21 * 3)):
        chosen = read(path, recipe, lines=word)
        assert sum(row[2] for row in chosen.rows()) == total
        assert sum(row[2] for row in read(path, again(chosen.recipe)).rows()) == total


@pytest.mark.slow
def test_a_month_too_small_to_tell_is_read_as_the_one_before(write):
    path = write(lines(3, 3, orders=1), "klein.csv")
    with pytest.raises(Ambiguous):
        read(path)
    total = again(read(write(lines(3, 3)), lines="ordertotaal").recipe)
    each = again(read(write(lines(1, 2))).recipe)
    assert [read(path, recipe).rows()[0][2] for recipe in (total, each)] == [3, 6]


# ── how it is written, and in what ──────────────────────────────────────────────────────────


@pytest.mark.slow
def test_another_decimal_sign_that_the_data_tell_is_noted(write, lightspeed):
    text = re.sub(r"€ (\d+),(\d\d)", r"€ \1.\2", made.LIGHTSPEED)
    assert since(read(write(text), lightspeed)) == [
        "Sinds de vorige keer: voor de decimalen staat nu een punt, toen een komma"
    ]


@pytest.mark.slow
def test_another_order_of_dates_that_the_data_tell_is_noted(write, lightspeed):
    text = re.sub(r"(\d\d)/09/2026", r"09/\1/2026", made.LIGHTSPEED)
    assert since(read(write(text), lightspeed)) == [
        "Sinds de vorige keer: de volgorde van datums is nu mdj, toen dmj"
    ]


@pytest.mark.slow
def test_another_kind_of_source_is_noted(write, lightspeed, tmp_path):
    path = tmp_path / "export.xlsx"
    frame = pd.read_csv(write(made.LIGHTSPEED), sep=";", dtype=str)
    frame.to_excel(path, index=False)
    assert since(read(path, lightspeed)) == ["Sinds de vorige keer: de bron is nu werkboek, toen tekst"]
