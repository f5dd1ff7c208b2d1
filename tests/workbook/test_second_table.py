"""A table that is declared, and one template of it, go all the way: made, refreshed, checked, counted."""

import textwrap
from pathlib import Path

import pytest

from klantwaarde_xl.cli.commands import main
from klantwaarde_xl.cli.demo import make_demo, make_templates
from klantwaarde_xl.data import declared_tables, results
from klantwaarde_xl.data.sample import sample_orders
from klantwaarde_xl.data.tables import Column, Kind, Table
from klantwaarde_xl.workbook import templates as room
from klantwaarde_xl.workbook.layout import TOTAL, layout_of
from klantwaarde_xl.xlsx.package import Package
from tests.books import Looked
from tests.conftest import NOW

ANSWERS = Table(
    "antwoorden",
    "tblAntwoorden",
    "Antwoorden",
    "Antwoorden",
    (
        Column("ingevuld op", Kind.DATE, ("invuldatum",)),
        Column("klant", Kind.KEY, ("klantnummer",)),
        Column("score", Kind.NUMBER, ("cijfer",)),
        Column("toelichting", Kind.TEXT, ("opmerking",), required=False),
    ),
)
TEMPLATE = '''
    """A workbook of {tables}."""

    from klantwaarde_xl.workbook import blocks as b
    from klantwaarde_xl.workbook import standard as s

    TEMPLATE = b.Template(
        id="{id}", version=1, title="Proef {id}", purpose="Om te proberen.",
        sheets=(
            s.start("Proef", "Hoe tevreden?", ("Plak uw gegevens.",), links=5),
            s.settings(("kw_bedrijf", "kw_peildatum"), ("Tot zover.",)),
            *(s.data(table, "Uw gegevens.", (20,) * 6) for table in {tables}),
            b.Sheet("Score", "Score", "Gemiddeld.", (
                b.Grid((b.Column("wat"), b.Column("hoeveel", numbers=True)),
                       (("Som", b.Formula("=SUM({sum})", name="kc_som")),)),
            ), (16,) * 8, "Alle antwoorden."),
            s.controls((s.ALL_READ, {checks})),
        ),
    )
'''
ORDERS = "klant;datum;bedrag\n" + "".join(f"K{i};{i + 1}-3-2026;{i},50\n" for i in range(9))
FILLED_IN = "Invuldatum;Klantnummer;Cijfer\n1-3-2026;A;9\n2-3-2026;B;4\n"
SPENT = "maand;kanaal;kosten\n2026-03;Google;1200,50\n2026-04;Meta;100\n"
PER_ORDER = '''
    """A result of two tables."""

    from klantwaarde_xl.data.results import Column, Made, Result

    def _made(context):
        sql = "select sum(bedrag), (select count(*) from tx) from kosten"
        return Made(context.rows("kosten", sql))

    RESULT = Result(
        "per_order", "Kosten per order", _made, "tblPerOrder",
        (Column("kosten", "euro2"), Column("orders", "aantal")), ("kosten",), needs=("transacties", "kosten"),
    )
'''
UNREADABLE = "maand;kanaal;kosten\n2026-03;Google;1200,50\nfoo;Meta;100\n2026-04;Meta;abc\n"


@pytest.fixture
def here(tmp_path, monkeypatch):
    """A folder with files of each table, in a program with one more table and templates of it."""
    monkeypatch.setattr(declared_tables, "OTHERS", (*declared_tables.OTHERS, ANSWERS))
    folder = tmp_path / "sjablonen erbij"
    folder.mkdir()
    monkeypatch.setattr(room, "__path__", [*room.__path__, str(folder)])
    for name, of, total in (
        ("proef_enquete", ("antwoorden",), "tblAntwoorden[score]"),
        ("proef_winkel", ("kosten", "transacties"), "tblKosten[bedrag]"),
    ):
        text = textwrap.dedent(TEMPLATE).replace("{id}", name.replace("_", "-")).replace("{sum}", total)
        checks = "s.AS_REFRESHED, s.NOTHING_BELOW" if "transacties" in of else ""
        text = text.replace("{tables}", repr(of)).replace("{checks}", checks)
        (folder / f"{name}.py").write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    for name, text in (("a", FILLED_IN), ("o", ORDERS), ("k", SPENT), ("fout", UNREADABLE)):
        Path(f"{name}.csv").write_text(text, encoding="utf-8")
    return tmp_path


def cell(package, template, name):
    spot = layout_of(room.template(template)).names[name]
    return package.shown()[spot.sheet][f"C{spot.row}"]


def checks(package):
    return Looked("proef-winkel", package.shown()).checks()


# ── made and refreshed from the command line ────────────────────────────────────────────────


@pytest.mark.slow
def test_the_file_is_read_as_the_table_of_the_template(here, capsys):
    assert main(["nieuw", "proef-enquete", "--gegevens", "a.csv"]) == 0, capsys.readouterr().err
    assert "score = 'Cijfer'" in capsys.readouterr().out
    package = Package.open(Path("klantwaarde-proef-enquete.xlsx"))
    assert cell(package, "proef-enquete", "kc_som") == 13
    assert cell(package, "proef-enquete", TOTAL) == 0  # of its one check
    assert package.read_names("kw_")["kw_bron"] == "a.csv"


@pytest.mark.slow
def test_a_refresh_reads_a_file_as_the_table_of_the_workbook(here, capsys):
    assert main(["nieuw", "proef-enquete", "--gegevens", "a.csv", "--uit", "w.xlsx"]) == 0
    Path("a.csv").write_text(FILLED_IN + "3-3-2026;C;10\n", encoding="utf-8")
    assert main(["ververs", "w.xlsx", "--gegevens", "a.csv"]) == 0, capsys.readouterr().err
    assert cell(Package.open(Path("w.xlsx")), "proef-enquete", "kc_som") == 23
    assert main(["ververs", "w.xlsx", "--zonder-kopie"]) == 0
    assert main(["ververs", "w.xlsx", "--gegevens", "o.csv"]) != 0
    assert "score" in capsys.readouterr().err


@pytest.mark.slow
def test_a_header_of_the_table_is_named_spaces_and_all(here, capsys):
    Path("a.csv").write_text("Dag, uur;Wie;Cijfer\n1-3-2026;A;9\n", encoding="utf-8")
    named = ["--kolommen", "klant=Wie,ingevuld op=Dag, uur"]
    assert main(["nieuw", "proef-enquete", "--gegevens", "a.csv", *named]) == 0, capsys.readouterr().err
    assert main(["controleer", "a.csv", "--tabel", "antwoorden", *named]) == 0
    assert main(["nieuw", "proef-enquete", "--gegevens", "a.csv", "--kolommen", "bedrag=X"]) == 2


@pytest.mark.slow
def test_a_file_is_checked_as_the_table_that_is_named(here, capsys):
    assert main(["controleer", "o.csv"]) == 0
    assert main(["controleer", "a.csv", "--tabel", "Antwoorden"]) == 0
    assert main(["controleer", "k.csv", "--tabel", "kosten"]) == 0
    assert main(["controleer", "k.csv"]) != 0
    assert (
        "met --tabel: kosten, enquete, contracten, doelen, prijzen, klanten, drukte, adressen, producten, budget, antwoorden"
        in capsys.readouterr().err
    )
    assert main(["controleer", "fout.csv", "--tabel", "kosten"]) != 0
    assert "rij 3, kolom maand" in capsys.readouterr().out
    assert main(["controleer", "a.csv", "--tabel", "antwoord"]) == 2
    assert "Bedoelde u antwoorden?" in capsys.readouterr().err


@pytest.mark.slow
def test_who_may_not_skip_rows_is_told_how_to_see_them_all(here, capsys):
    assert main(["nieuw", "proef-winkel", "--gegevens", "o.csv", "--gegevens", "kosten=fout.csv"]) != 0
    assert "`klantwaarde controleer --tabel kosten` toont alle problemen" in capsys.readouterr().err


@pytest.mark.slow
def test_each_of_two_tables_has_a_file_of_its_own(here, capsys):
    assert main(["nieuw", "proef-winkel", "--gegevens", "o.csv"]) == 2
    remedy = "--gegevens kosten=UW-KOSTEN.csv --gegevens transacties=UW-TRANSACTIES.csv"
    assert remedy in capsys.readouterr().err
    words = ["--gegevens", "o.csv", "--gegevens", "kosten=k.csv", "--kolommen", "kosten.bedrag=kosten"]
    assert main(["nieuw", "proef-winkel", *words, "--uit", "w.xlsx"]) == 0, capsys.readouterr().err
    assert cell(Package.open(Path("w.xlsx")), "proef-winkel", "kc_som") == 1300.5
    Path("k.csv").write_text(SPENT + "2026-05;Meta;9\n", encoding="utf-8")
    assert main(["ververs", "w.xlsx", "--gegevens", "kosten=k.csv"]) == 0, capsys.readouterr().err
    assert cell(Package.open(Path("w.xlsx")), "proef-winkel", "kc_som") == 1309.5


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--gegevens", "o.csv", "--gegevens", "k.csv"], "twee keer"),
        (["--gegevens", "antwoorden=a.csv"], "geen tabel antwoorden"),
        (["--gegevens", "kosten="], "lege naam"),
        (["--gegevens", "o.csv", "--gegevens", "kosten=k.csv", "--kolommen", "bedrag=kosten"], "bedrag"),
    ],
)
def test_what_cannot_be_said_of_two_tables_is_refused(here, capsys, words, said):
    assert main(["nieuw", "proef-winkel", *words]) == 2
    assert said in capsys.readouterr().err


# ── templates and the demo ──────────────────────────────────────────────────────────────────


@pytest.mark.slow
def test_every_template_is_made_and_without_example_data_it_waits_for_data(here, monkeypatch):
    monkeypatch.setattr(room, "template_ids", lambda: ("basis", "proef-enquete", "proef-winkel"))
    made = {path.stem.removeprefix("klantwaarde-"): path for path in make_templates(here / "map")}
    assert set(made) == {"basis", "proef-enquete", "proef-winkel"}
    table = Package.open(made["proef-enquete"]).read_table("tblAntwoorden")
    assert tuple(table.headers) == ANSWERS.headers
    assert [row[1:] for row in table.rows] == [["voorbeeld", 1.0, "voorbeeld"]]
    assert main(["ververs", str(made["proef-enquete"]), "--gegevens", "a.csv"]) == 0
    assert cell(Package.open(made["proef-enquete"]), "proef-enquete", "kc_som") == 13
    assert main(["ververs", str(made["proef-winkel"])]) == 0


@pytest.mark.slow
def test_the_demo_makes_what_it_has_data_for_and_says_what_not(here, monkeypatch, capsys):
    monkeypatch.setattr(room, "template_ids", lambda: ("basis", "proef-enquete", "proef-winkel"))
    demo = make_demo(here / "demo", now=NOW, step=lambda _: None)
    assert list(demo.workbooks) == ["basis", "proef-winkel"]
    assert demo.missing == {"proef-enquete": ("antwoorden",)}
    assert {path.name for path in (here / "demo").iterdir()} == {
        "webshop.csv",
        "enquete.csv",
        "adressen.csv",
        "producten.csv",
        "doelen.csv",
        "budget.csv",
        "kosten.csv",
        "klanten.csv",
        "klantwaarde-basis.xlsx",
        "klantwaarde-proef-winkel.xlsx",
    }


@pytest.mark.slow
def test_the_demo_says_so_on_the_command_line(here, monkeypatch, capsys):
    monkeypatch.setattr(room, "template_ids", lambda: ("dashboard", "proef-enquete"))
    monkeypatch.setattr("klantwaarde_xl.cli.demo.sample_orders", lambda: sample_orders(60))
    assert main(["demo"]) == 0, capsys.readouterr().err
    assert "Niet gemaakt: proef-enquete" in capsys.readouterr().out


# ── what of it is counted, and whose state it is ────────────────────────────────────────────


@pytest.mark.slow
def test_rows_that_cannot_be_read_are_counted_in_whichever_table_they_stand(here):
    words = ["--gegevens", "o.csv", "--gegevens", "kosten=fout.csv", "--overslaan"]
    assert main(["nieuw", "proef-winkel", *words, "--uit", "w.xlsx"]) == 0
    package = Package.open(Path("w.xlsx"))
    names = package.read_names("kw_")
    figures = [names[f"kw_rijen_{name}"] for name in ("gelezen", "gebruikt", "geweigerd")]
    assert figures == [12, 10, 2]
    assert names["kw_bedrag_gebruikt"] == 40.5  # of the orders alone: costs are no revenue
    assert checks(package)["Alle rijen zijn gelezen"] == "let op"
    rows = [row for row in package.read_table("tblKwaliteit").rows if row[0] == "geweigerd"]
    assert [row[1:3] for row in rows] == [[3, "maand (kosten)"], [4, "bedrag (kosten)"]]


@pytest.mark.slow
def test_a_row_of_one_number_in_two_tables_counts_twice(here):
    Path("o.csv").write_text(ORDERS.replace("2-3-2026", "ooit"), encoding="utf-8")
    words = ["--gegevens", "o.csv", "--gegevens", "kosten=fout.csv", "--overslaan"]
    assert main(["nieuw", "proef-winkel", *words, "--uit", "w.xlsx"]) == 0
    assert Package.open(Path("w.xlsx")).read_names("kw_")["kw_rijen_geweigerd"] == 3


@pytest.mark.slow
@pytest.mark.parametrize("order", [("kosten", "transacties"), ("transacties", "kosten")], ids=str)
def test_the_state_is_that_of_the_orders_in_either_order(here, order):
    files = {"kosten": "k.csv", "transacties": "o.csv"}
    words = [word for name in order for word in ("--gegevens", f"{name}={files[name]}")]
    assert main(["nieuw", "proef-winkel", *words, "--uit", "w.xlsx"]) == 0
    for words, source in (([], "o.csv"), (["ververs", "w.xlsx", "--zonder-kopie"], "blad Gegevens")):
        assert not words or main(words) == 0
        package = Package.open(Path("w.xlsx"))
        names = package.read_names("kw_")
        assert (names["kw_bron"], names["kw_rijen_tabel"]) == (source, 9)
        assert set(checks(package).values()) == {"in orde"}


@pytest.fixture
def per_order(here, monkeypatch):
    """One more result, and the template of two tables with it."""
    folder = here / "uitkomsten erbij"
    folder.mkdir()
    (folder / "per_order.py").write_text(textwrap.dedent(PER_ORDER), encoding="utf-8")
    monkeypatch.setattr(results, "__path__", [*results.__path__, str(folder)])
    results.results.cache_clear()
    text = (here / "sjablonen erbij" / "proef_winkel.py").read_text(encoding="utf-8")
    text = text.replace("proef-winkel", "proef-samen").replace(
        "b.Grid(", 'b.ResultBlock("per_order"), b.Grid('
    )
    (here / "sjablonen erbij" / "proef_samen.py").write_text(text, encoding="utf-8")
    yield
    results.results.cache_clear()


@pytest.mark.slow
def test_a_result_of_two_tables_is_filled_and_refreshed(here, per_order, capsys):
    words = ["--gegevens", "o.csv", "--gegevens", "kosten=k.csv"]
    assert main(["nieuw", "proef-samen", *words, "--uit", "w.xlsx"]) == 0, capsys.readouterr().err
    assert Package.open(Path("w.xlsx")).read_table("tblPerOrder").rows == [[1300.5, 9]]
    Path("k.csv").write_text(SPENT + "2026-05;Meta;9\n", encoding="utf-8")
    for more in (["--gegevens", "kosten=k.csv"], ["--gegevens", "o.csv"], []):
        assert main(["ververs", "w.xlsx", "--zonder-kopie", *more]) == 0, capsys.readouterr().err
        assert Package.open(Path("w.xlsx")).read_table("tblPerOrder").rows == [[1309.5, 9]]
