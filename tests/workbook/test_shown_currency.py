"""A workbook of orders that are in no euros shows another sign in every format, chart and sentence."""

import re
from pathlib import Path

import pytest

from klantwaarde_xl.cli.commands import main
from klantwaarde_xl.data.reading.cells.currencies import sign_of
from klantwaarde_xl.data.reading.files import read_transactions
from klantwaarde_xl.workbook.build import empty_workbook, lacking_tables, skeleton
from klantwaarde_xl.workbook.content import needs
from klantwaarde_xl.workbook.currency import PROPERTY, in_currency, in_euros
from klantwaarde_xl.workbook.refresh import refresh_file
from klantwaarde_xl.workbook.templates import templates
from klantwaarde_xl.workbook.upgrading.upgrade import upgrade_file
from klantwaarde_xl.xlsx.package import NewBody, Package
from tests.books import package_of
from tests.conftest import NOW

WITH_ORDERS = [
    one.id
    for one in templates().values()
    if "transacties" in needs(one) and not lacking_tables(one, ("transacties",))
]
SIGNS = [("GBP", "£"), ("DKK", "DKK"), ("USD", "$")]
# Each template in one of them
EACH = [(template, *SIGNS[at % len(SIGNS)]) for at, template in enumerate(WITH_ORDERS)]
EURO = re.compile(r"€|\beuro", re.IGNORECASE)
OLDER = Path(__file__).with_name("older")


def export(path, code, months=30):
    """Orders of forty customers over some years."""
    rows = [
        f"O{month}-{at},K{at},{2024 + month // 12}-{month % 12 + 1:02}-1{at % 10},{20 + at}.50,{code}"
        for month in range(months)
        for at in range(40)
        if (month * (at + 3)) % (2 + at % 5) == 0
    ]
    path.write_text("order,klant,datum,bedrag,valuta\n" + "\n".join(rows) + "\n", encoding="utf-8")
    return path


def says_euro(package):
    """The parts of a workbook in which a euro is left."""
    archive = package.structure.archive
    parts = [name for name in archive.names() if name.startswith("xl/") and name.endswith(".xml")]
    return [name for name in parts if EURO.search(archive.read(name).decode("utf-8", "replace"))]


@pytest.mark.parametrize(("template", "code", "sign"), EACH)
def test_no_euro_is_left(tmp_path, template, code, sign):
    package = package_of(template, read_transactions(export(tmp_path / "orders.csv", code)), now=NOW)
    assert says_euro(package) == []
    assert f"[${sign}-413]" in package.structure.archive.read("xl/styles.xml").decode()
    assert package.custom_properties()[PROPERTY] == code
    text = " ".join(str(v) for cells in package.shown().values() for v in cells.values())
    in_euros = package_of(template, read_transactions(export(tmp_path / "orders.csv", "EUR")), now=NOW)
    plain = " ".join(str(v) for cells in in_euros.shown().values() for v in cells.values())
    assert text == plain.replace("€", sign)
    assert PROPERTY not in in_euros.custom_properties()


def test_it_stays_so_when_it_is_refreshed_and_another_currency_is_told(tmp_path):
    dollars, euros = export(tmp_path / "usd.csv", "USD", 28), export(tmp_path / "eur.csv", "EUR")
    book = tmp_path / "boek.xlsx"
    package_of("dashboard", read_transactions(dollars), now=NOW).save(book)
    for tables in (None, read_transactions(export(tmp_path / "usd2.csv", "USD"))):
        done = refresh_file(book, now=NOW, tables=tables, backup=False)
        assert not [line for line in done.words() if "toont bedragen in" in line]
        assert says_euro(Package.open(book)) == []
    done = refresh_file(book, now=NOW, tables=read_transactions(euros), backup=False)
    (line,) = [line for line in done.words() if "toont bedragen in" in line]
    assert "in USD, en uw gegevens zijn in EUR: lees $ als €" in line
    other = tmp_path / "euro.xlsx"
    package_of("dashboard", read_transactions(euros), now=NOW).save(other)
    done = refresh_file(other, now=NOW, tables=read_transactions(dollars), backup=False)
    (line,) = [line for line in done.words() if "toont bedragen in" in line]
    assert "in EUR, en uw gegevens zijn in USD: lees € als $" in line


def test_rows_that_are_pasted_into_it_are_taken_to_be_in_its_currency(tmp_path):
    book = tmp_path / "boek.xlsx"
    package = empty_workbook(templates()["dashboard"], now=NOW, example=False, currency="USD").package
    rows = [["A", NOW.date(), -10.0], ["B", NOW.replace(day=5).date(), 2.0]]
    package.edit([NewBody("tblTransacties", (0, 1, 2), rows)])
    package.save(book)
    refresh_file(book, now=NOW, backup=False)
    package = Package.open(book)
    rows.append(["B", NOW.date(), 1250.0])
    package.edit([NewBody("tblTransacties", (0, 1, 2), rows)])
    package.save(book, backup=False)
    words = " ".join(refresh_file(book, now=NOW, backup=False).words())
    assert "nu $ 1.242" in words
    assert "€" not in words


@pytest.mark.parametrize(("code", "cents"), [("JPY", False), ("CHF", True)])
def test_a_currency_without_cents_is_shown_without_them(tmp_path, code, cents):
    package = package_of("dashboard", read_transactions(export(tmp_path / "orders.csv", code)), now=NOW)
    sign = sign_of(code)
    archive = package.structure.archive
    formats = "".join(
        archive.read(n).decode() for n in archive.names() if re.search("styles|charts/chart", n)
    )
    assert f"[${sign}-413] #,##0" in formats
    assert (f"[${sign}-413] #,##0.00" in formats) is cents


@pytest.mark.parametrize("code", ["USD", "DKK"])
@pytest.mark.parametrize("template", ["dashboard", "scenario", "rfm-segmenten"])
def test_what_a_template_says_in_a_currency_is_known_by_what_it_says_in_euros(template, code):
    euros, others = (
        Package.from_bytes(skeleton(templates()[template], NOW, currency=one)).texts()
        for one in ("EUR", code)
    )
    said = {text for text in euros - others if not re.match(r"(\[[^]]*])*-?\[\$", text)}  # and is no format
    assert said
    assert said <= {text for one in others for text in in_euros(one, code)}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "code"), [("dashboard-1", "USD"), ("dashboard-5", "DKK"), ("prognose-7", "GBP")]
)
def test_an_older_one_is_upgraded_in_its_currency(tmp_path, name, code):
    path = tmp_path / "oud.xlsx"
    package = Package.from_bytes(in_currency((OLDER / f"{name}.xlsx").read_bytes(), code))
    package.set_properties(PROPERTY, {PROPERTY: code})
    package.save(path)
    done = upgrade_file(path, now=NOW)
    assert (done.done.left, done.done.broken, done.gone) == ([], [], [])
    assert says_euro(Package.open(path)) == []
    assert Package.open(path).custom_properties()[PROPERTY] == code


def test_a_customer_is_forgotten_in_it_and_names_left_out_of_it(tmp_path, capsys):
    orders, key = export(tmp_path / "usd.csv", "USD"), tmp_path / "sleutel.key"
    book, nameless = tmp_path / "boek.xlsx", tmp_path / "naamloos.xlsx"
    assert main(["nieuw", "dashboard", "--gegevens", str(orders), "--uit", str(book)]) == 0
    orders.unlink()  # in which he would be found
    assert main(["vergeet", "K7", str(book), "--ja"]) == 0, capsys.readouterr()
    assert "K7" not in Package.open(book).texts()
    new = ["nieuw", "dashboard", "--gegevens", str(export(orders, "USD"))]
    assert main([*new, "--uit", str(nameless), "--pseudoniem", str(key)]) == 0, capsys.readouterr()
    assert says_euro(Package.open(nameless)) == []


@pytest.mark.parametrize("template", ["basis", "scenario", "klantbeleving", "dashboard", "nps-onderzoek"])
def test_an_empty_one_is_in_the_currency_that_is_asked_for(tmp_path, template):
    book = tmp_path / "leeg.xlsx"
    assert main(["nieuw", template, "--leeg", "--valuta", "gbp", "--uit", str(book)]) == 0
    package = Package.open(book)
    assert says_euro(package) == []
    assert package.custom_properties()[PROPERTY] == "GBP"
    assert "[$£-413]" in package.structure.archive.read("xl/styles.xml").decode()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--voorbeeld", "--valuta", "USD"), "--valuta niets"),
        (("--leeg", "--valuta", "EUR,USD=0.92"), "niets om te rekenen"),
        (("--leeg", "--valuta", "BOE"), "niets om te rekenen"),
        (("--leeg", "--valuta", "12"), "Bij --valuta kan 12 niet"),
    ],
)
def test_what_is_no_one_currency_is_refused(tmp_path, capsys, words, said):
    book = tmp_path / "leeg.xlsx"
    assert main(["nieuw", "basis", *words, "--uit", str(book)]) != 0
    assert said in capsys.readouterr().err
    assert not book.exists()
