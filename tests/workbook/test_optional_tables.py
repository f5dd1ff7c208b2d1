"""Input tables that may be empty: a workbook does without them, says what is missing, and takes them later."""

import datetime as dt
import re
import zipfile

import duckdb
import openpyxl
import pytest

from klantwaarde_xl.data.analyse import analyse
from klantwaarde_xl.data.reading.files import read_table, table_from_cells
from klantwaarde_xl.data.settings import Settings
from klantwaarde_xl.data.tables import tables
from klantwaarde_xl.errors import RowsRefused, UsageError
from klantwaarde_xl.workbook.build import build_workbook, no_rows
from klantwaarde_xl.workbook.content import main_table, needs, optional
from klantwaarde_xl.workbook.refresh import refresh_file
from klantwaarde_xl.workbook.templates import template, templates
from klantwaarde_xl.xlsx.package import Package

# What openpyxl does not know it drops, and says so
pytestmark = pytest.mark.filterwarnings("ignore:.*xtension is not supported")

NOW = dt.datetime(2026, 3, 5, 10)
COSTS = "maand;kanaal;bedrag\n2025-11;Folder;150\n2025-12;Folder;90\n"
COSTS += "".join(f"2025-{month:02};Folder;0\n" for month in range(1, 11))  # each month that counts


def fifty_orders(folder):
    lines = [
        f"{dt.date(2024, 11, 2) + dt.timedelta(days=9 * at)};{'abcdefghij'[at % 10]};{20 + at}"
        for at in range(50)
    ]
    (folder / "orders.csv").write_text("datum;klant;bedrag\n" + "\n".join(lines) + "\n")
    return read_table(folder / "orders.csv", tables()["transacties"], today=NOW.date())


@pytest.fixture
def orders(tmp_path):
    return fifty_orders(tmp_path)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    orders = fifty_orders(tmp_path_factory.mktemp("orders"))
    built = build_workbook(template("cac-kanalen"), orders, now=NOW, inputs={"kw_marge": 0.4})
    return built.package.to_bytes()


@pytest.fixture
def book(made, tmp_path):
    """A copy, for a test to change."""
    path = tmp_path / "boek.xlsx"
    path.write_bytes(made)
    return path


def named(path, *names):
    book = openpyxl.load_workbook(path, data_only=True)
    found = []
    for name in names:
        sheet, cell = next(iter(book.defined_names[name].destinations))
        found.append(book[sheet][cell.replace("$", "")].value)
    return found


@pytest.mark.parametrize("name", list(tables()))
def test_any_table_without_a_row_has_its_relation_with_all_columns(name):
    table = tables()[name]
    nothing = no_rows(name, None, NOW.date())
    described = nothing.con.execute(f"describe {table.sql}").fetchall()
    assert nothing.count() == 0
    assert {"rij", *(column.sql.strip('"') for column in table.columns)} <= {row[0] for row in described}


def test_a_table_that_has_to_be_filled_is_still_refused_empty():
    table = tables()["kosten"]
    with pytest.raises(Exception, match="Er staan geen kosten in"):
        table_from_cells(table, table.headers, [], source="Kosten", today=NOW.date())


def test_a_workbook_without_its_optional_tables_says_what_is_missing(book):
    cost, ratio, said = named(book, "kw_kanalen_cac", "kw_kanalen_ratio", "kw_kanalen_bericht")
    assert (cost, ratio) == (None, None)
    assert "plak ze op Kosten" in said


def test_channels_without_any_costs_are_not_free(orders):
    given = {
        "transacties": orders,
        **{name: no_rows(name, orders.con, NOW.date()) for name in ("kosten", "klanten")},
    }
    found = analyse(given, Settings(margin=0.4), ("kanalen", "cacmaanden"), today=NOW.date())
    assert {row[-1] for row in found["kanalen"].rows} <= {"kosten onbekend"}
    assert all(row[1] is None and row[3] is None for row in found["cacmaanden"].rows)


@pytest.mark.slow
def test_a_later_file_for_the_table_fills_it(book, tmp_path):
    (tmp_path / "k.csv").write_text(COSTS)
    costs = read_table(tmp_path / "k.csv", tables()["kosten"], today=NOW.date())
    refresh_file(book, now=NOW, tables=costs, backup=False)
    assert named(book, "kw_kanalen_kosten") == [240]
    refresh_file(book, now=NOW, backup=False)  # and stays, read from its sheet
    assert named(book, "kw_kanalen_kosten") == [240]


@pytest.mark.slow
def test_costs_of_other_months_are_not_called_missing(book, tmp_path):
    (tmp_path / "k.csv").write_text(COSTS.replace("2025", "2022"))
    refresh_file(
        book,
        now=NOW,
        tables=read_table(tmp_path / "k.csv", tables()["kosten"], today=NOW.date()),
        backup=False,
    )
    assert named(book, "kw_kanalen_bericht") == [
        "Er zijn kosten, maar niet in de maanden die tellen: 01-2025 tot en met 12-2025."
    ]


@pytest.mark.slow
def test_rows_typed_on_the_empty_sheet_count_at_the_next_refresh(book):
    opened = openpyxl.load_workbook(book)
    sheet = opened["Kosten"]
    top = sheet.tables["tblKosten"].ref.split(":")[0]
    row = sheet[top].row + 1
    for place, value in enumerate([dt.datetime(2025, 12, 1), "Folder", 75]):
        sheet.cell(row, sheet[top].column + place, value)
    opened.save(book)
    refresh_file(book, now=NOW, backup=False)
    assert named(book, "kw_kanalen_kosten") == [None]
    (said,) = named(book, "kw_kanalen_bericht")
    assert said.startswith("Op Kosten staat niets van januari 2025 tot en met november 2025;")


def test_a_row_that_cannot_be_read_is_not_taken_for_an_empty_table(orders):
    table = tables()["kosten"]
    with pytest.raises(RowsRefused, match="veel"):
        table_from_cells(
            table, table.headers, [["2026-01", "Folder", "veel", None]], source="Kosten", today=NOW.date(),
            may_be_empty=True,
        )  # fmt: skip


@pytest.mark.slow
def test_the_report_counts_the_filled_tables_only(book):
    opened = openpyxl.load_workbook(book, data_only=True)
    said = [str(cell) for row in opened["Controle"].values for cell in row if cell]
    assert not any("Kosten" in one and "0 rijen" in one for one in said)
    assert named(book, "kw_rijen_gelezen") == [50]


def test_what_a_template_cannot_do_without_is_still_asked():
    with pytest.raises(UsageError, match="transacties"):
        build_workbook(template("cac-kanalen"), {}, now=NOW)


@pytest.mark.parametrize("name", list(templates()))
def test_the_main_table_is_one_that_has_to_be_filled(name):
    one = template(name)
    assert main_table(one) not in optional(one)
    assert (main_table(one) is None) == (not needs(one))


ANSWERS = "datum;klant;score\n" + "".join(
    f"2026-02-{at + 1:02d};{'abcdefghij'[at]};{at}\n" for at in range(10)
)


@pytest.mark.slow
def test_value_stands_beside_the_score_where_there_are_orders(orders, tmp_path):
    (tmp_path / "e.csv").write_text(ANSWERS)
    answers = read_table(tmp_path / "e.csv", tables()["enquete"], today=NOW.date(), con=orders.con)
    path = tmp_path / "nps.xlsx"
    build_workbook(template("nps-onderzoek"), {"enquete": answers, "transacties": orders}, now=NOW).save(path)
    last, worth = named(path, "kw_periode_tot", "kw_waarde_verschil")
    assert last.date() == dt.date(2026, 2, 10)  # the period is that of the answers
    bought = dict.fromkeys("abcdefghij", 0)
    for customer, _, amount in orders.rows():
        bought[customer] += amount
    critics = sum(bought[one] for one in "abcdefg") / 7
    assert worth == pytest.approx(bought["j"] - critics)


@pytest.mark.slow
def test_orders_after_the_last_answer_count_in_what_a_customer_is_worth(orders, tmp_path):
    (tmp_path / "e.csv").write_text(ANSWERS.replace("2026-02", "2025-01"))
    answers = read_table(tmp_path / "e.csv", tables()["enquete"], today=NOW.date(), con=orders.con)
    given = {"enquete": answers, "transacties": orders}
    found = analyse(given, None, ("waardenaastscore",), today=NOW.date(), main="enquete")
    assert sum(row[3] for row in found["waardenaastscore"].rows) == sum(row[2] for row in orders.rows())


def test_whom_to_call_begins_with_who_bought_most(orders, tmp_path):
    (tmp_path / "e.csv").write_text(ANSWERS)
    answers = read_table(tmp_path / "e.csv", tables()["enquete"], today=NOW.date(), con=orders.con)
    rows = analyse({"enquete": answers, "transacties": orders}, None, ("bellen",), today=NOW.date())[
        "bellen"
    ].rows
    bought = dict.fromkeys("abcdefghij", 0)
    for customer, _, amount in orders.rows():
        bought[customer] += amount
    assert [row[0] for row in rows] == sorted((row[0] for row in rows), key=lambda one: -bought[one])
    assert len(rows) == 7
    alone = analyse({"enquete": answers}, None, ("bellen",), today=NOW.date())["bellen"].rows
    assert [row[2] for row in alone] == sorted(row[2] for row in alone)


@pytest.mark.slow
def test_an_older_forecast_without_the_sheet_refreshes_and_says_nothing_of_it(orders, tmp_path):
    path = tmp_path / "prognose.xlsx"
    build_workbook(template("prognose"), orders, now=NOW).save(path)
    with zipfile.ZipFile(path) as archive:
        held = {name: archive.read(name) for name in archive.namelist()}
    for name in held:
        if name.startswith("xl/tables/"):
            held[name] = held[name].replace(b'"tblDrukte"', b'"tblVanMij"')
    custom = "docProps/custom.xml"
    held[custom] = re.sub(rb"<vt:lpwstr>\d+<", b"<vt:lpwstr>5<", held[custom])
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in held.items():
            archive.writestr(name, data)
    done = refresh_file(path, now=NOW, backup=False)
    assert "Drukte" not in " ".join(done.words())
    assert "tblVanMij" in Package.open(path).table_names()


# ── columns that a workbook has no use for ──────────────────────────────────────────────────


@pytest.mark.slow
@pytest.mark.parametrize("many", [40, 20_050], ids=["few", "many"])  # the engine writes many
def test_a_workbook_writes_the_columns_that_it_shows_and_no_others(tmp_path, many):
    fifty_orders(tmp_path)
    con, given = duckdb.connect(), {}  # of its own, of which others may have cursors
    lines = [f"{'abcdefghij'[at % 10]}{'' if at < 10 else at};Zoeken;P;R;Lente" for at in range(many)]
    (tmp_path / "k.csv").write_text("klant;kanaal;eerste product;regio;campagne\n" + "\n".join(lines) + "\n")
    (tmp_path / "c.csv").write_text("maand;kanaal;bedrag;campagne;bereikt\n2025-11;Zoeken;5;Lente;70\n")
    for name, file in (("transacties", "orders.csv"), ("klanten", "k.csv"), ("kosten", "c.csv")):
        given[name] = read_table(tmp_path / file, tables()[name], today=NOW.date(), con=con)
    path = tmp_path / "boek.xlsx"
    for which, shown in (("directierapport", False), ("cac-kanalen", True)):
        build_workbook(template(which), given, now=NOW).package.save(path, backup=False)
        refresh_file(path, now=NOW, tables=given, backup=False)
        package = Package.open(path)
        customers, costs = (package.read_table(name) for name in ("tblKlantgegevens", "tblKosten"))
        assert customers.headers == (
            "klant",
            "kanaal",
            "eerste product",
            "regio",
            *(["campagne"] if shown else []),
        )
        assert costs.headers == ("maand", "kanaal", "bedrag", "campagne", *(["bereikt"] if shown else []))
        assert len(customers.rows) == many
        assert list(customers.rows[-1][1:]) == ["Zoeken", "P", "R", *(["Lente"] if shown else [])]
        assert list(costs.rows[0][1:]) == ["Zoeken", 5.0, "Lente", *([70.0] if shown else [])]
