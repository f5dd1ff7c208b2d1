"""A workbook that lost parts: one message that names them all, and nothing written."""

import re
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from klantwaarde_xl.data.reading.files import read_transactions
from klantwaarde_xl.errors import KlantwaardeError, WorkbookChanged
from klantwaarde_xl.plan.closed import read_contents
from klantwaarde_xl.workbook.content import inputs_of
from klantwaarde_xl.workbook.parts import parts_of
from klantwaarde_xl.workbook.recognise import refuse_incomplete, template_of, version_of
from klantwaarde_xl.workbook.refresh import plan_refresh, refresh_file
from klantwaarde_xl.workbook.templates import template
from klantwaarde_xl.xlsx.package import Package
from tests.books import package_of
from tests.conftest import NOW

OLDER = Path(__file__).with_name("older")


def without_column(contents, table, column):
    """Contents of a workbook whose table lacks one column; it is there without its rows."""
    head = contents.present[table]
    kept = tuple(one for one in head.headers if one != column)
    assert len(kept) < len(head.headers)
    return replace(contents, present={**contents.present, table: replace(head, headers=kept)})


def edited(path, *changes):
    """Other bytes in some parts of a file: (part of its name, what stands there, what comes)."""
    with zipfile.ZipFile(path) as archive:
        held = {name: archive.read(name) for name in archive.namelist()}
    for part, old, new in changes:
        hit = [name for name, data in held.items() if part in name and old in data]
        assert hit, (part, old)
        held |= {name: held[name].replace(old, new) for name in hit}
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in held.items():
            archive.writestr(name, data)
    return path


def table(old):
    return "xl/tables/", b'"%s"' % old.encode(), b'"%s"' % f"mijn{old}".encode()


def name(old):
    return "xl/workbook.xml", b'name="%s"' % old.encode(), b'name="mijn_%s"' % old.encode()


def column(old):
    """A header, as the table and as the sheet have it."""
    yield "xl/tables/", b'name="%s"' % old.encode(), b'name="mijn %s"' % old.encode()
    yield "sharedStrings", b"<t>%s</t>" % old.encode(), b"<t>mijn %s</t>" % old.encode()


def refused(path, **more):
    """What a refresh says that is missing; the file stays as it was and gets no copy beside it."""
    before, beside = path.read_bytes(), sorted(path.parent.iterdir())
    with pytest.raises(WorkbookChanged) as raised:
        refresh_file(path, now=NOW, **more)
    assert path.read_bytes() == before
    assert sorted(path.parent.iterdir()) == beside
    return raised.value


def contents_of(data, *, properties=True):
    contents = read_contents(Package.from_bytes(data), "tblTransacties")
    return contents if properties else replace(contents, properties={})


def without(contents, *lost):
    """Contents without some parts, as if they had another name."""
    return replace(
        contents,
        names={name: value for name, value in contents.names.items() if name not in lost},
        present={name: head for name, head in contents.present.items() if name not in lost},
        tables={name: read for name, read in contents.tables.items() if name not in lost},
    )


# ── one message ─────────────────────────────────────────────────────────────────────────────


def test_a_missing_table_hides_no_missing_name_setting_or_column(dashboard):
    edited(
        dashboard,
        table("tblSegmenten"),
        name("kw_bron"),
        name("kw_rente"),
        *column("aankopen"),
        *column("datum"),
    )
    said = refused(dashboard)
    assert said.where.split(", ") == [
        "cel 'Gegevens uit' (kw_bron op blad Start)",
        "instelling 'Rente per jaar' (kw_rente op blad Instellingen)",
        "tabel 'Segmenten' (tblSegmenten op blad RFM)",
        "kolom aankopen in tabel 'RFM-scores' (tblRfm op blad RFM)",
        "kolom datum in tabel 'Transacties' (tblTransacties op blad Gegevens)",
    ]
    assert "klantwaarde nieuw dashboard" in said.remedy
    assert "mijntblSegmenten" in said.remedy  # what the table is called now


def test_a_data_table_renamed_is_named_with_the_rest(forecast_book):
    edited(forecast_book, table("tblTransacties"), name("kw_model"), table("tblTop"))
    said = refused(forecast_book).where
    assert re.findall(r"\((\w+) op", said) == ["kw_model", "tblTransacties", "tblTop"]


@pytest.mark.slow
def test_a_column_of_the_data_alone_is_told_by_the_reader_who_knows_more(dashboard):
    edited(dashboard, *column("bedrag"))
    with pytest.raises(KlantwaardeError, match="bedrag") as raised:
        refresh_file(dashboard, now=NOW)
    assert "mist onderdelen" not in str(raised.value)


def test_a_file_needs_our_headers_in_the_table_that_it_fills(dashboard, shop_csv):
    edited(dashboard, *column("datum"), table("tblRfm"))
    said = refused(dashboard, tables=read_transactions(shop_csv)).where
    assert said.count("datum") == 1
    assert "tblRfm" in said


# ── settings ────────────────────────────────────────────────────────────────────────────────


@pytest.mark.slow
@pytest.mark.parametrize("properties", [True, False], ids=["says its version", "does not"])
@pytest.mark.parametrize("made", ["dashboard", "prognose", "basis"])
def test_no_setting_becomes_its_default_because_its_name_is_lost(made, properties, request):
    data = {"dashboard": "shop_bytes", "prognose": "forecast_bytes"}
    held = request.getfixturevalue(data[made]) if made in data else package_of("basis", now=NOW).to_bytes()
    contents = contents_of(held, properties=properties)
    refuse_incomplete(contents, template(made), ())
    for lost in inputs_of(template(made)):
        with pytest.raises(WorkbookChanged) as raised:
            plan_refresh(without(contents, lost), now=NOW)
        assert re.fullmatch(rf"instelling '[^']+' \({lost} op blad Instellingen\)", raised.value.where)


def test_a_setting_whose_row_was_deleted_is_missing_and_says_why(dashboard):
    with zipfile.ZipFile(dashboard) as archive:
        book = archive.read("xl/workbook.xml")
    there = re.search(rb'<definedName name="kw_inactief_na">([^<]+)<', book)[1]
    edited(dashboard, ("xl/workbook.xml", b">" + there + b"<", b">Instellingen!#REF!<"))
    assert refused(dashboard).where == (
        "instelling 'Klant is verloren na' (kw_inactief_na op blad Instellingen: wijst niet naar één cel)"
    )


@pytest.mark.slow
def test_the_name_of_a_setting_in_capitals_keeps_its_value(shop_bytes):
    contents = contents_of(shop_bytes)
    plans = []
    for spelled in ("kw_inactief_na", "KW_Inactief_NA"):
        names = {name: value for name, value in contents.names.items() if name != "kw_inactief_na"}
        plan = plan_refresh(replace(contents, names={**names, spelled: 5}), now=NOW)
        plans.append((plan.value("kw_gebruikt_inactief_na"), plan.value("kw_retentie_jaar")))
    assert plans[0] == plans[1]
    assert plans[0][0] == 5


# ── versions ────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("properties", [True, False], ids=["says its version", "does not"])
def test_a_current_workbook_is_not_called_older_because_a_later_part_is_lost(shop_bytes, properties):
    contents = contents_of(shop_bytes, properties=properties)
    later = [part.name for part, since in parts_of(template("dashboard")).items() if since == 2]
    assert {"tblRetentie", "kw_retentie_jaar", "kw_gebruikt_marge", "kw_laatste_maand"} <= set(later)
    for lost in later:
        with pytest.raises(WorkbookChanged) as raised:
            plan_refresh(without(contents, lost), now=NOW)
        assert lost in raised.value.where
        assert "oudere versie" not in str(raised.value)


def test_a_table_of_a_later_version_renamed_in_a_file_is_refused(dashboard):
    assert refused(edited(dashboard, table("tblRetentie"))).where == (
        "tabel 'Retentie per jaar' (tblRetentie op blad Retentie)"
    )


@pytest.mark.parametrize("made", ["dashboard", "prognose"])
def test_what_is_declared_of_the_first_version_is_what_its_workbooks_have(made):
    contents = read_contents(Package.open(OLDER / f"{made}-1.xlsx"))
    held = {*contents.names, *contents.table_names()}
    parts = parts_of(template(made)).items()
    assert held == {part.name for part, since in parts if since == 1}
    assert not held & {part.name for part, since in parts if since > 1}


def test_a_column_that_came_later_is_missed_in_a_workbook_of_its_own_version_only(shop_bytes):
    contents = without_column(contents_of(shop_bytes), "tblJaar", "na retouren")
    with pytest.raises(WorkbookChanged) as raised:
        plan_refresh(contents, now=NOW)
    assert raised.value.where == (
        "kolom na retouren in tabel 'Kerncijfers over 12 maanden' (tblJaar op blad Jaarcijfers)"
    )
    older = replace(contents, properties={**contents.properties, "klantwaarde_sjabloonversie": "5"})
    (write,) = [one for one in plan_refresh(older, now=NOW).tables if one.table == "tblJaar"]
    assert list(write.columns) == list(contents.present["tblJaar"].headers)
    whole = Package.from_bytes(shop_bytes).read_table("tblJaar")
    held = [[row[whole.headers.index(name)] for name in write.columns] for row in whole.rows]
    assert [list(row[1:]) for row in write.rows] == [row[1:] for row in held]


def test_without_its_version_a_workbook_without_a_later_column_is_of_the_version_before(shop_bytes):
    contents = contents_of(shop_bytes, properties=False)
    found = template("dashboard")
    assert version_of(contents, found) == 6  # of its newest part: what is new in later ones only shows
    assert version_of(without_column(contents, "tblJaar", "na retouren"), found) == 5


@pytest.mark.slow
@pytest.mark.parametrize("properties", [True, False], ids=["says its version", "does not"])
@pytest.mark.parametrize("made", ["dashboard", "prognose"])
def test_an_older_workbook_is_known_and_lacks_only_what_its_own_version_had(made, properties):
    contents = contents_of((OLDER / f"{made}-1.xlsx").read_bytes(), properties=properties)
    found = template_of(contents)
    assert (found.id, version_of(contents, found)) == (made, 1)
    plan = plan_refresh(contents, now=NOW)
    told = [line for line in plan.notices if "oudere versie" in line]
    assert len(told) == 1
    assert all(what in told[0] for _, what in found.changed)
    with pytest.raises(WorkbookChanged) as raised:
        plan_refresh(without(contents, "kw_rente", "kw_bron"), now=NOW)
    assert re.findall(r"\((\w+) op", raised.value.where) == ["kw_bron", "kw_rente"]


@pytest.mark.slow
def test_a_workbook_of_a_newer_program_has_the_parts_that_we_know(shop_bytes):
    contents = contents_of(shop_bytes)
    later = str(template("dashboard").version + 1)
    newer = replace(contents, properties={**contents.properties, "klantwaarde_sjabloonversie": later})
    assert version_of(newer, template("dashboard")) == template("dashboard").version
    assert not [line for line in plan_refresh(newer, now=NOW).notices if "versie" in line]


def test_a_workbook_that_says_what_it_is_is_not_called_someone_elses(shop_bytes):
    contents = contents_of(shop_bytes)
    bare = without(contents, *contents.table_names())
    with pytest.raises(WorkbookChanged, match="mist onderdelen") as raised:
        plan_refresh(bare, now=NOW)
    assert raised.value.where.count("tabel ") == len(contents.table_names())


@pytest.mark.parametrize("said", ["prognose", "basis", "onzin", "dashboard"])
def test_a_workbook_is_known_by_its_tables_where_its_property_is_of_another(said):
    """Its user emptied a workbook of ours, and put the sheets of another in it."""
    contents = read_contents(Package.open(OLDER / "dashboard-1.xlsx"))
    told = replace(contents, properties={**contents.properties, "klantwaarde_sjabloon": said})
    assert template_of(told).id == "dashboard"


@pytest.mark.parametrize("said", ["prognose", "basis", "dashboard"])
def test_the_property_tells_where_no_template_has_all_its_tables(said):
    contents = without(read_contents(Package.open(OLDER / "dashboard-1.xlsx")), "tblKpi")
    told = replace(contents, properties={**contents.properties, "klantwaarde_sjabloon": said})
    assert template_of(told).id == said
