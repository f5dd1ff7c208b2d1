"""An account or a user that looks like a till, staff or an account of the books is asked about."""

import pytest

from klantwaarde_xl.errors import Ambiguous
from tests.data.exported import figures, read, typed, write

__all__ = ["write"]


def path_of(write, head, names):
    rows = [f"{n},2025-04-{n % 28 + 1:02d},{name},{n}.50" for n, name in enumerate(names, 1)]
    return write("\n".join([f"Receipt no,Date,{head},Total", *rows]) + "\n")


@pytest.mark.parametrize(
    ("head", "names"),
    [
        ("Account", ["Till 1", "Till 2", "Till 1"]),
        ("Account", ["8010 Omzet hoog", "8020 Omzet laag", "8010 Omzet hoog"]),
        ("User", ["ria@bloemenzaak.nl", "bert@bloemenzaak.nl", "ria@bloemenzaak.nl"]),
        ("User", ["Admin", "Verkoper 2", "Admin"]),
        ("Account", ["Ria", "Bert"] * 30),
    ],
)
def test_what_looks_like_no_customer_is_a_question_whose_answers_work(write, head, names):
    path = path_of(write, head, names)
    with pytest.raises(Ambiguous, match="de medewerker of de rekening"):
        read(path)


@pytest.mark.parametrize("answer", ["User", "-"])
def test_both_answers_read_the_file(write, answer):
    path = path_of(write, "User", ["ria@bloemenzaak.nl", "bert@bloemenzaak.nl", "ria@bloemenzaak.nl"])
    assert figures(read(path, {"klant": answer}))[1] == 7.5


@pytest.mark.parametrize(
    "names", [["Bakkerij Smit", "Hotel Zee", "Hotel Zee"], ["an@gmail.com", "bo@gmail.com", "an@gmail.com"]]
)
def test_accounts_of_customers_are_read(write, names):
    assert figures(read(path_of(write, "Account", names)))[3] == 2


TILL = "E-mail,Datum,Transactie-ID,{more},Totaal\n"


def tills(write, names, more="Opmerking"):
    rows = [f"{name},2025-04-{at:02d},T{at},,{at}.50" for at, name in enumerate(names, 1)]
    return write(TILL.format(more=more) + "\n".join(rows) + "\n")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("names", "more"),
    [
        (["ria@bloemenzaak.nl", "bert@bloemenzaak.nl"] * 3, "Opmerking"),
        (["ria@meubelhuis.nl", "Bert@Meubelhuis.nl", "jo@meubelhuis.nl"] * 4, "Opmerking"),
        (["ria@bloemenzaak.nl", "bert@bloemenzaak.nl", "ria@bloemenzaak.nl"], "Fooi"),
        (["kas@bloemenzaak.nl"] * 3, "Kaarttype"),
    ],
)
def test_addresses_of_the_staff_of_one_company_are_asked_about_and_both_answers_work(write, names, more):
    path = tills(write, names, more)
    with pytest.raises(Ambiguous, match=r"van één bedrijf|hetzelfde adres") as asked:
        read(path)
    assert "--kolommen klant=-" in asked.value.remedy
    revenue = sum(at + 0.5 for at in range(1, len(names) + 1))
    assert figures(read(path, {"klant": "-"}))[1:] == (revenue, revenue, 0)
    assert figures(read(path, {"klant": "E-mail"}))[3] == len({name.casefold() for name in names})


@pytest.mark.parametrize(
    "names",
    [
        ["an@gmail.com", "bo@gmail.com"] * 4,  # of a provider
        ["an@mail.ziggo.nl", "bo@mail.ziggo.nl"] * 4,
        ["an@alfa.nl", "bo@beta.nl"] * 4,  # of two companies
        ["an@alfa.nl", "bo@alfa.nl", "cas@alfa.nl", "an@alfa.nl"],  # hardly anybody more than once
        [f"k{at % 21}@alfa.nl" for at in range(84)][:28],  # many
    ],
)
def test_addresses_of_customers_are_read(write, names):
    assert figures(read(tills(write, names)))[3] == len(set(names))


def test_an_address_below_a_header_of_customers_is_theirs(write):
    path = tills(write, ["an@alfa.nl", "bo@alfa.nl"] * 4)
    path.write_text(path.read_text().replace("E-mail", "E-mail klant"))
    assert figures(read(path))[3] == 2


def test_the_address_of_the_own_staff_gives_way_to_a_name_beside_it(write):
    rows = "".join(
        f"an@studio.nl;{who};{at}-2-2025;10,00\n" for at, who in enumerate(["Vos", "Das", "Bos"] * 2, 1)
    )
    path = write(f"Email;Client;Datum;Bedrag\n{rows}")
    with pytest.raises(Ambiguous, match="hetzelfde adres") as asked:
        read(path)
    assert "dan kan dit de klant zijn: --kolommen klant=Client. Of lees" in asked.value.remedy
    assert figures(typed(path, "--kolommen klant=Client"))[3] == 3


def test_who_booked_and_when_it_was_sent_say_enough(write):
    path = write("Date sent;Boeker;Bedrag\n2025-02-03;Vos;1,00\n2025-02-04;Das;2,00\n")
    assert figures(read(path)) == (2, 3.0, 3.0, 2)
