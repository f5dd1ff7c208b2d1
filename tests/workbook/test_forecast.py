"""The forecast workbook: its figures, and what it says when there is no forecast."""

import datetime as dt
import io
import re
import zipfile

import openpyxl
import pytest

from klantwaarde_xl.addresses import address, column_letter
from klantwaarde_xl.cli.demo import INPUTS
from klantwaarde_xl.data.analyse import Settings, analyse
from klantwaarde_xl.data.reading.files import read_transactions, transactions_from_cells
from klantwaarde_xl.data.tables import tables as input_tables
from klantwaarde_xl.dutch import MONTHS_SHORT
from klantwaarde_xl.errors import WorkbookChanged
from klantwaarde_xl.plan.closed import apply_plan
from klantwaarde_xl.plan.plan import Contents, NameWrite, Plan, Table
from klantwaarde_xl.workbook import blocks as b
from klantwaarde_xl.workbook.refresh import plan_refresh, refresh_file
from klantwaarde_xl.workbook.templates import templates
from klantwaarde_xl.xlsx.package import Package
from tests.books import SHEETS, Looked, package_of
from tests.conftest import NOW
from tests.data.test_forecasts import TINY

LATER = NOW + dt.timedelta(days=1)


def outcomes(shown):
    """Check to what it says."""
    return Looked("prognose", shown).checks()


def attention(shown):
    return Looked("prognose", shown).attention()


def column(package, table, name):
    found = package.read_table(table)
    return [row[found.headers.index(name)] for row in found.rows]


def change(path, **names):
    package = Package.open(path)
    apply_plan(package, Plan(names=tuple(NameWrite(name, value) for name, value in names.items())))
    package.save(path, backup=False)


def test_the_sheets_stand_in_reading_order(forecast_bytes):
    package = Package.from_bytes(forecast_bytes)
    assert package.sheet_names() == SHEETS["prognose"]
    properties = package.custom_properties()
    version = str(templates()["prognose"].version)
    assert (properties["klantwaarde_sjabloon"], properties["klantwaarde_sjabloonversie"]) == (
        "prognose",
        version,
    )


def test_all_checks_are_in_order_on_the_example(forecast_bytes):
    assert attention(Package.from_bytes(forecast_bytes).shown()) == set()


@pytest.mark.slow
def test_the_cards_show_what_the_table_of_customers_adds_up_to(forecast_bytes):
    package = Package.from_bytes(forecast_bytes)
    looked = Looked("prognose", package.shown())
    cards = looked.cards()
    values = column(package, "tblPrognose", "klantwaarde")
    chances = column(package, "tblPrognose", "kans nog klant")
    assert cards["Klantwaarde, samen"] == pytest.approx(sum(values))
    assert cards["Verwachte aankopen"] == pytest.approx(
        sum(column(package, "tblPrognose", "verwachte aankopen"))
    )
    assert cards["Nog klant"] == pytest.approx(sum(chances))
    said = {name: looked.card(name)[1] for name in cards}
    low, high = (
        f"{round(package.read_names('kw_')[f'kw_waarde_{e}']):,}".replace(",", ".") for e in ("laag", "hoog")
    )
    assert said["Klantwaarde, samen"] == f"verwachting € {low} tot € {high}"
    many = f"{len(chances):,}".replace(",", ".")
    assert said["Nog klant"] == f"van {many} klanten ({100 * sum(chances) / len(chances):.0f}%)"
    tenth = sum(sorted(values, reverse=True)[: (len(values) + 9) // 10])
    assert goal(looked, "Nog klant") == f"beste 10% brengt {100 * tenth / sum(values):.0f}% van de waarde"
    assert goal(looked, "Klantwaarde, samen") == f"gemiddeld € {sum(values) / len(values):.0f} per klant"
    counted, worth = looked.column("acties", "klanten"), looked.column("acties", "klantwaarde")
    for at, action in enumerate(("Koesteren", "Activeren", "Terugwinnen", "Laten rusten")):
        own = [v for v, a in zip(values, column(package, "tblPrognose", "actie"), strict=True) if a == action]
        assert (counted[at], worth[at]) == (len(own), pytest.approx(sum(own)))


def goal(looked, label):
    """The last line of a card."""
    for sheet, placed in looked._of(b.Cards):
        for at, card in enumerate(placed.block.cards):
            if card.label == label and card.goal:
                return looked.shown[sheet.name].get(address(placed.row + 3, placed.column + 2 * at))
    raise KeyError(label)


def test_who_is_due_or_late_is_who_the_table_of_next_purchases_says(forecast_bytes):
    package = Package.from_bytes(forecast_bytes)
    looked = Looked("prognose", package.shown())
    next_ = package.read_table("tblVolgende")
    rows = [dict(zip(next_.headers, row, strict=True)) for row in next_.rows]
    until = package.read_names("kw_")["kw_peildag"] + 30
    due = [row for row in rows if row["oordeel"] == "op schema" and row["verwacht vanaf"] <= until]
    late = [row for row in rows if row["oordeel"] == "te laat"]
    assert 0 < len(due) < len(rows)
    assert (looked.card("Aan de beurt")[0], looked.card("Te laat")[0]) == (len(due), len(late))
    assert looked.card("Aan de beurt")[1] == "te verwachten vóór 26 dec"
    worth = f"{sum(row['klantwaarde'] for row in late):,.0f}".replace(",", ".")
    assert goal(looked, "Te laat") == f"€ {worth} klantwaarde: bel of mail"


@pytest.mark.slow
def test_without_an_outcome_the_page_plays_the_past_again(forecast_bytes, larger_csv):
    """A forecast made of half of the log by itself says the same as the page does of the other half."""
    package = Package.from_bytes(forecast_bytes)
    names, looked = package.read_names("kw_"), Looked("prognose", package.shown())
    rows = package.read_table("tblToetsen").rows
    assert (names["kw_toets"], len(rows)) == ("nagespeeld", 8)
    since = dt.date(1899, 12, 30) + dt.timedelta(days=int(names["kw_naspel_van"]))
    orders = read_transactions(larger_csv).rows()
    before = [list(row[:3]) for row in orders if row[1] <= since]
    made = analyse(
        transactions_from_cells(("klant", "datum", "bedrag"), before, source="proef"),
        Settings(horizon=80, model="mbg/nbd", season="geen"),
        ["prognosetotaal", "voorspelboek"],
        today=since,
    )
    last = [row for row in made["voorspelboek"].frame().to_dict("records") if row["weken"] == 80][-1]
    assert names["kw_naspel_verwacht"] == pytest.approx(last["verwacht"], rel=1e-6)
    assert (names["kw_naspel_laag"], names["kw_naspel_hoog"]) == (last["laag"], last["hoog"])
    assert [row[3] for row in rows] == sorted(row[3] for row in rows)
    expected, came = (
        f"{names[f'kw_naspel_{one}']:,.0f}".replace(",", ".") for one in ("verwacht", "werkelijk")
    )
    assert goal(looked, "Vorige voorspelling") == f"✔ nagespeeld {expected}, werkelijk {came}"
    day = f"{since.day}-{since.month}-{since.year}"
    assert f"Nagespeeld vanaf {day}: {expected} verwacht, {came} gekomen" in looked.shown["Prognose"].values()
    assert looked.card("Vorige voorspelling") == ("–", "uitkomst vanaf 24-12-2026")


def test_the_best_customers_have_what_the_tables_say_of_them(forecast_bytes):
    package = Package.from_bytes(forecast_bytes)
    looked = Looked("prognose", package.shown())
    tables = {
        name: {row[0]: dict(zip(found.headers, row, strict=True)) for row in found.rows}
        for name in ("tblPrognose", "tblVolgende")
        for found in [package.read_table(name)]
    }
    ((sheet, placed),) = [
        (sheet, placed)
        for sheet, placed in looked._of(b.Grid)
        if placed.block.heading.endswith("meeste waarde")
    ]
    ordered = sorted(tables["tblPrognose"].values(), key=lambda row: -row["klantwaarde"])
    for at in range(10):
        shown = [
            looked.shown[sheet.name].get(address(placed.row + 2 + at, placed.column + right))
            for right in (0, 2, 3, 4, 5, 6)
        ]
        worth, coming = ordered[at], tables["tblVolgende"][ordered[at]["klant"]]
        begin, end = (
            dt.date(1899, 12, 30) + dt.timedelta(days=int(coming[f"verwacht {one}"]))
            for one in ("vanaf", "tot")
        )
        ends = [f"{worth[one]:,.0f}".replace(",", ".") for one in ("laag", "hoog")]
        assert shown == [
            worth["klant"], worth["kans nog klant"],
            f"{begin.day} {MONTHS_SHORT[begin.month - 1]} – {end.day} {MONTHS_SHORT[end.month - 1]} {end:%y}",
            pytest.approx(worth["klantwaarde"]), f"€ {ends[0]} – {ends[1]}", worth["actie"],
        ]  # fmt: skip


def test_the_chart_of_months_draws_what_the_months_are(forecast_bytes):
    """Whole months as columns, the running one apart, and a band from low to high on top of what is there."""
    package = Package.from_bytes(forecast_bytes)
    months, drawn = (
        [dict(zip(found.headers, row, strict=True)) for row in found.rows]
        for found in map(package.read_table, ("tblVooruit", "tblMaandbeeld"))
    )
    assert [one["van"] for one in months] == [one["van"] for one in drawn]
    running = [one["maand"].endswith("*") for one in months]
    assert running.index(True) == 12
    for month, seen, runs in zip(months, drawn, running, strict=True):
        counted = month["geteld"]
        assert (seen["geteld"], seen["loopt nog"]) == ((None, counted) if runs else (counted, None))
        assert seen["verwacht"] == month["omzet samen"]
        if month["laag"] is None:
            assert (seen["voet"], seen["band"]) == (None, None)
        else:
            bottom = (counted or 0) + seen["voet"]
            assert (bottom, bottom + seen["band"]) == (
                pytest.approx(month["laag"]),
                pytest.approx(month["hoog"]),
            )
        assert seen["nieuwe klanten"] == (None if runs else month["omzet nieuwe"])


@pytest.mark.slow
def test_the_best_tenth_is_right_when_customers_are_equal(tmp_path, shop_csv):
    """Twins have the same history and so the same value: the edge of the tenth falls between two."""
    head, *lines = shop_csv.read_text(encoding="utf-8").splitlines()
    names = sorted({line.partition(";")[0] for line in lines})[:255]
    lines = [line for line in lines if line.partition(";")[0] in names]
    twins = [line.replace(";", f"{twin};", 1) for line in lines for twin in "ab"]
    path = tmp_path / "tweelingen.csv"
    path.write_text("\n".join([head, *twins]) + "\n", encoding="utf-8")
    package = package_of("prognose", read_transactions(path), now=NOW)
    values = sorted(column(package, "tblPrognose", "klantwaarde"), reverse=True)
    tenth = -(-len(values) // 10)
    assert values[tenth - 1] == values[tenth]
    assert package.read_names("kw_")["kw_beste_tiende"] == pytest.approx(sum(values[:tenth]))


RUNS = (
    "Gearceerd: november 2026 loopt nog (t/m 26 nov); de lijn is met wat er naar verwachting nog bij komt. "
    "Welk model, en waarom: zie Model."
)


@pytest.mark.slow
def test_the_board_says_what_the_value_stands_on(forecast_bytes, larger_csv):
    shown = Package.from_bytes(forecast_bytes).shown()
    assert Looked("prognose", shown).message() == (
        f"Klantwaarde na een marge van 35%, tegen 8% rente per jaar. {RUNS}"
    )
    assert (
        "Model, gekozen: MBG/NBD, best in wat kwam na 14-05-2025, AIC gaf de doorslag. Seizoen telt niet mee: "
    ) in shown["Model"]["B4"]
    bare = package_of("prognose", read_transactions(larger_csv), now=NOW).shown()
    assert Looked("prognose", bare).message() == (
        f"Zonder marge: klantwaarde is hier omzet, geen winst, zonder rente. {RUNS}"
    )
    assert attention(bare) == {"De marge is ingevuld als deel van de omzet", "Er is een rente"}


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::UserWarning:openpyxl.*")
def test_the_board_prints_on_one_page_and_the_customers_keep_their_heads(forecast_bytes):
    book = openpyxl.load_workbook(io.BytesIO(forecast_bytes))
    board, customers = book["Prognose"], book["Klanten"]
    assert re.fullmatch(r"'Prognose'!\$A\$1:\$M\$\d\d", board.print_area)
    assert board.sheet_properties.pageSetUpPr.fitToPage
    assert (board.page_setup.fitToWidth or 1, board.page_setup.fitToHeight or 1) == (1, 1)
    assert customers.print_area == "'Klanten'!$A$1:$P$44"  # the first forty rows
    assert customers.freeze_panes == "C5"
    assert customers.print_title_rows == "$4:$4"
    assert customers.tables["tblPrognose"].autoFilter is not None
    ruled = {str(area.sqref) for area in customers.conditional_formatting}
    last = customers.tables["tblPrognose"].ref.rpartition(":")[2].strip("BCDEFGHIJKLMNO")
    assert {f"H5:H{last}", f"I5:I{last}", f"L5:L{last}", f"O5:O{last}"} <= ruled


def test_charts_draw_all_weeks_and_all_counts(forecast_bytes):
    with zipfile.ZipFile(io.BytesIO(forecast_bytes)) as parts:
        charts = [parts.read(n).decode() for n in parts.namelist() if n.startswith("xl/charts/chart")]
    package = Package.from_bytes(forecast_bytes)
    weeks, counts = (package.places()[name] for name in ("tblVerloop", "tblModeltoets"))
    assert len(package.read_table("tblVerloop").rows) > 150

    def drawn(place, header):
        sheet, area, headers = place
        at = column_letter(area.left + headers.index(header))
        return f"'{sheet}'!${at}${area.top + 1}:${at}${area.bottom}"

    assert sum(drawn(weeks, "werkelijk samen") in chart for chart in charts) == 1
    assert sum(drawn(counts, "klanten") in chart for chart in charts) == 1


def test_the_sheet_ahead_shows_what_its_months_add_up_to(forecast_bytes):
    package = Package.from_bytes(forecast_bytes)
    shown = package.shown()["Vooruit"]
    present, new = (column(package, "tblVooruit", f"omzet {who}") for who in ("huidige", "nieuwe"))
    known = [value for value in [*present, *new] if value is not None]
    names = package.read_names("kw_")
    assert names["kw_vooruit_omzet"] == pytest.approx(sum(known))
    cards = [value for value in shown.values() if isinstance(value, float)]
    assert pytest.approx(names["kw_vooruit_omzet"]) in cards
    low, high = (f"{round(names[f'kw_vooruit_omzet_{e}']):,}".replace(",", ".") for e in ("laag", "hoog"))
    assert f"tussen € {low} en € {high}" in shown.values()
    finding = next(text for text in shown.values() if str(text).startswith("Verwacht: gemiddeld"))
    counted = [value for value in column(package, "tblVooruit", "geteld") if value is not None][:12]
    assert finding.endswith(f"{round(sum(counted) / 12):,}".replace(",", ".") + " in de laatste 12 maanden")


@pytest.mark.slow
@pytest.mark.parametrize("rows", TINY.values(), ids=TINY)
def test_without_a_forecast_the_workbook_says_why_and_shows_no_figures(rows):
    transactions = transactions_from_cells(("klant", "datum", "bedrag"), rows, source="proef")
    package = package_of("prognose", transactions, now=NOW)
    shown = package.shown()
    message = package.read_names("kw_")["kw_bericht"]
    looked = Looked("prognose", shown)
    said = looked.message()
    reason = message[0].lower() + message[1 : message.index(" Neem ")].replace(": ", "; ")
    helps = message[message.index(" Neem ") + 6 :].removesuffix(".")
    assert said.startswith(f"Er is nog geen prognose: {reason} Wat helpt: {helps}")
    assert ("kolom klant" in said) == (len(rows) > 1 and "tweede keer" in said)
    assert set(looked.cards().values()) == {"–"}
    (page,) = [placed.block for sheet, placed in looked._of(b.Cards) if sheet.name == "Prognose"]
    assert {looked.card(card.label)[1] for card in page.cards} == {"nog geen prognose"}
    assert outcomes(shown)["Het model is te schatten"] == "let op"
    assert outcomes(shown)["Alle klanten staan op Klanten"] == "in orde"
    assert len(column(package, "tblPrognose", "klant")) == len({row[0] for row in rows})
    assert set(column(package, "tblPrognose", "klantwaarde")) == {None}
    assert not looked.errors()


@pytest.mark.slow
def test_a_shop_where_nobody_came_back_in_years_has_no_errors(larger_csv):
    """Retention was counted and is nought: the steps from the CLV take a power of it."""
    seen, rows = set(), []
    for row in sorted(read_transactions(larger_csv).rows(), key=lambda row: row[1]):
        if row[0] not in seen and row[2] > 0:
            seen.add(row[0])
            rows.append(list(row[:3]))
    transactions = transactions_from_cells(("klant", "datum", "bedrag"), rows, source="proef")
    package = package_of("prognose", transactions, now=NOW, inputs=INPUTS)
    looked = Looked("prognose", package.shown())
    assert package.read_names("kw_")["kw_retentie_jaar"] == 0
    assert not looked.errors()
    assert "kolom klant de klant noemt" in looked.message()


@pytest.mark.slow
def test_a_forecast_comes_back_when_there_are_data_enough(tmp_path, larger_csv):
    transactions = transactions_from_cells(
        ("klant", "datum", "bedrag"), TINY["nobody bought twice"], source="proef"
    )
    path = tmp_path / "klein.xlsx"
    package = package_of("prognose", transactions, now=NOW, inputs=INPUTS)
    package.save(path, backup=False)
    done = refresh_file(path, now=LATER, backup=False)
    assert any("geen prognose" in line and "tweede keer" in line for line in done.words())
    done = refresh_file(path, now=NOW, tables=read_transactions(larger_csv), backup=False)
    assert not any("geen prognose" in line for line in done.words())
    assert attention(Package.open(path).shown()) == set()
    done = refresh_file(path, now=LATER, tables=transactions, backup=False)
    assert set(column(Package.open(path), "tblPrognose", "klantwaarde")) == {None}
    assert column(Package.open(path), "tblTop", "klant") == [None]


@pytest.mark.slow
def test_a_workbook_is_refreshed_as_the_template_that_it_is(forecast_bytes, shop_bytes):
    for data, wanted in ((forecast_bytes, "tblPrognose"), (shop_bytes, "tblKpi")):
        package = Package.from_bytes(data)
        tables = {name: package.read_table(name) for name in package.table_names()}
        plan = plan_refresh(Contents(package.read_names("kw_"), tables), now=NOW)
        written = {write.table for write in plan.tables}
        assert wanted in written
        assert written == set(tables) - {one.sheet_table for one in input_tables().values()}


def test_a_table_renamed_is_named_with_the_right_template(forecast_bytes):
    package = Package.from_bytes(forecast_bytes)
    tables = {name: Table((), ()) for name in package.table_names() if name != "tblVerloop"}
    with pytest.raises(WorkbookChanged, match=r"(?s)tblVerloop.*nieuw prognose"):
        plan_refresh(Contents({}, tables), now=NOW)
