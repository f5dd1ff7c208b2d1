"""The rendered pages say what the code says, and every row of the domain is served."""

import importlib.util
from pathlib import Path

import pytest

from klantwaarde_xl.functions.lambdas.definition import lambdas

DOCS = Path(__file__).parents[1] / "docs"


@pytest.fixture(scope="module")
def render():
    spec = importlib.util.spec_from_file_location("render", DOCS / "render.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", ["functies.md", "domein.md"])
def test_a_page_is_fresh(render, name):
    """Stale? Run `python docs/render.py`."""
    assert (DOCS / name).read_text(encoding="utf-8") == render.PAGES[name]()


def test_every_row_of_the_domain_is_served_and_all_but_one_by_a_function(render):
    served = render.served()
    assert [row for row, (functions, _) in served.items() if not functions] == ["D36"]
    assert "D36" in render.REMARKS


def test_the_domain_has_forty_one_rows(render):
    assert list(render.DOMAIN) == [f"D{n}" for n in range(1, 42)]


def test_every_row_of_the_domain_has_a_workbook_or_says_why_not(render):
    assert [
        row for row, (_, books) in render.served().items() if not books and row not in render.REMARKS
    ] == []


def test_the_guide_says_how_many_functions_have_a_closed_form(render):
    guide = (DOCS.parent / "install.md").read_text(encoding="utf-8")
    assert len(lambdas()) // 10 == 10  # from a hundred on, below a hundred and ten
    assert "ruim honderd" in guide
