"""Charts that a refresh hides and shows: nothing else in the drawing changes, whoever wrote it."""

import io

import pytest
import xlsxwriter

from klantwaarde_xl.xlsx.hidden_charts import chart_names, with_charts
from klantwaarde_xl.xlsx.package import Package


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('<xdr:cNvPr id="2" name="Een"/>', '<xdr:cNvPr id="2" name="Een" hidden="1"/>'),
        (
            "<xdr:cNvPr name='Een' id='2'></xdr:cNvPr>",
            "<xdr:cNvPr name='Een' id='2' hidden=\"1\"></xdr:cNvPr>",
        ),
        ('<xdr:cNvPr id="2" hidden="0" name="Een"/>', '<xdr:cNvPr id="2" hidden="1" name="Een"/>'),
        ('<a:cNvPr id="2" hidden="true" name="Een"/>', '<a:cNvPr id="2" hidden="true" name="Een"/>'),
        ('<xdr:cNvPr id="2" name="Een twee"/>', '<xdr:cNvPr id="2" name="Een twee"/>'),
        ('<xdr:other id="2" name="Een"/>', '<xdr:other id="2" name="Een"/>'),
    ],
)
def test_a_chart_is_hidden_by_its_name_however_it_is_written(before, after):
    assert with_charts(f"<x>{before}</x>".encode(), {"Een": False}) == f"<x>{after}</x>".encode()


@pytest.mark.parametrize("mark", ['hidden="1"', "hidden='1'", 'hidden="true"'])
def test_a_chart_hidden_by_any_program_is_shown(mark):
    drawing = f'<x><xdr:cNvPr id="2" name="Zo &amp; &lt;zo&gt;" {mark} descr="d"/></x>'.encode()
    shown = with_charts(drawing, {"Zo & <zo>": True})
    assert shown == b'<x><xdr:cNvPr id="2" name="Zo &amp; &lt;zo&gt;" descr="d"/></x>'
    assert chart_names(shown) == ["Zo & <zo>"]


def package():
    target = io.BytesIO()
    with xlsxwriter.Workbook(target) as book:
        for title in ("Eerste", "Tweede"):
            page = book.add_worksheet(title)
            page.write_column("A1", [1, 2, 3])
            chart = book.add_chart({"type": "line", "name": f"Grafiek {title}"})
            chart.add_series({"values": f"={title}!$A$1:$A$3"})
            page.insert_chart("C3", chart)
    return Package.from_bytes(target.getvalue())


def test_charts_are_found_by_their_name_and_only_their_drawing_changes():
    made = package()
    whole = made.to_bytes()
    assert made.chart_names() == ["Grafiek Eerste", "Grafiek Tweede"]
    assert made.edit(charts={"Grafiek Tweede": False, "Weg": False}).changed == ("xl/drawings/drawing2.xml",)
    assert made.edit(charts={"Grafiek Tweede": True}).changed == ("xl/drawings/drawing2.xml",)
    assert Package.from_bytes(made.to_bytes()).formulas() == Package.from_bytes(whole).formulas()
    assert made.edit(charts={"Grafiek Tweede": True}).changed == ()
