"""Formats of a workbook of ours behind those of the user's: named styles keep their places and their names."""

import re

import pytest

from klantwaarde_xl.workbook.build import skeleton
from klantwaarde_xl.workbook.templates import template
from klantwaarde_xl.xlsx.moving.formats import with_formats
from tests.conftest import NOW
from tests.workbook.rich import unpack

MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
XF = '<xf numFmtId="0" fontId="0" fillId="0" borderId="0"'
FIRST = (
    '<fonts count="1"><font/></fonts><fills count="1"><fill/></fills><borders count="1"><border/></borders>'
)
CELLS = f'<cellXfs count="1">{XF} xfId="0"/></cellXfs>'
BARE = f"<styleSheet {MAIN}>{FIRST}{CELLS}</styleSheet>"
OWN = (
    f'<styleSheet {MAIN}>{FIRST}<cellStyleXfs count="3">{XF}/>{XF}/>{XF}/></cellStyleXfs>{CELLS}'
    '<cellStyles count="3"><cellStyle name="Standaard" xfId="0" builtinId="0"/>'
    '<cellStyle name="Invoer" xfId="2" builtinId="20"/><cellStyle name="output" xfId="1"/></cellStyles>'
    "</styleSheet>"
)


@pytest.fixture(scope="module")
def ours():
    return unpack(skeleton(template("basis"), NOW))["xl/styles.xml"]


def listed(data, name):
    found = re.search(rb"<%s\b[^>]*>(.*?)</%s>" % (name, name), data, re.S)
    return re.findall(rb"<(?:xf|cellStyle)\b[^>]*>", found[1]) if found else []


def named(data):
    """By place of a named style its names."""
    found = {}
    for one in listed(data, b"cellStyles"):
        found.setdefault(re.search(rb'xfId="(\d+)"', one)[1], []).append(
            re.search(rb'name="([^"]*)"', one)[1]
        )
    return found


@pytest.mark.parametrize("own", [BARE, OWN], ids=["without named styles", "with some of the same"])
def test_every_format_belongs_to_a_style_that_is_there(ours, own):
    together, shift = with_formats(own.encode(), ours)
    looks, names = listed(together, b"cellStyleXfs"), named(together)
    places = [re.search(rb'xfId="(\d+)"', one)[1] for one in listed(together, b"cellXfs")]
    assert all(int(place) < len(looks) for place in places)
    assert all(len(each) == 1 for each in names.values())
    before = [named(ours)[re.search(rb'xfId="(\d+)"', one)[1]][0] for one in listed(ours, b"cellXfs")]
    after = [names.get(place, [b"Normal"])[0] for place in places[shift.cells :]]
    same = {b"Invoer": b"Input", b"output": b"Output", b"Standaard": b"Normal"}
    assert [same.get(name, name) for name in after] == before
    assert re.search(rb'<cellStyleXfs count="(\d+)"', together)[1] == str(len(looks)).encode()


def test_styles_that_the_user_has_stay_his(ours):
    together, _ = with_formats(OWN.encode(), ours)
    assert named(together)[b"2"] == [b"Invoer"]
    assert [b"Input"] not in named(together).values()


@pytest.mark.parametrize(("own", "name"), [(BARE, b"Normal"), (OWN, b"Standaard")])
def test_the_style_that_every_cell_has_is_named_once(ours, own, name):
    """openpyxl counts the styles from that one."""
    together, _ = with_formats(own.encode(), ours)
    assert named(together)[b"0"] == [name]
    assert len(re.findall(rb'builtinId="0"', together)) == 1
