"""`klantwaarde analyse`: what is written is what was computed, with real types, whole or not at all."""

import csv
import datetime as dt
import json
from pathlib import Path

import duckdb
import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from klantwaarde_xl import addresses
from klantwaarde_xl.cli.commands import main
from klantwaarde_xl.cli.settings import SETTINGS
from klantwaarde_xl.data.analyse import analyse
from klantwaarde_xl.data.reading.files import read_transactions, transactions_from_cells
from klantwaarde_xl.data.results import results
from klantwaarde_xl.data.sample import sample_csv, sample_orders
from klantwaarde_xl.data.settings import Settings
from klantwaarde_xl.data.writing.forms import FORMS
from klantwaarde_xl.data.writing.relations import outputs_of
from tests.examples import examples

TODAY = dt.date(2026, 11, 27)
TABLES = {
    name
    for name, one in results().items()
    if one.columns and set(one.needs) <= {"transacties"} and not one.of_workbook
}


@pytest.fixture(scope="module")
def shop(tmp_path_factory):
    path = tmp_path_factory.mktemp("winkel") / "webshop.csv"
    path.write_text(sample_csv(sample_orders(300)), encoding="utf-8")
    return path


@pytest.fixture
def say(capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    def _say(*words):
        code = main([str(word) for word in words])
        return code, *capsys.readouterr()

    return _say


def columns_of(path):
    return {name: kind for name, kind, *_ in duckdb.sql(f"describe from '{path}'").fetchall()}


@pytest.mark.slow
def test_every_result_and_the_transactions_and_the_report_are_written(say, shop):
    code, out, err = say("analyse", shop, "--uit", "uit")
    assert (code, err) == (0, "")
    made = {path.name for path in Path("uit").iterdir()}
    assert made == {f"{name}.parquet" for name in (*TABLES, "cijfers", "transacties")} | {"verslag.json"}
    assert all(name in out for name in made)


@pytest.mark.slow
def test_parquet_holds_the_rows_that_python_computes(say, shop):
    say("analyse", shop, "--uit", "uit", "--marge", "35%", "--rente", "0,08")
    wanted = analyse(
        read_transactions(shop, today=TODAY), Settings(margin=0.35, interest=0.08), sorted(TABLES)
    )
    for name in TABLES - {
        "verloop",
        "modelkeuze",
        "modeltoets",
        "model",
        "prognose",
        "prognosetop",
        "acties",
        "voorspelboek",  # says on which day it was made
    }:
        assert duckdb.sql(f"from 'uit/{name}.parquet'").fetchall() == list(map(tuple, wanted[name].rows)), (
            name
        )
    found = duckdb.sql("select klant, klantwaarde from 'uit/prognose.parquet'").fetchall()
    assert dict(found) == pytest.approx(
        dict(zip(wanted["prognose"].column("klant"), wanted["prognose"].column("klantwaarde"), strict=True))
    )


@pytest.mark.slow
def test_columns_have_the_types_of_what_they_hold(say, shop):
    say("analyse", shop, "--uit", "uit", "--resultaten", "rfm,kpi,transacties")
    assert columns_of("uit/rfm.parquet") == {
        "klant": "VARCHAR", "laatste aankoop": "DATE", "dagen geleden": "BIGINT", "aankopen": "BIGINT",
        "omzet": "DOUBLE", "R": "BIGINT", "F": "BIGINT", "M": "BIGINT", "segment": "VARCHAR",
    }  # fmt: skip
    assert columns_of("uit/kpi.parquet")["maand"] == "DATE"
    assert columns_of("uit/transacties.parquet") == {"klant": "VARCHAR", "datum": "DATE", "bedrag": "DOUBLE"}


@pytest.mark.slow
def test_a_type_does_not_depend_on_what_there_is(say, shop):
    """No forecast, no problems: the columns that are empty then keep their type."""
    say("analyse", shop, "--uit", "vol")
    Path("klein.csv").write_text("klant;datum;bedrag\nA;1-3-2025;10,00\nB;2-3-2025;20,00\n", encoding="utf-8")
    assert say("analyse", "klein.csv", "--uit", "leeg")[0] == 0
    for name in (*TABLES, "cijfers"):
        assert columns_of(f"vol/{name}.parquet") == columns_of(f"leeg/{name}.parquet"), name


@pytest.mark.slow
def test_what_is_written_reads_back_as_the_same_orders(say, shop):
    wanted = read_transactions(shop, today=TODAY).rows()
    for form in ("parquet", "csv"):
        say("analyse", shop, "--uit", form, "--vorm", form, "--resultaten", "transacties")
        assert read_transactions(Path(form) / f"transacties.{form}", today=TODAY).rows() == wanted


def test_the_csv_is_what_a_dutch_excel_opens_right(say, shop):
    say("analyse", shop, "--uit", "uit", "--vorm", "csv", "--resultaten", "kpi")
    raw = Path("uit/kpi.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbfmaand;omzet;")
    text = raw.decode("utf-8-sig").splitlines()
    first = next(csv.DictReader(text, delimiter=";"))
    assert dt.date.fromisoformat(first["maand"]).day == 1
    assert float(first["AOV"].replace(",", ".")) == float(first["omzet"].replace(",", ".")) / int(
        first["orders"]
    )


HOSTILE = "=1+1"


def named(customers):
    rows = [[name, dt.date(2025, 3, 1 + at % 20), 10.0] for at, name in enumerate(customers)]
    return transactions_from_cells(("klant", "datum", "bedrag"), rows, source="Gegevens", today=TODAY)


def test_no_text_of_a_workbook_is_a_formula(tmp_path):
    read = named([HOSTILE, "http://x.nl", "007"])
    FORMS["xlsx"](outputs_of(analyse(read, None, ["rfm"]), {"transacties": read}), tmp_path)
    book = openpyxl.load_workbook(tmp_path / "klantwaarde.xlsx")
    cells = {row[0].value: row[0] for row in book["transacties"].iter_rows(min_row=2)}
    assert {value: cell.data_type for value, cell in cells.items()} == dict.fromkeys(
        (HOSTILE, "http://x.nl", "007"), "s"
    )
    assert not any(cell.hyperlink for cell in cells.values())


@pytest.mark.slow
@examples(12)
@given(
    st.lists(st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), min_size=1), min_size=1)
)
def test_no_text_of_a_csv_is_one_that_excel_computes(tmp_path_factory, names):
    folder = tmp_path_factory.mktemp("csv")
    usable = [name for name in names if name.strip()] or ["A"]
    read = named([*usable, HOSTILE, "@som", "-2+cmd|x", "+31 6 12345678", "-"])
    said = FORMS["csv"](outputs_of(analyse(read, None, []), {"transacties": read}), folder)
    with (folder / "transacties.csv").open(encoding="utf-8-sig", newline="") as file:
        found = [row["klant"] for row in csv.DictReader(file, delimiter=";")]
    assert not [name for name in found if name.startswith(("=", "@"))]
    assert "'-2+cmd|x" in found
    assert {"+31 6 12345678", "-"} <= set(found)  # a telephone number is no formula, and stays as it is
    assert "apostrof" in said[0]


@pytest.mark.slow
def test_what_does_not_fit_a_sheet_stands_in_a_csv_beside_the_workbook(say, shop, monkeypatch):
    monkeypatch.setattr(addresses, "MOST_ROWS", 101)
    code, out, _ = say("analyse", shop, "--uit", "uit", "--vorm", "xlsx", "--resultaten", "kpi,rfm")
    assert code == 0
    assert openpyxl.load_workbook("uit/klantwaarde.xlsx").sheetnames == ["kpi", "cijfers"]
    customers = len(Path("uit/rfm.csv").read_text(encoding="utf-8").splitlines()) - 1
    assert customers > 100
    assert f"rfm past niet op een blad ({customers} rijen); alles ervan staat in rfm.csv." in out


@pytest.mark.slow
def test_figures_are_a_table_too_each_in_the_column_of_its_kind(say, shop):
    say("analyse", shop, "--uit", "uit", "--resultaten", "kwaliteit,kpi")
    rows = duckdb.sql("select cijfer, waarde, tekst, datum from 'uit/cijfers.parquet'").fetchall()
    found = {name: rest for name, *rest in rows}
    assert found["peildag"] == [None, None, read_transactions(shop, today=TODAY).last_day]
    assert found["rijen_gelezen"] == [float(len(read_transactions(shop, today=TODAY).rows())), None, None]


@pytest.mark.slow
def test_the_report_is_that_of_controleer(say, shop):
    say("analyse", shop, "--uit", "uit", "--resultaten", "kpi")
    _, out, _ = say("controleer", shop, "--json")
    assert json.loads(Path("uit/verslag.json").read_text(encoding="utf-8")) == json.loads(out)


def test_a_setting_is_used(say, shop):
    say("analyse", shop, "--uit", "uit", "--resultaten", "kwaliteit", "--peildatum", "31-12-2024")
    found = duckdb.sql("select datum from 'uit/cijfers.parquet' where cijfer = 'peildag'").fetchall()
    assert found == [(dt.date(2024, 12, 31),)]


def test_the_options_are_the_settings_that_results_read():
    read = {name for one in results().values() for name in one.settings}
    assert {"kw_" + name.replace("-", "_") for name in SETTINGS} == read


@pytest.mark.parametrize(
    ("words", "advice"),
    [
        (("--marge", "500"), "Vul een percentage in van 0,1% tot en met 100%"),
        (("--peildatum", "1-1"), "Vul een datum in zoals 31-12-2026."),
        (("--model", "bgnb"), "Kies bg/nbd, mbg/nbd, pareto/nbd of auto."),
        (("--vorm", "csvv"), "Bedoelde u csv?"),
        (("--resultaten", "rfn"), "Bedoelde u rfm?"),
        (("--resultaten", ""), "Kies uit: "),
    ],
)
def test_what_cannot_be_is_refused_with_what_can(say, shop, words, advice):
    code, _, err = say("analyse", shop, "--uit", "uit", *words)
    assert (code, Path("uit").exists()) == (2, False)
    assert advice in err


class TestFolder:
    def test_files_that_are_there_are_kept(self, say, shop):
        Path("uit").mkdir()
        Path("uit/kpi.parquet").write_text("van mij")
        code, _, err = say("analyse", shop, "--uit", "uit", "--resultaten", "kpi")
        assert (code, Path("uit/kpi.parquet").read_text()) == (2, "van mij")
        assert "al: kpi.parquet." in err
        assert "geef --overschrijven" in err
        assert [path.name for path in Path("uit").iterdir()] == ["kpi.parquet"]

    def test_they_are_replaced_on_request_and_all_else_stays(self, say, shop):
        Path("uit").mkdir()
        for name in ("kpi.parquet", "notities.txt"):
            Path("uit", name).write_text("van mij")
        assert say("analyse", shop, "--uit", "uit", "--resultaten", "kpi", "--overschrijven")[0] == 0
        assert columns_of("uit/kpi.parquet")["maand"] == "DATE"
        assert Path("uit/notities.txt").read_text() == "van mij"

    @pytest.mark.slow
    @pytest.mark.parametrize("there", [True, False])
    def test_nothing_half_written_is_left_when_it_fails(self, say, shop, monkeypatch, there):
        def fails(outputs, folder):
            (folder / "kpi.parquet").write_text("half")
            raise OSError(28, "no space")

        monkeypatch.setattr("klantwaarde_xl.data.writing.forms.FORMS", {"parquet": fails})
        if there:
            Path("uit").mkdir()
        code, _, err = say("analyse", shop, "--uit", "uit", "--resultaten", "kpi")
        assert (code, "schijf is vol" in err) == (1, True)
        assert list(Path().rglob("*")) == ([Path("uit")] if there else [])

    def test_everything_is_put_back_when_one_file_cannot_be_moved(self, say, shop, monkeypatch):
        Path("uit").mkdir()
        for name in ("cijfers.parquet", "kpi.parquet", "verslag.json"):
            Path("uit", name).write_text(f"oud: {name}")
        replace = Path.replace

        def refuses(path, target):
            if path.name == "kpi.parquet" and path.parent.name == "uit":  # open in another program
                raise PermissionError(13, "in use", str(path))
            return replace(path, target)

        monkeypatch.setattr(Path, "replace", refuses)
        assert say("analyse", shop, "--uit", "uit", "--resultaten", "kpi", "--overschrijven")[0] == 1
        held = {path.name: path.read_text() for path in Path("uit").iterdir()}
        assert held == {name: f"oud: {name}" for name in ("cijfers.parquet", "kpi.parquet", "verslag.json")}

    @pytest.mark.slow
    def test_the_source_is_never_replaced(self, say, shop):
        Path("transacties.csv").write_bytes(shop.read_bytes())
        words = ("analyse", "transacties.csv", "--uit", ".", "--vorm", "csv", "--overschrijven")
        code, _, err = say(*words)
        assert (code, Path("transacties.csv").read_bytes()) == (2, shop.read_bytes())
        assert "Kies met --uit een andere map." in err
        assert [path.name for path in Path().iterdir()] == ["transacties.csv"]

    @pytest.mark.slow
    def test_a_folder_that_is_read_gets_no_files(self, say, shop):
        Path("exports").mkdir()
        Path("exports/a.csv").write_bytes(shop.read_bytes())
        assert say("analyse", "exports", "--uit", "exports", "--resultaten", "kpi")[0] == 2
        assert [path.name for path in Path("exports").iterdir()] == ["a.csv"]


def test_what_is_no_order_is_told_how_to_be_read_as_another_table(tmp_path, capsys):
    path = tmp_path / "antwoorden.csv"
    path.write_text("Datum;E-mail;NPS\n1-2-2025;a@x.nl;9\n2-2-2025;b@x.nl;0\n", encoding="utf-8")
    assert main(["analyse", str(path), "--uit", str(tmp_path / "a")]) == 3
    assert f'zet dan voor de naam wat wel, zoals "enquete={path}"' in capsys.readouterr().err
    assert main(["analyse", f"enquete={path}", "--uit", str(tmp_path / "b")]) == 0
    assert (tmp_path / "b" / "enqueteuitkomst.parquet").exists()


@pytest.mark.parametrize("error", [RuntimeError("Query interrupted"), KeyboardInterrupt()])
def test_who_stops_while_the_engine_is_at_work_is_told_so(tmp_path, monkeypatch, capsys, error):
    def stop(*_, **__):
        raise error

    monkeypatch.setattr("klantwaarde_xl.data.analyse.analyse", stop)
    path = tmp_path / "orders.csv"
    path.write_text("klant;datum;bedrag\nA;1-2-2025;9,50\n", encoding="utf-8")
    assert main(["analyse", str(path), "--uit", str(tmp_path / "a")]) == 130
    assert "Afgebroken; er is niets half geschreven." in capsys.readouterr().err
    assert not (tmp_path / "a").exists()
