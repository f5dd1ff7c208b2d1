"""The files that bring functions and templates: written whole, and over nothing of the user's."""

import pytest

from klantwaarde_xl.xlsx.package import Package


@pytest.mark.slow
def test_the_function_file_is_made_and_not_replaced(here, say):
    code, out, _ = say("functiebestand", "f.xlsx")
    assert (code, "klantwaarde voegtoe WERKBOEK" in out) == (0, True)
    assert Package.open(here / "f.xlsx").sheet_names() == [
        "Start", "Functies", "Tabellen", "Argumenten", "Voorbeelddata",
    ]  # fmt: skip
    code, _, err = say("functiebestand", "f.xlsx")
    assert (code, "--overschrijven" in err, "--uit" in err) == (2, True, False)
    assert say("functiebestand", "f.xlsx", "--overschrijven")[0] == 0
    assert "eindigen" in say("functiebestand", "f.ods")[2]


def test_the_functions_for_google_are_written_all_of_them(here, say):
    code, out, _ = say("functies", "--google")
    assert (code, "Apps Script" in out) == (0, True)
    assert "function KLANTWAARDE(" in (here / "klantwaarde-functies.gs").read_text(encoding="utf-8")
    assert say("functies", "--google", "eigen.gs")[0] == 0
    assert (here / "eigen.gs").exists()
    assert "alle functies" in say("functies", "CLV", "--google")[2]
    assert "eindigen" in say("functies", "--google", "f.txt")[2]


def test_a_text_of_functions_replaces_no_file_unless_told_to(here, say):
    own = here / "eigen.gs", here / "klantwaarde-functies-puntkomma.txt"
    for path, command in zip(own, (("functies", "--google", "eigen.gs"), ("functiemodule",)), strict=True):
        path.write_text("van mij", encoding="utf-8")
        before = sorted(here.iterdir())
        code, _, err = say(*command)
        assert (code, "--overschrijven" in err, "ververs" in err) == (2, True, False)
        assert (path.read_text(encoding="utf-8"), sorted(here.iterdir())) == ("van mij", before)
        assert say(*command, "--overschrijven")[0] == 0
        assert path.read_text(encoding="utf-8") != "van mij"
    assert "--google" in say("functies", "--overschrijven")[2]


def test_the_templates_replace_no_workbook_unless_told_to(here, say, monkeypatch):
    monkeypatch.setattr("klantwaarde_xl.cli.demo.make_templates", lambda folder, named: [folder / "gemaakt"])
    (here / "hier").mkdir()
    assert say("sjablonen", "--map", "hier")[0] == 0
    (here / "hier" / "klantwaarde-basis.xlsx").write_text("met mijn cijfers", encoding="utf-8")
    code, _, err = say("sjablonen", "--map", "hier")
    assert (code, "klantwaarde-basis.xlsx" in err, "--overschrijven" in err) == (2, True, True)
    assert say("sjablonen", "--map", "hier", "--overschrijven")[0] == 0
