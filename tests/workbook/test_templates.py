"""The templates that the project offers for download are the ones it makes today."""

from pathlib import Path

import pytest

from klantwaarde_xl.cli.demo import make_templates
from klantwaarde_xl.workbook.templates import templates
from klantwaarde_xl.xlsx.package import Package
from tests.cases import same

SHIPPED = Path(__file__).parents[2] / "templates"


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    return {path.name: path for path in make_templates(tmp_path_factory.mktemp("sjablonen"))}


def contents(path):
    """All that a reader of the workbook sees: not its bytes, which change with XlsxWriter's version."""
    package = Package.open(path)
    tables = {name: package.read_table(name) for name in package.table_names()}
    return {
        "sheets": package.sheet_names(),
        "formulas": package.formulas(),
        "tables": {name: (table.headers, table.rows) for name, table in tables.items()},
        "names": sorted(package.places()),
        "properties": package.custom_properties(),
    }, package.shown()


def test_every_template_is_shipped_and_nothing_else(made):
    assert {path.name for path in SHIPPED.glob("*.xlsx")} == set(made)
    assert len(made) == len(templates())


@pytest.mark.parametrize("template", templates(), ids=str)
def test_a_shipped_template_is_fresh(made, template):
    """Stale? Run `klantwaarde sjablonen --map templates`."""
    name = f"klantwaarde-{template}.xlsx"
    (seen, shown), (wanted, computed) = contents(SHIPPED / name), contents(made[name])
    assert seen == wanted
    for sheet, cells in computed.items():
        assert [cell for cell, value in cells.items() if not same(shown[sheet][cell], value)] == []
