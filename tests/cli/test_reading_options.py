"""The options about reading: which header is meant, and no option that would do nothing."""

from pathlib import Path

import pytest

from klantwaarde_xl.cli.commands import main
from klantwaarde_xl.cli.reading import ABOUT_A_FILE, columns_of
from klantwaarde_xl.data.tables import TRANSACTIONS
from klantwaarde_xl.errors import UsageError
from klantwaarde_xl.workbook.content import needs
from klantwaarde_xl.workbook.templates import templates
from klantwaarde_xl.xlsx.package import Package
from tests.examples import crossed


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        (["klant=Relatie,bedrag=Totaal"], {"klant": "Relatie", "bedrag": "Totaal"}),
        ([" klant = Relatie , bedrag = Totaal "], {"klant": "Relatie", "bedrag": "Totaal"}),
        (["bedrag=Totaal, incl. btw"], {"bedrag": "Totaal, incl. btw"}),
        (["bedrag=Totaal, incl. btw,klant=Naam"], {"bedrag": "Totaal, incl. btw", "klant": "Naam"}),
        (["klant=Naam, voornaam, datum=Dag, maand"], {"klant": "Naam, voornaam", "datum": "Dag, maand"}),
        (["klant=Naam", "bedrag=Totaal, incl. btw"], {"klant": "Naam", "bedrag": "Totaal, incl. btw"}),
        (['bedrag="Totaal, datum=vandaag",klant=Naam'], {"bedrag": "Totaal, datum=vandaag", "klant": "Naam"}),
        (["bedrag=Prijs = aantal x stuk"], {"bedrag": "Prijs = aantal x stuk"}),
        (["bedrag=Prijs (= aantal)"], {"bedrag": "Prijs (= aantal)"}),
        (["bedrag=€ 12,50 per stuk"], {"bedrag": "€ 12,50 per stuk"}),
        (['klant=7" schijf'], {"klant": '7" schijf'}),
        (None, None),
    ],
)
def test_a_column_is_named_by_its_header_commas_and_all(given, meant):
    assert columns_of(given, [TRANSACTIONS]) == ({"transacties": meant} if meant else {})


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ([""], "niets"),
        (["klant"], "geen kop achter klant"),
        (["klant="], "geen kop achter klant"),
        (['klant=""'], "geen kop achter klant"),
        (["=Naam"], "=Naam"),
        (["klantje=Naam"], "klantje"),
        (["klant=Naam,omzet=Totaal"], "omzet"),
        (["klant=Naam,"], "komma"),
        ([",klant=Naam"], ",klant=Naam"),
        (["klant=Naam,klant=Code"], "klant twee keer"),
        (["klant=Naam", "klant=Code"], "klant twee keer"),
        (["klant=Naam", ""], "niets"),
    ],
)
def test_a_column_that_cannot_be_is_refused_with_an_example(given, said):
    with pytest.raises(UsageError) as caught:
        columns_of(given, [TRANSACTIONS])
    assert said in caught.value.what
    assert "Bijvoorbeeld: --kolommen" in caught.value.remedy


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("a.csv").write_text(
        'Naam;Dag;"Totaal, incl. btw";Totaal\nA;1-2-2025;5,00;4,00\nB;3-2-2025;6,00;5,00\n', encoding="utf-8"
    )
    return tmp_path


@pytest.mark.slow
def test_a_header_with_a_comma_is_read_as_it_was_named(here, capsys):
    words = ["--kolommen", "klant=Naam,datum=Dag", "--kolommen", "bedrag=Totaal, incl. btw"]
    assert main(["nieuw", "dashboard", "--gegevens", "a.csv", *words]) == 0
    assert "bedrag = 'Totaal, incl. btw'" in capsys.readouterr().out
    rows = Package.open(here / "klantwaarde-dashboard.xlsx").read_table("tblTransacties").rows
    assert [row[2] for row in rows] == [5.0, 6.0]


# ── no option that would do nothing ─────────────────────────────────────────────────────────

# A value that no option can take: whoever accepts it has not looked at it
NONSENSE = {
    "gegevens": ["--gegevens", "bestaatniet.csv"],
    "kolommen": ["--kolommen", "klant=Bestaat niet"],
    "blad": ["--blad", "Bestaat niet"],
    "decimaal": ["--decimaal", "quatsch"],
    "datumvolgorde": ["--datumvolgorde", "quatsch"],
    "overslaan": ["--overslaan"],
    "btw": ["--btw", "quatsch"],
    "valuta": ["--valuta", "quatsch=quatsch"],
    "tellen": ["--tellen", "quatsch"],
    "regels": ["--regels", "quatsch"],
    "lege-klant": ["--lege-klant", "quatsch"],
    "niemand": ["--niemand", "quatsch"],
    "zonder": ["--zonder", "quatsch"],
    "alleen": ["--alleen", "quatsch"],
    "retour": ["--retour", "quatsch"],
    "jaar": ["--jaar", "quatsch"],
    "schaal": ["--schaal", "quatsch"],
    "termijn": ["--termijn", "quatsch"],
    "aspecten": ["--aspecten", "quatsch"],
    "recept": ["--recept", "quatsch"],
}
NEEDS_NOTHING = [template.id for template in templates().values() if not needs(template)]


def test_the_nonsense_covers_every_option_about_reading():
    assert set(NONSENSE) == set(ABOUT_A_FILE)


@pytest.mark.parametrize(("option", "template"), crossed([*NONSENSE], NEEDS_NOTHING))
def test_a_workbook_without_data_refuses_each_option_about_data(here, capsys, template, option):
    assert main(["nieuw", template, *NONSENSE[option]]) == 2
    err = capsys.readouterr().err
    wrong = "Bij --valuta kan" if option == "valuta" else f"doet --{option} niets"  # a sign it can have
    assert wrong in err
    assert [path.name for path in here.iterdir()] == ["a.csv"]


def test_all_options_that_would_do_nothing_are_named_at_once(here, capsys):
    words = ["nieuw", "functies", "--gegevens", "bestaatniet.csv", "--decimaal", "quatsch"]
    assert main(words) == 2
    assert "doen --gegevens en --decimaal niets" in capsys.readouterr().err


@pytest.mark.parametrize("option", NONSENSE)
def test_a_refresh_accepts_no_option_that_it_does_not_use(dashboard, capsys, option):
    before = dashboard.read_bytes()
    assert main(["ververs", str(dashboard), *NONSENSE[option]]) != 0
    assert f"--{option}" in (err := capsys.readouterr().err) or "quatsch" in err or "bestaatniet" in err
    assert dashboard.read_bytes() == before


# What can be said of any data, and means nothing for a workbook that has none
SENSE = {
    "gegevens": ["--gegevens", "a.csv", "--kolommen", "klant=Naam,datum=Dag,bedrag=Totaal"],
    "decimaal": ["--decimaal", "komma"],
    "datumvolgorde": ["--datumvolgorde", "dmj"],
}


@pytest.mark.slow
@pytest.mark.parametrize(("option", "template"), crossed([*SENSE], NEEDS_NOTHING))
def test_a_refresh_of_a_workbook_without_data_refuses_what_is_said_about_data(here, capsys, template, option):
    assert main(["nieuw", template, "--uit", "w.xlsx"]) == 0
    before = (here / "w.xlsx").read_bytes()
    assert main(["ververs", "w.xlsx", *SENSE[option]]) != 0
    assert "Oplossing: " in capsys.readouterr().err
    assert (here / "w.xlsx").read_bytes() == before


@pytest.mark.slow
def test_a_workbook_without_data_can_be_refreshed_all_the_same(here):
    assert main(["nieuw", "basis", "--uit", "w.xlsx"]) == 0
    assert main(["ververs", "w.xlsx", "--zonder-kopie"]) == 0


@pytest.mark.parametrize("words", [["ververs", "{book}", "--gegevens", "a.csv"], ["controleer", "a.csv"]])
@pytest.mark.parametrize("option", ["kolommen", "decimaal", "datumvolgorde"])
def test_what_is_said_about_a_named_file_is_looked_at(here, dashboard, words, option):
    named = [str(dashboard) if word == "{book}" else word for word in words]
    assert main([*named, *NONSENSE[option]]) != 0


@pytest.mark.slow
@pytest.mark.parametrize("option", [["--decimaal", "komma"], ["--datumvolgorde", "dmj"]])
def test_a_refresh_of_the_own_table_takes_what_is_said_about_decimals_and_dates(dashboard, option):
    assert main(["ververs", str(dashboard), "--zonder-kopie", *option]) == 0


@pytest.mark.parametrize("option", [["--zonder", "Service=3"], ["--btw", "excl"], ["--regels", "optellen"]])
def test_an_option_about_orders_is_refused_where_there_are_none(tmp_path, capsys, option):
    path = tmp_path / "kosten.csv"
    path.write_text("kanaal;maand;kosten\nweb;2026-01;100\n", encoding="utf-8")
    assert main(["controleer", str(path), "--tabel", "kosten"]) == 0
    capsys.readouterr()
    assert main(["controleer", str(path), "--tabel", "kosten", *option]) == 2
    assert f"doet {option[0]} niets" in capsys.readouterr().err


@pytest.mark.slow
def test_refunds_and_cents_are_said_on_the_command_line_and_kept_in_the_recipe(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    rows = [
        "Factuurnr;Datum;Klantnr;Bedrag",
        "F1;1-3-2024;K1;1250",
        "F2;2-3-2024;K2;999",
        "CN3;4-3-2024;K1;250",
    ]
    Path("uit.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    assert main(["controleer", "uit.csv"]) == 3
    typed = ["--retour", "Factuurnr=CN*", "--decimaal", "centen", "--recept", "uit.json"]
    assert main(["controleer", "uit.csv", *typed]) == 0
    assert "netto € 19,99" in capsys.readouterr().out
    assert main(["controleer", "uit.csv", "--recept", "uit.json"]) == 0
    assert "netto € 19,99" in capsys.readouterr().out


def test_a_refund_is_named_by_a_header_and_a_pattern(capsys):
    assert main(["controleer", "uit.csv", "--retour", "CN"]) == 2
    assert '--retour "Factuurnummer=CN*"' in capsys.readouterr().err


def test_advice_about_a_second_table_can_be_typed_as_it_stands(tmp_path, capsys):
    orders, costs = tmp_path / "orders.csv", tmp_path / "TikTok.csv"
    orders.write_text("klant;datum;bedrag\nA;1-2-2024;9,50\nB;2-2-2024;8,50\n", encoding="utf-8")
    costs.write_text("Date,Uitgegeven\n2024-01-04,1.50\n2024-02-05,2.50\n", encoding="utf-8")
    words = ["analyse", str(orders), "--gegevens", f"kosten={costs}"]
    assert main([*words, "--uit", str(tmp_path / "a")]) == 3
    said = capsys.readouterr().err
    advice = next(word for word in said.split() if word.startswith("kanaal=") or "kosten." in word).rstrip(
        "."
    )
    assert advice == "kanaal=Bestand,kosten.bedrag=Uitgegeven"
    assert main([*words, "--uit", str(tmp_path / "b"), "--kolommen", advice]) == 0
