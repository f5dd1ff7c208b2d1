"""More rows than a sheet holds: the workbook shows a part, computes from the whole, and says both."""

import datetime as dt
import re
import shlex
import shutil
from pathlib import Path

import duckdb
import pytest

from klantwaarde_xl.cli.commands import main
from klantwaarde_xl.cli.demo import INPUTS
from klantwaarde_xl.data.reading.files import read_transactions
from klantwaarde_xl.data.sample import sample_csv, sample_orders
from klantwaarde_xl.errors import WorkbookFull
from klantwaarde_xl.workbook import too_many
from klantwaarde_xl.workbook.build import build_workbook
from klantwaarde_xl.workbook.refresh import refresh_file
from klantwaarde_xl.workbook.templates import template
from klantwaarde_xl.xlsx.package import Package
from tests.books import Looked
from tests.on_demand import OnDemand

NOW = dt.datetime(2026, 11, 27, 9, 0)
FITS, SHOWN = 200, 40
OLDER = Path(__file__).with_name("older")
CUSTOMERS = {"dashboard": "tblRfm", "prognose": "tblPrognose"}
WAITS = "nog niet te beoordelen"


@pytest.fixture(scope="module")
def shop(tmp_path_factory):
    path = tmp_path_factory.mktemp("winkel") / "webshop.csv"
    path.write_text(sample_csv(sample_orders(300)), encoding="utf-8")
    return path


def made(name, shop):
    transactions = read_transactions(shop, today=NOW.date())
    return build_workbook(template(name), transactions, now=NOW, inputs=INPUTS)


@pytest.fixture(scope="module")
def whole(shop):
    return OnDemand(lambda name: made(name, shop))


@pytest.fixture(scope="module")
def part(shop):
    def make(name):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(too_many, "FITS", FITS)
            patch.setattr(too_many, "SHOWN", SHOWN)
            return made(name, shop)

    return OnDemand(make)


@pytest.fixture
def small(monkeypatch):
    """Sheets that hold few rows."""
    monkeypatch.setattr(too_many, "FITS", FITS)
    monkeypatch.setattr(too_many, "SHOWN", SHOWN)


@pytest.mark.parametrize("name", CUSTOMERS)
class TestPart:
    @pytest.mark.slow
    def test_the_sheets_hold_the_last_orders_and_the_largest_customers(self, whole, part, name):
        for table in ("tblTransacties", CUSTOMERS[name]):
            assert len(part[name].package.read_table(table).rows) == SHOWN
        column = {"dashboard": "omzet", "prognose": "klantwaarde"}[name]
        every, shown = (made_[name].package.read_table(CUSTOMERS[name]) for made_ in (whole, part))
        at = every.headers.index(column)
        largest = sorted((row[at] for row in every.rows), reverse=True)[:SHOWN]
        assert [row[at] for row in shown.rows] == largest
        days = sorted(row[1] for row in whole[name].package.read_table("tblTransacties").rows)
        assert sorted(row[1] for row in part[name].package.read_table("tblTransacties").rows) == days[-SHOWN:]

    @pytest.mark.slow
    def test_all_figures_and_the_tables_behind_charts_come_from_the_whole(self, whole, part, name):
        ours = {"kw_deel_gegevens", "kw_deel_klanten", "kw_rijen_tabel"}
        every, shown = (made_[name].package for made_ in (whole, part))
        wanted, found = every.read_names("kw_"), shown.read_names("kw_")
        assert {key for key in wanted if wanted[key] != found[key]} == ours
        for table in set(every.table_names()) - {"tblTransacties", CUSTOMERS[name], "tblVolgende"}:
            assert shown.read_table(table).rows == every.read_table(table).rows, table
        cards = (Looked(name, package.shown()).cards() for package in (every, shown))
        assert next(cards) == next(cards)

    def test_what_people_do_with_whom_is_counted_over_all_customers(self, whole, part, name):
        if name == "prognose":
            every, shown = (Looked(name, made_[name].package.shown()) for made_ in (whole, part))
            for header in ("klanten", "deel", "klantwaarde", "deel waarde"):
                assert shown.column("acties", header) == every.column("acties", header)

    def test_checks_over_a_table_that_is_a_part_wait_and_say_why(self, whole, part, name):
        every, shown = (Looked(name, made_[name].package.shown()) for made_ in (whole, part))
        assert shown.attention() <= every.attention()
        formulas = part[name].package.formulas()["Controle"]
        outcomes = shown.checks()
        waiting = {label for label, outcome in outcomes.items() if outcome == WAITS}
        assert waiting
        assert not any(outcome == WAITS for outcome in every.checks().values())
        assert {label for label in outcomes if outcomes[label] != every.checks()[label]} == waiting
        told = list(part[name].package.shown()["Controle"].values())
        assert told.count(part[name].package.read_names("kw_")["kw_deel_klanten"]) >= len(waiting)
        judged = [text for text in formulas.values() if "let op" in text and CUSTOMERS[name] in text]
        assert judged
        assert [text for text in judged if "kw_deel_klanten" not in text] == []

    def test_the_workbook_says_what_is_missing_and_how_many(self, whole, part, name):
        names = part[name].package.read_names("kw_")
        rows = len(whole[name].package.read_table("tblTransacties").rows)
        assert names["kw_deel_gegevens"].startswith(f"de {SHOWN} laatste van {rows:,} ".replace(",", "."))
        customers = len(whole[name].package.read_table(CUSTOMERS[name]).rows)
        assert f"van {customers}" in names["kw_deel_klanten"]
        assert whole[name].package.read_names("kw_")["kw_deel_klanten"] is None

    def test_a_refresh_from_the_sheet_is_refused_because_it_holds_a_part(self, part, name, tmp_path):
        path = tmp_path / "boek.xlsx"
        part[name].save(path)
        before = path.read_bytes()
        with pytest.raises(WorkbookFull, match=r"staat een deel van de transacties") as refused:
            refresh_file(path, now=NOW)
        assert "--gegevens" in refused.value.remedy
        assert path.read_bytes() == before

    @pytest.mark.slow
    def test_a_refresh_with_a_source_that_fits_makes_it_whole_again(self, whole, part, shop, name, tmp_path):
        path = tmp_path / "boek.xlsx"
        part[name].save(path)
        refresh_file(path, now=NOW, tables=read_transactions(shop, today=NOW.date()), backup=False)
        again, every = Package.open(path), whole[name].package
        assert again.read_names("kw_") == every.read_names("kw_")
        assert sorted(again.read_table(CUSTOMERS[name]).rows) == sorted(
            every.read_table(CUSTOMERS[name]).rows
        )
        refresh_file(path, now=NOW, backup=False)

    @pytest.mark.slow
    def test_a_refresh_with_a_source_that_does_not_fit_shows_a_part(
        self, whole, part, shop, name, tmp_path, small
    ):
        path = tmp_path / "boek.xlsx"
        whole[name].save(path)
        done = refresh_file(path, now=NOW, tables=read_transactions(shop, today=NOW.date()), backup=False)
        assert Package.open(path).read_names("kw_") == part[name].package.read_names("kw_")
        assert any("niet alles past op een blad" in line for line in done.words())

    def test_an_older_workbook_that_cannot_say_so_is_refused(self, shop, name, tmp_path, small):
        path = Path(shutil.copy(OLDER / f"{name}-1.xlsx", tmp_path))
        before = path.read_bytes()
        with pytest.raises(WorkbookFull, match="oudere versie") as refused:
            refresh_file(path, now=NOW, tables=read_transactions(shop, today=NOW.date()))
        assert f"klantwaarde nieuw {name} --gegevens" in refused.value.remedy
        assert path.read_bytes() == before


@pytest.mark.slow
def test_the_advised_command_writes_all_rows(shop, tmp_path, monkeypatch, capsys, small):
    monkeypatch.chdir(tmp_path)
    Path("mijn orders.csv").write_bytes(shop.read_bytes())
    assert main(["nieuw", "dashboard", "--gegevens", "mijn orders.csv"]) == 0
    said = re.search(r"alles schrijft .*: klantwaarde (.+)", capsys.readouterr().out)
    assert main(shlex.split(said[1])) == 0
    rows = duckdb.sql("select count(*) from 'uitkomsten/transacties.parquet'").fetchall()[0]
    assert rows == (len(read_transactions(shop, today=NOW.date()).rows()),)
    assert duckdb.sql("select count(*) from 'uitkomsten/rfm.parquet'").fetchall()[0][0] > FITS


@pytest.mark.slow
def test_a_table_that_is_whole_is_judged_though_the_orders_are_a_part(shop, monkeypatch):
    customers = len({row[0] for row in read_transactions(shop, today=NOW.date()).rows()})
    monkeypatch.setattr(too_many, "FITS", customers)
    monkeypatch.setattr(too_many, "SHOWN", SHOWN)
    package = made("dashboard", shop).package
    assert len(package.read_table("tblTransacties").rows) == SHOWN
    assert len(package.read_table("tblRfm").rows) == customers
    assert WAITS not in Looked("dashboard", package.shown()).checks().values()
