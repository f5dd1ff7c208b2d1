"""The rendered pages say what the code says, and every row of the domain is served."""

import importlib.util
from pathlib import Path

import pytest

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
