"""Older workbooks brought to the present version: the user's things are with their customers, figures are right."""

import datetime as dt
import shutil
import zipfile
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from klantwaarde_xl.data.reading.files import table_from_cells
from klantwaarde_xl.data.tables import tables as input_tables
from klantwaarde_xl.workbook.build import build_workbook, skeleton
from klantwaarde_xl.workbook.content import begun_rows, inputs_of, needs
from klantwaarde_xl.workbook.recognise import VERSION
from klantwaarde_xl.workbook.refresh import refresh_file
from klantwaarde_xl.workbook.templates import template, templates
from klantwaarde_xl.workbook.upgrading.older import digest_of, older, said_by
from klantwaarde_xl.workbook.upgrading.upgrade import upgrade_file, upgrade_package
from klantwaarde_xl.workbook.upgrading.words import about
from klantwaarde_xl.xlsx.moving.reach import drop_unreached, reached
from klantwaarde_xl.xlsx.package import Package
from klantwaarde_xl.xlsx.parts import Structure
from tests.books import shipped
from tests.on_demand import OnDemand
from tests.workbook.customised import BREAK, FORMULAS, customised

OLDER = Path(__file__).with_name("older")
NOW = dt.datetime(2027, 1, 15, 8, 0)
NEW = (
    "dashboard-1",
    "prognose-1",
    "nps-onderzoek-1",
    "cac-kanalen-5",
)  # refreshed once: nothing in them goes on
GOES_ON = {("cac-kanalen-5", "tblJournaal"), ("cac-kanalen-5", "tblKwaliteit")}  # of what was read before
BOOKS = (*NEW, "prognose-7", "dashboard-5")
# As they were offered, nobody's things in them
OFFERED = (
    "basis-1",
    "klantbeleving-1",
    "scenario-1",
    "retentie-cohorten-1",
    "retentie-cohorten-3",
    "directierapport-4",
    "nps-onderzoek-6",
)
pytestmark = pytest.mark.filterwarnings("ignore:.*xtension is not supported")


def copied(name, folder):
    return Path(shutil.copy(OLDER / f"{name}.xlsx", folder))


def version_of(path):
    return Package.open(path).custom_properties()[VERSION]


def fresh_like(package, name):
    """A new workbook of the rows and settings that a workbook has."""
    found, read, con = template(name), {}, None
    for table in needs(found):
        held = package.read_table(input_tables()[table].sheet_table)
        begun = [[*row] for row in begun_rows(found).get(table, ())]
        if any(value is not None for row in held.rows for value in row) and [*map(list, held.rows)] != begun:
            read[table] = table_from_cells(
                input_tables()[table], held.headers, held.rows, source=input_tables()[table].sheet,
                first_row=held.top + 1, today=NOW.date(), con=con,
            )  # fmt: skip
            con = read[table].con
    typed = {name: value for name, value in package.read_names("kw_").items() if name in inputs_of(found)}
    return build_workbook(found, read, now=NOW, inputs=typed).package


@pytest.fixture(scope="module")
def brought(tmp_path_factory):
    """Of each older workbook, upgraded once for who reads it: where it is, what it was, and what was done."""

    def make(name):
        path = copied(name, tmp_path_factory.mktemp("opgewaardeerd"))
        before = path.read_bytes()
        return path, before, upgrade_file(path, now=NOW)

    return OnDemand(make)


# ── every kept version ──────────────────────────────────────────────────────────────────────


@pytest.mark.slow
@pytest.mark.parametrize("name", NEW)
def test_an_upgraded_workbook_is_as_a_new_one_of_its_rows_and_settings(name, brought):
    path, before, done = brought[name]
    package, id_ = Package.open(path), name.rpartition("-")[0]
    new = fresh_like(package, id_)
    assert package.sheet_names() == new.sheet_names()
    assert package.formulas() == new.formulas()
    assert package.shown() == new.shown()
    assert package.read_names("k") == new.read_names("k")
    for table in new.table_names():
        assert package.read_table(table).headers == new.read_table(table).headers
        if (name, table) not in GOES_ON:
            assert package.read_table(table).rows == new.read_table(table).rows
    assert version_of(path) == str(template(id_).version)
    assert done.backup.read_bytes() == before
    assert (done.done.left, done.done.broken, done.gone) == ([], [], [])


@pytest.mark.slow
@pytest.mark.parametrize("name", BOOKS)
def test_an_upgraded_workbook_refreshes_and_is_not_upgraded_twice(name, brought, tmp_path):
    path = Path(shutil.copy(brought[name][0], tmp_path))
    shown = Package.open(path).shown()
    done = refresh_file(path, now=NOW, backup=False)
    assert not [line for line in done.words() if "oudere versie" in line]
    assert Package.open(path).shown() == shown
    files, data = set(tmp_path.iterdir()), path.read_bytes()
    assert upgrade_file(path, now=NOW) is None
    assert (set(tmp_path.iterdir()), path.read_bytes()) == (files, data)


@pytest.mark.slow
def test_an_upgraded_forecast_keeps_what_it_foretold_and_shows_it_on_the_new_page(brought):
    path, before, done = brought["prognose-7"]
    filed = Package.from_bytes(before).read_table("tblVoorspelboek")
    package = Package.open(path)
    after = package.read_table("tblVoorspelboek")
    at, day, weeks = (filed.headers.index(name) for name in ("verwacht", "peildatum", "weken"))
    kept = {(row[day], row[weeks]): row[at] for row in after.rows}
    assert kept == {(row[day], row[weeks]): pytest.approx(row[at]) for row in filed.rows}
    names = package.read_names("kw_")
    assert (names["kw_toets"], names["kw_vorige_werkelijk"]) == ("voorspeld", 52)
    assert "✔ tussen 30 en 97 (95%)" in package.shown()["Prognose"].values()
    assert (done.done.left, done.done.broken, done.gone) == ([], [], [])


@pytest.mark.slow
def test_the_older_function_sheet_gets_the_present_sheets(tmp_path):
    path = copied("functies-1", tmp_path)
    done = upgrade_file(path, now=NOW)
    assert (done.report, done.done.left, version_of(path)) == (None, [], str(template("functies").version))
    assert Package.open(path).sheet_names() == ["Start", "Functies", "Voorbeelddata"]


@pytest.mark.parametrize("name", [*BOOKS, *OFFERED, "functies-1"])
def test_what_an_older_version_wrote_is_known_to_be_its_own(name):
    kept = older(name.rpartition("-")[0])
    for sheet, cell, text in said_by(Package.open(OLDER / f"{name}.xlsx")):
        assert kept.wrote(text, sheet, cell), (sheet, cell, text)
    assert not kept.wrote("een tekst van de gebruiker", "Start", "A1")


@pytest.mark.parametrize("name", templates())
def test_what_a_template_says_now_is_known_before_it_changes(name):
    """Not known? Run `python docs/render.py`, after `klantwaarde sjablonen`."""
    kept = older(name)
    unknown = [one for one in said_by(shipped(name)) if digest_of(one[2], *one[:2]) not in kept.contents]
    assert unknown == []


@pytest.mark.slow
@pytest.mark.parametrize("name", OFFERED)
def test_of_a_workbook_that_nobody_changed_nothing_stays_behind(name, brought):
    path, _, done = brought[name]
    assert (done.done.left, done.done.broken, done.gone) == ([], [], [])
    assert version_of(path) == str(template(name.rpartition("-")[0]).version)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "cell", "text"),
    [("scenario-1", "Scenariopagina!O4", "eens met de baas"), ("klantbeleving-1", "Beleving!O5", "=1+2"), ("retentie-cohorten-1", "Berekening!K3", 8.25)],
)  # fmt: skip
def test_of_a_workbook_that_somebody_changed_only_that_stays_behind(name, cell, text, tmp_path):
    path = copied(name, tmp_path)
    sheet, _, at = cell.partition("!")
    book = openpyxl.load_workbook(path)
    book[sheet][at] = text
    book.save(path)
    done = upgrade_file(path, now=NOW)
    cells = [
        one.where for one in done.done.left if one.kind != "grafiek"
    ]  # openpyxl gives charts another name
    assert cells == [f"blad {sheet}, cel {at}"]
    assert done.done.broken == []


@pytest.mark.parametrize("name", ["basis", "scenario", "klantbeleving"])
def test_a_workbook_whose_formulas_call_our_functions_still_does_after_an_upgrade(name):
    package = Package.from_bytes(skeleton(replace(template(name), calls_functions=True), NOW))
    before = package.formulas()
    package.set_properties(VERSION, {VERSION: str(template(name).version - 1)})
    done = upgrade_package(package, now=NOW)
    assert (done.done.left, done.done.broken) == ([], [])
    assert package.formulas() == before


@pytest.mark.slow
@pytest.mark.parametrize("name", [one for one in templates() if templates()[one].refreshes])
def test_a_workbook_of_the_present_version_is_left_alone(name, tmp_path):
    path = tmp_path / "nu.xlsx"
    shipped(name).save(path)
    before = path.read_bytes()
    assert upgrade_file(path, now=NOW) is None
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


# ── what a user made ────────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def upgraded(tmp_path_factory):
    """The workbook that a user made their own, upgraded: what was done, the file, whose each thing is."""
    path = tmp_path_factory.mktemp("opwaarderen") / "mijn.xlsx"
    whose = customised(path)
    return upgrade_file(path, now=NOW), path, whose


@pytest.fixture(scope="module")
def book(upgraded):
    return openpyxl.load_workbook(upgraded[1])


def by_customer(book):
    sheet = book["RFM"]
    top = int(sheet.tables["tblRfm"].ref.split(":")[0][1:])
    return {row[1].value: row for row in sheet.iter_rows(min_row=top + 1) if row[1].value}


@pytest.mark.slow
def test_own_columns_are_with_their_customers(upgraded, book):
    _, _, whose = upgraded
    rows = by_customer(book)
    assert [column.name for column in book["RFM"].tables["tblRfm"].tableColumns][-2:] == ["notitie", "dubbel"]
    notes = {customer: row[10].value for customer, row in rows.items() if row[10].value}
    assert notes == {whose["bellen!"]: "bellen!", whose["trouw"]: "trouw"}
    assert {row[11].value for row in rows.values()} == {"=tblRfm[[#This Row],[omzet]]*2"}
    assert all(row[12].value == f"=F{row[12].row}+1" for row in rows.values())
    assert book["RFM"].column_dimensions["K"].width == 33
    assert [row[4].value for row in book["Gegevens"].iter_rows(min_row=4, max_row=6)] == [
        "herkomst",
        None,
        "beurs",
    ]


def test_notes_links_colours_and_rules_are_with_their_customers(upgraded, book):
    _, _, whose = upgraded
    rows = by_customer(book)
    assert rows[whose["opmerking"]][1].comment.text == "vaste klant"
    assert rows[whose["eigen"]][10].comment.text == "over de notitie"
    assert {one for one, row in rows.items() if row[1].comment} == {whose["opmerking"]}
    assert rows[whose["link"]][1].hyperlink.target == "https://example.org/klant?a=1&b=2"
    yellow = {one for one, row in rows.items() if row[1].fill.fgColor.rgb == "00FFFF00"}
    assert yellow == {whose["kleur"]}
    first, last = min(row[1].row for row in rows.values()), max(row[1].row for row in rows.values())
    rules = book["RFM"].data_validations.dataValidation
    assert [str(rule.sqref) for rule in rules] == [f"K{first}:K{last}"]
    assert f"K{first}:K{last}" in [str(one.sqref) for one in book["RFM"].conditional_formatting]


def test_settings_assumptions_and_rows_under_the_table_are_carried(upgraded, book):
    done, path, _ = upgraded
    package = Package.open(path)
    names = package.read_names("k")
    assert (names["kw_wervingskosten"], names["kg_marge"]) == (12345, 0.41)
    assert package.read_table("tblTransacties").rows[-1][:3] == ["AANVULLING", 46325.0, 250.0]
    assert "AANVULLING" in by_customer(book)
    assert any("rij 430" in line for line in about(done))


def test_own_sheets_keep_their_place_their_chart_and_their_formulas(upgraded, book):
    _, path, _ = upgraded
    package = Package.open(path)
    assert package.sheet_names()[1:4] == ["Instellingen", "Mijn blad", "Doelen"]
    shown, formulas = package.shown()["Mijn blad"], package.formulas()["Mijn blad"]
    total = sum(row[4] for row in package.read_table("tblRfm").rows)
    assert shown["B2"] == package.read_names("kc_")["kc_netto"]
    assert shown["B3"] == shown["B4"] == pytest.approx(total)
    assert shown["B6"] == pytest.approx(sum(row[2] for row in package.read_table("tblTransacties").rows))
    spent = {row[0]: row[4] for row in package.read_table("tblRfm").rows}
    assert (shown["B5"], shown["B7"], shown["B8"]) == (spent["K10002"], 35.0, "van mij!")
    assert (shown["B9"], shown["B12"]) == (1.0, 12345.0)
    assert [formulas[cell] for cell in BREAK] == ["#REF!", "#REF!", "#REF!+1"]
    series = book["Mijn blad"]._charts[0].series[0].val.numRef.f
    rows = by_customer(book)
    assert (
        series == f"'RFM'!$F${min(r[1].row for r in rows.values())}:$F${max(r[1].row for r in rows.values())}"
    )


def test_what_cannot_go_along_is_told_by_its_place(upgraded):
    done, _, _ = upgraded
    assert [(one.where, one.text) for one in done.done.left] == [
        ("blad Dashboard, cel O5", "mijn kanttekening")
    ]
    assert [(one.where, one.formula) for one in done.done.broken] == [
        (f"blad Mijn blad, cel {cell}", FORMULAS[cell]) for cell in BREAK
    ]
    lines = about(done)
    assert "  blad Dashboard, cel O5: tekst of getal mijn kanttekening" in lines
    assert "  blad Mijn blad, cel B10: =kc_kopers (wees naar kc_kopers)" in lines
    assert (
        "Let op: uw blad Retentie heet nu Retentie (eigen), want het sjabloon heeft zelf een blad Retentie."
        in lines
    )
    assert "Overgenomen: 3 eigen kolommen van RFM-scores: notitie, dubbel, ernaast" in lines


def test_the_workbook_still_holds_together(upgraded):
    _, path, _ = upgraded
    with zipfile.ZipFile(path) as file:
        names = set(file.namelist())
        types = file.read("[Content_Types].xml").decode()
        said = {part.split('"')[0] for part in types.split('PartName="/')[1:]}
        assert said <= names
        assert len(names) == len(file.namelist())
        from lxml import etree

        ids = []
        for name in names:
            if name.endswith((".xml", ".rels")):
                root = etree.fromstring(file.read(name))
                if name.startswith("xl/tables/"):
                    ids.append(root.get("id"))
        assert len(ids) == len(set(ids)) == len(Package.open(path).table_names())


@pytest.mark.slow
def test_a_refresh_after_it_keeps_everything_with_its_customer(upgraded, tmp_path):
    _, path, whose = upgraded
    again = Path(shutil.copy(path, tmp_path))
    refresh_file(again, now=NOW, backup=False)
    rows = by_customer(openpyxl.load_workbook(again))
    assert rows[whose["bellen!"]][10].value == "bellen!"
    assert rows[whose["opmerking"]][1].comment.text == "vaste klant"
    assert Package.open(again).shown()["Mijn blad"] == Package.open(path).shown()["Mijn blad"]


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore:Print area")
def test_a_block_behind_notes_beside_a_table_stays_the_templates(tmp_path):
    path = tmp_path / "boek.xlsx"
    book = openpyxl.load_workbook(OLDER / "prognose-1.xlsx")
    sheet = book["Prognose"]
    assert (sheet.tables["tblTop"].ref, sheet["I26"].value) == ("B26:G36", "actie")
    sheet["H28"] = "bellen"
    customer = sheet["B28"].value
    book.save(path)
    assert upgrade_file(path, now=NOW).done.columns == [("tblTop", "naast de tabel")]
    sheet = next(one for one in openpyxl.load_workbook(path) if "tblTop" in one.tables)
    rows = {row[0].value: [cell.value for cell in row[6:]] for row in sheet["B27:M36"]}
    assert rows.pop(customer) == ["bellen", *[None] * 5]
    assert [*rows.values()] == [[None] * 6] * 9


def test_no_type_stays_of_a_part_that_is_gone():
    """LibreOffice gives the relationships of each part a line of their own in the list of types."""
    archive = Package.open(OLDER / "prognose-1.xlsx").structure.archive.copy()
    gone = [name for name in archive.names() if name.startswith("xl/drawings/_rels/")]
    kind = "application/vnd.openxmlformats-package.relationships+xml"
    added = "".join(f'<Override PartName="/{name}" ContentType="{kind}"/>' for name in gone).encode()
    types = archive.read("[Content_Types].xml")
    archive.replace("[Content_Types].xml", (types.replace(b"</Types>", added + b"</Types>"),))
    before = reached(Structure(archive))
    for name in archive.names():
        if name.startswith("xl/worksheets/_rels/"):
            archive.replace(name, (b"<Relationships/>",))
    drop_unreached(archive, before)
    said = archive.read("[Content_Types].xml").decode().split('PartName="/')[1:]
    assert gone
    assert {one.split('"')[0] for one in said} <= set(archive.names())


# ── other workbooks ─────────────────────────────────────────────────────────────────────────


@pytest.mark.slow
def test_a_workbook_from_1904_keeps_its_days(tmp_path):
    path = tmp_path / "1904.xlsx"
    book = openpyxl.load_workbook(OLDER / "dashboard-1.xlsx")
    book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    book.save(path)
    days = [row[1] for row in Package.open(path).read_table("tblTransacties").rows]
    upgrade_file(path, now=NOW)
    package = Package.open(path)
    assert package.days_behind == 1462
    assert [row[1] for row in package.read_table("tblTransacties").rows] == days
    assert package.read_names("kw_")["kw_periode_tot"] == max(days)


@pytest.mark.slow
def test_a_renamed_sheet_of_the_template_is_known_and_formulas_find_it(tmp_path):
    path = tmp_path / "boek.xlsx"
    book = openpyxl.load_workbook(OLDER / "dashboard-1.xlsx")
    book["RFM"].title = "Klanten van ons"
    own = book.create_sheet("Eigen")
    own["A1"] = "=COUNTA('Klanten van ons'!B20:B169)"
    book.save(path)
    upgrade_file(path, now=NOW)
    package = Package.open(path)
    assert "Klanten van ons" not in package.sheet_names()
    assert package.shown()["Eigen"]["A1"] == 150
