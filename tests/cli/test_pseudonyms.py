"""`nieuw --pseudoniem`: no name is in the workbook, the figures are the same, and it is looked through."""

import hashlib
import hmac
import stat
import sys
import zipfile
from pathlib import Path

import pytest

from klantwaarde_xl.data import pseudonyms
from klantwaarde_xl.data.pseudonyms import Names, code_of, too_small
from klantwaarde_xl.xlsx.package import Package

NAMES = ["Jan", "Jan Jansen", "Café Bo & Zn", "an@x.nl", "1001", "Web", *(f"Klant {n}" for n in range(20))]


def orders():
    lines = [
        f"{name};{day}-{month}-2025;{10 + at},25\n"
        for at, name in enumerate(NAMES)
        for day, month in ((3, 3), (9, 5), (1, 8))
    ]
    return "klant;datum;bedrag\n" + "".join(lines)


def people():
    channel = ["Radio", "Radio", "Krant", "Krant", *["Web"] * 22]
    rows = zip(NAMES, channel, strict=True)
    return "klant;kanaal;regio\n" + "".join(f"{name};{one};Zeeland\n" for name, one in rows)


@pytest.fixture
def data(here):
    Path("o.csv").write_text(orders(), encoding="utf-8")
    Path("k.csv").write_text(people(), encoding="utf-8")
    return here


def table(path, name="tblTransacties"):
    return Package.open(Path(path)).read_table(name).rows


def make(say, *words, uit="p.xlsx"):
    return say(
        "nieuw",
        "retentie-cohorten",
        "--gegevens",
        "o.csv",
        "--gegevens",
        "klanten=k.csv",
        "--uit",
        uit,
        *words,
    )


@pytest.mark.slow
def test_no_name_is_in_any_part_and_the_figures_are_those_with_names(data, say):
    assert make(say, uit="met.xlsx")[0] == 0
    code, out, err = make(say, "--pseudoniem", "s.key")
    assert (code, err) == (0, "")
    assert "Sleutel gemaakt: s.key" in out
    assert "26 klanten kregen een code" in out
    with zipfile.ZipFile("p.xlsx") as file:
        text = "\n".join(file.read(name).decode("utf-8", "replace") for name in file.namelist())
    key = Path("s.key").read_text().strip()
    for secret in (
        "Jansen",
        "Café",
        "an@x.nl",
        "Klant 1",
        'o.csv"',
        key,
        "klantwaarde_recept",
        "klantwaarde_bron",
    ):
        assert secret not in text, secret
    assert [row[1:] for row in table("p.xlsx")] == [row[1:] for row in table("met.xlsx")]
    assert len({row[0] for row in table("p.xlsx")}) == len(NAMES)
    assert {row[0] for row in table("p.xlsx")} == {row[0] for row in table("p.xlsx", "tblKlantgegevens")}


@pytest.mark.slow
def test_groups_under_five_are_one_group_of_at_least_five(data, say):
    make(say, "--pseudoniem", "s.key")
    channels = [row[1] for row in table("p.xlsx", "tblKlantgegevens")]
    # Radio and Krant have four together, so Web goes with them
    assert set(channels) == {"overig"}
    assert {row[3] for row in table("p.xlsx", "tblKlantgegevens")} == {"Zeeland"}


@pytest.mark.slow
def test_a_campaign_of_a_few_goes_with_others_in_the_customers_and_in_the_costs(data, say):
    lines = [f"{name};Zoeken;{'Actie voor twee' if at < 2 else 'Lente'}" for at, name in enumerate(NAMES)]
    Path("k.csv").write_text("klant;kanaal;campagne\n" + "\n".join(lines) + "\n", encoding="utf-8")
    Path("c.csv").write_text(
        "maand;kanaal;bedrag;campagne\n2025-03;Zoeken;9;Actie voor twee\n2025-03;Zoeken;8;Zomer\n"
    )
    words = (
        "nieuw",
        "cac-kanalen",
        "--gegevens",
        "o.csv",
        "--gegevens",
        "klanten=k.csv",
        "--gegevens",
        "kosten=c.csv",
    )
    code, _, err = say(*words, "--uit", "p.xlsx", "--pseudoniem", "s.key")
    assert (code, err) == (0, "")
    assert {row[4] for row in table("p.xlsx", "tblKlantgegevens")} == {"overig"}
    assert [row[3] for row in table("p.xlsx", "tblKosten")] == ["overig", "Zomer"]


@pytest.mark.parametrize(
    ("sizes", "small"),
    [
        ({"a": 5, "b": 9}, set()),
        ({"a": 2, "b": 3, "c": 9}, {"a", "b"}),
        ({"a": 4, "b": 7, "c": 9}, {"a", "b"}),
        ({"a": 1}, {"a"}),
        ({"a": 4, "overig": 30, "c": 9}, {"a", "overig"}),
        ({}, set()),
    ],
)
def test_which_groups_go_together(sizes, small):
    assert too_small(sizes) == small


@pytest.mark.slow
def test_a_code_is_a_keyed_digest_and_the_same_with_the_same_key_only(data, say):
    assert code_of("Jan ", b"k" * 32) == "P" + hmac.new(b"k" * 32, b"Jan", hashlib.sha256).hexdigest()[:16]
    make(say, "--pseudoniem", "s.key")
    out = make(say, "--pseudoniem", "s.key", uit="q.xlsx")[1]
    assert "Sleutel gemaakt" not in out
    make(say, "--pseudoniem", "ander.key", uit="r.xlsx")
    first, same, other = ({row[0] for row in table(name)} for name in ("p.xlsx", "q.xlsx", "r.xlsx"))
    assert first == same
    assert not first & other
    if sys.platform != "win32":
        assert stat.S_IMODE(Path("s.key").stat().st_mode) == 0o600


@pytest.mark.parametrize(
    ("name", "text"),
    [("k.csv", None), ("geen.key", "wachtwoord"), ("kort.key", "ab" * 16), ("weg/s.key", None)],
)
def test_what_is_no_key_is_refused_and_stays(data, say, name, text):
    if text is not None:
        Path(name).write_text(text, encoding="utf-8")
    before = Path(name).read_bytes() if Path(name).exists() else None
    code, _, err = make(say, "--pseudoniem", name)
    assert (code, "Oplossing" in err, Path("p.xlsx").exists()) == (2, True, False)
    assert (Path(name).read_bytes() if Path(name).exists() else None) == before


@pytest.mark.slow
def test_a_name_that_would_come_in_refuses_the_workbook(data, say, monkeypatch):
    monkeypatch.setattr(
        pseudonyms, "code_of", lambda name, key: "Klant 3" if name == "Jan" else f"Q{name.encode().hex()}"
    )
    code, _, err = make(say, "--pseudoniem", "s.key")
    assert (code, "nog 1 van de 26 namen" in err) == (3, True)
    assert "Klant 3" not in err
    assert not Path("p.xlsx").exists()


@pytest.mark.slow
def test_names_do_not_come_in_by_a_refresh_and_its_own_rows_refresh(data, say):
    make(say, "--pseudoniem", "s.key")
    before = Path("p.xlsx").read_bytes()
    code, _, err = say("ververs", "p.xlsx", "--gegevens", "o.csv")
    assert (code, "zonder namen gemaakt" in err) == (4, True)
    assert Path("p.xlsx").read_bytes() == before
    assert say("ververs", "p.xlsx")[0] == 0
    assert {row[0][0] for row in table("p.xlsx")} == {"P"}


@pytest.mark.slow
def test_an_existing_workbook_serves_as_data(data, say):
    make(say, uit="oud.xlsx")
    words = ["--gegevens", "oud.xlsx", "--blad", "Gegevens", "--pseudoniem", "s.key", "--uit", "n.xlsx"]
    assert say("nieuw", "dashboard", *words)[0] == 0
    assert [row[1:] for row in table("n.xlsx")] == [row[1:] for row in table("oud.xlsx")]
    assert not {row[0] for row in table("n.xlsx")} & set(NAMES)


@pytest.mark.slow
def test_what_people_wrote_goes(here, say):
    rows = "".join(f"{day}-3-2025;{day % 11};Klant {day};bel Klant {day} op 06\n" for day in range(1, 29))
    Path("e.csv").write_text("datum;score;klant;opmerking\n" + rows, encoding="utf-8")
    words = ["--gegevens", "e.csv", "--schaal", "0-10", "--pseudoniem", "s.key", "--uit", "n.xlsx"]
    code, _, err = say("nieuw", "nps-onderzoek", *words)
    assert (code, err) == (0, "")
    with zipfile.ZipFile("n.xlsx") as file:
        assert not any(b"op 06" in file.read(name) for name in file.namelist())


def test_without_data_there_is_nothing_to_do(here, say):
    assert say("nieuw", "dashboard", "--voorbeeld", "--pseudoniem", "s.key")[0] == 2
    assert not Path("s.key").exists()


def test_names_are_found_as_words_of_their_own():
    names = {"Jan", "Jan Jansen", "an@x.nl"}
    assert Names(names).found_in("aan: Jan Jansen, en Janneke (an@x.nl)") == names
    assert Names(names).found_in("Janneke") == set()


@pytest.mark.parametrize(
    "text",
    [
        "export Ada van den Berg.csv",
        "export_ada_van_den_berg_2025.xlsx",
        "ADA VAN DEN BERG-Smit",
        "map\\Ada.van.den.Berg\\orders",
        "Ada\u00a0van den  Berg",
    ],
)
def test_a_name_of_several_words_is_found_whatever_stands_between_and_around_them(text):
    assert Names(["Ada van den Berg"]).found_in(text) == {"Ada van den Berg"}


def test_long_names_and_accents_written_in_two_ways_are_found():
    long = "Stichting Vrienden van het Park in de Stad en Omstreken"
    assert Names([long]).found_in(f"voor {long.upper()}.") == {long}
    assert Names(["Ren\u00e9e"]).found_in("van Rene\u0301e") == {"Ren\u00e9e"}


def test_a_number_in_a_text_is_no_customer_and_one_word_is_a_name_as_it_is_spelled():
    assert Names(["2025", "12-7", "K12", "Web"]).found_in("omzet 2025, 12-7, web, k12") == set()
    assert Names(["K12", "Web"]).found_in("van K12 en Web") == {"K12", "Web"}
    counted = Names(["Klant 0", "Kok 12"], but=["euro per klant"])  # or chance would refuse a workbook
    assert counted.found_in("€ 1,20 per klant (0,85 tot 2,10), kok_12.csv") == {"Kok 12"}
    assert counted.found_in("Klant 0 kwam terug") == {"Klant 0"}
    assert Names(["Web", "Bo Li"], but=["via Web"]).found_in("Web: Bo Li") == {"Bo Li"}


@pytest.mark.slow
def test_a_file_that_is_called_after_a_customer_is_not_named(here, say):
    rows = "".join(
        f"{name};{day}-3-2025;{day * 3},50\n" for name in ("Ada Vos", "Bo Li", "Cas") for day in range(1, 9)
    )
    Path("orders Ada Vos.csv").write_text(f"klant;datum;bedrag\n{rows}", encoding="utf-8")
    words = ["--gegevens", "orders Ada Vos.csv", "--pseudoniem", "s.key", "--uit", "n.xlsx"]
    code, _, err = say("nieuw", "dashboard", *words)
    assert (code, err) == (0, "")
    with zipfile.ZipFile("n.xlsx") as file:
        assert not any(b"Ada Vos" in file.read(name) for name in file.namelist())


@pytest.mark.slow
def test_customers_with_numbers_that_are_years_too_are_no_names_in_sentences(here, say):
    rows = "".join(f"{number};{day}-3-2025;{day * 3},50\n" for number in range(2019, 2031) for day in (1, 8))
    Path("o.csv").write_text(f"klant;datum;bedrag\n{rows}", encoding="utf-8")
    words = ["--gegevens", "o.csv", "--pseudoniem", "s.key", "--uit", "n.xlsx"]
    code, _, err = say("nieuw", "dashboard", *words)
    assert (code, err) == (0, "")


@pytest.mark.slow
def test_addresses_go_and_are_looked_for_too(data, say):
    mails = "".join(f"{name};post{at}@x.nl;ja\n" for at, name in enumerate(NAMES))
    Path("a.csv").write_text(f"klant;e-mail;toestemming\n{mails}", encoding="utf-8")
    words = [
        "--gegevens",
        "o.csv",
        "--gegevens",
        "adressen=a.csv",
        "--pseudoniem",
        "s.key",
        "--uit",
        "n.xlsx",
    ]
    code, _, err = say("nieuw", "rfm-segmenten", *words)
    assert (code, err) == (0, "")
    with zipfile.ZipFile("n.xlsx") as file:
        assert not any(b"@x.nl" in file.read(name) for name in file.namelist())


@pytest.mark.slow
def test_codes_of_two_letters_are_not_found_in_what_we_keep_of_cells(data, say):
    codes = [first + second for first in "BCDFGHKMPQ" for second in "bcdfghkmpq"]
    rows = "".join(
        f"{code};{1 + at % 28}-{1 + at % 6}-2025;{10 + at},25\n" for at, code in enumerate(codes * 3)
    )
    Path("k.csv").write_text(f"klant;datum;bedrag\n{rows}", encoding="utf-8")
    for template in ("prognose", "dashboard"):
        words = ["--gegevens", "k.csv", "--pseudoniem", "s.key", "--uit", f"{template}.xlsx"]
        assert say("nieuw", template, *words)[0] == 0
