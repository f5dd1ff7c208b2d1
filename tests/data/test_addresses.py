"""Exports of programs for mailing, read as addresses: who is who, where he is written to, and who said yes."""

import datetime as dt

import pytest

from klantwaarde_xl.data.addresses_of import reach
from klantwaarde_xl.data.analyse import analyse
from klantwaarde_xl.data.reading.files import read_table, table_from_cells
from klantwaarde_xl.data.results import Made, Result
from klantwaarde_xl.data.sample import sample_orders
from klantwaarde_xl.data.sample_addresses import addresses_csv, sample_addresses
from klantwaarde_xl.data.tables import tables

TODAY = dt.date(2026, 11, 27)
TABLE = tables()["adressen"]


def read(folder, text):
    (folder / "a.csv").write_text(text, encoding="utf-8")
    return read_table(folder / "a.csv", TABLE, today=TODAY)


def reached(checked, monkeypatch):
    found = []
    one = Result(
        "bereik", "Bereik", lambda context: found.append(reach(context)) or Made(), needs=("adressen",)
    )
    monkeypatch.setattr("klantwaarde_xl.data.analyse.results", lambda: {"bereik": one})
    analyse({"adressen": checked}, None, ["bereik"], today=TODAY)
    return found[0]


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("klant;e-mail;toestemming\nK1;a@x.nl;ja\n", ("K1", "a@x.nl", "ja")),
        ("e-mail;klant\na@x.nl;Jansen BV\n", ("Jansen BV", "a@x.nl", None)),
        ("Klantnummer;E-mailadres;Nieuwsbrief\nK1;a@x.nl;nee\n", ("K1", "a@x.nl", "nee")),
        ("Customer ID,First Name,Email,Accepts Email Marketing\n7,Anna,a@x.nl,yes\n", ("7", "a@x.nl", "yes")),
        ("Email Address,First Name,Subscribed\na@x.nl,Anna,true\n", ("a@x.nl", None, "true")),
    ],
)
def test_each_column_is_the_one_that_it_says(tmp_path, text, row):
    assert read(tmp_path, text).rows() == [row]


@pytest.mark.parametrize("word", ["ja", "JA ", "yes", "1", "x", "true", "Subscribed", "aangemeld", "opt-in"])
def test_a_yes_is_one_in_many_words(word, monkeypatch):
    rows = [["K1", "a@x.nl", word], ["K2", "b@x.nl", "nee"], ["K3", "c@x.nl", None]]
    found = reached(table_from_cells(TABLE, TABLE.headers, rows, source="x", today=TODAY), monkeypatch)
    assert [found.may_write(name) for name in ("K1", "K2", "K3", "K4")] == [True, False, False, False]
    assert found.unread == ()


@pytest.mark.parametrize("word", ["nee", "0", "unsubscribed", "uitgeschreven", "2026-01-02", "weet niet"])
def test_what_is_no_yes_is_a_no_and_is_named_when_it_is_no_known_no(word, monkeypatch):
    rows = [["K1", "a@x.nl", word], ["K2", "b@x.nl", "ja"]]
    found = reached(table_from_cells(TABLE, TABLE.headers, rows, source="x", today=TODAY), monkeypatch)
    assert not found.may_write("K1")
    assert found.unread == ((word,) if word in ("2026-01-02", "weet niet") else ())


def test_without_a_word_about_consent_the_data_say_nothing_of_it(monkeypatch):
    rows = [["K1", "a@x.nl", None]]
    found = reached(table_from_cells(TABLE, TABLE.headers, rows, source="x", today=TODAY), monkeypatch)
    assert found.consents is None
    assert found.may_write("K9")
    assert (found.address("K1"), found.address("K9"), found.address("c@d.nl")) == ("a@x.nl", None, "c@d.nl")


def test_who_stands_twice_is_said(tmp_path):
    read_ = read(tmp_path, "klant;e-mail;toestemming\nK1;a@x.nl;ja\nK1;b@x.nl;nee\nK2;c@x.nl;ja\n")
    assert any("1 klant staat er meer dan eens in" in note for note in read_.quality.notes)


def test_the_sample_is_the_same_every_time_and_is_read_back(tmp_path):
    orders = sample_orders(200)
    said = sample_addresses(orders)
    assert said == sample_addresses(orders)
    assert 0.9 * 200 < len(said) <= len({one.customer for one in orders})
    assert {one[2] for one in said} == {"ja", "nee"}
    assert read(tmp_path, addresses_csv(said)).rows() == said


@pytest.mark.parametrize("header", ["rubriek", "Geen idee", "Status"])
def test_without_a_known_column_of_consent_it_is_said_that_everybody_may_be_mailed(tmp_path, header):
    read_ = read(tmp_path, f"klant;e-mail;{header}\nK1;a@x.nl;ja\nK2;c@x.nl;nee\n")
    assert any("nergens staat of iemand mail wil" in note for note in read_.quality.notes)


@pytest.mark.parametrize(
    "header", ["toestemming", "AVG akkoord", "Aangemeld voor nieuwsbrief", "Mag gemaild worden"]
)
def test_consent_is_known_by_what_people_call_it(tmp_path, header, monkeypatch):
    read_ = read(tmp_path, f"klant;e-mail;{header}\nK1;a@x.nl;ja\nK2;c@x.nl;nee\n")
    assert not any("mail wil" in note for note in read_.quality.notes)
    found = reached(read_, monkeypatch)
    assert (found.may_write("K1"), found.may_write("K2")) == (True, False)
