"""The workbook of segments: its page, whom it mails, and an action that is drawn, refreshed and measured."""

import datetime as dt

import pytest

from klantwaarde_xl.addresses import address
from klantwaarde_xl.cli.commands import main
from klantwaarde_xl.cli.demo import INPUTS
from klantwaarde_xl.data.reading.files import table_from_cells, transactions_from_cells
from klantwaarde_xl.data.sample import sample_csv, sample_orders
from klantwaarde_xl.data.sample_actions import sample_book
from klantwaarde_xl.data.sample_addresses import sample_addresses
from klantwaarde_xl.data.tables import tables
from klantwaarde_xl.wording.segments import SEGMENT_ACTIONS, SEGMENT_NAMES
from klantwaarde_xl.workbook import blocks as b
from klantwaarde_xl.workbook.build import build_workbook, empty_workbook
from klantwaarde_xl.workbook.refresh import refresh_file
from klantwaarde_xl.workbook.templates import template
from klantwaarde_xl.xlsx.package import Package
from tests.books import SHEETS, Looked, package_of

NAME = "rfm-segmenten"
EVE, NOW = dt.datetime(2026, 8, 31, 9, 30), dt.datetime(2026, 11, 27, 9, 30)
ALL = sample_orders(700)
ACTION = {
    "kw_marge": 0.4, "kw_segment": "Potentieel trouw", "kw_controle_deel": 0.3, "kw_actie_start": dt.date(2026, 9, 1),
    "kw_actie_kosten": 0.5,
}  # fmt: skip


def given(until, orders=ALL):
    rows = [list(one) for one in orders if one.day <= until.date()]
    tx = transactions_from_cells(("klant", "datum", "bedrag"), rows, source="proef")
    table, said = tables()["adressen"], [list(one) for one in sample_addresses(orders)]
    there = table_from_cells(table, table.headers, said, source="a", today=until.date(), con=tx.con)
    return {"transacties": tx, "adressen": there}


@pytest.fixture(scope="module")
def example():
    read = given(NOW)
    package = package_of(NAME, read, now=NOW, inputs=INPUTS, earlier={"actieboek": sample_book(read)})
    return Looked(NAME, package.shown()), package


@pytest.fixture(scope="module")
def drawn(tmp_path_factory):
    path = tmp_path_factory.mktemp("actie") / "segmenten.xlsx"
    build_workbook(template(NAME), given(EVE), now=EVE, inputs=ACTION).save(path)
    return path.read_bytes()


@pytest.fixture
def book(tmp_path, drawn):
    path = tmp_path / "segmenten.xlsx"
    path.write_bytes(drawn)
    return path


def table(source, name):
    package = source if isinstance(source, Package) else Package.open(source)
    found = package.read_table(name)
    return [dict(zip(found.headers, row, strict=True)) for row in found.rows]


def groups(source):
    return {row["klant"]: row["groep"] for row in table(source, "tblActieboek")}


# ── the example ─────────────────────────────────────────────────────────────────────────────


@pytest.mark.slow
def test_it_has_its_sheets_and_is_in_order(example):
    book, package = example
    assert package.sheet_names() == SHEETS[NAME]
    assert book.attention() == set()
    assert book.errors() == []


def test_the_cards_say_what_the_tables_say(example):
    book, package = example
    worth = {row["segment"]: row for row in table(package, "tblSegmentwaarde")}
    assert book.card("Klanten")[0] == sum(row["klanten"] for row in worth.values())
    assert book.card("Waarde kampioenen")[0] == pytest.approx(worth["Kampioenen"]["omzet"])
    risk = sum(worth[name]["omzet"] for name in ("Risico op vertrek", "Niet kwijtraken"))
    assert book.card("Waarde met risico")[0] == pytest.approx(risk)
    assert book.card("Op de lijst")[0] == len(table(package, "tblActielijst"))
    last = next(row for row in table(package, "tblActiemeting") if row["opbrengst"] is not None)
    assert book.card("Actie bracht op")[0] == pytest.approx(last["opbrengst"])


def test_the_map_shows_segment_customers_and_margin_of_each_place(example):
    book, package = example
    for row in table(package, "tblSegmentkaart"):
        header = next(
            one for one in book.layout.fields["kaart"].headers if one.startswith(f"FM {row['FM']:.0f}")
        )
        cells, top = book.column("kaart", header), 2 * (5 - int(row["R"]))
        assert cells[top] == f"{row['segment']}  ·  {row['klanten']:.0f}"
        assert cells[top + 1] == ("" if not row["klanten"] else pytest.approx(row["marge"]))


def test_every_segment_stands_on_the_page_with_what_to_do(example):
    book, _ = example
    advice = dict(
        zip(book.column("overzicht", "segment"), book.column("overzicht", "wat u doet"), strict=True)
    )
    assert advice == dict(zip(SEGMENT_NAMES, SEGMENT_ACTIONS, strict=True))


def test_the_finding_is_of_the_action_that_is_over_and_the_remark_of_the_one_that_runs(example):
    book, _ = example
    finding, remark = book.messages()[:2]
    assert finding.startswith("Opbrengst van de actie voor Kampioenen: ")
    assert finding.endswith("nog niet aantoonbaar.")
    assert "Nu, Risico op vertrek: De actie loopt tot en met 7-1-2027; ververs daarna." in remark


@pytest.mark.slow
def test_before_there_is_anything_to_measure_the_page_says_who_may_go_and_what_it_waits_for(book):
    found = Looked(NAME, Package.open(book).shown())
    risk = [
        row
        for row in table(book, "tblSegmentwaarde")
        if row["segment"] in ("Risico op vertrek", "Niet kwijtraken")
    ]
    worth = f"{round(sum(row['omzet'] for row in risk)):,}".replace(",", ".")
    many = sum(row["klanten"] for row in risk)
    assert found.messages()[:2] == [
        f"{many:.0f} klanten met € {worth} omzet dreigen weg te blijven",
        "De actie begint op 1-9-2026.",
    ]
    assert found.card("Actie bracht op") == ("–", "nog niets gemeten")


@pytest.mark.slow
def test_an_empty_one_says_what_to_do():
    book = Looked(NAME, empty_workbook(template(NAME), now=NOW).package.shown())
    assert set(book.cards().values()) == {"–"}
    assert (
        book.message()
        == "Nog niets ingevuld. Begin op Instellingen, plak uw gegevens op Gegevens, en ververs."
    )
    assert book.errors() == []


def sold(path, headers=("product", "omzet", "klant", "datum")):
    """A workbook with three sales of a product on its sheet, and what its sheet Beweging says of products."""
    read = given(NOW, ALL[:80])
    rows = [["Thee", 10.0 * at, f"K{at}", dt.date(2026, 3 * at, 1)] for at in (1, 2, 3)]
    rows = [row[: len(headers)] for row in rows]
    table, con = tables()["producten"], read["transacties"].con
    read["producten"] = table_from_cells(table, headers, rows, source="p", today=NOW.date(), con=con)
    inputs = {
        "kw_peildatum": dt.date(2026, 10, 31),
        "kw_peildatum_vorig": dt.date(2026, 7, 31),
        "kw_marge": 0.4,
    }
    build_workbook(template(NAME), read, now=NOW, inputs=inputs).save(path)
    found = Looked(NAME, Package.open(path).shown())
    ((sheet, placed),) = [pair for pair in found._of(b.Message) if pair[0].name == "Beweging"]
    return found.shown[sheet.name].get(address(placed.row, placed.column)), table_of(path)


def table_of(path):
    return [one for one in table(path, "tblProductbeweging") if one["product"]]


@pytest.mark.slow
def test_the_sheet_of_movement_says_how_products_moved(tmp_path):
    said, (row,) = sold(tmp_path / "w.xlsx")
    assert said == (
        "Nu is 1-8-2026 tot en met 31-10-2026; toen zijn evenveel dagen ervoor, vanaf 1-5-2026. "
        "Meeste groei: Thee (€ 10 erbij)."
    )
    assert list(row.values()) == ["Thee", 1, 0, 1, 1, 0, 1, 20, 30, 10, 8, 12, 4]


@pytest.mark.slow
def test_without_days_the_sheet_of_movement_says_what_to_do(tmp_path):
    said, rows = sold(tmp_path / "w.xlsx", ("product", "omzet", "klant"))
    assert said.startswith("Zet op Producten in kolom datum de dag van elke verkoop")
    assert rows == []


# ── an action, from the draw to the euros ───────────────────────────────────────────────────


@pytest.mark.slow
def test_nobody_of_the_control_group_is_in_what_is_mailed(example, book):
    for source in (example[1], book):
        now = [
            row
            for row in table(source, "tblActieboek")
            if row["segment"] == table(source, "tblActielijst")[0]["segment"]
        ]
        control = {row["klant"] for row in now if row["groep"] == "controle"}
        mailed = {row["klant"] for row in table(source, "tblActielijst")}
        assert control
        assert not control & mailed
        assert mailed == {row["klant"] for row in now} - control


@pytest.mark.slow
def test_a_refresh_with_other_customers_keeps_who_was_drawn(book):
    before = groups(book)
    refresh_file(book, now=NOW, tables=given(NOW), backup=False)
    assert groups(book) == before
    refresh_file(book, now=NOW + dt.timedelta(days=1), backup=False, inputs={"kw_controle_deel": 0.1})
    assert groups(book) == before


@pytest.mark.slow
def test_the_next_refresh_says_what_the_action_brought(book):
    treated = [name for name, group in groups(book).items() if group == "actie"]
    more = [
        one._replace(customer=name, day=dt.date(2026, 10, 1), amount=60.0)
        for name, one in zip(treated, ALL, strict=False)
    ]
    refresh_file(book, now=NOW, tables=given(NOW, ALL + more), backup=False)
    found = Looked(NAME, Package.open(book).shown())
    (row,) = table(book, "tblActiemeting")
    assert row["oordeel"] == "bracht op"
    shown = f"{round(row['opbrengst']):,}".replace(",", ".")
    assert found.message().startswith(
        f"De actie voor Potentieel trouw bracht € {shown} op na kosten (tussen € "
    )
    assert row["opbrengst"] == pytest.approx(
        len(treated) * (row["per klant"] - row["per klant controle"] - 0.5)
    )


@pytest.mark.slow
def test_a_loss_is_called_one(book):
    refresh_file(book, now=NOW, tables=given(NOW), backup=False, inputs={"kw_actie_kosten": 40})
    said = Looked(NAME, Package.open(book).shown()).message()
    assert said.startswith("De actie voor Potentieel trouw kostte € ")
    assert " meer dan zij bracht (tussen −€ " in said


@pytest.mark.slow
def test_without_a_margin_the_page_speaks_of_revenue(book):
    refresh_file(book, now=NOW, tables=given(NOW), backup=False, inputs={"kw_marge": None})
    assert "(in omzet: vul marge in)" in Looked(NAME, Package.open(book).shown()).message()


# ── settings ────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("option", "value", "said"),
    [
        ("segment", "Vrienden", "Kampioenen"), ("controle-deel", "0,6", "van 0% tot en met 50%"),
        ("actie-dagen", "6", "van 7 tot en met 365"), ("actie-dagen", "366", "van 7 tot en met 365"),
        ("actie-kosten", "-1", "zonder minteken"), ("actie-start", "ooit", "31-12-2026"), ("peildatum-vorig", "31-2-2026", "31-12-2026"),
    ],
)  # fmt: skip
def test_a_setting_that_cannot_be_is_refused_in_dutch(tmp_path, capsys, option, value, said):
    (tmp_path / "o.csv").write_text(sample_csv(ALL[:50]), encoding="utf-8")
    words = ["nieuw", NAME, "--gegevens", str(tmp_path / "o.csv"), "--uit", str(tmp_path / "w.xlsx")]
    assert main([*words, f"--{option}={value}"]) != 0
    assert said in capsys.readouterr().err
    assert not (tmp_path / "w.xlsx").exists()


@pytest.mark.slow
def test_an_action_is_set_from_the_command_line(tmp_path, capsys):
    (tmp_path / "o.csv").write_text(sample_csv(ALL), encoding="utf-8")
    path = tmp_path / "w.xlsx"
    words = ["nieuw", NAME, "--gegevens", str(tmp_path / "o.csv"), "--uit", str(path)]
    start = dt.date.today() + dt.timedelta(days=3)
    words += ["--segment", "slapend", "--actie-start", f"{start:%d-%m-%Y}", "--controle-deel", "0,5"]
    assert main(words) == 0, capsys.readouterr().err
    assert {row["segment"] for row in table(path, "tblActielijst")} == {"Slapend"}
    assert set(groups(path).values()) == {"actie", "controle"}
