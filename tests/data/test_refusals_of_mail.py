"""Columns that say no to mail are the reverse of consent, and a no goes before a yes."""

import pytest

from tests.data.test_addresses import reached, read


def who(folder, monkeypatch, head, *rows):
    checked = read(folder, "\n".join([head, *rows]) + "\n")
    found = reached(checked, monkeypatch)
    about = " | ".join(one.text for one in checked.quality.said if one.about == "toestemming")
    return [found.may_write(f"K{at}") for at in range(1, len(rows) + 1)], about


@pytest.mark.parametrize(
    "header",
    ["afgemeld", "Opt-out", "Unsubscribed", "Do not contact", "Geen mailing", "Bounce", "Uitgeschreven op", "Email opt out",
     "Niet mailen", "Has opted out of email", "Hard bounced", "Blacklisted", "Wil geen nieuwsbrief", "DO_NOT_EMAIL",
     "Abgemeldet", "Nieuwsbrief afgemeld", "Unsubscribe date"],
)  # fmt: skip
@pytest.mark.parametrize(
    "words", [("ja", "nee"), ("TRUE", "FALSE"), ("1", "0"), ("x", ""), ("2025-03-04", "")]
)
def test_a_yes_below_it_is_a_no(tmp_path, monkeypatch, header, words):
    rows = [f"K1;a@x.nl;{words[0]}", f"K2;b@x.nl;{words[1]}"]
    may, about = who(tmp_path, monkeypatch, f"klant;e-mail;{header}", *rows)
    assert may == [False, True]
    assert f"kolom '{header}' zegt wie geen mail wil: 1 rij niet mailen" in about


def test_words_of_programs_for_mail_say_it(tmp_path, monkeypatch):
    rows = [
        f"K{at};k{at}@x.nl;{word}" for at, word in enumerate(["opt-out", "opt-in", "", "klaagde", "soft"], 1)
    ]
    assert who(tmp_path, monkeypatch, "klant;e-mail;Optout", *rows)[0] == [False, True, True, False, True]


def test_a_no_goes_before_a_yes_in_another_column(tmp_path, monkeypatch):
    rows = ["K1;a@x.nl;ja;ja", "K2;b@x.nl;ja;nee", "K3;c@x.nl;nee;nee", "K4;d@x.nl;;", "K5;e@x.nl;nee;ja"]
    may, about = who(tmp_path, monkeypatch, "klant;e-mail;Toestemming;Uitgeschreven", *rows)
    assert may == [False, True, False, False, False]
    assert "2 rijen niet mailen, ook waar 'Toestemming' iets anders zegt (1 rij)" in about


def test_of_two_columns_of_no_each_one_counts(tmp_path, monkeypatch):
    rows = ["K1;a@x.nl;ja;nee", "K2;b@x.nl;nee;2025-02-01", "K3;c@x.nl;nee;"]
    may, about = who(tmp_path, monkeypatch, "klant;e-mail;Afgemeld;Bounced at", *rows)
    assert may == [False, False, True]
    assert "kolommen 'Afgemeld' en 'Bounced at' zeggen" in about


def test_a_column_of_no_with_a_name_of_its_own_is_named_by_the_user(tmp_path):
    from klantwaarde_xl.data.reading.files import read_table
    from tests.data.test_addresses import TABLE, TODAY

    path = tmp_path / "a.csv"
    path.write_text("klant;e-mail;Rood\nK1;a@x.nl;ja\nK2;b@x.nl;nee\n", encoding="utf-8")
    checked = read_table(path, TABLE, today=TODAY, columns={"afmelding": "Rood"})
    assert [row[2] for row in checked.rows()] == ["nee", "ja"]


@pytest.mark.parametrize(
    "header", ["Afmelddag training", "Noot", "Geen bijzonderheden", "Blocker", "Contact"]
)
def test_other_headers_say_nothing_of_mail(tmp_path, header):
    checked = read(tmp_path, f"klant;e-mail;{header}\nK1;a@x.nl;ja\n")
    assert [row[2] for row in checked.rows()] == [None]
