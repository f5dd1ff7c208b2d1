"""The commands as a user runs them: in an empty folder, in a process of their own, with bad input too."""

import errno
import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path
from unittest import mock

import pytest

from klantwaarde_xl.cli.commands import main
from klantwaarde_xl.data.sample import sample_csv, sample_orders
from klantwaarde_xl.errors import refusal
from klantwaarde_xl.functions.registry import REGISTRY
from klantwaarde_xl.workbook.templates import templates
from klantwaarde_xl.xlsx.package import Package
from tests import cdnow
from tests.books import Looked


def run(folder, *words):
    """Run `klantwaarde` as the console does."""
    done = subprocess.run(
        [sys.executable, "-m", "klantwaarde_xl", *map(str, words)],
        cwd=folder,
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONUTF8": "1"},
        check=False,
    )
    assert "Traceback" not in done.stderr
    return done


GOOD = "klant;datum;bedrag\n" + "".join(
    f"K{i};{i}-3-2025;{i},50\nK{i};{i}-5-2025;5,00\n" for i in range(1, 9)
)


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    """What a demo said, and the folder that it filled."""
    folder = tmp_path_factory.mktemp("demo")
    return run(folder, "demo"), folder / "klantwaarde-demo"


@pytest.mark.slow
def test_the_demo_makes_what_it_says(demo):
    done, folder = demo
    assert done.returncode == 0, done.stderr
    made = {path.name for path in folder.iterdir()}
    assert made == {
        "webshop.csv",
        "enquete.csv",
        "adressen.csv",
        "producten.csv",
        "budget.csv",
        "doelen.csv",
        "kosten.csv",
        "klanten.csv",
        *(f"klantwaarde-{template}.xlsx" for template in templates()),
    }
    for name in made:
        assert name in done.stdout
    customers = int(re.search(r"van ([\d.]+) klanten", done.stdout)[1].replace(".", ""))
    package = Package.open(folder / "klantwaarde-dashboard.xlsx")
    assert len(package.read_table("tblRfm").rows) == customers >= 3000
    assert len(package.read_table("tblKpi").rows) > 36  # three whole years, and a month that runs
    package = Package.open(folder / "klantwaarde-prognose.xlsx")
    assert Looked("prognose", package.shown()).attention() == set()


@pytest.mark.slow
def test_the_demo_is_the_same_in_another_process(demo):
    assert (demo[1] / "webshop.csv").read_text(encoding="utf-8") == sample_csv(sample_orders())


@pytest.mark.slow
def test_a_dashboard_of_all_cdnow_rows_from_the_command_line_has_its_totals(tmp_path):
    cdnow.write_csv(tmp_path / "cdnow.csv")
    done = run(tmp_path, "nieuw", "dashboard", "--gegevens", "cdnow.csv", "--uit", "cd.xlsx")
    assert done.returncode == 0, done.stderr
    assert "69.659 rijen" in done.stdout
    package = Package.open(tmp_path / "cd.xlsx")
    kpi, rfm = package.read_table("tblKpi"), package.read_table("tblRfm")
    assert len(package.read_table("tblTransacties").rows) == cdnow.ROWS
    assert len(rfm.rows) == cdnow.CUSTOMERS
    total = float(cdnow.frame()["bedrag"].sum())
    assert sum(row[1] for row in kpi.rows) == pytest.approx(total, rel=1e-12)
    assert sum(row[4] for row in rfm.rows) == pytest.approx(total, rel=1e-12)
    assert sum(row[4] for row in kpi.rows) == cdnow.ROWS


@pytest.mark.slow
def test_new_then_refresh_from_the_workbook_and_from_another_file(here, say):
    Path("a.csv").write_text(GOOD, encoding="utf-8")
    assert say("nieuw", "dashboard", "--gegevens", "a.csv")[0] == 0
    code, out, _ = say("ververs", "klantwaarde-dashboard.xlsx", "--zonder-kopie")
    assert (code, [p.name for p in here.iterdir() if p.suffix == ".xlsx"]) == (
        0,
        ["klantwaarde-dashboard.xlsx"],
    )
    Path("b.csv").write_text(GOOD + "K99;1-6-2025;100\n", encoding="utf-8")
    code, out, _ = say("ververs", "klantwaarde-dashboard.xlsx", "--gegevens", "b.csv")
    assert code == 0
    assert "9 klanten" in out
    assert "tbl" not in out
    assert len(list(here.glob("*back-up*.xlsx"))) == 1


@pytest.mark.slow
def test_a_forecast_is_made_and_refreshed(here, say, shop_csv):
    assert say("nieuw", "prognose", "--gegevens", shop_csv, "--uit", "p.xlsx")[0] == 0
    assert len(Package.open(here / "p.xlsx").read_table("tblPrognose").rows) > 250
    code, out, _ = say("ververs", "p.xlsx", "--zonder-kopie")
    assert code == 0
    assert "Prognose per klant" in out
    assert "tbl" not in out
    assert "geen prognose" not in out


@pytest.mark.slow
def test_a_forecast_that_cannot_be_made_is_said_and_the_workbook_is_there(here, say):
    Path("a.csv").write_text("klant;datum;bedrag\nA;1-2-2025;5\nB;3-2-2025;6\n", encoding="utf-8")
    code, out, err = say("nieuw", "prognose", "--gegevens", "a.csv")
    assert (code, err) == (0, "")
    assert "er is geen prognose. Geen enkele klant kocht een tweede keer" in out
    assert "er is geen prognose" in say("ververs", "klantwaarde-prognose.xlsx")[1]


def test_every_template_can_be_named(here, say):
    assert say("nieuw", "bestaatniet")[0] != 0
    for template in templates():
        assert template in say("nieuw", "bestaatniet")[2]


def test_all_functions_are_listed_with_help_and_example(say):
    code, out, _ = say("functies")
    assert code == 0
    for spec in REGISTRY:
        assert spec.signature() in out
        assert spec.doc in out
    assert "=KLANTWAARDE(500;2;200)  →  800" in out


@pytest.mark.parametrize("spec", REGISTRY, ids=lambda spec: spec.name)
def test_one_function_is_shown_with_arguments_and_errors(say, spec):
    code, out, _ = say("functies", spec.name.lower())
    assert code == 0
    for arg in spec.args:
        assert arg.help() in out
    for failure in spec.failures:
        assert failure.when in out


@pytest.mark.slow
def test_the_function_sheet_can_be_made_alone(here, say):
    assert say("nieuw", "functies", "--uit", "f.xlsx")[0] == 0
    assert Package.open(here / "f.xlsx").sheet_names() == ["Start", "Functies", "Voorbeelddata"]


def test_the_extension_is_written(here, say):
    assert say("libreoffice", "bouw", "--uit", "kw.oxt")[0] == 0
    assert "description.xml" in zipfile.ZipFile(here / "kw.oxt").namelist()


@pytest.mark.slow
def test_checking_a_file_lists_every_problem(here, say):
    Path("a.csv").write_text(GOOD + ";1-1-2025;5\nB;ooit;volgt\n", encoding="utf-8")
    code, out, err = say("controleer", "a.csv")
    assert code == 3
    for text in ("1 order zonder klant", "rij 19, kolom datum", "rij 19, kolom bedrag"):
        assert text in out
    assert "Oplossing" in err
    assert say("controleer", "a.csv", "--overslaan")[0] == 0


def test_help_is_in_dutch(here, capsys):
    for words in ([], ["--hulp"], ["nieuw", "--hulp"]):
        with pytest.raises(SystemExit) as end:
            main(words)
        out = capsys.readouterr().out
        assert end.value.code == 0
        assert "gebruik:" in out
        assert "usage" not in out
        assert "options" not in out


BAD_FILES = {
    "kolom.csv": "klant;bedrag\nA;5\n",
    "datum.csv": "klant;datum;bedrag\nA;ooit;5\n",
    "tekst.csv": "klant;datum;bedrag\nA;1-2-2025;volgt\n",
    "leeg.csv": "",
    "werkboek.xlsx": "klant;datum;bedrag\nA;1-2-2025;5\n",
    "plaatje.png": "klant;datum;bedrag\nA;1-2-2025;5\n",
    "twee.csv": "klant;datum;bedrag\nA;01/02/2025;5\n",
}


def test_bad_input_in_a_process_of_its_own_ends_in_words(tmp_path):
    done = run(tmp_path, "nieuw", "dashboard", "--gegevens", "bestaat-niet.csv", "--uit", "uit.xlsx")
    assert done.returncode != 0
    assert done.stderr.startswith("Fout: ")


@pytest.mark.parametrize("name", [*BAD_FILES, "bestaat-niet.csv"])
def test_bad_input_is_explained_in_dutch_and_nothing_is_written(here, say, name):
    for file, text in BAD_FILES.items():
        (here / file).write_text(text, encoding="utf-8")
    before = {path.name: path.read_bytes() for path in here.iterdir()}
    code, _, err = say("nieuw", "dashboard", "--gegevens", name, "--uit", "uit.xlsx")
    assert code != 0
    assert err.startswith("Fout: ")
    assert "Waar: " in err
    assert "Oplossing: " in err
    assert {path.name: path.read_bytes() for path in here.iterdir()} == before


@pytest.mark.slow
@pytest.mark.parametrize("name", list(BAD_FILES))
def test_a_refresh_from_bad_input_leaves_the_workbook_alone(here, say, dashboard, name):
    Path(name).write_text(BAD_FILES[name], encoding="utf-8")
    before = dashboard.read_bytes()
    code, out, err = say("ververs", dashboard, "--gegevens", name)
    assert code != 0
    assert not out
    assert "Oplossing: " in err
    assert dashboard.read_bytes() == before


@pytest.mark.parametrize(
    ("words", "part"),
    [
        (["bestaatniet"], "Kies uit"),
        (["nieuw"], "ontbreekt"),
        (["nieuw", "dashboard"], "Uit welke gegevens"),
        (["nieuw", "prognose"], "Uit welke gegevens moet het werkboek prognose komen"),
        (["nieuw", "dashboard", "--gegevens"], "hoort een waarde"),
        (["nieuw", "dashboard", "--gegevens", "a.csv", "--uit", "a.xls"], "moet op .xlsx eindigen"),
        (["nieuw", "dashboard", "--gegevens", "a.csv", "--uit", "weg/a.xlsx"], "map bestaat niet"),
        (["nieuw", "dashboard", "--gegevens", "a.csv", "--kolommen", "klantje=x"], "--kolommen"),
        (["nieuw", "dashboard", "--gegevens", "a.csv", "--decimaal", "spatie"], "Decimaalteken"),
        (["ververs", "weg.xlsx"], "bestaat niet"),
        (["ververs", "a.csv"], "Fout"),
        (["functies", "SOM"], "geen functie SOM"),
        (["demo", "--vreemd"], "ken ik niet"),
        (["libreoffice", "bouw", "--uit", "weg/kw.oxt"], "map bestaat niet"),
        (["libreoffice", "bouw", "--uit", "a.csv"], "moet op .oxt eindigen"),
        (["nieuw", "functies", "--uit", ""], "lege naam"),
        (["nieuw", "dashboard", "--gegevens", ""], "lege naam"),
        (["controleer", " "], "lege naam"),
        (["functies", ""], "geen functie"),
        (["functies", "clvv"], "CLV"),
        (["demo", "--map", "a.csv"], "een bestand, geen map"),
        (["demo", "--uit", "a.csv"], "een bestand, geen map"),
        (["sjablonen", "--uit", "a.csv"], "een bestand, geen map"),
        (["voorbeelden", "--map", "a.csv"], "een bestand, geen map"),
        (["sjablonen", "--map", "a.csv"], "een bestand, geen map"),
        (["ververs", "a.csv"], "klantwaarde ververs WERKBOEK.xlsx --gegevens a.csv"),
        (["ververs", "mijn.docx"], "is geen werkboek"),
        (["nieuw", "dashboard", "a.csv"], "Bedoelde u --gegevens a.csv?"),
        (["dashboard", "--gegevens", "a.csv"], "Bedoelde u klantwaarde nieuw dashboard?"),
        (["nieuw", "functies", "--uit", f"{300 * 'x'}.xlsx"], "naam is te lang"),
    ],
)
def test_words_that_are_off_are_explained(here, say, words, part):
    Path("a.csv").write_text(GOOD, encoding="utf-8")
    code, _, err = say(*words)
    assert code != 0
    assert part in err
    assert err.startswith("Fout: ")
    assert [path.name for path in here.iterdir()] == ["a.csv"]


def test_a_folder_is_not_overwritten_whatever_the_options_say(here, say):
    Path("map.xlsx").mkdir()
    code, _, err = say("nieuw", "functies", "--uit", "map.xlsx", "--overschrijven")
    assert code == 2
    assert "een map, geen bestand" in err


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["functies", "BESTAATNIET"], 2),
        (["nieuw", "bestaatniet"], 2),
        (["controleer", "bestaatniet.csv"], 3),
        (["ververs", "bestaatniet.xlsx"], 3),
        (["ververs", "ruis.xlsx"], 4),
    ],
)
def test_the_exit_code_says_whose_fault_it_is(here, say, words, code):
    Path("ruis.xlsx").write_bytes(b"\x00\x01\x02ruis")
    assert say(*words)[0] == code


@pytest.mark.slow
def test_what_the_operating_system_refuses_is_said_in_dutch_whatever_it_is(here, say, monkeypatch):
    for number in errno.errorcode:
        refused = OSError(number, os.strerror(number), "a.csv")
        if isinstance(refused, BrokenPipeError):  # a reader that went away is no refusal
            continue
        monkeypatch.setattr("klantwaarde_xl.cli.demo.make_demo", mock.Mock(side_effect=refused))
        code, _, err = say("demo")
        assert code != 0
        assert os.strerror(number) not in err
        assert "Oplossing: " in err


@pytest.mark.parametrize("name", ["ENOSPC", "EFBIG", "EDQUOT", "ESTALE", "EMFILE", "ENOMEM"])
def test_what_a_full_or_distant_disk_refuses_is_said_without_a_number(name):
    assert not any(character.isdigit() for character in refusal(OSError(getattr(errno, name), "x")))


@pytest.mark.slow
def test_an_existing_file_is_not_overwritten_by_accident(here, say):
    Path("a.csv").write_text(GOOD, encoding="utf-8")
    Path("uit.xlsx").write_text("van mij", encoding="utf-8")
    code, _, err = say("nieuw", "rfm-segmenten", "--gegevens", "a.csv", "--uit", "uit.xlsx")
    assert code == 2
    assert "bestaat al" in err
    assert Path("uit.xlsx").read_text(encoding="utf-8") == "van mij"
    assert (
        say("nieuw", "rfm-segmenten", "--gegevens", "a.csv", "--uit", "uit.xlsx", "--overschrijven")[0] == 0
    )


@pytest.mark.parametrize("lock", ["~$dashboard.xlsx", ".~lock.dashboard.xlsx#"])
def test_a_workbook_that_is_open_elsewhere_is_left_alone(say, dashboard, lock):
    (dashboard.parent / lock).write_bytes(
        b"\x03Jan" + b" " * 161 if lock[0] == "~" else b",Jan,pc,1-1-2025 10:00,;"
    )
    before = dashboard.read_bytes()
    code, _, err = say("ververs", dashboard)
    assert code == 4
    assert "Jan" in err
    assert dashboard.read_bytes() == before


@pytest.mark.slow
def test_rows_may_be_left_out_on_request(here, say):
    Path("a.csv").write_text(GOOD + "B;ooit;5\n", encoding="utf-8")
    code, out, _ = say("nieuw", "rfm-segmenten", "--gegevens", "a.csv", "--overslaan")
    assert code == 0
    assert "  1 rij onleesbaar." in out
    package = Package.open(here / "klantwaarde-rfm-segmenten.xlsx")
    assert ["geweigerd", 18.0, "datum", "ooit", "dit is geen datum"] in package.read_table(
        "tblKwaliteit"
    ).rows
    assert package.read_names("kw_rijen")["kw_rijen_geweigerd"] == 1


def test_a_bug_is_said_in_words_and_only_debug_shows_where(here, say, monkeypatch):
    def broken(*_, **__):
        raise ZeroDivisionError("stuk")

    monkeypatch.setattr("klantwaarde_xl.cli.demo.make_demo", broken)
    code, _, err = say("demo")
    assert code == 1
    assert "--debug" in err
    assert "Traceback" not in err
    with pytest.raises(ZeroDivisionError):
        main(["demo", "--debug"])


def test_the_version_is_shown(capsys):
    with pytest.raises(SystemExit):
        main(["--versie"])
    assert re.search(r"\d+\.\d+\.\d+", capsys.readouterr().out)


def test_the_way_to_the_help_is_a_command_that_works(here, say):
    err = say("nieuw", "dashbord")[2]
    assert "`klantwaarde nieuw --hulp`" in err


@pytest.mark.slow
def test_a_file_without_one_readable_row_names_the_rows(here, say):
    Path("a.csv").write_text("klant;datum;bedrag\nA;1-2-45;x\n", encoding="utf-8")
    for words in (("controleer", "a.csv"), ("nieuw", "dashboard", "--gegevens", "a.csv", "--overslaan")):
        code, _, err = say(*words)
        assert code == 3
        assert "rij 2, kolom datum: het jaartal kan niet kloppen" in err


@pytest.mark.parametrize("name", ["MIGRATIEWAARDE", "COHORTTABEL"])
def test_one_reason_of_an_error_is_said_once(capsys, name):
    assert main(["functies", name]) == 0
    errors = capsys.readouterr().out.partition("\nFouten\n")[2].partition("\n\n")[0].splitlines()
    assert len(errors) > 3
    assert len(errors) == len(set(errors))
