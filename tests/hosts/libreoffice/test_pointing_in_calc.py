"""In an open Calc document a formula or name that shows a row by its address is told when another stands there."""

import pytest
import xlsxwriter

from klantwaarde_xl.hosts.libreoffice.calc_formula import as_excel
from tests.hosts.libreoffice import stub_worker
from tests.hosts.libreoffice.stub_book import add_customers
from tests.hosts.libreoffice.test_refresh import refresh


@pytest.mark.parametrize(
    ("written", "wanted"),
    [
        ("=$Klanten.D6", "Klanten!D6"),
        ("=Klanten.$D$6:$E$6*2", "Klanten!$D$6:$E$6*2"),
        ("=SUM($'Mijn ''b'' lad'.A1;A2)", "SUM('Mijn ''b'' lad'!A1;A2)"),
        ('="$Klanten.D6"&$Klanten.D7', '"$Klanten.D6"&Klanten!D7'),
        ("='file:///tmp/x.ods'#$Klanten.D6", "'file:///tmp/x.ods'#$Klanten.D6"),
        ("=NORM.DIST(A1;0;1;1)", "NORM.DIST(A1;0;1;1)"),
        ("=1.5*A1", "1.5*A1"),
    ],
)
def test_a_reference_is_written_as_excel_does(written, wanted):
    assert as_excel(written) == wanted


@pytest.fixture(scope="module", autouse=True)
def _stub(calc, worker_python):
    worker_python.use(stub_worker.__file__)
    yield
    worker_python.use()


@pytest.fixture
def opened(calc, tmp_path):
    """A table in C5:E8 after a refresh, with formulas and a name on another sheet that show its rows."""
    path = tmp_path / "klanten.xlsx"
    with xlsxwriter.Workbook(path) as workbook:
        page, own = add_customers(workbook), workbook.add_worksheet("Mijn blad")
        workbook.define_name("vip", "=Klanten!$D$7")
        own.write_formula("A1", "=Klanten!D6*2")
        own.write_formula("A2", "=SUM(Klanten!D6:D8)")
        page.write_formula("H1", "=C8")
    document = calc.open(path=str(path))
    assert refresh(calc, document, "gelijk")[0]
    yield document
    calc.close(document)


def told(message):
    return [line for line in message.splitlines() if "wijst naar" in line and line.startswith("  ")]


def test_formulas_and_names_are_told_when_another_stands_there_and_show_it(calc, opened):
    done, message = refresh(calc, opened, "gelijk")
    assert (done, told(message)) == (True, [])
    done, message = refresh(calc, opened, "omgekeerd")
    assert done, message
    assert sorted(told(message)) == [
        "  Klanten!H1, die wijst naar Klanten!C8: was klant Cees, is nu klant Anna",
        "  Mijn blad!A1, die wijst naar Klanten!D6: was klant Anna, is nu klant Cees",
    ]
    assert calc.cells(opened, "A1:A1", sheet=1) == 66.0  # Calc leaves them where they were
    assert calc.cells(opened, "H1:H1") == "Anna"


def test_a_name_is_told_too(calc, opened):
    done, message = refresh(calc, opened, "ander")
    assert done, message
    assert "  de naam vip, die wijst naar Klanten!D7: was klant Bram, is nu klant Cees" in told(message)


def test_a_range_that_does_not_grow_along_is_told(calc, opened):
    """Calc lets the table grow, and structured references with it, but no range of cells."""
    done, message = refresh(calc, opened, "gelijk")
    assert "niet alle rijen" not in message
    done, message = refresh(calc, opened, "groei")
    assert done, message
    lines = message.splitlines()
    at = next(at for at, line in enumerate(lines) if "1 bereik ziet niet alle rijen van Klanten" in line)
    assert "[kolom]" in lines[at]
    assert lines[at + 1] == "  Mijn blad!A2: Klanten!D6:D8"
    assert calc.cells(opened, "A2:A2", sheet=1) == 60.0  # of three rows, as before
