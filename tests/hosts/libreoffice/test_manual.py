"""Every example of the manual, typed in Calc as the manual prints it, and arrays that a user computes."""

import shutil

import pytest

from klantwaarde_xl.addresses import Area, address
from klantwaarde_xl.errors import CellError
from klantwaarde_xl.functions.notation import shown_call, shown_example
from tests.cases import EXAMPLES, by_function, same
from tests.hosts.libreoffice.blocks import plain
from tests.hosts.libreoffice.calc import Calc
from tests.on_demand import OnDemand

SETTING = """<item oor:path="/org.openoffice.Setup/L10N"><prop oor:name="ooSetupSystemLocale" oor:op="fuse">\
<value>nl-NL</value></prop></item>"""
BELOW = 200  # the examples' own cells end above this row
CLEARED = "A1:AZ400"


@pytest.fixture(scope="module")
def dutch_calc(calc_host, calc_profile, tmp_path_factory):
    """A Calc that writes numbers and lists as the Netherlands does."""
    profile = tmp_path_factory.mktemp("nederlands") / "profile"
    shutil.copytree(calc_profile, profile)
    settings = profile / "user" / "registrymodifications.xcu"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace("</oor:items>", SETTING + "</oor:items>"), encoding="utf-8")
    running = Calc(*calc_host, profile)
    yield running
    running.stop()


@pytest.fixture(scope="module")
def shown(dutch_calc):
    """What each example gives when its formula is typed, by its function and itself.

    This LibreOffice may lack the Dutch language pack, which is where DATUM comes from: the names of Calc's own
    functions are apart.
    """
    document = dutch_calc.new()

    def show(asked):
        spec, example = asked
        cells = [
            [address(r, c), *plain(v)] for r, c, v in shown_call(spec, example.args).cells if v is not None
        ]
        wanted = example.result
        height, width = (len(wanted), len(wanted[0])) if isinstance(wanted, tuple) else (1, 1)
        area = Area(BELOW, 1, BELOW + height - 1, width).address
        formula = shown_example(spec, example)[0].replace("DATUM(", "DATE(")
        dutch_calc.clear(document, area=CLEARED)
        dutch_calc.write(document, cells=cells)
        dutch_calc.type_local(document, area=area, formula=formula)
        return dutch_calc.cells(document, area)

    yield OnDemand(show)
    dutch_calc.close(document)


@pytest.mark.slow
@pytest.mark.parametrize("cases", by_function(EXAMPLES))
def test_an_example_typed_as_the_manual_prints_it_gives_its_result(shown, cases):
    for spec, example in cases:
        assert same(shown[spec, example], example.result, example.close)


@pytest.mark.parametrize(
    ("formula", "wanted"),
    [
        ("=NPS({10;9;8;7;6;3;10;9;2;10})", 20.0),
        ("=NPS(FILTER(D2:D6;D2:D6>5))", 25.0),
        ('=NPS(FILTER(D2:D6;E2:E6="web"))', 0.0),
        ('=NPS(IF(E2:E6="web";D2:D6;""))', 0.0),
        ("=CSAT({5;4;3;5})", 0.75),
        ("=GINICOEFFICIENT({1;2;3;4})", 0.25),
        ("=PARETOAANDEEL(D2:D6*2)", 0.8),
    ],
)
def test_an_array_that_a_formula_computes_is_a_range_of_numbers(calc, sheet, formula, wanted):
    values = [(9, "web"), (3, "web"), (10, "winkel"), (8, "winkel"), (6, "")]
    cells = [[f"D{i}", "value", v] for i, (v, _) in enumerate(values, 2)]
    cells += [[f"E{i}", "text", t] for i, (_, t) in enumerate(values, 2) if t]
    calc.write(sheet, cells=[*cells, ["A1:A1", "array", formula]])
    assert calc.cells(sheet, "A1") == pytest.approx(wanted)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("formula", "wanted"),
    [
        ("=NPS(D:D)", 75.0),
        ("=NPS_AANTALLEN(3;1;0)", 75.0),
        ("=OMZETRETENTIE(D:D;D:D)", 1.0),
        ("=CLVTOTAAL(F:F;D:D)", 36.0),
        ("=TOTALE_KLOOF(D:D;D:D)", 0.0),
        ("=FOUTCEL(D:D)", "geen fout gevonden"),
        ("=FOUTCEL(E:E)", 'rij 5 van het bereik: "NA" is geen getal'),
        ("=NPS(E:E)", CellError.VALUE),
        ("=WAARDEBALANS(D:D;G:G)", 4.0),
        ("=WAARDEBALANS(D:D;G:G;G:G)", CellError.VALUE),
        ("=WAARDEBALANS(D2:D5;G2:G5)", CellError.VALUE),
    ],
)
def test_whole_columns_with_their_header_are_read_in_calc(calc, sheet, formula, wanted):
    cells = [["D1", "text", "score"], ["E1", "text", "score"], ["F1", "text", "datum"], ["Z90", "value", 1.0]]
    cells += [[f"D{i}", "value", v] for i, v in enumerate([9.0, 10.0, 8.0, 9.0], 2)]
    cells += [[f"E{i}", "value", v] for i, v in enumerate([9.0, 10.0, 8.0], 2)] + [["E5", "text", "NA"]]
    cells += [[f"F{i}", "value", 45000.0 + i] for i in range(2, 6)]
    cells += [["G1", "text", "moeite"], ["G2", "value", 6.0], ["G3", "value", 4.0]]
    calc.write(sheet, cells=[*cells, ["A1", "formula", formula]])
    assert calc.cells(sheet, "A1") == wanted


def test_foutcel_names_the_error_that_a_cell_holds_in_calc(calc, sheet):
    calc.write(sheet, cells=[["D1", "value", 9.0], ["D2", "formula", "=NA()"]])
    calc.write(sheet, cells=[["A1", "formula", "=FOUTCEL(D1:D2)"], ["A2", "formula", "=NPS(D1:D2)"]])
    assert calc.cells(sheet, "A1") == "rij 2 van het bereik: in de cel staat zelf de fout #N/B"
    assert calc.cells(sheet, "A2") == 504  # loose numbers come as values: Calc refuses before we see them
