"""`--recept`: the file is made, applied, kept up to date, and never written over anything else."""

import json

import pytest

from klantwaarde_xl.cli.commands import main
from tests.data.exports_made import LIGHTSPEED, LIGHTSPEED_NEXT


@pytest.fixture
def months(tmp_path, monkeypatch):
    """Two exports in the folder that the commands run in."""
    monkeypatch.chdir(tmp_path)
    for name, text in (("september.csv", LIGHTSPEED), ("oktober.csv", LIGHTSPEED_NEXT)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def recipe(folder):
    return json.loads((folder / "maand.json").read_text(encoding="utf-8"))["transacties"]


@pytest.mark.slow
def test_a_recipe_that_is_not_there_is_made_and_then_applied(months, capsys):
    assert main(["controleer", "oktober.csv"]) == 3
    assert main(["controleer", "september.csv", "--recept", "maand.json"]) == 0
    assert "Recept gemaakt: maand.json" in capsys.readouterr().out
    assert main(["controleer", "oktober.csv", "--recept", "maand.json"]) == 0


@pytest.mark.slow
def test_looking_at_an_export_leaves_a_recipe_as_it_is_unless_the_user_chooses(months, capsys):
    main(["controleer", "september.csv", "--recept", "maand.json"])
    text = (months / "oktober.csv").read_text(encoding="utf-8").replace("Voltooid", "Mislukt", 1)
    (months / "oktober.csv").write_text(text, encoding="utf-8")
    main(["controleer", "oktober.csv", "--recept", "maand.json"])
    assert "Mislukt" not in recipe(months)["statussen"]["Status"]
    main(["controleer", "oktober.csv", "--recept", "maand.json", "--btw", "incl"])
    assert recipe(months)["btw"] == "incl"
    assert recipe(months)["statussen"]["Status"]["Mislukt"] == "mislukt"
    assert "Recept bijgewerkt" in capsys.readouterr().out


@pytest.mark.slow
def test_a_report_for_a_program_stays_json_when_a_recipe_is_made(months, capsys):
    main(["controleer", "september.csv", "--json", "--recept", "maand.json"])
    out, err = capsys.readouterr()
    assert json.loads(out)["rijen"]["gebruikt"] == 2
    assert "Recept gemaakt" in err


@pytest.mark.slow
def test_a_recipe_of_one_table_is_kept_beside_that_of_another(months):
    (months / "kosten.csv").write_text("maand;kanaal;bedrag\n2026-03;Ads;12,50\n", encoding="utf-8")
    main(["controleer", "september.csv", "--recept", "maand.json"])
    assert main(["controleer", "kosten.csv", "--tabel", "kosten", "--recept", "maand.json"]) == 0
    found = json.loads((months / "maand.json").read_text(encoding="utf-8"))
    assert [*found] == ["recept", "kosten", "transacties"]


def test_a_file_that_is_no_recipe_is_refused_and_stays(months, capsys):
    (months / "iets.json").write_text('{"naam": 1}', encoding="utf-8")
    assert main(["controleer", "september.csv", "--recept", "iets.json"]) == 3
    assert "Dit is geen recept" in capsys.readouterr().err
    assert (months / "iets.json").read_text(encoding="utf-8") == '{"naam": 1}'


def test_a_recipe_is_not_asked_of_a_file_of_data(months, capsys):
    assert main(["controleer", "september.csv", "--recept", "oktober.csv"]) == 2
    assert "eindigt op .json" in capsys.readouterr().err


@pytest.mark.slow
def test_an_export_that_cannot_be_read_makes_no_recipe(months):
    (months / "kapot.csv").write_text(LIGHTSPEED.replace("03/09/2026", "morgen"), encoding="utf-8")
    assert main(["controleer", "kapot.csv", "--recept", "maand.json"]) == 3
    assert not (months / "maand.json").exists()


@pytest.mark.slow
@pytest.mark.parametrize("column", ["order", "btw", "terugbetaald"])
def test_a_column_that_says_what_a_row_is_may_be_named(months, capsys, column):
    assert main(["controleer", "september.csv", "--kolommen", f"{column}=-"]) == 0
    assert f"{column} = " not in capsys.readouterr().out


@pytest.mark.slow
def test_new_workbook_has_the_recipe_and_refreshes_by_it(months, capsys):
    assert main(["nieuw", "rfm-segmenten", "--gegevens", "september.csv", "--uit", "d.xlsx"]) == 0
    assert main(["ververs", "d.xlsx", "--gegevens", "oktober.csv", "--zonder-kopie"]) == 0
    assert "Transacties: 2 rijen" in capsys.readouterr().out


@pytest.mark.slow
def test_a_refresh_says_what_changed_and_keeps_it(months, capsys):
    main(["nieuw", "rfm-segmenten", "--gegevens", "september.csv", "--uit", "d.xlsx"])
    changed = months / "anders.csv"
    changed.write_text(LIGHTSPEED.replace("20/09/2026;Voltooid", "20/09/2026;Retour"), encoding="utf-8")
    command = ["ververs", "d.xlsx", "--gegevens", "anders.csv", "--zonder-kopie"]
    capsys.readouterr()
    assert main(command) == 0
    assert "Let op: Sinds de vorige keer: status 'Retour'" in capsys.readouterr().out
    assert main(command) == 0
    assert "Let op: Sinds" not in capsys.readouterr().out


@pytest.mark.slow
def test_another_export_is_read_into_a_workbook_with_a_new_recipe_as_the_error_says(months, capsys):
    main(["nieuw", "rfm-segmenten", "--gegevens", "september.csv", "--uit", "d.xlsx"])
    (months / "ander.csv").write_text("klant;datum;bedrag\nanna;2026-09-03;10,00\n", encoding="utf-8")
    command = ["ververs", "d.xlsx", "--gegevens", "ander.csv", "--zonder-kopie"]
    assert main(command) == 3
    assert "--recept een naam die er nog niet is, zoals recept-nieuw.json" in capsys.readouterr().err
    assert main([*command, "--recept", "recept-nieuw.json"]) == 0
    assert main(command) == 0


@pytest.mark.slow
def test_a_refresh_from_the_own_table_uses_no_recipe(months, capsys):
    main(["nieuw", "rfm-segmenten", "--gegevens", "september.csv", "--uit", "d.xlsx"])
    assert main(["ververs", "d.xlsx", "--recept", "maand.json"]) == 2
    assert "--recept niets" in capsys.readouterr().err
