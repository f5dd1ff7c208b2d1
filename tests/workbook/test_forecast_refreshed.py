"""The forecast workbook refreshed: what changes, what is asked for, and what stays with its customer."""

import datetime as dt
import zipfile

import pytest

from klantwaarde_xl.data.reading.files import read_transactions
from klantwaarde_xl.errors import UsageError
from klantwaarde_xl.workbook.recalculate import refill
from klantwaarde_xl.workbook.refresh import refresh_file
from klantwaarde_xl.xlsx.package import Package
from tests.books import SHEETS
from tests.conftest import NOW
from tests.workbook.test_forecast import LATER, attention, change, column, outcomes


@pytest.mark.slow
def test_refreshing_what_is_fresh_changes_only_the_moment_and_the_source(forecast_book):
    def parts():
        with zipfile.ZipFile(forecast_book) as archive:
            return {name: archive.read(name) for name in archive.namelist()}

    before = parts()
    refresh_file(forecast_book, now=NOW, backup=False)
    after = parts()
    # The properties hold what was written, with the moment
    changed = {"xl/worksheets/sheet1.xml", "docProps/custom.xml"}
    assert {name for name in before if before[name] != after[name]} == changed


SETTINGS = [
    ("kw_marge", 0.5, "H8"),
    ("kw_rente", 0.2, "H9"),
    ("kw_horizon", 26, "H7"),
    ("kw_model", "bg/nbd", "H10"),
    ("kw_peildatum", dt.date(2026, 6, 30), "H6"),
]


@pytest.mark.slow
@pytest.mark.parametrize(("name", "value", "cell"), SETTINGS)
def test_a_changed_setting_asks_for_a_refresh(forecast_book, name, value, cell):
    change(forecast_book, **{name: value})
    package = Package.open(forecast_book)
    before = package.read_names("kw_")["kw_waarde"]
    refill(package)
    waiting = package.shown()
    assert attention(waiting) == {"De instellingen zijn die van de laatste verversing"}
    assert waiting["Instellingen"][cell] == "verversen"
    assert waiting["Prognose"]["B5"] == before


@pytest.mark.slow
@pytest.mark.parametrize("some", [SETTINGS[:2], SETTINGS[2:]], ids=["money", "model and time"])
def test_changed_settings_act_at_the_refresh(forecast_book, some):
    before = Package.open(forecast_book).read_names("kw_")["kw_waarde"]
    change(forecast_book, **{name: value for name, value, _ in some})
    refresh_file(forecast_book, now=LATER, backup=False)
    after = Package.open(forecast_book)
    shown = after.shown()
    assert outcomes(shown)["De instellingen zijn die van de laatste verversing"] == "in orde"
    assert {shown["Instellingen"][cell] for *_, cell in SETTINGS} == {"bij"}
    assert abs(after.read_names("kw_")["kw_waarde"] / before - 1) > 1e-4


@pytest.mark.parametrize(
    ("name", "value"), [("kw_model", "regressie"), ("kw_horizon", 0), ("kw_marge", 35), ("kw_rente", "veel")]
)
def test_a_setting_that_cannot_be_is_refused_and_nothing_is_written(forecast_book, name, value):
    change(forecast_book, **{name: value})
    before = forecast_book.read_bytes()
    with pytest.raises(UsageError, match="Oplossing"):
        refresh_file(forecast_book, now=LATER)
    assert forecast_book.read_bytes() == before


@pytest.mark.slow
def test_a_column_that_the_user_added_stays_with_its_customer(forecast_book, larger_csv, tmp_path):
    notes = add_notes(forecast_book, {"K10351": "bellen", "K10232": "taart sturen"})
    text = larger_csv.read_text(encoding="utf-8")
    more = "".join(f"NIEUW;{day}-10-2026;900,00\n" for day in range(1, 29, 3))
    source = tmp_path / "nieuw.csv"
    source.write_text(text + more, encoding="utf-8")
    refresh_file(forecast_book, now=LATER, tables=read_transactions(source), backup=False)
    after = Package.open(forecast_book)
    customers = column(after, "tblPrognose", "klant")
    assert customers[0] == "NIEUW"  # so that every other customer is on another row
    kept = dict(zip(customers, column(after, "tblPrognose", "notitie"), strict=True))
    assert {name: note for name, note in kept.items() if note is not None} == notes


def add_notes(path, notes):
    """Widen tblPrognose by a column P with a note on the rows of some customers."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    package = Package.open(path)
    bottom = package.places()["tblPrognose"][1].bottom
    table = next(n for n, d in parts.items() if n.startswith("xl/tables/") and b'"tblPrognose"' in d)
    data = parts[table].replace(f"B4:O{bottom}".encode(), f"B4:P{bottom}".encode())
    data = data.replace(b'<tableColumns count="14">', b'<tableColumns count="15">')
    parts[table] = data.replace(b"</tableColumns>", b'<tableColumn id="15" name="notitie"/></tableColumns>')
    sheet = f"xl/worksheets/sheet{SHEETS['prognose'].index('Klanten') + 1}.xml"
    customers = column(package, "tblPrognose", "klant")
    body = parts[sheet]
    for row, text in [(4, "notitie"), *((5 + customers.index(name), note) for name, note in notes.items())]:
        at = body.index(b"</row>", body.index(f'<row r="{row}"'.encode()))
        body = body[:at] + f'<c r="P{row}" t="inlineStr"><is><t>{text}</t></is></c>'.encode() + body[at:]
    parts[sheet] = body
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return notes
