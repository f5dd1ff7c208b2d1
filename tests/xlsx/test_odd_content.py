"""What no spreadsheet program writes in a part: refused in words that say what stands where, never a crash.

Found by `benchmarks/fuzzen.py`, which changes the parts of a workbook and looks which code that reaches.
"""

import pytest

from klantwaarde_xl.errors import WorkbookChanged, WorkbookUnsafe
from klantwaarde_xl.plan.closed import apply_plan
from klantwaarde_xl.plan.plan import Plan, TableWrite
from klantwaarde_xl.workbook.formulas.bounded import all_prepared
from klantwaarde_xl.xlsx.package import Package
from tests.workbook.rich import COLUMNS, customers, edited, pack, rich, unpack

DATA, BOOK, NOTES = "xl/worksheets/sheet3.xml", "xl/workbook.xml", "xl/comments1.xml"
TABLE, CHART = "xl/tables/table1.xml", "xl/charts/chart1.xml"
CODE, DAY = '<c r="A5" t="s"><v>', 's="2"><v>45292'


def worked_on(data):
    """Everything that a refresh does with a workbook."""
    package = Package.from_bytes(data)
    for name in package.table_names():
        package.read_table(name)
    package.shown()
    all_prepared(package)
    rows = customers(2, start=50)  # others, so that what was beside the rows goes to a sheet of its own
    apply_plan(package, Plan((TableWrite("tblData", COLUMNS, rows, COLUMNS[:1]),)))


@pytest.fixture(scope="module")
def book():
    return rich(4)


@pytest.mark.parametrize(
    ("part", "old", "new", "words"),
    [
        (DATA, '<row r="6"', '<row r="0"', "rij 0 bestaat niet"),
        (DATA, '<row r="6"', '<row r="1048577"', "rij 1048577 bestaat niet"),
        (DATA, CODE, CODE.replace("<v>", "<v>A"), "een tekst die er niet is"),
        (DATA, DAY, DAY.replace("><v>45292", ' t="d"><v>gisteren'), "'gisteren'"),
        (BOOK, 'sheetId="2"', 'sheetId="twee"', "'twee' waar een geheel getal hoort"),
        (BOOK, 'sheetId="2"', f'sheetId="{"9" * 5000}"', "waar een geheel getal hoort"),
        (NOTES, 'authorId="0"', 'authorId="ik"', "'ik' waar een geheel getal hoort"),
        (CHART, 'encoding="UTF-8"', 'encoding="klingon"', "geen geldige XML"),
        (DATA, 'encoding="UTF-8"', 'encoding="klingon"', "geen geldige XML"),
        (TABLE, 'ref="A4', 'headerRowCount="x" ref="A4', "geen geldige XML"),
    ],
)
def test_what_is_no_number_or_place_is_named(book, part, old, new, words):
    data = edited(book, part, old, new)
    with pytest.raises(WorkbookUnsafe) as refused:
        worked_on(data)
    assert words in str(refused.value)
    assert refused.value.remedy


@pytest.mark.parametrize("part", [DATA, BOOK, CHART, "xl/sharedStrings.xml"])
def test_letters_of_another_alphabet_are_not_guessed_at(book, part):
    parts = unpack(book)
    parts[part] = parts[part].replace(b"</", b"\xe9</", 1)
    with pytest.raises(WorkbookUnsafe, match="geen geldige XML") as refused:
        worked_on(pack(parts))
    assert refused.value.where == part


def test_a_part_that_is_not_there_is_named(book):
    parts = unpack(book)
    del parts["xl/worksheets/sheet4.xml"]
    with pytest.raises(WorkbookUnsafe, match="beschadigd") as refused:
        worked_on(pack(parts))
    assert refused.value.where == "xl/worksheets/sheet4.xml"


def test_a_header_that_stands_there_twice_is_not_guessed_at(book):
    data = edited(book, TABLE, 'name="Naam"', 'name="Bedrag"')
    before = Package.from_bytes(data)
    with pytest.raises(WorkbookChanged, match=r"kolom Bedrag .* die kop staat er 2 keer"):
        apply_plan(before, Plan((TableWrite("tblData", ("KlantID", "Bedrag"), [("K1", 1.0)], ("KlantID",)),)))
    assert before.to_bytes() == data
