"""The copies of cells in charts: renewed to what the cells hold, left out where that cannot be told, else untouched."""

import pytest

from klantwaarde_xl.addresses import Area
from klantwaarde_xl.errors import CellError
from klantwaarde_xl.xlsx.chart_caches import renewed, without_old_levels

SHEET = {
    ("Blad 1", Area(1, 1, 3, 1)): ["jan", "a & b", None],
    ("Blad 1", Area(1, 2, 3, 2)): [1.5, CellError.NA, None],
    ("Blad 1", Area(1, 2, 1, 4)): [2.0, True, "tekst"],
}


def cells(sheet, place):
    return SHEET.get((sheet, place))


def chart(kind, formula, inner, prefix="c:"):
    p = prefix
    copy = f"<{p}{kind}Cache>{inner}</{p}{kind}Cache>" if inner is not None else ""
    return f"<{p}x><{p}{kind}Ref><{p}f>{formula}</{p}f>{copy}</{p}{kind}Ref><{p}y/></{p}x>".encode()


def points(*texts, prefix="c:", count=3, form=""):
    p = prefix
    each = "".join(f'<{p}pt idx="{at}"><{p}v>{text}</{p}v></{p}pt>' for at, text in texts)
    return f'{form}<{p}ptCount val="{count}"/>{each}'


@pytest.mark.parametrize("prefix", ["c:", ""])
def test_numbers_keep_their_form_and_blanks_have_no_point(prefix):
    form = f"<{prefix}formatCode>0,0%</{prefix}formatCode>"
    old = chart("num", "'Blad 1'!$B$1:$B$3", points((0, 9), prefix=prefix, form=form), prefix)
    new = chart("num", "'Blad 1'!$B$1:$B$3", points((0, 1.5), (1, "#N/A"), prefix=prefix, form=form), prefix)
    assert renewed(old, cells) == new
    assert renewed(new, cells) == new


def test_texts_are_escaped():
    old = chart("str", "'Blad 1'!$A$1:$A$3", points((0, "oud")))
    assert renewed(old, cells) == chart("str", "'Blad 1'!$A$1:$A$3", points((0, "jan"), (1, "a &amp; b")))


def test_a_row_is_a_series_too_and_only_numbers_are():
    old = chart("num", "'Blad 1'!$B$1:$D$1", points((0, 2), (1, 1), (2, 0)))
    assert renewed(old, cells) == chart("num", "'Blad 1'!$B$1:$D$1", points((0, 2)))


def test_the_same_number_in_other_digits_is_no_change():
    old = chart("num", "'Blad 1'!$B$1:$B$3", points((0, "1.5000000000000000"), (1, "#N/A")))
    assert renewed(old, cells) == old


@pytest.mark.parametrize(
    ("kind", "formula"),
    [
        ("num", "reeks"),  # a name
        ("num", "Weg!$B$1:$B$3"),  # no such sheet
        ("num", "'Blad 1'!$A$1:$B$3"),  # a block
        ("num", "('Blad 1'!$A$1,'Blad 1'!$B$1)"),
        ("num", "'Blad 1'!$A:$A"),
        ("num", "#REF!"),
        ("str", "'Blad 1'!$B$1:$B$3"),  # numbers, in a form that only a program knows
    ],
)
def test_what_cannot_be_told_is_left_out(kind, formula):
    assert renewed(chart(kind, formula, points((0, 9))), cells) == chart(kind, formula, None)


@pytest.mark.parametrize("formula", ["[1]Blad!$A$1:$A$3", "'[boek.xlsx]Blad 1'!$A$1:$A$3"])
def test_a_copy_of_another_workbook_is_all_there_is_and_stays(formula):
    old = chart("num", formula, points((0, 9)))
    assert renewed(old, cells) == old


def test_a_chart_without_copies_is_as_it_was():
    old = chart("num", "'Blad 1'!$B$1:$B$3", None)
    assert renewed(old, cells) == old


def newer(kind, formula, *levels, attributes="", form=""):
    """One dimension of a chart of the newer kind, with the levels of its copy."""
    each = "".join(
        f'<cx:lvl ptCount="3">{"".join(f"<cx:pt idx=%s>{text}</cx:pt>" % repr(str(at)) for at, text in one)}</cx:lvl>'
        for one in levels
    )
    return (
        f'<cx:data id="0"><cx:{kind}Dim type="val"><cx:f{attributes}>{formula}</cx:f>{form}{each}</cx:{kind}Dim>'
        "<cx:numDim><cx:f>Ander!A1</cx:f></cx:numDim></cx:data>"
    ).encode()


OF_FORM = "<cx:nf>Ander!B1</cx:nf>"


@pytest.mark.parametrize(
    ("kind", "formula", "levels"),
    [
        ("num", "'Blad 1'!$B$1:$B$3", [[(0, "9")]]),
        ("str", "'Blad 1'!$A$1:$A$3", [[(0, "jan"), (1, "oud")]]),
        (
            "str",
            "'Blad 1'!$A$1:$A$3",
            [[(0, "jan"), (1, "a &amp; b")], [(0, "groep")]],
        ),  # more levels than one
        ("str", "_xlchart.v1.2", [[(0, "jan")]]),  # a name, as Excel writes it
        ("num", "Weg!$B$1:$B$3", [[(0, "9")]]),
    ],
)
@pytest.mark.parametrize(("attributes", "form"), [("", ""), (' dir="row"', ""), ("", OF_FORM)])
def test_a_chart_of_the_newer_kind_keeps_no_old_copy(kind, formula, levels, attributes, form):
    old = newer(kind, formula, *levels, attributes=attributes, form=form)
    new = newer(kind, formula, attributes=attributes, form=form)
    assert without_old_levels(old, cells) == new
    assert without_old_levels(new, cells) == new


@pytest.mark.parametrize(
    ("kind", "formula", "points"),
    [
        ("num", "'Blad 1'!$B$1:$B$3", [(0, "1.50"), (1, "#N/A")]),
        ("str", "'Blad 1'!$A$1:$A$3", [(0, "jan"), (1, "a &amp; b")]),
        ("num", "[1]Blad!$B$1:$B$3", [(0, "9")]),  # of another workbook: all there is of it
    ],
)
def test_a_chart_of_the_newer_kind_keeps_a_copy_that_is_right(kind, formula, points):
    old = newer(kind, formula, points)
    assert without_old_levels(old, cells) == old


BLOCK = {
    ("Blad 1", Area(1, 1, 2, 1)): ["noord", "zuid"],
    ("Blad 1", Area(1, 2, 2, 2)): ["jan", "feb"],
}


def levels(formula, *columns, hidden=""):
    """Categories in two levels, the last column first, as Excel writes them."""
    points = [
        "".join(f'<c:pt idx="{at}"><c:v>{text}</c:v></c:pt>' for at, text in enumerate(one))
        for one in columns
    ]
    each = "".join(f"<c:lvl>{one}</c:lvl>" for one in points)
    copy = f'<c:multiLvlStrCache><c:ptCount val="2"/>{each}</c:multiLvlStrCache>' if columns else ""
    return f"<c:cat><c:multiLvlStrRef>{hidden}<c:f>{formula}</c:f>{copy}</c:multiLvlStrRef></c:cat>".encode()


HIDDEN = (
    "<c:extLst><c:ext><c15:fullRef><c15:sqref>Blad!$A$1:$B$2</c15:sqref></c15:fullRef></c:ext></c:extLst>"
)


@pytest.mark.parametrize("hidden", ["", HIDDEN])
def test_categories_in_levels_are_left_out_when_they_are_old(hidden):
    def of_block(sheet, place):
        return BLOCK.get((sheet, place))

    right = levels("'Blad 1'!$A$1:$B$2", ["jan", "feb"], ["noord", "zuid"], hidden=hidden)
    assert renewed(right, of_block) == right
    for old in (["jan", "mrt"], ["noord", "zuid"]), (["noord", "zuid"], ["jan", "feb"]), (["jan", "feb"],):
        stale = levels("'Blad 1'!$A$1:$B$2", *old, hidden=hidden)
        assert renewed(stale, of_block) == levels("'Blad 1'!$A$1:$B$2", hidden=hidden)
    elsewhere = levels("[1]Blad!$A$1:$B$2", ["x", "y"], ["z", "z"])
    assert renewed(elsewhere, of_block) == elsewhere


def test_labels_that_show_cells_are_left_out_when_they_are_old():
    def labels(*texts):
        points = "".join(f'<c:pt idx="{at}"><c:v>{text}</c:v></c:pt>' for at, text in enumerate(texts))
        copy = f'<c15:dlblRangeCache><c:ptCount val="3"/>{points}</c15:dlblRangeCache>' if texts else ""
        formula = "<c15:f>'Blad 1'!$A$1:$A$3</c15:f>"
        return f"<c15:datalabelsRange>{formula}{copy}</c15:datalabelsRange>".encode()

    assert renewed(labels("jan", "a &amp; b"), cells) == labels("jan", "a &amp; b")
    assert renewed(labels("Piet", "Jan"), cells) == labels()


def test_a_copy_behind_what_a_chart_filter_hides_is_renewed_too():
    old = chart("num", "'Blad 1'!$B$1:$B$3", points((0, 9))).replace(
        b"<c:numRef>", f"<c:numRef>{HIDDEN}".encode()
    )
    assert b'<c:pt idx="0"><c:v>1.5</c:v></c:pt>' in renewed(old, cells)
