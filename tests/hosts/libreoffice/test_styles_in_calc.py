"""The looks of our workbooks are named styles in Calc too, and look there as they were drawn."""

from pathlib import Path

import pytest

import klantwaarde_xl
from klantwaarde_xl.xlsx.package import Package

BASIS = Path(klantwaarde_xl.__file__).parents[1] / "templates" / "klantwaarde-basis.xlsx"
YELLOW, NAVY = 0xFFF2CC, 0x1F3A5F


@pytest.mark.slow
def test_calc_knows_the_styles_and_shows_the_looks(calc):
    document = calc.open(path=str(BASIS))
    settings = Package.open(BASIS).sheet_names().index("Instellingen")
    found = calc.styles(document, cells=["B1", "B4", "C5", "C6"], sheet=settings)
    calc.close(document)
    assert [name.removeprefix("Excel Built-in ") for name, _ in found.values()] == [
        "Title", "Heading 3", "Input", "Input",
    ]  # fmt: skip
    assert [fill for _, fill in found.values()] == [NAVY, NAVY, YELLOW, YELLOW]
