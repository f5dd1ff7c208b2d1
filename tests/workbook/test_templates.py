"""The templates that the project offers for download are the ones it makes today."""

import pytest

from klantwaarde_xl import clock
from klantwaarde_xl.cli.demo import make_templates
from klantwaarde_xl.workbook.templates import templates
from klantwaarde_xl.xlsx.package import Package
from tests.books import SHIPPED
from tests.cases import FOUND, same


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """All of them, made where nobody may ask for the time: they are the same on any day."""

    def refuse():
        raise AssertionError("somebody asked for the time")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(clock, "today", refuse)
        patch.setattr(clock, "now", refuse)
        return {path.name: path for path in make_templates(tmp_path_factory.mktemp("sjablonen"))}


def contents(path):
    """All that a reader of the workbook sees: not its bytes, which change with XlsxWriter's version.

    In three parts: what is typed and how it is built, the rows of the tables, and what formulas show.
    """
    package = Package.open(path)
    tables = {name: package.read_table(name) for name in package.table_names()}
    rows = {name: [list(row) for row in table.rows] for name, table in tables.items()}
    return (
        {
            "sheets": package.sheet_names(),
            "formulas": package.formulas(),
            "tables": {name: table.headers for name, table in tables.items()},
            "names": sorted(package.places()),
            "properties": package.custom_properties(),
        },
        rows,
        package.shown(),
    )


@pytest.mark.slow
def test_every_template_is_shipped_and_nothing_else(made):
    assert {path.name for path in SHIPPED.glob("*.xlsx")} == set(made)
    assert len(made) == len(templates())


@pytest.mark.slow
@pytest.mark.parametrize("template", templates(), ids=str)
def test_a_shipped_template_is_fresh(made, template):
    """Stale? Run `klantwaarde sjablonen --map templates --overschrijven`."""
    name = f"klantwaarde-{template}.xlsx"
    (seen, rows, shown), (wanted, made_rows, computed) = contents(SHIPPED / name), contents(made[name])
    assert seen == wanted
    assert {table: len(found) for table, found in rows.items()} == {
        table: len(found) for table, found in made_rows.items()
    }
    for table, found in made_rows.items():
        assert [row for row, old in zip(found, rows[table], strict=True) if not fresh(old, row)] == []
    for sheet, cells in computed.items():
        assert shown[sheet].keys() == cells.keys()
        assert [cell for cell, value in cells.items() if not fresh(shown[sheet][cell], value)] == []


def fresh(shipped, today):
    """Whether a row or a cell is today's: fitted figures to `FOUND`, of themselves or of one."""
    return same(shipped, today, FOUND, FOUND)


@pytest.mark.parametrize(
    ("shipped", "today"),
    [
        (1.00001, 1.0),
        ("past het best", "past bijna even goed"),
        ("correlatie 0,05", "correlatie 0,07"),
        ("13 klanten", "14 klanten"),
        (None, 0.0),
        ([1.0, 2.0], [1.0]),
    ],
)
def test_what_another_machine_does_not_explain_is_stale(shipped, today):
    assert not fresh(shipped, today)


@pytest.mark.parametrize(
    ("shipped", "today"),
    [
        (1.0000001, 1.0),
        (1e-9, -1e-9),
        ("correlatie 0,05", "correlatie 0,06"),
        ([17218.8, "x"], [17218.8001, "x"]),
    ],
)
def test_what_another_machine_explains_is_fresh(shipped, today):
    assert fresh(shipped, today)
