"""Which files in a folder are workbooks of ours, and no exports."""

import zipfile

import pytest

from klantwaarde_xl.data.reading.sources.own_workbooks import is_own


def packed(path, properties, damage=0):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/workbook.xml", "<workbook/>")
        if properties is not None:
            package.writestr("docProps/custom.xml", properties)
    data = bytearray(path.read_bytes())
    if damage:
        at = data.index(b"docProps/custom.xml") + len("docProps/custom.xml")
        data[at : at + damage] = b"\xff" * damage
    path.write_bytes(data)
    return path


@pytest.mark.parametrize(
    ("name", "properties", "wanted"),
    [
        ("a.xlsx", '<property name="klantwaarde_sjabloon"/>', True),
        ("a.XLSM", '<property name="klantwaarde_sjabloon"/>', True),
        ("a.zip", '<property name="klantwaarde_sjabloon"/>', False),
        ("a.xlsx", '<property name="van iemand anders"/>', False),
        ("a.xlsx", None, False),
    ],
)
def test_the_property_of_the_document_tells(tmp_path, name, properties, wanted):
    assert is_own(packed(tmp_path / name, properties)) is wanted


@pytest.mark.parametrize("damage", [1, 4, 12])
def test_what_cannot_be_opened_is_left_to_who_reads_it(tmp_path, damage):
    assert not is_own(packed(tmp_path / "a.xlsx", "klantwaarde_sjabloon " * 5, damage))
    (tmp_path / "b.xlsx").write_bytes(b"PK\x03\x04" + bytes(200))
    assert not is_own(tmp_path / "b.xlsx")
    assert not is_own(tmp_path / "is er niet.xlsx")
