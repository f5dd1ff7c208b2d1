"""What only a row that is gone pointed at goes with it: targets of links, pictures; all else stays to the byte."""

import io
import struct
import zlib

import pytest
import xlsxwriter

from klantwaarde_xl.plan.closed import apply_plan
from klantwaarde_xl.plan.plan import Plan, TableWrite
from klantwaarde_xl.xlsx.package import Package
from tests.workbook.rich import pack, png, unpack, with_openpyxl, with_part

RELS = "xl/worksheets/_rels/sheet1.xml.rels"
DRAWING_RELS = "xl/drawings/_rels/drawing1.xml.rels"


def picture(note):
    """A picture that differs from others by a text in it."""
    data = b"tEXt" + note.encode()
    chunk = struct.pack(">I", len(data) - 4) + data + struct.pack(">I", zlib.crc32(data))
    return png().replace(b"\0\0\0\0IEND", chunk + b"\0\0\0\0IEND")


@pytest.fixture
def book():
    """Four customers with a link and a picture each; two share a link; one picture is a link too."""
    out = io.BytesIO()
    made = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = made.add_worksheet("Klanten")
    names = ["Wim", "Xan", "Yke", "Zoë"]
    sheet.add_table(0, 0, 4, 1, {"name": "tblA", "columns": [{"header": "klant"}, {"header": "van mij"}]})
    for row, name in enumerate(names, 1):
        sheet.write_string(row, 0, name)
        target = "mailto:samen@huis.nl" if name in ("Wim", "Xan") else f"mailto:{row}@post.nl"
        sheet.write_url(row, 1, target, string="mail")
        more = {"url": "https://kaart.nl/yke"} if name == "Yke" else {}
        image = picture("samen" if name in ("Wim", "Zoë") else name)
        sheet.insert_image(row, 1, f"{name}.png", {"image_data": io.BytesIO(image), **more})
    made.add_worksheet("Los").write_url("A1", "https://los.nl")
    made.close()
    return out.getvalue()


def left(data, names):
    """The parts after a refresh that leaves these customers."""
    package = Package.from_bytes(data)
    apply_plan(package, Plan((TableWrite("tblA", ("klant",), [(name,) for name in names], ("klant",)),)))
    with_openpyxl(package.to_bytes())  # every relationship that is used is there
    return unpack(package.to_bytes())


def media(parts):
    return {data for name, data in parts.items() if name.startswith("xl/media/")}


def test_the_target_of_a_link_goes_with_its_last_user(book):
    assert b"samen@huis.nl" in left(book, ["Wim", "Zoë"])[RELS]
    parts = left(book, ["Yke", "Zoë"])
    assert (b"samen@huis.nl" in parts[RELS], b"3@post.nl" in parts[RELS]) == (False, True)
    assert b"los.nl" in parts["xl/worksheets/_rels/sheet2.xml.rels"]


def test_a_picture_goes_with_its_last_user_and_so_does_where_it_led(book):
    assert media(left(book, ["Wim", "Xan", "Yke"])) == {picture("samen"), picture("Xan"), picture("Yke")}
    parts = left(book, ["Wim", "Xan"])
    assert media(parts) == {picture("samen"), picture("Xan")}
    assert b"kaart.nl" not in parts[DRAWING_RELS]
    assert media(left(book, ["Nieuw"])) == set()


def test_what_an_older_version_left_behind_goes_as_well(book):
    parts = unpack(book)
    with_part(
        parts, "xl/leeg.xml", "<leeg/>",
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink",
        "xl/worksheets/sheet1.xml", "mailto:ouder@weg.nl", "application/xml",
    )  # fmt: skip
    parts[RELS] = parts[RELS].replace(
        b'"mailto:ouder@weg.nl"', b'"mailto:ouder@weg.nl" TargetMode="External"'
    )
    assert b"ouder@weg.nl" not in left(pack(parts), ["Wim", "Xan", "Yke", "Zoë"])[RELS]


def test_a_part_goes_with_its_type_and_what_everybody_still_uses_keeps_its_bytes(book):
    parts = unpack(book)
    (name,) = [one for one in parts if parts[one] == picture("Xan")]
    types = parts["[Content_Types].xml"]
    override = f'<Override PartName="/{name}" ContentType="image/png"/></Types>'.encode()
    parts["[Content_Types].xml"] = types.replace(b"</Types>", override)
    assert left(pack(parts), ["Wim", "Yke", "Zoë"])["[Content_Types].xml"].count(b"/xl/media/") == 0
    same = left(book, ["Zoë", "Yke", "Xan", "Wim"])
    assert same[RELS] == unpack(book)[RELS]
    assert same[DRAWING_RELS] == unpack(book)[DRAWING_RELS]
